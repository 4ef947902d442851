"""Every kind of board, hand and form is played by keyboard alone, and what happens is said to who cannot see it."""

import re
from random import Random

from playwright.sync_api import Page, expect

from game.rules.catalog import OWN
from game.rules.game import Game
from tests.browser import clicker
from tests.browser.hand import Hand, waiting
from tests.browser.matches import begin, holds, kept, play
from tests.browser.visitors import Visitors
from tests.server import ServerProcess

NEXT = """(offered) => {
  if (document.querySelector('.result')) return { over: true };
  const all = [...document.querySelectorAll(offered)];
  if (!all.length) return null; // the answer is under way
  const at = document.activeElement;
  const moves = document.querySelectorAll('.move').length;
  const lost = at === document.body;
  if (all.includes(at)) return { on: at.dataset.place ?? at.dataset.piece ?? at.textContent, lost, moves };
  const { x, y } = at.getBoundingClientRect();
  const near = all.filter((one) => one.matches('.pt-place') && one.closest('.pt-places') === at.closest('.pt-places'))
    .map((one) => one.getBoundingClientRect()).map((to) => [to.x - x, to.y - y])
    .toSorted(([a, b], [c, d]) => Math.hypot(a, b) - Math.hypot(c, d))[0];
  return { place: at.dataset.place, near, lost, moves };
}"""
"""Once something is offered: where the focus is, whether it is there, and how far away the nearest offer on the same
board is.
"""

MOVES = 3
KEYS_MAX = 400


def test_every_game_is_played_by_keyboard_alone(house: ServerProcess, visitors: Visitors) -> None:
    """All seats are the player's own. After each pick and each move the focus is still somewhere, and leads on."""
    _, (token,) = clicker.seated(house, "tic_tac_toe", 2, {}, [None])
    page = visitors.open(house.http, storage_state=kept(house.http, token))
    for game in OWN:
        match, _ = clicker.seated(house, game.key, game.seats[0], {}, [token])
        clicker.go(page, f"/match/{match}")
        expect(page).to_have_title(re.compile(re.escape(game.title)))
        page.locator(".pt-table").wait_for()
        play_by_keys(page, game, Random(game.key))
        expect(page.locator(".refusal")).to_be_empty()


def play_by_keys(page: Page, game: Game, chance: Random) -> None:
    """So many moves, by Tab, arrows and Enter."""
    been: set[str] = set()
    picked = False
    for _ in range(KEYS_MAX):
        now = page.wait_for_function(NEXT, arg=clicker.OFFERED).json_value()
        if now.get("over") or now["moves"] >= MOVES:
            return
        assert not (picked and now["lost"]), f"{game.key}: after a pick the focus is nowhere"
        key = next_key(now, been, chance)
        picked = key == "Enter"
        page.keyboard.press(key)
    raise AssertionError(f"{game.key}: {KEYS_MAX} keys make no {MOVES} moves")


def next_key(now: dict[str, object], been: set[str], chance: Random) -> str:
    """Enter on what is offered; else towards it, and round about where that leads nowhere."""
    if "on" in now:
        been.clear()
        return "Enter"
    if not (near := now.get("near")):
        return "Tab"
    assert isinstance(near, list)
    place = str(now["place"])
    right, down = near
    if place in been:
        return chance.choice(["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"])
    been.add(place)
    if abs(right) > abs(down):
        return "ArrowRight" if right > 0 else "ArrowLeft"
    return "ArrowDown" if down > 0 else "ArrowUp"


def test_news_for_the_ear_names_the_players(house: ServerProcess, visitors: Visitors) -> None:
    """Also where a game says “Player 1”."""
    match = begin(house, "liars_dice")
    hands = {
        Hand(visitors.open(f"{house.http}/match/{match.id}", storage_state=kept(house.http, token)), 1): name
        for token, name in zip(match.tokens, ("Ann", "Bea"))
    }
    first = waiting([*hands])
    assert first is not None
    (other,) = (hand for hand in hands if hand is not first)
    while waiting([first, other]) is first:
        first.pick()
    news = re.compile(rf"^{hands[first]} bids .*\. {hands[other]} to answer")
    expect(other.page.locator(".pt-table [role=status]")).to_have_text(news)


def test_a_move_is_announced_once_to_who_cannot_see_it(house: ServerProcess, visitors: Visitors) -> None:
    """In one sentence, with what comes next; the board itself is a grid of named places."""
    match = begin(house)
    ann, bea = (
        visitors.open(f"{house.http}/match/{match.id}", storage_state=kept(house.http, token)) for token in match.tokens
    )
    news = bea.locator(".pt-table [role=status]")
    expect(news).to_be_empty()
    news.evaluate(
        "(news) => { window.said = []; new MutationObserver(() => window.said.push(news.textContent))"
        ".observe(news, { subtree: true, childList: true, characterData: true }) }"
    )
    play(ann, "b2")
    holds([ann, bea], "b2", "X")
    expect(news).to_have_text(re.compile(r"^X.*b2\. .*Bea to move$"))
    play(bea, "a1")
    holds([ann, bea], "a1", "O")
    expect(news).to_have_text(re.compile(r"^O.*a1"))
    assert [text for text in bea.evaluate("window.said") if text] == ["X on b2. Bea to move", "O on a1. Ann to move"]

    board = bea.get_by_role("grid", name="Board")
    expect(board.get_by_role("row")).to_have_count(3)
    expect(board.get_by_role("row").nth(1).get_by_role("gridcell")).to_have_count(3)
    expect(board.get_by_role("row").nth(1).get_by_role("gridcell").nth(1)).to_have_accessible_name(re.compile("X.*b2"))
    expect(board.locator("[tabindex='0']")).to_have_count(1)
