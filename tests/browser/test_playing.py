"""People who play: against bots and each other, by mouse, finger and keyboard, on their own and by link."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, expect

from tests.browser.matches import begin, can_pick, holds, kept, loses_connection, place, play, resign
from tests.browser.tour import chosen
from tests.browser.visitors import LOST_NETWORK, Visitors
from tests.server import ServerProcess

IN_A_MATCH = re.compile("/match/")
IN_A_LOBBY = re.compile("/lobby/")
TIC_TAC_TOE = re.compile("^Tic-tac-toe 2 players")
CAN_PICK = '[data-open="true"]'


def play_until_over(page: Page) -> None:
    """Picks whatever is offered, turn by turn."""
    result = page.locator(".result")
    while True:
        expect(page.locator(CAN_PICK).first.or_(result)).to_be_visible()
        if result.is_visible():
            return
        moves = page.locator(".move").count()
        page.locator(CAN_PICK).first.click()
        expect(page.locator(".move").nth(moves)).to_be_attached()


def test_a_whole_match_against_a_bot_and_one_more(house: ServerProcess, visitors: Visitors) -> None:
    """From the first page on; the rematch asks the bot again and changes seats."""
    page = visitors.open(house.http)
    page.get_by_role("searchbox").fill("tic")
    page.get_by_role("link", name=TIC_TAC_TOE).click()
    dialog = page.get_by_role("dialog", name="Tic-tac-toe")
    dialog.get_by_role("combobox", name="Your seat").select_option("Seat 1")
    dialog.get_by_role("button", name="Play a bot").click()
    expect(page).to_have_url(IN_A_MATCH)
    expect(page).to_have_title(re.compile("Your turn"))
    expect(page.locator('link[rel="icon"]')).to_have_attribute("href", "/icon-turn.svg")
    play_until_over(page)
    expect(page.get_by_role("heading", name=re.compile("You won|You lost|A draw"))).to_be_visible()
    expect(page.locator('link[rel="icon"]')).to_have_attribute("href", "/icon.svg")

    first = page.url
    page.get_by_role("button", name="Rematch").click()
    expect(page).to_have_url(re.compile(f"/match/(?!{first.rpartition('/')[2]})"))
    expect(page.locator(".player").nth(1)).to_contain_text("you")
    play_until_over(page)


def test_two_people_meet_by_a_link_and_talk(house: ServerProcess, visitors: Visitors) -> None:
    """Ann sits at a desk, Bea opens the link on a phone. What they write never becomes markup."""
    ann = visitors.open(house.http)
    ann.get_by_role("link", name=TIC_TAC_TOE).click()
    ann.get_by_role("button", name="Set it up").click()
    ann.get_by_role("button", name="Open the lobby").click()
    expect(ann).to_have_url(IN_A_LOBBY)
    link = ann.get_by_role("textbox", name="Link to this lobby").input_value()

    bea = visitors.open(link, size="phone")
    bea.get_by_label("Your name").fill("<i>Bea</i>")
    bea.get_by_role("button", name="Sit down").tap()
    for page in (ann, bea):
        expect(page).to_have_url(IN_A_MATCH)
        expect(page.locator(".player").nth(1)).to_contain_text("<i>Bea</i>")
    bea.get_by_role("region", name="Chat").scroll_into_view_if_needed()  # on a phone it is below the board
    bea.get_by_role("textbox", name="Message").fill("<b>Good luck</b>")
    bea.get_by_role("button", name="Send").tap()
    expect(ann.get_by_role("log", name="Chat")).to_contain_text("<b>Good luck</b>")

    both = [ann, bea]
    for turn, name in enumerate(("a1", "b1", "a2", "b2", "a3")):
        mover = both[turn % 2]
        can_pick(mover, name)
        place(mover, name).tap() if mover is bea else place(mover, name).click()
        holds(both, name, "X" if mover is ann else "O")
    expect(ann.get_by_role("heading", name="You won")).to_be_visible()
    expect(bea.get_by_role("heading", name="You lost")).to_be_visible()

    bea.get_by_role("button", name="Rematch").tap()
    expect(bea).to_have_url(IN_A_LOBBY)
    ann.get_by_role("button", name="Join the rematch").click()
    for page in both:
        expect(page).to_have_url(IN_A_MATCH)
    expect(bea.locator(".status")).to_contain_text("Your turn")


def test_quick_play_joins_who_waits(house: ServerProcess, visitors: Visitors) -> None:
    """The first opens a lobby that all can see, the second is put into it."""
    first, second = (visitors.open(f"{house.http}/?play=nine_mens_morris") for _ in range(2))
    first.get_by_role("button", name="Find someone").click()
    expect(first).to_have_url(IN_A_LOBBY)
    expect(second.get_by_role("dialog")).to_contain_text("1 lobby waits")
    second.get_by_role("button", name="Find someone").click()
    for page in (first, second):
        expect(page).to_have_url(IN_A_MATCH)


def test_a_host_asks_bots_removes_players_and_waits(house: ServerProcess, visitors: Visitors) -> None:
    """Nothing starts while somebody is not ready; who was removed is told."""
    ann = visitors.open(f"{house.http}/?play=liars_dice")
    dialog = ann.get_by_role("dialog")
    dialog.get_by_role("button", name="Set it up").click()
    dialog.locator("form.stack").get_by_role("combobox", name="Seats", exact=True).select_option("3")
    ann.get_by_role("button", name="Open the lobby").click()
    expect(ann).to_have_url(IN_A_LOBBY)
    bea = visitors.open(ann.url)
    bea.get_by_label("Your name").fill("Bea")
    bea.get_by_role("button", name="Sit down").click()
    ann.get_by_role("button", name="Remove Bea").click()
    expect(ann.locator(".seat.empty")).to_have_count(2)
    bea.get_by_role("button", name="Sit down").click()
    expect(bea.get_by_role("alert")).to_contain_text("The host has removed you")

    ann.get_by_role("button", name="Wait for me").click()
    ann.get_by_role("button", name="Fill with bots").click()
    expect(ann.locator(".seat").get_by_text("Ready", exact=True)).to_have_count(2)
    ann.get_by_role("button", name="I am ready").click()
    expect(ann).to_have_url(IN_A_MATCH)
    expect(bea).to_have_url(IN_A_MATCH)
    expect(bea.get_by_text("You are watching")).to_be_visible()


def test_a_match_by_keyboard_alone(house: ServerProcess, visitors: Visitors) -> None:
    """From the front page to the result: the focus is always somewhere, and always leads on."""
    page = visitors.open(house.http)
    page.get_by_role("link", name=TIC_TAC_TOE).wait_for()
    tab_to(page, page.get_by_role("link", name=TIC_TAC_TOE))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("button", name="Play a bot"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(IN_A_MATCH)
    result = page.locator(".result")
    while True:
        expect(page.locator(CAN_PICK).first.or_(result)).to_be_visible()
        if result.is_visible():
            break
        moves = page.locator(".move").count()
        pick_by_keys(page)
        expect(page.locator(".move").nth(moves)).to_be_attached()
    tab_to(page, page.get_by_role("button", name="Rematch"))


def tab_to(page: Page, wanted: Locator) -> None:
    """Presses Tab until it has the focus."""
    wanted.wait_for()
    for _ in range(60):
        if wanted.evaluate("(one) => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{wanted} cannot be reached by Tab")


def pick_by_keys(page: Page) -> None:
    """Goes over the board by arrows, row by row, until it stands on what can be picked, and picks it."""
    on_board = "() => document.activeElement?.closest('.pt-board') != null"
    for _ in range(60):
        if page.evaluate(on_board):
            break
        page.keyboard.press("Tab")
    at = "() => document.activeElement?.getAttribute('data-open') === 'true'"
    for key in ["ArrowLeft"] * 2 + ["ArrowUp"] * 2 + (["ArrowRight"] * 2 + ["ArrowDown"] + ["ArrowLeft"] * 2) * 3:
        if page.evaluate(at):
            page.keyboard.press("Enter")
            return
        page.keyboard.press(key)
    raise AssertionError("arrows lead to nothing that can be picked")


def test_a_refused_move_is_put_back_and_explained(house: ServerProcess, visitors: Visitors) -> None:
    """One player with two devices: what the second picks for a turn that has passed meanwhile does not count."""
    match = begin(house)
    address, state = f"{house.http}/match/{match.id}", kept(house.http, match.tokens[0])
    desk, phone = (visitors.open(address, storage_state=state, forgiven=LOST_NETWORK) for _ in range(2))
    for page in (desk, phone):
        can_pick(page, "a1")
    phone.context.set_offline(True)
    loses_connection(phone)
    place(phone, "c3").click()
    play(desk, "a1")
    holds([desk], "a1", "X")
    phone.context.set_offline(False)
    expect(phone.locator(".refusal")).to_have_text(re.compile(r"^Not played: \w.+\.$"))
    holds([phone], "a1", "X")
    expect(place(phone, "c3")).not_to_have_attribute("aria-label", re.compile(r"\bX\b"))


def test_a_spectator_sees_all_and_can_do_nothing(house: ServerProcess, visitors: Visitors) -> None:
    """And is counted, found from the front page, and let in by a link to the lobby as well."""
    match = begin(house, names=("Ann", "Zoe"))
    ann = visitors.open(f"{house.http}/match/{match.id}", storage_state=kept(house.http, match.tokens[0]))
    eve = visitors.open(f"{house.http}/lobby/{match.id}")
    expect(eve).to_have_url(re.compile(f"/match/{match.id}"))
    expect(eve.get_by_text("You are watching")).to_be_visible()
    expect(ann.get_by_text("1 spectator")).to_be_visible()
    play(ann, "b2")
    holds([eve], "b2", "X")
    expect(eve.locator(CAN_PICK)).to_have_count(0)
    eve.get_by_role("region", name="Chat").scroll_into_view_if_needed()
    expect(eve.get_by_text("You can read along")).to_be_visible()
    expect(eve.get_by_role("region", name="Chat").get_by_role("textbox")).to_have_count(0)
    expect(eve.get_by_role("button", name="Resign")).to_have_count(0)

    fay = visitors.open(house.http)
    watched = fay.locator(f'a[href="/match/{match.id}"]')
    expect(watched).to_contain_text("Zoe")
    expect(watched).to_contain_text("1 watching")


def test_looking_back_does_not_leave_the_match(house: ServerProcess, visitors: Visitors) -> None:
    """By buttons, by the list of moves and by keys; what happens meanwhile waits at the end."""
    match = begin(house)
    ann, bea = (
        visitors.open(f"{house.http}/match/{match.id}", storage_state=kept(house.http, token)) for token in match.tokens
    )
    play(ann, "a1")
    play(bea, "b2")
    holds([ann, bea], "b2", "O")
    bea.get_by_role("button", name="First").click()
    expect(bea.get_by_text("Looking back: 0 of 2")).to_be_visible()
    expect(place(bea, "a1")).not_to_have_attribute("aria-label", re.compile("X"))
    play(ann, "c3")
    expect(bea.get_by_text("Looking back: 0 of 3")).to_be_visible()
    bea.keyboard.press(".")
    expect(bea.get_by_text("Looking back: 1 of 3")).to_be_visible()
    holds([bea], "a1", "X")
    bea.get_by_role("button", name=re.compile("Move 2, Bea: b2")).click()
    holds([bea], "b2", "O")
    bea.get_by_role("button", name="Back to live").click()
    holds([bea], "c3", "X")
    can_pick(bea, "a3")


def test_resigning_is_asked_for_twice(house: ServerProcess, visitors: Visitors) -> None:
    match = begin(house)
    ann = visitors.open(f"{house.http}/match/{match.id}", storage_state=kept(house.http, match.tokens[0]))
    ann.get_by_role("button", name="Resign").click()
    ann.get_by_role("button", name="Cancel").click()
    expect(ann.locator(".result")).to_have_count(0)
    resign(ann)
    expect(ann.get_by_role("heading", name="You lost")).to_be_visible()
    expect(ann.locator(".move").last).to_contain_text("resigned")


def test_both_sides_from_one_chair(house: ServerProcess, visitors: Visitors) -> None:
    """Who holds both seats plays whichever is to move."""
    page = visitors.open(f"{house.http}/?play=tic_tac_toe")
    page.get_by_role("button", name="Set it up").click()
    page.get_by_role("combobox", name="Seat 2").select_option("You")
    page.get_by_role("button", name="Open the lobby").click()
    expect(page).to_have_url(IN_A_MATCH)
    for name in ("a1", "b1", "a2", "b2", "a3"):
        play(page, name)
    expect(page.get_by_role("heading", name=re.compile("won"))).to_be_visible()


def test_a_move_can_be_asked_to_be_confirmed(house: ServerProcess, visitors: Visitors) -> None:
    match = begin(house)
    state = chosen(house.http, match.tokens[0], confirm=True)
    ann = visitors.open(f"{house.http}/match/{match.id}", storage_state=state)
    play(ann, "a1")
    expect(ann.locator(".move")).to_have_count(0)
    ann.get_by_role("button", name="Play A1").click()
    holds([ann], "a1", "X")


def test_who_waits_elsewhere_on_the_page_hears_that_the_match_begins(house: ServerProcess, visitors: Visitors) -> None:
    """Also after a reload: a lobby that one sits in is followed everywhere."""
    ann = visitors.open(f"{house.http}/?play=reversi")
    ann.get_by_role("button", name="Set it up").click()
    ann.get_by_role("button", name="Open the lobby").click()
    expect(ann).to_have_url(IN_A_LOBBY)
    lobby = ann.url
    ann.get_by_role("link", name="Parlour").click()
    expect(ann.locator(f'a[href="{urlsplit(lobby).path}"]')).to_contain_text("1 of 2 seats taken")
    ann.reload()
    expect(ann.get_by_text("Waiting for players")).to_be_visible()
    bea = visitors.open(lobby)
    bea.get_by_role("button", name="Sit down").click()
    expect(bea).to_have_url(IN_A_MATCH)
    expect(ann.get_by_text("A match of yours has begun.")).to_be_visible()
    expect(ann.locator(".card-turn")).to_contain_text("Your turn")
