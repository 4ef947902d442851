"""Reversi by the book."""

import pytest

from game.rules import reversi as game
from game.rules.game import Outcome
from game.rules.table import Counter
from tests.rules.matches import after, on, refusal

SHORTEST = "e6, f4, e3, f6, g5, d6, e7, f5, c5"
"""Nine moves after which White has no disc left: the shortest match there is."""


def discs(state: game.State) -> dict[str, int]:
    return dict(zip(state.places, state.owners))


def test_black_begins_with_four_moves() -> None:
    assert game.legal_moves(after(game, ""), 0) == ("d3", "c4", "f5", "e6")


def test_a_disc_turns_over_the_rows_it_closes_in_and_no_more() -> None:
    state = after(game, "f5, f6, e6")
    assert discs(state) == {"d5": 0, "e4": 0, "e5": 0, "f5": 0, "e6": 0, "f6": 1, "d4": 1}


def test_all_eight_ways_at_once() -> None:
    ring = ("c3", "d3", "e3", "c4", "e4", "c5", "d5", "e5")
    far = ("b2", "d2", "f2", "b4", "f4", "b6", "d6", "f6")
    state = on(game, game.turned_to((*ring, *far), (1,) * 8 + (0,) * 8, 0), "d4")
    assert set(state.owners) == {0}


def test_a_row_that_meets_an_empty_square_or_the_edge_stays() -> None:
    state = game.turned_to(("b1", "c1", "e1", "f1", "g1", "h1", "d2", "d3"), (0, 1, 1, 1, 1, 1, 1, 0), 0)
    assert discs(on(game, state, "d1")) == {
        "b1": 0,
        "c1": 0,
        "d1": 0,
        "d2": 0,
        "d3": 0,
        **dict.fromkeys(["e1", "f1", "g1", "h1"], 1),
    }


def test_the_shortest_match() -> None:
    state = after(game, SHORTEST)
    assert game.outcome(state) == Outcome("most_discs", (1, -1))
    assert game.scene(game.view(state, None)).status.text == "Black wins, 13 to 0"


def test_who_cannot_move_passes_and_may_not_otherwise() -> None:
    state = game.turned_to(("a1", "b1", "c1"), (0, 1, 1), 1)  # White can close in nothing; Black can, from d1
    assert game.legal_moves(state, 1) == ("pass",)
    assert game.scene(game.view(state, None)).status.text == "White must pass"
    assert refusal(game, state, "h8")[0] == "must_pass"
    state = on(game, state, "pass")
    assert game.legal_moves(state, 0) == ("d1",)
    assert refusal(game, state, "pass")[0] == "can_move"
    assert game.outcome(on(game, state, "d1")) == Outcome("most_discs", (1, -1))


def test_as_many_discs_of_each_are_a_draw() -> None:
    state = game.turned_to(("a1", "c1"), (0, 1), 0)
    assert game.outcome(state) == Outcome("draw", (0, 0))
    assert game.scene(game.view(state, None)).status.text == "A draw, 1 all"


@pytest.mark.parametrize(
    ("move", "code"), [("i1", "no_such_place"), ("d4", "taken"), ("a1", "turns_nothing"), ("d6", "turns_nothing")]
)
def test_refusals_name_the_rule(move: str, code: str) -> None:
    assert refusal(game, after(game, ""), move)[0] == code


def test_discs_are_counted_beside_the_seats() -> None:
    scene = game.scene(game.view(after(game, "f5"), None))
    assert scene.counters == (Counter(0, "Discs", "4"), Counter(1, "Discs", "1"))
    assert scene.pieces[-1].label == "Black on f5"
    assert game.picks("f5") == ("f5",)
    assert game.picks("pass") == ("#pass",)
