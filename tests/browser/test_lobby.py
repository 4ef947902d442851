"""How a match comes about: links that a camera reads, bots in seats that one names, a host who need not wait."""

import re
from io import BytesIO

import zxingcpp
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from game.rules.open_spiel.selection import PREFIX
from tests.browser.matches import begin, kept, resign
from tests.browser.test_playing import IN_A_LOBBY, IN_A_MATCH
from tests.browser.visitors import Visitors, expect_no_axe_violations, screenshot
from tests.server import ServerProcess

MARKUP = '<img src="x" onerror="throw">'
TURNED = "<b>eth\u202edrawkcab\u2066</b>"
BIDI = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def open_lobby(page: Page) -> None:
    """From the form that is open."""
    page.get_by_role("button", name="Open the lobby").click()
    expect(page).to_have_url(IN_A_LOBBY)


def test_a_camera_reads_the_link_to_a_lobby(house: ServerProcess, visitors: Visitors) -> None:
    ann = visitors.open(
        f"{house.http}/?play=tic_tac_toe", scheme="dark", permissions=["clipboard-read", "clipboard-write"]
    )
    ann.get_by_role("button", name="Set it up").click()
    open_lobby(ann)
    ann.get_by_role("button", name="Show QR code").click()
    link = read_code(ann.get_by_role("img", name="QR code"))
    assert link == ann.url
    ann.get_by_role("button", name="Copy").click()
    expect(ann.get_by_text("Copied")).to_be_visible()
    assert ann.evaluate("navigator.clipboard.readText()") == link
    bea = visitors.open(link, size="phone")
    expect(bea.get_by_role("button", name="Sit down")).to_be_visible()


def read_code(shown: Locator) -> str:
    """What somebody else's program reads in the picture of it."""
    code = zxingcpp.read_barcode(Image.open(BytesIO(shown.screenshot())))
    assert code is not None
    return str(code.text)


def test_bots_sit_where_they_are_wanted_and_the_host_starts_early(house: ServerProcess, visitors: Visitors) -> None:
    ann = visitors.open(f"{house.http}/?play=liars_dice")
    ann.get_by_role("button", name="Set it up").click()
    form = ann.locator("form.stack")
    form.get_by_role("combobox", name="Seats", exact=True).select_option("4")
    form.get_by_role("combobox", name="Seat 3").select_option("random")
    open_lobby(ann)
    expect(ann.locator(".lobby .seat").nth(2)).to_contain_text("random")
    expect(ann.locator(".lobby .seat.empty")).to_have_count(2)
    ann.get_by_role("button", name="Start with 2 players").click()
    expect(ann).to_have_url(IN_A_MATCH)
    expect(ann.locator(".player")).to_have_count(2)


def test_who_does_not_know_a_game_reads_how_it_is_played(house: ServerProcess, visitors: Visitors) -> None:
    """Before the lobby, in it, and in the match; where the game says nothing there is nothing to press."""
    ann = visitors.open(f"{house.http}/?play=hearts", size="phone")
    asks_how(ann, "the queen of spades thirteen")
    screenshot(ann, "how_to_play")
    expect_no_axe_violations(ann)
    ann.keyboard.press("Escape")
    expect(ann.get_by_role("dialog")).to_have_count(1)
    ann.get_by_role("button", name="Set it up").click()
    open_lobby(ann)
    asks_how(ann, "the queen of spades thirteen")
    match = begin(house, "hex")
    ann.goto(f"{house.http}/match/{match.id}")
    asks_how(ann, "There is no draw")
    ann.get_by_role("button", name="Close").click()
    expect(ann.get_by_role("button", name="How to play")).to_be_focused()
    ann.goto(f"{house.http}/?play={PREFIX}y")
    expect(ann.get_by_role("button", name="Set it up")).to_be_visible()
    expect(ann.get_by_role("button", name="How to play")).to_have_count(0)


def asks_how(page: Page, told: str) -> None:
    """Where the button is, and reads that among the rest."""
    page.get_by_role("button", name="How to play").click()
    expect(page.get_by_role("dialog").last.get_by_text(told)).to_be_visible()


def test_those_who_watch_talk_among_themselves_until_the_match_is_over(
    house: ServerProcess, visitors: Visitors
) -> None:
    """The players see nothing of it before; then they read what was said, and answer."""
    match = begin(house)
    path = f"{house.http}/match/{match.id}"
    cat, dan = (visitors.open(path, size=size) for size in ("phone", "desktop"))
    says(cat, "Spectators", "She should take b2")
    expect(dan.get_by_role("log", name="Spectators")).to_contain_text("She should take b2")
    expect_no_axe_violations(dan)
    ann = visitors.open(path, storage_state=kept(house.http, match.tokens[0]))
    says(ann, "Chat", "Good luck")
    for page in (cat, dan):
        page.get_by_role("region", name="Chat").scroll_into_view_if_needed()
        expect(page.get_by_role("log", name="Chat")).to_contain_text("Good luck")
    expect(ann.get_by_role("region", name="Spectators")).to_have_count(0)
    resign(ann)
    says(ann, "Spectators", "So I see")
    expect(ann.get_by_role("log", name="Spectators")).to_contain_text("She should take b2")
    expect(dan.get_by_role("log", name="Spectators")).to_contain_text("So I see")


def says(page: Page, where: str, text: str) -> None:
    """Writes it there, and sees it said."""
    room = page.get_by_role("region", name=where)
    room.scroll_into_view_if_needed()
    room.get_by_role("textbox", name="Message").fill(text)
    room.get_by_role("textbox", name="Message").press("Enter")
    expect(room.get_by_role("log")).to_contain_text(text)


def test_names_and_chat_never_become_markup(house: ServerProcess, visitors: Visitors) -> None:
    """Nor do they turn round what stands beside them. Wherever they show: lobby, match, front page, replay."""
    ann = visitors.open(f"{house.http}/?play=connect_four")
    ann.get_by_role("button", name="Set it up").click()
    ann.get_by_label("Show it on the front page").check()
    open_lobby(ann)
    eve = visitors.open(ann.url)
    eve.get_by_label("Your name").fill(MARKUP)
    eve.get_by_role("textbox", name="Message").or_(eve.get_by_role("button", name="Sit down")).first.wait_for()
    eve.get_by_role("button", name="Sit down").click()
    for page in (ann, eve):
        expect(page).to_have_url(IN_A_MATCH)
    eve.get_by_role("textbox", name="Message").fill(TURNED)
    eve.get_by_role("textbox", name="Message").press("Enter")
    expect(ann.get_by_role("log", name="Chat")).to_contain_text("<b>ethdrawkcab</b>")
    expect(ann).to_have_title(re.compile(re.escape(MARKUP)))
    plain(ann)
    zoe = visitors.open(house.http)
    expect(zoe.locator(f'a[href="{ann.url.removeprefix(house.http)}"]')).to_contain_text(MARKUP)
    plain(zoe)
    resign(ann)
    ann.get_by_role("link", name="Replay").click()
    expect(ann.locator(".player").nth(1)).to_contain_text(MARKUP)
    plain(ann)


def plain(page: Page) -> None:
    """Nothing that a player wrote is an element or a sign of direction."""
    assert page.locator('img[src="x"], [onerror], bdi *').count() == 0
    assert not BIDI.search(page.locator("body").inner_text())
