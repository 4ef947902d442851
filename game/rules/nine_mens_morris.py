"""Nine men's morris: three of one's own men in a line are a mill, and each mill takes a man of the other's.

First all men are placed, then they move along the lines; who has only three left may fly. Whoever is left with two
men, or cannot move, loses. A position that comes for the third time, and fifty moves of each side without a man taken,
are a draw. Moves: `d2` places, `d2d3` moves, and `d2d3xa1` takes besides.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypedDict

from game.rules.dice import Dice
from game.rules.game import IllegalMove, Outcome
from game.rules.table import Counter, Graph, Lay, Mark, Piece, Scene, Status, Table

key: Final = "nine_mens_morris"
title: Final = "Nine men's morris"
revision: Final = 1
seats: Final = (2,)
hides_nothing: Final = True

NAMES = ("White", "Black")
MEN_EACH = 9
FEWEST = 3  # men with which one can play on, and may fly
QUIET_MAX = 100  # half-moves without a man placed or taken: fifty of each side
REPEATED_MAX = 3
HAND, TAKEN = "hand", "taken"  # where a man is that is not on the board

ROWS = ("a7 d7 g7", "b6 d6 f6", "c5 d5 e5", "a4 b4 c4", "e4 f4 g4", "c3 d3 e3", "b2 d2 f2", "a1 d1 g1")
COLUMNS = ("a7 a4 a1", "b6 b4 b2", "c5 c4 c3", "d7 d6 d5", "d3 d2 d1", "e5 e4 e3", "f6 f4 f2", "g7 g4 g1")
MILLS = tuple(tuple(line.split()) for line in ROWS + COLUMNS)
SITES = tuple(site for line in ROWS for site in line.split())
LINES = tuple(pair for first, middle, last in MILLS for pair in ((first, middle), (middle, last)))
MILLS_THROUGH = {site: [frozenset(mill) for mill in MILLS if site in mill] for site in SITES}
BESIDE = {site: [other for pair in LINES for other in pair if site in pair and other != site] for site in SITES}

DRAWS = {
    "threefold_repetition": "the same position three times",
    "fifty_moves": "fifty moves without a man taken",
}

Men = tuple[str, ...]  # where each man is; those of seat 0 have even numbers


@dataclass(frozen=True, slots=True)
class Options:
    flying: bool = True


@dataclass(frozen=True, slots=True)
class State:
    flying: bool
    men: Men = (HAND,) * (2 * MEN_EACH)
    ply: int = 0
    quiet: int = 0
    seen: tuple[object, ...] = ()  # the positions that may come again
    moves: tuple[str, ...] = SITES
    ending: str = ""
    last: str = ""


class View(TypedDict):
    men: Men
    ply: int
    quiet_since: int  # the ply at which a man was last placed or taken
    ending: str
    last: str


def setup(options: Options, seats: int, dice: Dice) -> State:
    return State(options.flying)


def to_move(state: State) -> tuple[int, ...]:
    return () if state.ending else (state.ply % 2,)


def legal_moves(state: State, seat: int) -> tuple[str, ...]:
    return state.moves if seat in to_move(state) else ()


def play(state: State, seat: int, move: str, dice: Dice) -> State:
    if move not in state.moves:
        raise broken_rule(state, seat, move)
    goes, _, taken = move.partition("x")
    start, goal = goes[:-2] or HAND, goes[-2:]
    men = list(state.men)
    men[at_of(state.men, start, seat)] = goal
    if taken:
        men[men.index(taken)] = TAKEN
    quiet = state.quiet + 1 if start != HAND and not taken else 0
    position = (frozenset(men[0::2]), frozenset(men[1::2]), seat)
    seen = (*state.seen, position) if quiet else (position,)
    moves = tuple(moves_of(men, 1 - seat, state.flying))
    ending = ending_of(men, 1 - seat, moves, seen.count(position), quiet)
    return State(state.flying, tuple(men), state.ply + 1, quiet, seen, moves, ending, move)


def at_of(men: Sequence[str], place: str, seat: int) -> int:
    """The number of the first man of a seat there."""
    return seat + 2 * men[seat::2].index(place)


def on_board(men: Sequence[str], seat: int) -> set[str]:
    """The sites on which a seat has men."""
    return set(men[seat::2]) - {HAND, TAKEN}


def moves_of(men: Sequence[str], seat: int, flying: bool) -> Iterator[str]:
    """The moves of a seat."""
    own, other = on_board(men, seat), on_board(men, 1 - seat)
    victims = takeable(other)
    for start, goal in steps(men, seat, flying):
        if victims and closes_mill(own - {start}, goal):
            yield from (f"{start}{goal}x{victim}" for victim in victims)
        else:
            yield start + goal


def steps(men: Sequence[str], seat: int, flying: bool) -> Iterator[tuple[str, str]]:
    """From where to where a seat may go; from nowhere, as long as it has men in hand."""
    free = [site for site in SITES if site not in men]
    if HAND in men[seat::2]:
        yield from (("", site) for site in free)
        return
    own = [site for site in SITES if site in on_board(men, seat)]
    for start in own:
        goals = free if may_fly(men, seat, flying) else BESIDE[start]
        yield from ((start, goal) for goal in goals if goal in free)


def may_fly(men: Sequence[str], seat: int, flying: bool) -> bool:
    return flying and MEN_EACH - men[seat::2].count(TAKEN) == FEWEST and HAND not in men[seat::2]


def closes_mill(own: set[str], goal: str) -> bool:
    """Whether a man who comes to `goal` closes a mill with these others."""
    return any(mill - {goal} <= own for mill in MILLS_THROUGH[goal])


def takeable(men: set[str]) -> list[str]:
    """The men that a mill of the other's may take: those in mills only when there are no others."""
    free = [site for site in SITES if site in men and not closes_mill(men, site)]
    return free or [site for site in SITES if site in men]


def ending_of(men: Sequence[str], seat: int, moves: Sequence[str], repeated: int, quiet: int) -> str:
    """How the match ends when it would be this seat's turn; empty while it goes on."""
    if MEN_EACH - men[seat::2].count(TAKEN) < FEWEST:
        return "two_men_left"
    if not moves:
        return "no_move_left"
    if repeated >= REPEATED_MAX:
        return "threefold_repetition"
    return "fifty_moves" if quiet >= QUIET_MAX else ""


def broken_rule(state: State, seat: int, move: str) -> IllegalMove:
    """Why a move is not legal."""
    parts = re.fullmatch("([a-g][1-7])?([a-g][1-7])(?:x([a-g][1-7]))?", move, re.ASCII)
    if not parts or not {*parts.groups()} - {None} <= set(SITES):
        return IllegalMove(
            "not_a_move", "Name where to place a man, or from where to where it goes: d2, d2d3, d2d3xa1."
        )
    start, goal, victim = parts[1] or "", parts[2], parts[3]
    own, other = on_board(state.men, seat), on_board(state.men, 1 - seat)
    if (HAND in state.men[seat::2]) == bool(start):
        placing = IllegalMove("place_first", "Place all your men before you move one.")
        return placing if start else IllegalMove("all_placed", "All your men are placed: say which one moves.")
    if start and start not in own:
        return IllegalMove("not_your_man", f"You have no man on {start}.")
    if goal in own | other:
        return IllegalMove("taken", f"There is a man on {goal}.")
    if (start, goal) not in steps(state.men, seat, state.flying):
        return IllegalMove("not_beside", f"No line leads from {start} straight to {goal}.")
    if not closes_mill(own - {start}, goal):
        return IllegalMove("no_mill", "That closes no mill, so no man is taken.")
    if not victim:
        return IllegalMove("say_victim", "That closes a mill: say which man it takes, as in d2xa1.")
    if victim not in other:
        return IllegalMove("not_their_man", f"The other side has no man on {victim}.")
    return IllegalMove("in_a_mill", f"The man on {victim} is in a mill, and others are not.")


def view(state: State, seat: int | None) -> View:
    quiet_since = state.ply - state.quiet
    return {
        "men": state.men,
        "ply": state.ply,
        "quiet_since": quiet_since,
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
    return tuple(re.findall("[a-g][1-7]", move))


def table(options: Options) -> Table:
    sites = tuple((site, 16 * "abcdefg".index(site[0]), 16 * (7 - int(site[1]))) for site in SITES)
    hands = [Lay("row", f"{HAND}-{seat}", f"{name}'s men to place", seat) for seat, name in enumerate(NAMES)]
    taken = [Lay("row", f"{TAKEN}-{seat}", f"Taken by {name}", seat, small=True) for seat, name in enumerate(NAMES)]
    return Table((Graph("board", sites, LINES), *hands, *taken))


def scene(view: View) -> Scene:
    pieces = tuple(piece_of(number, place) for number, place in enumerate(view["men"]))
    left = [MEN_EACH - view["men"][seat::2].count(TAKEN) for seat in (0, 1)]
    counters = tuple(Counter(seat, "Men", str(men)) for seat, men in enumerate(left))
    turn = () if view["ending"] else (view["ply"] % 2,)
    return Scene(status(view), turn, pieces, last_mark(view["last"]), counters)


def piece_of(number: int, place: str) -> Piece:
    owner = number % 2
    art, name = f"stone:{1 - owner}", NAMES[owner]
    if place == HAND:
        return Piece(f"m{number}", f"{HAND}-{owner}", art, f"{name} man to place", owner)
    if place == TAKEN:
        return Piece(f"m{number}", f"{TAKEN}-{1 - owner}", art, f"Taken {name.lower()} man", owner)
    return Piece(f"m{number}", place, art, f"{name} on {place}", owner)


def last_mark(last: str) -> tuple[Mark, ...]:
    if not last:
        return ()
    goes = last.partition("x")[0]
    return (Mark(goes[:2], "last", goes[2:] or None),)


def status(view: View) -> Status:
    name, other = NAMES[view["ply"] % 2], NAMES[1 - view["ply"] % 2]
    if view["ending"] in DRAWS:
        return Status(view["ending"], f"A draw: {DRAWS[view['ending']]}")
    if view["ending"]:
        why = "has two men left" if view["ending"] == "two_men_left" else "cannot move"
        return Status(view["ending"], f"{name} {why}: {other} wins")
    if HAND in view["men"][view["ply"] % 2 :: 2]:
        return Status("to_place", f"{name} to place a man")
    return Status("to_move", f"{name} to move")
