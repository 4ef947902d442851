"""Timers that fire when a test says that time has passed."""

from asyncio import AbstractEventLoop
from collections.abc import Callable
from typing import Any, cast


class Handle:
    """One timer."""

    def __init__(self, due: float, call: Callable[[], None]) -> None:
        self.due = due
        self.call = call
        self.cancelled = False

    def cancel(self) -> None:
        """It does not fire."""
        self.cancelled = True


class Timers:
    """As much of an event loop as those need who set timers or put something off to the next turn."""

    def __init__(self) -> None:
        self.now = 0.0
        self._handles: list[Handle] = []

    @property
    def loop(self) -> AbstractEventLoop:
        """What they are given."""
        return cast(AbstractEventLoop, self)

    def call_later(self, seconds: float, callback: Callable[..., None], *arguments: Any) -> Handle:
        """Sets a timer."""
        self._handles.append(Handle(self.now + seconds, lambda: callback(*arguments)))
        return self._handles[-1]

    def call_soon(self, callback: Callable[..., None], *arguments: Any) -> Handle:
        """For the next time that any time passes."""
        return self.call_later(0, callback, *arguments)

    def pass_seconds(self, seconds: float) -> None:
        """What is due until then happens, in order."""
        end = self.now + seconds
        while due := [handle for handle in self._handles if not handle.cancelled and handle.due <= end]:
            first = min(due, key=lambda handle: handle.due)
            self._handles.remove(first)
            self.now = first.due
            first.call()
        self.now = end
        self._handles = [handle for handle in self._handles if not handle.cancelled]

    @property
    def pending(self) -> int:
        """Timers that have not fired."""
        return sum(not handle.cancelled for handle in self._handles)
