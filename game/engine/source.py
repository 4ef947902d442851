"""What can be watched: a match, a lobby, or a list that changes."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from game.matches.refusals import Refusal
from game.rules.moves import Moves


class Listener(Protocol):
    """Whoever wants to hear of changes, once they are durable."""

    def told(self, events: Sequence[object]) -> None:
        """The source is one version further; ask it for what is to be shown."""

    def lost(self, why: Refusal) -> None:
        """The source is gone; what was not told may or may not have been kept."""


class Source(Protocol):
    """Something with versions and, for each audience, a view. An audience is a seat or None."""

    @property
    def version(self) -> int:
        """How many changes there have been; each is told once."""

    def audience(self, seat: int | None) -> int | None:
        """The audience that a seat belongs to: None where every seat may know all that anyone may."""

    def about(self, form: str) -> Mapping[str, object]:
        """What does not change, in plain data. `form` is `view` or `scene`."""

    def look(self, audience: int | None, form: str) -> dict[str, object]:
        """What the audience may know now, in plain data."""

    def moves(self, seat: int) -> Moves:
        """The moves of a seat; none when it owes none."""

    def picks(self, move: str) -> Sequence[str]:
        """How a move is entered on the table."""

    def hear(self, listener: Listener) -> None:
        """Adds a listener."""

    def ignore(self, listener: Listener) -> None:
        """Removes a listener."""
