"""All that one seed is played with: loop, disk, network, people, and the server, which may die and start anew."""

import asyncio
from collections.abc import Sequence
from random import Random

from game.engine.storage import Line
from tests.simulation.disk import Disk
from tests.simulation.laws import Witness
from tests.simulation.loop import VirtualLoop
from tests.simulation.network import Network
from tests.simulation.player import Device, Person, World
from tests.simulation.server import Server, games
from tests.simulation.story import Story
from tests.simulation.truth import Truth
from tests.simulation.weather import weather

BEGINNING_MS = 4_102_444_800_000
"""A day on which no token has expired."""


class Stage:
    """Chance comes from the seed alone, for each part its own, so that one more draw here changes nothing there."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.broken: str | None = None
        """The first law that was broken, and when."""
        self.script: asyncio.Task[None] | None = None
        """What ends when a law is broken."""
        self.loop = VirtualLoop()
        self.story = Story(self.loop.time)
        self.weather = weather(self.random("weather"))
        catalog, _ = games()
        self.truth = Truth(catalog, self.violated)
        self.witness = Witness(self.truth, self.violated)
        self.disk = Disk(self.random("disk"), self.weather, self._kept)
        self.network = Network(str(seed), self.loop, self.weather, self.witness, self.story)
        self.world = World(
            self.loop, self.network, self.witness, [(key, list(game.seats)) for key, game in catalog.items()]
        )
        self.devices: list[Device] = []
        self.runs = 0
        self.skew_ms = 0
        self._restarts = self.random("restarts")

    def random(self, what: str) -> Random:
        """The chance of one part."""
        return Random(f"{self.seed}/{what}")

    def violated(self, law: str) -> None:
        """Notes the first law that is broken, and ends the script."""
        if self.broken is None:
            self.broken = f"at {self.loop.time():.6f}: {law}"
            self.story.tell(f"BROKEN {law}")
            if self.script:
                self.script.cancel()

    def gather(self) -> None:
        """The people come, some with two devices, and the bots."""
        random = self.random("people")
        for n in range(random.randint(2, 4)):
            self._join(Person(f"P{n}", bot=False), random)
        for n in range(random.randint(0, 2)):
            self.world.bots.append(f"Bot{n}")
            self._join(Person(f"Bot{n}", bot=True), random)

    def start_server(self) -> None:
        """A new run of the server, over what the disk has."""
        self.runs += 1
        self.story.tell(f"server starts, run {self.runs}")
        self.server = Server(self.loop, self.disk, self.random(f"run/{self.runs}"), self._now_ms, self._crashed)
        self.network.server = self.server

    def owed(self, person: Person) -> dict[str, list[int]]:
        """The seats of a person in matches that are not over, by topic."""
        matches = self.truth.open_matches().items()
        own = {
            topic: [n for n, player in enumerate(match.header.seats) if player.id == person.id]
            for topic, match in matches
        }
        return {topic: seats for topic, seats in own.items() if seats}

    def _join(self, person: Person, random: Random) -> None:
        for n in range(1 + (random.random() < 0.3)):
            name = f"{person.name}.{n}"
            haste = random.choice((0.2, 1.0, 3.0)) * self.weather.pace
            self.devices.append(Device(name, person, self.world, self.random(name), haste))

    def _crashed(self, where: str) -> None:
        self.story.tell(f"server is gone, {where}")
        self.network.crashed()
        self.loop.call_later(self._restarts.random() * 3, self.start_server)

    def _kept(self, lines: Sequence[Line]) -> None:
        for line in lines:
            self.story.tell(f"kept {line.key} {line.text}")
        self.truth.kept(lines)

    def _now_ms(self) -> int:
        return BEGINNING_MS + self.skew_ms + int(self.loop.time() * 1000)
