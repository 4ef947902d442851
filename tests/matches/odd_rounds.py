"""A game for tests: secret choices of one to five seats at once, and dice; three rounds.

In each round every seat writes down 1 or 2, unseen; then a die is rolled, and those who wrote the right
number score a point. Which is right when the die is odd is drawn before the first round, and kept secret.
"""

from dataclasses import dataclass, replace
from typing import Final, TypedDict

from game.rules.dice import Dice
from game.rules.game import IllegalMove, NoOptions, Outcome
from game.rules.table import Scene, Status, Table, picks_by_name

key: Final = "odd_rounds"
title: Final = "Odd rounds"
revision: Final = 3
seats: Final = (1, 2, 3, 5)
hides_nothing: Final = False
Options = NoOptions
picks = picks_by_name

ROUNDS = 3


@dataclass(frozen=True, slots=True)
class State:
    right_when_odd: str
    round: int
    written: tuple[str, ...]
    points: tuple[int, ...]


class View(TypedDict):
    round: int
    points: tuple[int, ...]
    own: str
    waiting_for: tuple[int, ...]


def setup(options: NoOptions, seats: int, dice: Dice) -> State:
    return State(dice.choose(("1", "2")), 0, ("",) * seats, (0,) * seats)


def to_move(state: State) -> tuple[int, ...]:
    return () if outcome(state) else tuple(seat for seat, number in enumerate(state.written) if not number)


def legal_moves(state: State, seat: int) -> tuple[str, ...]:
    return ("1", "2") if seat in to_move(state) else ()


def play(state: State, seat: int, move: str, dice: Dice) -> State:
    if move not in ("1", "2"):
        raise IllegalMove("one_or_two", "Write 1 or 2.")
    state = replace(state, written=(*state.written[:seat], move, *state.written[seat + 1 :]))
    return state if "" in state.written else score(state, odd=dice.roll() % 2 == 1)


def score(state: State, odd: bool) -> State:
    points = tuple(
        before + ((number == state.right_when_odd) == odd) for before, number in zip(state.points, state.written)
    )
    return replace(state, round=state.round + 1, written=("",) * len(points), points=points)


def view(state: State, seat: int | None) -> View:
    own = "" if seat is None else state.written[seat]
    return {"round": state.round, "points": state.points, "own": own, "waiting_for": to_move(state)}


def outcome(state: State) -> Outcome | None:
    return Outcome("three_rounds", state.points) if state.round == ROUNDS else None


def table(options: NoOptions) -> Table:
    return Table(())


def scene(view: View) -> Scene:
    return Scene(Status("round", f"Round {view['round']}"), view["waiting_for"], ())
