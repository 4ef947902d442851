"""WebSocket at its lowest: our protocol class for uvicorn, which hands each message straight on.

uvicorn's own class puts every message into a queue, stops reading and switches to a task. Here a message
goes from the transport to its conversation in one call, and frames built once are written as they are
to every connection that gets them. It takes the place of ASGI for WebSocket alone; HTTP is untouched.
"""

import logging
from asyncio import BaseTransport, TimerHandle
from http import HTTPStatus
from socket import SO_SNDBUF, SOL_SOCKET
from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.exceptions import InvalidState
from websockets.frames import CloseCode as StandardCode
from websockets.frames import Frame
from websockets.http11 import Request, Response
from websockets.protocol import State
from websockets.server import ServerProtocol
from websockets.streams import StreamReader
from websockets.typing import Subprotocol

try:
    from websockets.speedups import apply_mask
except ImportError:  # it has no wheel for this machine
    from websockets.utils import apply_mask

from protocol.errors import CloseCode
from protocol.limits import BACKLOG_BYTES_MAX, FRAME_BYTES_MAX, HELLO_SECONDS_MAX
from web.edge.conversation import Conversation
from web.edge.hearing import SLICE_BYTES
from web.edge.parlour import Parlour
from web.edge.tokens import TokenError

PATH = "/ws"
SUBPROTOCOL = Subprotocol("parlour.v1")
BEARER = "bearer."
KERNEL_BUFFER_BYTES = 64 * 1024
RETRY_AFTER_SECONDS = 5
ABORT_AFTER_SECONDS = 2.0
"""A peer that does not read gets this long to take our close frame; then the socket is dropped."""

ABORT_HASTY_AFTER_SECONDS = 0.25
BINARY = 0x82
MASKED = 0x80
HEAD_BYTES = 6
PLAIN_BYTES_MAX = 125
"""Of a frame with its length in the second byte, and its key in the four that follow (RFC 6455, 5.2)."""
FRAGMENTS_MAX = 2048
"""Of one message, the empty ones among them."""


class Framing(ServerProtocol):
    """The library's framing. It closes what is too large with a code of ours: after 1009 a client would come back
    with the same.
    """

    def fail(self, code: int, reason: str = "") -> None:
        if code == StandardCode.MESSAGE_TOO_BIG:
            code, reason = CloseCode.FRAME_TOO_LARGE, f"at most {FRAME_BYTES_MAX} bytes are read"
        super().fail(code, reason)


class Socket(WebSocketsSansIOProtocol):
    """One connection: the handshake, and a `Peer` for its conversation."""

    # What each message and frame asks for lies in the object itself, also of the parent's attributes: a thousand
    # spectators are more than a processor's cache holds, and each look into a dictionary reads two more of its lines.
    __slots__ = (
        "between_messages",
        "close_sent",
        "conversation",
        "disconnected",
        "gathered",
        "handshake_complete",
        "hasty",
        "overflowing",
        "parlour",
        "transport",
        "unheard",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parlour: Parlour = self.app_state["parlour"]
        self.conversation: Conversation | None = None
        self.hello_timer: TimerHandle | None = None
        self.overflowing = False
        self.hasty = False
        """Whether it was closed for asking too much: then nothing is read any more."""
        self.gathered = b""
        """Frames to be written at the end of this turn of the loop."""
        self.unheard = b""
        """What has come and waits for its turn; until then nothing more is read."""
        self.address: str | None = None
        """Where the peer is, once it has been let in."""
        self.between_messages = False
        """Whether the library waits for the first byte of a message: then a plain one need not go through it."""
        self.conn = Framing(
            subprotocols=[SUBPROTOCOL],
            max_size=self.config.ws_max_size,
            logger=logging.getLogger("websockets.server"),
        )

    def connection_made(self, transport: BaseTransport) -> None:
        super().connection_made(transport)
        self.transport.set_write_buffer_limits(high=KERNEL_BUFFER_BYTES)
        if (sock := transport.get_extra_info("socket")) is not None:
            sock.setsockopt(SOL_SOCKET, SO_SNDBUF, KERNEL_BUFFER_BYTES)

    def handle_connect(self, event: Request) -> None:
        """Answers the handshake; a page of a foreign origin is turned away before the socket is open."""
        self.handshake_initiated = self.handshake_complete = True
        response = self._refusal(event) or self.conn.accept(event)
        if response.status_code == HTTPStatus.SWITCHING_PROTOCOLS:
            response = self._full(event) or response
        self.conn.send_response(response)
        self._flush()
        if response.status_code != HTTPStatus.SWITCHING_PROTOCOLS:
            self.close_sent = True
            self.transport.close()
            return
        self.start_keepalive()
        self.conversation = Conversation(self.parlour, self, self.address or "")
        self.hello_timer = self.loop.call_later(HELLO_SECONDS_MAX, self._hello_is_late)

    def data_received(self, data: bytes) -> None:
        """Hears what comes; of more than a slice nothing before its turn, and until then nothing more is read."""
        if (len(data) <= SLICE_BYTES and not self.unheard) or not self.handshake_complete:
            self._hear(data)
            return
        if not self.unheard:
            self.transport.pause_reading()
            self.parlour.hearing.add(self)
        self.unheard += data

    def hear_on(self) -> None:
        """A Talker: hears a slice. It ends with a whole message where it can, for the library is slower with parts."""
        if self.hasty or self.disconnected:  # of a flood nothing is looked at any more once it is closed
            self.unheard = b""
            self._read_on()
            return
        data, self.unheard = self.unheard[:SLICE_BYTES], self.unheard[SLICE_BYTES:]
        heard = self._plain_messages(data) if self.unheard and self.between_messages else 0
        if heard:
            self.unheard = data[heard:] + self.unheard
        else:
            self._hear(data)
        if self.unheard:
            self.parlour.hearing.add(self)
        else:
            self._read_on()

    def _read_on(self) -> None:
        if not self.transport.is_closing():
            self.transport.resume_reading()

    def _hear(self, data: bytes) -> None:
        if self.hasty or self.disconnected:
            return
        heard = self._plain_messages(data) if self.between_messages else 0
        if heard == len(data):
            return
        super().data_received(data[heard:])
        self.between_messages = not self.frames and _between_frames(self.conn)
        if self.conn.handshake_exc is not None and not self.handshake_initiated:
            self._bad_handshake(self.conn.handshake_exc)

    def _plain_messages(self, data: bytes) -> int:
        """Hears the whole, small, unfragmented binary messages at the beginning; where something else begins.

        Most messages are of this kind, and come alone. The library is the judge of all others.
        """
        conversation = self.conversation
        at, end = 0, len(data)
        while end - at > HEAD_BYTES and data[at] == BINARY and not self.close_sent and conversation is not None:
            start = at + HEAD_BYTES
            stop = start + data[at + 1] - MASKED
            if not start < stop <= end or stop - start > PLAIN_BYTES_MAX:
                break
            conversation.receive(apply_mask(data[start:stop], data[at + 2 : start]))
            at = stop
        return at

    def send_receive_event_to_app(self) -> None:
        """A whole message has come (uvicorn's name for it)."""
        message = self.frames[0] if len(self.frames) == 1 else b"".join(self.frames)
        self.frames = []
        if self.close_sent or self.conversation is None:
            return
        if self.curr_msg_data_type == "text":
            self.close(CloseCode.TEXT_FRAME, "send binary frames")
        else:
            self.conversation.receive(message)

    def handle_cont(self, event: Frame) -> None:
        """Fragments may be empty, so that their bytes alone do not limit them."""
        if len(self.frames) < FRAGMENTS_MAX:
            super().handle_cont(event)
        elif not self.close_sent:
            self.close(CloseCode.BAD_FRAME, "too many fragments")
            self.hasty = True

    def handle_ping(self) -> None:
        """A pong waits its turn, and counts, like all that a peer has not read."""
        self.write(b"".join(self.conn.data_to_send()))

    def handle_parser_exception(self) -> None:
        """The peer broke the framing: what it asked before is heard and answered first."""
        self.handle_events()
        self.flush()
        super().handle_parser_exception()

    def handle_close(self, event: Frame) -> None:
        """The peer closes: what it asked before is answered first."""
        self.flush()
        super().handle_close(event)

    def write(self, frame: bytes) -> None:
        """Sends a frame made by `binary_frame`. A peer that leaves too much unread is cut off."""
        if self.close_sent or self.disconnected:
            return
        if gathered := self.gathered:
            frame = gathered + frame
        else:
            self.parlour.outbox.add(self)
        self.gathered = frame
        if len(frame) > KERNEL_BUFFER_BYTES:
            self.flush()

    def flush(self) -> None:
        """Writes the frames gathered in this turn of the loop."""
        gathered = self.gathered
        if not gathered or self.disconnected:
            return
        self.gathered = b""
        self.transport.write(gathered)
        if self.overflowing and self.transport.get_write_buffer_size() > BACKLOG_BYTES_MAX:
            self.close(CloseCode.TOO_SLOW, "too much is waiting to be read")

    def close(self, code: int, reason: str) -> None:
        """Closes with a code; drops the socket when the peer does not take part."""
        if self.close_sent or self.disconnected:
            return
        self.close_sent = True
        self.flush()
        self.stop_keepalive()
        try:
            self.conn.send_close(code, _cut(reason))
        except InvalidState:  # the peer has begun to close
            self.transport.close()
            return
        self._flush()
        self.hasty = code == CloseCode.OVERLOADED
        patience = ABORT_HASTY_AFTER_SECONDS if self.hasty else ABORT_AFTER_SECONDS
        self.close_timer = self.loop.call_later(patience, self.transport.abort)

    def send_away(self, after_ms: int) -> None:
        """The server stops: says when to come back, and closes."""
        if self.conversation is not None:
            self.conversation.send_away(after_ms)

    def pause_writing(self) -> None:
        super().pause_writing()
        self.overflowing = True

    def resume_writing(self) -> None:
        super().resume_writing()
        self.overflowing = False

    def keepalive_timeout(self) -> None:
        """No pong came: the peer is gone, or does not read. It may come back."""
        self.pong_timer = None
        self.close(CloseCode.SILENT, "no pong came")

    def shutdown(self) -> None:
        """The server stops."""
        if self.handshake_complete:
            self.close(CloseCode.RESTARTING, "the server restarts")
        else:
            self.transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        if self.hello_timer is not None:
            self.hello_timer.cancel()
        if self.address is not None:
            self.parlour.admission.leave(self.address)
            self.address = None
        if self.conversation is not None:
            self.conversation.gone()
            self.conversation = None

    def _bad_handshake(self, why: Exception) -> None:
        """The request cannot be read; an answer may have been made of that already."""
        self.handshake_initiated = self.handshake_complete = self.close_sent = True
        answer = b"".join(self.conn.data_to_send())
        self.transport.write(answer or self.conn.reject(HTTPStatus.BAD_REQUEST, f"{why}\n").serialize())
        self.transport.close()

    def _refusal(self, request: Request) -> Response | None:
        if request.path.partition("?")[0] != PATH:
            return self.conn.reject(HTTPStatus.NOT_FOUND, f"WebSockets are served at {PATH}.\n")
        if (version := request.headers.get_all("Sec-WebSocket-Version")) != ["13"] and version:
            response = self.conn.reject(HTTPStatus.UPGRADE_REQUIRED, "This server speaks version 13 of WebSocket.\n")
            response.headers["Sec-WebSocket-Version"] = "13"
            return response
        origins, hosts = request.headers.get_all("Origin"), request.headers.get_all("Host")
        if not all(self.parlour.allows_origin(origin, hosts) for origin in origins):
            return self.conn.reject(HTTPStatus.FORBIDDEN, "Pages of this origin may not connect.\n")
        for token in _tokens(request):
            try:
                self.parlour.tokens.identity(token)
            except TokenError as error:
                return self.conn.reject(HTTPStatus.UNAUTHORIZED, f"{error}\n")
        return None

    def _full(self, request: Request) -> Response | None:
        admission = self.parlour.admission
        address = admission.address(self.client[0] if self.client else "", request.headers.get_all("X-Forwarded-For"))
        if (reason := admission.enter(address)) is not None:
            response = self.conn.reject(HTTPStatus.SERVICE_UNAVAILABLE, f"{reason}\n")
            response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
            return response
        self.address = address
        return None

    def _hello_is_late(self) -> None:
        if self.conversation is not None and not self.conversation.greeted:
            self.close(CloseCode.HELLO_TOO_LATE, f"no hello within {HELLO_SECONDS_MAX:g} seconds")

    def _flush(self) -> None:
        self.transport.write(b"".join(self.conn.data_to_send()))


def _between_frames(conn: ServerProtocol) -> bool:
    """Whether the library's parser has read all it was given, and waits for the first byte of a frame."""
    waits: Any = conn.parser
    while waits.gi_yieldfrom is not None:
        waits = waits.gi_yieldfrom
    return conn.state is State.OPEN and waits.gi_code is StreamReader.at_eof.__code__


def _tokens(request: Request) -> list[str]:
    """What a client says already now of who it is: a program in a header, a page beside its sub-protocol."""
    said = [value.removeprefix("Bearer ") for value in request.headers.get_all("Authorization")]
    offered = [name.strip() for value in request.headers.get_all("Sec-WebSocket-Protocol") for name in value.split(",")]
    return said + [name.removeprefix(BEARER) for name in offered if name.startswith(BEARER)]


def _cut(reason: str) -> str:
    """A reason fits into a close frame: 123 bytes (RFC 6455, 5.5)."""
    return reason.encode()[:123].decode(errors="ignore")
