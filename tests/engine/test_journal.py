"""The journal: what shares a commit, who hears of it and when, and what a failure takes with it."""

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from queue import SimpleQueue
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from game.engine import journal as journals
from game.engine import scribe
from game.engine.journal import Journal, JournalFull
from game.engine.storage import Line, StorageError, StorageFull, open_storage
from game.engine.storage.memory import MemoryStorage

FULL = StorageFull("the disk is full")


class Watched(MemoryStorage):
    """A storage that remembers its commits, fails when told to, and as a blocking one waits until let go on."""

    def __init__(self, blocking: bool = False, waits: bool = False) -> None:
        super().__init__()
        self.blocking = blocking
        self.commits: list[list[str]] = []
        self.failures: list[Exception] = []
        self.began: SimpleQueue[None] = SimpleQueue()
        self._go: SimpleQueue[Exception | None] | None = SimpleQueue() if waits else None

    def go(self, failure: Exception | None = None) -> None:
        """Lets the commit that waits, or the next one, end."""
        assert self._go is not None
        self._go.put(failure)

    def commit(self, lines: Sequence[Line]) -> None:
        self.began.put(None)
        failure = self._go.get(timeout=10) if self._go else None
        failure = failure or (self.failures.pop(0) if self.failures else None)
        if failure:
            raise failure
        super().commit(lines)
        self.commits.append([line.text for line in lines])


class Ears:
    """Hears what becomes of appends, in order."""

    def __init__(self, journal: Journal) -> None:
        self.heard: list[tuple[str, StorageError | None]] = []
        self._journal = journal

    def append(self, *texts: str, key: str = "match/a") -> None:
        self._journal.append([Line(key, text) for text in texts], partial(self._hear, "+".join(texts)))

    def _hear(self, name: str, error: StorageError | None) -> None:
        self.heard.append((name, error))

    @property
    def safe(self) -> list[str]:
        return [name for name, error in self.heard if error is None]

    @property
    def lost(self) -> list[str]:
        return [name for name, error in self.heard if error is not None]


@pytest.fixture(params=[None, 10.0, 0.0], ids=["on the loop", "on a thread, waited for", "on a thread"])
def blocking(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether the storage waits for a disk; for a while the loop waits with it, or not at all."""
    if request.param is None:
        return False
    monkeypatch.setattr(scribe, "PATIENCE_SECONDS", request.param)
    return True


def started(storage: Watched) -> tuple[Journal, Ears]:
    journal = Journal(storage, asyncio.get_running_loop())
    return journal, Ears(journal)


async def begun(storage: Watched) -> None:
    """Waits until a commit is under way on the thread."""
    await asyncio.get_running_loop().run_in_executor(None, lambda: storage.began.get(timeout=10))


async def test_appends_of_one_turn_share_a_commit(blocking: bool) -> None:
    """A hundred matches that move at once wait for the disk once."""
    storage = Watched(blocking)
    journal, ears = started(storage)
    for n in range(100):
        ears.append(str(n))
    await journal.drain()
    assert storage.commits == [[str(n) for n in range(100)]]
    assert ears.safe == [str(n) for n in range(100)]
    await journal.close()


async def test_what_is_appended_during_a_commit_is_the_next_one() -> None:
    """However many turns of the loop the disk takes."""
    storage = Watched(blocking=True, waits=True)
    journal, ears = started(storage)
    ears.append("1")
    await begun(storage)
    for n in range(2, 6):
        ears.append(str(n))
        await asyncio.sleep(0)
    assert ears.heard == []
    storage.go()
    storage.go()
    await drained(journal, storage)
    assert storage.commits[:2] == [["1"], ["2", "3", "4", "5"]]
    await closed(journal, storage)


async def test_lines_of_one_append_stay_together(blocking: bool) -> None:
    """A lobby's last line and its match's first are in one commit, in this order."""
    storage = Watched(blocking)
    journal, ears = started(storage)
    ears.append("start", "header")
    ears.append("move")
    await journal.drain()
    assert storage.commits == [["start", "header", "move"]]
    assert ears.safe == ["start+header", "move"]
    await journal.close()


async def test_nobody_hears_before_append_returns(blocking: bool) -> None:
    """A host has written down what it waits for by the time it is told, also when the storage is memory."""
    storage = Watched(blocking)
    journal, ears = started(storage)
    ears.append("1")
    assert ears.heard == []
    await journal.drain()
    assert ears.safe == ["1"]
    await journal.close()


async def test_memory_answers_in_the_next_turn() -> None:
    """Without a disk to wait for, a move is told at once."""
    _, ears = started(Watched())
    ears.append("1")
    await asyncio.sleep(0)
    assert ears.safe == ["1"]


async def test_whoever_is_told_may_append(blocking: bool) -> None:
    """What follows from a durable line goes into a later commit, and is told after all of the earlier one."""
    storage = Watched(blocking)
    journal, ears = started(storage)
    journal.append([Line("match/a", "1")], lambda error: ears.append("follows"))
    ears.append("2")
    while len(ears.heard) < 2:
        await journal.drain()
    assert storage.commits[0] == ["1", "2"]
    assert ears.safe == ["2", "follows"]
    await journal.close()


@pytest.fixture
def woken(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Grows with each time that a thread wakes the loop. For tests that are called on the loop."""
    calls: list[Any] = []
    wake = asyncio.BaseEventLoop.call_soon_threadsafe

    def noted(loop: asyncio.BaseEventLoop, callback: Any, *args: Any, **kwargs: Any) -> Any:
        if getattr(callback, "__self__", None).__class__ is scribe.Scribe:
            calls.append(callback)
        return wake(loop, callback, *args, **kwargs)

    monkeypatch.setattr(asyncio.BaseEventLoop, "call_soon_threadsafe", noted)
    return calls


async def test_the_loop_waits_for_a_quick_disk(woken: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Then all that shared the commit hear of it in the turn that began it, and nobody has to be woken."""
    monkeypatch.setattr(scribe, "PATIENCE_SECONDS", 10.0)
    storage = Watched(blocking=True)
    journal, ears = started(storage)
    for n in range(50):
        ears.append(str(n))
    await asyncio.sleep(0)
    assert ears.safe == [str(n) for n in range(50)]
    assert (len(storage.commits), woken) == (1, [])
    await journal.close()


async def test_a_slow_commit_wakes_the_loop_once(woken: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Not once per append, that would cost more than the appends; and until then the loop goes on."""
    monkeypatch.setattr(scribe, "PATIENCE_SECONDS", 0.0)
    storage = Watched(blocking=True, waits=True)
    journal, ears = started(storage)
    for n in range(50):
        ears.append(str(n))
    await begun(storage)
    for n in range(50, 99):
        ears.append(str(n))
    told = asyncio.Event()
    journal.append([Line("match/a", "99")], lambda error: told.set())
    assert ears.heard == []
    storage.go()
    storage.go()
    await told.wait()
    assert ([len(commit) for commit in storage.commits], len(woken)) == ([50, 50], 2)
    await closed(journal, storage)


async def test_the_loop_waits_again_once_a_commit_was_quick(woken: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that was slow for a moment does not cost more from then on."""
    monkeypatch.setattr(scribe, "PATIENCE_SECONDS", 0.0)
    storage = Watched(blocking=True, waits=True)
    journal, ears = started(storage)
    told = asyncio.Event()
    journal.append([Line("match/a", "1")], lambda error: told.set())
    await begun(storage)
    monkeypatch.setattr(scribe, "PATIENCE_SECONDS", 10.0)
    storage.go()
    await told.wait()
    ears.append("2")
    storage.go()
    await asyncio.sleep(0)
    assert (ears.safe, len(woken)) == (["2"], 1)
    await closed(journal, storage)


async def test_a_failed_commit_is_told_to_each_of_its_appends(blocking: bool) -> None:
    """With the reason; and the next commit is tried for itself."""
    storage = Watched(blocking)
    storage.failures = [FULL]
    journal, ears = started(storage)
    ears.append("1")
    ears.append("2")
    with pytest.raises(StorageFull):
        await journal.drain()
    assert ears.heard == [("1", FULL), ("2", FULL)]
    ears.append("3")
    await journal.drain()
    assert storage.commits == [["3"]]
    await journal.close()


async def test_the_journal_says_what_troubles_it(blocking: bool) -> None:
    """Why the last commit failed, until one succeeds."""
    storage = Watched(blocking)
    storage.failures = [FULL]
    journal, ears = started(storage)
    troubles = [journal.trouble]
    ears.append("1")
    with pytest.raises(StorageFull):
        await journal.drain()
    troubles.append(journal.trouble)
    ears.append("2")
    await journal.drain()
    troubles.append(journal.trouble)
    assert troubles == [None, "the disk is full", None]
    await journal.close()


async def test_a_probe_finds_out_whether_the_trouble_is_over(blocking: bool) -> None:
    """Without trouble it writes nothing; in trouble it tries, so that nobody has to lose a move to find out."""
    storage = Watched(blocking)
    storage.failures = [FULL, FULL]
    journal, ears = started(storage)
    assert await journal.probe() is None
    assert storage.commits == []
    ears.append("1")
    with pytest.raises(StorageFull):
        await journal.drain()
    assert await journal.probe() == "the disk is full"
    assert await journal.probe() is None
    assert len(storage.commits) == 1
    await journal.close()


async def test_what_waits_behind_a_failed_commit_fails_with_it() -> None:
    """A host that went on from entry 5 has entry 6 waiting; without 5 there must be no 6."""
    storage = Watched(blocking=True, waits=True)
    journal, ears = started(storage)
    ears.append("5")
    await begun(storage)
    ears.append("6")
    storage.go(FULL)
    with pytest.raises(StorageFull):
        await journal.drain()
    assert ears.lost == ["5", "6"]
    assert storage.commits == []
    ears.append("5 again")
    storage.go()
    await drained(journal, storage)
    assert storage.read("match/a") == ["5 again"]
    await closed(journal, storage)


async def test_nothing_is_taken_while_a_failure_is_being_told(blocking: bool) -> None:
    """Someone who does not yet know that its line is lost cannot add the next, whoever wakes it in that moment."""
    storage = Watched(blocking)
    storage.failures = [FULL]
    journal, ears = started(storage)
    refused = []

    def wakes_another(error: StorageError | None) -> None:
        try:
            ears.append("6", key="match/b")
        except JournalFull as full:
            refused.append(str(full))

    journal.append([Line("match/a", "1")], wakes_another)
    ears.append("5", key="match/b")
    with pytest.raises(StorageFull):
        await journal.drain()
    assert refused == ["the last commit failed, and not everyone knows it yet"]
    assert ears.lost == ["5"]
    ears.append("5 again", key="match/b")
    await journal.drain()
    assert storage.read("match/b") == ["5 again"]
    await journal.close()


async def test_a_storage_that_breaks_is_a_failure_like_another(blocking: bool) -> None:
    """An error that no storage should raise is told to those who wait, and does not end the thread."""
    storage = Watched(blocking)
    storage.failures = [ZeroDivisionError("by zero")]
    journal, ears = started(storage)
    ears.append("1")
    with pytest.raises(StorageError, match="the storage failed: by zero"):
        await journal.drain()
    ears.append("2")
    await journal.drain()
    assert (ears.lost, ears.safe) == (["1"], ["2"])
    await journal.close()


async def test_one_who_fails_to_listen_takes_nobody_along(blocking: bool) -> None:
    """The others still hear of theirs, and the loop's handler hears of the exception."""
    handled: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda loop, context: handled.append(context))
    storage = Watched(blocking)
    journal, ears = started(storage)
    broken = ZeroDivisionError()
    journal.append([Line("match/a", "1")], raiser(broken))
    ears.append("2")
    await journal.drain()
    assert ears.safe == ["2"]
    assert [context["exception"] for context in handled] == [broken]
    await journal.close()


async def test_the_journal_is_full_at_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """At the limit all is taken; one line more is refused whole, and appends nothing; room comes back."""
    monkeypatch.setattr(journals, "LINES_PENDING_MAX", 5)
    storage = Watched(blocking=True, waits=True)
    journal, ears = started(storage)
    ears.append("1", "2")
    await begun(storage)
    ears.append("3", "4")
    with pytest.raises(JournalFull, match="4 lines wait for the disk"):
        ears.append("5", "6")
    ears.append("5")
    with pytest.raises(JournalFull):
        ears.append("6")
    storage.go()
    storage.go()
    await drained(journal, storage)
    assert ears.safe == ["1+2", "3+4", "5"]
    ears.append("6", "7", "8", "9", "10")
    storage.go()
    await drained(journal, storage)
    assert storage.read("match/a") == [str(n) for n in range(1, 11)]
    await closed(journal, storage)


async def test_a_failure_gives_the_room_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines that are lost do not count as waiting, neither those of the commit nor those behind it."""
    monkeypatch.setattr(journals, "LINES_PENDING_MAX", 2)
    storage = Watched(blocking=True, waits=True)
    journal, ears = started(storage)
    ears.append("1")
    await begun(storage)
    ears.append("2")
    storage.go(FULL)
    with pytest.raises(StorageFull):
        await journal.drain()
    ears.append("3", "4")
    storage.go()
    await drained(journal, storage)
    assert ears.safe == ["3+4"]
    await closed(journal, storage)


async def test_an_append_of_nothing_asks_whether_all_before_it_is_safe(blocking: bool) -> None:
    """It is answered after them, and with their failure."""
    storage = Watched(blocking)
    storage.failures = [FULL]
    journal, ears = started(storage)
    ears.append("1")
    ears.append()
    with pytest.raises(StorageFull):
        await journal.drain()
    assert ears.heard == [("1", FULL), ("", FULL)]
    await journal.close()


async def test_closing_answers_all_and_takes_nothing_more(blocking: bool) -> None:
    """What was appended is kept; what comes later is refused in words."""
    storage = Watched(blocking)
    journal, ears = started(storage)
    ears.append("1")
    closing = asyncio.ensure_future(journal.close())
    await asyncio.sleep(0)
    with pytest.raises(JournalFull, match="the journal is closed"):
        ears.append("2")
    await closing
    assert storage.read("match/a") == ["1"]
    assert ears.safe == ["1"]


async def test_closing_after_a_failure_does_not_raise(blocking: bool) -> None:
    """Whoever lost something was told; the server must still be able to stop, and the journal stays closed."""
    storage = Watched(blocking)
    storage.failures = [FULL]
    journal, ears = started(storage)
    ears.append("1")
    await journal.close()
    assert ears.lost == ["1"]
    with pytest.raises(JournalFull, match="closed"):
        ears.append("2")


async def test_whoever_gives_up_waiting_disturbs_nobody() -> None:
    """A drain that is cancelled is not told later that it succeeded."""
    handled: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda loop, context: handled.append(context))
    storage = Watched(blocking=True, waits=True)
    journal, ears = started(storage)
    ears.append("1")
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(journal.drain(), 0)
    waiting = asyncio.ensure_future(journal.drain())
    await begun(storage)
    waiting.cancel()
    storage.go()
    await drained(journal, storage)
    assert ears.safe == ["1"]
    assert handled == []
    await closed(journal, storage)


steps = st.lists(st.one_of(st.integers(0, 3), st.sampled_from(["turn", "fail"])), max_size=40)


@settings(deadline=None, max_examples=80)
@given(steps=steps, blocking=st.booleans())
def test_no_record_ever_has_a_gap(steps: list[int | str], blocking: bool) -> None:
    """Hosts that number their lines, go on before they are safe, and read again what was kept when they hear of a loss.

    Whatever fails, a record is 0, 1, 2 …, and has all that its host was told is safe.
    """
    asyncio.run(numbered_hosts(steps, Watched(blocking)))


class Numbered:
    """A host that appends 0, 1, 2 …"""

    def __init__(self, key: str, storage: Watched, journal: Journal) -> None:
        self.key, self.storage, self.journal = key, storage, journal
        self.newest = self.safe = 0
        self.run = 0

    def append(self) -> None:
        self.journal.append([Line(self.key, str(self.newest))], partial(self.written, self.run))
        self.newest += 1

    def written(self, run: int, error: StorageError | None) -> None:
        if run != self.run:
            assert error is not None
        elif error is None:
            self.safe += 1
        else:
            self.run += 1
            self.newest = len(self.storage.read(self.key) or [])
            assert self.newest >= self.safe
            self.safe = self.newest


async def numbered_hosts(steps: Sequence[int | str], storage: Watched) -> None:
    journal = Journal(storage, asyncio.get_running_loop())
    hosts = [Numbered(f"match/{n}", storage, journal) for n in range(4)]
    for step in steps:
        if isinstance(step, int):
            hosts[step].append()
        elif step == "fail":
            storage.failures.append(FULL)
        else:
            await asyncio.sleep(0)
    await journal.close()
    for host in hosts:
        assert (storage.read(host.key) or []) == [str(n) for n in range(host.safe)]
        assert host.newest == host.safe


async def test_the_journal_and_a_file_of_sqlite_together(tmp_path: Any) -> None:
    """What was told as safe is there when the file is opened again, in the order in which it was told."""
    url = f"sqlite:{tmp_path / 'records.db'}"
    storage = open_storage(url)
    journal = Journal(storage, asyncio.get_running_loop())
    ears = Ears(journal)
    for n in range(500):
        ears.append(str(n))
        if n % 7 == 0:
            await asyncio.sleep(0)
    await journal.close()
    storage.close()
    again = open_storage(url)
    assert again.read("match/a") == ears.safe == [str(n) for n in range(500)]
    again.close()


def raiser(error: Exception) -> Callable[[object], None]:
    def told(_: object) -> None:
        raise error

    return told


async def drained(journal: Journal, storage: Watched) -> None:
    """Drains a journal whose storage waits: the question is a commit of its own, without lines."""
    storage.go()
    await journal.drain()


async def closed(journal: Journal, storage: Watched) -> None:
    storage.go()
    await journal.close()
