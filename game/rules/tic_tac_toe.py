"""Tic-tac-toe: two players mark squares in turn; three of one's own in a row win."""

from typing import Final, TypedDict

from game.rules.dice import Dice
from game.rules.game import IllegalMove, NoOptions, Outcome
from game.rules.table import Grid, Mark, Piece, Scene, Table, picks_by_name, status

key: Final = "tic_tac_toe"
title: Final = "Tic-tac-toe"
revision: Final = 1
seats: Final = (2,)
hides_nothing: Final = True
Options = NoOptions
picks = picks_by_name

PLACES = ("a1", "b1", "c1", "a2", "b2", "c2", "a3", "b3", "c3")
ROWS = ((0, 1, 2), (3, 4, 5), (6, 7, 8), (0, 3, 6), (1, 4, 7), (2, 5, 8), (0, 4, 8), (2, 4, 6))
State = tuple[str, ...]  # the cells in the order of PLACES: "x", "o" or ""


class View(TypedDict):
    cells: State


def setup(options: NoOptions, seats: int, dice: Dice) -> State:
    return ("",) * 9


def to_move(state: State) -> tuple[int, ...]:
    return () if outcome(state) else ((state.count("") + 1) % 2,)


def legal_moves(state: State, seat: int) -> list[str]:
    return [place for place, cell in zip(PLACES, state) if not cell] if seat in to_move(state) else []


def play(state: State, seat: int, move: str, dice: Dice) -> State:
    if move not in PLACES:
        raise IllegalMove("no_such_place", "A move names a square, from a1 to c3.")
    if state[at := PLACES.index(move)]:
        raise IllegalMove("taken", f"{move} is taken.")
    return (*state[:at], "xo"[seat], *state[at + 1 :])


def view(state: State, seat: int | None) -> View:
    return {"cells": state}


def outcome(state: State) -> Outcome | None:
    if row := three_in_a_row(state):
        return Outcome("three_in_a_row", (1, -1) if state[row[0]] == "x" else (-1, 1))
    return None if "" in state else Outcome("draw", (0, 0))


def three_in_a_row(state: State) -> tuple[int, ...]:
    for row in ROWS:
        first, second, third = row
        if state[first] and state[first] == state[second] == state[third]:
            return row
    return ()


def table(options: NoOptions) -> Table:
    return Table((Grid("board", 3, 3, labels="letters"),))


def scene(view: View) -> Scene:
    cells, turn, row = view["cells"], to_move(view["cells"]), three_in_a_row(view["cells"])
    pieces = tuple(Piece(at, at, mark, f"{mark.upper()} on {at}") for at, mark in zip(PLACES, cells) if mark)
    winner = "xo".index(cells[row[0]]) if row else None
    return Scene(status("XO", turn, winner), turn, pieces, tuple(Mark(PLACES[at], "win") for at in row))
