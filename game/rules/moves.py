"""Moves as text, and the two forms that stand for more moves than can be listed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

DIGITS_MAX = 19
"""Of a number in a move; Python refuses to read thousands of them."""


@dataclass(frozen=True, slots=True)
class Number:
    """Any of `verb low`, `verb low+step`, … up to `verb high`, as `raise 40`.

    `presets` are amounts among them that players often want, each with its name: `("Pot", 120)`.
    """

    verb: str
    low: int
    high: int
    step: int = 1
    presets: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Subset:
    """`verb` and from `least` to `most` of the words in `of`, in their order there: `pass 2C QS AH`.

    The words are ids of pieces, or names of places, that the seat sees: they are chosen by touching them.
    Where none of them is on the table, each is a button.
    """

    verb: str
    of: tuple[str, ...]
    least: int
    most: int


Moves = Sequence[str | Number | Subset]


def listed(moves: Moves, text: str) -> bool:
    """Whether `text` is one of the moves."""
    return any(text == form if isinstance(form, str) else _stands_for(form, text) for form in moves)


def sample(moves: Moves, below: Callable[[int], int]) -> str:
    """One of the moves; `below(n)` draws from 0 … n-1. Each form is as likely as a single move."""
    form = moves[below(len(moves))]
    if isinstance(form, str):
        return form
    if isinstance(form, Number):
        return f"{form.verb} {form.low + form.step * below((form.high - form.low) // form.step + 1)}"
    left = list(form.of)
    chosen = {left.pop(below(len(left))) for _ in range(form.least + below(form.most - form.least + 1))}
    return " ".join([form.verb, *(word for word in form.of if word in chosen)])


def plain_moves(moves: Moves) -> list[Any]:
    """Moves as plain data, as they go over the wire: see `LegalMoves` in protocol/messages.py."""
    return [_plain_move(move) for move in moves]


def _plain_move(move: str | Number | Subset) -> Any:
    if isinstance(move, str):
        return move
    if isinstance(move, Subset):
        return ["subset", move.verb, list(move.of), move.least, move.most]
    number = ["number", move.verb, move.low, move.high, move.step]
    return [*number, [list(preset) for preset in move.presets]] if move.presets else number


def _stands_for(form: Number | Subset, text: str) -> bool:
    verb, _, rest = text.partition(" ")
    if verb != form.verb:
        return False
    if isinstance(form, Subset):
        words = text.split(" ")[1:]
        ordered = [word for word in form.of if word in words]
        return words == ordered and form.least <= len(words) <= form.most
    if not (len(rest) <= DIGITS_MAX and rest.isascii() and rest.isdigit() and rest == str(int(rest))):
        return False
    return form.low <= int(rest) <= form.high and (int(rest) - form.low) % form.step == 0
