"""Hive: where the tiles lie, by the moves that OpenSpiel prints, and how moves are called.

OpenSpiel says where a tile comes to lie by another one beside it, in as many ways as there are such: `wA1 bQ/` is to the upper
right of Black's queen. Here a move is called by the place, `wA1 i9`. All tiles are moved aside together when they come
near the rim, for the hive has none.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from game.rules.open_spiel.boards import Board
from game.rules.open_spiel.look import Shown
from game.rules.table import Hex, Lay, Piece, Zone, picks_by_button, seat_name, square

RADIUS = 8
"""Of the board, in places beside the middle one: OpenSpiel's ends a match that needs more."""
COLOURS = {"w": "White", "b": "Black"}
KINDS = {
    "Q": "queen",
    "A": "ant",
    "G": "grasshopper",
    "S": "spider",
    "B": "beetle",
    "M": "mosquito",
    "L": "ladybug",
    "P": "pillbug",
}
ALWAYS = ("Q", "A1", "A2", "A3", "G1", "G2", "G3", "S1", "S2", "B1", "B2")
"""Each side's tiles; M, L and P are played with where the first word of the text has them."""
GAME = re.compile(r"Base(?:\+([MLP]+))?")
MOVES_AFTER = 3
"""Lines."""
MOVE = re.compile(r"([wb][A-Z]\d?) ([a-q]\d{1,2})")
EMPTY = "."
ON = ">"
"""Between the tiles of a pile, from the lowest."""

Place = tuple[int, int]  # file and rank, from 0 in the middle
Piles = dict[Place, list[str]]
AFTER: Mapping[str, Place] = {"/": (1, -1), "-": (1, 0), "\\": (0, 1)}
BEFORE: Mapping[str, Place] = {"/": (-1, 1), "-": (-1, 0), "\\": (0, -1)}
"""Where a place is by the sign that stands after another tile, or before it."""


def names(spiel: Any, seat: int, said: Mapping[str, int]) -> Sequence[str]:
    """Moves by tile and place; in OpenSpiel's words where the place is not on the board."""
    piles = _piles(printed(spiel).split("\n")[MOVES_AFTER:])
    return [_name(text, piles) for text in said]


def _name(text: str, piles: Piles) -> str:
    tile, to = _target(text, piles)
    return f"{tile} {_called(to)}" if to is not None and _from_middle(to) <= RADIUS else text


def _called(place: Place) -> str:
    return square(place[0] + RADIUS, place[1] + RADIUS)


def _from_middle(place: Place) -> int:
    file, rank = place
    return max(abs(file), abs(rank), abs(file + rank))


def printed(spiel: Any) -> str:
    """OpenSpiel's text, in lines: which tiles there are, how far the match is, whose turn it is, and all moves."""
    return str(spiel).replace(";", "\n")


def _piles(moves: Sequence[str]) -> Piles:
    """What lies where after these moves."""
    piles: Piles = {}
    for move in moves:
        tile, to = _target(move, piles)
        if to is not None:
            piles = {at: left for at, pile in piles.items() if (left := [each for each in pile if each != tile])}
            piles.setdefault(to, []).append(tile)
            if any(_from_middle(at) >= RADIUS for at in piles):
                piles = _centred(piles)
    return piles


def _target(move: str, piles: Piles) -> tuple[str, Place | None]:
    """The tile that is moved, and where to; None when one passes."""
    if not move or move == "pass":
        return "", None
    tile, _, beside = move.partition(" ")
    if not beside:
        return tile, (0, 0)
    file, rank = next(at for at, pile in piles.items() if beside.strip("/-\\") in pile)
    right, down = BEFORE.get(beside[0]) or AFTER.get(beside[-1]) or (0, 0)
    return tile, (file + right, rank + down)


def _centred(piles: Piles) -> Piles:
    """The same, moved aside so that it is as far from the rim as possible."""
    files, ranks = zip(*piles)
    middles = [(f, r) for f in range(min(files), max(files) + 1) for r in range(min(ranks), max(ranks) + 1)]
    file, rank = min(middles, key=lambda middle: max(_from_middle((f - middle[0], r - middle[1])) for f, r in piles))
    return {(f - file, r - rank): pile for (f, r), pile in piles.items()}


def _rows() -> Iterator[list[Place]]:
    """The places, row by row from the top."""
    reach = range(-RADIUS, RADIUS + 1)
    for rank in reach:
        yield [(file, rank) for file in reach if _from_middle((file, rank)) <= RADIUS]


class Hive:
    """The board, and beside it what each player has not played yet."""

    flip = False
    top = 1

    def read(self, lines: Sequence[str]) -> tuple[Board | None, list[str]]:
        """The first of the lines that are left says which tiles there are."""
        piles = _piles(lines[MOVES_AFTER:])
        if any(_from_middle(at) > RADIUS for at in piles):
            return None, list(lines)
        board = tuple(tuple(ON.join(piles[at]) if at in piles else EMPTY for at in row) for row in _rows())
        return board, list(lines[:1])

    def zones(self, board: Board) -> tuple[Zone, ...]:
        side = 2 * RADIUS + 1
        hands = (
            Lay("hand", f"hand-{seat}", f"Not played yet: {seat_name(seat)}", owner=seat, small=True) for seat in (0, 1)
        )
        return (Hex("board", side, side, "hexhex"), *hands)

    def shown(self, board: Board, lines: Sequence[str]) -> Shown:
        lying = [
            (at, sign.split(ON)) for row, signs in zip(_rows(), board) for at, sign in zip(row, signs) if sign != EMPTY
        ]
        pieces = [
            _piece(tile, _called(at), f"on {_called(at)}{', over ' + _said(pile[level - 1]) if level else ''}")
            for at, pile in lying
            for level, tile in enumerate(pile)
        ]
        played = {tile for _, pile in lying for tile in pile}
        more = next(found[1] or "" for line in lines if (found := GAME.fullmatch(line)))
        held = [colour + kind for colour in COLOURS for kind in (*ALWAYS, *more) if colour + kind not in played]
        hands = [_piece(tile, f"hand-{_owner(tile)}", "not played yet") for tile in held]
        return Shown([*pieces, *hands], [])

    def picks(self, move: str) -> Sequence[str]:
        return found.groups() if (found := MOVE.fullmatch(move)) else picks_by_button(move)


def _owner(tile: str) -> int:
    return list(COLOURS).index(tile[0])


def _said(tile: str) -> str:
    return " ".join((COLOURS[tile[0]], KINDS[tile[1]], tile[2:])).strip()


def _piece(tile: str, at: str, where: str) -> Piece:
    return Piece(tile, at, f"text:{tile[1]}", f"{_said(tile)} {where}", _owner(tile))
