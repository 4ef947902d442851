"""What it costs to play a game: time for its rules, and bytes for what is sent."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from game.rules.contract.position import Position, first_position, own_dice, seed_of
from game.rules.game import Game, View
from game.rules.moves import Moves, sample

MOVES_PER_SECOND_MIN = 500
"""Of the rules alone. Below it, they and not the server decide how many can play."""
UPDATE_BYTES_USUAL_MAX = 400
"""Of the update of an average move."""


class Wire(Protocol):
    """How many bytes a frame of each kind has."""

    frame_bytes_max: int

    def snapshot(self, view: View) -> int:
        """The frame that gives all of a view."""

    def update(self, old: View, new: View) -> int:
        """The frame that takes one view to the next."""

    def legal_moves(self, seat: int, moves: Moves) -> int:
        """The frame that lists what a seat may do."""


@dataclass(slots=True)
class Figures:
    """What was seen while some matches were played at random."""

    matches: int = 0
    moves: int = 0
    seconds: float = 0.0
    """In the rules alone: the legal moves, the move, the turn and the outcome."""
    view_bytes_max: int = 0
    """As JSON."""
    updates: int = 0
    update_bytes: int = 0
    update_bytes_max: int = 0
    frame_bytes_max: int = 0
    largest: str = ""
    """What the largest frame was."""

    def frame(self, size: int, what: str) -> None:
        """Takes note of a frame."""
        if size > self.frame_bytes_max:
            self.frame_bytes_max, self.largest = size, what


def measured(game: Game, wire: Wire, clock: Callable[[], float], seconds_max: float) -> Figures:
    """Plays matches at random, with the usual options and the most seats, for so long."""
    figures, ends = Figures(), clock() + seconds_max
    while not figures.matches or clock() < ends:
        _play(game, figures, wire, clock, ends)
        figures.matches += 1
    return figures


def advice(figures: Figures, wire: Wire) -> tuple[Sequence[str], Sequence[str]]:
    """What must be changed, and what would better be, in words."""
    must, better = [], []
    if figures.frame_bytes_max > wire.frame_bytes_max:
        must.append(
            f"{figures.largest} has {figures.frame_bytes_max} bytes, and {wire.frame_bytes_max} is the most that is sent: "
            "show less of what lies far back, and use Number or Subset where there are thousands of moves"
        )
    if (rate := per_second(figures)) < MOVES_PER_SECOND_MIN:
        better.append(
            f"The rules play {rate:.0f} moves a second; {MOVES_PER_SECOND_MIN} and more leave the server time for others: "
            "keep in the state what legal_moves and outcome would have to work out again"
        )
    if (usual := mean_update(figures)) > UPDATE_BYTES_USUAL_MAX:
        better.append(
            f"An update has {usual:.0f} bytes on average; most games need fewer than {UPDATE_BYTES_USUAL_MAX}: leave out of "
            "the view what follows from the rest, keep what changes in short values, and let lists grow at their end"
        )
    return must, better


def per_second(figures: Figures) -> float:
    """Moves a second."""
    return figures.moves / figures.seconds if figures.seconds else float("inf")


def mean_update(figures: Figures) -> float:
    """Bytes of the update of an average move to one audience."""
    return figures.update_bytes / figures.updates if figures.updates else 0.0


def _play(game: Game, figures: Figures, wire: Wire, clock: Callable[[], float], ends: float) -> None:
    """One match, or as much of it as there is time for."""
    position = first_position(game, game.Options(), game.seats[-1], seed_of(figures.matches))
    dice = own_dice("figures", figures.matches)
    views = _views(position)
    _note_views(views, figures, wire)
    while position.to_move() and (clock() < ends or position.version < 8):
        before = clock()
        seat = position.to_move()[0]
        moves = position.legal_moves(seat)
        after = position.play(seat, sample(moves, dice.below))
        after.outcome()
        figures.seconds += clock() - before
        figures.moves += 1
        figures.frame(wire.legal_moves(seat, moves), "a list of legal moves")
        position, old = after, views
        views = _views(position)
        _note_views(views, figures, wire)
        for audience, view in views.items():
            size = wire.update(old[audience], view)
            figures.updates += 1
            figures.update_bytes += size
            figures.update_bytes_max = max(figures.update_bytes_max, size)
            figures.frame(size, "an update")


def _views(position: Position) -> dict[int | None, Any]:
    audiences = (None,) if position.game.hides_nothing else position.audiences
    return {audience: position.view(audience) for audience in audiences}


def _note_views(views: dict[int | None, Any], figures: Figures, wire: Wire) -> None:
    for view in views.values():
        figures.view_bytes_max = max(figures.view_bytes_max, len(json.dumps(view, separators=(",", ":"))))
        figures.frame(wire.snapshot(view), "a whole view")
