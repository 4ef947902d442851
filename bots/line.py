"""What carries frames to a server and back, whichever way it goes, and how that ends.

LineLost     the line was there, and is gone
NoLine       it did not come about
"""

from collections.abc import Sequence
from typing import Final, Protocol

PASSING_HTTP_STATUS: Final = frozenset((408, 425, 429))
"""Refusals that are worth another try, besides all from 500."""


class Line(Protocol):
    """One connection, from its opening on."""

    async def receive(self) -> bytes:
        """The next frame. Raises LineLost, and ProtocolError for what is no frame."""

    async def send(self, frames: Sequence[bytes]) -> None:
        """Sends frames, in order; with none of them, says that we are there if the line needs that. Raises LineLost."""

    async def close(self, code: int, reason: str) -> None:
        """Says why, where the line can, and ends it."""

    def abort(self) -> None:
        """Ends it at once; whoever receives is told."""


class LineLost(Exception):
    """The line was there, and is gone. `code` is the close code, when the server gave one."""

    def __init__(self, why: str, code: int | None = None) -> None:
        super().__init__(why if code is None else f"closed with {code} {why}")
        self.why = why
        self.code = code


class NoLine(Exception):
    """The line did not come about. `status`: HTTP's answer. `cut`: somebody was there, who broke it off or kept silent."""

    def __init__(self, why: str, *, status: int | None = None, cut: bool = False) -> None:
        super().__init__(why)
        self.status = status
        self.cut = cut

    @property
    def passing(self) -> bool:
        """Whether the same may succeed another time."""
        return self.status is None or passing(self.status)


def passing(status: int) -> bool:
    """Whether a request that HTTP refuses with that status may succeed another time."""
    return status >= 500 or status in PASSING_HTTP_STATUS
