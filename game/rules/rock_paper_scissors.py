"""Rock, paper, scissors: both throw at once; whoever wins more of the throws wins the match."""

from dataclasses import dataclass, replace
from typing import Annotated, Final, TypedDict

from annotated_types import Interval

from game.rules.dice import Dice
from game.rules.game import IllegalMove, Outcome
from game.rules.table import Counter, Lay, Piece, Scene, Table, picks_by_button, seat_name, status

key: Final = "rock_paper_scissors"
title: Final = "Rock, paper, scissors"
revision: Final = 1
seats: Final = (2,)
hides_nothing: Final = False
picks = picks_by_button

THROWS = ("rock", "paper", "scissors")  # each beats the one before it
TIES_MAX = 10  # in a row: then the match is a draw, so that it ends
SHOWN_MAX = 10  # of the last throws, on the table

Throw = tuple[str, ...]  # what each seat chose


@dataclass(frozen=True, slots=True)
class Options:
    best_of: Annotated[int, Interval(ge=1, le=99)] = 3

    def __post_init__(self) -> None:
        if self.best_of % 2 == 0:
            raise ValueError("Best of an odd number, so that somebody wins more than half.")


@dataclass(frozen=True, slots=True)
class State:
    best_of: int
    thrown: tuple[Throw, ...] = ()
    chosen: Throw = ("", "")  # for the next throw; hidden until both have


class View(TypedDict):
    best_of: int
    thrown: tuple[Throw, ...]
    chosen: tuple[bool, ...]
    yours: str


def setup(options: Options, seats: int, dice: Dice) -> State:
    return State(options.best_of)


def to_move(state: State) -> tuple[int, ...]:
    return () if outcome(state) else tuple(seat for seat in (0, 1) if not state.chosen[seat])


def legal_moves(state: State, seat: int) -> tuple[str, ...]:
    return THROWS if seat in to_move(state) else ()


def play(state: State, seat: int, move: str, dice: Dice) -> State:
    if move not in THROWS:
        raise IllegalMove("no_such_throw", "Throw rock, paper or scissors.")
    chosen = (move, state.chosen[1]) if seat == 0 else (state.chosen[0], move)
    if "" in chosen:
        return replace(state, chosen=chosen)
    return State(state.best_of, (*state.thrown, chosen))


def view(state: State, seat: int | None) -> View:
    chosen = tuple(choice != "" for choice in state.chosen)
    yours = "" if seat is None else state.chosen[seat]
    return {"best_of": state.best_of, "thrown": state.thrown, "chosen": chosen, "yours": yours}


def outcome(state: State) -> Outcome | None:
    return ending(state.best_of, state.thrown)


def disguise(state: State, seat: int | None, dice: Dice) -> State:
    """Whoever else has chosen already may have chosen anything."""
    chosen = (dice.choose(THROWS) if choice and at != seat else choice for at, choice in enumerate(state.chosen))
    return replace(state, chosen=tuple(chosen))


def ending(best_of: int, thrown: tuple[Throw, ...]) -> Outcome | None:
    for seat, wins in enumerate(wins_of_each(thrown)):
        if wins > best_of // 2:
            return Outcome("most_throws_won", (1, -1) if seat == 0 else (-1, 1))
    last = thrown[-TIES_MAX:]
    return Outcome("ties", (0, 0)) if len(last) == TIES_MAX and wins_of_each(last) == (0, 0) else None


def wins_of_each(thrown: tuple[Throw, ...]) -> tuple[int, int]:
    winners = [winner(throw) for throw in thrown]
    return winners.count(0), winners.count(1)


def winner(throw: Throw) -> int | None:
    lead = (THROWS.index(throw[0]) - THROWS.index(throw[1])) % 3
    return (None, 0, 1)[lead]


def table(options: Options) -> Table:
    return Table(tuple(Lay("row", place_of(seat), f"{seat_name(seat)}'s throws", owner=seat) for seat in (0, 1)))


def place_of(seat: int) -> str:
    return f"throws-{seat}"


def scene(view: View) -> Scene:
    thrown, end = view["thrown"], ending(view["best_of"], view["thrown"])
    numbered = list(enumerate(thrown, 1))[-SHOWN_MAX:]
    pieces = [piece(seat, number, what) for number, throw in numbered for seat, what in enumerate(throw)]
    if not end:
        pieces += [waiting(seat, view["yours"]) if view["chosen"][seat] else choosing(seat) for seat in (0, 1)]
    wins = tuple(Counter(seat, "Wins", str(won)) for seat, won in enumerate(wins_of_each(thrown)))
    turn = () if end else tuple(seat for seat in (0, 1) if not view["chosen"][seat])
    won = end.points.index(1) if end and 1 in end.points else None
    return Scene(status([seat_name(0), seat_name(1)], turn, won), turn, tuple(pieces), (), wins)


def piece(seat: int, number: int, what: str) -> Piece:
    label = f"Throw {number} of {seat_name(seat)}: {what}"
    return Piece(f"{seat}.{number}", place_of(seat), f"text:{what.capitalize()}", label, seat)


def choosing(seat: int) -> Piece:
    """Stands for the next throw, so that there is something to see before the first one."""
    return Piece(f"{seat}.next", place_of(seat), "text:…", f"{seat_name(seat)} has not chosen yet", seat)


def waiting(seat: int, yours: str) -> Piece:
    """The next throw of the seat that has chosen first: only that seat knows what."""
    if yours:
        return Piece(f"{seat}.next", place_of(seat), f"text:{yours.capitalize()}", f"You have chosen {yours}", seat)
    return Piece(f"{seat}.next", place_of(seat), "card:?", f"{seat_name(seat)} has chosen", seat)
