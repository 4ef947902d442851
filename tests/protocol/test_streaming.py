"""Frames over HTTP: what goes down comes out as it went in, however it is cut up, and so does what goes up."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol.errors import BadFrame, FrameTooLarge
from protocol.limits import FRAME_BYTES_MAX, STREAM_BODY_BYTES_MAX
from protocol.streaming import (
    BEAT,
    EVENT_BYTES_MAX,
    Beat,
    Carried,
    Closed,
    EventReader,
    Opened,
    StreamEvent,
    bodies,
    carried,
    closed,
    frames_in,
    opened,
)

FRAMES = st.lists(st.binary(max_size=200), max_size=20)


@given(frames=FRAMES, cuts=st.lists(st.integers(min_value=0, max_value=10_000)))
def test_events_are_read_however_they_are_cut_up(frames: list[bytes], cuts: list[int]) -> None:
    said = opened("name") + b"".join(carried(frame) + BEAT for frame in frames) + closed(3000, "the end")
    ends = sorted({0, len(said), *(cut for cut in cuts if cut < len(said))})
    reader = EventReader()
    heard = [event for here, there in pairwise(ends) for event in reader.feed(said[here:there])]
    between: list[StreamEvent] = [event for frame in frames for event in (Carried(frame), Beat())]
    assert heard == [Opened("name"), *between, Closed(3000, "the end")]


def test_a_largest_frame_fits_into_an_event() -> None:
    frame = bytes(FRAME_BYTES_MAX)
    assert EventReader().feed(carried(frame)) == [Carried(frame)]


def test_an_event_without_an_end_is_not_gathered_for_ever() -> None:
    reader = EventReader()
    assert reader.feed(bytes(EVENT_BYTES_MAX)) == []
    with pytest.raises(FrameTooLarge):
        reader.feed(b"x")


def test_a_reason_cannot_make_another_event() -> None:
    assert EventReader().feed(closed(3500, "one\n\ndata: two\r\n")) == [Closed(3500, "one data: two")]


def test_what_is_not_known_is_passed_over() -> None:
    assert EventReader().feed(b"event: news\ndata: x\n\nid: 7\nretry: 5\ndata: AAE=\n\n") == [Carried(b"\x00\x01")]


@pytest.mark.parametrize("said", [b"data: AA\n\n", b"data: ?\n\n", b"event: close\ndata: x y\n\n", b"event: close\n\n"])
def test_what_cannot_be_read_is_a_bad_frame(said: bytes) -> None:
    with pytest.raises(BadFrame):
        EventReader().feed(said)


@given(FRAMES)
def test_frames_come_out_of_a_body_as_they_went_in(frames: list[bytes]) -> None:
    assert [frame for body in bodies(frames) for frame in frames_in(body)] == frames


def test_no_frames_are_one_empty_body() -> None:
    assert list(bodies([])) == [b""]
    assert frames_in(b"") == []


@given(st.lists(st.integers(min_value=0, max_value=FRAME_BYTES_MAX), max_size=8))
def test_bodies_are_few_and_none_is_too_large(sizes: list[int]) -> None:
    """A body ends only where the next frame would not have fitted."""
    made = list(bodies([bytes(size) for size in sizes]))
    assert max(len(body) for body in made) <= STREAM_BODY_BYTES_MAX
    for body, following in pairwise(made):
        assert len(body) + 4 + len(frames_in(following)[0]) > STREAM_BODY_BYTES_MAX


@given(st.lists(st.binary(min_size=1, max_size=20), min_size=1, max_size=5), st.data())
def test_a_body_that_is_cut_short_is_refused(frames: list[bytes], data: st.DataObject) -> None:
    """Wherever it is cut, but between two frames."""
    (body,) = bodies(frames)
    whole = {0}
    for frame in frames:
        whole.add(max(whole) + 4 + len(frame))
    cut = data.draw(st.integers(min_value=0, max_value=len(body)).filter(lambda at: at not in whole))
    with pytest.raises(BadFrame):
        frames_in(body[:cut])
