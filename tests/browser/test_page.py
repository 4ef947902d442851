"""What holds for the page as a whole."""

from tests.browser.visitors import Visitors, expect_no_axe_violations, screenshot
from tests.server import ServerProcess


def test_the_page_loads_and_asks_nobody_else(house: ServerProcess, visitors: Visitors) -> None:
    page = visitors.open(house.http)
    page.get_by_role("heading").first.wait_for()
    expect_no_axe_violations(page)
    screenshot(page, "home")
