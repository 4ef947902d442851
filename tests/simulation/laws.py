"""Stands beside every socket and every screen, and says when a law is broken.

Safe, then told: whatever leaves the server is stored at that instant. Exactly once: a request that is stored is
never refused, and each answer is the first one. Nothing leaks: what is shown is what the record gives that
audience. Always an answer, and one. No gap: each audience hears consecutive versions.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from game.matches.match import Match
from game.rules.moves import plain_moves
from protocol import messages
from protocol.client_session import ClientSession
from protocol.events import Event, MovesOffered, ViewChanged
from protocol.messages import Accepted, FeedEnded, LegalMoves, Refused, Snapshot, Update, Welcome
from tests.protocol.views import same
from tests.simulation.truth import Record, Truth

TRANSIENT = {"unavailable", "overloaded", "slow_down", "restarting"}
"""Refusals that do not say whether the request is stored: it may be sent again."""
NEVER = {"rules_failed", "view_too_large"}
EACH_TIME = messages.Watch | messages.Unwatch | messages.Attend
"""Requests that belong to a connection, and are carried out on each."""


@dataclass
class Stream:
    """What one connection hears of one feed."""

    topic: str
    form: str
    version: int | None
    seats: set[int | None]
    may_snapshot: bool = True


@dataclass
class Overheard:
    """One connection, as the server sees it."""

    epoch: str
    player: str = ""
    asked: dict[str, list[Any]] = field(default_factory=dict)
    streams: dict[int, Stream] = field(default_factory=dict)


class Live(NamedTuple):
    """A version of a list that is not stored."""

    epoch: str
    topic: str
    version: int


class Witness:
    """Holds everyone to the laws; `violated` is told which was broken."""

    def __init__(self, truth: Truth, violated: Callable[[str], None]) -> None:
        self.truth = truth
        self.violated = violated
        self.wires: dict[int, Overheard] = {}
        self.accepted: dict[tuple[str, str], tuple[Any, object]] = {}
        self.answers = 0
        self._lists: dict[Live, dict[str, Any]] = {}
        self._newest: dict[tuple[str, str], int] = {}

    # Beside the socket

    def opened(self, wire: int, epoch: str) -> None:
        self.wires[wire] = Overheard(epoch)

    def closed(self, wire: int, code: int) -> None:
        """The server closes a connection: what is unanswered is asked again on another."""
        if 3500 <= code <= 3999:
            self.violated(f"wire {wire}: an honest client is closed with {code}")
        self.gone(wire)

    def gone(self, wire: int) -> None:
        self.wires.pop(wire, None)

    def received(self, wire: int, payload: bytes) -> None:
        message = messages.decode_client(payload)
        if not isinstance(message, messages.Hello | messages.Ping):
            self.wires[wire].asked.setdefault(message.request, []).append(message)

    def sent(self, wire: int, frame: bytes) -> None:
        size = 2 if frame[1] < 126 else 4 if frame[1] == 126 else 10
        message = messages.decode_server(frame[size:])
        heard = self.wires[wire]
        where = f"wire {wire} ({heard.player}): {message!r:.300}"
        match message:
            case Welcome():
                heard.player = message.player
            case Accepted() | Refused():
                self._answered(heard, message, where)
            case Snapshot() | Update() | LegalMoves() | FeedEnded():
                stream = heard.streams.get(message.feed)
                if stream is None:
                    self.violated(f"{where}: of a feed that is not watched")
                else:
                    self._told(heard, stream, message, where)
            case _:
                pass

    @property
    def unanswered(self) -> list[str]:
        """Requests on open connections that have no answer."""
        return [f"{wire}: {asks}" for wire, heard in self.wires.items() for asks in heard.asked.values() if asks]

    def _answered(self, heard: Overheard, answer: Accepted | Refused, where: str) -> None:
        asks = heard.asked.get(answer.request)
        if not asks:
            self.violated(f"{where}: answers nothing")
            return
        self.answers += 1
        message = asks.pop(0)
        if isinstance(message, EACH_TIME):
            self._each_time(heard, message, answer, where)
        elif isinstance(answer, Accepted):
            self._accepted(heard, message, answer, where)
        else:
            self._refused(heard, message, answer, where)

    def _each_time(self, heard: Overheard, message: Any, answer: Accepted | Refused, where: str) -> None:
        if isinstance(answer, Refused):
            return
        if isinstance(message, messages.Unwatch):
            heard.streams.pop(message.feed, None)
        elif isinstance(message, messages.Watch):
            assert isinstance(answer.value, dict)
            since = message.version if message.epoch == heard.epoch else None
            before = heard.streams.get(answer.value["feed"])
            seats = before.seats if before and before.topic == message.topic else set()
            form = message.form or "view"
            heard.streams[answer.value["feed"]] = Stream(message.topic, form, since, seats | {message.seat})
            if message.seat is not None and self._player(message.topic, message.seat) != heard.player:
                self.violated(f"{where}: watches a seat of somebody else")

    def _accepted(self, heard: Overheard, message: Any, answer: Accepted, where: str) -> None:
        first = self.accepted.setdefault((heard.player, message.request), (message, answer.value))
        if first[1] != answer.value:
            self.violated(f"{where}: the first answer was {first[1]}")
        if isinstance(message, messages.CreateLobby):
            if self.truth.version(f"lobby/{answer.value}") < 0:
                self.violated(f"{where}: accepted, and not stored")
            return
        stored = self._stored(heard.player, message)
        if stored is None or stored[0] != answer.value or not _fits(stored[1], message):
            self.violated(f"{where}: accepted, and stored is {stored}")
        elif isinstance(message, messages.Play) and message.version is not None:
            between = self.truth.records[f"match/{message.match}"].movers[message.version : stored[0] - 1]
            if message.seat in between:
                self.violated(f"{where}: {message} counts for a later turn than it was chosen for")

    def _refused(self, heard: Overheard, message: Any, answer: Refused, where: str) -> None:
        if answer.code in NEVER:
            self.violated(where)
        if answer.code in TRANSIENT:
            return
        if self.accepted.get((heard.player, message.request), (None,))[0] == message:
            self.violated(f"{where}: {message} was accepted before")
        elif (stored := self._stored(heard.player, message)) is not None and _fits(stored[1], message):
            self.violated(f"{where}: {message} is stored as version {stored[0]}")

    def _stored(self, player: str, message: Any) -> tuple[int, Any] | None:
        if isinstance(message, messages.CreateLobby):
            return None
        topic = (
            f"match/{message.match}"
            if isinstance(message, messages.Play | messages.Resign)
            else f"lobby/{message.lobby}"
        )
        record = self.truth.records.get(topic)
        return None if record is None else record.requests.get((player, message.request))

    def _told(
        self, heard: Overheard, stream: Stream, message: Snapshot | Update | LegalMoves | FeedEnded, where: str
    ) -> None:
        if isinstance(message, FeedEnded):
            del heard.streams[message.feed]
            return
        where = f"{where} of {stream.topic}"
        record = self._record(stream.topic)
        if record is not None and message.version > record.version:
            self.violated(f"{where}: told before it was stored (version {record.version})")
            return
        match message:
            case Snapshot():
                self._whole(heard, stream, message, record, where)
                stream.version = message.version
            case Update():
                if stream.version is None or message.version != stream.version + 1:
                    self.violated(f"{where}: after version {stream.version}")
                stream.version = message.version
            case LegalMoves():
                self._moves(stream, message, record, where)
        stream.may_snapshot = False
        newest = self._newest.get((heard.epoch, stream.topic), 0)
        self._newest[heard.epoch, stream.topic] = max(newest, message.version)

    def _whole(self, heard: Overheard, stream: Stream, message: Snapshot, record: Record | None, where: str) -> None:
        if not stream.may_snapshot:
            self.violated(f"{where}: a snapshot in the midst of a feed")
        if message.reason == "from_the_future":
            self.violated(f"{where}: it has version {stream.version}, and was told that itself")
        if message.version < self._newest.get((heard.epoch, stream.topic), 0):
            self.violated(f"{where}: back in time")
        if record is not None and not self._is_true(record, message.version, stream, message.view):
            self.violated(f"{where}: is not what the record gives")

    def _is_true(self, record: Record, version: int, stream: Stream, view: object) -> bool:
        return all(same(view, record.look(version, seat, stream.form)) for seat in stream.seats)

    def _moves(self, stream: Stream, message: LegalMoves, record: Record | None, where: str) -> None:
        if record is None or message.seat not in stream.seats or message.version != stream.version:
            self.violated(f"{where}: moves for whom? The feed is at {stream.version} for {stream.seats}")
        elif not same(message.moves, plain_moves(record.subjects[message.version].legal_moves(message.seat))):
            self.violated(f"{where}: are not its legal moves")

    def _player(self, topic: str, seat: int) -> str:
        record = self._record(topic)
        assert record is not None
        assert isinstance(record.newest, Match)
        player: str = record.newest.header.seats[seat].id
        return player

    def _record(self, topic: str) -> Record | None:
        return self.truth.records.get(topic)

    # Beside the screen

    def shown(self, who: str, session: ClientSession, event: Event) -> None:
        """What a client makes of what it heard."""
        if isinstance(event, ViewChanged):
            record = self._record(event.topic)
            where = f"{who}: {event!r:.300}"
            if record is None:
                seen = Live(session.epoch or "", event.topic, event.version)
                if not same(self._lists.setdefault(seen, event.view), event.view):
                    self.violated(f"{where}: another saw {self._lists[seen]} at that version")
            elif event.version > record.version:
                self.violated(f"{where}: is not stored")
            elif not same(event.view, record.look(event.version, event.seat, event.form or "view")):
                is_ = record.look(event.version, event.seat, event.form or "view")
                self.violated(f"{where}: the record gives {is_}")
        elif isinstance(event, MovesOffered):
            at = session.view(event.topic, event.seat, event.form)
            if at is None or at[0] != event.version:
                self.violated(f"{who}: {event} at {at}")
        if session.repairs:
            self.violated(f"{who}: an update did not fit, at {event!r:.300}")


def _fits(command: Any, message: Any) -> bool:
    """Whether a stored command is what a message asks."""
    name = type(message).__name__
    if type(command).__name__ != {"Play": "PlayMove"}.get(name, name):
        return False
    return all(
        getattr(command, each) == getattr(message, each)
        for each in ("seat", "move", "ready")
        if hasattr(message, each) and hasattr(command, each)
    )
