"""Pentago: four quarters of a board, one of which one turns after putting a marble."""

import re
from collections.abc import Sequence

from game.rules.open_spiel.boards import Board, signs_on
from game.rules.open_spiel.grids import stone
from game.rules.open_spiel.look import Shown
from game.rules.table import Graph, Piece, Zone, picks_by_button, square

SIDE = 6
QUARTER = 3
STEP = 12
"""From a place to the next, as a Graph has it; between quarters, and half as much."""
ROW = re.compile(r"..(\d) ([.O@](?: [.O@]){5}).*")
MOVE = re.compile(r"([a-f][1-6])([s-z])")
TURNS = {
    "s": "upper left ↺",
    "t": "upper left ↻",
    "u": "upper right ↺",
    "v": "upper right ↻",
    "w": "lower right ↺",
    "x": "lower right ↻",
    "y": "lower left ↺",
    "z": "lower left ↻",
}


class Pentago:
    """A place, a1 at the top left, and then a turn."""

    flip = False
    top = 1

    def read(self, lines: Sequence[str]) -> tuple[Board | None, list[str]]:
        rows = [tuple(found[2].split()) for line in lines if (found := ROW.fullmatch(line))]
        return tuple(rows) or None, []

    def zones(self, board: Board) -> tuple[Zone, ...]:
        places = [(file, row) for row in range(SIDE) for file in range(SIDE)]
        sites = tuple((square(file, row), _along(file), _along(row)) for file, row in places)
        edges = tuple(
            (square(file, row), square(*beside))
            for file, row in places
            for beside in ((file + 1, row), (file, row + 1))
            if all(at % QUARTER or at == was for at, was in zip(beside, (file, row)))
        )
        return (Graph("board", sites, edges),)

    def shown(self, board: Board, lines: Sequence[str]) -> Shown:
        marbles = [
            Piece(at, at, art, f"{said} on {at}")
            for row, file, sign in signs_on(board)
            for at, (art, said) in [(square(file, row), stone(sign))]
        ]
        return Shown(marbles, lines)

    def picks(self, move: str) -> Sequence[str]:
        return (found[1], f"#{TURNS[found[2]]}") if (found := MOVE.fullmatch(move)) else picks_by_button(move)


def _along(at: int) -> int:
    return STEP * at + (STEP // 2 if at >= QUARTER else 0)
