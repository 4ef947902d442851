"""That the page's catalogues of words know what comes from elsewhere."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from game.rules.catalog import OWN
from game.rules.game import Game

GERMAN = Path(__file__).parents[2] / "web/client/src/words/de.ts"


@pytest.mark.parametrize("game", OWN, ids=lambda game: game.key)
def test_every_option_has_a_german_name(game: Game) -> None:
    (names,) = re.findall(r"^    names: \{\n(.*?)^    \},$", GERMAN.read_text(), re.MULTILINE | re.DOTALL)
    known = set(re.findall(r"^      (\w+): '.+',$", names, re.MULTILINE))
    assert {field.name for field in fields(game.Options)} <= known
