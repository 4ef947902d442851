"""Reversi, as in tournaments of Othello: a disc turns over every row of the other's that it closes in.

Who cannot turn any disc over must pass; when neither can, whoever shows more discs wins. The rules are our own, for
they are short and can say why a move is refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypedDict

from game.rules.dice import Dice
from game.rules.game import IllegalMove, NoOptions, Outcome
from game.rules.table import Counter, Grid, Mark, Piece, Scene, Status, Table, square

key: Final = "reversi"
title: Final = "Reversi"
revision: Final = 1
seats: Final = (2,)
hides_nothing: Final = True
Options = NoOptions

NAMES = ("Black", "White")
SIZE = 8
PLACES = tuple(square(file, rank) for rank in range(SIZE) for file in range(SIZE))
STEPS = ((1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0), (-1, -1), (0, -1), (1, -1))
FIRST = ("d5", "e4", "d4", "e5")  # black's, then white's
PASS = "pass"
NOBODY = -1

Board = Mapping[str, int]  # the seat whose disc lies there


def rows_from(place: str) -> tuple[tuple[str, ...], ...]:
    """The places that lie each way from this one, nearest first."""
    file, rank = PLACES.index(place) % SIZE, PLACES.index(place) // SIZE
    ways = [[(file + right * far, rank + up * far) for far in range(1, SIZE)] for right, up in STEPS]
    return tuple(tuple(square(*at) for at in way if 0 <= at[0] < SIZE and 0 <= at[1] < SIZE) for way in ways)


ROWS = {place: rows_from(place) for place in PLACES}


@dataclass(frozen=True, slots=True)
class State:
    places: tuple[str, ...]  # where discs lie, in the order in which they were laid,
    owners: tuple[int, ...]  # and whose they are
    turn: int
    moves: tuple[str, ...]


class View(TypedDict):
    places: tuple[str, ...]
    owners: tuple[int, ...]
    turn: int  # -1 when the match is over
    must_pass: bool


def setup(options: NoOptions, seats: int, dice: Dice) -> State:
    return turned_to(FIRST, (0, 0, 1, 1), 0)


def to_move(state: State) -> tuple[int, ...]:
    return (state.turn,) if state.moves else ()


def legal_moves(state: State, seat: int) -> tuple[str, ...]:
    return state.moves if seat in to_move(state) else ()


def play(state: State, seat: int, move: str, dice: Dice) -> State:
    if move not in state.moves:
        raise broken_rule(state, move)
    if move == PASS:
        return turned_to(state.places, state.owners, 1 - seat)
    over = set(turned_over(dict(zip(state.places, state.owners)), move, seat))
    owners = (seat if place in over else owner for place, owner in zip(state.places, state.owners))
    return turned_to((*state.places, move), (*owners, seat), 1 - seat)


def broken_rule(state: State, move: str) -> IllegalMove:
    """Why a move is not legal."""
    if move == PASS:
        return IllegalMove("can_move", "You can turn discs over, so you may not pass.")
    if move not in PLACES:
        return IllegalMove("no_such_place", "A move names a square, from a1 to h8, or is “pass”.")
    if move in state.places:
        return IllegalMove("taken", f"There is a disc on {move}.")
    if state.moves == (PASS,):
        return IllegalMove("must_pass", "You cannot turn any disc over: pass.")
    return IllegalMove("turns_nothing", f"A disc on {move} would close in no disc of the other colour.")


def turned_to(places: tuple[str, ...], owners: tuple[int, ...], seat: int) -> State:
    """The state in which it is the turn of this seat, to move or to pass; or of nobody."""
    board = dict(zip(places, owners))
    if moves := moves_on(board, seat):
        return State(places, owners, seat, moves)
    return State(places, owners, seat, (PASS,) if moves_on(board, 1 - seat) else ())


def moves_on(board: Board, seat: int) -> tuple[str, ...]:
    """Where the seat can lay a disc."""
    return tuple(place for place in PLACES if place not in board and turned_over(board, place, seat))


def turned_over(board: Board, place: str, seat: int) -> list[str]:
    """The discs that a disc of this seat turns over there."""
    over: list[str] = []
    for row in ROWS[place]:
        for far, at in enumerate(row):
            owner = board.get(at, NOBODY)
            if owner == 1 - seat:
                continue
            if owner == seat:
                over += row[:far]
            break
    return over


def view(state: State, seat: int | None) -> View:
    turn = state.turn if state.moves else NOBODY
    return {"places": state.places, "owners": state.owners, "turn": turn, "must_pass": state.moves == (PASS,)}


def outcome(state: State) -> Outcome | None:
    if state.moves:
        return None
    lead = state.owners.count(0) - state.owners.count(1)
    return Outcome("most_discs" if lead else "draw", (1, -1) if lead > 0 else (-1, 1) if lead else (0, 0))


def picks(move: str) -> tuple[str, ...]:
    return ("#pass",) if move == PASS else (move,)


def table(options: NoOptions) -> Table:
    return Table((Grid("board", SIZE, SIZE, "felt", labels="letters", stars=("b3", "f3", "b7", "f7")),))


def scene(view: View) -> Scene:
    discs = zip(view["places"], view["owners"])
    pieces = tuple(Piece(place, place, f"stone:{seat}", f"{NAMES[seat]} on {place}", seat) for place, seat in discs)
    marks = (Mark(view["places"][-1], "last"),) if len(pieces) > len(FIRST) else ()
    counters = tuple(Counter(seat, "Discs", str(view["owners"].count(seat))) for seat in (0, 1))
    turn = () if view["turn"] == NOBODY else (view["turn"],)
    return Scene(status(view), turn, pieces, marks, counters)


def status(view: View) -> Status:
    if view["turn"] != NOBODY:
        name = NAMES[view["turn"]]
        return Status("must_pass", f"{name} must pass") if view["must_pass"] else Status("to_move", f"{name} to move")
    black, white = view["owners"].count(0), view["owners"].count(1)
    if black == white:
        return Status("draw", f"A draw, {black} all")
    return Status("won", f"{NAMES[black < white]} wins, {max(black, white)} to {min(black, white)}")
