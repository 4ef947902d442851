"""How each game looks before its first move, for pages that show what can be played."""

from typing import Any

from pydantic import BaseModel, Field

from game.rules.catalog import Catalog
from game.rules.dice import SEED_BYTES, Dice
from game.rules.table import plain, seated


class Picture(BaseModel):
    """A table and a scene, in the vocabulary of `game/rules/table.py`."""

    table: dict[str, Any] = Field(description="the zones that pieces lie in")
    scene: dict[str, Any] = Field(description="what lies there before the first move, as spectators see it")


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
        table, scene = seated(game.table(options), seats), game.scene(game.view(state, None))
        return Picture.model_validate({"table": plain(table), "scene": plain(scene)})
