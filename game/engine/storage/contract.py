"""What every storage promises: records that only grow, kept a commit at a time.

A record is a key, such as `match/k7f3qabcde`, and its lines; the first is its header. It is open until a line
says that it finishes.

The errors:

    StorageError            it cannot be kept or read; the text says why, in words
    ├── StorageFull           no room is left
    ├── StorageReadOnly       nothing may be written
    ├── StorageCorrupt        what is there is damaged, or was never ours
    ├── StorageTooNew         a later version of Parlour wrote it
    └── StorageInUse          another process has it
"""

from collections.abc import Sequence
from typing import NamedTuple, Protocol


class StorageError(Exception):
    """Lines cannot be kept, or a record cannot be read."""


class StorageFull(StorageError):
    """No room is left."""


class StorageReadOnly(StorageError):
    """Nothing may be written."""


class StorageCorrupt(StorageError):
    """What is there is damaged, or is not a storage of Parlour."""


class StorageTooNew(StorageError):
    """A later version of Parlour wrote it."""


class StorageInUse(StorageError):
    """Another process has it."""


class Line(NamedTuple):
    """One more line of a record: text without a line break."""

    key: str
    text: str
    finishes: bool = False


class Storage(Protocol):
    """Where records are kept.

    One thread commits, one reads; they may be two. A read shows every line whose commit has returned, and
    no line that is not durable.
    """

    @property
    def blocking(self) -> bool:
        """Whether `commit` waits for a disk, and belongs on a thread of its own."""

    def commit(self, lines: Sequence[Line]) -> None:
        """Adds all of the lines, durably, or none. Raises StorageError; ValueError for a line break in a line."""

    def read(self, key: str) -> list[str] | None:
        """The lines of a record, in order; None if there is no such record. Raises StorageError."""

    def open_headers(self, prefix: str) -> list[tuple[str, str | None]]:
        """Key and header of every open record whose key begins so, by key; None for one that is damaged.

        Raises StorageError.
        """

    def close(self) -> None:
        """Lets go of what it holds. Only once nothing commits any more."""
