"""What everyone may have of a match that is over: its record, the seed, and every draw with it."""

from collections.abc import Iterable
from dataclasses import asdict

from game.matches.commands import Command
from game.matches.events import Event, MovePlayed
from game.matches.match import Header, advance_with, begin_with
from game.matches.record import Entry, RecordError
from game.rules.dice import Dice, commitment
from game.rules.game import Game

PUBLICATION_FORMAT = 1


def publication(header: Header, entries: Iterable[Entry[Command]], game: Game) -> dict[str, object]:
    """A finished match as plain data, from which anyone can play it again and check every draw.

    `draws` lists what each draw of a version was, as [n, drawn] with drawn from 0 to n-1; version 0 is
    the setup. Raises RecordError for a match that is not over, whose seed is still a secret.
    """
    dice = Dice(header.seed, 0)
    match = begin_with(header, game, dice)
    setup_draws = _plain(dice)
    played = []
    for entry in entries:
        dice = Dice(header.seed, entry.version)
        match, events = advance_with(match, entry.command, entry.at_ms, dice)
        happened = [{"event": type(event).__name__, **_fields(event)} for event in events]
        played.append(
            {
                "version": entry.version,
                "at_ms": entry.at_ms,
                "command": {"name": type(entry.command).__name__, **asdict(entry.command)},
                "events": happened,
                "draws": _plain(dice),
            }
        )
    if match.outcome is None:
        raise RecordError("the match is not over")
    return {
        "format": PUBLICATION_FORMAT,
        "id": header.id,
        "game": header.game,
        "revision": header.revision,
        "options": dict(header.options),
        "players": [{"name": player.name, "bot": player.bot} for player in header.seats],
        "created_ms": header.created_ms,
        "commitment": commitment(header.seed),
        "seed": header.seed.hex(),
        "outcome": asdict(match.outcome),
        "draws": setup_draws,
        "entries": played,
    }


def _fields(event: Event) -> dict[str, object]:
    return event._asdict() if isinstance(event, MovePlayed) else asdict(event)


def _plain(dice: Dice) -> list[list[int]]:
    return [[n, drawn] for n, drawn in dice.draws]
