"""Boards of squares: how they are drawn, and how moves name their places.

Which moves name places in which way is known of some games; in the others, moves are buttons.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from game.rules.open_spiel.boards import Board, board_in, signs_on
from game.rules.open_spiel.look import Shown
from game.rules.table import Grid, Hex, Lay, Piece, Zone, picks_by_button, square

Names = Literal["letters", "letters_down", "go", "rows", "rows_from_1"]

STONES = {"b": 0, "X": 0, "x": 0, "@": 0, "w": 1, "O": 1, "o": 1}
AFTER_PLACES = " ()-*+#="


def marks(sign: str) -> tuple[str, str] | None:
    """Crosses and noughts."""
    return (sign.lower(), sign.upper()) if sign in ("x", "X", "o", "O") else None


def stone(sign: str) -> tuple[str, str]:
    """A black or a white one."""
    return f"stone:{STONES[sign]}", "White stone" if STONES[sign] else "Black stone"


def stones(sign: str) -> tuple[str, str] | None:
    """Black and white ones."""
    return stone(sign) if sign in STONES else None


def hexstones(sign: str) -> tuple[str, str] | None:
    """Black and white ones on a board of hexagons."""
    return (f"hexstone:{STONES[sign]}", stone(sign)[1]) if sign in STONES else None


def nothing_more(lines: Sequence[str]) -> tuple[list[Piece], list[str]]:
    """Nothing else lies on the table, and all lines are shown."""
    return [], list(lines)


def no_lines(lines: Sequence[str]) -> tuple[list[Piece], list[str]]:
    """Nothing else lies on the table, and the lines say nothing that is not seen anyway."""
    return [], []


@dataclass(frozen=True, slots=True)
class Squares:
    """How a board of squares is drawn, and how its moves name places.

    `letters`: `a1` at the bottom left; `letters_down`: at the top left; `go`: as letters, without an i;
    `rows`: row and column, from 0 at the top left; `rows_from_1`: from 1. Boards that begin at the top are
    drawn upside down: then the name of a place does not depend on how many rows there are.
    """

    names: Names | None = None
    art: Callable[[str], tuple[str, str] | None] = marks
    """The picture of a sign and its name; of one without, None."""
    ground: Literal["plain", "checker", "lines"] = "plain"
    flip: bool = True
    top: int = 1
    ownership: Callable[[str, Sequence[str]], int | None] = lambda sign, lines: None
    """Whose a sign is, by the other lines if need be, where that gives its tile a colour."""
    hexagonal: bool = False
    """Each rank stands half a place to the right of the one above it; the first seat joins the top to the bottom."""
    identified: bool = False
    """Each sign is there once, and a piece goes by it, in capital letters; elsewhere by the name of its place."""
    called: Callable[[int, int], str] = square
    """What players call a square; file and rank from 0 at the bottom left."""
    picked: Callable[[str], Sequence[str] | None] = lambda move: None
    """The picks of a move that names places in a way of its own."""
    beside: tuple[Lay, ...] = ()
    """Zones besides the board."""
    rest: Callable[[Sequence[str]], tuple[list[Piece], list[str]]] = nothing_more
    """What lies beside the board, from the other lines, and those of them that are left to show."""

    def read(self, lines: Sequence[str]) -> tuple[Board | None, list[str]]:
        return board_in(lines)

    def zones(self, board: Board) -> tuple[Zone, ...]:
        if self.hexagonal:
            return (Hex("board", len(board[0]), len(board), edges=("0", "1"), labels=True),)
        labels: Literal["letters", "none"] = "letters" if self.names else "none"
        return (Grid("board", len(board[0]), len(board), look=self.ground, labels=labels), *self.beside)

    def shown(self, board: Board, lines: Sequence[str]) -> Shown:
        pieces = [
            self._piece(sign, lines, file, row if self._downwards else len(board) - 1 - row)
            for row, file, sign in signs_on(board)
        ]
        more, left = self.rest(lines)
        return Shown([*pieces, *more], left)

    def picks(self, move: str) -> Sequence[str]:
        if picks := self.picked(move):
            return picks
        places, more = places_in(move, self.names) if self.names else ([], "")
        if not places:
            return picks_by_button(move)
        return (*places, f"#{more}") if more else tuple(places)

    @property
    def _downwards(self) -> bool:
        return self.names in ("letters_down", "rows", "rows_from_1")

    def _piece(self, sign: str, lines: Sequence[str], file: int, rank: int) -> Piece:
        at = square(file, rank)
        art, said = self.art(sign) or (f"text:{sign}", "Unknown" if sign == "?" else sign)
        return Piece(
            sign.upper() if self.identified else at,
            at,
            art,
            f"{said} on {self.called(file, rank)}",
            self.ownership(sign, lines),
        )


def places_in(move: str, names: Names) -> tuple[list[str], str]:
    """The places that a move names, in order, and what it says after the last of them."""
    pattern = (
        r"(\d+),\s?(\d+)"
        if names in ("rows", "rows_from_1")
        else r"(?<![A-Za-z])([a-z])(\d+)|(?<=\d)([a-z])(\d+)|(?<=x)([a-z])(\d+)"
    )
    found = list(re.finditer(pattern, move))
    places = [_place([part for part in one.groups() if part is not None], names) for one in found]
    return places, move[found[-1].end() :].strip(AFTER_PLACES) if found else ""


def _place(parts: Sequence[str], names: Names) -> str:
    if names in ("rows", "rows_from_1"):
        first = int(names == "rows_from_1")
        return square(int(parts[1]) - first, int(parts[0]) - first)
    letter, rank = parts
    return f"{chr(ord(letter) - (names == 'go' and letter > 'i'))}{rank}"
