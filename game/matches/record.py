"""What is kept of a match: a header and the accepted commands, from which it is rebuilt bit for bit."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from game.matches.commands import Command
from game.matches.match import Header, Match, advance, begin
from game.matches.refusals import Refusal
from game.rules.game import Game

C = TypeVar("C", covariant=True)


@dataclass(frozen=True, slots=True)
class Entry(Generic[C]):
    """An accepted command: the version it made, when, and the id its sender gave it."""

    version: int
    at_ms: int
    request: str
    command: C


class RecordError(Exception):
    """A record that cannot be replayed: the sentence says why."""


def replay(header: Header, entries: Iterable[Entry[Command]], catalog: Mapping[str, Game]) -> Match:
    """The match as it stood after the last entry. Raises RecordError."""
    game = catalog.get(header.game)
    if game is None:
        raise RecordError(f"this server does not play {header.game}")
    if game.revision != header.revision:
        raise RecordError(f"{header.game} has rules of revision {game.revision}, the record {header.revision}")
    if len(header.seats) not in game.seats:
        raise RecordError(f"{header.game} is not played by {len(header.seats)}")
    try:
        first = begin(header, game)
    except (TypeError, ValueError) as error:
        raise RecordError(f"{header.game} cannot be set up: {error}") from error
    return play_back(first, entries, advance)


class Versioned(Protocol):
    """What a record is of: a match or a lobby."""

    @property
    def version(self) -> int: ...


S = TypeVar("S", bound=Versioned)


def play_back(first: S, entries: Iterable[Entry[C]], advance: Callable[[S, C, int], tuple[S, object]]) -> S:
    """What the entries make of `first`. Raises RecordError for a gap or a refused command."""
    subject = first
    for subject in played_back(first, entries, advance):  # noqa: B007  the last one counts
        pass
    return subject


def played_back(first: S, entries: Iterable[Entry[C]], advance: Callable[[S, C, int], tuple[S, object]]) -> Iterator[S]:
    """What each entry makes of the subject before it. Raises RecordError for a gap or a refused command."""
    subject = first
    for entry in entries:
        if entry.version != subject.version + 1:
            raise RecordError(f"version {entry.version} follows version {subject.version}")
        try:
            subject, _ = advance(subject, entry.command, entry.at_ms)
        except Refusal as refusal:
            raise RecordError(f"version {entry.version} is refused: {refusal.sentence}") from refusal
        yield subject
