"""The only I/O of a client: one socket after the other, and the bytes on them."""

import asyncio
import random
from collections.abc import Iterator, Sequence
from typing import Final, Protocol

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus
from websockets.typing import Subprotocol

from bots.errors import ClosedForGood, Unreachable
from protocol.errors import ProtocolError, TextFrame, may_come_back
from protocol.limits import FRAME_BYTES_MAX

SUBPROTOCOL = Subprotocol("parlour.v1")
OPEN_SECONDS_MAX = 10.0
CLOSE_SECONDS_MAX = 2.0
PING_EVERY_SECONDS = 10.0
FIRST_WAIT_SECONDS = 0.1
WAIT_SECONDS_MAX = 5.0
PASSING_HTTP_STATUS: Final = frozenset((408, 425, 429))
"""Refused handshakes that are worth another try, besides all from 500."""


class Talker(Protocol):
    """Who speaks on a connection; gives what there is to send to `Connection.send`."""

    def opened(self) -> None:
        """There is a socket."""

    def receive(self, frame: bytes) -> None:
        """A frame came. Raises ProtocolError to break the connection off."""

    def ping(self) -> None:
        """It is time to ask whether the other side is there."""


class Connection:
    """The way to one address. `heard_at` is when something last came, by the loop's clock."""

    def __init__(self, url: str, talker: Talker, silence_seconds_max: float) -> None:
        self._url = url
        self._talker = talker
        self._silence_seconds_max = silence_seconds_max
        self._outbox: list[bytes] = []
        self._something_to_send = asyncio.Event()
        self._heard_at = 0.0

    def send(self, frames: Sequence[bytes]) -> None:
        """Sends frames, in order. They are lost with the socket."""
        if frames:
            self._outbox += frames
            self._something_to_send.set()

    async def use(self) -> Exception:
        """One socket from beginning to end; why it was lost. Raises Gone when there must be no other."""
        try:
            async with connect(
                self._url,
                subprotocols=[SUBPROTOCOL],
                compression=None,
                max_size=FRAME_BYTES_MAX,
                open_timeout=OPEN_SECONDS_MAX,
                close_timeout=CLOSE_SECONDS_MAX,
                ping_interval=None,  # the talker's own ping tells more
            ) as socket:
                if socket.subprotocol != SUBPROTOCOL:
                    raise Unreachable(f"{self._url} does not speak {SUBPROTOCOL}")
                return await self._converse(socket)
        except InvalidStatus as refused:
            status = refused.response.status_code
            if status < 500 and status not in PASSING_HTTP_STATUS:
                raise Unreachable(f"{self._url} answers {status}, which is no WebSocket") from None
            return refused
        except (OSError, InvalidHandshake, ConnectionClosed) as lost:
            return lost
        finally:
            self._outbox.clear()

    async def _converse(self, socket: ClientConnection) -> Exception:
        self._heard_at = asyncio.get_running_loop().time()
        self._talker.opened()
        beside = [asyncio.create_task(self._write(socket)), asyncio.create_task(self._watch_over(socket))]
        try:
            return await self._read(socket)
        finally:
            for task in beside:
                task.cancel()
            await asyncio.wait(beside)

    async def _read(self, socket: ClientConnection) -> Exception:
        """Until there is no more to read. Raises ClosedForGood."""
        clock = asyncio.get_running_loop().time
        try:
            while True:
                frame = await socket.recv()
                self._heard_at = clock()
                if isinstance(frame, str):
                    raise TextFrame("the server sent text")
                self._talker.receive(frame)
        except ConnectionClosed as closed:
            if closed.rcvd and not may_come_back(closed.rcvd.code):
                raise ClosedForGood(closed.rcvd.code, closed.rcvd.reason) from None
            return closed
        except ProtocolError as error:
            await socket.close(error.close_code, str(error)[:100])
            if not may_come_back(error.close_code):
                raise ClosedForGood(error.close_code, f"the server broke the protocol: {error}") from error
            return error

    async def _write(self, socket: ClientConnection) -> None:
        try:
            while True:
                await self._something_to_send.wait()
                self._something_to_send.clear()
                frames, self._outbox = self._outbox, []
                for frame in frames:
                    await socket.send(frame)
        except ConnectionClosed:
            return  # the reader hears of it too

    async def _watch_over(self, socket: ClientConnection) -> None:
        """Pings; drops a socket on which nothing comes."""
        clock = asyncio.get_running_loop().time
        every = min(PING_EVERY_SECONDS, self._silence_seconds_max / 2)
        while clock() - self._heard_at < self._silence_seconds_max:
            await asyncio.sleep(every)
            self._talker.ping()
        socket.transport.abort()


def backoff() -> Iterator[float]:
    """Seconds to wait before each try: longer and longer, and never the same for two clients."""
    most = FIRST_WAIT_SECONDS
    while True:
        yield random.uniform(0, most)
        most = min(2 * most, WAIT_SECONDS_MAX)
