"""A proxy as they are found on the way: it passes HTTP, and does with WebSockets what it likes."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Literal, TypeAlias

from protocol.streaming import FRAMES_PATH
from tests.server import ServerProcess

Manner: TypeAlias = Literal["passes", "answers", "cuts", "swallows", "cuts after the handshake"]
"""What it does with a WebSocket."""


class Proxy:
    """One such proxy, in front of one server."""

    def __init__(self, server: ServerProcess, manner: Manner) -> None:
        self.manner = manner
        self.port = 0
        self.handshakes = 0
        """How many WebSockets were asked for."""
        self.answers_to_lose = 0
        """Of so many requests up a stream the answer will be lost."""
        self.http_is_away = False
        """Whether it answers 502 to everything but WebSockets."""
        self._server = server
        self._tasks: set[asyncio.Task[None]] = set()
        self._writers: set[asyncio.StreamWriter] = set()

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}"

    def cut(self) -> None:
        """Cuts every connection that goes through it."""
        for writer in tuple(self._writers):
            writer.transport.abort()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection of a client."""
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self._writers.add(writer)
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                if not await self._request(head, reader, writer):
                    return
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            self._tasks.discard(task)
            self._writers.discard(writer)
            writer.transport.abort()

    async def stop(self) -> None:
        """Ends all that goes on."""
        self.cut()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _request(self, head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Passes one request on, or not. Whether there may be another on this connection."""
        if b"\nupgrade: websocket\r" in head.lower():
            self.handshakes += 1
            if self.manner == "answers":
                writer.write(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 4\r\n\r\nnope")
                await writer.drain()
            elif self.manner == "swallows":
                await reader.read()
            elif self.manner == "passes":
                await self._pass(head, reader, writer)
            elif self.manner == "cuts after the handshake":
                await self._pass(head, reader, writer, answer_only=True)
            return False
        if self.http_is_away:
            writer.write(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            await writer.drain()
            return False
        if FRAMES_PATH.encode() in head.partition(b"\r\n")[0]:
            return await self._frames(head, reader, writer)
        await self._pass(head, reader, writer)
        return False

    async def _frames(self, head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        there, back = await self._reach(head + await reader.readexactly(_length(head)))
        try:
            answer = await there.readuntil(b"\r\n\r\n")
            answer += await there.readexactly(_length(answer))
        finally:
            back.close()
        if self.answers_to_lose:
            self.answers_to_lose -= 1
            return False
        writer.write(answer)
        await writer.drain()
        return True

    async def _pass(
        self, head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, answer_only: bool = False
    ) -> None:
        there, back = await self._reach(head)
        self._writers.add(back)
        upwards = asyncio.create_task(_pump(reader, back))
        try:
            if answer_only:
                writer.write(await there.readuntil(b"\r\n\r\n"))
                await writer.drain()
            else:
                await _pump(there, writer)
        finally:
            upwards.cancel()
            self._writers.discard(back)
            back.transport.abort()

    async def _reach(self, said: bytes) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        reader, writer = await asyncio.open_connection("127.0.0.1", int(self._server.http.rpartition(":")[2]))
        writer.write(said)
        return reader, writer


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while some := await reader.read(65536):
            writer.write(some)
            await writer.drain()
    except OSError:
        pass


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.partition(b":")[2])
    return 0


@asynccontextmanager
async def proxy(server: ServerProcess, manner: Manner) -> AsyncIterator[Proxy]:
    """A proxy that serves until it is left."""
    it = Proxy(server, manner)
    listening = await asyncio.start_server(it.serve, "127.0.0.1", 0)
    try:
        it.port = listening.sockets[0].getsockname()[1]
        yield it
    finally:
        listening.close()
        await it.stop()
