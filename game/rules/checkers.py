"""Checkers, or English draughts: men go forward and take by jumping; who can take must, and jumps on as long as they can.

A man who reaches the last rank is crowned, and his move ends there. Whoever cannot move loses. A position that comes
for the third time, and forty moves of each side without a man moved or taken, are a draw. A move is `c3d4`, or the
squares of all its jumps: `c3xe5xg7`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, TypedDict

from game.rules.dice import Dice
from game.rules.game import IllegalMove, NoOptions, Outcome
from game.rules.table import Counter, Grid, Lay, Mark, Piece, Scene, Status, Table, square

key: Final = "checkers"
title: Final = "Checkers"
revision: Final = 1
seats: Final = (2,)
hides_nothing: Final = True
Options = NoOptions

NAMES = ("Black", "White")
MEN_EACH = 12
LAST_RANKS = ("8", "1")
QUIET_MAX = 80  # half-moves in which only kings moved and nothing was taken: forty of each side
REPEATED_MAX = 3
FORWARD = ((1,), (-1,))  # the ways, up or down the board, in which the men of each seat go,
BOTH_WAYS = (1, -1)  # and in which kings go
CROWN = "k"

DARK = tuple(square(file, rank) for rank in range(8) for file in range(8) if (file + rank) % 2 == 0)
DRAWS = {
    "threefold_repetition": "the same position three times",
    "forty_moves": "forty moves without a man moved or taken",
}

Men = tuple[str, ...]  # where each is, kings with a `k` behind; no place once it is taken; seat 0 has the first twelve
Board = Mapping[str, int]  # the seat whose man stands there


def beside(place: str, up: int, far: int) -> tuple[str, ...]:
    """The squares so far from this one, diagonally up or down."""
    file, rank = "abcdefgh".index(place[0]), int(place[1]) - 1
    squares = [(file + far * right, rank + far * up) for right in (-1, 1)]
    return tuple(square(*at) for at in squares if 0 <= at[0] < 8 and 0 <= at[1] < 8)


STEPS = {(place, up): beside(place, up, 1) for place in DARK for up in BOTH_WAYS}
BETWEEN = {
    (place, to): over
    for place in DARK
    for up in BOTH_WAYS
    for over in beside(place, up, 1)
    for to in beside(place, up, 2)
    if to in STEPS[over, up]
}
JUMPS = {
    (place, up): tuple((BETWEEN[place, to], to) for to in beside(place, up, 2)) for place in DARK for up in BOTH_WAYS
}


@dataclass(frozen=True, slots=True)
class State:
    men: Men
    moves: tuple[str, ...]
    ply: int = 0
    quiet: int = 0
    seen: tuple[object, ...] = ()  # the positions that may come again
    ending: str = ""
    last: str = ""


class View(TypedDict):
    men: Men
    ply: int
    quiet_since: int  # the ply at which a man last moved, or was taken
    ending: str
    last: str


def setup(options: NoOptions, seats: int, dice: Dice) -> State:
    men = (*DARK[:MEN_EACH], *DARK[-MEN_EACH:])
    return State(men, tuple(moves_of(men, 0)))


def to_move(state: State) -> tuple[int, ...]:
    return () if state.ending else (state.ply % 2,)


def legal_moves(state: State, seat: int) -> tuple[str, ...]:
    return state.moves if seat in to_move(state) else ()


def play(state: State, seat: int, move: str, dice: Dice) -> State:
    if move not in state.moves:
        raise broken_rule(state, seat, move)
    men = men_after(state.men, seat, move)
    quiet = state.quiet + 1 if "x" not in move and move[:2] + CROWN in state.men else 0
    position = (frozenset(men[:MEN_EACH]), frozenset(men[MEN_EACH:]), seat)
    seen = (*state.seen, position) if quiet else (position,)
    moves = tuple(moves_of(men, 1 - seat))
    return State(men, moves, state.ply + 1, quiet, seen, ending_of(moves, seen.count(position), quiet), move)


def men_after(men: Men, seat: int, move: str) -> Men:
    """The men when this legal move is made; each keeps its place in the list, so that it can be followed."""
    path = picks(move)
    fallen = {BETWEEN[step] for step in pairwise(path)} if "x" in move else set()
    crown = CROWN if path[-1][1] == LAST_RANKS[seat] else ""
    return tuple(
        path[-1] + (man[2:] or crown) if man[:2] == path[0] else man[2:] if man[:2] in fallen else man for man in men
    )


def ending_of(moves: Sequence[str], repeated: int, quiet: int) -> str:
    """How the match ends for a side with these moves; empty while it goes on."""
    if not moves:
        return "no_move_left"
    if repeated >= REPEATED_MAX:
        return "threefold_repetition"
    return "forty_moves" if quiet >= QUIET_MAX else ""


def board_of(men: Sequence[str]) -> Board:
    return {man[:2]: int(number >= MEN_EACH) for number, man in enumerate(men) if len(man) > 1}


def own_men(men: Sequence[str], seat: int) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Where a seat's men stand, and which ways each may go."""
    for man in men[:MEN_EACH] if seat == 0 else men[MEN_EACH:]:
        if len(man) > 1:
            yield man[:2], BOTH_WAYS if man[2:] else FORWARD[seat]


def moves_of(men: Sequence[str], seat: int) -> list[str]:
    """The moves of a seat: jumps, if it has any."""
    board = board_of(men)
    own = list(own_men(men, seat))
    if jumps := ["x".join((at, *run)) for at, ways in own for run in runs(without(board, at), seat, at, ways)]:
        return jumps
    return [at + to for at, ways in own for up in ways for to in STEPS[at, up] if to not in board]


def runs(board: Board, seat: int, at: str, ways: tuple[int, ...]) -> Iterator[tuple[str, ...]]:
    """Where each run of jumps from here leads, jump by jump, to its end. The one who jumps is not on the board."""
    for up in ways:
        for over, to in JUMPS[at, up]:
            if board.get(over) == 1 - seat and to not in board:
                crowned = len(ways) == 1 and to[1] == LAST_RANKS[seat]
                further = [] if crowned else list(runs(without(board, over), seat, to, ways))
                yield from ((to, *run) for run in further or [()])


def without(board: Board, place: str) -> Board:
    return {at: seat for at, seat in board.items() if at != place}


def broken_rule(state: State, seat: int, move: str) -> IllegalMove:
    """Why a move is not legal."""
    if not re.fullmatch("[a-h][1-8]([a-h][1-8]|(x[a-h][1-8])+)", move, re.ASCII):
        return IllegalMove("not_a_move", "Name the squares from and to, as in c3d4, or those of all jumps: c3xe5xg7.")
    ways = dict(own_men(state.men, seat)).get(move[:2])
    if ways is None:
        return IllegalMove("not_your_man", f"You have no man on {move[:2]}.")
    if "x" in state.moves[0] and "x" not in move:
        return IllegalMove("must_take", "You can take, and so you must.")
    if any(other.startswith(f"{move}x") for other in state.moves):
        return IllegalMove("must_jump_on", "That jump can go on, and so it must.")
    if "x" in move:
        return IllegalMove("no_jump", "One jumps over a single piece of the other side, to the free square behind it.")
    if len(ways) == 1:
        return IllegalMove("moves_otherwise", "A man moves one square diagonally forward, where it is free.")
    return IllegalMove("moves_otherwise", "A king moves one square diagonally, where it is free.")


def view(state: State, seat: int | None) -> View:
    return {
        "men": state.men,
        "ply": state.ply,
        "quiet_since": state.ply - state.quiet,
        "ending": state.ending,
        "last": state.last,
    }


def outcome(state: State) -> Outcome | None:
    if not state.ending:
        return None
    if state.ending in DRAWS:
        return Outcome(state.ending, (0, 0))
    return Outcome(state.ending, (-1, 1) if state.ply % 2 == 0 else (1, -1))


def picks(move: str) -> tuple[str, ...]:
    return tuple(re.findall("[a-h][1-8]", move))


def table(options: NoOptions) -> Table:
    taken = (Lay("row", f"taken-{seat}", f"Taken by {name}", seat, small=True) for seat, name in enumerate(NAMES))
    return Table((Grid("board", 8, 8, "checker", labels="letters"), *taken), flip=True)


def scene(view: View) -> Scene:
    pieces = tuple(piece_of(number, man) for number, man in enumerate(view["men"]))
    left = [sum(len(man) > 1 for man in half) for half in (view["men"][:MEN_EACH], view["men"][MEN_EACH:])]
    counters = tuple(Counter(seat, "Men", str(men)) for seat, men in enumerate(left))
    turn = () if view["ending"] else (view["ply"] % 2,)
    marks = tuple(Mark(at, "last", to) for at, to in pairwise(picks(view["last"])))
    return Scene(status(view), turn, pieces, marks, counters)


def piece_of(number: int, man: str) -> Piece:
    owner = number // MEN_EACH
    name, kind, crown = NAMES[owner], "king" if man.endswith(CROWN) else "man", CROWN * man.endswith(CROWN)
    art = f"draught:{owner}{crown}"
    if len(man) < 2:
        return Piece(f"m{number}", f"taken-{1 - owner}", art, f"Taken {name.lower()} {kind}", owner)
    return Piece(f"m{number}", man[:2], art, f"{name} {kind} on {man[:2]}", owner)


def status(view: View) -> Status:
    name, other = NAMES[view["ply"] % 2], NAMES[1 - view["ply"] % 2]
    if view["ending"] in DRAWS:
        return Status(view["ending"], f"A draw: {DRAWS[view['ending']]}")
    if view["ending"]:
        return Status(view["ending"], f"{name} cannot move: {other} wins")
    return Status("to_move", f"{name} to move")
