"""What comes after and beside play: replays, settings, the workbench, and addresses."""

import hashlib
import json
import re
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.matches import begin, can_pick, holds, kept, place, play, resign
from tests.browser.tour import MISSING_PAGE
from tests.browser.visitors import Visitors
from tests.server import ServerProcess


def test_a_match_is_replayed_checked_and_downloaded(house: ServerProcess, visitors: Visitors) -> None:
    """By whoever has the link."""
    match = begin(house)
    pages = [
        visitors.open(f"{house.http}/match/{match.id}", storage_state=kept(house.http, token)) for token in match.tokens
    ]
    for turn, name in enumerate(("a1", "b1", "a2", "b2", "a3")):
        play(pages[turn % 2], name)
    pages[0].get_by_role("link", name="Replay").click()
    link = f"{house.http}/replay/{match.id}"
    expect(pages[0]).to_have_url(link)

    eve = visitors.open(link)
    expect(eve.get_by_text("Ann won")).to_be_visible()
    expect(eve.get_by_text("Move 0 of 5", exact=True)).to_be_visible()
    expect(place(eve, "a1")).not_to_have_attribute("aria-label", re.compile("X"))
    eve.get_by_label("4×").check()
    eve.get_by_role("button", name="Play", exact=True).click()
    expect(eve.get_by_text("Move 5 of 5", exact=True)).to_be_visible()
    expect(eve.get_by_role("button", name="Play", exact=True)).to_be_visible()
    holds([eve], "a3", "X")

    expect(eve.get_by_text("is the one that was promised")).to_be_visible()
    expect(eve.get_by_text("This browser did not follow the match")).to_be_visible()
    expect(pages[0].get_by_text("This browser saw that fingerprint")).to_be_visible()
    with eve.expect_download() as download:
        eve.get_by_role("link", name="Record").click()
    record = json.loads(Path(download.value.path()).read_text())
    assert hashlib.sha256(bytes.fromhex(record["seed"])).hexdigest() == record["commitment"]


def test_a_promise_that_is_not_the_one_that_was_seen_is_told(house: ServerProcess, visitors: Visitors) -> None:
    match = begin(house)
    ann = visitors.open(f"{house.http}/match/{match.id}", storage_state=kept(house.http, match.tokens[0]))
    resign(ann)
    expect(ann.locator(".result")).to_be_visible()
    ann.evaluate("(match) => localStorage.setItem('parlour.promises', JSON.stringify([[match, 'c0ffee']]))", match.id)
    ann.goto(f"{house.http}/replay/{match.id}")
    expect(ann.get_by_text("The promise has been changed")).to_be_visible()
    expect(ann.get_by_text("c0ffee")).to_be_visible()


def test_a_match_of_chess_is_had_as_pgn(house: ServerProcess, visitors: Visitors) -> None:
    match = begin(house, "chess")
    ann = visitors.open(f"{house.http}/match/{match.id}", storage_state=kept(house.http, match.tokens[0]))
    play(ann, "e2")
    play(ann, "e4")
    expect(ann.locator(".move")).to_have_count(1)
    resign(ann)
    ann.get_by_role("link", name="Replay").click()
    with ann.expect_download() as download:
        ann.get_by_role("link", name="PGN").click()
    assert "1. e4" in Path(download.value.path()).read_text()


def test_luck_is_checked_draw_by_draw(house: ServerProcess, visitors: Visitors) -> None:
    """A game with dice: each of them follows from the seed. What each hid is shown when it is over."""
    match = begin(house, "liars_dice")
    ann = visitors.open(f"{house.http}/match/{match.id}", storage_state=kept(house.http, match.tokens[0]))
    resign(ann)
    ann.get_by_role("link", name="Replay").click()
    expect(ann.get_by_text(re.compile(r"All \d+ draws of this match follow"))).to_be_visible()
    cups = (ann.get_by_role("group", name=f"{name}'s cup") for name in ("Ann", "Bea"))
    hers, others = (cup.locator('[aria-label*="hidden"]') for cup in cups)
    expect(ann.get_by_label("Seen by").locator("option:checked")).to_have_text("Ann")
    for eyes, hides in (("Ann", (False, True)), ("Bea", (True, False)), ("Spectators", (True, True))):
        ann.get_by_label("Seen by").select_option(eyes)
        for cup, hidden in zip((hers, others), hides, strict=True):
            expect(cup).not_to_have_count(0) if hidden else expect(cup).to_have_count(0)


def test_settings_hold_at_once_and_after_a_reload(house: ServerProcess, visitors: Visitors) -> None:
    page = visitors.open(f"{house.http}/settings")
    page.get_by_label("Dark").check()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.get_by_role("textbox", name="Name").fill("Ada")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="Settings: Ada")).to_be_visible()
    page.get_by_role("checkbox", name="Sounds").uncheck()
    page.get_by_label("Language").select_option("Deutsch")
    expect(page.get_by_role("heading", name="Einstellungen")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="Einstellungen")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "de")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.get_by_role("checkbox", name="Töne")).not_to_be_checked()
    expect(page.get_by_role("link", name="Einstellungen: Ada")).to_be_visible()


def test_the_workbench_plays_all_seats_and_lays_the_wire_open(house: ServerProcess, visitors: Visitors) -> None:
    """Two players in one window; one loses the connection, is slow, and misses nothing."""
    page = visitors.open(f"{house.http}/workbench", forgiven=("WebSocket",))
    page.get_by_label("Game").select_option("Tic-tac-toe")
    page.get_by_role("button", name="Begin").click()
    first, second, spectator = (page.get_by_role("region", name=name) for name in ("Seat 1", "Seat 2", "Spectator"))
    first.locator('[data-place="a1"][data-open="true"]').click()
    expect(spectator.locator('[data-place="a1"]')).to_have_attribute("aria-label", re.compile("X"))
    frames = second.get_by_role("log", name="Frames: Seat 2")
    expect(frames.get_by_text("LegalMoves").first).to_be_visible()
    expect(frames.locator(".frame").first).to_contain_text("bytes")

    second.get_by_label("Delay: Seat 2").select_option("100 ms")
    second.get_by_role("button", name="Cut").click()
    expect(frames.get_by_text("Hello").first).to_be_visible()
    second.locator('[data-place="b2"][data-open="true"]').click()
    expect(first.locator('[data-place="b2"]')).to_have_attribute("aria-label", re.compile("O"))

    page.get_by_role("button", name="Previous").click()
    for chair in (first, second, spectator):
        expect(chair.locator('[data-place="b2"]')).not_to_have_attribute("aria-label", re.compile("O"))
    spectator.get_by_text("View", exact=True).click()
    expect(spectator.locator(".tree-key", has_text="game")).to_be_visible()

    page.reload()
    expect(page.get_by_role("region", name="Seat 1").locator('[data-open="true"]').first).to_be_visible()


def test_one_player_holds_all_seats_of_a_workbench(house: ServerProcess, visitors: Visitors) -> None:
    page = visitors.open(f"{house.http}/workbench")
    page.get_by_label("Game").select_option("Rock, paper, scissors")
    page.get_by_label("One player in all seats").check()
    page.get_by_role("button", name="Begin").click()
    for name in ("Seat 1", "Seat 2"):
        page.get_by_role("region", name=name).locator(".pt-actions button").first.click()
    expect(page.get_by_text(re.compile(r"Version 2"))).to_be_visible()


def test_the_back_button_leads_back_and_the_focus_goes_along(house: ServerProcess, visitors: Visitors) -> None:
    page = visitors.open(house.http)
    page.get_by_role("link", name=re.compile("^Tic-tac-toe 2 players")).click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("link", name=re.compile("^Tic-tac-toe 2 players"))).to_be_focused()
    page.get_by_role("link", name=re.compile("Settings")).click()
    expect(page.get_by_role("heading", name="Settings", exact=True)).to_be_focused()
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    expect(page).to_have_title("What shall we play? · Parlour")


def test_an_address_that_leads_nowhere_says_so(house: ServerProcess, visitors: Visitors) -> None:
    for address in ("/nothing", "/match/none", "/lobby/none", "/replay/none"):
        page = visitors.open(house.http + address, forgiven=(MISSING_PAGE,))
        expect(page.get_by_role("link", name="All games")).to_be_visible()


def test_own_matches_come_first_where_it_is_ones_turn(house: ServerProcess, visitors: Visitors) -> None:
    """Live: what others do shows on the front page."""
    match = begin(house)
    ann, bea = (visitors.open(house.http, storage_state=kept(house.http, token)) for token in match.tokens)
    card = f'a[href="/match/{match.id}"]'
    expect(ann.locator(card)).to_contain_text("Your turn")
    expect(bea.locator(card)).to_contain_text("Ann to move")
    ann.locator(card).click()
    play(ann, "a1")
    expect(bea.locator(card)).to_contain_text("Your turn")
    expect(bea).to_have_title(re.compile("Your turn"))
    bea.locator(card).click()
    can_pick(bea, "b2")


def test_the_page_opens_without_a_network(house: ServerProcess, visitors: Visitors) -> None:
    """Once it has been here, it says how things stand instead of what a browser says."""
    page = visitors.open(house.http, forgiven=("Failed to load resource", "WebSocket", "ERR_"))
    page.locator(".card").first.wait_for()
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    page.locator(".card").first.wait_for()
    page.context.set_offline(True)
    page.reload()
    expect(page.get_by_role("heading", name="You are offline")).to_be_visible()
    page.context.set_offline(False)
    expect(page.locator(".card").first).to_be_visible()


def test_a_kept_copy_is_never_shown_while_the_server_answers(house: ServerProcess, visitors: Visitors) -> None:
    """So that after an upgrade nobody meets the page of yesterday; the copy follows."""
    page = visitors.open(house.http)
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    page.locator(".card").first.wait_for()
    page.evaluate(
        """async () => {
          const copy = await caches.open('page');
          for (const { url } of await copy.keys()) await copy.put(url, new Response('throw new Error("yesterday")'));
        }"""
    )
    page.reload()
    page.locator(".card").first.wait_for()
    assert page.evaluate("async () => (await (await caches.match('/')).text()).startsWith('<!doctype html>')")


def test_the_page_can_be_installed(house: ServerProcess, visitors: Visitors) -> None:
    """By the browser's own judgement of the manifest, its icons and the rest."""
    page = visitors.open(house.http)
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    judge = page.context.new_cdp_session(page)
    manifest = judge.send("Page.getAppManifest")
    assert manifest["errors"] == []
    assert {icon["sizes"] for icon in json.loads(manifest["data"])["icons"]} == {"any", "192x192"}
    for icon in json.loads(manifest["data"])["icons"]:
        answer = page.request.get(house.http + icon["src"])
        assert (answer.status, answer.headers["content-type"].partition(";")[0]) == (200, icon.get("type"))
    errors = [error["errorId"] for error in judge.send("Page.getInstallabilityErrors")["installabilityErrors"]]
    assert errors in ([], ["in-incognito"])


def test_a_match_to_watch_is_shown_as_it_stands_and_nobody_is_there_who_looks_at_a_list(
    house: ServerProcess, visitors: Visitors
) -> None:
    match = begin(house, names=("Ann", "Bea"))
    ann = visitors.open(f"{house.http}/match/{match.id}", storage_state=kept(house.http, match.tokens[0]))
    bea = visitors.open(house.http, storage_state=kept(house.http, match.tokens[1]))
    eve = visitors.open(house.http)
    card = f'.card[href="/match/{match.id}"]'
    bea.locator(card).wait_for()
    eve.locator(card).scroll_into_view_if_needed()
    play(ann, "b2")
    for page in (bea, eve):
        expect(page.locator(f"{card} .pt-piece")).to_have_count(1)
    seats = ann.get_by_role("region", name="Players")
    expect(seats.locator(".presence.connected")).to_have_count(1)
    expect(seats.get_by_text("spectator")).to_have_count(0)
    bea.locator(card).click()
    expect(seats.locator(".presence.connected")).to_have_count(2)
    bea.go_back()
    expect(seats.locator(".presence.connected")).to_have_count(1)
