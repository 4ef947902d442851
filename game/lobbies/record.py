"""What is kept of a lobby: a header and the accepted commands, from which it is rebuilt."""

from collections.abc import Iterable

from game.lobbies.commands import Command
from game.lobbies.lobby import Header, Lobby, advance, open_lobby
from game.matches.record import Entry, RecordError, play_back
from game.matches.refusals import Refusal


def replay(header: Header, entries: Iterable[Entry[Command]]) -> Lobby:
    """The lobby as it stood after the last entry. Raises RecordError."""
    try:
        lobby = open_lobby(header)
    except Refusal as refusal:
        raise RecordError(f"the header is refused: {refusal.sentence}") from refusal
    return play_back(lobby, entries, advance)
