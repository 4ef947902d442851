"""Random games, replayed step by step in OpenSpiel: the same moves, the same end, the same returns."""

from collections.abc import Callable
from random import Random
from typing import Any

import pyspiel
import pytest

from game.rules import connect_four, tic_tac_toe
from game.rules.dice import Dice
from game.rules.game import Game

GAMES = 60
NO_CHANCE = Dice(b"", 0)


def tic_tac_toe_action(move: str) -> int:
    """OpenSpiel counts the squares from the top left, by rows."""
    return 3 * (3 - int(move[1])) + "abc".index(move[0])


def connect_four_action(move: str) -> int:
    return int(move) - 1


PAIRS = [(tic_tac_toe, tic_tac_toe_action), (connect_four, connect_four_action)]


@pytest.mark.parametrize(("game", "action"), PAIRS, ids=lambda part: getattr(part, "key", ""))
def test_random_games_are_the_same_step_by_step(game: Game, action: Callable[[str], int]) -> None:
    theirs = pyspiel.load_game(game.key)
    for seed in range(GAMES):
        compare(game, theirs.new_initial_state(), action, Random(seed))


def compare(game: Game, theirs: Any, action: Callable[[str], int], chance: Random) -> None:
    ours = game.setup(game.Options(), 2, NO_CHANCE)
    while turn := game.to_move(ours):
        (seat,) = turn
        moves = {action(str(move)): str(move) for move in game.legal_moves(ours, seat)}
        assert not theirs.is_terminal()
        assert theirs.current_player() == seat
        assert theirs.legal_actions() == sorted(moves)
        chosen = chance.choice(sorted(moves))
        ours = game.play(ours, seat, moves[chosen], NO_CHANCE)
        theirs.apply_action(chosen)
    outcome = game.outcome(ours)
    assert outcome is not None
    assert theirs.is_terminal()
    assert tuple(theirs.returns()) == outcome.points
