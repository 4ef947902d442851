"""One seed: a storm in which everything fails, then calm in which everything must come right."""

import asyncio
import gc
from dataclasses import dataclass

from game.matches.match import Match
from protocol.messages import Resign
from tests.simulation.loop import Stuck
from tests.simulation.player import Device
from tests.simulation.rest import check_agreement, check_nothing_is_left
from tests.simulation.stage import Stage
from tests.simulation.storm import Storm
from tests.simulation.surroundings import few, heard_errors, same_each_time

IDLE_SECONDS = 3600.0 + 120.0
"""When a lobby that nobody uses must be closed."""
HALF_OPEN_SECONDS = 70.0
"""When the server knows of every dead connection."""
FORGOTTEN_SECONDS = 200.0
"""When nothing is left of those who are gone."""
RESTART_SECONDS_MAX = 60
PLAY_SECONDS_MAX = 300
ANSWER_SECONDS_MAX = 300
IDLE_PLANS_MAX = 20
LOBBY_PLANS_MAX = 10
"""What the server may plan in an idle hour: so much, and so much for each lobby that is to be closed."""


class LawBroken(Exception):
    """A law was broken; the text says which."""


@dataclass(frozen=True)
class Report:
    """What happened in one seed. The digest is the same only when all was the same."""

    seed: int
    digest: str
    answers: int
    versions: int
    matches_over: int
    runs: int


class Simulation:
    """Plays one seed, once."""

    def __init__(self, seed: int) -> None:
        self.stage = Stage(seed)
        self.story = self.stage.story

    def run(self) -> Report:
        """Plays the seed to its end. Raises LawBroken."""
        stage = self.stage
        try:
            unreadable = stage.weather.reads_fail > 0
            with same_each_time(), few(stage.weather.few), heard_errors(stage.violated, unreadable):
                stage.script = stage.loop.create_task(self._play())
                stage.loop.run_until_complete(stage.script)
        except asyncio.CancelledError:
            assert stage.broken is not None
        except Stuck:
            stage.violated("nothing will ever happen again")
        finally:
            stage.loop.close()
        if stage.broken is not None:
            raise LawBroken(stage.broken)
        return self._report()

    async def _play(self) -> None:
        stage = self.stage
        stage.start_server()
        stage.gather()
        await self._storm()
        await self._calm_down()
        await self._all_are_answered()
        await self._play_on()
        await self._all_are_answered()
        await asyncio.sleep(HALF_OPEN_SECONDS)
        check_agreement(stage)
        await self._while_away_an_hour()
        check_agreement(stage)
        for device in stage.devices:
            device.leave()
        await asyncio.sleep(FORGOTTEN_SECONDS)
        check_nothing_is_left(stage)

    async def _storm(self) -> None:
        storm = self.stage.loop.create_task(Storm(self.stage).rage())
        random, pace = self.stage.random("script"), self.stage.weather.pace
        for _ in range(10):
            await asyncio.sleep((1 + random.random() * 2) * pace)
            if pace > 1:
                gc.collect()  # at no other time, for the room of a match lives as long as something refers to it
        storm.cancel()

    async def _calm_down(self) -> None:
        stage = self.stage
        stage.story.tell("calm")
        stage.disk.calm = stage.network.calm = True
        for device in stage.devices:
            device.settle_down()
        for _ in range(RESTART_SECONDS_MAX):
            if stage.server.accepts:
                return
            await asyncio.sleep(1)
        stage.violated("the server does not start")

    async def _all_are_answered(self) -> None:
        devices = self.stage.devices
        for _ in range(ANSWER_SECONDS_MAX):
            if all(device.here and not device.session.unanswered for device in devices):
                return
            await asyncio.sleep(1)
        waiting = {device.name: (device.session.state.name, device.session.unanswered) for device in devices}
        self.stage.violated(f"never answered: {waiting}")

    async def _play_on(self) -> None:
        """Every match comes to its end, by moves, or at last by resigning."""
        stage = self.stage
        for second in range(PLAY_SECONDS_MAX):
            if not stage.truth.open_matches():
                return
            for device in stage.devices:
                if device.here and second % 10 == 0:
                    device.come_home(stage.owed(device.person))
                if device.here and second % 50 == 0 and second > 100:
                    self._give_up(device)
            await asyncio.sleep(1)
        stage.violated(f"matches are stuck: {list(stage.truth.open_matches())}")

    def _give_up(self, device: Device) -> None:
        for topic, seats in self.stage.owed(device.person).items():
            for seat in seats:
                device.ask(Resign, topic.partition("/")[2], seat)
        device.flush()

    async def _while_away_an_hour(self) -> None:
        """Nobody does anything: lobbies close for idleness, in the end even when the disk is bad just then."""
        stage = self.stage
        if stage.weather.bad_hour:
            stage.disk.calm, stage.disk.bad = False, True
            await asyncio.sleep(IDLE_SECONDS)
            stage.disk.calm, stage.disk.bad = True, False
        before, lobbies = stage.server.process.made, len(stage.truth.open_lobbies())
        await asyncio.sleep(IDLE_SECONDS)
        if left := stage.truth.open_lobbies():
            stage.violated(f"lobbies are stuck: {list(left)}")
        if (made := stage.server.process.made - before) > IDLE_PLANS_MAX + lobbies * LOBBY_PLANS_MAX:
            stage.violated(f"an idle hour is not idle: {made} plans were made")

    def _report(self) -> Report:
        stage, records = self.stage, self.stage.truth.records.values()
        over = sum(isinstance(record.newest, Match) and record.newest.outcome is not None for record in records)
        versions = sum(record.version for record in records)
        return Report(stage.seed, stage.story.digest, stage.witness.answers, versions, over, stage.runs)
