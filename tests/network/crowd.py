"""python -m tests.network.crowd: matches are played beside a crowd of hostile clients, and without it, in turn.

Prints how long the players' moves took, from the request until it was accepted and seen, and how the server's memory
grew; each figure is the median over the rounds, so that one bad moment of the machine spoils one round. The server has a
core of its own where there are two. The crowd has what the players leave of theirs: being nice would not be enough,
for a nice process finishes its slice before they wake, so on Linux it is one of those that run when nobody else does.
How much it got is printed, for a crowd without a core harms nobody.
"""

import argparse
import asyncio
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import AsyncExitStack, contextmanager
from itertools import count
from pathlib import Path
from statistics import median

import psutil

from bots.client import Client
from protocol.messages import JoinLobby, Ping, Watch
from tests.benchmarks.stand import cores, on
from tests.network.bystander import Bystander
from tests.network.line import Line
from tests.server import ServerProcess

LISTED = 200
"""Open lobbies on the list, which make a snapshot of it long."""
ASKED = 90
"""Snapshots of it that a greedy connection asks for at once."""
FLOOD = 100
"""Requests that a flooder sends at once, again and again."""
PAUSE_SECONDS = 1.0
"""Between two moves in a match; and before one who was cut off comes back."""
SETTLE_SECONDS = 2.0
"""Between the crowd's coming or going and what is measured."""
NICE = 19
"""How far the crowd gives way to the players, with whom it shares a core, where there is nothing better."""
LOST = (OSError, TimeoutError, AssertionError)
"""How a hostile connection ends, or is not let in."""


# The crowd


async def never_reads(url: str, match: str) -> None:
    """Asks for far more than the server keeps for anyone, and reads none of it."""
    async with Line(url, receive_buffer_bytes=4096) as line:
        await line.greet()
        await line.tell(*_greedy(match))
        while True:
            await asyncio.sleep(1)
            await line.tell(Ping(1))


async def reads_a_byte_a_second(url: str, match: str) -> None:
    """The same, but it does read, only not fast enough."""
    async with Line(url, receive_buffer_bytes=4096) as line:
        await line.greet()
        await line.tell(*_greedy(match))
        while await line.read_a_byte():
            await asyncio.sleep(1)
            await line.tell(Ping(1))


async def floods(url: str, match: str) -> None:
    """Requests as fast as they go, without a look at the answers."""
    async with Line(url) as line:
        await line.greet()
        reading = asyncio.create_task(line.drain())
        try:
            for number in count(step=FLOOD):
                await line.tell(*(JoinLobby(str(number + n), "nowhere") for n in range(FLOOD)))
        finally:
            reading.cancel()


KINDS = (never_reads, reads_a_byte_a_second, floods)


def _greedy(match: str) -> Sequence[Watch]:
    return [Watch("match", f"match/{match}"), *(Watch(f"list-{n}", "lobbies") for n in range(ASKED))]


async def again_and_again(kind: int, url: str, match: str, cut_off: Callable[[int], None]) -> None:
    """Comes back each time that it is cut off, and says so."""
    while True:
        await asyncio.sleep(random.random() * PAUSE_SECONDS)
        try:
            await KINDS[kind](url, match)
        except LOST:
            pass
        cut_off(kind)


async def crowd(url: str, match: str, each: int, cut_off: Callable[[int], None]) -> None:
    """So many of each kind, until it is cancelled. `cut_off` is told of which kind one was, each time."""
    async with asyncio.TaskGroup() as tasks:
        for kind in range(len(KINDS)):
            for _ in range(each):
                tasks.create_task(again_and_again(kind, url, match, cut_off))


@contextmanager
def a_crowd_beside(url: str, match: str, each: int, cut_off: Counter[str]) -> Iterator[psutil.Process]:
    """The crowd in a process of its own, which gives way to the players. Counts who was cut off, by kind."""
    command = [sys.executable, "-m", "tests.network.crowd", "--against", url, "--match", match, "--each", str(each)]
    with on(cores().loading):
        process = subprocess.Popen(command, stdout=subprocess.PIPE)
    give_way(process.pid)
    try:
        yield psutil.Process(process.pid)
    finally:
        process.kill()
        cut_off.update(KINDS[int(kind)].__name__ for kind in process.communicate()[0].decode())


def give_way(pid: int) -> None:
    """The process runs when nobody else wants its core."""
    psutil.Process(pid).nice(NICE)
    if hasattr(os, "SCHED_IDLE"):
        os.sched_setscheduler(pid, os.SCHED_IDLE, os.sched_param(0))


# The players


class Players:
    """Matches that go on, a move a second in each, and how long the moves take."""

    def __init__(self, matches: Sequence[Bystander]) -> None:
        self._matches = matches
        self.seconds: list[float] = []

    async def play(self, seconds: float) -> list[float]:
        """How long each move took, in seconds, that was made meanwhile."""
        until = time.monotonic() + seconds
        took = await asyncio.gather(*(self._play_one(match, until) for match in self._matches))
        return [each for of_match in took for each in of_match]

    async def _play_one(self, match: Bystander, until: float) -> list[float]:
        took = []
        await asyncio.sleep(random.random() * PAUSE_SECONDS)
        while time.monotonic() < until:
            began = time.monotonic()
            await match.move()
            took.append(time.monotonic() - began)
            await match.go_on()
            await asyncio.sleep(PAUSE_SECONDS / 4 * (0.5 + random.random()))
        return took


async def measure(url: str, pid: int, matches: int, each: int, seconds: float, rounds: int) -> None:
    """Plays with the crowd and without it, in turn, and prints what came of it."""
    process = psutil.Process(pid)
    async with AsyncExitStack() as stack:
        clients = [await stack.enter_async_context(Client(url, name=f"{n}" * 16)) for n in range(matches)]
        await asyncio.gather(
            *(clients[n % matches].create_lobby("liars_dice", 6, {"dice": 5}, listed=True) for n in range(LISTED))
        )
        playing = [Bystander(client) for client in clients]
        for bystander in playing:
            await bystander.begin()
        players = Players(playing)
        await players.play(SETTLE_SECONDS)
        calm = Part("calm", process)
        attacked = Part("attacked", process)
        before = peak = process.memory_info().rss
        crowded = 0.0
        cut_off: Counter[str] = Counter()
        for _ in range(rounds):
            await calm.add(players.play(seconds), seconds)
            with a_crowd_beside(url, playing[0].match, each, cut_off) as those:
                await players.play(SETTLE_SECONDS)
                crowded -= cpu_seconds(those)
                watching = asyncio.create_task(peak_bytes(process, seconds))
                await attacked.add(players.play(seconds), seconds)
                peak = max(peak, await watching)
                crowded += cpu_seconds(those)
            await players.play(SETTLE_SECONDS)
        after = process.memory_info().rss
        assert [client.connections for client in clients] == [1] * len(clients), "a player lost a connection"
    print(f"{matches} matches, {each} of each of {len(KINDS)} kinds; {rounds} × {seconds:g} s each way")
    print(f"{'':12}{'moves':>8}{'p50 ms':>10}{'p99 ms':>10}{'max ms':>10}{'server CPU':>12}   p99 of each round")
    for part in (calm, attacked):
        print(part)
    grew, left = (peak - before) / 2**20, (after - before) / 2**20
    print(f"the crowd had {crowded / rounds / seconds:.0%} of a core; cut off:", end=" ")
    print(", ".join(f"{kind.__name__} {cut_off[kind.__name__]}" for kind in KINDS))
    print(
        f"memory of the server: {before / 2**20:.1f} MiB; at most {grew:.1f} MiB more while attacked, {left:.1f} after"
    )


class Part:
    """The rounds with the crowd, or those without: printed as a line."""

    def __init__(self, name: str, server: psutil.Process) -> None:
        self._name = name
        self._server = server
        self._rounds: list[list[float]] = []
        self._shares: list[float] = []

    async def add(self, playing: Coroutine[None, None, list[float]], seconds: float) -> None:
        """One more round."""
        before = cpu_seconds(self._server)
        self._rounds.append(sorted(await playing))
        self._shares.append((cpu_seconds(self._server) - before) / seconds)

    def __str__(self) -> str:
        p50, p99, most = (median(self._milliseconds(part)) for part in (0.5, 0.99, 1))
        moves = sum(len(took) for took in self._rounds)
        each = " ".join(f"{p99_ms:.2f}" for p99_ms in self._milliseconds(0.99))
        return f"{self._name:12}{moves:8}{p50:10.2f}{p99:10.2f}{most:10.2f}{median(self._shares):12.0%}   {each}"

    def _milliseconds(self, part: float) -> list[float]:
        """How long that part of the moves took at most, by round."""
        return [1000 * took[int(part * (len(took) - 1))] for took in self._rounds]


def cpu_seconds(process: psutil.Process) -> float:
    """What it has used so far."""
    return sum(process.cpu_times()[:2])


async def peak_bytes(process: psutil.Process, seconds: float) -> int:
    """The most memory that it held meanwhile."""
    peak, until = 0, time.monotonic() + seconds
    while time.monotonic() < until:
        peak = max(peak, process.memory_info().rss)
        await asyncio.sleep(0.1)
    return peak


def _say(kind: int) -> None:
    os.write(sys.stdout.fileno(), str(kind).encode())


def main() -> None:
    """Measures, or is the crowd."""
    parser = argparse.ArgumentParser(prog="python -m tests.network.crowd", description=__doc__)
    parser.add_argument("--matches", type=int, default=50)
    parser.add_argument("--each", type=int, default=50, help="hostile clients of each kind")
    parser.add_argument("--seconds", type=float, default=8.0, help="of each part of a round")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--against", help=argparse.SUPPRESS)
    parser.add_argument("--match", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.against:
        asyncio.run(crowd(chosen.against, chosen.match, chosen.each, _say))
        return
    with tempfile.TemporaryDirectory(prefix="parlour-crowd-") as folder:
        with on(cores().serving):
            server = ServerProcess(Path(folder), f"sqlite:{folder}/parlour.db", "--log-level", "error").start()
        try:
            with on(cores().loading):
                asyncio.run(measure(server.url, server.pid, chosen.matches, chosen.each, chosen.seconds, chosen.rounds))
        finally:
            server.close()


if __name__ == "__main__":
    main()
