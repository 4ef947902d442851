"""The golden files are up to date, say all that a twin needs, and break nothing when they are broken."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from protocol import messages
from protocol.client_session import ClientSession
from protocol.errors import BadPatch, ProtocolError
from protocol.messages import CODE_OF, decode_client, decode_server, encode
from protocol.patches import canonical, checksum, patched
from protocol.server_session import ServerSession
from tests.protocol.transcripts import FOLDER, files, named, stale


def read(name: str) -> Any:
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


SESSIONS = sorted(path.name for path in FOLDER.glob("session_*.json"))
STEPS = [step for name in SESSIONS for step in read(name)["steps"]]
RECEIVED = [bytes.fromhex(step["frame"]) for step in STEPS if "received" in step]
SENT = [bytes.fromhex(sent["frame"]) for step in STEPS for sent in step["sends"]]


def test_the_golden_files_are_up_to_date() -> None:
    assert stale(files()) == [], "make records, and look at the diff"


@pytest.mark.parametrize("name", SESSIONS)
def test_a_session_can_be_played_again_from_its_file_alone(name: str) -> None:
    transcript = read(name)
    client = ClientSession(**transcript["session"])
    for step in transcript["steps"]:
        if "call" in step:
            arguments = [getattr(messages, str(argument), argument) for argument in step["arguments"]]
            assert getattr(client, step["call"])(*arguments) == step.get("returns")
        elif "error" in step:
            with pytest.raises(ProtocolError) as raised:
                client.receive(bytes.fromhex(step["frame"]))
            assert (type(raised.value).__name__, raised.value.close_code) == (step["error"], step["close_code"])
        else:
            events = client.receive(bytes.fromhex(step["frame"]))
            assert [type(event).__name__ for event in events] == [event["event"] for event in step["events"]]
        assert [frame.hex() for frame in client.frames_to_send()] == [sent["frame"] for sent in step["sends"]]
        assert client.state.name == step["state"]
        for held in step["views"]:
            assert client.view(held["topic"], held["seat"], held["form"]) == (held["version"], held["view"])


def test_there_is_a_frame_of_each_message_that_a_client_must_know() -> None:
    cases = read("frames.json")
    for case in cases:
        frame = bytes.fromhex(case["frame"])
        decoded = decode_client(frame) if CODE_OF[getattr(messages, case["message"])] < 64 else decode_server(frame)
        assert encode(decoded) == frame
        assert {"frame": case["frame"], **named(decoded)} == case
    assert {case["message"] for case in cases} >= {kind.__name__ for kind in messages.SERVER_CODES.values()}


def test_patches_lead_where_their_file_says() -> None:
    for case in read("patches.json"):
        new = patched(case["old"], case["patch"])
        assert canonical(new).decode() == case["canonical"], case["title"]
        assert checksum(new) == checksum(case["new"]) == case["checksum"], case["title"]


def test_bad_patches_are_refused() -> None:
    for case in read("bad_patches.json"):
        with pytest.raises(BadPatch):
            patched(case["view"], case["patch"])


def test_bad_frames_are_refused_with_the_error_of_their_file() -> None:
    for case in read("bad_frames.json"):
        with pytest.raises(ProtocolError) as raised:
            (decode_server if case["read_by"] == "client" else decode_client)(bytes.fromhex(case["frame"]))
        assert (type(raised.value).__name__, raised.value.close_code) == (case["error"], case["close_code"])


@st.composite
def mutated(draw: st.DrawFn, frames: list[bytes]) -> list[bytes]:
    """A run of frames of real conversations, some of them with bytes changed, put in or left out."""
    at = draw(st.integers(0, len(frames) - 1))
    run = [bytearray(frame) for frame in frames[at : at + 8]]
    for _ in range(draw(st.integers(1, 3))):
        frame = draw(st.sampled_from(run))
        place = draw(st.integers(0, len(frame)))
        frame[place : place + draw(st.integers(0, 2))] = draw(st.binary(max_size=2))
    return [bytes(frame) for frame in draw(st.permutations(run))]


@settings(max_examples=300)
@given(mutated(RECEIVED))
def test_a_client_survives_mutated_conversations(frames: list[bytes]) -> None:
    client = ClientSession("k3Jf9a", token="token-of-p8")
    client.connected()
    client.receive(RECEIVED[0])
    for seat in (0, 1):
        client.watch("match/7GQ2", seat, None, True)
    for frame in frames:
        try:
            client.receive(frame)
        except ProtocolError:
            client.disconnected()
            client.connected()
            client.receive(RECEIVED[0])


@settings(max_examples=300)
@given(mutated(SENT))
def test_a_server_survives_mutated_conversations(frames: list[bytes]) -> None:
    session = ServerSession()
    session.receive(SENT[0])
    session.welcome(messages.Welcome("p", "Ann", "t", "e", 1))
    for frame in frames:
        try:
            session.receive(frame)
        except ProtocolError:
            return
