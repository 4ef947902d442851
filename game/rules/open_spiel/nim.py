"""Nim: piles of stones."""

import re
from collections.abc import Sequence

from game.rules.open_spiel.boards import Board
from game.rules.open_spiel.look import Shown
from game.rules.table import Lay, Piece, Zone, picks_by_button

PILES = re.compile(r"\(\d+\): ([\d ]+)")
MOVE = re.compile(r"pile:(\d+), take:(\d+);")


class Nim:
    """One touches a pile, and says how many stones one takes."""

    flip = False
    top = 1

    def read(self, lines: Sequence[str]) -> tuple[Board | None, list[str]]:
        """One row: the number of stones in each pile."""
        found = next((found for line in lines if (found := PILES.fullmatch(line))), None)
        return ((tuple(found[1].split()),) if found else None), []

    def zones(self, board: Board) -> tuple[Zone, ...]:
        return tuple(Lay("row", f"pile-{number}", f"Pile {number}") for number in range(1, len(board[0]) + 1))

    def shown(self, board: Board, lines: Sequence[str]) -> Shown:
        piles = [(f"pile-{number}", int(count)) for number, count in enumerate(board[0], 1)]
        return Shown(
            [
                Piece(f"{pile}.{at}", pile, "stone:0", f"Stone in {pile.replace('-', ' ')}")
                for pile, count in piles
                for at in range(count)
            ],
            lines,
        )

    def picks(self, move: str) -> Sequence[str]:
        return (f"pile-{found[1]}", f"#take {found[2]}") if (found := MOVE.fullmatch(move)) else picks_by_button(move)
