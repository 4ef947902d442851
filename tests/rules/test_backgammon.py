"""Backgammon by the book, in written-out cases."""

from dataclasses import replace

import pytest

from game.rules import backgammon as game
from game.rules.dice import Dice
from game.rules.game import Outcome
from tests.rules.matches import SEED, after, on, refusal


def at(white: str, black: str, rolled: tuple[int, ...], turn: int = 0, points: int = 1) -> game.State:
    """A position: for each side how many stand on which points, as that side counts them; the rest is borne off."""
    sides = []
    for words in (white, black):
        standing = [point for word in words.split() for point in [int(word.split("x")[1])] * int(word.split("x")[0])]
        sides.append((*standing, *[game.OFF] * (15 - len(standing))))
    state = game.State(points, (sides[0], sides[1]), turn, rolled, rolled)
    return replace(state, stuck=not game.legal_steps(state))


def moves(state: game.State) -> set[str]:
    return set(game.legal_moves(state, state.turn))


def test_each_throws_one_die_and_the_higher_one_begins_with_both() -> None:
    firsts = [game.setup(game.Options(), 2, Dice(bytes([seed]) * 32, 0)) for seed in range(40)]
    assert {state.turn for state in firsts} == {0, 1}
    assert all(state.rolled[0] > state.rolled[1] for state in firsts)
    assert all(
        len(state.checkers[seat]) == 15 and sum(state.checkers[seat]) == 167 for state in firsts for seat in (0, 1)
    )


def test_black_goes_up_and_white_goes_down() -> None:
    white = at("2x24 5x13 3x8 5x6", "2x24 5x13 3x8 5x6", (3, 1))
    black = replace(white, turn=1)
    assert {"8/5", "6/5", "24/23"} <= moves(white)
    assert {"17/20", "19/20", "1/2"} <= moves(black)


def test_the_turn_goes_on_while_dice_can_be_used_and_then_the_other_side_throws() -> None:
    state = on(game, at("2x24 5x13 3x8 5x6", "2x24 5x13 3x8 5x6", (3, 1)), "8/5")
    assert (state.turn, state.left, state.steps) == (0, (1,), ("8/5",))
    state = on(game, state, "6/5")
    assert (state.turn, state.steps, state.before) == (1, (), ("8/5", "6/5"))
    assert len(state.left) in (2, 4)


def test_a_double_is_played_four_times() -> None:
    state = on(game, at("4x13 4x12", "2x24", (2, 2, 2, 2)), "13/11, 13/11, 13/11")
    assert (state.turn, state.left) == (0, (2,))
    assert on(game, state, "13/11").turn == 1


def test_a_single_checker_is_hit_and_has_to_enter_first() -> None:
    state = on(game, at("1x13 2x6", "1x17 1x1", (5, 2)), "13/8, 8/6")
    assert state.checkers[1].count(game.BAR) == 1
    state = replace(state, rolled=(6, 1), left=(6, 1), stuck=False)
    assert moves(state) == {"bar/1"}  # White holds point 6
    assert refusal(game, state, "24/off") == ("enter_first", "Enter from the bar before you move another checker.")


def test_two_checkers_block_a_point() -> None:
    state = at("1x13", "2x17 1x1", (5, 2))
    assert moves(state) == {"13/11"}
    assert refusal(game, state, "13/8") == ("blocked", "Two or more checkers of your opponent stand there.")


def test_both_dice_must_be_used_if_they_can_be() -> None:
    state = at("1x7 1x20", "2x11 2x12", (6, 1))  # by 6 only 7/1 is open, and after 7/6 none would be
    assert moves(state) == {"7/1", "20/19"}
    assert refusal(game, state, "7/6")[0] == "use_the_dice"


def test_of_two_dice_that_exclude_each_other_the_larger_is_used() -> None:
    state = at("1x13", "2x19", (4, 3))  # 13/9 and 13/10 are open, and point 6 after either is not
    assert moves(state) == {"13/9"}
    assert refusal(game, state, "13/10")[0] == "use_the_dice"
    assert on(game, state, "13/9").turn == 1


def test_who_can_use_no_die_says_pass() -> None:
    state = at("1x25", "2x1 2x2 2x3 2x4 2x5 2x6", (6, 1))
    assert state.stuck
    assert moves(state) == {"pass"}
    assert refusal(game, state, "bar/24") == ("cannot_move", "None of your dice can be used: say “pass”.")
    assert game.scene(game.view(state, None)).status.text == "White cannot move with 6 and 1"
    assert on(game, state, "pass").turn == 1


def test_bearing_off_needs_all_at_home_and_a_larger_die_takes_the_furthest() -> None:
    assert "6/off" not in moves(at("1x7 2x6", "2x1", (6, 5)))
    assert refusal(game, at("1x7 2x6", "2x1", (6, 5)), "6/off")[0] == "not_all_home"
    assert moves(at("2x4 2x3", "2x1", (6, 5))) == {"4/off"}
    assert moves(at("1x6 2x3", "2x1", (5, 4))) == {"6/1", "6/2"}  # no taking off 3 by 5 while one stands on 6


@pytest.mark.parametrize(
    ("black", "ending", "worth"),
    [("14x3", "single_game", 1), ("15x7", "gammon", 2), ("14x7 1x19", "backgammon", 3), ("14x7 1x25", "backgammon", 3)],
)
def test_what_a_win_is_worth(black: str, ending: str, worth: int) -> None:
    state = on(game, at("1x1", black, (6, 5)), "1/off")
    assert game.outcome(state) == Outcome(ending, (worth, 0))
    assert game.to_move(state) == ()


def test_a_match_goes_to_so_many_points() -> None:
    state = on(game, at("1x1", "15x7", (6, 5), points=3), "1/off")
    assert (state.score, game.outcome(state)) == ((2, 0), None)
    assert sum(state.checkers[0]) == 167
    assert game.scene(game.view(state, None)).status.text.startswith("White wins a gammon. ")
    state = replace(at("15x7", "1x1", (6, 5), turn=1, points=3), score=(2, 2))
    assert game.outcome(on(game, state, "24/off")) == Outcome("points_reached", (2, 4))


def test_a_match_does_not_go_on_for_ever() -> None:
    state = replace(at("1x25", "2x1 2x2 2x3 2x4 2x5 2x6", (6, 1)), turns=game.TURNS_MAX)
    state = on(game, state, "pass")
    assert game.outcome(state) == Outcome("too_many_turns", (0, 0))
    assert game.scene(game.view(state, None)).status.text == "Nobody wins"


@pytest.mark.parametrize(
    ("move", "code"),
    [
        ("hello", "not_a_step"),
        ("13/08", "not_a_step"),
        ("pass", "must_move"),
        ("12/9", "no_checker"),
        ("13/9", "no_such_die"),
        ("8/13", "no_such_die"),
    ],
)
def test_refusals_name_the_rule(move: str, code: str) -> None:
    assert refusal(game, at("2x24 5x13 3x8 5x6", "2x24 5x13 3x8 5x6", (3, 1)), move)[0] == code


def test_a_step_is_picked_from_place_to_place() -> None:
    assert game.picks("13/8") == ("13", "8")
    assert game.picks("bar/20") == ("bar-0", "20")
    assert game.picks("bar/5") == ("bar-1", "5")
    assert game.picks("6/off") == ("6", "off-0")
    assert game.picks("19/off") == ("19", "off-1")


def test_a_checker_keeps_its_id_and_a_die_that_is_used_goes_aside() -> None:
    before = at("2x24 5x13 3x8 5x6", "2x24 5x13 3x8 5x6", (3, 1))
    scene, then = (game.scene(game.view(state, None)) for state in (before, on(game, before, "8/5")))
    changed = {old.id: (old.at, new.at) for old, new in zip(scene.pieces, then.pieces) if old.at != new.at}
    assert changed == {"white-9": ("8", "5"), "die-0": ("dice", "used")}
    assert [(mark.at, mark.to) for mark in then.marks] == [("8", "5")]


def test_a_match_can_be_begun_and_played() -> None:
    state = after(game, "")
    assert game.to_move(state) == (state.turn,)
    assert game.setup(game.Options(), 2, Dice(SEED, 0)) == state
