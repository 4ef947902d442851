"""The state of a match, from its views: for games in which nothing is hidden and nothing left to chance.

A view is not a state: it need not say whose turn it was, or how often a position has been. But whoever
knows a state, and that so many moves later all see this view, can try the moves and find which were made.
Usually that is one move; from the beginning of a match it may be several. Where two states look the same,
the first one found is taken: they differ only in what the view does not tell.
"""

from typing import Any

from game.rules.dice import Dice
from game.rules.game import Game, View
from protocol.patches import canonical

TRIED_MAX = 20_000
"""Moves tried to find those that were made; beyond it the state is not known."""


class ChanceFound(Exception):
    """The game has drawn: moves alone do not say what came of them."""


class NoDice(Dice):
    """Chance for a game that has none. Raises ChanceFound."""

    def __init__(self) -> None:
        super().__init__(b"", 0)

    def below(self, n: int) -> int:
        raise ChanceFound


NO_DICE = NoDice()


class Follower:
    """Knows the state of one match, as long as it is told of views often enough."""

    def __init__(self, game: Game, state: Any) -> None:
        """From the state at version 0."""
        self.state = state
        self._game = game
        self._version = 0

    def follow(self, version: int, view: View) -> bool:
        """Takes up the state at that version; False when the moves since the last one cannot be found."""
        found = state_found(self._game, self.state, version - self._version, view)
        if found is None:
            return False
        self.state, self._version = found, version
        return True

    def expect(self, state: Any) -> None:
        """What one's own move will make, so that only the moves of others need to be found."""
        self.state, self._version = state, self._version + 1


def state_found(game: Game, state: Any, moves: int, view: View) -> Any:
    """The state, so many moves after this one, that all see as `view`; None when it was not found."""
    wanted = canonical(dict(view))
    layer = {b"": state}
    tried = 0
    for _ in range(moves):
        following: dict[bytes, Any] = {}
        for before in layer.values():
            for seat in game.to_move(before):
                for move in game.legal_moves(before, seat):
                    assert isinstance(move, str), "moves that cannot be listed cannot be tried"
                    after = game.play(before, seat, move, NO_DICE)
                    following.setdefault(canonical(dict(game.view(after, None))), after)
                    tried += 1
            if tried > TRIED_MAX:
                return None
        layer = following
    looks = layer if moves else {canonical(dict(game.view(state, None))): state}
    return looks.get(wanted)
