"""Random hands of hold'em, step by step beside PokerKit: who acts, what may be bet, and who has what in the end."""

from dataclasses import replace
from random import Random
from typing import Any

from pokerkit import Automation, NoLimitTexasHoldem, StandardHighHand

from game.rules import texas_holdem as game
from game.rules.cards import DECK
from game.rules.dice import Dice
from game.rules.moves import Number
from game.rules.poker import best_hand

HANDS = 200
BY_THEMSELVES = (
    Automation.ANTE_POSTING,
    Automation.BET_COLLECTION,
    Automation.BLIND_OR_STRADDLE_POSTING,
    Automation.HOLE_CARDS_SHOWING_OR_MUCKING,
    Automation.HAND_KILLING,
    Automation.CHIPS_PUSHING,
    Automation.CHIPS_PULLING,
)


def theirs_of(ours: game.State, stacks: game.Chips, order: list[int]) -> Any:
    """PokerKit's state of a hand as it begins; it counts the seats from the one after the button."""
    theirs: Any = NoLimitTexasHoldem.create_state(
        BY_THEMSELVES, True, 0, (10, 20), 20, [stacks[seat] for seat in order], len(order)
    )
    for seat in order:
        theirs.deal_hole(spelled(ours.holes[seat]))
    return theirs


def spelled(cards: game.Cards) -> str:
    return "".join(card[0] + card[1].lower() for card in cards)


def deal_board(theirs: Any, board: game.Cards) -> None:
    """Deals what we have on the board and they have not."""
    dealt = len([card for cards in theirs.board_cards for card in cards])
    while dealt < len(board):
        theirs.burn_card("??")
        count = 1 if dealt else 3
        theirs.deal_board(spelled(board[dealt : dealt + count]))
        dealt += count


def may_raise(ours: game.State, seat: int) -> tuple[int, int] | None:
    form = game.legal_moves(ours, seat)[-1]
    return (form.low, form.high) if isinstance(form, Number) else None


def short(ours: game.State, theirs: Any, seat: int) -> bool:
    """Whether all-ins for less than a raise make it a question if this seat, which has acted, may raise.

    We add up by how much the level has risen since it acted; PokerKit counts such all-ins otherwise.
    """
    if ours.acted[seat] == game.NOT_YET:
        return False
    return bool(theirs.consecutive_short_all_in_amounts) or ours.level - ours.acted[seat] < ours.step


def chosen(ours: game.State, seat: int, chance: Random, raises: bool) -> str:
    """A move at random that does not end most hands at once."""
    moves = game.legal_moves(ours, seat)
    form = moves[-1]
    if raises and isinstance(form, Number) and chance.random() < 0.4:
        most = form.high if chance.random() < 0.3 else min(form.high, form.low + 60)
        return f"{form.verb} {chance.randint(form.low, most)}"
    return "fold" if "fold" in moves and chance.random() < 0.2 else str(moves[1] if moves[0] == "fold" else moves[0])


def play_one(number: int, chance: Random) -> bool:
    """Whether everybody has the same in the end, to the last odd chip."""
    count = chance.randint(2, 9)
    most = chance.choice([60, 200, 2000])
    stacks = tuple(chance.randint(20, most) for _ in range(count))
    before = game.State(100, stacks, chance.randrange(count), out=(0,) * count)
    ours = game.dealt(before, Dice(number.to_bytes(32, "big"), 0))
    order = game.following(ours.button, stacks)
    theirs = theirs_of(ours, stacks, order)
    version = 0
    while not ours.won:
        deal_board(theirs, ours.board)
        seat, version = ours.turn, version + 1
        assert order[theirs.actor_index] == seat
        owed = min(ours.level - ours.bets[seat], ours.stacks[seat])
        assert theirs.checking_or_calling_amount == owed
        low, high = (
            theirs.min_completion_betting_or_raising_to_amount,
            theirs.max_completion_betting_or_raising_to_amount,
        )
        expected = None if low is None else (low, high)
        assert may_raise(ours, seat) == expected or short(ours, theirs, seat)
        move = chosen(ours, seat, chance, may_raise(ours, seat) is not None and low is not None)
        ours = game.play(ours, seat, move, Dice(number.to_bytes(32, "big"), version))
        verb, _, amount = move.partition(" ")
        if verb == "fold":
            theirs.fold()
        elif amount:
            theirs.complete_bet_or_raise_to(int(amount))
        else:
            theirs.check_or_call()
    if theirs.actor_index is not None:  # they ask a big blind whom nobody could call if it would raise
        assert theirs.min_completion_betting_or_raising_to_amount is None
        theirs.check_or_call()
    if len([folded for folded in ours.folded if not folded]) > 1:
        deal_board(theirs, ours.board)
    assert not theirs.status
    off = [ours.stacks[seat] - chips for seat, chips in zip(order, theirs.stacks)]
    assert sum(off) == 0
    assert max(map(abs, off)) < len([won for won in ours.won if won])
    return not any(off)


def test_random_hands_are_the_same_step_by_step_in_pokerkit() -> None:
    chance = Random(7)
    same = [play_one(number, chance) for number in range(HANDS)]
    assert same.count(False) < HANDS / 50  # odd chips of one pot: there all to one of the winners, here one to each


def test_hands_are_worth_the_same_in_pokerkit() -> None:
    chance = Random(3)
    for _ in range(2000):
        cards = chance.sample(DECK, 9)
        one, other = (*cards[:2], *cards[4:]), (*cards[2:4], *cards[4:])
        ours = best_hand(one), best_hand(other)
        theirs = [StandardHighHand.from_game(spelled(hand[:2]), spelled(hand[2:])) for hand in (one, other)]
        assert (ours[0] < ours[1], ours[0] == ours[1]) == (theirs[0] < theirs[1], theirs[0] == theirs[1])


def test_nothing_is_lost_when_the_blinds_are_all_that_one_has() -> None:
    """What PokerKit is not asked: a big blind that is not whole still sets what there is to call."""
    state = game.dealt(replace(game.State(100, (500, 500, 5), 2, out=(0, 0, 0))), Dice(bytes(32), 0))
    assert (state.button, state.bets, state.level) == (0, (0, 10, 5), 20)
    assert game.legal_moves(state, 0)[:2] == ("fold", "call")
    state = game.play(state, 0, "call", Dice(bytes(32), 1))
    assert state.bets == (20, 10, 5)
