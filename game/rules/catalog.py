"""Which games this server plays: its own, OpenSpiel's, and those that installed packages add.

A package adds one by an entry point: in its pyproject.toml

    [project.entry-points."parlour.games"]
    nim = "nim_game"

where `nim_game` is a module (or `module:object`) with the names of `Game`.
"""

from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import EntryPoint, entry_points

from game.rules import (
    backgammon,
    battleship,
    checkers,
    chess,
    connect_four,
    go,
    hearts,
    hex,
    liars_dice,
    nine_mens_morris,
    reversi,
    rock_paper_scissors,
    texas_holdem,
    tic_tac_toe,
    yacht,
)
from game.rules.game import Game
from game.rules.open_spiel import game as open_spiel

ENTRY_POINTS = "parlour.games"

OWN: tuple[Game, ...] = (
    tic_tac_toe,
    connect_four,
    chess,
    go,
    reversi,
    checkers,
    hex,
    nine_mens_morris,
    rock_paper_scissors,
    liars_dice,
    backgammon,
    battleship,
    yacht,
    hearts,
    texas_holdem,
)

OPEN_SPIEL: tuple[Game, ...] = tuple(open_spiel.games({game.key for game in OWN}))

Catalog = Mapping[str, Game]


class CatalogError(Exception):
    """An installed game cannot be taken; the sentence names it and what is wrong."""


def load_catalog(installed: Iterable[EntryPoint] | None = None) -> Catalog:
    """Every game by its key: ours first, then OpenSpiel's, then the installed ones. Raises CatalogError."""
    games, errors = sound_games(installed)
    if errors:
        raise errors[0]
    return games


def sound_games(installed: Iterable[EntryPoint] | None = None) -> tuple[Catalog, Sequence[CatalogError]]:
    """The games that can be taken, and what is wrong with the others."""
    games, errors = {game.key: game for game in (*OWN, *OPEN_SPIEL)}, []
    for point in entry_points(group=ENTRY_POINTS) if installed is None else installed:
        try:
            game = _load(point)
            if game.key in games:
                raise CatalogError(f"{point.value} calls itself {game.key!r}, and so does a game that is here already")
            games[game.key] = game
        except CatalogError as error:
            errors.append(error)
    return games, errors


def _load(point: EntryPoint) -> Game:
    try:
        game: Game = point.load()
    except Exception as error:
        package = f" of the package {point.dist.name}" if point.dist else ""
        sentence = f"{point.value} (entry point {point.name!r}{package}) could not be loaded: {error!r}"
        if point.dist and isinstance(error, ModuleNotFoundError) and error.name == point.module:
            sentence += (
                f". Is it in the py-modules of its pyproject.toml? Mend that and install {point.dist.name} again, "
                f"or leave it out: python -m pip uninstall {point.dist.name}"
            )
        raise CatalogError(sentence) from error
    if missing := missing_from(game):
        raise CatalogError(f"{point.value} is not a game: it has no {', '.join(missing)}")
    return game


def missing_from(game: object) -> Sequence[str]:
    """The names of `Game` that it lacks; none for a game."""
    return sorted(name for name in vars(Game) if not name.startswith("_") and not hasattr(game, name))
