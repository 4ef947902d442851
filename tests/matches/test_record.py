"""A match is rebuilt from its record bit for bit, and a record that cannot be says what is wrong."""

import random
from dataclasses import replace

import pytest

from game.matches.commands import Command, PlayMove, Resign
from game.matches.match import Match, advance
from game.matches.record import Entry, RecordError, replay
from game.rules import tic_tac_toe
from game.rules.catalog import load_catalog
from game.rules.game import Game
from tests.matches import odd_rounds
from tests.matches.test_match import EVERY_TABLE, NOW_MS, any_command, header, match_of

CATALOG: dict[str, Game] = {**load_catalog(installed=()), odd_rounds.key: odd_rounds}


def entry(version: int, command: Command) -> Entry[Command]:
    return Entry(version, NOW_MS + version, f"request-{version}", command)


def record_of(*commands: Command) -> list[Entry[Command]]:
    return [entry(version, command) for version, command in enumerate(commands, 1)]


def all_views(match: Match) -> list[dict[str, object]]:
    return [match.view(seat) for seat in (None, *range(len(match.header.seats)))]


def played(game: Game, seats: int, seed: int, steps: int) -> tuple[Match, list[Entry[Command]]]:
    """A match played live, with its record."""
    match, chance, entries = match_of(game, seats, seed), random.Random(seed), []
    while match.outcome is None and match.version < steps:
        entries.append(entry(match.version + 1, any_command(match, chance)))
        match, _ = advance(match, entries[-1].command, entries[-1].at_ms)
    return match, entries


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(("game", "seats"), EVERY_TABLE)
def test_a_replayed_match_shows_every_audience_what_the_live_one_did(game: Game, seats: int, seed: int) -> None:
    live, entries = played(game, seats, seed, steps=150)
    again = replay(live.header, entries, CATALOG)
    assert all_views(again) == all_views(live)
    assert again == live


@pytest.mark.parametrize(("game", "seats"), EVERY_TABLE)
def test_a_match_with_a_stand_in_replays_alike_and_can_be_played_on(game: Game, seats: int) -> None:
    live, entries = played(game, seats, seed=7, steps=4)
    if live.outcome is None:
        gone = entry(live.version + 1, Resign(live.turn[0]))
        live, _ = advance(live, gone.command, gone.at_ms)
        entries.append(gone)
    again, chance = replay(live.header, entries, CATALOG), random.Random(7)
    while live.outcome is None and live.version < 60:
        command = any_command(live, chance)
        (live, told), (again, told_again) = advance(live, command, NOW_MS), advance(again, command, NOW_MS)
        assert told == told_again
    assert all_views(again) == all_views(live)


def test_a_record_without_entries_is_a_match_at_version_nought() -> None:
    assert replay(header(tic_tac_toe, 2), (), CATALOG) == match_of(tic_tac_toe, 2)


def test_a_game_that_is_not_played_here_is_named() -> None:
    with pytest.raises(RecordError, match="this server does not play ludo"):
        replay(replace(header(tic_tac_toe, 2), game="ludo"), (), CATALOG)


def test_rules_of_another_revision_are_named() -> None:
    with pytest.raises(RecordError, match="odd_rounds has rules of revision 3, the record 2"):
        replay(replace(header(odd_rounds, 2), revision=2), (), CATALOG)


def test_seats_that_the_game_does_not_have_are_named() -> None:
    with pytest.raises(RecordError, match="tic_tac_toe is not played by 3"):
        replay(header(tic_tac_toe, 3), (), CATALOG)


def test_options_that_the_game_does_not_have_are_named() -> None:
    with pytest.raises(RecordError, match="tic_tac_toe cannot be set up: .*no_such_option"):
        replay(replace(header(tic_tac_toe, 2), options={"no_such_option": 1}), (), CATALOG)


@pytest.mark.parametrize("versions", [(0,), (2,), (1, 1), (1, 3)])
def test_a_gap_or_a_repetition_is_named(versions: tuple[int, ...]) -> None:
    moves = [PlayMove(0, "a1"), PlayMove(1, "b1")]
    entries = [entry(version, move) for version, move in zip(versions, moves)]
    with pytest.raises(RecordError, match=f"version {versions[-1]} follows version {len(versions) - 1}"):
        replay(header(tic_tac_toe, 2), entries, CATALOG)


def test_a_command_that_the_rules_refuse_is_named_with_the_rule() -> None:
    with pytest.raises(RecordError, match="version 2 is refused: a1 is taken."):
        replay(header(tic_tac_toe, 2), record_of(PlayMove(0, "a1"), PlayMove(1, "a1")), CATALOG)


def test_a_command_after_the_end_is_refused() -> None:
    with pytest.raises(RecordError, match="version 2 is refused: The match is over."):
        replay(header(tic_tac_toe, 2), record_of(Resign(0), PlayMove(1, "a1")), CATALOG)
