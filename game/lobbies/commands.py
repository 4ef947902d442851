"""What can be asked of a lobby."""

from dataclasses import dataclass

from game.matches.match import Player


@dataclass(frozen=True, slots=True)
class JoinLobby:
    """The player enters, without a seat."""

    player: Player


@dataclass(frozen=True, slots=True)
class LeaveLobby:
    """The player goes, and their seats become free."""

    player_id: str


@dataclass(frozen=True, slots=True)
class TakeSeat:
    """The player sits down, ready to start, and enters if need be.

    `seat` None is any seat that the player may take: for a bot, first one that waits for it.
    """

    player: Player
    seat: int | None


@dataclass(frozen=True, slots=True)
class StandUp:
    """The player leaves a seat (None: every seat they have) and stays in the lobby."""

    player_id: str
    seat: int | None


@dataclass(frozen=True, slots=True)
class AskBot:
    """The host keeps a free seat for the bot of that name, in place of any bot asked before."""

    player_id: str
    seat: int
    bot_name: str


@dataclass(frozen=True, slots=True)
class Decline:
    """The bot does not take the seat that waits for it."""

    player: Player
    seat: int


@dataclass(frozen=True, slots=True)
class SetReady:
    """The player says whether the match may start as far as their own seats are concerned."""

    player_id: str
    ready: bool


@dataclass(frozen=True, slots=True)
class StartMatch:
    """The host starts with those who sit."""

    player_id: str


@dataclass(frozen=True, slots=True)
class Kick:
    """The host removes a player, by id, or calls off a bot that was asked and has not come, by name."""

    player_id: str
    whom: str


@dataclass(frozen=True, slots=True)
class CloseIdle:
    """A timer closes a lobby that nobody uses."""


Command = JoinLobby | LeaveLobby | TakeSeat | StandUp | AskBot | Decline | SetReady | StartMatch | Kick | CloseIdle


def author(command: Command) -> str:
    """The id of the player who asks; empty for a timer."""
    match command:
        case JoinLobby(player) | TakeSeat(player) | Decline(player):
            return player.id
        case CloseIdle():
            return ""
        case _:
            return command.player_id
