"""How a conversation breaks: the peer did something that has no answer, and the socket closes.

    ProtocolError
    ├── FrameError          the bytes are not a message of ours
    │   ├── BadFrame
    │   ├── FrameTooLarge
    │   └── TextFrame
    ├── MessageError        the message is not one that we know
    │   ├── UnknownMessage
    │   └── BadMessage
    └── ConversationError   the message has no place here
        ├── HelloExpected
        ├── OutOfPlace
        ├── HelloTooLate
        ├── BadToken
        ├── GapFound
        └── BadPatch

Close codes stand in two ranges. 3000–3499: come back, with what you have. 3500–3999: do not; the same
would happen again.
"""

from enum import IntEnum
from typing import ClassVar


class CloseCode(IntEnum):
    """Why a socket closed, as its peer is told."""

    RESTARTING = 3000
    TOO_SLOW = 3001
    SILENT = 3002
    HELLO_TOO_LATE = 3003
    GAP = 3004
    OVERLOADED = 3005
    BAD_PATCH = 3006

    BAD_FRAME = 3500
    FRAME_TOO_LARGE = 3501
    TEXT_FRAME = 3502
    UNKNOWN_MESSAGE = 3503
    BAD_MESSAGE = 3504
    HELLO_EXPECTED = 3505
    OUT_OF_PLACE = 3506
    BAD_TOKEN = 3507

    @property
    def come_back(self) -> bool:
        """Whether the same client may connect again and go on."""
        return may_come_back(self)


def may_come_back(code: int) -> bool:
    """Whether a socket that closed with `code` should be opened again.

    Codes that are not ours (1001, 1006, 1011, 1012 …) come from the network or a proxy: come back.
    """
    return not 3500 <= code <= 3999


class ProtocolError(Exception):
    """The peer broke the conversation; `close_code` says how, the text says what was wrong."""

    close_code: ClassVar[CloseCode]


class FrameError(ProtocolError):
    """The bytes are not a message of ours."""


class BadFrame(FrameError):
    """Not MessagePack, or a kind of it that is not allowed."""

    close_code = CloseCode.BAD_FRAME


class FrameTooLarge(FrameError):
    """More bytes than a message may have."""

    close_code = CloseCode.FRAME_TOO_LARGE


class TextFrame(FrameError):
    """Text where only binary frames are allowed."""

    close_code = CloseCode.TEXT_FRAME


class MessageError(ProtocolError):
    """The message is not one that we know."""


class UnknownMessage(MessageError):
    """No message has this code."""

    close_code = CloseCode.UNKNOWN_MESSAGE


class BadMessage(MessageError):
    """A field is missing, too much, or not what it should be."""

    close_code = CloseCode.BAD_MESSAGE


class ConversationError(ProtocolError):
    """The message has no place here."""


class HelloExpected(ConversationError):
    """The first message must be `hello`."""

    close_code = CloseCode.HELLO_EXPECTED


class OutOfPlace(ConversationError):
    """A message that may not come now."""

    close_code = CloseCode.OUT_OF_PLACE


class HelloTooLate(ConversationError):
    """No `hello` within its time."""

    close_code = CloseCode.HELLO_TOO_LATE


class BadToken(ConversationError):
    """The token is not one of this server, or has expired."""

    close_code = CloseCode.BAD_TOKEN


class GapFound(ConversationError):
    """An update that does not follow what is here: come back and be brought up to date."""

    close_code = CloseCode.GAP


class BadPatch(ConversationError):
    """A patch that is malformed, or made for another view: come back and take a snapshot."""

    close_code = CloseCode.BAD_PATCH
