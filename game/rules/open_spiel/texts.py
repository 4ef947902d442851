"""OpenSpiel's texts as a player can type, read and hear them."""

import re
from collections.abc import Sequence

MOVE_CHARS_MAX = 200

ANSI = re.compile(r"\x1b\[[0-9;]*m")
"""What colours a terminal."""


def texts_of(actions: Sequence[str], numbers: Sequence[int]) -> Sequence[str]:
    """Moves for actions, each its own: where two read the same, their numbers tell them apart."""
    texts = [cleaned(action) for action in actions]
    if len(set(texts)) == len(texts) and all(texts):
        return texts
    return [
        text if text and texts.count(text) == 1 else f"{text} #{number}".strip() for text, number in zip(texts, numbers)
    ]


def cleaned(text: str) -> str:
    """One printable line, without colours, spaces at its ends or runs of them."""
    printable = "".join(sign if sign.isprintable() else " " for sign in ANSI.sub("", text))
    return " ".join(printable.split())[:MOVE_CHARS_MAX].strip()


def lines_of(text: str) -> list[str]:
    """The lines of a text as they are printed, without colours and empty lines at either end."""
    lines = [_printed(line) for line in ANSI.sub("", text).split("\n")]
    while lines and not lines[0]:
        lines.pop(0)
    while lines and not lines[-1]:
        lines.pop()
    return lines


def _printed(line: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in line.expandtabs()).rstrip()
