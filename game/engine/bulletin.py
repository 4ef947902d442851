"""A live list that anyone may watch: not durable, made anew at each start.

Changes of one turn of the loop are one version, so that a burst costs its readers one update.
"""

from asyncio import AbstractEventLoop
from collections.abc import Iterator, Mapping, Sequence

from pydantic_core import to_json

from game.engine.limits import BULLETIN_BYTES_MAX
from game.engine.source import Listener
from game.rules.moves import Moves


class Bulletin:
    """Entries by their key, of which the oldest are shown, as many as fit into a message. A Source."""

    def __init__(self, loop: AbstractEventLoop) -> None:
        self.version = 0
        self._loop = loop
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
        self._shown = dict(self._that_fit())
        self.version += 1
        for listener in tuple(self._listeners):
            listener.told(())

    def _that_fit(self) -> Iterator[tuple[str, Mapping[str, object]]]:
        left = BULLETIN_BYTES_MAX
        for key, entry in self._entries.items():
            left -= len(to_json((key, entry)))
            if left < 0:
                return
            yield key, entry
