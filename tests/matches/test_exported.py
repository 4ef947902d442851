"""What a match was, as those get it who write it down."""

import pytest

from game.matches.commands import PlayMove, Resign
from game.matches.exported import exported, played
from game.matches.record import RecordError
from game.rules import chess, liars_dice, tic_tac_toe
from game.rules.game import Outcome
from tests.matches.test_match import match_of
from tests.matches.test_record import record_of


def test_moves_come_with_their_seats_and_players_with_their_names() -> None:
    header = match_of(tic_tac_toe, 2).header
    told = played(header, record_of(PlayMove(0, "b2"), PlayMove(1, "a1"), Resign(1)), tic_tac_toe, "2026-11-25")
    assert told.moves == ((0, "b2"), (1, "a1"))
    assert told.players == tuple(seat.name for seat in header.seats)
    assert (told.outcome, told.date) == (Outcome("resigned", (1, -1)), "2026-11-25")


def test_moves_of_chance_for_a_seat_that_resigned_are_moves() -> None:
    """Where others play on, the match is told as it was played."""
    first = match_of(liars_dice, 3)
    seat = first.turn[0]
    others = [other for other in range(3) if other != seat]
    told = played(first.header, record_of(Resign(seat), Resign(others[0])), liars_dice, "2026-11-25")
    assert told.moves[0][0] == seat
    assert len(told.outcome.points) == 3


def test_a_match_that_is_not_over_is_not_told() -> None:
    header = match_of(chess, 2).header
    with pytest.raises(RecordError, match="not over"):
        exported(header, record_of(PlayMove(0, "e2e4")), chess, chess.exports["pgn"], "2026-11-25")
    text = exported(header, record_of(PlayMove(0, "e2e4"), Resign(1)), chess, chess.exports["fen"], "2026-11-25")
    assert text == "rnbqkbnr/pppppppp/8/8/4P3/8/PPPP1PPP/RNBQKBNR b KQkq - 0 1\n"
