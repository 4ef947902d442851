"""A conversation without the network: where it stands, and which messages may come then.

Each side is a session: frames in, events out, frames to send. Whoever owns the socket gives a session what arrived and
writes what the session has to send. When a method raises ProtocolError the peer broke the conversation: close the socket
with its `close_code`.

    server   NEW ── Hello ──▸ GREETING ── welcome() ──▸ OPEN      close() or an error ──▸ CLOSED
    client   NEW ── connected() ──▸ GREETING ── Welcome ──▸ OPEN      an error ──▸ CLOSED
              ▴───────────────────── disconnected() ─────────────────────────────────┘
"""

from enum import Enum, auto
from typing import Final

from protocol import messages
from protocol.messages import Hello, Welcome


class State(Enum):
    """Where a conversation stands."""

    NEW = auto()
    GREETING = auto()
    OPEN = auto()
    CLOSED = auto()


_NOTHING: Final[frozenset[type]] = frozenset()
FROM_CLIENT: Final[dict[State, frozenset[type]]] = {
    State.NEW: frozenset({Hello}),
    State.GREETING: _NOTHING,
    State.OPEN: frozenset(messages.CLIENT_CODES.values()) - {Hello},
    State.CLOSED: _NOTHING,
}
"""What a server may be told."""
FROM_SERVER: Final[dict[State, frozenset[type]]] = {
    State.NEW: _NOTHING,
    State.GREETING: frozenset({Welcome}),
    State.OPEN: frozenset(messages.SERVER_CODES.values()) - {Welcome},
    State.CLOSED: _NOTHING,
}
"""What a client may be told."""
