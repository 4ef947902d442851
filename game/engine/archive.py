"""What a match was, from its record: looked up here and now, worked out by what is returned, on any thread.

A long match takes a while to play again, and the loop has others to serve.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial

from game.engine.registry import NOT_YOUR_SEAT, Registry
from game.matches.exported import exported
from game.matches.history import Step, history
from game.matches.match import Match
from game.matches.publication import publication
from game.matches.refusals import Refusal
from game.rules.exports import Export, exports_of


class Archive:
    """The records of one server's matches, for those who may read them."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def published(self, id: str) -> Callable[[], dict[str, object]]:
        """The record of a finished match, for all to see. Raises Refusal."""
        match = self._registry.match(id).told
        _check_over(match, "The record can be read when the match is over.")
        return partial(publication, match.header, self._registry.entries(match), match.game)

    def exported(self, id: str, format: str) -> tuple[Export, Callable[[], str]]:
        """A format of a finished match's game, and what writes the match in it. Raises Refusal."""
        match = self._registry.match(id).told
        game = match.game
        export = exports_of(game).get(format)
        if export is None:
            raise Refusal("no_such_format", f"{game.title} is not written in a format of that name.")
        _check_over(match, "A match can be exported when it is over.")
        date = datetime.fromtimestamp(match.header.created_ms / 1000, UTC).date().isoformat()
        return export, partial(exported, match.header, self._registry.entries(match), game, export, date)

    def history(self, id: str, seat: int | None, player: str | None) -> Callable[[], Sequence[Step]]:
        """How a match looked at each version, to spectators (None) or to a seat. Raises Refusal.

        While the match is under way, what a seat sees is for the player who sits there.
        """
        match = self._registry.match(id).told
        seats = match.header.seats
        if seat is not None and seat >= len(seats):
            raise Refusal("no_such_seat", f"There is no seat {seat}.")
        if seat is not None and match.outcome is None and seats[seat].id != player:
            raise NOT_YOUR_SEAT.anew()
        return partial(history, match.header, self._registry.entries(match), match.game, seat)


def _check_over(match: Match, otherwise: str) -> None:
    if match.outcome is None:
        raise Refusal("match_not_over", otherwise)
