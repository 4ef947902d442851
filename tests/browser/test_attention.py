"""How the page calls somebody whose turn it is: by title and icon, sounds, and notices of the browser."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserType, Page, expect

from tests.browser import chromium
from tests.browser.matches import begin, holds, kept, play
from tests.browser.tour import chosen
from tests.browser.visitors import Visitors
from tests.server import ServerProcess

COUNT_SOUNDS = """() => {
  window.sounds = { contexts: 0, started: 0 };
  const Context = window.AudioContext;
  window.AudioContext = class extends Context {
    constructor(...how) { super(...how); window.sounds.contexts += 1; window.sounds.last = this; }
  };
  for (const kind of [AudioScheduledSourceNode, AudioBufferSourceNode]) {
    const begin = kind.prototype.start;
    kind.prototype.start = function (...when) { window.sounds.started += 1; return begin.apply(this, when); };
  }
}"""
"""Counts what is really started; all of it still sounds."""

HIDE = """() => {
  Object.defineProperty(document, 'hidden', { get: () => true, configurable: true });
  Object.defineProperty(document, 'visibilityState', { get: () => 'hidden', configurable: true });
  document.dispatchEvent(new Event('visibilitychange'));
}"""
"""A browser without a window shows all its tabs, always: to the page it looks as if another were in front."""

SHOW = """() => {
  delete document.hidden;
  delete document.visibilityState;
  document.dispatchEvent(new Event('visibilitychange'));
}"""

NOTICES = """async () => {
  const worker = await navigator.serviceWorker.ready;
  return (await worker.getNotifications()).map(({ title, body, tag, data }) => ({ title, body, tag, data }));
}"""


@pytest.fixture(scope="module")
def browser(browser_type: BrowserType, browser_type_launch_args: dict[str, Any]) -> Iterator[Browser]:
    """A whole one, which shows notices."""
    whole = browser_type.launch(**browser_type_launch_args | {"executable_path": chromium.find()})
    yield whole
    whole.close()


def enter(visitors: Visitors, house: ServerProcess, path: str, token: str, **choices: Any) -> Page:
    """The page of a player who has chosen so in the settings."""
    state = chosen(house.http, token, **choices)
    return visitors.open(house.http + path, permissions=["notifications"], storage_state=state)


def test_title_and_icon_say_whose_turn_it_is(house: ServerProcess, visitors: Visitors) -> None:
    match = begin(house)
    ann, bea = (enter(visitors, house, f"/match/{match.id}", token) for token in match.tokens)
    for turn, name in enumerate(("b2", "a1")):
        mover, other = (ann, bea) if turn == 0 else (bea, ann)
        expect(mover).to_have_title(re.compile("Your turn"))
        expect(mover.locator('link[rel="icon"]')).to_have_attribute("href", "/icon-turn.svg")
        expect(other).not_to_have_title(re.compile("Your turn"))
        expect(other.locator('link[rel="icon"]')).to_have_attribute("href", "/icon.svg")
        play(mover, name)


@pytest.mark.parametrize("wanted", [True, False])
def test_moves_are_heard_where_sounds_are_wanted(wanted: bool, house: ServerProcess, visitors: Visitors) -> None:
    """After the first touch, as browsers ask for; one's own moves and those of others."""
    match = begin(house)
    ann = enter(visitors, house, f"/match/{match.id}", match.tokens[0], sounds=wanted)
    bea = enter(visitors, house, f"/match/{match.id}", match.tokens[1])
    ann.evaluate(COUNT_SOUNDS)
    play(ann, "b2")
    ann.wait_for_function("() => window.sounds.last?.state === 'running'")
    play(bea, "a1")
    holds([ann, bea], "a1", "O")
    if wanted:
        ann.wait_for_function("() => window.sounds.started > 0")
    play(ann, "c3")
    holds([ann, bea], "c3", "X")
    assert ann.evaluate("window.sounds.contexts") == 1
    assert (ann.evaluate("window.sounds.started") > 0) == wanted


def test_a_notice_comes_only_when_asked_for_and_nobody_looks(house: ServerProcess, visitors: Visitors) -> None:
    """Also where another page than the match is open."""
    match = begin(house)
    path = f"/match/{match.id}"
    asked, unasked = (enter(visitors, house, "/settings", match.tokens[1], notify=wish) for wish in (True, False))
    looking = enter(visitors, house, path, match.tokens[1], notify=True)
    for page in (asked, unasked, looking):
        page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    for page in (asked, unasked):
        page.evaluate(HIDE)
    ann = enter(visitors, house, path, match.tokens[0])
    expect(asked).not_to_have_title(re.compile("Your turn"))
    play(ann, "b2")
    for page in (asked, unasked, looking):
        expect(page).to_have_title(re.compile("Your turn|waits for you"))
    notice = {"title": "Your turn", "body": "It is your turn in Tic-tac-toe.", "tag": match.id, "data": path}
    asked.wait_for_function(f"async () => (await ({NOTICES})()).length")
    assert asked.evaluate(NOTICES) == [notice]
    for page in (unasked, looking):
        assert page.evaluate(NOTICES) == []


def test_who_wants_notices_is_asked_by_the_browser_when_saying_so(house: ServerProcess, visitors: Visitors) -> None:
    """Refused, the setting says that it cannot be had."""
    page = visitors.open(f"{house.http}/settings", storage_state=kept(house.http, begin(house).tokens[0]))
    tick = page.get_by_role("checkbox", name=re.compile("Notify me"))
    expect(tick).not_to_be_checked()
    page.context.grant_permissions(["notifications"])
    page.reload()
    tick.check()
    expect(tick).to_be_checked()
    page.reload()
    expect(tick).to_be_checked()


def test_who_looks_at_another_tab_for_a_while_is_away(house: ServerProcess, visitors: Visitors) -> None:
    """Not at once; hears of every move meanwhile; and is there again with the tab."""
    match = begin(house)
    path = f"{house.http}/match/{match.id}"
    ann, bea = (visitors.open(path, storage_state=kept(house.http, token)) for token in match.tokens)
    seen = ann.locator(".player").nth(1).locator(".presence")
    expect(seen).to_contain_text("here")
    bea.clock.install()
    bea.evaluate(HIDE)
    bea.clock.run_for(12_000)
    bea.evaluate(SHOW)
    bea.evaluate(HIDE)
    bea.clock.run_for(12_000)
    expect(seen).to_contain_text("here")
    bea.clock.run_for(12_000)
    expect(seen).to_contain_text("away")
    play(ann, "b2")
    holds([ann, bea], "b2", "X")
    bea.evaluate(SHOW)
    expect(seen).to_contain_text("here")
    play(bea, "a1")
    holds([ann, bea], "a1", "O")
