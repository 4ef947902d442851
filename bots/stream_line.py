"""The line that a client takes where WebSockets are blocked: a stream of events down, requests up."""

import asyncio
import random
from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

import httpx

from bots.line import LineLost, NoLine, passing
from protocol.errors import ProtocolError
from protocol.streaming import (
    EVENTS_TYPE,
    FRAMES_PATH,
    FRAMES_TYPE,
    NAME_HEADER,
    NUMBER_HEADER,
    STREAM_PATH,
    Beat,
    Carried,
    Closed,
    EventReader,
    Opened,
    StreamEvent,
    bodies,
)

SEND_SECONDS_MAX = 20.0
"""A request that cannot be delivered for so long: the stream is given up."""
AGAIN_SECONDS_MAX = 1.0


class StreamLine:
    """A Line over HTTP. Requests go up one after the other; one without an answer is sent again, with its number."""

    def __init__(self, http: httpx.AsyncClient, response: httpx.Response, on_beat: Callable[[], None]) -> None:
        self._http = http
        self._chunks = response.aiter_bytes()
        self._on_beat = on_beat
        self._reader = EventReader()
        self._events: deque[StreamEvent] = deque()
        self._name = ""
        self._sent = 0
        self._spoke = False
        self._patience: asyncio.Timeout | None = None
        self._given_up = ""

    async def open(self, seconds_max: float) -> None:
        """Waits for the first event. Raises NoLine."""
        try:
            async with asyncio.timeout(seconds_max):
                first = await self._next()
        except (LineLost, ProtocolError, TimeoutError) as lost:
            raise NoLine(f"{self._http.base_url}: no stream begins: {lost}", cut=True) from lost
        if not isinstance(first, Opened):
            raise NoLine(f"{self._http.base_url}: a stream begins with {type(first).__name__}", cut=True)
        self._name = first.name

    async def receive(self) -> bytes:
        while True:
            match await self._next():
                case Carried(frame):
                    return frame
                case Closed(code, reason):
                    raise LineLost(reason, code)
                case Beat():
                    self._on_beat()

    async def send(self, frames: Sequence[bytes]) -> None:
        if not frames and self._spoke:
            self._spoke = False
            return
        self._spoke = bool(frames)
        for body in bodies(frames):
            await self._post(body)

    async def close(self, code: int, reason: str) -> None:
        self.abort()  # a stream ends by not being read any more

    def abort(self) -> None:
        self._give_up("the stream was dropped")

    async def _post(self, body: bytes) -> None:
        self._sent += 1
        headers = {"Content-Type": FRAMES_TYPE, NAME_HEADER: self._name, NUMBER_HEADER: str(self._sent)}
        clock = asyncio.get_running_loop().time
        until = clock() + SEND_SECONDS_MAX
        while True:
            try:
                answer = await self._http.post(FRAMES_PATH, content=body, headers=headers)
                if answer.is_success:
                    return
                trouble, again = f"answers {answer.status_code}", passing(answer.status_code)
            except httpx.TransportError as error:
                trouble, again = f"cannot be reached: {error!r}", True
            if not again or clock() > until:
                self._give_up(f"{FRAMES_PATH} {trouble}")
                raise LineLost(self._given_up)
            await asyncio.sleep(random.uniform(0, AGAIN_SECONDS_MAX))

    async def _next(self) -> StreamEvent:
        while not self._events:
            if self._given_up:
                raise LineLost(self._given_up)
            self._events += self._reader.feed(await self._chunk())
        return self._events.popleft()

    async def _chunk(self) -> bytes:
        try:
            async with asyncio.timeout(None) as self._patience:
                return await anext(self._chunks)
        except StopAsyncIteration:
            raise LineLost("the stream ended without a close") from None
        except (TimeoutError, httpx.TransportError) as lost:
            raise LineLost(self._given_up or repr(lost)) from None
        finally:
            self._patience = None

    def _give_up(self, why: str) -> None:
        self._given_up = self._given_up or why
        if self._patience is not None:
            self._patience.reschedule(asyncio.get_running_loop().time())


@asynccontextmanager
async def stream_line(
    url: str, open_seconds_max: float, silence_seconds_max: float, on_beat: Callable[[], None]
) -> AsyncIterator[StreamLine]:
    """A stream of the server at that HTTP address; one on which nothing comes for so long is lost. Raises NoLine.

    `on_beat` is told when the server asks whether we are there: `send`, though there be nothing to send.
    """
    async with httpx.AsyncClient(base_url=url, timeout=open_seconds_max) as http:
        wait = httpx.Timeout(open_seconds_max, read=max(silence_seconds_max, open_seconds_max))
        asked = http.build_request("POST", STREAM_PATH, headers={"Accept": EVENTS_TYPE}, timeout=wait)
        try:
            response = await http.send(asked, stream=True)
        except httpx.TransportError as error:
            nobody = isinstance(error, httpx.ConnectError | httpx.ConnectTimeout)
            raise NoLine(f"{asked.url}: {error!r}", cut=not nobody) from error
        try:
            if response.status_code != httpx.codes.OK:
                status = response.status_code
                raise NoLine(f"{asked.url} answers {status}, which is no stream", status=status)
            line = StreamLine(http, response, on_beat)
            await line.open(open_seconds_max)
            yield line
        finally:
            await response.aclose()
