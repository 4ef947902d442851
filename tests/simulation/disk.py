"""A disk that takes its time, fails, and loses its power between keeping and telling.

What it has kept it keeps for ever; the record of a simulation is what was kept here.
"""

from collections.abc import Callable, Sequence
from random import Random
from typing import Any, cast

from game.engine.journal import Journal
from game.engine.storage import Line, StorageError, StorageFull
from game.engine.storage.memory import MemoryStorage
from tests.simulation.loop import ProcessLoop
from tests.simulation.weather import Weather


class Disk:
    """What outlives every run of the server."""

    def __init__(self, random: Random, weather: Weather, kept: Callable[[Sequence[Line]], None]) -> None:
        self.records = MemoryStorage()
        self.random = random
        self.weather = weather
        self.bad = False
        """Whether every commit fails at the moment."""
        self.calm = False
        """Whether nothing goes wrong any more."""
        self._kept = kept

    def keep(self, lines: Sequence[Line]) -> None:
        self.records.commit(lines)
        self._kept(lines)

    def fails(self) -> bool:
        return not self.calm and (self.bad or self.random.random() < self.weather.commit_fails)

    def reading_fails(self) -> bool:
        return not self.calm and self.random.random() < self.weather.reads_fail

    def power_fails(self) -> bool:
        return not self.calm and self.random.random() < self.weather.crash_at_commit


class Drive:
    """The disk as one run of the server has it: a Storage."""

    blocking = False

    def __init__(self, disk: Disk, process: ProcessLoop, crash: Callable[[str], None]) -> None:
        self.ready = False
        """Whether the server has started; until then it can be read."""
        self._disk = disk
        self._process = process
        self._crash = crash

    def commit(self, lines: Sequence[Line]) -> None:
        disk = self._disk
        if self._process.alive and disk.power_fails():
            if disk.random.random() < 0.5:
                disk.keep(lines)
            self._crash("at a commit")
        if not self._process.alive:
            raise StorageError("there is no power")
        if not disk.fails():
            disk.keep(lines)
            return
        if disk.random.random() < disk.weather.kept_though_failed:
            disk.keep(lines)
            raise StorageError("nobody knows")
        raise StorageFull("the disk is full")

    def read(self, key: str) -> list[str] | None:
        if self.ready and self._disk.reading_fails():
            raise StorageError("a sector cannot be read this time")
        return self._disk.records.read(key)

    def open_headers(self, prefix: str) -> list[tuple[str, str | None]]:
        return self._disk.records.open_headers(prefix)

    def close(self) -> None:
        """There is nothing to let go of."""


class Hands:
    """Stands in for the journal's scribe: each commit takes virtual time before it is kept, and again until it is told."""

    prompt = False

    def __init__(self, journal: Journal, process: ProcessLoop, random: Random, seconds: float) -> None:
        self._journal = journal
        self._process = process
        self._random = random
        self._seconds = seconds
        journal._scribe = cast("Any", self)

    def write(self, lines: Sequence[Line]) -> None:
        self._process.call_later(self._random.random() * self._seconds, self._commit, lines)

    def close(self) -> None:
        """There is no thread to wait for."""

    def _commit(self, lines: Sequence[Line]) -> None:
        error = self._journal._commit(lines)
        self._process.call_later(self._random.random() * self._seconds, self._journal._ended, len(lines), error)
