"""Xiangqi, and banqi with the same pieces: the points of the board, and how moves are called.

Moves of xiangqi are called by two points, `b3e3`: a1 is Red's left corner.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from game.rules.open_spiel.boards import Board, board_in, signs_on
from game.rules.open_spiel.look import Shown
from game.rules.table import Graph, Piece, Zone, picks_by_button, square

FILES = 9
RANKS = 10
RIVER = 4
"""It flows between this rank and the next."""
SIDES = ("Red", "Black")
PALACES = ((3, 0), (3, 7))
"""Their left corners nearest to Red: they are three points wide and high, and have diagonals."""
KINDS = {"G": "general", "A": "advisor", "E": "elephant", "H": "horse", "R": "chariot", "C": "cannon", "S": "soldier"}
SAID = re.compile(r"\w\((\d),(\d)\)-\((\d),(\d)\)")
"""Rows and columns from 0 at the top left."""
MOVE = re.compile(r"([a-i]\d+)([a-i]\d+)")
STEP = 12
"""From a point to the next, as a Graph has it."""


def names(spiel: Any, seat: int, said: Mapping[str, int]) -> Sequence[str]:
    """Moves by their points."""
    return [_name(text) for text in said]


def _name(text: str) -> str:
    found = SAID.fullmatch(text)
    assert found is not None, text
    row, col, to_row, to_col = map(int, found.groups())
    return square(col, RANKS - 1 - row) + square(to_col, RANKS - 1 - to_row)


class Xiangqi:
    """Seat 0 is Red, and has its side at the bottom."""

    flip = True
    top = 1

    def read(self, lines: Sequence[str]) -> tuple[Board | None, list[str]]:
        return board_in(lines)

    def zones(self, board: Board) -> tuple[Zone, ...]:
        """The points, and the lines between them: over the river they lead at the edges only."""
        sites = [(square(file, rank), STEP * file, STEP * (RANKS - 1 - rank)) for file, rank in _points()]
        across = [((file, rank), (file + 1, rank)) for file, rank in _points() if file < FILES - 1]
        along = [((file, rank), (file, rank + 1)) for file, rank in _points() if rank < RANKS - 1]
        over_land = [(a, b) for a, b in along if a[1] != RIVER or a[0] in (0, FILES - 1)]
        diagonals = [
            (a, b)
            for file, rank in PALACES
            for a, b in (((file, rank), (file + 2, rank + 2)), ((file + 2, rank), (file, rank + 2)))
        ]
        edges = [(square(*a), square(*b)) for a, b in (*across, *over_land, *diagonals)]
        return (Graph("board", tuple(sites), tuple(edges)),)

    def shown(self, board: Board, lines: Sequence[str]) -> Shown:
        pieces = [_piece(sign, square(file, RANKS - 1 - row)) for row, file, sign in signs_on(board)]
        return Shown(pieces, lines)

    def picks(self, move: str) -> Sequence[str]:
        return found.groups() if (found := MOVE.fullmatch(move)) else picks_by_button(move)


def art(sign: str) -> tuple[str, str] | None:
    """The picture of a piece and its name; None for another sign."""
    kind = KINDS.get(sign.upper())
    return (f"text:{sign.upper()}", f"{SIDES[sign.islower()]} {kind}") if kind else None


def owner_by_flip(sign: str, lines: Sequence[str]) -> int | None:
    """Whose a piece of banqi is: the first one that is turned over gives the first player its colour."""
    first = next((int("P0=Black" in line) for line in lines if "P0=" in line), None)
    return None if first is None or not sign.isalpha() else int(sign.islower()) ^ first


def _points() -> list[tuple[int, int]]:
    return [(file, rank) for rank in range(RANKS) for file in range(FILES)]


def _piece(sign: str, at: str) -> Piece:
    picture, said = art(sign) or (f"text:{sign}", sign)
    return Piece(at, at, picture, f"{said} on {at}", int(sign.islower()))
