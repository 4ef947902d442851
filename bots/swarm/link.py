"""One WebSocket as cheap as it gets in Python: whole frames in, frames made beforehand out.

For load only. It is lenient where a real client must be strict, and its masking key stays the same.
"""

import asyncio
import base64
import secrets
import struct
from asyncio import BaseTransport, Future, Transport
from typing import Final, Protocol, cast
from urllib.parse import urlsplit

from bots.address import address

BINARY: Final = 0x82
CLOSE: Final = 0x88
PING: Final = 0x89
PONG: Final = 0x8A
OPEN_SECONDS_MAX = 30.0
END_OF_HEAD: Final = b"\r\n\r\n"


class LinkLost(Exception):
    """The server did not let us in, or closed; the sentence says how."""


class Ear(Protocol):
    """Whoever hears what comes over a link."""

    def hear(self, data: bytes, start: int, stop: int) -> None:
        """The payload of a binary message is `data[start:stop]`."""

    def lost(self, why: str) -> None:
        """The link is gone."""


class Link(asyncio.Protocol):
    """A connection. `send` takes frames made by `masked`."""

    def __init__(self, url: str, ear: Ear) -> None:
        self.opened: Future[None] = asyncio.get_running_loop().create_future()
        self._url = url
        self._ear = ear
        self._rest = b""
        self._key = secrets.token_bytes(4)
        self._why = "the server dropped the connection"

    def masked(self, payload: bytes) -> bytes:
        """The frame of a binary message."""
        return masked(payload, self._key)

    def send(self, frame: bytes) -> None:
        """Sends a frame, or several joined. When the link is gone nothing is sent: its ear has been told, or will be."""
        if not self._transport.is_closing():
            self._transport.write(frame)

    def close(self) -> None:
        """Drops the connection."""
        self._transport.abort()

    # What the transport says

    def connection_made(self, transport: BaseTransport) -> None:
        self._transport = cast(Transport, transport)
        parts = urlsplit(self._url)
        key = base64.b64encode(secrets.token_bytes(16)).decode()
        lines = (
            f"GET {parts.path} HTTP/1.1",
            f"Host: {parts.netloc}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            f"Sec-WebSocket-Key: {key}",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Protocol: parlour.v1",
        )
        self._transport.write("\r\n".join((*lines, "", "")).encode())

    def data_received(self, data: bytes) -> None:
        if self._rest:
            data = self._rest + data
            self._rest = b""
        at, end = 0, len(data)
        if not self.opened.done():
            at = self._head(data)
        while end - at >= 2:
            size, start = data[at + 1], at + 2
            if size > 125:
                start = at + (4 if size == 126 else 10)
                if end < start:
                    break
                size = int.from_bytes(data[at + 2 : start], "big")
            stop = start + size
            if stop > end:
                break
            if data[at] == BINARY:
                self._ear.hear(data, start, stop)
            else:
                self._control(data[at], data[start:stop])
            at = stop
        if at < end:
            self._rest = data[at:]

    def connection_lost(self, exc: Exception | None) -> None:
        why = self._why if exc is None else f"{self._why}: {exc}"
        if not self.opened.done():
            self.opened.set_exception(LinkLost(why))
        self._ear.lost(why)

    def _head(self, data: bytes) -> int:
        """Where the frames begin: after the server's answer to the handshake."""
        end = data.find(END_OF_HEAD)
        if end < 0:
            return 0
        if not data.startswith(b"HTTP/1.1 101 "):
            self._why = f"the server answered {data[9:end].splitlines()[0].decode(errors='replace')}"
            self._transport.abort()
            return len(data)
        self.opened.set_result(None)
        return end + len(END_OF_HEAD)

    def _control(self, opcode: int, payload: bytes) -> None:
        if opcode == PING:
            self.send(_frame(PONG, payload, self._key))
        elif opcode == CLOSE and len(payload) >= 2:
            code = int.from_bytes(payload[:2], "big")
            self._why = f"the server closed with {code}: {payload[2:].decode(errors='replace')}"
            self._transport.close()


async def opened(url: str, ear: Ear) -> Link:
    """A link to the server's sockets, past the handshake. Raises LinkLost."""
    parts = urlsplit(url)
    if parts.scheme != "ws" or parts.hostname is None:
        raise ValueError(f"load goes over ws://, and not to {url}")
    try:
        async with asyncio.timeout(OPEN_SECONDS_MAX):
            _, link = await asyncio.get_running_loop().create_connection(
                lambda: Link(url, ear), parts.hostname, parts.port or 80
            )
            await link.opened
    except (OSError, TimeoutError) as error:
        raise LinkLost(f"{url} cannot be reached: {error!r}") from error
    return link


def socket_url(url: str) -> str:
    """Where a server has its sockets, from either of its addresses. Raises ValueError."""
    return address(url).socket


def masked(payload: bytes, key: bytes) -> bytes:
    """The frame of a binary message, masked with that key."""
    return _frame(BINARY, payload, key)


def _frame(opcode: int, payload: bytes, key: bytes) -> bytes:
    size = len(payload)
    head = struct.pack("!BB", opcode, 0x80 | size) if size < 126 else struct.pack("!BBH", opcode, 0x80 | 126, size)
    mask = (key * (size // 4 + 1))[:size]
    return head + key + (int.from_bytes(payload, "big") ^ int.from_bytes(mask, "big")).to_bytes(size, "big")
