"""How a swarm is going, while it goes."""

from array import array
from dataclasses import dataclass, field

from rich.table import Table

from bots.swarm.tally import Wave

WAVES_SHOWN = 8


@dataclass
class Course:
    """How it goes: what is known so far."""

    seconds: float = 0.0
    moves: int = 0
    cpu_seconds: float = 0.0
    set_up: int = 0
    set_up_cpu_seconds: float = 0.0
    waves: list[Wave] = field(default_factory=list)
    latencies: "array[float]" = field(default_factory=lambda: array("d"))
    pace: list[tuple[float, float]] = field(default_factory=list)
    """Seconds of playing, and moves a second in the wave that ended then."""


def under_way(course: Course) -> Table:
    """The last waves, for people who watch."""
    table = Table("seconds", "moves", "moves per second", "refusals, errors", show_edge=False)
    for (at, rate), wave in list(zip(course.pace, course.waves))[-WAVES_SHOWN:]:
        table.add_row(f"{at:.1f}", f"{wave.moves:,}", f"{rate:,.0f}", f"{wave.refusals}, {wave.errors}")
    return table
