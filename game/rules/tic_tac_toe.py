"""Tic-tac-toe: two players mark squares in turn; three of one's own in a row win."""

from dataclasses import dataclass
from typing import Final, TypedDict

from game.rules.dice import Dice
from game.rules.game import IllegalMove, NoOptions, Outcome
from game.rules.table import Grid, Mark, Piece, Scene, Status, Table, picks_by_name

key: Final = "tic_tac_toe"
title: Final = "Tic-tac-toe"
revision: Final = 1
seats: Final = (2,)
hides_nothing: Final = True
Options = NoOptions
picks = picks_by_name

PLACES = ("a1", "b1", "c1", "a2", "b2", "c2", "a3", "b3", "c3")
ROWS = ((0, 1, 2), (3, 4, 5), (6, 7, 8), (0, 3, 6), (1, 4, 7), (2, 5, 8), (0, 4, 8), (2, 4, 6))


@dataclass(frozen=True, slots=True)
class State:
    cells: tuple[str, ...]  # in the order of PLACES: "x", "o" or ""


class View(TypedDict):
    cells: tuple[str, ...]


def setup(options: NoOptions, seats: int, dice: Dice) -> State:
    return State(("",) * 9)


def to_move(state: State) -> tuple[int, ...]:
    return () if outcome(state) else ((state.cells.count("") + 1) % 2,)


def legal_moves(state: State, seat: int) -> list[str]:
    return [place for place, cell in zip(PLACES, state.cells) if not cell] if seat in to_move(state) else []


def play(state: State, seat: int, move: str, dice: Dice) -> State:
    if move not in PLACES:
        raise IllegalMove("no_such_place", "A move names a square, from a1 to c3.")
    if state.cells[square := PLACES.index(move)]:
        raise IllegalMove("taken", f"{move} is taken.")
    return State((*state.cells[:square], "xo"[seat], *state.cells[square + 1 :]))


def view(state: State, seat: int | None) -> View:
    return {"cells": state.cells}


def outcome(state: State) -> Outcome | None:
    if row := three_in_a_row(state.cells):
        return Outcome("three_in_a_row", (1, -1) if state.cells[row[0]] == "x" else (-1, 1))
    return None if "" in state.cells else Outcome("draw", (0, 0))


def three_in_a_row(cells: tuple[str, ...]) -> tuple[int, ...]:
    return next((row for row in ROWS if cells[row[0]] != "" and len({cells[at] for at in row}) == 1), ())


def table(options: NoOptions) -> Table:
    return Table((Grid("board", 3, 3, labels="letters"),))


def scene(view: View) -> Scene:
    cells, turn = view["cells"], to_move(State(view["cells"]))
    won = tuple(Mark(PLACES[at], "win") for at in three_in_a_row(cells))
    pieces = tuple(Piece(at, at, mark, f"{mark.upper()} on {at}") for at, mark in zip(PLACES, cells) if mark)
    if turn:
        return Scene(Status("to_move", f"{'XO'[turn[0]]} to move"), turn, pieces)
    ending = Status("won", f"{cells[PLACES.index(won[0].at)].upper()} wins") if won else Status("draw", "A draw")
    return Scene(ending, turn, pieces, won)
