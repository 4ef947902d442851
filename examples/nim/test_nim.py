"""Nim keeps the contract of a game, and its own rules."""

import nim

from game.rules.contract.check import check_game
from game.rules.dice import Dice

NO_DICE = Dice(b"", 0)


def test_nim_keeps_the_contract() -> None:
    check_game(nim)


def test_the_last_stone_wins_or_loses_as_agreed() -> None:
    for last_one_loses, points in ((False, (1, -1)), (True, (-1, 1))):
        end = nim.outcome(nim.play(nim.State((0, 2), 0, last_one_loses), 0, "take 2 from b", NO_DICE))
        assert end is not None
        assert end.points == points
