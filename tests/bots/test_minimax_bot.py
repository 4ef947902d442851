"""The bot that looks ahead: how well it plays, where it refuses to, and how it keeps up."""

import logging
from random import Random
from typing import Any

import pytest

from bots.bot import CannotPlay, Maker, Place, Turn
from bots.follower import NO_DICE, Follower
from bots.minimax_bot import MinimaxBot
from bots.random_bot import RandomBot
from bots.roster import objection, playable
from game.rules import connect_four, tic_tac_toe
from game.rules.catalog import load_catalog
from game.rules.game import Game


def played(game: Game, makers: list[Maker], seed: int) -> tuple[int, ...]:
    """The points of a match between these bots."""
    state = game.setup(game.Options(), 2, NO_DICE)
    bots = [make(Place(game.key, {}, 2, seat, Random(f"{seed}/{seat}"))) for seat, make in enumerate(makers)]
    version = 0
    while turn := game.to_move(state):
        asked = Turn(version, game.view(state, turn[0]), game.legal_moves(state, turn[0]))
        state, version = game.play(state, turn[0], bots[turn[0]].choose(asked), NO_DICE), version + 1
    outcome = game.outcome(state)
    assert outcome is not None
    return outcome.points


def test_it_never_loses_tic_tac_toe_against_chance() -> None:
    for seed in range(20):
        assert played(tic_tac_toe, [MinimaxBot, RandomBot], seed)[0] >= 0, f"seed {seed}"
        assert played(tic_tac_toe, [RandomBot, MinimaxBot], seed)[1] >= 0, f"seed {seed}"


def test_against_itself_tic_tac_toe_is_a_draw() -> None:
    assert {played(tic_tac_toe, [MinimaxBot, MinimaxBot], seed) for seed in range(5)} == {(0, 0)}


def test_it_wins_connect_four_against_chance() -> None:
    won = [played(connect_four, [MinimaxBot, RandomBot], seed)[0] for seed in range(5)]
    won += [played(connect_four, [RandomBot, MinimaxBot], seed)[1] for seed in range(5)]
    assert won == [1] * 10


def test_the_same_seed_makes_the_same_moves() -> None:
    bots = [MinimaxBot(Place("connect_four", {}, 2, 0, Random("seed"))) for _ in range(2)]
    state = connect_four.setup(connect_four.Options(), 2, NO_DICE)
    turn = Turn(0, connect_four.view(state, 0), connect_four.legal_moves(state, 0))
    assert bots[0].choose(turn) == bots[1].choose(turn)


@pytest.mark.parametrize(
    ("game", "seats", "why"),
    [
        ("liars_dice", 2, "not everything is seen"),
        ("rock_paper_scissors", 2, "not everything is seen"),
        ("tic_tac_toe", 3, "3 seats"),
        ("calvinball", 2, "does not know calvinball"),
    ],
)
def test_it_says_what_it_cannot_play(game: str, seats: int, why: str) -> None:
    with pytest.raises(CannotPlay, match=why):
        MinimaxBot(Place(game, {}, seats, 0, Random(0)))


def test_a_game_with_dice_is_refused() -> None:
    refused = [key for key, game in load_catalog().items() if objection(MinimaxBot, key, 2)]
    assert set(playable(MinimaxBot)) == set(load_catalog()) - set(refused)
    assert {"tic_tac_toe", "connect_four"} <= set(playable(MinimaxBot))


def after(*moves: str) -> Any:
    state = tic_tac_toe.setup(tic_tac_toe.Options(), 2, NO_DICE)
    for number, move in enumerate(moves):
        state = tic_tac_toe.play(state, number % 2, move, NO_DICE)
    return state


def test_the_follower_finds_the_moves_that_were_made() -> None:
    follower = Follower(tic_tac_toe, after())
    assert follower.follow(1, tic_tac_toe.view(after("b2"), None))
    assert follower.follow(1, tic_tac_toe.view(after("b2"), None))
    assert follower.follow(4, tic_tac_toe.view(after("b2", "a1", "c3", "a3"), None))
    assert follower.state == after("b2", "a1", "c3", "a3")


def test_the_follower_finds_the_way_from_the_beginning_of_a_small_game() -> None:
    follower = Follower(tic_tac_toe, after())
    assert follower.follow(6, tic_tac_toe.view(after("b2", "a1", "c3", "a3", "a2", "c2"), None))


def test_the_follower_says_when_a_view_cannot_have_come_about() -> None:
    follower = Follower(tic_tac_toe, after())
    assert not follower.follow(1, tic_tac_toe.view(after("b2", "a1"), None))
    assert follower.state == after()


def test_who_does_not_know_the_state_says_so_and_plays_a_legal_move(caplog: pytest.LogCaptureFixture) -> None:
    bot = MinimaxBot(Place("connect_four", {}, 2, 0, Random(0)))
    state = connect_four.setup(connect_four.Options(), 2, NO_DICE)
    for number in range(20):
        seat = number % 2
        state = connect_four.play(state, seat, connect_four.legal_moves(state, seat)[number % 3], NO_DICE)
        if connect_four.outcome(state):
            pytest.fail("this match is too short for the test")
    with caplog.at_level(logging.WARNING, "parlour.bots"):
        chosen = bot.choose(Turn(20, connect_four.view(state, 0), connect_four.legal_moves(state, 0)))
    assert chosen in connect_four.legal_moves(state, 0)
    assert "cannot find how its match of connect_four came to version 20" in caplog.text
