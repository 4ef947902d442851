"""Matches that are under way before anybody opens a page, and how their boards are found on it."""

import asyncio
import re
from collections.abc import Coroutine, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, contextmanager
from threading import Thread
from typing import Any, NamedTuple, TypeVar

from playwright.sync_api import Locator, Page, expect

from bots.client import Client
from tests.server import ServerProcess
from tests.web.proxy import Manner, Proxy, proxy

T = TypeVar("T")


class Begun(NamedTuple):
    """A match and the tokens of its players, by seat."""

    id: str
    tokens: list[str]


def begin(server: ServerProcess, game: str = "tic_tac_toe", names: Sequence[str] = ("Ann", "Bea")) -> Begun:
    """A match between players of these names. Their pages need their tokens: see `kept`."""
    return apart(_begin(server.url, game, names))


async def _begin(url: str, game: str, names: Sequence[str]) -> Begun:
    async with AsyncExitStack() as stack:
        players = [await stack.enter_async_context(Client(url, name=name)) for name in names]
        match = await players[0].create_lobby(game, len(names), listed=True)
        for seat, player in enumerate(players):
            await player.take_seat(match, seat)
        return Begun(match, [player.token or "" for player in players])


def kept(origin: str, token: str) -> dict[str, Any]:
    """What the browser of that player has kept from an earlier visit."""
    return {"cookies": [], "origins": [{"origin": origin, "localStorage": [{"name": "parlour.token", "value": token}]}]}


def apart(story: Coroutine[Any, Any, T]) -> T:
    """Runs something that waits, on a thread of its own: Playwright's loop is running on this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, story).result()


@contextmanager
def behind(server: ServerProcess, manner: Manner) -> Iterator[tuple[Proxy, asyncio.AbstractEventLoop]]:
    """A proxy before the server, and the loop that it runs on: call its methods there."""
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever)
    thread.start()
    way = proxy(server, manner)
    try:
        yield asyncio.run_coroutine_threadsafe(way.__aenter__(), loop).result(), loop
    finally:
        asyncio.run_coroutine_threadsafe(way.__aexit__(None, None, None), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


def place(page: Page, name: str) -> Locator:
    """A place of the board."""
    return page.locator(f'[data-place="{name}"]')


def can_pick(page: Page, name: str) -> None:
    """Waits until it is this player's turn to pick that place."""
    expect(place(page, name)).to_have_attribute("data-open", "true")


def play(page: Page, name: str) -> None:
    """Picks a place as soon as that is legal."""
    can_pick(page, name)
    place(page, name).click()


def resign(page: Page) -> None:
    """Gives up, as one does who means it."""
    page.get_by_role("button", name="Resign").click()
    page.get_by_role("button", name="Yes, resign").click()


def holds(pages: Sequence[Page], name: str, piece: str) -> None:
    """Waits until every page says that the piece lies there."""
    for page in pages:
        expect(place(page, name)).to_have_attribute("aria-label", re.compile(rf"\b{piece}\b"))


def loses_connection(page: Page) -> None:
    """Waits until it says that it has none: from then on what is done on it waits."""
    expect(page.get_by_role("status").filter(has_text=re.compile("Reconnecting|offline"))).to_be_visible()
