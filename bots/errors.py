"""What can go wrong for a client.

    ClientError
    ├── RequestRefused      the server said no; nothing has changed
    ├── TopicEnded          nothing more comes of a watched topic
    └── Gone                there is no connection, and there will be none
        ├── Unreachable       it never came about
        ├── ClosedForGood     the server closed it with a code that says not to come back
        └── ClientClosed      the program left its `async with`

What passes by itself is not among them: a lost connection, a server that restarts or is busy.
"""


class ClientError(Exception):
    """Something went wrong for a client."""


class RequestRefused(ClientError):
    """The server said no: a stable code, and a sentence that a player can read."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(f"{sentence} ({code})")
        self.code = code
        self.sentence = sentence


class TopicEnded(ClientError):
    """Nothing more comes of a watched topic."""


class Gone(ClientError):
    """There is no connection, and there will be none."""


class Unreachable(Gone):
    """The connection never came about."""


class ClosedForGood(Gone):
    """The server closed with a code that says not to come back."""

    def __init__(self, close_code: int, reason: str) -> None:
        super().__init__(f"{reason or 'no reason given'} (close code {close_code})")
        self.close_code = close_code


class ClientClosed(Gone):
    """The program left its `async with`."""
