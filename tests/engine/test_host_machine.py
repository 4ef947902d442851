"""A host, its journal and a storage that fails, in any order of events: nothing acknowledged is lost, nothing plays twice."""

from collections.abc import Sequence
from contextlib import ExitStack
from random import Random
from typing import Any, cast

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from game.engine.journal import Journal
from game.engine.kinds import Matches
from game.engine.limits import SLEEP_AFTER_SECONDS
from game.engine.registry import MatchHost, Registry
from game.engine.storage import Line
from game.matches.commands import Command, PlayMove, Resign
from game.matches.match import Header, Player
from game.matches.refusals import Refusal
from game.rules import rock_paper_scissors
from tests.engine.desk import FailingStorage
from tests.simulation.disk import Hands
from tests.simulation.loop import ProcessLoop, VirtualLoop
from tests.simulation.surroundings import heard_errors

ANN, BOB = Player("ann", "Ann"), Player("bob", "Bob")
CATALOG = {"rock_paper_scissors": rock_paper_scissors}
MATCH = Header(
    "aaaa", "rock_paper_scissors", rock_paper_scissors.revision, {"best_of": 99}, (ANN, BOB), bytes(32), 1_000_000
)
TRANSIENT = {"unavailable", "overloaded"}

Name = tuple[str, str, Command]
"""Who asks, under which id, for what."""

asked = st.tuples(
    st.sampled_from((0, 1)),
    st.sampled_from(("rock", "paper", "scissors", "lizard", "resign")),
    st.sampled_from([f"r{n}" for n in range(12)]),
    st.none() | st.integers(0, 6),
)


class Asking:
    """One sending of a request: hears one answer."""

    def __init__(self, machine: "HostMachine", name: Name) -> None:
        self.machine = machine
        self.name = name
        self.heard = 0

    def accepted(self, request: str, value: object) -> None:
        self.heard += 1
        assert isinstance(value, int)
        kept = self.machine.kept()
        assert len(kept) >= value, "told before it was durable"
        assert kept[value - 1] == self.name, "another command is kept under this version"
        assert self.machine.accepted.setdefault(self.name, value) == value, "another answer than the first"

    def refused(self, request: str, refusal: Refusal) -> None:
        self.heard += 1
        if refusal.code not in TRANSIENT:
            assert self.name not in self.machine.kept(), f"kept, and refused as {refusal.code}"


class Watching:
    """A Listener that hears every version, one after the other."""

    def __init__(self, machine: "HostMachine", host: MatchHost) -> None:
        self.machine, self.host, self.version = machine, host, host.version

    def told(self, events: Sequence[object]) -> None:
        assert self.host.version == self.version + 1, "a version was left out"
        assert self.host.version <= len(self.machine.kept()), "told before it was durable"
        self.version = self.host.version

    def lost(self, why: Refusal) -> None:
        self.machine.watching.remove(self)


class HostMachine(RuleBasedStateMachine):
    """What happens to one match, over any number of runs of the server."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = VirtualLoop()
        self.quiet = ExitStack()
        self.quiet.enter_context(heard_errors(self.loop.exceptions.append, unreadable=False))
        self.storage = FailingStorage()
        self.lines = Matches(CATALOG).lines
        self.storage.commit([Line("match/aaaa", self.lines.header_line(MATCH))])
        self.accepted: dict[Name, int] = {}
        self.asked: list[Asking] = []
        self.watching: list[Watching] = []
        self.slow = False

    @initialize(slow=st.booleans())
    def start(self, slow: bool) -> None:
        self.slow = slow
        self.begin()

    def begin(self) -> None:
        self.process = ProcessLoop(self.loop)
        own: Any = cast("Any", self.process)
        self.journal = Journal(self.storage, own)
        if self.slow:
            Hands(self.journal, self.process, Random(0), 0.1)
        self.registry = Registry(
            catalog=CATALOG,
            storage=self.storage,
            journal=self.journal,
            loop=own,
            now_ms=lambda: 1_000_000,
            new_seed=lambda: bytes(32),
            call_bot=lambda *call: None,
        )
        self.registry.open()

    def kept(self) -> list[Name]:
        """Who asked for what, by version."""
        entries = self.lines.entries((self.storage.read("match/aaaa") or [])[1:])
        return [(MATCH.seats[entry.command.seat].id, entry.request, entry.command) for entry in entries]

    @rule(what=asked)
    def ask(self, what: tuple[int, str, str, int | None]) -> None:
        seat, move, request, version = what
        command = Resign(seat) if move == "resign" else PlayMove(seat, move)
        asking = Asking(self, (MATCH.seats[seat].id, request, command))
        self.asked.append(asking)
        self.registry.match("aaaa").submit(command, request, asking, 1_000_000, version)

    @rule()
    def watch(self) -> None:
        host = self.registry.match("aaaa")
        watching = Watching(self, host)
        self.watching.append(watching)
        host.hear(watching)

    @rule()
    def look_away(self) -> None:
        for watching in self.watching:
            watching.host.ignore(watching)
        self.watching.clear()

    @rule(seconds=st.sampled_from((0.0, 0.05, 1.0, SLEEP_AFTER_SECONDS + 1)))
    def pass_time(self, seconds: float) -> None:
        self.loop.call_later(seconds, self.loop.stop)
        self.loop.run_forever()

    @rule(fails=st.booleans())
    def the_disk(self, fails: bool) -> None:
        self.storage.fails = fails

    @rule(what=asked)
    def ask_in_vain(self, what: tuple[int, str, str, int | None]) -> None:
        """The disk fails just then: the host is lost, and the next one stands on the record."""
        self.storage.fails = True
        self.ask(what)
        self.pass_time(1.0)
        self.storage.fails = False

    @rule()
    def lose_power(self) -> None:
        self.process.kill()
        self.asked.clear()
        self.watching.clear()
        self.begin()

    @invariant()
    def nothing_plays_twice(self) -> None:
        named = [name[:2] for name in self.kept()]
        assert len(named) == len(set(named)), named

    @invariant()
    def what_was_acknowledged_is_kept(self) -> None:
        kept = self.kept()
        assert all(kept[version - 1] == name for name, version in self.accepted.items())

    @invariant()
    def nobody_heard_two_answers(self) -> None:
        assert all(asking.heard <= 1 for asking in self.asked)

    @invariant()
    def no_exception_came_through(self) -> None:
        assert not self.loop.exceptions, self.loop.exceptions[0]

    def teardown(self) -> None:
        try:
            self.storage.fails = False
            self.pass_time(1.0)
            assert all(asking.heard == 1 for asking in self.asked), "a request has no answer"
            assert all(watching.version == len(self.kept()) for watching in self.watching), "somebody is left behind"
            self.look_away()
            self.pass_time(2 * SLEEP_AFTER_SECONDS)
            assert not self.registry._awake, "a match that nobody watches is awake"
            assert not self.process.plans, self.process.plans
        finally:
            self.quiet.close()
            self.loop.close()


TestHostMachine = HostMachine.TestCase
TestHostMachine.settings = settings(max_examples=100, stateful_step_count=40)


def test_a_host_that_was_lost_does_not_take_its_successor_along() -> None:
    """The timer by which a lost host would have gone to sleep fires while the next one waits for the disk."""
    machine = HostMachine()
    machine.start(slow=True)
    machine.ask_in_vain((0, "rock", "r0", None))
    machine.pass_time(SLEEP_AFTER_SECONDS - 1.0 - 0.01)
    machine.ask((0, "rock", "r1", None))
    machine.pass_time(0.011)
    machine.ask((1, "paper", "r2", None))
    machine.pass_time(1.0)
    assert [entry.version for entry in machine.lines.entries((machine.storage.read("match/aaaa") or [])[1:])] == [1, 2]
    machine.teardown()
