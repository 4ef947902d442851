"""OpenSpiel's texts as a player can type, read and hear them."""

import re
from collections.abc import Sequence

MOVE_CHARS_MAX = 200
LINE_CHARS_MAX = 400

ANSI = re.compile(r"\x1b\[[0-9;]*m")
"""What colours a terminal."""


MOVER = re.compile(r"^(\[P\d+\] ?|P\d+(?=\()|p\d+:?|[Pp]layer[:= ] ?\d+ )(Action: |move=)?")
"""Who moves, which a move need not say."""


def texts_of(actions: Sequence[str], numbers: Sequence[int]) -> Sequence[str]:
    """Moves for actions, each its own: where two read the same, their numbers tell them apart."""
    texts = [MOVER.sub("", cleaned(action)) for action in actions]
    if len(set(texts)) == len(texts) and all(texts):
        return texts
    return [
        text if text and texts.count(text) == 1 else f"{text} #{number}".strip() for text, number in zip(texts, numbers)
    ]


OF_NO_USE = re.compile(r"Terminal\? \w+|.*NFGState::ToString.*")
"""Lines that tell a player nothing."""
COUNTED = re.compile(r"\bPlayer (?=\d)")


def cleaned(text: str) -> str:
    """One printable line, without colours, spaces at its ends or runs of them."""
    printable = "".join(sign if sign.isprintable() else " " for sign in ANSI.sub("", text))
    return " ".join(printable.split())[:MOVE_CHARS_MAX].strip()


def lines_of(text: str) -> list[str]:
    """The lines of a text as they are printed, without colours, what is of no use, and empty lines at either end.

    Its players are not called Player 1, as ours are, for OpenSpiel counts from 0.
    """
    lines = [_printed(line) for line in COUNTED.sub("player ", ANSI.sub("", text)).split("\n")]
    lines = [line for line in lines if not OF_NO_USE.fullmatch(line)]
    while lines and not lines[0]:
        lines.pop(0)
    while lines and not lines[-1]:
        lines.pop()
    return lines


def _printed(line: str) -> str:
    printable = "".join(sign if sign.isprintable() else " " for sign in line.expandtabs()).rstrip()
    return printable if len(printable) <= LINE_CHARS_MAX else f"{printable[:LINE_CHARS_MAX]}…"
