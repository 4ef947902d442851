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


OF_NO_USE = re.compile(r"Terminal\? \w+|.*NFGState::ToString.*|(?i:cur(rent)? ?(player|turn):? \S+)")
"""Lines that tell a player nothing, or what the page says anyway: whose turn it is."""
BRACKETED = re.compile(r"(\[[^\[\]]+: ?[^\[\]]*\]|\[Round \d+\]){3,}")
BARRED = re.compile(r"\w+:[^|]*(\|[^|]+:[^|]*){3,}")
"""Lines that hold many facts one after the other."""
SUITS = "♠♥♦♣"
CARD = re.compile("[\U0001f0a0-\U0001f0de]")
"""Cards as single signs, which are too small to read."""
MISSPELT = {"Dedefence": "Defence", "recieved": "received"}
NO_CARD = re.compile(r"(?<=: )-10000\b")
"""In leduc poker: the card for all, as long as there is none."""
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
    lines = [fact for line in lines for fact in _facts(line) if not OF_NO_USE.fullmatch(fact)]
    while lines and not lines[0]:
        lines.pop(0)
    while lines and not lines[-1]:
        lines.pop()
    return lines


def _facts(line: str) -> Sequence[str]:
    """The facts of a line that holds many, each as a line."""
    if BRACKETED.fullmatch(line):
        return [fact for fact in re.findall(r"\[([^\[\]]+)\]", line) if not fact.startswith("Observer:")]
    return [fact.strip() for fact in line.split("|")] if BARRED.fullmatch(line) else [line]


def _card(sign: re.Match[str]) -> str:
    """A card by its suit and rank; its back as a question mark."""
    suit, rank = divmod(ord(sign[0]) - 0x1F0A0, 16)
    return f"{SUITS[suit]}{'?A23456789TJCQK'[rank]}" if 0 < rank < 15 else "?"


def _printed(line: str) -> str:
    printable = "".join(sign if sign.isprintable() else " " for sign in line.expandtabs()).rstrip()
    printable = NO_CARD.sub("none", CARD.sub(_card, printable))
    for wrong, right in MISSPELT.items():
        printable = printable.replace(wrong, right)
    return printable if len(printable) <= LINE_CHARS_MAX else f"{printable[:LINE_CHARS_MAX]}…"
