"""Whole servers by seed: whatever fails, the laws hold. A seed that breaks one can be played again, exactly.

PARLOUR_SEEDS=1000 plays so many; PARLOUR_SEED=77 plays that one alone.
"""

import os
import subprocess
import sys

import pytest

from tests.simulation.loop import Stuck, VirtualLoop
from tests.simulation.network import whole_frame
from tests.simulation.simulation import LawBroken, Simulation
from web.edge.frames import binary_frame

SEEDS = int(os.environ.get("PARLOUR_SEEDS", "80"))
SEED = os.environ.get("PARLOUR_SEED")
SLICES = 8
FEW_SEEDS = 20


@pytest.mark.parametrize("slice", range(SLICES))
def test_whatever_fails_the_laws_hold(slice: int) -> None:
    """Storm, calm, an idle hour, and nobody left: see `tests/simulation/laws.py` for what is held to."""
    seeds = range(slice, SEEDS, SLICES) if SEED is None else [int(SEED)] if slice == 0 else []
    for seed in seeds:
        simulation = Simulation(seed)
        try:
            simulation.run()
        except LawBroken as broken:
            story = "\n".join(simulation.story.lines(last=30))
            pytest.fail(f"{story}\n\nseed {seed}: {broken}\n\nagain: python -m tests.simulation {seed}", pytrace=False)


def test_the_storm_is_one() -> None:
    """A simulation in which nothing happens would hold every law."""
    reports = [Simulation(seed).run() for seed in range(FEW_SEEDS)]
    assert sum(report.runs for report in reports) > 1.5 * FEW_SEEDS, "the server hardly ever dies"
    assert sum(report.matches_over for report in reports) > 2 * FEW_SEEDS, "hardly a match is played to its end"
    assert sum(report.answers for report in reports) > 100 * FEW_SEEDS, "hardly a request is answered"


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_seed_is_played_again_exactly(seed: int) -> None:
    """Everything happens at the same time again, in another process with other hashes and addresses."""
    again = subprocess.run(
        [sys.executable, "-m", "tests.simulation", "--digest", str(seed)],
        env=os.environ | {"PYTHONHASHSEED": str(seed)},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    simulation = Simulation(seed)
    try:
        simulation.run()
    except LawBroken:
        pass
    assert again.stdout.strip() == simulation.story.digest


def test_two_seeds_are_two_stories() -> None:
    """So the digest says something."""
    digests = set()
    for seed in (1, 2):
        simulation = Simulation(seed)
        try:
            simulation.run()
        except LawBroken:
            pass
        digests.add(simulation.story.digest)
    assert len(digests) == 2


def test_virtual_time_leaps() -> None:
    """A day passes at once, and what was planned comes in its order."""
    loop = VirtualLoop()
    order: list[str] = []
    day = 24 * 3600.0
    loop.call_later(day, order.append, "late")
    loop.call_later(1.0, order.append, "early")
    loop.call_later(day + 1, loop.stop)
    loop.run_forever()
    assert order == ["early", "late"]
    assert loop.time() == pytest.approx(day + 1)
    with pytest.raises(Stuck):
        loop.run_until_complete(loop.create_future())
    loop.close()


@pytest.mark.parametrize("size", [1, 125, 126, 65535, 65536])
def test_a_frame_is_whole_only_with_its_last_byte(size: int) -> None:
    """What the network cuts anywhere is put together again, or not at all."""
    frame = binary_frame(b"x" * size)
    assert whole_frame(frame + b"more") == (len(frame), b"x" * size)
    for cut in {0, 1, 2, 3, 9, len(frame) - 1} & set(range(len(frame))):
        assert whole_frame(frame[:cut]) is None
