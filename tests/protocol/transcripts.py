"""Golden transcripts: what a client in any language must do, as files that any language can read.

`tests/transcripts/README.md` says what is in them. `python -m tests.protocol.transcripts --write` writes them.
"""

import argparse
import json
from itertools import pairwise
from pathlib import Path
from typing import Any

from protocol import framing
from protocol.client_session import ClientSession
from protocol.errors import ProtocolError
from protocol.messages import (
    Accepted,
    Attend,
    ComeBack,
    CreateLobby,
    FeedEnded,
    Invited,
    LegalMoves,
    Message,
    Pong,
    Refused,
    Rematch,
    Say,
    ServerMessage,
    Snapshot,
    StartMatch,
    TakeSeat,
    Update,
    Welcome,
    decode_client,
    decode_server,
    encode,
)
from protocol.patches import canonical, checksum, patch_between

FOLDER = Path(__file__).parent.parent / "transcripts"
Json = dict[str, Any]
WELCOME = Welcome("p8", "Ann", "token-of-p8", "e1", 1_700_000_000_000)


class Transcript:
    """Plays a client session step by step and writes down all that goes in and comes out."""

    def __init__(self, title: str, prefix: str = "k3Jf9a", **about: str) -> None:
        self.client = ClientSession(prefix, **about)
        self.json: Json = {"title": title, "session": {"prefix": prefix, **about}, "steps": []}
        self._keys: list[tuple[str, int | None, Any]] = []

    def call(self, method: str, *arguments: Any) -> Any:
        """Something that the client's owner does."""
        if method == "watch":
            topic, seat, form, *_ = (*arguments, None, None)
            self._keys = list(dict.fromkeys([*self._keys, (topic, seat, form)]))
        plain = [getattr(argument, "__name__", argument) for argument in arguments]
        returned = getattr(self.client, method)(*arguments)
        self._note({"call": method, "arguments": plain} | ({"returns": returned} if returned else {}))
        return returned

    def hear(self, message: ServerMessage) -> None:
        """Something that the server says, and the client understands."""
        frame = encode(message)
        events = [{"event": type(event).__name__, **_plain(event)} for event in self.client.receive(frame)]
        self._note({"received": named(message), "frame": frame.hex(), "events": events})

    def break_off(self, message: ServerMessage) -> None:
        """Something that the server must not say."""
        try:
            self.client.receive(encode(message))
        except ProtocolError as error:
            self._note({"received": named(message), "frame": encode(message).hex(), **described(error)})
        else:
            raise AssertionError(f"{message} did no harm")

    def _note(self, step: Json) -> None:
        frames = self.client.frames_to_send()
        sent = [{"message": named(decode_client(frame)), "frame": frame.hex()} for frame in frames]
        held = [(key, version_and_view) for key in self._keys if (version_and_view := self.client.view(*key))]
        views = [
            {"topic": topic, "seat": seat, "form": form, "version": version, "view": view}
            for (topic, seat, form), (version, view) in held
        ]
        self.json["steps"].append(step | {"sends": sent, "state": self.client.state.name, "views": views})


def named(message: Message) -> Json:
    """A message as JSON with names; fields that are nil left out."""
    return {"message": type(message).__name__, **_plain(message)}


def described(error: ProtocolError) -> Json:
    """The error that something must give; its sentence is each language's own."""
    return {"error": type(error).__name__, "close_code": int(error.close_code)}


def _plain(fields: Any) -> Json:
    return {
        name: named(value) if hasattr(value, "_fields") else value
        for name, value in fields._asdict().items()
        if value is not None
    }


def short_match() -> Transcript:
    """One match from hello to its end: the worked example of the protocol's README."""
    script = Transcript("A short match", name="Ann")
    script.call("connected")
    script.hear(WELCOME)
    script.call("watch", "match/7GQ2", 0, None, True)
    script.hear(Accepted("k3Jf9a-1", {"feed": 12, "game": "tic_tac_toe"}))
    views = [_board(""), _board("a1"), _board("a1 a2"), _board("a1 a2 b1"), _board("a1 a2 b1 b2")]
    views.append(_board("a1 a2 b1 b2 c1", {"ending": "three_in_a_row", "points": [1, -1]}))
    script.hear(Snapshot(12, 0, views[0], "first"))
    for version, (old, new) in enumerate(pairwise(views), 1):
        update = Update(12, version, patch_between(old, new), checksum(new) if version == 5 else None)
        if version % 2 == 0:
            script.hear(update)
            continue
        script.hear(LegalMoves(12, version - 1, 0, _free(old)))
        request = script.call("play", "7GQ2", 0, ("a1", "b1", "c1")[version // 2], version - 1)
        script.hear(update)
        script.hear(Accepted(request, version))
    return script


def refusals_and_pings() -> Transcript:
    """A move that is refused, a request of which nothing came, a ping."""
    script = _watching("Refusals leave everything as it was")
    script.call("play", "7GQ2", 0, "a9")
    script.hear(Refused("k3Jf9a-2", "no_such_place", "A move names a square, from a1 to c3."))
    script.call("watch", "match/none")
    script.hear(Refused("k3Jf9a-3", "no_such_match", "There is no such match."))
    script.call("ping", 1_700_000_000_123)
    script.hear(Pong(1_700_000_000_123, 1_700_000_000_150))
    script.hear(Accepted("k3Jf9a-2"))
    return script


def coming_back() -> Transcript:
    """Cut off, the client says what it has and asks again what was not answered."""
    script = _watching("Coming back")
    script.call("play", "7GQ2", 0, "a1")
    script.call("disconnected")
    script.call("play", "7GQ2", 0, "b1")
    script.call("connected")
    script.hear(WELCOME)
    script.hear(Accepted("k3Jf9a-3", {"feed": 12}))
    script.hear(Update(12, 1, patch_between(_board(""), _board("a1"))))
    script.hear(Accepted("k3Jf9a-2", 1))
    script.hear(Refused("k3Jf9a-4", "not_your_turn", "It is not your turn."))
    script.call("disconnected")
    script.call("connected")
    script.hear(WELCOME)
    script.hear(Accepted("k3Jf9a-5", {"feed": 13}))
    script.hear(Update(13, 2, patch_between(_board("a1"), _board("a1 a2"))))
    script.call("disconnected")
    script.call("connected")
    script.hear(WELCOME._replace(epoch="e2"))
    script.hear(Accepted("k3Jf9a-6", {"feed": 1}))
    script.hear(Snapshot(1, 2, _board("a1 a2"), "first"))
    return script


def repairs() -> Transcript:
    """A gap, a checksum that differs, a patch that does not fit; and when it does not help, giving up."""
    script = _watching("What does not fit is repaired")
    script.hear(Update(12, 2, []))
    script.hear(Update(12, 3, []))
    script.hear(Accepted("k3Jf9a-2", {"feed": 12}))
    script.hear(Snapshot(12, 3, _board("a1 a2 b1"), "first"))
    good = patch_between(_board("a1 a2 b1"), _board("a1 a2 b1 b2"))
    script.hear(Update(12, 4, good, checksum(_board("a1 a2 b1 b2"))))
    script.hear(Update(12, 4, good))
    script.hear(Update(12, 5, good, 1))
    script.hear(Accepted("k3Jf9a-3", {"feed": 14}))
    script.hear(Snapshot(14, 5, _board("a1 a2 b1 b2 c1"), "first"))
    script.hear(Update(14, 6, [9, 9]))
    script.hear(Snapshot(14, 6, _board(""), "first"))
    script.hear(LegalMoves(14, 7, 0, ["a1"]))
    script.hear(Snapshot(14, 7, _board(""), "first"))
    script.break_off(Update(14, 9, []))
    script.call("disconnected")
    script.call("connected")
    script.hear(WELCOME)
    return script


def shared_feeds() -> Transcript:
    """Two seats of a game that hides nothing hear one feed; leaving it takes both."""
    script = _watching("Two seats, one feed")
    script.call("watch", "match/7GQ2", 1, None, True)
    script.hear(Accepted("k3Jf9a-2", {"feed": 12}))
    script.hear(Snapshot(12, 0, _board(""), "first"))
    script.hear(LegalMoves(12, 0, 0, ["a1"]))
    script.hear(Update(12, 1, patch_between(_board(""), _board("a1"))))
    script.hear(LegalMoves(12, 1, 1, ["a2"]))
    script.call("unwatch", "match/7GQ2", 0)
    script.call("watch", "match/7GQ2", None)
    script.call("unwatch", "match/7GQ2", 1)
    script.hear(Accepted("k3Jf9a-3", {"feed": 12}))
    script.hear(Snapshot(12, 1, _board("a1"), "first"))
    script.hear(Update(12, 2, patch_between(_board("a1"), _board("a1 a2"))))
    script.hear(Accepted("k3Jf9a-4"))
    script.hear(Update(12, 3, []))
    script.hear(Accepted("k3Jf9a-5", {"feed": 12}))
    return script


def from_aside() -> Transcript:
    """A list of matches watches from aside; the page of the match says that one is there, and then no more."""
    script = Transcript("Looking on from aside", token="token-of-p8")
    script.call("connected")
    script.hear(WELCOME)
    script.call("watch", "match/7GQ2", 0, None, None, True)
    script.hear(Accepted("k3Jf9a-1", {"feed": 12}))
    script.hear(Snapshot(12, 0, _board(""), "first"))
    script.call("watch", "match/7GQ2", 0, None, True)
    script.hear(Accepted("k3Jf9a-2", {"feed": 12}))
    script.hear(LegalMoves(12, 0, 0, ["a1"]))
    script.call("watch", "match/7GQ2", 0, None, True, True)
    script.hear(Accepted("k3Jf9a-3", {"feed": 12}))
    script.call("disconnected")
    script.call("connected")
    script.hear(WELCOME)
    return script


def what_to_pick() -> Transcript:
    """Moves with their picks: as listed, nil where the move is its own pick, and nil for all at once."""
    script = Transcript("What to pick for a move", token="token-of-p8")
    script.call("connected")
    script.hear(WELCOME)
    script.call("watch", "match/7GQ2", 0, "scene", True)
    script.hear(Accepted("k3Jf9a-1", {"feed": 12, "game": "go"}))
    script.hear(Snapshot(12, 4, {"scene": {"pieces": []}}, "first"))
    script.hear(LegalMoves(12, 4, 0, ["a1", "b1", "pass"], [None, None, ["#pass"]]))
    script.hear(Update(12, 5, []))
    script.hear(LegalMoves(12, 5, 0, ["a1", "b1"], None))
    script.hear(Update(12, 6, []))
    script.hear(LegalMoves(12, 6, 0, ["a1b1", ["number", "bid", 1, 9, 1]], [["a1", "b1"], []]))
    return script


def feeds_that_end() -> Transcript:
    """`unavailable` is watched again, later; anything else is over."""
    script = _watching("Feeds that end")
    script.hear(FeedEnded(12, "unavailable", "One moment, please."))
    script.call("watch_again", "match/7GQ2", 0)
    script.hear(Refused("k3Jf9a-2", "unavailable", "One moment, please."))
    script.call("watch_again", "match/7GQ2", 0)
    script.hear(Accepted("k3Jf9a-3", {"feed": 15}))
    script.hear(FeedEnded(15, "closed", "It is over."))
    script.hear(Update(15, 1, []))
    script.call("watch_again", "match/7GQ2", 0)
    return script


def a_lobby() -> Transcript:
    """From opening a lobby to the match that comes of it."""
    script = Transcript("A lobby", token="token-of-p8")
    script.call("request", CreateLobby, "chess960", {"minutes": 5, "rated": True, "book": "none"}, 2, True)
    script.call("connected")
    script.hear(WELCOME)
    script.hear(Accepted("k3Jf9a-1", "7GQ2"))
    script.call("watch", "lobby/7GQ2")
    script.hear(Accepted("k3Jf9a-2", {"feed": 3}))
    views: list[Json] = [{"host": "p8", "seats": [None, None], "state": "open"}]
    views.append(views[0] | {"seats": [{"player": "p8", "ready": True}, None]})
    views.append(views[0] | {"seats": [{"player": "p8", "ready": True}, {"bot": "Zufall"}]})
    views.append({"host": "p8", "match": "7GQ2", "seats": views[2]["seats"], "state": "started"})
    script.hear(Snapshot(3, 0, views[0], "first"))
    script.call("request", TakeSeat, "7GQ2", 0)
    script.hear(Accepted("k3Jf9a-3", 1))
    script.hear(Update(3, 1, patch_between(views[0], views[1])))
    script.hear(Update(3, 2, patch_between(views[1], views[2])))
    script.call("request", StartMatch, "7GQ2")
    script.hear(Update(3, 3, patch_between(views[2], views[3])))
    script.hear(Accepted("k3Jf9a-4", 3))
    script.hear(FeedEnded(3, "started", "The match has started."))
    return script


def talk_and_a_rematch() -> Transcript:
    """What is said in a match, and one more when it is over."""
    script = Transcript("Talk and a rematch", token="token-of-p8")
    script.call("connected")
    script.hear(WELCOME)
    script.call("watch", "chat/7GQ2")
    script.hear(Accepted("k3Jf9a-1", {"feed": 5}))
    views: list[Json] = [{"1": {"player": "p9", "name": "Bea", "text": "Well played", "at_ms": 1_700_000_000_100}}]
    views.append(views[0] | {"2": {"player": "p8", "name": "Ann", "text": "Danke! 🎲", "at_ms": 1_700_000_000_200}})
    script.hear(Snapshot(5, 1_700_000_000_001, views[0], "first"))
    script.call("request", Say, "7GQ2", "Danke! 🎲")
    script.hear(Accepted("k3Jf9a-2"))
    script.hear(Update(5, 1_700_000_000_002, patch_between(views[0], views[1])))
    script.call("request", Rematch, "7GQ2")
    script.hear(Accepted("k3Jf9a-3", "9XK4"))
    script.call("request", Say, "7GQ2", "Once more?")
    script.hear(Refused("k3Jf9a-4", "too_talkative", "You have said a lot just now. Wait a few seconds."))
    script.call("request", Say, "7GQ2", "Who is ahead?", True)
    script.hear(Refused("k3Jf9a-5", "not_while_you_play", "This is for those who watch, until the match is over."))
    return script


def a_bot_that_attends() -> Transcript:
    """A bot offers itself, and is asked."""
    script = Transcript("A bot that attends", prefix="bot", name="Zufall")
    script.call("connected")
    script.hear(WELCOME._replace(name="Zufall"))
    script.call("request", Attend, ["tic_tac_toe", "liars_dice"])
    script.hear(Accepted("bot-1"))
    script.hear(Invited("7GQ2", 1, "tic_tac_toe"))
    script.call("request", TakeSeat, "7GQ2", 1)
    return script


def a_server_that_takes_its_leave() -> Transcript:
    """A client in haste is slowed down; then it is sent away for a while, and goes on where it was."""
    script = Transcript("A server that takes its leave")
    script.call("connected")
    script.hear(WELCOME)
    script.call("request", StartMatch, "7GQ2")
    script.hear(Refused("k3Jf9a-1", "slow_down", "Too many requests. Wait 40 ms.", 40))
    script.call("request", StartMatch, "7GQ2")
    script.hear(ComeBack(1200, "The server restarts."))
    script.call("disconnected")
    script.call("connected")
    script.hear(WELCOME._replace(epoch="e2"))
    script.hear(Accepted("k3Jf9a-2", 3))
    return script


def broken_conversations() -> list[Transcript]:
    """What a server must not say, each in a conversation of its own."""
    early = Transcript("An answer before the welcome")
    early.call("connected")
    early.break_off(Pong(1, 2))
    twice = Transcript("A second welcome")
    twice.call("connected")
    twice.hear(WELCOME)
    twice.break_off(WELCOME)
    feedless = Transcript("A watch that is accepted without a feed")
    feedless.call("connected")
    feedless.hear(WELCOME)
    feedless.call("watch", "lobbies")
    feedless.break_off(Accepted("k3Jf9a-1", {"title": "Lobbies"}))
    return [early, twice, feedless]


def patches() -> list[Json]:
    """Every kind of change, from view to view."""
    pairs: list[tuple[str, Json, Json]] = [
        ("nothing", {"a": 1}, {"a": 1}),
        ("a value", {"a": 1, "b": "x", "c": None}, {"a": True, "b": "x", "c": "y"}),
        ("one is not true", {"a": 1}, {"a": True}),
        ("a value becomes a map", {"a": 1}, {"a": {"b": [1]}}),
        ("a value becomes an array", {"a": 1}, {"a": [1]}),
        ("a value becomes an empty array", {"a": 1}, {"a": []}),
        ("a key goes", {"a": 1, "b": 2}, {"b": 2}),
        ("a key comes", {"a": 1}, {"a": 1, "b": 2}),
        ("a key comes with an array", {}, {"b": [[]]}),
        ("keys go, change and come", {"c": 1, "a": 1, "b": 1}, {"c": 2, "d": {}, "b": 1}),
        ("within a map", {"a": {"b": {"c": 1}}}, {"a": {"b": {"c": 2}}}),
        ("an element", {"a": ["", "", "", ""]}, {"a": ["", "x", "", ""]}),
        ("an element becomes an array", {"a": [1, 2, 3]}, {"a": [1, [2], 3]}),
        ("most elements", {"a": [1, 2, 3]}, {"a": [4, 5, 3]}),
        ("within an element", {"a": [[1, 2, 3], [4, 5, 6]]}, {"a": [[1, 2, 3], [4, 9, 6]]}),
        ("a longer array", {"a": [1, 2, 3]}, {"a": [1, 2, 3, [4]]}),
        ("a shorter array", {"a": [1, 2, 3]}, {"a": [1, 2]}),
        ("an array is emptied", {"a": [1, 2, 3]}, {"a": []}),
        ("a shorter array that differs", {"a": [1, 2, 3, 4]}, {"a": [1, 9, 3]}),
        ("code points, not UTF-16", {"\uff5e": 1, "😀": 2, "z": 3}, {"\uff5e": 1, "😀": 9, "z": 3}),
        ("keys like numbers", {"10": 1, "9": 2, "a": 3}, {"10": 5, "9": 2, "a": 3}),
        ("text to escape", {"a": ""}, {"a": '"\\/\b\t\n\f\r\x00\x1f\x7f\u2028é😀'}),
        ("large numbers", {"a": 0}, {"a": 2**53 - 1, "b": -(2**53) + 1}),
    ]
    return [
        {"title": title, "old": old, "new": new, "patch": patch_between(old, new)}
        | {"bytes": framing.encode(patch_between(old, new)).hex()}
        | {"canonical": canonical(new).decode(), "checksum": checksum(new)}
        for title, old, new in pairs
    ]


def bad_patches() -> list[Json]:
    """Patches that must be refused for the view."""
    view = {"a": 1, "b": [1, 2, 3], "c": {"d": 1}}
    bad: list[tuple[str, Any]] = [
        ("an odd number of parts", [0]),
        ("a length at the root", [1, 0, 1]),
        ("a position past the end", [3, 1]),
        ("a negative position", [-1, 1]),
        ("positions that fall", [1, 1, 0, 1]),
        ("a position twice", [0, 1, 0, 2]),
        ("a position that is no number", [True, 1]),
        ("a key that is there already", ["a", 1]),
        ("a new key that is deleted", ["new", []]),
        ("a new key twice", ["new", 1, "new", 2]),
        ("a position after a new key", ["new", 1, 0, 1]),
        ("a change within a new key", ["new", [0, 1]]),
        ("a change within a number", [0, [0, 1]]),
        ("an element deleted", [1, [0, []]]),
        ("an index past the end", [1, [3, 1]]),
        ("an index past the new end", [1, [1, 1, 1]]),
        ("indexes that fall", [1, [1, 1, 0, 1]]),
        ("an index that is text", [1, ["0", 1]]),
        ("a negative length", [1, [-1]]),
        ("a length that is text", [1, ["3"]]),
        ("a longer array without all its elements", [1, [5, 3, 1]]),
        ("an enormous array", [1, [2**31]]),
        ("a length within a map", [2, [1]]),
    ]
    return [{"title": title, "view": view, "patch": patch} for title, patch in bad]


def frames() -> list[Json]:
    """One frame of each message, and the JSON of it."""
    examples = [
        step["received"] | {"frame": step["frame"]}
        for made in _all()
        for step in made.json["steps"]
        if "received" in step
    ]
    examples += [
        sent["message"] | {"frame": sent["frame"]}
        for made in _all()
        for step in made.json["steps"]
        for sent in step["sends"]
    ]
    by_kind = {example["message"]: example for example in reversed(examples)}
    return [{"frame": by_kind[kind].pop("frame"), **by_kind[kind]} for kind in sorted(by_kind)]


def bad_frames() -> list[Json]:
    """Frames that must be refused, by whom, and with which error."""
    told: list[tuple[str, str, bytes]] = [
        (title, "server", framing.encode(fields)) for title, fields in _BAD_FOR_SERVERS
    ]
    told += [(title, "client", framing.encode(fields)) for title, fields in _BAD_FOR_CLIENTS]
    told += [(title, "server", bytes.fromhex(frame)) for title, frame in _NO_FRAMES]
    told += [(title, "client", bytes.fromhex(frame)) for title, frame in _NO_FRAMES]
    listed = []
    for title, side, frame in told:
        try:
            (decode_server if side == "client" else decode_client)(frame)
        except ProtocolError as error:
            listed.append({"title": title, "read_by": side, "frame": frame.hex(), **described(error)})
        else:
            raise AssertionError(f"{title}: {frame.hex()} is a good frame")
    return listed


_BAD_FOR_SERVERS: list[tuple[str, Any]] = [
    ("not an array", {"code": 1}),
    ("an empty array", []),
    ("a code that is text", ["hello"]),
    ("a code that is a boolean", [True]),
    ("an unknown code", [63]),
    ("a server's message", [65, 1, 2]),
    ("a field too few", [5, "r", "m", 0]),
    ("a field too many", [5, "r", "m", 0, "b2", 1, 2]),
    ("an empty request id", [5, "", "m", 0, "b2"]),
    ("a request id too long", [5, "r" * 33, "m", 0, "b2"]),
    ("a seat that is a boolean", [5, "r", "m", False, "b2"]),
    ("a seat past the last", [5, "r", "m", 32, "b2"]),
    ("a move too long", [5, "r", "m", 0, "x" * 513]),
    ("an unknown topic", [3, "r", "table/1"]),
    ("an unknown form", [3, "r", "lobbies", None, "picture"]),
    ("an option that is nil", [10, "r", "g", {"a": None}, 2, True]),
    ("too many options", [10, "r", "g", {str(at): at for at in range(33)}, 2, True]),
]
_BAD_FOR_CLIENTS: list[tuple[str, Any]] = [
    ("an unknown code", [63]),
    ("a client's message", [1]),
    ("a field too few", [68, 1, 0, {}]),
    ("a field too many", [65, 1, 2, 3]),
    ("an unknown reason", [68, 1, 0, {}, "why not"]),
    ("a view that is an array", [68, 1, 0, [], "first"]),
    ("a patch that is a map", [69, 1, 1, {}]),
    ("a checksum past 32 bits", [69, 1, 1, [], 2**32]),
    ("a feed that is zero", [69, 0, 1, []]),
]
_NO_FRAMES: list[tuple[str, str]] = [
    ("nothing at all", ""),
    ("a byte that means nothing", "c1"),
    ("an array cut short", "9301"),
    ("bytes left over", "910100"),
    ("text that is not UTF-8", "9201a1ff"),
    ("half of a surrogate pair", "9201a3eda080"),
    ("binary", "9201c40161"),
    ("empty binary", "9201c400"),
    ("a fraction", "9202cb3ff8000000000000"),
    ("not a number", "9202cb7ff8000000000000"),
    ("an extension", "9202d40500"),
    ("a timestamp", "9202d6ff00000000"),
    ("a key twice", "9282a16101a16102"),
    ("a key that is a number", "91810101"),
    ("a key that is binary", "9181c4016101"),
    ("too deep", "91" * 16 + "90"),
    ("too many elements", "ddffffffff"),
    ("too many pairs", "dfffffffff"),
]


def _watching(title: str) -> Transcript:
    script = Transcript(title, token="token-of-p8")
    script.call("connected")
    script.hear(WELCOME)
    script.call("watch", "match/7GQ2", 0, None, True)
    script.hear(Accepted("k3Jf9a-1", {"feed": 12, "game": "tic_tac_toe"}))
    script.hear(Snapshot(12, 0, _board(""), "first"))
    return script


def _board(moves: str, over: Json | None = None) -> Json:
    places = moves.split()
    cells = ["" if place not in places else "xo"[places.index(place) % 2] for place in _PLACES]
    return {"game": {"cells": cells}, "over": over, "resigned": [], "turn": [] if over else [len(places) % 2]}


def _free(view: Json) -> list[str]:
    return [place for place, cell in zip(_PLACES, view["game"]["cells"]) if not cell]


_PLACES = ("a1", "b1", "c1", "a2", "b2", "c2", "a3", "b3", "c3")


def _all() -> list[Transcript]:
    one_each = (
        short_match, refusals_and_pings, coming_back, repairs, shared_feeds, from_aside, what_to_pick, feeds_that_end, a_lobby,
    )  # fmt: skip
    return [
        *(make() for make in one_each),
        talk_and_a_rematch(),
        a_bot_that_attends(),
        a_server_that_takes_its_leave(),
        *broken_conversations(),
    ]


def files() -> dict[str, str]:
    """Each golden file by its name."""
    contents: dict[str, Any] = {
        f"session_{made.json['title'].lower().replace(',', '').replace(' ', '_')}.json": made.json for made in _all()
    }
    contents |= {"patches.json": patches(), "bad_patches.json": bad_patches()}
    contents |= {"frames.json": frames(), "bad_frames.json": bad_frames()}
    return {name: _text(content) for name, content in contents.items()}


def _text(content: Any) -> str:
    """JSON with one line for each step or case, so that a change reads well as a diff."""
    if isinstance(content, list):
        return "[\n" + ",\n".join(_line(case) for case in content) + "\n]\n"
    head = _line({key: value for key, value in content.items() if key != "steps"})[:-1]
    return f'{head}, "steps": [\n' + ",\n".join(_line(step) for step in content["steps"]) + "\n]}\n"


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def main() -> None:
    """Says which files are not up to date, or writes them all."""
    arguments = argparse.ArgumentParser(description="Golden transcripts of the protocol.")
    arguments.add_argument("--write", action="store_true", help="write the files")
    made = files()
    if arguments.parse_args().write:
        FOLDER.mkdir(exist_ok=True)
        for name in {path.name for path in FOLDER.glob("*.json")} - made.keys():
            (FOLDER / name).unlink()
        for name, text in made.items():
            (FOLDER / name).write_text(text, encoding="utf-8")
    for name in stale(made):
        raise SystemExit(f"tests/transcripts/{name} is not up to date: make records")


def stale(made: dict[str, str]) -> list[str]:
    """The names of files that are missing, not wanted any more, or not what they should be."""
    there = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.json")}
    return sorted(name for name in made.keys() | there.keys() if made.get(name) != there.get(name))


if __name__ == "__main__":
    main()
