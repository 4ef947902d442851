"""Whether all who took part in a match, and the record of it, tell the same story."""

from collections.abc import Iterator, Sequence

from bots.record import Record
from bots.replay import Replay, replay
from bots.seat import Played
from bots.verify import faults
from game.rules.catalog import Catalog
from protocol.patches import View, canonical


def discrepancies(played: Sequence[Played], seen: tuple[int, View], record: Record, catalog: Catalog) -> list[str]:
    """What differs between the seats, the spectator's last version and view, and the record; nothing when all is well."""
    if found := faults(record, catalog):
        return [f"record: {fault}" for fault in found]
    end = replay(record, catalog)
    return [
        *_view_faults("the spectator", *seen, None, end),
        *(
            fault
            for seat in played
            for fault in _view_faults(f"seat {seat.seat}", seat.version, seat.view, seat.seat, end)
        ),
        *(fault for seat in played for fault in _move_faults(seat, record)),
    ]


def _view_faults(who: str, version: int, view: View, seat: int | None, end: Replay) -> Iterator[str]:
    if version != end.version:
        yield f"{who} ended at version {version}, the record at {end.version}"
    elif canonical(view) != canonical(end.view(seat)):
        yield f"{who} ended with the view {view}; replayed it is {end.view(seat)}"


def _move_faults(played: Played, record: Record) -> Iterator[str]:
    """Each acknowledged move stands in the record, once and at its version; nothing else does."""
    kept = {
        entry.version: entry.command.move
        for entry in record.entries
        if entry.command.name == "PlayMove" and entry.command.seat == played.seat
    }
    for version, move in played.acknowledged:
        if version not in kept:
            yield f"lost: {move} of seat {played.seat} was acknowledged as version {version}; the record has none there"
        elif (there := kept.pop(version)) != move:
            yield f"lost: {move} of seat {played.seat} was acknowledged as version {version}, where the record has {there}"
    for version, move in kept.items():
        yield f"doubled: the record has {move} of seat {played.seat} as version {version}, which was never acknowledged"
