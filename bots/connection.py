"""The only I/O of a client: one line after the other, by whichever way gets through, and the frames on them."""

import asyncio
import random
from collections.abc import Iterator, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Final, Protocol

from bots.address import address
from bots.choice import Choice, Transport, Way
from bots.errors import ClosedForGood, Unreachable
from bots.line import Line, LineLost, NoLine
from bots.socket_line import socket_line
from bots.stream_line import stream_line
from protocol.errors import CloseCode, ProtocolError, may_come_back

OPEN_SECONDS_MAX = 10.0
CLOSE_SECONDS_MAX = 2.0
PING_EVERY_SECONDS = 10.0
FIRST_WAIT_SECONDS = 0.1
WAIT_SECONDS_MAX = 5.0


class Talker(Protocol):
    """Who speaks on a connection; gives what there is to send to `Connection.send`."""

    def opened(self) -> None:
        """There is a line."""

    def receive(self, frame: bytes) -> None:
        """A frame came. Raises ProtocolError to break the connection off."""

    def lost(self) -> None:
        """The line that was opened is gone."""

    def ping(self) -> None:
        """It is time to ask whether the other side is there."""


class Connection:
    """The way to one server. `url` is that of its sockets, `transport` says which ways may be taken."""

    def __init__(self, url: str, talker: Talker, silence_seconds_max: float, transport: Transport) -> None:
        self._url = url
        self._talker = talker
        self._silence_seconds_max = silence_seconds_max
        self._choice = Choice(transport)
        self._outbox: list[bytes] = []
        self._something_to_send = asyncio.Event()
        self._heard_at = 0.0
        self._heard_anything = False

    def send(self, frames: Sequence[bytes]) -> None:
        """Sends frames, in order. They are lost with the line."""
        if frames:
            self._outbox += frames
            self._something_to_send.set()

    async def use(self) -> Exception:
        """One line from beginning to end; why it was lost. Raises Gone when there must be no other."""
        clock = asyncio.get_running_loop().time
        tried: list[str] = []
        while True:
            way = self._choice.way(clock())
            try:
                async with self._open(way) as line:
                    return await self._converse(line, way)
            except NoLine as failed:
                tried.append(str(failed))
                if self._choice.failed(way, failed):
                    continue
                if not failed.passing:
                    raise Unreachable("; ".join(tried)) from None
                return NoLine("; ".join(tried))

    def _open(self, way: Way) -> AbstractAsyncContextManager[Line]:
        if way == "websocket":
            return socket_line(self._url, OPEN_SECONDS_MAX, CLOSE_SECONDS_MAX)
        http = address(self._url).http
        return stream_line(http, OPEN_SECONDS_MAX, self._silence_seconds_max, self._something_to_send.set)

    async def _converse(self, line: Line, way: Way) -> Exception:
        """Until the line is lost. Raises ClosedForGood, and NoLine when the server was not heard at all."""
        self._heard_at = asyncio.get_running_loop().time()
        self._heard_anything = False
        self._talker.opened()
        beside = [asyncio.create_task(self._write(line)), asyncio.create_task(self._watch_over(line))]
        try:
            lost = await self._read(line, way)
        finally:
            for task in beside:
                task.cancel()
            await asyncio.wait(beside)
            self._outbox.clear()
            self._talker.lost()
        if isinstance(lost, LineLost) and lost.code in _UNHEARD and not self._heard_anything:
            raise NoLine(f"{self._url}: {lost}", cut=True)
        return lost

    async def _read(self, line: Line, way: Way) -> Exception:
        """Until there is no more to read. Raises ClosedForGood."""
        clock = asyncio.get_running_loop().time
        try:
            while True:
                frame = await line.receive()
                self._heard_at = clock()
                if not self._heard_anything:
                    self._heard_anything = True
                    self._choice.worked(way, self._heard_at)
                self._talker.receive(frame)
        except LineLost as lost:
            if lost.code is not None and not may_come_back(lost.code):
                raise ClosedForGood(lost.code, lost.why) from None
            return lost
        except ProtocolError as error:
            await line.close(error.close_code, str(error))
            if not may_come_back(error.close_code):
                raise ClosedForGood(error.close_code, f"the server broke the protocol: {error}") from error
            return error

    async def _write(self, line: Line) -> None:
        try:
            while True:
                await self._something_to_send.wait()
                self._something_to_send.clear()
                frames, self._outbox = self._outbox, []
                await line.send(frames)
        except LineLost:
            return  # the reader hears of it too

    async def _watch_over(self, line: Line) -> None:
        """Pings when nothing has come for a while; drops a line on which nothing comes at all."""
        clock = asyncio.get_running_loop().time
        every = min(PING_EVERY_SECONDS, self._silence_seconds_max / 3)
        while (silence := clock() - self._heard_at) < self._silence_seconds_max:
            if silence >= every:
                self._talker.ping()
            await asyncio.sleep(every)
        line.abort()


_UNHEARD: Final = (None, CloseCode.HELLO_TOO_LATE)
"""How a line ends on which nothing gets through, in one direction or the other."""


def backoff() -> Iterator[float]:
    """Seconds to wait before each try: longer and longer, and never the same for two clients."""
    most = FIRST_WAIT_SECONDS
    while True:
        yield random.uniform(0, most)
        most = min(2 * most, WAIT_SECONDS_MAX)
