"""Plays games of the catalogue to their end in browsers: `python -m tests.browser.every_game`.

Two players by turns hold the seats, one at a desk and one with a phone, and somebody watches; or with `--against-bot`
one has a phone, and begins each match as people do. It says how each match ended, and exits with 1 when something went
wrong: a refusal, an error in a console or in the server, a match that nobody can go on with, a result that is not shown.
The tests of the page play by the same functions.
"""

import argparse
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import quote

from playwright.sync_api import Browser, Error, Page, expect, sync_playwright

from game.rules.catalog import load_catalog
from game.rules.game import Game
from tests.browser import chromium, clicker, house
from tests.browser.conftest import ARGUMENTS
from tests.browser.matches import kept, resign
from tests.browser.visitors import PATIENCE_MS, Visitors, picture
from tests.server import ServerProcess

SHORT: Final[Mapping[str, Mapping[str, Any]]] = {
    "go": {"size": 9},
    "hearts": {"points": 1},
    "hex": {"size": 7},
    "liars_dice": {"dice": 2},
    "texas_holdem": {"hands": 3},
    "open_spiel/amazons": {"board_size": 6},
    "open_spiel/capture_the_flag": {"horizon": 20},
    "open_spiel/coop_box_pushing": {"horizon": 20},
    "open_spiel/breakthrough": {"columns": 4, "rows": 6},
    "open_spiel/dots_and_boxes": {"num_cols": 2, "num_rows": 2},
    "open_spiel/gomoku": {"size": 7, "connect": 4},
    "open_spiel/goofspiel": {"num_cards": 6},
    "open_spiel/havannah": {"board_size": 4},
    "open_spiel/laser_tag": {"horizon": 20},
    "open_spiel/lines_of_action": {"max_game_length": 100},
    "open_spiel/markov_soccer": {"horizon": 20},
    "open_spiel/oware": {"num_seeds_per_house": 2},
    "open_spiel/phantom_go": {"board_size": 5},
    "open_spiel/pig": {"winscore": 30},
    "open_spiel/quoridor": {"board_size": 5},
    "open_spiel/y": {"board_size": 7},
}
"""Options with which a match of random moves is over sooner."""
MOVES_MAX: Final = 400
"""Of each player; then one resigns."""
ELSEWHERE: Final = "/settings"
"""Where players are until there is a board for them. Who leaves the first page at once has fetched pictures for nothing, and
Chromium complains."""
MIDWAY: Final = 5
"""Moves of a player, after which a picture shows how a game looks."""


class Played(NamedTuple):
    """How a match went: moves of all who clicked, whether it ended by itself, and the result as the page says it."""

    moves: int
    ended: bool
    result: str


def sit_down(server: ServerProcess, game: Game, tokens: Sequence[str], pages: Sequence[Page]) -> None:
    """Begins a match of players with these tokens, who hold its seats by turns, and shows it on the pages."""
    seats = next(count for count in game.seats if count > 1)
    match, _ = clicker.seated(server, game.key, seats, SHORT.get(game.key, {}), tokens)
    for page in pages:
        clicker.go(page, f"/match/{match}")
    for page in pages:
        wait_for_board(page, game)


def ask_a_bot(page: Page, game: Game) -> None:
    """Begins a match against bots in the way that the page itself offers."""
    clicker.go(page, f"/?play={quote(game.key, safe='')}")
    page.get_by_role("dialog", name=game.title, exact=True).get_by_role("button", name="Play a bot").click()
    wait_for_board(page, game)


def wait_for_board(page: Page, game: Game) -> None:
    """Waits until the page shows a match of this game."""
    expect(page).to_have_title(re.compile(re.escape(game.title)))
    page.locator(".match-board .pt-table").wait_for(state="attached")  # to who watches, some tables are empty at first


def play(pages: Sequence[Page], seed: int, moves_max: int, midway: Callable[[], None] | None = None) -> Played:
    """Each page clicks on in the match that it shows, until it is over; after so many moves of one the last resigns.

    Raises AssertionError, or Playwright's errors, when that is not possible. `midway` is called when some moves are made.
    """
    moves, ended = _click(pages, seed, min(MIDWAY, moves_max) if midway else moves_max)
    if midway and not ended:
        midway()
        more, ended = _click(pages, seed + 1, moves_max)
        moves += more
    if not ended:
        resign(pages[-1])  # of more than two players, the others play on
    for page in pages:
        expect(page.locator(".result")).to_be_visible()
        expect(page.locator(".refusal")).to_be_empty()
    return Played(moves, ended, pages[0].locator(".result h2").inner_text())


def _click(pages: Sequence[Page], seed: int, moves_max: int) -> tuple[int, bool]:
    for at, page in enumerate(pages):
        clicker.begin(page, seed + at, moves_max)
    over = clicker.wait_until_done(*pages)
    moves = sum(clicker.stop(page) for page in pages)
    for page in pages:  # the last move of one may have ended it
        expect(page.locator(".pt-table[data-pending]")).to_have_count(0)
    return moves, over or pages[0].locator(".result").count() > 0


class Evening:
    """People with their pages open, who play one game after the other."""

    def __init__(self, server: ServerProcess, browser: Browser, arguments: argparse.Namespace) -> None:
        self._server = server
        self._arguments = arguments
        self.visitors = Visitors(browser.new_context)
        self._tokens: list[str] = []
        if not arguments.against_bot:
            _, self._tokens = clicker.seated(server, "tic_tac_toe", 2, {}, (None, None))
        self._pages = list(self._come(server.http))

    def _come(self, home: str) -> Iterator[Page]:
        if self._arguments.against_bot:
            yield self.visitors.open(home, size="phone", scheme="dark")
            return
        elsewhere = home + ELSEWHERE
        desk, phone = (kept(home, token) for token in self._tokens)
        yield self.visitors.open(elsewhere, storage_state=desk)
        yield self.visitors.open(elsewhere, size="phone", scheme="dark", storage_state=phone)
        yield self.visitors.open(elsewhere, scheme="dark")

    def play(self, game: Game) -> Played:
        """One match. Raises AssertionError, or Playwright's errors, when something is wrong."""
        players, spectators = self._pages[:2], self._pages[2:]
        if self._tokens:
            sit_down(self._server, game, self._tokens, self._pages)
        else:
            ask_a_bot(players[0], game)
        midway = (lambda: self.picture(game, "midway")) if self._arguments.pictures else None
        played = play(players, self._arguments.seed, self._arguments.moves_max, midway)
        for spectator in spectators:
            expect(spectator.locator(".result")).to_be_visible()
        if self._arguments.pictures:
            self.picture(game, "over")
        assert not self.visitors.trouble, "; ".join(self.visitors.trouble)
        assert "Traceback" not in self._server.log, "the server has met a bug: see its log"
        return played

    def picture(self, game: Game, when: str) -> None:
        """What everybody sees now."""
        who = ("desk", "phone", "spectator") if self._tokens else ("against-bot",)
        for page, name in zip(self._pages, who):
            picture(page, f"{game.key.replace('/', '-')}-{when}-{name}")


def played_in_turn(evening: Evening, games: Sequence[Game]) -> tuple[int, int]:
    """Prints a line for each game: how many ended by themselves, and how many went wrong."""
    ended = wrong = 0
    for game in games:
        start = time.monotonic()
        try:
            moves, over, result = evening.play(game)
            ended += over
            line = f"{moves:5} moves  {'' if over else 'resigned: '}{result}"
        except (AssertionError, Error) as error:
            wrong += 1
            evening.picture(game, "wrong")
            evening.visitors.trouble.clear()
            line = f"WRONG: {error}"
        print(f"{game.key:38} {time.monotonic() - start:6.1f} s {line}", flush=True)
    return ended, wrong


def main() -> None:
    """Plays the games that were named, or all."""
    catalog = load_catalog()
    parser = argparse.ArgumentParser(description="Plays games to their end in browsers, by clicking at random.")
    parser.add_argument("--game", action="append", choices=list(catalog), metavar="KEY", help="one of them, or several")
    parser.add_argument("--against-bot", action="store_true", help="one browser against bots, with the usual options")
    parser.add_argument("--seed", type=int, default=1, help="of the clicks; the server's dice are its own")
    parser.add_argument("--moves-max", type=int, default=MOVES_MAX, help="of each player, who then resigns")
    parser.add_argument("--pictures", action="store_true", help="keeps screenshots of each game")
    arguments = parser.parse_args()
    games = [catalog[key] for key in arguments.game or catalog]
    expect.set_options(timeout=PATIENCE_MS)
    with (
        tempfile.TemporaryDirectory() as folder,
        house.opened(Path(folder), "random") as server,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium.lightest(), args=list(ARGUMENTS))
        ended, wrong = played_in_turn(Evening(server, browser, arguments), games)
        browser.close()
    print(f"{len(games)} games: {ended} ended by themselves, {len(games) - ended - wrong} by resigning, {wrong} WRONG")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
