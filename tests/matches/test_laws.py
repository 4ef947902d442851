"""The laws of a match, over commands of every kind, sensible and not, in any order."""

from typing import Any

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from game.matches.commands import Command, PlayMove, Resign
from game.matches.match import Header, Match, Player, advance, begin
from game.matches.record import Entry, replay
from game.matches.refusals import Refusal
from game.rules.catalog import load_catalog
from game.rules.contract.position import print_of
from game.rules.moves import sample

GAMES = ("connect_four", "liars_dice", "rock_paper_scissors", "texas_holdem", "tic_tac_toe", "yacht")
"""Turns and moves at once, chance, secrets, and moves that are numbers."""
CATALOG = {key: game for key, game in load_catalog().items() if key in GAMES}
JUNK = ("", "a1", "b2", "xyzzy", "bid 3x5", "raise -1", "rock\n", "9" * 30)

chances = st.integers(0, 2**32 - 1)


class MatchLaws(RuleBasedStateMachine):
    """A version for each command that is accepted; nothing at all for one that is refused."""

    match: Match
    entries: list[Entry[Command]]

    @initialize(key=st.sampled_from(GAMES), most=st.booleans(), seed=st.binary(min_size=32, max_size=32))
    def begin(self, key: str, most: bool, seed: bytes) -> None:
        game = CATALOG[key]
        seats = tuple(Player(f"p{n}", f"Player {n}") for n in range(game.seats[-1 if most else 0]))
        self.match = begin(Header("m", key, game.revision, {}, seats, seed, 0), game)
        self.entries = []

    @precondition(lambda self: self.match.turn)
    @rule(whose=chances, chance=chances)
    def play_what_is_legal(self, whose: int, chance: int) -> None:
        """What is offered is accepted."""
        seat = self.match.turn[whose % len(self.match.turn)]
        move = sample(self.match.legal_moves(seat), lambda below: chance % below)
        assert self._ask(PlayMove(seat, move))

    @rule(seat=st.integers(0, 12), move=st.sampled_from(JUNK))
    def play_what_may_not_be(self, seat: int, move: str) -> None:
        seats = len(self.match.header.seats)
        self._ask(PlayMove(seat % seats, move))

    @rule(seat=st.integers(0, 12), rarely=st.integers(0, 9))
    def resign(self, seat: int, rarely: int) -> None:
        if rarely == 0:
            self._ask(Resign(seat))

    def _ask(self, command: Command) -> bool:
        before, printed = self.match, print_of(self.match)
        at_ms = len(self.entries)
        try:
            self.match, events = advance(before, command, at_ms)
        except Refusal:
            assert print_of(before) == printed, "a refusal changes nothing"
            return False
        assert print_of(before) == printed, "what was before stays what it was"
        assert self.match.version == before.version + 1
        assert events
        assert before.outcome is None, "nothing is accepted after the end"
        self.entries.append(Entry(self.match.version, at_ms, f"r{at_ms}", command))
        return True

    @invariant()
    def the_record_gives_the_match(self) -> None:
        again: Any = replay(self.match.header, self.entries, CATALOG)
        assert print_of(again) == print_of(self.match)

    @invariant()
    def someone_owes_a_move_until_it_is_over(self) -> None:
        assert (self.match.outcome is None) == bool(self.match.turn)
        assert not self.match.resigned.intersection(self.match.turn)


TestMatchLaws = MatchLaws.TestCase
TestMatchLaws.settings = settings(max_examples=30, stateful_step_count=25, deadline=None)
