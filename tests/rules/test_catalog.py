"""Games are found by key, also those of installed packages; what is no game is said to be none."""

from importlib.metadata import EntryPoint

import pytest

from game.rules.catalog import ENTRY_POINTS, OPEN_SPIEL, OWN, CatalogError, load_catalog
from tests.rules import auction


def point(value: str) -> EntryPoint:
    return EntryPoint("added", value, ENTRY_POINTS)


def test_our_own_games_are_there_by_their_keys() -> None:
    catalog = load_catalog([])
    assert list(catalog)[:2] == ["tic_tac_toe", "connect_four"]
    assert tuple(catalog.values()) == (*OWN, *OPEN_SPIEL)
    assert all(key == game.key for key, game in catalog.items())


def test_an_installed_game_is_added() -> None:
    assert load_catalog([point("tests.rules.auction")])["auction"] is auction


def test_two_games_of_one_key_are_one_too_many() -> None:
    with pytest.raises(CatalogError, match="calls itself 'tic_tac_toe', and so does a game that is here already"):
        load_catalog([point("game.rules.tic_tac_toe")])


def test_a_package_that_does_not_load_is_named() -> None:
    with pytest.raises(CatalogError, match="tests.rules.nowhere .entry point 'added'. could not be loaded"):
        load_catalog([point("tests.rules.nowhere")])


def test_what_lacks_a_question_is_no_game() -> None:
    with pytest.raises(CatalogError, match="game.rules.table is not a game: it has no Options, hides_nothing"):
        load_catalog([point("game.rules.table")])
