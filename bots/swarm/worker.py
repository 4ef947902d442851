"""One process of a swarm: it does what the parent says over a pipe, one word after the other."""

import asyncio
import gc
import secrets
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from multiprocessing.connection import Connection
from random import Random
from typing import Any, NamedTuple, Protocol

import uvloop

from bots.swarm.link import LinkLost, socket_url
from bots.swarm.relay import RelayTable
from bots.swarm.script import scripts
from bots.swarm.seat import Refusing
from bots.swarm.table import Table
from bots.swarm.tally import Tally, Wave
from game.rules.catalog import load_catalog

SCRIPTS = 256
"""Matches that are chosen beforehand, to be played again and again."""
AT_ONCE = 64
"""Tables that are set up at the same time."""
REST_SECONDS_MAX = 20.0


@dataclass(frozen=True)
class Plan:
    """What one process is to do. With `relay_bytes` the other side is a relay, and frames have that payload."""

    url: str
    game: str
    matches: int
    spectators: int = 0
    rate: float | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    relay_bytes: int | None = None


class Ready(NamedTuple):
    """What was asked for has been done: how many connections or matches were made, and how large a snapshot was."""

    made: int
    snapshot_bytes: int = 0


class Trouble(NamedTuple):
    """It cannot go on; the sentence says why."""

    sentence: str


class Seating(Protocol):
    """A table of either kind."""

    lost: str | None

    @property
    def connections(self) -> int: ...
    @property
    def resting(self) -> bool: ...
    @property
    def snapshot_bytes(self) -> int: ...
    def start(self) -> None: ...
    async def connect(self) -> None: ...
    async def prepare(self, count: int) -> int: ...
    async def leave(self) -> None: ...


class Worker:
    """All the tables of one process."""

    def __init__(self, plan: Plan) -> None:
        self._tally = Tally(plan.rate)
        self._tables: list[Seating] = _tables(plan, self._tally)

    async def connect(self) -> Ready:
        """Opens every connection."""
        await _gathered([table.connect for table in self._tables])
        return Ready(sum(table.connections for table in self._tables))

    async def prepare(self, matches: int) -> Ready:
        """Sees to it that each table has so many matches before it."""
        made = await _gathered([partial(table.prepare, matches) for table in self._alive()])
        return Ready(sum(made), max(table.snapshot_bytes for table in self._tables))

    async def play(self, seconds: float) -> Wave:
        """Plays for so long, or until a table has nothing left, and then lets what is under way come to rest."""
        gc.collect()
        gc.disable()
        self._tally.begin()
        for table in self._alive():
            table.start()
        await self._tally.play(seconds)
        # Looked at now and then: if each move looked at all the tables, the load would cost too much.
        async with asyncio.timeout(REST_SECONDS_MAX):
            while not all(table.resting for table in self._tables):  # noqa: ASYNC110  see above
                await asyncio.sleep(0.001)
        gc.enable()
        return self._tally.wave()

    async def leave(self) -> Ready:
        """Gives up what is not over, and closes every connection."""
        await _gathered([table.leave for table in self._tables])
        return Ready(len(self._tables))

    def _alive(self) -> list[Seating]:
        alive = [table for table in self._tables if table.lost is None]
        if not alive:
            raise LinkLost(f"no table is left: {self._tables[0].lost}")
        return alive


def work(plan: Plan, pipe: Connection) -> None:
    """The life of the process."""
    uvloop.run(_obey(plan, pipe))


async def _obey(plan: Plan, pipe: Connection) -> None:
    loop = asyncio.get_running_loop()
    worker = Worker(plan)
    while True:
        try:
            word, *arguments = await loop.run_in_executor(None, pipe.recv)
        except EOFError:
            return
        try:
            pipe.send(await getattr(worker, word)(*arguments))
        except (LinkLost, Refusing, ValueError) as error:
            pipe.send(Trouble(str(error)))
        except TimeoutError:
            pipe.send(Trouble(f"{word}: no answer came in time"))


def _tables(plan: Plan, tally: Tally) -> list[Seating]:
    if plan.relay_bytes is not None:
        return [
            RelayTable(f"{plan.url}/{secrets.token_hex(4)}", plan.relay_bytes, plan.spectators, tally)
            for _ in range(plan.matches)
        ]
    random = Random(plan.game)
    game = load_catalog()[plan.game]
    options = game.Options(**plan.options)
    seats = min(seats for seats in game.seats if seats > 1)
    foreseen = scripts(game, options, seats, SCRIPTS, random)
    url = socket_url(plan.url)
    return [
        Table(url, secrets.token_hex(3), plan.game, plan.options, seats, plan.spectators, foreseen, tally, random)
        for _ in range(plan.matches)
    ]


async def _gathered(doings: Sequence[Callable[[], Coroutine[Any, Any, Any]]]) -> list[Any]:
    """The results of all, a limited number of which run at the same time."""
    room = asyncio.Semaphore(AT_ONCE)

    async def with_room(doing: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
        async with room:
            return await doing()

    return await asyncio.gather(*(with_room(doing) for doing in doings))
