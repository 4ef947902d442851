"""Tic-tac-toe by the book."""

from game.rules import tic_tac_toe as game
from game.rules.game import Outcome
from tests.rules.matches import after, refusal


def test_three_in_a_row_win() -> None:
    assert game.outcome(after(game, "a1, a2, b1, b2, c1")) == Outcome("three_in_a_row", (1, -1))
    assert game.outcome(after(game, "a3, a1, b3, b2, a2, c3")) == Outcome("three_in_a_row", (-1, 1))


def test_a_full_board_is_a_draw() -> None:
    state = after(game, "a1, b1, c1, b2, a2, c2, b3, a3, c3")
    assert game.outcome(state) == Outcome("draw", (0, 0))
    assert game.scene(game.view(state, None)).status.text == "A draw"


def test_the_last_square_can_win() -> None:
    assert game.outcome(after(game, "c1, b1, b2, a1, b3, c3, c2, a3, a2")) == Outcome("three_in_a_row", (1, -1))


def test_refusals_name_the_rule() -> None:
    state = after(game, "b2")
    assert refusal(game, state, "b2") == ("taken", "b2 is taken.")
    assert refusal(game, state, "d1") == ("no_such_place", "A move names a square, from a1 to c3.")


def test_the_scene_shows_marks_and_the_row_that_won() -> None:
    scene = game.scene(game.view(after(game, "a1, a2, b1, b2, c1"), 0))
    assert scene.status.text == "X wins"
    assert [(mark.at, mark.kind) for mark in scene.marks] == [("a1", "win"), ("b1", "win"), ("c1", "win")]
    assert {piece.label for piece in scene.pieces} >= {"X on a1", "O on b2"}
