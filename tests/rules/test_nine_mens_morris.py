"""Nine men's morris by the book."""

from typing import Any

import pytest

from game.rules import nine_mens_morris as game
from game.rules.game import Outcome
from tests.rules.matches import after, on, refusal


def at(white: str, black: str, hands: tuple[int, int] = (0, 0), **about: Any) -> game.State:
    """A match with these men on the board, so many in hand, the rest taken; White is to move."""
    sides = [sites.split() + [game.HAND] * hand for sites, hand in zip((white, black), hands)]
    full = [[*side, *[game.TAKEN] * (game.MEN_EACH - len(side))] for side in sides]
    men = tuple(man for pair in zip(*full) for man in pair)
    flying = about.pop("flying", True)
    return game.State(flying, men, moves=tuple(game.moves_of(men, 0, flying)), **about)


def moves_from(state: game.State, start: str) -> set[str]:
    return {move for move in state.moves if move.startswith(start)}


def test_the_board_has_24_sites_32_lines_and_16_mills() -> None:
    assert len(set(game.SITES)) == 24
    assert len(set(game.LINES)) == 32
    assert len(set(game.MILLS)) == 16
    assert sorted(len(beside) for beside in game.BESIDE.values()) == [2] * 12 + [3] * 8 + [4] * 4
    assert all(len(mills) == 2 for mills in game.MILLS_THROUGH.values())


def test_first_all_men_are_placed() -> None:
    state = after(game, "a1, g7")
    assert len(state.moves) == 22
    assert refusal(game, state, "a1a4")[0] == "place_first"
    assert refusal(game, state, "a1")[0] == "taken"
    scene = game.scene(game.view(state, None))
    assert [piece.at for piece in scene.pieces[:4]] == ["a1", "g7", "hand-0", "hand-1"]
    assert scene.status.text == "White to place a man"


def test_a_mill_takes_a_man_that_is_picked_too() -> None:
    state = after(game, "a1, g7, d1, g4")
    assert moves_from(state, "g1") == {"g1xg7", "g1xg4"}
    assert refusal(game, state, "g1")[0] == "say_victim"
    assert refusal(game, state, "g1xa1")[0] == "not_their_man"
    assert refusal(game, state, "a4xg7")[0] == "no_mill"
    state = on(game, state, "g1xg7")
    assert game.scene(game.view(state, None)).pieces[1].at == "taken-0"
    assert game.picks("g1xg7") == ("g1", "g7")
    assert game.picks("a1a4xg7") == ("a1", "a4", "g7")


def test_a_man_in_a_mill_is_safe_while_others_are_not() -> None:
    state = at("a1 d1 d2 b4", "a7 d7 g7 f2")
    assert moves_from(state, "d2") == {"d2d3", "d2b2"}
    state = at("a1 d1 g4 b4", "a7 d7 g7 f2")
    assert moves_from(state, "g4") == {"g4g1xf2", "g4f4"}
    assert refusal(game, state, "g4g1xd7")[0] == "in_a_mill"
    state = at("a1 d1 g4 b4", "a7 d7 g7")
    assert moves_from(state, "g4") == {"g4g1xa7", "g4g1xd7", "g4g1xg7", "g4f4"}


def test_two_mills_at_once_take_one_man() -> None:
    state = at("a7 d7 g4 g1", "b6 d5 c4 e3", hands=(1, 0))
    assert moves_from(state, "g7") == {"g7xb6", "g7xd5", "g7xc4", "g7xe3"}


def test_a_mill_opened_and_closed_again_takes_again() -> None:
    state = at("a7 d7 g7 c3", "b6 d5 c4 e3 f2")
    state = on(game, state, "g7g4, b6d6")
    assert moves_from(state, "g4g7") == {"g4g7xd6", "g4g7xd5", "g4g7xc4", "g4g7xe3", "g4g7xf2"}


def test_with_three_men_one_flies_if_that_was_agreed() -> None:
    assert moves_from(at("a1 d2 g7", "b6 d5 c4 e3"), "a1c3") == {"a1c3"}
    state = at("a1 d2 g7", "b6 d5 c4 e3", flying=False)
    assert refusal(game, state, "a1c3") == ("not_beside", "No line leads from a1 straight to c3.")
    assert refusal(game, at("a1 d2 g7 f4", "b6 d5 c4 e3"), "a1c3")[0] == "not_beside"
    with_one_in_hand = at("a1 d2", "b6 d5 c4 e3", hands=(1, 0))
    assert refusal(game, with_one_in_hand, "a1c3")[0] == "place_first"


def test_who_has_two_men_left_loses() -> None:
    state = on(game, at("a1 d1 g4 b4", "a7 d7 f2"), "g4g1xf2")
    assert game.outcome(state) == Outcome("two_men_left", (1, -1))
    assert game.scene(game.view(state, None)).status.text == "Black has two men left: White wins"
    assert game.to_move(state) == ()


def test_men_in_hand_count_as_men() -> None:
    assert game.outcome(on(game, at("a1 d1", "a7 d7", hands=(1, 2)), "g1xa7")) is None


def test_who_cannot_move_loses() -> None:
    state = on(game, at("a4 b2 g4 d6", "a7 d7 g7 d5"), "d6b6")
    assert game.outcome(state) is None
    state = on(game, at("a4 d5 g4 b6", "a7 d7 g7 b2 d1", flying=False), "b6d6")
    assert game.outcome(state) is None  # the man on b2 can move
    state = on(game, at("a4 d5 g4 b6", "a7 d7 g7", flying=False), "b6d6")
    assert game.outcome(state) == Outcome("no_move_left", (1, -1))


def test_draws() -> None:
    there_and_back = "a1a4, g7g4, a4a1, g4g7"
    state = at("a1 d2 f6 c5", "g7 b4 e3 e5")
    assert on(game, state, f"a1a4, g7d7, a4a1, d7g7, {there_and_back}").ending == ""
    state = on(game, state, f"{there_and_back}, {there_and_back}, a1a4")
    assert game.outcome(state) == Outcome("threefold_repetition", (0, 0))
    assert game.outcome(on(game, at("a1 d2 f6 c5", "g7 b4 e3 e5", quiet=99), "a1a4")) == Outcome("fifty_moves", (0, 0))


@pytest.mark.parametrize(
    ("move", "code"),
    [
        ("a2", "not_a_move"), ("d4", "not_a_move"), ("a1xa1xa1", "not_a_move"), ("g7", "all_placed"),
        ("b6d6", "not_your_man"), ("a1d1", "taken"), ("a1a7", "not_beside"), ("a1b2", "not_beside"),
        ("a1a4xb6", "no_mill"),
    ],
)  # fmt: skip
def test_refusals_name_the_rule(move: str, code: str) -> None:
    assert refusal(game, at("a1 d2 f6 c5", "b6 d1 e3 e5"), move)[0] == code


def test_a_man_keeps_its_number() -> None:
    state = on(game, at("a1 d2 f6 c5", "g7 b4 e3 e5"), "a1a4")
    scene = game.scene(game.view(state, None))
    assert (scene.pieces[0].id, scene.pieces[0].at, scene.pieces[0].label) == ("m0", "a4", "White on a4")
    assert [(mark.at, mark.to) for mark in scene.marks] == [("a1", "a4")]
    assert [counter.value for counter in scene.counters] == ["4", "4"]
