"""Mensch ärgere dich nicht: forty fields in a ring, and for each player four to begin from and four to end on.

Fields are called by their numbers from 1, beginning where the first player brings pieces in, and those at the end by a letter
for the place at the table: `a1` is the first one of the first player's. OpenSpiel numbers them from each player's own view.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise
from typing import Any

from game.rules.open_spiel.boards import Board
from game.rules.open_spiel.look import Shown
from game.rules.table import Graph, Lay, Piece, Zone

RING = 40
PLACES = 4
"""At the table."""
PIECES = 4
STEP = 12
"""From a field to the next, as a Graph has it."""
WALK = ((1, 0), 4), ((0, -1), 4), ((1, 0), 2), ((0, 1), 4), ((1, 0), 4), ((0, 1), 2)
"""Half of the way round the ring; the other half goes the opposite ways."""
SAID = re.compile(r"\d+ - moves piece on field (\d+)")
DICE = re.compile(r"Dice: (\d?)")
BRING_IN = "bring in on "
MOVE_FROM = "move from "
PASS = "pass"
ROWS = 11

Spot = tuple[int, int]


def _ring() -> list[Spot]:
    half = [way for way, times in WALK for _ in range(times)]
    ways = [*half, *((-right, -down) for right, down in half)]
    return list(accumulate(ways[:-1], lambda at, way: (at[0] + way[0], at[1] + way[1]), initial=(0, 4)))


def _turned(spot: Spot, times: int) -> Spot:
    """By quarters, by the clock, around the middle."""
    for _ in range(times):
        spot = (ROWS - 1 - spot[1], spot[0])
    return spot


FIELDS: Mapping[str, Spot] = {
    **{str(number): spot for number, spot in enumerate(_ring(), 1)},
    **{f"{'abcd'[at]}{number}": _turned((number, 5), at) for at in range(PLACES) for number in range(1, PIECES + 1)},
    **{
        f"home {'abcd'[at]}{number}": _turned(spot, at)
        for at in range(PLACES)
        for number, spot in enumerate(((0, 0), (1, 0), (1, 1), (0, 1)), 1)
    },
}
"""Where they are, in columns and rows from the top left."""


def names(spiel: Any, seat: int, said: Mapping[str, int]) -> Sequence[str]:
    """Moves by the field from which a piece goes, or on which it comes in."""
    given = spiel.get_game().get_parameters()
    place = 2 * seat if given["players"] == 2 and given["twoPlayersOpposite"] else seat
    return [_name(text, place) for text in said]


def _name(text: str, place: int) -> str:
    if found := SAID.fullmatch(text):
        return MOVE_FROM + _field(int(found[1]), place)
    return PASS if text.endswith("passes") else BRING_IN + _field(0, place)


def _field(number: int, place: int) -> str:
    """The name of a field, by its number from where a player's pieces come in."""
    if number >= RING:
        return f"{'abcd'[place]}{number - RING + 1}"
    return str((number + RING // PLACES * place) % RING + 1)


class Maedn:
    """The die lies beside the board."""

    flip = False
    top = 1

    def read(self, lines: Sequence[str]) -> tuple[Board | None, list[str]]:
        """One row, of what is on each field."""
        rows = [f"{line:{2 * ROWS}}" for line in lines[:ROWS]]
        if len(rows) < ROWS:
            return None, list(lines)
        signs = (rows[down][2 * right] for right, down in FIELDS.values())
        return (tuple(sign if sign.isdigit() else "." for sign in signs),), list(lines[ROWS:])

    def zones(self, board: Board) -> tuple[Zone, ...]:
        sites = tuple((name, STEP * right, STEP * down) for name, (right, down) in FIELDS.items())
        ring = [str(number % RING + 1) for number in range(RING + 1)]
        ends = [
            [str((10 * at - 1) % RING + 1), *(f"{letter}{n + 1}" for n in range(PIECES))]
            for at, letter in enumerate("abcd")
        ]
        edges = tuple(line for way in (ring, *ends) for line in pairwise(way))
        return (Graph("board", sites, edges), Lay("row", "die"))

    def shown(self, board: Board, lines: Sequence[str]) -> Shown:
        pieces = [_piece(name, int(sign)) for name, sign in zip(FIELDS, board[0]) if sign != "."]
        thrown = [found[1] for line in lines if (found := DICE.fullmatch(line)) and found[1]]
        dice = [Piece("thrown", "die", f"d6:{eyes}", f"The die shows {eyes}") for eyes in thrown]
        return Shown([*pieces, *dice], [])

    def picks(self, move: str) -> Sequence[str]:
        return (f"#{PASS}",) if move == PASS else (move.rsplit(" ", 1)[-1],)


def _piece(at: str, player: int) -> Piece:
    where = "at home" if at.startswith("home") else f"on field {at}"
    return Piece(at, at, f"disc:{player - 1}", f"Piece of player {player} {where}")
