"""A file that SQLite keeps for one process alone: its lock, its connections, its schema, its errors in words.

One connection does all that writes and checkpoints, and the other only reads: SQLite before 3.51.3 can damage a
database in WAL mode when two connections write or checkpoint at once. No memory mapping.
"""

import fcntl
import sqlite3
from io import TextIOWrapper
from pathlib import Path
from urllib.parse import quote
from zlib import crc32

from game.engine.storage.contract import (
    StorageCorrupt,
    StorageError,
    StorageFull,
    StorageInUse,
    StorageReadOnly,
    StorageTooNew,
)

APPLICATION_ID = 0x5061726C
"""`Parl`, in the header of the file: whose database it is."""
SCHEMA_VERSION = 1
BUSY_SECONDS = 5.0
"""How long to wait for someone who looks into the file with another program."""
CACHE_KIB = 16_384

SCHEMA = """
CREATE TABLE journal (
    batch INTEGER PRIMARY KEY, keys BLOB NOT NULL, texts BLOB NOT NULL, finishes BLOB NOT NULL, checksum INTEGER NOT NULL
);
CREATE TABLE chunks (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL, through INTEGER NOT NULL, texts BLOB NOT NULL, checksum INTEGER NOT NULL
);
CREATE INDEX chunks_by_key ON chunks (key);
CREATE TABLE open_records (key TEXT PRIMARY KEY) WITHOUT ROWID;
"""
"""`keys` and `texts` are lines, joined by line breaks; `finishes` is a byte, 0 or 1, for each. Checksums are CRC-32."""


class SqliteFile:
    """The file, locked, with a `writer` and a `reader`; of this version's schema."""

    def __init__(self, path: str) -> None:
        """Makes the file, and the folders above it, if they are not there. Raises StorageError."""
        self._path = path
        self._lock = _lock(path)
        try:
            self.writer = self._connect("rwc")
            self._prepare()
            self.reader = self._connect("ro")
            self.reader.execute("PRAGMA query_only = ON")
        except sqlite3.Error as error:
            self._lock.close()
            raise self.explain(error) from error
        except StorageError:
            self._lock.close()
            raise

    def explain(self, error: sqlite3.Error) -> StorageError:
        """What SQLite says, as an error of storages."""
        return _explain(self._path, error)

    def check(self, checksum: int, *parts: bytes) -> None:
        """Raises StorageCorrupt if it is not the checksum of the parts: SQLite does not notice a changed page."""
        if not all(type(part) is bytes for part in parts) or checksum_of(*parts) != checksum:
            raise StorageCorrupt(f"{self._path} is damaged: lines are not as they were written")

    def close(self) -> None:
        """Closes the writer last, which writes everything back into the one file; then another process may have it."""
        self.reader.close()
        self.writer.close()
        self._lock.close()

    def _connect(self, mode: str) -> sqlite3.Connection:
        # Both connections are made here; then the writer belongs to one thread and the reader to another.
        return sqlite3.connect(
            f"file:{quote(self._path)}?mode={mode}",
            uri=True,
            timeout=BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
        )

    def _prepare(self) -> None:
        version = self._version()
        if version == 0:
            self.writer.execute("PRAGMA auto_vacuum = NONE")
        (mode,) = self.writer.execute("PRAGMA journal_mode = WAL").fetchone()
        if mode != "wal":
            raise StorageReadOnly(f"{self._path} cannot be switched to a write-ahead log")
        self.writer.execute("PRAGMA synchronous = FULL")
        self.writer.execute("PRAGMA mmap_size = 0")
        self.writer.execute("PRAGMA secure_delete = OFF")  # what leaves the journal stays in the file as a record
        self.writer.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        if version == 0:
            marks = f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {SCHEMA_VERSION};"
            self.writer.executescript(f"BEGIN IMMEDIATE; {SCHEMA} {marks} COMMIT;")

    def _version(self) -> int:
        """The schema's version in the file; 0 in a new one. Raises StorageError if it is none of ours."""
        (owner,) = self.writer.execute("PRAGMA application_id").fetchone()
        (version,) = self.writer.execute("PRAGMA user_version").fetchone()
        (tables,) = self.writer.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        if owner != APPLICATION_ID and (owner, version, tables) != (0, 0, 0):
            raise StorageCorrupt(f"{self._path} is a database of another program")
        if version > SCHEMA_VERSION:
            raise StorageTooNew(
                f"{self._path} was written by a later version of Parlour (schema {version}, known is {SCHEMA_VERSION})"
            )
        assert isinstance(version, int)
        return version


def checksum_of(*parts: bytes) -> int:
    """The CRC-32 of all of them, one after the other."""
    checksum = 0
    for part in parts:
        checksum = crc32(part, checksum)
    return checksum


def _lock(path: str) -> TextIOWrapper:
    """A file beside the database, locked as long as it is open. SQLite's own locks are lost when a file is closed."""
    try:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        lock = Path(f"{path}.lock").open("a")  # noqa: SIM115  held until the storage is closed
    except OSError as error:
        raise StorageError(f"{path} cannot be opened: {error.strerror}: {error.filename}") from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        lock.close()
        raise StorageInUse(f"{path} is in use by another process") from error
    return lock


def _explain(path: str, error: sqlite3.Error) -> StorageError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_FULL:
        return StorageFull(f"{path} cannot grow: the disk is full")
    if code == sqlite3.SQLITE_READONLY:
        return StorageReadOnly(f"{path} cannot be written: it is read-only")
    if code == sqlite3.SQLITE_NOTADB:
        return StorageCorrupt(f"{path} is not a database")
    if code == sqlite3.SQLITE_CORRUPT:
        return StorageCorrupt(f"{path} is damaged: {error}")
    if code == sqlite3.SQLITE_BUSY:
        return StorageInUse(f"{path} is locked by another program")
    return StorageError(f"{path}: {error}")
