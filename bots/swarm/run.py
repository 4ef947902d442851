"""A swarm from beginning to end: processes of load, wave after wave, and the clock of the server beside them.

A wave first sets up matches, and then only plays them: so the server's time per move is that of moves alone.
"""

import multiprocessing
import os
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from bots.swarm.course import Course
from bots.swarm.result import Result, doubles, latency, middle
from bots.swarm.tally import Wave
from bots.swarm.worker import Plan, Ready, Trouble, work

MOVES_PER_SECOND_MAX = 12_000
"""For which matches are set up. A server that plays more has shorter waves."""
MATCHES_AHEAD_MIN, MATCHES_AHEAD_MAX = 2, 150
WAVE_SECONDS_MAX = 1.0
WAVE_SECONDS_MIN = 0.05
"""What is left of the time and is shorter than this is not played: a clock's rounding is no wave."""
USUAL_MATCH_MOVES = 7
LEAVE_SECONDS_MAX = 30.0


class SwarmFailed(Exception):
    """The load could not be made, or broke off; the sentence says why."""


@dataclass(frozen=True)
class Watch:
    """The server's process, when it is one of this machine."""

    pid: int | None

    def cpu_seconds(self) -> float | None:
        """What it has used, in all its threads. Raises SwarmFailed."""
        if self.pid is None or not sys.platform.startswith("linux"):
            return None
        try:
            return time.clock_gettime((~self.pid << 3) | 2)  # the clock of another process: clock_getcpuclockid(3)
        except OSError as error:
            raise SwarmFailed(f"there is no process {self.pid}") from error

    def memory_bytes(self) -> int | None:
        """What it holds in memory."""
        if self.pid is None or not sys.platform.startswith("linux"):
            return None
        pages = int(Path(f"/proc/{self.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")


class Crew:
    """Processes of load. Each does the same part of the plan."""

    def __init__(self, plan: Plan, processes: int) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipes: list[Connection] = []
        self._processes = []
        for number in range(processes):
            matches = plan.matches // processes + (number < plan.matches % processes)
            rate = plan.rate and plan.rate / processes
            part = Plan(plan.url, plan.game, matches, plan.spectators, rate, plan.options, plan.relay_bytes)
            ours, theirs = context.Pipe()
            process = context.Process(target=work, args=(part, theirs), daemon=True)
            process.start()
            theirs.close()
            self._pipes.append(ours)
            self._processes.append(process)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for pipe in self._pipes:
            pipe.close()
        for process in self._processes:
            process.join(LEAVE_SECONDS_MAX if error is None else 1.0)
            process.terminate()

    @property
    def pids(self) -> list[int]:
        """The numbers of the processes."""
        return [process.pid for process in self._processes if process.pid is not None]

    def do(self, word: str, *arguments: object) -> list[Any]:
        """Has all of them do something at the same time; what each says of it. Raises SwarmFailed."""
        for pipe in self._pipes:
            pipe.send((word, *arguments))
        said = []
        for pipe in self._pipes:
            try:
                said.append(pipe.recv())
            except (EOFError, OSError):
                raise SwarmFailed("a process of the swarm ended before its time") from None
        if trouble := [answer.sentence for answer in said if isinstance(answer, Trouble)]:
            raise SwarmFailed(trouble[0])
        return said


class Swarm:
    """A plan, carried out."""

    def __init__(self, plan: Plan, processes: int, pid: int | None) -> None:
        self.course = Course()
        self._plan = plan
        self._processes = min(processes, plan.matches)
        self._watch = Watch(pid)
        self._snapshot_bytes = 0
        self._connections = 0
        self._memory_bytes: float | None = None

    def run(self, seconds: float, on_wave: Callable[[Course], None], cores: Sequence[int] = ()) -> Result:
        """Plays for so many seconds; what came of it. `cores` are those that the load may use. Raises SwarmFailed."""
        with ExitStack() as stack:
            crew = stack.enter_context(Crew(self._plan, self._processes))
            if cores:
                for pid in crew.pids:
                    os.sched_setaffinity(pid, cores)
            self._connect(crew)
            ahead = self._ahead(seconds)
            left = seconds
            while not self.course.waves or left >= WAVE_SECONDS_MIN:
                self._prepare(crew, ahead)
                self._wave(crew, min(WAVE_SECONDS_MAX, left))
                on_wave(self.course)
                left = seconds - self.course.seconds
            crew.do("leave")
        if not self.course.moves:
            raise SwarmFailed("not one move was made")
        return self._result()

    def _ahead(self, seconds: float) -> int:
        """How many matches each table has before it when a wave begins: enough for a second of playing, or for all."""
        moves = MOVES_PER_SECOND_MAX * min(seconds, WAVE_SECONDS_MAX)
        return min(max(int(moves / USUAL_MATCH_MOVES / self._plan.matches), MATCHES_AHEAD_MIN), MATCHES_AHEAD_MAX)

    def _connect(self, crew: Crew) -> None:
        before = self._watch.memory_bytes()
        self._connections = sum(ready.made for ready in crew.do("connect"))
        after = self._watch.memory_bytes()
        if before is not None and after is not None:
            self._memory_bytes = (after - before) / self._connections

    def _prepare(self, crew: Crew, ahead: int) -> None:
        before = self._watch.cpu_seconds()
        ready: list[Ready] = crew.do("prepare", ahead)
        after = self._watch.cpu_seconds()
        self.course.set_up += sum(each.made for each in ready)
        self._snapshot_bytes = max(each.snapshot_bytes for each in ready)
        if before is not None and after is not None:
            self.course.set_up_cpu_seconds += after - before

    def _wave(self, crew: Crew, seconds: float) -> None:
        before = self._watch.cpu_seconds()
        waves: list[Wave] = crew.do("play", seconds)
        after = self._watch.cpu_seconds()
        course = self.course
        took, moves = max(wave.seconds for wave in waves), sum(wave.moves for wave in waves)
        course.seconds += took
        course.moves += moves
        course.pace.append((course.seconds, moves / took))
        course.waves += waves
        for wave in waves:
            course.latencies.extend(doubles(wave.latencies))
        if before is not None and after is not None:
            course.cpu_seconds += after - before

    def _result(self) -> Result:
        course, watched = self.course, self._watch.cpu_seconds() is not None
        return Result(
            game=self._plan.game,
            matches=self._plan.matches,
            spectators=self._plan.spectators,
            connections=self._connections,
            processes=self._processes,
            seconds=round(course.seconds, 3),
            moves=course.moves,
            moves_per_second=round(course.moves / course.seconds, 1),
            latency_ms=latency(course.latencies),
            update_bytes=middle(list(map(sum, zip(*(wave.update_sizes for wave in course.waves))))),
            snapshot_bytes=self._snapshot_bytes,
            frames=sum(wave.frames for wave in course.waves),
            refusals=sum(wave.refusals for wave in course.waves),
            errors=sum(wave.errors for wave in course.waves),
            cpu_us_per_move=round(course.cpu_seconds / course.moves * 1e6, 2) if watched else None,
            cpu_us_per_match=round(course.set_up_cpu_seconds / course.set_up * 1e6, 1)
            if watched and course.set_up
            else None,
            memory_bytes_per_connection=self._memory_bytes and round(self._memory_bytes),
            own_cpu_share=round(sum(wave.cpu_seconds for wave in course.waves) / self._processes / course.seconds, 3),
        )
