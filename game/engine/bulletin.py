"""A live list that anyone may watch: not durable, made anew at each start.

Changes of one turn of the loop are one version, so that a burst costs its readers one update.
"""

from asyncio import AbstractEventLoop
from collections.abc import Mapping, Sequence

from game.engine.source import Listener
from game.rules.moves import Moves


class Bulletin:
    """Entries by their key; of more than `entries_max` the oldest are shown. A Source."""

    def __init__(self, loop: AbstractEventLoop, entries_max: int) -> None:
        self.version = 0
        self._loop = loop
        self._entries_max = entries_max
        self._entries: dict[str, Mapping[str, object]] = {}
        self._shown: dict[str, object] = {}
        self._listeners: set[Listener] = set()
        self._changed = False

    def put(self, key: str, entry: Mapping[str, object]) -> None:
        """Adds or replaces an entry."""
        if self._entries.get(key) != entry:
            self._entries[key] = entry
            self._announce()

    def drop(self, key: str) -> None:
        """Removes an entry, if it is there."""
        if self._entries.pop(key, None) is not None:
            self._announce()

    def audience(self, seat: int | None) -> None:
        return None

    def about(self, form: str) -> Mapping[str, object]:
        return {}

    def look(self, audience: int | None, form: str) -> dict[str, object]:
        return self._shown

    def moves(self, seat: int) -> Moves:
        return ()

    def picks(self, move: str) -> Sequence[str]:
        return ()

    def hear(self, listener: Listener) -> None:
        self._listeners.add(listener)

    def ignore(self, listener: Listener) -> None:
        self._listeners.discard(listener)

    def _announce(self) -> None:
        if not self._changed:
            self._changed = True
            self._loop.call_soon(self._tell)

    def _tell(self) -> None:
        self._changed = False
        self._shown = {key: self._entries[key] for key in list(self._entries)[: self._entries_max]}
        self.version += 1
        for listener in tuple(self._listeners):
            listener.told(())
