"""A record as lines of text: the header first, then one line per accepted command.

A header is a JSON object; an entry is `[version, at_ms, request, "NameOfCommand", {its fields}]`. The
lines are kept for ever: a field may be added with a default, never renamed.
"""

from collections.abc import Iterable, Mapping
from json.encoder import encode_basestring
from typing import Any, Generic, TypeVar, get_args

from pydantic import TypeAdapter, ValidationError
from pydantic_core import from_json, to_json

from game.matches.commands import PlayMove
from game.matches.record import Entry, RecordError

H = TypeVar("H")
C = TypeVar("C")


class LineFormat(Generic[H, C]):
    """How the records of one kind are written: by its type of header and its union of commands."""

    def __init__(self, header: type[H], commands: Any) -> None:
        self._header = TypeAdapter(header)
        self._commands: Mapping[str, TypeAdapter[C]] = {
            command.__name__: TypeAdapter(command) for command in get_args(commands)
        }

    def header_line(self, header: H) -> str:
        """The first line of a record."""
        return to_json(header, bytes_mode="hex").decode()

    def entry_line(self, version: int, at_ms: int, request: str, command: C) -> str:
        """The line of an accepted command."""
        if isinstance(command, PlayMove):  # most lines by far, and the same text, made faster
            seat, move = command.seat, encode_basestring(command.move)
            return f'[{version},{at_ms},{encode_basestring(request)},"PlayMove",{{"seat":{seat},"move":{move}}}]'
        return to_json((version, at_ms, request, type(command).__name__, command)).decode()

    def header(self, line: str) -> H:
        """The header in a line. Raises RecordError."""
        try:
            said = from_json(line)
            if "seed" in said:
                said["seed"] = bytes.fromhex(said["seed"])
            return self._header.validate_python(said)
        except (ValueError, TypeError, ValidationError) as error:
            raise RecordError(f"the header cannot be read: {error}") from None

    def entries(self, lines: Iterable[str]) -> list[Entry[C]]:
        """The entries in all lines after the first. Raises RecordError."""
        return [self._entry(line) for line in lines]

    def _entry(self, line: str) -> Entry[C]:
        try:
            version, at_ms, request, name, fields = from_json(line)
            return Entry(version, at_ms, request, self._commands[name].validate_python(fields))
        except (ValueError, TypeError, KeyError, ValidationError) as error:
            raise RecordError(f"an entry cannot be read: {error!r}") from None
