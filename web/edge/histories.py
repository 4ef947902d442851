"""What a match was, worked out beside the loop: a long match takes a while to play again."""

from asyncio import AbstractEventLoop
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import pairwise
from typing import TypeVar

from pydantic import BaseModel, Field

from game.engine.archive import Archive
from game.engine.host import OVERLOADED
from game.matches.history import Step
from protocol.patches import Patch, View, patch_between

T = TypeVar("T")

WAITING_MAX = 32
"""Records, exports and histories that are asked for at once; they are made one after the other."""


class History(BaseModel):
    """A match as one audience saw it, from version 0 to the newest."""

    first: View = Field(description="the view at version 0, in the form `scene`")
    patches: list[Patch] = Field(description="for each version after it the patch from the one before")
    at_ms: list[int] = Field(description="when each version came about, from version 0 on")
    moves: list[tuple[int, str] | None] = Field(
        description="for each version after the first the seat that moved and its move; nil for another command, and "
        "while it may be a secret"
    )


class Histories:
    """Makes them, one at a time. Nothing is kept."""

    def __init__(self, archive: Archive, loop: AbstractEventLoop) -> None:
        self._archive = archive
        self._loop = loop
        self._waiting = 0
        self._worker = ThreadPoolExecutor(1, "histories")

    async def published(self, match: str) -> dict[str, object]:
        """The record of a finished match. Raises Refusal."""
        return await self._beside_the_loop(self._archive.published(match))

    async def exported(self, match: str, format: str) -> tuple[str, str]:
        """The media type and the text of a finished match in a format of its game. Raises Refusal."""
        export, write = self._archive.exported(match, format)
        return export.media_type, await self._beside_the_loop(write)

    async def of(self, match: str, seat: int | None, player: str | None) -> History:
        """The history of a match for spectators (None) or a seat, when the player may see that. Raises Refusal."""
        steps = self._archive.history(match, seat, player)
        return await self._beside_the_loop(partial(_made, steps))

    async def _beside_the_loop(self, make: Callable[[], T]) -> T:
        if self._waiting >= WAITING_MAX:
            raise OVERLOADED.anew()
        self._waiting += 1
        try:
            return await self._loop.run_in_executor(self._worker, make)
        finally:
            self._waiting -= 1

    def close(self) -> None:
        """Gives up what has not begun."""
        self._worker.shutdown(cancel_futures=True)


def _made(replay: Callable[[], Sequence[Step]]) -> History:
    steps = replay()
    return History(
        first=steps[0].scene,
        patches=[patch_between(before.scene, after.scene) for before, after in pairwise(steps)],
        at_ms=[step.at_ms for step in steps],
        moves=[step.move for step in steps[1:]],
    )
