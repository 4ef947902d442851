"""The closed vocabulary of how a game looks (version 1).

A `Table` is sent once a match: the zones that pieces lie in. A `Scene` is what lies there now. Both
are plain descriptions: what draws them knows no rules. Places are named by the zone:

- grid: file letter and rank number, `a1` at the bottom left; with `by_file`, also whole files by
  their number, `1` at the left. A `prefix` is put before each, to tell two grids apart.
- hex: the same names, rank 1 at the top, each further one half a place to the right. A hexhex of side n
  has 2n-1 columns and rows, and of their places only those with n-1 <= file + rank <= 3n-3 (from 0).
- graph: the names of its sites.
- track: `1` … `n`, and the names in `extra`. Backgammon: 1 at the bottom right, the last at the top right;
  extra places whose names begin with `bar` lie in the middle, the others at the right.
- row, hand, pile: the zone's own id.
- sheet: `row.column` from `0.0`. Column 0 heads each row.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import lru_cache
from typing import Any, Literal

VOCABULARY = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """Squares, `cols` wide and `rows` high."""

    id: str
    cols: int
    rows: int
    look: Literal["plain", "checker", "lines", "felt", "holes", "sea"] = "plain"
    title: str = ""
    labels: Literal["none", "letters", "numbers"] = "none"
    by_file: bool = False
    stars: tuple[str, ...] = ()
    prefix: str = ""
    kind: Literal["grid"] = "grid"

    def place(self, file: int, rank: int) -> str:
        """The name of a square of this grid; file and rank count from 0 at the bottom left."""
        return self.prefix + square(file, rank)


@dataclass(frozen=True, slots=True)
class Hex:
    """Six-sided places: a slanted board, or a large hexagon.

    `edges`: whose are the top and bottom edge, and the left and right one; as seats, `("0", "1")`.
    """

    id: str
    cols: int
    rows: int
    shape: Literal["rhombus", "hexhex"] = "rhombus"
    title: str = ""
    edges: tuple[str, ...] = ()
    labels: bool = False
    kind: Literal["hex"] = "hex"


@dataclass(frozen=True, slots=True)
class Graph:
    """Sites anywhere, and the lines between them: x from the left and y from the top; the nearest two are a piece apart.

    `bare`: the sites that have no dot.
    """

    id: str
    sites: tuple[tuple[str, int, int], ...]
    edges: tuple[tuple[str, str], ...]
    title: str = ""
    bare: tuple[str, ...] = ()
    kind: Literal["graph"] = "graph"


@dataclass(frozen=True, slots=True)
class Track:
    """Places one after the other."""

    id: str
    n: int
    layout: Literal["backgammon", "line", "ring"] = "line"
    title: str = ""
    extra: tuple[str, ...] = ()
    kind: Literal["track"] = "track"


@dataclass(frozen=True, slots=True)
class Lay:
    """Pieces side by side (row), held (hand) or one on the other (pile).

    The zones of an `owner` that does not play are left out: see `seated`.
    """

    kind: Literal["row", "hand", "pile"]
    id: str
    title: str = ""
    owner: int | None = None
    small: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of texts, as for scores: pieces `text:…` in its cells.

    `sites` are the headings of its columns, from the left; without them it has none. What lies in column 0
    is shown as the heading of its row. With `by_seat` the columns after it are those of the seats, and
    are left out for seats that do not play: see `seated`.
    """

    id: str
    cols: int
    rows: int
    title: str = ""
    sites: tuple[str, ...] = ()
    by_seat: bool = False
    kind: Literal["sheet"] = "sheet"


Zone = Grid | Hex | Graph | Track | Lay | Sheet


@dataclass(frozen=True, slots=True)
class Table:
    """The zones, in the order in which they are read.

    `flip` when a seat may want it turned round. It then is for the seat at the top, the first or the second one.
    """

    zones: tuple[Zone, ...]
    flip: bool = False
    top: int = 1
    v: int = VOCABULARY


@dataclass(frozen=True, slots=True)
class Piece:
    """A thing at a place.

    `art` names its picture: `x o stone:0 disc:1 hexstone:0 draught:1k chess:wN d6:5 d6:? card:QH card:?
    chip:25 ship hit miss text:…`. The number after stone, disc, hexstone and draught is the side; stone,
    hexstone and draught 0 are dark and 1 light. `label` is what a screen reader says. The id of a hidden piece must
    not let anyone follow it through a shuffle: number the hidden pieces of a place from 0.
    """

    id: str
    at: str
    art: str
    label: str
    owner: int | None = None
    n: int = 1


@dataclass(frozen=True, slots=True)
class Mark:
    """An emphasis on a place, or from it to another: a `path` is an arrow, a `link` a bar, in the colour of who owns what lies at its beginning."""

    at: str
    kind: Literal["last", "check", "win", "dead", "path", "link"]
    to: str | None = None


@dataclass(frozen=True, slots=True)
class Counter:
    """A number or word beside a seat: score, cards left."""

    seat: int
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Status:
    """The line above the table: a stable key to translate by, and the English."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Scene:
    """What lies on the table, as one audience sees it.

    `turn`: the seats that owe a move. `done`: those that have finished, or are out, while others play on. `reach`:
    of a hexhex, how far from the middle places are drawn, where not all are; what is said must lie within.
    """

    status: Status
    turn: tuple[int, ...]
    pieces: tuple[Piece, ...] = ()
    marks: tuple[Mark, ...] = ()
    counters: tuple[Counter, ...] = ()
    done: tuple[int, ...] = ()
    reach: int | None = None


def seated(table: Table, seats: int) -> Table:
    """The table of a match of so many seats: without the zones and columns of other seats."""
    zones = (zone for zone in table.zones if not isinstance(zone, Lay) or zone.owner is None or zone.owner < seats)
    return replace(table, zones=tuple(_columns_of(zone, seats) for zone in zones))


def _columns_of(zone: Zone, seats: int) -> Zone:
    if not isinstance(zone, Sheet) or not zone.by_seat:
        return zone
    return replace(zone, cols=min(zone.cols, 1 + seats), sites=zone.sites[: 1 + seats])


def picks_by_name(move: str) -> Sequence[str]:
    """One pick: the place or piece that has the move's name."""
    return (move,)


def picks_by_button(move: str) -> Sequence[str]:
    """One pick: a button that says the move."""
    return (f"#{move}",)


def seat_name(seat: int) -> str:
    """What a seat is called where the player's name is not known."""
    return f"Player {seat + 1}"


def status(names: Sequence[str], turn: Sequence[int], winner: int | None = None) -> Status:
    """The usual line above the table: who is to move, who wins, or that nobody does."""
    if turn:
        return Status("to_move", f"{' and '.join(names[seat] for seat in turn)} to move")
    return Status("draw", "A draw") if winner is None else Status("won", f"{names[winner]} wins")


def square(file: int, rank: int) -> str:
    """The name of a square; file and rank count from 0 at the bottom left."""
    return f"{file_name(file)}{rank + 1}"


def file_name(file: int) -> str:
    """The letter of a file, counted from 0: a … z, aa, ab …"""
    return (file_name(file // 26 - 1) if file >= 26 else "") + chr(ord("a") + file % 26)


def plain(thing: object) -> object:
    """A table, a scene or a part of one as plain data; what has its default value is left out."""
    if isinstance(thing, Piece):
        return _plain_piece(thing)
    if isinstance(thing, (tuple, list)):
        return [plain(part) for part in thing]
    return _plain_fields(thing) if is_dataclass(thing) else thing


@lru_cache(maxsize=4096)
def _plain_piece(piece: Piece) -> object:
    """The same object for the same piece: one that lies still costs nothing when two scenes are compared."""
    return _plain_fields(piece)


def _plain_fields(thing: Any) -> object:
    said = [(field, getattr(thing, field.name)) for field in fields(thing)]
    return {field.name: plain(value) for field, value in said if value != field.default or field.name in ("kind", "v")}
