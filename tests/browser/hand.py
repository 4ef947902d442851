"""Somebody who plays any game by a real mouse or a real finger: what lies over a place would swallow the press."""

from collections.abc import Sequence
from random import Random
from typing import Final

from playwright.sync_api import Locator, Page, TimeoutError, expect

from tests.browser.clicker import MAIN, OFFERED

PRESS_MS: Final = 10_000
"""What is offered can be pressed within this, or something is in the way."""
PLACES: Final = ".pt-table :is(.pt-place[data-open], .pt-whole, .pt-touch[data-open]):not([data-picked])"
"""Where something that is lifted can be let go of."""
ELSEWHERE: Final = ".pt-table .pt-lay:not(.pt-own)"
"""Where a card is dragged that is a whole move."""
PICKED: Final = ".pt-table [data-picked]"
RESULT: Final = ".result"


class Hand:
    """Picks at random from what the page offers, by mouse or by finger; with the mouse it also drags."""

    def __init__(self, page: Page, seed: int, *, finger: bool = False) -> None:
        self.page = page
        self._chance = Random(seed)
        self._finger = finger

    def pick(self) -> None:
        """Presses one of the things that are offered: mostly the button that completes a move, where there is one."""
        main = self.page.locator(MAIN)
        count = self.page.locator(OFFERED).count()
        if main.count() and self._chance.random() < 0.7:
            self._press(main.first)
        elif count:
            self._press(self.page.locator(OFFERED).nth(self._chance.randrange(count)))

    def _press(self, wanted: Locator) -> None:
        try:
            if self._finger:
                wanted.tap(timeout=PRESS_MS)
            elif self._chance.random() < 0.5 and wanted.get_attribute("data-lift", timeout=PRESS_MS):
                self._drag(wanted)
            else:
                wanted.click(timeout=PRESS_MS)
        except TimeoutError:
            if self.page.locator(OFFERED).count():
                raise
            # the move of another came first, and nothing is offered any more

    def _drag(self, wanted: Locator) -> None:
        """Lifts it, and lets go of it over a place that is then offered: that is picked, or the move is made."""
        played = self.page.locator(".move").count()
        wanted.hover(timeout=PRESS_MS)
        self.page.mouse.down()
        box = wanted.bounding_box()
        assert box is not None
        self.page.mouse.move(box["x"] + box["width"] / 2 + 12, box["y"] + box["height"] / 2 + 12)
        expect(self.page.locator(".pt-lifted")).to_be_visible()
        places = self.page.locator(PLACES if self.page.locator(PICKED).count() else ELSEWHERE)
        places.nth(self._chance.randrange(places.count())).hover(timeout=PRESS_MS)
        self.page.mouse.up()
        done = f"{PICKED}, .move-list li:nth-child({played + 1})"
        expect(self.page.locator(done).first).to_be_attached()


def waiting(hands: Sequence[Hand]) -> Hand | None:
    """The first of them who has something to pick, once one has; None when the match is over."""
    while True:
        for hand in hands:
            if hand.page.locator(OFFERED).count():
                return hand
        if hands[0].page.locator(RESULT).count():
            return None
        hands[0].page.wait_for_timeout(20)  # lets Playwright hear what the pages say
