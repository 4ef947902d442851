"""OpenSpiel's texts become moves that can be typed, each its own, and lines that can be read."""

from game.rules.open_spiel.texts import cleaned, lines_of, texts_of


def test_a_move_is_one_printable_line() -> None:
    assert cleaned(" \x1b[91mx\x1b[0m  a1\n") == "x a1"


def test_moves_that_read_the_same_are_told_apart_by_number() -> None:
    assert texts_of(["Pass", "Bid 1", "Pass", " "], [3, 4, 7, 9]) == ["Pass #3", "Bid 1", "Pass #7", "#9"]
    assert texts_of(["Pass", "Bid 1"], [3, 4]) == ["Pass", "Bid 1"]


def test_lines_keep_their_shape_and_lose_what_is_empty_around_them() -> None:
    assert lines_of("\n\n  a b\t.\n\n\x1b[94m o\x1b[0m  \n\n") == ["  a b   .", "", " o"]


def test_facts_in_one_line_become_lines_and_cards_are_large_enough_to_read() -> None:
    assert lines_of("[Observer: 0][Private: 1][Round 2][Pot: 10]") == ["Private: 1", "Round 2", "Pot: 10"]
    assert lines_of("PlPos:1|Hand:🂹 🃙 🂠|Bids:pass|Skat:") == ["PlPos:1", "Hand:♥9 ♣9 ?", "Bids:pass", "Skat:"]
    assert lines_of("Cards (public player_0): -10000 5") == ["Cards (public player_0): none 5"]
    assert lines_of("|b    a  |\nabc|def") == ["|b    a  |", "abc|def"]


def test_whose_turn_it_is_is_left_to_the_page() -> None:
    assert lines_of("Current player: 1\nScore: 2\nCur player: 0") == ["Score: 2"]
