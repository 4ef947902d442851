"""What is tried on a game: its own moves, what nearly is one, and junk."""

import re
from collections.abc import Sequence

from game.rules.dice import Dice
from game.rules.moves import Moves, Number, listed, sample

MOVES_TRIED_MAX = 24
"""Of the moves of one position, how many are tried out when there are more."""


def some_moves(moves: Moves, dice: Dice) -> Sequence[str]:
    """All moves, or some of them when they are many; of a number its ends, of a subset a few."""
    texts = [form for form in moves if isinstance(form, str)]
    if len(texts) > MOVES_TRIED_MAX:
        texts = list(dice.shuffled(texts)[:MOVES_TRIED_MAX])
    for form in moves:
        if isinstance(form, Number):
            texts += [f"{form.verb} {form.low}", f"{form.verb} {form.high - (form.high - form.low) % form.step}"]
        if not isinstance(form, str):
            texts += [sample([form], dice.below) for _ in range(4)]
    return list(dict.fromkeys(texts))


def probes(moves: Moves, others: Sequence[str], dice: Dice) -> Sequence[str]:
    """Texts that are not among the moves: `others` that are legal elsewhere, near misses and junk."""
    near = [miss for text in dice.shuffled(some_moves(moves, dice))[:4] for miss in near_misses(text)]
    return [text for text in dict.fromkeys([*others, *near, *JUNK]) if not listed(moves, text)]


def near_misses(text: str) -> Sequence[str]:
    """What a hasty or hostile hand makes of a legal move."""
    wide = "".join(chr(ord(sign) + 0xFEE0) if sign.isdigit() and sign.isascii() else sign for sign in text)
    zeros = re.sub("([0-9]+)", r"0\1", text)
    more = re.sub("[0-9]+", lambda digits: str(int(digits[0][:9]) + 1), text)
    less = re.sub("[0-9]+", lambda digits: str(int(digits[0][:9]) - 1), text)
    words = text.split(" ")
    huge = re.sub("[0-9]+", "9" * 5000, text)
    turned = " ".join([words[0], *reversed(words[1:])])
    trimmed = (f"{text} ", f" {text}", f"{text}\n", f"{text}\0", text[:-1], text[1:], text * 2, f"{text} {words[-1]}")
    return (
        *trimmed,
        text.upper(),
        text.lower(),
        text.title(),
        wide,
        zeros,
        more,
        less,
        huge,
        turned,
        f"+{text}",
        f"-{text}",
    )


JUNK = (
    "", " ", "\n", "\0", "?", "#", "pass", "move", "None", "[]", "{}", "a", "a0", "a1", "z99", "e2e4", "1.5", "1e3", "-1",
    "0", "1", "00", "999", "9" * 5000, "x" * 100_000, "²", "½", "１", "٣", "é", "e\u0301", "\u202ea1", "🎲", "\U0010ffff",
)  # fmt: skip
