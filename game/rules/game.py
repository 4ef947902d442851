"""The questions every game answers.

A game is a module (or any object) with the names of `Game`. State is frozen and every function is
pure: time, chance and identity come in as arguments or not at all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from game.rules.dice import Dice
from game.rules.moves import Moves
from game.rules.table import Scene, Table

View = Mapping[str, object]
"""What an audience may know, as plain data: str keys; dict, list, tuple, str, int, bool, None within.

A tuple counts as a list. Parts that did not change are best returned as the same object: comparing
two views then costs nothing there.
"""


@dataclass(frozen=True, slots=True)
class NoOptions:
    """The options of a game that has none."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a match ended and what each seat got.

    `ending` is a stable code (`three_in_a_row`, `draw`). `points` has one number per seat; more is
    better, equal is a tie. In a game that is only won or lost: 1 for the winner, -1 for the loser.
    """

    ending: str
    points: tuple[int, ...]


class IllegalMove(Exception):
    """The rule that a move broke: a stable code, and a sentence that a player can read."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


class Game(Protocol):
    """What the server asks of the rules. A module with these names is a game."""

    @property
    def key(self) -> str:
        """The game's name on the wire and in records: `tic_tac_toe`."""

    @property
    def title(self) -> str:
        """The game's name on screen."""

    @property
    def revision(self) -> int:
        """Raised when a record of the old rules would play differently by the new ones."""

    @property
    def seats(self) -> Sequence[int]:
        """The numbers of seats it can be played with, smallest first."""

    @property
    def hides_nothing(self) -> bool:
        """True when every audience may know everything: one view then serves all."""

    @property
    def Options(self) -> type[Any]:  # noqa: N802 - it is a class: a frozen dataclass, every field with a default
        """What a host may choose: a flat frozen dataclass of int, bool and str, each with a default."""

    def setup(self, options: Any, seats: int, dice: Dice) -> Any:
        """The first state."""

    def to_move(self, state: Any) -> Sequence[int]:
        """The seats that owe a move: one, several at once, or none when the match is over.

        Who owes a move is known to every audience, for each hears when a move was accepted.
        """

    def legal_moves(self, state: Any, seat: int) -> Moves:
        """The moves of a seat as text; empty for one that does not owe a move."""

    def play(self, state: Any, seat: int, move: str, dice: Dice) -> Any:
        """The next state. `seat` owes a move. Raises IllegalMove for any text that is not legal."""

    def view(self, state: Any, seat: int | None) -> View:
        """What that seat, or a spectator (None), may know."""

    def outcome(self, state: Any) -> Outcome | None:
        """None while play goes on."""

    def table(self, options: Any) -> Table:
        """How the table looks; sent once a match."""

    def scene(self, view: Any) -> Scene:
        """What lies on the table, from a view and so from nothing hidden."""

    def picks(self, move: str) -> Sequence[str]:
        """The places, pieces and `#buttons` to pick, in order, to enter a move.

        `table.picks_by_name` serves where each move has the name of a place or piece, `picks_by_button`
        where each is a button. No sequence begins with the whole of another.
        """
