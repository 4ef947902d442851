"""What players read of a game: ours all say it, in few words, and others in their own file."""

import pytest

from game.rules import tic_tac_toe
from game.rules.catalog import OWN
from game.rules.game import Game
from game.rules.how_to_play import OWN as TEXTS
from game.rules.how_to_play import how_to_play
from tests.rules.test_contract import like


@pytest.mark.parametrize("game", OWN, ids=lambda game: game.key)
def test_our_own_games_say_how_they_are_played_in_60_to_210_words(game: Game) -> None:
    paragraphs = how_to_play(game)
    assert len(paragraphs) >= 2
    assert 60 <= len(" ".join(paragraphs).split()) <= 210


def test_no_text_is_of_a_game_that_is_not_there() -> None:
    assert set(TEXTS) == {game.key for game in OWN}


def test_an_empty_line_begins_a_paragraph_and_lines_run_on() -> None:
    game = like(tic_tac_toe, how_to_play="\n  Take\n  turns.\n \n\n  <b>Win</b>.\n")
    assert how_to_play(game) == ["Take turns.", "<b>Win</b>."]


def test_a_game_need_not_say_it() -> None:
    assert how_to_play(like(tic_tac_toe, key="other")) == []
