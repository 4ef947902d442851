"""A server that dies at every named point, and what its clients find when it is back."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bots.drill import Drill, Fall, endless
from bots.server import ServerProcess, ServerTrouble
from game.engine import failpoints
from game.engine.failpoints import POINTS, VARIABLE
from game.rules.catalog import load_catalog

COUNTS = (1, 90)
"""Which time a point is reached: while the first lobbies are open, and in the midst of play."""
FOLDS = (2, 1)
"""The second of these is met when the server starts and takes over what the last one left."""
DIES_SECONDS_MAX = 30.0
CATALOG = load_catalog()


class Dying(ServerProcess):
    """A server that dies by itself at a point, once for each count; then it lives."""

    def __init__(self, folder: Path, point: str, counts: tuple[int, ...]) -> None:
        super().__init__(
            f"sqlite:{folder / 'parlour.db'}", folder / "server.log", ["-m", "tests.engine.folding_server"]
        )
        self._arms = [f"{point}:{count}" for count in counts]
        self.deaths = 0

    async def start(self) -> None:
        """As often as it takes: a server may die before it listens."""
        while self._arms:
            self.environment = {VARIABLE: self._arms.pop(0)}
            try:
                await super().start()
            except ServerTrouble:
                self.deaths += 1
            else:
                return
        self.environment = {}
        await super().start()

    def falls(self) -> Iterator[Fall]:
        """Until it has died at all counts."""
        while self.environment:
            yield self._dies

    async def _dies(self) -> None:
        try:
            async with asyncio.timeout(DIES_SECONDS_MAX):
                assert await self.gone() == -signal.SIGKILL
        except TimeoutError:
            raise AssertionError(f"it never got to {self.environment}") from None
        self.deaths += 1


@pytest.mark.parametrize("point", POINTS)
async def test_what_was_acknowledged_is_there_once_wherever_the_server_dies(point: str, tmp_path: Path) -> None:
    server = Dying(tmp_path, point, FOLDS if point == "in_fold" else COUNTS)
    drill = Drill(server, CATALOG, endless(CATALOG, list(CATALOG), point), matches=12, concurrency=10)
    came = await drill.run(server.falls())
    assert list(came.complaints()) == []
    assert (server.deaths, came.matches >= 12, came.moves > 200) == (2, True, True)


@pytest.mark.parametrize("says", ["calvinball", "after_commit:0", "after_commit:x", "after_commit:", "after_commit:-1"])
def test_what_names_no_point_is_refused_at_the_start(says: str) -> None:
    command = [sys.executable, "-m", "web", "--storage", "memory:", "--port", "0"]
    ended = subprocess.run(
        command, env={**os.environ, VARIABLE: says}, capture_output=True, text=True, check=False, timeout=30
    )
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith(f"{VARIABLE}={says}: say one of before_append, after_append")


def test_without_the_variable_nothing_can_happen() -> None:
    assert failpoints.reach is failpoints.unarmed
