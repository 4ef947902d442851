"""Backgammon: bring fifteen checkers home by the throw of two dice and bear them off; hit those that stand alone.

White goes down from point 24 to 1, Black up from 1 to 24. A move is one checker by one die: `13/8`, `bar/20`, `6/off`.
As many dice must be used as can be, and of two that exclude each other the larger; who can use none says `pass`.
A win counts two if the loser has borne off nothing (a gammon), and three if one of theirs is then still on the bar or
in the winner's home (a backgammon).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Annotated, Final, TypedDict

from annotated_types import Interval

from game.rules.dice import Dice
from game.rules.game import IllegalMove, Outcome
from game.rules.table import Counter, Lay, Mark, Piece, Scene, Status, Table, Track

key: Final = "backgammon"
title: Final = "Backgammon"
revision: Final = 1
seats: Final = (2,)
hides_nothing: Final = True

NAMES = ("White", "Black")
WORTHS = ("", "the game", "a gammon", "a backgammon")
ENDINGS = ("too_many_turns", "single_game", "gammon", "backgammon")
BAR, OFF = 25, 0  # as points, counted by the one whose checker it is: 24 is the furthest, 1 to 6 are home
BEGINNING = (24, 24, 13, 13, 13, 13, 13, 8, 8, 8, 6, 6, 6, 6, 6)
TURNS_MAX = 2000  # of a match: then it ends as it stands

Checkers = tuple[int, ...]  # where each of a side's fifteen is, as that side counts
Counts = list[int]  # how many stand on each point, from OFF to BAR
Step = tuple[int, int]  # from and to, as the one who makes it counts


@dataclass(frozen=True, slots=True)
class Options:
    points: Annotated[int, Interval(ge=1, le=7)] = 1  # to win the match


@dataclass(frozen=True, slots=True)
class State:
    points: int
    checkers: tuple[Checkers, Checkers]
    turn: int
    rolled: tuple[int, ...]  # the dice of this turn: two, or four of a double
    left: tuple[int, ...]  # those that are not used yet
    score: tuple[int, int] = (0, 0)
    steps: tuple[str, ...] = ()  # of this turn
    before: tuple[str, ...] = ()  # of the turn before it
    turns: int = 1
    won: tuple[int, int] = (0, 0)  # who has just won a game, and what it was worth
    stuck: bool = False  # no die can be used at all


class View(TypedDict):
    points: int
    checkers: tuple[Checkers, Checkers]
    turn: int
    rolled: tuple[int, ...]
    left: tuple[int, ...]
    score: tuple[int, int]
    steps: tuple[str, ...]
    before: tuple[str, ...]
    won: tuple[int, int]
    stuck: bool
    over: bool


def setup(options: Options, seats: int, dice: Dice) -> State:
    return begun(options.points, dice)


def begun(points: int, dice: Dice) -> State:
    """A game before its first turn: each has thrown one die, and the higher one plays both."""
    while (white := dice.roll()) == (black := dice.roll()):
        pass
    rolled = (max(white, black), min(white, black))
    return State(points, (BEGINNING, BEGINNING), int(black > white), rolled, rolled)


def to_move(state: State) -> tuple[int, ...]:
    return () if over(state) else (state.turn,)


def over(state: State) -> bool:
    return max(state.score) >= state.points or state.turns > TURNS_MAX


def legal_moves(state: State, seat: int) -> list[str]:
    return [text_of(seat, step) for step in legal_steps(state)] or ["pass"] if seat in to_move(state) else []


def legal_steps(state: State) -> dict[Step, int]:
    """The die of each step after which as many dice can still be used as could be before it."""
    own, other, left = counts(state.checkers[state.turn]), counts(state.checkers[1 - state.turn]), state.left
    most = most_dice(own, other, left)
    steps: dict[Step, int] = {}
    for die, step, after in steps_of(own, other, left):
        if 1 + most_dice(after, other, without(left, die)) == most:
            steps.setdefault(step, die)  # where two dice bear off the same checker, it does not matter which
    larger = {step: die for step, die in steps.items() if die == max(left)}
    return larger if most == 1 and larger else steps


def most_dice(own: Counts, other: Counts, dice: tuple[int, ...]) -> int:
    """How many of the dice can be used, one after the other."""
    most = 0
    for die, _, after in steps_of(own, other, dice):
        most = max(most, 1 + most_dice(after, other, without(dice, die)))
        if most == len(dice):
            break
    return most


def steps_of(own: Counts, other: Counts, dice: tuple[int, ...]) -> Iterator[tuple[int, Step, Counts]]:
    """Each step by each die, the larger one first; and what stands where after it."""
    for die in sorted(set(dice), reverse=True):
        for start in range(BAR, OFF, -1):
            if own[start] and (end := end_of(own, other, start, die)) is not None:
                after = own.copy()
                after[start] -= 1
                after[end] += 1
                yield die, (start, end), after


def end_of(own: Counts, other: Counts, start: int, die: int) -> int | None:
    """Where the die takes a checker from there; None where it cannot."""
    if own[BAR] and start != BAR:
        return None
    end = start - die
    if end > OFF:
        return end if other[BAR - end] < 2 else None
    return None if any(own[7:]) or (end < OFF and any(own[start + 1 :])) else OFF


def counts(checkers: Checkers) -> Counts:
    standing = [0] * (BAR + 1)
    for point in checkers:
        standing[point] += 1
    return standing


def without(dice: tuple[int, ...], die: int) -> tuple[int, ...]:
    at = dice.index(die)
    return dice[:at] + dice[at + 1 :]


def play(state: State, seat: int, move: str, dice: Dice) -> State:
    steps = legal_steps(state)
    if not steps:
        if move != "pass":
            raise IllegalMove("cannot_move", "None of your dice can be used: say “pass”.")
        return turned(state, dice)
    named = {text_of(seat, step): step for step in steps}
    if move not in named:
        raise refused(state, move)
    start, end = step = named[move]
    own, other = state.checkers[seat], state.checkers[1 - seat]
    own = moved(own, start, end)
    if end != OFF and BAR - end in other:
        other = moved(other, BAR - end, BAR)
    checkers = (own, other) if seat == 0 else (other, own)
    after = replace(state, checkers=checkers, left=without(state.left, steps[step]), steps=(*state.steps, move))
    if not any(own):
        return finished(after, dice)
    return after if after.left and legal_steps(after) else turned(after, dice)


def moved(checkers: Checkers, start: int, end: int) -> Checkers:
    at = len(checkers) - 1 - checkers[::-1].index(start)
    return (*checkers[:at], end, *checkers[at + 1 :])


def turned(state: State, dice: Dice) -> State:
    first, second = sorted((dice.roll(), dice.roll()), reverse=True)
    rolled = (first,) * 4 if first == second else (first, second)
    state = replace(state, turn=1 - state.turn, turns=state.turns + 1, rolled=rolled, left=rolled)
    return replace(state, steps=(), before=state.steps, won=(0, 0), stuck=not legal_steps(state))


def finished(state: State, dice: Dice) -> State:
    """The seat whose turn it is has won a game; the next one begins, unless that was the match."""
    loser = state.checkers[1 - state.turn]
    worth = 1 if OFF in loser else 3 if max(loser) >= 19 else 2
    score = (state.score[0] + worth * (state.turn == 0), state.score[1] + worth * (state.turn == 1))
    state = replace(state, score=score, won=(state.turn, worth), turns=state.turns + 1, left=())
    return state if over(state) else replace(begun(state.points, dice), score=score, won=state.won, turns=state.turns)


def refused(state: State, move: str) -> IllegalMove:
    """Why that is no move now."""
    parts = re.fullmatch(r"(bar|[1-9]|1[0-9]|2[0-4])/(off|[1-9]|1[0-9]|2[0-4])", move)
    if move == "pass":
        return IllegalMove("must_move", "You can use a die, and so you must.")
    if not parts:
        return IllegalMove("not_a_step", "Move one checker by one die, as in “13/8”, “bar/20” or “6/off”.")
    own, other = counts(state.checkers[state.turn]), counts(state.checkers[1 - state.turn])
    start, end = (own_point(state.turn, word) for word in parts.groups())
    if own[BAR] and start != BAR:
        return IllegalMove("enter_first", "Enter from the bar before you move another checker.")
    if not own[start]:
        return IllegalMove("no_checker", "You have no checker there.")
    if (start, end) in [step for _, step, _ in steps_of(own, other, state.left)]:
        return IllegalMove("use_the_dice", "Move so that both dice can be used; if only one can, the larger one.")
    if end == OFF and any(own[7:]):
        return IllegalMove("not_all_home", "Bear off when all of your checkers are home.")
    if end != OFF and other[BAR - end] > 1:
        return IllegalMove("blocked", "Two or more checkers of your opponent stand there.")
    return IllegalMove("no_such_die", "No die that you have left moves a checker that way.")


def text_of(seat: int, step: Step) -> str:
    start, end = step
    numbers = ("bar" if start == BAR else point(seat, start), "off" if end == OFF else point(seat, end))
    return "/".join(numbers)


def point(seat: int, own: int) -> str:
    """The number on the board of a point that the seat counts so."""
    return str(own if seat == 0 else BAR - own)


def own_point(seat: int, word: str) -> int:
    number = {"bar": BAR, "off": OFF}.get(word)
    return number if number is not None else int(point(seat, int(word)))


def view(state: State, seat: int | None) -> View:
    return {
        "points": state.points,
        "checkers": state.checkers,
        "turn": state.turn,
        "rolled": state.rolled,
        "left": state.left,
        "score": state.score,
        "steps": state.steps,
        "before": state.before,
        "won": state.won,
        "stuck": state.stuck,
        "over": over(state),
    }


def outcome(state: State) -> Outcome | None:
    if not over(state):
        return None
    return Outcome("points_reached" if max(state.score) >= state.points > 1 else ENDINGS[state.won[1]], state.score)


def table(options: Options) -> Table:
    board = Track("board", 24, "backgammon", extra=("bar-0", "bar-1", "off-0", "off-1"))
    return Table((board, Lay("row", "dice", "Dice to play"), Lay("row", "used", "Dice played", small=True)), flip=True)


def picks(move: str) -> tuple[str, ...]:
    start, _, end = move.partition("/")
    if start == "pass":
        return ("#pass",)
    if start == "bar":
        return ("bar-0" if int(end) > 12 else "bar-1", end)
    return (start, end) if end != "off" else (start, "off-0" if int(start) < 12 else "off-1")


def scene(view: View) -> Scene:
    turn = () if view["over"] else (view["turn"],)
    checkers = [
        checker(seat, at, own) for seat, checkers in enumerate(view["checkers"]) for at, own in enumerate(checkers)
    ]
    dice = [die(at, face, view) for at, face in enumerate(view["rolled"])]
    marks = [Mark(start, "path", end) for start, end in map(picks, view["steps"] or view["before"])]
    sides = [Counter(seat, "Plays", NAMES[seat]) for seat in (0, 1)]
    pips = [Counter(seat, "Pips", str(sum(view["checkers"][seat]))) for seat in (0, 1)]
    score = [Counter(seat, "Points", str(view["score"][seat])) for seat in (0, 1) if view["points"] > 1]
    return Scene(status(view), turn, (*checkers, *dice), tuple(marks), (*sides, *pips, *score))


def checker(seat: int, at: int, own: int) -> Piece:
    where = "on the bar" if own == BAR else "borne off" if own == OFF else f"on point {point(seat, own)}"
    place = f"bar-{seat}" if own == BAR else f"off-{seat}" if own == OFF else point(seat, own)
    return Piece(f"{NAMES[seat].lower()}-{at}", place, f"draught:{1 - seat}", f"{NAMES[seat]} checker {where}", seat)


def die(at: int, face: int, view: View) -> Piece:
    """Of a double all four are there; the dice used are counted from the end."""
    used = view["rolled"][: at + 1].count(face) > view["left"].count(face)
    return Piece(f"die-{at}", "used" if used else "dice", f"d6:{face}", f"{face}, {'played' if used else 'to play'}")


def status(view: View) -> Status:
    name, (winner, worth) = NAMES[view["turn"]], view["won"]
    if view["over"]:
        return Status("won", f"{NAMES[winner]} wins {WORTHS[worth]}") if worth else Status("draw", "Nobody wins")
    news = f"{NAMES[winner]} wins {WORTHS[worth]}. " if worth else ""
    dice = " and ".join(map(str, view["left"]))
    if view["stuck"]:
        return Status("must_pass", f"{news}{name} cannot move with {dice}")
    return Status("to_play", f"{news}{name} to play {dice}")
