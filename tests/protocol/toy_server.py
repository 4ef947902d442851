"""A server for the client session to talk to: two matches of nothing much, and every promise kept.

`open` hides nothing, so that all its audiences share one feed; in `secret` a seat sees only its own words.
"""

from collections import deque
from typing import Any

from protocol.messages import (
    Accepted,
    FeedEnded,
    Hello,
    LegalMoves,
    Ping,
    Play,
    Pong,
    Refused,
    ServerMessage,
    Snapshot,
    Unwatch,
    Update,
    Watch,
    Welcome,
    encode,
)
from protocol.patches import checksum, patch_between
from protocol.server_session import ServerSession

SHORT_MEMORY = 3
CHECKSUM_EVERY = 3
SEATS = 2


class ToyFeed:
    """Consecutive updates for one audience, the last few remembered."""

    def __init__(self, number: int, topic: str, audience: int | None) -> None:
        self.number, self.topic, self.audience = number, topic, audience
        self.recent: deque[Update] = deque(maxlen=SHORT_MEMORY)
        self.readers: set[ToyConnection] = set()
        self.movers: set[tuple[ToyConnection, int]] = set()


class ToyServer:
    """Matches and answers outlive a restart; feeds and the epoch do not."""

    def __init__(self) -> None:
        self.said: dict[str, list[tuple[int, str]]] = {"match/open": [], "match/secret": []}
        self.answers: dict[str, Accepted | Refused] = {}
        self.restarts = 0
        self.feeds: dict[tuple[str, int | None], ToyFeed] = {}
        self.feeds_made = 0

    @property
    def epoch(self) -> str:
        return f"epoch{self.restarts}"

    def restart(self) -> None:
        self.restarts += 1
        self.feeds = {}

    def lose(self, topic: str) -> None:
        """The host of a match is thrown away; who listened is told."""
        for name in [name for name in self.feeds if name[0] == topic]:
            feed = self.feeds.pop(name)
            for reader in feed.readers:
                reader.send(FeedEnded(feed.number, "unavailable", "One moment, please."))

    def say(self, topic: str, word: str) -> int:
        """The seat whose turn it is says a word; the version that it made."""
        said = self.said[topic]
        before = {name: self.view(topic, name[1]) for name in self.feeds if name[0] == topic}
        said.append((len(said) % SEATS, word))
        for name, old in before.items():
            feed, view = self.feeds[name], self.view(topic, name[1])
            due = len(said) % CHECKSUM_EVERY == 0
            update = Update(feed.number, len(said), patch_between(old, view), checksum(view) if due else None)
            feed.recent.append(update)
            for reader in feed.readers:
                reader.send(update)
            for reader, seat in feed.movers:
                self.offer(feed, reader, seat)
        return len(said)

    def view(self, topic: str, audience: int | None, version: int | None = None) -> dict[str, Any]:
        said = self.said[topic][:version]
        heard = [[seat, word if "open" in topic or seat == audience else "…"] for seat, word in said]
        return {"heard": heard[-4:], "count": len(said), "last": {str(seat): word for seat, word in heard[-2:]}}

    def audience(self, topic: str, seat: int | None) -> int | None:
        return None if "open" in topic else seat

    def feed(self, topic: str, seat: int | None) -> ToyFeed:
        name = topic, self.audience(topic, seat)
        if name not in self.feeds:
            self.feeds_made += 1
            self.feeds[name] = ToyFeed(self.feeds_made, *name)
        return self.feeds[name]

    def offer(self, feed: ToyFeed, reader: "ToyConnection", seat: int) -> None:
        version = len(self.said[feed.topic])
        if version % SEATS == seat:
            reader.send(LegalMoves(feed.number, version, seat, ["a", "b"]))


class ToyConnection:
    """One connection: what was sent waits in `sent` for the link to carry it."""

    def __init__(self, server: ToyServer) -> None:
        self.server = server
        self.session = ServerSession()
        self.sent: deque[bytes] = deque()

    def send(self, message: ServerMessage) -> None:
        self.sent.append(encode(message))

    def gone(self) -> None:
        for feed in self.server.feeds.values():
            self.leave(feed)

    def leave(self, feed: ToyFeed) -> None:
        feed.readers.discard(self)
        feed.movers = {mover for mover in feed.movers if mover[0] is not self}

    def receive(self, frame: bytes) -> None:
        message = self.session.receive(frame)
        match message:
            case Hello(token):
                player = token or "p1"
                self.sent.append(self.session.welcome(Welcome(player, "Ann", player, self.server.epoch, 1000)))
            case Ping(sent_ms):
                self.send(Pong(sent_ms, 1000))
            case Watch():
                self.watch(message)
            case Unwatch(request, number):
                for feed in self.server.feeds.values():
                    if feed.number == number and self in feed.readers:
                        self.leave(feed)
                        self.send(Accepted(request))
                        return
                self.send(Refused(request, "not_watching", "You do not watch that."))
            case Play(request):
                self.server.answers.setdefault(request, self.answer(message))
                self.send(self.server.answers[request])

    def answer(self, play: Play) -> Accepted | Refused:
        if play.request in self.server.answers:
            return self.server.answers[play.request]
        topic = f"match/{play.match}"
        if play.seat != len(self.server.said[topic]) % SEATS:
            return Refused(play.request, "not_your_turn", "It is not your turn.")
        return Accepted(play.request, self.server.say(topic, play.move))

    def watch(self, watch: Watch) -> None:
        if watch.topic not in self.server.said:
            self.send(Refused(watch.request, "no_such_match", "There is no such match."))
            return
        feed = self.server.feed(watch.topic, watch.seat)
        feed.readers.add(self)
        self.send(Accepted(watch.request, {"feed": feed.number, "name": watch.topic}))
        for message in self.missed(watch, feed):
            self.send(message)
        if watch.moves and watch.seat is not None:
            feed.movers.add((self, watch.seat))
            self.server.offer(feed, self, watch.seat)

    def missed(self, watch: Watch, feed: ToyFeed) -> list[Update] | list[Snapshot]:
        version = len(self.server.said[feed.topic])
        if watch.version is not None and watch.epoch == self.server.epoch:
            behind = version - watch.version
            if 0 <= behind <= len(feed.recent):
                return list(feed.recent)[len(feed.recent) - behind :]
        return [Snapshot(feed.number, version, self.server.view(feed.topic, feed.audience), "first")]
