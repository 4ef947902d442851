"""Matches chosen beforehand by chance, for games in which nothing but the moves decides what comes next."""

from random import Random
from typing import NamedTuple

from game.rules.dice import Dice
from game.rules.game import Game
from game.rules.moves import sample

SEED = bytes(32)


class Step(NamedTuple):
    """One move: whose, and its text."""

    seat: int
    move: str


Script = tuple[Step, ...]
"""A match from beginning to end: step `n` is made at version `n`."""


def playout(game: Game, options: object, seats: int, random: Random) -> Script | None:
    """A match played by chance; None when the game draws or lets several move at once, and so cannot be foreseen."""
    dice = Dice(SEED, 0)
    state = game.setup(options, seats, dice)
    steps: list[Step] = []
    while turn := game.to_move(state):
        if len(turn) != 1:
            return None
        step = Step(turn[0], sample(game.legal_moves(state, turn[0]), random.randrange))
        state = game.play(state, *step, dice)
        steps.append(step)
    return None if dice.draws else tuple(steps)


def scripts(game: Game, options: object, seats: int, count: int, random: Random) -> list[Script]:
    """So many matches; none when the game cannot be foreseen."""
    if not game.hides_nothing:
        return []
    made = [playout(game, options, seats, random) for _ in range(count)]
    return [script for script in made if script]
