"""One seed: a storm in which everything goes wrong, then calm in which everything must come right."""

import asyncio
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from random import Random
from typing import Any
from unittest.mock import patch

import structlog

from protocol.session import State
from tests.protocol.views import same
from tests.simulation.disk import Disk
from tests.simulation.laws import Witness
from tests.simulation.loop import Stuck, VirtualLoop
from tests.simulation.network import Network
from tests.simulation.player import Device, Person, World
from tests.simulation.server import Server, games
from tests.simulation.story import Story
from tests.simulation.truth import Truth
from tests.simulation.weather import weather
from web.edge.conversation import Conversation
from web.edge.feeds import Feed

BEGINNING_MS = 4_102_444_800_000
"""A day on which no token has expired."""
HOUR_SECONDS = 3600.0


class LawBroken(Exception):
    """A law was broken; the text says which, and what led to it."""


@dataclass(frozen=True)
class Report:
    """What one seed did."""

    seed: int
    digest: str
    answers: int
    versions: int
    matches_over: int
    runs: int


class Simulation:
    """A server and its players. `run` once."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.loop = VirtualLoop()
        self.weather = weather(self._random("weather"))
        self.story = Story(self.loop.time)
        self.broken: str | None = None
        self.catalog = games()[0]
        self.truth = Truth(self.catalog, self.violated)
        self.witness = Witness(self.truth, self.violated)
        self.disk = Disk(self._random("disk"), self.weather, self._kept)
        self.network = Network(str(seed), self.loop, self.weather, self.witness, self.story)
        self.chaos = self._random("chaos")
        self.skew_ms = 0
        self.runs = 0
        self.calm = False
        self.world = World(
            self.loop,
            self.network,
            self.witness,
            [(key, list(game.seats)) for key, game in self.catalog.items()],
            [],
        )
        self.devices: list[Device] = []
        self._script: asyncio.Task[None] | None = None
        self._stopping: asyncio.Task[None] | None = None

    def run(self) -> Report:
        """Plays the seed to its end. Raises LawBroken."""
        gc.disable()
        gc.freeze()
        try:
            with ordered(), loud_errors(self.violated, self.weather.reads_fail > 0):
                self._script = self.loop.create_task(self._play())
                self.loop.run_until_complete(self._script)
        except asyncio.CancelledError:
            pass
        except Stuck:
            self.violated("nothing will ever happen again")
        finally:
            self.loop.close()
            gc.unfreeze()
            gc.enable()
        if self.broken is not None:
            raise LawBroken(self.broken)
        over = sum(record.newest.outcome is not None for key, record in self.truth.records.items() if key[0] == "m")
        versions = sum(record.version for record in self.truth.records.values())
        return Report(self.seed, self.story.digest, self.witness.answers, versions, over, self.runs)

    def violated(self, law: str) -> None:
        """Notes the first law that is broken, and ends the script."""
        if self.broken is None:
            self.broken = f"at {self.loop.time():.6f}: {law}"
            self.story.tell(f"BROKEN {law}")
            if self._script:
                self._script.cancel()

    # The script

    async def _play(self) -> None:
        self._start()
        self._gather()
        storm = self.loop.create_task(self._storm())
        for _ in range(10):
            await asyncio.sleep((1 + self.chaos.random() * 2) * self.weather.pace)
            if self.weather.pace > 1:
                gc.collect()  # at times of its own, what is left of a feed and its room would not go twice the same way
        storm.cancel()
        await self._calm_down()
        await self._all_are_answered()
        await self._play_on()
        await self._all_are_answered()
        await asyncio.sleep(70)  # until the last half-open connection is known to be dead
        if unanswered := self.witness.unanswered:
            self.violated(f"never answered: {unanswered}")
        self._check_agreement()
        await self._while_away_an_hour()
        await self._go_home()

    def _gather(self) -> None:
        random = self._random("people")
        for n in range(random.randint(2, 4)):
            self._join(Person(f"P{n}", bot=False), random)
        for n in range(random.randint(0, 2)):
            self.world.bots.append(f"Bot{n}")
            self._join(Person(f"Bot{n}", bot=True), random)

    def _join(self, person: Person, random: Random) -> None:
        for n in range(1 + (random.random() < 0.3)):
            name = f"{person.name}.{n}"
            haste = random.choice((0.2, 1.0, 3.0)) * self.weather.pace
            self.devices.append(Device(name, person, self.world, self._random(name), haste))

    async def _storm(self) -> None:
        weather = self.weather
        kinds = {
            "cut": weather.cuts,
            "half open": weather.half_open,
            "crash": weather.crashes,
            "stop": weather.stops,
            "bad disk": weather.bad_disks,
            "clock": weather.clock_jumps,
            "night": weather.nights,
        }
        rate = sum(kinds.values())
        while rate:
            await asyncio.sleep(self.chaos.expovariate(rate))
            kind = self.chaos.choices(list(kinds), list(kinds.values()))[0]
            self.story.tell(f"storm: {kind}")
            self._strike(kind)

    def _strike(self, kind: str) -> None:
        wires = self.network.cuttable
        if kind in ("cut", "half open"):
            if wires:
                self.chaos.choice(wires).cut(half_open=kind == "half open")
        elif kind == "crash":
            self.server.crash("by force")
        elif kind == "stop":
            self._stopping = self.loop.create_task(self._stop())
        elif kind == "bad disk":
            self.disk.bad = True
            self.loop.call_later(self.chaos.random() * 3, setattr, self.disk, "bad", False)
        elif kind == "night":
            for device in self.devices:
                device.wait_seconds = 70 + self.chaos.random() * 30
                device.hang_up()
        else:
            self.skew_ms += self.chaos.randint(-20_000, 20_000)

    async def _stop(self) -> None:
        server = self.server
        if not server.accepts:
            return
        server.take_leave()
        await asyncio.sleep(self.chaos.random() * 3)
        if server.process.alive:
            closing = self.loop.create_task(server.journal.close())
            await asyncio.wait([closing], timeout=30)
            if server.process.alive and not closing.done():
                self.violated("the journal does not close")
            closing.cancel()
            server.crash("after it was stopped")

    async def _calm_down(self) -> None:
        self.story.tell("calm")
        self.calm = self.disk.calm = self.network.calm = True
        for device in self.devices:
            device.settle_down()
        await self._until(lambda: self.server.accepts, 60, "the server does not start")

    async def _play_on(self) -> None:
        """Every match comes to its end, by moves, or at last by resigning."""
        for second in range(300):
            if not self.truth.open_matches():
                return
            for device in self.devices:
                if device.here and second % 10 == 0:
                    device.come_home(self._owed(device.person))
                if device.here and second > 100 and second % 50 == 0:
                    self._give_up(device)
            await asyncio.sleep(1)
        self.violated(f"matches are stuck: {list(self.truth.open_matches())}")

    async def _all_are_answered(self) -> None:
        for _ in range(300):
            if all(device.here and not device.session.unanswered for device in self.devices):
                return
            await asyncio.sleep(1)
        self.violated(f"never answered: {[(d.name, d.session.state, d.session.unanswered) for d in self.devices]}")

    async def _while_away_an_hour(self) -> None:
        """Nobody does anything: lobbies close for idleness, and nothing else happens."""
        if self.weather.bad_hour:
            self.disk.calm, self.disk.bad = False, True
            await asyncio.sleep(HOUR_SECONDS + 120)
            self.disk.calm, self.disk.bad = True, False
        plans, lobbies = self.server.process.made, len(self.truth.open_lobbies())
        await asyncio.sleep(HOUR_SECONDS + 120)
        if left := self.truth.open_lobbies():
            self.violated(f"lobbies are stuck: {left}")
        if (made := self.server.process.made - plans) > 20 + 10 * lobbies:
            self.violated(f"an idle hour is not idle: {made} plans were made")
        self._check_agreement()

    async def _go_home(self) -> None:
        """Once nobody is here, nothing is."""
        for device in self.devices:
            device.leave()
        await asyncio.sleep(200)
        parlour = self.server.parlour
        gc.collect()
        awake: dict[str, Any] = parlour.registry._awake
        left = {
            "awake": list(awake),
            "feeds": list(parlour.feeds._feeds),
            "plans": self.server.process.plans,
            "visitors": list(parlour.admission._visitors),
            "open matches": list(parlour.registry.open_matches),
            "shown": parlour.registry.open_lobbies.look(None, "view"),
            "attendants": parlour.attendance.bulletin.look(None, "view"),
            "rooms": list(parlour.presence._rooms),
            "exceptions": self.loop.exceptions,
        }
        if any(left.values()):
            self.violated(f"left over: { {name: what for name, what in left.items() if what} }")

    # What it is made of

    def _start(self) -> None:
        self.runs += 1
        self.story.tell(f"server starts, run {self.runs}")
        self.server = Server(self.loop, self.disk, self._random(f"run/{self.runs}"), self._now_ms, self._crashed)
        self.network.server = self.server

    def _crashed(self, where: str) -> None:
        self.story.tell(f"server is gone, {where}")
        self.network.crashed()
        self.loop.call_later(self.chaos.random() * 3, self._start)

    def _kept(self, lines: Any) -> None:
        for line in lines:
            self.story.tell(f"kept {line.key} {line.text}")
        self.truth.kept(lines)

    def _now_ms(self) -> int:
        return BEGINNING_MS + self.skew_ms + int(self.loop.time() * 1000)

    def _random(self, what: str) -> Random:
        return Random(f"{self.seed}/{what}")

    def _owed(self, person: Person) -> dict[str, list[int]]:
        return {
            topic: seats
            for topic, match in self.truth.open_matches().items()
            if (seats := [n for n, player in enumerate(match.header.seats) if player.id == person.id])
        }

    def _give_up(self, device: Device) -> None:
        from protocol.messages import Resign

        for topic, seats in self._owed(device.person).items():
            for seat in seats:
                device.ask(Resign, topic.partition("/")[2], seat)
        device.flush()

    async def _until(self, done: Any, seconds: int, law: str) -> None:
        for _ in range(seconds):
            if done():
                return
            await asyncio.sleep(1)
        self.violated(law)

    def _check_agreement(self) -> None:
        """All see what is stored, and nothing less."""
        if self.loop.exceptions:
            self.violated(f"an exception in the loop: {self.loop.exceptions[0]}")
        self._check_lists()
        for device in self.devices:
            if device.session.state is not State.OPEN:
                self.violated(f"{device.name} is not connected")
            for topic, seat, form in device.watched:
                at = device.session.view(topic, seat, form)
                now = self._newest(topic, seat, form or "view")
                if at is None or at[0] != now[0] or not same(at[1], now[1]):
                    self.violated(f"{device.name} shows {topic} for {seat} as {at}, and it is {now}")

    def _check_lists(self) -> None:
        """What the server knows of by heart is what is stored."""
        registry, lobbies = self.server.parlour.registry, self.truth.open_lobbies().values()
        self._same("open lobbies", registry.open_lobbies.look(None, "view"), {x.header.id for x in lobbies if x.header.listed})
        self._same("open matches", registry.open_matches, {key.partition("/")[2] for key in self.truth.open_matches()})
        bots = {device.person.name for device in self.devices if device.person.bot and device.here}
        self._same("attendants", self.server.parlour.attendance.bulletin.look(None, "view"), bots)
        for person in {device.person.id for device in self.devices}:
            own = {x.header.id for x in self.truth.open_matches().values() if person in [y.id for y in x.header.seats]}
            self._same(f"matches of {person}", registry.matches_of(person), own)
            hosted = sum(lobby.host_id == person for lobby in lobbies)
            if registry.lobbies_hosted(person) != hosted:
                self.violated(f"{person} hosts {hosted} lobbies, not {registry.lobbies_hosted(person)}")

    def _same(self, what: str, known: Any, stored: set[str]) -> None:
        if set(known) != stored:
            self.violated(f"{what}: the server knows {sorted(known)}, stored are {sorted(stored)}")

    def _newest(self, topic: str, seat: int | None, form: str) -> tuple[int, object]:
        if (record := self.truth.records.get(topic)) is not None:
            return record.version, record.look(record.version, seat, form)
        source = self.server.parlour.source(topic)
        return source.version, source.look(None, form)


@contextmanager
def ordered() -> Iterator[None]:
    """Sets of listeners and readers in an order that does not depend on where they lie in memory."""
    with (
        patch.object(Feed, "__hash__", lambda feed: feed.number),
        patch.object(Conversation, "__hash__", lambda conversation: conversation._peer.number),
    ):
        yield


@contextmanager
def loud_errors(violated: Any, unreadable: bool) -> Iterator[None]:
    """No log but errors; those that must never be are violations."""
    never = {"rules_failed", "view_failed", "commit_broke", "view_too_large"}
    if not unreadable:
        never |= {"record_unreadable", "lobby_unavailable"}

    def hear(_: Any, __: str, event: Any) -> Any:
        if event["event"] in never:
            violated(f"logged: {event}")
        raise structlog.DropEvent

    before = structlog.get_config()
    structlog.configure(processors=[hear], wrapper_class=structlog.make_filtering_bound_logger(40))
    try:
        yield
    finally:
        structlog.configure(**before)
