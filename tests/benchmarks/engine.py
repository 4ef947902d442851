"""The engine alone, without sockets: CPU time of a move from `submit` to its frame.

Each game is played by chance in many matches at once, with a journal in memory and one feed per audience that
somebody reads. The floor beside it is the same moves by the rules alone. Medians of several rounds.
"""

import asyncio
import statistics
import time
from random import Random

import structlog

from game.engine.registry import MatchHost
from game.matches.commands import PlayMove
from game.rules.catalog import load_catalog
from game.rules.dice import Dice
from game.rules.game import Game
from game.rules.moves import sample
from tests.engine.desk import Desk, Ear
from web.edge.feeds import Feed, Feeds

GAMES = ("tic_tac_toe", "connect_four", "rock_paper_scissors", "liars_dice")
MATCHES = 300
ROUNDS = 5
SEED = bytes(32)


class Reader:
    """Reads frames and forgets them."""

    def write(self, frame: bytes) -> None:
        """Takes a frame."""

    def feed_ended(self, feed: Feed) -> None:
        """Does not mind."""


async def engine_us(game: Game, random: Random) -> float:
    """Microseconds of CPU per move through host, journal, view, patch and frame."""
    desk = Desk()
    feeds, reader = Feeds(desk.loop), Reader()
    hosts = [await desk.match(f"m{number}", game.key) for number in range(MATCHES)]
    for host in hosts:
        for seat in (0, 1):
            feed = feeds.of(f"match/{host.id}", host, seat, "view", {})
            feed.join(reader, feed.missed("first"))
    moves, spent = 0, 0.0
    while playing := [host for host in hosts if host.told.outcome is None]:
        chosen = [(host, *_choice(host, random)) for host in playing]
        before = time.process_time()
        for host, seat, move in chosen:
            host.submit(PlayMove(seat, move), str(host.version), Ear(), 0)
        await desk.settle()
        spent += time.process_time() - before
        moves += len(chosen)
    await desk.journal.close()
    return spent / moves * 1e6


def rules_us(game: Game, random: Random) -> float:
    """Microseconds of CPU per move by the rules alone: play, who is next, whether it is over."""
    moves, spent = 0, 0.0
    for number in range(MATCHES):
        state = game.setup(game.Options(), 2, Dice(SEED, number))
        while turn := game.to_move(state):
            move = sample(game.legal_moves(state, turn[0]), random.randrange)
            before = time.process_time()
            state = game.play(state, turn[0], move, Dice(SEED, moves))
            game.to_move(state)
            game.outcome(state)
            spent += time.process_time() - before
            moves += 1
    return spent / moves * 1e6


def _choice(host: MatchHost, random: Random) -> tuple[int, str]:
    match = host.told
    return match.turn[0], sample(match.legal_moves(match.turn[0]), random.randrange)


def by_game(rounds: int = ROUNDS) -> dict[str, tuple[float, float]]:
    """Of some games: microseconds of the rules, and of the engine."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    figures = {}
    for key in GAMES:
        game = load_catalog()[key]
        rules = statistics.median(rules_us(game, Random(number)) for number in range(rounds))
        engine = statistics.median(asyncio.run(engine_us(game, Random(number))) for number in range(rounds))
        figures[key] = rules, engine
    return figures
