"""People with browsers of their own, watched over: nothing may go wrong behind the page, and nobody else be asked."""

import os
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request

SCREENSHOTS = Path(__file__).with_name("screenshots")
PATIENCE_MS = 30_000
"""A busy machine is slow; what does not come in this time will not come."""

Size: TypeAlias = Literal["phone", "desktop"]
Scheme: TypeAlias = Literal["light", "dark"]
NewContext: TypeAlias = Callable[..., BrowserContext]

SIZES: Final[dict[Size, dict[str, Any]]] = {
    "phone": {
        "viewport": {"width": 390, "height": 844},
        "has_touch": True,
        "is_mobile": True,
        "device_scale_factor": 2,
    },
    "desktop": {"viewport": {"width": 1280, "height": 800}},
}
LOST_NETWORK: Final = ("WebSocket connection to", "Failed to load resource: net::", "ERR_")
"""What Chromium itself writes when a network is lost that a test has cut."""


class Visitors:
    """Opens pages, each in a browser of its own, and remembers what went wrong in them."""

    def __init__(self, new_context: NewContext) -> None:
        self._new_context = new_context
        self.trouble: list[str] = []

    def open(
        self,
        url: str,
        *,
        size: Size = "desktop",
        scheme: Scheme = "light",
        forgiven: Sequence[str] = (),
        **context: Any,
    ) -> Page:
        """Somebody new, at that address. `forgiven`: patterns of console errors that the test brings about."""
        page = self.blank(url, size=size, scheme=scheme, forgiven=forgiven, **context)
        page.goto(url)
        return page

    def blank(
        self,
        url: str,
        *,
        size: Size = "desktop",
        scheme: Scheme = "light",
        forgiven: Sequence[str] = (),
        **context: Any,
    ) -> Page:
        """The same before the address is opened."""
        settings = {"reduced_motion": "reduce", "locale": "en-GB", "color_scheme": scheme, **SIZES[size], **context}
        page = self._new_context(**settings).new_page()
        self.watch(page, url, forgiven)
        return page

    def tab(self, page: Page, url: str, forgiven: Sequence[str] = ()) -> Page:
        """Another tab of the same person."""
        other = page.context.new_page()
        self.watch(other, url, forgiven)
        other.goto(url)
        return other

    def watch(self, page: Page, url: str, forgiven: Sequence[str]) -> None:
        """Notes every error of the page, and every request to another host."""
        host = urlsplit(url).hostname
        page.set_default_timeout(PATIENCE_MS)

        def console(message: ConsoleMessage) -> None:
            if message.type in ("error", "warning") and not any(re.search(each, message.text) for each in forgiven):
                self.trouble.append(f"{page.url} console {message.type}: {message.text}")

        def request(request: Request) -> None:
            parts = urlsplit(request.url)
            if parts.scheme in ("http", "https", "ws", "wss") and parts.hostname != host:
                self.trouble.append(f"{page.url} asks another host: {request.url}")

        page.on("console", console)
        page.on("pageerror", lambda error: self.trouble.append(f"{page.url} error: {error}"))
        page.on("request", request)


def expect_no_axe_violations(page: Page) -> None:
    """Nothing on the page as it is now may be in the way of anybody."""
    results = Axe().run(page)
    assert results.violations_count == 0, f"{page.url}\n{results.generate_report()}"


def screenshot(page: Page, name: str) -> None:
    """A picture, unless nobody will look at it: to take them is a sixth of what the tests of the page cost."""
    if os.environ.get("CI") != "true":
        picture(page, name)


def picture(page: Page, name: str) -> None:
    """The whole page, in a folder that is not kept."""
    SCREENSHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)
