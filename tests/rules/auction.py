"""A game for tests: two secret bids at once, then the higher one takes flowers. It has all forms of moves."""

from dataclasses import dataclass, replace
from typing import Final, TypedDict

from game.rules.dice import Dice
from game.rules.game import IllegalMove, NoOptions, Outcome
from game.rules.moves import Moves, Number, Subset, listed
from game.rules.table import Lay, Piece, Scene, Status, Table, picks_by_button

key: Final = "auction"
title: Final = "Auction"
revision: Final = 1
seats: Final = (2,)
hides_nothing: Final = False
Options = NoOptions
picks = picks_by_button

FLOWERS = ("rose", "tulip", "lily")


@dataclass(frozen=True, slots=True)
class State:
    bids: tuple[int, ...] = (-1, -1)
    winner: int = -1
    taken: tuple[str, ...] = ()


class View(TypedDict):
    bids: tuple[int, ...]  # -1: none yet; -2: one that you do not see
    winner: int
    taken: tuple[str, ...]


def setup(options: NoOptions, seats: int, dice: Dice) -> State:
    return State()


def to_move(state: State) -> tuple[int, ...]:
    if state.winner < 0:
        return tuple(seat for seat in (0, 1) if state.bids[seat] < 0)
    return () if state.taken else (state.winner,)


def legal_moves(state: State, seat: int) -> Moves:
    if seat not in to_move(state):
        return ()
    return (Number("bid", 0, 10, 5), "pass") if state.winner < 0 else (Subset("take", FLOWERS, 1, 2),)


def play(state: State, seat: int, move: str, dice: Dice) -> State:
    if not listed(legal_moves(state, seat), move):
        raise IllegalMove("not_now", "That cannot be done now.")
    verb, *words = move.split(" ")
    if verb == "take":
        return replace(state, taken=tuple(words))
    bid = int(words[0]) if words else 0
    bids = (bid, state.bids[1]) if seat == 0 else (state.bids[0], bid)
    if -1 in bids:
        return State(bids)
    return State(bids, bids.index(max(bids)) if bids[0] != bids[1] else dice.below(2))


def view(state: State, seat: int | None) -> View:
    over = state.winner >= 0
    bids = tuple(bid if over or at == seat or bid < 0 else -2 for at, bid in enumerate(state.bids))
    return {"bids": bids, "winner": state.winner, "taken": state.taken}


def disguise(state: State, seat: int | None, dice: Dice) -> State:
    if state.winner >= 0:
        return state
    others = (bid if at == seat or bid < 0 else 5 * dice.below(3) for at, bid in enumerate(state.bids))
    return replace(state, bids=tuple(others))


def outcome(state: State) -> Outcome | None:
    return (
        Outcome("flowers_taken", tuple(len(state.taken) * (seat == state.winner) for seat in (0, 1)))
        if state.taken
        else None
    )


def table(options: NoOptions) -> Table:
    return Table((Lay("row", "shop"), Lay("hand", "taken-0", owner=0), Lay("hand", "taken-1", owner=1)))


def scene(view: View) -> Scene:
    at = [f"taken-{view['winner']}" if flower in view["taken"] else "shop" for flower in FLOWERS]
    pieces = tuple(Piece(flower, place, f"text:{flower}", f"A {flower}") for flower, place in zip(FLOWERS, at))
    bidding = tuple(seat for seat in (0, 1) if view["bids"][seat] == -1)
    turn = () if view["taken"] else (view["winner"],) if view["winner"] >= 0 else bidding
    return Scene(Status("auction", "An auction of flowers"), turn, pieces)
