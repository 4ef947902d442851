"""Shogi: how moves are called and picked, and what is in hand. Places are called as players do: 9 to 1 from the left, a to i down."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from game.rules.table import Lay, Piece, seat_name, square

SIDE = 9
KINDS = {
    "K": "king",
    "R": "rook",
    "B": "bishop",
    "G": "gold general",
    "S": "silver general",
    "N": "knight",
    "L": "lance",
    "P": "pawn",
}
SIDES = ("Sente", "Gote")
MOVE = re.compile(r"([1-9][a-i])-([1-9][a-i])([+=]?)")
DROP = re.compile(r"([A-Za-z]\*)([1-9][a-i])")
HANDS = re.compile(r"[bw] (\S+) \d+")
"""What is said after the board: who is to move, the hands, and the number of the move."""
HELD = re.compile(r"(\d*)([A-Za-z])")
ENDINGS = {"+": ("#promote",), "=": ("#do not promote",), "": ()}


def names(spiel: Any, seat: int, said: Mapping[str, int]) -> Sequence[str]:
    """Such as `7g-7f`, with `+` for a promotion and `=` where there might be one; the second player drops `p*5e`."""
    return [_name(text, seat, f"{text}+" in said) for text in said]


def _name(text: str, seat: int, might_promote: bool) -> str:
    if "*" in text:
        return text.lower() if seat else text
    return f"{text[:2]}-{text[2:]}{'=' if might_promote else ''}"


def picks(move: str) -> Sequence[str] | None:
    """The picks of a move; None for what is none."""
    if found := DROP.fullmatch(move):
        return (found[1], place(found[2]))
    if found := MOVE.fullmatch(move):
        return (place(found[1]), place(found[2]), *ENDINGS[found[3]])
    return None


def place(name: str) -> str:
    """The square of that name, as a Grid calls it."""
    return square(SIDE - int(name[0]), SIDE - 1 - (ord(name[1]) - ord("a")))


def name_of(file: int, rank: int) -> str:
    """What players call a square; file and rank from 0 at the bottom left."""
    return f"{SIDE - file}{chr(ord('a') + SIDE - 1 - rank)}"


def art(sign: str) -> tuple[str, str] | None:
    """The picture of a piece and its name; None for another sign."""
    kind = KINDS.get(sign[-1].upper())
    if kind is None:
        return None
    promoted = "promoted " if sign.startswith("+") else ""
    return f"text:{sign.upper()}", f"{SIDES[sign[-1].islower()]} {promoted}{kind}"


HAND_ZONES = tuple(
    Lay("hand", f"hand-{seat}", f"In hand: {seat_name(seat)}", owner=seat, small=True) for seat in range(len(SIDES))
)


def hands(lines: Sequence[str]) -> tuple[list[Piece], list[str]]:
    """What each player has in hand, and the other lines."""
    found = [held for line in lines if (held := HANDS.fullmatch(line))]
    pieces = [
        _in_hand(kind, int(count or 1)) for held in found if held[1] != "-" for count, kind in HELD.findall(held[1])
    ]
    return pieces, [line for line in lines if not HANDS.fullmatch(line)]


def _in_hand(sign: str, count: int) -> Piece:
    seat = int(sign.islower())
    picture, said = art(sign) or (f"text:{sign}", sign)
    return Piece(f"{sign}*", f"hand-{seat}", picture, f"{said} in hand", seat, count)
