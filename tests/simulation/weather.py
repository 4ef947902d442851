"""What goes wrong in one seed, and how often: each seed has a weather of its own, so that some are calm."""

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Weather:
    """Rates are events per virtual second of the storm; chances are from 0 to 1."""

    pace: float
    """How slowly everything is done: at 1 in seconds, at 20 in minutes, so that hosts fall asleep."""
    latency_seconds: float
    cuts: float
    half_open: float
    crashes: float
    stops: float
    bad_disks: float
    clock_jumps: float
    nights: float
    """Everyone is away, long enough for the server to forget what it need not know."""
    disk_seconds: float
    """How long a commit takes; 0 is a storage that never waits."""
    commit_fails: float
    kept_though_failed: float
    """Of the failing commits: how many are kept all the same."""
    reads_fail: float
    bad_hour: bool
    """Whether the disk fails for the whole hour in which idle lobbies are to be closed."""
    crash_at_commit: float
    crash_at_frame: float
    backlog_bytes_max: int
    few: bool
    """Whether limits are small enough to be met."""


def weather(random: Random) -> Weather:
    """The weather of a seed. Half of what can go wrong does, in most."""
    pace = random.choice((1.0, 1.0, 1.0, 20.0))

    def at_times(most: float, chance: float = 0.5) -> float:
        return random.random() * most if random.random() < chance else 0.0

    return Weather(
        pace=pace,
        latency_seconds=random.choice((0.001, 0.02, 0.2, 1.0)),
        cuts=at_times(0.5) / pace,
        half_open=at_times(0.5) / pace,
        crashes=at_times(0.1) / pace,
        stops=at_times(0.05, 0.3) / pace,
        bad_disks=at_times(0.1) / pace,
        clock_jumps=at_times(0.1, 0.3) / pace,
        nights=at_times(0.1, 0.4) / pace,
        disk_seconds=random.choice((0.0, 0.005, 0.1, 1.0)),
        commit_fails=at_times(0.1),
        kept_though_failed=at_times(0.5, 0.3),
        reads_fail=at_times(0.2, 0.15),
        bad_hour=random.random() < 0.1,
        crash_at_commit=at_times(0.02),
        crash_at_frame=at_times(0.005),
        backlog_bytes_max=random.choice((700, 4096, 256 * 1024, 256 * 1024)),
        few=random.random() < 0.3,
    )
