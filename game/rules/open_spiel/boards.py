"""Boards within texts: where one is, and what lies on it.

OpenSpiel prints a board as rows of signs, with or without spaces, rank numbers and file letters, or as the
rows of a FEN.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

SIDE_MIN = 3
EMPTY = frozenset((".", "+", "_", "__"))
"""Signs of places on which nothing lies."""

Board = tuple[tuple[str, ...], ...]
"""Rows from the top, each with its signs."""

LINES = frozenset("-|/\\─│")
"""Signs that draw lines, and are no pieces."""
FEN = re.compile(r"(?:[A-Za-z+?\d ]+/){2,}[A-Za-z+?\d ]+.*")
FEN_SIGN = re.compile(r"\d+|\+?[A-Za-z? ]")
RANKED = re.compile(r"\s*(\d{1,2}) ?(\S.*)")
BOXED = re.compile(r"(?:\|[^| ]{1,3}\|)+")


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


def signs_on(board: Board) -> Iterator[tuple[int, int, str]]:
    """Row from the top, column, and sign of each place that is not empty."""
    for row, signs in enumerate(board):
        yield from ((row, col, sign) for col, sign in enumerate(signs) if sign not in EMPTY)


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
