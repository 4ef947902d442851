"""Every message survives the wire; every field keeps its limit and is named when it does not."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ConfigDict, TypeAdapter, ValidationError

from protocol import framing
from protocol.errors import BadFrame, BadMessage, FrameTooLarge, ProtocolError, UnknownMessage
from protocol.messages import (
    CLIENT_CODES,
    CODE_OF,
    SERVER_CODES,
    Accepted,
    Hello,
    Message,
    Play,
    Watch,
    decode_client,
    decode_server,
    encode,
)
from tests.protocol.fields import KINDS, Edge, edges, hints, messages
from tests.protocol.views import same, values

EDGES = [(kind, field, edge) for kind in KINDS for field, hint in hints(kind).items() for edge in edges(hint)]
SMALLEST: dict[str, Any] = {
    "request": "r", "topic": "lobbies", "feed": 1, "match": "m", "lobby": "l", "seat": 0, "move": "b2", "game": "g",
    "options": {}, "seats": 1, "listed": True, "bot": "b", "ready": True, "player": "p", "games": [], "name": "n",
    "token": "t", "epoch": "e", "server_ms": 0, "sent_ms": 0, "code": "c", "sentence": "s", "version": 0, "view": {},
    "reason": "first", "patch": [], "moves": [], "value": None, "checksum": 0, "picks": [], "form": "view",
    "wait_ms": 0, "after_ms": 0, "text": "x", "aside": True, "gallery": True,
}  # fmt: skip


def decode(kind: type[Any], frame: bytes) -> Message:
    return decode_client(frame) if kind in CLIENT_CODES.values() else decode_server(frame)


def frame_of(kind: type[Any], **fields: Any) -> bytes:
    smallest = SMALLEST | ({"moves": True} if kind is Watch else {})
    return framing.encode([CODE_OF[kind], *(fields.get(name, smallest[name]) for name in kind._fields)])


@settings(max_examples=300)
@given(messages())
def test_every_message_survives_the_wire(message: Message) -> None:
    decoded = decode(type(message), encode(message))
    assert type(decoded) is type(message)
    assert same(decoded, message)


@given(messages())
def test_a_message_of_the_other_side_is_unknown(message: Message) -> None:
    wrong_way = decode_server if type(message) in CLIENT_CODES.values() else decode_client
    with pytest.raises(UnknownMessage):
        wrong_way(encode(message))


@pytest.mark.parametrize(
    ("kind", "field", "edge"), EDGES, ids=[f"{kind.__name__}-{field}-{at}" for at, (kind, field, _) in enumerate(EDGES)]
)
def test_a_field_may_reach_its_limit_and_not_pass_it(kind: type[Any], field: str, edge: Edge) -> None:
    decode(kind, frame_of(kind, **{field: edge.within}))
    with pytest.raises(BadMessage, match=rf"^{kind.__name__}, field {field}\b"):
        decode(kind, frame_of(kind, **{field: edge.past}))


def test_every_text_and_every_collection_of_a_client_is_limited() -> None:
    limited = {(kind, field) for kind, field, edge in EDGES if edge.past and not isinstance(edge.past, int)}
    free = {(kind, field) for kind in CLIENT_CODES.values() for field in kind._fields} - limited
    assert {field for _, field in free} == {
        "aside",
        "gallery",
        "feed",
        "form",
        "listed",
        "moves",
        "ready",
        "seat",
        "seats",
        "sent_ms",
        "version",
    }


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: str(kind.__name__))
def test_a_field_too_few_or_too_many_is_refused(kind: type[Any]) -> None:
    fields = framing.decode(frame_of(kind))
    with pytest.raises(BadMessage, match=f"^{kind.__name__}"):
        decode(kind, framing.encode([*fields, 0]))
    required = [name for name in kind._fields if name not in kind._field_defaults]
    if required:
        with pytest.raises(BadMessage, match=f"^{kind.__name__}, field {required[-1]}"):
            decode(kind, framing.encode(fields[: len(required)]))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: str(kind.__name__))
def test_a_field_of_another_type_is_refused_by_name(kind: type[Any]) -> None:
    for field in set(kind._fields) - ({"value"} if kind is Accepted else set()):
        wrong = "no" if type(SMALLEST[field]) in (int, dict, list) else 1
        with pytest.raises(BadMessage, match=f"^{kind.__name__}, field {field}"):
            decode(kind, frame_of(kind, **{field: wrong}))


def test_a_number_is_not_a_boolean_nor_the_other_way() -> None:
    for field, wrong in (("seat", True), ("moves", 1), ("version", False)):
        with pytest.raises(BadMessage, match=f"^Watch, field {field}"):
            decode_client(frame_of(Watch, **{field: wrong}))


def test_nil_at_the_end_is_left_out() -> None:
    assert encode(Hello()) == b"\x91\x01"
    assert encode(Watch("r", "lobbies", 0, None, True)) == framing.encode([3, "r", "lobbies", 0, None, True])
    assert decode_client(framing.encode([3, "r", "lobbies", 0, None, True, None, None])) == Watch(
        "r", "lobbies", 0, None, True
    )


@pytest.mark.parametrize("value", [None, True, 1, "hello", {}, {"1": 1}, [], [None], [True], ["1"], [[1]]])
def test_what_does_not_begin_with_a_code_is_no_message(value: Any) -> None:
    with pytest.raises(BadMessage):
        decode_client(framing.encode(value))


@pytest.mark.parametrize("code", [0, -1, 8, 63, 127, 2**64 - 1])
def test_an_unknown_code_is_refused(code: int) -> None:
    with pytest.raises(UnknownMessage, match=str(code)):
        decode_client(framing.encode([code]))


def test_no_code_is_given_twice() -> None:
    assert len(CODE_OF) == len(CLIENT_CODES) + len(SERVER_CODES) == len(CLIENT_CODES | SERVER_CODES)
    assert max(CODE_OF.values()) < 128, "a code takes one byte"


def test_an_error_says_little_about_a_lot() -> None:
    with pytest.raises(BadMessage) as raised:
        decode_client(framing.encode([10, "r", "g", {"x" * 10_000: 1}, 2, True]))
    assert len(str(raised.value)) < 200


@given(st.integers(0, 80), st.lists(values, max_size=8))
def test_arbitrary_fields_raise_nothing_but_a_protocol_error(code: int, fields: list[Any]) -> None:
    for decode_side in (decode_client, decode_server):
        try:
            decode_side(framing.encode([code, *fields]))
        except ProtocolError:
            pass


@pytest.mark.parametrize(("frame", "error"), [(b"", BadFrame), (b"\xc1", BadFrame), (b"\x00" * 70_000, FrameTooLarge)])
def test_what_is_no_frame_is_no_message(frame: bytes, error: type[ProtocolError]) -> None:
    with pytest.raises(error):
        decode_client(frame)


def test_a_move_takes_few_bytes() -> None:
    assert len(encode(Play("k3Jf9a-12", "mabcdefg", 0, "b2"))) == 25


_TEXT = st.one_of(st.text(max_size=3), st.sampled_from(["x" * 32, "x" * 33, "x" * 512, "x" * 513, 1, None, True]))
_NUMBER = st.one_of(st.integers(-2, 33), st.sampled_from([None, True, "1", 2**40]))


@given(st.lists(st.nothing()) | st.tuples(_TEXT, _TEXT, _NUMBER, _TEXT, _NUMBER).map(list), st.integers(0, 6))
def test_a_move_is_read_as_the_model_of_it_says(fields: list[Any], count: int) -> None:
    """Most moves are checked by hand, for speed: what comes of it is what the model gives, or its no."""
    fields = [*fields, 0][:count]
    try:
        expected: Play | None = TypeAdapter(Play, config=ConfigDict(strict=True)).validate_python(fields)
    except ValidationError:
        expected = None
    try:
        read: Message | None = decode_client(framing.encode([CODE_OF[Play], *fields]))
    except BadMessage:
        read = None
    assert read == expected
    assert type(read) is type(expected)


def test_what_a_peer_made_up_is_quoted_without_what_moves_a_cursor() -> None:
    """The sentence goes into the log, and back to the peer."""
    with pytest.raises(BadMessage, match=r"field options\.a\?b\?\[31m"):
        decode_client(framing.encode([10, "r", "g", {"a\nb\x1b[31m\u202e": None}, 2, True]))
