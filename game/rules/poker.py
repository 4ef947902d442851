"""What poker hands are worth, and who gets which part of the chips."""

from collections.abc import Mapping, Sequence
from itertools import combinations

from game.rules.cards import rank_of

KINDS = (
    "a high card",
    "a pair",
    "two pairs",
    "three of a kind",
    "a straight",
    "a flush",
    "a full house",
    "four of a kind",
    "a straight flush",
)
SHAPES = {(1, 1, 1, 1, 1): 0, (2, 1, 1, 1): 1, (2, 2, 1): 2, (3, 1, 1): 3, (3, 2): 6, (4, 1): 7}

Strength = tuple[int, ...]
"""The index in KINDS, then the ranks that decide between equals: the greater one is the better hand."""


def best_hand(cards: Sequence[str]) -> Strength:
    """The best that five of these cards make."""
    return max(map(_strength, combinations(cards, 5)))


def _strength(cards: Sequence[str]) -> Strength:
    ranks = [rank_of(card) for card in cards]
    groups = sorted(((ranks.count(rank), rank) for rank in set(ranks)), reverse=True)
    order = tuple(rank for _, rank in groups)
    order = (5, 4, 3, 2, 1) if order == (14, 5, 4, 3, 2) else order
    straight, flush = len(order) == 5 and order[0] - order[4] == 4, len({card[1] for card in cards}) == 1
    kind = 8 if straight and flush else 5 if flush else 4 if straight else SHAPES[tuple(count for count, _ in groups)]
    return (kind, *order)


def shares(spent: Sequence[int], hands: Mapping[int, Strength]) -> list[int]:
    """What each gets of all that was spent; `hands` are those who have not folded, in the order of odd chips.

    There is a pot for each amount at which one of them is all in: only those who have spent as much can win it.
    """
    won, below = [0] * len(spent), 0
    for level in sorted({spent[seat] for seat in hands}):
        pot = sum(min(chips, level) - min(chips, below) for chips in spent)
        rivals = [seat for seat in hands if spent[seat] >= level]
        best = max(hands[seat] for seat in rivals)
        winners = [seat for seat in rivals if hands[seat] == best]
        for at, seat in enumerate(winners):
            won[seat] += pot // len(winners) + (at < pot % len(winners))
        below = level
    return won
