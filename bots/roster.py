"""Which bots there are, by name."""

from asyncio import Future, get_running_loop
from collections.abc import Mapping
from contextlib import suppress
from importlib import import_module
from random import Random
from threading import Thread
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


def named(text: str) -> tuple[str, Maker]:
    """The name and the maker of a bot: `Rosie=random`, or `random`, which goes by its own name. Raises ValueError."""
    name, _, bot = text.rpartition("=")
    return name.strip() or called(bot), maker(bot)


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


async def offered(make: Maker) -> list[str]:
    """The same, while the loop goes on: for a bot that tries out every game it takes seconds.

    In a thread that dies with the program: nobody waits for it who stops the bots.
    """
    loop = get_running_loop()
    found: Future[list[str]] = loop.create_future()

    def tell(games: list[str], error: Exception | None) -> None:
        if found.done():
            return
        if error is None:
            found.set_result(games)
        else:
            found.set_exception(error)

    def find() -> None:
        games: list[str] = []
        error: Exception | None = None
        try:
            games = playable(make)
        except Exception as raised:  # noqa: BLE001 - whatever a bot of one's own raises is for the one who waits
            error = raised
        with suppress(RuntimeError):  # the loop is closed: nobody waits any more
            loop.call_soon_threadsafe(tell, games, error)

    Thread(target=find, daemon=True).start()
    return await found
