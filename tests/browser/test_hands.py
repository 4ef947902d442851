"""Moves made by mouse, finger and keyboard, and how they are shown."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.clicker import seated
from tests.browser.matches import Begun, begin, can_pick, holds, kept, place
from tests.browser.visitors import Size, Visitors
from tests.server import ServerProcess


@pytest.fixture
def chess(house: ServerProcess) -> Begun:
    """White has the first token."""
    return begin(house, "chess")


def enter(
    visitors: Visitors, house: ServerProcess, match: str, token: str, size: Size = "desktop", **context: Any
) -> Page:
    """The page of a player."""
    address = f"{house.http}/match/{match}"
    page = visitors.open(address, size=size, storage_state=kept(house.http, token), **context)
    page.locator(".pt-table").wait_for()
    return page


def test_a_piece_is_dragged(chess: Begun, house: ServerProcess, visitors: Visitors) -> None:
    white, black = (enter(visitors, house, chess.id, token) for token in chess.tokens)
    can_pick(white, "e2")
    place(white, "e2").drag_to(place(white, "e4"))
    holds((white, black), "e4", "pawn")
    can_pick(black, "e7")
    expect(place(white, "e2")).not_to_have_attribute("data-open", "true")


def test_a_piece_that_is_dropped_beside_the_board_is_put_back(
    chess: Begun, house: ServerProcess, visitors: Visitors
) -> None:
    white = enter(visitors, house, chess.id, chess.tokens[0])
    can_pick(white, "d2")
    place(white, "d2").hover()
    white.mouse.down()
    place(white, "d3").hover()
    expect(white.locator(".pt-lifted")).to_be_visible()
    expect(place(white, "d4")).to_have_attribute("data-open", "true")
    white.mouse.move(2, 2)
    white.mouse.up()
    expect(white.locator(".pt-lifted")).to_have_count(0)
    expect(white.locator("[data-picked]")).to_have_count(0)
    holds([white], "d2", "pawn")


def test_a_piece_is_lifted_though_the_code_for_it_came_late(
    chess: Begun, house: ServerProcess, visitors: Visitors
) -> None:
    """Dragging is fetched at the first touch, and on a slow line the pointer may be at rest again by then."""
    white = enter(
        visitors, house, chess.id, chess.tokens[0], service_workers="block", forgiven=["blocked by Playwright"]
    )
    late: list[Route] = []

    def hold(route: Route) -> None:
        late.append(route)

    white.route(re.compile(r"/drag\.js"), hold)
    can_pick(white, "e2")
    with white.expect_request(re.compile(r"/drag\.js")):
        place(white, "e2").hover()
    white.mouse.down()
    place(white, "e4").hover()
    late[0].continue_()
    expect(white.locator(".pt-lifted")).to_be_visible()
    white.mouse.up()
    holds([white], "e4", "pawn")


def test_a_card_is_dragged_to_the_table_or_back_into_the_hand(house: ServerProcess, visitors: Visitors) -> None:
    """A card is a whole move: wherever on the table it is let go of, it is played, but not among those in the hand."""
    match, (token,) = seated(house, "hearts", 4, {}, (None,))
    page = enter(visitors, house, match, token)
    for _ in range(4):  # who passes three cards to whom, before the first trick
        moves = page.locator(".move").count()
        for chosen in range(3):
            page.locator(".pt-own .pt-touch[data-open][aria-pressed=false]").first.click()
            expect(page.locator(".pt-own .pt-touch[aria-pressed=true]")).to_have_count(chosen + 1)
        page.get_by_role("button", name=re.compile("^Pass")).click()
        expect(page.locator(".move").nth(moves)).to_be_attached()
    two = page.get_by_role("button", name=re.compile("^Two of clubs"))
    for target in (page.locator(".pt-own .pt-laid").last, page.locator(".pt-zone.pt-hand:not(.pt-own)").first):
        expect(page.locator(".move")).to_have_count(4)
        expect(two).to_have_attribute("data-open", "true")
        two.hover()
        page.mouse.down()
        target.hover()
        expect(page.locator(".pt-lifted")).to_be_visible()
        page.mouse.up()
        expect(page.locator(".pt-lifted")).to_have_count(0)
    expect(page.locator(".move").nth(4)).to_contain_text("Two of clubs")


def test_a_move_is_made_by_keyboard_alone(chess: Begun, house: ServerProcess, visitors: Visitors) -> None:
    white, black = (enter(visitors, house, chess.id, token) for token in chess.tokens)
    can_pick(white, "d2")
    for _ in range(40):
        white.keyboard.press("Tab")
        if white.locator(".pt-place:focus").count():
            break
    start = white.locator(".pt-place:focus")
    for key, other in (("ArrowRight", "ArrowLeft"), ("ArrowDown", "ArrowUp")):
        white.keyboard.press(key)
        white.keyboard.press(other)
    expect(start).to_be_focused()
    place(white, "d2").focus()
    white.keyboard.press("Enter")
    expect(place(white, "d2")).to_have_attribute("data-picked", "true")
    white.keyboard.press("Escape")
    expect(white.locator("[data-picked]")).to_have_count(0)
    for key in ("Space", "ArrowUp", "ArrowUp"):
        white.keyboard.press(key)
    expect(place(white, "d4")).to_be_focused()
    white.keyboard.press("Enter")
    holds((white, black), "d4", "pawn")
    expect(place(white, "d4")).to_be_focused()
    expect(black.locator(".pt-table [role=status]")).to_have_text(re.compile("pawn.*d4", re.IGNORECASE))


def test_a_move_is_made_by_finger(chess: Begun, house: ServerProcess, visitors: Visitors) -> None:
    white = enter(visitors, house, chess.id, chess.tokens[0], "phone")
    can_pick(white, "g1")
    place(white, "g1").tap()
    expect(place(white, "f3")).to_have_attribute("data-open", "true")
    place(white, "f3").tap()
    holds([white], "f3", "knight")


def test_a_place_too_small_for_a_finger_asks_to_be_confirmed(house: ServerProcess, visitors: Visitors) -> None:
    match, tokens = seated(house, "go", 2, {"size": 19}, (None, None))
    black = enter(visitors, house, match, tokens[0], "phone")
    can_pick(black, "d4")
    place(black, "d4").tap()
    place(black, "d5").tap()
    expect(place(black, "d5")).to_have_accessible_name(re.compile("empty"))
    black.get_by_role("button", name="Play d5").tap()
    holds([black], "d5", "[Bb]lack")
    expect(place(black, "d4")).to_have_accessible_name(re.compile("empty"))


SLIDES_ARE_HERE = """async () => {
  const fetched = () => performance.getEntriesByType('resource').find(({ name }) => name.endsWith('/slides.js'));
  while (!fetched()) await new Promise((resolve) => setTimeout(resolve, 20));
  await import(fetched().name);
}"""
"""The page fetches what lets pieces slide at the first touch; until it is here they are simply where they are."""


@pytest.mark.parametrize("wish", ["no-preference", "reduce"])
def test_pieces_slide_unless_motion_is_not_wanted(
    wish: str, chess: Begun, house: ServerProcess, visitors: Visitors
) -> None:
    white = enter(visitors, house, chess.id, chess.tokens[0], reduced_motion=wish)
    can_pick(white, "e2")
    place(white, "e2").hover()
    if wish == "no-preference":
        white.evaluate(SLIDES_ARE_HERE)
    white.evaluate(
        "() => { const animate = Element.prototype.animate; window.slides = 0;"
        " Element.prototype.animate = function (...how) { window.slides += 1; return animate.apply(this, how); } }"
    )
    place(white, "e2").click()
    place(white, "e4").click()
    holds([white], "e4", "pawn")
    assert (white.evaluate("window.slides") > 0) == (wish == "no-preference")
