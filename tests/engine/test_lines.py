"""The lines of records."""

from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import to_json

from game.engine.lines import LineFormat
from game.matches.commands import Command, PlayMove
from game.matches.match import Header
from game.matches.record import Entry

LINES: LineFormat[Header, Command] = LineFormat(Header, Command)


@given(st.integers(1, 2**40), st.integers(0, 2**53), st.text(min_size=1), st.integers(0, 31), st.text())
def test_a_move_is_written_as_any_command_is(version: int, at_ms: int, request: str, seat: int, move: str) -> None:
    """Its line is put together by hand, for speed: byte for byte what the general way makes, and read back the same."""
    command = PlayMove(seat, move)
    line = LINES.entry_line(version, at_ms, request, command)
    assert line.encode() == to_json((version, at_ms, request, "PlayMove", command))
    assert LINES.entries([line]) == [Entry(version, at_ms, request, command)]
