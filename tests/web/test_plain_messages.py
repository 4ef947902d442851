"""Plain messages do not go through the library: what is heard must not depend on whether one did.

A message that comes in pieces always does. So whatever a peer sends, cut anywhere, is answered as if it came byte by
byte.
"""

from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any

import pytest_asyncio
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from protocol import messages
from protocol.errors import ProtocolError
from protocol.messages import Hello, Ping, Pong, Welcome
from tests.network.wire import FrameReader, Opcode, close_payload, frame
from tests.web.inside import Wire, handshake, server_inside


class Closing(Wire):
    """Is closed by the server, and then takes nothing more."""

    def __init__(self) -> None:
        super().__init__()
        self.closing = False

    def write(self, data: Any) -> None:
        if not self.closing:
            super().write(data)

    def is_closing(self) -> bool:
        return self.closing

    def close(self) -> None:
        self.closing = True


Say = Callable[[Sequence[bytes]], list[object]]


@pytest_asyncio.fixture
async def say() -> AsyncIterator[Say]:
    """Says chunks of bytes to a socket of a server in this process; what comes back, but for times and names."""
    async with server_inside() as connected:

        def say(chunks: Sequence[bytes]) -> list[object]:
            wire = Closing()
            socket = connected(wire)
            socket.data_received(handshake())
            for chunk in chunks:
                if not wire.closing:
                    socket.data_received(chunk)
            socket.flush()
            closed = wire.closing
            socket.connection_lost(None)
            head, _, frames = bytes(wire.written).partition(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 101 ")
            return [_heard(each.opcode, each.payload) for each in FrameReader().feed(frames)] + [closed]

        yield say


def _heard(opcode: int, payload: bytes) -> object:
    if opcode != Opcode.BINARY:
        return opcode, payload
    match messages.decode_server(payload):
        case Pong(sent_ms=number):
            return number
        case Welcome():
            return "welcome"
        case other:
            raise ProtocolError(f"{other} was not expected")


def ping(number: int) -> bytes:
    return messages.encode(Ping(number))


def fragmented(payload: bytes, *, between: bytes = b"") -> bytes:
    return frame(Opcode.BINARY, payload[:1], fin=False) + between + frame(Opcode.CONTINUATION, payload[1:])


PIECES = {
    "plain": frame(Opcode.BINARY, ping(1)),
    "another plain": frame(Opcode.BINARY, ping(2), mask=b"\0\0\0\0"),
    "length in two bytes": frame(Opcode.BINARY, ping(3), length_bytes=2),
    "fragmented": fragmented(ping(4)),
    "fragmented, empty at first": frame(Opcode.BINARY, fin=False) + frame(Opcode.CONTINUATION, ping(5)),
    "fragmented, a ping between": fragmented(ping(6), between=frame(Opcode.PING, b"between")),
    "fragmented, a message between": fragmented(ping(7), between=frame(Opcode.BINARY, ping(8))),
    "ping": frame(Opcode.PING, b"are you there"),
    "pong": frame(Opcode.PONG, b"nobody asked"),
    "empty": frame(Opcode.BINARY),
    "text": frame(Opcode.TEXT, b"hello"),
    "not masked": frame(Opcode.BINARY, ping(9), mask=None),
    "reserved bit": frame(Opcode.BINARY, ping(10), rsv=4),
    "reserved kind": frame(0x3, ping(11)),
    "continues nothing": frame(Opcode.CONTINUATION, ping(12)),
    "not MessagePack": frame(Opcode.BINARY, b"\xc1"),
    "as long as a plain one may be": frame(Opcode.BINARY, b"\xd9\x7b" + b"x" * 123),
    "one longer": frame(Opcode.BINARY, b"\xd9\x7c" + b"x" * 124),
    "close": frame(Opcode.CLOSE, close_payload(1000)),
}
GOES_ON = ("plain", "another plain", "length in two bytes", "fragmented", "fragmented, empty at first", "pong")
ENDS = sorted(set(PIECES) - {"close", "ping"})
"""What may come last: one end only. And no ping: the library pongs together with all that it says about a chunk."""
HELLO = frame(Opcode.BINARY, messages.encode(Hello(None, "Ann")))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(data=st.data())
async def test_messages_are_heard_the_same_however_the_bytes_are_cut(say: Say, data: st.DataObject) -> None:
    names = [*data.draw(st.lists(st.sampled_from(GOES_ON), max_size=6)), data.draw(st.sampled_from(ENDS))]
    stream = HELLO + b"".join(PIECES[name] for name in ["plain", *names, "another plain"])
    cuts = sorted(data.draw(st.sets(st.integers(1, len(stream) - 1), max_size=8)))
    chunks = [stream[start:stop] for start, stop in zip([0, *cuts], [*cuts, len(stream)])]
    assert say(chunks) == say([stream[at : at + 1] for at in range(len(stream))])


async def test_every_piece_is_heard_the_same_after_a_plain_message_when_cut_at_every_byte(say: Say) -> None:
    for piece in PIECES.values():
        stream = HELLO + PIECES["plain"] + piece + PIECES["another plain"]
        expected = say([stream[at : at + 1] for at in range(len(stream))])
        for cut in range(len(HELLO), len(stream)):
            assert say([HELLO, stream[len(HELLO) : cut], stream[cut:]]) == expected


async def test_plain_messages_in_one_chunk_are_heard_in_their_order(say: Say) -> None:
    numbers = list(range(40))
    stream = b"".join(frame(Opcode.BINARY, ping(number)) for number in numbers)
    assert say([HELLO, stream]) == ["welcome", *numbers, False]
