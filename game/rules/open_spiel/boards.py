"""Boards within texts: where one is, what lies on it, and how moves name its places.

OpenSpiel prints a board as rows of signs, with or without spaces, rank numbers and file letters, or as the
rows of a FEN. Which moves name places in which way is known of some games; in the others, moves are buttons.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from game.rules.table import Grid, Piece, square

SIDE_MIN = 3

Board = tuple[tuple[str, ...], ...]
"""Rows from the top, each with its signs."""

Names = Literal["letters", "letters_down", "go", "rows", "rows_from_1"]
Art = Literal["marks", "stones", "chess"]


@dataclass(frozen=True, slots=True)
class Look:
    """How a game's board is drawn, and how its moves name places.

    `letters`: `a1` at the bottom left; `letters_down`: at the top left; `go`: as letters, without an i;
    `rows`: row and column, from 0 at the top left; `rows_from_1`: from 1. Boards that begin at the top are
    drawn upside down: then the name of a place does not depend on how many rows there are.
    """

    names: Names | None = None
    art: Art = "marks"
    ground: Literal["plain", "checker", "lines"] = "plain"
    flip: bool = True
    """Not where the second seat's side is at the bottom already: the page would turn it to the top."""


LOOKS: Mapping[str, Look] = {
    "amazons": Look("rows_from_1"),
    "antichess": Look(None, "chess", "checker", flip=False),
    "banqi": Look("rows"),
    "breakthrough": Look("letters", "stones", "checker", flip=False),
    "clobber": Look("letters"),
    "crazyhouse": Look(None, "chess", "checker", flip=False),
    "cursor_go": Look(None, "stones", "lines"),
    "dark_chess": Look(None, "chess", "checker", flip=False),
    "dark_hex": Look("letters_down"),
    "gomoku": Look("rows", "stones", "lines"),
    "kriegspiel": Look("letters", "chess", "checker", flip=False),
    "latent_ttt": Look("rows"),
    "lines_of_action": Look("letters", "marks", "checker"),
    "mnk": Look("rows"),
    "phantom_go": Look("go", "stones", "lines"),
    "phantom_ttt": Look("rows"),
    "rbc": Look("letters", "chess", "checker", flip=False),
    "xiangqi": Look("rows"),
}

EMPTY = frozenset((".", "+", "_", "__"))
STONES = {"b": 0, "X": 0, "x": 0, "@": 0, "w": 1, "O": 1, "o": 1}
CHESSMEN = {"K": "king", "Q": "queen", "R": "rook", "B": "bishop", "N": "knight", "P": "pawn"}

LINES = frozenset("-|/\\─│")
"""Signs that draw lines, and are no pieces."""
FEN = re.compile(r"(?:[A-Za-z+?\d ]+/){2,}[A-Za-z+?\d ]+.*")
FEN_SIGN = re.compile(r"\d+|\+?[A-Za-z? ]")
RANKED = re.compile(r"\s*(\d{1,2}) ?(\S.*)")
BOXED = re.compile(r"(?:\|[^| ]{1,3}\|)+")
AFTER_PLACES = " ()-*+#="


def board_in(lines: Sequence[str]) -> tuple[Board | None, list[str]]:
    """The largest board in a text, if there is one, and the lines that are left."""
    for at, line in enumerate(lines):
        if FEN.fullmatch(line) and (fen := _fen_board(line)):
            return fen[0], [*lines[:at], *([fen[1]] if fen[1] else []), *lines[at + 1 :]]
    rows = [_row(line) for line in lines]
    blocks = [list(block) for _, block in groupby(range(len(lines)), key=lambda at: (rows[at][0], len(rows[at][1])))]
    boards = [block for block in blocks if len(block) >= SIDE_MIN <= len(rows[block[0]][1])]
    if not boards:
        return None, list(lines)
    block = max(boards, key=lambda block: len(block) * len(rows[block[0]][1]))
    board = tuple(rows[at][1] for at in block)
    around = (at for at in (block[0] - 1, block[-1] + 1) if 0 <= at < len(lines) and _names_files(lines[at], board))
    used = {*block, *around}
    return board, [line for at, line in enumerate(lines) if at not in used]


def grid_of(board: Board, look: Look) -> Grid:
    """The zone that a board lies on."""
    labels: Literal["letters", "none"] = "none" if look.names is None and look.art != "chess" else "letters"
    return Grid("board", len(board[0]), len(board), look=look.ground, labels=labels)


def pieces_of(board: Board, look: Look) -> list[Piece]:
    """What lies on a board; a piece goes by the name of its place."""
    down = look.names in ("letters_down", "rows", "rows_from_1")
    signs = [
        (square(file, row if down else len(board) - 1 - row), sign)
        for row, signs in enumerate(board)
        for file, sign in enumerate(signs)
        if sign not in EMPTY
    ]
    return [Piece(place, place, art, f"{said} on {place}") for place, sign in signs for art, said in [_art(sign, look)]]


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


def _art(sign: str, look: Look) -> tuple[str, str]:
    """The picture of a sign, and its name."""
    if look.art == "chess" and sign.upper() in CHESSMEN:
        white = sign.isupper()
        return (
            f"chess:{'w' if white else 'b'}{sign.upper()}",
            f"{'White' if white else 'Black'} {CHESSMEN[sign.upper()]}",
        )
    if look.art == "stones" and sign in STONES:
        return f"stone:{STONES[sign]}", "White stone" if STONES[sign] else "Black stone"
    if look.art == "marks" and sign in "xXoO":
        return sign.lower(), sign.upper()
    return f"text:{sign}", "Unknown" if sign == "?" else sign


def _fen_board(line: str) -> tuple[Board, str] | None:
    """The board of a FEN, and what the line says after it. A space within a rank is an empty square."""
    *ranks, last = line.split("/")
    rows = [[sign for sign, _ in _fen_signs(rank)] for rank in ranks]
    signs = [(sign, end) for sign, end in _fen_signs(last)][: len(rows[0])]
    rows.append([sign for sign, _ in signs])
    return (tuple(map(tuple, rows)), last[signs[-1][1] :].strip()) if len(set(map(len, rows))) == 1 else None


def _fen_signs(rank: str) -> Iterator[tuple[str, int]]:
    """Each sign of a rank, empty squares among them, with where in the text it ends."""
    for found in FEN_SIGN.finditer(rank):
        sign = found[0]
        for each in ["."] * int(sign) if sign.isdigit() else [sign]:
            yield each.replace(" ", "."), found.end()


def _row(line: str) -> tuple[str, tuple[str, ...]]:
    """The kind of row that a line is, and its signs; none where it is no row of a board."""
    if BOXED.fullmatch(line):
        return "boxed", tuple(re.findall(r"\|([^|]+)\|", line))
    if (ranked := RANKED.fullmatch(line)) and (signs := _signs(ranked[2])) and not any(map(str.isdigit, signs)):
        return "ranked", signs
    return "bare", _signs(line)


def _signs(text: str) -> tuple[str, ...]:
    signs = text.split(" ") if " " in text else list(text)
    return tuple(signs) if all(len(sign) == 1 and sign not in LINES for sign in signs) else ()


def _names_files(line: str, board: Board) -> bool:
    letters = line.replace(" ", "").lower()
    return len(letters) == len(board[0]) and letters[:3] == "abc"
