"""A stream over time, on a connection that only remembers what is written: beats, silence, and its one end."""

import asyncio
from types import SimpleNamespace
from typing import Any, cast

import pytest

from protocol.errors import CloseCode
from protocol.streaming import Beat, Closed, EventReader, Opened, StreamEvent
from web.edge.admission import Admission, Limits
from web.edge.http_connections import HttpConnection
from web.edge.outbox import Outbox
from web.edge.parlour import Parlour
from web.edge.streams import Stream, Streams


class Remembered:
    """A connection, its transport and its flow control in one. It never ends by itself."""

    def __init__(self) -> None:
        self.transport: Any = self
        self.flow = self
        self.write_paused = False
        self.aborted = asyncio.Event()
        self.events: list[StreamEvent] = []
        self.news = asyncio.Event()
        self._reader = EventReader()

    def write(self, chunk: bytes) -> None:
        size, _, rest = chunk.partition(b"\r\n")
        assert int(size, 16) == len(rest) - 2
        self.events += self._reader.feed(rest[:-2])
        self.news.set()

    def abort(self) -> None:
        self.aborted.set()

    def is_closing(self) -> bool:
        return self.aborted.is_set()

    def get_write_buffer_size(self) -> int:
        return 0

    def get_extra_info(self, name: str) -> None:
        return None

    async def until(self, kind: type[StreamEvent], count: int = 1) -> None:
        """Waits for so many events of a kind."""
        async with asyncio.timeout(5):
            while len([event for event in self.events if isinstance(event, kind)]) < count:
                self.news.clear()
                await self.news.wait()


@pytest.fixture
def admission() -> Admission:
    return Admission(Limits(sockets_per_address_max=1), [])


@pytest.fixture
async def begun(admission: Admission) -> tuple[Stream, Remembered, Streams]:
    """A stream that has begun."""
    connection, streams, loop = Remembered(), Streams(), asyncio.get_running_loop()
    parlour = SimpleNamespace(loop=loop, outbox=Outbox(loop), admission=admission)
    assert admission.enter("here") is None
    stream = Stream(cast("Parlour", parlour), cast("HttpConnection", connection), "here", streams)
    stream.begin()
    await connection.until(Opened)
    return stream, connection, streams


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.edge.streams.STREAM_BEAT_SECONDS", 0.01)
    monkeypatch.setattr("web.edge.streams.STREAM_SILENCE_SECONDS_MAX", 0.1)
    monkeypatch.setattr("web.edge.streams.ABORT_AFTER_SECONDS", 0.05)


async def test_it_beats_while_something_comes_up_and_then_it_is_closed(
    begun: tuple[Stream, Remembered, Streams],
) -> None:
    stream, connection, streams = begun
    for number in range(1, 30):
        stream.receive(number, [])
        await connection.until(Beat, number)
    assert list(streams) == [stream]
    await connection.until(Closed)
    assert connection.events[-1] == Closed(CloseCode.SILENT, "nothing came up the stream")
    assert list(streams) == []


async def test_a_peer_that_does_not_take_the_close_is_dropped(begun: tuple[Stream, Remembered, Streams]) -> None:
    stream, connection, _ = begun
    stream.close(3000, "the end")
    assert stream.over.done()
    await asyncio.wait_for(connection.aborted.wait(), 5)


async def test_nothing_is_written_after_the_close(begun: tuple[Stream, Remembered, Streams]) -> None:
    stream, connection, _ = begun
    stream.close(3000, "the end")
    stream.close(3001, "again")
    stream.write(b"\x82\x01x")
    await asyncio.wait_for(connection.aborted.wait(), 5)
    assert connection.events[-1] == Closed(3000, "the end")


async def test_when_the_connection_is_lost_everything_is_given_back(
    begun: tuple[Stream, Remembered, Streams], admission: Admission
) -> None:
    """The name, the place among those of the address, and the timers; what comes after that is heard by nobody."""
    stream, connection, streams = begun
    assert admission.enter("here") is not None
    stream.lost()
    assert list(streams) == []
    assert admission.enter("here") is None
    beats = len(connection.events)
    stream.write(b"\x82\x01x")
    stream.receive(1, [b"\xc1"])
    stream.close(3000, "the end")
    stream.begin()
    await asyncio.sleep(0.05)
    assert len(connection.events) == beats
    assert not connection.aborted.is_set()
