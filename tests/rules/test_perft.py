"""The rules reach as many positions, by as many paths, as is known from the literature."""

from collections import Counter
from itertools import accumulate
from typing import Any

from game.rules import connect_four, tic_tac_toe
from game.rules.dice import Dice
from game.rules.game import Game

NO_CHANCE = Dice(b"", 0)


def plies(game: Game, depth: int) -> list[Counter[Any]]:
    """For each ply up to `depth`, the positions that are reached and by how many paths."""

    def further(ply: "Counter[Any]", _: object) -> "Counter[Any]":
        reached: Counter[Any] = Counter()
        for state, paths in ply.items():
            for seat in game.to_move(state):
                for move in game.legal_moves(state, seat):
                    assert isinstance(move, str)
                    reached[game.play(state, seat, move, NO_CHANCE)] += paths
        return reached

    first = Counter([game.setup(game.Options(), 2, NO_CHANCE)])
    return list(accumulate(range(depth), further, initial=first))


def test_tic_tac_toe_has_5478_positions_and_255168_games() -> None:
    reached = plies(tic_tac_toe, 10)
    assert [ply.total() for ply in reached] == [1, 9, 72, 504, 3024, 15120, 54720, 148176, 200448, 127872, 0]
    assert sum(map(len, reached)) == 5478
    ended: Counter[str] = Counter()
    for ply in reached:
        for state, paths in ply.items():
            if outcome := tic_tac_toe.outcome(state):
                ended[{1: "x", 0: "draw", -1: "o"}[outcome.points[0]]] += paths
    assert ended == {"x": 131184, "o": 77904, "draw": 46080}
    assert ended.total() == 255168


def test_connect_four_has_the_positions_of_oeis_a212693() -> None:
    """And the paths: 7 to the power of the ply, less at ply 7 those that fill a column twice over."""
    boards = [Counter[Any]() for _ in range(8)]
    reached = plies(connect_four, 7)
    for board, ply in zip(boards, reached):
        for state, paths in ply.items():
            board[state.columns] += paths
    assert [len(board) for board in boards] == [1, 7, 49, 238, 1120, 4263, 16422, 54859]
    assert [board.total() for board in boards] == [1, 7, 49, 343, 2401, 16807, 117649, 823536]
