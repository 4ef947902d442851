"""A test's own end of a stream over HTTP, by hand; and a `Player` on whichever way a test is run over."""

from collections import deque
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Literal, Self, TypeAlias, cast

import httpx
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosedError
from websockets.frames import Close

from protocol.messages import Hello, Welcome
from protocol.streaming import (
    FRAMES_PATH,
    NAME_HEADER,
    NUMBER_HEADER,
    STREAM_PATH,
    Beat,
    Carried,
    Closed,
    EventReader,
    Opened,
    StreamEvent,
)
from tests.server import PATIENCE_SECONDS, ServerProcess
from tests.web import player as sockets
from tests.web.player import Player

Way: TypeAlias = Literal["websocket", "http"]


class Stream:
    """Speaks like a socket of `websockets`, as far as a `Player` needs one; and says wrong things when told to."""

    def __init__(self, http: httpx.AsyncClient, response: httpx.Response) -> None:
        self.name = ""
        self._http = http
        self._chunks = response.aiter_raw()
        self._reader = EventReader()
        self._events: deque[StreamEvent] = deque()
        self._sent = 0

    async def begin(self) -> Self:
        """Hears the name of the stream."""
        first = await self.event()
        assert isinstance(first, Opened), first
        self.name = first.name
        return self

    async def event(self) -> StreamEvent:
        """The next event."""
        while not self._events:
            self._events += self._reader.feed(await anext(self._chunks))
        return self._events.popleft()

    async def at_end(self) -> bool:
        """Whether the response ends without anything more."""
        return not self._events and await anext(self._chunks, None) is None

    async def recv(self) -> bytes:
        """The next frame. Raises ConnectionClosed."""
        while True:
            match await self.event():
                case Carried(frame):
                    return frame
                case Closed(code, reason):
                    close = Close(code, reason)
                    raise ConnectionClosedError(close, close, True)
                case Beat() | Opened():
                    pass

    async def send(self, frame: bytes) -> None:
        """Sends one frame, as the next request."""
        answer = await self.post(len(frame).to_bytes(4, "big") + frame)
        assert answer.status_code == 204, answer.text

    async def post(self, body: bytes, number: int | None = None) -> httpx.Response:
        """Sends a request with this body; without a number, the next."""
        if number is None:
            self._sent += 1
            number = self._sent
        return await self._http.post(
            FRAMES_PATH, content=body, headers={NAME_HEADER: self.name, NUMBER_HEADER: str(number)}
        )


def body(frames: Sequence[bytes]) -> bytes:
    """Frames as they stand in a request."""
    return b"".join(len(frame).to_bytes(4, "big") + frame for frame in frames)


def asking(server: ServerProcess) -> httpx.AsyncClient:
    """Who sends requests to its HTTP side."""
    return httpx.AsyncClient(base_url=server.http, timeout=PATIENCE_SECONDS, trust_env=False)


@asynccontextmanager
async def stream(server: ServerProcess) -> AsyncIterator[Stream]:
    """A stream on which nothing has been said yet."""
    async with (
        asking(server) as http,
        http.stream("POST", STREAM_PATH) as response,
    ):
        assert response.status_code == 200, response.status_code
        yield await Stream(http, response).begin()


@asynccontextmanager
async def connected(server: ServerProcess, way: Way) -> AsyncIterator[Player]:
    """A connection on which nothing has been said yet."""
    if way == "websocket":
        async with sockets.connected(server.url) as one:
            yield one
    else:
        async with stream(server) as it:
            yield Player(cast("ClientConnection", it))


@asynccontextmanager
async def player(server: ServerProcess, way: Way, token: str | None = None) -> AsyncIterator[Player]:
    """A connection that has been welcomed."""
    async with connected(server, way) as one:
        await one.tell(Hello(token))
        welcome = await one.hear()
        assert isinstance(welcome, Welcome)
        one.welcome = welcome
        yield one
