"""A conversation over HTTP, where WebSockets are blocked: one response without an end down, requests up.

The law: to its conversation a stream is what a socket is. It has the same limits and the same closes, each
frame that comes up is heard once and in order, however often and in whatever order the requests arrive, and
it is over when its connection is lost.

What goes down is written to the transport, as for a socket: no task wakes for it. The one that answers the
request begins the response and waits for its end.
"""

import secrets
from asyncio import AbstractEventLoop, Future, TimerHandle
from collections.abc import Iterator, Sequence
from socket import SO_SNDBUF, SOL_SOCKET

from protocol import streaming
from protocol.errors import CloseCode
from protocol.limits import (
    BACKLOG_BYTES_MAX,
    HELLO_SECONDS_MAX,
    STREAM_BEAT_SECONDS,
    STREAM_BODIES_AHEAD_MAX,
    STREAM_SILENCE_SECONDS_MAX,
)
from web.edge.conversation import Conversation
from web.edge.frames import payload
from web.edge.http_connections import HttpConnection
from web.edge.parlour import Parlour
from web.edge.sockets import ABORT_AFTER_SECONDS, KERNEL_BUFFER_BYTES

NAME_BYTES = 18


class TooFarAhead(Exception):
    """Too many requests of a stream came before one that is missing."""


class Stream:
    """One connection: a `Peer` for its conversation. Counts among the sockets of its address."""

    def __init__(self, parlour: Parlour, connection: HttpConnection, address: str, streams: "Streams") -> None:
        self.name = secrets.token_urlsafe(NAME_BYTES)
        self.over: Future[None] = parlour.loop.create_future()
        """Done when there is nothing more to send, for whichever reason."""
        self._parlour = parlour
        self._loop: AbstractEventLoop = parlour.loop
        self._connection = connection
        self._address = address
        self._streams = streams
        self._conversation: Conversation | None = None
        self._gathered: list[bytes] = []
        self._ahead: dict[int, Sequence[bytes]] = {}
        self._next = 1
        self._heard_at = self._loop.time()
        self._hello_timer: TimerHandle | None = None
        self._timer: TimerHandle | None = None
        """For the next beat; after a close, for the end of patience."""

    def begin(self) -> None:
        """The head of the response is written: the conversation can begin, unless the connection is lost already."""
        if self.over.done():
            return
        if (sock := self._connection.transport.get_extra_info("socket")) is not None:
            sock.setsockopt(SOL_SOCKET, SO_SNDBUF, KERNEL_BUFFER_BYTES)
        self._conversation = Conversation(self._parlour, self, self._address)
        self._hello_timer = self._loop.call_later(HELLO_SECONDS_MAX, self._hello_is_late)
        self._timer = self._loop.call_later(STREAM_BEAT_SECONDS, self._beat)
        self._streams.add(self)
        self._gather(streaming.opened(self.name))

    def receive(self, number: int, frames: Sequence[bytes]) -> None:
        """Hears the frames of the request of that number, once, and after those of all before it.

        Raises TooFarAhead.
        """
        if number >= self._next + STREAM_BODIES_AHEAD_MAX:
            raise TooFarAhead
        self._heard_at = self._loop.time()
        if number >= self._next:
            self._ahead.setdefault(number, frames)
        while (ready := self._ahead.pop(self._next, None)) is not None:
            self._next += 1
            self._hear(ready)

    def write(self, frame: bytes) -> None:
        """Sends a frame made by `binary_frame`. A peer that leaves too much unread is cut off."""
        if not self.over.done():
            self._gather(streaming.carried(payload(frame)))

    def flush(self) -> None:
        """Writes the events gathered in this turn of the loop, as one chunk (RFC 9112, 7.1)."""
        transport = self._connection.transport
        if not self._gathered or transport.is_closing():
            return
        events = b"".join(self._gathered)
        self._gathered.clear()
        transport.write(b"%x\r\n%b\r\n" % (len(events), events))
        if self._connection.flow.write_paused and transport.get_write_buffer_size() > BACKLOG_BYTES_MAX:
            self.close(CloseCode.TOO_SLOW, "too much is waiting to be read")

    def close(self, code: int, reason: str) -> None:
        """Closes with a code; drops the connection when the peer does not read it."""
        if self.over.done():
            return
        self._end()
        if self._conversation is not None:
            self._gathered.append(streaming.closed(code, reason))
            self.flush()
        self._timer = self._loop.call_later(ABORT_AFTER_SECONDS, self._connection.transport.abort)

    def send_away(self, after_ms: int) -> None:
        """The server stops: says when to come back, and closes."""
        if self._conversation is not None:
            self._conversation.send_away(after_ms)

    def shutdown(self) -> None:
        """The server stops."""
        self.close(CloseCode.RESTARTING, "the server restarts")

    def lost(self) -> None:
        """The connection is lost."""
        self._end()
        self._parlour.admission.leave(self._address)
        if self._conversation is not None:
            self._conversation.gone()
            self._conversation = None

    def _hear(self, frames: Sequence[bytes]) -> None:
        try:
            for frame in frames:
                if self._conversation is None or self.over.done():
                    return
                self._conversation.receive(frame)
        except Exception:  # we broke it: the connection goes, as a socket's would
            self._connection.transport.abort()
            raise

    def _end(self) -> None:
        self._streams.drop(self)
        self._ahead.clear()
        for timer in (self._hello_timer, self._timer):
            if timer is not None:
                timer.cancel()
        if not self.over.done():
            self.over.set_result(None)

    def _gather(self, event: bytes) -> None:
        if not self._gathered:
            self._parlour.outbox.add(self)
        self._gathered.append(event)

    def _beat(self) -> None:
        if self._loop.time() - self._heard_at > STREAM_SILENCE_SECONDS_MAX:
            self.close(CloseCode.SILENT, "nothing came up the stream")
            return
        self._gather(streaming.BEAT)
        self._timer = self._loop.call_later(STREAM_BEAT_SECONDS, self._beat)

    def _hello_is_late(self) -> None:
        if self._conversation is not None and not self._conversation.greeted:
            self.close(CloseCode.HELLO_TOO_LATE, f"no hello within {HELLO_SECONDS_MAX:g} seconds")


class Streams:
    """The streams that are open, by their secret names."""

    def __init__(self) -> None:
        self._open: dict[str, Stream] = {}

    def __iter__(self) -> Iterator[Stream]:
        return iter(tuple(self._open.values()))

    def get(self, name: str) -> Stream | None:
        """The stream of that name."""
        return self._open.get(name)

    def add(self, stream: Stream) -> None:
        """It can be named from now on."""
        self._open[stream.name] = stream

    def drop(self, stream: Stream) -> None:
        """It takes no more."""
        self._open.pop(stream.name, None)
