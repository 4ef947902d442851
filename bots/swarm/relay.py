"""The same load for a bare relay: frames of a size of their own, two for each that is sent, and nothing decided.

The relay has a room for each path and gives every frame to all in the room, its sender among them.
"""

import time

from bots.swarm.link import Link, opened
from bots.swarm.tally import Tally


class RelayEnd:
    """The ear of one link of a room. Only the first two play; the others watch."""

    def __init__(self, room: "RelayTable", number: int) -> None:
        self._room = room
        self._number = number

    def hear(self, data: bytes, start: int, stop: int) -> None:
        self._room.tally.frames += 1
        if self._number < 2:
            self._room.heard(self._number, stop - start)

    def lost(self, why: str) -> None:
        self._room.end(why)


class RelayTable:
    """Two who answer each other, and those who watch them."""

    def __init__(self, url: str, payload_bytes: int, spectators: int, tally: Tally) -> None:
        self.tally = tally
        self.lost: str | None = None
        self.snapshot_bytes = 0
        self._url = url
        self._payload = bytes(payload_bytes)
        self._ends = [RelayEnd(self, number) for number in range(2 + spectators)]
        self._links: list[Link] = []
        self._frames: list[bytes] = []
        self._turn = 0
        self._heard = [0, 0]
        """Frames at each of the two, who send by turns."""
        self._flying = 0
        self._paused = True
        self._closing = False
        self._sent_at = [0.0, 0.0]

    @property
    def connections(self) -> int:
        return len(self._ends)

    @property
    def resting(self) -> bool:
        return (self._paused and not self._flying) or self.lost is not None

    async def connect(self) -> None:
        for end in self._ends:
            self._links.append(await opened(self._url, end))
        self._frames = [link.masked(self._payload) for link in self._links]

    async def prepare(self, count: int) -> int:
        return 0

    def start(self) -> None:
        self.tally.ready(self)

    def move(self, since: float) -> None:
        self._paused = False
        self._sent_at[self._turn] = since
        self._flying += 1
        self._links[self._turn].send(self._frames[self._turn])

    def heard(self, number: int, payload_bytes: int) -> None:
        tally = self.tally
        tally.update_sizes[payload_bytes] += 1
        frame = self._heard[number]
        self._heard[number] = frame + 1
        if frame % 2 == number:
            self._flying -= 1
            tally.moves += 1
            tally.latencies.append(time.perf_counter() - self._sent_at[number])
        else:
            self._turn = number
            self._paused = True
            if tally.playing:
                self.start()

    def end(self, why: str) -> None:
        if self.lost is None and not self._closing:
            self.lost = why
            self.tally.errors += 1

    async def leave(self) -> None:
        self._closing = True
        for link in self._links:
            link.close()
