"""Every rule and limit of a lobby, one sentence each."""

from dataclasses import replace

import pytest

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
    author,
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
from game.lobbies.lobby import Asked, Header, Lobby, Taken, advance, open_lobby, view
from game.matches.match import Player
from game.matches.refusals import Refusal

ANN, BEN, CLEO, DAN = (Player(name.lower(), name) for name in ("Ann", "Ben", "Cleo", "Dan"))
ROBO = Player("bot-1", "robo", bot=True)
OTHER_BOT = Player("bot-2", "minimax", bot=True)
NOW_MS = 1_000_000


def header(*, seats: int = 2, seat_counts: tuple[int, ...] = (2, 3, 4), host: Player = ANN) -> Header:
    return Header("abc", "liars_dice", {"dice": 5}, seats, seat_counts, True, host, NOW_MS)


def after(lobby: Lobby, *commands: Command) -> Lobby:
    for command in commands:
        lobby, _ = advance(lobby, command, NOW_MS)
    return lobby


def ann_hosts(*commands: Command, seats: int = 2, seat_counts: tuple[int, ...] = (2, 3, 4)) -> Lobby:
    return after(open_lobby(header(seats=seats, seat_counts=seat_counts)), *commands)


def events_of(lobby: Lobby, command: Command, now_ms: int = NOW_MS) -> tuple[Event, ...]:
    return advance(lobby, command, now_ms)[1]


def code_of(lobby: Lobby, command: Command, now_ms: int = NOW_MS) -> str:
    with pytest.raises(Refusal) as refused:
        advance(lobby, command, now_ms)
    assert refused.value.sentence.endswith(".")
    return refused.value.code


# Opening


def test_a_new_lobby_has_free_seats_and_its_host_in_none_of_them() -> None:
    lobby = ann_hosts(seats=3)
    assert (lobby.version, lobby.phase, lobby.host_id) == (0, "open", ANN.id)
    assert (lobby.seats, lobby.members) == ((None, None, None), (ANN,))


@pytest.mark.parametrize("seats", [1, 5])
def test_a_lobby_has_as_many_seats_as_its_game_allows(seats: int) -> None:
    with pytest.raises(Refusal, match=f"This game is played by 2, 3 or 4, not by {seats}.") as refused:
        open_lobby(header(seats=seats))
    assert refused.value.code == "wrong_seats"


def test_the_view_shows_everything_as_plain_data() -> None:
    lobby = ann_hosts(TakeSeat(BEN, 2), AskBot(ANN.id, 1, "robo"), SetReady(BEN.id, False), seats=3)
    assert view(lobby) == {
        "id": "abc",
        "game": "liars_dice",
        "options": {"dice": 5},
        "listed": True,
        "phase": "open",
        "host": "ann",
        "seats": [None, {"bot": "robo"}, {"player": "ben", "ready": False}],
        "members": [{"id": "ann", "name": "Ann", "bot": False}, {"id": "ben", "name": "Ben", "bot": False}],
    }


# Coming and going


def test_a_player_joins_without_a_seat() -> None:
    lobby, events = advance(ann_hosts(), JoinLobby(BEN), NOW_MS)
    assert (lobby.members, lobby.taken) == ((ANN, BEN), ())
    assert events == (PlayerJoined(BEN),)


def test_a_player_joins_only_once() -> None:
    assert code_of(ann_hosts(), JoinLobby(ANN)) == "here_already"


def crowd(count: int) -> list[Command]:
    return [JoinLobby(Player(f"guest-{number}", "Guest")) for number in range(count)]


def test_a_lobby_holds_its_limit_of_players_and_not_one_more() -> None:
    full = ann_hosts(*crowd(MEMBERS_MAX - 1))
    assert len(full.members) == MEMBERS_MAX
    assert code_of(full, JoinLobby(BEN)) == "lobby_full"
    assert code_of(full, TakeSeat(BEN, 0)) == "lobby_full"


def test_a_member_of_a_full_lobby_can_still_sit_down() -> None:
    assert after(ann_hosts(*crowd(MEMBERS_MAX - 1)), TakeSeat(ANN, 0)).taken == (Taken(ANN, True),)


def test_leaving_frees_every_seat_of_the_player() -> None:
    lobby = ann_hosts(TakeSeat(BEN, 0), TakeSeat(BEN, 2), seats=3)
    left, events = advance(lobby, LeaveLobby(BEN.id), NOW_MS)
    assert (left.seats, left.members) == ((None, None, None), (ANN,))
    assert events == (PlayerLeft(BEN),)


def test_one_who_left_can_come_back() -> None:
    assert ann_hosts(JoinLobby(BEN), LeaveLobby(BEN.id), JoinLobby(BEN)).members == (ANN, BEN)


@pytest.mark.parametrize("command", [LeaveLobby(BEN.id), SetReady(BEN.id, True)])
def test_a_stranger_can_neither_leave_nor_be_ready(command: Command) -> None:
    assert code_of(ann_hosts(), command) == "not_in_lobby"


def test_when_the_host_leaves_the_longest_present_human_is_host() -> None:
    lobby = ann_hosts(JoinLobby(ROBO), JoinLobby(BEN), JoinLobby(CLEO))
    left, events = advance(lobby, LeaveLobby(ANN.id), NOW_MS)
    assert left.host_id == BEN.id
    assert events == (PlayerLeft(ANN), HostChanged(BEN))


def test_one_who_comes_back_has_not_been_present_longest() -> None:
    lobby = ann_hosts(JoinLobby(BEN), JoinLobby(CLEO), LeaveLobby(BEN.id), JoinLobby(BEN), LeaveLobby(ANN.id))
    assert lobby.host_id == CLEO.id


def test_when_a_guest_leaves_the_host_stays() -> None:
    assert ann_hosts(JoinLobby(BEN), LeaveLobby(BEN.id)).host_id == ANN.id


def test_when_the_host_leaves_only_bots_the_lobby_closes() -> None:
    closed, events = advance(ann_hosts(JoinLobby(ROBO)), LeaveLobby(ANN.id), NOW_MS)
    assert closed.phase == "closed"
    assert events == (PlayerLeft(ANN), LobbyClosed("deserted"))


# Seats


def test_sitting_down_means_ready() -> None:
    lobby, events = advance(ann_hosts(), TakeSeat(ANN, 1), NOW_MS)
    assert lobby.seats == (None, Taken(ANN, True))
    assert events == (SeatTaken(1, ANN),)


def test_sitting_down_enters_the_lobby_first() -> None:
    assert events_of(ann_hosts(), TakeSeat(BEN, 0)) == (PlayerJoined(BEN), SeatTaken(0, BEN))


def test_a_player_keeps_the_name_they_came_with() -> None:
    lobby = ann_hosts(JoinLobby(BEN), TakeSeat(Player(BEN.id, "Benjamin"), 0))
    assert lobby.seats[0] == Taken(BEN, True)


def test_any_seat_is_the_first_free_one() -> None:
    lobby = ann_hosts(TakeSeat(ANN, 0), AskBot(ANN.id, 1, "robo"), TakeSeat(BEN, None), seats=4)
    assert lobby.seats[2] == Taken(BEN, True)


def test_any_seat_is_refused_when_none_is_free() -> None:
    lobby = ann_hosts(TakeSeat(ANN, 0), AskBot(ANN.id, 1, "robo"))
    assert code_of(lobby, TakeSeat(BEN, None)) == "no_free_seat"


def test_a_refused_seat_does_not_let_the_player_in() -> None:
    lobby = ann_hosts(TakeSeat(ANN, 0))
    assert code_of(lobby, TakeSeat(BEN, 0)) == "seat_taken"
    assert lobby.member(BEN.id) is None


@pytest.mark.parametrize("seat", [-1, 2])
def test_seats_are_numbered_from_nought(seat: int) -> None:
    assert code_of(ann_hosts(), TakeSeat(BEN, seat)) == "no_such_seat"
    assert code_of(ann_hosts(), AskBot(ANN.id, seat, "robo")) == "no_such_seat"


def test_a_seat_is_taken_once_even_by_the_same_player() -> None:
    assert code_of(ann_hosts(TakeSeat(ANN, 0)), TakeSeat(ANN, 0)) == "seat_taken"


def test_one_player_may_hold_every_seat() -> None:
    assert events_of(ann_hosts(TakeSeat(ANN, 0)), TakeSeat(ANN, 1)) == (SeatTaken(1, ANN), MatchStarted((ANN, ANN)))


def test_who_stands_up_stays_in_the_lobby() -> None:
    lobby, events = advance(ann_hosts(TakeSeat(BEN, 0), TakeSeat(BEN, 2), seats=4), StandUp(BEN.id, 2), NOW_MS)
    assert (lobby.seats, lobby.members) == ((Taken(BEN, True), None, None, None), (ANN, BEN))
    assert events == (SeatLeft(2, BEN),)


def test_who_stands_up_without_naming_a_seat_leaves_all_of_them() -> None:
    lobby, events = advance(ann_hosts(TakeSeat(BEN, 0), TakeSeat(BEN, 2), seats=4), StandUp(BEN.id, None), NOW_MS)
    assert lobby.taken == ()
    assert events == (SeatLeft(0, BEN), SeatLeft(2, BEN))


@pytest.mark.parametrize(
    ("seat", "code"),
    [(None, "not_seated"), (0, "not_seated"), (1, "not_seated"), (2, "no_such_seat"), (-1, "no_such_seat")],
)
def test_nobody_stands_up_from_where_they_do_not_sit(seat: int | None, code: str) -> None:
    assert code_of(ann_hosts(TakeSeat(BEN, 0)), StandUp(ANN.id, seat)) == code


def test_only_those_in_the_lobby_stand_up() -> None:
    assert code_of(ann_hosts(), StandUp(BEN.id, None)) == "not_in_lobby"


# Bots


def test_the_host_asks_a_bot_for_a_free_seat() -> None:
    lobby, events = advance(ann_hosts(), AskBot(ANN.id, 1, "robo"), NOW_MS)
    assert lobby.seats == (None, Asked("robo"))
    assert events == (BotAsked(1, "robo"),)


def test_only_the_host_asks_bots() -> None:
    assert code_of(ann_hosts(JoinLobby(BEN)), AskBot(BEN.id, 1, "robo")) == "not_host"


def test_no_bot_is_asked_for_a_seat_in_use() -> None:
    assert code_of(ann_hosts(TakeSeat(BEN, 1)), AskBot(ANN.id, 1, "robo")) == "seat_taken"


def test_asking_another_bot_calls_off_the_first() -> None:
    lobby, events = advance(ann_hosts(AskBot(ANN.id, 1, "robo")), AskBot(ANN.id, 1, "minimax"), NOW_MS)
    assert lobby.seats == (None, Asked("minimax"))
    assert events == (BotCalledOff(1, "robo"), BotAsked(1, "minimax"))


def test_the_same_bot_is_asked_once_a_seat() -> None:
    assert code_of(ann_hosts(AskBot(ANN.id, 1, "robo")), AskBot(ANN.id, 1, "robo")) == "asked_already"


@pytest.mark.parametrize("player", [ANN, BEN, OTHER_BOT, Player("liar", "robo")], ids=lambda player: player.id)
def test_a_seat_kept_for_a_bot_is_taken_by_nobody_else(player: Player) -> None:
    assert code_of(ann_hosts(AskBot(ANN.id, 1, "robo")), TakeSeat(player, 1)) == "kept_for_bot"


def test_a_bot_takes_the_seat_it_was_asked_for_before_any_other() -> None:
    lobby = ann_hosts(AskBot(ANN.id, 1, "robo"), TakeSeat(ROBO, None), seats=3)
    assert lobby.seats == (None, Taken(ROBO, True), None)


def test_a_bot_may_play_on_several_seats() -> None:
    lobby = ann_hosts(AskBot(ANN.id, 0, "robo"), AskBot(ANN.id, 1, "robo"), TakeSeat(ROBO, 0))
    assert events_of(lobby, TakeSeat(ROBO, 1))[-1] == MatchStarted((ROBO, ROBO))


def test_calling_off_a_bot_by_name_frees_every_seat_that_waits_for_it() -> None:
    lobby = ann_hosts(AskBot(ANN.id, 0, "robo"), AskBot(ANN.id, 2, "robo"), AskBot(ANN.id, 1, "minimax"), seats=3)
    freed, events = advance(lobby, Kick(ANN.id, "robo"), NOW_MS)
    assert freed.seats == (None, Asked("minimax"), None)
    assert events == (BotCalledOff(0, "robo"), BotCalledOff(2, "robo"))


def test_a_bot_declines_the_seat_that_waits_for_it_and_no_other() -> None:
    lobby = ann_hosts(AskBot(ANN.id, 0, "robo"), AskBot(ANN.id, 1, "robo"), seats=3)
    freed, events = advance(lobby, Decline(ROBO, 1), NOW_MS)
    assert freed.seats == (Asked("robo"), None, None)
    assert events == (BotCalledOff(1, "robo"),)


@pytest.mark.parametrize("seat", [-1, 1, 2])
def test_a_bot_declines_no_seat_that_does_not_wait(seat: int) -> None:
    assert code_of(ann_hosts(AskBot(ANN.id, 0, "robo")), Decline(ROBO, seat)) == "not_asked"


@pytest.mark.parametrize("player", [ANN, OTHER_BOT, Player("liar", "robo")], ids=lambda player: player.id)
def test_nobody_declines_for_another(player: Player) -> None:
    assert code_of(ann_hosts(AskBot(ANN.id, 0, "robo")), Decline(player, 0)) == "not_asked"


# Removing


def test_the_host_removes_a_player_and_frees_the_seats() -> None:
    lobby, events = advance(ann_hosts(TakeSeat(BEN, 0)), Kick(ANN.id, BEN.id), NOW_MS)
    assert (lobby.members, lobby.seats) == ((ANN,), (None, None))
    assert events == (PlayerLeft(BEN, kicked=True),)


@pytest.mark.parametrize("command", [JoinLobby(BEN), TakeSeat(BEN, 0), TakeSeat(BEN, None)])
def test_a_removed_player_cannot_come_back(command: Command) -> None:
    assert code_of(ann_hosts(JoinLobby(BEN), Kick(ANN.id, BEN.id)), command) == "kicked"


def test_a_removed_bot_comes_back_when_it_is_asked_again() -> None:
    lobby = ann_hosts(TakeSeat(ROBO, 0), Kick(ANN.id, ROBO.id))
    assert code_of(lobby, TakeSeat(ROBO, 0)) == "kicked"
    assert after(lobby, AskBot(ANN.id, 0, "robo"), TakeSeat(ROBO, 0)).seats[0] == Taken(ROBO, True)


def test_asking_a_bot_lets_no_removed_namesake_in() -> None:
    namesake = Player("liar", "robo")
    lobby = ann_hosts(JoinLobby(namesake), Kick(ANN.id, namesake.id), AskBot(ANN.id, 0, "robo"))
    assert code_of(lobby, JoinLobby(namesake)) == "kicked"


def test_only_the_host_removes_players() -> None:
    assert code_of(ann_hosts(JoinLobby(BEN), JoinLobby(CLEO)), Kick(BEN.id, CLEO.id)) == "not_host"


def test_the_host_cannot_remove_themselves() -> None:
    assert code_of(ann_hosts(), Kick(ANN.id, ANN.id)) == "kick_self"


def test_nobody_is_removed_who_is_not_there() -> None:
    assert code_of(ann_hosts(), Kick(ANN.id, BEN.id)) == "no_such_player"


# Readiness and the start


def test_the_match_starts_when_the_last_seat_is_taken() -> None:
    lobby, events = advance(ann_hosts(TakeSeat(ANN, 1)), TakeSeat(BEN, 0), NOW_MS)
    assert lobby.phase == "started"
    assert events == (PlayerJoined(BEN), SeatTaken(0, BEN), MatchStarted((BEN, ANN)))


def test_the_match_waits_for_a_player_who_is_not_ready() -> None:
    lobby = ann_hosts(TakeSeat(ANN, 0), SetReady(ANN.id, False), TakeSeat(BEN, 1))
    assert lobby.phase == "open"
    assert events_of(lobby, SetReady(ANN.id, True)) == (ReadinessChanged(ANN, True), MatchStarted((ANN, BEN)))


def test_the_match_waits_for_a_bot_that_was_asked() -> None:
    assert ann_hosts(TakeSeat(ANN, 0), AskBot(ANN.id, 1, "robo")).phase == "open"


def test_readiness_is_the_same_for_all_seats_of_a_player() -> None:
    lobby = ann_hosts(TakeSeat(BEN, 0), TakeSeat(BEN, 1), SetReady(BEN.id, False), seats=4)
    assert lobby.taken == (Taken(BEN, False), Taken(BEN, False))
    assert after(lobby, TakeSeat(BEN, 2)).taken == (Taken(BEN, True),) * 3


def test_one_without_a_seat_is_neither_ready_nor_not() -> None:
    assert code_of(ann_hosts(), SetReady(ANN.id, True)) == "not_seated"


@pytest.mark.parametrize("ready", [True, False])
def test_readiness_that_is_so_already_is_refused(ready: bool) -> None:
    lobby = ann_hosts(TakeSeat(ANN, 0), SetReady(ANN.id, False), *([SetReady(ANN.id, True)] if ready else []))
    assert code_of(lobby, SetReady(ANN.id, ready)) == "no_change"


def test_the_host_starts_early_and_the_empty_seats_vanish() -> None:
    lobby = ann_hosts(TakeSeat(CLEO, 3), TakeSeat(BEN, 1), AskBot(ANN.id, 0, "robo"), seats=4)
    started, events = advance(lobby, StartMatch(ANN.id), NOW_MS)
    assert events == (MatchStarted((BEN, CLEO)),)
    assert started.seats == (Taken(BEN, True), Taken(CLEO, True))


def test_only_the_host_starts_early() -> None:
    lobby = ann_hosts(TakeSeat(CLEO, 3), TakeSeat(BEN, 1), seats=4)
    assert code_of(lobby, StartMatch(BEN.id)) == "not_host"


@pytest.mark.parametrize("sitting", [0, 1, 3])
def test_the_host_starts_with_no_other_number_than_the_game_allows(sitting: int) -> None:
    lobby = ann_hosts(*(TakeSeat(BEN, seat) for seat in range(sitting)), seats=4, seat_counts=(2, 4))
    assert code_of(lobby, StartMatch(ANN.id)) == "wrong_seats"


def test_the_host_cannot_start_before_all_who_sit_are_ready() -> None:
    lobby = ann_hosts(TakeSeat(BEN, 0), TakeSeat(CLEO, 1), SetReady(CLEO.id, False), seats=4)
    assert code_of(lobby, StartMatch(ANN.id)) == "not_ready"


EVERY_COMMAND: tuple[Command, ...] = (
    JoinLobby(DAN),
    LeaveLobby(ANN.id),
    TakeSeat(DAN, None),
    StandUp(ANN.id, None),
    AskBot(ANN.id, 0, "robo"),
    Decline(DAN, 0),
    SetReady(ANN.id, False),
    StartMatch(ANN.id),
    Kick(ANN.id, BEN.id),
    CloseIdle(),
)


@pytest.mark.parametrize("command", EVERY_COMMAND)
def test_a_started_lobby_refuses_everything(command: Command) -> None:
    started = ann_hosts(TakeSeat(ANN, 0), TakeSeat(BEN, 1))
    assert code_of(started, command, NOW_MS + 2 * LOBBY_IDLE_MS) == "lobby_started"


@pytest.mark.parametrize("command", EVERY_COMMAND)
def test_a_closed_lobby_refuses_everything(command: Command) -> None:
    assert code_of(ann_hosts(LeaveLobby(ANN.id)), command, NOW_MS + 2 * LOBBY_IDLE_MS) == "lobby_closed"


# Limits


def test_a_lobby_idle_for_as_long_as_the_limit_is_closed() -> None:
    lobby, events = advance(ann_hosts(), CloseIdle(), NOW_MS + LOBBY_IDLE_MS)
    assert lobby.phase == "closed"
    assert events == (LobbyClosed("idle"),)


def test_a_lobby_is_not_closed_a_millisecond_earlier() -> None:
    assert code_of(ann_hosts(), CloseIdle(), NOW_MS + LOBBY_IDLE_MS - 1) == "not_idle"


def test_an_accepted_command_keeps_a_lobby_open() -> None:
    lobby, _ = advance(ann_hosts(), JoinLobby(BEN), NOW_MS + 5)
    assert code_of(lobby, CloseIdle(), NOW_MS + LOBBY_IDLE_MS + 4) == "not_idle"


def test_a_lobby_accepts_its_limit_of_commands_and_then_lets_go() -> None:
    nearly = replace(ann_hosts(TakeSeat(CLEO, 0), TakeSeat(BEN, 1), seats=3), version=COMMANDS_MAX - 1)
    worn_out = after(nearly, SetReady(BEN.id, False))
    assert worn_out.version == COMMANDS_MAX
    assert code_of(worn_out, SetReady(BEN.id, True)) == "lobby_worn_out"
    assert after(worn_out, LeaveLobby(BEN.id)).members == (ANN, CLEO)
    assert after(replace(nearly, version=COMMANDS_MAX), StartMatch(ANN.id)).phase == "started"
    assert advance(worn_out, CloseIdle(), NOW_MS + LOBBY_IDLE_MS)[0].phase == "closed"


# Who asks


@pytest.mark.parametrize("command", [each for each in EVERY_COMMAND if not isinstance(each, CloseIdle)])
def test_a_command_has_the_player_who_asks_for_its_author(command: Command) -> None:
    assert author(command) == (DAN.id if isinstance(command, JoinLobby | TakeSeat | Decline) else ANN.id)


def test_a_timer_has_no_name() -> None:
    assert author(CloseIdle()) == ""
