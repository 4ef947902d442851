"""Where things are measured: a server or the relay as a process on a core of its own, and a load on the others."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from bots.swarm.result import Result
from bots.swarm.run import Crew, Swarm, Watch
from bots.swarm.worker import Plan

FREE_LIMITS = (
    "--limits.requests-per-second=1e9",
    "--limits.requests-burst=1000000000",
    "--limits.requests-at-first=1000000000",
    "--limits.sockets-max=100000",
    "--limits.sockets-per-address-max=100000",
    "--limits.matches-per-player-max=1000000",
    "--limits.lobbies-per-player-max=1000000",
)
"""A load is a thousand players at one address, in more haste than any player."""
RELAY = ("-m", "tests.benchmarks.relay")
RELAY_BYTES = 38
"""The payload that swarms send for a move; the relay's frames are as large."""


class Cores(NamedTuple):
    """Which cores serve, and which make the load; none where they cannot be chosen, or where there is but one."""

    serving: frozenset[int]
    loading: frozenset[int]


def cores() -> Cores:
    """One core for the server, the others for the load."""
    if not hasattr(os, "sched_getaffinity") or len(free := sorted(os.sched_getaffinity(0))) < 2:
        return Cores(frozenset(), frozenset())
    return Cores(frozenset(free[:1]), frozenset(free[1:]))


class Subject:
    """A process that is measured."""

    def __init__(self, name: str, url: str, pid: int) -> None:
        self.name = name
        self.url = url
        self.watch = Watch(pid)
        self._pid = pid

    def swarm(
        self,
        matches: int,
        seconds: float,
        game: str = "tic_tac_toe",
        spectators: int = 0,
        rate: float | None = None,
        options: dict[str, int] | None = None,
        processes: int = 1,
    ) -> Result:
        """What it costs to serve so many matches."""
        plan = self.plan(matches, game, spectators, rate, options)
        return Swarm(plan, processes, self._pid).run(seconds, lambda _: None, sorted(cores().loading))

    def plan(
        self,
        matches: int,
        game: str = "tic_tac_toe",
        spectators: int = 0,
        rate: float | None = None,
        options: dict[str, int] | None = None,
    ) -> Plan:
        """A load of so many matches."""
        relay_bytes = RELAY_BYTES if self.name == "relay" else None
        return Plan(self.url, game, matches, spectators, rate, options or {}, relay_bytes)


@contextmanager
def subject(name: str, storage: str = "") -> Iterator[Subject]:
    """`relay`, or a server that keeps its records in `memory` or `sqlite`; with `storage`, in that one."""
    with tempfile.TemporaryDirectory(prefix="parlour-bench-") as folder:
        kept = storage or ("memory:" if name == "memory" else f"sqlite:{folder}/parlour.db")
        server = ("-m", "web", "--port", "0", "--log-level", "warning", "--storage", kept, *FREE_LIMITS)
        with Path(folder, "log").open("w") as log, on(cores().serving):
            process = subprocess.Popen(
                [sys.executable, *(RELAY if name == "relay" else server)], stdout=subprocess.PIPE, stderr=log, text=True
            )
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            assert line.startswith("listening on "), f"{name} did not start: {Path(folder, 'log').read_text()}"
            url = line.split()[-1].replace("http://", "ws://")
            yield Subject(name, url, process.pid)
        finally:
            process.kill()
            process.communicate()


@contextmanager
def on(chosen: frozenset[int]) -> Iterator[None]:
    """What is started meanwhile runs on these cores."""
    if not chosen:
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, chosen)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


@contextmanager
def crew(plan: Plan, processes: int = 1) -> Iterator[Crew]:
    """Processes of load on their cores, to be told what to do."""
    with Crew(plan, processes) as made:
        pin(made.pids)
        yield made


def pin(pids: Sequence[int]) -> None:
    """Keeps the load off the server's core."""
    if loading := cores().loading:
        for pid in pids:
            os.sched_setaffinity(pid, loading)
