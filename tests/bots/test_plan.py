"""What is played when many matches are asked for."""

from collections import Counter

import pytest

from bots.plan import NothingToPlay, plan
from game.rules.catalog import load_catalog

CATALOG = load_catalog()


def test_matches_are_spread_over_games_and_numbers_of_seats() -> None:
    kinds = Counter(
        (match.game, len(match.bots)) for match in plan(CATALOG, ["tic_tac_toe", "liars_dice"], ["random"], 60, "s")
    )
    assert kinds == {("tic_tac_toe", 2): 10, **{("liars_dice", seats): 10 for seats in (2, 3, 4, 5, 6)}}


def test_a_few_matches_see_every_game() -> None:
    planned = plan(CATALOG, list(CATALOG), ["random"], len(CATALOG), "s")
    assert {match.game for match in planned} == set(CATALOG)


def test_the_same_seed_makes_the_same_choices() -> None:
    def chosen(seed: str) -> list[tuple[tuple[str, ...], list[float]]]:
        planned = plan(CATALOG, ["tic_tac_toe"], ["random", "minimax"], 20, seed)
        return [(match.bots, [chance.random() for chance in match.chances]) for match in planned]

    assert chosen("one") == chosen("one")
    assert chosen("one") != chosen("two")


def test_a_bot_sits_only_where_it_can_play() -> None:
    planned = plan(CATALOG, ["tic_tac_toe", "liars_dice"], ["random", "minimax"], 60, "s")
    bots = {game: {bot for match in planned if match.game == game for bot in match.bots} for game in CATALOG}
    assert bots["liars_dice"] == {"random"}
    assert bots["tic_tac_toe"] == {"random", "minimax"}


def test_when_nobody_can_play_the_reason_is_said() -> None:
    with pytest.raises(NothingToPlay, match="not everything is seen"):
        plan(CATALOG, ["liars_dice"], ["minimax"], 1, "s")


def test_an_unknown_bot_is_named() -> None:
    with pytest.raises(ValueError, match="there is no bot 'deep_blue'; there are random, minimax"):
        plan(CATALOG, ["tic_tac_toe"], ["deep_blue"], 1, "s")
    with pytest.raises(ValueError, match="nowhere:Bot cannot be had"):
        plan(CATALOG, ["tic_tac_toe"], ["nowhere:Bot"], 1, "s")
