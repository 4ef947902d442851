"""Matches played against a server that is brought down again and again, and whether it kept its promises.

While it falls and rises there are always more matches. The laws: every acknowledged move stands in the record of
its match, where it was said to be and once; the seed stays the one that was committed to; and every match is
played to its end, with all who saw it agreeing. The first fault ends the drill; then everything that was promised is
held against what a server that was killed and started once more still has.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from itertools import count
from math import inf
from random import Random
from statistics import median

from bots.api import Api
from bots.errors import ClientError, RequestRefused
from bots.ledger import Kept, Ledger, Witness
from bots.plan import Planned, plan
from bots.play import Hall
from bots.record import NotARecord
from bots.server import ServerProcess, ServerTrouble
from game.rules.catalog import Catalog

FALL_SECONDS_MIN = 0.003
FALL_SECONDS_MAX = 1.2
"""How long after the first move a server is brought down: the shorter, the likelier."""
STANDSTILL_SECONDS_MAX = 45.0
"""Without any move for so long, the matches will not end any more."""
QUICK_GAMES = ("tic_tac_toe", "connect_four", "rock_paper_scissors", "liars_dice", "open_spiel/goofspiel")
"""Soon over, so that many matches begin and end between one fall and the next; with moves in turn and at once, with
hidden things, with dice, for two and for more.
"""
PLAYERS = 8
ONLOOKERS = 2
CHECKS_AT_ONCE = 8

Fall = Callable[[], Awaitable[None]]
"""Waits for its moment and brings the server down; returns when its process is gone."""


class Wrong(Exception):
    """A promise was not kept; the text says which."""


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What came of a drill.

    `downs` are the seconds from each signal to the end of the process, `rises` those from each restart to the first
    acknowledged move; `rest_seconds` is how long it took from the last restart until every match was over.
    """

    matches: int
    moves: int
    restarts: int
    downs: Sequence[float]
    rises: Sequence[float]
    rest_seconds: float
    lost: Sequence[Kept]
    doubled: Sequence[Kept]
    faults: Sequence[str]

    @property
    def well(self) -> bool:
        """Whether every promise was kept."""
        return not (self.lost or self.doubled or self.faults)

    def figures(self) -> Iterator[tuple[str, str]]:
        """What there is to tell, by name."""
        yield "matches played to their end", str(self.matches)
        yield "moves acknowledged", str(self.moves)
        yield "lost", str(len(self.lost))
        yield "doubled", str(len(self.doubled))
        yield "restarts", str(self.restarts)
        for name, seconds in (("the signal to the end", self.downs), ("a restart to the first move", self.rises)):
            if seconds:
                yield f"from {name}", f"median {median(seconds):.2f} s, max {max(seconds):.2f} s"
        yield "from the last restart until all were over", f"{self.rest_seconds:.2f} s"

    def complaints(self) -> Iterator[str]:
        """All that is wrong, in sentences."""
        yield from (f"lost: {kept}" for kept in self.lost)
        yield from (f"doubled: {kept}" for kept in self.doubled)
        yield from self.faults


class Drill:
    """One drill. `matches` are played at least, and as many as it takes until the last fall."""

    def __init__(
        self,
        server: ServerProcess,
        catalog: Catalog,
        supply: Iterator[Planned],
        matches: int,
        concurrency: int,
        on_change: Callable[[], None] = lambda: None,
    ) -> None:
        self.restarts = 0
        self.moves = 0
        self.finished: set[str] = set()
        """The matches that were played to their end."""
        self.ledger = Ledger()
        self._server = server
        self._catalog = catalog
        self._supply = supply
        self._matches = matches
        self._concurrency = concurrency
        self._on_change = on_change
        self._begun = 0
        self._falling = True
        self._started: float | None = None
        self._downs: list[float] = []
        self._rises: list[float] = []
        self._rest_seconds = 0.0
        self._moved, self._risen, self._restarted = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self._lost: set[Kept] = set()
        self._doubled: set[Kept] = set()
        self._faults: list[str] = []

    async def run(self, falls: Iterable[Fall]) -> Reckoning:
        """Starts the server, lets it fall so often and rise again, plays to the end, and reckons."""
        try:
            await self._start()
            async with AsyncExitStack() as stack:
                hall = await self._open(stack)
                try:
                    await self._play_and_fall(hall, falls)
                except* (Wrong, ServerTrouble, ClientError) as wrong:
                    self._faults += [str(error) for error in _leaves(wrong)]
                await self._reckon()
        except (ServerTrouble, ClientError) as error:
            self._faults.append(str(error))
        finally:
            await self._server.close()
        return Reckoning(
            len(self.finished),
            self.ledger.count,
            self.restarts,
            self._downs,
            self._rises,
            self._rest_seconds,
            sorted(self._lost),
            sorted(self._doubled),
            [*self._faults, *self.ledger.broken],
        )

    async def risen(self) -> None:
        """Waits until a move was acknowledged since the last start."""
        await self._risen.wait()

    async def moved(self) -> None:
        """Waits for the next acknowledged move."""
        await self._moved.wait()

    def fell(self, seconds: float) -> None:
        """The server is down; so long after it was told to go."""
        self._downs.append(seconds)

    async def _open(self, stack: AsyncExitStack) -> Hall:
        async def witness(name: str) -> Witness:
            return await stack.enter_async_context(Witness(self._server.url, name, self.ledger))

        self._api = await stack.enter_async_context(Api(self._server.url, try_seconds_max=inf))
        self._auditor = await witness("Auditor")
        players = [await witness(f"Player {n + 1}") for n in range(PLAYERS)]
        onlookers = [await witness(f"Onlooker {n + 1}") for n in range(ONLOOKERS)]
        return Hall(self._api, self._catalog, players, onlookers, patient=True)

    # Playing and falling, at once

    async def _play_and_fall(self, hall: Hall, falls: Iterable[Fall]) -> None:
        async with asyncio.TaskGroup() as tasks:
            beside = [tasks.create_task(self._watch_for_a_standstill()), tasks.create_task(self._audit_restarts())]
            playing = [tasks.create_task(self._play_on(hall)) for _ in range(self._concurrency)]
            for fall in falls:
                await fall()
                self._risen.clear()
                await self._start()
                self.restarts += 1
                self._restarted.set()
                self._on_change()
            self._falling, began = False, time.monotonic()
            await asyncio.wait(playing)
            self._rest_seconds = time.monotonic() - began
            for task in beside:
                task.cancel()

    async def _start(self) -> None:
        """What clients still hear from before the fall is over when the server is up again."""
        began = time.monotonic()
        await self._server.start()
        self._started = began

    async def _play_on(self, hall: Hall) -> None:
        while self._falling or self._begun < self._matches:
            self._begun += 1
            planned = next(self._supply)
            played = await hall.play(planned, self._on_move)
            if played.faults:
                raise Wrong("\n".join(f"{planned.game} {played.match}: {fault}" for fault in played.faults))
            self.finished.add(played.match)
            self._on_change()

    def _on_move(self) -> None:
        self.moves += 1
        moved, self._moved = self._moved, asyncio.Event()
        moved.set()
        if self._started is not None:
            if self.restarts:
                self._rises.append(time.monotonic() - self._started)
            self._started = None
            self._risen.set()
        self._on_change()

    async def _watch_for_a_standstill(self) -> None:
        while True:
            try:
                async with asyncio.timeout(STANDSTILL_SECONDS_MAX):
                    await self.moved()
            except TimeoutError:
                raise Wrong(f"no move was acknowledged for {STANDSTILL_SECONDS_MAX:g} seconds") from None

    async def _audit_restarts(self) -> None:
        while True:
            await self._restarted.wait()
            self._restarted.clear()
            open_matches = self.ledger.moves.keys() - self.finished
            await asyncio.gather(*(self._audit(match) for match in open_matches))
            if self._lost or self.ledger.broken:
                raise Wrong("after a restart the server did not have what it had promised")

    async def _audit(self, match: str) -> None:
        """Whether the match is as far as it was, with the same seed."""
        before = self.ledger.moves[match].copy()
        try:
            watched = await self._auditor.watch(f"match/{match}")
        except RequestRefused as refused:
            self._faults.append(f"match {match} cannot be watched: {refused}")
            self._lost.update(before)
            return
        self._auditor.unwatch(watched)
        self._lost.update(kept for kept in before if kept.version > watched.version)

    # The reckoning

    async def _reckon(self) -> None:
        await self._server.close()
        await self._server.start()
        room = asyncio.Semaphore(CHECKS_AT_ONCE)

        async def check(match: str) -> None:
            async with room:
                await self._check(match)

        await asyncio.gather(*(check(match) for match in self.ledger.moves.keys() | self.finished))

    async def _check(self, match: str) -> None:
        try:
            record = await self._api.record(match)
        except RequestRefused as refused:
            if match in self.finished:
                self._faults.append(f"match {match} was over, and has no record: {refused}")
            await self._audit(match)
        except NotARecord as error:
            self._faults.append(f"match {match}: {error}")
        else:
            self.ledger.committed(match, record.commitment)
            self._lost.update(self.ledger.lost(match, record))
            if match in self.finished:  # else an answer may still have been on its way
                self._doubled.update(self.ledger.doubled(match, record))


def endless(catalog: Catalog, games: Sequence[str], seed: str) -> Iterator[Planned]:
    """Matches of random bots without end, of all these games. Raises NothingToPlay."""
    numbers = count()
    for lap in count():
        for planned in plan(catalog, games, ["random"], 100, f"{seed}/{lap}"):
            yield replace(planned, number=next(numbers))


def falls(drill: Drill, down: Fall, times: int, seed: str) -> Iterator[Fall]:
    """So many falls, each a while after the matches are under way again; half of them just after an acknowledgement.

    Those are the ones that find a server that acknowledges too early, by less than a millisecond.
    """
    random = Random(f"{seed}/falls")

    async def fall() -> None:
        await drill.risen()
        await asyncio.sleep(FALL_SECONDS_MIN * (FALL_SECONDS_MAX / FALL_SECONDS_MIN) ** random.random())
        if random.random() < 0.5:
            await drill.moved()
        began = time.monotonic()
        await down()
        drill.fell(time.monotonic() - began)

    return (fall for _ in range(times))


def _leaves(group: BaseExceptionGroup[Exception]) -> Iterator[Exception]:
    for error in group.exceptions:
        if isinstance(error, BaseExceptionGroup):
            yield from _leaves(error)
        else:
            yield error
