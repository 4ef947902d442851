"""Who may come in, and how fast they may ask: limits in total, per address and per player.

Too much is refused with the time to wait; who goes on all the same is closed, and may come back later.
"""

from collections import Counter
from collections.abc import Sequence
from ipaddress import ip_address, ip_network

from pydantic import BaseModel, Field


class Limits(BaseModel):
    """What one server bears. A host can set each of them."""

    sockets_max: int = Field(default=20_000, ge=1, description="sockets in total")
    sockets_per_address_max: int = Field(
        default=2_000, ge=1, description="sockets from one address; a school may be one"
    )
    sockets_per_player_max: int = Field(default=64, ge=1, description="sockets of one player")
    lobbies_per_player_max: int = Field(default=200, ge=1, description="open lobbies that one player hosts")
    matches_per_player_max: int = Field(default=5_000, ge=1, description="matches under way in which one player sits")
    requests_per_second: float = Field(default=200, gt=0, description="requests of one connection in the long run")
    requests_burst: int = Field(default=1_000, ge=1, description="requests of one connection at once, after a calm")
    requests_at_first: int = Field(default=500, ge=1, description="requests at once of a connection that is new")
    player_factor: float = Field(
        default=4, ge=1, description="how many connections' worth of requests one player may send"
    )
    slow_downs_max: int = Field(
        default=50, ge=0, description="requests refused for haste, one after the other, before a close"
    )


class TokenBucket:
    """`rate` requests a second in the long run, `burst` at once, `at_first` before trust has grown.

    Time comes in as an argument, in seconds.
    """

    __slots__ = ("_at", "_burst", "_left", "_rate")

    def __init__(self, rate: float, burst: float, at_first: float, now: float) -> None:
        self._rate = rate
        self._burst = burst
        self._left = min(at_first, burst)
        self._at = now

    def wait(self, now: float) -> float:
        """Takes one; 0.0 if there was one, else the seconds until there is."""
        left = self._left + (now - self._at) * self._rate
        if left > self._burst:
            left = self._burst
        self._at = now
        if left >= 1.0:
            self._left = left - 1.0
            return 0.0
        self._left = left
        return (1.0 - left) / self._rate


class Visitor:
    """A player who is here, over however many sockets."""

    __slots__ = ("bucket", "sockets")

    def __init__(self, bucket: TokenBucket) -> None:
        self.bucket = bucket
        self.sockets = 0


class Admission:
    """Counts sockets and players; tells what is too many."""

    def __init__(self, limits: Limits, trusted_proxies: Sequence[str]) -> None:
        self.limits = limits
        self.closed = False
        """Nobody is let in any more: the server stops."""
        self._trusted = [ip_network(proxy, strict=False) for proxy in trusted_proxies]
        self._addresses: Counter[str] = Counter()
        self._visitors: dict[str, Visitor] = {}
        self._sockets = 0

    def address(self, peer: str, forwarded_for: Sequence[str]) -> str:
        """Where a connection comes from: the peer, or what a trusted proxy says in X-Forwarded-For.

        Read from its end, the first address that is not itself a trusted proxy; what stands before could be
        the client's invention.
        """
        for hop in reversed([hop.strip() for header in forwarded_for for hop in header.split(",")]):
            if not self._trusts(peer):
                break
            peer = hop
        return peer

    def enter(self, address: str) -> str | None:
        """Counts a socket in. When it may not come in: why; and then it is not counted."""
        if self.closed:
            return "The server restarts. Come back in a moment."
        if self._sockets >= self.limits.sockets_max:
            return "The server is full. Come back in a moment."
        if self._addresses[address] >= self.limits.sockets_per_address_max:
            return "Too many connections from this address."
        self._sockets += 1
        self._addresses[address] += 1
        return None

    def leave(self, address: str) -> None:
        """Counts a socket out that had come in."""
        self._sockets -= 1
        self._addresses[address] -= 1
        if not self._addresses[address]:
            del self._addresses[address]

    def greet(self, player: str, now: float) -> Visitor | None:
        """Counts a player's socket in; None when it is one too many."""
        visitor = self._visitors.get(player)
        if visitor is None:
            visitor = self._visitors[player] = Visitor(self._bucket(self.limits.player_factor, now))
        if visitor.sockets >= self.limits.sockets_per_player_max:
            return None
        visitor.sockets += 1
        return visitor

    def part(self, player: str) -> None:
        """Counts a player's socket out that had been greeted."""
        visitor = self._visitors[player]
        visitor.sockets -= 1
        if not visitor.sockets:
            del self._visitors[player]

    def bucket(self, now: float) -> TokenBucket:
        """A new connection's allowance."""
        return self._bucket(1, now)

    def _bucket(self, factor: float, now: float) -> TokenBucket:
        rate, burst, at_first = (
            self.limits.requests_per_second,
            self.limits.requests_burst,
            self.limits.requests_at_first,
        )
        return TokenBucket(rate * factor, burst * factor, at_first * factor, now)

    def _trusts(self, address: str) -> bool:
        try:
            known = ip_address(address)
        except ValueError:
            return False
        return any(known in network for network in self._trusted)
