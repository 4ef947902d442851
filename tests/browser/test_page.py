"""What holds for the page as a whole."""

import re

import pytest
from playwright.sync_api import Page, Response

from bots.client import Client
from tests.browser.matches import apart, begin, kept
from tests.browser.visitors import SIZES, Visitors, expect_no_axe_violations, screenshot
from tests.server import ServerProcess
from web.edge import page as built

FIRST_LOAD_BYTES_MAX = 60_000
"""Gzipped, without headers: on a phone with 1.6 Mbit/s it is there in a third of a second."""
ICONS_BYTES = sum((built.FOLDER / f"{icon}.svg.gz").stat().st_size for icon in ("icon", "icon-turn"))
"""Of the tab, and of the tab when it is one's turn: counted always, for a browser asks for them when it likes."""


def test_the_page_loads_and_asks_nobody_else(house: ServerProcess, visitors: Visitors) -> None:
    page = visitors.open(house.http)
    page.get_by_role("heading").first.wait_for()
    expect_no_axe_violations(page)
    screenshot(page, "home")


class Loaded:
    """The page's own files that a phone fetches until nothing more comes, and how many bytes of each."""

    def __init__(self, house: ServerProcess, visitors: Visitors, path: str, token: str | None = None) -> None:
        self._answers: list[Response] = []
        self.page: Page = visitors.blank(
            house.http,
            size="phone",
            storage_state=kept(house.http, token) if token else None,
            service_workers="block",
            forgiven=("Service Worker registration blocked",),
        )
        self.page.on("response", lambda answer: self._answers.append(answer))  # noqa: PLW0108 - Playwright marks what it is given
        self.page.goto(house.http + path)

    def is_small(self, seen: str) -> None:
        """Once that is seen, pictures of games and all."""
        self.page.locator(seen).first.wait_for()
        self.page.wait_for_load_state("networkidle")
        files = [answer for answer in self._answers if not re.search("/api/|/icon", answer.url)]
        sizes = {answer.url: answer.request.sizes()["responseBodySize"] for answer in files}
        total = sum(sizes.values()) + ICONS_BYTES
        assert 10_000 < total <= FIRST_LOAD_BYTES_MAX, (total, sizes)


def test_the_first_load_of_the_first_page_is_small(house: ServerProcess, visitors: Visitors) -> None:
    """And it does not scroll sideways."""
    loaded = Loaded(house, visitors, "/")
    loaded.is_small("svg .pt-piece")
    assert loaded.page.evaluate("document.documentElement.scrollWidth") == SIZES["phone"]["viewport"]["width"]


@pytest.mark.parametrize(
    ("game", "names"),
    [
        ("chess", ("Ann", "Bea")),
        ("backgammon", ("Ann", "Bea")),
        ("hearts", ("Ann", "Bea", "Cy", "Dee")),
        ("hex", ("Ann", "Bea")),
    ],
)
def test_the_first_load_of_a_match_by_its_link_is_small(
    game: str, names: tuple[str, ...], house: ServerProcess, visitors: Visitors
) -> None:
    """For a player and for who only looks on, whatever kind of board it is."""
    match = begin(house, game, names)
    for token in (match.tokens[0], None):
        Loaded(house, visitors, f"/match/{match.id}", token).is_small(".pt-table .pt-piece, .pt-place")


def test_the_first_load_of_a_lobby_by_its_link_is_small(house: ServerProcess, visitors: Visitors) -> None:
    async def lobby() -> str:
        async with Client(house.url, name="Ann") as ann:
            return await ann.create_lobby("chess", 2)

    Loaded(house, visitors, f"/lobby/{apart(lobby())}").is_small(".sit input")
