"""Games of cards: those of one's own hand lie on the table, and are touched to be played. All else is read in the text."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from game.rules.open_spiel.boards import Board
from game.rules.open_spiel.look import Shown
from game.rules.table import Lay, Piece, Zone, picks_by_button

SUITS = {"♠": "S", "♥": "H", "♦": "D", "♣": "C"}
SUIT_NAMES = {"S": "spades", "H": "hearts", "D": "diamonds", "C": "clubs"}
RANK_NAMES = {"A": "ace", "K": "king", "Q": "queen", "J": "jack", "T": "ten"}
RANK = re.compile("10|[2-9TJQKA]")
SUIT_FIRST = re.compile("(?P<suit>[♠♥♦♣SHDC])(?P<rank>10|[2-9TJQKA])")
RANK_FIRST = re.compile("(?P<rank>10|[2-9TJQKA])(?P<suit>[SHDCshdc])")
HOLDS = re.compile("; (you hold|it holds):$")
HEADING = re.compile(r"Hand:|Currently I have:|Player\d:|\+-+\+")
HANDS = ("hand", "dummy")
NONE = "-"
BETWEEN = "+"


@dataclass(frozen=True, slots=True)
class Cards:
    """How a hand is printed, and a move that is a card."""

    line: re.Pattern[str]
    """With `cards`, and a `suit` if they are all of one."""
    move: re.Pattern[str]
    """With the `cards` that are played."""
    lines: int = 4
    """Of a hand."""
    card: re.Pattern[str] = SUIT_FIRST
    dummy: bool = False
    """Whether a second hand may be shown: all see it."""
    either: bool = False
    """Whether there is room for the hands of both players, one of which is empty."""
    flip: bool = False
    top: int = 1

    def read(self, lines: Sequence[str]) -> tuple[Board | None, list[str]]:
        """One row: the cards of one's own hand, and those of the dummy. None where hands of others are shown as well."""
        found = [found for line in lines if (found := self.line.fullmatch(line))]
        if len(found) not in (self.lines, self.lines * (1 + self.dummy)):
            return None, list(lines)
        if self.either and all(any(map(RANK.search, (one["cards"] for one in half))) for half in _halves(found)):
            return None, list(lines)
        own, other = (_cards(part, self.card) for part in (found[: self.lines], found[self.lines :]))
        hands = (own, other if other != own else [])  # the dummy sees its hand twice
        left = [line for line in lines if not self.line.fullmatch(line)]
        return (tuple(BETWEEN.join(hand) or NONE for hand in hands),), left

    def zones(self, board: Board) -> tuple[Zone, ...]:
        return (Lay("row", HANDS[0]), *([Lay("row", HANDS[1], "Dummy")] if self.dummy else []))

    def shown(self, board: Board, lines: Sequence[str]) -> Shown:
        held = {hand: Counter(cards.split(BETWEEN)) for hand, cards in zip(HANDS, board[0]) if cards != NONE}
        pieces = [
            Piece(card, hand, f"card:{card}", _said(card), n=count)
            for hand, cards in held.items()
            for card, count in cards.items()
        ]
        return Shown(pieces, list(_told(lines)))

    def picks(self, move: str) -> Sequence[str]:
        found = self.move.fullmatch(move)
        return [_card(one) for one in self.card.finditer(found["cards"])] if found else picks_by_button(move)


def _halves(found: list[re.Match[str]]) -> tuple[list[re.Match[str]], list[re.Match[str]]]:
    """The lines of the first player, and those of the second."""
    return found[: len(found) // 2], found[len(found) // 2 :]


def _told(lines: Sequence[str]) -> Iterator[str]:
    """Without the headings of hands, and with one empty line between others at most."""
    before = ""
    for line in lines:
        told = HOLDS.sub("", line)
        if not HEADING.fullmatch(told) and (told or before):
            yield told
            before = told


def _cards(lines: Sequence[re.Match[str]], card: re.Pattern[str]) -> list[str]:
    return [each for found in lines for each in _cards_of(found, card)]


def _cards_of(found: re.Match[str], card: re.Pattern[str]) -> Sequence[str]:
    said = found["cards"] or ""
    if suit := found.groupdict().get("suit"):
        return [_named(rank, suit) for rank in RANK.findall(said)]
    return [_card(one) for one in card.finditer(said)]


def _card(found: re.Match[str]) -> str:
    return _named(found["rank"], found["suit"])


def _named(rank: str, suit: str) -> str:
    return rank.replace("10", "T") + SUITS.get(suit, suit.upper())


def _said(card: str) -> str:
    return f"{RANK_NAMES.get(card[0], card[0])} of {SUIT_NAMES[card[1]]}"


_ONE = r"(?P<cards>[♠♥♦♣SHDC](?:10|[2-9TJQKA]))"

BRIDGE = Cards(re.compile("(?P<suit>[♠♥♦♣]) (?P<cards>none|[0-9TJQKA ]+)"), re.compile(_ONE), dummy=True)
CRAZY_EIGHTS = Cards(re.compile(r"Suit (?P<suit>[SHDC]):(?P<cards>[0-9TJQKA ]*)"), re.compile(f"Play {_ONE}"))
CRIBBAGE = Cards(re.compile("Hand:(?P<cards>.*)"), re.compile("Choose (?P<cards>.+)"), lines=1, card=RANK_FIRST)
GIN_RUMMY = Cards(
    re.compile(r"\|(?P<cards>[2-9TJQKAshdc ]*)\|"),
    re.compile("(?P<cards>[2-9TJQKA][shdc])"),
    lines=8,
    card=RANK_FIRST,
    either=True,
)
PLAIN = Cards(re.compile("(?P<suit>[SHDC]) (?P<cards>none|[0-9TJQKA]+)"), re.compile(_ONE))
OH_HELL = Cards(re.compile(" +(?P<suit>[SHDC]): ?(?P<cards>[0-9TJQKA]*)"), re.compile(_ONE))
SKAT = Cards(re.compile("Hand:(?P<cards>.*)"), re.compile(_ONE), lines=1)
