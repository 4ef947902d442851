"""Frames made by hand for sockets, and taken apart again for streams."""

import pytest

from protocol.limits import FRAME_BYTES_MAX
from tests.network.wire import FrameReader, Opcode
from web.edge.frames import binary_frame, payload


@pytest.mark.parametrize("size", [0, 1, 125, 126, 127, 65535, FRAME_BYTES_MAX])
def test_what_was_framed_comes_out_again(size: int) -> None:
    """For `payload`, and for a reader that goes by RFC 6455 alone."""
    said = bytes(number % 251 for number in range(size))
    frame = binary_frame(said)
    assert payload(frame) == said
    (read,) = FrameReader().feed(frame)
    assert (read.opcode, read.payload, read.fin) == (Opcode.BINARY, said, True)
