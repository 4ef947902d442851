"""WebSocket frames made and read by hand (RFC 6455, 5.2), so that nothing keeps a test from sending a wrong one."""

from enum import IntEnum
from typing import NamedTuple


class Opcode(IntEnum):
    """What a frame is."""

    CONTINUATION = 0x0
    TEXT = 0x1
    BINARY = 0x2
    CLOSE = 0x8
    PING = 0x9
    PONG = 0xA


class Frame(NamedTuple):
    """A frame as it was received."""

    opcode: int
    payload: bytes
    fin: bool = True


MASK = b"\x37\xfa\x21\x3d"


def frame(
    opcode: int,
    payload: bytes = b"",
    *,
    fin: bool = True,
    rsv: int = 0,
    mask: bytes | None = MASK,
    announced: int | None = None,
    length_bytes: int | None = None,
) -> bytes:
    """A client's frame. `announced` is the length that it claims; `length_bytes` (0, 2, 8) how that is written."""
    length = len(payload) if announced is None else announced
    if length_bytes is None:
        length_bytes = 0 if length < 126 else 2 if length < 65536 else 8
    short = {0: length, 2: 126, 8: 127}[length_bytes]
    head = bytes([fin << 7 | rsv << 4 | opcode, (mask is not None) << 7 | short])
    head += length.to_bytes(length_bytes, "big") if length_bytes else b""
    return head + payload if mask is None else head + mask + _masked(payload, mask)


def close_payload(code: int, reason: bytes = b"") -> bytes:
    """What a close frame holds."""
    return code.to_bytes(2, "big") + reason


class FrameReader:
    """Frames of either side out of a stream of bytes, however it is cut up."""

    def __init__(self) -> None:
        self._bytes = bytearray()

    def feed(self, received: bytes) -> list[Frame]:
        """The frames that are complete now."""
        self._bytes += received
        frames = []
        while (found := self._next()) is not None:
            frames.append(found)
        return frames

    def _next(self) -> Frame | None:
        there = self._bytes
        if len(there) < 2:
            return None
        length, at = there[1] & 0x7F, 2
        if length >= 126:
            at += 2 if length == 126 else 8
            length = int.from_bytes(there[2:at], "big")
        mask = bytes(there[at : at + 4]) if there[1] & 0x80 else None
        at += 4 if mask is not None else 0
        if len(there) < at + length:
            return None
        payload = bytes(there[at : at + length])
        found = Frame(there[0] & 0x0F, payload if mask is None else _masked(payload, mask), bool(there[0] & 0x80))
        del there[: at + length]
        return found


def _masked(payload: bytes, mask: bytes) -> bytes:
    """Masks, and takes the mask off again (RFC 6455, 5.3)."""
    size = len(payload)
    key = (mask * (size // 4 + 1))[:size]
    return (int.from_bytes(payload, "big") ^ int.from_bytes(key, "big")).to_bytes(size, "big")
