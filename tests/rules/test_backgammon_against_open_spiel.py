"""Every turn of random games of backgammon: what can come of it by our rules, and by OpenSpiel's."""

import re
from dataclasses import replace
from random import Random
from typing import Any

import pyspiel

from game.rules import backgammon as game
from game.rules.dice import Dice

PASS = -1  # where OpenSpiel's checker moves come from when there is none
TURNS = 800

Position = tuple[tuple[int, ...], tuple[int, ...]]  # where the checkers of each stand, as they count; sorted


def position_of(theirs: Any) -> Position:
    bars = [len(found) for found in re.search(r"Bar: ?(x*)(o*)", str(theirs)).groups()]  # type: ignore[union-attr]
    sides = []
    for player in (0, 1):
        numbers = range(1, 25)
        standing = [own for own in numbers for _ in range(theirs.board(player, 24 - own if player == 0 else own - 1))]
        standing += [game.BAR] * bars[player]
        sides.append(tuple(sorted([*standing, *[game.OFF] * (15 - len(standing))])))
    return sides[0], sides[1]


def dice_of(theirs: Any) -> tuple[int, ...]:
    first, second = sorted(map(int, re.search(r"Dice: (\d)(\d)", str(theirs)).groups()), reverse=True)  # type: ignore[union-attr]
    return (first,) * 4 if first == second else (first, second)


def our_turns(state: game.State) -> set[Position]:
    """Where the checkers can stand when the turn is over."""
    ends: set[Position] = set()
    seen: set[tuple[Position, int]] = set()
    rest = [state]
    while rest:
        before = rest.pop()
        for move in game.legal_moves(before, state.turn):
            after = game.play(before, state.turn, move, Dice(bytes(32), 0))
            where: Position = (tuple(sorted(after.checkers[0])), tuple(sorted(after.checkers[1])))
            if game.over(after) or after.turns > state.turns:
                ends.add(where)
            elif (where, len(after.left)) not in seen:
                seen.add((where, len(after.left)))
                rest.append(after)
    return ends


def their_turns(theirs: Any, double: bool) -> set[Position]:
    """The same by OpenSpiel, where a double is two moves of two dice, of which the first does not look ahead."""
    ends: dict[Position, int] = {}
    halves: dict[Position, tuple[int, Any]] = {}
    for used, after in _children(theirs):
        goes_on = double and not after.is_terminal() and not after.is_chance_node()
        (halves if goes_on else ends)[position_of(after)] = (used, after) if goes_on else used  # type: ignore[assignment]
    for used, half in halves.values():
        for more, after in _children(half):
            where = position_of(after)
            ends[where] = max(used + more, ends.get(where, 0))
    most = max(ends.values())
    return {where for where, used in ends.items() if used == most or not double}


def _children(theirs: Any) -> list[tuple[int, Any]]:
    player = theirs.current_player()
    steps = [(theirs.spiel_move_to_checker_moves(player, action), action) for action in theirs.legal_actions()]
    return [(sum(step.pos != PASS for step in moves), theirs.child(action)) for moves, action in steps]


def test_what_can_come_of_a_turn_is_what_open_spiel_says() -> None:
    chance, turns = Random(1), 0
    rules = pyspiel.load_game("backgammon(scoring_type=full_scoring)")
    while turns < TURNS:
        theirs = rules.new_initial_state()
        while not theirs.is_terminal():
            if theirs.is_chance_node():
                theirs.apply_action(chance.choice(theirs.chance_outcomes())[0])
                continue
            turns += 1
            theirs = _compared(theirs, chance)


def _compared(theirs: Any, chance: Random) -> Any:
    """Compares all that can come of this turn, and goes on with one of it."""
    seat, rolled, position = theirs.current_player(), dice_of(theirs), position_of(theirs)
    state = game.State(1, position, seat, rolled, rolled)
    ours = our_turns(replace(state, stuck=not game.legal_steps(state)))
    double = len(rolled) == 4
    assert ours == their_turns(theirs, double), f"{position} {rolled} seat {seat}\n{theirs}"
    while not theirs.is_terminal() and not theirs.is_chance_node() and theirs.current_player() == seat:
        theirs.apply_action(chance.choice(theirs.legal_actions()))
    if theirs.is_terminal():
        _same_points(theirs, state)
    return theirs


def _same_points(theirs: Any, state: game.State) -> None:
    """The turn by which they ended is one that we can play, and ends with the same points."""
    where, rest = position_of(theirs), [state]
    while rest:
        before = rest.pop()
        for move in game.legal_moves(before, state.turn):
            after = game.play(before, state.turn, move, Dice(bytes(32), 0))
            if game.over(after) and (tuple(sorted(after.checkers[0])), tuple(sorted(after.checkers[1]))) == where:
                assert after.score[0] - after.score[1] == theirs.returns()[0]
                return
            if not game.over(after) and after.turns == state.turns:
                rest.append(after)
    raise AssertionError(f"we cannot end as they did: {theirs}")
