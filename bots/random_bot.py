"""A bot that plays by chance: each legal move is as likely as the other."""

from bots.bot import Place, Turn
from game.rules.moves import sample


class RandomBot:
    """Plays any game."""

    thinks = False

    def __init__(self, place: Place) -> None:
        self._random = place.random

    def choose(self, turn: Turn) -> str:
        return sample(turn.moves, self._random.randrange)
