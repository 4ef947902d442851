"""A walk through every page as it looks in use, for what must hold on all of them."""

import json
from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.matches import begin, kept
from tests.browser.visitors import Visitors
from tests.server import ServerProcess

MISSING_PAGE = "status of 404"
"""What Chromium writes when a page is not there, which the tour looks for."""


def chosen(origin: str, token: str | None = None, **choices: Any) -> dict[str, Any]:
    """What a browser has kept whose player has chosen so in the settings."""
    settings = {"name": "parlour.settings", "value": json.dumps(choices)}
    known = kept(origin, token)["origins"][0]["localStorage"] if token else []
    return {"cookies": [], "origins": [{"origin": origin, "localStorage": [*known, settings]}]}


def tour(server: ServerProcess, visitors: Visitors, language: str = "en", **context: Any) -> Iterator[tuple[str, Page]]:
    """Every page under a name, one after the other. Ann plays Bea, who is never there."""
    match = begin(server, "connect_four")
    state = chosen(server.http, match.tokens[0], language=language)
    page = visitors.open(server.http, storage_state=state, forgiven=(MISSING_PAGE,), **context)
    page.locator(".own-shelf .card").first.wait_for()
    page.locator(".picture .pt-table").first.wait_for()
    yield "home", page
    yield from _lobby(page, server)
    yield from _match(page, server, match.id)
    yield from _workbench(page, server)
    for name, address in (("settings", "/settings"), ("missing", "/nothing")):
        page.goto(server.http + address)
        page.locator("main h1").wait_for()
        yield name, page


def _lobby(page: Page, server: ServerProcess) -> Iterator[tuple[str, Page]]:
    page.goto(f"{server.http}/?play=liars_dice")
    dialog = page.locator("dialog")
    dialog.locator(".picture .pt-table").first.wait_for()
    dialog.locator(".way > .button").last.click()
    dialog.locator(".sitters").wait_for()
    yield "play", page
    dialog.locator("form.stack .button.main").click()
    page.locator(".lobby .seat").first.wait_for()
    page.locator(".share .button[aria-pressed]").click()
    page.locator(".qr").wait_for()
    page.locator(".chat").scroll_into_view_if_needed()
    page.locator(".chat input").fill("Hello <b>there</b>")
    page.locator(".chat input").press("Enter")
    page.locator(".chat-lines p.mine").wait_for()
    yield "lobby", page
    page.locator(".lobby .button.danger").last.click()
    page.locator(".home").wait_for()


def _match(page: Page, server: ServerProcess, match: str) -> Iterator[tuple[str, Page]]:
    page.goto(f"{server.http}/match/{match}")
    page.locator('[data-open="true"]').first.click()
    page.locator(".move").first.wait_for()
    yield "match", page
    page.locator(".stepper button").first.click()
    page.locator(".status.looking").wait_for()
    yield "match-back", page
    page.locator(".match-actions .danger").click()
    page.locator("dialog .danger").wait_for()
    yield "resign", page
    page.locator("dialog .danger").click()
    page.locator(".result").wait_for()
    yield "result", page
    page.goto(f"{server.http}/replay/{match}")
    expect(page.locator(".verdict-said.fair")).to_be_visible()
    yield "replay", page


def _workbench(page: Page, server: ServerProcess) -> Iterator[tuple[str, Page]]:
    page.goto(f"{server.http}/workbench")
    page.locator("form .button.main").wait_for()
    yield "workbench", page
    page.locator("form .button.main").click()
    page.locator(".chair .pt-table").nth(2).wait_for()
    page.locator(".tree-root summary").first.click()
    yield "workbench-match", page
