"""Stones on the points of a go board, and which of them have liberties.

A set of points is a whole number with a bit for each. A row has one bit more than the board has points, which is never
set, so that a shift by one does not come out on the next row.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from game.rules.table import square

Points = int


class Stones(NamedTuple):
    """The stones of the one who is to move, and those of the other."""

    own: Points
    other: Points


class Board:
    """The points of a board of this size, by bit and by name."""

    def __init__(self, size: int) -> None:
        self.size: Final = size
        self.row: Final = size + 1
        bits = {square(file, rank): 1 << (rank * self.row + file) for rank in range(size) for file in range(size)}
        self.bits: Final = bits
        self.names: Final = {bit: name for name, bit in bits.items()}
        self.all: Final = sum(bits.values())

    def beside(self, points: Points) -> Points:
        """The points next to any of these, which may be some of them."""
        return (points << 1 | points >> 1 | points << self.row | points >> self.row) & self.all

    def grown(self, points: Points, within: Points) -> Points:
        """The points joined to these, without leaving `within`."""
        while (wider := (points | self.beside(points)) & within) != points:
            points = wider
        return points

    def groups(self, points: Points) -> Iterator[Points]:
        """The groups that they fall into."""
        while points:
            group = self.grown(points & -points, points)
            points ^= group
            yield group

    def captured(self, stones: Stones, point: Points) -> Points:
        """The other's stones that lose their last liberty when one's own is laid there."""
        empty = self.all & ~(stones.own | stones.other | point)
        near = self.grown(self.beside(point) & stones.other, stones.other)
        return sum(group for group in self.groups(near) if not self.beside(group) & empty)

    def suicide(self, stones: Stones, point: Points) -> bool:
        """Whether a stone that is laid there, taking nothing, has no liberty."""
        group = self.grown(point, stones.own | point)
        return not self.beside(group) & ~(stones.own | stones.other | point)

    def laid(self, stones: Stones, point: Points) -> Stones:
        """The stones when one's own is laid there."""
        return Stones(stones.own | point, stones.other & ~self.captured(stones, point))

    def layings(self, stones: Stones) -> Iterator[tuple[Points, Stones]]:
        """Each point where a stone may be laid without suicide, and the stones when it is."""
        own, other = stones
        empty = self.all & ~(own | other)
        takes: dict[Points, Points] = {}
        for group, liberty in self.in_atari(other, empty):
            takes[liberty] = takes.get(liberty, 0) | group
        short = sum(group for group, _ in self.in_atari(own, empty))
        breathing = self.beside(empty) | self.beside(own & ~short)
        for point in self.points(empty):
            if point in takes or point & breathing:
                yield point, Stones(own | point, other & ~takes.get(point, 0))

    def in_atari(self, stones: Points, empty: Points) -> Iterator[tuple[Points, Points]]:
        """The groups of these stones that have one liberty, with it."""
        sides = (empty << 1, empty >> 1, empty << self.row, empty >> self.row)
        some = more = 0
        for side in sides:
            more |= some & side
            some |= side
        safe = self.grown(stones & more, stones)  # a stone that has two liberties saves its group without counting
        for group in self.groups(stones & ~safe):
            liberties = self.beside(group) & empty
            if not liberties & (liberties - 1):
                yield group, liberties

    def points(self, points: Points) -> Iterator[Points]:
        """Each of them by itself, from a1 on by rows."""
        while points:
            yield (lowest := points & -points)
            points ^= lowest

    def area(self, stones: Points, others: Points) -> int:
        """How many points are taken by these stones, or are empty and touch them alone."""
        empty = self.all & ~(stones | others)
        own = (group for group in self.groups(empty) if self.beside(group) & stones and not self.beside(group) & others)
        return (stones | sum(own)).bit_count()


BOARDS = {size: Board(size) for size in (9, 13, 19)}
