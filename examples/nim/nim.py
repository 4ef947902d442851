"""Nim: take stones from one heap at a time; whoever takes the last one wins."""

from dataclasses import dataclass
from typing import Annotated, Final, TypedDict

from annotated_types import Interval

from game.rules.dice import Dice
from game.rules.game import IllegalMove, Outcome
from game.rules.table import Lay, Piece, Scene, Table, seat_name, status

key: Final = "nim"
title: Final = "Nim"
revision: Final = 1
seats: Final = (2,)
hides_nothing: Final = True
how_to_play: Final = """
Stones lie in heaps. In your turn take as many as you like from one heap, at least one.

Whoever takes the last stone wins; or loses, if that was agreed.
"""

HEAPS = "abcde"


@dataclass(frozen=True, slots=True)
class Options:
    heaps: Annotated[int, Interval(ge=1, le=5)] = 3
    last_one_loses: bool = False


@dataclass(frozen=True, slots=True)
class State:
    heaps: tuple[int, ...]
    turn: int
    last_one_loses: bool


class View(TypedDict):
    heaps: tuple[int, ...]
    turn: int
    last_one_loses: bool


def setup(options: Options, seats: int, dice: Dice) -> State:
    return State(tuple(range(3, 3 + options.heaps)), 0, options.last_one_loses)


def to_move(state: State) -> tuple[int, ...]:
    return (state.turn,) if any(state.heaps) else ()


def legal_moves(state: State, seat: int) -> list[str]:
    if seat not in to_move(state):
        return []
    return [f"take {n} from {heap}" for heap, size in zip(HEAPS, state.heaps) for n in range(1, size + 1)]


def play(state: State, seat: int, move: str, dice: Dice) -> State:
    if move not in legal_moves(state, seat):
        raise IllegalMove("no_such_move", "Take from a heap no more than it has, as in “take 2 from a”.")
    _, taken, _, name = move.split()
    heaps = tuple(size - int(taken) * (heap == name) for heap, size in zip(HEAPS, state.heaps))
    return State(heaps, 1 - seat, state.last_one_loses)


def view(state: State, seat: int | None) -> View:
    return {"heaps": state.heaps, "turn": state.turn, "last_one_loses": state.last_one_loses}


def outcome(state: State) -> Outcome | None:
    if any(state.heaps):
        return None
    return Outcome("last_stone_taken", (1, -1) if winner(state.turn, state.last_one_loses) == 0 else (-1, 1))


def winner(turn: int, last_one_loses: bool) -> int:
    """Once no stone is left, the other seat than `turn` has taken the last one."""
    return turn if last_one_loses else 1 - turn


def table(options: Options) -> Table:
    return Table(tuple(Lay("row", heap, f"Heap {heap}") for heap in HEAPS[: options.heaps]))


def scene(view: View) -> Scene:
    stones = [(heap, n) for heap, size in zip(HEAPS, view["heaps"]) for n in range(size)]
    pieces = tuple(Piece(f"{heap}{n}", heap, "stone:0", f"Stone in heap {heap}") for heap, n in stones)
    turn = (view["turn"],) if stones else ()
    won = winner(view["turn"], view["last_one_loses"])
    return Scene(status([seat_name(0), seat_name(1)], turn, won), turn, pieces)


def picks(move: str) -> tuple[str, ...]:
    _, taken, _, heap = move.split()
    return heap, f"#{taken}"
