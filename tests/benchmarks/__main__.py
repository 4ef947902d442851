"""python -m tests.benchmarks: measures everything, and writes the table to docs/performance.md.

`--rounds 1 --only moves` is a quick look; only a run of everything is written down.
"""

import argparse
import os
import platform
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks import cases
from tests.benchmarks.cases import SIZES, Figures
from tests.benchmarks.stand import cores

PAGE = Path(__file__).parents[2] / "docs" / "performance.md"
BEGIN, END = "<!-- measured -->", "<!-- end -->"
ROUNDS = 5
PARTS = ("moves", "boards", "spectators", "idle", "sleeping", "waking", "returning", "engine")


def main() -> None:
    """Measures, prints, and writes."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--only", choices=PARTS, action="append")
    chosen = parser.parse_args()
    parts = chosen.only or PARTS
    figures = Figures()
    try:
        measure(figures, parts, chosen.rounds)
    finally:
        table = report(figures)
        print(table)
    if parts == PARTS:
        text = PAGE.read_text()
        before, after = text.partition(BEGIN)[0], text.partition(END)[2]
        PAGE.write_text(f"{before}{BEGIN}\n\n{machine(chosen.rounds)}\n\n{table}\n\n{END}{after}")


def measure(
    figures: Figures, parts: Sequence[str], rounds: int, sizes: Sequence[int] = SIZES, seconds: float = 1.0
) -> None:
    """Adds the figures of some parts."""
    for number in range(rounds):
        print(f"round {number + 1} of {rounds}", file=sys.stderr, flush=True)
        if "moves" in parts:
            cases.moves(figures, sizes, seconds)
        if "boards" in parts:
            cases.boards(figures, seconds)
        if "spectators" in parts:
            cases.spectators(figures, cases.SPECTATORS, seconds)
        if "idle" in parts:
            cases.idle(figures, cases.IDLE_TABLES, cases.IDLE_EACH, cases.CONNECTED_TABLES, seconds)
        if "returning" in parts:
            cases.returning(figures, cases.RETURNING)
        if "sleeping" in parts:
            cases.sleeping(figures, cases.SLEEPING, cases.WATCHED_SECONDS)
        if "waking" in parts:
            cases.waking(figures)
    if "engine" in parts:
        for game, (rules, alone) in cases.engine_alone().items():
            figures.add(f"engine {game} rules", rules)
            figures.add(f"engine {game} alone", alone)


def report(figures: Figures) -> str:
    """All that was measured, as tables in Markdown."""
    tables = (_moves(figures), _latencies(figures), _rest(figures), _engine(figures))
    return "\n\n".join(_markdown(*table) for table in tables if table[1])


def machine(rounds: int) -> str:
    """What it was measured on, in a sentence."""
    names = [line.partition(":")[2].strip() for line in _cpu_lines() if line.startswith("model name")]
    where = "server and load on cores of their own" if cores().serving else "server and load on the same cores"
    return (
        f"{names[0] if names else platform.machine()}, {os.cpu_count()} cores, {platform.system()} "
        f"{platform.release()}, Python {platform.python_version()}; {where}; medians of {rounds} rounds, and of the "
        "ratios within each round."
    )


Rows = list[Sequence[str]]
TableOf = tuple[Sequence[str], Rows]


def _moves(figures: Figures) -> TableOf:
    rows: Rows = []
    for name in ("relay", "memory", "sqlite"):
        for size in SIZES:
            if f"{name} {size} cpu_us" in figures.of:
                rows.append(
                    (
                        f"{name}, {size}",
                        f"{figures.median(f'{name} {size} cpu_us'):.1f} µs",
                        f"{figures.ratio(f'{name} {size} cpu_us', f'relay {size} cpu_us'):.2f}",
                        f"{figures.median(f'{name} {size} pace'):,.0f}",
                        f"{figures.median(f'{name} {size} own'):.0%}",
                    )
                )
    return ("tic_tac_toe, matches", "CPU per move", "× floor", "moves per second", "CPU of the load"), rows


def _latencies(figures: Figures) -> TableOf:
    rows: Rows = []
    for name in ("relay", "memory", "sqlite"):
        for load, at in ((50, "50 matches, saturated"), ("half", "50 matches, half the rate")):
            if f"{name} {load} p50_ms" in figures.of:
                p50, p99 = (figures.median(f"{name} {load} {part}_ms") for part in ("p50", "p99"))
                ratio = figures.ratio(f"{name} {load} p50_ms", f"relay {load} p50_ms")
                rows.append((f"{name}, {at}", f"{p50:.2f} ms", f"{ratio:.2f}", f"{p99:.2f} ms", f"{p99 / p50:.1f}"))
    return ("latency of a move", "p50", "p50 × floor", "p99", "p99 / p50"), rows


def _rest(figures: Figures) -> TableOf:
    rows: Rows = []
    for board in ("3×3", "4×4", "19×19"):
        if f"board {board} cpu_us" in figures.of:
            cpu, update, snapshot = (
                figures.median(f"board {board} {part}") for part in ("cpu_us", "update", "snapshot")
            )
            ratio = figures.ratio(f"board {board} cpu_us", "board 3×3 cpu_us")
            rows.append((f"board of {board}: CPU per move", f"{cpu:.1f} µs", f"{ratio:.2f} × 3×3"))
            rows.append((f"board of {board}: update, snapshot", f"{update:.0f}, {snapshot:.0f} bytes", ""))
    if "memory spectator_us" in figures.of:
        ratio = figures.ratio("memory spectator_us", "relay spectator_us")
        rows.append(
            (
                "one of 1,000 spectators, per move",
                f"{figures.median('memory spectator_us'):.2f} µs",
                f"{ratio:.2f} × floor",
            )
        )
    if "beside cpu_us" in figures.of:
        ratio = figures.ratio("beside cpu_us", "alone cpu_us")
        rows.append(
            ("50 matches beside 10,000 idle ones", f"{figures.median('beside cpu_us'):.1f} µs", f"{ratio:.2f} × alone")
        )
        rows.append(("memory of an idle connection", f"{figures.median('connection bytes') / 1024:.1f} KiB", ""))
    if "sleeping bytes" in figures.of:
        each = (figures.median("sleeping bytes") - figures.median("none bytes")) / cases.SLEEPING
        rows.append(("memory of a sleeping match", f"{each / 1024:.2f} KiB", ""))
        share, none = figures.median("sleeping cpu_share"), figures.median("none cpu_share")
        rows.append(("CPU of 10,000 sleeping matches", f"{share:.2%} of a core", f"{none:.2%} without them"))
    if "waking ms" in figures.of:
        rows.append(("to wake a match of 300 moves", f"{figures.median('waking ms'):.1f} ms", ""))
    if "return all_s" in figures.of:
        p50, last = figures.median("return p50_s"), figures.median("return all_s")
        rows.append(("2,000 clients come back at once", f"p50 {p50:.2f} s, all {last:.2f} s", ""))
    return ("what else", "", ""), rows


def _engine(figures: Figures) -> TableOf:
    rows: Rows = []
    for name in [name for name in figures.of if name.startswith("engine ") and name.endswith(" alone")]:
        rules, alone = figures.median(name.replace(" alone", " rules")), figures.median(name)
        rows.append((name.split()[1], f"{rules:.1f} µs", f"{alone:.1f} µs", f"{1e6 / alone:,.0f}"))
    return ("engine without sockets", "rules alone", "with journal, view, patch, frame", "moves per second"), rows


def _markdown(head: Sequence[str], rows: Rows) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cpu_lines() -> Sequence[str]:
    path = Path("/proc/cpuinfo")
    return path.read_text().splitlines() if path.exists() else ()


if __name__ == "__main__":
    main()
