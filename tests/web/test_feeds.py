"""Feeds: the ring of frames at its border, who shares what, and when a feed ends."""

import weakref
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.engine.source import Listener
from game.matches.refusals import Refusal
from game.rules.moves import Moves, Number, Subset, plain_moves
from protocol.errors import FrameTooLarge
from protocol.limits import CHECKSUM_EVERY_VERSIONS, FRAME_BYTES_MAX, REMEMBERED_FRAMES_MAX
from protocol.messages import FeedEnded, LegalMoves, ServerMessage, Snapshot, Update, decode_server
from protocol.patches import checksum, patched
from tests.web.timers import Timers
from web.edge.feeds import LINGER_SECONDS, SMALL_NUMBER_MAX, Feed, Feeds
from web.edge.frames import payload


class Counting:
    """A source that counts, and hides its number from every seat but 0."""

    def __init__(self) -> None:
        self.version = 0
        self.listeners: set[Listener] = set()
        self.owing: dict[int, Moves] = {}
        self.padding = ""

    def audience(self, seat: int | None) -> int | None:
        return 0 if seat == 0 else None

    def about(self, form: str) -> Mapping[str, object]:
        return {"form": form}

    def look(self, audience: int | None, form: str) -> dict[str, object]:
        return {"count": self.version if audience == 0 else None, "padding": self.padding}

    def moves(self, seat: int) -> Moves:
        return self.owing.get(seat, ())

    def picks(self, move: str) -> Sequence[str]:
        return list(move)

    def hear(self, listener: Listener) -> None:
        self.listeners.add(listener)

    def ignore(self, listener: Listener) -> None:
        self.listeners.discard(listener)

    def change(self, times: int = 1) -> None:
        """So many versions further."""
        for _ in range(times):
            self.version += 1
            for listener in tuple(self.listeners):
                listener.told(())

    def end(self) -> None:
        """It is lost."""
        for listener in tuple(self.listeners):
            listener.lost(Refusal("unavailable", "It is gone."))


class Recorder:
    """A reader that keeps what it gets."""

    def __init__(self) -> None:
        self.frames: list[bytes] = []
        self.ended: list[Feed] = []

    def write(self, frame: bytes) -> None:
        self.frames.append(frame)

    def feed_ended(self, feed: Feed) -> None:
        self.ended.append(feed)

    @property
    def heard(self) -> list[ServerMessage]:
        """As messages."""
        return messages(self.frames)


def messages(frames: Sequence[bytes]) -> list[ServerMessage]:
    """What the frames hold."""
    return [decode_server(payload(frame)) for frame in frames]


@pytest.fixture
def timers() -> Timers:
    """The time of these tests."""
    return Timers()


@pytest.fixture
def source() -> Counting:
    """What is watched."""
    return Counting()


@pytest.fixture
def feeds(timers: Timers) -> Feeds:
    """None yet."""
    return Feeds(timers.loop)


def joined(feed: Feed, seat: int | None = None) -> Recorder:
    """A new reader, who has got the first snapshot, and the moves of a seat if it owes one."""
    reader = Recorder()
    feed.join(reader, [*feed.missed("first"), *feed.moves(seat)])
    return reader


def test_the_ring_holds_its_number_and_not_one_more(feeds: Feeds, source: Counting) -> None:
    feed = feeds.of("match/m", source, 0, "view", {})
    steady = joined(feed)
    source.change(REMEMBERED_FRAMES_MAX + 1)
    updates = steady.frames[1:]
    assert feed.missed(1) == updates[1:]
    assert len(feed.missed(1)) == REMEMBERED_FRAMES_MAX
    [too_old] = messages(feed.missed(0))
    assert isinstance(too_old, Snapshot)
    assert (too_old.reason, too_old.version) == ("too_old", REMEMBERED_FRAMES_MAX + 1)
    assert feed.missed(REMEMBERED_FRAMES_MAX + 1) == []
    [from_the_future] = messages(feed.missed(REMEMBERED_FRAMES_MAX + 2))
    assert isinstance(from_the_future, Snapshot)
    assert from_the_future.reason == "from_the_future"


def test_a_snapshot_is_built_once_for_a_version(feeds: Feeds, source: Counting) -> None:
    """However many ask for it: of a long list, it costs no more than the writing."""
    feed = feeds.of("list", source, None, "view", {})
    [first], [again] = feed.missed("first"), feed.missed("first")
    assert first is again
    [other] = messages(feed.missed("other_epoch"))
    assert isinstance(other, Snapshot)
    assert other.reason == "other_epoch"
    source.change()
    [changed] = messages(feed.missed("first"))
    assert isinstance(changed, Snapshot)
    assert changed.version == 1


def test_a_feed_that_begins_late_knows_nothing_of_before(feeds: Feeds, source: Counting) -> None:
    """What was before it was heard by nobody: whoever says to have it gets a snapshot, unless nothing is missing."""
    source.change(5)
    feed = feeds.of("match/m", source, 0, "view", {})
    assert feed.missed(5) == []
    [snapshot] = messages(feed.missed(4))
    assert isinstance(snapshot, Snapshot)
    assert (snapshot.reason, snapshot.version, snapshot.view["count"]) == ("too_old", 5, 5)


def test_updates_follow_each_other_and_now_and_then_prove_themselves(feeds: Feeds, source: Counting) -> None:
    steady = joined(feeds.of("match/m", source, 0, "view", {}))
    source.change(2 * CHECKSUM_EVERY_VERSIONS)
    first, *updates = steady.heard
    assert isinstance(first, Snapshot)
    view = first.view
    for version, update in enumerate(updates, 1):
        assert isinstance(update, Update)
        view = patched(view, update.patch)
        assert (update.version, view["count"]) == (version, version)
        assert update.checksum == (None if version % CHECKSUM_EVERY_VERSIONS else checksum(view))


def test_an_audience_shares_a_feed_and_its_frames(feeds: Feeds, source: Counting) -> None:
    """Seats 1 and 2 know what spectators know; seat 0 knows more; another form is another feed."""
    own, others = feeds.of("match/m", source, 0, "view", {}), feeds.of("match/m", source, None, "view", {})
    assert feeds.of("match/m", source, 1, "view", {}) is feeds.of("match/m", source, 2, "view", {}) is others
    assert len({own.number, others.number, feeds.of("match/m", source, None, "scene", {}).number}) == 3
    first, second, insider = joined(others), joined(others), joined(own)
    source.change()
    assert first.frames[-1] is second.frames[-1]
    assert first.frames[-1] != insider.frames[-1]


def test_every_audience_hears_of_every_version_even_when_nothing_has_changed_for_it(
    feeds: Feeds, source: Counting
) -> None:
    spectator = joined(feeds.of("match/m", source, None, "view", {}))
    source.change(3)
    updates = [message for message in spectator.heard if isinstance(message, Update)]
    assert [update.version for update in updates] == [1, 2, 3]
    assert updates[0].patch == updates[2].patch


def test_moves_go_to_who_asked_while_the_seat_owes_one(feeds: Feeds, source: Counting) -> None:
    """At once, with each version, and after its update; not to others, and not any more once declined or gone."""
    feed = feeds.of("match/m", source, 1, "view", {})
    source.owing = {1: ["a1"]}
    asking, other = joined(feed, 1), joined(feed)
    feed.offer_moves(asking, 1, True)
    source.change()
    source.owing = {}
    source.change()
    assert [type(message) for message in asking.heard] == [Snapshot, LegalMoves, Update, LegalMoves, Update]
    assert [type(message) for message in other.heard] == [Snapshot, Update, Update]
    source.owing = {1: ["a1"]}
    feed.offer_moves(asking, 1, False)
    source.change()
    assert isinstance(asking.heard[-1], Update)
    feed.offer_moves(asking, 1, True)
    heard = len(asking.frames)
    feed.leave(asking, Timers().loop)
    source.change()
    assert len(asking.frames) == heard


def test_picks_come_with_the_moves_of_a_scene(feeds: Feeds, source: Counting) -> None:
    source.owing = {0: ["ab", Number("bid", 1, 9)]}
    assert offered(feeds, source, "scene").picks == [["a", "b"], []]
    assert offered(feeds, source, "view").picks is None


def test_a_move_that_is_its_own_pick_goes_without_saying(feeds: Feeds, source: Counting) -> None:
    source.owing = {0: ["a", "bc", "d"]}
    assert offered(feeds, source, "scene").picks == [None, ["b", "c"], None]
    source.owing = {0: ["a", "d"]}
    assert offered(feeds, source, "scene").picks is None


def offered(feeds: Feeds, source: Counting, form: str) -> LegalMoves:
    """The moves as seat 0 hears them in this form."""
    offer = joined(feeds.of("match/m", source, 0, form, {}), 0).heard[-1]
    assert isinstance(offer, LegalMoves)
    return offer


def test_open_moves_are_plain_on_the_wire() -> None:
    moves: Moves = ["a1", Number("bid", 1, 9, 2), Subset("pass", ("x", "y", "z"), 1, 2)]
    assert plain_moves(moves) == ["a1", ["number", "bid", 1, 9, 2], ["subset", "pass", ["x", "y", "z"], 1, 2]]
    presets = (("Pot", 3), ("All in", 9))
    assert plain_moves([Number("bid", 1, 9, 2, presets)]) == [["number", "bid", 1, 9, 2, [["Pot", 3], ["All in", 9]]]]


def test_a_feed_without_readers_lingers_for_those_who_come_back(feeds: Feeds, source: Counting, timers: Timers) -> None:
    """It goes on hearing; after its time it ends, and the next one begins without a memory."""
    feed = feeds.of("match/m", source, 0, "view", {})
    reader = joined(feed)
    feed.leave(reader, timers.loop)
    source.change(2)
    timers.pass_seconds(LINGER_SECONDS - 1)
    assert feeds.of("match/m", source, 0, "view", {}) is feed
    assert len(feed.missed(0)) == 2
    timers.pass_seconds(1)
    assert source.listeners == set()
    later = feeds.of("match/m", source, 0, "view", {})
    assert later is not feed
    [snapshot] = messages(later.missed(0))
    assert isinstance(snapshot, Snapshot)


def test_who_comes_back_in_time_keeps_the_feed(feeds: Feeds, source: Counting, timers: Timers) -> None:
    feed = feeds.of("match/m", source, 0, "view", {})
    first, second = joined(feed), joined(feed)
    feed.leave(first, timers.loop)
    assert timers.pending == 0, "somebody is left"
    feed.leave(second, timers.loop)
    timers.pass_seconds(LINGER_SECONDS - 1)
    back = joined(feed)
    timers.pass_seconds(2 * LINGER_SECONDS)
    source.change()
    assert isinstance(back.heard[-1], Update)


def test_numbers_stay_small_however_many_feeds_there_are(feeds: Feeds, source: Counting) -> None:
    """A number takes one byte as long as a connection has not many feeds of its own."""
    for number in range(1000):
        assert feeds.of(f"match/{number}", source, None, "view", {}).number <= SMALL_NUMBER_MAX


@given(wanted=st.lists(st.tuples(st.integers(0, 4), st.integers(0, 200)), max_size=400))
def test_no_connection_has_two_feeds_of_one_number(wanted: list[tuple[int, int]]) -> None:
    """Whoever watches what, in whatever order; and who watches the same again gets the same feed."""
    feeds, source = Feeds(Timers().loop), Counting()
    connections: dict[int, dict[int, Feed]] = {}
    watched: dict[tuple[int, int], Feed] = {}
    for connection, topic in wanted:
        own = connections.setdefault(connection, {})
        feed = feeds.of(f"match/{topic}", source, None, "view", own)
        assert own.setdefault(feed.number, feed) is feed
        assert watched.setdefault((connection, topic), feed) is feed


def test_who_has_another_feed_of_that_number_gets_one_more(feeds: Feeds, source: Counting, timers: Timers) -> None:
    """It tells the same, and is gone when nobody needs it; all others share the first."""
    feed, other = feeds.of("match/m", source, None, "view", {}), feeds.of("match/n", source, None, "view", {})
    more = feeds.of("match/m", source, None, "view", {feed.number: other})
    assert more.number != feed.number
    assert feeds.of("match/m", source, None, "view", {}) is feed
    assert feeds.of("match/m", source, None, "view", {more.number: more, feed.number: other}) is more
    first, second = joined(feed), joined(more)
    source.change()
    for reader, number in ((first, feed.number), (second, more.number)):
        assert isinstance(update := reader.heard[-1], Update)
        assert (update.feed, update.version) == (number, 1)
    assert first.heard[-1][1:] == second.heard[-1][1:]
    more.leave(second, timers.loop)
    timers.pass_seconds(LINGER_SECONDS)
    assert feeds.of("match/m", source, None, "view", {feed.number: other}) is not more
    assert feeds.of("match/m", source, None, "view", {}) is feed


def test_when_its_source_is_lost_all_readers_are_told_and_the_feed_is_gone(
    feeds: Feeds, source: Counting, timers: Timers
) -> None:
    """Also when only a lingering one is left: then nobody is told, and no timer stays behind."""
    feed, lingering = feeds.of("match/m", source, 0, "view", {}), feeds.of("match/m", source, None, "view", {})
    readers = [joined(feed), joined(feed)]
    lingering.leave(joined(lingering), timers.loop)
    source.end()
    for reader in readers:
        assert reader.heard[-1] == FeedEnded(feed.number, "unavailable", "It is gone.")
        assert reader.ended == [feed]
    assert timers.pending == 0
    assert feeds.of("match/m", source, 0, "view", {}) is not feed


def test_a_view_that_no_peer_would_take_is_not_sent(feeds: Feeds, source: Counting, timers: Timers) -> None:
    """And who could not be shown it leaves nothing behind."""
    source.padding = "x" * FRAME_BYTES_MAX
    feed = feeds.of("match/m", source, 0, "view", {})
    with pytest.raises(FrameTooLarge):
        feed.missed("first")
    feed.leave(Recorder(), timers.loop)
    timers.pass_seconds(LINGER_SECONDS)
    assert source.listeners == set()


def test_a_feed_that_nobody_joins_ends_like_one_that_all_have_left(feeds: Feeds, timers: Timers) -> None:
    """Whatever kept the reader away: what is too large, or rules that raise. Nothing holds on to it then."""
    source = Counting()
    feeds.of("match/m", source, 0, "view", {})
    timers.pass_seconds(LINGER_SECONDS)
    assert source.listeners == set()
    gone = weakref.ref(source)
    del source
    assert gone() is None, "without the collector"


def test_a_view_that_cannot_be_had_leaves_no_feed(feeds: Feeds, source: Counting) -> None:
    """The next who asks makes it anew."""
    with pytest.raises(ZeroDivisionError):
        feeds.of("match/m", Raising(), None, "view", {})
    assert isinstance(joined(feeds.of("match/m", source, None, "view", {})).heard[-1], Snapshot)


class Raising(Counting):
    """A source whose rules raise when they are asked for a view."""

    def look(self, audience: int | None, form: str) -> dict[str, object]:
        raise ZeroDivisionError
