"""Battleship: both hide five ships in their seas, then shoot at each other's in turn; sink all of them to win.

Ships are placed at the same time, one move each: `1-a1/1-a5` from one end to the other, or `random` for all that are
left. Then a move is a square of the other's sea: `2-b7`. A shot is told to be a hit or a miss, and which ship it sank.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, TypedDict

from game.rules.dice import Dice
from game.rules.game import IllegalMove, Outcome
from game.rules.table import Counter, Grid, Mark, Piece, Scene, Status, Table, seat_name, square

key: Final = "battleship"
title: Final = "Battleship"
revision: Final = 1
seats: Final = (2,)
hides_nothing: Final = False

SIZE = 10
SQUARES = tuple(square(file, rank) for rank in range(SIZE) for file in range(SIZE))
SHIPS = (("carrier", 5), ("battleship", 4), ("cruiser", 3), ("submarine", 3), ("destroyer", 2))  # in order of placing
PREFIXES = ("1-", "2-")  # of the squares of each seat's sea
RANDOM = "random"

Ship = tuple[str, ...]  # its squares, from the left or from below
Fleet = tuple[Ship, ...]  # in the order of SHIPS; in a view () for one that you do not see


def lines(length: int) -> Iterator[Ship]:
    """All straight lines of so many squares."""
    for one in range(SIZE):
        for start in range(SIZE - length + 1):
            yield tuple(square(start + far, one) for far in range(length))
            yield tuple(square(one, start + far) for far in range(length))


LINES = {length: tuple(lines(length)) for _, length in SHIPS}
WAYS = [
    {
        f"{prefix}{spot[start]}/{prefix}{spot[~start]}": spot
        for spots in LINES.values()
        for spot in spots
        for start in (0, -1)
    }
    for prefix in PREFIXES
]
"""For each seat the moves that place a ship, from either end, and where it lies then."""


@dataclass(frozen=True, slots=True)
class Options:
    ships_may_touch: bool = True
    again_after_a_hit: bool = False


@dataclass(frozen=True, slots=True)
class State:
    options: Options
    fleets: tuple[Fleet, Fleet] = ((), ())
    shots: tuple[Ship, Ship] = ((), ())  # at each seat's sea, in order
    turn: int = 0
    last: int = -1  # whose sea was shot at last


class View(TypedDict):
    seat: int  # yours, or -1
    placed: tuple[int, ...]  # how many ships of each are placed
    fleets: tuple[Fleet, ...]  # your own, those that are sunk, and in the end all
    shots: tuple[Ship, Ship]
    hits: tuple[Ship, ...]  # those of the shots that hit
    turn: tuple[int, ...]
    last: int


def setup(options: Options, seats: int, dice: Dice) -> State:
    return State(options)


def to_move(state: State) -> tuple[int, ...]:
    if placing := tuple(seat for seat in (0, 1) if len(state.fleets[seat]) < len(SHIPS)):
        return placing
    return () if over(state) else (state.turn,)


def over(state: State) -> bool:
    return any(len(sunk(state, seat)) == len(SHIPS) for seat in (0, 1))


def sunk(state: State, seat: int) -> list[int]:
    """Which ships of a seat are sunk."""
    return [at for at, ship in enumerate(state.fleets[seat]) if set(ship) <= set(state.shots[seat])]


def placing(state: State) -> bool:
    return any(len(fleet) < len(SHIPS) for fleet in state.fleets)


def legal_moves(state: State, seat: int) -> list[str]:
    if seat not in to_move(state):
        return []
    if placing(state):
        free = set(spots(state.fleets[seat], state.options))
        return [*(way for way, spot in WAYS[seat].items() if spot in free), RANDOM]
    gone = set(state.shots[1 - seat])
    return [PREFIXES[1 - seat] + at for at in SQUARES if at not in gone]


def spots(fleet: Fleet, options: Options, length: int = 0) -> list[Ship]:
    """Where the next ship of the fleet may lie, or one of this length."""
    taken = {at for ship in fleet for at in (ship if options.ships_may_touch else around(ship))}
    return [spot for spot in LINES[length or SHIPS[len(fleet)][1]] if taken.isdisjoint(spot)]


def around(ship: Ship) -> set[str]:
    """The squares of a ship and those beside it, also across a corner."""
    steps = [(right, up) for right in (-1, 0, 1) for up in (-1, 0, 1)]
    return {f"{chr(ord(at[0]) + right)}{int(at[1:]) + up}" for at in ship for right, up in steps}


def play(state: State, seat: int, move: str, dice: Dice) -> State:
    return placed(state, seat, move, dice) if placing(state) else shot(state, seat, move)


def placed(state: State, seat: int, move: str, dice: Dice) -> State:
    fleet = state.fleets[seat]
    if move == RANDOM:
        while len(fleet) < len(SHIPS):
            fleet = (*fleet, dice.choose(spots(fleet, state.options)))
    else:
        fleet = (*fleet, lying(state, seat, move))
    state = replace(state, fleets=(fleet, state.fleets[1]) if seat == 0 else (state.fleets[0], fleet))
    return state if placing(state) else replace(state, turn=dice.below(2))


def lying(state: State, seat: int, move: str) -> Ship:
    """Where a move places the next ship. Raises IllegalMove."""
    (name, length), own, ship = SHIPS[len(state.fleets[seat])], PREFIXES[seat], WAYS[seat].get(move, ())
    if len(ship) != length:
        example = f"“{own}a1/{own}{square(length - 1, 0)}”"
        sentence = f"Place your {name} from end to end, {length} squares, as in {example}; or “random”."
        raise IllegalMove("no_place", sentence)
    if ship not in spots(state.fleets[seat], state.options):
        beside = "" if state.options.ships_may_touch else " or beside it"
        raise IllegalMove("taken", f"One of your ships lies there{beside}.")
    return ship


def shot(state: State, seat: int, move: str) -> State:
    other, prefix = 1 - seat, PREFIXES[1 - seat]
    at = move.removeprefix(prefix)
    if not move.startswith(prefix) or at not in SQUARES:
        raise IllegalMove("no_such_square", f"Shoot at a square of the other sea, as in “{prefix}b7”.")
    if at in state.shots[other]:
        raise IllegalMove("shot_before", "You have shot there before.")
    shots = (*state.shots[other], at)
    hit = any(at in ship for ship in state.fleets[other])
    turn = seat if hit and state.options.again_after_a_hit else other
    both = (shots, state.shots[1]) if other == 0 else (state.shots[0], shots)
    return replace(state, shots=both, turn=turn, last=other)


def view(state: State, seat: int | None) -> View:
    hulls = [{at for ship in fleet for at in ship} for fleet in state.fleets]
    return {
        "seat": -1 if seat is None else seat,
        "placed": tuple(map(len, state.fleets)),
        "fleets": tuple(seen(state, owner, owner == seat) for owner in (0, 1)),
        "shots": state.shots,
        "hits": tuple(tuple(at for at in state.shots[owner] if at in hulls[owner]) for owner in (0, 1)),
        "turn": to_move(state),
        "last": state.last,
    }


def seen(state: State, owner: int, own: bool) -> Fleet:
    if own or over(state):
        return state.fleets[owner]
    gone = sunk(state, owner)
    return tuple(ship if at in gone else () for at, ship in enumerate(state.fleets[owner]))


def disguise(state: State, seat: int | None, dice: Dice) -> State:
    """Each ship of another that is afloat may lie anywhere else, if the same shots would have hit it."""
    if over(state):
        return state
    fleets = [list(fleet) for fleet in state.fleets]
    for owner in (0, 1):
        shots, gone = set(state.shots[owner]), sunk(state, owner)
        for at, ship in enumerate(fleets[owner]):
            if owner != seat and at not in gone:
                others = tuple(other for number, other in enumerate(fleets[owner]) if number != at)
                likely = spots(others, state.options, len(ship))
                fleets[owner][at] = dice.choose([spot for spot in likely if shots & set(spot) == shots & set(ship)])
    return replace(state, fleets=(tuple(fleets[0]), tuple(fleets[1])))


def outcome(state: State) -> Outcome | None:
    if placing(state) or not over(state):
        return None
    return Outcome("fleet_sunk", (1, -1) if len(sunk(state, 1)) == len(SHIPS) else (-1, 1))


def table(options: Options) -> Table:
    seas = [
        Grid(f"sea-{seat}", SIZE, SIZE, "sea", f"{seat_name(seat)}'s sea", "letters", prefix=PREFIXES[seat])
        for seat in (0, 1)
    ]
    return Table(tuple(seas))


def picks(move: str) -> tuple[str, ...]:
    return ("#random",) if move == RANDOM else tuple(move.split("/"))


def scene(view: View) -> Scene:
    own = [piece for seat in (0, 1) for piece in ships(view, seat) if seat == view["seat"]]
    others = [piece for seat in (0, 1) for piece in ships(view, seat) if seat != view["seat"]]
    shots = [peg(view, seat, at) for at in range(SIZE * SIZE) for seat in (0, 1) if at < len(view["shots"][seat])]
    gone = [len(gone_ships(view, seat)) for seat in (0, 1)]
    left = [Counter(seat, "Ships", str(view["placed"][seat] - gone[seat])) for seat in (0, 1)]
    return Scene(status(view), view["turn"], (*own, *shots, *others), tuple(marks(view)), tuple(left))


def gone_ships(view: View, seat: int) -> list[int]:
    shots = set(view["shots"][seat])
    return [at for at, ship in enumerate(view["fleets"][seat]) if ship and set(ship) <= shots]


def ships(view: View, seat: int) -> Iterator[Piece]:
    """The ships that you see; of the other's only those that are afloat in the end, for sunk ones are all hits."""
    gone = gone_ships(view, seat) if seat != view["seat"] else []
    for number, ship in enumerate(view["fleets"][seat]):
        for part, at in enumerate(ship if number not in gone else ()):
            label = f"{seat_name(seat)}'s {SHIPS[number][0]} on {at}"
            yield Piece(f"ship-{seat}.{number}.{part}", PREFIXES[seat] + at, "ship", label, seat)


def peg(view: View, seat: int, number: int) -> Piece:
    """A shot at somebody's sea."""
    at = view["shots"][seat][number]
    hit = at in view["hits"][seat]
    names = [SHIPS[ship][0] for ship in gone_ships(view, seat) if at in view["fleets"][seat][ship]]
    what = f"hit, {names[0]} sunk" if names else "hit" if hit else "miss"
    return Piece(f"shot-{seat}.{number}", PREFIXES[seat] + at, "hit" if hit else "miss", f"{at}: {what}")


def marks(view: View) -> Iterator[Mark]:
    for seat in (0, 1):
        for ship in gone_ships(view, seat):
            yield from (Mark(PREFIXES[seat] + at, "dead") for at in view["fleets"][seat][ship])
        if view["shots"][seat]:
            yield Mark(PREFIXES[seat] + view["shots"][seat][-1], "last")


def status(view: View) -> Status:
    turn, you = view["turn"], view["seat"]
    if min(view["placed"]) < len(SHIPS):
        if you in turn:
            name, length = SHIPS[view["placed"][you]]
            return Status("to_place", f"Place your {name}, {length} squares: pick one end, then the other")
        return Status("to_place", f"{' and '.join(map(seat_name, turn))} to place ships")
    if not turn:
        return Status("won", f"{news(view)}{seat_name(1 - view['last'])} wins")
    return Status("to_shoot", f"{news(view)}{seat_name(turn[0])} to shoot")


def news(view: View) -> str:
    """What the last shot did."""
    sea = view["last"]
    if sea < 0:
        return ""
    what = peg(view, sea, len(view["shots"][sea]) - 1).label
    return f"{seat_name(1 - sea)} shot at {what}. "
