"""A bad network between real clients and a real server: a TCP proxy whose every connection has its own bad luck.

What befalls a connection is its `Plan`, drawn from a seed and the connection's number. On its server side
the proxy reads along: what the server was really told and really said, whatever became of it afterwards.
"""

import asyncio
import socket
import struct
from asyncio import StreamReader, StreamReaderProtocol, StreamWriter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from enum import Enum, auto
from itertools import count
from random import Random
from typing import TypeAlias
from urllib.parse import urlsplit

from protocol import messages
from protocol.messages import ClientMessage, ServerMessage
from tests.network.wire import FrameReader, Opcode

READ_BYTES_MAX = 16 * 1024
BUFFER_BYTES = 4 * 1024
"""What the proxy holds back of what it reads: little, so that who is slow is felt at the other end."""


class End(Enum):
    """How a connection goes bad, once and for all."""

    CUT = auto()
    """Both sides are told that it is over."""
    RESET = auto()
    """Both sides get an RST."""
    BLACKHOLE = auto()
    """Both sides stay connected; nothing arrives any more."""
    UP_LOST = auto()
    """What the client says does not arrive any more."""
    DOWN_LOST = auto()
    """What the server says does not arrive any more."""
    SERVER_GONE = auto()
    """The server has lost the connection; the client does not know."""
    CLIENT_GONE = auto()
    """The client has lost the connection; the server does not know."""


@dataclass(frozen=True, slots=True)
class Way:
    """How bytes travel in one direction: at once for `free_bytes`, then late, in pieces, or slowly."""

    latency_seconds: float = 0.0
    jitter_seconds: float = 0.0
    piece_bytes: int = READ_BYTES_MAX
    bytes_per_second: float | None = None
    free_bytes: int = 0

    @property
    def read_bytes(self) -> int:
        """How much is on its way at once: what is slow goes in portions of a hundredth of a second."""
        return READ_BYTES_MAX if self.bytes_per_second is None else max(1, int(self.bytes_per_second / 100))


@dataclass(frozen=True, slots=True)
class Plan:
    """The fate of one connection: its end comes after so many bytes, both ways together."""

    up: Way = Way()
    down: Way = Way()
    end: End | None = None
    after_bytes: int = 0


Plans: TypeAlias = Callable[[int], Plan]
"""The plan of the connection of that number."""


def clear_weather(number: int) -> Plan:
    """Nothing goes wrong by itself."""
    return Plan()


def stormy(seed: int, storms: int) -> Plans:
    """A plan from the seed for each connection; after so many of them the weather clears."""
    return lambda number: _drawn(Random(f"{seed}/{number}")) if number < storms else Plan()


def _drawn(random: Random) -> Plan:
    """An end, often soon, sometimes within the handshake."""
    end, after_bytes = random.choice(list(End)), int(10 ** random.uniform(1, 4))
    return Plan(_drawn_way(random), _drawn_way(random), end, after_bytes)


def _drawn_way(random: Random) -> Way:
    latency, jitter = random.choice([(0.0, 0.0), (0.001, 0.002), (0.003, 0.01)])
    piece = random.choice([READ_BYTES_MAX, READ_BYTES_MAX, 40, 7, 1])
    return Way(latency, jitter, piece, random.choice([None, None, None, 50_000.0, 15_000.0]))


class _Reader(StreamReader):
    """Gives what came before a reset first, as the system does; asyncio's own forgets it."""

    def __init__(self) -> None:
        super().__init__(limit=BUFFER_BYTES)

    def set_exception(self, exc: Exception) -> None:
        self.feed_eof()


class Side:
    """The proxy's socket towards the client, or towards the server."""

    def __init__(self, reader: StreamReader, writer: StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._socket: socket.socket = writer.get_extra_info("socket")
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    async def read(self, bytes_max: int) -> bytes:
        """What has come; nothing at the end, however it came."""
        try:
            return await self._reader.read(bytes_max)
        except OSError:
            return b""

    async def write(self, piece: bytes) -> None:
        """Sends it, unless that side is gone."""
        if piece and not self._writer.is_closing():
            self._writer.write(piece)
            try:
                await self._writer.drain()
            except OSError:
                return

    @property
    def connected(self) -> bool:
        """Whether neither the proxy nor the peer has ended it, as far as is known here."""
        return not self._writer.is_closing() and not self._reader.at_eof()

    def close(self) -> None:
        """Says that it is over, after what is still on its way."""
        self._writer.close()

    def reset(self) -> None:
        """Ends it by an RST."""
        if not self._writer.transport.is_closing():
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._writer.transport.abort()

    async def gone(self) -> None:
        """Waits until nothing is left of it."""
        try:
            await self._writer.wait_closed()
        except OSError:
            return


class Link:
    """One connection through the proxy. `told` is what reached the server, `said` what the server sent."""

    def __init__(self, number: int, plan: Plan, client: Side, server: Side) -> None:
        self.number = number
        self.plan = plan
        self.client = client
        self.server = server
        self.ended: End | None = None
        self.told: list[ClientMessage] = []
        self.said: list[ServerMessage] = []
        self._told, self._said = Tap(), Tap()
        self._passes_up = self._passes_down = True
        self._passed_bytes = 0
        self._random = Random(number)
        self._news = asyncio.Event()
        self._due: tuple[End, Callable[[ClientMessage], bool]] | None = None

    async def carry(self) -> None:
        """Carries bytes until there are none from either side, whatever becomes of them."""
        await asyncio.gather(self._carry_up(), self._carry_down())

    def come_to(self, end: End) -> None:
        """Goes bad, now."""
        if self.ended is not None:
            return
        self.ended = end
        self._passes_up, self._passes_down = end is End.DOWN_LOST, end is End.UP_LOST
        if end is End.CUT:
            self.client.close()
            self.server.close()
        if end in (End.RESET, End.SERVER_GONE):
            self.server.reset()
        if end in (End.RESET, End.CLIENT_GONE):
            self.client.reset()

    def come_to_when(self, end: End, told: Callable[[ClientMessage], bool]) -> None:
        """Goes bad as soon as such a message has gone out to the server, before any answer to it passes."""
        self._due = end, told

    async def until(self, holds: Callable[[], bool]) -> None:
        """Waits for something that is told or said."""
        while not holds():
            await self._news.wait()

    async def _carry_up(self) -> None:
        async for piece in self._pieces(self.client, self.plan.up):
            if self._passes_up:
                arrives = self._before_the_end(piece, End.DOWN_LOST)
                await self.server.write(arrives)
                told = [messages.decode_client(payload) for payload in self._told.payloads(arrives)]
                self.told += told
                self._tell()
                self._end_if_due(told)
        if self.ended is None:
            self.server.close()

    async def _carry_down(self) -> None:
        async for piece in self._pieces(self.server, self.plan.down):
            self.said += [messages.decode_server(payload) for payload in self._said.payloads(piece)]
            self._tell()
            if self._passes_down:
                await self.client.write(self._before_the_end(piece, End.UP_LOST))
                self._end_if_due()
        if self.ended is None:
            self.client.close()

    async def _pieces(self, side: Side, way: Way) -> AsyncIterator[bytes]:
        free = way.free_bytes
        while received := await side.read(free or way.read_bytes):
            if free:
                free -= len(received)
                yield received
            else:
                await self._travel(way, len(received))
                for at in range(0, len(received), way.piece_bytes):
                    yield received[at : at + way.piece_bytes]

    def _tell(self) -> None:
        news, self._news = self._news, asyncio.Event()
        news.set()

    async def _travel(self, way: Way, size: int) -> None:
        seconds = way.latency_seconds + self._random.uniform(0, way.jitter_seconds)
        if way.bytes_per_second is not None:
            seconds += size / way.bytes_per_second
        if seconds:
            await asyncio.sleep(seconds)

    def _before_the_end(self, piece: bytes, harmless: End) -> bytes:
        """As much of it as passes before the planned end, or all when that end does not concern this direction."""
        if self.plan.end is None or self.ended is not None:
            return piece
        room = max(0, self.plan.after_bytes - self._passed_bytes)
        self._passed_bytes += len(piece)
        return piece if self.plan.end is harmless else piece[:room]

    def _end_if_due(self, told: Sequence[ClientMessage] = ()) -> None:
        if self._due is not None and any(self._due[1](message) for message in told):
            self.come_to(self._due[0])
        if self.plan.end is not None and self._passed_bytes >= self.plan.after_bytes:
            self.come_to(self.plan.end)


class Tap:
    """The messages in the bytes of one direction of a WebSocket. Other connections are not understood."""

    def __init__(self) -> None:
        self._head = b""
        self._frames: FrameReader | None = None

    def payloads(self, passed: bytes) -> list[bytes]:
        """Those that are complete now."""
        if self._frames is None:
            self._head += passed
            head, end, passed = self._head.partition(b"\r\n\r\n")
            if not end or b"upgrade: websocket" not in head.lower():
                return []
            self._frames = FrameReader()
        return [found.payload for found in self._frames.feed(passed) if found.opcode == Opcode.BINARY]


class ChaosProxy:
    """Stands before a server at `url`. `links` are its connections so far."""

    def __init__(self, server_url: str, plans: Plans, tasks: asyncio.TaskGroup) -> None:
        self.url = ""
        self.links: list[Link] = []
        self.lets_in = True
        """Whether new connections come about; else they are reset at once."""
        self._server = urlsplit(server_url)
        self._plans = plans
        self._numbers = count()
        self._group = tasks
        self._tasks: set[asyncio.Task[None]] = set()

    async def listen(self) -> asyncio.Server:
        """Begins to let connections in."""
        loop = asyncio.get_running_loop()
        listener = await loop.create_server(lambda: StreamReaderProtocol(_Reader(), self._accepted), "127.0.0.1", 0)
        self.url = f"ws://127.0.0.1:{listener.sockets[0].getsockname()[1]}{self._server.path}"
        return listener

    def close(self) -> None:
        """Resets all connections."""
        self.lets_in = False
        for task in self._tasks:
            task.cancel()

    def _accepted(self, reader: StreamReader, writer: StreamWriter) -> None:
        task = self._group.create_task(self._carry(Side(reader, writer)))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _carry(self, client: Side) -> None:
        sides = [client]
        try:
            if self.lets_in:
                number = next(self._numbers)
                server = Side(*await self._reach_server())
                sides.append(server)
                link = Link(number, self._plans(number), client, server)
                self.links.append(link)
                await link.carry()
        except ConnectionError:
            return  # the server is away
        finally:
            for side in sides:
                side.reset()
            for side in sides:
                await side.gone()

    async def _reach_server(self) -> tuple[StreamReader, StreamWriter]:
        loop, reader = asyncio.get_running_loop(), _Reader()
        protocol = StreamReaderProtocol(reader)
        host, port = str(self._server.hostname), int(self._server.port or 80)
        transport, _ = await loop.create_connection(lambda: protocol, host, port)
        return reader, StreamWriter(transport, protocol, reader, loop)


@asynccontextmanager
async def chaos(server_url: str, plans: Plans = clear_weather) -> AsyncIterator[ChaosProxy]:
    """A proxy before that server, for a while."""
    async with asyncio.TaskGroup() as tasks:
        proxy = ChaosProxy(server_url, plans, tasks)
        listener = await proxy.listen()
        try:
            yield proxy
        finally:
            listener.close()
            proxy.close()
