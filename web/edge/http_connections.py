"""HTTP at its lowest: uvicorn's protocol class with a limit on the time and the size of a request.

A request finds its connection as `state["connection"]`, and may leave a `Tenant` there, to be told of its end.
"""

import asyncio
from asyncio import TimerHandle, Transport
from typing import Any, Protocol

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

REQUEST_SECONDS_MAX = 10.0
"""From the first byte of a request, or the opening of its connection, to its last byte."""
REQUEST_BYTES_MAX = 128 * 1024


class Tenant(Protocol):
    """What lives on a connection for longer than it takes to answer a request."""

    def lost(self) -> None:
        """The connection is lost. Told once."""

    def shutdown(self) -> None:
        """The server stops."""


class HttpConnection(HttpToolsProtocol):
    """One connection. uvicorn alone would wait for ever for a request that never ends."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._deadline: TimerHandle | None = None
        self._bytes = 0
        self._tail = b""
        """The last bytes of what came before: the end of a head may be cut in two."""
        self.tenant: Tenant | None = None

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]  # as uvicorn declares it
        super().connection_made(transport)
        self._expect_request()

    def data_received(self, data: bytes) -> None:
        self._bytes += len(data)
        if self._bytes > REQUEST_BYTES_MAX:
            self.send_400_response(f"A request may have {REQUEST_BYTES_MAX} bytes.")
            return
        super().data_received(data)
        upgraded = self.transport.get_protocol()
        if upgraded is not self and isinstance(upgraded, asyncio.Protocol):
            _, _, hasty = (self._tail + data).partition(b"\r\n\r\n")
            if hasty:  # a client should wait for the answer to its handshake; what it did not wait with is heard
                upgraded.data_received(hasty)
            del self.parser, self.scope  # see connection_lost
        self._tail = (self._tail + data)[-3:]

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.scope["state"]["connection"] = self
        self._expect_request()

    def on_message_complete(self) -> None:
        super().on_message_complete()
        self._bytes = 0
        self._request_is_here()

    def handle_websocket_upgrade(self) -> None:
        self._request_is_here()
        if self.parser.get_http_version() != "1.1":
            self.transport.write(b"HTTP/1.1 505 HTTP Version Not Supported\r\nconnection: close\r\n\r\n")
            self.transport.close()
            return
        super().handle_websocket_upgrade()

    def connection_lost(self, exc: Exception | None) -> None:
        self._request_is_here()
        super().connection_lost(exc)
        del self.scope, self.cycle  # they hold on to this, and would keep it until a garbage collection
        if self.tenant is not None:
            tenant, self.tenant = self.tenant, None
            tenant.lost()

    def shutdown(self) -> None:
        """The server stops."""
        super().shutdown()
        if self.tenant is not None:
            self.tenant.shutdown()

    def _expect_request(self) -> None:
        if self._deadline is None:
            self._deadline = self.loop.call_later(REQUEST_SECONDS_MAX, self.transport.abort)

    def _request_is_here(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None
