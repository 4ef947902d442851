"""Each game of the catalogue is played in two browsers, by clicking on what the page offers and nothing else."""

import re
from collections.abc import Mapping
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from game.rules.catalog import OWN, load_catalog
from game.rules.game import Game
from tests.browser import clicker
from tests.browser.hand import Hand, waiting
from tests.browser.matches import kept
from tests.browser.visitors import Visitors, expect_no_axe_violations, screenshot
from tests.server import ServerProcess

SHORT: Mapping[str, Mapping[str, Any]] = {
    "go": {"size": 9},
    "hearts": {"points": 1},
    "liars_dice": {"dice": 2},
    "texas_holdem": {"hands": 3},
}
"""Options with which a match of random moves is over soon."""
PICKS_BY_HAND = 10
MOVES_MAX = {2: 15}
"""Of each player, by the number of seats: of two, one resigns then, for random moves may go on for hundreds."""


@pytest.mark.timeout(300)
@pytest.mark.parametrize("game", OWN, ids=lambda game: game.key)
def test_two_browsers_play_it_to_the_end(game: Game, house: ServerProcess, visitors: Visitors) -> None:
    options = SHORT.get(game.key, {})
    match, tokens = clicker.seated(house, game.key, game.seats[0], options, (None, None))
    address = f"{house.http}/match/{match}"
    desk = visitors.open(address, storage_state=kept(house.http, tokens[0]))
    phone = visitors.open(address, size="phone", scheme="dark", storage_state=kept(house.http, tokens[1]))
    for page in (desk, phone):
        page.locator(".pt-table").wait_for()
    expect_no_axe_violations(desk)
    by_hand(Hand(desk, 1), Hand(phone, 2, finger=True))
    for seed, page in enumerate((desk, phone), 1):
        clicker.begin(page, seed, MOVES_MAX.get(game.seats[0], 1000))
    over = clicker.wait_until_done(desk)
    for page in (desk, phone):
        clicker.stop(page)
    if not over:
        screenshot(desk, f"{game.key}-desktop-light")
        screenshot(phone, f"{game.key}-phone-dark")
        resign(phone)
    for page in (desk, phone):
        expect(page.locator(".result")).to_be_visible()
        expect(page.locator(".refusal")).to_be_empty()
    expect_no_axe_violations(phone)
    screenshot(desk, f"{game.key}-over-desktop-light")
    screenshot(phone, f"{game.key}-over-phone-dark")


def by_hand(*hands: Hand) -> None:
    """First picks by a real mouse and a real finger, which nothing may be in the way of."""
    for _ in range(PICKS_BY_HAND):
        if (hand := waiting(hands)) is None:
            return
        hand.pick()


def resign(page: Page) -> None:
    """Gives up, as one does who has had enough."""
    page.get_by_role("button", name="Resign").click()
    page.get_by_role("dialog").get_by_role("button", name="Resign").click()


@pytest.mark.timeout(300)
def test_a_move_is_made_in_every_other_game(house: ServerProcess, visitors: Visitors) -> None:
    """All seats are the player's own: the page shows the one that owes a move."""
    _, (token,) = clicker.seated(house, "tic_tac_toe", 2, {}, [None])
    page = visitors.open(house.http, storage_state=kept(house.http, token))
    for game in load_catalog().values():
        if game in OWN:
            continue
        match, _ = clicker.seated(house, game.key, game.seats[0], {}, [token])
        clicker.go(page, f"/match/{match}")
        expect(page).to_have_title(re.compile(re.escape(game.title)))
        page.locator(".pt-table").wait_for()
        clicker.begin(page, 1, 1)
        clicker.wait_until_done(page)
        clicker.stop(page)
        expect(page.locator(".refusal")).to_be_empty()
