"""Hex: whoever first joins their two sides of the board by a chain of stones wins; one of the two always does.

Black joins the top to the bottom and White the left to the right. With the swap rule, White may answer the first stone
by taking it over: it becomes White's, on the place that lies to White's sides as the old one to Black's.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Annotated, Final, TypedDict

from annotated_types import Interval

from game.rules.dice import Dice
from game.rules.game import IllegalMove, Outcome
from game.rules.table import Hex, Mark, Piece, Scene, Table, square
from game.rules.table import status as usual_status

key: Final = "hex"
title: Final = "Hex"
revision: Final = 1
seats: Final = (2,)
hides_nothing: Final = True

NAMES = ("Black", "White")
SIZE_MAX = 19
STEPS = ((1, 0), (0, 1), (-1, 1), (-1, 0), (0, -1), (1, -1))
SWAP = "swap"

Cell = tuple[int, int]  # file and rank, from 0
CELLS = {square(file, rank): (file, rank) for rank in range(SIZE_MAX) for file in range(SIZE_MAX)}
PLACES = {cell: place for place, cell in CELLS.items()}


@dataclass(frozen=True, slots=True)
class Options:
    size: Annotated[int, Interval(ge=3, le=SIZE_MAX)] = 11
    swap: bool = True


@dataclass(frozen=True, slots=True)
class State:
    options: Options
    stones: tuple[str, ...] = ()  # where they lie, in the order in which they were laid
    swapped: bool = False
    chain: tuple[str, ...] = ()  # the stones that won


class View(TypedDict):
    stones: tuple[str, ...]
    swapped: bool  # White has taken over the first stone, and so White's are the first, the third …
    chain: tuple[str, ...]


def setup(options: Options, seats: int, dice: Dice) -> State:
    return State(options)


def to_move(state: State) -> tuple[int, ...]:
    return () if state.chain else (owner(len(state.stones), state.swapped),)


def owner(number: int, swapped: bool) -> int:
    """Whose stone it is, by its number in order."""
    return (number + swapped) % 2


def may_swap(state: State) -> bool:
    return state.options.swap and len(state.stones) == 1 and not state.swapped


def legal_moves(state: State, seat: int) -> list[str]:
    if seat not in to_move(state):
        return []
    reach, taken = range(state.options.size), set(state.stones)
    places = [PLACES[file, rank] for rank in reach for file in reach if PLACES[file, rank] not in taken]
    return [*places, SWAP] if may_swap(state) else places


def play(state: State, seat: int, move: str, dice: Dice) -> State:
    if move == SWAP:
        if not may_swap(state):
            raise IllegalMove("no_swap", "Only the first stone can be swapped, at once, and where that was agreed.")
        file, rank = CELLS[state.stones[0]]
        return replace(state, stones=(PLACES[rank, file],), swapped=True)
    size = state.options.size
    if move not in CELLS or max(CELLS[move]) >= size:
        raise IllegalMove("no_such_place", f"A move names a place, from a1 to {PLACES[size - 1, size - 1]}.")
    if move in state.stones:
        raise IllegalMove("taken", f"There is a stone on {move}.")
    stones = (*state.stones, move)
    own = {CELLS[place] for place in stones[::-2]}
    return replace(state, stones=stones, chain=chain_through(CELLS[move], own, seat, size))


def chain_through(cell: Cell, own: Collection[Cell], seat: int, size: int) -> tuple[str, ...]:
    """A shortest chain from side to side among the stones joined to this one; empty if they do not join the sides."""
    joined = ways_from([cell], own)
    starts = [at for at in joined if at[1 - seat] == size - 1]
    if not starts or all(at[1 - seat] != 0 for at in joined):
        return ()
    ways = ways_from(starts, own)
    at: Cell | None = next(end for end in ways if end[1 - seat] == 0)
    chain = []
    while at is not None:
        chain.append(PLACES[at])
        at = ways[at]
    return tuple(chain)


def ways_from(starts: list[Cell], own: Collection[Cell]) -> dict[Cell, Cell | None]:
    """Each stone that is joined to the starts, nearest first, with the stone before it."""
    ways: dict[Cell, Cell | None] = dict.fromkeys(starts)
    for at in (reached := list(starts)):
        for beside in neighbours(at):
            if beside in own and beside not in ways:
                ways[beside] = at
                reached.append(beside)
    return ways


def neighbours(cell: Cell) -> Iterator[Cell]:
    file, rank = cell
    for right, up in STEPS:
        yield file + right, rank + up


def view(state: State, seat: int | None) -> View:
    return {"stones": state.stones, "swapped": state.swapped, "chain": state.chain}


def outcome(state: State) -> Outcome | None:
    if not state.chain:
        return None
    return Outcome("sides_joined", (-1, 1) if owner(len(state.stones) - 1, state.swapped) else (1, -1))


def picks(move: str) -> tuple[str, ...]:
    return ("#swap",) if move == SWAP else (move,)


def table(options: Options) -> Table:
    return Table((Hex("board", options.size, options.size, edges=("0", "1"), labels=True),))


def scene(view: View) -> Scene:
    stones = [(place, owner(number, view["swapped"])) for number, place in enumerate(view["stones"])]
    pieces = tuple(Piece(place, place, f"hexstone:{seat}", f"{NAMES[seat]} on {place}", seat) for place, seat in stones)
    last = tuple(Mark(place, "last") for place in view["stones"][-1:])
    marks = tuple(Mark(place, "win") for place in view["chain"]) or last
    turn = () if view["chain"] else (owner(len(stones), view["swapped"]),)
    return Scene(usual_status(NAMES, turn, stones[-1][1] if view["chain"] else None), turn, pieces, marks)
