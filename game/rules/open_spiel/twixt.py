"""TwixT: holes, pegs, and the links between pegs, which cannot be read from what OpenSpiel draws."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from game.rules.open_spiel.boards import Board, signs_on
from game.rules.open_spiel.look import Shown
from game.rules.table import Graph, Mark, Piece, Zone, file_name, picks_by_button

WAYS = ((1, -2), (2, -1), (2, 1), (1, 2), (-1, 2), (-2, 1), (-2, -1), (-1, -2))
"""Where a link leads, in files and rows, in the order in which OpenSpiel makes them: clockwise."""
ROW = re.compile(r"\s*\d+ [xo.|_/\\ ]+")
LINK = re.compile(r"([a-z]\d+)-([a-z]\d+)")
MOVE = re.compile(r"[xo]([a-z]\d+)")
Hole = tuple[int, int]  # file, and row from the top, from 0
Link = tuple[Hole, Hole]
CORNER = "#"
STEP = 12
"""From a hole to the next, as a Graph has it."""
SIDES = {"x": 0, "o": 1}
NAMES = {"x": "Red", "o": "Yellow"}


def printed(spiel: Any) -> str:
    """OpenSpiel's text, and a line for each link, such as `b8-c6`."""
    links = _links(spiel.history(), spiel.get_game().get_parameters()["board_size"])
    return "\n".join([str(spiel), *(f"{_hole(*one)}-{_hole(*other)}" for one, other in links)])


def _links(history: Sequence[int], size: int) -> Sequence[Link]:
    """The links after these actions, as the rules make them: each peg is linked to those of its side that it reaches."""
    pegs: dict[Hole, int] = {}
    links: list[Link] = []
    for number, action in enumerate(history):
        file, up = divmod(action, size)
        hole = (file, size - 1 - up)
        if hole in pegs:  # the second player takes over the first peg, turned by a quarter
            pegs, hole = {}, (up, file)
        pegs[hole] = number % 2
        for right, down in WAYS:
            other = (hole[0] + right, hole[1] + down)
            if pegs.get(other) == number % 2 and not any(_cross((hole, other), link) for link in links):
                links.append((hole, other))
    return links


def _cross(one: Link, other: Link) -> bool:
    (a, b), (c, d) = one, other
    return _side(a, b, c) * _side(a, b, d) < 0 and _side(c, d, a) * _side(c, d, b) < 0


def _side(start: Hole, end: Hole, hole: Hole) -> int:
    """On which side of a line a hole is: a sign."""
    turn = (end[0] - start[0]) * (hole[1] - start[1]) - (end[1] - start[1]) * (hole[0] - start[0])
    return (turn > 0) - (turn < 0)


def _hole(file: int, row: int) -> str:
    return f"{file_name(file)}{row + 1}"


class Twixt:
    """The first player joins the top to the bottom, the second the left to the right."""

    flip = False
    top = 1

    def read(self, lines: Sequence[str]) -> tuple[Board | None, list[str]]:
        """The lines that are left are the links."""
        rows = [re.findall("[xo.]", line) for line in lines if ROW.fullmatch(line)]
        size = max(map(len, rows), default=0)
        board = tuple((CORNER, *row, CORNER) if len(row) < size else tuple(row) for row in rows)
        return board or None, [line for line in lines if LINK.fullmatch(line)]

    def zones(self, board: Board) -> tuple[Zone, ...]:
        size = len(board)
        holes = [(file, row) for row in range(size) for file in range(size) if board[row][file] != CORNER]
        inner = range(1, size - 1)
        borders = [[(file, row) for file in inner] for row in (0, size - 1)]
        borders += [[(file, row) for row in inner] for file in (0, size - 1)]
        lines = [(_hole(*one), _hole(*other)) for border in borders for one, other in pairwise(border)]
        return (Graph("board", tuple((_hole(f, r), STEP * f, STEP * r) for f, r in holes), tuple(lines)),)

    def shown(self, board: Board, lines: Sequence[str]) -> Shown:
        pegs = [
            Piece(at, at, f"disc:{SIDES[sign]}", f"{NAMES[sign]} peg on {at}", SIDES[sign])
            for row, file, sign in signs_on(board)
            if sign in SIDES
            for at in [_hole(file, row)]
        ]
        links = [Mark(found[1], "link", found[2]) for line in lines if (found := LINK.fullmatch(line))]
        return Shown(pegs, [], links)

    def picks(self, move: str) -> Sequence[str]:
        return (found[1],) if (found := MOVE.fullmatch(move)) else picks_by_button(move)
