"""What a running server is made of, for the parts of the edge that need it."""

from asyncio import AbstractEventLoop
from base64 import b32encode
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from hmac import digest

from game.engine.host import Asker
from game.engine.registry import Registry
from game.engine.source import Source
from game.lobbies import lobby as lobbies
from game.matches.match import Player
from game.matches.refusals import Refusal
from game.rules.catalog import Catalog
from web.edge.admission import Admission
from web.edge.attendance import Attendance
from web.edge.chat import Chat, ChatRoom
from web.edge.feeds import Feeds
from web.edge.hearing import Hearing
from web.edge.histories import Histories
from web.edge.options import OptionForms, OptionValues
from web.edge.outbox import Outbox
from web.edge.pictures import Pictures
from web.edge.presence import Presence, Room
from web.edge.texts import clean_name
from web.edge.tokens import Identity, Tokens

ID_CHARS = 10


@dataclass(frozen=True, slots=True)
class Parlour:
    """One server: its games, what it keeps, and who is there. `epoch` is new at each start."""

    catalog: Catalog
    options: OptionForms
    registry: Registry
    feeds: Feeds
    histories: Histories
    pictures: Pictures
    attendance: Attendance
    presence: Presence
    chat: Chat
    admission: Admission
    outbox: Outbox
    hearing: Hearing
    tokens: Tokens
    key: bytes
    epoch: str
    loop: AbstractEventLoop
    now_ms: Callable[[], int]
    new_id: Callable[[], str]
    origins: frozenset[str]
    """Origins whose pages may connect, besides the server's own; `*` is any."""
    probe: Callable[[], Awaitable[str | None]]
    """Why no move can be made safe at the moment, or None."""

    def guest(self, name: str | None) -> Identity:
        """A new player of that name, or of one that says guest."""
        player = self.new_id()
        return Identity(player, clean_name(name) or f"Guest {player[:4]}")

    def renamed(self, identity: Identity, name: str | None) -> Identity:
        """The player under that name, or as before when there is none."""
        return Identity(identity.player, clean_name(name) or identity.name)

    def source(self, topic: str, player: str) -> Source:
        """What a topic names, for that player. Raises Refusal."""
        kind, _, id = topic.partition("/")
        match kind:
            case "match":
                return self.registry.match(id)
            case "lobby":
                return self.registry.lobby(id)
            case "presence":
                return self.room(id)
            case "chat":
                return self.chat_room(id)
            case "gallery":
                return self.gallery(id, player)
            case "lobbies":
                return self.registry.open_lobbies
            case _:
                return self.attendance.bulletin

    def room(self, match: str) -> Room:
        """Who is there in a match. Raises Refusal."""
        return self.presence.room(match, self.registry.seats(match))

    def chat_room(self, lobby: str) -> ChatRoom:
        """What is said in a lobby, or in the match that came of it. Raises Refusal."""
        self.registry.lobby(lobby)
        return self.chat.room(lobby)

    def gallery(self, match: str, player: str) -> ChatRoom:
        """What spectators say to each other. Raises Refusal for who plays in the match, until it is over.

        Seats do not change hands, so whoever was let in may stay.
        """
        told = self.registry.match(match).told
        if told.outcome is None and any(seat.id == player for seat in told.header.seats):
            raise Refusal("not_while_you_play", "This is for those who watch, until the match is over.")
        return self.chat.room(f"gallery/{match}")

    def speaking_room(self, lobby: str, player: str, gallery: bool) -> ChatRoom:
        """Where the player may say something. Raises Refusal.

        Those in a lobby speak there; when it has become a match only who plays in it, until that is over, so that nobody
        who looks on can give them a hint.
        """
        if gallery:
            return self.gallery(lobby, player)
        room = self.chat_room(lobby)
        if lobby in self.registry.open_matches and lobby not in self.registry.matches_of(player):
            raise Refusal("not_while_they_play", "Only its players speak here, until the match is over.")
        if self.registry.lobby(lobby).told.member(player) is None:
            raise Refusal("not_in_lobby", "Only those in this lobby or match speak here.")
        return room

    def check_matches(self, player: str) -> None:
        """Raises Refusal for a player who has as many matches under way as one may have."""
        limit = self.admission.limits.matches_per_player_max
        if len(self.registry.matches_of(player)) >= limit:
            raise Refusal("too_many_matches", f"You have {limit} matches under way. Finish one first.")

    def create_lobby(
        self,
        host: Player,
        request: str,
        asker: Asker,
        game: str,
        options: OptionValues,
        seats: int,
        listed: bool,
    ) -> None:
        """Opens the lobby that this request asks for. Raises Refusal.

        Its id is made of the player and the request, so that the request sent again, even after a
        restart, means the same lobby; without the server's key it cannot be guessed.
        """
        id = self._lobby_id("lobby", host.id, request)
        header = self._lobby_header(id, host, game, options, seats, listed)
        self.registry.create_lobby(header, request, asker, lambda: self._check_lobbies(host.id))

    def rematch(self, host: Player, request: str, asker: Asker, match: str) -> None:
        """Opens the lobby for one more match, after one that is over, or finds it. Raises Refusal.

        Its id is made of the match alone, so that all who had a seat in it mean the same lobby. It is not listed: its
        seats are theirs.
        """
        before = self.registry.match(match).told
        if all(player.id != host.id for player in before.header.seats):
            raise Refusal("not_your_seat", "You had no seat in that match.")
        if before.outcome is None:
            raise Refusal("match_not_over", "The match is not over yet.")
        game, options, seats = before.header.game, dict(before.header.options), len(before.header.seats)
        header = self._lobby_header(self._lobby_id("rematch", match), host, game, options, seats, listed=False)
        self.registry.share_lobby(header, request, asker, lambda: self._check_lobbies(host.id))

    def _lobby_header(
        self, id: str, host: Player, game: str, options: OptionValues, seats: int, listed: bool
    ) -> lobbies.Header:
        rules = self.catalog.get(game)
        if rules is None:
            raise Refusal("no_such_game", f"This server does not play {game}.")
        counts = tuple(rules.seats)
        return lobbies.Header(
            id, game, self.options.checked(game, options), seats, counts, listed, host, created_ms=self.now_ms()
        )

    def _check_lobbies(self, player: str) -> None:
        """Raises Refusal for a player who may not open one more lobby now."""
        if self.admission.closed:
            raise Refusal("restarting", "The server restarts. Try again in a moment.")
        limit = self.admission.limits.lobbies_per_player_max
        if self.registry.lobbies_hosted(player) >= limit:
            raise Refusal("too_many_lobbies", f"You host {limit} open lobbies. Start or leave one first.")

    def _lobby_id(self, *made_of: str) -> str:
        return b32encode(digest(self.key, "\0".join(made_of).encode(), "sha256")).decode().lower()[:ID_CHARS]

    def allows_origin(self, origin: str, hosts: Sequence[str]) -> bool:
        """Whether a page of that origin may connect: the server's own pages always may."""
        return "*" in self.origins or origin in self.origins or origin.partition("://")[2] in hosts
