"""Chance that replays identically, from a secret seed.

Draw number `n` of the command that made version `v` is the first 8 bytes, big-endian, of
HMAC-SHA256(seed, v as 8 bytes big-endian + n as 4 bytes big-endian). So every draw of a match can be
checked by anyone who has the seed, which is committed to by its SHA-256 before the first draw.
"""

import hashlib
import hmac
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

SEED_BYTES = 32


def commitment(seed: bytes) -> str:
    """The SHA-256 of a seed in hexadecimal, which is published before the seed is."""
    return hashlib.sha256(seed).hexdigest()


class Dice:
    """The chance of one command: used up by that command and thrown away."""

    __slots__ = ("_seed", "_used", "_version", "draws")

    def __init__(self, seed: bytes, version: int) -> None:
        self._seed = seed
        self._version = version
        self._used = 0
        self.draws: list[tuple[int, int]] = []
        """Every draw so far as (n, what `below(n)` gave), for whoever checks them later."""

    def below(self, n: int) -> int:
        """A whole number from 0 to n-1, each equally likely (n at most 2**64).

        A word that falls into the incomplete last run of n is drawn again, so that none is favoured.
        """
        if n < 1:
            raise ValueError(f"nothing to draw from: below({n})")
        fair = 2**64 - 2**64 % n
        while (word := self._word()) >= fair:
            pass
        drawn = word % n
        self.draws.append((n, drawn))
        return drawn

    def roll(self, sides: int = 6) -> int:
        """One die: 1 to `sides`."""
        return self.below(sides) + 1

    def choose(self, items: Sequence[T]) -> T:
        """One of the items."""
        return items[self.below(len(items))]

    def shuffled(self, items: Sequence[T]) -> tuple[T, ...]:
        """The items in a random order (Fisher-Yates, from the end)."""
        deck = list(items)
        for last in range(len(deck) - 1, 0, -1):
            other = self.below(last + 1)
            deck[last], deck[other] = deck[other], deck[last]
        return tuple(deck)

    def _word(self) -> int:
        label = self._version.to_bytes(8, "big") + self._used.to_bytes(4, "big")
        self._used += 1
        return int.from_bytes(hmac.digest(self._seed, label, "sha256")[:8], "big")
