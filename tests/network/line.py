"""A plain TCP socket to the server, on which a test says what it likes and reads only when it wants to."""

import asyncio
import base64
import os
import socket
from collections.abc import Mapping
from hashlib import sha1
from typing import NamedTuple, Self
from urllib.parse import urlsplit

from protocol import messages
from protocol.messages import ClientMessage, Hello, ServerMessage, Welcome
from tests.network.wire import Frame, FrameReader, Opcode, frame
from tests.server import PATIENCE_SECONDS

_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


class Response(NamedTuple):
    """The answer to a handshake."""

    status: int
    headers: Mapping[str, str]


class Line:
    """One connection. Nothing is read from it but by the methods that say so."""

    def __init__(self, url: str, receive_buffer_bytes: int | None = None) -> None:
        self._url = urlsplit(url)
        self._receive_buffer_bytes = receive_buffer_bytes
        self._key = base64.b64encode(os.urandom(16))
        self._frames: list[Frame] = []
        self._reader = FrameReader()
        self._bytes = bytearray()
        self.closed_with = 0
        """The code of a close frame that came where a message was expected."""

    async def __aenter__(self) -> Self:
        self._socket = socket.socket()
        self._socket.setblocking(False)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self._receive_buffer_bytes is not None:
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, self._receive_buffer_bytes)
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                await self._loop.sock_connect(self._socket, (self._url.hostname, self._url.port))
        except BaseException:  # nobody would close it
            self._socket.close()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        self._socket.close()

    # What is said

    async def send(self, *segments: bytes) -> None:
        """Sends each as a segment of its own, as far as TCP lets one say so. Raises OSError when it is cut off."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            for segment in segments:
                await self._loop.sock_sendall(self._socket, segment)

    async def tell(self, *spoken: ClientMessage) -> None:
        """Sends messages, each in a frame, all at once."""
        await self.send(b"".join(frame(Opcode.BINARY, messages.encode(message)) for message in spoken))

    def request(self, *changes: str, line: str = "", without: str = "") -> bytes:
        """A handshake that any server accepts, except for what is changed: `without` a header, or with other ones."""
        headers = {
            "Host": self._url.netloc,
            "Upgrade": "websocket",
            "Connection": "Upgrade",
            "Sec-WebSocket-Key": self._key.decode(),
            "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Protocol": "parlour.v1",
        }
        headers.pop(without, None)
        for change in changes:
            name, _, value = change.partition(": ")
            headers[name] = value
        lines = [line or f"GET {self._url.path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
        return "\r\n".join([*lines, "", ""]).encode()

    # What is heard

    async def response(self) -> Response | None:
        """The answer to the handshake; None when the connection ends without one."""
        while b"\r\n\r\n" not in self._bytes:
            if not (received := await self._receive()):
                return None
            self._bytes += received
        head, _, rest = bytes(self._bytes).partition(b"\r\n\r\n")
        self._frames = self._reader.feed(rest)
        first, *lines = head.decode("latin-1").split("\r\n")
        return Response(int(first.split()[1]), dict(_header(line) for line in lines))

    async def hear(self) -> Frame | None:
        """The next frame; None at the end of the connection."""
        while not self._frames:
            if not (received := await self._receive()):
                return None
            self._frames = self._reader.feed(received)
        return self._frames.pop(0)

    async def hear_message(self) -> ServerMessage | None:
        """The next message; None at the end of the connection, also by a close frame."""
        while (heard := await self.hear()) is not None and heard.opcode != Opcode.BINARY:
            if heard.opcode == Opcode.CLOSE:
                self.closed_with = int.from_bytes(heard.payload[:2], "big")
                return None
        return None if heard is None else messages.decode_server(heard.payload)

    async def read_a_byte(self) -> bytes:
        """The next byte, and no more; nothing at the end. Raises OSError when it is cut off."""
        return await self._loop.sock_recv(self._socket, 1)

    async def drain(self) -> None:
        """Reads, and looks at nothing, until the connection ends."""
        while await self._receive():
            pass

    # Beginnings of conversations

    async def shake_hands(self) -> None:
        """The handshake, which must succeed."""
        await self.send(self.request())
        response = await self.response()
        assert response is not None
        assert response.status == 101
        assert response.headers["sec-websocket-accept"] == base64.b64encode(sha1(self._key + _GUID).digest()).decode()
        assert response.headers["sec-websocket-protocol"] == "parlour.v1"

    async def greet(self) -> Welcome:
        """The handshake and the first messages."""
        await self.shake_hands()
        return await self.hello()

    async def hello(self) -> Welcome:
        """The first messages, which must be a hello and a welcome."""
        await self.tell(Hello())
        welcome = await self.hear_message()
        assert isinstance(welcome, Welcome)
        return welcome

    @property
    def _loop(self) -> asyncio.AbstractEventLoop:
        return asyncio.get_running_loop()

    async def _receive(self) -> bytes:
        """What has come; nothing at the end, however it came."""
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                return await self._loop.sock_recv(self._socket, 65536)
        except (ConnectionResetError, BrokenPipeError):
            return b""


def _header(line: str) -> tuple[str, str]:
    name, _, value = line.partition(":")
    return name.strip().lower(), value.strip()
