"""The benches work, seen by a moment of each: figures are never asserted."""

from pathlib import Path

from tests.benchmarks import cases
from tests.benchmarks.__main__ import measure, report
from tests.benchmarks.cases import Figures
from tests.benchmarks.idle import waking_ms


def test_moves_are_measured_beside_the_floor() -> None:
    figures = Figures()
    measure(figures, ("moves",), 1, (50,), 0.02)
    table = report(figures)
    assert "| sqlite, 50 |" in table
    assert figures.median("relay 50 cpu_us") > 0
    assert figures.ratio("relay 50 cpu_us", "relay 50 cpu_us") == 1


def test_spectators_are_measured_beside_the_floor() -> None:
    figures = Figures()
    cases.spectators(figures, 5, 0.02)
    assert "spectators" in report(figures)


def test_idle_matches_and_connections_are_measured() -> None:
    figures = Figures()
    cases.idle(figures, 2, 3, 4, 0.05)
    assert "memory of an idle connection" in report(figures)


def test_sleeping_matches_are_measured() -> None:
    figures = Figures()
    cases.sleeping(figures, 3, 0.1)
    assert "sleeping match" in report(figures)


def test_clients_that_come_back_are_measured() -> None:
    figures = Figures()
    cases.returning(figures, 4)
    assert figures.median("return p50_s") <= figures.median("return all_s")


def test_a_long_match_is_woken(tmp_path: Path) -> None:
    assert waking_ms(tmp_path / "parlour.db") > 0


def test_the_ratio_is_that_of_each_round() -> None:
    figures = Figures()
    for floor, value in ((1.0, 2.0), (10.0, 30.0), (2.0, 8.0)):
        figures.add("floor", floor)
        figures.add("it", value)
    assert figures.ratio("it", "floor") == 3
    assert figures.median("it") == 8
