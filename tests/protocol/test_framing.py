"""The one door to MessagePack lets in plain data of a bounded size, and nothing else."""

from typing import Any

import msgpack
import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol import framing
from protocol.errors import BadFrame, FrameTooLarge, ProtocolError
from protocol.limits import FRAME_BYTES_MAX, FRAME_DEPTH_MAX, FRAME_ITEMS_MAX
from tests.protocol.views import same, values


@given(values | st.integers(-(2**63), 2**64 - 1))
def test_what_is_encoded_is_decoded(value: Any) -> None:
    assert same(framing.decode(framing.encode(value)), value)


@given(st.binary(max_size=40) | st.lists(st.sampled_from(range(0x80, 0xE0)), max_size=12).map(bytes))
def test_arbitrary_bytes_raise_nothing_but_a_protocol_error(frame: bytes) -> None:
    try:
        value = framing.decode(frame)
    except ProtocolError:
        return
    assert same(framing.decode(framing.encode(value)), value)


@pytest.mark.parametrize(
    ("frame", "why"),
    [
        ("", "incomplete"),
        ("c1", "FormatError"),
        ("92 01", "incomplete"),
        ("01 01", "extra data"),
        ("a2 41", "incomplete"),
        ("a1 ff", "utf-8"),
        ("a3 ed a0 80", "utf-8"),
        ("a2 c0 80", "utf-8"),
        ("c4 00", "binary"),
        ("c4 01 00", "max_bin_len"),
        ("91 c4 00", "binary"),
        ("81 c4 00 01", "not text"),
        ("81 c4 01 61 01", "max_bin_len"),
        ("81 01 01", "map key"),
        ("81 c0 01", "map key"),
        ("82 a1 61 01 a1 61 02", "the same key twice"),
        ("ca 3f 80 00 00", "fraction"),
        ("cb 7f f8 00 00 00 00 00 00", "fraction"),
        ("81 a1 61 cb 7f f0 00 00 00 00 00 00", "fraction"),
        ("c7 00 05", "extension"),
        ("d4 05 00", "max_ext_len"),
        ("d6 ff 00 00 00 00", "max_ext_len"),
        ("d8 01" + " 00" * 16, "max_ext_len"),
        ("c7 00 ff", "timestamp"),
        ("dd ff ff ff ff", "max_array_len"),
        ("df ff ff ff ff", "max_map_len"),
        ("c6 ff ff ff ff", "incomplete"),
    ],
)
def test_what_is_not_plain_data_is_refused(frame: str, why: str) -> None:
    with pytest.raises(BadFrame, match=why):
        framing.decode(bytes.fromhex(frame))


@pytest.mark.parametrize("wrap", [lambda inner: [inner], lambda inner: {"a": inner}])
@pytest.mark.parametrize("core", [[], {}])
def test_depth_is_limited(wrap: Any, core: Any) -> None:
    value = core
    for _ in range(FRAME_DEPTH_MAX - 1):
        value = wrap(value)
    assert framing.decode(msgpack.packb(value)) == value
    with pytest.raises(BadFrame, match="nested deeper"):
        framing.decode(msgpack.packb(wrap(value)))


def test_a_frame_of_nothing_but_openings_is_refused() -> None:
    with pytest.raises(BadFrame):
        framing.decode(b"\x91" * FRAME_BYTES_MAX)


def test_the_size_of_a_frame_is_limited_both_ways() -> None:
    largest = "x" * (FRAME_BYTES_MAX - 5)
    frame = framing.encode([largest, 1])
    assert len(frame) == FRAME_BYTES_MAX
    assert framing.decode(frame) == [largest, 1]
    with pytest.raises(FrameTooLarge, match=str(FRAME_BYTES_MAX + 1)):
        framing.encode([largest + "x", 1])
    with pytest.raises(FrameTooLarge, match=str(FRAME_BYTES_MAX + 1)):
        framing.decode(msgpack.packb([largest + "x", 1]))


def test_the_elements_of_an_array_are_limited() -> None:
    assert len(framing.decode(msgpack.packb([0] * FRAME_ITEMS_MAX))) == FRAME_ITEMS_MAX
    with pytest.raises(BadFrame, match="max_array_len"):
        framing.decode(msgpack.packb([0] * (FRAME_ITEMS_MAX + 1)))


def test_the_pairs_of_a_map_are_limited() -> None:
    def pairs(n: int) -> dict[str, int]:
        return {chr(at) if at < 128 else chr(at // 128 - 1) + chr(at % 128): 0 for at in range(n)}

    assert len(framing.decode(msgpack.packb(pairs(FRAME_ITEMS_MAX)))) == FRAME_ITEMS_MAX
    with pytest.raises(BadFrame, match="max_map_len"):
        framing.decode(msgpack.packb(pairs(FRAME_ITEMS_MAX + 1)))
