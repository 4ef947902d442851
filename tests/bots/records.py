"""Records of matches that were really played, for tests of what reads them."""

import json
from random import Random
from typing import Any

from game.matches.commands import Command, PlayMove, Resign
from game.matches.match import Header, Match, Player, advance, begin
from game.matches.publication import publication
from game.matches.record import Entry
from game.rules.catalog import load_catalog
from game.rules.moves import sample


def published(game: str, seats: int, seed: int, resigns: tuple[int, int] | None = None) -> dict[str, Any]:
    """A match by chance, as JSON says it; `resigns` is a seat and the version at which it gives up."""
    random = Random(seed)
    players = tuple(Player(f"p{seat}", f"Player {seat}") for seat in range(seats))
    header = Header("m1", game, load_catalog()[game].revision, {}, players, random.randbytes(32), 1000)
    match = begin(header, load_catalog()[game])
    entries: list[Entry[Command]] = []
    while match.outcome is None:
        command = _next(match, random, resigns)
        match, _ = advance(match, command, 2000 + match.version)
        entries.append(Entry(match.version, 1999 + match.version, f"r{match.version}", command))
    told: dict[str, Any] = json.loads(json.dumps(publication(header, entries, match.game)))
    return told


def _next(match: Match, random: Random, resigns: tuple[int, int] | None) -> Command:
    if resigns and resigns[1] == match.version + 1:
        return Resign(resigns[0])
    seat = random.choice(match.turn)
    return PlayMove(seat, sample(match.legal_moves(seat), random.randrange))
