"""A client session and the toy server, joined by a link that a test may cut, thin out and double."""

from protocol.client_session import ClientSession
from protocol.errors import ProtocolError
from protocol.events import Answered, Event, MovesOffered, TopicEnded, ViewChanged
from protocol.messages import Update, decode_server
from protocol.session import State
from tests.protocol.toy_server import ToyConnection, ToyServer
from tests.protocol.views import same

Key = tuple[str, int | None, None]


class Link:
    """Carries frames one by one, and holds the client to its laws as its events come in."""

    def __init__(self) -> None:
        self.server = ToyServer()
        self.client = ClientSession("test", name="Ann")
        self.connection: ToyConnection | None = None
        self.to_server: list[bytes] = []
        self.events: list[Event] = []
        self.answered: dict[str, Answered] = {}
        self.told: dict[Key, tuple[str, int]] = {}
        self.ended: list[TopicEnded] = []

    def connect(self) -> None:
        self.cut()
        self.connection = ToyConnection(self.server)
        self.client.connected()

    def cut(self) -> None:
        if self.connection:
            self.connection.gone()
        self.connection = None
        self.to_server.clear()
        self.client.disconnected()

    def carry_up(self, times: int = 1) -> bool:
        """The next frame to the server, as often as given; whether there was one."""
        self.to_server += self.client.frames_to_send()
        if not self.connection or not self.to_server:
            return False
        frame = self.to_server.pop(0)
        for _ in range(times if self.connection.session.state is State.OPEN else 1):
            self.connection.receive(frame)
        return True

    def carry_down(self) -> bool:
        """The next frame to the client; whether there was one."""
        if not self.connection or not self.connection.sent:
            return False
        try:
            events = self.client.receive(self.connection.sent.popleft())
        except ProtocolError:
            self.cut()
            return True
        for event in events:
            self.hear(event)
        return True

    def lose_an_update(self) -> None:
        """The next update to the client is lost, which a socket never does."""
        sent = self.connection.sent if self.connection else []
        for frame in list(sent):
            if isinstance(decode_server(frame), Update):
                sent.remove(frame)
                return

    def settle(self) -> None:
        """Carries everything until nothing is left to carry."""
        while self.carry_up() or self.carry_down():
            pass

    def hear(self, event: Event) -> None:
        self.events.append(event)
        match event:
            case Answered(request):
                assert request.request not in self.answered, "answered twice"
                assert event.answer.request == request.request
                self.answered[request.request] = event
            case ViewChanged(topic, seat, _, version, view):
                audience = self.server.audience(topic, seat)
                assert same(view, self.server.view(topic, audience, version)), "a view that never was"
                epoch, before = self.told.get((topic, seat, None), ("", 0))
                assert epoch != self.client.epoch or version >= before, "back in time"
                self.told[topic, seat, None] = (self.client.epoch or "", version)
            case MovesOffered(topic, seat, _, version):
                assert version % 2 == seat
                assert self.client.view(topic, seat) == (version, self.server.view(topic, seat, version))
            case TopicEnded():
                self.ended.append(event)
