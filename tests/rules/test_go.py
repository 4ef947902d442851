"""Go by the book, on positions that are written down as boards: X is Black, O is White."""

import re
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from game.rules import go as game
from game.rules.dice import Dice
from game.rules.exports import Played
from game.rules.game import Outcome
from game.rules.go.board import BOARDS
from tests.rules.matches import SEED, after, on, refusal

NINE = game.Options(size=9)


def at(*ranks: str, seat: int = 0, **about: Any) -> game.State:
    """A position of a 9×9 board, its top left corner given, from the ninth rank down; this seat is to move."""
    rows = [rank.replace(" ", "").ljust(9, ".") for rank in ranks]
    laid = tuple(
        ("abcdefghi"[file] + str(9 - row), "XO".index(sign))
        for row, signs in enumerate(rows)
        for file, sign in enumerate(signs)
        if sign != "."
    )
    black, white = (sum(BOARDS[9].bits[place] for place, owner in laid if owner == side) for side in (0, 1))
    options = game.Options(size=9, komi=about.pop("komi", "7.5"))
    return game.State(options, laid, (black, white), frozenset({(black, white)}), seat, **about)


def board(state: game.State) -> str:
    """The top left corner as it was written, without what is empty below and to the right."""
    stones = dict(state.laid)
    rows = ["".join(".XO"[stones.get(f"{file}{rank}", -1) + 1] for file in "abcdefghi") for rank in range(9, 0, -1)]
    return " / ".join(row.rstrip(".") for row in rows).rstrip(" /")


CAPTURES = [
    # before, whose turn, move, after, stones taken
    ([".X.", "XO.", ".X."], 0, "c8", ".X / X.X / .X", 1),  # in the middle
    (["OX", "..", ".."], 0, "a8", ".X / X", 1),  # in a corner
    (["OOX", "XX."], 1, "d9", "OOXO / XX", 0),  # nothing: it has liberties
    ([".OX", "XX."], 0, "a9", "X.X / XX", 1),  # into a hole, taking
    (["XOO.", "XXOX", ".OXX"], 0, "d9", "X..X / XX.X / .OXX", 3),  # a chain that bends
    ([".XOX", "XO.O", ".XOX"], 0, "c8", ".X.X / X.XO / .XOX", 2),  # two that do not touch, beside each other
    (["XO.OX", ".XXX."], 0, "c9", "X.X.X / .XXX", 2),  # two chains at once
    (["OOO.", "OXXO", "O.XO", "OOO"], 1, "b7", "OOO / O..O / OO.O / OOO", 3),  # that fills an eye from within
]  # fmt: skip


@pytest.mark.parametrize(("before", "seat", "move", "then", "taken"), CAPTURES)
def test_stones_without_a_liberty_are_taken(before: list[str], seat: int, move: str, then: str, taken: int) -> None:
    state = on(game, at(*before, seat=seat), move)
    assert board(state) == then
    assert state.taken[seat] == taken


@pytest.mark.parametrize(
    ("before", "seat", "move"),
    [([".X", "X"], 1, "a9"), (["O.X", "OX.", "X"], 1, "b9"), ([".OX", "OX.", "X.."], 1, "a9")],
)
def test_suicide_is_refused_and_not_listed(before: list[str], seat: int, move: str) -> None:
    state = at(*before, seat=seat)
    assert move not in game.legal_moves(state, seat)
    assert refusal(game, state, move) == ("suicide", f"A stone on {move} would have no liberty.")


KO = at(".XO.", "X.XO", ".XO.", seat=1)


def test_a_ko_is_not_taken_back_at_once() -> None:
    state = on(game, KO, "b8")
    assert board(state) == ".XO / XO.O / .XO"
    assert "c8" not in game.legal_moves(state, 0)
    assert refusal(game, state, "c8")[0] == "superko"
    threat = on(game, state, "h2, h3")
    assert "c8" in game.legal_moves(threat, 0)
    assert board(on(game, threat, "c8")).startswith(".XO / X.XO / .XO")


def test_a_pass_is_no_ko_threat_for_the_position_is_what_counts() -> None:
    state = on(game, KO, "b8, pass, pass")
    assert game.outcome(state) is not None
    state = on(game, KO, "b8, h2, pass")
    assert "c8" in game.legal_moves(state, 0)


def test_two_stones_sent_and_one_returned_is_a_repetition_too() -> None:
    """Black adds a stone to one, White takes both with one, and Black may not take that one: no simple ko forbids it."""
    state = on(game, at(".X.X", "OOX", seat=0), "a9, c9")
    assert board(state) == "..OX / OOX"
    assert "b9" not in game.legal_moves(state, 0)
    assert refusal(game, state, "b9")[0] == "superko"


SCORES = [
    ([], 0, 0),
    (["X"], 81, 0),
    (["...XO....", "...XO....", "...XO....", "...XO....", "...XO....", "...XO....", "...XO....", "...XO....", "...XO...."], 36, 45),
    (["...X.O...", "...X.O...", "...X.O...", "...X.O...", "...X.O...", "...X.O...", "...X.O...", "...X.O...", "...X.O..."], 36, 36),
    ([".X.OO....", "XXXO.....", "OOO......"], 5, 75),
    (["XO.......", ".O.......", "OO......."], 1, 79),  # the point between both is nobody's
]  # fmt: skip


@pytest.mark.parametrize(("position", "black", "white"), SCORES)
def test_the_area_is_stones_and_the_empty_points_that_touch_one_colour(
    position: list[str], black: int, white: int
) -> None:
    state = on(game, at(*position, komi="6.5"), "pass, pass")
    assert game.areas(state) == (black, white)
    lead = black - white - 6.5
    assert game.outcome(state) == Outcome("two_passes", (1, -1) if lead > 0 else (-1, 1))
    scene = game.scene(game.view(state, None))
    assert scene.status.text == f"{'Black' if lead > 0 else 'White'} wins by {abs(lead):g}"
    assert [(counter.label, counter.value) for counter in scene.counters] == [
        ("Area", str(black)),
        ("Area", str(white)),
    ]


def test_without_komi_a_match_can_be_a_draw() -> None:
    state = on(game, at(*SCORES[3][0], komi="0"), "pass, pass")
    assert game.outcome(state) == Outcome("two_passes", (0, 0))
    assert game.scene(game.view(state, None)).status.text == "A draw"


def test_two_passes_in_a_row_end_the_match_and_one_does_not() -> None:
    state = after(game, "e5, pass, e6, pass", NINE)
    assert game.outcome(state) is None
    assert game.scene(game.view(state, None)).status.text == "White has passed. Black to move"
    assert game.to_move(on(game, state, "pass")) == ()


def test_a_match_ends_after_twice_as_many_moves_as_points() -> None:
    state = after(game, "a1", NINE)
    assert game.outcome(on(game, replace(state, ply=160), "b1")) is None
    assert game.outcome(on(game, replace(state, ply=161), "b1")) == Outcome("move_limit", (-1, 1))


def test_refusals_name_the_rule() -> None:
    state = after(game, "a1", NINE)
    assert refusal(game, state, "a1") == ("taken", "There is a stone on a1.")
    assert refusal(game, state, "k1") == ("no_such_place", "A move names a point, from a1 to i9, or is “pass”.")


@pytest.mark.parametrize("seed", range(3))
def test_what_is_listed_is_what_can_be_played(seed: int) -> None:
    """The moves are found for all points at once, and played one by one: both say the same."""
    chance, state = Random(seed), game.setup(NINE, 2, Dice(SEED, 0))
    for _ in range(120):
        if not (turn := game.to_move(state)):
            break
        moves = game.legal_moves(state, turn[0])
        for place in set(BOARDS[9].bits) - set(moves):
            refusal(game, state, place)
        for move in moves:
            assert on(game, state, move).ply == state.ply + 1
        state = on(game, state, chance.choice(moves))


def test_stones_taken_off_leave_the_others_where_they_are_in_the_list() -> None:
    state = on(game, at(".X.", "XO.", ".X."), "c8")
    assert [place for place, _ in state.laid] == ["b9", "a8", "b7", "c8"]
    assert game.scene(game.view(state, None)).pieces[-1].label == "Black on c8"


def test_the_stars_are_where_they_are() -> None:
    def stars(size: Any) -> set[str]:
        (grid,) = game.table(game.Options(size=size)).zones
        return set(getattr(grid, "stars", ()))

    assert stars(9) == {"c3", "c7", "g3", "g7", "e5"}
    assert stars(13) == {"d4", "d10", "j4", "j10", "g7"}
    assert stars(19) == {file + rank for file in "djp" for rank in ("4", "10", "16")}


def played(moves: str, outcome: Outcome | None = None) -> Played:
    texts = tuple((number % 2, move) for number, move in enumerate(moves.split(", ")))
    ended = outcome or game.outcome(after(game, moves, NINE))
    assert ended is not None
    return Played(NINE, ("Ann [a]", "B\\ea"), texts, ended, "2026-11-25")


def test_a_match_as_sgf() -> None:
    assert game.exports["sgf"].write(played("a1, i9, e4, pass, pass")) == (
        "(;FF[4]GM[1]CA[UTF-8]RU[Tromp-Taylor]SZ[9]KM[7.5]\n"
        "PB[Ann [a\\]]PW[B\\\\ea]DT[2026-11-25]RE[W+6.5]\n"
        ";B[ai];W[ia];B[ef];W[];B[])\n"
    )
    assert "RE[B+R]" in game.exports["sgf"].write(played("a1", Outcome("resigned", (1, -1))))


def test_an_sgf_reads_back_to_the_same_moves() -> None:
    moves = "e5, c3, g7, c7, pass, g3, pass, pass"
    nodes = re.findall(r";([BW])\[([a-i]{0,2})\]", game.exports["sgf"].write(played(moves)))
    assert [colour for colour, _ in nodes] == ["B", "W"] * 4
    read = [f"{point[0]}{9 - 'abcdefghi'.index(point[1])}" if point else "pass" for _, point in nodes]
    assert ", ".join(read) == moves
