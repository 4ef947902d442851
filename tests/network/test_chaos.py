"""Real clients and a real server with a bad network between them: nothing is lost, doubled or told wrongly.

Which bad luck befalls which connection follows from a seed. PARLOUR_CHAOS_SEEDS says how many are tried,
and PARLOUR_CHAOS_SEED replays one.
"""

import asyncio
import os
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager

import pytest

from bots.api import Api
from bots.choice import Transport
from bots.client import NOT_NOW, Client
from bots.errors import RequestRefused
from bots.plan import plan
from bots.play import Hall
from bots.replay import replay
from bots.watched import Watched
from game.rules.catalog import load_catalog
from protocol.limits import REMEMBERED_FRAMES_MAX
from protocol.messages import Accepted, Hello, Ping, Play, Refused, Snapshot, Unwatch, Update, Watch
from protocol.patches import View, canonical
from tests.network.bystander import Bystander
from tests.network.chaos import ChaosProxy, End, Link, chaos, stormy
from tests.server import ServerProcess, StartServer

CATALOG = load_catalog()
MATCHES = 6
STORMS = 30
MATCH_SECONDS_MAX = 60.0
SILENCE_SECONDS_MAX = 0.5


def seeds() -> Sequence[int]:
    """Those to be tried in this run."""
    if (seed := os.environ.get("PARLOUR_CHAOS_SEED")) is not None:
        return [int(seed)]
    return range(1, int(os.environ.get("PARLOUR_CHAOS_SEEDS", "2")) + 1)


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Clients that wait less for a network that will not answer: what they do is the same, only sooner."""
    monkeypatch.setattr("bots.connection.OPEN_SECONDS_MAX", SILENCE_SECONDS_MAX)
    monkeypatch.setattr("bots.connection.CLOSE_SECONDS_MAX", 0.1)
    monkeypatch.setattr("bots.connection.WAIT_SECONDS_MAX", 0.3)
    monkeypatch.setattr("bots.play.MATCH_SECONDS_MAX", MATCH_SECONDS_MAX)


def through(proxy: ChaosProxy, name: str, transport: Transport = "websocket") -> Client:
    """A client whose way to the server leads through the proxy."""
    seconds = SILENCE_SECONDS_MAX
    return Client(proxy.url, name=name, patient=True, silence_seconds_max=seconds, transport=transport)


# Any weather


@pytest.mark.parametrize("seed", seeds())
@pytest.mark.parametrize("transport", ["websocket", "http"])
async def test_matches_through_any_weather_end_as_the_record_says(
    start_server: StartServer, transport: Transport, seed: int
) -> None:
    """All sides and a spectator with a good connection agree with the record, which has each acknowledged move once."""
    print(
        f"seed {seed}; once more: PARLOUR_CHAOS_SEED={seed} python -m pytest tests/network/test_chaos.py -k any_weather"
    )
    server = start_server()
    planned = plan(CATALOG, list(CATALOG), ["random"], MATCHES, str(seed))
    async with AsyncExitStack() as stack:
        api = await stack.enter_async_context(Api(server.http))
        onlooker = await stack.enter_async_context(Client(server.url, name="Onlooker"))
        proxy = await stack.enter_async_context(chaos(server.url, stormy(seed, STORMS)))
        players = [await stack.enter_async_context(through(proxy, f"Player {n}", transport)) for n in range(6)]
        hall = Hall(api, CATALOG, players, [onlooker])
        finished = await asyncio.gather(*(hall.play(match, lambda: None) for match in planned))
    print(f"{hall.reconnects} reconnects, {hall.repairs} repairs, {len(proxy.links)} connections:")
    print(Counter(str(link.ended) for link in proxy.links))
    assert [(match.planned.game, fault) for match in finished for fault in match.faults] == []
    assert hall.reconnects > 0, "the weather was too good to prove anything"
    assert hall.repairs == 0, "TCP loses nothing in between, so no update can fail to fit"
    assert onlooker.connections == 1
    assert_one_answer_each(proxy.links)


def assert_one_answer_each(links: Sequence[Link]) -> None:
    """No request is answered twice on a connection, or otherwise on another; none goes without an answer for ever."""
    answers: dict[str, Accepted | Refused] = {}
    for link in links:
        said = [
            message for message in link.said if isinstance(message, Accepted | Refused) and not _asks_again(message)
        ]
        asked = [message.request for message in link.told if not isinstance(message, Hello | Ping)]
        own = {message.request for message in link.told if isinstance(message, Watch | Unwatch)}
        assert len({answer.request for answer in said}) == len(said), "a request was answered twice"
        assert {answer.request for answer in said} <= set(asked), "what nobody asked was answered"
        for answer in said:
            if answer.request not in own:
                assert answers.setdefault(answer.request, answer) == answer, "sent again, it was answered otherwise"
    plays = {message.request for link in links for message in link.told if isinstance(message, Play)}
    assert plays <= set(answers), "a move went without an answer"


def _asks_again(answer: Accepted | Refused) -> bool:
    """Whether it is a refusal for now, after which the client sends the same once more."""
    return isinstance(answer, Refused) and answer.code in NOT_NOW


def _has_said_version(link: Link, version: int) -> Callable[[], bool]:
    return lambda: any(isinstance(message, Update) and message.version == version for message in link.said)


def _reached(watched: Watched, version: int) -> Callable[[View], bool]:
    return lambda _: watched.version == version


# One thing at a time

MOVES = ["a1", "b1", "a2", "b2", "a3"]
"""Ann's and Bob's in turn; Ann wins."""


@asynccontextmanager
async def table_for_two(server: ServerProcess, ann: Client) -> AsyncIterator[tuple[Client, str]]:
    """A match of tic-tac-toe in which Ann has seat 0 and somebody with a good connection seat 1. Ends with MOVES."""
    async with Client(server.url, name="Bob") as bob, Api(server.http) as api:
        match = await bob.create_lobby("tic_tac_toe", 2)
        await ann.take_seat(match, 0)
        await bob.take_seat(match, 1)
        yield bob, match
        record = await api.record(match)
    assert [entry.command.name == "PlayMove" and entry.command.move for entry in record.entries] == MOVES
    assert replay(record, CATALOG).over


@pytest.mark.parametrize("end", End, ids=lambda end: end.name.lower())
async def test_a_match_survives_every_end_of_a_connection(one_server: ServerProcess, end: End) -> None:
    """Once while nothing is asked, once when a move has just reached the server."""
    async with chaos(one_server.url) as proxy, through(proxy, "Ann") as ann, table_for_two(one_server, ann) as table:
        bob, match = table
        watched = await ann.watch(f"match/{match}", 0)
        assert await ann.play(match, 0, MOVES[0]) == 1
        proxy.links[-1].come_to(end)
        assert await bob.play(match, 1, MOVES[1]) == 2
        await watched.until(_reached(watched, 2))
        assert await ann.play(match, 0, MOVES[2]) == 3
        assert await bob.play(match, 1, MOVES[3]) == 4
        proxy.links[-1].come_to_when(end, lambda message: isinstance(message, Play) and message.move == MOVES[4])
        assert await ann.play(match, 0, MOVES[4]) == 5
        await watched.until(lambda view: view["over"] is not None)
        assert ann.connections >= 3 or end is End.UP_LOST, "that takes no answer away"
    assert_one_answer_each(proxy.links)


async def test_a_phone_that_changes_network_plays_on_before_its_old_socket_has_died(one_server: ServerProcess) -> None:
    """The move whose answer was lost is played once; neither the old socket nor its death costs the new one anything."""
    async with chaos(one_server.url) as proxy, through(proxy, "Ann") as ann, table_for_two(one_server, ann) as table:
        bob, match = table
        watched = await ann.watch(f"match/{match}", 0, moves=True)
        old = proxy.links[0]
        old.come_to(End.DOWN_LOST)
        assert await ann.play(match, 0, MOVES[0]) == 1
        new = proxy.links[1]
        sent = [[message for message in link.told if isinstance(message, Play)] for link in (old, new)]
        assert sent[0] == sent[1], "the same move, with the same id"
        assert await bob.play(match, 1, MOVES[1]) == 2
        for link in (old, new):
            await link.until(_has_said_version(link, 2))
        assert old.server.connected, "it died too early to prove anything"
        old.server.reset()
        assert await ann.play(match, 0, MOVES[2]) == 3
        assert await bob.play(match, 1, MOVES[3]) == 4
        assert await ann.play(match, 0, MOVES[4]) == 5
        await watched.until(lambda view: view["over"] is not None)
        assert ann.repairs == 0, "nothing was missing in between"
    assert_one_answer_each(proxy.links)


async def test_two_sockets_on_one_seat_see_the_same_and_play_each_move_once(one_server: ServerProcess) -> None:
    """Both make the same move at the same moment: one is accepted, the other is told so, and both see one move."""
    async with (
        Client(one_server.url, name="Ann") as phone,
        Client(one_server.url, token=phone.token) as laptop,
        table_for_two(one_server, phone) as (bob, match),
    ):
        seats = [await client.watch(f"match/{match}", 0, moves=True) for client in (phone, laptop)]
        for version, move in enumerate(MOVES, 1):
            if version % 2 == 0:
                assert await bob.play(match, 1, move) == version
            else:
                both = [client.play(match, 0, move) for client in (phone, laptop)]
                answers = await asyncio.gather(*both, return_exceptions=True)
                refusals = [answer for answer in answers if isinstance(answer, RequestRefused)]
                assert [answer for answer in answers if answer not in refusals] == [version]
                assert [refusal.code for refusal in refusals] == ["match_over" if version == 5 else "not_your_turn"]
            for seat in seats:
                await seat.until(_reached(seat, version))
            assert canonical(seats[0].view) == canonical(seats[1].view)


@pytest.mark.parametrize("missed", [1, REMEMBERED_FRAMES_MAX, REMEMBERED_FRAMES_MAX + 1])
async def test_who_returns_gets_what_was_missed_or_all_anew(one_server: ServerProcess, missed: int) -> None:
    """As many updates as are kept come one by one; one more, and it is a snapshot that says why."""
    async with (
        Client(one_server.url, name="Bystander") as player,
        Client(one_server.url, name="Onlooker") as direct,
        chaos(one_server.url) as proxy,
        through(proxy, "Ann") as ann,
    ):
        bystander = Bystander(player)
        await bystander.play_on()
        topic = f"match/{bystander.match}"
        watched, seen = await ann.watch(topic), await direct.watch(topic)
        had = watched.version
        assert had == 2
        proxy.lets_in = False
        proxy.links[-1].come_to(End.RESET)
        for _ in range(missed):
            await bystander.move()
        proxy.lets_in = True
        for each in (watched, seen):
            await each.until(_reached(each, had + missed))
        assert canonical(watched.view) == canonical(seen.view)
        came = [message for message in proxy.links[-1].said if isinstance(message, Snapshot | Update)]
    if missed <= REMEMBERED_FRAMES_MAX:
        assert [type(message) for message in came] == [Update] * missed
        assert [message.version for message in came] == list(range(had + 1, had + missed + 1))
    else:
        assert [(type(message), message.version) for message in came] == [(Snapshot, had + missed)]
        assert [message.reason for message in came if isinstance(message, Snapshot)] == ["too_old"]
