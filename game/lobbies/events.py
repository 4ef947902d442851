"""What happened in a lobby."""

from dataclasses import dataclass
from typing import Literal

from game.matches.match import Player

Reason = Literal["deserted", "idle"]
"""Why a lobby closed: its host left and no human was there to follow, or nobody used it."""


@dataclass(frozen=True, slots=True)
class PlayerJoined:
    """A player entered."""

    player: Player


@dataclass(frozen=True, slots=True)
class PlayerLeft:
    """A player went, or was `kicked`; their seats are free."""

    player: Player
    kicked: bool = False


@dataclass(frozen=True, slots=True)
class HostChanged:
    """The host left and this player is the host now."""

    player: Player


@dataclass(frozen=True, slots=True)
class SeatTaken:
    """A player sat down."""

    seat: int
    player: Player


@dataclass(frozen=True, slots=True)
class SeatLeft:
    """A player stood up."""

    seat: int
    player: Player


@dataclass(frozen=True, slots=True)
class BotAsked:
    """A seat waits for the bot of that name."""

    seat: int
    bot_name: str


@dataclass(frozen=True, slots=True)
class BotCalledOff:
    """A seat waits for that bot no more: somebody else is wanted, or the bot declined."""

    seat: int
    bot_name: str


@dataclass(frozen=True, slots=True)
class ReadinessChanged:
    """A player became ready, or is not ready any more."""

    player: Player
    ready: bool


@dataclass(frozen=True, slots=True)
class MatchStarted:
    """The lobby became a match of the same id; `seats` are its seats, in order."""

    seats: tuple[Player, ...]


@dataclass(frozen=True, slots=True)
class LobbyClosed:
    """The lobby is over, without a match."""

    reason: Reason


Event = (
    PlayerJoined
    | PlayerLeft
    | HostChanged
    | SeatTaken
    | SeatLeft
    | BotAsked
    | BotCalledOff
    | ReadinessChanged
    | MatchStarted
    | LobbyClosed
)
