"""Rock, paper, scissors by the book."""

from typing import Any

import pytest

from game.rules import rock_paper_scissors as game
from game.rules.dice import Dice
from game.rules.game import Outcome
from tests.rules.matches import SEED, after, refusal

WINS = {("rock", "scissors"), ("scissors", "paper"), ("paper", "rock")}


@pytest.mark.parametrize("one", game.THROWS)
@pytest.mark.parametrize("other", game.THROWS)
def test_each_throw_beats_one_and_loses_to_one(one: str, other: str) -> None:
    expected = 0 if (one, other) in WINS else 1 if (other, one) in WINS else None
    assert game.winner((one, other)) == expected


def test_both_owe_a_throw_and_either_may_choose_first() -> None:
    state = after(game, "")
    assert game.to_move(state) == (0, 1)
    state = game.play(state, 1, "paper", Dice(SEED, 1))
    assert game.to_move(state) == (0,)
    assert game.legal_moves(state, 1) == ()


def test_a_choice_is_hidden_until_both_have_chosen() -> None:
    state = after(game, "rock")
    assert game.view(state, 0) == {"best_of": 3, "thrown": (), "chosen": (True, False), "yours": "rock"}
    for other in (1, None):
        assert game.view(state, other) == {"best_of": 3, "thrown": (), "chosen": (True, False), "yours": ""}
    assert game.view(after(game, "rock, paper"), None)["thrown"] == (("rock", "paper"),)


def test_the_scene_says_that_somebody_has_chosen_and_to_them_what() -> None:
    state = after(game, "rock")
    assert labels(state, 0) == ["You have chosen rock", "Player 2 has not chosen yet"]
    assert labels(state, 1) == labels(state, None) == ["Player 1 has chosen", "Player 2 has not chosen yet"]


def test_there_is_something_to_see_before_the_first_throw_and_nothing_to_wait_for_at_the_end() -> None:
    once = game.Options(best_of=1)
    assert labels(after(game, "", once), None) == ["Player 1 has not chosen yet", "Player 2 has not chosen yet"]
    assert labels(after(game, "rock, paper", once), None) == [
        "Throw 1 of Player 1: rock",
        "Throw 1 of Player 2: paper",
    ]


def labels(state: Any, audience: int | None) -> list[str]:
    return [piece.label for piece in game.scene(game.view(state, audience)).pieces]


def test_more_than_half_of_the_throws_win() -> None:
    assert game.outcome(after(game, "rock, paper, paper, paper")) is None
    assert game.outcome(after(game, "rock, paper, paper, paper, rock, paper")) == Outcome("most_throws_won", (-1, 1))
    once = game.Options(best_of=1)
    assert game.outcome(after(game, "rock, scissors", once)) == Outcome("most_throws_won", (1, -1))


def test_ten_ties_in_a_row_are_a_draw() -> None:
    ties = ", ".join(["rock"] * 20)
    assert game.outcome(after(game, f"paper, rock, {ties}")) == Outcome("ties", (0, 0))
    assert game.outcome(after(game, ties.removesuffix(", rock, rock"))) is None
    assert game.scene(game.view(after(game, ties), None)).status.text == "A draw"


def test_the_best_of_an_even_number_is_nobody() -> None:
    with pytest.raises(ValueError, match="Best of an odd number"):
        game.Options(best_of=2)


def test_refusals_name_the_rule() -> None:
    assert refusal(game, after(game, ""), "well") == ("no_such_throw", "Throw rock, paper or scissors.")
