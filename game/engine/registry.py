"""Finds hosts, wakes them from their records, and lets them go when nobody needs them."""

from asyncio import AbstractEventLoop, TimerHandle
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Any, TypeVar

import structlog

from game.engine.bulletin import Bulletin
from game.engine.host import BROKEN, OVERLOADED, UNAVAILABLE, Asker, Host
from game.engine.journal import Journal, JournalFull
from game.engine.kinds import Kind, Lobbies, Matches
from game.engine.limits import LOOK_AGAIN_SECONDS, SLEEP_AFTER_SECONDS
from game.engine.storage import Line, Storage, StorageCorrupt, StorageError
from game.lobbies import commands as lobby_commands
from game.lobbies import lobby as lobbies
from game.lobbies.events import BotAsked
from game.lobbies.limits import LOBBY_IDLE_MS
from game.lobbies.lobby import Asked, Lobby, Taken
from game.matches import commands as match_commands
from game.matches import match as matches
from game.matches.match import Match, Player
from game.matches.record import Entry, RecordError, Versioned
from game.matches.refusals import Refusal
from game.rules.catalog import Catalog

log = structlog.get_logger("parlour.registry")

MatchHost = Host[Match, matches.Header, match_commands.Command]
LobbyHost = Host[Lobby, lobbies.Header, lobby_commands.Command]
NOT_YOUR_SEAT = Refusal("not_your_seat", "That seat is not yours.")
UNREADABLE_NOW = Refusal("unavailable", "The server cannot read this at the moment. Try again.")

CallBot = Callable[[str, str, int, str], None]
"""Asks a bot, by name, to take a seat: name, lobby, seat, game."""

S = TypeVar("S", bound=Versioned)
H = TypeVar("H")
C = TypeVar("C")


class Registry:
    """Every match and lobby of this server, awake or asleep."""

    def __init__(
        self,
        catalog: Catalog,
        storage: Storage,
        journal: Journal,
        loop: AbstractEventLoop,
        now_ms: Callable[[], int],
        new_seed: Callable[[], bytes],
        call_bot: CallBot,
    ) -> None:
        self.open_lobbies = Bulletin(loop)
        """The public list, live."""
        self.open_matches: dict[str, matches.Header] = {}
        """Every match that is not over, awake or asleep."""
        self._matches_of: dict[str, set[str]] = {}
        self._storage = storage
        self._journal = journal
        self._loop = loop
        self._now_ms = now_ms
        self._call_bot = call_bot
        self._matches = Matches(catalog)
        self._lobbies = Lobbies(catalog, self._matches, new_seed)
        self._awake: dict[str, Host[Any, Any, Any]] = {}
        self._opening: dict[str, lobbies.Header] = {}
        self._idle_checks: dict[str, TimerHandle] = {}
        """For each open lobby, when it is looked at next."""

    def open(self) -> None:
        """Takes up what the storage holds: open lobbies are woken, open matches are known by their headers."""
        for key, line in self._storage.open_headers("match/"):
            try:
                self._match_opened(self._matches.lines.header(line or ""))
            except RecordError as error:
                log.error("record_unreadable", record=key, error=str(error))
        for key, _ in self._storage.open_headers("lobby/"):
            self._take_up(self._lobbies, key.partition("/")[2])

    def match(self, id: str) -> MatchHost:
        """The host of a match. Raises Refusal."""
        return self._find(self._matches, id, "There is no match of that id.")

    def seated(self, id: str, seat: int, player: str) -> MatchHost:
        """The host of a match in which the player has that seat. Raises Refusal."""
        host = self._awake.get(f"match/{id}") or self.match(id)
        seats = host.told.header.seats
        if seat >= len(seats) or seats[seat].id != player:
            raise NOT_YOUR_SEAT.anew()
        return host

    def lobby(self, id: str) -> LobbyHost:
        """The host of a lobby. Raises Refusal."""
        return self._find(self._lobbies, id, "There is no lobby of that code.")

    def seats(self, id: str) -> int:
        """How many seats a match has. Raises Refusal."""
        header = self.open_matches.get(id) or self.match(id).told.header
        return len(header.seats)

    def matches_of(self, player: str) -> AbstractSet[str]:
        """The ids of the matches under way in which the player has a seat."""
        return self._matches_of.get(player, set())

    def lobbies_hosted(self, player: str) -> int:
        """How many open lobbies the player hosts."""
        return sum(lobby.host_id == player for lobby in self._open())

    def create_lobby(self, header: lobbies.Header, request: str, asker: Asker, check: Callable[[], None]) -> None:
        """Opens a lobby; the asker hears its id once it is durable. Raises Refusal.

        The same header again is the same request again, and gets the same answer; only a new one is checked.
        """
        known = self._known_lobby(header.id)
        if known is not None and replace(known, created_ms=0) != replace(header, created_ms=0):
            raise Refusal("request_reused", "This request id was used before, for something else.")
        self.share_lobby(header, request, asker, check)

    def share_lobby(self, header: lobbies.Header, request: str, asker: Asker, check: Callable[[], None]) -> None:
        """Opens a lobby, or finds the one that another opened; the asker hears its id once it is durable.

        Raises Refusal; only a new one is checked.
        """
        if self._known_lobby(header.id) is None:
            check()
            self._open_lobby(header, request, asker)
        else:
            self._find_lobby(header.id, request, asker)

    def asked_seats(self, bot: Player) -> list[tuple[str, int, str]]:
        """The seats in open lobbies that wait for a bot, or for the match to start with it: lobby, seat, game."""
        return [
            (lobby.header.id, number, lobby.header.game)
            for lobby in self._open()
            for number, seat in enumerate(lobby.seats)
            if seat == Asked(bot.name) or (isinstance(seat, Taken) and seat.player == bot)
        ]

    def entries(self, match: Match) -> Sequence[Entry[match_commands.Command]]:
        """The commands that made a match what it is, from its record. Raises Refusal."""
        try:
            lines = self._storage.read(self._key(self._matches, match.header.id)) or []
            return self._matches.lines.entries(lines[1 : match.version + 1])
        except (RecordError, StorageError) as error:
            raise self._unreadable(self._matches, match.header.id, error) from error

    # What hosts say to their owner

    def changed(self, host: Host[Any, Any, Any], events: Sequence[object], consequences: Sequence[Line]) -> None:
        if isinstance(host.told, Match):
            self._match_changed(host.told)
        else:
            self._lobby_changed(host.told, events, consequences)

    def resting(self, host: Host[Any, Any, Any]) -> None:
        if not host.sleepy:
            host.sleepy = True
            self._loop.call_later(SLEEP_AFTER_SECONDS, self._let_sleep, host)

    def lost(self, host: Host[Any, Any, Any]) -> None:
        self._forget(host)
        self._loop.call_soon(self._take_up, host.kind, host.id, host.told)

    # Inside

    def _find(self, kind: Kind[S, H, C], id: str, unknown: str) -> Host[S, H, C]:
        host = self._awake.get(self._key(kind, id))
        return self._wake(kind, id, unknown) if host is None else host

    def _wake(self, kind: Kind[S, H, C], id: str, unknown: str) -> Host[S, H, C]:
        key = self._key(kind, id)
        try:
            lines = self._storage.read(key)
            if not lines:
                raise Refusal(f"no_such_{kind.name}", unknown)
            entries = kind.lines.entries(lines[1:])
            subject = kind.replay(kind.lines.header(lines[0]), entries)
        except (RecordError, StorageError) as error:
            raise self._unreadable(kind, id, error) from error
        except Refusal:
            raise
        except Exception as error:  # whatever rules may raise, it is this record's trouble alone
            log.exception("rules_failed", host=key)
            raise BROKEN.anew() from error
        host = Host(id, subject, entries, kind, self._journal, self)
        self._awake[key] = host
        self.resting(host)
        return host

    def _unreadable(self, kind: Kind[S, H, C], id: str, error: Exception) -> Refusal:
        damaged = isinstance(error, RecordError | StorageCorrupt)
        log.error("record_unreadable" if damaged else "read_failed", record=self._key(kind, id), error=str(error))
        if damaged:
            return Refusal("record_unreadable", f"The record of this {kind.name} is damaged. It cannot be read.")
        return UNREADABLE_NOW.anew()

    def _let_sleep(self, host: Host[Any, Any, Any]) -> None:
        host.sleepy = False
        if host.idle and not (isinstance(host.told, Lobby) and host.told.phase == "open"):
            self._forget(host)

    def _forget(self, host: Host[Any, Any, Any]) -> None:
        """Lets go of this host, and not of another that has taken its place: there is one writer, or none."""
        key = self._key(host.kind, host.id)
        if self._awake.get(key) is host:
            del self._awake[key]

    def _take_up(self, kind: Kind[Any, Any, Any], id: str, told: Match | Lobby | None = None) -> None:
        """Makes what is known of a record agree with it: at the start, and when it is not sure what was kept of it.

        `told` is what was told of it last. Open lobbies are always awake: they are on the list, and bots are asked
        for in them.
        """
        try:
            kept = self._find(kind, id, "Nothing was kept.").told
        except Refusal as refusal:
            if refusal.code == UNREADABLE_NOW.code:
                self._loop.call_later(LOOK_AGAIN_SECONDS, self._take_up, kind, id, told)
            return
        self._know(kept)
        if isinstance(told, Lobby):
            self._call_bots(kept, told)

    def _know(self, subject: Match | Lobby) -> None:
        """What is known of a subject is as the subject is."""
        if isinstance(subject, Match):
            (self._match_opened if subject.outcome is None else self._match_closed)(subject.header)
            return
        self._show(subject)
        if subject.phase == "open":
            self._close_when_idle(subject)
        elif subject.phase == "started":
            self._take_up(self._matches, subject.header.id)

    def _known_lobby(self, id: str) -> lobbies.Header | None:
        if id in self._opening:
            return self._opening[id]
        try:
            return self.lobby(id).told.header
        except Refusal as refusal:
            if refusal.code != "no_such_lobby":
                raise
            return None

    def _open_lobby(self, header: lobbies.Header, request: str, asker: Asker) -> None:
        lobbies.open_lobby(header)
        line = Line(self._key(self._lobbies, header.id), self._lobbies.lines.header_line(header))
        try:
            self._journal.append([line], lambda error: self._opened(header, request, asker, error))
        except JournalFull:
            raise OVERLOADED.anew() from None
        self._opening[header.id] = header

    def _find_lobby(self, id: str, request: str, asker: Asker) -> None:
        if id not in self._opening:
            asker.accepted(request, id)
            return
        try:
            self._journal.append([], lambda error: self._answer(id, request, asker, error))
        except JournalFull:
            raise OVERLOADED.anew() from None

    def _opened(self, header: lobbies.Header, request: str, asker: Asker, error: StorageError | None) -> None:
        del self._opening[header.id]
        if error is None:
            self._begin(header)
        else:
            self._loop.call_soon(self._take_up, self._lobbies, header.id)
        self._answer(header.id, request, asker, error)

    def _answer(self, id: str, request: str, asker: Asker, error: StorageError | None) -> None:
        if error is None:
            asker.accepted(request, id)
        else:
            asker.refused(request, UNAVAILABLE)

    def _begin(self, header: lobbies.Header) -> None:
        """A lobby is durable, and nothing has been asked of it yet."""
        lobby = lobbies.open_lobby(header)
        self._awake[self._key(self._lobbies, header.id)] = Host(
            header.id, lobby, (), self._lobbies, self._journal, self
        )
        self._know(lobby)

    def _match_opened(self, header: matches.Header) -> None:
        self.open_matches[header.id] = header
        for player in header.seats:
            self._matches_of.setdefault(player.id, set()).add(header.id)

    def _match_closed(self, header: matches.Header) -> None:
        self.open_matches.pop(header.id, None)
        for player in header.seats:
            under_way = self._matches_of.get(player.id, set())
            under_way.discard(header.id)
            if not under_way:
                self._matches_of.pop(player.id, None)

    def _match_changed(self, match: Match) -> None:
        if match.outcome is not None:
            self._match_closed(match.header)
            log.info("match_ended", match=match.header.id, version=match.version, ending=match.outcome.ending)

    def _lobby_changed(self, lobby: Lobby, events: Sequence[object], consequences: Sequence[Line]) -> None:
        self._show(lobby)
        for line in consequences:
            header = self._matches.lines.header(line.text)
            self._match_opened(header)
            log.info("match_started", match=header.id, game=header.game, seats=len(header.seats))
        for event in events:
            if isinstance(event, BotAsked):
                self._call_bot(event.bot_name, lobby.header.id, event.seat, lobby.header.game)

    def _call_bots(self, lobby: Lobby, told: Lobby) -> None:
        """Asks those that are waited for since it was last told of."""
        for number, (seat, before) in enumerate(zip(lobby.seats, told.seats)):
            if isinstance(seat, Asked) and seat != before:
                self._call_bot(seat.bot_name, lobby.header.id, number, lobby.header.game)

    def _show(self, lobby: Lobby) -> None:
        header = lobby.header
        if lobby.phase != "open":
            self._forget_idleness(header.id)
        if lobby.phase != "open" or not header.listed:
            self.open_lobbies.drop(header.id)
            return
        host = lobby.member(lobby.host_id)
        self.open_lobbies.put(
            header.id,
            {
                "game": header.game,
                "options": dict(header.options),
                "host": host.name if host else "",
                "seats": len(lobby.seats),
                "taken": len(lobby.taken),
            },
        )

    def _close_when_idle(self, lobby: Lobby) -> None:
        if lobby.header.id not in self._idle_checks:
            due_ms = lobby.active_ms + LOBBY_IDLE_MS - self._now_ms()
            self._check_idle_in(max(due_ms, 0) / 1000, lobby.header.id)

    def _check_idle_in(self, seconds: float, id: str) -> None:
        self._idle_checks[id] = self._loop.call_later(seconds, self._check_idle, id)

    def _check_idle(self, id: str) -> None:
        """Closes a lobby that nobody uses. Looks again while it is open, for what is tried may not be saved."""
        del self._idle_checks[id]
        try:
            host = self.lobby(id)
        except Refusal as refusal:
            log.error("lobby_unavailable", lobby=id, error=refusal.sentence)
            self._check_idle_in(LOOK_AGAIN_SECONDS, id)
            return
        now_ms = self._now_ms()
        if host.told.phase != "open":
            return
        if now_ms - host.told.active_ms < LOBBY_IDLE_MS:
            self._close_when_idle(host.told)
            return
        self._check_idle_in(LOOK_AGAIN_SECONDS, id)
        host.submit(lobby_commands.CloseIdle(), f"idle-{now_ms}", None, now_ms)

    def _forget_idleness(self, id: str) -> None:
        if (planned := self._idle_checks.pop(id, None)) is not None:
            planned.cancel()

    def _open(self) -> Iterator[Lobby]:
        """What was told of each open lobby. Those alone are looked at, among however many matches."""
        for id in self._idle_checks:
            host = self._awake.get(self._key(self._lobbies, id))
            if host is not None and host.told.phase == "open":
                yield host.told

    def _key(self, kind: Any, id: str) -> str:
        return f"{kind.name}/{id}"
