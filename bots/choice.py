"""Which way the next connection goes: by WebSocket, unless that is blocked and HTTP gets through.

Blocked is what answers the handshake with a status of HTTP, or breaks it off or swallows it twice in a row.
Where nobody answers at all, nothing is said about WebSockets. Once HTTP has got through it is kept to for a
while; the first connection after that tries the WebSocket again.
"""

from typing import Literal, TypeAlias

from bots.line import NoLine

Way: TypeAlias = Literal["websocket", "http"]
Transport: TypeAlias = Literal["auto", "websocket", "http"]

CUTS_MAX = 2
"""Handshakes cut in a row, after which the way counts as blocked."""
KEEP_TO_HTTP_SECONDS = 600.0


class Choice:
    """What has been found out about the way to one server. Times come in as arguments, in seconds."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self._cuts = 0
        self._http_until = float("-inf")

    def way(self, now: float) -> Way:
        """The way to try now."""
        if self._transport != "auto":
            return self._transport
        return "http" if self._cuts >= CUTS_MAX or now < self._http_until else "websocket"

    def worked(self, way: Way, now: float) -> None:
        """A conversation has begun."""
        self._cuts = 0
        if way == "http" and now >= self._http_until:
            self._http_until = now + KEEP_TO_HTTP_SECONDS

    def failed(self, way: Way, failure: NoLine) -> bool:
        """None came about. Whether to try again at once, be it another way."""
        if self._transport != "auto" or (failure.status is None and not failure.cut):
            return False
        if way == "websocket":
            self._cuts += CUTS_MAX if failure.status is not None else 1
            return True
        kept_to = self._cuts < CUTS_MAX
        self._cuts = 0
        self._http_until = float("-inf")
        return kept_to
