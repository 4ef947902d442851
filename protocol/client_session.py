"""The client's side of a conversation, without the network.

Its laws, over any number of connections: each request gets exactly one `Answered` and is sent with one id; each view it
tells is one that the server had, and versions only rise within an epoch. What does not fit is repaired with a fresh
snapshot and never shown.
"""

from collections.abc import Callable
from typing import Any, Final, NamedTuple, TypeAlias, TypeVar, cast

from protocol import messages
from protocol.errors import BadMessage, BadPatch, GapFound, OutOfPlace, ProtocolError
from protocol.events import (
    Answered,
    Event,
    InvitedToSit,
    MovesOffered,
    Ponged,
    SentAway,
    TopicEnded,
    ViewChanged,
    Welcomed,
)
from protocol.limits import ID_CHARS_MAX, REPAIRS_MAX, UNANSWERED_MAX
from protocol.messages import (
    Accepted,
    ComeBack,
    FeedEnded,
    Form,
    Hello,
    Invited,
    LegalMoves,
    Ping,
    Play,
    Pong,
    Refused,
    Request,
    ServerMessage,
    Snapshot,
    Unwatch,
    Update,
    Watch,
    Welcome,
)
from protocol.patches import View, checksum, patched
from protocol.session import FROM_SERVER, State

Key: TypeAlias = tuple[str, int | None, Form | None]
M = TypeVar("M", Snapshot, Update, LegalMoves, FeedEnded)


class TooManyRequests(Exception):
    """More requests than UNANSWERED_MAX wait for an answer: ask again when some have come."""


class _Watched:
    """A topic that the client watches. Without a version it waits for a snapshot and hears no updates."""

    __slots__ = ("about", "aside", "feed", "form", "left", "moves", "repairs", "seat", "topic", "version", "view")

    def __init__(self, topic: str, seat: int | None, form: Form | None) -> None:
        self.topic, self.seat, self.form = topic, seat, form
        self.moves: bool | None = None
        self.aside: bool | None = None
        self.feed: int | None = None
        self.version: int | None = None
        self.view: View = {}
        self.about: dict[str, Any] = {}
        self.repairs = 0
        self.left = False

    @property
    def key(self) -> Key:
        return self.topic, self.seat, self.form

    def changed(self, version: int, view: View) -> list[Event]:
        self.version, self.view = version, view
        return [ViewChanged(*self.key, version, view)]

    def ended(self, code: str, sentence: str) -> TopicEnded:
        return TopicEnded(*self.key, code, sentence, code in NOT_NOW)


class _Asked(NamedTuple):
    """A request without an answer yet, as it was sent and will be sent again."""

    request: Request
    frame: bytes
    watched: _Watched | None


NOT_NOW: Final = frozenset(("unavailable", "overloaded", "slow_down", "restarting"))
"""Codes after which the same can be asked again in a while."""


class ClientSession:
    """What every client does, over as many connections as it takes.

    `prefix` begins every request id. It must be new and random each time that a session is made, for an
    id is never used twice, not even by another process of the same player. `token` proves to be the
    player who got it in a `Welcome`; set it to None to come back as somebody new.
    """

    def __init__(self, prefix: str, *, token: str | None = None, name: str | None = None) -> None:
        assert 0 < len(prefix) <= ID_CHARS_MAX // 2, f"a prefix of {len(prefix)} characters"
        self.state = State.NEW
        self.token = token
        self.name = name
        self.epoch: str | None = None
        self.repairs = 0
        """Times that a view had to be fetched whole because an update did not fit."""
        self._prefix = prefix
        self._made = 0
        self._to_send: list[bytes] = []
        self._asked: dict[str, _Asked] = {}
        self._watched: dict[Key, _Watched] = {}
        self._feeds: dict[int, list[_Watched]] = {}
        self._own_watches: dict[str, _Watched] = {}
        self._unwatches: dict[str, int] = {}

    # The socket

    def connected(self) -> None:
        """A new connection is there: says hello."""
        assert self.state is State.NEW, f"connected twice: {self.state}"
        self.state = State.GREETING
        self._to_send.append(messages.encode(Hello(self.token, None if self.token else self.name)))

    def disconnected(self) -> None:
        """The connection is gone. Requests and watched topics wait for the next one."""
        self.state = State.NEW
        self._to_send.clear()
        self._feeds.clear()
        self._own_watches.clear()
        self._unwatches.clear()
        for watched in self._watched.values():
            watched.feed = None
            watched.repairs = 0

    def frames_to_send(self) -> list[bytes]:
        """What to write to the socket now, in order; each frame is given once."""
        frames, self._to_send = self._to_send, []
        return frames

    def receive(self, frame: bytes) -> list[Event]:
        """What a frame from the server means. Raises ProtocolError, and then takes no more until `disconnected`."""
        try:
            message = messages.decode_server(frame)
            if type(message) not in FROM_SERVER[self.state]:
                raise OutOfPlace(f"{type(message).__name__} may not come while the conversation is {self.state.name}")
            return self._hear(message)
        except ProtocolError:
            self.state = State.CLOSED
            raise

    # What a player asks

    def request(self, kind: type[Request], *fields: object) -> str:
        """Makes a request of any kind but Watch and Unwatch; its id.

        Raises BadMessage or FrameTooLarge when no server would read it, and TooManyRequests.
        """
        assert kind not in (Watch, Unwatch), "use watch and unwatch"
        return self._ask(cast("Request", cast("Any", kind)(self._new_id(), *fields)))

    def play(self, match: str, seat: int, move: str, version: int | None = None) -> str:
        """Makes a move, chosen for the view at that version; the id of the request."""
        return self._ask(Play(self._new_id(), match, seat, move, version))

    def watch(
        self,
        topic: str,
        seat: int | None = None,
        form: Form | None = None,
        moves: bool | None = None,
        aside: bool | None = None,
    ) -> str:
        """Listens to a topic, on this connection and all that follow; the id of the request.

        Watching what is watched already changes `moves` and `aside`.
        """
        watched = self._watched.get((topic, seat, form)) or _Watched(topic, seat, form)
        watched.moves = moves
        watched.aside = aside
        request = self._ask(self._watch(watched), watched)
        self._watched[watched.key] = watched
        return request

    def watch_again(self, topic: str, seat: int | None = None, form: Form | None = None) -> None:
        """After TopicEnded with `again`: listens again, from the version that is here."""
        if watched := self._watched.get((topic, seat, form)):
            self._watch_on(watched)

    def unwatch(self, topic: str, seat: int | None = None, form: Form | None = None) -> None:
        """Stops listening, at once. A `watch` of it that has no answer yet gets none."""
        if watched := self._watched.pop((topic, seat, form), None):
            watched.left = True
            for request, asked in list(self._asked.items()):
                if asked.watched is watched:
                    del self._asked[request]
                    self._own_watches[request] = watched
            self._detach(watched)

    def ping(self, now_ms: int) -> None:
        """Asks for Ponged, when there is a conversation to measure."""
        if self.state is State.OPEN:
            self._to_send.append(messages.encode(Ping(now_ms)))

    # What a player knows

    def view(self, topic: str, seat: int | None = None, form: Form | None = None) -> tuple[int, View] | None:
        """The version and view of a watched topic; None while it waits for a snapshot."""
        watched = self._watched.get((topic, seat, form))
        return None if watched is None or watched.version is None else (watched.version, watched.view)

    def about(self, topic: str, seat: int | None = None, form: Form | None = None) -> dict[str, Any]:
        """What does not change about a watched topic, as told when watching it was accepted."""
        watched = self._watched.get((topic, seat, form))
        return watched.about if watched else {}

    @property
    def unanswered(self) -> list[Request]:
        """The requests that have no answer yet, oldest first."""
        return [asked.request for asked in self._asked.values()]

    # Asking

    def _new_id(self) -> str:
        self._made += 1
        return f"{self._prefix}-{self._made}"

    def _ask(self, request: Request, watched: _Watched | None = None) -> str:
        if len(self._asked) >= UNANSWERED_MAX:
            raise TooManyRequests(f"{UNANSWERED_MAX} requests wait for an answer")
        frame = messages.encode(request)
        messages.decode_client(frame)
        self._asked[request.request] = _Asked(request, frame, watched)
        if self.state is State.OPEN:
            self._to_send.append(frame)
        return request.request

    def _watch(self, watched: _Watched) -> Watch:
        epoch = None if watched.version is None else self.epoch
        return Watch(self._new_id(), *watched.key, watched.moves, epoch, watched.version, watched.aside)

    def _watch_on(self, watched: _Watched) -> None:
        """Watches a topic for the session's own reasons: the caller hears no answer."""
        if self.state is State.OPEN:
            watch = self._watch(watched)
            self._own_watches[watch.request] = watched
            self._to_send.append(messages.encode(watch))

    # Hearing

    def _hear(self, message: ServerMessage) -> list[Event]:
        match message:
            case Update():
                return self._for_each(message.feed, self._update, message)
            case LegalMoves():
                return self._for_each(message.feed, self._legal_moves, message)
            case Accepted() | Refused():
                return self._answer(message)
            case Snapshot():
                return self._for_each(message.feed, self._snapshot, message)
            case FeedEnded():
                return self._for_each(message.feed, self._feed_ended, message)
            case Pong():
                return [Ponged(*message)]
            case Invited():
                return [InvitedToSit(*message)]
            case ComeBack():
                return [SentAway(*message)]
            case Welcome():
                return self._welcome(message)

    def _welcome(self, welcome: Welcome) -> list[Event]:
        self.state = State.OPEN
        self.token, self.name = welcome.token, welcome.name
        if welcome.epoch != self.epoch:
            self.epoch = welcome.epoch
            for watched in self._watched.values():
                watched.version = None
        asked_for = {id(asked.watched) for asked in self._asked.values()}
        for watched in self._watched.values():
            if id(watched) not in asked_for:
                self._watch_on(watched)
        self._to_send += [asked.frame for asked in self._asked.values()]
        return [Welcomed(*welcome)]

    def _answer(self, answer: Accepted | Refused) -> list[Event]:
        """An answer to nothing that is open repeats one that was heard, and says nothing new."""
        if (feed := self._unwatches.pop(answer.request, None)) is not None:
            return self._unwatched(feed)
        if watched := self._own_watches.pop(answer.request, None):
            return self._own_watch_answered(watched, answer)
        if (asked := self._asked.get(answer.request)) is None:
            return []
        if asked.watched and isinstance(answer, Accepted):
            self._attach(asked.watched, answer)
        del self._asked[answer.request]
        if asked.watched and asked.watched.feed is None:
            self._forget(asked.watched)
        return [Answered(asked.request, answer)]

    def _own_watch_answered(self, watched: _Watched, answer: Accepted | Refused) -> list[Event]:
        if isinstance(answer, Accepted):
            self._attach(watched, answer)
            return []
        return [] if watched.left else self._end(watched, answer.code, answer.sentence)

    def _unwatched(self, feed: int) -> list[Event]:
        """Those who came to share the feed while it was being left have lost it too."""
        for watched in self._feeds.pop(feed, []):
            watched.feed = None
            self._watch_on(watched)
        return []

    # Feeds: one may serve several seats of a topic that hides nothing

    def _attach(self, watched: _Watched, accepted: Accepted) -> None:
        about = dict(accepted.value) if isinstance(accepted.value, dict) else {}
        feed = about.pop("feed", None)
        if type(feed) is not int:
            raise BadMessage("Accepted, field value: an accepted Watch names its feed")
        if watched.feed != feed:
            self._detach(watched)
            self._feeds.setdefault(feed, []).append(watched)
            watched.feed = feed
        watched.about = about
        if watched.left:
            self._detach(watched)

    def _detach(self, watched: _Watched) -> None:
        """Leaves the feed; when nobody here is left to hear it, tells the server."""
        feed, watched.feed = watched.feed, None
        if feed is None:
            return
        self._feeds[feed].remove(watched)
        if not self._feeds[feed]:
            del self._feeds[feed]
            if self.state is State.OPEN:
                unwatch = Unwatch(self._new_id(), feed)
                self._unwatches[unwatch.request] = feed
                self._to_send.append(messages.encode(unwatch))

    def _for_each(self, feed: int, hear: Callable[[_Watched, M], list[Event]], message: M) -> list[Event]:
        """What a feed's message means to each who hears it. A feed that was left may still be heard of."""
        return [event for watched in self._feeds.get(feed, [])[:] for event in hear(watched, message)]

    def _snapshot(self, watched: _Watched, snapshot: Snapshot) -> list[Event]:
        if watched.version == snapshot.version and watched.view == snapshot.view:
            return []
        return watched.changed(snapshot.version, snapshot.view)

    def _update(self, watched: _Watched, update: Update) -> list[Event]:
        if watched.version is None or update.version <= watched.version:
            return []
        try:
            if update.version != watched.version + 1:
                raise BadPatch(f"version {update.version} came after {watched.version}")
            view = patched(watched.view, update.patch)
            if update.checksum is not None and update.checksum != checksum(view):
                raise BadPatch(f"the checksum of version {update.version} is not {update.checksum}")
        except BadPatch as unfit:
            return self._repair(watched, unfit)
        watched.repairs = 0
        return watched.changed(update.version, view)

    def _legal_moves(self, watched: _Watched, offer: LegalMoves) -> list[Event]:
        if not watched.moves or watched.seat != offer.seat or watched.version is None:
            return []
        if offer.version > watched.version:
            return self._repair(watched, BadPatch(f"moves at version {offer.version} came after {watched.version}"))
        if offer.version < watched.version:
            return []
        return [MovesOffered(watched.topic, offer.seat, watched.form, offer.version, offer.moves, offer.picks)]

    def _feed_ended(self, watched: _Watched, ended: FeedEnded) -> list[Event]:
        self._feeds.pop(ended.feed, None)
        watched.feed = None
        return self._end(watched, ended.code, ended.sentence)

    def _repair(self, watched: _Watched, unfit: BadPatch) -> list[Event]:
        """Fetches the view whole. Raises GapFound when that did not help several times in a row."""
        self.repairs += 1
        watched.repairs += 1
        watched.version = None
        if watched.repairs > REPAIRS_MAX:
            raise GapFound(f"{watched.topic}: {unfit}, after {REPAIRS_MAX} repairs")
        self._watch_on(watched)
        return []

    def _end(self, watched: _Watched, code: str, sentence: str) -> list[Event]:
        if code in NOT_NOW:
            self._detach(watched)
        else:
            self._forget(watched)
        return [watched.ended(code, sentence)]

    def _forget(self, watched: _Watched) -> None:
        """Watches no more, unless the caller has just asked to watch it again."""
        self._detach(watched)
        if all(asked.watched is not watched for asked in self._asked.values()):
            self._watched.pop(watched.key, None)
            watched.left = True
