"""The published record of a match that is over, as `GET /api/matches/ID/record` gives it."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from game.rules.dice import SEED_BYTES

Draw = tuple[Annotated[int, Field(ge=1, le=2**64)], Annotated[int, Field(ge=0)]]
"""n, and the number from 0 to n-1 that was drawn."""
Seat = Annotated[int, Field(ge=0)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Player(_Part):
    """Who sat in a seat."""

    name: str
    bot: bool


class PlayMove(_Part):
    """A seat made a move."""

    name: Literal["PlayMove"]
    seat: Seat
    move: str


class Resign(_Part):
    """A seat gave up."""

    name: Literal["Resign"]
    seat: Seat


class Entry(_Part):
    """An accepted command, what happened by it and what was drawn for it."""

    version: Annotated[int, Field(ge=1)]
    at_ms: int
    command: Annotated[PlayMove | Resign, Field(discriminator="name")]
    events: list[dict[str, Any]]
    draws: list[Draw]


class Record(_Part):
    """A match, so that anyone can play it again. `draws` are those of the setup."""

    format: Literal[1]
    id: str
    game: str
    revision: int
    options: dict[str, bool | int | str]
    players: Annotated[list[Player], Field(min_length=1)]
    created_ms: int
    commitment: str
    seed: Annotated[str, Field(pattern=rf"^[0-9a-f]{{{2 * SEED_BYTES}}}$")]
    outcome: dict[str, Any]
    draws: list[Draw]
    entries: list[Entry]


class NotARecord(Exception):
    """What was read is not the record of a match; the sentence says where."""


def read_record(text: str | bytes) -> Record:
    """The record in a JSON text. Raises NotARecord."""
    try:
        return Record.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise NotARecord(f"{where}: {first['msg']}" if where else first["msg"]) from None
