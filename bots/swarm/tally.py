"""What is counted while matches are played, and when the next move may be made."""

import asyncio
import time
from array import array
from collections import deque
from typing import NamedTuple, Protocol

TICK_SECONDS = 0.001
LARGE_BYTES = 1024


class Wave(NamedTuple):
    """What one process saw while it played for a while."""

    seconds: float
    moves: int
    frames: int
    """Of any kind, at players and spectators."""
    update_sizes: list[int]
    """How many updates of each number of bytes players got; the last counts those that are larger too."""
    refusals: int
    errors: int
    cpu_seconds: float
    """Of this process."""
    latencies: bytes
    """Seconds from each move to the update of who made it, as doubles."""


class Mover(Protocol):
    """Who has a move to make."""

    def move(self, since: float) -> None:
        """Makes it; `since` is when it was due, by time.perf_counter."""


class Tally:
    """Counts one wave after another. `rate` is in moves a second; without one, each move is made at once."""

    def __init__(self, rate: float | None) -> None:
        self.playing = False
        self.moves = self.frames = self.refusals = self.errors = 0
        self.update_sizes = [0] * (LARGE_BYTES + 1)
        self.latencies = array("d")
        self._rate = rate
        self._ready: deque[Mover] = deque()
        self._due: deque[float] = deque()
        self._ran_dry = asyncio.Event()

    def ready(self, mover: Mover) -> None:
        """The mover may make its move: now, or when its time has come."""
        if self._rate is None:
            mover.move(time.perf_counter())
        elif self._due:
            mover.move(self._due.popleft())
        else:
            self._ready.append(mover)

    def ran_dry(self) -> None:
        """Somebody has nothing left to play: the wave ends, so that all of it is played by as many."""
        self.playing = False
        self._ran_dry.set()

    async def play(self, seconds: float) -> None:
        """Lets everybody play for so long, or until one has nothing left."""
        ticking = asyncio.create_task(self._tick()) if self._rate is not None else None
        try:
            async with asyncio.timeout(seconds):
                await self._ran_dry.wait()
        except TimeoutError:
            pass
        self.playing = False
        if ticking is not None:
            ticking.cancel()

    def begin(self) -> None:
        """From here on the next wave is counted."""
        self.moves = self.frames = self.refusals = 0
        self.update_sizes = [0] * (LARGE_BYTES + 1)
        self.latencies = array("d")
        self._ready.clear()
        self._due.clear()
        self._ran_dry.clear()
        self.playing = True
        self._began, self._cpu = time.perf_counter(), time.process_time()

    def wave(self) -> Wave:
        """What has been counted since `begin`."""
        errors, self.errors = self.errors, 0
        return Wave(
            time.perf_counter() - self._began,
            self.moves,
            self.frames,
            self.update_sizes,
            self.refusals,
            errors,
            time.process_time() - self._cpu,
            self.latencies.tobytes(),
        )

    async def _tick(self) -> None:
        """A move is due every `1 / rate` seconds, whether somebody is there to make it or not."""
        assert self._rate is not None
        began, given = time.perf_counter(), 0
        while True:
            await asyncio.sleep(TICK_SECONDS)
            now = time.perf_counter()
            due = int((now - began) * self._rate) - given
            given += due
            for _ in range(due):
                if self._ready and self.playing:
                    self._ready.popleft().move(now)
                else:
                    self._due.append(now)
