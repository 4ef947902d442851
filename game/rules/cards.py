"""The 52 playing cards: rank and suit in two letters, as `QS` for the queen of spades and `TH` for the ten of hearts."""

from collections.abc import Collection, Iterable
from typing import Final

from game.rules.dice import Dice
from game.rules.table import Piece, seat_name

RANKS: Final = "23456789TJQKA"
SUITS: Final = "CDSH"
"""In the order in which hands are sorted: black and red in turn."""
DECK: Final = tuple(rank + suit for suit in SUITS for rank in RANKS)

_RANK_NAMES = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "jack", "queen", "king", "ace")
_SUIT_NAMES = {"C": "clubs", "D": "diamonds", "S": "spades", "H": "hearts"}


def rank_of(card: str) -> int:
    """2 to 14, the ace high."""
    return RANKS.index(card[0]) + 2


def suit_name(suit: str) -> str:
    """`hearts` for `H`."""
    return _SUIT_NAMES[suit]


def spoken(card: str) -> str:
    """`Queen of spades` for `QS`."""
    return f"{_RANK_NAMES[rank_of(card) - 2].capitalize()} of {suit_name(card[1])}"


def in_order(cards: Iterable[str]) -> tuple[str, ...]:
    """The cards by suit, and in each suit by rank."""
    return tuple(sorted(cards, key=lambda card: (SUITS.index(card[1]), rank_of(card))))


def drawn(gone: Collection[str], count: int, dice: Dice) -> tuple[str, ...]:
    """So many of the cards that are left: drawn when they are needed, they are nowhere before."""
    left = [card for card in DECK if card not in gone]
    return tuple(left.pop(dice.below(len(left))) for _ in range(count))


def face_up(card: str, at: str, owner: int | None = None, more: str = "") -> Piece:
    """A card that is seen, under its own name; `more` is said after it."""
    return Piece(card, at, f"card:{card}", spoken(card) + more, owner)


def face_down(at: str, number: int, owner: int) -> Piece:
    """A card of somebody's that is not seen: all that its name tells is its number at that place."""
    return Piece(f"{at}.{number}", at, "card:?", f"Card of {seat_name(owner)}", owner)
