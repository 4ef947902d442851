"""What strikes while the storm lasts: the network, the disk, the clock, the power, and those who stop the server."""

import asyncio

from tests.simulation.server import Server
from tests.simulation.stage import Stage

CLOSING_SECONDS_MAX = 30


class Storm:
    """Strikes at random, as often as the weather says."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._random = stage.random("storm")
        self._stopping: asyncio.Task[None] | None = None

    async def rage(self) -> None:
        """Until it is cancelled."""
        weather = self._stage.weather
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
            await asyncio.sleep(self._random.expovariate(rate))
            kind = self._random.choices(list(kinds), list(kinds.values()))[0]
            self._stage.story.tell(f"storm: {kind}")
            self._strike(kind)

    def _strike(self, kind: str) -> None:
        stage, random = self._stage, self._random
        match kind:
            case "cut" | "half open":
                if wires := stage.network.cuttable:
                    random.choice(wires).cut(half_open=kind == "half open")
            case "crash":
                stage.server.crash("by force")
            case "stop":
                self._stopping = stage.loop.create_task(self._stop())
            case "bad disk":
                stage.disk.bad = True
                stage.loop.call_later(random.random() * 3, setattr, stage.disk, "bad", False)
            case "night":
                for device in stage.devices:
                    device.wait_seconds = 70 + random.random() * 30
                    device.hang_up()
            case "clock":
                stage.skew_ms += random.randint(-20_000, 20_000)

    async def _stop(self) -> None:
        """The server takes its leave, and its journal closes."""
        stage, server = self._stage, self._stage.server
        if not server.accepts:
            return
        server.take_leave()
        await asyncio.sleep(self._random.random() * 3)
        if server.process.alive:
            closing = stage.loop.create_task(server.journal.close())
            await asyncio.wait([closing], timeout=CLOSING_SECONDS_MAX)
            if not (closing.done() or self._died(server)):
                stage.violated("the journal does not close")
            closing.cancel()
            server.crash("after it was stopped")

    def _died(self, server: Server) -> bool:
        return not server.process.alive
