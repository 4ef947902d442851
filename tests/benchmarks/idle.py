"""What lies beside the moves: matches that sleep, a match that wakes, clients that all come back at once."""

import asyncio
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import uvloop

from bots.swarm.link import socket_url
from bots.swarm.playing import Watching
from bots.swarm.seat import Seat
from bots.swarm.tally import Tally
from game.engine.journal import Journal
from game.engine.lines import LineFormat
from game.engine.registry import Registry
from game.engine.storage import Line
from game.engine.storage.sqlite import SqliteStorage
from game.matches.commands import Command, PlayMove
from game.matches.match import Header, Player
from game.rules.catalog import load_catalog
from protocol.messages import CreateLobby, TakeSeat, Watch

SEATS = (Player("p1", "Ann"), Player("p2", "Bob"))
LONG_GAME = "connect_four"
LONG_OPTIONS = {"columns": 19, "rows": 19, "in_a_row": 6}
LONG_MOVES = 300
WAKINGS = 20


def keep_sleeping(path: Path, count: int) -> None:
    """Writes a database with so many open matches that nobody has woken."""
    storage = SqliteStorage(str(path))
    lines: LineFormat[Header, Command] = LineFormat(Header, Command)
    headers = [Header(f"m{number}", "tic_tac_toe", 1, {}, SEATS, bytes(32), 0) for number in range(count)]
    storage.commit([Line(f"match/{header.id}", lines.header_line(header)) for header in headers])
    storage.close()


def waking_ms(path: Path) -> float:
    """Milliseconds to wake a match of LONG_MOVES moves from SQLite."""
    storage = SqliteStorage(str(path))
    lines: LineFormat[Header, Command] = LineFormat(Header, Command)
    moves = _long_match()
    for number in range(WAKINGS):
        header = Header(f"m{number}", LONG_GAME, 1, LONG_OPTIONS, SEATS, bytes(32), 0)
        entries = [lines.entry_line(version, 0, f"r-{version}", move) for version, move in enumerate(moves, 1)]
        storage.commit([Line(f"match/m{number}", line) for line in (lines.header_line(header), *entries)])
    spent = asyncio.run(_wake_all(storage))
    storage.close()
    return spent / WAKINGS * 1000


async def _wake_all(storage: SqliteStorage) -> float:
    loop = asyncio.get_running_loop()
    journal = Journal(storage, loop)
    registry = Registry(load_catalog(), storage, journal, loop, lambda: 0, lambda: bytes(32), lambda *_: None)
    before = time.process_time()
    for number in range(WAKINGS):
        assert registry.match(f"m{number}").version == LONG_MOVES
    spent = time.process_time() - before
    await journal.close()
    return spent


def _long_match() -> Sequence[PlayMove]:
    """Colours two and two in every row, and changing from row to row: nobody gets six anywhere."""
    row = [column + step for column in (1, 5, 9, 13) for step in (0, 2, 1, 3)] + [17, 19, 18]
    return [PlayMove(number % 2, str(column)) for number, column in zip(range(LONG_MOVES), row * 19)]


class Return(NamedTuple):
    """How a crowd came back."""

    p50_seconds: float
    """From the first knock until half of the clients had their matches again."""
    all_seconds: float


def reconnect(url: str, clients: int) -> Return:
    """Seats so many clients in matches for two, drops all connections, and has them all come back at once."""
    return uvloop.run(_reconnect(socket_url(url), clients))


class _Guest:
    """A client that comes back as who it was."""

    def __init__(self, url: str, name: str) -> None:
        self._url, self._name = url, name
        self._token: str | None = None
        self.match, self.seat = "", 0
        self.took = 0.0

    async def come(self) -> Seat:
        seat = Seat(self._url, self.seat, Watching(), Tally(None), lambda _: None)
        welcome = await seat.connect(self._name, self._token)
        self._token, self.epoch = welcome.token, welcome.epoch
        self.here = seat
        return seat

    async def come_back(self, began: float) -> None:
        seat = await self.come()
        await seat.ask(Watch, f"match/{self.match}", self.seat, None, True, self.epoch, 0)
        self.took = time.perf_counter() - began


async def _reconnect(url: str, clients: int) -> Return:
    guests = [_Guest(url, f"g{number}") for number in range(clients)]
    for host, other in zip(guests[::2], guests[1::2]):
        here, there = await host.come(), await other.come()
        host.match = other.match = await here.ask(CreateLobby, "tic_tac_toe", {}, 2, False)
        other.seat = 1
        await here.ask(TakeSeat, host.match, 0)
        await there.ask(TakeSeat, host.match, 1)
        for guest in (host, other):
            await guest.here.ask(Watch, f"match/{guest.match}", guest.seat, None, True)
    for guest in guests:
        guest.here.close()
    await asyncio.sleep(0.5)  # the server hears of it; nothing here depends on when
    began = time.perf_counter()
    await asyncio.gather(*(guest.come_back(began) for guest in guests))
    took = sorted(guest.took for guest in guests)
    for guest in guests:
        guest.here.close()
    return Return(took[len(took) // 2], took[-1])
