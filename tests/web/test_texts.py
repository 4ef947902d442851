"""What people write is shown to others as one visible line, whatever it was."""

import unicodedata

import hypothesis.strategies as st
import pytest
from hypothesis import given

from protocol.limits import CHAT_CHARS_MAX, NAME_CHARS_MAX
from web.edge.texts import MARKS_MAX, clean_name, clean_text


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Ann", "Ann"),
        ("  Ann \t Lee\n", "Ann Lee"),
        ("Ann\u00a0Lee\u3000Ann\u2028Lee", "Ann Lee Ann Lee"),
        ("\x1b[31mAnn\x00\x7f", "[31mAnn"),
        ("\u202eAnn\u202c \u2066Lee\u2069\u200e\u200f\u061c", "Ann Lee"),
        ("A\u200bn\u2060n\ufeff", "Ann"),
        ("An\u00adn", "Ann"),
        ("\ue000\U000f0000Ann\u0378", "Ann"),
        ("Zoe\u0308", "Zoë"),
        ("\u212bngstr\u00f6m", "Ångström"),
        ("\u1112\u1161\u11ab", "한"),
        ("שלום", "שלום"),
        ("नमस्ते", "नमस्ते"),
        ("👩\u200d💻 ❤\ufe0f 👍🏽", "👩\u200d💻 ❤\ufe0f 👍🏽"),
        ("A\u200d\ufe0fnn", "Ann"),
        ("👩\u200d", "👩"),
        ("H" + "\u0336" * 20 + "i", "H\u0336\u0336\u0336i"),
        ("\u3164", ""),
        ("\u2800\u115f\uffa0\u200b", ""),
        ("\U000e0041\U000e007f", ""),
    ],
)
def test_what_is_written_is_shown_without_what_nobody_sees(written: str, shown: str) -> None:
    """Bidirectional controls, fillers, tags and piles of marks go; letters and pictures of any language stay."""
    assert clean_name(written) == shown


@given(st.text())
def test_what_is_shown_is_one_visible_line(written: str) -> None:
    """Cleaned again it is the same, and it is never longer than it may be."""
    shown = clean_text(written)
    assert clean_text(shown) == shown
    assert shown == unicodedata.normalize("NFC", shown)
    assert shown == " ".join(shown.split())
    assert all(sign.isprintable() or sign == "\u200d" for sign in shown)
    assert len(shown) <= CHAT_CHARS_MAX
    assert len(clean_name(written)) <= NAME_CHARS_MAX


@pytest.mark.parametrize("sign", ["x", "🎲", "é"])
def test_a_text_is_cut_at_its_limit(sign: str) -> None:
    """The limit counts code points."""
    assert clean_name(sign * NAME_CHARS_MAX) == sign * NAME_CHARS_MAX
    assert clean_name(sign * (NAME_CHARS_MAX + 1)) == sign * NAME_CHARS_MAX
    assert clean_text(sign * CHAT_CHARS_MAX) == sign * CHAT_CHARS_MAX
    assert clean_text(sign * (CHAT_CHARS_MAX + 1)) == sign * CHAT_CHARS_MAX


def test_marks_are_kept_up_to_their_limit() -> None:
    """The one that is composed with its letter does not count."""
    assert clean_text("q" + "\u0301" * MARKS_MAX) == "q" + "\u0301" * MARKS_MAX
    assert clean_text("q" + "\u0301" * (MARKS_MAX + 1)) == "q" + "\u0301" * MARKS_MAX
