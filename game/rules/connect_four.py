"""Connect Four: discs fall into columns in turn; four of one's own in a row win."""

from dataclasses import dataclass
from typing import Annotated, Final, TypedDict

from annotated_types import Interval

from game.rules.dice import Dice
from game.rules.game import IllegalMove, Outcome
from game.rules.table import Grid, Mark, Piece, Scene, Table, picks_by_name, square, status

key: Final = "connect_four"
title: Final = "Connect Four"
revision: Final = 1
seats: Final = (2,)
hides_nothing: Final = True
picks = picks_by_name

NAMES = ("Red", "Yellow")
NUMBERS = tuple(str(number) for number in range(1, 20))  # the columns, as moves name them
EMPTY = -1
DIRECTIONS = ((1, 0), (0, 1), (1, 1), (1, -1))

Columns = tuple[tuple[int, ...], ...]  # each from the bottom up: the seat whose disc it is, or EMPTY
Square = tuple[int, int]  # column and row, from 0


@dataclass(frozen=True, slots=True)
class Options:
    columns: Annotated[int, Interval(ge=4, le=19)] = 7
    rows: Annotated[int, Interval(ge=4, le=19)] = 6
    in_a_row: Annotated[int, Interval(ge=3, le=6)] = 4

    def __post_init__(self) -> None:
        if self.in_a_row > max(self.columns, self.rows):
            raise ValueError(f"{self.in_a_row} in a row do not fit into {self.columns} columns of {self.rows}.")


@dataclass(frozen=True, slots=True)
class State:
    columns: Columns
    in_a_row: int
    discs: int = 0
    last: int = EMPTY  # the column of the last disc
    line: tuple[Square, ...] = ()  # the discs that won


class View(TypedDict):
    columns: Columns
    last: int
    line: tuple[Square, ...]


def setup(options: Options, seats: int, dice: Dice) -> State:
    return State(((EMPTY,) * options.rows,) * options.columns, options.in_a_row)


def to_move(state: State) -> tuple[int, ...]:
    return () if state.line or full(state) else (state.discs % 2,)


def legal_moves(state: State, seat: int) -> list[str]:
    if seat not in to_move(state):
        return []
    return [number for number, column in zip(NUMBERS, state.columns) if column[-1] == EMPTY]


def play(state: State, seat: int, move: str, dice: Dice) -> State:
    width = len(state.columns)
    if move not in NUMBERS[:width]:
        raise IllegalMove("no_such_column", f"A move names a column, from 1 to {width}.")
    at = NUMBERS.index(move)
    column = state.columns[at]
    if column[-1] != EMPTY:
        raise IllegalMove("column_full", f"Column {move} is full.")
    row = column.index(EMPTY)
    column = (*column[:row], seat, *column[row + 1 :])
    columns = (*state.columns[:at], column, *state.columns[at + 1 :])
    return State(columns, state.in_a_row, state.discs + 1, at, line_through((at, row), columns, state.in_a_row))


def view(state: State, seat: int | None) -> View:
    return {"columns": state.columns, "last": state.last, "line": state.line}


def outcome(state: State) -> Outcome | None:
    if state.line:
        return Outcome("in_a_row", (1, -1) if state.discs % 2 else (-1, 1))
    return Outcome("draw", (0, 0)) if full(state) else None


def full(state: State) -> bool:
    return state.discs == len(state.columns) * len(state.columns[0])


def line_through(disc: Square, columns: Columns, in_a_row: int) -> tuple[Square, ...]:
    """Every disc that is in a row long enough with this one: the only rows that a move can complete."""
    won: set[Square] = set()
    for right, up in DIRECTIONS:
        row = (*like(disc, -right, -up, columns), disc, *like(disc, right, up, columns))
        if len(row) >= in_a_row:
            won.update(row)
    return tuple(sorted(won))


def like(disc: Square, right: int, up: int, columns: Columns) -> list[Square]:
    """The unbroken run of discs of the same colour, going one way from this one."""
    (column, row), width, height = disc, len(columns), len(columns[0])
    colour, run = columns[column][row], []
    column, row = column + right, row + up
    while 0 <= column < width and 0 <= row < height and columns[column][row] == colour:
        run.append((column, row))
        column, row = column + right, row + up
    return run


def table(options: Options) -> Table:
    return Table((Grid("board", options.columns, options.rows, "holes", labels="numbers", by_file=True),))


def scene(view: View) -> Scene:
    discs = [
        (square(column, row), seat, f"{NAMES[seat]} in column {column + 1}, row {row + 1}")
        for column, cells in enumerate(view["columns"])
        for row, seat in enumerate(cells)
        if seat != EMPTY
    ]
    pieces = tuple(Piece(place, place, f"disc:{seat}", label, seat) for place, seat, label in discs)
    marks = tuple(Mark(square(*won), "win") for won in view["line"]) or last_mark(view)
    over = view["line"] or all(cells[-1] != EMPTY for cells in view["columns"])
    turn = () if over else (len(discs) % 2,)
    winner = 1 - len(discs) % 2 if view["line"] else None
    return Scene(status(NAMES, turn, winner), turn, pieces, marks)


def last_mark(view: View) -> tuple[Mark, ...]:
    if view["last"] == EMPTY:
        return ()
    discs = [cell for cell in view["columns"][view["last"]] if cell != EMPTY]
    return (Mark(square(view["last"], len(discs) - 1), "last"),)
