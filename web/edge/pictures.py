"""How each game looks before its first move, for pages that show what can be played."""

from typing import Any

from pydantic import BaseModel, Field

from game.rules.catalog import Catalog
from game.rules.dice import SEED_BYTES, Dice
from game.rules.game import Game
from game.rules.moves import sample
from game.rules.table import Lay, Scene, plain, seated

PIECES_MIN = 2
ROUNDS_MAX = 3
"""Where no board shows which game it is and nothing lies yet, so many moves of each are made by chance."""


class Picture(BaseModel):
    """A table and a scene, in the vocabulary of `game/rules/table.py`."""

    table: dict[str, Any] = Field(description="the zones that pieces lie in")
    scene: dict[str, Any] = Field(description="what lies there at first, as spectators see it")


class Pictures:
    """Made when they are first asked for, and kept: one of each game."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._made: dict[str, Picture] = {}

    def of(self, key: str) -> Picture:
        """The picture of a game, with its usual options and the fewest seats. Raises KeyError."""
        if key not in self._made:
            self._made[key] = self._make(key)
        return self._made[key]

    def _make(self, key: str) -> Picture:
        game = self._catalog[key]
        options, seats = game.Options(), game.seats[0]
        state = game.setup(options, seats, Dice(bytes(SEED_BYTES), 0))
        table = game.table(options)
        if all(isinstance(zone, Lay) for zone in table.zones):
            state = _laid(game, state)
        return Picture.model_validate({"table": plain(seated(table, seats)), "scene": plain(_seen(game, state))})


def _seen(game: Game, state: Any) -> Scene:
    return game.scene(game.view(state, None))


def _laid(game: Game, state: Any) -> Any:
    """Without a board there is something to see once some pieces lie there."""
    for version in range(1, ROUNDS_MAX + 1):
        if len(_seen(game, state).pieces) >= PIECES_MIN:
            break
        state = _round(game, state, version)
    return state


def _round(game: Game, state: Any, version: int) -> Any:
    """A move of each seat that owes one now; the same each time."""
    dice = Dice(bytes(SEED_BYTES), version)
    for seat in game.to_move(state):
        if moves := game.legal_moves(state, seat):
            state = game.play(state, seat, sample(moves, dice.below), dice)
    return state
