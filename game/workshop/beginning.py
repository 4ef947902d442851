"""A small game to begin from, with its test and what makes a package of it."""

import re
from pathlib import Path
from string import Template

NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")


class CannotBegin(Exception):
    """The files cannot be written; the sentence says why."""


def begin(name: str, folder: Path) -> list[Path]:
    """Writes `name.py`, its test and, where there is none, a pyproject.toml. Raises CannotBegin; overwrites nothing."""
    if not NAME.fullmatch(name):
        raise CannotBegin(f"{name!r} cannot name a module: use small letters, digits and _, as in four_in_a_row.")
    files = {f"{name}.py": GAME, f"test_{name}.py": TEST}
    if there := [file for file in files if (folder / file).exists()]:
        raise CannotBegin(f"{there[0]} is there already: choose another name, or another folder.")
    if not (folder / "pyproject.toml").exists():
        files["pyproject.toml"] = PACKAGE
    words = {"name": name, "title": name.replace("_", " ").capitalize(), "dashed": name.replace("_", "-")}
    for file, text in files.items():
        (folder / file).write_text(Template(text).substitute(words), encoding="utf-8", newline="\n")
    return [folder / file for file in files]


GAME = '''"""$title: the rules in one sentence.

This is a whole game to begin from: counters lie in a row, and each player in turn takes one, two or three
of them. Whoever takes the last one wins. Change one thing at a time, and look with: python -m game check $name.py
"""

from dataclasses import dataclass
from typing import Annotated, Final, TypedDict

from annotated_types import Interval

from game.rules.dice import Dice
from game.rules.game import IllegalMove, Outcome
from game.rules.table import Lay, Piece, Scene, Table, picks_by_button, seat_name, status

key: Final = "$name"  # never changes: records name the game by it
title: Final = "$title"
revision: Final = 1  # raise it when an old match, played again, would now go another way
seats: Final = (2,)  # the numbers of players it can be played by: (2, 3, 4)
hides_nothing: Final = True  # False if somebody may not know something
picks = picks_by_button  # how a move is entered; picks_by_name if a move is the name of a place
how_to_play: Final = """
Counters lie in a row. In your turn take one, two or three of them.

Whoever takes the last one wins.
"""  # for players who do not know it yet: plain paragraphs, with an empty line between them

MOST = 3


@dataclass(frozen=True, slots=True)
class Options:
    """What a host may choose; numbers need both ends."""

    counters: Annotated[int, Interval(ge=5, le=40)] = 12


@dataclass(frozen=True, slots=True)
class State:
    """All there is to know of a match. It is never changed: play makes a new one."""

    left: int
    turn: int


class View(TypedDict):
    """What one player may know: plain data, with text for keys."""

    left: int
    turn: int


def setup(options: Options, seats: int, dice: Dice) -> State:
    """The first state. All chance comes from dice: dice.below(seats), dice.roll(), dice.shuffled(cards)."""
    return State(options.counters, 0)


def to_move(state: State) -> tuple[int, ...]:
    """The seats that owe a move, counted from 0; none when the match is over."""
    return (state.turn,) if state.left else ()


def legal_moves(state: State, seat: int) -> list[str]:
    """That seat's moves, as text that one can type."""
    if seat not in to_move(state):
        return []
    return [f"take {n}" for n in range(1, min(MOST, state.left) + 1)]


def play(state: State, seat: int, move: str, dice: Dice) -> State:
    """The next state. What is not legal is refused, with a code for programs and a sentence for people."""
    if move not in legal_moves(state, seat):
        raise IllegalMove("no_such_move", f"Take one to {MOST} of the counters that are left.")
    taken = int(move.removeprefix("take "))
    return State(state.left - taken, 1 - seat)


def view(state: State, seat: int | None) -> View:
    """What that seat may know, or a spectator (None). The only door by which the state leaves."""
    return {"left": state.left, "turn": state.turn}


def outcome(state: State) -> Outcome | None:
    """None while it goes on; then a code for how it ended, and the points of each seat: more is better."""
    if state.left:
        return None
    winner = 1 - state.turn
    return Outcome("last_one_taken", (1, -1) if winner == 0 else (-1, 1))


def table(options: Options) -> Table:
    """The zones that things lie in: see game/rules/table.py for all kinds."""
    return Table((Lay("row", "row", "Counters"),))


def scene(view: View) -> Scene:
    """What lies there now. Each piece has an id, a place, a picture, and a label that is read aloud."""
    pieces = tuple(Piece(f"counter {n}", "row", "stone:0", f"Counter {n + 1}") for n in range(view["left"]))
    turn = (view["turn"],) if view["left"] else ()
    names = [seat_name(0), seat_name(1)]
    return Scene(status(names, turn, None if turn else 1 - view["turn"]), turn, pieces)
'''

TEST = '''"""$title keeps the contract of a game, and its own rules."""

import $name
from game.rules.contract.check import check_game
from game.rules.dice import Dice

NO_DICE = Dice(b"", 0)


def test_it_keeps_the_contract_of_a_game() -> None:
    check_game($name)


def test_whoever_takes_the_last_one_wins() -> None:
    state = $name.State(left=2, turn=0)
    assert $name.legal_moves(state, 0) == ["take 1", "take 2"]
    end = $name.outcome($name.play(state, 0, "take 2", NO_DICE))
    assert end is not None
    assert end.points == (1, -1)
'''

PACKAGE = """[build-system]
requires = ["setuptools>=77"]
build-backend = "setuptools.build_meta"

[project]
name = "$dashed"
version = "0.1.0"
requires-python = ">=3.11"
dependencies = ["parlour"]

[project.entry-points."parlour.games"]
$name = "$name"

[tool.setuptools]
py-modules = ["$name"]
"""
