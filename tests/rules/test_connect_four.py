"""Connect Four by the book."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.rules import connect_four as game
from game.rules.dice import Dice
from game.rules.game import Outcome
from tests.rules.matches import SEED, after, on, refusal

RED, YELLOW = (1, -1), (-1, 1)


@pytest.mark.parametrize(
    ("moves", "points", "line"),
    [
        ("1, 2, 1, 2, 1, 2, 1", RED, {"a1", "a2", "a3", "a4"}),
        ("1, 1, 2, 2, 3, 3, 4", RED, {"a1", "b1", "c1", "d1"}),
        ("1, 1, 2, 2, 4, 4, 3", RED, {"a1", "b1", "c1", "d1"}),
        ("1, 2, 2, 3, 3, 4, 3, 4, 4, 7, 4", RED, {"a1", "b2", "c3", "d4"}),
        ("7, 6, 6, 5, 5, 4, 5, 4, 4, 1, 4", RED, {"g1", "f2", "e3", "d4"}),
        ("7, 1, 7, 2, 7, 3, 6, 4", YELLOW, {"a1", "b1", "c1", "d1"}),
    ],
    ids=["column", "row", "row closed within", "rising", "falling", "second player"],
)
def test_four_in_a_row_win(moves: str, points: tuple[int, ...], line: set[str]) -> None:
    state = after(game, moves)
    assert game.outcome(state) == Outcome("in_a_row", points)
    assert {mark.at for mark in game.scene(game.view(state, None)).marks} == line


def test_one_disc_may_complete_two_rows_and_both_are_marked() -> None:
    state = after(game, "2, 7, 2, 4, 4, 3, 2, 3, 5, 6, 3, 4, 2")
    discs = {mark.at for mark in game.scene(game.view(state, None)).marks}
    assert discs == {"b1", "b2", "b3", "b4", "c3", "d2", "e1"}


def test_a_full_board_is_a_draw() -> None:
    fill = ["1, 1, 1, 1", "2, 2, 2, 2", "4, 3, 3, 3, 3, 4, 4, 4"]
    state = after(game, ", ".join(fill), game.Options(columns=4, rows=4, in_a_row=4))
    assert game.outcome(state) == Outcome("draw", (0, 0))
    assert game.to_move(state) == ()


def test_refusals_name_the_rule() -> None:
    state = after(game, "3, 3, 3, 3, 3, 3")
    assert refusal(game, state, "3") == ("column_full", "Column 3 is full.")
    assert refusal(game, state, "8") == ("no_such_column", "A move names a column, from 1 to 7.")


def test_more_in_a_row_than_the_board_is_long_is_no_game() -> None:
    with pytest.raises(ValueError, match="6 in a row do not fit into 4 columns of 5."):
        game.Options(columns=4, rows=5, in_a_row=6)


def test_a_move_changes_one_column_and_shares_the_others() -> None:
    before = after(game, "1, 2")
    now = on(game, before, "2")
    assert [old is new for old, new in zip(before.columns, now.columns)] == [True, False, *[True] * 5]
    assert now.line is before.line
    view = game.view(now, 0)
    assert view["columns"] is now.columns


@given(st.data())
def test_looking_at_the_last_disc_finds_what_a_search_of_the_board_finds(data: st.DataObject) -> None:
    options = data.draw(
        st.builds(game.Options, columns=st.integers(4, 8), rows=st.integers(4, 8), in_a_row=st.integers(3, 4))
    )
    state = game.setup(options, 2, Dice(SEED, 0))
    while game.to_move(state):
        assert lines_on(state) == []
        state = on(game, state, data.draw(st.sampled_from(game.legal_moves(state, game.to_move(state)[0]))))
    assert {square for line in lines_on(state) for square in line} == set(state.line)


def lines_on(state: Any) -> list[list[tuple[int, int]]]:
    """Every straight line of `in_a_row` squares with discs of one colour."""
    columns, length = state.columns, state.in_a_row
    width, height = len(columns), len(columns[0])
    starts = [(file, rank) for file in range(width) for rank in range(height)]
    lines = [
        [(file + right * step, rank + up * step) for step in range(length)]
        for file, rank in starts
        for right, up in ((1, 0), (0, 1), (1, 1), (1, -1))
        if file + right * (length - 1) < width and 0 <= rank + up * (length - 1) < height
    ]
    return [line for line in lines if {columns[file][rank] for file, rank in line} in ({0}, {1})]
