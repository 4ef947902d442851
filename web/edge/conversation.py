"""One player's side of the server: what each message asks, carried to the engine and answered.

Whatever carries the frames (a `Peer`) is not known here. Handling a message runs straight through: no
task, no await.
"""

from collections.abc import Callable
from typing import Any, Protocol

import structlog

from game.engine.host import BROKEN, Asker
from game.engine.registry import MatchHost
from game.lobbies import commands as lobby
from game.lobbies.lobby import Asked, Lobby
from game.matches.commands import PlayMove, Resign
from game.matches.match import Player
from game.matches.refusals import Refusal
from protocol import messages
from protocol.errors import CloseCode, FrameTooLarge, ProtocolError
from protocol.limits import WATCHES_MAX
from protocol.server_session import ServerSession
from web.edge.admission import Visitor
from web.edge.feeds import Feed, Reason
from web.edge.frames import binary_frame
from web.edge.parlour import Parlour
from web.edge.presence import Room, Visit
from web.edge.texts import clean_text
from web.edge.tokens import Identity, TokenError

log = structlog.get_logger("parlour.conversation")


class Peer(Protocol):
    """What carries frames to the player."""

    def write(self, frame: bytes) -> None:
        """Sends a frame."""

    def close(self, code: int, reason: str) -> None:
        """Ends the connection."""


class Announced:
    """An Asker for another: what it opens is announced to all who are there in the match."""

    def __init__(self, asker: Asker, room: Room) -> None:
        self._asker = asker
        self._room = room

    def accepted(self, request: str, value: object) -> None:
        self._room.put("rematch", {"lobby": value})
        self._asker.accepted(request, value)

    def refused(self, request: str, refusal: Refusal) -> None:
        self._asker.refused(request, refusal)


class Conversation:
    """From `hello` until the connection is gone. An Asker, a Reader and an Attendant."""

    __slots__ = (
        "_address",
        "_attends",
        "_bucket",
        "_feeds",
        "_identity",
        "_parlour",
        "_peer",
        "_session",
        "_slow_downs",
        "_visitor",
        "_visits",
        "write",
    )

    def __init__(self, parlour: Parlour, peer: Peer, address: str) -> None:
        """`address` is where the peer is."""
        self._parlour = parlour
        self._peer = peer
        self._address = address
        self._session = ServerSession()
        self._identity: Identity | None = None
        self._feeds: dict[int, Feed] = {}
        self._visits: dict[int, dict[int | None, Visit]] = {}
        """By feed and seat: where this connection counts as present, or as away, because of it."""
        self._attends = False
        self._bucket = parlour.admission.bucket(address, parlour.loop.time())
        self._visitor: Visitor | None = None
        self._slow_downs = 0
        self.write = peer.write

    @property
    def greeted(self) -> bool:
        """Whether the peer has said hello."""
        return self._identity is not None

    def receive(self, frame: bytes) -> None:
        """Handles one message of the peer."""
        try:
            message = self._session.receive(frame)
        except ProtocolError as error:
            log.info(
                "protocol_error",
                player=self._identity and self._identity.player,
                code=error.close_code.name,
                error=str(error),
            )
            self._peer.close(error.close_code, str(error))
            return
        now = self._parlour.loop.time()
        if wait := self._bucket.wait(now) or (self._visitor is not None and self._visitor.bucket.wait(now)):
            self._slow_down(message, wait)
            return
        if self._slow_downs:
            self._slow_downs -= 1
        handle = _HANDLERS[type(message)]
        try:
            handle(self, message)
        except Refusal as refusal:
            assert not isinstance(message, messages.Hello | messages.Ping), "only requests are refused"
            self.refused(message.request, refusal)
        except Exception:  # whatever a game may raise when it is asked for a view or for moves
            if isinstance(message, messages.Hello | messages.Ping):
                raise
            log.exception("request_failed", kind=type(message).__name__)
            self.refused(message.request, BROKEN)

    def gone(self) -> None:
        """The connection is lost."""
        feeds, self._feeds = self._feeds, {}
        for feed in feeds.values():
            feed.leave(self, self._parlour.loop)
        for number in list(self._visits):
            self._leave_rooms(number)
        if self._attends and self._identity:
            self._parlour.attendance.leave(self._identity.name, self)
        now = self._parlour.loop.time()
        self._parlour.admission.give_back(self._address, self._bucket, now)
        if self._visitor and self._identity:
            self._parlour.admission.part(self._identity.player, now)

    def send_away(self, after_ms: int) -> None:
        """The server stops: the player is told when to come back, and the connection is closed."""
        if self._visitor:
            self._send(messages.ComeBack(after_ms, "The server restarts."))
        self._peer.close(CloseCode.RESTARTING, "the server restarts")

    # What others tell this player

    def accepted(self, request: str, value: object) -> None:
        self.write(binary_frame(messages.encode(messages.Accepted(request, value))))

    def refused(self, request: str, refusal: Refusal) -> None:
        self._send(messages.Refused(request, refusal.code, refusal.sentence))

    def feed_ended(self, feed: Feed) -> None:
        self._feeds.pop(feed.number, None)
        self._leave_rooms(feed.number)

    def invite(self, lobby: str, seat: int, game: str) -> None:
        self._send(messages.Invited(lobby, seat, game))

    # What this player asks

    def _hello(self, message: messages.Hello) -> None:
        parlour = self._parlour
        try:
            known = parlour.tokens.identity(message.token) if message.token else None
        except TokenError as error:
            self._peer.close(CloseCode.BAD_TOKEN, str(error))
            return
        identity = parlour.renamed(known, message.name) if known else parlour.guest(message.name)
        self._visitor = parlour.admission.greet(identity.player, parlour.loop.time())
        if self._visitor is None:
            self._peer.close(CloseCode.OVERLOADED, "too many connections of this player")
            return
        self._identity = identity
        now_ms = parlour.now_ms()
        kept = message.token if identity == known else None
        token = kept or parlour.tokens.issue(identity, now_ms)
        log.info("player_connected", player=identity.player)
        welcome = messages.Welcome(identity.player, identity.name, token, parlour.epoch, now_ms)
        self.write(binary_frame(self._session.welcome(welcome)))

    def _ping(self, message: messages.Ping) -> None:
        self._send(messages.Pong(message.sent_ms, self._parlour.now_ms()))

    def _watch(self, message: messages.Watch) -> None:
        if len(self._feeds) >= WATCHES_MAX:
            raise Refusal("too_many_watches", f"One connection can watch {WATCHES_MAX} feeds.")
        if message.seat is not None:
            self._own_seat(message.topic.partition("/")[2], message.seat)
        source = self._parlour.source(message.topic, self._player.id)
        feed = self._parlour.feeds.of(message.topic, source, message.seat, message.form or "view", self._feeds)
        try:
            frames = [
                binary_frame(messages.encode(messages.Accepted(message.request, feed.about()))),
                *feed.missed(self._since(message)),
                *feed.moves(message.seat if message.moves else None),
            ]
        except FrameTooLarge:
            log.exception("view_too_large", topic=message.topic)
            raise Refusal("view_too_large", "This is too large to be shown.") from None
        self._feeds[feed.number] = feed
        feed.join(self, frames)
        self._enter_room(message, feed)
        if message.seat is not None:
            feed.offer_moves(self, message.seat, bool(message.moves))

    def _since(self, message: messages.Watch) -> int | Reason:
        if message.epoch is None or message.version is None:
            return "first"
        return message.version if message.epoch == self._parlour.epoch else "other_epoch"

    def _unwatch(self, message: messages.Unwatch) -> None:
        feed = self._feeds.pop(message.feed, None)
        if feed is None:
            raise Refusal("not_watching", "You do not watch that feed.")
        feed.leave(self, self._parlour.loop)
        self._leave_rooms(message.feed)
        self.accepted(message.request, None)

    def _play(self, message: messages.Play) -> None:
        request, match, seat, move, version = message
        self._own_seat(match, seat).submit(PlayMove(seat, move), request, self, self._parlour.now_ms(), version)

    def _resign(self, message: messages.Resign) -> None:
        host = self._own_seat(message.match, message.seat)
        host.submit(Resign(message.seat), message.request, self, self._parlour.now_ms())

    def _rematch(self, message: messages.Rematch) -> None:
        announced = Announced(self, self._parlour.room(message.match))
        self._parlour.rematch(self._player, message.request, announced, message.match)

    def _create_lobby(self, message: messages.CreateLobby) -> None:
        request, game, options, seats, listed = message
        self._parlour.create_lobby(self._player, request, self, game, options, seats, listed)

    def _join_lobby(self, message: messages.JoinLobby) -> None:
        self._ask_lobby(message.lobby, message.request, lobby.JoinLobby(self._player))

    def _leave_lobby(self, message: messages.LeaveLobby) -> None:
        self._ask_lobby(message.lobby, message.request, lobby.LeaveLobby(self._player.id))

    def _take_seat(self, message: messages.TakeSeat) -> None:
        def check(lobby_now: Lobby) -> None:
            if all(seat.player.id != self._player.id for seat in lobby_now.taken):
                self._parlour.check_matches(self._player.id)

        self._ask_lobby(message.lobby, message.request, lobby.TakeSeat(self._player, message.seat), check)

    def _stand_up(self, message: messages.StandUp) -> None:
        self._ask_lobby(message.lobby, message.request, lobby.StandUp(self._player.id, message.seat))

    def _ask_bot(self, message: messages.AskBot) -> None:
        def check(lobby_now: Lobby) -> None:
            asked_before = Asked(message.bot) in lobby_now.seats or lobby_now.phase != "open"
            if not (asked_before or self._parlour.attendance.offers(message.bot, lobby_now.header.game)):
                raise Refusal("no_such_bot", f"No bot called {message.bot} that plays this game attends.")

        asked = lobby.AskBot(self._player.id, message.seat, message.bot)
        self._ask_lobby(message.lobby, message.request, asked, check)

    def _decline(self, message: messages.Decline) -> None:
        self._ask_lobby(message.lobby, message.request, lobby.Decline(self._player, message.seat))

    def _set_ready(self, message: messages.SetReady) -> None:
        self._ask_lobby(message.lobby, message.request, lobby.SetReady(self._player.id, message.ready))

    def _start_match(self, message: messages.StartMatch) -> None:
        self._ask_lobby(message.lobby, message.request, lobby.StartMatch(self._player.id))

    def _kick(self, message: messages.Kick) -> None:
        self._ask_lobby(message.lobby, message.request, lobby.Kick(self._player.id, message.player))

    def _say(self, message: messages.Say) -> None:
        room = self._parlour.speaking_room(message.lobby, self._player.id, bool(message.gallery))
        room.say(self._player, message.request, clean_text(message.text))
        self.accepted(message.request, None)

    def _attend(self, message: messages.Attend) -> None:
        """Attends, and is asked at once for the seats that have been waiting for it."""
        name, parlour = self._player.name, self._parlour
        if unknown := [game for game in message.games if game not in parlour.catalog]:
            raise Refusal("no_such_game", f"This server does not play {unknown[0]}.")
        parlour.attendance.attend(name, self._player.id, message.games, self)
        self._attends = True
        self.accepted(message.request, None)
        for asked in parlour.registry.asked_seats(self._player):
            if asked[2] in message.games:
                self.invite(*asked)

    # Inside

    def _slow_down(self, message: messages.ClientMessage, wait: float) -> None:
        """Refuses a request for haste, and closes on who goes on all the same. A ping is answered, but counts."""
        self._slow_downs += 1
        if self._slow_downs > self._parlour.admission.limits.slow_downs_max:
            log.info("hasty_peer_closed", player=self._identity and self._identity.player)
            self._peer.close(CloseCode.OVERLOADED, "too many requests")
        elif isinstance(message, messages.Hello | messages.Ping):
            _HANDLERS[type(message)](self, message)
        else:
            wait_ms = int(wait * 1000) + 1
            sentence = f"Too many requests. Wait {wait_ms} ms."
            self._send(messages.Refused(message.request, "slow_down", sentence, wait_ms))

    def _enter_room(self, message: messages.Watch, feed: Feed) -> None:
        kind, _, match = message.topic.partition("/")
        if kind != "match":
            return
        visits = self._visits.setdefault(feed.number, {})
        if message.seat in visits:
            visits[message.seat].look(bool(message.aside))
        elif not message.aside:
            visits[message.seat] = Visit(self._parlour.room(match), message.seat)

    def _leave_rooms(self, feed: int) -> None:
        for visit in self._visits.pop(feed, {}).values():
            visit.end()

    def _ask_lobby(
        self, id: str, request: str, command: lobby.Command, check: Callable[[Lobby], None] | None = None
    ) -> None:
        self._parlour.registry.lobby(id).submit(command, request, self, self._parlour.now_ms(), check=check)

    def _own_seat(self, match: str, seat: int) -> MatchHost:
        assert self._identity is not None, "the session lets nothing through before hello"
        return self._parlour.registry.seated(match, seat, self._identity.player)

    @property
    def _player(self) -> Player:
        assert self._identity is not None, "the session lets nothing through before hello"
        return Player(self._identity.player, self._identity.name, self._attends)

    def _send(self, message: messages.ServerMessage) -> None:
        self.write(binary_frame(messages.encode(message)))


_HANDLERS: dict[type[Any], Callable[[Conversation, Any], None]] = {
    messages.Hello: Conversation._hello,
    messages.Ping: Conversation._ping,
    messages.Watch: Conversation._watch,
    messages.Unwatch: Conversation._unwatch,
    messages.Play: Conversation._play,
    messages.Resign: Conversation._resign,
    messages.Rematch: Conversation._rematch,
    messages.CreateLobby: Conversation._create_lobby,
    messages.JoinLobby: Conversation._join_lobby,
    messages.LeaveLobby: Conversation._leave_lobby,
    messages.TakeSeat: Conversation._take_seat,
    messages.StandUp: Conversation._stand_up,
    messages.AskBot: Conversation._ask_bot,
    messages.Decline: Conversation._decline,
    messages.SetReady: Conversation._set_ready,
    messages.StartMatch: Conversation._start_match,
    messages.Kick: Conversation._kick,
    messages.Say: Conversation._say,
    messages.Attend: Conversation._attend,
}
