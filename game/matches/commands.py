"""What can be asked of a match."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlayMove:
    """The seat makes a move, in the game's own notation."""

    seat: int
    move: str


@dataclass(frozen=True, slots=True)
class Resign:
    """The seat gives up."""

    seat: int


Command = PlayMove | Resign
