"""What happened in a match."""

from dataclasses import dataclass
from typing import NamedTuple

from game.rules.game import Outcome


class MovePlayed(NamedTuple):
    """A move of the seat; `stand_in` when chance chose it for a seat that has resigned."""

    seat: int
    move: str
    stand_in: bool = False


@dataclass(frozen=True, slots=True)
class SeatResigned:
    """The seat gave up."""

    seat: int


@dataclass(frozen=True, slots=True)
class MatchEnded:
    """Play is over."""

    outcome: Outcome


Event = MovePlayed | SeatResigned | MatchEnded
