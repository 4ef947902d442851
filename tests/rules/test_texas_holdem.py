"""Texas hold'em by the book: blinds, raises, side pots and showdowns whose result is known."""

from dataclasses import replace
from typing import Any

import pytest

from game.rules import texas_holdem as game
from game.rules.dice import Dice
from game.rules.game import Outcome
from game.rules.moves import Number
from game.rules.poker import KINDS, Strength, best_hand, shares
from tests.rules.matches import SEED, after, on, refusal


def dealt(*stacks: int, button: int = 0, number: int = 1, hands: int = 100) -> game.State:
    """A hand as it begins, with the button where it is said to be."""
    before = game.State(hands, stacks, (button - 1) % len(stacks), number - 1, out=(0,) * len(stacks))
    return game.dealt(before, Dice(SEED, 0))


def at_the_river(holes: str, board: str, spent: tuple[int, ...], **more: Any) -> game.State:
    """Before the last round of betting; nobody has acted in it. Seat 0 has the button."""
    count = len(spent)
    cards = tuple(tuple(hole.split()) for hole in holes.split(","))
    state = game.State(100, (100,) * count, 0, 1, cards, (False,) * count, tuple(board.split()), spent)
    state = replace(state, bets=(0,) * count, acted=(-1,) * count, step=20, turn=1 % count, out=(0,) * count)
    return replace(state, **more)


def raising(state: game.State) -> Number | None:
    form = game.legal_moves(state, state.turn)[-1]
    return form if isinstance(form, Number) else None


@pytest.mark.parametrize(
    ("cards", "kind"),
    [
        ("AS KD 9H 7C 5D 3S 2C", "a high card"),
        ("AS AD 9H 7C 5D 3S 2C", "a pair"),
        ("AS AD 9H 9C 5D 5S 2C", "two pairs"),
        ("AS AD AH 7C 5D 3S 2C", "three of a kind"),
        ("AS 2D 3H 4C 5D KS KC", "a straight"),
        ("TS JD QH KC AD 2S 2C", "a straight"),
        ("AS 9S 7S 4S 2S KD KC", "a flush"),
        ("AS AD AH 7C 7D 3S 3C", "a full house"),
        ("AS AD AH AC 7D 7S 7C", "four of a kind"),
        ("5H 6H 7H 8H 9H AS AD", "a straight flush"),
    ],
)
def test_the_best_five_of_seven(cards: str, kind: str) -> None:
    assert KINDS[best_hand(cards.split())[0]] == kind


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("AS KD 9H 7C 5D", "AC KS 9D 7H 4C"),
        ("2S 3D 4H 5C 6D", "AS 2D 3H 4C 5D"),
        ("9S 9D 2H 2C AD", "8S 8D 7H 7C AC"),
        ("3S 3D 3H 2C 2D", "2S 2D 2H AC AD"),
    ],
)
def test_ranks_decide_between_hands_of_a_kind(better: str, worse: str) -> None:
    assert best_hand(better.split()) > best_hand(worse.split())


def test_suits_decide_nothing() -> None:
    assert best_hand(["AS", "KS", "9S", "7S", "5S"]) == best_hand(["AH", "KH", "9H", "7H", "5H"])


@pytest.mark.parametrize(
    ("spent", "hands", "won"),
    [
        ((50, 50, 50), {0: (3,), 1: (2,), 2: (1,)}, [150, 0, 0]),
        ((20, 50, 50), {0: (3,), 1: (2,), 2: (1,)}, [60, 60, 0]),  # all in for 20 wins 20 of each
        ((20, 50, 100, 100), {0: (4,), 1: (3,), 2: (2,), 3: (1,)}, [80, 90, 100, 0]),
        ((20, 50, 100, 100), {0: (1,), 1: (3,), 2: (2,), 3: (2,)}, [0, 170, 50, 50]),
        ((30, 50, 50), {1: (1,), 2: (1,)}, [0, 65, 65]),  # seat 0 has folded
        ((25, 50, 50), {2: (1,), 1: (1,)}, [0, 62, 63]),  # the odd chip goes to the first of the order
        ((20, 20, 20, 11), {3: (5,), 0: (1,), 1: (1,), 2: (0,)}, [14, 13, 0, 44]),
    ],
)
def test_who_gets_what_of_the_pots(spent: tuple[int, ...], hands: dict[int, Strength], won: list[int]) -> None:
    assert shares(spent, hands) == won


def test_of_two_the_dealer_posts_the_small_blind_and_acts_first_and_later_last() -> None:
    state = dealt(1000, 1000)
    assert (state.bets, state.turn) == ((10, 20), 0)
    state = on(game, state, "call, check")
    assert (state.turn, state.bets, len(state.board)) == (1, (0, 0), 3)


def test_the_seat_after_the_big_blind_acts_first_and_the_big_blind_may_raise() -> None:
    state = dealt(1000, 1000, 1000, 1000)
    assert (state.bets, state.turn) == ((0, 10, 20, 0), 3)
    state = on(game, state, "call, call, call")
    assert state.turn == 2
    assert game.legal_moves(state, 2)[0] == "check"
    assert raising(state) is not None
    assert len(on(game, state, "check").board) == 3


def test_blinds_double_after_ten_hands() -> None:
    assert [game.blind_of(number) for number in (1, 10, 11, 21, 100)] == [20, 20, 40, 80, 10240]
    assert dealt(1000, 1000, number=11).bets == (20, 40)


def test_a_raise_is_at_least_as_much_as_the_one_before() -> None:
    state = dealt(1000, 1000, 1000)
    assert raising(state) == Number("raise", 40, 1000, 1, (("½ pot", 45), ("Pot", 70), ("All in", 1000)))
    state = on(game, state, "raise 100")
    assert raising(state).low == 180  # type: ignore[union-attr]
    assert refusal(game, state, "raise 179") == ("not_now", "You may fold, call or raise 180 to 1000.")
    state = on(game, state, "fold, call")
    assert raising(state) == Number("bet", 20, 900, 1, (("½ pot", 105), ("Pot", 210), ("All in", 900)))


def test_all_in_for_less_than_a_raise_does_not_open_the_betting_again() -> None:
    state = on(game, dealt(1000, 1000, 130), "raise 100, call, raise 130")
    assert game.legal_moves(state, 0) == ("fold", "call")
    assert refusal(game, state, "raise 300")[0] == "not_now"
    full = on(game, dealt(1000, 1000, 180), "raise 100, call, raise 180")
    assert raising(full).low == 260  # type: ignore[union-attr]


def test_who_has_not_acted_may_raise_after_an_all_in_for_less() -> None:
    state = on(game, dealt(1000, 1000, 1000, 130), "raise 130")
    assert raising(state).low == 240  # type: ignore[union-attr]


def test_a_big_blind_that_is_not_whole_still_sets_what_there_is_to_call() -> None:
    state = dealt(500, 500, 5)
    assert (state.bets, state.level) == ((0, 10, 5), 20)
    state = on(game, state, "call")
    assert state.bets == (20, 10, 5)


def test_nobody_folds_to_nothing_nor_raises_those_who_are_all_in() -> None:
    state = dealt(1000, 1000)
    assert "fold" not in game.legal_moves(on(game, state, "call"), 1)
    state = on(game, dealt(1000, 60), "call, raise 60")
    assert game.legal_moves(state, 0) == ("fold", "call")


def test_when_all_others_fold_the_pot_is_won_unseen_and_the_next_dealer_deals() -> None:
    state = on(game, dealt(1000, 1000, 1000), "raise 60, fold, fold")
    assert (state.stacks, state.won) == ((1030, 990, 980), (50, 0, 0))
    assert game.to_move(state) == (1,)
    assert game.legal_moves(state, 1) == ("deal",)
    assert refusal(game, state, "check") == ("deal_first", "The next hand has to be dealt: say “deal”.")
    assert [game.view(state, None)["holes"][seat] for seat in range(3)] == [(), (), ()]
    state = on(game, state, "deal")
    assert (state.button, state.number, state.won) == (1, 2, ())


def test_whoever_bet_last_shows_first_and_who_is_beaten_keeps_the_cards_hidden() -> None:
    board = "2C 7D 9H JS 3C"
    state = at_the_river("KS KD,AS AD,QS QD", board, (20, 20, 20))
    called = on(game, state, "check, bet 40, call, call")
    assert called.shown == (True, True, True)  # queens, then kings, then aces
    assert called.won == (0, 180, 0)
    assert on(game, state, "bet 40, call, call").shown == (False, True, False)
    checked = on(game, state, "check, check, check")
    assert checked.shown == (False, True, False)  # the first after the dealer shows aces, and nobody beats them
    assert [game.view(checked, 2)["holes"][seat] for seat in range(3)] == [(), ("AS", "AD"), ("QS", "QD")]


def test_a_hand_that_ties_is_shown() -> None:
    state = at_the_river("AS 4D,AD 4S", "2C 7D 9H JS 3C", (21, 21))
    state = on(game, state, "check, check")
    assert (state.shown, state.won) == ((True, True), (21, 21))


def test_when_somebody_is_all_in_all_show_and_the_board_is_dealt_out() -> None:
    state = on(game, dealt(1000, 60, 1000), "call, raise 60, call, call")
    assert state.turn == 2
    state = on(game, state, "bet 940, call")
    assert len(state.board) == 5
    assert state.shown == (True, True, True)
    assert sum(state.stacks) == 2060


def test_a_bet_that_nobody_can_call_comes_back() -> None:
    state = on(game, dealt(1000, 60), "raise 1000, call")
    assert sum(state.won) == 120
    assert sum(state.stacks) == 1060


def test_the_match_ends_when_one_has_all_chips() -> None:
    state = on(game, at_the_river("KS KD,AS AD", "2C 7D 9H JS 3C", (20, 20)), "bet 100, call")
    assert game.outcome(state) == Outcome("all_chips", (-1, 240))
    assert game.scene(game.view(state, 0)).status.text == "Player 2 wins 240 with a pair. Player 2 won the match"


def test_the_match_ends_after_the_agreed_hands_and_who_went_out_first_gets_least() -> None:
    state = dealt(1000, 500, 0, 0, number=3, hands=3)
    state = on(game, replace(state, out=(0, 0, 1, 2)), "fold")
    assert game.outcome(state) == Outcome("hands_played", (990, 510, -3, -2))


def test_nobody_sees_cards_of_others_and_folded_cards_are_gone() -> None:
    state = on(game, dealt(1000, 1000, 1000), "fold")
    assert game.view(state, 1)["holes"] == ((), state.holes[1], ("?", "?"))
    assert game.view(state, 0)["holes"][0] == state.holes[0]
    assert game.view(state, None)["holes"] == ((), ("?", "?"), ("?", "?"))
    scene = game.scene(game.view(state, None))
    assert [piece.id for piece in scene.pieces if piece.art == "card:?"] == [
        "hand-1.0", "hand-1.1", "hand-2.0", "hand-2.1",
    ]  # fmt: skip


def test_a_card_is_dealt_once() -> None:
    state = after(game, "call, check, check, check, check, check", seats=2)
    cards = [card for cards in (*state.holes, state.board) for card in cards]
    assert len(cards) == len(set(cards)) == 9
