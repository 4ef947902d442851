"""The players of one table and its spectators, who play one match after another."""

import asyncio
from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from bots.swarm.playing import Foreseen, Offered, Prepared, Watching
from bots.swarm.script import Script
from bots.swarm.seat import Seat
from bots.swarm.tally import Tally
from protocol import messages
from protocol.messages import CreateLobby, Play, Resign, TakeSeat, Unwatch, Watch

MATCHES_AT_ONCE = 4
"""Of one table, while they are set up."""


class Table:
    """Some players at one table."""

    def __init__(
        self,
        url: str,
        name: str,
        game: str,
        options: Mapping[str, Any],
        seats: int,
        spectators: int,
        scripts: Sequence[Script],
        tally: Tally,
        random: Random,
    ) -> None:
        self.lost: str | None = None
        """Why it plays no more."""
        self._name = name
        self._game = game
        self._options = options
        self._scripts = scripts
        self._tally = tally
        self._random = random
        playing: Foreseen | Offered = Foreseen(tally) if scripts else Offered(tally, random)
        watching = Watching()
        self._players = [Seat(url, seat, playing, tally, self._lost) for seat in range(seats)]
        self._spectators = [Seat(url, seats + number, watching, tally, self._lost) for number in range(spectators)]
        playing.seats = self._players
        self._playing = playing

    @property
    def connections(self) -> int:
        """How many it has."""
        return len(self._players) + len(self._spectators)

    @property
    def resting(self) -> bool:
        """Whether nothing is on its way."""
        return self._playing.resting or self.lost is not None

    @property
    def snapshot_bytes(self) -> int:
        """The size of a snapshot."""
        return self._players[0].snapshot_bytes

    async def connect(self) -> None:
        """Everybody says hello. Raises LinkLost."""
        for seat in (*self._players, *self._spectators):
            await seat.connect(f"{self._name}{seat.number:x}")

    async def prepare(self, count: int) -> int:
        """Sees to it that so many matches wait to be played; how many were made. Raises Refusing or LinkLost."""
        over, self._playing.over = self._playing.over, []
        for match in over:
            for seat, feed in zip((*self._players, *self._spectators), match.feeds):
                await seat.ask(Unwatch, feed)
        missing = count - len(self._playing.waiting)
        for start in range(0, missing, MATCHES_AT_ONCE):
            made = [self._prepared() for _ in range(min(MATCHES_AT_ONCE, missing - start))]
            self._playing.waiting += await asyncio.gather(*made)
        return max(missing, 0)

    def start(self) -> None:
        """Goes on playing."""
        if self.lost is None:
            self._playing.start()

    async def leave(self) -> None:
        """Gives up what is not played to its end, and goes."""
        left = [*self._playing.waiting, *([self._playing.match] if self._playing.match else [])]
        if self.lost is None:
            for match in left:
                await self._players[0].ask(Resign, match.id, 0)
        for seat in (*self._players, *self._spectators):
            if hasattr(seat, "link"):
                seat.close()

    async def _prepared(self) -> Prepared:
        players = self._players
        id: str = await players[0].ask(CreateLobby, self._game, self._options, len(players), False)
        for player in players:
            await player.ask(TakeSeat, id, player.number)
        foreseen = bool(self._scripts)
        watches = [seat.ask(Watch, f"match/{id}", seat.number, None, not foreseen or None) for seat in players]
        watches += [seat.ask(Watch, f"match/{id}") for seat in self._spectators]
        feeds = [about["feed"] for about in await asyncio.gather(*watches)]
        script: Script = self._random.choice(self._scripts) if foreseen else ()
        frames = [self._frame(id, step.seat, step.move, version) for version, step in enumerate(script)]
        return Prepared(id, feeds, script, frames)

    def _frame(self, id: str, number: int, move: str, version: int) -> bytes:
        seat = self._players[number]
        return seat.link.masked(messages.encode(Play(seat.new_id(), id, number, move, version)))

    def _lost(self, why: str) -> None:
        if self.lost is None:
            self.lost = why
            self._tally.errors += 1
