"""The line that a client takes where it can: a WebSocket."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus
from websockets.typing import Subprotocol

from bots.errors import Unreachable
from bots.line import LineLost, NoLine
from protocol.errors import TextFrame
from protocol.limits import FRAME_BYTES_MAX

SUBPROTOCOL = Subprotocol("parlour.v1")


class SocketLine:
    """A Line over one WebSocket."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket

    async def receive(self) -> bytes:
        try:
            frame = await self._socket.recv()
        except ConnectionClosed as closed:
            raise _lost(closed) from None
        if isinstance(frame, str):
            raise TextFrame("the server sent text")
        return frame

    async def send(self, frames: Sequence[bytes]) -> None:
        try:
            for frame in frames:
                await self._socket.send(frame)
        except ConnectionClosed as closed:
            raise _lost(closed) from None

    async def close(self, code: int, reason: str) -> None:
        await self._socket.close(code, reason[:100])

    def abort(self) -> None:
        self._socket.transport.abort()


@asynccontextmanager
async def socket_line(url: str, open_seconds_max: float, close_seconds_max: float) -> AsyncIterator[SocketLine]:
    """A WebSocket to that address. Raises NoLine, or Unreachable when something else is there than our server."""
    try:
        socket = await connect(
            url,
            subprotocols=[SUBPROTOCOL],
            compression=None,
            max_size=FRAME_BYTES_MAX,
            open_timeout=open_seconds_max,
            close_timeout=close_seconds_max,
            ping_interval=None,  # the talker's own ping tells more
        )
    except InvalidStatus as refused:
        status = refused.response.status_code
        raise NoLine(f"{url} answers {status}, which is no WebSocket", status=status) from None
    except (TimeoutError, InvalidHandshake, ConnectionClosed) as cut:
        raise NoLine(f"{url}: {cut}", cut=True) from cut
    except OSError as nobody:
        raise NoLine(f"{url}: {nobody}") from nobody
    try:
        if socket.subprotocol != SUBPROTOCOL:
            raise Unreachable(f"{url} does not speak {SUBPROTOCOL}")
        yield SocketLine(socket)
    finally:
        await socket.close()


def _lost(closed: ConnectionClosed) -> LineLost:
    return LineLost(closed.rcvd.reason, closed.rcvd.code) if closed.rcvd else LineLost(str(closed))
