"""Hive: where the tiles lie, by the moves that OpenSpiel prints, and how moves are called.

OpenSpiel says where a tile comes to lie by another one beside it, in as many ways as there are such: `wA1 bQ/` is to the upper
right of Black's queen. Here a move is called by the place, `wA1 i9`. The hive has no rim: all tiles are moved aside
together where more room is needed on a side, so that the part of the board that is shown can be small.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from game.rules.open_spiel.boards import Board
from game.rules.open_spiel.look import Shown
from game.rules.table import Hex, Lay, Piece, Zone, picks_by_button, seat_name, square

RADIUS = 8
"""Of the board, in places beside the middle one: OpenSpiel's ends a match that needs more."""
REACHES = tuple(range(4, RADIUS + 1))
"""How far from the middle places are shown: as far as the tiles lie, and one more if there is room for that."""
PILES_MAX = 64
"""Of matches, that are remembered: what lies where is asked for several times in a turn."""
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
    piles = _piles(tuple(printed(spiel).split("\n")[MOVES_AFTER:]))
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


@lru_cache(PILES_MAX)
def _piles(moves: tuple[str, ...]) -> Piles:
    """What lies where after these moves."""
    piles: Piles = {}
    for move in moves:
        tile, to = _target(move, piles)
        if to is not None:
            piles = {at: left for at, pile in piles.items() if (left := [each for each in pile if each != tile])}
            piles.setdefault(to, []).append(tile)
            piles = _settled(piles)
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


def _settled(piles: Piles) -> Piles:
    """The same, moved aside if then a smaller part of the board holds it, with the places around it."""
    for far in (*(reach - 1 for reach in REACHES), RADIUS):
        if all(_from_middle(at) <= far for at in piles):
            return piles
        if middle := _middle(piles, far):
            return {(file - middle[0], rank - middle[1]): pile for (file, rank), pile in piles.items()}
    return piles


def _middle(piles: Piles, far: int) -> Place | None:
    """The place from which no tile is further than that, and the furthest one as near as possible."""
    ends = [(min(along), max(along)) for along in zip(*((f, r, f + r) for f, r in piles))]
    ways = [range(most - far, least + far + 1) for least, most in ends]
    middles = [(file, rank) for file in ways[0] for rank in ways[1] if file + rank in ways[2]]

    def furthest(middle: Place) -> int:
        here = (*middle, sum(middle))
        return max(int(max(at - least, most - at)) for at, (least, most) in zip(here, ends))

    return min(middles, key=furthest, default=None)


def _reach(places: Iterable[Place]) -> int:
    far = max(map(_from_middle, places), default=0)
    return next((reach for reach in REACHES if far < reach), RADIUS)


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
        piles = _piles(tuple(lines[MOVES_AFTER:]))
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
        return Shown([*pieces, *hands], [], reach=_reach(at for at, _ in lying))

    def picks(self, move: str) -> Sequence[str]:
        return found.groups() if (found := MOVE.fullmatch(move)) else picks_by_button(move)


def _owner(tile: str) -> int:
    return list(COLOURS).index(tile[0])


def _said(tile: str) -> str:
    return " ".join((COLOURS[tile[0]], KINDS[tile[1]], tile[2:])).strip()


def _piece(tile: str, at: str, where: str) -> Piece:
    return Piece(tile, at, f"text:{tile[1]}", f"{_said(tile)} {where}", _owner(tile))
