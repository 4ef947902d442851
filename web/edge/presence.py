"""Who is there in a match: each seat connected, away or gone, and how many watch. Told live, kept nowhere."""

from asyncio import AbstractEventLoop, TimerHandle
from collections import Counter
from collections.abc import Callable
from weakref import WeakValueDictionary

from game.engine.bulletin import Bulletin

AWAY_SECONDS = 30.0
"""How long a seat that lost its last connection is away before it counts as gone."""


class Room(Bulletin):
    """The presence in one match: a live list with an entry per seat, and one for the spectators.

    Nobody is known to be gone before having been away: after a restart all are on their way back.
    """

    def __init__(self, loop: AbstractEventLoop, seats: int, now_ms: Callable[[], int]) -> None:
        super().__init__(loop)
        # Above all that an earlier room of this match, forgotten since, has told.
        self.version = now_ms()
        self._now_ms = now_ms
        self._here: Counter[int | None] = Counter()
        self._aside: Counter[int | None] = Counter()
        self._timers: dict[int, TimerHandle] = {}
        self._count_spectators()
        for seat in range(seats):
            self._away(seat)

    def enter(self, seat: int | None) -> None:
        """A connection of that seat, or a spectator's, is here."""
        self._here[seat] += 1
        if seat is None:
            self._count_spectators()
        elif self._here[seat] == 1:
            if (timer := self._timers.pop(seat, None)) is not None:
                timer.cancel()
            self._show(seat, "connected")

    def leave(self, seat: int | None) -> None:
        """A connection that had entered is gone."""
        self._here[seat] -= 1
        if seat is None:
            self._count_spectators()
        elif not self._here[seat]:
            self._away(seat)

    def step_aside(self, seat: int | None) -> None:
        """A connection that had entered looks elsewhere: the seat is away, and not gone while the connection stays."""
        self._aside[seat] += 1
        self.leave(seat)

    def step_back(self, seat: int | None) -> None:
        """A connection that had stepped aside is here again."""
        self._aside[seat] -= 1
        self.enter(seat)

    def leave_from_aside(self, seat: int | None) -> None:
        """A connection that had stepped aside is gone."""
        self._aside[seat] -= 1
        if seat is not None and not self._here[seat]:
            self._wait(seat)

    def _away(self, seat: int) -> None:
        self._show(seat, "away")
        self._wait(seat)

    def _wait(self, seat: int) -> None:
        """Until it is gone, unless somebody of the seat still stands aside."""
        if not self._aside[seat]:
            self._timers[seat] = self._loop.call_later(AWAY_SECONDS, self._gone, seat)

    def _gone(self, seat: int) -> None:
        del self._timers[seat]
        self._show(seat, "gone")

    def _show(self, seat: int, state: str) -> None:
        self.put(str(seat), {"state": state, "since_ms": self._now_ms()})

    def _count_spectators(self) -> None:
        self.put("spectators", {"count": self._here[None]})


class Visit:
    """A connection in a room, for a seat or as a spectator: here from now on, or aside, until it ends."""

    __slots__ = ("_aside", "_room", "_seat")

    def __init__(self, room: Room, seat: int | None) -> None:
        self._room = room
        self._seat = seat
        self._aside = False
        room.enter(seat)

    def look(self, aside: bool) -> None:
        """Whether it looks elsewhere."""
        if aside != self._aside:
            self._aside = aside
            (self._room.step_aside if aside else self._room.step_back)(self._seat)

    def end(self) -> None:
        """It is gone."""
        (self._room.leave_from_aside if self._aside else self._room.leave)(self._seat)


class Presence:
    """The rooms that someone is in, or looks into; others are forgotten by themselves."""

    def __init__(self, loop: AbstractEventLoop, now_ms: Callable[[], int]) -> None:
        self._loop = loop
        self._now_ms = now_ms
        self._rooms: WeakValueDictionary[str, Room] = WeakValueDictionary()

    def room(self, match: str, seats: int) -> Room:
        """The room of a match with so many seats."""
        room = self._rooms.get(match)
        if room is None:
            room = self._rooms[match] = Room(self._loop, seats, self._now_ms)
        return room
