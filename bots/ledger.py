"""What a server has promised: each move that it acknowledged, and the commitment to the seed of each match.

The law: a promise holds over every restart. Moves are compared as a whole, with their version and seat, so
one that stands elsewhere in the record is lost where it was and doubled where it is.
"""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from bots.client import Client
from bots.record import Record
from bots.watched import Watched
from protocol.messages import Form


class Kept(NamedTuple):
    """A move where it stands in a record, or was said to."""

    version: int
    seat: int
    move: str


class Ledger:
    """The promises, by match. `broken` are sentences about commitments that changed."""

    def __init__(self) -> None:
        self.moves: dict[str, list[Kept]] = {}
        self.broken: list[str] = []
        self._commitments: dict[str, str] = {}

    @property
    def count(self) -> int:
        """How many moves were acknowledged."""
        return sum(map(len, self.moves.values()))

    def acknowledged(self, match: str, kept: Kept) -> None:
        """The server said that it keeps the move."""
        self.moves.setdefault(match, []).append(kept)

    def committed(self, match: str, commitment: str) -> None:
        """The server said which seed it is; what it said first must stay true."""
        first = self._commitments.setdefault(match, commitment)
        if commitment != first:
            self.broken.append(f"match {match}: the commitment to the seed was {first}, and is {commitment}")

    def newest(self, match: str) -> int:
        """The last version of the match that was acknowledged."""
        return max((kept.version for kept in self.moves.get(match, ())), default=0)

    def behind(self, match: str, version: int) -> list[str]:
        """The acknowledged moves that a match does not have which is at that version."""
        return _told(match, (kept for kept in self.moves.get(match, ()) if kept.version > version), "it is not there")

    def lost(self, match: str, record: Record) -> list[str]:
        """The acknowledged moves that are not in the record, where they were said to be."""
        missing = Counter(self.moves.get(match, ())) - Counter(_moves(record))
        return _told(match, missing.elements(), "the record does not have it there")

    def doubled(self, match: str, record: Record) -> list[str]:
        """The moves in the record that were not acknowledged there, though every request has its answer."""
        more = Counter(_moves(record)) - Counter(self.moves.get(match, ()))
        return _told(match, more.elements(), "the record has it and nobody was told so")


class Witness(Client):
    """A client that enters in a ledger what it is promised."""

    def __init__(self, url: str, name: str, ledger: Ledger) -> None:
        super().__init__(url, name=name)
        self._ledger = ledger

    async def play(self, match: str, seat: int, move: str) -> int:
        version = await super().play(match, seat, move)
        self._ledger.acknowledged(match, Kept(version, seat, move))
        return version

    async def watch(
        self, topic: str, seat: int | None = None, *, form: Form | None = None, moves: bool = False
    ) -> Watched:
        watched = await super().watch(topic, seat, form=form, moves=moves)
        kind, _, match = topic.partition("/")
        if kind == "match":
            self._ledger.committed(match, watched.about["commitment"])
        return watched


def _moves(record: Record) -> list[Kept]:
    return [
        Kept(entry.version, entry.command.seat, entry.command.move)
        for entry in record.entries
        if entry.command.name == "PlayMove"
    ]


def _told(match: str, moves: Iterable[Kept], what: str) -> list[str]:
    return [f"match {match}, version {version}: {move} of seat {seat}: {what}" for version, seat, move in sorted(moves)]
