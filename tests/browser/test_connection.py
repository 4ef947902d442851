"""Tunnels, lids, second tabs and killed servers: the match goes on, without a reload and with nothing lost."""

import json
import os
import re
import signal
from collections.abc import Sequence

import pytest
from playwright.sync_api import Page, expect

from tests.browser.matches import Begun, begin, behind, can_pick, holds, kept, loses_connection, place, play
from tests.browser.visitors import LOST_NETWORK, Visitors
from tests.server import ServerProcess, StartServer
from tests.web.proxy import Manner


def seated(visitors: Visitors, origin: str, match: Begun, forgiven: Sequence[str] = ()) -> list[Page]:
    """The pages of the two players, with a mark that a reload would wipe out."""
    address = f"{origin}/match/{match.id}"
    pages = [visitors.open(address, forgiven=forgiven, storage_state=kept(origin, token)) for token in match.tokens]
    return [marked(page) for page in pages]


def marked(page: Page) -> Page:
    page.evaluate("() => { globalThis.neverReloaded = true }")
    return page


def never_reloaded(pages: Sequence[Page]) -> bool:
    return all(page.evaluate("() => globalThis.neverReloaded === true") for page in pages)


def test_a_killed_server_and_a_player_offline_lose_nothing(start_server: StartServer, visitors: Visitors) -> None:
    """Two players and a spectator; each player moves once while the server cannot hear it."""
    server = start_server()
    match = begin(server)
    ann, bea = seated(visitors, server.http, match, LOST_NETWORK)
    eve = marked(visitors.open(f"{server.http}/match/{match.id}", forgiven=LOST_NETWORK))
    everyone = [ann, bea, eve]
    play(ann, "b2")
    holds(everyone, "b2", "X")
    can_pick(bea, "a1")

    server.kill()
    for page in everyone:
        loses_connection(page)
    place(bea, "a1").click()
    expect(bea.locator(".pt-pending")).to_be_visible()
    server.start()
    holds(everyone, "a1", "O")
    can_pick(ann, "c3")

    ann.context.set_offline(True)
    loses_connection(ann)
    place(ann, "c3").click()
    ann.context.set_offline(False)
    holds(everyone, "c3", "X")
    play(bea, "a2")
    holds(everyone, "a2", "O")
    assert never_reloaded(everyone)


def test_a_move_made_while_the_other_is_offline_is_there_when_they_are_back(
    house: ServerProcess, visitors: Visitors
) -> None:
    ann, bea = seated(visitors, house.http, begin(house), LOST_NETWORK)
    can_pick(ann, "b2")
    bea.context.set_offline(True)
    loses_connection(bea)
    play(ann, "b2")
    holds([ann], "b2", "X")
    bea.context.set_offline(False)
    holds([bea], "b2", "X")
    play(bea, "a1")
    holds([ann, bea], "a1", "O")
    assert never_reloaded([ann, bea])


def test_a_reload_in_mid_match_comes_back_to_the_same_seat(house: ServerProcess, visitors: Visitors) -> None:
    ann, bea = seated(visitors, house.http, begin(house))
    play(ann, "b2")
    holds([bea], "b2", "X")
    bea.reload()
    holds([bea], "b2", "X")
    play(bea, "a1")
    holds([ann, bea], "a1", "O")


def test_two_tabs_of_one_player_show_the_same_and_both_can_move(house: ServerProcess, visitors: Visitors) -> None:
    match = begin(house)
    ann, bea = seated(visitors, house.http, match)
    other = visitors.tab(ann, f"{house.http}/match/{match.id}")
    can_pick(other, "b2")
    play(ann, "b2")
    holds([ann, bea, other], "b2", "X")
    play(bea, "a1")
    play(other, "c3")
    holds([ann, bea, other], "c3", "X")


def test_a_lid_that_was_shut_for_a_while_costs_nothing(house: ServerProcess, visitors: Visitors) -> None:
    """The page stands still, and its line is gone when it goes on; meanwhile the other has moved."""
    match = begin(house)
    with behind(house, "passes") as (way, loop):
        bea = visitors.open(f"{house.http}/match/{match.id}", storage_state=kept(house.http, match.tokens[1]))
        state = kept(way.url, match.tokens[0])
        ann = marked(visitors.open(f"{way.url}/match/{match.id}", storage_state=state, forgiven=LOST_NETWORK))
        play(ann, "b2")
        holds([ann, bea], "b2", "X")
        asleep = renderer(ann)
        assert asleep != renderer(bea)
        os.kill(asleep, signal.SIGSTOP)
        try:
            loop.call_soon_threadsafe(way.cut)
            expect(bea.locator(".presence").first).to_have_attribute("title", "away")
            play(bea, "a1")
            holds([bea], "a1", "O")
        finally:
            os.kill(asleep, signal.SIGCONT)
        holds([ann], "a1", "O")
        play(ann, "c3")
        holds([ann, bea], "c3", "X")
        assert never_reloaded([ann])


def renderer(page: Page) -> int:
    """The process in which the browser runs that page: its number stands in a trace."""
    browser = page.context.browser
    assert browser is not None
    browser.start_tracing(page=page, categories=["disabled-by-default-devtools.timeline"])
    events = json.loads(browser.stop_tracing())["traceEvents"]
    began = next(event for event in events if event["name"] == "TracingStartedInBrowser")
    return int(began["args"]["data"]["frames"][0]["processId"])


@pytest.mark.parametrize("manner", ["answers", "swallows"])
def test_where_websockets_are_blocked_it_goes_over_http(
    house: ServerProcess, visitors: Visitors, manner: Manner
) -> None:
    match = begin(house)
    with behind(house, manner) as (way, _):
        ann, _ = seated(visitors, way.url, match, LOST_NETWORK)
        (_, bea) = seated(visitors, house.http, match)
        expect(ann.get_by_label(re.compile("Connected over plain HTTP"))).to_be_visible()
        play(ann, "b2")
        holds([ann, bea], "b2", "X")
        play(bea, "a1")
        holds([ann, bea], "a1", "O")


def test_a_connection_that_is_cut_comes_back(house: ServerProcess, visitors: Visitors) -> None:
    match = begin(house)
    with behind(house, "passes") as (way, loop):
        ann, bea = seated(visitors, way.url, match, LOST_NETWORK)
        play(ann, "b2")
        holds([ann, bea], "b2", "X")
        for row in ("a", "c"):
            loop.call_soon_threadsafe(way.cut)
            page, piece = (bea, "O") if row == "a" else (ann, "X")
            play(page, f"{row}1")
            holds([ann, bea], f"{row}1", piece)
        assert never_reloaded([ann, bea])


def test_a_line_on_which_nothing_comes_any_more_is_found_out(start_server: StartServer, visitors: Visitors) -> None:
    """As in a tunnel: nobody says that the line is gone. The server is held, and keeps its connections."""
    server = start_server("memory:")
    ann, bea = seated(visitors, server.http, begin(server), LOST_NETWORK)
    can_pick(ann, "b2")
    os.kill(server.pid, signal.SIGSTOP)
    try:
        place(ann, "b2").click()
        loses_connection(ann)
    finally:
        os.kill(server.pid, signal.SIGCONT)
    holds([ann, bea], "b2", "X")
    play(bea, "a1")
    holds([ann, bea], "a1", "O")
    assert never_reloaded([ann, bea])


def test_without_a_network_the_page_still_opens(start_server: StartServer, visitors: Visitors) -> None:
    server = start_server()
    page = visitors.open(server.http, forgiven=(*LOST_NETWORK, "fetching the script"))
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    server.kill()
    page.reload()
    expect(page.get_by_role("banner")).to_be_visible()
    server.start()
    expect(page.get_by_label(re.compile("Connected"))).to_be_visible()
