"""Frames that are built once: what RFC 6455 says of their heads, at each border of a length."""

import pytest

from tests.network.wire import Frame, FrameReader, Opcode
from web.edge.frames import binary_frame, payload


@pytest.mark.parametrize(
    ("size", "head"),
    [
        (0, b"\x82\x00"),
        (1, b"\x82\x01"),
        (125, b"\x82\x7d"),
        (126, b"\x82\x7e\x00\x7e"),
        (65535, b"\x82\x7e\xff\xff"),
        (65536, b"\x82\x7f\x00\x00\x00\x00\x00\x01\x00\x00"),
    ],
)
def test_a_frame_has_the_shortest_head_for_its_length(size: int, head: bytes) -> None:
    """Whole, binary and unmasked; a reader of its own finds the payload in it, and so do we."""
    content = bytes(size)
    frame = binary_frame(content)
    assert frame == head + content
    assert FrameReader().feed(frame) == [Frame(Opcode.BINARY, content, True)]
    assert payload(frame) == content
