"""Probabilities in floating point become the same whole numbers on every machine, and are drawn fairly."""

from collections import Counter
from math import nextafter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.rules.dice import Dice
from game.rules.open_spiel.chance import draw, weights


@pytest.mark.parametrize(
    ("probabilities", "shares"),
    [
        ([1.0], [1]),
        ([1 / 52] * 52, [1] * 52),
        ([1 / 36, 1 / 18, 33 / 36], [1, 2, 33]),
        ([0.1, 0.9], [1, 9]),
        ([1 / 3, 2 / 3, 0.0], [1, 2, 0]),
    ],
)
def test_probabilities_are_taken_for_simple_fractions(probabilities: list[float], shares: list[int]) -> None:
    assert weights(probabilities) == shares


@given(st.lists(st.integers(1, 1000), min_size=1, max_size=30), st.data())
def test_the_last_bit_of_a_probability_makes_no_difference(counts: list[int], data: st.DataObject) -> None:
    exact = [count / sum(counts) for count in counts]
    towards = data.draw(st.lists(st.sampled_from([0.0, 1.0]), min_size=len(exact), max_size=len(exact)))
    other = [nextafter(probability, end) for probability, end in zip(exact, towards)]
    first = weights(exact)
    assert [share * sum(counts) for share in first] == [count * sum(first) for count in counts]
    assert [share * sum(weights(other)) for share in first] == [share * sum(first) for share in weights(other)]


def test_probabilities_that_are_no_simple_fractions_can_still_be_drawn_from() -> None:
    odd = [0.1234567891, 0.2345678912, 0.3456789123, 0.2962964074]
    shares = weights(odd)
    assert sum(shares) < 2**63
    assert [round(share / sum(shares), 6) for share in shares] == [round(probability, 6) for probability in odd]


def test_what_has_no_share_is_never_drawn_and_the_order_of_outcomes_does_not_matter() -> None:
    outcomes = [(7, 0.25), (3, 0.75), (5, 0.0)]
    drawn = [draw(outcomes, Dice(bytes(32), version)) for version in range(2000)]
    assert drawn == [draw(outcomes[::-1], Dice(bytes(32), version)) for version in range(2000)]
    counts = Counter(drawn)
    assert set(counts) == {3, 7}
    assert 1400 < counts[3] < 1600
