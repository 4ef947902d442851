"""A peer that asks and does not read, and in the end reads all that there is."""

import asyncio
import os
import socket
from base64 import b64encode
from typing import Self
from urllib.parse import urlsplit

from protocol.messages import Hello, Watch, encode
from tests.server import PATIENCE_SECONDS


class Unread:
    """A plain TCP connection whose receive buffer is as small as the system makes it."""

    def __init__(self, url: str) -> None:
        self._url = urlsplit(url)
        self._socket = socket.socket()
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self._socket.setblocking(False)
        self._loop = asyncio.get_running_loop()
        self._topic = ""
        self.payloads: list[bytes] = []
        """What was read in the end, as whole messages."""
        self.close_code: int | None = None

    @classmethod
    async def watching(cls, url: str, topic: str) -> Self:
        """One that has said hello and watches a topic; of what the server says to it nothing is read."""
        one = cls(url)
        one._topic = topic
        await one._loop.sock_connect(one._socket, (one._url.hostname, one._url.port))
        await one._send(one._handshake())
        assert (await one._receive()).startswith(b"HTTP/1.1 101 ")
        await one._send(_framed(encode(Hello())) + _framed(encode(Watch("r", topic, None, "scene"))))
        return one

    async def ask_for(self, snapshots: int) -> int:
        """Asks for the same, over and over; how many bytes that were."""
        asked = (encode(Watch(f"r{number}", self._topic, None, "scene")) for number in range(snapshots))
        await self._send(said := b"".join(map(_framed, asked)))
        return len(said)

    async def read_on(self) -> int:
        """Reads to the close frame, or to the end of the connection without one; how many bytes there were."""
        received, rest = 0, b""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while self.close_code is None and (piece := await self._receive()):
                received += len(piece)
                rest = self._take_apart(rest + piece)
        self._socket.close()
        return received

    def _take_apart(self, frames: bytes) -> bytes:
        """What is left behind the last whole frame."""
        while len(frames) > 4:
            size, head = frames[1], 2
            if size == 126:
                size, head = int.from_bytes(frames[2:4], "big"), 4
            payload = frames[head : head + size]
            if len(payload) < size:
                break
            if frames[0] == 0x88:
                self.close_code = int.from_bytes(payload[:2], "big")
            else:
                self.payloads.append(payload)
            frames = frames[head + size :]
        return frames

    def _handshake(self) -> bytes:
        headers = [
            f"GET {self._url.path} HTTP/1.1",
            f"Host: {self._url.netloc}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            f"Sec-WebSocket-Key: {b64encode(os.urandom(16)).decode()}",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Protocol: parlour.v1",
        ]
        return "\r\n".join([*headers, "", ""]).encode()

    async def _send(self, what: bytes) -> None:
        async with asyncio.timeout(PATIENCE_SECONDS):
            await self._loop.sock_sendall(self._socket, what)

    async def _receive(self) -> bytes:
        try:
            return await self._loop.sock_recv(self._socket, 65536)
        except ConnectionResetError:
            return b""


def _framed(payload: bytes) -> bytes:
    """A client's frame, masked with zeros."""
    assert len(payload) < 126
    return b"\x82" + bytes([0x80 | len(payload)]) + bytes(4) + payload
