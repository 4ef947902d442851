"""The playthroughs that are kept: `python -m tests.rules.playthrough --write` writes them anew."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from game.rules import (
    go,
    hearts,
    hex,
    liars_dice,
    texas_holdem,
    yacht,
)
from game.rules.catalog import OPEN_SPIEL, OWN
from game.rules.contract.playthrough import playthrough
from game.rules.game import Game

FOLDER = Path(__file__).parents[1] / "playthroughs"
SEED = bytes(range(32))
CHOSEN: Mapping[str, tuple[Any, int]] = {
    go.key: (go.Options(size=9), 2),
    hex.key: (hex.Options(size=5), 2),
    liars_dice.key: (liars_dice.Options(dice=2), 3),
    hearts.key: (hearts.Options(points=1), 4),
    texas_holdem.key: (texas_holdem.Options(hands=3), 3),
    yacht.key: (yacht.Options(), 2),
}
"""Options and number of seats, where the defaults and the fewest would say too much or too little."""

SHOWN = ("open_spiel/clobber", "open_spiel/goofspiel", "open_spiel/kuhn_poker")
"""Of OpenSpiel's games: a board, choices all at once, and hidden cards."""
GAMES: tuple[Game, ...] = (*OWN, *(game for game in OPEN_SPIEL if game.key in SHOWN))


def path(game: Game) -> Path:
    """Where a game's playthrough is kept."""
    return FOLDER / f"{game.key}.txt"


def text(game: Game) -> str:
    """A game's playthrough as it is by the rules of today."""
    options, seats = CHOSEN.get(game.key, (game.Options(), game.seats[0]))
    return playthrough(game, options, seats, SEED)


def write() -> None:
    """Writes the playthrough of each of our games, and removes those of games that are gone."""
    for old in set(FOLDER.rglob("*.txt")) - {path(game) for game in GAMES}:
        old.unlink()
    for game in GAMES:
        path(game).parent.mkdir(parents=True, exist_ok=True)
        path(game).write_text(text(game), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    if sys.argv[1:] != ["--write"]:
        sys.exit("usage: python -m tests.rules.playthrough --write")
    write()
