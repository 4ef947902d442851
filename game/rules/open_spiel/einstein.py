"""EinStein würfelt nicht!: moves are called by a piece and the square that it goes to, `B3-c4`."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from game.rules.open_spiel.boards import board_in, signs_on
from game.rules.table import square

SAID = re.compile(r"([BW]\d)-(\w+)\*?")
WAYS = {
    "B": {"down": (1, 0), "right": (0, 1), "diag": (1, 1)},
    "W": {"up": (-1, 0), "left": (0, -1), "diag": (-1, -1)},
}
"""In rows, from the top, and columns."""
MOVE = re.compile(r"([BW]\d)-([a-z]\d)")


def names(spiel: Any, seat: int, said: Mapping[str, int]) -> Sequence[str]:
    """Moves by piece and square."""
    board, _ = board_in(str(spiel).rstrip().split("\n"))
    assert board is not None
    at = {sign: (row, col) for row, col, sign in signs_on(board)}
    return [_name(text, at, len(board)) for text in said]


def _name(text: str, at: Mapping[str, tuple[int, int]], side: int) -> str:
    found = SAID.fullmatch(text)
    assert found is not None, text
    piece, way = found.groups()
    (row, col), (down, right) = at[piece.lower()], WAYS[piece[0]][way]
    return f"{piece}-{square(col + right, side - 1 - row - down)}"


def picks(move: str) -> Sequence[str] | None:
    """The piece, and the square; None for another move."""
    return found.groups() if (found := MOVE.fullmatch(move)) else None
