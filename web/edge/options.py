"""A game's options: checked when a lobby opens, and described for the form that asks for them."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import to_json

from game.matches.refusals import Refusal
from game.rules.catalog import Catalog
from web.edge.texts import clean_text

OptionValues = Mapping[str, bool | int | str]


class OptionForms:
    """The options of every game, each checked by what its dataclass says."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._forms: dict[str, TypeAdapter[Any]] = {key: TypeAdapter(game.Options) for key, game in catalog.items()}
        self._schemas = {key: form.json_schema() for key, form in self._forms.items()}

    def checked(self, key: str, options: OptionValues) -> OptionValues:
        """All options of a game, defaults filled in and text fit to be shown. Raises Refusal that names the wrong one."""
        game = self._catalog[key]
        known = [field.name for field in fields(game.Options)]
        if unknown := sorted(set(options) - set(known)):
            has = f"Its options are {', '.join(known)}." if known else "It has none."
            raise Refusal("bad_options", f"{game.title} has no option {unknown[0]!r:.40}. {has}")
        fit = {name: clean_text(value) if isinstance(value, str) else value for name, value in options.items()}
        try:
            return asdict(self._forms[key].validate_json(to_json(fit), strict=True))
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            name = ".".join(str(part) for part in first["loc"])
            said = str(first["ctx"]["error"]) if first["type"] == "value_error" else f"{name}: {first['msg']}."
            raise Refusal("bad_options", said) from None

    def schema(self, key: str) -> dict[str, Any]:
        """The options of a game as JSON schema."""
        return self._schemas[key]
