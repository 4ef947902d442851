"""Chance is fair, and anyone who has the seed can check it."""

import hashlib
import hmac
from collections import Counter
from collections.abc import Iterator
from itertools import count, permutations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from game.rules.dice import Dice, commitment

seeds = st.binary(min_size=32, max_size=32)


class Scripted(Dice):
    """Dice whose words are given."""

    __slots__ = ("_words",)

    def __init__(self, *words: int) -> None:
        super().__init__(b"", 0)
        self._words = iter(words)

    def _word(self) -> int:
        return next(self._words)


def words(seed: bytes, version: int) -> Iterator[int]:
    """The words of a version, by the description alone: 8 bytes of HMAC-SHA256(seed, version ‖ number)."""
    for number in count():
        label = version.to_bytes(8, "big") + number.to_bytes(4, "big")
        yield int.from_bytes(hmac.new(seed, label, hashlib.sha256).digest()[:8], "big")


def test_known_answers() -> None:
    """Computed by `openssl dgst -sha256 -mac HMAC`, cut to 16 digits."""
    dice = Dice(bytes(range(32)), 7)
    assert [f"{dice.below(2**64):016x}" for _ in range(3)] == [
        "7dbf906fceba2a37",
        "5b7521c7a7877c02",
        "54976bbc42307a9a",
    ]


@given(seeds, st.integers(0, 2**64 - 1), st.lists(st.integers(1, 2**64), min_size=1, max_size=8))
def test_draws_are_the_remainders_of_the_words(seed: bytes, version: int, sizes: list[int]) -> None:
    dice, source = Dice(seed, version), words(seed, version)
    for n in sizes:
        word = next(word for word in source if word < 2**64 // n * n)
        assert dice.below(n) == word % n
    assert [n for n, _ in dice.draws] == sizes


@given(st.integers(1, 2**64))
@example(2**64 - 1)
@example(6)
def test_the_last_word_that_counts_is_the_end_of_a_whole_run(n: int) -> None:
    """So that each of the n remainders belongs to equally many words: exactly uniform."""
    fair = 2**64 - 2**64 % n
    assert fair % n == 0
    assert Scripted(fair - 1).below(n) == n - 1
    rejected = [fair, 2**64 - 1] if fair < 2**64 else []
    assert Scripted(*rejected, n - 1).below(n) == n - 1


def test_the_frequencies_of_a_small_draw_are_even() -> None:
    dice = Dice(bytes(32), 0)
    seen = Counter(dice.below(6) for _ in range(6000))
    assert sum((times - 1000) ** 2 / 1000 for times in seen.values()) < 20.5  # chi-squared, 5 degrees: 99.9 %


@given(seeds, st.lists(st.integers(), max_size=30))
def test_a_shuffle_is_a_permutation(seed: bytes, items: list[int]) -> None:
    assert sorted(Dice(seed, 1).shuffled(items)) == sorted(items)


def test_every_order_comes_from_exactly_one_row_of_draws() -> None:
    """With 4 items the draws are below 4, 3 and 2: 24 rows, 24 orders."""
    orders = {Scripted(a, b, c).shuffled("wxyz") for a in range(4) for b in range(3) for c in range(2)}
    assert orders == set(permutations("wxyz"))


def test_a_roll_is_from_1_and_a_choice_is_an_item() -> None:
    assert Scripted(0).roll() == 1
    assert Scripted(5).roll() == 6
    assert Scripted(19).roll(20) == 20
    assert Scripted(1).choose("ab") == "b"


@pytest.mark.parametrize("n", [0, -1])
def test_nothing_cannot_be_drawn_from(n: int) -> None:
    with pytest.raises(ValueError, match="nothing to draw from"):
        Dice(bytes(32), 0).below(n)


@given(seeds, st.integers(0, 1000))
def test_versions_and_seeds_give_other_chance(seed: bytes, version: int) -> None:
    def first(seed: bytes, version: int) -> int:
        return Dice(seed, version).below(2**64)

    assert first(seed, version) == first(seed, version)
    assert first(seed, version) != first(seed, version + 1)
    assert first(seed, version) != first(bytes(255 - byte for byte in seed), version)


def test_the_commitment_is_the_sha256_of_the_seed() -> None:
    assert commitment(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
