"""Moves that are too many to list are drawn, and known again."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from game.rules.moves import Moves, Number, Subset, listed, sample

verbs = st.text("abcdef", min_size=1, max_size=5)
words = st.text("abcXYZ019", min_size=1, max_size=3)


@st.composite
def numbers(draw: st.DrawFn) -> Number:
    low = draw(st.integers(0, 10**6))
    return Number(draw(verbs), low, low + draw(st.integers(0, 10**6)), draw(st.integers(1, 1000)))


@st.composite
def subsets(draw: st.DrawFn) -> Subset:
    of = tuple(draw(st.lists(words, unique=True, max_size=8)))
    least = draw(st.integers(0, len(of)))
    return Subset(draw(verbs), of, least, draw(st.integers(least, len(of))))


some_moves = st.lists(words | numbers() | subsets(), min_size=1, max_size=5)


@given(some_moves, st.randoms(use_true_random=False))
def test_what_is_sampled_is_listed(moves: Moves, chance: Random) -> None:
    text = sample(moves, chance.randrange)
    assert listed(moves, text)
    assert not listed(moves, f"{text} ")
    assert not listed(moves, f" {text}")


@given(numbers(), st.integers(-10, 2 * 10**6 + 10))
def test_a_number_stands_for_its_steps_and_nothing_else(form: Number, number: int) -> None:
    inside = number in range(form.low, form.high + 1, form.step)
    assert listed([form], f"{form.verb} {number}") == inside
    assert not listed([form], f"{form.verb} 0{number}")
    assert not listed([form], f"{form.verb} +{number}")


def test_both_ends_of_a_number_can_be_drawn() -> None:
    form = Number("raise", 20, 45, 10)
    assert sample([form], lambda n: 0) == "raise 20"
    assert sample([form], lambda n: n - 1) == "raise 40"
    assert not listed([form], "raise 45")


def test_a_number_may_be_as_long_as_it_likes_and_is_not_listed() -> None:
    form = Number("raise", 0, 10)
    assert not listed([form], "raise " + "9" * 5000)
    assert not listed([form], "raise ٣")
    assert not listed([form], "raise")


def test_a_subset_is_written_in_its_own_order_each_word_once() -> None:
    form = Subset("pass", ("2C", "QS", "AH"), 1, 2)
    assert listed([form], "pass 2C AH")
    for text in ("pass AH 2C", "pass 2C 2C", "pass 2C QS AH", "pass", "pass ", "pass KD", "pass  2C", "passes 2C"):
        assert not listed([form], text)


def test_a_subset_of_none_is_the_verb_alone() -> None:
    form = Subset("pass", ("2C",), 0, 1)
    assert listed([form], "pass")
    assert not listed([form], "pass ")


def test_every_subset_can_be_drawn() -> None:
    form = Subset("take", ("a", "b", "c"), 0, 3)
    drawn = set()
    for first in range(4):
        for rest in range(6):
            answers = iter([0, first, *(rest // 2 % 3, rest % 2, 0)])
            drawn.add(sample([form], lambda n, answers=answers: next(answers) % n))  # type: ignore[misc]
    assert drawn == {"take", *(f"take {x}" for x in ("a", "b", "c", "a b", "a c", "b c", "a b c"))}
