"""What a server has promised: each move that it acknowledged, and the commitment to the seed of each match.

The law: a promise holds over every restart. Moves are compared as a whole, with their version and seat: one
that stands elsewhere in the record is lost where it was said to be, and doubled where it is.
"""

from collections import Counter, defaultdict
from typing import NamedTuple

from bots.client import Client
from bots.record import Record
from bots.watched import Watched
from protocol.messages import Form


class Kept(NamedTuple):
    """A move where it stands in a record, or was said to."""

    match: str
    version: int
    seat: int
    move: str

    def __str__(self) -> str:
        return f"match {self.match}, version {self.version}: {self.move} of seat {self.seat}"


class Ledger:
    """The promises. `broken` are sentences about commitments that changed."""

    def __init__(self) -> None:
        self.moves: defaultdict[str, list[Kept]] = defaultdict(list)
        """The acknowledged moves, by match."""
        self.broken: list[str] = []
        self._commitments: dict[str, str] = {}

    @property
    def count(self) -> int:
        """How many moves were acknowledged."""
        return sum(map(len, self.moves.values()))

    def acknowledged(self, kept: Kept) -> None:
        """The server said that it keeps the move."""
        self.moves[kept.match].append(kept)

    def committed(self, match: str, commitment: str) -> None:
        """The server said what commits it to the seed; what it said first must stay true."""
        first = self._commitments.setdefault(match, commitment)
        if commitment != first:
            self.broken.append(f"match {match}: the commitment to the seed was {first}, and now is {commitment}")

    def lost(self, match: str, record: Record) -> list[Kept]:
        """The acknowledged moves that are not in the record where they were said to be."""
        return list((Counter(self.moves[match]) - Counter(_moves(match, record))).elements())

    def doubled(self, match: str, record: Record) -> list[Kept]:
        """The moves that the record has and nobody was told of, though every request got its answer."""
        return list((Counter(_moves(match, record)) - Counter(self.moves[match])).elements())


class Witness(Client):
    """A client that enters in a ledger what it is promised."""

    def __init__(self, url: str, name: str, ledger: Ledger) -> None:
        super().__init__(url, name=name)
        self._ledger = ledger

    async def play(self, match: str, seat: int, move: str, version: int | None = None) -> int:
        made = await super().play(match, seat, move, version)
        self._ledger.acknowledged(Kept(match, made, seat, move))
        return made

    async def watch(
        self, topic: str, seat: int | None = None, *, form: Form | None = None, moves: bool = False
    ) -> Watched:
        watched = await super().watch(topic, seat, form=form, moves=moves)
        kind, _, match = topic.partition("/")
        if kind == "match":
            self._ledger.committed(match, watched.about["commitment"])
        return watched


def _moves(match: str, record: Record) -> list[Kept]:
    return [
        Kept(match, entry.version, entry.command.seat, entry.command.move)
        for entry in record.entries
        if entry.command.name == "PlayMove"
    ]
