"""What happened in a simulation, in order: to be read when a law is broken, and to be compared."""

from collections.abc import Callable
from hashlib import sha256

from protocol.errors import ProtocolError
from protocol.messages import decode_client, decode_server


class Story:
    """A log that costs little until it is read."""

    def __init__(self, time: Callable[[], float]) -> None:
        self._time = time
        self._told: list[tuple[float, str, bytes]] = []

    def tell(self, what: str, payload: bytes = b"") -> None:
        self._told.append((self._time(), what, payload))

    @property
    def digest(self) -> str:
        """The same for two simulations in which the same happened at the same time."""
        return sha256(repr(self._told).encode()).hexdigest()

    def lines(self, last: int | None = None) -> list[str]:
        return [f"{at:12.6f}  {what} {_message(what, payload)}" for at, what, payload in self._told[-(last or 0) :]]


def _message(what: str, payload: bytes) -> str:
    if not payload:
        return ""
    try:
        return repr((decode_client if what.endswith("up") else decode_server)(payload))
    except ProtocolError:
        return repr(payload)
