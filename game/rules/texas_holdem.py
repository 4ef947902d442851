"""Texas hold'em without limit: two cards of one's own, five on the board, four rounds of betting, for all of one's chips.

The blinds are 10 and 20 and double after every ten hands. `raise 60` raises to 60 chips in this round, by at least as
much as the raise before it; who goes all in for less does not open the betting again for those who have acted. At the
showdown whoever bet last shows first, then each in turn who can still win; when somebody is all in, all show. The
dealer begins the next hand by `deal`. The match ends when one has all chips, or after the agreed number of hands.
"""

from dataclasses import dataclass, replace
from typing import Annotated, Any, Final, TypedDict

from annotated_types import Interval

from game.rules.cards import drawn, face_down, face_up
from game.rules.dice import Dice
from game.rules.game import IllegalMove, Outcome
from game.rules.moves import Moves, Number, listed
from game.rules.poker import KINDS, Strength, best_hand, shares
from game.rules.table import Counter, Lay, Piece, Scene, Status, Table, picks_by_button, seat_name

key: Final = "texas_holdem"
title: Final = "Texas hold'em"
revision: Final = 1
seats: Final = (2, 3, 4, 5, 6, 7, 8, 9)
hides_nothing: Final = False
picks = picks_by_button

BIG_BLIND = 20  # at first
HANDS_OF_A_LEVEL = 10
NOBODY = NOT_YET = -1

Chips = tuple[int, ...]  # of each seat
Cards = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Options:
    big_blinds: Annotated[int, Interval(ge=10, le=200)] = 50  # that each begins with
    hands: Annotated[int, Interval(ge=1, le=100)] = 100  # after which the match ends at the latest


@dataclass(frozen=True, slots=True)
class State:
    hands: int
    stacks: Chips  # not bet
    button: int
    number: int = 0  # of the hand, from 1
    holes: tuple[Cards, ...] = ()  # two of each who was dealt in, also when folded
    folded: tuple[bool, ...] = ()
    board: Cards = ()
    spent: Chips = ()  # in this hand
    bets: Chips = ()  # in this round
    level: int = 0  # to which one has to call
    step: int = 0  # the least raise
    acted: Chips = ()  # the level when each acted last in this round
    bettor: int = NOBODY  # who bet or raised last in this round
    turn: int = NOBODY  # between hands nobody's
    shown: tuple[bool, ...] = ()  # whose cards the showdown has shown
    won: Chips = ()  # by the hand that is over
    out: Chips = ()  # the hand in which each lost all chips, or 0


class View(TypedDict):
    number: int
    stacks: Chips
    button: int
    holes: tuple[Cards, ...]  # "?" for one that you do not see; none of those who have folded
    folded: tuple[bool, ...]
    board: Cards
    pot: int
    bets: Chips
    level: int
    turn: tuple[int, ...]
    won: Chips


def setup(options: Options, seats: int, dice: Dice) -> State:
    stacks = (options.big_blinds * BIG_BLIND,) * seats
    return dealt(State(options.hands, stacks, dice.below(seats), out=(0,) * seats), dice)


def dealt(state: State, dice: Dice) -> State:
    """The next hand: the button has moved on, the blinds are posted, everyone who has chips holds two cards."""
    stacks, number, nothing = state.stacks, state.number + 1, (0,) * len(state.stacks)
    button, blind = following(state.button, stacks)[0], blind_of(number)
    order = following(button, stacks)
    small, big = (button, order[0]) if len(order) == 2 else order[:2]
    cards = iter(drawn((), 2 * len(order), dice))
    holes = tuple((next(cards), next(cards)) if chips else () for chips in stacks)
    folded, out = tuple(not hole for hole in holes), state.out
    state = State(state.hands, stacks, button, number, holes, folded, (), nothing, nothing, out=out)
    state = paid(paid(state, small, blind // 2), big, blind)
    return turned(replace(state, level=blind, step=blind, acted=(NOT_YET,) * len(stacks)), big, dice)


def blind_of(number: int) -> int:
    return BIG_BLIND << (number - 1) // HANDS_OF_A_LEVEL


def following(seat: int, chips: Chips) -> list[int]:
    """The seats that have chips, from the one after this."""
    return [at for far in range(1, len(chips) + 1) if chips[at := (seat + far) % len(chips)]]


def put(values: tuple[Any, ...], seat: int, value: object) -> tuple[Any, ...]:
    return (*values[:seat], value, *values[seat + 1 :])


def paid(state: State, seat: int, to: int) -> State:
    """The seat has bet so much in this round, or all it has."""
    more = min(to - state.bets[seat], state.stacks[seat])
    bets, spent = (put(chips, seat, chips[seat] + more) for chips in (state.bets, state.spent))
    return replace(state, stacks=put(state.stacks, seat, state.stacks[seat] - more), bets=bets, spent=spent)


def to_move(state: State) -> tuple[int, ...]:
    if state.turn == NOBODY:
        return () if over(state) else (following(state.button, state.stacks)[0],)
    return (state.turn,)


def over(state: State) -> bool:
    return bool(state.won) and (state.number == state.hands or len(following(0, state.stacks)) == 1)


def legal_moves(state: State, seat: int) -> Moves:
    if seat not in to_move(state):
        return ()
    if state.turn == NOBODY:
        return ("deal",)
    moves = ("fold", "call") if state.level > state.bets[seat] else ("check",)
    return (*moves, raising(state, seat)) if may_raise(state, seat) else moves


def may_raise(state: State, seat: int) -> bool:
    """Whether the seat and another have more chips than the level, and there was a full raise since it acted last."""
    rich = [at for at in able(state) if state.stacks[at] + state.bets[at] > state.level]
    fresh = state.acted[seat] == NOT_YET or state.level - state.acted[seat] >= state.step
    return seat in rich and len(rich) > 1 and fresh


def raising(state: State, seat: int) -> Number:
    most, level = state.stacks[seat] + state.bets[seat], state.level
    least, pot = min(level + state.step, most), sum(state.spent) + level - state.bets[seat]
    named = [(name, to) for name, to in (("½ pot", level + pot // 2), ("Pot", level + pot)) if least < to < most]
    return Number("raise" if level else "bet", least, most, presets=(*named, ("All in", most)))


def able(state: State) -> list[int]:
    """Those who are in the hand and have chips to bet."""
    return [seat for seat, chips in enumerate(state.stacks) if chips and not state.folded[seat]]


def play(state: State, seat: int, move: str, dice: Dice) -> State:
    if not listed(may := legal_moves(state, seat), move):
        raise refused(state, may)
    verb, _, amount = move.partition(" ")
    if verb == "deal":
        return dealt(state, dice)
    if verb == "fold":
        return turned(replace(state, folded=put(state.folded, seat, True)), seat, dice)
    if verb in ("bet", "raise"):
        to = int(amount)
        state = replace(state, level=to, step=max(state.step, to - state.level), bettor=seat)
    state = replace(paid(state, seat, state.level), acted=put(state.acted, seat, state.level))
    return turned(state, seat, dice)


def refused(state: State, may: Moves) -> IllegalMove:
    if state.turn == NOBODY:
        return IllegalMove("deal_first", "The next hand has to be dealt: say “deal”.")
    forms = [f"{form.verb} {form.low} to {form.high}" if isinstance(form, Number) else str(form) for form in may]
    return IllegalMove("not_now", f"You may {', '.join(forms[:-1])} or {forms[-1]}.")


def turned(state: State, seat: int, dice: Dice) -> State:
    """It is the turn of the next one who has to act; or the round is over, or the hand."""
    contenders = [at for at, folded in enumerate(state.folded) if not folded]
    if len(contenders) == 1:
        return ended(state, contenders, [])
    if (turn := next_to_act(state, seat)) != NOBODY:
        return replace(state, turn=turn)
    if len(state.board) == 5:
        return ended(state, contenders, showing(state, contenders))
    gone = [card for cards in (*state.holes, state.board) for card in cards]
    board = (*state.board, *drawn(gone, 1 if state.board else 3, dice))
    state = replace(state, board=board, level=0, step=blind_of(state.number), bettor=NOBODY)
    return turned(replace(state, bets=(0,) * len(state.bets), acted=(NOT_YET,) * len(state.bets)), state.button, dice)


def next_to_act(state: State, seat: int) -> int:
    can = able(state)
    if len(can) == 1 and state.bets[can[0]] >= max(state.bets):
        return NOBODY
    order = sorted(can, key=lambda at: (at - seat - 1) % len(state.stacks))
    return next((at for at in order if state.acted[at] == NOT_YET or state.bets[at] < state.level), NOBODY)


def showing(state: State, contenders: list[int]) -> list[int]:
    """Who shows: all when somebody is all in; or else each, from the one who bet last, who is not beaten yet."""
    if not all(state.stacks[seat] for seat in contenders):
        return contenders
    first = state.bettor if state.bettor != NOBODY else state.button + 1
    best: Strength = ()
    shown: list[int] = []
    for seat in sorted(contenders, key=lambda at: (at - first) % len(state.stacks)):
        if (strength := best_hand((*state.holes[seat], *state.board))) >= best:
            best, shown = strength, [*shown, seat]
    return shown


def ended(state: State, contenders: list[int], shown: list[int]) -> State:
    """The chips go to the best hands; a bet that nobody called has been no bet."""
    second = sorted(state.spent)[-2]
    spent = [min(chips, second) for chips in state.spent]
    order = sorted(contenders, key=lambda at: (at - state.button - 1) % len(spent))
    hands = {seat: best_hand((*state.holes[seat], *state.board)) if shown else () for seat in order}
    won = tuple(shares(spent, hands))
    left = tuple(sum(parts) for parts in zip(state.stacks, won, state.spent, (-chips for chips in spent)))
    out = tuple(before or state.number * (not chips) for before, chips in zip(state.out, left))
    state = replace(state, shown=tuple(seat in shown for seat in range(len(left))), bets=(0,) * len(left))
    return replace(state, stacks=left, won=won, out=out, turn=NOBODY)


def view(state: State, seat: int | None) -> View:
    return {
        "number": state.number,
        "stacks": state.stacks,
        "button": state.button,
        "holes": tuple(seen(state, at, at == seat) for at in range(len(state.stacks))),
        "folded": state.folded,
        "board": state.board,
        "pot": 0 if state.won else sum(state.spent) - sum(state.bets),
        "bets": state.bets,
        "level": state.level,
        "turn": to_move(state),
        "won": state.won,
    }


def seen(state: State, seat: int, own: bool) -> Cards:
    """The cards of a seat: one's own, and those that were shown; of others nothing when they are gone."""
    if own or (state.shown and state.shown[seat]):
        return state.holes[seat]
    return () if state.folded[seat] or state.shown else ("?", "?")


def disguise(state: State, seat: int | None, dice: Dice) -> State:
    """Cards that are not seen may be any that are not."""
    known = [at == seat or bool(state.shown and state.shown[at]) for at in range(len(state.stacks))]
    gone = [*state.board, *(card for at, cards in enumerate(state.holes) if known[at] for card in cards)]
    fresh = list(drawn(gone, 2 * len(state.stacks), dice))
    holes = (cards if known[at] else tuple(fresh.pop() for _ in cards) for at, cards in enumerate(state.holes))
    return replace(state, holes=tuple(holes))


def outcome(state: State) -> Outcome | None:
    """The chips of those who have some; who went out gets less the earlier it was."""
    if not over(state):
        return None
    later = [sum(not other or other > out for other in state.out) for out in state.out]
    points = tuple(chips or -others for chips, others in zip(state.stacks, later))
    return Outcome("all_chips" if len(following(0, state.stacks)) == 1 else "hands_played", points)


def table(options: Options) -> Table:
    zones = [Lay("row", "board", "Board"), Lay("row", "pot", "Pot")]
    for seat in range(seats[-1]):
        zones.append(Lay("hand", f"hand-{seat}", f"{seat_name(seat)}'s cards", seat))
        zones.append(Lay("row", f"bet-{seat}", f"{seat_name(seat)}'s bet", seat, small=True))
    return Table(tuple(zones))


def scene(view: View) -> Scene:
    turn, everyone, button = view["turn"], range(len(view["stacks"])), view["button"]
    pieces = [face_up(card, "board") for card in view["board"]]
    pieces += [Piece("pot", "pot", f"chip:{view['pot']}", f"{view['pot']} chips in the pot")] if view["pot"] else []
    for seat in everyone:
        at, cards = f"hand-{seat}", enumerate(view["holes"][seat])
        pieces += [face_down(at, number, seat) if card == "?" else face_up(card, at, seat) for number, card in cards]
        if bet := view["bets"][seat]:
            label = f"{bet} chips bet by {seat_name(seat)}"
            pieces.append(Piece(f"chips-{seat}", f"bet-{seat}", f"chip:{bet}", label, seat))
    pieces.append(Piece("button", f"bet-{button}", "text:D", f"{seat_name(button)} is the dealer", button))
    counters = tuple(Counter(seat, "Chips", str(view["stacks"][seat])) for seat in everyone)
    done = tuple(seat for seat in everyone if view["folded"][seat] and seat not in turn)
    return Scene(status(view, turn), turn, tuple(pieces), (), counters, done)


def status(view: View, turn: tuple[int, ...]) -> Status:
    cards = [(*hole, *view["board"]) for hole in view["holes"]]
    hands = [f" with {KINDS[best_hand(seven)[0]]}" if len(seven) == 7 else "" for seven, _ in zip(cards, view["won"])]
    won = [f"{seat_name(seat)} wins {won}{hands[seat]}" for seat, won in enumerate(view["won"]) if won]
    news, name = " and ".join(won), seat_name(turn[0]) if turn else ""
    if view["won"]:
        best = " and ".join(seat_name(at) for at, chips in enumerate(view["stacks"]) if chips == max(view["stacks"]))
        return Status("to_deal", f"{news}. {name} to deal") if turn else Status("won", f"{news}. {best} won the match")
    owed = view["level"] - view["bets"][turn[0]]
    more, blind = f", {owed} to call" if owed > 0 else "", blind_of(view["number"])
    return Status("to_act", f"{name} to act{more}; blinds {blind // 2} and {blind}")
