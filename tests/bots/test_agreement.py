"""What the check after a match finds: each way in which the sides could tell different stories."""

import json
from collections.abc import Callable

import pytest

from bots.agreement import discrepancies
from bots.record import Record, read_record
from bots.replay import replay
from bots.seat import Acknowledged, Played
from game.rules.catalog import load_catalog
from protocol.patches import View
from tests.bots.records import published

CATALOG = load_catalog()
Seen = tuple[int, View]


def honest(game: str = "liars_dice", seats: int = 3) -> tuple[list[Played], Seen, Record]:
    """What everyone would know if all went well."""
    record = read_record(json.dumps(published(game, seats, seed=1)))
    end = replay(record, CATALOG)
    made: dict[int, list[Acknowledged]] = {seat: [] for seat in range(seats)}
    for entry in record.entries:
        assert entry.command.name == "PlayMove"
        made[entry.command.seat].append(Acknowledged(entry.version, entry.command.move))
    played = [Played(seat, end.version, _wired(end.view(seat)), made[seat]) for seat in range(seats)]
    return played, (end.version, _wired(end.view(None))), record


def _wired(view: dict[str, object]) -> View:
    wired: View = json.loads(json.dumps(view))
    return wired


@pytest.mark.parametrize(("game", "seats"), [("liars_dice", 3), ("tic_tac_toe", 2), ("rock_paper_scissors", 2)])
def test_who_tells_the_same_story_agrees(game: str, seats: int) -> None:
    played, seen, record = honest(game, seats)
    assert discrepancies(played, seen, record, CATALOG) == []


def one_version_behind(played: list[Played]) -> None:
    played[1].version -= 1


def other_view(played: list[Played]) -> None:
    played[1].view["turn"] = [0]


def a_move_more(played: list[Played]) -> None:
    played[1].acknowledged.append(Acknowledged(10_000, "liar"))


def another_move(played: list[Played]) -> None:
    played[1].acknowledged[0] = Acknowledged(played[1].acknowledged[0].version, "bid 99x6")


def a_move_less(played: list[Played]) -> None:
    played[1].acknowledged.pop()


def one_version_twice(played: list[Played]) -> None:
    played[1].acknowledged.append(played[1].acknowledged[0])


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (one_version_behind, "seat 1 ended at version"),
        (other_view, "seat 1 ended with the view"),
        (a_move_more, "lost: liar of seat 1"),
        (another_move, "lost: bid 99x6 of seat 1"),
        (a_move_less, "doubled"),
        (one_version_twice, "lost"),
    ],
)
def test_a_difference_is_found(spoil: Callable[[list[Played]], None], words: str) -> None:
    played, seen, record = honest()
    spoil(played)
    found = discrepancies(played, seen, record, CATALOG)
    assert len(found) == 1
    assert words in found[0]


def test_a_spectator_who_saw_something_else_is_found() -> None:
    played, (version, view), record = honest()
    assert discrepancies(played, (version - 1, view), record, CATALOG)
    assert discrepancies(played, (version, {**view, "turn": [0]}), record, CATALOG)


def test_a_record_that_does_not_hold_is_found() -> None:
    played, seen, record = honest()
    found = discrepancies(played, seen, record.model_copy(update={"commitment": "0" * 64}), CATALOG)
    assert "promised" in found[0]
