"""Go by area scoring, as in the rules of Tromp and Taylor, without suicide.

No position of the board may come again (positional superko). Two passes in a row end the match, or twice as many moves
as the board has points; then every stone counts as alive: take what is dead before you pass.
"""

from dataclasses import dataclass, field
from functools import cache
from typing import Final, Literal, TypedDict

from game.rules.dice import Dice
from game.rules.exports import Export, Played
from game.rules.game import IllegalMove, Outcome
from game.rules.go.board import BOARDS, Points, Stones
from game.rules.table import Counter, Grid, Mark, Piece, Scene, Status, Table, square

key: Final = "go"
title: Final = "Go"
revision: Final = 1
seats: Final = (2,)
hides_nothing: Final = True

NAMES = ("Black", "White")
PASS = "pass"
STARS = {9: (2, 4, 6), 13: (3, 6, 9), 19: (3, 9, 15)}

Position = tuple[Points, Points]  # where the stones of each seat are
NO_STONES: Position = (0, 0)
Laid = tuple[tuple[str, int], ...]  # where a stone lies, and whose it is; the last one takes the place of one taken off


@dataclass(frozen=True, slots=True)
class Options:
    size: Literal[9, 13, 19] = 19
    komi: Literal["0", "6.5", "7.5"] = "7.5"


@dataclass(frozen=True, slots=True)
class State:
    options: Options
    laid: Laid = ()
    points: Position = NO_STONES
    seen: frozenset[Position] = field(default=frozenset({NO_STONES}), repr=False)  # too many to print
    ply: int = 0
    passes: int = 0  # in a row
    taken: tuple[int, int] = (0, 0)  # stones that each seat has taken
    last: str = ""


class View(TypedDict):
    laid: Laid
    ply: int
    taken: tuple[int, int]
    last: str
    area: tuple[int, ...]  # of each seat, when the match is over
    lead: int  # of Black, in half points, komi counted; 0 until the match is over


def setup(options: Options, seats: int, dice: Dice) -> State:
    return State(options)


def to_move(state: State) -> tuple[int, ...]:
    return () if is_over(state) else (state.ply % 2,)


def is_over(state: State) -> bool:
    return state.passes == 2 or state.ply >= 2 * state.options.size**2


def legal_moves(state: State, seat: int) -> list[str]:
    if seat not in to_move(state):
        return []
    board, seen = BOARDS[state.options.size], state.seen
    layings = board.layings(Stones(state.points[seat], state.points[1 - seat]))
    return [*(board.names[at] for at, stones in layings if by_seat(stones, seat) not in seen), PASS]


def by_seat(stones: Stones, seat: int) -> Position:
    """The stones of Black and White, by those of this seat and the other."""
    return (stones.own, stones.other) if seat == 0 else (stones.other, stones.own)


def play(state: State, seat: int, move: str, dice: Dice) -> State:
    if move == PASS:
        return State(
            state.options, state.laid, state.points, state.seen, state.ply + 1, state.passes + 1, state.taken, PASS
        )
    board, before = BOARDS[state.options.size], Stones(state.points[seat], state.points[1 - seat])
    if (at := board.bits.get(move)) is None:
        size = state.options.size
        raise IllegalMove(
            "no_such_place", f"A move names a point, from a1 to {square(size - 1, size - 1)}, or is “pass”."
        )
    if at & (before.own | before.other):
        raise IllegalMove("taken", f"There is a stone on {move}.")
    after = board.laid(before, at)
    fallen = before.other & ~after.other
    if not fallen and board.suicide(before, at):
        raise IllegalMove("suicide", f"A stone on {move} would have no liberty.")
    points = by_seat(after, seat)
    if points in state.seen:
        raise IllegalMove("superko", f"A stone on {move} would bring back a position that was there before.")
    laid = (*without(state.laid, {board.names[each] for each in board.points(fallen)}), (move, seat))
    black, white = state.taken
    taken = (black + fallen.bit_count(), white) if seat == 0 else (black, white + fallen.bit_count())
    return State(state.options, laid, points, state.seen | {points}, state.ply + 1, 0, taken, move)


def without(laid: Laid, fallen: set[str]) -> Laid:
    """The stones left. The last ones take the places of those taken, so that few change their place in the list."""
    if not fallen:
        return laid
    left = list(laid)
    for number in reversed(range(len(left))):
        if left[number][0] in fallen:
            left[number] = left[-1]
            left.pop()
    return tuple(left)


def view(state: State, seat: int | None) -> View:
    area = areas(state) if is_over(state) else ()
    lead = lead_of(state) if area else 0
    return {"laid": state.laid, "ply": state.ply, "taken": state.taken, "last": state.last, "area": area, "lead": lead}


def areas(state: State) -> tuple[int, int]:
    """How many points each seat has."""
    board, (black, white) = BOARDS[state.options.size], state.points
    return board.area(black, white), board.area(white, black)


def lead_of(state: State) -> int:
    """By how many half points Black is ahead, komi counted."""
    black, white = areas(state)
    return 2 * (black - white) - int(2 * float(state.options.komi))


def outcome(state: State) -> Outcome | None:
    if not is_over(state):
        return None
    lead = lead_of(state)
    ending = "two_passes" if state.passes == 2 else "move_limit"
    return Outcome(ending, (1, -1) if lead > 0 else (-1, 1) if lead else (0, 0))


def picks(move: str) -> tuple[str, ...]:
    return ("#pass",) if move == PASS else (move,)


def table(options: Options) -> Table:
    low, middle, high = STARS[options.size]
    stars = [square(file, rank) for file in (low, high) for rank in (low, high)] + [square(middle, middle)]
    if options.size == 19:
        stars += [square(*at) for at in ((low, middle), (high, middle), (middle, low), (middle, high))]
    return Table((Grid("board", options.size, options.size, "lines", labels="letters", stars=tuple(stars)),))


def scene(view: View) -> Scene:
    pieces = tuple(stone(at, seat) for at, seat in view["laid"])
    marks = (Mark(view["last"], "last"),) if view["last"] not in ("", PASS) else ()
    label, values = ("Area", view["area"]) if view["area"] else ("Taken", view["taken"])
    counters = tuple(Counter(seat, label, str(value)) for seat, value in enumerate(values))
    return Scene(status(view), () if view["area"] else (view["ply"] % 2,), pieces, marks, counters)


@cache
def stone(at: str, seat: int) -> Piece:
    return Piece(at, at, f"stone:{seat}", f"{NAMES[seat]} on {at}", seat)


def status(view: View) -> Status:
    if view["area"]:
        won = f"{NAMES[view['lead'] < 0]} wins by {said(abs(view['lead']))}"
        return Status("won", won) if view["lead"] else Status("draw", "A draw")
    passed = f"{NAMES[1 - view['ply'] % 2]} has passed. " if view["last"] == PASS else ""
    return Status("passed" if passed else "to_move", f"{passed}{NAMES[view['ply'] % 2]} to move")


def said(halves: int) -> str:
    """Half points as points: 3.5"""
    return f"{halves / 2:g}"


def sgf(played: Played) -> str:
    """A match in Smart Game Format, version 4."""
    state, nodes = State(played.options), []
    for seat, move in played.moves:
        state = play(state, seat, move, Dice(b"", 0))
        nodes.append(f";{'BW'[seat]}[{'' if move == PASS else sgf_point(move, played.options.size)}]")
    black, white = map(sgf_text, played.players)
    root = f"FF[4]GM[1]CA[UTF-8]RU[Tromp-Taylor]SZ[{played.options.size}]KM[{played.options.komi}]"
    about = f"PB[{black}]PW[{white}]DT[{played.date}]RE[{sgf_result(state, played.outcome)}]"
    lines = ["".join(nodes[at : at + 12]) for at in range(0, len(nodes), 12)]
    return "\n".join([f"(;{root}", about, *lines]) + ")\n"


def sgf_point(move: str, size: int) -> str:
    """File and rank as letters, the rank from the top."""
    rank, file = divmod(BOARDS[size].bits[move].bit_length() - 1, size + 1)
    return chr(ord("a") + file) + chr(ord("a") + size - 1 - rank)


def sgf_result(state: State, outcome: Outcome) -> str:
    winner = "B" if outcome.points[0] > 0 else "W"
    if not is_over(state):
        return f"{winner}+R"
    return f"{winner}+{said(abs(lead_of(state)))}" if any(outcome.points) else "0"


def sgf_text(text: str) -> str:
    return text.replace("\\", "\\\\").replace("]", "\\]")


exports: Final = {"sgf": Export("application/x-go-sgf", sgf)}
