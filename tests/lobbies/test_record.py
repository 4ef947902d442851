"""A lobby is rebuilt from its record, and a record that cannot be says why."""

from dataclasses import replace

import pytest

from game.lobbies.commands import Command, JoinLobby, LeaveLobby, TakeSeat
from game.lobbies.record import replay
from game.matches.record import Entry, RecordError
from tests.lobbies.test_lobby import ANN, BEN, NOW_MS, ann_hosts, header


def entry(version: int, command: Command) -> Entry[Command]:
    return Entry(version, NOW_MS, f"request-{version}", command)


def test_a_replayed_lobby_is_the_same_lobby() -> None:
    commands: list[Command] = [TakeSeat(BEN, 1), LeaveLobby(BEN.id), TakeSeat(BEN, 0)]
    record = [entry(version, command) for version, command in enumerate(commands, 1)]
    assert replay(header(), record) == ann_hosts(*commands)


def test_a_record_without_entries_is_a_new_lobby() -> None:
    assert replay(header(), ()) == ann_hosts()


@pytest.mark.parametrize("version", [0, 2])
def test_a_record_with_a_gap_says_where(version: int) -> None:
    with pytest.raises(RecordError, match=f"version {version} follows version 0"):
        replay(header(), [entry(version, JoinLobby(BEN))])


def test_a_record_with_a_refused_command_says_which_and_why() -> None:
    with pytest.raises(RecordError, match="version 1 is refused: You are in this lobby already."):
        replay(header(), [entry(1, JoinLobby(ANN))])


def test_a_header_with_a_wrong_number_of_seats_is_named() -> None:
    with pytest.raises(RecordError, match="the header is refused: This game is played by 2, 3 or 4, not by 7."):
        replay(replace(header(), seats=7), ())
