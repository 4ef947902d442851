"""A match that is over, in one of the formats of its game."""

from collections.abc import Iterable

from game.matches.commands import Command
from game.matches.events import MovePlayed
from game.matches.match import Header, advance, begin
from game.matches.record import Entry, RecordError
from game.rules.exports import Export, Played
from game.rules.game import Game


def exported(header: Header, entries: Iterable[Entry[Command]], game: Game, export: Export, date: str) -> str:
    """The match as text. `date` is the day on which it began. Raises RecordError for a match that is not over."""
    return export.write(played(header, entries, game, date))


def played(header: Header, entries: Iterable[Entry[Command]], game: Game, date: str) -> Played:
    """What a match was, for those who write it down; moves of chance for a seat that resigned are moves like others."""
    match, moves = begin(header, game), []
    for entry in entries:
        match, events = advance(match, entry.command, entry.at_ms)
        moves += [(event.seat, event.move) for event in events if isinstance(event, MovePlayed)]
    if match.outcome is None:
        raise RecordError("the match is not over")
    players = tuple(player.name for player in header.seats)
    return Played(game.Options(**header.options), players, tuple(moves), match.outcome, date)
