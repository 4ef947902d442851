"""What a host must know of a match, and of a lobby: the two kinds of things that are kept."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, TypeVar

from game.engine.lines import LineFormat
from game.engine.storage import Line
from game.lobbies import commands as lobby_commands
from game.lobbies import lobby as lobbies
from game.lobbies import record as lobby_record
from game.lobbies.events import MatchStarted
from game.lobbies.lobby import Lobby
from game.matches import commands as match_commands
from game.matches import match as matches
from game.matches import record as match_record
from game.matches.match import Match
from game.matches.record import Entry, RecordError
from game.rules.catalog import Catalog
from game.rules.dice import commitment
from game.rules.moves import Moves
from game.rules.table import plain, seated

S = TypeVar("S")
H = TypeVar("H")
C = TypeVar("C")


class Kind(Protocol[S, H, C]):
    """One kind of subject: how it steps, how it is written, what may be seen of it."""

    @property
    def name(self) -> str:
        """The first part of the key of its records."""

    @property
    def lines(self) -> LineFormat[H, C]:
        """How its records are written."""

    def replay(self, header: H, entries: Sequence[Entry[C]]) -> S:
        """The subject after its last entry. Raises RecordError."""

    def advance(self, subject: S, command: C, now_ms: int) -> tuple[S, Sequence[object]]:
        """The next subject and what happened. Raises Refusal."""

    def author(self, subject: S, command: C) -> str:
        """The player who asks: request ids are theirs to choose."""

    def mover(self, command: C) -> int | None:
        """The seat whose move the command is, if it is one."""

    def finished(self, subject: S) -> bool:
        """Whether no command will ever be accepted again."""

    def consequences(self, subject: S, events: Sequence[object], now_ms: int) -> Sequence[Line]:
        """Lines of other records that must become durable together with the command."""

    def audience(self, subject: S, seat: int | None) -> int | None:
        """The audience that a seat belongs to."""

    def about(self, subject: S, form: str) -> Mapping[str, object]:
        """What never changes, in plain data."""

    def look(self, subject: S, audience: int | None, form: str) -> dict[str, object]:
        """What the audience may know now, in plain data."""

    def moves(self, subject: S, seat: int) -> Moves:
        """The moves of a seat; none when it owes none."""

    def picks(self, subject: S, move: str) -> Sequence[str]:
        """How a move is entered on the table."""


class Matches:
    """Matches, as a Kind."""

    name = "match"

    def __init__(self, catalog: Catalog) -> None:
        self.lines: LineFormat[matches.Header, match_commands.Command] = LineFormat(
            matches.Header, match_commands.Command
        )
        self._catalog = catalog

    def replay(self, header: matches.Header, entries: Sequence[Entry[match_commands.Command]]) -> Match:
        return match_record.replay(header, entries, self._catalog)

    advance = staticmethod(matches.advance)

    def author(self, match: Match, command: match_commands.Command) -> str:
        return match.header.seats[command.seat].id

    def mover(self, command: match_commands.Command) -> int | None:
        return command.seat if isinstance(command, match_commands.PlayMove) else None

    def finished(self, match: Match) -> bool:
        return match.outcome is not None

    def consequences(self, match: Match, events: Sequence[object], now_ms: int) -> Sequence[Line]:
        return ()

    def audience(self, match: Match, seat: int | None) -> int | None:
        return None if match.game.hides_nothing else seat

    def about(self, match: Match, form: str) -> Mapping[str, object]:
        header, game = match.header, match.game
        about: dict[str, object] = {
            "game": header.game,
            "options": dict(header.options),
            "players": [{"id": player.id, "name": player.name, "bot": player.bot} for player in header.seats],
            "commitment": commitment(header.seed),
            "created_ms": header.created_ms,
        }
        if form == "scene":
            about["table"] = plain(seated(game.table(game.Options(**header.options)), len(header.seats)))
        return about

    def look(self, match: Match, audience: int | None, form: str) -> dict[str, object]:
        return match.scene(audience) if form == "scene" else match.view(audience)

    def moves(self, match: Match, seat: int) -> Moves:
        return match.legal_moves(seat)

    def picks(self, match: Match, move: str) -> Sequence[str]:
        return match.game.picks(move)


class Lobbies:
    """Lobbies, as a Kind. One that starts makes a match: its header is durable with the start, or neither is."""

    name = "lobby"

    def __init__(self, catalog: Catalog, matches: Matches, new_seed: Callable[[], bytes]) -> None:
        self.lines: LineFormat[lobbies.Header, lobby_commands.Command] = LineFormat(
            lobbies.Header, lobby_commands.Command
        )
        self._catalog = catalog
        self._matches = matches
        self._new_seed = new_seed

    def replay(self, header: lobbies.Header, entries: Sequence[Entry[lobby_commands.Command]]) -> Lobby:
        if header.game not in self._catalog:
            raise RecordError(f"this server does not play {header.game}")
        return lobby_record.replay(header, entries)

    advance = staticmethod(lobbies.advance)

    def author(self, lobby: Lobby, command: lobby_commands.Command) -> str:
        return lobby_commands.author(command)

    def mover(self, command: lobby_commands.Command) -> None:
        return None

    def finished(self, lobby: Lobby) -> bool:
        return lobby.phase != "open"

    def consequences(self, lobby: Lobby, events: Sequence[object], now_ms: int) -> Sequence[Line]:
        return [
            Line(
                f"{Matches.name}/{lobby.header.id}", self._matches.lines.header_line(self._match(lobby, event, now_ms))
            )
            for event in events
            if isinstance(event, MatchStarted)
        ]

    def _match(self, lobby: Lobby, started: MatchStarted, now_ms: int) -> matches.Header:
        header = lobby.header
        return matches.Header(
            id=header.id,
            game=header.game,
            revision=self._catalog[header.game].revision,
            options=header.options,
            seats=started.seats,
            seed=self._new_seed(),
            created_ms=now_ms,
            listed=header.listed,
        )

    def audience(self, lobby: Lobby, seat: int | None) -> int | None:
        return None

    def about(self, lobby: Lobby, form: str) -> Mapping[str, object]:
        return {}

    def look(self, lobby: Lobby, audience: int | None, form: str) -> dict[str, object]:
        return lobbies.view(lobby)

    def moves(self, lobby: Lobby, seat: int) -> Moves:
        return ()

    def picks(self, lobby: Lobby, move: str) -> Sequence[str]:
        return ()
