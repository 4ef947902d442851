"""Which of OpenSpiel's games are served follows from a rule, and the list of them is kept."""

import pyspiel

from game.rules.catalog import OPEN_SPIEL, OWN, load_catalog
from game.rules.open_spiel.parameters import FIXED, LIMITS, SEATS
from game.rules.open_spiel.selection import PLAYED_BETTER, UNFIT, selected
from game.rules.open_spiel.state import registered
from tests.rules.open_spiel import selection


def test_the_list_of_what_is_in_and_out_is_up_to_date() -> None:
    assert selection.LIST.read_text(encoding="utf-8") == selection.text(), (
        "if this is meant: python -m tests.rules.open_spiel.selection --write"
    )


def test_a_game_is_left_out_only_where_the_catalogue_has_what_takes_its_place() -> None:
    assert "tic_tac_toe" in {kind.short_name for kind in selected(())}
    assert "tic_tac_toe" not in {kind.short_name for kind in selected({"tic_tac_toe"})}
    assert "dark_hex_ir" not in {kind.short_name for kind in selected(())}


def test_the_catalogue_has_them_by_keys_of_their_own() -> None:
    catalog = load_catalog([])
    assert len(OPEN_SPIEL) > 70
    assert all(catalog[game.key] is game and game.key.startswith("open_spiel/") for game in OPEN_SPIEL)
    assert not {f"open_spiel/{name}" for name, key in PLAYED_BETTER.items() if key in {game.key for game in OWN}} & set(
        catalog
    )


def test_every_name_and_parameter_that_is_written_down_is_one_of_openspiel_s() -> None:
    known = {kind.short_name: kind.parameter_specification for kind in registered()}
    assert {*PLAYED_BETTER, *UNFIT, *LIMITS, *FIXED, *SEATS} <= set(known)
    for game, parameters in (*LIMITS.items(), *FIXED.items()):
        assert set(parameters) <= set(known[game])


def test_what_openspiel_says_of_a_game_holds_for_the_one_that_is_loaded() -> None:
    """Titles, seats and secrecy are taken from the description, so that no game is loaded before it is played."""
    for kind in selected(()):
        loaded = pyspiel.load_game(kind.short_name).get_type()
        assert (loaded.dynamics, loaded.information) == (kind.dynamics, kind.information), kind.short_name
