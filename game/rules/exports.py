"""A match that is over, written as other programs read it: PGN, SGF and the like.

A game may have `exports`: its formats by name. What writes one is pure, and knows no match: it gets what was played.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from game.rules.game import Game, Outcome


@dataclass(frozen=True, slots=True)
class Played:
    """What a match was: its options, the players' names by seat, every move with its seat, and how it ended.

    `date` is the day on which it began, in UTC, as `2026-11-25`.
    """

    options: Any
    players: tuple[str, ...]
    moves: tuple[tuple[int, str], ...]
    outcome: Outcome
    date: str


@dataclass(frozen=True, slots=True)
class Export:
    """A format: its media type, and what writes a match in it."""

    media_type: str
    write: Callable[[Played], str]


def exports_of(game: Game) -> Mapping[str, Export]:
    """The formats of a game by name, which is the ending of a file's name too; most games have none."""
    return cast("Mapping[str, Export]", getattr(game, "exports", {}))
