"""Records in memory: gone with the process, and the measure of what the other storages must do."""

from collections.abc import Sequence

from game.engine.storage.contract import Line


class MemoryStorage:
    """A Storage."""

    blocking = False

    def __init__(self) -> None:
        self._records: dict[str, list[str]] = {}
        self._open: dict[str, str] = {}

    def commit(self, lines: Sequence[Line]) -> None:
        for key, text, _ in lines:
            if "\n" in key or "\n" in text:
                raise ValueError("a line of a record has a line break in it")
        for key, text, finishes in lines:
            record = self._records.get(key)
            if record is None:
                record = self._records[key] = []
                self._open[key] = text
            record.append(text)
            if finishes:
                self._open.pop(key, None)

    def read(self, key: str) -> list[str] | None:
        record = self._records.get(key)
        return record and record.copy()

    def open_headers(self, prefix: str) -> list[tuple[str, str | None]]:
        return [(key, self._open[key]) for key in sorted(self._open) if key.startswith(prefix)]

    def close(self) -> None:
        """Forgets nothing: whoever still has it may read on."""
