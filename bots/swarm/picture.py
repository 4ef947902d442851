"""A swarm as a picture. Needs matplotlib, which nothing else here does."""

from pathlib import Path
from statistics import mean

from matplotlib.figure import Figure

from bots.swarm.course import Course
from bots.swarm.result import Result


def plot(path: Path, result: Result, course: Course) -> None:
    """A picture: how latencies are distributed, and moves a second over time."""
    figure = Figure(figsize=(11, 4.5), layout="constrained")
    left, right = figure.subplots(1, 2)
    ordered, pace = sorted(course.latencies), course.pace
    left.plot([value * 1000 for value in ordered], [number / len(ordered) for number in range(1, len(ordered) + 1)])
    left.set(xscale="log", xlabel="milliseconds from a move to its update", ylabel="part of the moves", ylim=(0, 1))
    left.grid(visible=True, which="both", alpha=0.3)
    right.plot([at for at, _ in pace], [rate for _, rate in pace], marker=".")
    right.set(xlabel="seconds of playing", ylabel="moves per second", ylim=(0, None))
    right.grid(visible=True, alpha=0.3)
    figure.suptitle(f"{result.game}, {result.matches} matches, {mean(rate for _, rate in pace):,.0f} moves per second")
    figure.savefig(path)
