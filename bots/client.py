"""The reference client: a `ClientSession` with a socket, which comes back by itself.

The law: while the client is not `Gone`, every request gets its one answer and every watched topic goes
on, however often the connection is lost or the server restarts. A request that the server could not save
is sent again with the same id.
"""

import asyncio
import logging
import random
import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Final, Self, TypeVar

from bots.address import address
from bots.choice import Transport
from bots.connection import FIRST_WAIT_SECONDS, WAIT_SECONDS_MAX, Connection, backoff
from bots.errors import ClientClosed, Gone, RequestRefused, TopicEnded, Unreachable
from bots.watched import Key, Offer, Watched
from protocol import events, messages
from protocol.client_session import ClientSession
from protocol.limits import UNANSWERED_MAX
from protocol.messages import Accepted, Attend, CreateLobby, Form, Refused, Request, TakeSeat
from protocol.session import State

T = TypeVar("T")

log = logging.getLogger("parlour.bots")

SILENCE_SECONDS_MAX = 25.0
"""Nothing heard for so long: the connection is given up, and made anew."""
NOT_NOW: Final = frozenset(("unavailable", "overloaded", "slow_down", "restarting"))
"""Refusals of requests that are sent again, unchanged."""
NOT_NOW_SECONDS_MAX = 60.0
"""After so long the refusal is the answer."""
OnInvitation = Callable[[str, int, str], None]
"""Told of a seat to take: lobby, seat, game."""


class Client:
    """One player at one server, over as many connections as it takes.

    `async with` waits for the first welcome; `patient` says to go on trying when that does not come about.
    Raises Unreachable or ClosedForGood, there and wherever something is waited for. `transport`: by
    WebSocket, over HTTP, or as `bots.choice` finds out.
    """

    def __init__(
        self,
        url: str,
        *,
        name: str | None = None,
        token: str | None = None,
        patient: bool = False,
        on_invitation: OnInvitation | None = None,
        silence_seconds_max: float = SILENCE_SECONDS_MAX,
        transport: Transport = "auto",
    ) -> None:
        self.url = address(url).socket
        self.player = ""
        self.name = name or ""
        self.token = token
        self.connections = 0
        """How often it was welcomed."""
        self.clock_offset_ms = 0
        """What to add to this machine's clock for the server's."""
        self._session = ClientSession(secrets.token_hex(8), token=token, name=name)
        self._patient = patient
        self._on_invitation = on_invitation
        self._attended: Sequence[str] | None = None
        self._answers: dict[str, asyncio.Future[Accepted]] = {}
        self._held: dict[str, float] = {}
        self._watched: dict[Key, Watched] = {}
        self._room = asyncio.Semaphore(UNANSWERED_MAX - 1)  # one is left for attending anew
        self._away_seconds = 0.0  # how long the server has asked us to stay away
        self._connection = Connection(self.url, self, silence_seconds_max, transport)

    async def __aenter__(self) -> Self:
        self._loop = asyncio.get_running_loop()
        self._first_welcome: asyncio.Future[None] = self._loop.create_future()
        self._end: Gone | Exception | None = None
        self._life = asyncio.create_task(self._live())
        try:
            await self._first_welcome
        except BaseException:
            await self._leave()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._leave()

    @property
    def repairs(self) -> int:
        """Times that a view had to be fetched whole because an update did not fit."""
        return self._session.repairs

    async def gone(self) -> None:
        """Waits for the end of the client. Raises what ended it."""
        await asyncio.wait([self._life])
        assert self._end is not None
        raise self._end

    # What a player asks

    async def request(self, kind: type[Request], *fields: object) -> object:
        """Asks for anything but to watch; the value it was accepted with. Raises RequestRefused or Gone."""
        async with self._room:
            accepted = await self._answer(lambda: self._session.request(kind, *fields))
        return accepted.value

    async def play(self, match: str, seat: int, move: str, version: int | None = None) -> int:
        """Makes a move; the version it made, which is durable. Raises RequestRefused or Gone.

        `version` is that of the view it was chosen for: it counts for no later turn.
        """
        async with self._room:
            return _version((await self._answer(lambda: self._session.play(match, seat, move, version))).value)

    async def create_lobby(
        self, game: str, seats: int, options: Mapping[str, bool | int | str] | None = None, listed: bool = False
    ) -> str:
        """Opens a lobby; its join code, which will be the id of the match. Raises RequestRefused or Gone."""
        return str(await self.request(CreateLobby, game, dict(options or {}), seats, listed))

    async def take_seat(self, lobby: str, seat: int | None = None) -> int:
        """Sits down on a free seat, or on any, ready to start; the version of the lobby that this made.

        Raises RequestRefused or Gone.
        """
        return _version(await self.request(TakeSeat, lobby, seat))

    async def attend(self, games: Sequence[str]) -> None:
        """From now on, and on each new connection, offers to play these games as a bot."""
        await self.request(Attend, list(games))
        self._attended = list(games)

    async def watch(
        self, topic: str, seat: int | None = None, *, form: Form | None = None, moves: bool = False
    ) -> Watched:
        """Listens to a topic until `unwatch`; returns when its first view is here.

        Raises RequestRefused or Gone.
        """
        watched = Watched(topic, seat, form)
        assert watched.key not in self._watched, f"{watched.key} is watched already"
        self._watched[watched.key] = watched
        try:
            async with self._room:
                await self._answer(lambda: self._session.watch(topic, seat, form, moves or None))
            watched.about = self._session.about(topic, seat, form)
            await watched.until(lambda _: True)
        except BaseException:
            self.unwatch(watched)
            raise
        return watched

    def unwatch(self, watched: Watched) -> None:
        """Stops listening."""
        if self._watched.pop(watched.key, None):
            self._session.unwatch(*watched.key)
            self._flush()

    def _answer(self, ask: Callable[[], str]) -> asyncio.Future[Accepted]:
        if self._end is not None:
            raise self._end
        answer = self._expected(ask())
        self._flush()
        return answer

    def _expected(self, request: str) -> asyncio.Future[Accepted]:
        self._answers[request] = self._loop.create_future()
        return self._answers[request]

    # What becomes of connections, and what the present one tells

    async def _live(self) -> None:
        try:
            await self._stay_connected()
        except Exception as error:  # noqa: BLE001 - whatever ended it is told to all who wait
            self._finish(error)

    async def _stay_connected(self) -> None:
        waits = backoff()
        while True:
            before = self.connections
            lost = await self._connection.use()
            if self.connections == 0 and not self._patient:
                raise Unreachable(f"{self.url}: {lost}") from lost
            log.info("%s lost its connection, and comes back: %s", self.name or self.url, lost)
            if self.connections > before:
                waits = backoff()
            away_seconds, self._away_seconds = self._away_seconds, 0.0
            await asyncio.sleep(away_seconds or next(waits))

    def _flush(self) -> None:
        self._connection.send(self._session.frames_to_send())

    def opened(self) -> None:
        """There is a line: says hello."""
        self._session.connected()
        self._flush()

    def lost(self) -> None:
        """The line is gone: what is unanswered waits for the next."""
        self._session.disconnected()

    def ping(self) -> None:
        """Asks whether the server is there, and what time it is."""
        self._session.ping(_now_ms())
        self._flush()

    def receive(self, frame: bytes) -> None:
        """Takes what the server says. Raises ProtocolError."""
        if not self._hold(frame):
            for event in self._session.receive(frame):
                self._hear(event)
        self._flush()

    def _hear(self, event: events.Event) -> None:
        match event:
            case events.ViewChanged(version=version, view=view):
                if watched := self._watched.get((event.topic, event.seat, event.form)):
                    watched.changed(version, view)
            case events.MovesOffered(version=version, moves=moves):
                if watched := self._watched.get((event.topic, event.seat, event.form)):
                    watched.offered(Offer(version, moves))
            case events.Answered(answer=answer):
                self._answered(answer)
            case events.Welcomed():
                self._welcomed(event)
            case events.TopicEnded():
                self._topic_ended(event)
            case events.InvitedToSit(lobby, seat, game):
                if self._on_invitation:
                    self._on_invitation(lobby, seat, game)
            case events.SentAway(after_ms=after_ms):
                self._away_seconds = after_ms / 1000
            case events.Ponged(sent_ms, server_ms):
                self.clock_offset_ms = server_ms - (sent_ms + _now_ms()) // 2

    def _welcomed(self, welcomed: events.Welcomed) -> None:
        """Attends first: what is sent again after it was asked by a bot."""
        self.player, self.name, self.token = welcomed.player, welcomed.name, welcomed.token
        self.connections += 1
        self.clock_offset_ms = welcomed.server_ms - _now_ms()
        if self._attended is not None:
            waiting = self._session.frames_to_send()
            attending = self._expected(self._session.request(Attend, self._attended))
            attending.add_done_callback(self._attended_again)
            self._connection.send([*self._session.frames_to_send(), *waiting])
        if not self._first_welcome.done():
            self._first_welcome.set_result(None)

    def _attended_again(self, answer: asyncio.Future[Accepted]) -> None:
        if not answer.cancelled() and isinstance(refused := answer.exception(), RequestRefused):
            self._finish(refused)
            self._life.cancel()

    def _answered(self, answer: Accepted | Refused) -> None:
        self._held.pop(answer.request, None)
        future = self._answers.pop(answer.request, None)
        if future is None or future.done():
            return  # whoever asked does not wait any more
        if isinstance(answer, Accepted):
            future.set_result(answer)
        else:
            future.set_exception(RequestRefused(answer.code, answer.sentence))

    def _topic_ended(self, ended: events.TopicEnded) -> None:
        key = (ended.topic, ended.seat, ended.form)
        if ended.again:
            self._loop.call_later(random.uniform(0.5, 2), self._watch_again, key)
        elif watched := self._watched.pop(key, None):
            watched.ended(TopicEnded(f"{ended.topic}: {ended.sentence} ({ended.code})"))

    def _watch_again(self, key: Key) -> None:
        self._session.watch_again(*key)
        self._flush()

    # Requests that the server could not carry out now: the session knows them as unanswered until they are

    def _hold(self, frame: bytes) -> bool:
        """Whether the frame refuses a request that will be sent again; the session does not hear of it."""
        if frame[1:2] != _REFUSED:
            return False
        refused = messages.decode_server(frame)
        if not isinstance(refused, Refused) or refused.code not in NOT_NOW or refused.request not in self._answers:
            return False
        first = self._held.setdefault(refused.request, self._loop.time())
        waited = self._loop.time() - first
        if waited > NOT_NOW_SECONDS_MAX:
            return False
        wait = (refused.wait_ms or 0) / 1000 + min(max(waited, FIRST_WAIT_SECONDS), WAIT_SECONDS_MAX) * random.random()
        self._loop.call_later(wait, self._send_again, refused.request)
        return True

    def _send_again(self, id: str) -> None:
        """Without a conversation there is nothing to do: the session sends it in the next."""
        if self._session.state is State.OPEN:
            self._connection.send([messages.encode(asked) for asked in self._session.unanswered if asked.request == id])

    # The end

    async def _leave(self) -> None:
        self._finish(ClientClosed("this client was closed"))
        self._life.cancel()
        await asyncio.wait([self._life])

    def _finish(self, error: Exception) -> None:
        self._end = self._end or error
        answers, self._answers = self._answers, {}
        _fail(self._first_welcome, self._end)
        for answer in answers.values():
            _fail(answer, self._end)
        for watched in self._watched.values():
            watched.ended(self._end)


_REFUSED: Final = bytes([messages.CODE_OF[Refused]])


def _version(value: object) -> int:
    assert isinstance(value, int), f"accepted with {value!r}, which is no version"
    return value


def _fail(future: asyncio.Future[T], error: Exception) -> None:
    if not future.done():
        future.set_exception(error)
        future.exception()  # whoever waits is told; nobody has to


def _now_ms() -> int:
    return time.time_ns() // 1_000_000
