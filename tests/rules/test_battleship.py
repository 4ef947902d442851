"""Battleship by the book, and its shots beside OpenSpiel's."""

from dataclasses import replace
from random import Random
from typing import Any

import pyspiel
import pytest

from game.rules import battleship as game
from game.rules.dice import Dice
from game.rules.game import Outcome
from tests.rules.matches import SEED, after, refusal

MATCHES = 15
PLACING = ("1-a1/1-a5", "1-b1/1-b4", "1-c1/1-c3", "1-d1/1-d3", "1-e1/1-e2")


def placed(options: game.Options | None = None) -> game.State:
    """Both have placed their ships side by side, upwards from the bottom left; seat 0 is to shoot."""
    state = game.setup(options or game.Options(), 2, Dice(SEED, 0))
    for seat in (0, 1):
        for move in PLACING:
            state = game.play(state, seat, move.replace("1-", game.PREFIXES[seat]), Dice(SEED, 1))
    return replace(state, turn=0)


def shoot(state: game.State, squares: str) -> game.State:
    for at in squares.split():
        (seat,) = game.to_move(state)
        state = game.play(state, seat, game.PREFIXES[1 - seat] + at, Dice(SEED, 2))
    return state


def test_both_place_their_ships_at_the_same_time() -> None:
    state = game.setup(game.Options(), 2, Dice(SEED, 0))
    assert game.to_move(state) == (0, 1)
    for move in PLACING:
        state = game.play(state, 0, move, Dice(SEED, 1))
    assert game.to_move(state) == (1,)
    state = game.play(state, 1, "random", Dice(SEED, 6))
    assert [len(ship) for ship in state.fleets[1]] == [5, 4, 3, 3, 2]
    assert len({at for ship in state.fleets[1] for at in ship}) == 17
    assert game.to_move(state) in ((0,), (1,))


def test_a_ship_may_be_named_from_either_end() -> None:
    state = game.setup(game.Options(), 2, Dice(SEED, 0))
    ways = [game.play(state, 0, move, Dice(SEED, 1)) for move in ("1-c4/1-g4", "1-g4/1-c4")]
    assert ways[0] == ways[1]
    assert ways[0].fleets[0] == (("c4", "d4", "e4", "f4", "g4"),)
    assert game.picks("1-g4/1-c4") == ("1-g4", "1-c4")
    assert game.picks("random") == ("#random",)


@pytest.mark.parametrize(
    ("touch", "move", "code"),
    [
        (True, "1-a1/1-a4", "taken"),
        (True, "1-b1/1-b4", None),
        (False, "1-b1/1-b4", "taken"),
        (False, "1-b6/1-e6", "taken"),  # across a corner
        (False, "1-b7/1-e7", None),
        (True, "1-b1/1-b5", "no_place"),  # too long
        (True, "2-b1/2-b4", "no_place"),  # the other's sea
        (True, "1-b1/1-c3", "no_place"),
        (True, "1-h1/1-k1", "no_place"),
        (True, "hello", "no_place"),
    ],
)
def test_where_a_ship_may_lie(touch: bool, move: str, code: str | None) -> None:
    state = game.setup(game.Options(ships_may_touch=touch), 2, Dice(SEED, 0))
    state = game.play(state, 0, PLACING[0], Dice(SEED, 1))
    assert (move in game.legal_moves(state, 0)) == (code is None)
    if code:
        assert refusal(game, state, move)[0] == code


def test_ships_at_random_do_not_touch_when_they_may_not() -> None:
    for seed in range(30):
        state = game.setup(game.Options(ships_may_touch=False), 2, Dice(SEED, 0))
        (fleet, _) = game.play(state, 0, "random", Dice(bytes([seed]) * 32, 1)).fleets
        for ship in fleet:
            others = {at for other in fleet if other != ship for at in other}
            assert game.around(ship).isdisjoint(others)


def test_who_shoots_first_is_drawn() -> None:
    firsts = set()
    for seed in range(20):
        state = game.setup(game.Options(), 2, Dice(SEED, 0))
        for version, seat in enumerate((0, 1), 1):
            state = game.play(state, seat, "random", Dice(bytes([seed]) * 32, version))
        firsts.add(game.to_move(state))
    assert firsts == {(0,), (1,)}


def test_shots_alternate_and_tell_hit_miss_and_what_was_sunk() -> None:
    state = shoot(placed(), "a1 j10 e1 j9 e2")
    view = game.view(state, None)
    assert view["shots"] == (("j10", "j9"), ("a1", "e1", "e2"))
    assert view["hits"] == ((), ("a1", "e1", "e2"))
    assert view["fleets"] == (((),) * 5, ((), (), (), (), ("e1", "e2")))
    scene = game.scene(view)
    assert scene.status.text == "Player 1 shot at e2: hit, destroyer sunk. Player 2 to shoot"
    assert {mark.at for mark in scene.marks if mark.kind == "dead"} == {"2-e1", "2-e2"}
    assert [counter.value for counter in scene.counters] == ["5", "4"]


def test_a_hit_gives_another_shot_when_that_was_agreed() -> None:
    state = placed(game.Options(again_after_a_hit=True))
    assert game.to_move(shoot(state, "a1")) == (0,)
    assert game.to_move(shoot(state, "j1")) == (1,)


def test_nobody_shoots_twice_at_a_square_nor_at_their_own_sea() -> None:
    state = shoot(placed(), "a1 a1")
    assert refusal(game, state, "2-a1") == ("shot_before", "You have shot there before.")
    assert refusal(game, state, "1-b1")[0] == "no_such_square"
    assert refusal(game, state, "2-k1")[0] == "no_such_square"
    assert len(game.legal_moves(state, 0)) == 99


def test_who_has_sunk_all_ships_wins_and_then_all_is_seen() -> None:
    hits = [at for ship in placed().fleets[1] for at in ship]
    misses = [f"{file}10" for file in "abcdefghij"] + [f"{file}9" for file in "abcdefghij"]
    state = shoot(placed(), " ".join(f"{hit} {miss}" for hit, miss in zip(hits, misses)).rsplit(" ", 1)[0])
    assert game.outcome(state) == Outcome("fleet_sunk", (1, -1))
    assert game.to_move(state) == ()
    assert all(game.view(state, audience)["fleets"] == state.fleets for audience in (None, 0, 1))
    assert game.scene(game.view(state, 1)).status.text.endswith("Player 1 wins")


def test_nobody_sees_the_ships_of_the_other() -> None:
    state = shoot(placed(), "a1 j10")
    ships = {
        audience: {piece.owner for piece in game.scene(game.view(state, audience)).pieces if piece.art == "ship"}
        for audience in (None, 0, 1)
    }
    assert ships == {None: set(), 0: {0}, 1: {1}}


def test_a_disguise_moves_the_ships_that_are_not_hit_and_keeps_to_every_shot() -> None:
    state = shoot(placed(), "a1 j10 e1 j9 e2 j8")
    before = state.fleets[1]
    fleets = {game.disguise(state, 0, Dice(bytes([seed]) * 32, 0)).fleets for seed in range(30)}
    assert {own for own, _ in fleets} == {state.fleets[0]}
    assert {fleet[4] for _, fleet in fleets} == {before[4]}
    assert len({fleet[1] for _, fleet in fleets}) > 5
    for _, fleet in fleets:
        assert {at for ship in fleet for at in ship} & {"a1", "e1", "e2"} == {"a1", "e1", "e2"}


def test_random_matches_are_the_same_shot_by_shot_in_open_spiel() -> None:
    sizes = ";".join(str(length) for _, length in game.SHIPS)
    rules = pyspiel.load_game(
        f"battleship(board_width=10,board_height=10,ship_sizes=[{sizes}],ship_values=[1;1;1;1;1],num_shots=100,"
        "allow_repeated_shots=False)"
    )
    for number in range(MATCHES):
        compare(after(game, "random, random"), rules.new_initial_state(), Random(number), number)


def compare(ours: game.State, theirs: Any, chance: Random, number: int) -> None:
    fleets = [game.play(game.State(ours.options), 0, "random", Dice(SEED, number + seat)).fleets[0] for seat in (0, 1)]
    ours = replace(ours, fleets=(fleets[0], fleets[1]), turn=0)
    for at in range(len(game.SHIPS)):
        for seat, fleet in enumerate(fleets):
            ship = fleet[at]
            way = "horizontally" if ship[0][1:] == ship[1][1:] else "vertically"
            act(theirs, seat, f"place ship {way} with top-left corner in {row_and_column(ship[0])}")
    while turn := game.to_move(ours):
        (seat,) = turn
        move = chance.choice(game.legal_moves(ours, seat))
        sunk = len(game.sunk(ours, 1 - seat))
        ours = game.play(ours, seat, move, Dice(SEED, 0))
        act(theirs, seat, f"shoot at {row_and_column(move[2:])}")
        told = theirs.information_state_string(seat).rsplit(":", 1)[1][0]
        hit = move[2:] in game.view(ours, None)["hits"][1 - seat]
        assert told == ("S" if len(game.sunk(ours, 1 - seat)) > sunk else "H" if hit else "W")
    outcome = game.outcome(ours)
    assert outcome is not None
    assert theirs.is_terminal()
    assert (theirs.returns()[0] > theirs.returns()[1]) == (outcome.points[0] > 0)


def act(theirs: Any, seat: int, what: str) -> None:
    assert theirs.current_player() == seat
    theirs.apply_action(theirs.string_to_action(f"Pl{seat}: {what}"))


def row_and_column(at: str) -> str:
    """OpenSpiel counts rows and columns from 0; which way is up does not matter."""
    return f"({int(at[1:]) - 1}, {'abcdefghij'.index(at[0])})"
