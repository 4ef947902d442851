"""What holds for every game that this server plays."""

from typing import Any

import pytest

from game.rules.catalog import OWN, load_catalog
from game.rules.contract.check import Checked, check_hiding, check_match
from game.rules.contract.options import option_sets
from game.rules.contract.play import check_names
from game.rules.contract.position import seed_of
from game.rules.game import Game

SEEDS = 2


def by_key(game: Game) -> str:
    return game.key


every_kind_of_match = [
    pytest.param(game, options, seats, id=f"{game.key}-{seats}-{options}")
    for game in load_catalog().values()
    for options in option_sets(game)
    for seats in game.seats
]
every_game = pytest.mark.parametrize("game", load_catalog().values(), ids=by_key)


@every_game
def test_a_game_says_what_it_is(game: Game) -> None:
    check_names(game)


@pytest.mark.parametrize(("game", "options", "seats"), every_kind_of_match)
def test_a_match_keeps_the_contract_from_setup_to_outcome(game: Game, options: Any, seats: int) -> None:
    checked = sum((check_match(game, options, seats, seed_of(number)) for number in range(SEEDS)), Checked())
    assert checked.matches == SEEDS
    assert checked.positions > SEEDS  # more than the beginnings


@every_game
def test_what_a_seat_may_not_know_changes_nothing_for_it(game: Game) -> None:
    checked = check_hiding(game)
    assert game.hides_nothing or checked.pairs > 0


@pytest.mark.parametrize("game", [game for game in OWN if not game.hides_nothing], ids=by_key)
def test_our_own_games_say_what_they_hide(game: Game) -> None:
    assert hasattr(game, "disguise")
    seats = game.seats[-1]
    assert check_match(game, game.Options(), seats, seed_of(0)).pairs > 0
