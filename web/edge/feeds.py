"""What one audience of one topic hears, as frames that are built once and written to every reader.

Each audience hears consecutive versions. A reader who returns says what it has, and gets exactly the
frames since then, or a snapshot with the reason; never a part.
"""

from asyncio import AbstractEventLoop, TimerHandle
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Literal, Protocol

from game.engine.source import Source
from game.matches.refusals import Refusal
from game.rules.moves import Moves, Number, Subset, plain_moves
from protocol.limits import CHECKSUM_EVERY_VERSIONS, REMEMBERED_FRAMES_MAX
from protocol.messages import FeedEnded, LegalMoves, Message, Snapshot, Update, encode
from protocol.patches import checksum, patch_between
from web.edge.frames import binary_frame

LINGER_SECONDS = 30.0
"""How long a feed goes on without a reader, for one that comes back."""
SMALL_NUMBER_MAX = 127
"""What MessagePack says in one byte."""

Reason = Literal["first", "too_old", "other_epoch", "from_the_future"]


class Reader(Protocol):
    """Whoever gets the frames of a feed."""

    def write(self, frame: bytes) -> None:
        """Sends a frame."""

    def feed_ended(self, feed: "Feed") -> None:
        """The feed is gone; nothing more comes from it."""


class Feed:
    """One audience of one topic, in one form. Its number names it to those who read it."""

    __slots__ = (
        "_linger",
        "_on_gone",
        "_recent",
        "_snapshots",
        "_source",
        "_version",
        "_view",
        "audience",
        "form",
        "movers",
        "number",
        "readers",
    )

    def __init__(
        self,
        number: int,
        source: Source,
        audience: int | None,
        form: str,
        loop: AbstractEventLoop,
        on_gone: Callable[["Feed"], None],
    ) -> None:
        """A feed that lingers, and ends when nobody joins."""
        self.number = number
        self.audience = audience
        self.form = form
        self.readers: set[Reader] = set()
        self.movers: set[tuple[Reader, int]] = set()
        """Readers that asked for the legal moves of a seat."""
        self._source = source
        self._on_gone = on_gone
        self._version = source.version
        self._view = source.look(audience, form)
        self._recent: deque[bytes] = deque(maxlen=REMEMBERED_FRAMES_MAX)
        self._snapshots: dict[Reason, bytes] = {}
        """Of this version, as they were asked for: one may be long, and many may ask for it."""
        self._linger: TimerHandle | None = loop.call_later(LINGER_SECONDS, self._end)
        source.hear(self)

    def about(self) -> dict[str, object]:
        """What is said once to each reader: the feed's number and what does not change."""
        return {"feed": self.number, **self._source.about(self.form)}

    def missed(self, since: int | Reason) -> Sequence[bytes]:
        """The frames from the version that a reader has, or a snapshot. Raises FrameTooLarge."""
        if not isinstance(since, int):
            return [self._snapshot(since)]
        behind = self._version - since
        if behind < 0:
            return [self._snapshot("from_the_future")]
        if behind > len(self._recent):
            return [self._snapshot("too_old")]
        return list(self._recent)[len(self._recent) - behind :]

    def moves(self, seat: int | None) -> Sequence[bytes]:
        """The frame of the legal moves of a seat, if it owes one. Raises FrameTooLarge."""
        if seat is None or not (moves := self._source.moves(seat)):
            return ()
        picks = self._all_picks(moves) if self.form == "scene" else None
        return (_framed(LegalMoves(self.number, self._version, seat, plain_moves(moves), picks)),)

    def join(self, reader: Reader, frames: Sequence[bytes]) -> None:
        """Adds a reader, and gives it these frames first: all that it is to have of the feed now."""
        self._stay()
        self.readers.add(reader)
        for frame in frames:
            reader.write(frame)

    def offer_moves(self, reader: Reader, seat: int, wanted: bool) -> None:
        """From the next version on gives a reader the legal moves of a seat whenever it owes one; or does not."""
        if wanted:
            self.movers.add((reader, seat))
        else:
            self.movers.discard((reader, seat))

    def leave(self, reader: Reader, loop: AbstractEventLoop) -> None:
        """Removes a reader; without any, the feed lingers and then ends."""
        self.readers.discard(reader)
        self.movers = {mover for mover in self.movers if mover[0] is not reader}
        if not self.readers and self._linger is None:
            self._linger = loop.call_later(LINGER_SECONDS, self._end)

    def told(self, events: Sequence[object]) -> None:
        """The source has changed: one frame, to all."""
        self._snapshots.clear()
        view, self._version = self._source.look(self.audience, self.form), self._source.version
        due = self._version % CHECKSUM_EVERY_VERSIONS == 0
        patch = patch_between(self._view, view)
        self._view = view
        update = _framed(Update(self.number, self._version, patch, checksum(view) if due else None))
        self._recent.append(update)
        for reader in tuple(self.readers):
            reader.write(update)
        for reader, seat in tuple(self.movers):
            for frame in self.moves(seat):
                reader.write(frame)

    def lost(self, why: Refusal) -> None:
        """The source is gone: all readers are told, and may ask again."""
        self._stay()
        ended = _framed(FeedEnded(self.number, why.code, why.sentence))
        for reader in tuple(self.readers):
            reader.write(ended)
            reader.feed_ended(self)
        self._on_gone(self)

    def _snapshot(self, reason: Reason) -> bytes:
        if reason not in self._snapshots:
            self._snapshots[reason] = _framed(Snapshot(self.number, self._version, dict(self._view), reason))
        return self._snapshots[reason]

    def _all_picks(self, moves: Moves) -> list[list[str] | None] | None:
        """The picks of each move, with None for a place that is the whole move: a board has hundreds of them."""
        picks = [self._picks(move) for move in moves]
        return picks if any(each is not None for each in picks) else None

    def _picks(self, move: str | Number | Subset) -> list[str] | None:
        if not isinstance(move, str):
            return []
        picks = list(self._source.picks(move))
        return None if picks == [move] else picks

    def _stay(self) -> None:
        if self._linger is not None:
            self._linger.cancel()
            self._linger = None

    def _end(self) -> None:
        self._linger = None  # it holds on to this feed
        self._source.ignore(self)
        self._on_gone(self)


class Feeds:
    """The feeds that someone reads, or has read a moment ago.

    A number tells apart the feeds of one connection, not of the server, so that it stays small. All readers of an
    audience share its feed; only who has another feed of that number gets one more, with another.
    """

    def __init__(self, loop: AbstractEventLoop) -> None:
        self.loop = loop
        self._feeds: dict[tuple[str, int | None, str], list[Feed]] = {}
        self._last = 0
        """The number that was given last: the next feed gets another, for who reads the one often reads the other."""

    def of(self, topic: str, source: Source, seat: int | None, form: str, own: Mapping[int, Feed]) -> Feed:
        """The feed of the audience that the seat belongs to, for a connection that has its `own` feeds, by number."""
        name = (topic, source.audience(seat), form)
        for feed in self._feeds.get(name, ()):
            if own.get(feed.number, feed) is feed:
                return feed
        feed = Feed(self._number(own), source, name[1], form, self.loop, partial(self._drop, name))
        self._feeds.setdefault(name, []).append(feed)
        return feed

    def _number(self, own: Mapping[int, Feed]) -> int:
        numbers = max(SMALL_NUMBER_MAX, 2 * len(own))  # of which it has no more than half
        self._last = self._last % numbers + 1
        while self._last in own:
            self._last = self._last % numbers + 1
        return self._last

    def _drop(self, name: tuple[str, int | None, str], feed: Feed) -> None:
        self._feeds[name].remove(feed)
        if not self._feeds[name]:
            del self._feeds[name]


def _framed(message: Message) -> bytes:
    return binary_frame(encode(message))
