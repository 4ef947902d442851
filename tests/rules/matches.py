"""Matches for the tests of rules: moves in turn, from the setup on."""

from typing import Any

import pytest

from game.rules.dice import Dice
from game.rules.game import Game, IllegalMove

SEED = bytes(32)


def after(game: Game, moves: str, options: Any = None, seats: int = 2) -> Any:
    """The state after these moves, separated by `, `, each by the first seat that owes one."""
    state = game.setup(options or game.Options(), seats, Dice(SEED, 0))
    return on(game, state, moves)


def on(game: Game, state: Any, moves: str) -> Any:
    """The state after these further moves."""
    for version, move in enumerate(moves.split(", ") if moves else [], 1):
        state = game.play(state, game.to_move(state)[0], move, Dice(SEED, version))
    return state


def refusal(game: Game, state: Any, move: str) -> tuple[str, str]:
    """The code and sentence with which the move of the first seat that owes one is refused."""
    with pytest.raises(IllegalMove) as refused:
        game.play(state, game.to_move(state)[0], move, Dice(SEED, 1))
    return refused.value.code, refused.value.sentence
