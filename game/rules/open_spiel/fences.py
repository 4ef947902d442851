"""Boards with lines that are drawn while one plays: quoridor, dots and boxes."""

import re
from collections.abc import Sequence

from game.rules.open_spiel.boards import Board, signs_on
from game.rules.open_spiel.look import Shown
from game.rules.table import Graph, Mark, Piece, Zone, picks_by_button, square

STEP = 6
"""From a corner half way to the next, as a Graph has it."""
EMPTY = "."
ACROSS, UP = "-", "|"
PAWNS = "0@#%"
WALLS_LEFT = re.compile(r"Board size: (\d+), walls: (.*)")
STEP_OR_WALL = re.compile(r"([a-z]\d+)([vh]?)")
WAYS = {"v": "#upright", "h": "#across"}
LINE = re.compile(r"\(([hv]),(\d+),(\d+)\)")


class Quoridor:
    """Pawns in squares, and walls on the lines between. A wall is put by its middle, the corner below and to the right of a square."""

    flip = True
    top = 1

    def read(self, lines: Sequence[str]) -> tuple[Board | None, list[str]]:
        """Each square takes three letters, and the line beside it one."""
        found = WALLS_LEFT.match(lines[0]) if lines else None
        if found is None:
            return None, list(lines)
        wide = 2 * int(found[1]) - 1
        rows = [f"{line:{4 * wide}}"[2:] for line in lines[2 : 2 + wide]]
        board = tuple(
            tuple(_wall(row[4 * (at // 2) : 4 * (at // 2) + 4], at % 2 == 0) for at in range(wide)) for row in rows
        )
        return board, [f"Walls left: {found[2]}"]

    def zones(self, board: Board) -> tuple[Zone, ...]:
        size = (len(board) + 1) // 2
        corners = {(i, j): self._corner(i, j, size) for j in range(size + 1) for i in range(size + 1)}
        cells = [(square(i, j), STEP * (2 * i + 1), STEP * (2 * j + 1)) for j in range(size) for i in range(size)]
        sites = [(name, 2 * STEP * i, 2 * STEP * j) for (i, j), name in corners.items()]
        edges = [
            (name, corners[beside])
            for (i, j), name in corners.items()
            for beside in ((i + 1, j), (i, j + 1))
            if beside in corners
        ]
        return (Graph("board", (*cells, *sites), tuple(edges), bare=tuple(name for name, _, _ in cells)),)

    def shown(self, board: Board, lines: Sequence[str]) -> Shown:
        size = (len(board) + 1) // 2
        pawns = [_pawn(square(i // 2, j // 2), PAWNS.index(sign)) for j, i, sign in signs_on(board) if sign in PAWNS]
        walls = [
            Mark(
                self._corner(i // 2 + (sign == UP), j // 2 + (sign == ACROSS), size),
                "link",
                self._corner(i // 2 + 1, j // 2 + 1, size),
            )
            for j, i, sign in signs_on(board)
            if sign in (ACROSS, UP)
        ]
        return Shown(pawns, lines, walls)

    def picks(self, move: str) -> Sequence[str]:
        if not (found := STEP_OR_WALL.fullmatch(move)):
            return picks_by_button(move)
        return (f"{found[1]}+", WAYS[found[2]]) if found[2] else (found[1],)

    def _corner(self, right: int, down: int, size: int) -> str:
        """A corner within the board goes by the square that it is the last one of."""
        within = 0 < right < size and 0 < down < size
        return f"{square(right - 1, down - 1)}+" if within else f"rim {right},{down}"


def _wall(text: str, of_square: bool) -> str:
    """The sign of a place from the letters of a square and of the line to the right of it."""
    if of_square:
        return ACROSS if text.startswith("---") else text[1].replace(" ", EMPTY)
    return UP if text[3:] == "|" else EMPTY


def _pawn(at: str, seat: int) -> Piece:
    return Piece(at, at, f"disc:{seat}", f"Pawn of player {seat + 1} on {at}", seat)


class DotsAndBoxes:
    """Dots, and lines between two of them, by their middle."""

    flip = False
    top = 1

    def read(self, lines: Sequence[str]) -> tuple[Board | None, list[str]]:
        """From a dot to the next are four letters."""
        wide = max(map(len, lines), default=0)
        rows = [f"{line:{wide}}" for line in lines]
        board = tuple(tuple(_line(row[4 * (at // 2) :], at % 2) for at in range(wide // 2 + 1)) for row in rows)
        return board or None, []

    def zones(self, board: Board) -> tuple[Zone, ...]:
        sites = [(self._name(i, j), STEP * i, STEP * j) for j in range(len(board)) for i in range(len(board[0]))]
        bare = tuple(self._name(i, j) for j in range(len(board)) for i in range(len(board[0])) if i % 2 or j % 2)
        return (Graph("board", tuple(sites), (), bare=bare),)

    def shown(self, board: Board, lines: Sequence[str]) -> Shown:
        bars = [
            Mark(self._name(i - i % 2, j - j % 2), "link", self._name(i + i % 2, j + j % 2))
            for j, i, sign in signs_on(board)
            if sign in (ACROSS, UP)
        ]
        boxes = [
            Piece(self._name(i, j), self._name(i, j), f"disc:{int(sign) - 1}", f"Box of player {sign}", int(sign) - 1)
            for j, i, sign in signs_on(board)
            if sign.isdigit()
        ]
        return Shown(boxes, [], bars)

    def picks(self, move: str) -> Sequence[str]:
        if not (found := LINE.fullmatch(move)):
            return picks_by_button(move)
        way, row, col = found[1], int(found[2]), int(found[3])
        return (self._name(2 * col + (way == "h"), 2 * row + (way == "v")),)

    def _name(self, i: int, j: int) -> str:
        """Of a dot, a line or a box, by its row and column as moves have them."""
        kind = "box" if i % 2 and j % 2 else "h" if i % 2 else "v" if j % 2 else "dot"
        return f"{kind} {j // 2},{i // 2}"


def _line(text: str, between: int) -> str:
    """The sign of a dot or an upright line, or of what is between two such."""
    if not between:
        return UP if text[:1] == "│" else EMPTY
    return ACROSS if text[1:4] == "───" else text[2:3].strip() or EMPTY
