"""The thread that waits for the disk, and the moment that the loop waits with it.

While both run they contend for the interpreter's lock, at each statement of SQLite anew. As long as the disk is
quick, it costs less that the loop stands still for the fraction of a millisecond that a commit takes. It never waits
longer than PATIENCE_SECONDS, and not at all after a commit that took longer: what takes its time is told to the loop when it
is over.
"""

from asyncio import AbstractEventLoop
from collections.abc import Callable, Sequence
from functools import partial
from queue import Empty, SimpleQueue
from threading import Thread
from time import perf_counter
from typing import NamedTuple

from game.engine.storage import Line, StorageError

PATIENCE_SECONDS = 0.002

Commit = Callable[[Sequence[Line]], StorageError | None]
Ended = Callable[[int, StorageError | None], None]
"""Is told, on the loop, how many lines there were and why they are not durable, if they are not."""


class Ending(NamedTuple):
    """How a commit ended, and how long it took."""

    lines_count: int
    error: StorageError | None
    seconds: float


class Scribe:
    """Carries out one commit at a time. Used on the loop's thread alone."""

    def __init__(self, commit: Commit, ended: Ended, loop: AbstractEventLoop) -> None:
        """There is a thread, until `close`."""
        self.prompt = True
        """Whether the last commit took no longer than the loop waits."""
        self._commit = commit
        self._ended = ended
        self._loop = loop
        self._jobs: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._endings: SimpleQueue[Ending] = SimpleQueue()
        self._thread = Thread(target=self._work, name="journal", daemon=True)
        self._thread.start()

    def write(self, lines: Sequence[Line]) -> None:
        """Begins a commit. `ended` is called once, before this returns or later."""
        self._jobs.put(partial(self._carry_out, lines))
        if self.prompt:
            try:
                ending = self._endings.get(timeout=PATIENCE_SECONDS)
            except Empty:
                self.prompt = False
            else:
                self._ended(ending.lines_count, ending.error)
                return
        self._jobs.put(self._wake)

    def close(self) -> None:
        """Ends the thread. Only when no commit is under way."""
        self._jobs.put(None)
        self._thread.join()

    def _late(self) -> None:
        ending = self._endings.get_nowait()
        self.prompt = ending.seconds <= PATIENCE_SECONDS
        self._ended(ending.lines_count, ending.error)

    # On the thread

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()

    def _carry_out(self, lines: Sequence[Line]) -> None:
        began = perf_counter()
        error = self._commit(lines)
        self._endings.put(Ending(len(lines), error, perf_counter() - began))

    def _wake(self) -> None:
        self._loop.call_soon_threadsafe(self._late)
