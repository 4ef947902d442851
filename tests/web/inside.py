"""Sockets of a server in this process, on transports without a network."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import uvicorn
from uvicorn.lifespan.on import LifespanOn
from uvicorn.server import ServerState

from protocol.limits import FRAME_BYTES_MAX
from tests.network.wire import Frame, FrameReader
from web.edge.app import create_app
from web.edge.settings import Settings
from web.edge.sockets import Socket


class Wire(asyncio.Transport):
    """A transport that keeps what is written, and knows whether it is read from."""

    def __init__(self) -> None:
        super().__init__()
        self.written = bytearray()
        self.reading = True

    @property
    def frames(self) -> list[Frame]:
        """What was written after the handshake."""
        return FrameReader().feed(bytes(self.written).partition(b"\r\n\r\n")[2])

    def write(self, data: Any) -> None:
        self.written += data

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        """Is never full."""

    def get_write_buffer_size(self) -> int:
        return 0

    def pause_reading(self) -> None:
        self.reading = False

    def resume_reading(self) -> None:
        self.reading = True

    def is_closing(self) -> bool:
        return False

    def close(self) -> None:
        """Happens when the connection is lost, and only then."""

    def abort(self) -> None:
        self.close()


def handshake(headers: bytes = b"") -> bytes:
    """A request for a socket, with these headers besides."""
    return (
        b"GET /ws HTTP/1.1\r\nHost: here\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
        b"Sec-WebSocket-Protocol: parlour.v1\r\n" + headers + b"\r\n"
    )


Connected = Callable[[asyncio.Transport], Socket]
"""A new socket at the end of a transport; nothing has been said yet."""


@asynccontextmanager
async def server_inside() -> AsyncIterator[Connected]:
    """A server, for as long as it lasts; what it is connected to is the caller's to lose."""
    app = create_app(Settings.model_validate({"storage": "memory:"}))
    config = uvicorn.Config(app, ws=Socket, ws_max_size=FRAME_BYTES_MAX, ws_per_message_deflate=False, log_config=None)
    config.load()
    life = LifespanOn(config)
    await life.startup()

    def connected(transport: asyncio.Transport) -> Socket:
        socket = Socket(config, ServerState(), life.state, asyncio.get_running_loop())
        socket.connection_made(transport)
        return socket

    yield connected
    await life.shutdown()
