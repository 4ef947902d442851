"""Checkers by the book."""

from collections import Counter
from typing import Any

import pytest

from game.rules import checkers as game
from game.rules.game import Outcome
from tests.rules.matches import after, on, refusal


def at(black: str, white: str, **about: Any) -> game.State:
    """A match with these men on the board, kings with a `k` behind, and the rest taken; Black is to move."""
    men = tuple(man for side in (black.split(), white.split()) for man in [*side, *[""] * (game.MEN_EACH - len(side))])
    return game.State(men, tuple(game.moves_of(men, 0)), **about)


def test_as_many_paths_lead_as_deep_as_is_known() -> None:
    """The numbers of Aart Bik."""
    reached, counted = Counter([after(game, "").men]), []
    for ply in range(6):
        further: Counter[game.Men] = Counter()
        counted.append(0)
        for men, ways in reached.items():
            moves = game.moves_of(men, ply % 2)
            counted[-1] += ways * len(moves)
            for move in moves if ply < 5 else ():
                further[game.men_after(men, ply % 2, move)] += ways
        reached = further
    assert counted == [7, 49, 302, 1469, 7361, 36768]


def test_who_can_take_must() -> None:
    state = after(game, "c3d4, f6e5")
    assert state.moves == ("d4xf6",)
    assert refusal(game, state, "a3b4") == ("must_take", "You can take, and so you must.")
    state = on(game, state, "d4xf6")
    assert sorted(state.moves) == ["e7xg5", "g7xe5"]
    taken = [piece for piece in game.scene(game.view(state, None)).pieces if piece.at == "taken-0"]
    assert [piece.label for piece in taken] == ["Taken white man"]


def test_jumps_go_on_to_their_end_as_one_move() -> None:
    state = at("c3", "d4 f6 d6")
    assert sorted(state.moves) == ["c3xe5xc7", "c3xe5xg7"]
    assert refusal(game, state, "c3xe5")[0] == "must_jump_on"
    assert game.picks("c3xe5xg7") == ("c3", "e5", "g7")
    state = on(game, state, "c3xe5xg7")
    assert [man for man in state.men if man] == ["g7", "d6"]
    assert [(mark.at, mark.to) for mark in game.scene(game.view(state, None)).marks] == [("c3", "e5"), ("e5", "g7")]


def test_no_man_is_taken_twice_and_a_king_may_come_back_to_where_it_began() -> None:
    state = at("c3k", "d4 f4 f6 d6 h8")
    assert sorted(state.moves) == ["c3xe5xc7", "c3xe5xg3", "c3xe5xg7"]
    state = at("c3k", "d4 f4 d2 f2 h8")
    assert sorted(state.moves) == ["c3xe1xg3xe5xc3", "c3xe5xg3xe1xc3"]
    state = on(game, state, "c3xe1xg3xe5xc3")
    assert [man for man in state.men if man] == ["c3k", "h8"]


def test_a_man_who_is_crowned_stops_and_one_who_is_a_king_goes_back() -> None:
    state = at("d6", "e7 g7 a1")
    assert state.moves == ("d6xf8",)
    state = on(game, state, "d6xf8")
    assert state.men[0] == "f8k"
    assert game.scene(game.view(state, None)).pieces[0].label == "Black king on f8"
    assert game.scene(game.view(state, None)).pieces[0].art == "draught:0k"
    assert set(at("f8k", "a1").moves) == {"f8e7", "f8g7"}
    assert set(at("d4", "a1").moves) == {"d4c5", "d4e5"}


def test_who_cannot_move_loses() -> None:
    state = on(game, at("c3", "d4"), "c3xe5")
    assert game.outcome(state) == Outcome("no_move_left", (1, -1))
    assert game.scene(game.view(state, None)).status.text == "White cannot move: Black wins"
    assert game.to_move(state) == ()
    blocked = on(game, at("b2 c1 h4", "a3"), "h4g5")
    assert game.outcome(blocked) == Outcome("no_move_left", (1, -1))
    assert game.outcome(on(game, at("b2 c1 h4", "a3 h8"), "h4g5")) is None


def test_draws() -> None:
    there_and_back = "a1b2, h8g7, b2a1, g7h8"
    state = on(game, at("a1k", "h8k"), f"{there_and_back}, {there_and_back}, a1b2")
    assert game.outcome(state) == Outcome("threefold_repetition", (0, 0))
    assert game.outcome(on(game, at("a1k", "h8k", quiet=79), "a1b2")) == Outcome("forty_moves", (0, 0))
    assert on(game, at("a1k a3", "h8k", quiet=79), "a3b4").quiet == 0


@pytest.mark.parametrize(
    ("move", "code"),
    [
        ("c3", "not_a_move"), ("c3-d4", "not_a_move"), ("b2", "not_a_move"), ("d4e5", "not_your_man"),
        ("f6e5", "not_your_man"), ("c3c4", "moves_otherwise"), ("c3e5", "moves_otherwise"), ("b2c3", "moves_otherwise"),
        ("c3xe5", "no_jump"),
    ],
)  # fmt: skip
def test_refusals_name_the_rule(move: str, code: str) -> None:
    assert refusal(game, after(game, ""), move)[0] == code


def test_a_man_keeps_its_number() -> None:
    state = after(game, "c3d4, f6e5, d4xf6, g7xe5")
    pieces = {piece.id: piece for piece in game.scene(game.view(state, None)).pieces}
    assert (pieces["m9"].at, pieces["m9"].label) == ("taken-1", "Taken black man")
    assert sum(piece.at.startswith("taken") for piece in pieces.values()) == 2
    assert len(pieces) == 24
