"""Each game of the catalogue is played in two browsers, by clicking on what the page offers and nothing else."""

from collections.abc import Sequence

import pytest
from playwright.sync_api import Page

from game.rules.catalog import OWN, load_catalog
from game.rules.game import Game
from tests.browser.clicker import seated
from tests.browser.every_game import ELSEWHERE, MOVES_MAX, play, sit_down
from tests.browser.hand import Hand, waiting
from tests.browser.matches import kept
from tests.browser.visitors import Visitors, expect_no_axe_violations, screenshot
from tests.server import ServerProcess

PICKS_BY_HAND = 10
GIVEN_UP = dict.fromkeys(
    (
        "backgammon",
        "battleship",
        "checkers",
        "chess",
        "go",
        "nine_mens_morris",
        "open_spiel/antichess",
        "open_spiel/banqi",
        "open_spiel/chinese_checkers",
        "open_spiel/crazy_eights",
        "open_spiel/crazyhouse",
        "open_spiel/cribbage",
        "open_spiel/dark_chess",
        "open_spiel/gin_rummy",
        "open_spiel/go_fish",
        "open_spiel/hive",
        "open_spiel/kriegspiel",
        "open_spiel/maedn",
        "open_spiel/oware",
        "open_spiel/phantom_go",
        "open_spiel/quoridor",
        "open_spiel/rbc",
        "open_spiel/shogi",
        "open_spiel/xiangqi",
    ),
    15,
)
"""After how many moves somebody resigns, in games of which a match of random moves takes 50 to 1000 of them; for
`python -m tests.browser.every_game` has the patience to play all to the end."""
LEFT_OUT = "open_spiel/bridge"
"""As long, and not over when one of four resigns: it is left to that command."""
OTHERS = [game for game in load_catalog().values() if game not in OWN and game.key != LEFT_OUT]
SHARES = 4
"""Tests that the other games are spread over, so that several processes have something to do."""


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
    assert play(pages, 1, GIVEN_UP.get(game.key, MOVES_MAX)).ended or game.key in GIVEN_UP
    expect_no_axe_violations(phone)
    screenshot(desk, f"{game.key}-over-desktop-light")
    screenshot(phone, f"{game.key}-over-phone-dark")


@pytest.mark.timeout(300)
@pytest.mark.parametrize("share", range(SHARES))
def test_the_other_games_are_played_to_the_end(share: int, house: ServerProcess, visitors: Visitors) -> None:
    """All seats are the player's own: the page shows the one that owes a move."""
    _, tokens = seated(house, "tic_tac_toe", 2, {}, [None])
    page = visitors.open(house.http + ELSEWHERE, storage_state=kept(house.http, tokens[0]))
    for game in OTHERS[share::SHARES]:
        sit_down(house, game, tokens, [page])
        expect_no_axe_violations(page)
        assert play([page], 1, GIVEN_UP.get(game.key, MOVES_MAX)).ended or game.key in GIVEN_UP, game.key


def two_players(house: ServerProcess, visitors: Visitors) -> tuple[Sequence[str], Sequence[Page]]:
    """Their tokens, and their pages: one has a desk, one a phone."""
    _, tokens = seated(house, "tic_tac_toe", 2, {}, (None, None))
    desk, phone = (kept(house.http, token) for token in tokens)
    pages = (
        visitors.open(house.http + ELSEWHERE, storage_state=desk),
        visitors.open(house.http + ELSEWHERE, size="phone", scheme="dark", storage_state=phone),
    )
    return tokens, pages


def by_hand(*hands: Hand) -> None:
    """First picks by a real mouse and a real finger, which nothing may be in the way of."""
    for _ in range(PICKS_BY_HAND):
        if (hand := waiting(hands)) is None:
            return
        hand.pick()
