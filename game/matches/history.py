"""How a match looked to one audience at each of its versions."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from game.matches.commands import Command, PlayMove
from game.matches.match import Header, advance
from game.matches.record import Entry, first_match, played_back
from game.rules.game import Game


class Step(NamedTuple):
    """A match at one version: when it came about, by which move, and the scene.

    `move` is [seat, text]; None for another command, and where the audience may not know it.
    """

    at_ms: int
    move: tuple[int, str] | None
    scene: dict[str, object]


def history(
    header: Header, entries: Sequence[Entry[Command]], catalog: Mapping[str, Game], seat: int | None
) -> Iterator[Step]:
    """Every version from 0 on, as that seat, or a spectator (None), saw it. Raises RecordError.

    Moves are told when the match is over at the last entry, or when its game hides nothing.
    """
    first = first_match(header, catalog)
    matches = [first, *played_back(first, entries, advance)]
    all_told = matches[-1].outcome is not None or first.game.hides_nothing
    moves = (_move(entry.command) if all_told else None for entry in entries)
    times = (entry.at_ms for entry in entries)
    yield Step(header.created_ms, None, first.scene(seat))
    for at_ms, move, match in zip(times, moves, matches[1:], strict=True):
        yield Step(at_ms, move, match.scene(seat))


def _move(command: Command) -> tuple[int, str] | None:
    return (command.seat, command.move) if isinstance(command, PlayMove) else None
