"""Which bots there are, by name."""

from collections.abc import Mapping
from importlib import import_module
from random import Random
from typing import Final

from bots.bot import CannotPlay, Maker, Place
from bots.minimax_bot import MinimaxBot
from bots.random_bot import RandomBot
from game.rules.catalog import load_catalog

ROSTER: Final[Mapping[str, Maker]] = {"random": RandomBot, "minimax": MinimaxBot}


def maker(name: str) -> Maker:
    """The bot of that name here, or what `module:name` says elsewhere. Raises ValueError."""
    module, colon, made = name.partition(":")
    if not colon:
        if name not in ROSTER:
            raise ValueError(f"there is no bot {name!r}; there are {', '.join(ROSTER)}, or name one as module:Class")
        return ROSTER[name]
    try:
        make: Maker = getattr(import_module(module), made)
    except (ImportError, AttributeError) as error:
        raise ValueError(f"{name} cannot be had: {error}") from error
    return make


def called(name: str) -> str:
    """What others see of a bot that was named so: for `my_bot:Careful` it is Careful."""
    return name.rpartition(":")[2]


def objection(make: Maker, game: str, seats: int) -> str | None:
    """Why the bot does not play that game with its usual options; None when it does."""
    try:
        make(Place(game, {}, seats, 0, Random(0)))
    except CannotPlay as reason:
        return str(reason)
    return None


def playable(make: Maker) -> list[str]:
    """The games of the catalogue that the bot plays, by some number of seats."""
    games = load_catalog().values()
    return [game.key for game in games if any(objection(make, game.key, seats) is None for seats in game.seats)]
