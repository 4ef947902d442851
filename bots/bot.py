"""What a bot is: one seat of one match, which is asked for a move and says which.

A maker, usually the class, is given the place and makes the bot. It raises CannotPlay when it is asked to
sit where it cannot play, rather than to play badly in silence.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, NamedTuple, Protocol

from game.rules.game import View
from game.rules.moves import Moves, Number, Subset


@dataclass(frozen=True, slots=True)
class Place:
    """A seat of a match. `random` is the bot's own chance: the same seed makes the same choices."""

    game: str
    options: Mapping[str, Any]
    seats: int
    seat: int
    random: Random


class Turn(NamedTuple):
    """What the bot knows when it owes a move: the game's view of its seat, and its legal moves."""

    version: int
    view: View
    moves: Moves


class Bot(Protocol):
    """Chooses the moves of one seat."""

    @property
    def thinks(self) -> bool:
        """Whether choosing takes long enough to be done in a thread, beside everything else."""

    def choose(self, turn: Turn) -> str:
        """The text of a legal move."""


class Maker(Protocol):
    """Makes the bot of a place."""

    def __call__(self, place: Place) -> Bot:
        """The bot that will play there. Raises CannotPlay."""


class CannotPlay(Exception):
    """A bot was asked to sit where it cannot play; the sentence says why."""


def moves_from(wire: Sequence[Any]) -> Moves:
    """Legal moves as the rules have them, from the form that they have on the wire."""
    return [_form(move) for move in wire]


def _form(move: Any) -> str | Number | Subset:
    if isinstance(move, str):
        return move
    kind, *fields = move
    if kind == "number":
        verb, low, high, step, *presets = fields
        return Number(verb, low, high, step, tuple((label, amount) for named in presets for label, amount in named))
    verb, words, least, most = fields
    assert kind == "subset", f"a move in a form that is not known: {kind}"
    return Subset(verb, tuple(words), least, most)
