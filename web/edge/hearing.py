"""Who says much at once is heard little by little: a slice of one of them in a turn of the loop, then a pause.

So a turn stays short however many floods there are. And the loop sleeps between two of them: the journal's thread needs
Python's lock a few times for each commit, and from a loop that never sleeps it gets it only every five milliseconds.
"""

from asyncio import AbstractEventLoop
from collections import deque
from typing import Protocol

SLICE_BYTES = 512
"""A dozen requests. Who says no more than that at once need not wait."""
PAUSE_SECONDS = 0.001


class Talker(Protocol):
    """Someone of whom more has come than is heard at once."""

    def hear_on(self) -> None:
        """Hears a slice of it. Adds itself again when there is more."""


class Hearing:
    """Those whose words wait, heard in turn."""

    __slots__ = ("_loop", "_planned", "_waiting")

    def __init__(self, loop: AbstractEventLoop) -> None:
        self._loop = loop
        self._waiting: deque[Talker] = deque()
        self._planned = False

    def add(self, talker: Talker) -> None:
        """The talker's `hear_on` is called when its turn comes; once for each time it is added."""
        self._waiting.append(talker)
        if not self._planned:
            self._planned = True
            self._loop.call_soon(self._turn)

    def _turn(self) -> None:
        if not self._waiting:
            self._planned = False
            return
        try:
            self._waiting.popleft().hear_on()
        finally:
            self._loop.call_later(PAUSE_SECONDS, self._turn)  # also after the last: another may come sooner
