"""A bot that looks ahead, in any game of two players that hides nothing and leaves nothing to chance.

It must know the state, which no view tells: it follows the match from its beginning. When it comes back to
a match that has gone on for long without it, the state may be beyond finding; it then says so in the log,
and plays by chance in that match.
"""

import logging
from random import Random
from typing import Any

from bots.bot import CannotPlay, Place, Turn
from bots.follower import NO_DICE, ChanceFound, Follower
from bots.search import Search
from game.rules.catalog import load_catalog
from game.rules.game import Game
from game.rules.moves import sample

NODES_MAX = 4000
"""States looked at for one move: well under a second in most games."""
PROBES = 3
"""Matches played by chance, by oneself, to see whether a game leaves anything to chance."""
PROBE_MOVES_MAX = 200

log = logging.getLogger("parlour.bots")


class MinimaxBot:
    """Plays what it can search. Raises CannotPlay elsewhere."""

    thinks = True

    def __init__(self, place: Place, nodes_max: int = NODES_MAX) -> None:
        game = load_catalog().get(place.game)
        if game is None:
            raise CannotPlay(f"minimax does not know {place.game}")
        self._game = game
        self._place = place
        self._nodes_max = nodes_max
        self._follower = Follower(game, _first_state(game, place))
        self._lost = False

    def choose(self, turn: Turn) -> str:
        if not self._follower.follow(turn.version, turn.view):
            if not self._lost:
                log.warning(
                    "minimax cannot find how its match of %s came to version %d: it plays on by chance",
                    self._game.key,
                    turn.version,
                )
            self._lost = True
            return sample(turn.moves, self._place.random.randrange)
        state, seat = self._follower.state, self._place.seat
        move = Search(self._game, self._place.random, self._nodes_max).best(state, seat)
        self._follower.expect(self._game.play(state, seat, move, NO_DICE))
        return move


def _first_state(game: Game, place: Place) -> Any:
    """The state at version 0. Raises CannotPlay."""
    why = f"minimax cannot play {game.title}"
    if not game.hides_nothing:
        raise CannotPlay(f"{why}: not everything is seen")
    if place.seats != 2:
        raise CannotPlay(f"{why} with {place.seats} seats: it plays against one other")
    try:
        first = game.setup(game.Options(**place.options), place.seats, NO_DICE)
        for probe in range(PROBES):
            _probe(game, first, Random(probe), why)
    except ChanceFound:
        raise CannotPlay(f"{why}: chance has a say in it") from None
    return first


def _probe(game: Game, state: Any, random: Random, why: str) -> None:
    """Plays by chance. Raises ChanceFound, or CannotPlay for what could not be searched."""
    for _ in range(PROBE_MOVES_MAX):
        turn = game.to_move(state)
        if not turn:
            return
        if len(turn) > 1:
            raise CannotPlay(f"{why}: both move at once")
        moves = game.legal_moves(state, turn[0])
        if not all(isinstance(move, str) for move in moves):
            raise CannotPlay(f"{why}: its moves cannot be listed")
        state = game.play(state, turn[0], sample(moves, random.randrange), NO_DICE)
