"""The server's side of a conversation, without the network."""

from protocol import messages
from protocol.errors import HelloExpected, OutOfPlace, ProtocolError
from protocol.messages import ClientMessage, Hello, Welcome
from protocol.session import FROM_CLIENT, State


class ServerSession:
    """The server's side of one connection: says which messages may come now."""

    __slots__ = ("_allowed", "state")

    def __init__(self) -> None:
        self._enter(State.NEW)

    def receive(self, frame: bytes) -> ClientMessage:
        """The message in a frame. Raises ProtocolError, and then takes no more."""
        try:
            message = messages.decode_client(frame)
            if type(message) not in self._allowed:
                raise self._misplaced(message)
        except ProtocolError:
            self.close()
            raise
        if type(message) is Hello:
            self._enter(State.GREETING)
        return message

    def welcome(self, welcome: Welcome) -> bytes:
        """The frame that answers `Hello`; from now on requests may come."""
        assert self.state is State.GREETING, f"nobody to welcome: {self.state}"
        self._enter(State.OPEN)
        return messages.encode(welcome)

    def close(self) -> None:
        """Takes no more messages."""
        self._enter(State.CLOSED)

    def _enter(self, state: State) -> None:
        self.state = state
        self._allowed = FROM_CLIENT[state]

    def _misplaced(self, message: ClientMessage) -> ProtocolError:
        name = type(message).__name__
        if self.state is State.NEW:
            return HelloExpected(f"{name} before Hello")
        return OutOfPlace(f"{name} may not come while the conversation is {self.state.name}")
