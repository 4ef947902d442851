"""Liar's dice: bid on what lies under all the cups, or call the bid before yours a lie.

The bid `3x5` says that of all dice in play at least three show a five. The next seat bids higher, with
more dice or as many of a higher face, or says `liar`: then all dice are shown, and whoever was wrong
loses one of theirs. All roll again and the loser begins. The last one who has dice wins.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Final, TypedDict

from annotated_types import Interval

from game.rules.dice import Dice
from game.rules.game import IllegalMove, Outcome
from game.rules.table import Counter, Lay, Piece, Scene, Status, Table, seat_name

key: Final = "liars_dice"
title: Final = "Liar's dice"
revision: Final = 1
seats: Final = (2, 3, 4, 5, 6)
hides_nothing: Final = False

ONE = ("hidden die", "one", "two", "three", "four", "five", "six")
MANY = ("hidden dice", "ones", "twos", "threes", "fours", "fives", "sixes")

Cups = tuple[tuple[int, ...], ...]  # the dice of each seat, sorted; none for one that is out
Bid = tuple[int, int]  # at least so many dice show this face
NO_BID: Bid = (0, 0)


@dataclass(frozen=True, slots=True)
class Options:
    dice: Annotated[int, Interval(ge=1, le=10)] = 5
    ones_wild: bool = True


@dataclass(frozen=True, slots=True)
class State:
    cups: Cups
    ones_wild: bool
    turn: int
    bid: Bid = NO_BID
    shown: Cups = ()  # the dice of all at the last challenge,
    called: Bid = NO_BID  # the bid that was called a lie,
    found: int = 0  # how many dice made it true,
    loser: int = -1  # and who lost a die by it


class View(TypedDict):
    seat: int  # yours, or -1
    ones_wild: bool
    turn: int
    bid: Bid
    cups: Cups  # 0 for a die that you do not see
    shown: Cups
    called: Bid
    found: int
    loser: int


def setup(options: Options, seats: int, dice: Dice) -> State:
    return State(rolled([options.dice] * seats, dice), options.ones_wild, dice.below(seats))


def rolled(counts: Sequence[int], dice: Dice) -> Cups:
    return tuple(tuple(sorted(dice.roll() for _ in range(count))) for count in counts)


def to_move(state: State) -> tuple[int, ...]:
    return () if outcome(state) else (state.turn,)


def legal_moves(state: State, seat: int) -> list[str]:
    if seat not in to_move(state):
        return []
    most, lowest = sum(map(len, state.cups)), 2 if state.ones_wild else 1
    bids = [(count, face) for count in range(1, most + 1) for face in range(lowest, 7)]
    moves = [f"bid {count}x{face}" for count, face in bids if (count, face) > state.bid]
    return moves if state.bid == NO_BID else [*moves, "liar"]


def play(state: State, seat: int, move: str, dice: Dice) -> State:
    if move == "liar":
        return challenged(state, seat, dice)
    return replace(state, bid=bid_of(move, state), turn=beside(seat, state.cups, 1))


def bid_of(move: str, state: State) -> Bid:
    """The bid that a move makes. Raises IllegalMove."""
    parts = re.fullmatch(r"bid ([1-9][0-9]{0,3})x([0-9])", move)
    if not parts:
        raise IllegalMove("not_a_bid", "Say “liar”, or bid dice and a face: “bid 3x5” is three fives.")
    bid, in_play = (int(parts[1]), int(parts[2])), sum(map(len, state.cups))
    if not 1 <= bid[1] <= 6:
        raise IllegalMove("no_such_face", "A die has the faces 1 to 6.")
    if bid[1] == 1 and state.ones_wild:
        raise IllegalMove("ones_are_wild", "Ones are wild: bid a face from 2 to 6.")
    if bid[0] > in_play:
        raise IllegalMove("too_many_dice", f"Only {in_play} dice are in play.")
    if bid <= state.bid:
        raise IllegalMove("bid_too_low", f"Bid more than {said(state.bid)}: more dice, or as many of a higher face.")
    return bid


def challenged(state: State, seat: int, dice: Dice) -> State:
    if state.bid == NO_BID:
        raise IllegalMove("nothing_bid", "There is no bid yet that could be a lie.")
    count, face = state.bid
    wild = 1 if state.ones_wild else face
    found = sum(die in (face, wild) for cup in state.cups for die in cup)
    loser = seat if found >= count else beside(seat, state.cups, -1)
    counts = [len(cup) - (owner == loser) for owner, cup in enumerate(state.cups)]
    turn = loser if counts[loser] else beside(loser, counts, 1)
    return State(rolled(counts, dice), state.ones_wild, turn, NO_BID, state.cups, state.bid, found, loser)


def beside(seat: int, dice: Sequence[object], step: int) -> int:
    """The nearest seat that has dice, going on (step 1) or back (step -1)."""
    others = ((seat + step * far) % len(dice) for far in range(1, len(dice)))
    return next(other for other in others if dice[other])


def view(state: State, seat: int | None) -> View:
    return {
        "seat": -1 if seat is None else seat,
        "ones_wild": state.ones_wild,
        "turn": state.turn,
        "bid": state.bid,
        "cups": tuple(cup if owner == seat else (0,) * len(cup) for owner, cup in enumerate(state.cups)),
        "shown": state.shown,
        "called": state.called,
        "found": state.found,
        "loser": state.loser,
    }


def disguise(state: State, seat: int | None, dice: Dice) -> State:
    """The dice under the others' cups may show anything."""
    others = rolled([len(cup) for cup in state.cups], dice)
    return replace(state, cups=tuple(cup if at == seat else others[at] for at, cup in enumerate(state.cups)))


def outcome(state: State) -> Outcome | None:
    left = [seat for seat, cup in enumerate(state.cups) if cup]
    if len(left) > 1:
        return None
    return Outcome("last_with_dice", tuple(len(state.cups) - 1 if cup else -1 for cup in state.cups))


def picks(move: str) -> tuple[str, ...]:
    if move == "liar":
        return ("#liar",)
    count, _, face = move.removeprefix("bid ").partition("x")
    return ("#1 die" if count == "1" else f"#{count} dice", f"face-{face}")


def said(bid: Bid) -> str:
    count, face = bid
    return f"{count} {MANY[face] if count > 1 else ONE[face]}"


def table(options: Options) -> Table:
    cups = [Lay("hand", f"cup-{seat}", f"{seat_name(seat)}'s cup", seat) for seat in range(seats[-1])]
    shown = [Lay("row", f"shown-{seat}", f"{seat_name(seat)} also had", seat, small=True) for seat in range(seats[-1])]
    titles = {"bid": "Bid", "faces": "Faces to bid", "found": "Found under the cups"}
    common = [Lay("hand", zone, title) for zone, title in titles.items()]  # hands, which are not shown while empty
    return Table((*common, *cups, *shown))


def scene(view: View) -> Scene:
    cups, bid = view["cups"], view["bid"]
    out = tuple(seat for seat, cup in enumerate(cups) if not cup)
    turn = (view["turn"],) if len(out) < len(cups) - 1 else ()
    counters = [Counter(seat, "Dice", str(len(cup))) for seat, cup in enumerate(cups)]
    pieces = [die for seat, cup in enumerate(cups) for die in under(seat, cup)]
    if bid != NO_BID:
        bidder = beside(view["turn"], cups, -1)
        pieces.append(Piece("bid", "bid", f"d6:{bid[1]}", f"{seat_name(bidder)} bids {said(bid)}", bidder, bid[0]))
    return Scene(status(view, turn), turn, (*pieces, *faces(view, turn), *revealed(view)), (), tuple(counters), out)


def under(seat: int, cup: Sequence[int]) -> list[Piece]:
    return [
        Piece(f"cup-{seat}.{at}", f"cup-{seat}", f"d6:{die or '?'}", f"{seat_name(seat)}'s {ONE[die]}", seat)
        for at, die in enumerate(cup)
    ]


def faces(view: View, turn: tuple[int, ...]) -> list[Piece]:
    """What you choose from when it is your turn to bid."""
    lowest = 2 if view["ones_wild"] else 1
    return [
        Piece(f"face-{face}", "faces", f"d6:{face}", MANY[face]) for face in range(lowest, 7) if view["seat"] in turn
    ]


def revealed(view: View) -> list[Piece]:
    """The dice of the last challenge: in the midst those that made the bid true, or did not suffice."""
    face = view["called"][1]
    found = (face, 1 if view["ones_wild"] else face)
    return [
        Piece(
            f"shown-{seat}.{at}",
            "found" if die in found else f"shown-{seat}",
            f"d6:{die}",
            f"{seat_name(seat)} had a {ONE[die]}",
            seat,
        )
        for seat, cup in enumerate(view["shown"])
        for at, die in enumerate(cup)
    ]


def status(view: View, turn: tuple[int, ...]) -> Status:
    name, called = seat_name(view["turn"]), f"{said(view['called'])} bid, {view['found']} found"
    news = "" if view["loser"] < 0 else f"{called}: {seat_name(view['loser'])} lost a die. "
    if not turn:
        return Status("won", f"{news}{name} wins")
    if view["bid"] == NO_BID:
        return Status("to_open", f"{news}{name} to bid first")
    return Status("to_answer", f"{name} to answer: {said(view['bid'])}")
