"""What people write, made fit to be shown to others: one line, nothing invisible, nothing that turns what stands beside it.

Removed are controls, private and unassigned code points, and whatever is there without being seen: bidirectional
controls, joiners, fillers, variation selectors. Of piled-up marks the first few stay. What is left is in
Normalization Form C, so that what looks the same is the same (Unicode Standard Annexes 9, 15 and 44).
"""

from itertools import groupby
from unicodedata import category, normalize

from protocol.limits import CHAT_CHARS_MAX, NAME_CHARS_MAX

MARKS_MAX = 3
"""Combining marks on one letter: no language needs more once they are composed."""

JOINER, EMOJI_STYLE = "\u200d", "\ufe0f"
INVISIBLE = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0"
    + "".join(map(chr, [*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)]))
)
"""What Unicode counts as letters, marks or signs, and no font shows."""


def clean_name(name: str | None) -> str:
    """A name, cut to its limit; empty when nothing is left."""
    return clean_text(name or "", NAME_CHARS_MAX)


def clean_text(text: str, chars_max: int = CHAT_CHARS_MAX) -> str:
    """A line of text, cut to so many code points; empty when nothing is left."""
    seen = "".join(_visible(normalize("NFC", text)))
    unpiled = "".join("".join(list(signs)[:MARKS_MAX] if marks else signs) for marks, signs in groupby(seen, _is_mark))
    return normalize("NFC", " ".join(unpiled.split()))[:chars_max].strip()


def _visible(text: str) -> list[str]:
    kept: list[str] = []
    for at, sign in enumerate(text):
        if sign in (JOINER, EMOJI_STYLE):  # they make one picture of several, and mean nothing elsewhere
            if kept and _is_picture(kept[-1]) and (sign == EMOJI_STYLE or _is_picture(text[at + 1 : at + 2])):
                kept.append(sign)
        elif sign not in INVISIBLE and (kind := category(sign)) != "Cf":
            kept.append(" " if kind[0] in "CZ" else sign)
    return kept


def _is_picture(sign: str) -> bool:
    return sign == EMOJI_STYLE or (sign != "" and category(sign) in ("So", "Sk"))


def _is_mark(sign: str) -> bool:
    return sign != EMOJI_STYLE and category(sign) in ("Mn", "Me")
