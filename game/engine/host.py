"""One match or lobby, awake: its single writer.

A command goes straight through: advance → journal → tell. The host goes on to the next command while
the last is being written, but whatever it says (acceptance, refusal, change) waits until everything
that it depends on is durable, and leaves in order. When a write fails, or the rules break, the host is
lost: it says so to all who wait and listen, and is never used again. The record decides what was.
"""

from collections import OrderedDict, deque
from collections.abc import Callable, Mapping, Sequence
from typing import Generic, NamedTuple, Protocol, TypeVar

import structlog

from game.engine.failpoints import reach
from game.engine.journal import Journal, JournalFull
from game.engine.kinds import Kind
from game.engine.limits import REMEMBERED_REFUSALS_MAX
from game.engine.source import Listener
from game.engine.storage import Line, StorageError
from game.matches.record import Entry, Versioned
from game.matches.refusals import Refusal
from game.rules.moves import Moves

log = structlog.get_logger("parlour.host")


S = TypeVar("S", bound=Versioned)
H = TypeVar("H")
C = TypeVar("C")


class Asker(Protocol):
    """Whoever sent a request: hears exactly one of the two."""

    def accepted(self, request: str, value: object) -> None:
        """It was carried out, and is durable. `value` is the version it made, or the id of a new lobby."""

    def refused(self, request: str, refusal: Refusal) -> None:
        """It was not."""


class Owner(Protocol[S, H, C]):
    """Whoever keeps the hosts."""

    def changed(self, host: "Host[S, H, C]", events: Sequence[object], consequences: Sequence[Line]) -> None:
        """The host's subject is durably one version further, and so are the lines of other records."""

    def resting(self, host: "Host[S, H, C]") -> None:
        """Nobody listens and nothing is on its way to the disk: the host may be let go."""

    def lost(self, host: "Host[S, H, C]") -> None:
        """The host must not be used any more."""


class Step(NamedTuple, Generic[S]):
    """An accepted command on its way to being durable."""

    subject: S
    events: Sequence[object]
    consequences: Sequence[Line]
    request: str
    asker: Asker | None


class Reply(NamedTuple):
    """A repeated acceptance, or a refusal, that must not overtake the steps before it."""

    request: str
    asker: Asker
    answer: "int | Refusal"


UNAVAILABLE = Refusal(
    "unavailable", "The server could not save this and does not know whether it holds. Send it again, unchanged."
)
TOO_LATE = Refusal("too_late", "You have moved already. This move was meant for an earlier turn.")
OVERLOADED = Refusal("overloaded", "The server is busy. Try again in a moment.")
BROKEN = Refusal(
    "rules_failed", "The rules of this game failed here. Nothing was changed; the host of the server is told."
)


class Host(Generic[S, H, C]):
    """Keeps one subject. `told` is the newest durable one: all that anyone outside may see."""

    __slots__ = (
        "_accepted",
        "_end",
        "_journal",
        "_key",
        "_listeners",
        "_moved",
        "_newest",
        "_owner",
        "_refused",
        "_waiting",
        "id",
        "kind",
        "sleepy",
        "told",
    )

    def __init__(
        self,
        id: str,
        subject: S,
        entries: Sequence[Entry[C]],
        kind: Kind[S, H, C],
        journal: Journal,
        owner: Owner[S, H, C],
    ) -> None:
        """A host for a subject as its record says; `entries` are the record's."""
        self.id = id
        self.kind = kind
        self.told = subject
        self.sleepy = False
        """Whether its owner is waiting to let it go."""
        self._key = f"{kind.name}/{id}"
        self._newest = subject
        self._journal = journal
        self._owner = owner
        self._listeners: dict[Listener, None] = {}
        """In the order in which they came: what is told first must not depend on anything else."""
        self._waiting: deque[Step[S] | Reply] = deque()
        self._accepted: dict[tuple[str, str], tuple[C, int]] = {
            (kind.author(subject, entry.command), entry.request): (entry.command, entry.version) for entry in entries
        }
        self._moved = {kind.mover(entry.command): entry.version for entry in entries}
        """By seat: the version that its last move made."""
        self._end: Refusal | None = None
        self._refused: OrderedDict[tuple[str, str], tuple[C, Refusal]] = OrderedDict()

    def submit(
        self,
        command: C,
        request: str,
        asker: Asker | None,
        now_ms: int,
        chosen_at: int | None = None,
        check: Callable[[S], None] | None = None,
    ) -> None:
        """Carries out a command, once. The asker hears of it when it may.

        A move says by `chosen_at` which version it was chosen for; it is refused when its seat has moved since.
        `check` is for what the subject does not know: it raises Refusal, and is asked only when the request is new.
        """
        if self._end:
            self._reply(request, asker, self._end)
            return
        kind, newest = self.kind, self._newest
        name = (kind.author(newest, command), request)
        before = self._accepted.get(name) or self._refused.get(name)
        if before is not None:
            self._repeat(before, command, request, asker)
            return
        if chosen_at is not None and self._moved.get(kind.mover(command), 0) > chosen_at:
            self._refuse(name, command, asker, TOO_LATE)
            return
        try:
            if check is not None:
                check(newest)
            newest, events = kind.advance(newest, command, now_ms)
        except Refusal as refusal:
            self._refuse(name, command, asker, refusal)
            return
        except Exception:  # whatever rules may raise, only this host ends
            log.exception("rules_failed", host=self._key, version=self._newest.version)
            self._break(asker, request)
            return
        consequences = kind.consequences(newest, events, now_ms)
        self._append(Step(newest, events, consequences, request, asker), name, command, now_ms)

    def lose(self, why: Refusal) -> None:
        """Ends this host: all who wait or listen are told why, and so is whoever still asks."""
        self._end = why
        waiting, self._waiting = self._waiting, deque()
        listeners, self._listeners = self._listeners, {}
        self._owner.lost(self)
        for item in waiting:
            if item.asker:
                item.asker.refused(item.request, why)
        for listener in listeners:
            listener.lost(why)

    def _break(self, asker: Asker | None, request: str) -> None:
        """The rules raised what they never should. What is on its way is still told; then this host ends."""
        self._end = BROKEN
        self._reply(request, asker, BROKEN)
        if not self._waiting:
            self.lose(BROKEN)

    # What is watched: all of it durable

    @property
    def version(self) -> int:
        return self.told.version

    def audience(self, seat: int | None) -> int | None:
        return self.kind.audience(self.told, seat)

    def about(self, form: str) -> Mapping[str, object]:
        return self.kind.about(self.told, form)

    def look(self, audience: int | None, form: str) -> dict[str, object]:
        return self.kind.look(self.told, audience, form)

    def moves(self, seat: int) -> Moves:
        return self.kind.moves(self.told, seat)

    def picks(self, move: str) -> Sequence[str]:
        return self.kind.picks(self.told, move)

    def hear(self, listener: Listener) -> None:
        self._listeners[listener] = None

    def ignore(self, listener: Listener) -> None:
        self._listeners.pop(listener, None)
        self._rest_if_idle()

    @property
    def idle(self) -> bool:
        """Whether nobody listens and nothing is on its way to the disk."""
        return not self._listeners and not self._waiting

    def _append(self, step: Step[S], name: tuple[str, str], command: C, now_ms: int) -> None:
        kind, newest = self.kind, step.subject
        text = kind.lines.entry_line(newest.version, now_ms, step.request, command)
        line = Line(self._key, text, kind.finished(newest))
        reach("before_append")
        try:
            self._journal.append([line, *step.consequences], self._written)
        except JournalFull:
            if step.asker:
                step.asker.refused(step.request, OVERLOADED)
            return
        self._newest = newest
        self._accepted[name] = (command, newest.version)
        self._moved[kind.mover(command)] = newest.version
        self._waiting.append(step)
        reach("after_append")

    def _written(self, error: StorageError | None) -> None:
        if not self._waiting:
            return  # lost already, by an earlier failure or broken rules
        if error is not None:
            self.lose(UNAVAILABLE)
            return
        step = self._waiting.popleft()
        assert isinstance(step, Step)
        reach("before_tell")
        self.told = step.subject
        if step.asker:
            step.asker.accepted(step.request, step.subject.version)
            reach("after_accepted")
        try:
            self._owner.changed(self, step.events, step.consequences)
        except Exception:  # whatever it was, those who wait and listen must hear of what is durable
            log.exception("owner_failed", host=self._key, version=self.told.version)
        self._tell(step.events)
        while self._waiting and isinstance(reply := self._waiting[0], Reply):
            self._waiting.popleft()
            _say(reply)
        if self._end and not self._waiting:
            self.lose(self._end)
        elif not self._listeners:
            self._rest_if_idle()

    def _tell(self, events: Sequence[object]) -> None:
        for told_before, listener in enumerate(tuple(self._listeners)):
            if told_before:
                reach("between_audiences")
            try:
                listener.told(events)
            except Exception:  # the same
                log.exception("view_failed", host=self._key, version=self.told.version)
                self._end = BROKEN

    def _refuse(self, name: tuple[str, str], command: C, asker: Asker | None, refusal: Refusal) -> None:
        self._refused[name] = (command, refusal.anew())
        if len(self._refused) > REMEMBERED_REFUSALS_MAX:
            self._refused.popitem(last=False)
        self._reply(name[1], asker, refusal)

    def _repeat(self, before: tuple[C, int | Refusal], command: C, request: str, asker: Asker | None) -> None:
        first, answer = before
        if first != command:
            answer = Refusal("request_reused", "This request id was used before, for something else.")
        self._reply(request, asker, answer)

    def _reply(self, request: str, asker: Asker | None, answer: int | Refusal) -> None:
        if asker is None:
            return
        reply = Reply(request, asker, answer)
        if self._waiting:
            self._waiting.append(reply)
        else:
            _say(reply)
            self._rest_if_idle()

    def _rest_if_idle(self) -> None:
        if self.idle:
            self._owner.resting(self)


def _say(reply: Reply) -> None:
    if isinstance(reply.answer, Refusal):
        reply.asker.refused(reply.request, reply.answer)
    else:
        reply.asker.accepted(reply.request, reply.answer)
