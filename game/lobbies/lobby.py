"""A match that has not begun: every change is a step from a lobby to the next.

The law: `advance` depends on its arguments alone. A Refusal leaves nothing behind; an accepted command
raises the version by exactly one. An open lobby always has its host among its members, nobody sits who
is not a member, and it is never full of players who are all ready: then it has started.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from game.lobbies.commands import (
    AskBot,
    CloseIdle,
    Command,
    Decline,
    JoinLobby,
    Kick,
    LeaveLobby,
    SetReady,
    StandUp,
    StartMatch,
    TakeSeat,
)
from game.lobbies.events import (
    BotAsked,
    BotCalledOff,
    Event,
    HostChanged,
    LobbyClosed,
    MatchStarted,
    PlayerJoined,
    PlayerLeft,
    ReadinessChanged,
    SeatLeft,
    SeatTaken,
)
from game.lobbies.limits import COMMANDS_MAX, LOBBY_IDLE_MS, MEMBERS_MAX
from game.matches.match import Player
from game.matches.refusals import Refusal

Phase = Literal["open", "started", "closed"]


@dataclass(frozen=True, slots=True)
class Header:
    """All that is settled when a lobby opens.

    `id` is the join code, and the id of the match that comes of it. `seats` is how many there are;
    `seat_counts` are the numbers the game can be played with, smallest first. `listed` is false when
    only those who have the code are to find it.
    """

    id: str
    game: str
    options: Mapping[str, bool | int | str]
    seats: int
    seat_counts: tuple[int, ...]
    listed: bool
    host: Player
    created_ms: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A seat that waits for the bot of that name."""

    bot_name: str


@dataclass(frozen=True, slots=True)
class Taken:
    """A seat with a player in it. All seats of a player are ready, or none is."""

    player: Player
    ready: bool


Seat = Asked | Taken | None
"""None is free."""


@dataclass(frozen=True, slots=True)
class Lobby:
    """A lobby at one version.

    `members` are the players in it, the longest present first. `active_ms` is when it last accepted a
    command. Once started, `seats` are those of the match.
    """

    header: Header
    version: int
    phase: Phase
    host_id: str
    seats: tuple[Seat, ...]
    members: tuple[Player, ...]
    kicked: tuple[Player, ...]
    active_ms: int

    @property
    def taken(self) -> tuple[Taken, ...]:
        """The seats with a player in them, in order; one that waits for a bot is not among them."""
        return tuple(seat for seat in self.seats if isinstance(seat, Taken))

    def member(self, player_id: str) -> Player | None:
        """The player of that id, when in the lobby."""
        return next((player for player in self.members if player.id == player_id), None)


Step = tuple[Lobby, tuple[Event, ...]]


def open_lobby(header: Header) -> Lobby:
    """The lobby at version 0, with the host in it but not seated. Raises Refusal for a wrong number of seats."""
    _check_seats(header.seats, header)
    return Lobby(header, 0, "open", header.host.id, (None,) * header.seats, (header.host,), (), header.created_ms)


def view(lobby: Lobby) -> dict[str, object]:
    """What everyone may know of the lobby.

    A seat is None, `{"bot": name}` while it waits for that bot, or `{"player": id, "ready": bool}`.
    """
    header = lobby.header
    return {
        "id": header.id,
        "game": header.game,
        "options": dict(header.options),
        "listed": header.listed,
        "phase": lobby.phase,
        "host": lobby.host_id,
        "seats": [_seat_view(seat) for seat in lobby.seats],
        "members": [{"id": player.id, "name": player.name, "bot": player.bot} for player in lobby.members],
    }


def advance(lobby: Lobby, command: Command, now_ms: int) -> Step:
    """The next lobby and what happened. Raises Refusal."""
    _check_open(lobby, command)
    lobby, events = _carry_out(lobby, command, now_ms)
    lobby = replace(lobby, version=lobby.version + 1, active_ms=now_ms)
    if lobby.phase == "open" and len(lobby.taken) == len(lobby.seats) and _all_ready(lobby):
        lobby, started = _start(lobby)
        events += started
    return lobby, events


def _check_open(lobby: Lobby, command: Command) -> None:
    if lobby.phase == "started":
        raise Refusal("lobby_started", "The match has started.")
    if lobby.phase == "closed":
        raise Refusal("lobby_closed", "This lobby is closed.")
    if lobby.version >= COMMANDS_MAX and not isinstance(command, LeaveLobby | StartMatch | CloseIdle):
        raise Refusal("lobby_worn_out", "This lobby has been changed too often. Start the match or open another lobby.")


def _carry_out(lobby: Lobby, command: Command, now_ms: int) -> Step:
    match command:
        case JoinLobby(player):
            return _join(lobby, player)
        case LeaveLobby(player_id):
            return _remove(lobby, _present(lobby, player_id))
        case TakeSeat(player, seat):
            return _take_seat(lobby, player, seat)
        case StandUp(player_id, seat):
            return _stand_up(lobby, _present(lobby, player_id), seat)
        case AskBot(player_id, seat, bot_name):
            return _ask_bot(_hosted(lobby, player_id), seat, bot_name)
        case Decline(player, seat):
            return _decline(lobby, player, seat)
        case SetReady(player_id, ready):
            return _set_ready(lobby, _present(lobby, player_id), ready)
        case StartMatch(player_id):
            return _start_early(_hosted(lobby, player_id))
        case Kick(player_id, whom):
            return _kick(_hosted(lobby, player_id), whom)
        case CloseIdle():
            return _close_idle(lobby, now_ms)


def _join(lobby: Lobby, player: Player) -> Step:
    if lobby.member(player.id):
        raise Refusal("here_already", "You are in this lobby already.")
    if any(kicked.id == player.id for kicked in lobby.kicked):
        raise Refusal("kicked", "The host has removed you from this lobby.")
    if len(lobby.members) >= MEMBERS_MAX:
        raise Refusal("lobby_full", f"This lobby is full: it holds {MEMBERS_MAX} players.")
    return replace(lobby, members=(*lobby.members, player)), (PlayerJoined(player),)


def _take_seat(lobby: Lobby, player: Player, number: int | None) -> Step:
    known = lobby.member(player.id)
    lobby, joined = (lobby, ()) if known else _join(lobby, player)
    player = known or player
    seat = _any_seat(lobby, player) if number is None else _this_seat(lobby, player, number)
    lobby = _with_seat(lobby, seat, Taken(player, True))
    return _with_readiness(lobby, player, True), (*joined, SeatTaken(seat, player))


def _stand_up(lobby: Lobby, player: Player, number: int | None) -> Step:
    if number is not None:
        _seat(lobby, number)
    left = [
        at
        for at, seat in enumerate(lobby.seats)
        if isinstance(seat, Taken) and seat.player.id == player.id and number in (None, at)
    ]
    if not left:
        raise Refusal("not_seated", "You do not sit there.")
    for at in left:
        lobby = _with_seat(lobby, at, None)
    return lobby, tuple(SeatLeft(at, player) for at in left)


def _any_seat(lobby: Lobby, player: Player) -> int:
    for wanted in (Asked(player.name), None) if player.bot else (None,):
        if wanted in lobby.seats:
            return lobby.seats.index(wanted)
    raise Refusal("no_free_seat", "No seat is free.")


def _this_seat(lobby: Lobby, player: Player, number: int) -> int:
    seat = _untaken(lobby, number)
    if seat is not None and not (player.bot and player.name == seat.bot_name):
        raise Refusal("kept_for_bot", f"That seat is kept for {seat.bot_name}.")
    return number


def _ask_bot(lobby: Lobby, number: int, bot_name: str) -> Step:
    before = _untaken(lobby, number)
    if before == Asked(bot_name):
        raise Refusal("asked_already", f"{bot_name} has been asked already.")
    called_off = (BotCalledOff(number, before.bot_name),) if before else ()
    welcome_again = tuple(player for player in lobby.kicked if not (player.bot and player.name == bot_name))
    lobby = replace(_with_seat(lobby, number, Asked(bot_name)), kicked=welcome_again)
    return lobby, (*called_off, BotAsked(number, bot_name))


def _decline(lobby: Lobby, player: Player, number: int) -> Step:
    asked = Asked(player.name)
    if not player.bot or number not in range(len(lobby.seats)) or lobby.seats[number] != asked:
        raise Refusal("not_asked", "That seat does not wait for you.")
    return _with_seat(lobby, number, None), (BotCalledOff(number, player.name),)


def _set_ready(lobby: Lobby, player: Player, ready: bool) -> Step:
    own = [seat for seat in lobby.taken if seat.player.id == player.id]
    if not own:
        raise Refusal("not_seated", "Take a seat first.")
    if own[0].ready == ready:
        raise Refusal("no_change", "You are ready already." if ready else "You are not ready as it is.")
    return _with_readiness(lobby, player, ready), (ReadinessChanged(player, ready),)


def _start_early(lobby: Lobby) -> Step:
    _check_seats(len(lobby.taken), lobby.header)
    if not _all_ready(lobby):
        raise Refusal("not_ready", "Not everyone who sits is ready.")
    return _start(lobby)


def _kick(lobby: Lobby, whom: str) -> Step:
    if whom == lobby.host_id:
        raise Refusal("kick_self", "You cannot remove yourself. You can leave.")
    player = lobby.member(whom)
    if player is None:
        return _call_off(lobby, whom)
    lobby, _ = _remove(lobby, player)
    return replace(lobby, kicked=(*lobby.kicked, player)), (PlayerLeft(player, kicked=True),)


def _call_off(lobby: Lobby, bot_name: str) -> Step:
    waiting = [number for number, seat in enumerate(lobby.seats) if seat == Asked(bot_name)]
    if not waiting:
        raise Refusal("no_such_player", "That player is not in this lobby.")
    for number in waiting:
        lobby = _with_seat(lobby, number, None)
    return lobby, tuple(BotCalledOff(number, bot_name) for number in waiting)


def _close_idle(lobby: Lobby, now_ms: int) -> Step:
    if now_ms - lobby.active_ms < LOBBY_IDLE_MS:
        raise Refusal("not_idle", "This lobby is still in use.")
    return _close(lobby, LobbyClosed("idle"))


def _remove(lobby: Lobby, player: Player) -> Step:
    """The lobby without the player; when that was the host, the longest-present human is the host."""
    seats = tuple(None if isinstance(seat, Taken) and seat.player.id == player.id else seat for seat in lobby.seats)
    members = tuple(member for member in lobby.members if member.id != player.id)
    lobby, left = replace(lobby, seats=seats, members=members), PlayerLeft(player)
    if player.id != lobby.host_id:
        return lobby, (left,)
    heir = next((member for member in members if not member.bot), None)
    if heir is None:
        lobby, closed = _close(lobby, LobbyClosed("deserted"))
        return lobby, (left, *closed)
    return replace(lobby, host_id=heir.id), (left, HostChanged(heir))


def _start(lobby: Lobby) -> Step:
    started = MatchStarted(tuple(seat.player for seat in lobby.taken))
    return replace(lobby, phase="started", seats=lobby.taken), (started,)


def _close(lobby: Lobby, closed: LobbyClosed) -> Step:
    return replace(lobby, phase="closed"), (closed,)


def _present(lobby: Lobby, player_id: str) -> Player:
    player = lobby.member(player_id)
    if player is None:
        raise Refusal("not_in_lobby", "You are not in this lobby.")
    return player


def _hosted(lobby: Lobby, player_id: str) -> Lobby:
    if player_id != lobby.host_id:
        raise Refusal("not_host", "Only the host of the lobby can do that.")
    return lobby


def _untaken(lobby: Lobby, number: int) -> Asked | None:
    """The seat of that number, which nobody sits in. Raises Refusal."""
    seat = _seat(lobby, number)
    if isinstance(seat, Taken):
        raise Refusal("seat_taken", "That seat is taken.")
    return seat


def _seat(lobby: Lobby, number: int) -> Seat:
    """The seat of that number. Raises Refusal."""
    if number not in range(len(lobby.seats)):
        raise Refusal("no_such_seat", "There is no such seat.")
    return lobby.seats[number]


def _check_seats(number: int, header: Header) -> None:
    if number not in header.seat_counts:
        *most, last = map(str, header.seat_counts)
        counts = f"{', '.join(most)} or {last}" if most else last
        raise Refusal("wrong_seats", f"This game is played by {counts}, not by {number}.")


def _all_ready(lobby: Lobby) -> bool:
    return all(seat.ready for seat in lobby.taken)


def _with_seat(lobby: Lobby, number: int, seat: Seat) -> Lobby:
    return replace(lobby, seats=(*lobby.seats[:number], seat, *lobby.seats[number + 1 :]))


def _with_readiness(lobby: Lobby, player: Player, ready: bool) -> Lobby:
    return replace(
        lobby,
        seats=tuple(
            Taken(seat.player, ready) if isinstance(seat, Taken) and seat.player.id == player.id else seat
            for seat in lobby.seats
        ),
    )


def _seat_view(seat: Seat) -> dict[str, object] | None:
    match seat:
        case Taken(player, ready):
            return {"player": player.id, "ready": ready}
        case Asked(bot_name):
            return {"bot": bot_name}
        case None:
            return None
