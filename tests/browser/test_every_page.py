"""What must hold on every page: nothing in anybody's way, all words from the catalogue, either direction of reading."""

import re

import pytest
from playwright.sync_api import Page

from tests.browser.tour import tour
from tests.browser.visitors import Scheme, Size, Visitors, expect_no_axe_violations, screenshot
from tests.server import ServerProcess

SAID = """() => {
  const others = '[translate=no], [lang]:not(html), .pt-table, code';
  const texts = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const within = node.parentElement;
    if (within.closest('script, noscript') || within.closest(others)) continue;
    texts.push(node.textContent);
  }
  for (const element of document.querySelectorAll('[aria-label], [title], [placeholder]')) {
    if (element.closest('.pt-table')) continue;
    for (const name of ['aria-label', 'title', 'placeholder']) texts.push(element.getAttribute(name) ?? '');
  }
  return [...texts, document.title];
}"""
"""All that the page says which is neither a person's nor the server's."""

BEYOND = """() => [...document.querySelectorAll('body *')]
  .filter((one) => !one.closest('.spoken, .frames, .filters, .move-list, .picture, .pt-table'))
  .filter((one) => { const { left, right } = one.getBoundingClientRect(); return left < -1 || right > innerWidth + 1; })
  .filter((one) => getComputedStyle(one).position !== 'absolute')
  .map((one) => `${one.tagName}.${one.className}`)"""
"""What stands out at the side, where nobody sees it without scrolling."""

SMALL = """() => [...document.querySelectorAll('button, .button, select, input:not([type=checkbox], [type=radio]), summary')]
  .filter((one) => one.checkVisibility() && !one.closest('.pt-table, .frames, .trees'))
  .filter((one) => one.getBoundingClientRect().height < 43.5)
  .map((one) => one.outerHTML.slice(0, 120))"""
"""What a finger would miss."""


@pytest.mark.parametrize(("size", "scheme"), [("desktop", "light"), ("phone", "dark")])
def test_axe_finds_nothing_and_all_is_in_sight_and_in_reach(
    house: ServerProcess, visitors: Visitors, size: Size, scheme: Scheme
) -> None:
    for name, page in tour(house, visitors, size=size, scheme=scheme):
        expect_no_axe_violations(page)
        assert page.evaluate(BEYOND) == [], name
        assert size != "phone" or page.evaluate(SMALL) == [], name
        screenshot(page, f"{name}-{size}-{scheme}")


def test_every_word_comes_from_the_catalogue(house: ServerProcess, visitors: Visitors) -> None:
    for name, page in tour(house, visitors, language="en-XA"):
        assert unaccented(page) == [], name


def unaccented(page: Page) -> list[str]:
    """Texts with letters in them that the pseudo-locale has not put into its brackets."""
    texts: list[str] = page.evaluate(SAID)
    return [text for text in texts if re.search(r"[^\W\d_]", text) and "⟦" not in text]


def test_reading_from_right_to_left_breaks_nothing(house: ServerProcess, visitors: Visitors) -> None:
    """On a phone, and with words that are a third longer than the English ones."""
    for name, page in tour(house, visitors, language="ar-XB", size="phone"):
        assert page.evaluate("document.documentElement.dir") == "rtl"
        assert page.evaluate(BEYOND) == [], name
        screenshot(page, f"{name}-phone-rtl")
