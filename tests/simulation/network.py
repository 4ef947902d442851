"""A network between players and server: slow, uneven, cut at any byte, and not always noticed by both ends."""

from collections import deque
from collections.abc import Callable
from random import Random
from typing import Protocol

from protocol.errors import CloseCode
from tests.simulation.laws import Witness
from tests.simulation.loop import VirtualLoop
from tests.simulation.server import Server
from tests.simulation.story import Story
from tests.simulation.weather import Weather
from web.edge.conversation import Conversation


class Client(Protocol):
    """The player's end of a wire."""

    name: str

    def opened(self, wire: "Wire") -> None:
        """The connection is there."""

    def heard(self, wire: "Wire", payload: bytes) -> None:
        """A whole message has come."""

    def closed(self, wire: "Wire", code: int) -> None:
        """The connection is gone."""


class Network:
    """All wires there ever were; one server at the other end, when it runs."""

    def __init__(self, seed: str, loop: VirtualLoop, weather: Weather, witness: Witness, story: Story) -> None:
        self.seed = seed
        self.loop = loop
        self.weather = weather
        self.witness = witness
        self.story = story
        self.server: Server | None = None
        self.wires: list[Wire] = []
        self.made = 0
        self.calm = False

    def connect(self, client: Client) -> "Wire":
        """A new wire, on its way to the server."""
        self.made += 1
        wire = Wire(self, self.made, client)
        self.wires.append(wire)
        return wire

    def crashed(self) -> None:
        """The server is gone, without a word."""
        for wire in tuple(self.wires):
            wire.server_died()

    @property
    def cuttable(self) -> "list[Wire]":
        return [wire for wire in self.wires if wire.whole]


class Wire:
    """One connection, and the server's Peer. Each direction keeps its order."""

    def __init__(self, network: Network, number: int, client: Client) -> None:
        self.number = number
        self.conversation: Conversation | None = None
        self.whole = True
        """Whether what is sent arrives."""
        self._network = network
        self._client: Client | None = client
        self._address = client.name
        self._server: Server | None = None
        self._closing = False
        self._random = Random(f"{network.seed}/wire/{number}")
        self._up: deque[bytes] = deque()
        self._down: deque[bytes] = deque()
        self._up_at = self._down_at = 0.0
        self._gathered: list[bytes] = []
        self._backlog = 0
        self._buffer = b""
        network.loop.call_later(self._latency(), self._reach_server)

    # The player's end

    def send(self, payload: bytes) -> None:
        """One message to the server."""
        self._up.append(payload)
        self._up_at = self._at(self._up_at, self._arrive_at_server)

    def abandon(self) -> None:
        """The player is gone; what is under way still arrives."""
        self._client = None
        self._up_at = self._at(self._up_at, self._server_learns)

    # The server's end: a Peer

    def write(self, frame: bytes) -> None:
        if self._closing or self.conversation is None or not self._server or not self._server.process.alive:
            return
        self._network.witness.sent(self.number, frame)
        if not self._gathered:
            self._server.parlour.outbox.add(self)
        self._gathered.append(frame)

    def flush(self) -> None:
        """Writes what was gathered, in one segment or two."""
        if not self._gathered or self._server is None or not self._server.process.alive:
            return
        data = b"".join(self._gathered)
        self._gathered.clear()
        cut = self._random.randrange(len(data)) if self._random.random() < 0.1 else 0
        for segment in (data[:cut], data[cut:]) if cut else (data,):
            self._down.append(segment)
            self._backlog += len(segment)
            self._down_at = self._at(self._down_at, self._arrive_at_client)
        if not self._network.calm and self._random.random() < self._network.weather.crash_at_frame:
            self._server.crash("at a frame")
        elif self._backlog > (2**18 if self._network.calm else self._network.weather.backlog_bytes_max):
            self.close(CloseCode.TOO_SLOW, "too much is waiting to be read")

    def close(self, code: int, reason: str) -> None:
        if self._closing or self._server is None:
            return
        server, self._closing = self._server, True
        self.flush()
        self._network.story.tell(f"wire {self.number}: server closes {code} {reason}")
        self._network.witness.closed(self.number, code)
        self._down_at = self._at(self._down_at, lambda: self._client_learns(code))
        server.process.call_later(self._random.random() * 2, self._server_learns)

    # What happens to it

    def cut(self, half_open: bool) -> None:
        """Nothing arrives any more; the ends learn of it in their own time, of a half-open one late."""
        self.whole = False
        later = self._random.random
        self._network.loop.call_later(later() * 3, self._client_learns, 1006)
        self._network.loop.call_later(later() * 3 + (20 + later() * 40) * half_open, self._server_learns)

    def server_died(self) -> None:
        """Of what the server wrote last, some still arrives."""
        self.conversation = self._server = None
        self._network.witness.gone(self.number)
        if self._random.random() < 0.5:
            self.whole = False
        self._down_at = self._at(self._down_at, lambda: self._client_learns(1006), self._random.random() * 3)

    def _reach_server(self) -> None:
        server = self._network.server
        if not self.whole or server is None or not server.accepts:
            self._network.loop.call_later(self._latency(), self._client_learns, 1006)
            return
        self._server = server
        self.conversation = Conversation(server.parlour, self, self._address)
        server.wires[self] = None
        self._network.witness.opened(self.number, server.parlour.epoch)
        self._down_at = self._at(self._down_at, self._opened)

    def _opened(self) -> None:
        if self._client and self.whole:
            self._client.opened(self)

    def _arrive_at_server(self) -> None:
        payload = self._up.popleft()
        if self.conversation and self.whole and not self._closing:
            self._network.story.tell(f"wire {self.number} up", payload)
            self._network.witness.received(self.number, payload)
            self.conversation.receive(payload)

    def _arrive_at_client(self) -> None:
        segment = self._down.popleft()
        self._backlog -= len(segment)
        if not self.whole:
            return
        self._buffer += segment
        while self._client and (frame := whole_frame(self._buffer)):
            size, payload = frame
            self._buffer = self._buffer[size:]
            self._network.story.tell(f"wire {self.number} down", payload)
            self._client.heard(self, payload)

    def _client_learns(self, code: int) -> None:
        client, self._client = self._client, None
        if client:
            client.closed(self, code)
            self.abandon()

    def _server_learns(self) -> None:
        if self in self._network.wires:
            self._network.wires.remove(self)
        conversation, self.conversation = self.conversation, None
        self.whole = False
        if conversation and self._server:
            self._network.witness.gone(self.number)
            del self._server.wires[self]
            conversation.gone()

    def _latency(self) -> float:
        rare = 10 if self._random.random() < 0.03 else 1
        return (0.0001 + self._random.random()) * self._network.weather.latency_seconds * rare

    def _at(self, before: float, callback: Callable[[], None], more: float = 0.0) -> float:
        """Plans one more arrival of a direction, after those before."""
        at = max(before + 1e-6, self._network.loop.time() + self._latency() + more)
        self._network.loop.call_at(at, callback)
        return at


def whole_frame(data: bytes) -> tuple[int, bytes] | None:
    """The first WebSocket frame of a stream, when all of it is there: its size, and what is in it."""
    if len(data) < 2:
        return None
    assert data[0] == 0x82, "not a whole binary message"
    head, size = 2, data[1]
    if size >= 126:
        head = 4 if size == 126 else 10
        size = int.from_bytes(data[2:head], "big")
    return (head + size, data[head : head + size]) if len(data) >= head + size else None
