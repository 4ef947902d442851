"""How a match looked to one audience at each of its versions."""

from collections.abc import Sequence
from typing import NamedTuple

from game.matches.commands import Command, PlayMove
from game.matches.match import Header, advance, begin
from game.matches.record import Entry, played_back
from game.rules.game import Game


class Step(NamedTuple):
    """A match at one version: when it came about, by which move, and the scene.

    `move` is [seat, text]; None for another command, and where the audience may not know it.
    """

    at_ms: int
    move: tuple[int, str] | None
    scene: dict[str, object]


def history(header: Header, entries: Sequence[Entry[Command]], game: Game, seat: int | None) -> list[Step]:
    """Every version from 0 on, as that seat, or a spectator (None), saw it. Raises RecordError.

    Moves are told when the match is over at the last entry, or when its game hides nothing.
    """
    first = begin(header, game)
    matches = list(played_back(first, entries, advance))
    all_told = game.hides_nothing or (bool(matches) and matches[-1].outcome is not None)
    return [
        Step(header.created_ms, None, first.scene(seat)),
        *(
            Step(entry.at_ms, _move(entry.command) if all_told else None, match.scene(seat))
            for entry, match in zip(entries, matches, strict=True)
        ),
    ]


def _move(command: Command) -> tuple[int, str] | None:
    return (command.seat, command.move) if isinstance(command, PlayMove) else None
