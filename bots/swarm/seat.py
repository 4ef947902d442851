"""One player's or spectator's connection: asks, hears the answers, and passes on what is played."""

import asyncio
from collections.abc import Callable
from typing import Any, Final, Protocol, TypeGuard, TypeVar, cast

from bots.swarm.link import Link, LinkLost, opened
from bots.swarm.tally import Tally
from protocol import messages
from protocol.client_session import NOT_NOW
from protocol.errors import ProtocolError
from protocol.messages import Accepted, FeedEnded, Hello, LegalMoves, Refused, Request, Snapshot, Welcome

ANSWER_SECONDS_MAX = 30.0
NOT_NOW_SECONDS = 0.05
"""Before a request is sent again that was refused for now, without a time to wait."""
_UPDATE: Final = messages.CODE_OF[messages.Update]
_ACCEPTED: Final = messages.CODE_OF[Accepted]

R = TypeVar("R", bound=Request)


class Refusing(Exception):
    """The server refused what belongs to setting up; the sentence says what and why."""


class Player(Protocol):
    """What is played on a table, as its seats report it."""

    def updated(self, seat: int, data: bytes, start: int, stop: int) -> None:
        """An update came: the message is `data[start:stop]`."""

    def offered(self, seat: int, offer: LegalMoves) -> None:
        """Legal moves came."""

    def refused(self, seat: int, refused: Refused) -> None:
        """A move was refused."""


class Seat:
    """The ear of one link. `number` is the seat; a spectator's player is one that does not mind."""

    def __init__(self, url: str, number: int, player: Player, tally: Tally, on_lost: Callable[[str], None]) -> None:
        self.number = number
        self.snapshot_bytes = 0
        """How large the last snapshot was."""
        self._url = url
        self._player = player
        self._tally = tally
        self._on_lost = on_lost
        self._made = 0
        self._answers: dict[str, asyncio.Future[Accepted | Refused]] = {}
        self._patience = asyncio.Lock()
        self._closing = False
        self._why_lost: str | None = None

    async def connect(self, prefix: str, token: str | None = None) -> Welcome:
        """Opens the link and says hello, as a new guest or with a token as a known one. Raises LinkLost."""
        self._prefix = prefix
        self._welcome: asyncio.Future[Welcome] = asyncio.get_running_loop().create_future()
        self.link: Link = await opened(self._url, self)
        self.link.send(self.link.masked(messages.encode(Hello(token, None if token else f"swarm {prefix}"))))
        async with asyncio.timeout(ANSWER_SECONDS_MAX):
            return await self._welcome

    def close(self) -> None:
        """Drops the link."""
        self._closing = True
        self.link.close()

    def new_id(self) -> str:
        """An id for a request."""
        self._made += 1
        return f"{self._prefix}-{self._made}"

    def send(self, message: messages.ClientMessage) -> None:
        """Sends a message whose answer nobody waits for."""
        self.link.send(self.link.masked(messages.encode(message)))

    async def ask(self, kind: type[R], *fields: object) -> Any:
        """The value that a request was accepted with; one refused for now is asked again. Raises Refusing, LinkLost."""
        request = self.new_id()
        message = cast("Any", kind)(request, *fields)
        async with asyncio.timeout(ANSWER_SECONDS_MAX):
            said = await self._answer(request, message)
            if _not_now(said):
                async with self._patience:  # one after the other, or most would be refused again
                    while _not_now(said):
                        await asyncio.sleep(patience(said))
                        said = await self._answer(request, message)
        if isinstance(said, Refused):
            raise Refusing(f"{kind.__name__} was refused: {said.code}: {said.sentence}")
        return said.value

    async def _answer(self, request: str, message: messages.ClientMessage) -> Accepted | Refused:
        if self._why_lost is not None:
            raise LinkLost(self._why_lost)
        answer: asyncio.Future[Accepted | Refused] = asyncio.get_running_loop().create_future()
        self._answers[request] = answer
        self.send(message)
        return await answer

    # An Ear

    def hear(self, data: bytes, start: int, stop: int) -> None:
        self._tally.frames += 1
        code = data[start + 1]
        if code == _UPDATE:
            self._player.updated(self.number, data, start, stop)
        elif code != _ACCEPTED or self._answers:
            self._hear(data[start:stop])

    def lost(self, why: str) -> None:
        self._why_lost = why
        waits: list[asyncio.Future[Any]] = [*self._answers.values(), self._welcome]
        for waiting in waits:
            if not waiting.done():
                waiting.set_exception(LinkLost(why))
        if not self._closing:
            self._on_lost(why)

    def _hear(self, frame: bytes) -> None:
        try:
            message = messages.decode_server(frame)
        except ProtocolError as error:
            self._on_lost(f"the server said what cannot be read: {error}")
            return
        match message:
            case LegalMoves():
                self._player.offered(self.number, message)
            case Accepted() | Refused():
                if (waiting := self._answers.pop(message.request, None)) is not None and not waiting.done():
                    waiting.set_result(message)
                elif isinstance(message, Refused):
                    self._player.refused(self.number, message)
            case Snapshot():
                self.snapshot_bytes = len(frame)
            case Welcome():
                self._welcome.set_result(message)
            case FeedEnded():
                self._on_lost(f"a feed ended: {message.code}: {message.sentence}")


def _not_now(said: Accepted | Refused) -> TypeGuard[Refused]:
    return isinstance(said, Refused) and said.code in NOT_NOW


def patience(refused: Refused) -> float:
    """How many seconds to wait before the same is asked again."""
    return NOT_NOW_SECONDS if refused.wait_ms is None else refused.wait_ms / 1000


def number_at(data: bytes, at: int) -> tuple[int, int]:
    """A whole number of MessagePack that is not negative, and where the next value begins."""
    first = data[at]
    if first < 0x80:
        return first, at + 1
    size = 1 << (first - 0xCC)
    return int.from_bytes(data[at + 1 : at + 1 + size], "big"), at + 1 + size
