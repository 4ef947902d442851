"""Every message of the wire: the one source of validation, schema, types and documentation.

A message is a frame holding the array `[code, field, …]`, fields in the order given here. Fields at the
end that are nil may be left out. Each client message but `Hello` and `Ping` is a request: it carries an
id that its sender chose, never to be used again for anything else, and gets exactly one `Accepted` or
`Refused` with that id.
"""

from typing import Annotated, Any, Literal, NamedTuple, TypeVar, cast

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from protocol import framing
from protocol.errors import BadMessage, UnknownMessage
from protocol.limits import (
    ATTENDED_GAMES_MAX,
    CHAT_CHARS_MAX,
    ID_CHARS_MAX,
    MOVE_CHARS_MAX,
    NAME_CHARS_MAX,
    OPTIONS_MAX,
    SEATS_MAX,
    TOKEN_CHARS_MAX,
)

RequestId = Annotated[str, Field(min_length=1, max_length=ID_CHARS_MAX, description="chosen by the sender, used once")]
Id = Annotated[str, Field(min_length=1, max_length=ID_CHARS_MAX)]
Name = Annotated[str, Field(min_length=1, max_length=NAME_CHARS_MAX)]
Token = Annotated[str, Field(min_length=1, max_length=TOKEN_CHARS_MAX)]
GameKey = Annotated[str, Field(min_length=1, max_length=64)]
Seat = Annotated[int, Field(ge=0, lt=SEATS_MAX)]
Seats = Annotated[int, Field(ge=1, le=SEATS_MAX)]
MoveText = Annotated[str, Field(min_length=1, max_length=MOVE_CHARS_MAX)]
ChatText = Annotated[str, Field(min_length=1, max_length=CHAT_CHARS_MAX)]
Version = Annotated[int, Field(ge=0)]
Milliseconds = Annotated[int, Field(description="since 1970-01-01 UTC")]
FeedNumber = Annotated[int, Field(ge=1, description="names a feed on this connection, until it is left")]
Topic = Annotated[
    str,
    Field(
        min_length=1,
        max_length=64,
        pattern=r"^(lobbies|attendants|(lobby|match|presence|chat|gallery)/[^/]+)$",
        description="`match/ID`, `presence/ID` (who is there in a match), `lobby/ID`, `chat/ID` (what is said in a "
        "lobby and its match), `gallery/ID` (what spectators of a match say to each other), `lobbies` (the open ones) or `attendants` (bots one can ask for)",
    ),
]
OptionValue = bool | int | Annotated[str, Field(max_length=256)]
Options = Annotated[dict[Annotated[str, Field(max_length=64)], OptionValue], Field(max_length=OPTIONS_MAX)]
Form = Literal["view", "scene"]
Code = Annotated[str, Field(min_length=1, max_length=64, description="stable, for programs")]
Sentence = Annotated[str, Field(min_length=1, max_length=512, description="for people")]


# Client to server


class Hello(NamedTuple):
    """The first message. Without a token the server makes a guest of that name, or of a name of its own.

    With a token and a name the player of the token goes by that name from now on, and gets a token that
    says so. Lobbies and matches that they are in keep the name of before.
    """

    token: Token | None = None
    name: Name | None = None


class Ping(NamedTuple):
    """Asks for a `Pong`: liveness, round trip and the offset of the clocks."""

    sent_ms: Milliseconds


class Watch(NamedTuple):
    """Listens to a topic, as a seat that is one's own or as a spectator.

    Accepted with `{"feed": number, …}` and what does not change about the topic; then follow either
    the updates after `version`, when `epoch` and `version` say what one has, or a `Snapshot`; and then
    the `LegalMoves` of that seat, now and whenever it owes a move, when `moves` is true. A form of nil
    is `view`. A watch ends with its connection: sent again on another, it is carried out again. When
    `aside` is true, the watcher does not count as being there in the match, as for a list of matches.
    """

    request: RequestId
    topic: Topic
    seat: Seat | None = None
    form: Form | None = None
    moves: bool | None = None
    epoch: Id | None = None
    version: Version | None = None
    aside: bool | None = None


class Unwatch(NamedTuple):
    """Stops listening to a feed."""

    request: RequestId
    feed: FeedNumber


class Play(NamedTuple):
    """Makes a move. Accepted with the version that it made.

    With `version`, that of the view the move was chosen for, it is refused as `too_late` when the seat has
    moved since: so a move never counts for another turn than the one that was meant.
    """

    request: RequestId
    match: Id
    seat: Seat
    move: MoveText
    version: Version | None = None


class Resign(NamedTuple):
    """Gives up a seat's match. Accepted with the version that it made."""

    request: RequestId
    match: Id
    seat: Seat


class Rematch(NamedTuple):
    """One more, after a match that is over, by who had a seat in it.

    Accepted with the id of a lobby of the same game, options and seats: the same for all who ask. Its host is who asked
    first; seats are taken as in any lobby.
    """

    request: RequestId
    match: Id


class CreateLobby(NamedTuple):
    """Opens a lobby and becomes its host. Accepted with its id, which is also its join code."""

    request: RequestId
    game: GameKey
    options: Options
    seats: Seats
    listed: Annotated[bool, Field(description="false: only those who have the code find it")]


class JoinLobby(NamedTuple):
    """Enters a lobby without taking a seat."""

    request: RequestId
    lobby: Id


class LeaveLobby(NamedTuple):
    """Leaves a lobby and its seats."""

    request: RequestId
    lobby: Id


class TakeSeat(NamedTuple):
    """Sits down on a free seat (nil: on any), ready to start. Enters the lobby if need be."""

    request: RequestId
    lobby: Id
    seat: Seat | None = None


class StandUp(NamedTuple):
    """Leaves a seat (nil: every one that one has), and stays in the lobby."""

    request: RequestId
    lobby: Id
    seat: Seat | None = None


class AskBot(NamedTuple):
    """The host asks an attending bot, by name, to take a free seat."""

    request: RequestId
    lobby: Id
    seat: Seat
    bot: Name


class SetReady(NamedTuple):
    """Says whether the match may start as far as one's own seats are concerned."""

    request: RequestId
    lobby: Id
    ready: bool


class StartMatch(NamedTuple):
    """The host starts with those who sit, when the game can be played by so many."""

    request: RequestId
    lobby: Id


class Kick(NamedTuple):
    """The host removes a player."""

    request: RequestId
    lobby: Id
    player: Id


class Say(NamedTuple):
    """Says something to all who are in a lobby, or in the match that came of it. It is not kept over a restart.

    In a match that is not over only its players speak so.

    When `gallery` is true it is said in the match's gallery, which is the spectators' until the match is over: its
    players neither hear it nor speak there. Then it is everybody's.
    """

    request: RequestId
    lobby: Id
    text: ChatText
    gallery: bool | None = None


class Decline(NamedTuple):
    """An attending bot does not take the seat that it was asked for; the seat is free again."""

    request: RequestId
    lobby: Id
    seat: Seat


class Attend(NamedTuple):
    """Offers to sit down as a bot wherever one of this player's name is asked for.

    While a player attends under a name, on however many connections, no other player does.
    """

    request: RequestId
    games: Annotated[list[GameKey], Field(max_length=ATTENDED_GAMES_MAX)]


# Server to client


class Welcome(NamedTuple):
    """The answer to `Hello`. `token` proves to be the same player next time; keep it."""

    player: Id
    name: Name
    token: Token
    epoch: Annotated[Id, Field(description="changes when the server restarts; feeds and versions belong to one")]
    server_ms: Milliseconds


class Pong(NamedTuple):
    """The answer to `Ping`."""

    sent_ms: Milliseconds
    server_ms: Milliseconds


class Accepted(NamedTuple):
    """The request was carried out and is durable. `value` is described with each request."""

    request: RequestId
    value: Annotated[Any, Field(description="nil, a number, a text or a map")] = None


class Refused(NamedTuple):
    """The request was not carried out, and nothing has changed. `wait_ms`: how long before asking again."""

    request: RequestId
    code: Code
    sentence: Sentence
    wait_ms: Annotated[int, Field(ge=0)] | None = None


class Snapshot(NamedTuple):
    """All of a feed's view at a version; what came before is of no use any more."""

    feed: FeedNumber
    version: Version
    view: dict[str, Any]
    reason: Literal["first", "too_old", "other_epoch", "from_the_future"]


class Update(NamedTuple):
    """The patch from the view at the version before. `checksum` comes from time to time."""

    feed: FeedNumber
    version: Version
    patch: list[Any]
    checksum: Annotated[int, Field(ge=0, lt=2**32, description="CRC-32 of the new view as canonical JSON")] | None = (
        None
    )


class LegalMoves(NamedTuple):
    """The moves of a seat that owes one, to those who asked for them by `Watch.moves`.

    Each is a text, `["number", verb, low, high, step]` or `["subset", verb, words, least, most]`; a number may
    have a sixth element, its presets: `[[label, amount], …]`.
    `picks` has the picks of each, for feeds of the form `scene`: nil where the one pick is the move's own
    text, as on a board of many places, and nil for the whole list where that holds for every move.
    """

    feed: FeedNumber
    version: Version
    seat: Seat
    moves: list[Any]
    picks: list[list[str] | None] | None = None


class FeedEnded(NamedTuple):
    """Nothing more comes from this feed. With code `unavailable`: watch the topic again."""

    feed: FeedNumber
    code: Code
    sentence: Sentence


class ComeBack(NamedTuple):
    """The server is about to close the connection. Come back after so long, which differs from client to client."""

    after_ms: Annotated[int, Field(ge=0)]
    sentence: Sentence


class Invited(NamedTuple):
    """To an attending bot: take this seat."""

    lobby: Id
    seat: Seat
    game: GameKey


Request = (
    Watch
    | Unwatch
    | Play
    | Resign
    | CreateLobby
    | JoinLobby
    | LeaveLobby
    | TakeSeat
    | StandUp
    | AskBot
    | Decline
    | SetReady
    | StartMatch
    | Kick
    | Say
    | Attend
    | Rematch
)
ClientMessage = Hello | Ping | Request
ServerMessage = Welcome | Pong | Accepted | Refused | Snapshot | Update | LegalMoves | FeedEnded | Invited | ComeBack
Message = ClientMessage | ServerMessage

CLIENT_CODES: dict[int, type[ClientMessage]] = {
    1: Hello,
    2: Ping,
    3: Watch,
    4: Unwatch,
    5: Play,
    6: Resign,
    7: Rematch,
    10: CreateLobby,
    11: JoinLobby,
    12: LeaveLobby,
    13: TakeSeat,
    14: AskBot,
    15: SetReady,
    16: StartMatch,
    17: Kick,
    18: StandUp,
    19: Say,
    20: Attend,
    21: Decline,
}
SERVER_CODES: dict[int, type[ServerMessage]] = {
    64: Welcome,
    65: Pong,
    66: Accepted,
    67: Refused,
    68: Snapshot,
    69: Update,
    70: LegalMoves,
    71: FeedEnded,
    72: Invited,
    73: ComeBack,
}
CODE_OF: dict[type[Message], int] = {kind: code for code, kind in (CLIENT_CODES | SERVER_CODES).items()}

_PLAY = CODE_OF[Play]
_STRICT = ConfigDict(strict=True)
M = TypeVar("M")


def _validators(codes: dict[int, type[M]]) -> dict[int, TypeAdapter[M]]:
    return {code: TypeAdapter(kind, config=_STRICT) for code, kind in codes.items()}


_CLIENT_VALIDATORS = _validators(CLIENT_CODES)
_SERVER_VALIDATORS = _validators(SERVER_CODES)


def encode(message: Message) -> bytes:
    """The frame of a message."""
    fields: tuple[object, ...] = (CODE_OF[type(message)], *message)
    while fields[-1] is None:
        fields = fields[:-1]
    return framing.encode(fields)


def decode_client(frame: bytes) -> ClientMessage:
    """The client's message in a frame. Raises FrameError or MessageError."""
    return _decode(frame, _CLIENT_VALIDATORS)


def decode_server(frame: bytes) -> ServerMessage:
    """The server's message in a frame. Raises FrameError or MessageError."""
    return _decode(frame, _SERVER_VALIDATORS)


def _decode(frame: bytes, validators: dict[int, TypeAdapter[M]]) -> M:
    fields = framing.decode(frame)
    if type(fields) is not list or not fields or type(fields[0]) is not int:
        raise BadMessage("a message is an array that begins with its code")
    code = fields[0]
    if code == _PLAY and code in validators and (play := _plain_play(fields)) is not None:
        return cast("M", play)
    validator = validators.get(code)
    if validator is None:
        raise UnknownMessage(f"no message has the code {code}")
    try:
        return validator.validate_python(fields[1:])
    except ValidationError as error:
        raise BadMessage(_sentence(code, error)) from None


def _plain_play(fields: list[Any]) -> Play | None:
    """A move that is right in every field, as most are. Of others the validator says what is wrong."""
    if len(fields) != 1 + len(Play._fields):
        return None
    _, request, match, seat, move, version = fields
    if (
        type(request) is type(match) is type(move) is str
        and type(seat) is type(version) is int
        and 0 < len(request) <= ID_CHARS_MAX
        and 0 < len(match) <= ID_CHARS_MAX
        and 0 < len(move) <= MOVE_CHARS_MAX
        and 0 <= seat < SEATS_MAX
        and version >= 0
    ):
        return Play(request, match, seat, move, version)
    return None


def _sentence(code: int, error: ValidationError) -> str:
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    kind: type[Any] = (CLIENT_CODES | SERVER_CODES)[code]
    where = ".".join(
        kind._fields[part] if step == 0 and isinstance(part, int) and part < len(kind._fields) else _printable(part)
        for step, part in enumerate(first["loc"])
    )
    return f"{kind.__name__}{f', field {where}' if where else ''}: {first['msg']}"


def _printable(part: int | str) -> str:
    """A key that a peer made up, as it can stand in a log."""
    return "".join(sign if sign.isprintable() else "?" for sign in str(part)[:32])
