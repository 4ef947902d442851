"""What the engine's tests stand on: a real journal and registry, on a storage that fails when told to."""

import asyncio
from collections.abc import Sequence
from typing import NamedTuple

from game.engine.journal import Journal
from game.engine.registry import LobbyHost, MatchHost, Registry
from game.engine.storage import Line, StorageError
from game.engine.storage.memory import MemoryStorage
from game.lobbies import commands
from game.lobbies.lobby import Header
from game.matches.match import Player
from game.matches.refusals import Refusal
from game.rules.catalog import Catalog, load_catalog

ANN, BOB = Player("ann", "Ann"), Player("bob", "Bob")


def free() -> None:
    """Whoever asks may open a lobby."""


class FailingStorage(MemoryStorage):
    """Memory that refuses to commit while `fails`, and notes how many lines each commit had.

    With `keeps` it keeps what it says it does not; with `reads_fail` nothing can be read.
    """

    def __init__(self) -> None:
        super().__init__()
        self.fails = False
        self.keeps = False
        self.reads_fail = False
        self.commits: list[int] = []

    def read(self, key: str) -> list[str] | None:
        if self.reads_fail:
            raise StorageError("the disk does not answer")
        return super().read(key)

    def commit(self, lines: Sequence[Line]) -> None:
        if self.fails and self.keeps:
            super().commit(lines)
        if self.fails:
            raise StorageError("the disk is on fire")
        super().commit(lines)
        if lines:
            self.commits.append(len(lines))

    def commit_text(self, key: str, text: str) -> None:
        """One more line of a record, whatever it says."""
        super().commit([Line(key, text)])


class Heard(NamedTuple):
    """One answer to a request."""

    request: str
    answer: object


class Ear:
    """An Asker and a Listener that remembers all it hears, in order."""

    def __init__(self) -> None:
        self.heard: list[Heard] = []

    def accepted(self, request: str, value: object) -> None:
        self.heard.append(Heard(request, value))

    def refused(self, request: str, refusal: Refusal) -> None:
        self.heard.append(Heard(request, refusal.code))

    def told(self, events: Sequence[object]) -> None:
        self.heard.append(Heard("told", [type(event).__name__ for event in events]))

    def lost(self, why: Refusal) -> None:
        self.heard.append(Heard("lost", why.code))


class Desk:
    """An engine in a running loop. Its clock stands still until it is set."""

    def __init__(
        self, storage: FailingStorage | None = None, catalog: Catalog | None = None, clock_ms: int = 1_000_000
    ) -> None:
        self.loop = asyncio.get_running_loop()
        self.storage = storage or FailingStorage()
        self.journal = Journal(self.storage, self.loop)
        self.clock_ms = clock_ms
        self.called: list[tuple[str, str, int, str]] = []
        self.seeds = 0
        self.registry = Registry(
            catalog=load_catalog() if catalog is None else catalog,
            storage=self.storage,
            journal=self.journal,
            loop=self.loop,
            now_ms=lambda: self.clock_ms,
            new_seed=self._seed,
            call_bot=lambda *call: self.called.append(call),
        )
        self.registry.open()

    async def settle(self) -> None:
        """Waits until all that was appended is durable, or known not to be."""
        try:
            await self.journal.drain()
        except StorageError:
            pass

    async def turns(self, count: int) -> None:
        """Lets the loop turn so many times: for what is due at once, and the timers that are."""
        for _ in range(count):
            await asyncio.sleep(0)

    async def lobby(self, id: str = "aaaa", game: str = "tic_tac_toe", seats: int = 2) -> LobbyHost:
        """A lobby, which Ann hosts."""
        self.registry.create_lobby(self.header(id, game, seats), "open", Ear(), free)
        await self.settle()
        return self.registry.lobby(id)

    def header(self, id: str = "aaaa", game: str = "tic_tac_toe", seats: int = 2) -> Header:
        """What a lobby is opened by."""
        return Header(id, game, {}, seats, (2,), True, ANN, self.clock_ms)

    async def match(self, id: str = "aaaa", game: str = "tic_tac_toe") -> MatchHost:
        """A match of Ann (seat 0) and Bob (seat 1)."""
        lobby = await self.lobby(id, game)
        for player in (ANN, BOB):
            lobby.submit(commands.TakeSeat(player, None), f"sit-{player.id}", None, self.clock_ms)
        await self.settle()
        return self.registry.match(id)

    def _seed(self) -> bytes:
        self.seeds += 1
        return self.seeds.to_bytes(32, "big")
