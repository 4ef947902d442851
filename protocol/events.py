"""What a client's session tells whoever owns it."""

from typing import Any, NamedTuple, TypeAlias

from protocol.messages import Accepted, Form, Refused, Request
from protocol.patches import View


class Welcomed(NamedTuple):
    """The conversation is open: what was asked for before is on its way."""

    player: str
    name: str
    token: str
    epoch: str
    server_ms: int


class Answered(NamedTuple):
    """The one answer to a request. `answer.request` is the id that `request` had when it was made."""

    request: Request
    answer: Accepted | Refused


class ViewChanged(NamedTuple):
    """The view of a watched topic at a version."""

    topic: str
    seat: int | None
    form: Form | None
    version: int
    view: View


class MovesOffered(NamedTuple):
    """The legal moves of a seat that owes one, in the forms of `LegalMoves`."""

    topic: str
    seat: int
    form: Form | None
    version: int
    moves: list[Any]
    picks: list[list[str] | None] | None


class TopicEnded(NamedTuple):
    """Nothing more comes of a topic; with `again`, call `watch_again` after a while."""

    topic: str
    seat: int | None
    form: Form | None
    code: str
    sentence: str
    again: bool


class InvitedToSit(NamedTuple):
    """To an attending bot: take this seat."""

    lobby: str
    seat: int
    game: str


class SentAway(NamedTuple):
    """The server is about to close the connection; connect again after so long, not sooner."""

    after_ms: int
    sentence: str


class Ponged(NamedTuple):
    """The answer to `ping`: round trip and clock offset follow from both times."""

    sent_ms: int
    server_ms: int


Event: TypeAlias = Welcomed | Answered | ViewChanged | MovesOffered | TopicEnded | InvitedToSit | SentAway | Ponged
