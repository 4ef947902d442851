"""One contract over every storage, and what is particular to the one on disk."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path
from threading import Thread

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from game.engine.storage import (
    Line,
    Storage,
    StorageCorrupt,
    StorageError,
    StorageFull,
    StorageInUse,
    StorageReadOnly,
    StorageTooNew,
    open_storage,
    sqlite,
)

FILE_BYTES_OF_WRITE_VERSION = 18
"""Where the header of a database says how new a program must be to write it (SQLite's file format, 1.3.3)."""

texts = st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]))
keys = st.sampled_from(["match/a", "match/b", "match/é", "lobby/a", "lobby/b", "lobby", ""])
lines = st.builds(Line, keys, texts, st.booleans())


@pytest.fixture
def folding(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two records leave the journal with every commit, so that all states in between are met."""
    fold_early(monkeypatch)


@pytest.fixture(params=["memory", "sqlite", "sqlite, folding"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Storage]:
    if request.param == "sqlite, folding":
        request.getfixturevalue("folding")
    opened = open_storage("memory:" if request.param == "memory" else f"sqlite:{tmp_path / 'records.db'}")
    yield opened
    opened.close()


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:{tmp_path / 'records.db'}"


def fold_early(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "GENERATION_BYTES", 1)
    monkeypatch.setattr(sqlite, "FOLDED_RECORDS_MAX", 2)


def path_in(url: str) -> Path:
    return Path(url.partition(":")[2])


# What every storage promises


def test_lines_come_back_in_the_order_of_their_commits(storage: Storage) -> None:
    """Within one commit, over several, and with other records in between."""
    for n in range(0, 40, 2):
        storage.commit([Line("match/a", f"{n}"), Line(f"match/{n}", "other"), Line("match/a", f"{n + 1}")])
        assert storage.read("match/a") == [str(m) for m in range(n + 2)]


def test_a_record_that_never_was_is_none(storage: Storage) -> None:
    """Not an empty list, and not for a key that only begins the same."""
    storage.commit([Line("match/ab", "header")])
    assert storage.read("match/a") is None
    assert storage.read("match/abc") is None


def test_a_commit_of_nothing_changes_nothing(storage: Storage) -> None:
    """The journal commits nothing when someone only asks whether all is durable."""
    storage.commit([])
    assert storage.open_headers("") == []


@pytest.mark.parametrize("broken", [Line("match/c", "two\nlines"), Line("match/c\n", "header")])
def test_a_commit_is_kept_whole_or_not_at_all(storage: Storage, broken: Line) -> None:
    """A line that cannot be kept takes the lines before and after it with it."""
    storage.commit([Line("match/a", "header")])
    with pytest.raises(ValueError, match="line break"):
        storage.commit([Line("match/a", "1"), broken, Line("match/b", "header")])
    assert storage.read("match/a") == ["header"]
    assert storage.read("match/b") is None
    storage.commit([Line("match/a", "1")])
    assert storage.read("match/a") == ["header", "1"]


def test_what_is_read_is_the_readers_own(storage: Storage) -> None:
    """Changing the list does not change the record."""
    storage.commit([Line("match/a", "header")])
    (storage.read("match/a") or []).append("mine")
    assert storage.read("match/a") == ["header"]


def test_open_records_are_listed_with_their_headers(storage: Storage) -> None:
    """By key, of one kind, with the first line alone, until a line finishes them."""
    storage.commit([Line("match/b", "header b"), Line("match/a", "header a"), Line("lobby/a", "lobby")])
    storage.commit([Line("match/a", "1"), Line("match/c", "header c"), Line("match/c", "1", finishes=True)])
    assert storage.open_headers("match/") == [("match/a", "header a"), ("match/b", "header b")]
    storage.commit([Line("match/a", "2", finishes=True), Line("match/b", "1")])
    for _ in range(4):
        assert storage.open_headers("match/") == [("match/b", "header b")]
        storage.commit([Line("lobby/a", "more")])


def test_a_record_with_one_line_may_be_finished_by_it(storage: Storage) -> None:
    """It is never listed, and can be read."""
    storage.commit([Line("match/a", "all there is", finishes=True)])
    assert storage.open_headers("") == []
    assert storage.read("match/a") == ["all there is"]


@settings(deadline=None, max_examples=60)
@given(text=texts)
def test_a_line_is_any_text(text: str) -> None:
    """Every character but a line break comes back, also those that end lines elsewhere and U+0000."""
    assert told_back(text) == [text, text]


def test_a_line_may_be_huge(storage: Storage) -> None:
    """Five million characters, more than a generation holds."""
    text = "ü" * 5_000_000
    storage.commit([Line("match/a", text), Line("match/b", "header")])
    storage.commit([Line("match/a", "1")])
    assert storage.read("match/a") == [text, "1"]
    assert storage.read("match/b") == ["header"]


def test_many_records_are_kept_apart(storage: Storage) -> None:
    """Ten thousand at once, each with a second line from a commit of its own hundred."""
    names = [f"match/{n:05}" for n in range(10_000)]
    storage.commit([Line(name, f"header of {name}") for name in names])
    for start in range(0, len(names), 100):
        storage.commit([Line(name, f"1 of {name}") for name in names[start : start + 100]])
    for name in names[::97]:
        assert storage.read(name) == [f"header of {name}", f"1 of {name}"]
    assert len(storage.open_headers("match/")) == len(names)


def test_reading_goes_on_while_another_thread_commits(storage: Storage) -> None:
    """A read has every line whose commit had returned before it began, in order, without a gap."""
    committed = [0]

    def write() -> None:
        for n in range(300):
            storage.commit([Line("match/a", str(n)), Line(f"match/{n % 7}", str(n))])
            committed[0] = n + 1

    writer = Thread(target=write)
    writer.start()
    try:
        while writer.is_alive():
            before = committed[0]
            found = storage.read("match/a") or []
            assert found == [str(n) for n in range(len(found))]
            assert len(found) >= before
    finally:
        writer.join()
    assert storage.read("match/a") == [str(n) for n in range(300)]


def told_back(text: str) -> list[str] | None:
    """The text as a storage gives it back: once from where new lines are, once from where old ones are."""
    with pytest.MonkeyPatch.context() as patch:
        fold_early(patch)
        storage = open_storage(f"sqlite:{new_path()}")
        storage.commit([Line("match/a", text)])
        storage.commit([Line("match/b", "header")])
        storage.commit([Line("match/a", text)])
        found = storage.read("match/a")
        storage.close()
    return found


FOLDER: list[Path] = []
NAMES = count()


@pytest.fixture(autouse=True, scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Where hypothesis, which knows no fixtures per example, puts its files."""
    FOLDER[:] = [tmp_path_factory.mktemp("storages")]


def new_path() -> Path:
    return FOLDER[0] / f"{next(NAMES)}.db"


class Records(RuleBasedStateMachine):
    """A storage beside a dict of lists: whatever is done, both say the same."""

    def __init__(self) -> None:
        super().__init__()
        self.records: dict[str, list[str]] = {}
        self.finished: set[str] = set()

    @initialize()
    def open(self) -> None:
        self.patch = pytest.MonkeyPatch()
        fold_early(self.patch)
        self.url = f"sqlite:{new_path()}"
        self.storage = open_storage(self.url)

    @rule(commit=st.lists(lines, max_size=6))
    def commit(self, commit: list[Line]) -> None:
        self.storage.commit(commit)
        for key, text, finishes in commit:
            self.records.setdefault(key, []).append(text)
            if finishes:
                self.finished.add(key)

    @rule(commit=st.lists(lines, max_size=6))
    def commit_what_cannot_be_kept(self, commit: list[Line]) -> None:
        with pytest.raises(ValueError, match="line break"):
            self.storage.commit([*commit, Line("match/a", "\n")])

    @rule()
    def reopen(self) -> None:
        self.storage.close()
        self.storage = open_storage(self.url)

    @invariant()
    def both_say_the_same(self) -> None:
        for key in ("match/a", "match/b", "match/é", "lobby/a", "lobby/b", "lobby", ""):
            assert self.storage.read(key) == self.records.get(key)
        for prefix in ("match/", "lobby", ""):
            assert self.storage.open_headers(prefix) == sorted(
                (key, record[0])
                for key, record in self.records.items()
                if key.startswith(prefix) and key not in self.finished
            )

    def teardown(self) -> None:
        self.storage.close()
        self.patch.undo()


TestRecordsOnlyGrow = Records.TestCase
TestRecordsOnlyGrow.settings = settings(deadline=None, max_examples=40, stateful_step_count=20)


# What is particular to a file


def test_a_line_is_found_while_it_is_moved(folding: None, tmp_path: Path) -> None:
    """The writer moves lines to their chunk between a reader's two looks, and the reader counts them once."""

    class Overtaken(sqlite.SqliteStorage):
        def _chunks(self, key: str) -> list[tuple[int, bytes, int]]:
            for _ in range(moves):
                self.commit([Line("match/other", "header")])
            return super()._chunks(key)

    storage = Overtaken(str(tmp_path / "records.db"))
    for n in range(30):
        storage.commit([Line("match/a", str(n))])
        moves = n % 5
        assert storage.read("match/a") == [str(m) for m in range(n + 1)]
    storage.close()


def test_the_journal_does_not_grow_for_ever(folding: None, url: str) -> None:
    """What has been moved leaves it."""
    storage = open_storage(url)
    for n in range(200):
        storage.commit([Line(f"match/{n % 5}", str(n))])
    with_another = sqlite3.connect(path_in(url))
    (rows,) = with_another.execute("SELECT count(*) FROM journal").fetchone()
    (chunks,) = with_another.execute("SELECT count(*) FROM chunks").fetchone()
    with_another.close()
    storage.close()
    assert rows < 12
    assert chunks > 100


def test_a_commit_moves_a_limited_number_of_records(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many records a generation has, one commit moves no more than the limit: no move waits for all of them."""
    monkeypatch.setattr(sqlite, "GENERATION_BYTES", 1)
    storage = open_storage(url)
    storage.commit([Line(f"match/{n}", "header") for n in range(300)])
    with_another = sqlite3.connect(path_in(url))
    moved = []
    for _ in range(6):
        storage.commit([Line("match/other", "more")])
        moved += with_another.execute("SELECT count(*) FROM chunks").fetchone()
    with_another.close()
    storage.close()
    assert moved == [64, 128, 192, 256, 300, 301]


def test_folders_above_the_file_are_made(tmp_path: Path) -> None:
    """A first start needs no preparation."""
    open_storage(f"sqlite:{tmp_path}/data/of/parlour.db").close()
    assert (tmp_path / "data/of/parlour.db").exists()


def test_a_name_with_signs_of_its_own_is_just_a_name(tmp_path: Path) -> None:
    """What means something in a URL of SQLite means nothing here."""
    open_storage(f"sqlite:{tmp_path}/a?mode=memory#b%20.db").close()
    assert (tmp_path / "a?mode=memory#b%20.db").exists()


CHILD = """
import os, signal, sys
from game.engine.storage import Line, open_storage, sqlite
sqlite.GENERATION_BYTES, sqlite.FOLDED_RECORDS_MAX = 1, 2
url, kill_at = sys.argv[1], int(sys.argv[2])
storage = open_storage(url)
statements = 0
def count(statement):
    global statements
    statements += 1
    if statements == kill_at:
        os.kill(os.getpid(), signal.SIGKILL)
storage._writer.set_trace_callback(count)
n = len(storage.read("match/a") or [])
while True:
    storage.commit([Line("match/a", str(n)), Line(f"match/{n % 3}", str(n)), Line("match/b", str(n))])
    os.write(1, b"%d\\n" % n)
    n += 1
"""


def kill_one(url: str, kill_at: int = 0, acknowledged_min: int = 0) -> int:
    """Lets a process commit until it is killed: before a statement, or some time after so many acknowledgements.

    Returns how many lines it has ever said to be safe.
    """
    child = subprocess.Popen([sys.executable, "-c", CHILD, url, str(kill_at)], stdout=subprocess.PIPE)
    assert child.stdout is not None
    with child.stdout as told:
        acknowledged = [int(line) for line, _ in zip(told, range(acknowledged_min))]
        if not kill_at:
            os.kill(child.pid, signal.SIGKILL)
        acknowledged += [int(line) for line in told]
    assert child.wait(30) == -signal.SIGKILL
    return acknowledged[-1] + 1 if acknowledged else 0


def assert_nothing_is_lost(url: str, acknowledged: int) -> None:
    """All that was said to be safe is there, each commit whole."""
    storage = open_storage(url)
    kept = storage.read("match/a") or []
    assert len(kept) >= acknowledged
    assert kept == [str(n) for n in range(len(kept))]
    assert (storage.read("match/b") or []) == kept
    for third in range(3):
        assert (storage.read(f"match/{third}") or []) == kept[third::3]
    storage.close()


def test_nothing_acknowledged_is_lost_when_the_process_is_killed_anywhere(url: str) -> None:
    """Killed before the first statement, the second, and so on through several commits that also move records.

    Each process takes over what the one before left behind.
    """
    acknowledged = 0
    for kill_at in range(1, 25):
        acknowledged = max(kill_one(url, kill_at=kill_at), acknowledged)
        assert_nothing_is_lost(url, acknowledged)
    assert acknowledged > 20


def test_nothing_acknowledged_is_lost_when_the_process_is_killed_at_work(url: str) -> None:
    """Killed from outside, wherever it happens to be."""
    for acknowledged_min in (1, 7, 50):
        acknowledged = kill_one(url, acknowledged_min=acknowledged_min)
        assert acknowledged >= acknowledged_min
        assert_nothing_is_lost(url, acknowledged)


def test_a_full_disk_loses_nothing_and_is_survived(folding: None, url: str) -> None:
    """A commit without room says so and leaves everything as it was; with room again, the next one is kept."""
    storage = open_storage(url)
    assert isinstance(storage, sqlite.SqliteStorage)
    storage._writer.execute("PRAGMA max_page_count = 40")
    kept = commits_until_full(storage)
    assert kept > 5
    assert storage.read("match/b") == [str(n) for n in range(kept)]
    storage._writer.execute("PRAGMA max_page_count = 1000000")
    storage.commit([Line("match/b", str(kept))])
    storage.close()
    again = open_storage(url)
    assert again.read("match/b") == [str(n) for n in range(kept + 1)]
    assert len(again.read("match/a") or []) == kept
    again.close()


def commits_until_full(storage: Storage) -> int:
    for n in range(100):
        try:
            storage.commit([Line("match/a", f"{n} {'x' * 3000}"), Line("match/b", str(n))])
        except StorageFull:
            return n
    raise AssertionError("it never was full")


def test_a_file_that_may_only_be_read_is_refused(url: str) -> None:
    """At once, and not with the first move."""
    open_storage(url).close()
    overwrite(path_in(url), FILE_BYTES_OF_WRITE_VERSION, b"\3")
    with pytest.raises(StorageReadOnly, match="cannot be written"):
        open_storage(url)


def test_a_folder_that_cannot_be_made_is_said_in_words(tmp_path: Path) -> None:
    """A file stands where a folder should."""
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="cannot be opened: "):
        open_storage(f"sqlite:{tmp_path}/file/records.db")


def test_a_folder_is_no_storage(tmp_path: Path) -> None:
    """The path is in the sentence."""
    with pytest.raises(StorageError, match=str(tmp_path)):
        open_storage(f"sqlite:{tmp_path}")


@pytest.mark.parametrize("url", ["", "memory", "memory:x", "sqlite", "sqlite:", "postgres://localhost/parlour"])
def test_an_unknown_storage_is_refused(url: str) -> None:
    """With what could have been said instead."""
    with pytest.raises(StorageError, match="say memory: or sqlite:PATH"):
        open_storage(url)


def test_a_file_of_something_else_is_refused(url: str) -> None:
    """And not touched."""
    path_in(url).write_text("Dear diary, " * 1000)
    with pytest.raises(StorageCorrupt, match="is not a database"):
        open_storage(url)
    assert path_in(url).read_text() == "Dear diary, " * 1000


def test_a_database_of_another_program_is_refused(url: str) -> None:
    """And not touched."""
    other = sqlite3.connect(path_in(url))
    other.execute("CREATE TABLE diary (page TEXT)")
    other.close()
    before = path_in(url).read_bytes()
    with pytest.raises(StorageCorrupt, match="of another program"):
        open_storage(url)
    assert path_in(url).read_bytes() == before


def test_a_newer_schema_is_refused(url: str) -> None:
    """Whoever goes back to an older version of the server is told, before anything is written."""
    open_storage(url).close()
    newer = sqlite3.connect(path_in(url))
    newer.execute("PRAGMA user_version = 2")
    newer.close()
    with pytest.raises(StorageTooNew, match=r"a later version of Parlour \(schema 2, known is 1\)"):
        open_storage(url)


def test_a_truncated_file_is_refused(url: str) -> None:
    """Half a database is not taken for a small one."""
    filled(url)
    os.truncate(path_in(url), path_in(url).stat().st_size // 2)
    with pytest.raises(StorageCorrupt, match="is damaged"):
        open_storage(url)


@pytest.mark.parametrize("moved", [False, True], ids=["in the journal", "in chunks"])
@pytest.mark.parametrize("damage", [b"\xa5" * 4096, b"x" * 4096, bytes(4096)], ids=["noise", "text", "zeros"])
def test_a_damaged_page_is_never_read_as_a_record(url: str, damage: bytes, moved: bool) -> None:
    """With any page of the file overwritten, a record is read as it was, or not at all and with a word."""
    expected = filled(url, moved)
    whole = path_in(url).read_bytes()
    refused = 0
    for page in range(1, len(whole) // 4096):
        path_in(url).write_bytes(whole)
        overwrite(path_in(url), page * 4096, damage)
        try:
            storage = open_storage(url)
        except StorageCorrupt:
            refused += 1
            continue
        try:
            assert storage.read("match/a") == expected
            for header, written in zip(storage.open_headers(""), [expected[0]] + ["y" * 40] * 20, strict=True):
                assert header[1] in (written, None)
        except StorageCorrupt:
            refused += 1
        finally:
            storage.close()
    assert refused > 3


def test_a_damaged_record_is_that_records_trouble_alone(url: str) -> None:
    """The others are listed and read; the damaged one is listed without a header."""
    filled(url)
    overwritten(url, "UPDATE chunks SET texts = CAST(replace(texts, 'y', 'z') AS BLOB) WHERE key = 'match/a7'")
    storage = open_storage(url)
    headers = dict(storage.open_headers("match/"))
    assert len(headers) == 21
    assert [key for key, header in headers.items() if header is None] == ["match/a7"]
    assert len(storage.read("match/a") or []) == len(storage.read("match/a6") or []) == 40
    with pytest.raises(StorageCorrupt, match="lines are not as they were written"):
        storage.read("match/a7")
    storage.close()


def test_an_acknowledged_move_that_is_damaged_before_it_was_moved_is_never_passed_over(url: str) -> None:
    """Nobody could say whose it was, so the server does not go on as if it had never been."""
    filled(url, moved=False)
    overwritten(url, "UPDATE journal SET texts = replace(texts, 'y', 'z') WHERE batch = 17")
    with pytest.raises(StorageCorrupt, match="lines are not as they were written"):
        open_storage(url)


def test_one_process_has_the_file_for_itself(url: str) -> None:
    """A second one is refused as long as the first lives, and let in when it was closed."""
    storage = open_storage(url)
    with pytest.raises(StorageInUse, match="in use by another process"):
        open_storage(url)
    asked = [sys.executable, "-c", "import sys, game.engine.storage as s; s.open_storage(sys.argv[1])", url]
    said = subprocess.run(asked, capture_output=True, text=True, check=False, timeout=30)
    assert said.returncode == 1
    assert "StorageInUse" in said.stderr
    storage.close()
    open_storage(url).close()


def test_a_refused_file_is_let_go(url: str) -> None:
    """Once what was wrong is mended, the same process can open it."""
    path_in(url).write_text("not a database")
    for _ in range(2):
        with pytest.raises(StorageCorrupt):
            open_storage(url)
    path_in(url).unlink()
    open_storage(url).close()


def filled(url: str, moved: bool = True) -> list[str]:
    """Makes a file with one long record among others, in the journal or moved to chunks; returns its lines."""
    storage = open_storage(url)
    for n in range(40):
        storage.commit([Line("match/a", f"{n} {'x' * 500}"), *(Line(f"match/a{m}", "y" * 40) for m in range(20))])
    record = storage.read("match/a")
    storage.close()
    if moved:
        open_storage(url).close()
    assert record is not None
    return record


def overwritten(url: str, statement: str) -> None:
    """Changes the file behind the storage's back, as SQLite sees it: what is left is a whole database."""
    with closing(sqlite3.connect(path_in(url))) as file, file:
        file.execute(statement)


def overwrite(path: Path, at: int, with_bytes: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(with_bytes)
