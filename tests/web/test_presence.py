"""Presence: connected, away, gone; over how many connections and how much time."""

import pytest

from tests.web.timers import Timers
from web.edge.presence import AWAY_SECONDS, Presence, Room, Visit


@pytest.fixture
def timers() -> Timers:
    """The time of these tests."""
    return Timers()


@pytest.fixture
def room(timers: Timers) -> Room:
    """That of a match of two, just made."""
    return Room(timers.loop, 2, lambda: int(timers.now * 1000))


def states(room: Room, timers: Timers) -> list[object]:
    """Each seat's, and the number of spectators, as shown after this turn."""
    timers.pass_seconds(0)
    shown = room.look(None, "view")
    seats = [shown[str(seat)] for seat in range(2)]
    return [seat["state"] for seat in seats if isinstance(seat, dict)] + [shown["spectators"]]


def test_a_seat_is_away_before_it_is_gone(room: Room, timers: Timers) -> None:
    """Also one that has never been there, for the server may have started a moment ago."""
    room.enter(0)
    assert states(room, timers) == ["connected", "away", {"count": 0}]
    timers.pass_seconds(AWAY_SECONDS)
    assert states(room, timers) == ["connected", "gone", {"count": 0}]
    room.leave(0)
    assert states(room, timers) == ["away", "gone", {"count": 0}]
    timers.pass_seconds(AWAY_SECONDS - 1)
    assert states(room, timers)[0] == "away"
    timers.pass_seconds(1)
    assert states(room, timers)[0] == "gone"
    room.enter(0)
    assert states(room, timers)[0] == "connected"


def test_who_comes_back_in_time_is_not_called_gone(room: Room, timers: Timers) -> None:
    for seat in (0, 1):
        room.enter(seat)
    room.leave(0)
    timers.pass_seconds(AWAY_SECONDS - 1)
    room.enter(0)
    timers.pass_seconds(2 * AWAY_SECONDS)
    assert states(room, timers) == ["connected", "connected", {"count": 0}]
    assert timers.pending == 0


def test_a_seat_is_there_as_long_as_one_of_its_connections_is(room: Room, timers: Timers) -> None:
    room.enter(0)
    room.enter(0)
    room.leave(0)
    assert states(room, timers)[0] == "connected"
    room.leave(0)
    assert states(room, timers)[0] == "away"


def test_who_steps_aside_is_away_and_not_gone_while_connected(room: Room, timers: Timers) -> None:
    one = Visit(room, 0)
    one.look(aside=True)
    one.look(aside=True)
    timers.pass_seconds(2 * AWAY_SECONDS)
    assert states(room, timers)[0] == "away"
    one.look(aside=False)
    assert states(room, timers)[0] == "connected"
    one.look(aside=True)
    one.end()
    timers.pass_seconds(AWAY_SECONDS - 1)
    assert states(room, timers)[0] == "away"
    timers.pass_seconds(1)
    assert states(room, timers)[0] == "gone"


def test_who_stands_aside_changes_nothing_for_another_connection(room: Room, timers: Timers) -> None:
    aside, here = Visit(room, 0), Visit(room, 0)
    aside.look(aside=True)
    assert states(room, timers)[0] == "connected"
    aside.end()
    timers.pass_seconds(AWAY_SECONDS)
    assert states(room, timers)[0] == "connected"
    here.end()
    assert states(room, timers)[0] == "away"
    timers.pass_seconds(AWAY_SECONDS)
    assert states(room, timers)[0] == "gone"
    assert timers.pending == 0


def test_a_spectator_who_steps_aside_does_not_count(room: Room, timers: Timers) -> None:
    visit = Visit(room, None)
    visit.look(aside=True)
    assert states(room, timers)[2] == {"count": 0}
    visit.look(aside=False)
    assert states(room, timers)[2] == {"count": 1}
    visit.look(aside=True)
    visit.end()
    assert states(room, timers)[2] == {"count": 0}


def test_since_when_is_not_moved_by_a_second_connection(room: Room, timers: Timers) -> None:
    """Neither by one that comes nor by one that goes while another stays."""
    timers.pass_seconds(5)
    room.enter(0)
    timers.pass_seconds(5)
    room.enter(0)
    room.leave(0)
    timers.pass_seconds(0)
    assert room.look(None, "view")["0"] == {"state": "connected", "since_ms": 5000}
    room.leave(0)
    timers.pass_seconds(0)
    assert room.look(None, "view")["0"] == {"state": "away", "since_ms": 10000}


def test_spectators_are_counted(room: Room, timers: Timers) -> None:
    for _ in range(3):
        room.enter(None)
    room.leave(None)
    assert states(room, timers)[2] == {"count": 2}


def test_many_changes_of_one_turn_are_one_version(room: Room, timers: Timers) -> None:
    timers.pass_seconds(0)
    before = room.version
    for _ in range(100):
        room.enter(None)
        room.enter(0)
    timers.pass_seconds(0)
    assert room.version == before + 1


def test_a_room_is_one_for_all_and_forgotten_with_the_last(timers: Timers) -> None:
    presence = Presence(timers.loop, lambda: 0)
    room = presence.room("m", 2)
    assert presence.room("m", 2) is room
    assert presence.room("other", 2) is not room
    room.enter(None)
    timers.pass_seconds(AWAY_SECONDS)
    del room
    assert presence.room("m", 2).look(None, "view") == {}, "a new one, in which nobody has been counted yet"
