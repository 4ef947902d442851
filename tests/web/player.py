"""A connection on which a test says what it likes and hears every message in order.

It keeps the laws while it listens: the versions of a feed are consecutive, patches fit, checksums are right.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from itertools import count
from typing import Any, NoReturn, TypeVar, cast

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin, Subprotocol

from protocol.limits import FRAME_BYTES_MAX
from protocol.messages import (
    Accepted,
    ClientMessage,
    CreateLobby,
    Hello,
    Ping,
    Pong,
    Refused,
    Request,
    ServerMessage,
    Snapshot,
    TakeSeat,
    Update,
    Watch,
    Welcome,
    decode_server,
    encode,
)
from protocol.patches import View, checksum, patched
from tests.server import PATIENCE_SECONDS

SUBPROTOCOL = Subprotocol("parlour.v1")
M = TypeVar("M", bound=ServerMessage)


class Player:
    """One connection. `heard` is every message that was read, and `frames` the bytes of each."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.heard: list[ServerMessage] = []
        self.frames: list[bytes] = []
        self.views: dict[int, tuple[int, View]] = {}
        """By feed: the version and the view that its messages make."""
        self.welcome: Welcome
        self._ids = (f"r{number}" for number in count(1))
        self._pings = count(1)

    @property
    def id(self) -> str:
        """The player's."""
        return self.welcome.player

    @property
    def token(self) -> str:
        """What proves to be that player."""
        return self.welcome.token

    async def tell(self, message: ClientMessage) -> None:
        """Says something."""
        await self.socket.send(encode(message))

    async def hear(self) -> ServerMessage:
        """The next message. Raises ConnectionClosed, or TimeoutError."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            frame = await self.socket.recv()
        assert isinstance(frame, bytes), "the server sends binary frames only"
        message = decode_server(frame)
        self.frames.append(frame)
        self.heard.append(message)
        self._follow(message)
        return message

    async def until(self, kind: type[M], holds: Callable[[M], bool] = lambda _: True) -> M:
        """The next message of that kind for which that holds."""
        while not (isinstance(message := await self.hear(), kind) and holds(message)):
            pass
        return message

    async def until_view(self, feed: int, holds: Callable[[View], bool]) -> View:
        """The first view of a feed for which that holds, now or later."""
        while feed not in self.views or not holds(self.views[feed][1]):
            await self.hear()
        return self.views[feed][1]

    async def rest(self) -> list[ServerMessage]:
        """All that was on its way: what comes before the answer to a ping."""
        number = next(self._pings)
        await self.tell(Ping(number))
        before = len(self.heard)
        await self.until(Pong, lambda pong: pong.sent_ms == number)
        return self.heard[before:-1]

    async def ask(self, kind: type[Request], *fields: object, request: str | None = None) -> Accepted | Refused:
        """The answer to a request."""
        asked = cast("Request", cast("Any", kind)(request or next(self._ids), *fields))
        await self.tell(asked)
        while not (isinstance(answer := await self.hear(), Accepted | Refused) and answer.request == asked.request):
            pass
        return answer

    async def accepted(self, kind: type[Request], *fields: object, request: str | None = None) -> Any:
        """The value of a request that must be accepted."""
        answer = await self.ask(kind, *fields, request=request)
        assert isinstance(answer, Accepted), f"{kind.__name__}: {answer}"
        return answer.value

    async def refused(self, kind: type[Request], *fields: object, request: str | None = None) -> str:
        """The code of a request that must be refused, in a sentence."""
        answer = await self.ask(kind, *fields, request=request)
        assert isinstance(answer, Refused), f"{kind.__name__}: {answer}"
        assert answer.sentence.endswith(".")
        return answer.code

    async def watch(self, topic: str, seat: int | None = None, *fields: object) -> int:
        """Listens; the number of the feed. The rest of the fields are those of Watch."""
        about = await self.accepted(Watch, topic, seat, *fields)
        assert isinstance(about["feed"], int)
        return about["feed"]

    async def closed(self) -> int:
        """The code with which the server closes; what comes before it is heard."""
        with pytest.raises(ConnectionClosed) as raised:
            await self._listen()
        closed = raised.value
        assert closed.rcvd is not None, "the connection ended without a close frame"
        assert closed.rcvd_then_sent, "the client closed first"
        return closed.rcvd.code

    async def _listen(self) -> NoReturn:
        while True:
            await self.hear()

    def updates(self, feed: int) -> list[Update]:
        """The updates of a feed that were heard."""
        return [message for message in self.heard if isinstance(message, Update) and message.feed == feed]

    def _follow(self, message: ServerMessage) -> None:
        if isinstance(message, Snapshot):
            self.views[message.feed] = (message.version, message.view)
        elif isinstance(message, Update) and message.feed in self.views:
            version, view = self.views[message.feed]
            assert message.version == version + 1, f"version {message.version} follows {version}"
            new = patched(view, message.patch)
            assert message.checksum is None or message.checksum == checksum(new)
            self.views[message.feed] = (message.version, new)


@asynccontextmanager
async def connected(url: str, origin: str | None = None) -> AsyncIterator[Player]:
    """A connection on which nothing has been said yet."""
    async with connect(
        url,
        subprotocols=[SUBPROTOCOL],
        origin=None if origin is None else Origin(origin),
        compression=None,
        max_size=FRAME_BYTES_MAX,
        open_timeout=PATIENCE_SECONDS,
        close_timeout=5,
        ping_interval=None,
        proxy=None,
    ) as socket:
        yield Player(socket)


@asynccontextmanager
async def player(url: str, name: str | None = None, token: str | None = None) -> AsyncIterator[Player]:
    """A connection that has been welcomed."""
    async with connected(url) as one:
        await one.tell(Hello(token, name))
        welcome = await one.hear()
        assert isinstance(welcome, Welcome)
        one.welcome = welcome
        yield one


async def begin(
    game: str, players: Iterable[Player], options: dict[str, bool | int | str] | None = None, listed: bool = False
) -> str:
    """A match of these, in the order of their seats; its id."""
    players = list(players)
    lobby = await players[0].accepted(CreateLobby, game, options or {}, len(players), listed)
    for seat, one in enumerate(players):
        await one.accepted(TakeSeat, lobby, seat)
    assert isinstance(lobby, str)
    return lobby
