"""A match as an audience saw it, version by version."""

import pytest

from game.matches.commands import PlayMove, Resign
from game.matches.history import history
from game.matches.match import advance
from game.rules import rock_paper_scissors, tic_tac_toe
from game.rules.game import Game
from tests.matches.test_match import EVERY_TABLE, match_of
from tests.matches.test_record import played, record_of


@pytest.mark.parametrize(("game", "seats"), EVERY_TABLE)
def test_a_history_has_the_scene_of_each_version_as_it_was_shown(game: Game, seats: int) -> None:
    live, entries = played(game, seats, seed=1, steps=40)
    for seat in (None, *range(seats)):
        match = match_of(game, seats, 1)
        shown = [match.scene(seat)]
        for entry in entries:
            match, _ = advance(match, entry.command, entry.at_ms)
            shown.append(match.scene(seat))
        steps = history(live.header, entries, game, seat)
        assert [step.scene for step in steps] == shown
        assert [step.at_ms for step in steps] == [live.header.created_ms, *(entry.at_ms for entry in entries)]


def test_a_move_that_may_be_a_secret_is_told_when_the_match_is_over() -> None:
    first = match_of(rock_paper_scissors, 2)
    chosen = record_of(PlayMove(0, "rock"))
    assert [step.move for step in history(first.header, chosen, rock_paper_scissors, None)] == [None, None]
    given_up = record_of(PlayMove(0, "rock"), Resign(1))
    assert [step.move for step in history(first.header, given_up, rock_paper_scissors, None)] == [
        None,
        (0, "rock"),
        None,
    ]


def test_where_nothing_is_hidden_every_move_is_told_at_once() -> None:
    entries = record_of(PlayMove(0, "b2"), PlayMove(1, "a1"))
    steps = history(match_of(tic_tac_toe, 2).header, entries, tic_tac_toe, 1)
    assert [step.move for step in steps] == [None, (0, "b2"), (1, "a1")]
    assert [step.scene["last"] for step in steps] == [None, (0, "b2"), (1, "a1")]
