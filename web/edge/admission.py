"""Who may come in, and how fast they may ask: limits in total, per address and per player.

Too much is refused with the time to wait; who goes on all the same is closed, and may come back later.
"""

from collections import Counter, OrderedDict
from collections.abc import Sequence
from ipaddress import ip_address, ip_network

from pydantic import BaseModel, Field

LEFT_BEHIND_MAX = 10_000
"""Allowances that are remembered of those who have left; of more, the oldest are forgotten."""


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

    def left(self, now: float) -> float:
        """How many there are."""
        return min(self._burst, self._left + (now - self._at) * self._rate)


class Allowances:
    """The buckets of those who have left, for as long as a new one would hold more: who comes back goes on with theirs.

    Nobody is punished for what an address did long ago: at its rate a bucket has filled again in seconds.
    """

    def __init__(self, rate: float, burst: float, at_first: float) -> None:
        self._rate, self._burst, self._at_first = rate, burst, min(at_first, burst)
        self._left_behind: OrderedDict[str, list[TokenBucket]] = OrderedDict()
        """By who left them, the last to leave at the end."""
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def take(self, name: str, now: float) -> TokenBucket:
        """The emptiest that was left under that name, or a new one."""
        buckets = self._left_behind.get(name)
        if not buckets:
            return self._new(now)
        emptiest = min(buckets, key=lambda bucket: bucket.left(now))
        buckets.remove(emptiest)
        self._count -= 1
        if not buckets:
            del self._left_behind[name]
        return emptiest if emptiest.left(now) < self._at_first else self._new(now)

    def leave(self, name: str, bucket: TokenBucket, now: float) -> None:
        """Remembers a bucket, unless a new one would be no fuller."""
        if bucket.left(now) < self._at_first:
            self._left_behind.setdefault(name, []).append(bucket)
            self._left_behind.move_to_end(name)
            self._count += 1
        self._forget(now)

    def _forget(self, now: float) -> None:
        while self._left_behind:
            oldest, buckets = next(iter(self._left_behind.items()))
            if self._count <= LEFT_BEHIND_MAX and any(bucket.left(now) < self._at_first for bucket in buckets):
                return
            del self._left_behind[oldest]
            self._count -= len(buckets)

    def _new(self, now: float) -> TokenBucket:
        return TokenBucket(self._rate, self._burst, self._at_first, now)


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
        rate, burst, at_first = limits.requests_per_second, limits.requests_burst, limits.requests_at_first
        self._of_addresses = Allowances(rate, burst, at_first)
        factor = limits.player_factor
        self._of_players = Allowances(rate * factor, burst * factor, at_first * factor)

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
            visitor = self._visitors[player] = Visitor(self._of_players.take(player, now))
        if visitor.sockets >= self.limits.sockets_per_player_max:
            return None
        visitor.sockets += 1
        return visitor

    def part(self, player: str, now: float) -> None:
        """Counts a player's socket out that had been greeted."""
        visitor = self._visitors[player]
        visitor.sockets -= 1
        if not visitor.sockets:
            del self._visitors[player]
            self._of_players.leave(player, visitor.bucket, now)

    def bucket(self, address: str, now: float) -> TokenBucket:
        """The allowance of a new connection: what an earlier one of its address has left of its own, or a new one."""
        return self._of_addresses.take(address, now)

    def give_back(self, address: str, bucket: TokenBucket, now: float) -> None:
        """The connection is gone; its allowance is there for the next one of its address."""
        self._of_addresses.leave(address, bucket, now)

    def _trusts(self, address: str) -> bool:
        try:
            known = ip_address(address)
        except ValueError:
            return False
        return any(known in network for network in self._trusted)
