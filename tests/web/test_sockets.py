"""Sockets: who may connect, how a conversation breaks and with which code, and what becomes of a peer that is slow."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from typing import Any

import psutil
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus
from websockets.typing import Subprotocol

from protocol.errors import CloseCode
from protocol.limits import BACKLOG_BYTES_MAX, FRAME_BYTES_MAX, HELLO_SECONDS_MAX
from protocol.messages import (
    ClientMessage,
    ComeBack,
    CreateLobby,
    Hello,
    Ping,
    Play,
    Pong,
    Update,
    Watch,
    Welcome,
    decode_server,
    encode,
)
from tests.network.line import Line
from tests.network.wire import Opcode, frame
from tests.server import PATIENCE_SECONDS, ServerProcess, StartServer
from tests.simulation.loop import VirtualLoop
from tests.web.inside import Wire, handshake, server_inside
from tests.web.player import SUBPROTOCOL, Player, begin, connected, player
from tests.web.reading import Unread
from web.edge.hearing import SLICE_BYTES
from web.edge.sockets import Socket

SNAPSHOTS = 950
"""So many come to much more than a connection may leave unread, and to ask for them is no haste yet."""


async def refused_handshake(url: str, *subprotocols: str, **headers: str) -> int:
    """The HTTP status with which a handshake is turned away."""
    offered = [Subprotocol(name) for name in subprotocols] or None
    with pytest.raises(InvalidStatus) as refused:
        await connect(url, subprotocols=offered, additional_headers=headers, proxy=None, open_timeout=PATIENCE_SECONDS)
    return refused.value.response.status_code


# The handshake


async def test_the_sub_protocol_must_be_offered(house: ServerProcess) -> None:
    """None, or another one, is refused before the socket is open; among others ours is chosen."""
    assert await refused_handshake(house.url) == 400
    assert await refused_handshake(house.url, "parlour.v2", "chat") == 400
    async with connect(house.url, subprotocols=[Subprotocol("chat"), SUBPROTOCOL], proxy=None) as socket:
        assert socket.subprotocol == SUBPROTOCOL
        assert socket.protocol.extensions == []


async def test_sockets_are_served_at_one_path_alone(house: ServerProcess) -> None:
    for path in ("/", "/ws/", "/wss", "/ws/match", "/api/lobbies"):
        assert await refused_handshake(f"ws{house.http[4:]}{path}", SUBPROTOCOL) == 404
    async with connected(f"{house.url}?from=here") as one:
        await one.tell(Hello())
        assert isinstance(await one.hear(), Welcome)


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    """A server whose game is shown on another site, too."""
    server = ServerProcess(
        tmp_path_factory.mktemp("embedded"), "memory:", "--origins", "https://games.example,https://also.example:8443"
    )
    yield server.start()
    server.close()


@pytest.mark.parametrize(
    "origin",
    [
        "https://elsewhere.example",
        "http://games.example",
        "https://games.example:444",
        "https://games.example.elsewhere.example",
        "https://elsewhere.example/https://games.example",
        "http://127.0.0.1:1",
        "http://127.0.0.1",
        "null",
        "",
        "http://[",
        "http://é",
    ],
)
async def test_pages_of_foreign_origins_are_turned_away_at_the_handshake(origin: str, embedded: ServerProcess) -> None:
    """With 403, before the socket is open; so are origins that nobody can read."""
    assert await refused_handshake(embedded.url, SUBPROTOCOL, Origin=origin) == 403
    assert "Fatal error" not in embedded.log


async def test_own_pages_allowed_pages_and_programs_are_let_in(embedded: ServerProcess) -> None:
    """Own pages also behind a proxy that speaks TLS; a program sends no origin."""
    own = embedded.http
    secure = own.replace("http:", "https:")
    for origin in (own, secure, "https://games.example", "https://also.example:8443", None):
        async with connected(embedded.url, origin) as one:
            await one.tell(Hello())
            assert isinstance(await one.hear(), Welcome)


async def test_any_origin_may_be_allowed(start_server: StartServer) -> None:
    server = start_server("memory:", "--origins", "*")
    async with connected(server.url, "https://elsewhere.example") as one:
        await one.tell(Hello())
        assert isinstance(await one.hear(), Welcome)


# How a conversation breaks


BROKEN = [
    ("text", "hello", CloseCode.TEXT_FRAME),
    ("empty text", "", CloseCode.TEXT_FRAME),
    ("not MessagePack", b"\xc1", CloseCode.BAD_FRAME),
    ("nothing", b"", CloseCode.BAD_FRAME),
    ("a value and a half", b"\x90\x90", CloseCode.BAD_FRAME),
    ("no array", b"\x01", CloseCode.BAD_MESSAGE),
    ("a code that no message has", b"\x91\x63", CloseCode.UNKNOWN_MESSAGE),
    ("a message of the server", encode(Pong(1, 2)), CloseCode.UNKNOWN_MESSAGE),
    ("a field too little", b"\x92\x05\xa1r", CloseCode.BAD_MESSAGE),
    ("a field too much", b"\x94\x02\x01\x02\x03", CloseCode.BAD_MESSAGE),
    ("a version below zero", encode(Watch("r", "lobbies", None, None, None, "e", -1)), CloseCode.BAD_MESSAGE),
    ("a topic that cannot be", encode(Watch("r", "weather")), CloseCode.BAD_MESSAGE),
    ("a request id that is too long", encode(Play("r" * 33, "m", 0, "a1")), CloseCode.BAD_MESSAGE),
    ("another hello", encode(Hello()), CloseCode.OUT_OF_PLACE),
    ("a message of as many bytes as there may be", b"\xa1" * FRAME_BYTES_MAX, CloseCode.BAD_FRAME),
    ("a message of one byte too many", b"\xa1" * (FRAME_BYTES_MAX + 1), CloseCode.FRAME_TOO_LARGE),
    ("one byte too many in two fragments", [b"\xa1" * FRAME_BYTES_MAX, b"\xa1"], CloseCode.FRAME_TOO_LARGE),
]


@pytest.mark.parametrize(("said", "code"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN])
async def test_what_breaks_the_conversation_closes_it_with_its_code(
    said: str | bytes | list[bytes], code: int, house: ServerProcess
) -> None:
    async with player(house.url) as one:
        await one.socket.send(said)
        assert await one.closed() == code
        assert one.socket.close_reason


FIRST = [
    ("a ping", encode(Ping(1)), CloseCode.HELLO_EXPECTED),
    ("a request", encode(Watch("r", "lobbies")), CloseCode.HELLO_EXPECTED),
    ("text", "hello", CloseCode.TEXT_FRAME),
    ("a bad hello", b"\x92\x01\xa0", CloseCode.BAD_MESSAGE),
    ("a hello with a token of nobody", encode(Hello("a.b.c")), CloseCode.BAD_TOKEN),
]


@pytest.mark.parametrize(("said", "code"), [case[1:] for case in FIRST], ids=[case[0] for case in FIRST])
async def test_the_first_message_must_be_a_hello(said: str | bytes, code: int, house: ServerProcess) -> None:
    async with connected(house.url) as one:
        await one.socket.send(said)
        assert await one.closed() == code


async def test_nothing_that_follows_a_broken_message_is_heard(house: ServerProcess) -> None:
    """What comes in the same segment as what broke the conversation is not carried out."""
    async with player(house.url, "Ann") as ann, player(house.url) as bea:
        lists = await bea.watch("lobbies")
        ann.socket.transport.pause_reading()
        await ann.socket.send(b"\xc1")
        await ann.tell(CreateLobby("r", "tic_tac_toe", {}, 2, True))
        ann.socket.transport.resume_reading()
        assert await ann.closed() == CloseCode.BAD_FRAME
        assert ann.heard == [ann.welcome]
        await bea.rest()
        assert "Ann" not in str(bea.views[lists])


async def test_a_reason_that_is_too_long_for_a_close_frame_is_cut_between_characters(house: ServerProcess) -> None:
    async with player(house.url) as one:
        await one.tell(CreateLobby("r", "tic_tac_toe", {"🎲" * 40: None}, 2, True))  # type: ignore[dict-item]
        assert await one.closed() == CloseCode.BAD_MESSAGE
        reason = one.socket.close_reason
        assert reason is not None
        assert 119 < len(reason.encode()) <= 123
        assert reason.endswith("🎲")


def test_who_says_nothing_is_sent_away_in_time_and_who_said_hello_is_not() -> None:
    """A hello that is late ends the connection with a code that says to come back."""

    async def story(polite: Wired, silent: Wired) -> None:
        polite.say(Hello())
        await asyncio.sleep(HELLO_SECONDS_MAX - 0.1)
        assert silent.frames == []
        await asyncio.sleep(0.2)
        assert silent.close_code == CloseCode.HELLO_TOO_LATE
        assert polite.close_code is None

    in_virtual_time(story)


# What a conversation bears


async def test_a_message_in_fragments_is_one(house: ServerProcess) -> None:
    message = encode(Ping(77))
    async with player(house.url) as one:
        await one.socket.send([message[:1], b"", message[1:2], message[2:]])
        pong = await one.hear()
        assert isinstance(pong, Pong)
        assert pong.sent_ms == 77


async def test_a_ping_is_answered_with_its_time_and_the_servers(house: ServerProcess) -> None:
    """In order, however many there are; frames of the same name are answered beside them."""
    async with player(house.url) as one:
        alive = await one.socket.ping()
        for sent_ms in range(300):
            await one.tell(Ping(sent_ms))
        pongs = [await one.hear() for _ in range(300)]
        assert [pong.sent_ms for pong in pongs if isinstance(pong, Pong)] == list(range(300))
        assert all(isinstance(pong, Pong) and pong.server_ms >= one.welcome.server_ms for pong in pongs)
        await alive


async def test_who_does_not_read_is_cut_off_and_harms_nobody(house: ServerProcess) -> None:
    """Not the memory of the server, nor the match that it watches: that is played on without a pause.

    Each of them asks for far more than a connection may leave unread. That they are gone is seen in the
    presence of the match, before one byte more is read; what they were sent is bounded.
    """
    process = psutil.Process(house.pid)
    async with player(house.url) as ann, player(house.url) as bea:
        match = await begin("rock_paper_scissors", [ann, bea], {"best_of": 99})
        presence = await ann.watch(f"presence/{match}")
        feed = await bea.watch(f"match/{match}", 1)
        before_bytes = process.memory_info().rss
        unread = [await Unread.watching(house.url, f"match/{match}") for _ in range(8)]
        await asyncio.gather(*(one.ask_for(SNAPSHOTS) for one in unread))
        playing = asyncio.create_task(play_on(match, ann, bea))
        await eventually_alone(house.url, match)
        await playing
        grown_bytes = process.memory_info().rss - before_bytes
        assert grown_bytes < len(unread) * (BACKLOG_BYTES_MAX + 300 * 1024), (
            f"{grown_bytes} bytes for {len(unread)} peers"
        )
        for one in unread:
            assert 0 < await one.read_on() < BACKLOG_BYTES_MAX
        await bea.until(Update, lambda update: update.version == 40)
        assert bea.views[feed][0] == 40
        await ann.until_view(presence, lambda view: view.get("spectators") == {"count": 0})


async def play_on(match: str, ann: Player, bea: Player) -> None:
    """Forty moves, each answered within its time."""
    for throw in range(20):
        await ann.accepted(Play, match, 0, "rock" if throw % 2 else "paper")
        await bea.accepted(Play, match, 1, "paper" if throw % 2 else "rock")


async def eventually_alone(url: str, match: str) -> None:
    """Returns when nobody watches the match but its players."""
    async with player(url) as eve:
        feed = await eve.watch(f"presence/{match}")
        await eve.until_view(feed, lambda view: view.get("spectators") == {"count": 0})


async def test_who_was_cut_off_is_told_the_code_when_it_reads_on_at_once(house: ServerProcess) -> None:
    """The close frame stands behind what was left unread, and says that it may come back."""
    async with player(house.url) as ann:
        match = await begin("rock_paper_scissors", [ann, ann])
        slow = await Unread.watching(house.url, f"match/{match}")
        asked_bytes = await slow.ask_for(SNAPSHOTS)
        await say_as_much(house.url, asked_bytes + 4 * SLICE_BYTES)
        await slow.read_on()
        assert slow.close_code == CloseCode.TOO_SLOW
        assert all(decode_server(payload) for payload in slow.payloads), "whole messages up to the end"


async def say_as_much(url: str, said_bytes: int) -> None:
    """Returns when so much has been heard, and with it what others had said before: all are heard in turn."""
    ping = encode(Ping(0))
    pings = said_bytes // len(frame(Opcode.BINARY, ping)) + 1
    async with Line(url) as line:
        await line.greet()
        await line.send(frame(Opcode.BINARY, ping) * pings)
        for _ in range(pings):
            assert await line.hear() is not None


async def test_who_stays_when_the_server_stops_is_told_when_to_come_back(start_server: StartServer) -> None:
    """Each at another time; the port is closed to others, and the exit is a clean one."""
    server = start_server("memory:")
    async with player(server.url) as ann, player(server.url) as bea, connected(server.url) as silent:
        stopping = asyncio.create_task(asyncio.to_thread(server.stop))
        for one in (ann, bea):
            come_back = await one.until(ComeBack)
            assert come_back.after_ms >= 500
            assert await one.closed() == CloseCode.RESTARTING
        assert await silent.closed() == CloseCode.RESTARTING
        assert await stopping == 0
    assert "Traceback" not in server.log


async def test_a_peer_that_never_reads_does_not_keep_the_server_from_ending(start_server: StartServer) -> None:
    """Neither what it was sent nor its part in the close is waited for."""
    server = start_server("memory:")
    async with player(server.url) as ann:
        match = await begin("rock_paper_scissors", [ann, ann])
        unread = await Unread.watching(server.url, f"match/{match}")
        await unread.ask_for(SNAPSHOTS // 4)
        await ann.rest()
        assert await asyncio.to_thread(server.stop) == 0
        await unread.read_on()
    assert "Traceback" not in server.log


def test_a_peer_that_answers_no_ping_is_closed_and_may_come_back() -> None:
    """Its connection may be half open. Who answers stays, however quiet."""

    async def story(ann: Wired, silent: Wired) -> None:
        for one in (ann, silent):
            one.say(Hello())
        ann.answers_pings = True
        await asyncio.sleep(600)
        assert silent.close_code == CloseCode.SILENT
        assert ann.close_code is None

    in_virtual_time(story)


# Without a network, and in no time


class Wired(Wire):
    """One connection from its client's end."""

    def __init__(self) -> None:
        super().__init__()
        self.socket: Socket
        self.answers_pings = False

    def say(self, message: ClientMessage) -> None:
        self.socket.data_received(frame(Opcode.BINARY, encode(message)))

    def write(self, data: Any) -> None:
        super().write(data)
        if self.answers_pings and self.frames[-1].opcode == Opcode.PING:
            pong = frame(Opcode.PONG, self.frames[-1].payload)
            asyncio.get_running_loop().call_soon(self.socket.data_received, pong)

    @property
    def close_code(self) -> int | None:
        """The code with which the server has closed."""
        codes = (int.from_bytes(each.payload[:2], "big") for each in self.frames if each.opcode == Opcode.CLOSE)
        return next(codes, None)


def in_virtual_time(story: Callable[[Wired, Wired], Coroutine[Any, Any, None]]) -> None:
    """Two connections to a server in this process, on which nothing has been said yet; waiting takes no time."""

    async def told() -> None:
        async with server_inside() as connected:
            ends = Wired(), Wired()
            for end in ends:
                end.socket = connected(end)
                end.socket.data_received(handshake())
            await story(*ends)
            for end in ends:
                end.socket.connection_lost(None)

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(told())
