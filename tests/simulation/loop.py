"""Virtual time: a loop whose clock leaps to the next timer, so that nothing ever really waits."""

import asyncio
from collections.abc import Callable
from contextvars import Context
from selectors import SelectorKey, SelectSelector
from traceback import format_exception
from typing import Any


class Stuck(Exception):
    """Something waits, and nothing will ever happen again."""


class _Leap(SelectSelector):
    """Finds no socket ready, ever; what it is asked to wait has passed at once."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[SelectorKey, int]]:
        if timeout is None:
            raise Stuck
        self.now += timeout
        return []


class VirtualLoop(asyncio.SelectorEventLoop):
    """A loop without an outside. It keeps the exceptions that reached it."""

    def __init__(self) -> None:
        self._leap = _Leap()
        super().__init__(self._leap)
        self.exceptions: list[str] = []
        self.set_exception_handler(lambda _, context: self.exceptions.append(_words(context)))

    def time(self) -> float:
        return self._leap.now

    def _make_self_pipe(self) -> None:
        """No other thread ever wakes it."""

    def _close_self_pipe(self) -> None:
        """There is none."""


class ProcessLoop:
    """The loop as one run of the server has it: once the process is killed, nothing that it planned happens."""

    def __init__(self, loop: VirtualLoop) -> None:
        self.alive = True
        self._loop = loop
        self._planned: dict[int, asyncio.Handle] = {}
        self.made = 0
        """How often anything was planned."""

    def time(self) -> float:
        return self._loop.time()

    def create_future(self) -> asyncio.Future[Any]:
        return self._loop.create_future()

    def call_exception_handler(self, context: dict[str, Any]) -> None:
        self._loop.call_exception_handler(context)

    def call_soon(self, callback: Callable[..., object], *args: Any, context: Context | None = None) -> asyncio.Handle:
        return self._plan(self._loop.call_soon, callback, args)

    def call_later(
        self, delay: float, callback: Callable[..., object], *args: Any, context: Context | None = None
    ) -> asyncio.TimerHandle:
        handle = self._plan(lambda happen: self._loop.call_later(delay, happen), callback, args)
        assert isinstance(handle, asyncio.TimerHandle)
        return handle

    def kill(self) -> None:
        """The process is gone, in the midst of whatever it did."""
        self.alive = False
        for handle in self._planned.values():
            handle.cancel()

    @property
    def plans(self) -> list[str]:
        """What is still going to happen, in words."""
        return [repr(handle) for handle in self._planned.values() if not handle.cancelled()]

    def _plan(
        self, at: Callable[[Callable[[], None]], asyncio.Handle], callback: Callable[..., object], args: tuple[Any, ...]
    ) -> asyncio.Handle:
        self.made += 1
        number = self.made

        def happen() -> None:
            del self._planned[number]
            callback(*args)

        handle = self._planned[number] = at(happen)
        if not self.alive:
            handle.cancel()
        return handle


def _words(context: dict[str, Any]) -> str:
    exception = context.get("exception")
    return f"{context['message']}: {''.join(format_exception(exception)) if exception else context}"
