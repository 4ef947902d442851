"""Hex by the book."""

from random import Random

import pytest

from game.rules import hex as game
from game.rules.dice import Dice
from game.rules.game import Outcome
from tests.rules.matches import SEED, after, on, refusal

SMALL = game.Options(size=4)
PLAIN = game.Options(size=4, swap=False)


def test_black_wins_from_top_to_bottom_and_white_from_left_to_right() -> None:
    state = after(game, "b1, a4, b2, b4, a3, c4, d1, d4", PLAIN)
    assert game.outcome(state) == Outcome("sides_joined", (-1, 1))
    assert set(state.chain) == {"a4", "b4", "c4", "d4"}
    state = after(game, "b1, a1, b2, a2, b3, d1, b4", PLAIN)
    assert game.outcome(state) == Outcome("sides_joined", (1, -1))
    assert game.to_move(state) == () == tuple(game.legal_moves(state, 1))


def test_places_touch_along_rows_and_one_diagonal() -> None:
    assert game.outcome(after(game, "c1, a1, b2, a2, a3, d1, a4", PLAIN)) is not None
    assert game.outcome(after(game, "a1, c1, b2, a2, c3, d1, d4", PLAIN)) is None


def test_the_chain_that_is_marked_has_no_detour() -> None:
    state = after(game, "b1, d1, c1, d2, b2, d3, a2, d4, b3, c4, b4", PLAIN)
    assert state.chain == ("b1", "b2", "b3", "b4")
    assert {mark.kind for mark in game.scene(game.view(state, None)).marks} == {"win"}


def test_white_may_take_over_the_first_stone() -> None:
    state = after(game, "b4", SMALL)
    assert game.legal_moves(state, 1)[-1] == "swap"
    state = on(game, state, "swap")
    (stone,) = game.scene(game.view(state, None)).pieces
    assert (stone.at, stone.owner, stone.label) == ("d2", 1, "White on d2")
    assert game.to_move(state) == (0,)
    assert refusal(game, state, "swap")[0] == "no_swap"
    state = on(game, state, "a1, c2, a2")
    assert [piece.owner for piece in game.scene(game.view(state, None)).pieces] == [1, 0, 1, 0]
    assert game.outcome(on(game, state, "b2, c1, a4")) is None
    assert game.outcome(on(game, state, "b2, c1, a3")) == Outcome("sides_joined", (-1, 1))


def test_no_swap_later_or_where_it_was_not_agreed() -> None:
    for state in (after(game, "", SMALL), after(game, "b4, c1", SMALL), after(game, "b4", PLAIN)):
        assert "swap" not in game.legal_moves(state, game.to_move(state)[0])
        assert refusal(game, state, "swap")[0] == "no_swap"


def test_refusals_name_the_rule() -> None:
    state = after(game, "b4", SMALL)
    assert refusal(game, state, "b4") == ("taken", "There is a stone on b4.")
    assert refusal(game, state, "e1") == ("no_such_place", "A move names a place, from a1 to d4.")


@pytest.mark.parametrize("seed", range(20))
def test_a_full_board_always_has_one_winner(seed: int) -> None:
    """Hex cannot be drawn: whoever fills the rest of the board, exactly one side is joined."""
    state = game.setup(game.Options(size=7), 2, Dice(SEED, 0))
    chance = Random(seed)
    while game.to_move(state):
        state = on(game, state, chance.choice(game.legal_moves(state, game.to_move(state)[0])))
    assert len(state.stones) <= 49
    outcome = game.outcome(state)
    assert outcome is not None
    winner = outcome.points.index(1)
    ranks = {game.CELLS[place][1 - winner] for place in state.chain}
    assert ranks == set(range(7))
