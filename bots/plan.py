"""Which matches are to be played: how many of which game, by how many seats, and which bot sits where."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from bots.bot import Maker
from bots.roster import maker, objection
from game.rules.catalog import Catalog


@dataclass(frozen=True, slots=True)
class Planned:
    """A match to be played: the name of the bot of each seat. `chances` are their own, from the plan's seed."""

    number: int
    game: str
    bots: tuple[str, ...]
    chances: tuple[Random, ...]


class NothingToPlay(Exception):
    """No match can be played as asked; the sentence says why."""


def plan(catalog: Catalog, games: Sequence[str], bots: Sequence[str], matches: int, seed: str) -> list[Planned]:
    """So many matches, spread evenly over the games and their numbers of seats. Raises NothingToPlay."""
    makers = {name: maker(name) for name in bots}
    kinds = [
        (game, seats, able) for game in games for seats in catalog[game].seats if (able := _able(makers, game, seats))
    ]
    kinds = _in_turn(kinds)
    if not kinds:
        raise NothingToPlay("; ".join(reasons(catalog, games, bots)) or "there are no games")
    return [_planned(number, *kinds[number % len(kinds)], seed) for number in range(matches)]


def reasons(catalog: Catalog, games: Sequence[str], bots: Sequence[str]) -> list[str]:
    """What keeps these bots from these games, by any number of seats."""
    asked = ((maker(bot), game, seats) for game in games for seats in catalog[game].seats for bot in bots)
    return sorted({reason for make, game, seats in asked if (reason := objection(make, game, seats))})


def _planned(number: int, game: str, seats: int, able: list[str], seed: str) -> Planned:
    draw = Random(f"{seed}/{number}")
    chances = tuple(Random(f"{seed}/{number}/{seat}") for seat in range(seats))
    return Planned(number, game, tuple(draw.choice(able) for _ in range(seats)), chances)


def _in_turn(kinds: list[tuple[str, int, list[str]]]) -> list[tuple[str, int, list[str]]]:
    """All games with their fewest seats, then all that have more with the next: few matches see all games."""
    seen: dict[str, int] = {}
    rounds = []
    for kind in kinds:
        seen[kind[0]] = seen.get(kind[0], 0) + 1
        rounds.append((seen[kind[0]], kind))
    return [kind for _, kind in sorted(rounds, key=lambda pair: pair[0])]


def _able(makers: Mapping[str, Maker], game: str, seats: int) -> list[str]:
    return [name for name, make in makers.items() if objection(make, game, seats) is None]
