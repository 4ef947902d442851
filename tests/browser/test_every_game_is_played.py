"""Each game of the catalogue is played in two browsers, by clicking on what the page offers and nothing else."""

from collections.abc import Sequence

import pytest
from playwright.sync_api import Page

from game.rules.catalog import OWN, load_catalog
from game.rules.game import Game
from tests.browser.clicker import seated
from tests.browser.every_game import MOVES_MAX, play, sit_down
from tests.browser.hand import Hand, waiting
from tests.browser.matches import kept
from tests.browser.visitors import Visitors, expect_no_axe_violations, screenshot
from tests.server import ServerProcess

PICKS_BY_HAND = 10
LONG = frozenset(
    (
        "chess",
        "open_spiel/banqi",
        "open_spiel/chinese_checkers",
        "open_spiel/crazyhouse",
        "open_spiel/cribbage",
        "open_spiel/hive",
        "open_spiel/kriegspiel",
        "open_spiel/maedn",
        "open_spiel/shogi",
        "open_spiel/xiangqi",
    )
)
"""Of which a match of random moves takes 150 to 1000, whatever the options: `python -m tests.browser.every_game` has them.

Here somebody resigns.
"""
LONG_MOVES = 15
"""Of each player, until then."""
OTHERS = [game for game in load_catalog().values() if game not in OWN]
SHARES = 8
"""Tests that the other games are spread over, so that several processes have something to do."""


def moves_max(game: Game) -> int:
    """How many moves of one player are waited for."""
    return LONG_MOVES if game.key in LONG else MOVES_MAX


@pytest.mark.timeout(300)
@pytest.mark.parametrize("game", OWN, ids=lambda game: game.key)
def test_two_browsers_play_it_to_the_end(game: Game, house: ServerProcess, visitors: Visitors) -> None:
    tokens, pages = two_players(house, visitors)
    desk, phone = pages
    sit_down(house, game, tokens, pages)
    expect_no_axe_violations(desk)
    by_hand(Hand(desk, 1), Hand(phone, 2, finger=True))
    screenshot(desk, f"{game.key}-desktop-light")
    screenshot(phone, f"{game.key}-phone-dark")
    assert play(pages, 1, moves_max(game)).ended or game.key in LONG
    expect_no_axe_violations(phone)
    screenshot(desk, f"{game.key}-over-desktop-light")
    screenshot(phone, f"{game.key}-over-phone-dark")


@pytest.mark.timeout(300)
@pytest.mark.parametrize("share", range(SHARES))
def test_two_browsers_play_the_other_games(share: int, house: ServerProcess, visitors: Visitors) -> None:
    """One after the other in the same two pages."""
    tokens, pages = two_players(house, visitors)
    for game in OTHERS[share::SHARES]:
        sit_down(house, game, tokens, pages)
        assert play(pages, 1, moves_max(game)).ended or game.key in LONG, game.key


def two_players(house: ServerProcess, visitors: Visitors) -> tuple[Sequence[str], Sequence[Page]]:
    """Their tokens, and their pages: one has a desk, one a phone."""
    _, tokens = seated(house, "tic_tac_toe", 2, {}, (None, None))
    desk, phone = (kept(house.http, token) for token in tokens)
    pages = (
        visitors.open(house.http, storage_state=desk),
        visitors.open(house.http, size="phone", scheme="dark", storage_state=phone),
    )
    return tokens, pages


def by_hand(*hands: Hand) -> None:
    """First picks by a real mouse and a real finger, which nothing may be in the way of."""
    for _ in range(PICKS_BY_HAND):
        if (hand := waiting(hands)) is None:
            return
        hand.pick()
