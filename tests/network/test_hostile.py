"""Those who mean harm, a handful of each, beside matches that are played: the matches do not notice.

The memory of the server stays within bounds, and who breaks a limit is cut off.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Sequence
from contextlib import AsyncExitStack
from itertools import count

import psutil
import pytest

from bots.api import Api
from bots.client import Client
from bots.plan import plan
from bots.play import Hall
from game.rules.catalog import load_catalog
from protocol.errors import CloseCode
from protocol.messages import Hello, JoinLobby, Ping, Refused, Watch
from tests.network.bystander import Bystander
from tests.network.chaos import Plan, Way, chaos
from tests.network.crowd import KINDS, crowd
from tests.network.line import Line
from tests.network.wire import Opcode, frame
from tests.server import ServerProcess, StartServer

CATALOG = load_catalog()
GAMES = ("connect_four", "liars_dice", "rock_paper_scissors", "tic_tac_toe")
"""That are over soon."""
HANDFUL = 5
MATCHES = 4
GROWTH_BYTES_MAX = 32 * 1024 * 1024
"""What the server may need for hostile connections; without limits they would make it more."""
LISTED = 300
"""Open lobbies on the list, which make a snapshot of it long."""
ASKED = 90
"""Snapshots of it that one connection asks for: as many as a new one may at once, and far more than are kept for it."""
GREEDY = 20
PINGED_BYTES = 20 * 1024 * 1024
EMPTY_FRAGMENTS = 1_000_000
FLOOD = 100
EVEN_BYTES_PER_SECOND = 100_000
"""Some 4000 requests a second, twenty times what is allowed in the long run."""
REQUESTS_BORNE_MAX = 15_000
"""Far more than anyone is allowed in the time that these take to be sent."""
DROPPED = 0
"""Instead of a close code: the close frame did not come through before the connection was reset."""
LOOKED_ON_MOVES = 200


class House:
    """A server at which matches are played all the while."""

    def __init__(self, server: ServerProcess, hall: Hall, bystander: Bystander) -> None:
        self.url = server.url
        self.moves = 0
        self._hall = hall
        self._bystander = bystander
        self._process = psutil.Process(server.pid)
        self._peak_bytes = 0
        self._moved = asyncio.Event()

    @property
    def busy_match(self) -> str:
        """The topic of a match that goes on all the while."""
        return f"match/{self._bystander.match}"

    async def next_move(self) -> None:
        """Waits until a move has been made somewhere."""
        await self._moved.wait()

    async def look_on(self) -> None:
        """Waits for so many moves that the server has come round to everybody, and what it keeps has been seen."""
        for _ in range(LOOKED_ON_MOVES):
            await self.next_move()

    async def bears(self, *hostile: Awaitable[None]) -> None:
        """Matches go on and end as they should until the hostile are through; memory stays within its bound."""
        await self._play("before")
        before_moves, before_bytes = self.moves, self._process.memory_info().rss
        self._peak_bytes = before_bytes
        harming = asyncio.gather(*hostile)
        try:
            while not harming.done():
                await self._play(str(self.moves))
        finally:
            harming.cancel()
        await harming
        assert self.moves > before_moves
        grown_bytes = self._peak_bytes - before_bytes
        assert grown_bytes < GROWTH_BYTES_MAX, f"the server grew by {grown_bytes >> 20} MiB"

    async def _play(self, seed: str) -> None:
        """One match of each game, to its end, and a few moves of the busy one."""
        await self._bystander.play_on()
        planned = plan(CATALOG, GAMES, ["random"], MATCHES, seed)
        finished = await asyncio.gather(*(self._hall.play(match, self._on_move) for match in planned))
        assert [(match.planned.game, fault) for match in finished for fault in match.faults] == []

    def _on_move(self) -> None:
        self.moves += 1
        self._peak_bytes = max(self._peak_bytes, self._process.memory_info().rss)
        moved, self._moved = self._moved, asyncio.Event()
        moved.set()


@pytest.fixture
async def house(start_server: StartServer, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    """A house of the usual limits, with a long list of lobbies. In the end nobody who played has lost a connection."""
    server = start_server("memory:")
    monkeypatch.setattr("bots.play.MATCH_SECONDS_MAX", 60.0)
    async with AsyncExitStack() as stack:
        api = await stack.enter_async_context(Api(server.http))
        clients = [await stack.enter_async_context(Client(server.url, name=f"{n}" * 32)) for n in range(6)]
        await asyncio.gather(
            *(clients[n % 6].create_lobby("liars_dice", 6, {"dice": 5}, listed=True) for n in range(LISTED))
        )
        bystander = Bystander(clients[0])
        await bystander.begin()
        yield House(server, Hall(api, CATALOG, clients[:4], clients[4:]), bystander)
        assert [client.connections for client in clients] == [1] * len(clients)
    assert "Traceback" not in server.log


def greedy(house: House) -> Sequence[Watch]:
    """Watches a busy match, and asks for a long list over and over."""
    return [Watch("match", house.busy_match), *(Watch(f"list-{n}", "lobbies") for n in range(ASKED))]


async def keep_asking(house: House, line: Line) -> None:
    """Says something at every move that is made, until the server has gone."""
    try:
        while True:
            await house.next_move()
            await line.tell(Ping(1))
    except (BrokenPipeError, ConnectionResetError):
        return


async def test_who_never_reads_is_cut_off(house: House) -> None:
    """They watch a busy match, ask for far more than the server keeps for anyone, and read none of it."""

    async def never_reads() -> None:
        async with Line(house.url, receive_buffer_bytes=4096) as line:
            await line.greet()
            await line.tell(*greedy(house))
            await keep_asking(house, line)

    await house.bears(*(never_reads() for _ in range(GREEDY)))


async def test_who_reads_a_byte_a_second_is_cut_off(house: House) -> None:
    """The same, but they do read, only not fast enough."""
    slowly = Way(bytes_per_second=1, free_bytes=1500)

    async def crawls() -> None:
        async with chaos(house.url, lambda _: Plan(down=slowly)) as proxy, Line(proxy.url) as line:
            await line.greet()
            await line.tell(*greedy(house))
            link = proxy.links[0]
            while link.server.connected:
                await house.next_move()
                await line.tell(Ping(1))

    await house.bears(*(crawls() for _ in range(GREEDY)))


async def test_pings_of_who_never_reads_cost_no_memory(house: House) -> None:
    """Megabytes of pong frames are due to them. Whether they are cut off or not, the server does not keep these."""
    pings = frame(Opcode.PING, b"p" * 125) * 1000

    async def pings_on() -> None:
        async with Line(house.url, receive_buffer_bytes=4096) as line:
            await line.greet()
            try:
                for _ in range(PINGED_BYTES // len(pings)):
                    await line.send(pings)
                await house.look_on()
            except (BrokenPipeError, ConnectionResetError):
                return

    await house.bears(*(pings_on() for _ in range(HANDFUL)))


async def test_a_message_in_endless_empty_fragments_costs_no_memory(house: House) -> None:
    """It never gets longer than a message may be, and never ends. Whether they are cut off or not, nothing piles up."""
    fragments = frame(Opcode.CONTINUATION, fin=False) * 10_000
    all_have_sent = asyncio.Barrier(HANDFUL)

    async def never_comes_to_the_point() -> None:
        async with Line(house.url) as line:
            await line.greet()
            try:
                await line.send(frame(Opcode.BINARY, b"x", fin=False))
                for _ in range(EMPTY_FRAGMENTS // 10_000):
                    await line.send(fragments)
                await line.send(frame(Opcode.PING))
                await line.hear()
            except (BrokenPipeError, ConnectionResetError):
                pass
            await all_have_sent.wait()
            await house.look_on()

    await house.bears(*(never_comes_to_the_point() for _ in range(HANDFUL)))


async def test_who_asks_without_pause_is_cut_off(house: House) -> None:
    """As fast as it goes, without waiting for answers. Until the end every request has one, in order."""

    async def floods() -> None:
        async with Line(house.url) as line:
            await line.greet()
            asking = asyncio.create_task(ask_on(line))
            assert FLOOD < await answers(line) < REQUESTS_BORNE_MAX
            assert line.closed_with in (CloseCode.OVERLOADED, CloseCode.TOO_SLOW, DROPPED)
            await asking

    await house.bears(*(floods() for _ in range(HANDFUL)))


async def test_who_always_asks_a_bit_too_much_is_cut_off(house: House) -> None:
    """Many times what is allowed, but evenly: between refusals there is always a request that is heard."""
    evenly = Way(bytes_per_second=EVEN_BYTES_PER_SECOND)

    async def nags() -> None:
        async with chaos(house.url, lambda _: Plan(up=evenly)) as proxy, Line(proxy.url) as line:
            await line.greet()
            asking = asyncio.create_task(ask_on(line))
            assert await answers(line) < REQUESTS_BORNE_MAX
            assert line.closed_with == CloseCode.OVERLOADED
            asking.cancel()

    await house.bears(*(nags() for _ in range(HANDFUL)))


async def ask_on(line: Line) -> None:
    """Requests that are as good as any, until the connection ends."""
    try:
        for number in count(step=FLOOD):
            await line.tell(*(JoinLobby(str(number + n), "nowhere") for n in range(FLOOD)))
    except (BrokenPipeError, ConnectionResetError):
        return


async def answers(line: Line) -> int:
    """How many came until the end, or until there were far too many: one for each request, in order."""
    number = 0
    while number < REQUESTS_BORNE_MAX and (message := await line.hear_message()) is not None:
        assert isinstance(message, Refused)
        assert message.request == str(number)
        assert message.code in ("no_such_lobby", "slow_down")
        number += 1
    return number


async def test_a_crowd_of_all_kinds_comes_back_each_time_and_is_cut_off_again(house: House) -> None:
    """Some who never read, some who read a byte a second, and some who flood, all at once."""
    cut_off: Counter[int] = Counter()

    async def comes_again() -> None:
        match = house.busy_match.removeprefix("match/")
        crowding = asyncio.create_task(crowd(house.url, match, HANDFUL, lambda kind: cut_off.update([kind])))
        while not all(cut_off[kind] > HANDFUL for kind in range(len(KINDS))):
            await house.next_move()
        crowding.cancel()
        await asyncio.wait([crowding])

    await house.bears(comes_again())


async def test_who_has_nothing_to_say_is_cut_off(house: House) -> None:
    """No byte, no end of the handshake, no hello, or any of them a byte a second: the time for each is limited."""

    async def says_nothing() -> None:
        async with Line(house.url) as line:
            await line.drain()

    async def never_ends_the_handshake() -> None:
        async with Line(house.url) as line:
            await line.send(line.request()[:-2])
            await line.drain()

    async def says_no_hello() -> None:
        async with Line(house.url) as line:
            await line.shake_hands()
            assert await line.hear_message() is None
            assert line.closed_with == CloseCode.HELLO_TOO_LATE

    async def shakes_hands_slowly() -> None:
        async with chaos(house.url, lambda _: Plan(up=Way(bytes_per_second=1))) as proxy, Line(proxy.url) as line:
            await line.send(line.request())
            await line.drain()

    async def says_hello_slowly() -> None:
        free = len(Line(house.url).request())
        async with (
            chaos(house.url, lambda _: Plan(up=Way(bytes_per_second=1, free_bytes=free))) as proxy,
            Line(proxy.url) as line,
        ):
            await line.shake_hands()
            await line.tell(Hello())
            assert await line.hear_message() is None
            assert line.closed_with == CloseCode.HELLO_TOO_LATE

    kinds = (says_nothing, never_ends_the_handshake, says_no_hello, shakes_hands_slowly, says_hello_slowly)
    await house.bears(*(kind() for kind in kinds for _ in range(HANDFUL)))
