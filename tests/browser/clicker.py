"""Somebody who plays any game in the page by clicking at random on what it offers."""

from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
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

BEGIN = """([offered, seed, movesMax]) => {
  let state = seed;
  const below = (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
  const clicker = { moves: 0 };
  clicker.done = new Promise((resolve) => { clicker.end = resolve; });
  window.clicker = clicker;
  let going = false;
  const goOn = () => {
    if (going) return;
    going = true;
    setTimeout(step, 0);
  };
  const step = () => {
    going = false;
    const over = document.querySelector('.result') !== null;
    if (over || clicker.moves >= movesMax) clicker.end(over);
    if (over || clicker.stopped) return;
    const all = [...document.querySelectorAll(offered)];
    if (!all.length) return;
    const buttons = all.filter((one) => one.matches('.pt-button'));
    const from = buttons.length && below(8) === 0 ? buttons : all;
    from[below(from.length)].click();
    setTimeout(() => {
      if (document.querySelector('.pt-table[data-waiting]')) clicker.moves += 1;
      goOn();
    }, 0);
  };
  new MutationObserver(goOn).observe(document.body, { subtree: true, childList: true, attributes: true });
  goOn();
}"""


def begin(page: Page, seed: int, moves_max: int) -> None:
    """From now on it clicks by itself, until the match is over or it is told to stop."""
    page.evaluate(BEGIN, [OFFERED, seed, moves_max])


def wait_until_done(page: Page) -> bool:
    """Waits until it has made so many moves, or the match is over: whether it is."""
    return bool(page.evaluate("window.clicker.done"))


def stop(page: Page) -> None:
    """Lets it click no more."""
    page.evaluate("window.clicker.stopped = true")


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
