"""What holds for the page as a whole."""

from playwright.sync_api import Response

from tests.browser.visitors import Visitors, expect_no_axe_violations, screenshot
from tests.server import ServerProcess

FIRST_LOAD_BYTES_MAX = 60_000
"""Gzipped, without headers: on a phone with 1.6 Mbit/s it is there in a third of a second."""


def test_the_page_loads_and_asks_nobody_else(house: ServerProcess, visitors: Visitors) -> None:
    page = visitors.open(house.http)
    page.get_by_role("heading").first.wait_for()
    expect_no_axe_violations(page)
    screenshot(page, "home")


def test_the_first_load_is_small(house: ServerProcess, visitors: Visitors) -> None:
    """All of the page's own files that are fetched until its first sight is whole, pictures of games and all."""
    page = visitors.blank(house.http, service_workers="block", forgiven=("Service Worker registration blocked",))
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 - Playwright marks what it is given
    page.goto(house.http)
    page.locator("svg .pt-piece").first.wait_for()
    page.wait_for_load_state("networkidle")
    files = [answer for answer in answers if "/api/" not in answer.url]
    sizes = {answer.url: answer.request.sizes()["responseBodySize"] for answer in files}
    assert 10_000 < sum(sizes.values()) <= FIRST_LOAD_BYTES_MAX, sizes
