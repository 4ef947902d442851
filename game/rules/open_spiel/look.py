"""What is asked of the way in which a game's board looks. A board is found in the text that OpenSpiel prints."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from game.rules.open_spiel.boards import Board
from game.rules.table import Mark, Piece, Zone


@dataclass(frozen=True, slots=True)
class Shown:
    """What lies on the table, and the lines that are left to be read below it."""

    pieces: Sequence[Piece]
    lines: Sequence[str]
    marks: Sequence[Mark] = ()
    reach: int | None = None
    """As `Scene` has it."""


class Look(Protocol):
    """How a game's board is drawn, and how its moves are picked there."""

    @property
    def flip(self) -> bool:
        """Whether a seat may want the board turned round."""

    @property
    def top(self) -> int:
        """The seat whose side is at the top as long as the board is not turned."""

    def read(self, lines: Sequence[str]) -> tuple[Board | None, list[str]]:
        """The board in a text, if there is one, and the lines that are left."""

    def zones(self, board: Board) -> tuple[Zone, ...]:
        """What a board lies on that is as large as this one."""

    def shown(self, board: Board, lines: Sequence[str]) -> Shown:
        """What is drawn of a board, and what is left of the lines beside it."""

    def picks(self, move: str) -> Sequence[str]:
        """The picks of a move, as `Game.picks` has them."""
