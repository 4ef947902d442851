"""What connections are given in one turn of the loop goes out together: one system call each, not three."""

from asyncio import AbstractEventLoop
from typing import Protocol


class Flushable(Protocol):
    """Something that has gathered frames."""

    def flush(self) -> None:
        """Writes them."""


class Outbox:
    """The connections that have something to write at the end of this turn of the loop."""

    __slots__ = ("_loop", "_waiting")

    def __init__(self, loop: AbstractEventLoop) -> None:
        self._loop = loop
        self._waiting: list[Flushable] = []

    def add(self, connection: Flushable) -> None:
        """The connection's `flush` is called in this turn or the next; once for each time it is added."""
        if not self._waiting:
            self._loop.call_soon(self._flush)
        self._waiting.append(connection)

    def _flush(self) -> None:
        waiting, self._waiting = self._waiting, []
        for connection in waiting:
            connection.flush()
