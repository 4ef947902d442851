"""A state of OpenSpiel's does not change, stands where somebody chooses, and is known by what led to it."""

import pytest

from game.rules.dice import Dice
from game.rules.open_spiel.state import NOT_YET, State, begun

SEED = bytes(32)


def begin(name: str, **parameters: int) -> State:
    return begun(name, parameters, Dice(SEED, 0))


def on(state: State, *moves: str) -> State:
    """The state after these moves, each by the first seat that owes one."""
    for version, move in enumerate(moves, 1):
        seat = state.to_move[0]
        state = state.played(state.moves[seat][move], seat, Dice(SEED, version))
    return state


def test_playing_leaves_the_state_as_it_was() -> None:
    first = begin("tic_tac_toe")
    before = repr(first)
    after = on(first, "x(1,1)")
    assert repr(first) == before
    assert after.to_move == (1,)
    assert list(first.moves[0])[4] == "x(1,1)"
    assert "x(1,1)" not in after.moves[1]


def test_states_are_equal_when_the_same_actions_led_to_them() -> None:
    one, other = on(begin("tic_tac_toe"), "x(1,1)"), on(begin("tic_tac_toe"), "x(1,1)")
    assert one == other
    assert hash(one) == hash(other)
    assert one != on(begin("tic_tac_toe"), "x(0,0)")
    assert begin("connect_four", rows=6) != begin("connect_four", rows=7)


def test_chance_is_drawn_by_the_dice_until_somebody_chooses() -> None:
    dice = Dice(SEED, 0)
    state = begun("kuhn_poker", {"players": 3}, dice)
    assert state.to_move == (0,)
    assert [n for n, _ in dice.draws] == [4, 3, 2]
    assert state == begin("kuhn_poker", players=3)
    assert len({repr(begun("kuhn_poker", {}, Dice(bytes([seed] * 32), 0))) for seed in range(40)}) == 6


def test_choices_are_kept_until_the_last_has_chosen_in_any_order() -> None:
    first = begin("matrix_pd")
    assert first.to_move == (0, 1)
    half = on(first, "Cooperate")
    assert half.to_move == (1,)
    assert half.chosen == (0, NOT_YET)
    other_half = first.played(first.moves[1]["Defect"], 1, Dice(SEED, 1))
    assert other_half.to_move == (0,)
    assert on(half, "Defect") == on(other_half, "Cooperate")
    assert on(half, "Defect").to_move == ()


def test_a_seat_sees_what_it_may_and_knows_what_it_has_come_to_know() -> None:
    state = begin("leduc_poker")
    assert state.seen(0) != state.seen(1)
    assert "[Private: " in state.known(0)
    assert begin("backgammon").known(0) == ""


def test_parameters_that_do_not_go_together_are_refused() -> None:
    with pytest.raises(ValueError, match="OpenSpiel does not have hex with {'sides': 6}"):
        begin("hex", sides=6)
