"""Where records are kept: one contract, and what keeps it."""

from game.engine.storage.contract import (
    Line,
    Storage,
    StorageCorrupt,
    StorageError,
    StorageFull,
    StorageInUse,
    StorageReadOnly,
    StorageTooNew,
)
from game.engine.storage.memory import MemoryStorage
from game.engine.storage.sqlite import SqliteStorage

__all__ = [
    "Line",
    "Storage",
    "StorageError",
    "StorageFull",
    "StorageReadOnly",
    "StorageCorrupt",
    "StorageTooNew",
    "StorageInUse",
    "open_storage",
]


def open_storage(url: str) -> Storage:
    """The storage at `memory:`, which forgets all when the process ends, or `sqlite:PATH`. Raises StorageError."""
    if url == "memory:":
        return MemoryStorage()
    scheme, _, path = url.partition(":")
    if scheme == "sqlite" and path:
        return SqliteStorage(path)
    raise StorageError(f"{url!r} is no storage: say memory: or sqlite:PATH")
