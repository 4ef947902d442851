"""Boards of points in rows that are staggered, so that each has six beside it: hexagons, triangles, a star.

The rows stand in the text as on the board, each in the middle; a point goes by the name that moves give it.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from game.rules.open_spiel.boards import Board
from game.rules.open_spiel.grids import stone
from game.rules.open_spiel.look import Shown
from game.rules.table import Graph, Piece, Zone, picks_by_name, square

HALF = 4
"""From a point half way to the next in its row, as a Graph has it."""
DOWN = 7
"""From a row to the next."""

Point = tuple[int, int]  # row, from the top, and half steps from the left


@dataclass(frozen=True, slots=True)
class Points:
    """Which lines are rows, which signs lie in them, and what the points are called."""

    row: re.Pattern[str]
    sign: re.Pattern[str]
    names: Callable[[Board], Sequence[Sequence[str]]]
    """The names of all points, row by row."""
    art: Callable[[str], tuple[str, str]]
    """The picture of a sign and its name."""
    picks: Callable[[str], Sequence[str]] = picks_by_name
    flip: bool = False
    top: int = 1

    def read(self, lines: Sequence[str]) -> tuple[Board | None, list[str]]:
        rows = [tuple(self.sign.findall(line)) for line in lines if self.row.fullmatch(line)]
        return tuple(rows) or None, []

    def zones(self, board: Board) -> tuple[Zone, ...]:
        names = dict(zip(_points(board), _flat(self.names(board))))
        sites = [(name, HALF * across, DOWN * row) for (row, across), name in names.items()]
        edges = [
            (name, names[beside])
            for (row, across), name in names.items()
            for beside in ((row, across + 2), (row + 1, across - 1), (row + 1, across + 1))
            if beside in names
        ]
        return (Graph("board", tuple(sites), tuple(edges)),)

    def shown(self, board: Board, lines: Sequence[str]) -> Shown:
        lying = [(name, sign) for name, sign in zip(_flat(self.names(board)), _flat(board)) if sign != "."]
        return Shown([_piece(name, *self.art(sign)) for name, sign in lying], lines)


def _piece(name: str, art: str, said: str) -> Piece:
    return Piece(name, name, art, f"{said} on {name}")


def _points(board: Board) -> list[Point]:
    width = max(map(len, board))
    return [(row, width - len(signs) + 2 * at) for row, signs in enumerate(board) for at in range(len(signs))]


def _flat(rows: Sequence[Sequence[str]]) -> list[str]:
    return [each for row in rows for each in row]


def hexagon_names(board: Board) -> Sequence[Sequence[str]]:
    """Slanted files by letters: from the middle row on, each row begins one file further right."""
    middle = len(board) // 2
    return [[square(max(0, row - middle) + at, row) for at in range(len(signs))] for row, signs in enumerate(board)]


def triangle_names(board: Board) -> Sequence[Sequence[str]]:
    """Each row begins with an a."""
    return [[square(at, row) for at in range(len(signs))] for row, signs in enumerate(board)]


def numbers(board: Board) -> Sequence[Sequence[str]]:
    """All points one after the other, from 0."""
    before = [sum(map(len, board[:row])) for row in range(len(board))]
    return [[str(first + at) for at in range(len(signs))] for first, signs in zip(before, board)]


def pegs(sign: str) -> tuple[str, str]:
    """A peg of the player with that number, from 1."""
    return f"disc:{int(sign) - 1}", f"Peg of player {sign}"


def from_to(move: str) -> Sequence[str]:
    """`3->7` for a step, `3=>14` for a jump."""
    return re.split("[-=]>", move) if ">" in move else (f"#{move}",)


ROW = re.compile(r"\s*\d+[ \[][.O@ \[\]]+[a-z]?")
"""With its number, square brackets round the stone that was laid last, and perhaps the letter of a file."""
STONE = re.compile("[.O@]")

HEXAGON = Points(ROW, STONE, hexagon_names, stone)
TRIANGLE = Points(ROW, STONE, triangle_names, stone)
STAR = Points(re.compile("[ ]*[.1-6]( [.1-6])*"), re.compile("[.1-6]"), numbers, pegs, from_to, flip=True, top=0)
