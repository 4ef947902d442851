"""The vocabulary of a table."""

from dataclasses import replace

from game.rules.contract.looks import places_in
from game.rules.table import (
    Graph,
    Grid,
    Hex,
    Lay,
    Piece,
    Scene,
    Sheet,
    Status,
    Table,
    Track,
    file_name,
    picks_by_button,
    picks_by_name,
    plain,
    seat_name,
    seated,
    square,
    status,
)


def test_files_go_on_after_z() -> None:
    assert [file_name(file) for file in (0, 25, 26, 51, 52, 701, 702)] == ["a", "z", "aa", "az", "ba", "zz", "aaa"]


def test_a_square_is_a_letter_and_a_number_from_the_bottom_left() -> None:
    assert square(0, 0) == "a1"
    assert square(7, 7) == "h8"
    assert Grid("sea", 3, 3, prefix="own-").place(1, 2) == "own-b3"


def test_zones_name_their_places() -> None:
    assert places_in(Grid("g", 2, 2)) == ["a1", "a2", "b1", "b2"]
    assert places_in(Grid("g", 2, 1, by_file=True, prefix="p")) == ["pa1", "pb1", "p1", "p2"]
    assert places_in(Hex("h", 1, 2)) == ["a1", "a2"]
    assert places_in(Graph("g", (("north", 0, 0), ("south", 0, 9)), (("north", "south"),))) == ["north", "south"]
    assert places_in(Track("t", 3, extra=("home",))) == ["1", "2", "3", "home"]
    assert places_in(Lay("pile", "stock")) == ("stock",)
    assert places_in(Sheet("s", 2, 1)) == ["0.0", "0.1"]


def test_plain_leaves_out_what_has_its_default_value() -> None:
    assert plain(Table((Grid("board", 3, 3),))) == {
        "v": 1,
        "zones": [{"id": "board", "cols": 3, "rows": 3, "kind": "grid"}],
    }
    assert plain(Scene(Status("k", "t"), (), (Piece("p", "a1", "x", "X", owner=0),))) == {
        "status": {"key": "k", "text": "t"},
        "turn": [],
        "pieces": [{"id": "p", "at": "a1", "art": "x", "label": "X", "owner": 0}],
    }


def test_a_piece_that_lies_still_is_the_same_object_in_the_next_scene() -> None:
    """Comparing the two then costs nothing."""
    one, other = [plain(Scene(Status("k", text), (), (Piece("p", "a1", "x", "X"),))) for text in ("then", "now")]
    assert isinstance(one, dict)
    assert isinstance(other, dict)
    assert one["pieces"][0] is other["pieces"][0]
    assert plain(Piece("p", "a2", "x", "X")) == {"id": "p", "at": "a2", "art": "x", "label": "X"}


def test_the_zones_of_seats_that_nobody_has_are_left_out() -> None:
    table = Table(
        (Grid("board", 3, 3), Lay("pile", "stock"), *(Lay("hand", f"hand-{seat}", owner=seat) for seat in range(4)))
    )
    assert [zone.id for zone in seated(table, 2).zones] == ["board", "stock", "hand-0", "hand-1"]


def test_the_columns_of_seats_that_nobody_has_are_left_out() -> None:
    sheet = Sheet("scores", 4, 2, sites=("", "Player 1", "Player 2", "Player 3"), by_seat=True)
    assert seated(Table((sheet,)), 2).zones == (replace(sheet, cols=3, sites=("", "Player 1", "Player 2")),)
    plain_sheet = replace(sheet, by_seat=False)
    assert seated(Table((plain_sheet,)), 2).zones == (plain_sheet,)


def test_the_usual_status_says_who_moves_or_who_won() -> None:
    assert status("XO", (1,)) == Status("to_move", "O to move")
    assert status("XO", (0, 1)) == Status("to_move", "X and O to move")
    assert status("XO", (), 0) == Status("won", "X wins")
    assert status("XO", ()) == Status("draw", "A draw")
    assert seat_name(0) == "Player 1"


def test_picks_of_simple_moves() -> None:
    assert picks_by_name("b2") == ("b2",)
    assert picks_by_button("rock") == ("#rock",)
