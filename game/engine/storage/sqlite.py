"""Records in a file of SQLite, in two steps: what is new goes to the end, and is put in its place later.

A commit adds one row to `journal`, whatever the number of its lines. The same lines stay in memory, by record, in
the younger of two generations. When that has grown large it becomes the older one, and each commit
then moves a few of its records to `chunks`, where a record is found by its key; with the last of them its rows leave
the journal. A record's lines are its chunks, then its older lines, then its younger ones.

The laws: a generation's lines of a record move all at once. A chunk says through which batch of the journal it
goes, so lines that are found in two places (by a reader at the same moment, or after a crash) count once.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import compress, islice

from game.engine.failpoints import reach
from game.engine.storage.contract import Line, StorageCorrupt
from game.engine.storage.sqlite_file import SqliteFile, checksum_of

GENERATION_BYTES = 2**21
"""How much text is gathered before it is moved: more makes fewer and longer chunks, and a slower start."""
FOLDED_RECORDS_MAX = 64
"""Records that one commit moves."""

CHUNKS_OF = "SELECT through, texts, checksum FROM chunks WHERE key = ? ORDER BY id"
FIRST_CHUNK_OF = "SELECT texts, checksum FROM chunks WHERE key = ? ORDER BY id LIMIT 1"

Row = tuple[int, bytes, bytes, bytes, int]
Fold = list[tuple[str, list[str]]]


class Generation:
    """Lines of the journal from batch `first` on, by record. The writer changes it; the reader only looks up."""

    __slots__ = ("finished", "first", "size_bytes", "tails")

    def __init__(self, first: int) -> None:
        self.first = first
        self.size_bytes = 0
        self.tails: defaultdict[str, list[str]] = defaultdict(list)
        self.finished: set[str] = set()

    def add(self, lines: Iterable[tuple[str, str]]) -> None:
        tails = self.tails
        for key, text in lines:
            tails[key].append(text)


class SqliteStorage:
    """A Storage. `commit` on one thread at a time, everything else on one other."""

    blocking = True

    def __init__(self, path: str) -> None:
        """Opens the file, or makes it. Raises StorageError."""
        self._file = SqliteFile(path)
        self._writer = self._file.writer
        self._reader = self._file.reader
        try:
            self._batch = self._take_over()
        except sqlite3.Error as error:
            self.close()
            raise self._file.explain(error) from error
        except StorageCorrupt:
            self.close()
            raise
        self._generations = (Generation(self._batch), Generation(self._batch + 1))

    def commit(self, lines: Sequence[Line]) -> None:
        if not lines:
            return
        keys: Sequence[str]
        texts: Sequence[str]
        finishes: Sequence[bool]
        keys, texts, finishes = zip(*lines)
        batch = self._batch + 1
        packed = (_packed(keys), _packed(texts), bytes(finishes))
        row = (batch, *packed, checksum_of(*packed))
        older, younger = self._generations
        folded = list(islice(older.tails.items(), FOLDED_RECORDS_MAX))
        try:
            if folded:
                self._write_and_fold(row, older, younger.first - 1, folded)
            else:
                self._write(row)
        except sqlite3.Error as error:
            raise self._file.explain(error) from error
        self._batch = batch
        for key, _ in folded:
            del older.tails[key]
        younger.add(zip(keys, texts))
        younger.finished.update(compress(keys, finishes))
        younger.size_bytes += len(row[2])
        if younger.size_bytes >= GENERATION_BYTES and not older.tails:
            self._generations = (younger, Generation(batch + 1))

    def read(self, key: str) -> list[str] | None:
        # The tails are looked up before the chunks: what is moved in between is found twice, and never missed.
        tails = [(generation.first, list(generation.tails.get(key, ()))) for generation in self._generations]
        chunks = self._chunks(key)
        lines = [line for _, texts, checksum in chunks for line in self._unpacked(texts, checksum)]
        through = chunks[-1][0] if chunks else 0
        for first, tail in tails:
            if through < first:
                lines += tail
        return lines or None

    def open_headers(self, prefix: str) -> list[tuple[str, str | None]]:
        generations = self._generations
        tails = [dict(generation.tails) for generation in generations]
        finished = generations[0].finished | generations[1].finished
        try:
            keys = self._reader.execute("SELECT key FROM open_records").fetchall()
        except sqlite3.Error as error:
            raise self._file.explain(error) from error
        opened = {key: self._header(key) for (key,) in keys if key.startswith(prefix)}
        for key, texts in (*tails[0].items(), *tails[1].items()):
            if key.startswith(prefix) and key not in opened and not self._chunks(key):
                opened[key] = texts[0]
        return [(key, opened[key]) for key in sorted(opened.keys() - finished)]

    def close(self) -> None:
        self._file.close()

    # On the reader's thread

    def _chunks(self, key: str) -> list[tuple[int, bytes, int]]:
        try:
            return self._reader.execute(CHUNKS_OF, (key,)).fetchall()
        except sqlite3.Error as error:
            raise self._file.explain(error) from error

    def _header(self, key: str) -> str | None:
        """The header of a record that has chunks; None when it is damaged, which is that record's trouble alone."""
        try:
            first = self._reader.execute(FIRST_CHUNK_OF, (key,)).fetchone()
            return self._unpacked(*first)[0] if first else None
        except sqlite3.Error as error:
            if isinstance(explained := self._file.explain(error), StorageCorrupt):
                return None
            raise explained from error
        except StorageCorrupt:
            return None

    def _unpacked(self, texts: bytes, checksum: int) -> list[str]:
        self._file.check(checksum, texts)
        return texts.decode().split("\n")

    # On the writer's thread

    def _write(self, row: Row) -> None:
        self._writer.execute("INSERT INTO journal VALUES (?, ?, ?, ?, ?)", row)

    def _write_and_fold(self, row: Row, older: Generation, through: int, folded: Fold) -> None:
        with self._writer:
            self._writer.execute("BEGIN IMMEDIATE")
            self._write(row)
            self._fold(folded, older.finished, through)
            if len(folded) == len(older.tails):
                self._writer.execute("DELETE FROM journal WHERE batch <= ?", (through,))

    def _fold(self, folded: Fold, finished: set[str], through: int) -> None:
        """Moves lines of records to chunks. One statement for many rows: each would wait for the interpreter."""
        still_open = [key for key, _ in folded if key not in finished]
        over = [key for key, _ in folded if key in finished]
        if still_open:
            self._writer.execute(
                f"INSERT INTO open_records SELECT column1 FROM (VALUES {_rows('(?)', len(still_open))}) "
                "WHERE NOT EXISTS (SELECT 1 FROM chunks WHERE key = column1)",
                still_open,
            )
        if over:
            self._writer.execute(f"DELETE FROM open_records WHERE key IN ({_rows('?', len(over))})", over)
        packed = ((key, "\n".join(texts).encode()) for key, texts in folded)
        self._writer.execute(
            f"INSERT INTO chunks (key, through, texts, checksum) VALUES {_rows('(?, ?, ?, ?)', len(folded))}",
            [value for key, texts in packed for value in (key, through, texts, checksum_of(texts))],
        )
        reach("in_fold")

    def _take_over(self) -> int:
        """Moves all that the last run left in the journal; the last batch there ever was."""
        folded_through = cache(self._folded_through)
        left = Generation(0)
        batch = self._last_chunk_through()
        rows = self._writer.execute("SELECT batch, keys, texts, finishes, checksum FROM journal ORDER BY batch")
        for batch, *packed, checksum in rows:
            self._file.check(checksum, *packed)
            keys, texts = (part.decode().split("\n") for part in packed[:2])
            finishes = packed[2]
            left.add((key, text) for key, text in zip(keys, texts) if folded_through(key) < batch)
            left.finished.update(compress(keys, finishes))
        items = list(left.tails.items())
        with self._writer:
            self._writer.execute("BEGIN IMMEDIATE")
            for start in range(0, len(items), FOLDED_RECORDS_MAX):
                self._fold(items[start : start + FOLDED_RECORDS_MAX], left.finished, batch)
            self._writer.execute("DELETE FROM journal")
        return batch

    def _folded_through(self, key: str) -> int:
        chunks = self._writer.execute(CHUNKS_OF, (key,)).fetchall()
        return chunks[-1][0] if chunks else 0

    def _last_chunk_through(self) -> int:
        row = self._writer.execute("SELECT through FROM chunks ORDER BY id DESC LIMIT 1").fetchone()
        return row[0] if row else 0


def _packed(lines: Sequence[str]) -> bytes:
    packed = "\n".join(lines).encode()
    if packed.count(b"\n") != len(lines) - 1:
        raise ValueError("a line of a record has a line break in it")
    return packed


def _rows(row: str, count: int) -> str:
    return ", ".join([row] * count)
