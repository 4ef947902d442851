"""The best move of a two-player game, by the rules alone: alpha-beta, deeper and deeper within a budget.

Of a game it knows who wins. Short of the end it counts how many moves each side has: more is better.
"""

from collections.abc import Hashable
from dataclasses import dataclass, field
from random import Random
from typing import Any, NamedTuple

from bots.follower import NO_DICE
from game.rules.game import Game, Outcome

WIN = 1.0
DEPTH_MAX = 64


class _OutOfNodes(Exception):
    """The budget is used up."""


class _Known(NamedTuple):
    """What a state was found to be worth to its mover, at a depth; at any, when nothing was cut short."""

    depth: int
    least: float = -2 * WIN
    most: float = 2 * WIN
    cut_short: bool = False


@dataclass(slots=True)
class Search:
    """One search; thrown away with its memory. The same seed and budget find the same move."""

    game: Game
    random: Random
    nodes_left: int
    cutoffs: dict[str, int] = field(default_factory=dict)  # how often a move was too good to be allowed: try it early
    known: dict[Hashable, _Known] = field(default_factory=dict)
    remembers: bool = True  # false where states cannot be the keys of a dict
    cut_short: bool = False  # whether some line was judged before its end

    def best(self, state: Any, seat: int) -> str:
        """The move for the seat, whose turn it is.

        The search stops at the first depth that shows a win, so the quickest is taken. When a depth
        shows that all is lost, the move that looked best before that stands: it loses latest.
        """
        self.remembers = _hashes(state)
        moves = [str(move) for move in self.game.legal_moves(state, seat)]
        self.random.shuffle(moves)
        best = moves[0]
        for depth in range(1, DEPTH_MAX):
            self.cut_short = False
            try:
                value, move = self._root(state, seat, moves, depth)
            except _OutOfNodes:
                break
            if value <= -WIN:
                break
            best = move
            if value >= WIN or not self.cut_short:
                break
            moves.sort(key=lambda other: other != best)
        return best

    def _root(self, state: Any, seat: int, moves: list[str], depth: int) -> tuple[float, str]:
        best, chosen = -2 * WIN, moves[0]
        for move in moves:
            after = self.game.play(state, seat, move, NO_DICE)
            value = self._worth(after, seat, depth - 1, best, 2 * WIN, len(moves))
            if value > best:
                best, chosen = value, move
        return best, chosen

    def _worth(self, state: Any, seat: int, depth: int, low: float, high: float, width: int) -> float:
        """What the state is worth to the seat that has just moved, with `width` moves to choose from."""
        self.nodes_left -= 1
        if self.nodes_left < 0:
            raise _OutOfNodes
        if (outcome := self.game.outcome(state)) is not None:
            return _result(outcome, seat)
        mover = self.game.to_move(state)[0]
        if mover == seat:
            return self._best_of(state, mover, depth, low, high, width)
        return -self._best_of(state, mover, depth, -high, -low, width)

    def _best_of(self, state: Any, mover: int, depth: int, low: float, high: float, width: int) -> float:
        """What the state is worth to the one who is to move; remembered with how much of that is certain."""
        if depth <= 0:
            self.cut_short = True
            width_now = len(self.game.legal_moves(state, mover))
            return (width_now - width) / (width_now + width + 1) * WIN
        known = self.known.get(state) if self.remembers else None
        if known is None or (known.depth != depth and known.cut_short):
            known = _Known(depth)
        elif known.least >= high or known.most <= low or known.least == known.most:
            self.cut_short |= known.cut_short
            return known.least if known.least > low else known.most
        outside, self.cut_short = self.cut_short, False
        value = self._tried(state, mover, depth, low, high)
        least, most = (value if value > low else known.least), (value if value < high else known.most)
        if self.remembers:
            self.known[state] = _Known(depth, least, most, self.cut_short)
        self.cut_short |= outside
        return value

    def _tried(self, state: Any, mover: int, depth: int, low: float, high: float) -> float:
        """The best of what the moves of that side lead to; not looked for beyond `high`."""
        moves = [str(move) for move in self.game.legal_moves(state, mover)]
        moves.sort(key=lambda move: -self.cutoffs.get(move, 0))
        best = -2 * WIN
        for move in moves:
            after = self.game.play(state, mover, move, NO_DICE)
            value = self._worth(after, mover, depth - 1, max(low, best), high, len(moves))
            best = max(best, value)
            if best >= high:
                self.cutoffs[move] = self.cutoffs.get(move, 0) + depth * depth
                break
        return best


def _hashes(state: object) -> bool:
    try:
        hash(state)
    except TypeError:  # something within cannot be hashed
        return False
    return True


def _result(outcome: Outcome, seat: int) -> float:
    mine, theirs = outcome.points[seat], outcome.points[1 - seat]
    return WIN * ((mine > theirs) - (mine < theirs))
