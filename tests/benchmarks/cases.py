"""What is measured, round after round. A round measures the floor and the server close together, so that noise hits both."""

import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median

from bots.swarm.result import Result
from tests.benchmarks import engine
from tests.benchmarks.idle import keep_sleeping, reconnect, waking_ms
from tests.benchmarks.stand import cores, crew, on, subject

SIZES = (1, 50, 200, 1000)
PLAY_SECONDS = 1.0
LARGE_BOARD = {"columns": 19, "rows": 19, "in_a_row": 4}
SMALL_BOARD = {"columns": 4, "rows": 4, "in_a_row": 3}
SPECTATORS = 1000
IDLE_TABLES, IDLE_EACH = 100, 100
CONNECTED_TABLES = 1000
SLEEPING = 10_000
RETURNING = 2_000
WATCHED_SECONDS = 5.0
QUIET_SECONDS = 1.0
Say = Callable[[str], None]


class Figures:
    """Numbers of each name, one for every round."""

    def __init__(self) -> None:
        self.of: defaultdict[str, list[float]] = defaultdict(list)

    def add(self, name: str, value: float | None) -> None:
        """One more round's."""
        if value is not None:
            self.of[name].append(value)

    def add_result(self, name: str, result: Result) -> None:
        """All that is shown of a swarm."""
        self.add(f"{name} cpu_us", result.cpu_us_per_move)
        self.add(f"{name} pace", result.moves_per_second)
        if result.latency_ms is not None:
            self.add(f"{name} p50_ms", result.latency_ms.p50)
            self.add(f"{name} p99_ms", result.latency_ms.p99)
        self.add(f"{name} own", result.own_cpu_share)

    def median(self, name: str) -> float:
        """The figure."""
        return median(self.of[name])

    def ratio(self, name: str, floor: str) -> float:
        """How often the one is the other: the median over rounds, for both were measured close together."""
        return median(each / least for each, least in zip(self.of[name], self.of[floor]))


def moves(figures: Figures, sizes: Sequence[int], seconds: float) -> None:
    """One round of tic-tac-toe by relay, memory and SQLite, and a rate of half of what was reached."""
    with subject("relay") as relay, subject("memory") as memory, subject("sqlite") as sqlite:
        for size in sizes:
            for each in (relay, memory, sqlite):
                result = each.swarm(size, seconds)
                figures.add_result(f"{each.name} {size}", result)
                if size == 50:
                    half = each.swarm(size, seconds, rate=result.moves_per_second / 2)
                    figures.add_result(f"{each.name} half", half)


def boards(figures: Figures, seconds: float) -> None:
    """One round of a large board against small ones, and of the bytes of a move."""
    with subject("memory") as memory:
        for name, game, options in (
            ("3×3", "tic_tac_toe", {}),
            ("4×4", "connect_four", SMALL_BOARD),
            ("19×19", "connect_four", LARGE_BOARD),
        ):
            result = memory.swarm(50, seconds, game, options=options)
            figures.add(f"board {name} cpu_us", result.cpu_us_per_move)
            figures.add(f"board {name} update", result.update_bytes)
            figures.add(f"board {name} snapshot", result.snapshot_bytes)


def spectators(figures: Figures, count: int, seconds: float) -> None:
    """One round of a match that many watch: what each of them costs more than a match without them."""
    for name in ("relay", "memory"):
        with subject(name) as each:
            alone = each.swarm(1, seconds).cpu_us_per_move
            watched = each.swarm(1, seconds, spectators=count).cpu_us_per_move
        assert alone is not None
        assert watched is not None
        figures.add(f"{name} spectator_us", (watched - alone) / count)


def idle(figures: Figures, tables: int, each: int, connected: int, seconds: float) -> None:
    """One round of 50 matches, alone and beside many that wait for a move. Memory of connections on the way."""
    with subject("memory") as memory:
        figures.add("alone cpu_us", memory.swarm(50, seconds).cpu_us_per_move)
        with crew(memory.plan(tables)) as waiting:
            waiting.do("connect")
            waiting.do("prepare", each)
            figures.add("beside cpu_us", memory.swarm(50, seconds).cpu_us_per_move)
    with subject("memory") as memory, crew(memory.plan(connected)) as many:
        before = memory.watch.memory_bytes()
        connections = sum(ready.made for ready in many.do("connect"))
        after = memory.watch.memory_bytes()
        assert before is not None
        assert after is not None
        figures.add("connection bytes", (after - before) / connections)


def sleeping(figures: Figures, count: int, seconds: float) -> None:
    """What matches cost that nobody has woken since the server started."""
    for name, matches in (("none", 0), ("sleeping", count)):
        with tempfile.TemporaryDirectory(prefix="parlour-bench-") as folder:
            path = Path(folder, "parlour.db")
            keep_sleeping(path, matches)
            with subject("sqlite", f"sqlite:{path}") as server:
                time.sleep(QUIET_SECONDS)  # what belongs to starting is over
                before = server.watch.cpu_seconds()
                time.sleep(seconds)
                after = server.watch.cpu_seconds()
                assert before is not None
                assert after is not None
                figures.add(f"{name} cpu_share", (after - before) / seconds)
                figures.add(f"{name} bytes", server.watch.memory_bytes())


def waking(figures: Figures) -> None:
    """What it costs to wake a long match."""
    with tempfile.TemporaryDirectory(prefix="parlour-bench-") as folder, on(cores().serving):
        figures.add("waking ms", waking_ms(Path(folder, "parlour.db")))


def returning(figures: Figures, clients: int) -> None:
    """A crowd that comes back."""
    with subject("sqlite") as server, on(cores().loading):
        back = reconnect(server.url, clients)
    figures.add("return p50_s", back.p50_seconds)
    figures.add("return all_s", back.all_seconds)


def engine_alone() -> Mapping[str, tuple[float, float]]:
    """Of each game: microseconds of the rules alone, and of the engine without sockets."""
    with on(cores().serving):
        return engine.by_game()
