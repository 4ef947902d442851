"""The same frames over HTTP, where WebSockets are blocked: server-sent events down, bodies of requests up.

Down goes one response without an end. Its first event names the stream, each further one carries a frame
in base64, a comment now and then keeps the way open, and the last says why it closes. Up go requests, each
with a body of any number of frames, and a number that puts them in order.
"""

from binascii import Error, a2b_base64, b2a_base64
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple, TypeAlias

from protocol.errors import BadFrame, FrameTooLarge
from protocol.limits import FRAME_BYTES_MAX, STREAM_BODY_BYTES_MAX

STREAM_PATH: Final = "/api/stream"
FRAMES_PATH: Final = "/api/stream/frames"
NAME_HEADER: Final = "Parlour-Stream"
NUMBER_HEADER: Final = "Parlour-Sequence"
EVENTS_TYPE: Final = "text/event-stream"
FRAMES_TYPE: Final = "application/octet-stream"

LENGTH_BYTES = 4
"""Before each frame of a body, big-endian. Two would not do for a frame of FRAME_BYTES_MAX."""
EVENT_BYTES_MAX = FRAME_BYTES_MAX * 4 // 3 + 256


class Opened(NamedTuple):
    """The first event: the secret name of the stream."""

    name: str


class Carried(NamedTuple):
    """A frame."""

    frame: bytes


class Beat(NamedTuple):
    """A comment: the stream is alive, and asks whether its reader is."""


class Closed(NamedTuple):
    """The last event: why, as a WebSocket would say it."""

    code: int
    reason: str


StreamEvent: TypeAlias = Opened | Carried | Beat | Closed


# Down


def opened(name: str) -> bytes:
    """The first event."""
    return b"event: open\ndata: %b\n\n" % name.encode()


def carried(frame: bytes) -> bytes:
    """The event of a frame."""
    return b"data: %b\n\n" % b2a_base64(frame, newline=False)


BEAT: Final = b":\n\n"


def closed(code: int, reason: str) -> bytes:
    """The last event. The reason is put on one line."""
    return b"event: close\ndata: %d %b\n\n" % (code, " ".join(reason.split()).encode())


class EventReader:
    """Events out of a stream of bytes, however it is cut up."""

    def __init__(self) -> None:
        self._bytes = b""

    def feed(self, received: bytes) -> list[StreamEvent]:
        """The events that are complete now; kinds that are not known are passed over.

        Raises BadFrame or FrameTooLarge.
        """
        *whole, self._bytes = (self._bytes + received).split(b"\n\n")
        if len(self._bytes) > EVENT_BYTES_MAX:
            raise FrameTooLarge(f"an event of more than {EVENT_BYTES_MAX} bytes")
        return [event for text in whole if (event := _event(text)) is not None]


def _event(text: bytes) -> StreamEvent | None:
    fields = dict(_field(line) for line in text.split(b"\n") if not line.startswith(b":"))
    if not fields:
        return Beat()
    data = fields.get(b"data", b"")
    try:
        match fields.get(b"event"):
            case None:
                return Carried(a2b_base64(data, strict_mode=True))
            case b"open":
                return Opened(data.decode("ascii"))
            case b"close":
                code, _, reason = data.decode().partition(" ")
                return Closed(int(code), reason)
    except (Error, ValueError) as error:
        raise BadFrame(f"an event that cannot be read: {error}") from None
    return None


def _field(line: bytes) -> tuple[bytes, bytes]:
    name, _, value = line.partition(b":")
    return name, value.removeprefix(b" ")


# Up


def bodies(frames: Sequence[bytes]) -> Iterator[bytes]:
    """The frames as few bodies, in order, none larger than a server takes; one empty body for no frames."""
    parts: list[bytes] = []
    size = 0
    for part in (len(frame).to_bytes(LENGTH_BYTES, "big") + frame for frame in frames):
        if parts and size + len(part) > STREAM_BODY_BYTES_MAX:
            yield b"".join(parts)
            parts, size = [], 0
        parts.append(part)
        size += len(part)
    yield b"".join(parts)


def frames_in(body: bytes) -> list[bytes]:
    """The frames of a body. Raises BadFrame when it ends within one."""
    frames, at = [], 0
    while at < len(body):
        start = at + LENGTH_BYTES
        at = start + int.from_bytes(body[at:start], "big")
        if at > len(body) or start > len(body):
            raise BadFrame("a body that ends within a frame")
        frames.append(body[start:at])
    return frames
