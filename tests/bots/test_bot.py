"""What a bot is told of the wire."""

from bots.bot import moves_from
from game.rules.moves import Moves, Number, Subset, plain_moves


def test_moves_are_those_of_the_rules_again_when_they_have_gone_over_the_wire() -> None:
    moves: Moves = [
        "fold",
        Number("bid", 1, 9, 2),
        Number("raise", 20, 400, 20, (("Pot", 120), ("All in", 400))),
        Subset("pass", ("2C", "QS", "AH"), 1, 2),
    ]
    assert moves_from(plain_moves(moves)) == moves
