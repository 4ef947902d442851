"""What came of a swarm: figures in one object, and the same as a table."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass

from rich.table import Table


@dataclass(frozen=True)
class Latency:
    """Milliseconds from a move to the update of who made it."""

    p50: float
    p90: float
    p99: float
    max: float


@dataclass(frozen=True)
class Result:
    """What was measured. None is what cannot be known here: the server's process was not named, or is elsewhere."""

    game: str
    matches: int
    spectators: int
    connections: int
    processes: int
    seconds: float
    """Of playing; setting up is not counted."""
    moves: int
    moves_per_second: float
    latency_ms: Latency | None
    update_bytes: int
    """Payload of an update to a player: half of them are no larger."""
    snapshot_bytes: int
    """Payload of the snapshot of a new match."""
    frames: int
    refusals: int
    errors: int
    cpu_us_per_move: float | None
    """Of the server's process, while only moves were made."""
    cpu_us_per_match: float | None
    """To set one up: lobby, seats, watching."""
    memory_bytes_per_connection: float | None
    own_cpu_share: float
    """Of one core, for each process of the load: near 1.0 the load is the limit, not the server."""


def latency(seconds: Sequence[float]) -> Latency | None:
    """The distribution of latencies; None of none."""
    if not seconds:
        return None
    ordered = sorted(seconds)
    last = len(ordered) - 1
    p50, p90, p99 = (round(ordered[round(part * last)] * 1000, 3) for part in (0.5, 0.9, 0.99))
    return Latency(p50, p90, p99, round(ordered[-1] * 1000, 3))


def as_table(result: Result) -> Table:
    """The figures, for people."""
    table = Table("swarm", f"{result.game}, {result.matches} matches", show_edge=False)
    spread = result.latency_ms
    rows: list[tuple[str, str]] = [
        ("moves per second", f"{result.moves_per_second:,.0f}"),
        ("latency p50 / p90 / p99", f"{spread.p50:.2f} / {spread.p90:.2f} / {spread.p99:.2f} ms" if spread else "–"),
        ("CPU of the server per move", _figure(result.cpu_us_per_move, "µs")),
        ("CPU of the server per match set up", _figure(result.cpu_us_per_match, "µs")),
        ("memory of the server per connection", _figure(result.memory_bytes_per_connection, "bytes")),
        ("bytes per update", _figure(result.update_bytes, "bytes")),
        ("refusals, errors", f"{result.refusals}, {result.errors}"),
        ("own CPU share", f"{result.own_cpu_share:.0%}"),
    ]
    for row in rows:
        table.add_row(*row)
    return table


def middle(sizes: Sequence[int]) -> int:
    """The median, when there are `sizes[n]` of each size `n`."""
    left = sum(sizes) / 2
    for size, count in enumerate(sizes):
        left -= count
        if left <= 0:
            return size
    return 0


def doubles(data: bytes) -> "array[float]":
    """Numbers that were sent as bytes."""
    numbers = array("d")
    numbers.frombytes(data)
    return numbers


def _figure(value: float | None, unit: str) -> str:
    return "–" if value is None else f"{value:,.1f} {unit}"
