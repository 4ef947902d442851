"""What came of many matches, as a table and in words."""

from collections.abc import Sequence

from rich.box import SIMPLE_HEAD
from rich.table import Table

from bots.play import Finished


def results(finished: Sequence[Finished]) -> Table:
    """One row a game, and one for all."""
    table = Table(title="Matches played", box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    games = sorted({match.planned.game for match in finished})
    table.add_column("game", no_wrap=True, min_width=max(map(len, games), default=0))
    for title in ("matches", "moves", "moves/s", "won by seat", "drawn", "refused", "faults"):
        table.add_column(title, justify="right", no_wrap=title != "won by seat")
    for game in games:
        table.add_row(game, *_row([match for match in finished if match.planned.game == game]))
    table.add_section()
    table.add_row("all", *_row(finished))
    return table


def faults(finished: Sequence[Finished]) -> list[str]:
    """Every discrepancy, with the match in which it was found."""
    return [f"{match.planned.game} {match.match}: {fault}" for match in finished for fault in match.faults]


def _row(finished: Sequence[Finished]) -> list[str]:
    moves = sum(match.moves for match in finished)
    seconds = max(match.ended for match in finished) - min(match.began for match in finished)
    decided = [_winner(match.points) for match in finished if match.points]
    seats = range(max(len(match.planned.bots) for match in finished))
    return [
        str(len(finished)),
        str(moves),
        f"{moves / seconds:.0f}",
        " ".join(str(decided.count(seat)) for seat in seats),
        str(decided.count(None)),
        str(sum(match.refusals for match in finished)),
        str(sum(len(match.faults) for match in finished)),
    ]


def _winner(points: Sequence[int]) -> int | None:
    """The seat with the most points; None when several have them."""
    most = max(points)
    return points.index(most) if list(points).count(most) == 1 else None
