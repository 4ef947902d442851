"""Yacht by the book, and its scores beside OpenSpiel's."""

import re
from dataclasses import replace

import pyspiel
import pytest

from game.rules import yacht as game
from game.rules.dice import Dice
from game.rules.game import NoOptions, Outcome
from game.rules.moves import Subset
from game.rules.table import seated
from tests.rules.matches import SEED, after, on, refusal

THEIR_NAMES = {
    "Ones": "ones", "Twos": "twos", "Threes": "threes", "Fours": "fours", "Fives": "fives", "Sixes": "sixes",
    "Chance": "choice", "Four of a Kind": "four_of_a_kind", "Full House": "full_house",
    "Small Straight": "little_straight", "Large Straight": "big_straight", "Yacht": "yacht",
}  # fmt: skip


def shown(*dice: int, seats: int = 2) -> game.State:
    return replace(game.setup(NoOptions(), seats, Dice(SEED, 0)), dice=dice)


@pytest.mark.parametrize(
    ("category", "dice", "points"),
    [
        ("ones", (1, 1, 2, 3, 1), 3),
        ("sixes", (1, 2, 3, 4, 5), 0),
        ("full_house", (2, 3, 2, 3, 3), 13),
        ("full_house", (3, 3, 3, 3, 3), 0),
        ("four_of_a_kind", (5, 5, 5, 5, 2), 20),
        ("four_of_a_kind", (5, 5, 5, 5, 5), 20),
        ("four_of_a_kind", (5, 5, 5, 2, 2), 0),
        ("little_straight", (3, 1, 2, 5, 4), 30),
        ("little_straight", (2, 3, 4, 5, 6), 0),
        ("big_straight", (2, 3, 4, 5, 6), 30),
        ("choice", (1, 2, 2, 6, 6), 17),
        ("yacht", (4, 4, 4, 4, 4), 50),
        ("yacht", (4, 4, 4, 4, 1), 0),
    ],
)
def test_what_dice_score(category: str, dice: tuple[int, ...], points: int) -> None:
    assert game.points_for(category, dice) == points
    assert on(game, shown(*dice), category).sheets[0][game.CATEGORIES.index(category)] == points


def test_all_dice_score_as_in_open_spiel_but_for_two_categories() -> None:
    """There four of a kind counts the fifth die too, and a yacht is a full house."""
    start = pyspiel.load_game("yacht").new_initial_state()
    throws = {
        tuple(sorted(map(int, re.findall("[1-6]", start.action_to_string(a))))): a for a, _ in start.chance_outcomes()
    }
    assert len(throws) == 252
    for dice, throw in throws.items():
        keep_all = start.child(throw)
        scoring = keep_all.child(keep_all.legal_actions()[0])
        theirs = {
            scoring.action_to_string(a).removeprefix("Score in "): str(scoring.child(a))
            for a in scoring.legal_actions()
        }
        assert theirs.keys() == THEIR_NAMES.keys()
        for name, text in theirs.items():
            points = int(re.findall(r"total: (\d+)", text)[0])
            if name == "Four of a Kind" and points:
                points -= dice[0] if dice[0] != dice[1] else dice[4]
            if name == "Full House" and dice[0] == dice[4]:
                points = 0
            assert game.points_for(THEIR_NAMES[name], dice) == points, (name, dice)


def test_what_is_kept_stays_and_the_rest_is_thrown_again() -> None:
    firsts = {game.play(shown(1, 2, 3, 4, 5), 0, "keep b d", Dice(bytes([seed]) * 32, 1)).dice for seed in range(60)}
    assert {(dice[1], dice[3]) for dice in firsts} == {(2, 4)}
    assert all({dice[at] for dice in firsts} == set(range(1, 7)) for at in (0, 2, 4))


def test_after_three_throws_a_category_must_be_chosen_and_the_next_one_throws() -> None:
    state = on(game, shown(1, 2, 3, 4, 5), "keep, keep a b c d")
    assert game.legal_moves(state, 0) == list(game.CATEGORIES)
    assert refusal(game, state, "keep a") == ("no_throw_left", "You have thrown 3 times: choose a category.")
    state = on(game, state, "choice")
    assert (state.turn, state.throws) == (1, 1)
    assert game.legal_moves(state, 1)[0] == Subset("keep", ("a", "b", "c", "d", "e"), 0, 4)


def test_a_category_is_used_once() -> None:
    state = on(game, shown(1, 2, 3, 4, 5), "ones, ones")
    assert refusal(game, state, "ones") == ("used", "You have used that category.")
    assert "ones" not in game.legal_moves(state, 0)


@pytest.mark.parametrize("move", ["hello", "keep a b c d e", "keep b a", "keep f", "keep  a", "yachts"])
def test_what_is_no_move_is_refused(move: str) -> None:
    assert refusal(game, shown(1, 2, 3, 4, 5), move)[0] == "no_such_move"


def test_when_all_sheets_are_full_the_most_points_win() -> None:
    moves = ", ".join(category for category in game.CATEGORIES for _ in range(2))
    state = after(game, moves)
    points = tuple(sum(sheet) for sheet in state.sheets)
    assert game.outcome(state) == Outcome("sheets_full", points)
    assert game.scene(game.view(state, None)).status.text.endswith("wins")


def test_one_can_play_alone() -> None:
    state = after(game, ", ".join(game.CATEGORIES), seats=1)
    assert game.outcome(state) == Outcome("sheets_full", (sum(state.sheets[0]),))
    assert game.scene(game.view(state, None)).status.key == "finished"


def test_the_sheet_has_a_column_for_each_who_plays_and_shows_what_the_dice_would_score() -> None:
    (_, sheet) = seated(game.table(NoOptions()), 3).zones
    assert sheet.sites == ("", "Player 1", "Player 2", "Player 3")  # type: ignore[union-attr]
    scene = game.scene(game.view(on(game, shown(1, 2, 3, 4, 5), "choice"), None))
    pieces = {piece.id: piece for piece in scene.pieces}
    assert (pieces["choice-0"].at, pieces["choice-0"].art) == ("10.1", "text:15")
    assert pieces["choice"].at == "10.2"
    assert pieces["total-0"].art == "text:15"
    assert game.picks("choice") == ("choice",)
