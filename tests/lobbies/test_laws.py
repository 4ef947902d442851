"""The laws of a lobby, under whatever people, bots and timers may send."""

import json
from collections import Counter

import hypothesis.strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

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
from game.lobbies.events import LobbyClosed, MatchStarted
from game.lobbies.limits import LOBBY_IDLE_MS
from game.lobbies.lobby import Asked, Header, Taken, advance, open_lobby, view
from game.lobbies.record import replay
from game.matches.match import Player
from game.matches.record import Entry
from game.matches.refusals import Refusal

PEOPLE = [Player(name.lower(), name) for name in ("Ann", "Ben", "Cleo")]
BOTS = [Player("bot-1", "robo", bot=True), Player("bot-2", "minimax", bot=True)]

players = st.sampled_from(PEOPLE + BOTS)
ids = st.sampled_from([player.id for player in PEOPLE + BOTS])
bot_names = st.sampled_from([bot.name for bot in BOTS])
seat_numbers = st.integers(-1, 4)
commands: st.SearchStrategy[Command] = st.one_of(
    st.builds(JoinLobby, players),
    st.builds(LeaveLobby, ids),
    st.builds(TakeSeat, players, st.none() | seat_numbers),
    st.builds(StandUp, ids, st.none() | seat_numbers),
    st.builds(Decline, players, seat_numbers),
    st.builds(AskBot, ids, seat_numbers, bot_names),
    st.builds(SetReady, ids, st.booleans()),
    st.builds(StartMatch, ids),
    st.builds(Kick, ids, ids | bot_names),
    st.just(CloseIdle()),
)


class AnyLobby(RuleBasedStateMachine):
    """Sends anything; keeps the record of what was accepted."""

    @initialize(seats=st.sampled_from([2, 4]), host=st.sampled_from([PEOPLE[0], BOTS[0]]))
    def open(self, seats: int, host: Player) -> None:
        self.header = Header("abc", "hearts", {"target": 50}, seats, (2, 4), True, host, 0)
        self.lobby = open_lobby(self.header)
        self.entries: list[Entry[Command]] = []
        self.now_ms = 0

    @rule(command=commands, passed_ms=st.sampled_from([0, 1, LOBBY_IDLE_MS]))
    def send(self, command: Command, passed_ms: int) -> None:
        self.now_ms += passed_ms
        before, looked = self.lobby, repr(self.lobby)
        try:
            self.lobby, events = advance(before, command, self.now_ms)
        except Refusal:
            return
        finally:
            assert repr(before) == looked, "neither a refusal nor a step touches the lobby before it"
        assert before.phase == "open"
        assert self.lobby.version == before.version + 1
        assert events, "something happened"
        self.entries.append(Entry(self.lobby.version, self.now_ms, str(self.lobby.version), command))
        self.check_the_end_is_told(events)

    def check_the_end_is_told(self, events: tuple[object, ...]) -> None:
        told = Counter(type(event) for event in events)
        assert told[MatchStarted] == (self.lobby.phase == "started")
        assert told[LobbyClosed] == (self.lobby.phase == "closed")
        if self.lobby.phase == "started":
            assert events[-1] == MatchStarted(tuple(seat.player for seat in self.lobby.taken))

    @invariant()
    def a_replay_gives_the_same_lobby(self) -> None:
        assert replay(self.header, self.entries) == self.lobby

    @invariant()
    def nobody_sits_who_is_not_a_member(self) -> None:
        assert {seat.player for seat in self.lobby.taken} <= set(self.lobby.members)

    @invariant()
    def the_host_is_a_member_until_the_end(self) -> None:
        assert self.lobby.member(self.lobby.host_id) or self.lobby.phase == "closed"

    @invariant()
    def nobody_is_in_it_twice_or_after_being_removed(self) -> None:
        present = [player.id for player in self.lobby.members]
        assert len(present) == len(set(present))
        assert not set(present) & {player.id for player in self.lobby.kicked}

    @invariant()
    def all_seats_of_a_player_are_ready_or_none_is(self) -> None:
        readiness = {(seat.player.id, seat.ready) for seat in self.lobby.taken}
        assert len(readiness) == len({player_id for player_id, _ in readiness})

    @invariant()
    def an_open_lobby_has_a_seat_to_wait_for(self) -> None:
        if self.lobby.phase == "open":
            assert len(self.lobby.seats) == self.header.seats
            assert not all(isinstance(seat, Taken) and seat.ready for seat in self.lobby.seats)

    @invariant()
    def a_started_match_has_only_players_and_as_many_as_allowed(self) -> None:
        if self.lobby.phase == "started":
            assert not any(isinstance(seat, Asked | None) for seat in self.lobby.seats)
            assert len(self.lobby.seats) in self.header.seat_counts

    @invariant()
    def the_view_is_plain_data(self) -> None:
        assert json.loads(json.dumps(view(self.lobby))) == view(self.lobby)


TestAnyLobby = AnyLobby.TestCase
