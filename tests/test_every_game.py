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
MANY = load_catalog().keys() - {game.key for game in OWN}
"""Games by the dozen, made by an adapter that is tested for itself: of each the ends, and one seed. All of a
game's kinds are checked by `python -m game check KEY`."""

FEW_BRANCHES = 48


def by_key(game: Game) -> str:
    return game.key


def kinds_of_match(game: Game) -> list[tuple[Any, int]]:
    """Every set of options by every number of seats; or the least and the most of both."""
    options = option_sets(game)
    if game.key in MANY:
        return list(dict.fromkeys([(options[0], game.seats[0]), (options[-1], game.seats[-1])]))
    return [(chosen, seats) for chosen in options for seats in game.seats]


every_kind_of_match = [
    pytest.param(game, options, seats, id=f"{game.key}-{seats}-{options}")
    for game in load_catalog().values()
    for options, seats in kinds_of_match(game)
]
every_game = pytest.mark.parametrize("game", load_catalog().values(), ids=by_key)


@every_game
def test_a_game_says_what_it_is(game: Game) -> None:
    check_names(game)


@pytest.mark.parametrize(("game", "options", "seats"), every_kind_of_match)
def test_a_match_keeps_the_contract_from_setup_to_outcome(game: Game, options: Any, seats: int) -> None:
    seeds = 1 if game.key in MANY else SEEDS
    checked = sum((check_match(game, options, seats, seed_of(number)) for number in range(seeds)), Checked())
    assert checked.matches == seeds
    assert checked.positions > seeds  # more than the beginnings


@every_game
def test_what_a_seat_may_not_know_changes_nothing_for_it(game: Game) -> None:
    few = game.key in MANY
    checked = check_hiding(game, option_sets(game)[:1], FEW_BRANCHES) if few else check_hiding(game)
    assert game.hides_nothing or checked.pairs > 0


@pytest.mark.parametrize("game", [game for game in OWN if not game.hides_nothing], ids=by_key)
def test_our_own_games_say_what_they_hide(game: Game) -> None:
    assert hasattr(game, "disguise")
    seats = game.seats[-1]
    assert check_match(game, game.Options(), seats, seed_of(0)).pairs > 0
