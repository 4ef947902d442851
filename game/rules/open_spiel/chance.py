"""Chance as OpenSpiel has it, probabilities in floating point, drawn by our dice in whole numbers.

A probability may differ in its last bit from one machine to another. A draw must not, so each is taken
for the simplest fraction that is near it.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import lcm

from game.rules.dice import Dice

DENOMINATOR_MAX = 2**20
"""Of the fraction that a probability is taken for: it is then right to about one in a billion."""
TOTAL_MAX = 2**63
"""Of all weights, so that they can be drawn from at once; beyond it, fractions are cut to 2**-40."""


def draw(outcomes: Sequence[tuple[int, float]], dice: Dice) -> int:
    """One of the actions, by their probabilities; always the same for the same dice."""
    outcomes = sorted(outcomes)
    shares = weights([probability for _, probability in outcomes])
    left = dice.below(sum(shares))
    for (action, _), share in zip(outcomes, shares):
        if left < share:
            return action
        left -= share
    raise AssertionError("the draw is beyond the sum of all weights")


def weights(probabilities: Sequence[float]) -> Sequence[int]:
    """Whole numbers in proportion to the probabilities, as small as they can be."""
    if min(probabilities) == max(probabilities):
        return [1] * len(probabilities)
    fractions = [Fraction(probability).limit_denominator(DENOMINATOR_MAX) for probability in probabilities]
    unit = lcm(*(fraction.denominator for fraction in fractions))
    shares = [int(fraction * unit) for fraction in fractions]
    return shares if sum(shares) < TOTAL_MAX else [int(fraction * 2**40) for fraction in fractions]
