"""Makes accepted commands durable: many matches, one commit.

What is appended in one turn of the loop, or while a commit runs, is the next commit. One is under way at a time (a
scribe has it, where there is a disk to wait for), and the next begins when the loop knows how the last one ended. So the
laws are plain: lines of one append are kept together or not at all; answers come in the order of the appends; and when a
commit fails, everything that was appended before that became known fails with it, for it may build on what was lost.
"""

from asyncio import AbstractEventLoop, Future
from collections.abc import Callable, Sequence

import structlog

from game.engine.failpoints import reach
from game.engine.limits import LINES_PENDING_MAX
from game.engine.scribe import Scribe
from game.engine.storage import Line, Storage, StorageError

log = structlog.get_logger("parlour.journal")

PROBE = Line("probe/commit", "tried after a commit that failed", finishes=True)

Done = Callable[[StorageError | None], None]
"""Is told that the lines are durable, or why they are not."""


class JournalFull(Exception):
    """The journal takes nothing at the moment; the text says why. Nothing was appended."""


class Journal:
    """The one who commits to a storage. Used on the loop's thread alone."""

    def __init__(self, storage: Storage, loop: AbstractEventLoop) -> None:
        """For a storage that waits for a disk there is a scribe with a thread, until `close`."""
        self._storage = storage
        self._loop = loop
        self._lines: list[Line] = []
        self._dones: list[Done] = []
        self._under_way: list[Done] = []
        self._pending_lines = 0
        self._busy = False
        self._refusal: str | None = None
        self.trouble: str | None = None
        """Why the last commit failed; None while commits succeed."""
        self._scribe = Scribe(self._commit, self._ended, loop) if storage.blocking else None

    def append(self, lines: Sequence[Line], done: Done) -> None:
        """Adds lines; `done` is called once, later, on the loop. Raises JournalFull.

        Without lines it is an answer to the question whether all that was appended before is durable.
        """
        if self._refusal is not None:
            raise JournalFull(self._refusal)
        if self._pending_lines + len(lines) > LINES_PENDING_MAX:
            raise JournalFull(f"{self._pending_lines} lines wait for the disk")
        self._pending_lines += len(lines)
        self._lines += lines
        self._dones.append(done)
        if not self._busy:
            self._busy = True
            self._loop.call_soon(self._begin)

    async def drain(self) -> None:
        """Returns when all that was appended is durable. Raises StorageError if it is not, JournalFull once closed."""
        error = await self._settled()
        if error is not None:
            raise error

    async def probe(self) -> str | None:
        """Why nothing can be made durable, or None. While the last commit failed, one more line is tried."""
        if self.trouble is not None:
            tried: Future[None] = self._loop.create_future()
            try:
                self.append([PROBE], lambda error: None if tried.done() else tried.set_result(None))
                await tried
            except JournalFull as full:
                return str(full)
        return self.trouble

    async def close(self) -> None:
        """Takes nothing more; returns when every append has been answered for. The storage stays open."""
        settled = self._settled()
        self._refusal = "the journal is closed"
        await settled
        if self._scribe:
            self._scribe.close()

    def _settled(self) -> Future[StorageError | None]:
        settled: Future[StorageError | None] = self._loop.create_future()
        self.append((), lambda error: None if settled.done() else settled.set_result(error))
        return settled

    def _begin(self) -> None:
        lines, self._lines = self._lines, []
        self._under_way, self._dones = self._dones, []
        if self._scribe:
            self._scribe.write(lines)
        else:
            self._ended(len(lines), self._commit(lines))

    def _ended(self, lines_count: int, error: StorageError | None) -> None:
        dones = self._under_way
        self._pending_lines -= lines_count
        self.trouble = None if error is None else str(error)
        if error is not None:
            self._fail(error)
            return
        if not self._dones:
            self._busy = False
        elif self._scribe and not self._scribe.prompt:
            self._begin()  # it writes while these are told
        else:
            self._loop.call_soon(self._begin)
        for done in dones:
            self._tell(done, None)

    def _fail(self, error: StorageError) -> None:
        dones = self._under_way + self._dones
        self._lines, self._dones, self._pending_lines, self._busy = [], [], 0, False
        before, self._refusal = self._refusal, "the last commit failed, and not everyone knows it yet"
        for done in dones:
            self._tell(done, error)
        self._refusal = before

    def _tell(self, done: Done, error: StorageError | None) -> None:
        try:
            done(error)
        except Exception as broken:  # noqa: BLE001  the others must hear of theirs
            message = "an exception in one who was told of a commit"
            self._loop.call_exception_handler({"message": message, "exception": broken})

    def _commit(self, lines: Sequence[Line]) -> StorageError | None:
        reach("before_commit")
        try:
            self._storage.commit(lines)
            reach("after_commit")
        except StorageError as error:
            log.error("commit_failed", lines=len(lines), error=str(error))
            return error
        except Exception as error:
            log.exception("commit_broke", lines=len(lines))
            return StorageError(f"the storage failed: {error}")
        return None
