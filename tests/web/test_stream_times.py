"""A stream over time, on a connection that only remembers what is written: beats, silence, and its one end."""

import asyncio
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any, cast

import pytest

from protocol.errors import CloseCode
from protocol.limits import STREAM_BEAT_SECONDS, STREAM_SILENCE_SECONDS_MAX
from protocol.streaming import Beat, Closed, EventReader, Opened, StreamEvent
from tests.simulation.loop import VirtualLoop
from web.edge.admission import Admission, Limits
from web.edge.http_connections import HttpConnection
from web.edge.outbox import Outbox
from web.edge.parlour import Parlour
from web.edge.sockets import ABORT_AFTER_SECONDS
from web.edge.streams import Stream, Streams


class Remembered:
    """A connection, its transport and its flow control in one. It never ends by itself."""

    def __init__(self) -> None:
        self.transport: Any = self
        self.flow = self
        self.write_paused = False
        self.aborted = False
        self.events: list[StreamEvent] = []
        self._reader = EventReader()

    def write(self, chunk: bytes) -> None:
        size, _, rest = chunk.partition(b"\r\n")
        assert int(size, 16) == len(rest) - 2
        self.events += self._reader.feed(rest[:-2])

    def abort(self) -> None:
        self.aborted = True

    def is_closing(self) -> bool:
        return self.aborted

    def get_write_buffer_size(self) -> int:
        return 0

    def get_extra_info(self, name: str) -> None:
        return None


@pytest.fixture
def admission() -> Admission:
    return Admission(Limits(sockets_per_address_max=1), [])


@pytest.fixture
def loop() -> Iterator[VirtualLoop]:
    """The time of these tests."""
    loop = VirtualLoop()
    yield loop
    loop.close()


def pass_seconds(loop: VirtualLoop, seconds: float) -> None:
    """What is due until then happens."""
    loop.run_until_complete(asyncio.sleep(seconds))


Begun = tuple[Stream, Remembered, Streams]


@pytest.fixture
def begun(admission: Admission, loop: VirtualLoop, monkeypatch: pytest.MonkeyPatch) -> Begun:
    """A stream that has begun, and told its name. Nobody ever says hello on it, and it does not ask for that here."""
    monkeypatch.setattr("web.edge.streams.HELLO_SECONDS_MAX", 1e6)
    connection, streams = Remembered(), Streams()
    parlour = SimpleNamespace(loop=loop, outbox=Outbox(loop), admission=admission)
    assert admission.enter("here") is None
    stream = Stream(cast("Parlour", parlour), cast("HttpConnection", connection), "here", streams)
    stream.begin()
    pass_seconds(loop, 0)
    assert connection.events == [Opened(stream.name)]
    return stream, connection, streams


def test_it_beats_while_something_comes_up_and_then_it_is_closed(begun: Begun, loop: VirtualLoop) -> None:
    stream, connection, streams = begun
    pass_seconds(loop, 1)
    for number in range(1, 30):
        stream.receive(number, [])
        pass_seconds(loop, STREAM_BEAT_SECONDS)
        assert connection.events[1:] == [Beat()] * number
    pass_seconds(loop, STREAM_SILENCE_SECONDS_MAX - STREAM_BEAT_SECONDS)
    assert list(streams) == [stream]
    pass_seconds(loop, STREAM_BEAT_SECONDS)
    assert connection.events[-1] == Closed(CloseCode.SILENT, "nothing came up the stream")
    assert list(streams) == []


def test_a_peer_that_does_not_take_the_close_is_dropped(begun: Begun, loop: VirtualLoop) -> None:
    stream, connection, _ = begun
    stream.close(3000, "the end")
    assert stream.over.done()
    pass_seconds(loop, ABORT_AFTER_SECONDS / 2)
    assert not connection.aborted
    pass_seconds(loop, ABORT_AFTER_SECONDS)
    assert connection.aborted


def test_nothing_is_written_after_the_close(begun: Begun, loop: VirtualLoop) -> None:
    stream, connection, _ = begun
    stream.close(3000, "the end")
    stream.close(3001, "again")
    stream.write(b"\x82\x01x")
    pass_seconds(loop, 2 * STREAM_BEAT_SECONDS)
    assert connection.events[1:] == [Closed(3000, "the end")]


def test_when_the_connection_is_lost_everything_is_given_back(
    begun: Begun, admission: Admission, loop: VirtualLoop
) -> None:
    """The name, the place among those of the address, and the timers; what comes after that is heard by nobody."""
    stream, connection, streams = begun
    assert admission.enter("here") is not None
    stream.lost()
    assert list(streams) == []
    assert admission.enter("here") is None
    stream.write(b"\x82\x01x")
    stream.receive(1, [b"\xc1"])
    stream.close(3000, "the end")
    stream.begin()
    pass_seconds(loop, 2 * STREAM_SILENCE_SECONDS_MAX)
    assert len(connection.events) == 1
    assert not connection.aborted
