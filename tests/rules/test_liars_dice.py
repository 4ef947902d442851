"""Liar's dice by the book, in written-out cases."""

from dataclasses import replace

import pytest

from game.rules import liars_dice as game
from game.rules.dice import Dice
from game.rules.game import Outcome
from tests.rules.matches import SEED, after, on, refusal

CUPS = ((1, 3, 5), (2, 5, 5), (1, 6, 6))
"""With ones wild: five fives, four sixes, three of anything else. Without: three fives, two sixes."""


def begun(wild: bool = True, cups: game.Cups = CUPS) -> game.State:
    return game.State(cups, wild, turn=0)


def test_everyone_begins_with_the_dice_of_the_options_and_somebody_bids_first() -> None:
    state = after(game, "", game.Options(dice=4), seats=5)
    assert [len(cup) for cup in state.cups] == [4] * 5
    assert game.to_move(state) == (state.turn,)
    firsts = {game.setup(game.Options(), 3, Dice(bytes([seed]) * 32, 0)).turn for seed in range(20)}
    assert firsts == {0, 1, 2}


def test_dice_show_one_to_six() -> None:
    state = after(game, "", game.Options(dice=10), seats=6)
    assert {die for cup in state.cups for die in cup} == {1, 2, 3, 4, 5, 6}


def test_bids_rise_by_dice_or_by_face() -> None:
    state = on(game, begun(), "bid 2x4")
    assert game.legal_moves(state, 1)[:4] == ["bid 2x5", "bid 2x6", "bid 3x2", "bid 3x3"]
    assert game.legal_moves(state, 1)[-2:] == ["bid 9x6", "liar"]
    assert game.to_move(on(game, state, "bid 3x2")) == (2,)


def test_ones_are_bid_only_when_they_are_not_wild() -> None:
    assert game.legal_moves(begun(), 0)[0] == "bid 1x2"
    assert game.legal_moves(begun(wild=False), 0)[0] == "bid 1x1"


@pytest.mark.parametrize(
    ("wild", "bid", "found", "loser"),
    [
        (True, "bid 5x5", 5, 1),
        (True, "bid 6x5", 5, 0),
        (True, "bid 3x4", 2, 0),
        (False, "bid 3x5", 3, 1),
        (False, "bid 4x5", 3, 0),
        (False, "bid 2x1", 2, 1),
    ],
    ids=["true with ones", "a lie with ones", "ones alone are too few", "true", "a lie", "true ones"],
)
def test_whoever_was_wrong_loses_a_die_and_begins(wild: bool, bid: str, found: int, loser: int) -> None:
    state = on(game, begun(wild), f"{bid}, liar")
    assert (state.found, state.loser, state.turn) == (found, loser, loser)
    assert [len(cup) for cup in state.cups] == [3 - (seat == loser) for seat in range(3)]
    assert state.bid == game.NO_BID


def test_after_a_challenge_everyone_sees_the_dice_that_were_meant_and_not_the_new_ones() -> None:
    state = on(game, begun(), "bid 6x5, liar")
    for audience in (None, 0, 1, 2):
        view = game.view(state, audience)
        assert view["shown"] == CUPS
        assert view["called"] == (6, 5)
        hidden = [cup for seat, cup in enumerate(view["cups"]) if seat != audience]
        assert all(set(cup) == {0} for cup in hidden)
    assert game.view(on(game, state, "bid 1x2"), None)["shown"] == CUPS  # the last reveal stays


def test_a_seat_sees_its_own_dice_and_how_many_the_others_have() -> None:
    assert game.view(begun(), 1)["cups"] == ((0, 0, 0), (2, 5, 5), (0, 0, 0))


def test_whoever_loses_the_last_die_is_out_and_the_next_one_begins() -> None:
    state = on(game, begun(cups=((4,), (2, 3), (6,))), "bid 4x6, liar")
    assert [len(cup) for cup in state.cups] == [0, 2, 1]
    assert game.to_move(state) == (1,)
    scene = game.scene(game.view(state, None))
    assert scene.done == (0,)
    assert game.to_move(on(game, state, "bid 1x2, bid 1x3")) == (1,)  # the seat that is out is passed over


def test_a_bid_is_answered_to_the_one_before_even_past_those_who_are_out() -> None:
    state = replace(begun(cups=((4,), (), (6,))), turn=0)
    assert on(game, state, "bid 1x6, liar").loser == 2
    assert on(game, state, "bid 2x6, liar").loser == 0


def test_the_last_one_with_dice_wins() -> None:
    state = on(game, begun(cups=((4,), (), (6,))), "bid 2x6, liar")
    assert game.outcome(state) == Outcome("last_with_dice", (-1, -1, 2))
    assert game.to_move(state) == ()
    assert game.scene(game.view(state, None)).status.text.endswith("Player 1 lost a die. Player 3 wins")


@pytest.mark.parametrize(
    ("move", "code", "sentence"),
    [
        ("hello", "not_a_bid", "Say “liar”, or bid dice and a face: “bid 3x5” is three fives."),
        ("bid 03x5", "not_a_bid", "Say “liar”, or bid dice and a face: “bid 3x5” is three fives."),
        ("bid 3x7", "no_such_face", "A die has the faces 1 to 6."),
        ("bid 3x1", "ones_are_wild", "Ones are wild: bid a face from 2 to 6."),
        ("bid 10x2", "too_many_dice", "Only 9 dice are in play."),
        ("bid 3x3", "bid_too_low", "Bid more than 3 fours: more dice, or as many of a higher face."),
        ("bid 3x4", "bid_too_low", "Bid more than 3 fours: more dice, or as many of a higher face."),
    ],
)
def test_refusals_name_the_rule(move: str, code: str, sentence: str) -> None:
    assert refusal(game, on(game, begun(), "bid 3x4"), move) == (code, sentence)


def test_nothing_can_be_called_a_lie_before_a_bid() -> None:
    assert refusal(game, begun(), "liar") == ("nothing_bid", "There is no bid yet that could be a lie.")


def test_a_bid_is_entered_by_how_many_and_then_a_die_with_the_face() -> None:
    assert game.picks("bid 3x5") == ("#3 dice", "face-5")
    assert game.picks("bid 1x6") == ("#1 die", "face-6")
    assert game.picks("liar") == ("#liar",)
    faces = [piece.id for piece in game.scene(game.view(begun(), 0)).pieces if piece.at == "faces"]
    assert faces == ["face-2", "face-3", "face-4", "face-5", "face-6"]
    for audience in (None, 1, 2):  # only those who are to bid choose
        assert "faces" not in {piece.at for piece in game.scene(game.view(begun(), audience)).pieces}


def test_the_bid_lies_there_as_so_many_dice_of_a_face() -> None:
    scene = game.scene(game.view(on(game, begun(), "bid 3x5"), None))
    (bid,) = (piece for piece in scene.pieces if piece.at == "bid")
    assert (bid.art, bid.n, bid.owner, bid.label) == ("d6:5", 3, 0, "Player 1 bids 3 fives")


def test_after_a_challenge_the_dice_that_count_lie_apart() -> None:
    scene = game.scene(game.view(on(game, begun(), "bid 6x5, liar"), None))
    found = {piece.id: piece.art for piece in scene.pieces if piece.at == "found"}
    assert found == {
        "shown-0.0": "d6:1", "shown-0.2": "d6:5", "shown-1.1": "d6:5", "shown-1.2": "d6:5", "shown-2.0": "d6:1",
    }  # fmt: skip
    assert {piece.id for piece in scene.pieces if piece.at == "shown-2"} == {"shown-2.1", "shown-2.2"}


def test_the_status_tells_the_story() -> None:
    def told(state: game.State) -> str:
        return game.scene(game.view(state, None)).status.text

    state = begun()
    assert told(state) == "Player 1 to bid first"
    state = on(game, state, "bid 1x5")
    assert told(state) == "Player 2 to answer: 1 five"
    state = replace(state, bid=(6, 5))
    assert told(on(game, state, "liar")) == "6 fives bid, 5 found: Player 1 lost a die. Player 1 to bid first"


def test_dice_under_a_cup_are_sorted_so_that_their_order_tells_nothing() -> None:
    state = game.setup(game.Options(dice=10), 6, Dice(SEED, 0))
    assert all(cup == tuple(sorted(cup)) for cup in state.cups)
