"""Somebody who plays any game in the page by clicking at random on what it offers."""

from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from itertools import cycle
from typing import Any

from playwright.sync_api import Page

from bots.client import Client
from tests.browser.matches import apart
from tests.server import ServerProcess

OFFERED = (
    ".pt-table:not([data-waiting]) :is(.pt-place[data-open], .pt-touch[data-open][aria-pressed=false], .pt-whole,"
    " .pt-cell-button[data-open], .pt-actions .pt-button:not(:disabled):not(.pt-quiet):not([aria-pressed=true]))"
)
"""What can be clicked to go on with a move."""

MAIN = ".pt-table:not([data-waiting]) .pt-actions .pt-main:not(:disabled)"
"""Completes a move: what is chosen, an amount, or what a finger may have missed."""
REFUSAL = ".refusal, .notice.trouble"
"""Where the page says that something was not possible."""
QUIET_MS = 30_000
"""A board on which nothing changes for so long is one that nobody can go on with."""
PICKS_MAX = 1000
"""Of one move: whoever needs more does not get on."""

BEGIN = """([offered, main, refusal, seed, movesMax, quietMs, picksMax]) => {
  let state = seed;
  const below = (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
  window.clicker?.stop();
  const clicker = { moves: 0 };
  window.clicker = clicker;
  let going = false;
  let picks = 0;
  let changed = performance.now();
  const board = () => document.querySelector('.match-board');
  const observer = new MutationObserver((changes) => {
    if (board() && changes.some(({ target }) => board().contains(target))) changed = performance.now();
    goOn();
  });
  const watch = setInterval(() => {
    if (performance.now() - changed > quietMs) clicker.end('nothing changes any more, and nothing is offered');
  }, 1000);
  clicker.stop = () => {
    clicker.stopped = true;
    observer.disconnect();
    clearInterval(watch);
  };
  clicker.done = new Promise((resolve) => { clicker.end = resolve; });
  const goOn = () => {
    if (going || clicker.stopped) return;
    going = true;
    setTimeout(step, 0);
  };
  const step = () => {
    going = false;
    if (clicker.stopped) return;
    const refused = [...document.querySelectorAll(refusal)].map((one) => one.textContent).join(' ').trim();
    if (refused) clicker.end(`refused: ${refused}`);
    else if (picks > picksMax) clicker.end(`${picks} picks made no move`);
    else if (document.querySelector('.result')) clicker.end('over');
    else if (clicker.moves >= movesMax) clicker.end('enough');
    else pick();
  };
  const pick = () => {
    const all = [...document.querySelectorAll(offered)];
    if (!all.length) return;
    const mains = [...document.querySelectorAll(main)];
    const buttons = all.filter((one) => one.matches('.pt-button'));
    const from = mains.length && below(2) ? mains : buttons.length && below(8) === 0 ? buttons : all;
    from[below(from.length)].click();
    picks += 1;
    setTimeout(() => {
      if (document.querySelector('.pt-table[data-waiting]')) {
        clicker.moves += 1;
        picks = 0;
      }
      goOn();
    }, 0);
  };
  observer.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
  goOn();
}"""

DONE = "Promise.race([window.clicker.done, new Promise((look) => setTimeout(look, 200))])"
"""How it ended; nothing while it goes on, for another page may know more."""


def begin(page: Page, seed: int, moves_max: int) -> None:
    """From now on it clicks by itself, until the match is over, it has made so many moves, or it is told to stop."""
    page.evaluate(BEGIN, [OFFERED, MAIN, REFUSAL, seed, moves_max, QUIET_MS, PICKS_MAX])


def wait_until_done(*pages: Page) -> bool:
    """Waits until the match is over, or one of them has made its moves: whether it is over.

    Raises AssertionError when a move was refused, or when nobody can go on.
    """
    ending = next(filter(None, (page.evaluate(DONE) for page in cycle(pages))))
    assert ending in ("over", "enough"), ending
    return bool(ending == "over")


def stop(page: Page) -> int:
    """Lets it click no more: how many moves it has made."""
    return int(page.evaluate("window.clicker.stop(), window.clicker.moves"))


def seated(
    server: ServerProcess, game: str, seats: int, options: Mapping[str, Any], tokens: Sequence[str | None]
) -> tuple[str, list[str]]:
    """The id of a match of these players, who hold its seats in turn, and their tokens; None is a new player."""

    async def sit() -> tuple[str, list[str]]:
        async with AsyncExitStack() as stack:
            players = [await stack.enter_async_context(Client(server.url, token=token)) for token in tokens]
            lobby = await players[0].create_lobby(game, seats, options)
            for seat in range(seats):
                await players[seat % len(players)].take_seat(lobby, seat)
            return lobby, [str(player.token) for player in players]

    return apart(sit())


def go(page: Page, path: str) -> None:
    """Follows a link, as the page itself does: without loading anew."""
    page.evaluate(
        "(path) => { const link = Object.assign(document.createElement('a'), { href: path });"
        " document.body.append(link); link.click(); link.remove(); }",
        path,
    )
