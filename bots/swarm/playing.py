"""How the matches of a table are played: by a script where that can be, and else by what the server offers."""

import asyncio
import time
from collections import deque
from collections.abc import Sequence
from random import Random
from typing import Any, Protocol

from bots.bot import moves_from
from bots.swarm.link import LinkLost
from bots.swarm.script import Script
from bots.swarm.seat import Refusing, Seat, number_at, patience
from bots.swarm.tally import LARGE_BYTES, Tally
from game.rules.moves import sample
from protocol import messages
from protocol.client_session import NOT_NOW
from protocol.messages import LegalMoves, Play, Refused


class Prepared:
    """A match that can be played: the number of its feed for each seat and then each spectator."""

    def __init__(self, id: str, feeds: Sequence[int], script: Script, frames: Sequence[bytes]) -> None:
        self.id = id
        self.feeds = feeds
        self.script = script
        self.frames = frames
        """The move at each version, ready to be sent; none of what cannot be foreseen."""


class Playing(Protocol):
    """How the matches of a table are played."""

    waiting: deque[Prepared]
    """Matches to be played."""
    over: list[Prepared]
    """Matches that have been."""
    resting: bool
    """Whether nothing is on its way."""

    def start(self) -> None:
        """Goes on, or begins."""


class Watching:
    """A spectator's part."""

    def updated(self, seat: int, data: bytes, start: int, stop: int) -> None:
        """Has been counted."""

    def offered(self, seat: int, offer: LegalMoves) -> None:
        """Is not for spectators."""

    def refused(self, seat: int, refused: Refused) -> None:
        """Has asked for nothing."""


class Foreseen:
    """Matches of which every move is known and framed beforehand. A Player, a Playing and a Mover."""

    def __init__(self, tally: Tally) -> None:
        self.seats: Sequence[Seat] = ()
        self.waiting: deque[Prepared] = deque()
        self.over: list[Prepared] = []
        self.match: Prepared | None = None
        self._tally = tally
        self._version = 0
        self._flying = 0
        self._paused = True
        self._sent_at = [0.0] * 32

    @property
    def resting(self) -> bool:
        return self._paused and not self._flying

    def start(self) -> None:
        if self.match is None:
            if not self.waiting:
                self._tally.ran_dry()
                return
            self.match, self._version = self.waiting.popleft(), 0
        self._tally.ready(self)

    def move(self, since: float) -> None:
        assert self.match is not None
        self._paused = False
        seat = self.match.script[self._version].seat
        self._sent_at[seat] = since
        self._flying += 1
        self.seats[seat].link.send(self.match.frames[self._version])

    def updated(self, seat: int, data: bytes, start: int, stop: int) -> None:
        tally = self._tally
        tally.update_sizes[min(stop - start, LARGE_BYTES)] += 1
        feed, at = number_at(data, start + 2)
        match = self.match
        if match is None or feed != match.feeds[seat]:
            return  # the other seat has begun the next match already
        version, _ = number_at(data, at)
        script = match.script
        if seat == script[version - 1].seat:
            self._flying -= 1
            tally.moves += 1
            tally.latencies.append(time.perf_counter() - self._sent_at[seat])
            if version == len(script):
                self.over.append(match)
                self.match = None
                self._go_on()
                return
        if version < len(script) and seat == script[version].seat:
            self._version = version
            self._go_on()

    def offered(self, seat: int, offer: LegalMoves) -> None:
        """Is not asked for."""

    def refused(self, seat: int, refused: Refused) -> None:
        self._tally.refusals += 1
        self._flying -= 1
        if refused.code in NOT_NOW:
            asyncio.get_running_loop().call_later(patience(refused), self.move, self._sent_at[seat])
            return
        if self.match is not None:
            self.over.append(self.match)
            self.match = None
        self._go_on()

    def _go_on(self) -> None:
        self._paused = True
        if self._tally.playing:
            self.start()


class Offered:
    """Matches whose moves are chosen by chance among those that the server offers. A Player, a Playing and a Mover.

    Its latencies are those of the answers, which come just before the updates.
    """

    def __init__(self, tally: Tally, random: Random) -> None:
        self.seats: Sequence[Seat] = ()
        self.waiting: deque[Prepared] = deque()
        self.over: list[Prepared] = []
        self.match: Prepared | None = None
        self._tally = tally
        self._random = random
        self._early: dict[tuple[int, int], LegalMoves] = {}
        """By feed and seat: what is offered of matches that are still to be played."""
        self._offers: dict[int, LegalMoves] = {}
        """By seat: the latest offer."""
        self._moving: dict[int, asyncio.Task[None]] = {}
        """By seat: its move is on its way."""

    @property
    def resting(self) -> bool:
        return not self._moving

    def start(self) -> None:
        if self.match is None:
            if not self.waiting:
                self._tally.ran_dry()
                return
            self.match = self.waiting.popleft()
            for seat in range(len(self.seats)):
                if (offer := self._early.pop((self.match.feeds[seat], seat), None)) is not None:
                    self._offers[seat] = offer
        for _ in range(len(self._offers)):
            self._tally.ready(self)

    def move(self, since: float) -> None:
        """Any one of the moves that are owed."""
        seat = next((seat for seat in self._offers if seat not in self._moving), None)
        if seat is not None and self.match is not None and self._tally.playing:
            self._moving[seat] = asyncio.create_task(self._move(self.match, seat, self._offers.pop(seat), since))

    def updated(self, seat: int, data: bytes, start: int, stop: int) -> None:
        self._tally.update_sizes[min(stop - start, LARGE_BYTES)] += 1
        update = messages.decode_server(data[start:stop])
        assert isinstance(update, messages.Update)
        if self.match is None or update.feed != self.match.feeds[seat]:
            return
        if _ends(update.patch):
            self.over.append(self.match)
            self.match = None
            self._offers.clear()
            self._go_on()

    def offered(self, seat: int, offer: LegalMoves) -> None:
        if self.match is None or offer.feed != self.match.feeds[seat]:
            self._early[offer.feed, seat] = offer
            return
        self._offers[seat] = offer
        if seat not in self._moving and self._tally.playing:
            self._tally.ready(self)

    def refused(self, seat: int, refused: Refused) -> None:
        """Nothing is asked whose answer is not waited for."""

    async def _move(self, match: Prepared, number: int, offer: LegalMoves, since: float) -> None:
        move = sample(moves_from(offer.moves), self._random.randrange)
        version = offer.version
        try:
            version = await self.seats[number].ask(Play, match.id, number, move, offer.version)
            self._tally.moves += 1
            self._tally.latencies.append(time.perf_counter() - since)
        except Refusing:
            self._tally.refusals += 1
        except (LinkLost, TimeoutError):
            self._tally.errors += 1
        del self._moving[number]
        if self.match is match and number in self._offers:
            if self._offers[number].version < version:
                del self._offers[number]  # it came before the move was made
            elif self._tally.playing:
                self._tally.ready(self)
        else:
            self._go_on()

    def _go_on(self) -> None:
        if self.match is None and not self._moving and self._tally.playing:
            self.start()


def _ends(patch: Sequence[Any]) -> bool:
    """Whether the view's `over`, the second of its keys, is no longer nil."""
    return any(key == 1 and isinstance(change, dict) for key, change in zip(patch[::2], patch[1::2]))
