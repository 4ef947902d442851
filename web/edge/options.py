"""A game's options: checked when a lobby opens, and described for the form that asks for them."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import to_json

from game.matches.refusals import Refusal
from game.rules.game import Game

OptionValues = Mapping[str, bool | int | str]


def checked_options(game: Game, options: OptionValues) -> OptionValues:
    """All options of the game, defaults filled in. Raises Refusal that names the wrong one."""
    known = [field.name for field in fields(game.Options)]
    if unknown := sorted(set(options) - set(known)):
        has = f"Its options are {', '.join(known)}." if known else "It has none."
        raise Refusal("bad_options", f"{game.title} has no option {unknown[0]!r:.40}. {has}")
    try:
        return asdict(_adapter(game.Options).validate_json(to_json(options), strict=True))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        name = ".".join(str(part) for part in first["loc"])
        raise Refusal("bad_options", f"{name}: {first['msg']}." if name else f"{first['msg']}.") from None


def options_schema(game: Game) -> dict[str, Any]:
    """The options as JSON schema."""
    return _adapter(game.Options).json_schema()


@cache
def _adapter(options: type[Any]) -> TypeAdapter[Any]:
    """Made once for each game: it takes a hundred times as long as a check."""
    return TypeAdapter(options)
