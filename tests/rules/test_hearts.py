"""Hearts by the book, and random hands played step by step in OpenSpiel."""

from dataclasses import replace
from random import Random
from typing import Any

import pyspiel
import pytest

from game.rules import hearts as game
from game.rules.cards import DECK, in_order, rank_of
from game.rules.dice import Dice
from game.rules.game import IllegalMove, Outcome
from game.rules.moves import Subset, sample
from tests.rules.matches import SEED, on, refusal

HANDS = 400
NO_CHANCE = Dice(bytes(32), 0)


def held(*hands: str, leader: int = 0, **more: Any) -> game.State:
    """A state in the midst of a hand."""
    cards = tuple(in_order(hand.split()) for hand in hands)
    return replace(game.State(100, cards, passing=False, leader=leader), **more)


def begun(seed: int = 0, points: int = 100) -> game.State:
    return game.setup(game.Options(points), 4, Dice(bytes([seed]) * 32, 0))


def passed(state: game.State) -> game.State:
    """Everyone passes their lowest three."""
    for seat in game.to_move(state):
        state = game.play(state, seat, " ".join(["pass", *state.hands[seat][:3]]), NO_CHANCE)
    return state


def test_all_cards_are_dealt_and_all_pass_three_at_once() -> None:
    state = begun()
    assert sorted(card for hand in state.hands for card in hand) == sorted(DECK)
    assert game.to_move(state) == (0, 1, 2, 3)
    assert game.legal_moves(state, 2) == (Subset("pass", state.hands[2], 3, 3),)
    state = game.play(state, 2, " ".join(["pass", *state.hands[2][:3]]), NO_CHANCE)
    assert game.to_move(state) == (0, 1, 3)


@pytest.mark.parametrize(("number", "to"), [(0, 1), (1, 3), (2, 2), (4, 1)])
def test_cards_are_passed_to_the_left_to_the_right_and_across(number: int, to: int) -> None:
    before = replace(begun(), number=number)
    after = passed(before)
    for seat in range(4):
        given = set(before.hands[seat][:3])
        assert given <= set(after.hands[(seat + to) % 4])
        assert set(game.view(after, (seat + to) % 4)["received"]) == given


def test_in_every_fourth_hand_nothing_is_passed() -> None:
    state = game.dealt(replace(begun(), number=3), Dice(SEED, 1))
    assert not state.passing
    assert game.FIRST in state.hands[state.leader]


def test_the_two_of_clubs_leads() -> None:
    state = passed(begun())
    (seat,) = game.to_move(state)
    assert game.legal_moves(state, seat) == ("2C",)
    other = next(card for card in state.hands[seat] if card[1] != "H" and card != "2C")
    assert refusal(game, state, other) == ("two_of_clubs", "The two of clubs leads the first trick.")


def test_suit_is_followed_and_the_highest_of_the_suit_that_was_led_takes_the_trick() -> None:
    state = held("3C 4H", "5C AH", "KD 2H", "4C 9S")
    state = on(game, state, "3C")
    assert refusal(game, state, "AH") == ("follow_suit", "Follow suit: play one of your clubs.")
    state = on(game, state, "5C, KD, 4C")
    assert game.to_move(state) == (1,)
    assert state.trick == ("3C", "5C", "KD", "4C")  # lies there until the next is led
    assert on(game, state, "AH").trick == ("AH",)


def test_hearts_are_led_when_one_has_been_played_or_nothing_else_is_left() -> None:
    state = held("3C 4H", "5C AH", "KD 2H", "4C 9S")
    assert game.legal_moves(state, 0) == ("3C",)
    assert refusal(game, state, "4H") == ("hearts_not_broken", "Hearts cannot be led before one has been played.")
    assert game.legal_moves(replace(state, broken=True), 0) == ("3C", "4H")
    assert game.legal_moves(held("4H 6H", "5C AH", "KD 2H", "4C 9S"), 0) == ("4H", "6H")
    assert on(game, held("3C 4H", "AH", "KD 2H", "4C 9S"), "3C, AH").broken
    assert not on(game, held("3C 4H", "QS", "KD 2H", "4C 9S"), "3C, QS").broken


def test_no_point_falls_on_the_first_trick_unless_one_has_nothing_else() -> None:
    clubs = in_order(card for card in DECK if card[1] == "C")
    others = [card for card in DECK if card[1] != "C"]
    state = held(" ".join(clubs), " ".join(others[:13]), " ".join(others[13:26]), " ".join(others[26:]))
    state = on(game, state, "2C")
    assert "2D" in game.legal_moves(state, 1)
    state = on(game, state, "2D")
    assert "QS" not in game.legal_moves(state, 2)
    state = on(game, state, game.playable(state, 2)[0])
    assert {card[1] for card in game.playable(state, 3)} == {"H"}  # thirteen hearts: one must be played


def test_points_are_counted_when_the_hand_is_over() -> None:
    state = held("3C", "5C", "KH", "QS", taken=(("2H",), (), (), ()), scores=(10, 0, 0, 0))
    state = on(game, state, "3C, 5C, KH, QS")
    assert (state.scores, state.before, state.number) == ((11, 14, 0, 0), (1, 14, 0, 0), 1)
    assert state.passing
    assert [len(hand) for hand in state.hands] == [13] * 4
    assert game.scene(game.view(state, None)).status.text.startswith("Last hand: 1, 14, 0, 0. ")


def test_who_takes_all_points_gives_them_to_the_others() -> None:
    hearts = tuple(f"{rank}H" for rank in "23456789TJQA")
    state = on(game, held("3C", "5C", "KH", "QS", taken=((), hearts, (), ())), "3C, 5C, KH, QS")
    assert state.before == (26, 0, 26, 26)


def test_the_match_ends_with_the_hand_in_which_the_points_are_reached_and_the_fewest_win() -> None:
    state = on(game, held("3C", "5C", "KH", "QS", scores=(3, 90, 5, 4)), "3C, 5C, KH, QS")
    assert game.outcome(state) == Outcome("points_reached", (-3, -104, -5, -4))
    assert game.to_move(state) == ()
    assert game.scene(game.view(state, 1)).status.text == "Player 1 wins"


@pytest.mark.parametrize("move", ["pass", "pass 2C", "2C", "hello", "pass 2C 2C 2C", "pass 2C  3C 4C"])
def test_one_passes_three_cards_of_ones_own(move: str) -> None:
    assert refusal(game, begun(), move)[0] == "pass_three"


def test_nobody_sees_the_cards_of_others_nor_what_they_pass() -> None:
    state = begun()
    state = game.play(state, 0, " ".join(["pass", *state.hands[0][:3]]), NO_CHANCE)
    for audience in (None, 1, 2, 3):
        scene = game.scene(game.view(state, audience))
        seen = {piece.id for piece in scene.pieces if piece.art != "card:?"}
        assert seen == (set(state.hands[audience]) if audience is not None else set())
        assert len([piece for piece in scene.pieces if piece.at == "passing-0"]) == 3
    own = game.scene(game.view(state, 0))
    assert {piece.id for piece in own.pieces if piece.at == "passing-0"} == set(state.hands[0][:3])


def test_the_cards_that_one_has_given_are_known_and_stay_where_they_are_in_a_disguise() -> None:
    state = passed(begun())
    other = game.disguise(state, 0, Dice(SEED, 5))
    assert other.hands[0] == state.hands[0]
    assert other.hands[1] != state.hands[1]
    assert set(state.passed[0]) <= set(other.hands[1])
    assert game.to_move(other) == game.to_move(state)


def test_random_hands_are_the_same_step_by_step_in_open_spiel() -> None:
    rules = pyspiel.load_game("hearts(qs_breaks_hearts=False)")
    chance = Random(1)
    for number in range(HANDS):
        theirs, ours = rules.new_initial_state(), begun(number % 256, points=1)
        ours = game.dealt(replace(ours, number=number), Dice(SEED, number))
        theirs.apply_action((1, 3, 2, 0)[number % 4])
        for at in range(52):
            theirs.apply_action(action(ours.hands[at % 4][at // 4]))
        compare(ours, theirs, chance)


def action(card: str) -> int:
    """OpenSpiel's number of a card: by rank, in each rank by suit."""
    return 4 * (rank_of(card) - 2) + "CDHS".index(card[1])


def compare(ours: game.State, theirs: Any, chance: Random) -> None:
    while ours.passing:
        (seat, *_) = game.to_move(ours)
        move = sample(game.legal_moves(ours, seat), chance.randrange)
        for card in move.split()[1:]:
            assert theirs.current_player() == seat
            theirs.apply_action(action(card))
        ours = game.play(ours, seat, move, NO_CHANCE)
    while turn := game.to_move(ours):
        (seat,) = turn
        moves = {action(str(card)): str(card) for card in game.legal_moves(ours, seat)}
        assert theirs.current_player() == seat
        assert theirs.legal_actions() == sorted(moves)
        chosen = chance.choice(sorted(moves))
        ours = game.play(ours, seat, moves[chosen], NO_CHANCE)
        theirs.apply_action(chosen)
    assert theirs.is_terminal()
    assert [26 - points for points in theirs.returns()] == list(ours.before)


def test_a_card_of_somebody_else_is_refused_in_the_same_words_as_one_that_is_gone() -> None:
    state = held("3C 4H", "5C AH", "KD 2H", "4C 9S")
    for card in ("5C", "2D", "hello"):
        with pytest.raises(IllegalMove) as refused:
            game.play(state, 0, card, NO_CHANCE)
        assert refused.value.code == "not_in_hand"


def test_the_status_names_those_who_have_yet_to_pass() -> None:
    state = begun()
    assert game.scene(game.view(state, 0)).status.text == "All to pass three cards to the left"
    state = game.play(state, 1, " ".join(["pass", *state.hands[1][:3]]), NO_CHANCE)
    said = "Player 1 and Player 3 and Player 4 to pass three cards to the left"
    assert game.scene(game.view(state, 0)).status.text == said
