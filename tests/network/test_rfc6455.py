"""What RFC 6455 forbids, allows and leaves open, said to the real server byte by byte over a plain TCP socket.

Every case ends as its table says, and while all this goes on another connection plays.
"""

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple, TypeAlias

import pytest
import pytest_asyncio

from bots.client import Client
from protocol import messages
from protocol.errors import CloseCode
from protocol.limits import FRAME_BYTES_MAX
from protocol.messages import Attend, Ping, Pong, Refused
from tests.network.bystander import Bystander
from tests.network.line import Line
from tests.network.wire import Opcode, close_payload, frame
from tests.server import ServerProcess
from web.edge.sockets import FRAGMENTS_MAX

pytestmark = pytest.mark.asyncio(loop_scope="module")

PROTOCOL_ERROR, NOT_UTF8, TOO_BIG = 1002, 1007, CloseCode.FRAME_TOO_LARGE


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bystander(one_server: ServerProcess) -> AsyncIterator[Bystander]:
    """Who plays all the while."""
    async with Client(one_server.url, name="Bystander") as client:
        yield Bystander(client)
        assert client.connections == 1


# What comes back


class Answer(NamedTuple):
    """The answer to a `question` of that number: a whole message went there and back."""

    number: int


class Echo(NamedTuple):
    """A pong frame."""

    payload: bytes


class No(NamedTuple):
    """A refusal with that code."""

    code: str


class Closed(NamedTuple):
    """A close frame with that code, or with none, and then the end of the connection."""

    code: int | None


Comes: TypeAlias = Answer | Echo | No | Closed


async def heard(line: Line) -> Comes | None:
    """What comes next; None at the end of the connection."""
    if (it := await line.hear()) is None:
        return None
    assert it.fin, "the server does not fragment"
    if it.opcode == Opcode.PONG:
        return Echo(it.payload)
    if it.opcode == Opcode.CLOSE:
        return Closed(int.from_bytes(it.payload[:2], "big") if it.payload else None)
    assert it.opcode == Opcode.BINARY, f"a frame of kind {it.opcode}"
    match messages.decode_server(it.payload):
        case Pong(sent_ms=number):
            return Answer(number)
        case Refused(code=code):
            return No(code)
        case other:
            raise AssertionError(f"nobody asked for {other}")


# What is said


def asked(number: int) -> bytes:
    """The payload of a question."""
    return messages.encode(Ping(number))


def question(number: int) -> bytes:
    """A whole message that is answered with its number."""
    return frame(Opcode.BINARY, asked(number))


def closing(code: int, reason: bytes = b"") -> bytes:
    """A close frame."""
    return frame(Opcode.CLOSE, close_payload(code, reason))


def in_pieces(payload: bytes, *cuts: int) -> list[bytes]:
    """A message in fragments, cut at these places."""
    ends = [0, *cuts, len(payload)]
    parts = [payload[here:there] for here, there in pairwise(ends)]
    last = len(parts) - 1
    return [
        frame(Opcode.BINARY if n == 0 else Opcode.CONTINUATION, part, fin=n == last) for n, part in enumerate(parts)
    ]


def byte_by_byte(said: bytes) -> list[bytes]:
    """Each byte as a segment."""
    return [said[at : at + 1] for at in range(len(said))]


BIG = messages.encode(Attend("r", ["𝄞" * 64] * 253 + ["x"]))
"""A message as large as one may be, which is understood and refused: no such games are played."""
assert len(BIG) == FRAME_BYTES_MAX
BEGUN = frame(Opcode.BINARY, asked(1)[:1], fin=False)
REST = frame(Opcode.CONTINUATION, asked(1)[1:])


@dataclass(frozen=True)
class Case:
    """What is said after the hello, each a segment, and what comes back. Without a `Closed` the conversation goes on."""

    name: str
    says: Sequence[bytes]
    comes: Sequence[Comes]


def broken(name: str, *says: bytes, code: int = PROTOCOL_ERROR) -> Case:
    """A case that ends with a close, though a question follows."""
    return Case(name, [*says, question(99)], [Closed(code)])


CASES = [
    # 5.1, 5.2: the head of a frame
    Case("a masked frame is read", [question(1)], [Answer(1)]),
    Case(
        "a mask of zeros is a mask",
        [frame(Opcode.BINARY, asked(1), mask=bytes(4))],
        [Answer(1)],
    ),
    broken("an unmasked data frame", frame(Opcode.BINARY, asked(1), mask=None)),
    broken("an unmasked control frame", frame(Opcode.PING, b"x", mask=None)),
    *(broken(f"reserved bits {bits:03b}", frame(Opcode.BINARY, asked(1), rsv=bits)) for bits in (0b100, 0b010, 0b001)),
    broken("a reserved bit of a control frame", frame(Opcode.PING, b"x", rsv=0b100)),
    *(broken(f"reserved opcode {code:#x}", frame(code, asked(1))) for code in (3, 4, 5, 6, 7, 0xB, 0xC, 0xD, 0xE, 0xF)),
    # 5.4: fragments
    Case("a message in two fragments is one", in_pieces(asked(1), 1), [Answer(1)]),
    Case("a message in fragments of one byte is one", in_pieces(asked(1), *range(1, len(asked(1)))), [Answer(1)]),
    Case("empty fragments add nothing", in_pieces(asked(1), 0, 0, 1, 1, len(asked(1))), [Answer(1)]),
    Case(
        "as many fragments as there may be are a message",
        [b"".join(in_pieces(asked(1), *[0] * (FRAGMENTS_MAX - 1)))],
        [Answer(1)],
    ),
    broken("one fragment too many", b"".join(in_pieces(asked(1), *[0] * FRAGMENTS_MAX)), code=CloseCode.BAD_FRAME),
    Case(
        "control frames may come between fragments",
        [BEGUN, frame(Opcode.PING, b"between"), frame(Opcode.PONG, b"unasked"), REST],
        [Echo(b"between"), Answer(1)],
    ),
    Case("messages follow fragmented ones", [*in_pieces(asked(1), 1), *in_pieces(asked(2), 1)], [Answer(1), Answer(2)]),
    broken("a continuation of nothing", frame(Opcode.CONTINUATION, asked(1))),
    broken("an unfinished continuation of nothing", frame(Opcode.CONTINUATION, asked(1), fin=False)),
    Case(
        "a continuation of a message that is complete",
        [*in_pieces(asked(1), 1), frame(Opcode.CONTINUATION, b"x"), question(99)],
        [Answer(1), Closed(PROTOCOL_ERROR)],
    ),
    broken("a message within a fragmented one", BEGUN, question(2)),
    broken("a fragmented message within a fragmented one", BEGUN, BEGUN),
    # 5.5: control frames
    *(
        Case(f"a ping with {size} bytes is answered with them", [frame(Opcode.PING, b"p" * size)], [Echo(b"p" * size)])
        for size in (0, 1, 125)
    ),
    Case(
        "each of many pings is answered",
        [b"".join(frame(Opcode.PING, bytes([n])) for n in range(10))],
        [Echo(bytes([n])) for n in range(10)],
    ),
    Case("a pong that nobody asked for is passed over", [frame(Opcode.PONG, b"unasked"), question(1)], [Answer(1)]),
    broken("a ping with 126 bytes", frame(Opcode.PING, b"p" * 126)),
    broken("a pong with 126 bytes", frame(Opcode.PONG, b"p" * 126)),
    broken("a close frame with 126 bytes", closing(1000, b"r" * 124)),
    *(
        broken(f"a fragmented {opcode.name.lower()}", frame(opcode, close_payload(1000), fin=False))
        for opcode in (Opcode.PING, Opcode.PONG, Opcode.CLOSE)
    ),
    # 5.5.1, 7.4: closing
    *(
        Case(f"close code {code} is given back", [closing(code, b"bye"), question(99)], [Closed(code)])
        for code in (1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999)
    ),
    Case("a close without a code is given back", [frame(Opcode.CLOSE), question(99)], [Closed(None)]),
    Case("a close with the longest reason is given back", [closing(1000, b"r" * 123)], [Closed(1000)]),
    *(
        broken(f"close code {code}, which no endpoint may send", closing(code))
        for code in (0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535)
    ),
    broken("a close with half a code", frame(Opcode.CLOSE, b"\x03")),
    broken("a close whose reason is not UTF-8", closing(1000, b"\xce\xba\xe1\xbd"), code=NOT_UTF8),
    Case("nothing is done after a close", [closing(1000) + question(99), question(99)], [Closed(1000)]),
    Case("a ping after a close has no answer", [closing(1000) + frame(Opcode.PING, b"x")], [Closed(1000)]),
    Case("what was asked before a close is answered", [question(1) + closing(1000)], [Answer(1), Closed(1000)]),
    # 5.2: lengths
    Case("a short length may be written in two bytes", [frame(Opcode.BINARY, asked(1), length_bytes=2)], [Answer(1)]),
    Case("a short length may be written in eight bytes", [frame(Opcode.BINARY, asked(1), length_bytes=8)], [Answer(1)]),
    broken(
        "a length of 2 to the 62nd",
        frame(Opcode.BINARY, asked(1), announced=2**62, length_bytes=8),
        code=TOO_BIG,
    ),
    broken(
        "a length with its highest bit set",
        frame(Opcode.BINARY, asked(1), announced=2**63 | len(asked(1)), length_bytes=8),
        code=TOO_BIG,
    ),
    Case("the largest message is read", [frame(Opcode.BINARY, BIG)], [No("no_such_game")]),
    Case("the largest message is read in fragments", in_pieces(BIG, 1000, 50_000), [No("no_such_game")]),
    broken("a message of one byte too many", frame(Opcode.BINARY, BIG + b"\0"), code=TOO_BIG),
    broken("fragments of one byte too many", *in_pieces(BIG + b"\0", 1000, 50_000), code=TOO_BIG),
    # segments
    Case("a byte at a time is a message", byte_by_byte(question(1)), [Answer(1)]),
    Case(
        "many messages in one segment are all read",
        [b"".join(question(n) for n in range(500))],
        [Answer(n) for n in range(500)],
    ),
    Case(
        "a message and a half in a segment",
        [question(1) + question(2)[:5], question(2)[5:] + question(3)],
        [Answer(1), Answer(2), Answer(3)],
    ),
    # ours
    broken("a text frame", frame(Opcode.TEXT, b"hello"), code=CloseCode.TEXT_FRAME),
    broken("an empty text frame", frame(Opcode.TEXT), code=CloseCode.TEXT_FRAME),
    broken("text in fragments", frame(Opcode.TEXT, b"hel", fin=False), REST, code=CloseCode.TEXT_FRAME),
    broken("text that is not UTF-8", frame(Opcode.TEXT, b"\xff"), code=CloseCode.TEXT_FRAME),
    broken("an empty message", frame(Opcode.BINARY), code=CloseCode.BAD_FRAME),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
async def test_frames_are_answered_as_the_rfc_says(case: Case, one_server: ServerProcess, bystander: Bystander) -> None:
    """What is said has its answers, in order and no others; then the connection ends, or works on."""
    async with Line(one_server.url) as line:
        await line.greet()
        await say(line, case.says)
        assert [await heard(line) for _ in case.comes] == list(case.comes)
        if not isinstance(case.comes[-1], Closed):
            await line.send(question(7), closing(1000))
            assert [await heard(line), await heard(line)] == [Answer(7), Closed(1000)]
        elif case.comes[-1].code in set(CloseCode):
            await say(line, [closing(case.comes[-1].code)])
        assert await heard(line) is None
    await bystander.play_on()


async def say(line: Line, segments: Sequence[bytes]) -> None:
    """Says all of it, or as much as the server stays for."""
    try:
        await line.send(*segments)
    except (ConnectionResetError, BrokenPipeError):
        return


async def test_a_close_that_the_server_began_ends_with_the_clients(
    one_server: ServerProcess, bystander: Bystander
) -> None:
    """Between the server's close and the client's, nothing is answered any more."""
    async with Line(one_server.url) as line:
        await line.greet()
        await line.send(frame(Opcode.TEXT, b"hello"))
        assert await heard(line) == Closed(CloseCode.TEXT_FRAME)
        await line.send(question(1), closing(CloseCode.TEXT_FRAME))
        assert await heard(line) is None
    await bystander.play_on()


async def test_a_peer_that_does_not_answer_a_close_is_dropped(one_server: ServerProcess, bystander: Bystander) -> None:
    async with Line(one_server.url) as line:
        await line.greet()
        await line.send(frame(Opcode.TEXT, b"hello"))
        assert await heard(line) == Closed(CloseCode.TEXT_FRAME)
        assert await heard(line) is None
    await bystander.play_on()


async def test_a_connection_that_ends_within_a_frame_harms_nobody(
    one_server: ServerProcess, bystander: Bystander
) -> None:
    async with Line(one_server.url) as line:
        await line.greet()
        await line.send(question(1)[:7])
    await bystander.play_on()


# 4.2: the handshake


@dataclass(frozen=True)
class Handshake:
    """A request, and the status that answers it; `header` is one that must come with it."""

    name: str
    request: Callable[[Line], bytes]
    status: int
    header: tuple[str, str] | None = None


HANDSHAKES = [
    Handshake("the words of headers have no case", lambda line: line.request("Upgrade: WebSocket"), 101),
    Handshake("other connection options", lambda line: line.request("Connection: keep-alive, Upgrade"), 101),
    Handshake(
        "other sub-protocols beside ours",
        lambda line: line.request("Sec-WebSocket-Protocol: chat, parlour.v1"),
        101,
        ("sec-websocket-protocol", "parlour.v1"),
    ),
    Handshake(
        "an extension is offered", lambda line: line.request("Sec-WebSocket-Extensions: permessage-deflate"), 101
    ),
    Handshake("a query", lambda line: line.request(line="GET /ws?a=b HTTP/1.1"), 101),
    Handshake("no key", lambda line: line.request(without="Sec-WebSocket-Key"), 400),
    Handshake("a short key", lambda line: line.request("Sec-WebSocket-Key: YWJj"), 400),
    Handshake("a key that is not base64", lambda line: line.request("Sec-WebSocket-Key: ?!"), 400),
    Handshake(
        "version 8",
        lambda line: line.request("Sec-WebSocket-Version: 8"),
        426,
        ("sec-websocket-version", "13"),
    ),
    Handshake("no version", lambda line: line.request(without="Sec-WebSocket-Version"), 400),
    Handshake("no sub-protocol", lambda line: line.request(without="Sec-WebSocket-Protocol"), 400),
    Handshake("another sub-protocol", lambda line: line.request("Sec-WebSocket-Protocol: chat"), 400),
    Handshake("a POST", lambda line: line.request(line="POST /ws HTTP/1.1"), 405, ("allow", "GET")),
    Handshake("HTTP/1.0", lambda line: line.request(line="GET /ws HTTP/1.0"), 505),
    Handshake("another path", lambda line: line.request(line="GET /elsewhere HTTP/1.1"), 404),
    Handshake("a foreign page", lambda line: line.request("Origin: https://elsewhere.example"), 403),
    Handshake("a header line of 9000 bytes", lambda line: line.request("X-Long: " + "x" * 9000), 431),
    Handshake("a header line of 200 KB", lambda line: line.request("X-Long: " + "x" * 200_000), 400),
    Handshake("200 headers", lambda line: line.request(*(f"X-{n}: x" for n in range(200))), 431),
    Handshake("an address of 9000 bytes", lambda line: line.request(line=f"GET /ws?{'x' * 9000} HTTP/1.1"), 414),
    Handshake("a body", lambda line: line.request("Content-Length: 5") + b"hello", 400),
    Handshake("a chunked body", lambda line: line.request("Transfer-Encoding: chunked") + b"0\r\n\r\n", 400),
    Handshake("not HTTP", lambda line: bytes.fromhex("160301020001000001fc0303"), 400),
]


@pytest.mark.parametrize("case", HANDSHAKES, ids=lambda case: case.name)
async def test_a_handshake_is_accepted_or_answered_and_ended(
    case: Handshake, one_server: ServerProcess, bystander: Bystander
) -> None:
    """A good one opens a conversation; any other has its status, and then the connection ends."""
    async with Line(one_server.url) as line:
        await say(line, [case.request(line)])
        response = await line.response()
        assert response is not None, "the connection ended without an answer"
        assert response.status == case.status
        if case.header is not None:
            assert response.headers[case.header[0]] == case.header[1]
        if case.status == 101:
            assert "sec-websocket-extensions" not in response.headers
            assert await line.hello()
        else:
            await line.drain()
    await bystander.play_on()


async def test_a_handshake_may_come_byte_by_byte(one_server: ServerProcess, bystander: Bystander) -> None:
    async with Line(one_server.url) as line:
        await line.send(*byte_by_byte(line.request()))
        response = await line.response()
        assert response is not None
        assert response.status == 101
        assert await line.hello()
    await bystander.play_on()


async def test_what_comes_with_the_handshake_is_read_or_ends_the_connection(
    one_server: ServerProcess, bystander: Bystander
) -> None:
    """A client must wait for the answer (4.1). One that does not is heard or sent away, not left to wait."""
    async with Line(one_server.url) as line:
        await line.send(line.request() + frame(Opcode.PING, b"hasty"))
        response = await line.response()
        if response is not None and response.status == 101:
            assert await heard(line) in (Echo(b"hasty"), Closed(PROTOCOL_ERROR))
    await bystander.play_on()
