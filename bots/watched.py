"""A topic that a client watches: always the newest that the server has told, and a way to wait for more.

Nothing is queued. Who is slow to look sees the newest view and not those between: a view says all that
there is to know.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any, NamedTuple, TypeAlias

from protocol.messages import Form
from protocol.patches import View

Key: TypeAlias = tuple[str, int | None, Form | None]


class Offer(NamedTuple):
    """The legal moves of a seat that owes one, as the wire has them, at the version they belong to."""

    version: int
    moves: list[Any]


class Watched:
    """A topic, as one audience. `about` is what never changes; `view` is how it stands at `version`."""

    def __init__(self, topic: str, seat: int | None, form: Form | None) -> None:
        self.topic = topic
        self.seat = seat
        self.form = form
        self.about: dict[str, Any] = {}
        self.version = -1
        self.view: View = {}
        self._offer: Offer | None = None
        self._changes = 0
        self._error: Exception | None = None
        self._news = asyncio.Event()

    @property
    def key(self) -> Key:
        """What tells it from all else that the client watches."""
        return self.topic, self.seat, self.form

    @property
    def offer(self) -> Offer | None:
        """The legal moves, while they are those of the view that is here."""
        return self._offer if self._offer and self._offer.version == self.version else None

    async def __aiter__(self) -> AsyncIterator[View]:
        """The view at every change, the present one first. Raises TopicEnded or Gone."""
        seen = 0
        while True:
            await self._change_after(seen)
            seen = self._changes
            yield self.view

    async def until(self, holds: Callable[[View], bool]) -> View:
        """The first view for which that holds, now or later. Raises TopicEnded or Gone."""
        await self._change_after(0)
        while not holds(self.view):
            await self._change_after(self._changes)
        return self.view

    async def offer_since(self, version: int) -> Offer | None:
        """The moves of the seat when it owes one at that version or a later one; None when play is over.

        For a match that is watched with `moves`. Raises TopicEnded or Gone.
        """
        await self.until(lambda view: view["over"] is not None or self._offered_since(version))
        return None if self.view["over"] is not None else self.offer

    # What the client tells it

    def changed(self, version: int, view: View) -> None:
        """There is a newer view."""
        self.version, self.view = version, view
        self._changes += 1
        self._tell()

    def offered(self, offer: Offer) -> None:
        """The seat owes a move."""
        self._offer = offer
        self._changes += 1
        self._tell()

    def ended(self, error: Exception) -> None:
        """Nothing more comes."""
        self._error = error
        self._tell()

    def _offered_since(self, version: int) -> bool:
        return self.offer is not None and self.offer.version >= version

    async def _change_after(self, seen: int) -> None:
        while self._changes <= seen:
            if self._error is not None:
                raise self._error
            await self._news.wait()

    def _tell(self) -> None:
        news, self._news = self._news, asyncio.Event()
        news.set()
