"""Ultimate tic-tac-toe: nine small boards on one of nine by nine squares."""

import re
from collections.abc import Iterator, Sequence

from game.rules.open_spiel.boards import Board, signs_on
from game.rules.open_spiel.look import Shown
from game.rules.table import Grid, Mark, Piece, Zone, picks_by_button, square

SIDE = 9
SMALL = 3
MOVE = re.compile(r"Local board (\d): [xo]\((\d),(\d)\)")
CHOICE = re.compile(r"Choose local board (\d)")
ROW = re.compile(r"[.xo]{3} [.xo]{3} [.xo]{3}")
LINES = ((0, 1, 2), (3, 4, 5), (6, 7, 8), (0, 3, 6), (1, 4, 7), (2, 5, 8), (0, 4, 8), (2, 4, 6))
"""Three in a row, by places counted from the top left."""
CROSSINGS = ("c4", "c7", "f4", "f7")
"""The squares at whose lower right corner the borders of small boards cross."""


class Ultimate:
    """A small board is chosen by its middle square."""

    flip = False
    top = 1

    def read(self, lines: Sequence[str]) -> tuple[Board | None, list[str]]:
        return tuple(tuple(line.replace(" ", "")) for line in lines if ROW.fullmatch(line)) or None, []

    def zones(self, board: Board) -> tuple[Zone, ...]:
        return (Grid("board", SIDE, SIDE, look="felt", stars=CROSSINGS),)

    def shown(self, board: Board, lines: Sequence[str]) -> Shown:
        marks = [
            Piece(_at(row, col), _at(row, col), sign, f"{sign.upper()} on {_at(row, col)}")
            for row, col, sign in signs_on(board)
        ]
        return Shown(marks, lines, [Mark(place, "win") for place in _won(board)])

    def picks(self, move: str) -> Sequence[str]:
        if found := CHOICE.fullmatch(move):
            return (_place(int(found[1]), 1, 1),)
        if found := MOVE.fullmatch(move):
            return (_place(*map(int, found.groups())),)
        return picks_by_button(move)


def _at(row: int, col: int) -> str:
    return square(col, SIDE - 1 - row)


def _place(small: int, row: int, col: int) -> str:
    return _at(SMALL * (small // SMALL) + row, SMALL * (small % SMALL) + col)


def _won(board: Board) -> Iterator[str]:
    """The places of all rows of three on the small boards."""
    for small in range(SIDE):
        top, left = SMALL * (small // SMALL), SMALL * (small % SMALL)
        places = [(top + at // SMALL, left + at % SMALL) for at in range(SIDE)]
        for line in LINES:
            signs = {board[row][col] for row, col in (places[at] for at in line)}
            if len(signs) == 1 and signs != {"."}:
                yield from (_at(*places[at]) for at in line)
