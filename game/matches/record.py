"""What is kept of a match: a header and the accepted commands, from which it is rebuilt bit for bit."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

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
    match = begin(header, game)
    for entry in entries:
        if entry.version != match.version + 1:
            raise RecordError(f"version {entry.version} follows version {match.version}")
        try:
            match, _ = advance(match, entry.command, entry.at_ms)
        except Refusal as refusal:
            raise RecordError(f"version {entry.version} is refused: {refusal.sentence}") from refusal
    return match
