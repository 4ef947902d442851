"""Bytes to plain data and back: the one door to MessagePack.

A frame is one MessagePack value, at most FRAME_BYTES_MAX long and FRAME_DEPTH_MAX deep, made of arrays,
maps with text keys (none twice), text, booleans, nil and whole numbers of 64 bits. Binary, floats,
extensions and timestamps are refused: no message has one.
"""

from typing import Any

import msgpack

from protocol.errors import BadFrame, FrameTooLarge
from protocol.limits import FRAME_BYTES_MAX, FRAME_DEPTH_MAX, FRAME_ITEMS_MAX


def encode(value: object) -> bytes:
    """One frame. Raises FrameTooLarge when it would be longer than any peer accepts."""
    frame: bytes = _pack(value)
    if len(frame) > FRAME_BYTES_MAX:
        raise FrameTooLarge(f"a message of {len(frame)} bytes; at most {FRAME_BYTES_MAX} may be sent")
    return frame


def decode(frame: bytes) -> Any:
    """The value of a frame. Raises FrameTooLarge or BadFrame."""
    if len(frame) > FRAME_BYTES_MAX:
        raise FrameTooLarge(f"a message of {len(frame)} bytes; at most {FRAME_BYTES_MAX} are read")
    try:
        value = msgpack.unpackb(
            frame,
            strict_map_key=True,
            object_pairs_hook=_map,
            ext_hook=_no_extension,
            max_array_len=FRAME_ITEMS_MAX,
            max_map_len=FRAME_ITEMS_MAX,
            max_ext_len=0,
            max_bin_len=0,
        )
    except BadFrame:
        raise
    except (ValueError, UnicodeDecodeError, msgpack.UnpackException) as error:
        raise BadFrame(f"not a MessagePack value: {str(error) or type(error).__name__}") from None
    _check(value, FRAME_DEPTH_MAX)
    return value


def _map(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise BadFrame("a map has the same key twice")
    if not all(type(key) is str for key in made):
        raise BadFrame("a key of a map is not text")
    return made


def _no_extension(code: int, content: bytes) -> Any:
    raise BadFrame(f"extension type {code} is not allowed")


def _check(value: object, depth_left: int) -> None:
    if isinstance(value, list):
        if depth_left and _NOT_FLAT.isdisjoint(map(type, value)):
            return
        parts = value
    elif isinstance(value, dict):
        parts = list(value.values())
    elif isinstance(value, float):
        raise BadFrame("a number with a fraction is not allowed")
    elif isinstance(value, bytes):
        raise BadFrame("binary is not allowed")
    else:
        return
    if depth_left == 0:
        raise BadFrame(f"nested deeper than {FRAME_DEPTH_MAX}")
    for part in parts:
        if type(part) in _NOT_FLAT:
            _check(part, depth_left - 1)


_NOT_FLAT = frozenset((list, dict, float, bytes))
_pack = msgpack.Packer().pack
