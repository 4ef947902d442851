"""Boards are found in texts as OpenSpiel prints them, and moves name their places."""

import pytest

from game.rules.catalog import load_catalog
from game.rules.contract.position import Position, first_position, own_dice, seed_of
from game.rules.moves import sample
from game.rules.open_spiel.boards import Board, board_in
from game.rules.open_spiel.cards import Cards
from game.rules.open_spiel.game import packed, unpacked
from game.rules.open_spiel.grids import Names, places_in
from game.rules.open_spiel.looks import LOOKS

ELSEWHERE = {"dots_and_boxes", "nim", "pentago", *(name for name, look in LOOKS.items() if isinstance(look, Cards))}
"""Where what is changed is not what lies on the place that is picked: `test_looks.py` and `test_cards.py` have them."""


@pytest.mark.parametrize(
    ("text", "board", "left"),
    [
        ("x.o\n.x.\n..o\nto move: x", ("x.o", ".x.", "..o"), ["to move: x"]),
        ("3x.o\n2.x.\n1..o\n abc", ("x.o", ".x.", "..o"), []),
        (" 3 +X+\n 2 +++\n 1 +O+\n   ABC\nKomi", ("+X+", "+++", "+O+"), ["Komi"]),
        ("? a ?\n? ? ?\n. ? A", ("?a?", "???", ".?A"), []),
        ("|b1||__||w2|\n|__||__||__|\n|__||b3||__|", ("b1 __ w2", "__ __ __", "__ b3 __"), []),
        ("r1k/pp1/2+R w - 0", ("r . k", "p p .", ". . +R"), ["w - 0"]),
        ("?1k/  1/1R1", ("?.k", "...", ".R."), []),
    ],
)
def test_a_board_is_found_and_the_other_lines_are_left(text: str, board: tuple[str, ...], left: list[str]) -> None:
    found, lines = board_in(text.split("\n"))
    assert found is not None
    assert packed(found) == board
    assert lines == left
    assert unpacked(packed(found)) == found


@pytest.mark.parametrize(
    "text", ["My hand 45678\nPlayed 44\nNext", "-6-7-8-\n2-----3\n-2-1-0-", "+--+\n|  |\n|x |\n+--+", "x.\n.o\n.."]
)
def test_what_is_no_board_stays_text(text: str) -> None:
    assert board_in(text.split("\n")) == (None, text.split("\n"))


@pytest.mark.parametrize(
    ("move", "names", "places", "more"),
    [
        ("a2b3", "letters", ["a2", "b3"], ""),
        ("f1xh3", "letters", ["f1", "h3"], ""),
        ("a7a8q", "letters", ["a7", "a8"], "q"),
        ("Sense c4", "letters", ["c4"], ""),
        ("W j10", "go", ["i10"], ""),
        ("W pass", "go", [], ""),
        ("x(0,2)", "rows", ["c1"], ""),
        ("C(0,1)-(9,1)", "rows", ["b1", "b10"], ""),
        ("X From (7, 10)", "rows_from_1", ["j7"], ""),
    ],
)
def test_a_move_names_its_places(move: str, names: Names, places: list[str], more: str) -> None:
    assert places_in(move, names) == (places, more)


def test_a_piece_is_drawn_said_and_placed() -> None:
    board: Board = (("k", ".", "."), (".", ".", "."), (".", "?", "N"))
    pieces = LOOKS["dark_chess"].shown(board, ()).pieces
    assert [(piece.at, piece.art, piece.label) for piece in pieces] == [
        ("a3", "chess:bK", "Black king on a3"),
        ("b1", "text:?", "Unknown on b1"),
        ("c1", "chess:wN", "White knight on c1"),
    ]


@pytest.mark.parametrize(
    "name", [name for name in LOOKS if f"open_spiel/{name}" in load_catalog([]) and name not in ELSEWHERE]
)
def test_a_move_changes_what_lies_where_it_points(name: str) -> None:
    """The place that is picked last is where the board is not as before; so names are neither mirrored nor turned."""
    position, dice, changes = _as_usual(name), own_dice(name), 0
    while position.to_move() and position.version < 60:
        seat = position.to_move()[0]
        move = sample(position.legal_moves(seat), dice.below)
        after = position.play(seat, move)
        *_, last = (pick for pick in position.game.picks(move))
        if not last.startswith("#") and _at(position, seat, last) != _at(after, seat, last):
            changes += 1
        position = after
    assert changes > position.version / 4


def _as_usual(name: str) -> Position:
    game = load_catalog([])[f"open_spiel/{name}"]
    return first_position(game, game.Options(), game.seats[0], seed_of(1))


def _at(position: Position, seat: int, place: str) -> str:
    return next((piece.art for piece in position.scene(seat).pieces if piece.at == place), "")
