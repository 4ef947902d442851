"""Players who do all that players do, by chance: open lobbies, sit, play, watch, leave, and lose their connection."""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from game.rules.moves import Number, Subset, sample
from protocol import messages
from protocol.client_session import ClientSession
from protocol.errors import ProtocolError, may_come_back
from protocol.events import Answered, Event, InvitedToSit, MovesOffered, SentAway, TopicEnded, ViewChanged, Welcomed
from protocol.messages import Accepted, Form
from protocol.session import State
from tests.simulation.habits import HABITS, Wish
from tests.simulation.laws import Witness
from tests.simulation.loop import VirtualLoop
from tests.simulation.network import Network, Wire

Key = tuple[str, int | None, Form | None]


@dataclass
class Person:
    """Who sits before one or more devices."""

    name: str
    bot: bool
    id: str = ""
    token: str | None = None
    first: "Device | None" = None
    sent: list[messages.ClientMessage] = field(default_factory=list)
    """Requests that change something, from any device: each may be sent again."""


@dataclass
class World:
    """What players share."""

    loop: VirtualLoop
    network: Network
    witness: Witness
    games: list[tuple[str, list[int]]]
    bots: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    """Lobbies that people tell each other of."""


class Device:
    """One client session, and its connection when there is one."""

    def __init__(self, name: str, person: Person, world: World, random: Random, haste: float) -> None:
        self.name = name
        self.person = person
        person.first = person.first or self
        self.world = world
        self.random = random
        self.session = ClientSession(name, name=person.name)
        self.watched: dict[Key, bool] = {}
        self.wire: Wire | None = None
        self.calm = False
        """Whether it only goes on with what it has begun."""
        self.away = False
        """Whether it has left for good."""
        self.wait_seconds = 0.0
        self._haste = haste
        self._later(random.random() * 2, self.connect)
        self._later(random.random() * 3 * haste, self.think)

    # The connection

    def connect(self) -> None:
        if self.wire is not None or self.away:
            return
        if self.person.token is None and self is not self.person.first:
            self._later(1.0, self.connect)  # it does not know yet who it is
        else:
            self.wire = self.world.network.connect(self)

    def opened(self, wire: Wire) -> None:
        self.session.token = self.person.token
        self.session.connected()
        self.flush()

    def heard(self, wire: Wire, payload: bytes) -> None:
        try:
            events = self.session.receive(payload)
        except ProtocolError as error:
            self.world.witness.violated(f"{self.name}: the server broke the conversation: {error!r}")
            return
        for event in events:
            self.world.witness.shown(self.name, self.session, event)
            self._hear(event)
        self.flush()

    def closed(self, wire: Wire, code: int) -> None:
        if not may_come_back(code):
            self.world.witness.violated(f"{self.name}: closed with {code}")
        self._gone()

    def hang_up(self) -> None:
        """Leaves the connection, which the server learns later."""
        if self.wire is not None:
            self.wire.abandon()
            self._gone()

    def leave(self) -> None:
        """Leaves for good."""
        self.away = True
        self.hang_up()

    def flush(self) -> None:
        if self.wire is not None and self.session.state is not State.NEW:
            for frame in self.session.frames_to_send():
                self.wire.send(frame)

    @property
    def here(self) -> bool:
        return self.session.state is State.OPEN

    def _gone(self) -> None:
        self.wire = None
        if self.session.state is not State.NEW:
            self.session.disconnected()
        self._later(self.wait_seconds + self.random.random() * 2, self.connect)
        self.wait_seconds = 0.0

    # What it wants

    def think(self) -> None:
        """Has a wish now and then."""
        if self.calm or self.away:
            return
        habits, weights = zip(*HABITS.items())
        habit: Wish = self.random.choices(habits, weights)[0]
        if len(self.session.unanswered) < 30:
            habit(self)
        self.flush()
        self._later(self.random.random() * 2 * self._haste, self.think)

    def ask(self, kind: Any, *fields: object) -> None:
        """Makes a request, which may be made again."""
        self.session.request(kind, *fields)
        self.person.sent.append(self.session.unanswered[-1])

    def watch(self, topic: str, seat: int | None = None, form: Form | None = None, moves: bool | None = None) -> None:
        self.watched[topic, seat, form] = bool(moves)
        self.session.watch(topic, seat, form, moves)

    def settle_down(self) -> None:
        """From now on only goes on with what it has begun, and swiftly."""
        self.calm, self._haste = True, 0.2

    def attend(self) -> None:
        """As a bot, says that it can be asked: once a connection, until that is accepted."""
        if self.person.bot and not any(isinstance(request, messages.Attend) for request in self.session.unanswered):
            self.session.request(messages.Attend, [key for key, _ in self.world.games])

    def come_home(self, own: dict[str, list[int]]) -> None:
        """Sits down again wherever a move is owed: topics and seats."""
        for topic, seats in own.items():
            for seat in seats:
                if not any(key[:2] == (topic, seat) and moves for key, moves in self.watched.items()):
                    self.watch(topic, seat, None, True)
        self.flush()

    # What it hears

    def _hear(self, event: Event) -> None:
        match event:
            case Welcomed():
                self.person.id, self.person.token = event.player, event.token
                self.attend()
            case SentAway(after_ms):
                self.wait_seconds = after_ms / 1000
            case InvitedToSit(lobby, seat):
                self.ask(messages.TakeSeat, lobby, seat)
            case Answered():
                self._answered(event)
            case ViewChanged(topic, _, _, _, view) if topic.startswith("lobby/"):
                self._lobby_changed(topic.partition("/")[2], view)
            case MovesOffered():
                self._later(self.random.random() * self._haste, lambda: self.play(event))
            case TopicEnded():
                self._ended(event)
            case _:
                pass

    def _answered(self, event: Answered) -> None:
        request, answer = event
        accepted = isinstance(answer, Accepted)
        if isinstance(request, messages.Watch) and not accepted:
            self.watched.pop((request.topic, request.seat, request.form), None)
        elif isinstance(answer, Accepted) and isinstance(request, messages.CreateLobby):
            assert isinstance(answer.value, str)
            self.world.codes.append(answer.value)
            self.watch(f"lobby/{answer.value}")
        elif accepted and isinstance(request, messages.JoinLobby | messages.TakeSeat):
            self.watch(f"lobby/{request.lobby}")
        elif isinstance(request, messages.Attend) and not accepted:
            self._later(1.0, self.attend)
        elif isinstance(request, messages.Play) and not accepted:
            self._later(
                (0.5 + self.random.random()) * self._haste,
                lambda: self._think_again(f"match/{request.match}", request.seat),
            )

    def _lobby_changed(self, code: str, view: dict[str, Any]) -> None:
        if view["phase"] != "started":
            return
        for seat, taken in enumerate(view["seats"]):
            topic = f"match/{code}"
            if taken["player"] == self.person.id and not any(key[:2] == (topic, seat) for key in self.watched):
                self.watch(topic, seat, self.random.choice((None, "scene")), True)

    def _ended(self, event: TopicEnded) -> None:
        key: Key = (event.topic, event.seat, event.form)
        if event.again:
            self._later(self.random.random(), lambda: self.session.watch_again(*key))
        else:
            self.watched.pop(key, None)

    # What it plays

    def play(self, offer: MovesOffered) -> None:
        """Makes one of the moves, or now and then something that is none."""
        at = self.session.view(offer.topic, offer.seat, offer.form)
        if self.away or at is None or at[0] != offer.version:
            return
        strange = not self.calm and self.random.random() < 0.1
        move = self.random.choice(("xyzzy", "a1", "bid 99x9")) if strange else chosen(offer.moves, self.random)
        version = offer.version if self.random.random() < 0.7 else None
        self.ask(messages.Play, offer.topic.partition("/")[2], offer.seat, move, version)
        self.flush()

    def _think_again(self, topic: str, seat: int) -> None:
        """Asks for the moves of a seat again: the last one was refused."""
        for key, moves in list(self.watched.items()):
            if key[:2] == (topic, seat) and moves:
                self.watch(*key, True)
        self.flush()

    def _later(self, seconds: float, callback: Callable[[], None]) -> None:
        def then() -> None:
            callback()
            self.flush()

        self.world.loop.call_later(seconds, then)


def chosen(moves: list[Any], random: Random) -> str:
    """One of the moves, from how they go over the wire."""
    forms = [
        move
        if isinstance(move, str)
        else Number(*move[1:5])
        if move[0] == "number"
        else Subset(move[1], tuple(move[2]), *move[3:])
        for move in moves
    ]
    return sample(forms, random.randrange)
