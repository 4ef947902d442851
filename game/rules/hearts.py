"""Hearts: four players, every heart taken is a point and the queen of spades thirteen; the fewest points win.

Before each hand but every fourth, all pass three cards at once: to the left, to the right, across. The two of clubs
leads; suit must be followed; no point card falls on the first trick, unless one has nothing else; hearts are not led
before one has been played, unless one has nothing else. Who takes all 26 points gives them to the others instead.
The match ends with the hand in which somebody reaches the agreed points.
"""

from dataclasses import dataclass, replace
from typing import Annotated, Final, TypedDict

from annotated_types import Interval

from game.rules.cards import DECK, face_down, face_up, in_order, rank_of, suit_name
from game.rules.dice import Dice
from game.rules.game import IllegalMove, Outcome
from game.rules.moves import Moves, Subset, listed
from game.rules.table import Counter, Lay, Piece, Scene, Status, Table, picks_by_name, seat_name

key: Final = "hearts"
title: Final = "Hearts"
revision: Final = 1
seats: Final = (4,)
hides_nothing: Final = False
picks = picks_by_name  # a card is played by picking it

SEATS = range(4)
FIRST, QUEEN = "2C", "QS"
ALL_POINTS = 26
PASSED = 3  # cards
DIRECTIONS = ("to the left", "to the right", "across", "")
PARTNERS = (1, 3, 2, 0)  # how many seats further on the cards go

Cards = tuple[str, ...]
Four = tuple[Cards, ...]  # of each seat
NONE: Four = ((),) * 4


@dataclass(frozen=True, slots=True)
class Options:
    points: Annotated[int, Interval(ge=1, le=100)] = 100  # at which the match ends; with 1 after one hand


@dataclass(frozen=True, slots=True)
class State:
    points: int
    hands: Four
    scores: tuple[int, ...] = (0, 0, 0, 0)  # of the hands before this one
    number: int = 0  # of this hand, from 0
    passing: bool = True
    passed: Four = NONE  # chosen to be passed; with the others when all have chosen
    leader: int = 0  # of the trick
    trick: Cards = ()  # in the order played; the last one stays until the next is led
    taken: Four = NONE  # the cards that count, in this hand
    broken: bool = False  # a heart has been played in this hand
    before: tuple[int, ...] = ()  # what the last hand counted


class View(TypedDict):
    hand: Cards
    counts: tuple[int, ...]  # of cards in each hand
    scores: tuple[int, ...]
    number: int
    passing: bool
    chosen: tuple[bool, ...]  # who has chosen what to pass
    passed: Cards  # by you
    received: Cards  # by you
    turn: tuple[int, ...]
    leader: int
    trick: Cards
    taken: Four
    before: tuple[int, ...]
    seat: int  # yours, or -1


def setup(options: Options, seats: int, dice: Dice) -> State:
    return dealt(State(options.points, NONE), dice)


def dealt(state: State, dice: Dice) -> State:
    deck = dice.shuffled(DECK)
    hands = tuple(in_order(deck[13 * seat : 13 * seat + 13]) for seat in SEATS)
    state = replace(state, hands=hands, passing=True, passed=NONE, trick=(), taken=NONE, broken=False)
    return state if PARTNERS[state.number % 4] else begun(state)


def begun(state: State) -> State:
    return replace(state, passing=False, leader=next(seat for seat in SEATS if FIRST in state.hands[seat]))


def to_move(state: State) -> tuple[int, ...]:
    if over(state):
        return ()
    return tuple(seat for seat in SEATS if not state.passed[seat]) if state.passing else (turn_of(state),)


def over(state: State) -> bool:
    return max(state.scores) >= state.points


def turn_of(state: State) -> int:
    return taker(state) if len(state.trick) == 4 else (state.leader + len(state.trick)) % 4


def taker(state: State) -> int:
    """Who takes a trick that is complete: the highest card of the suit that was led."""
    suit = state.trick[0][1]
    ranks = [rank_of(card) if card[1] == suit else 0 for card in state.trick]
    return (state.leader + ranks.index(max(ranks))) % 4


def legal_moves(state: State, seat: int) -> Moves:
    if seat not in to_move(state):
        return ()
    return (Subset("pass", state.hands[seat], PASSED, PASSED),) if state.passing else playable(state, seat)


def playable(state: State, seat: int) -> Cards:
    hand, leads = state.hands[seat], len(state.trick) % 4 == 0
    first = len(hand) == 13 if leads else len(state.hands[state.leader]) == 12
    if first and leads:
        return (FIRST,)
    if not leads and (suit := tuple(card for card in hand if card[1] == state.trick[0][1])):
        return suit
    if first:
        return tuple(card for card in hand if not worth(card)) or hand
    return tuple(card for card in hand if card[1] != "H" or state.broken or not leads) or hand


def worth(card: str) -> int:
    return 13 if card == QUEEN else int(card[1] == "H")


def play(state: State, seat: int, move: str, dice: Dice) -> State:
    if state.passing:
        return chosen(state, seat, move)
    hand = state.hands[seat]
    if move not in hand:
        raise IllegalMove("not_in_hand", "Play a card that you have, as in “QS” for the queen of spades.")
    if move not in playable(state, seat):
        raise refused(state, move)
    fresh = len(state.trick) == 4
    leader = seat if fresh else state.leader
    state = replace(
        state,
        hands=put(state.hands, seat, tuple(card for card in hand if card != move)),
        leader=leader,
        trick=(move,) if fresh else (*state.trick, move),
        broken=state.broken or move[1] == "H",
    )
    return trick_over(state, dice) if len(state.trick) == 4 else state


def chosen(state: State, seat: int, move: str) -> State:
    if not listed([Subset("pass", state.hands[seat], PASSED, PASSED)], move):
        raise IllegalMove("pass_three", "Pass three of your cards, in their order, as in “pass 2C QS AH”.")
    state = replace(state, passed=put(state.passed, seat, tuple(move.split(" ")[1:])))
    if not all(state.passed):
        return state
    kept = [[card for card in state.hands[at] if card not in state.passed[at]] for at in SEATS]
    return begun(replace(state, hands=tuple(in_order([*kept[at], *received(state, at)]) for at in SEATS)))


def received(state: State, seat: int) -> Cards:
    return state.passed[(seat - PARTNERS[state.number % 4]) % 4]


def trick_over(state: State, dice: Dice) -> State:
    seat = taker(state)
    counting = tuple(card for card in state.trick if worth(card))
    state = replace(state, taken=put(state.taken, seat, (*state.taken[seat], *counting)))
    if any(state.hands):
        return state
    scores = hand_points(state.taken)
    total = tuple(before + points for before, points in zip(state.scores, scores))
    state = replace(state, scores=total, before=scores)
    return state if over(state) else dealt(replace(state, number=state.number + 1), dice)


def hand_points(taken: Four) -> tuple[int, ...]:
    """What a hand that is over counts for each; all points taken count for all others."""
    points = tuple(sum(map(worth, cards)) for cards in taken)
    return tuple(ALL_POINTS - each for each in points) if ALL_POINTS in points else points


def refused(state: State, move: str) -> IllegalMove:
    """Why a card that one has cannot be played now."""
    if len(state.trick) % 4 == 0:
        if move[1] == "H":
            return IllegalMove("hearts_not_broken", "Hearts cannot be led before one has been played.")
        return IllegalMove("two_of_clubs", "The two of clubs leads the first trick.")
    if any(card[1] == state.trick[0][1] for card in state.hands[turn_of(state)]):
        return IllegalMove("follow_suit", f"Follow suit: play one of your {suit_name(state.trick[0][1])}.")
    return IllegalMove("no_points_yet", "No heart and no queen of spades on the first trick.")


def put(cards: Four, seat: int, new: Cards) -> Four:
    return (*cards[:seat], new, *cards[seat + 1 :])


def view(state: State, seat: int | None) -> View:
    return {
        "hand": () if seat is None else state.hands[seat],
        "counts": tuple(map(len, state.hands)),
        "scores": state.scores,
        "number": state.number,
        "passing": state.passing,
        "chosen": tuple(state.passing and bool(cards) for cards in state.passed),
        "passed": () if seat is None else state.passed[seat],
        "received": () if seat is None or state.passing else received(state, seat),
        "turn": to_move(state),
        "leader": state.leader,
        "trick": state.trick,
        "taken": state.taken,
        "before": state.before,
        "seat": -1 if seat is None else seat,
    }


def disguise(state: State, seat: int | None, dice: Dice) -> State:
    """The cards of others are dealt anew, but for those that this seat gave and a two of clubs that has to lead."""
    others = [at for at in SEATS if at != seat]
    known: set[str] = set()
    if not state.passing:
        known |= {FIRST} if max(map(len, state.hands)) == 13 and not state.trick else set()
        known |= set() if seat is None else set(state.passed[seat])
    unknown = list(dice.shuffled([card for at in others for card in state.hands[at] if card not in known]))
    hands = [
        state.hands[at]
        if at == seat
        else in_order(card if card in known else unknown.pop() for card in state.hands[at])
        for at in SEATS
    ]
    seen = {seat} if state.passing else {seat, None if seat is None else (seat - PARTNERS[state.number % 4]) % 4}
    passed = [
        cards if at in seen or not cards else in_order(dice.shuffled(hands[at] if state.passing else DECK)[:PASSED])
        for at, cards in enumerate(state.passed)
    ]
    return replace(state, hands=tuple(hands), passed=tuple(passed))


def outcome(state: State) -> Outcome | None:
    return Outcome("points_reached", tuple(-score for score in state.scores)) if over(state) else None


def table(options: Options) -> Table:
    zones = [Lay("row", "trick", "Trick")]
    for seat in SEATS:
        zones.append(Lay("hand", f"hand-{seat}", f"{seat_name(seat)}'s hand", seat))
        zones.append(Lay("row", f"passing-{seat}", f"{seat_name(seat)} passes", seat, small=True))
        zones.append(Lay("row", f"taken-{seat}", f"{seat_name(seat)} has taken", seat, small=True))
    return Table(tuple(zones))


def scene(view: View) -> Scene:
    turn = view["turn"]
    points = [sum(map(worth, cards)) for cards in view["taken"]] if turn else [0, 0, 0, 0]
    counters = [Counter(seat, "Points", str(view["scores"][seat])) for seat in SEATS]
    counters += [Counter(seat, "This hand", str(points[seat])) for seat in SEATS if turn]
    pieces = (*held(view), *on_their_way(view), *played(view))
    return Scene(status(view, turn), turn, pieces, (), tuple(counters))


def held(view: View) -> list[Piece]:
    """Your cards, but for those that you have chosen to pass; of the others only how many they hold."""
    you, waiting = view["seat"], view["passed"] if view["passing"] else ()
    yours = [face_up(card, f"hand-{you}", you) for card in view["hand"] if card not in waiting]
    counts = [count - PASSED * chosen for count, chosen in zip(view["counts"], view["chosen"])]
    others = [seat for seat in SEATS if seat != you]
    return yours + [face_down(f"hand-{seat}", at, seat) for at in range(13) for seat in others if at < counts[seat]]


def on_their_way(view: View) -> list[Piece]:
    """The cards that are to be passed."""
    you, others = view["seat"], [seat for seat in SEATS if view["chosen"][seat] and seat != view["seat"]]
    yours = [face_up(card, f"passing-{you}", you) for card in view["passed"] if view["passing"]]
    return yours + [face_down(f"passing-{seat}", at, seat) for seat in others for at in range(PASSED)]


def played(view: View) -> list[Piece]:
    """The cards that count, where they were taken; and the trick, of which the last one lies until the next is led."""
    trick, players = view["trick"], [(view["leader"] + at) % 4 for at in SEATS]
    aside = [(card, seat) for seat, cards in enumerate(view["taken"]) for card in cards if card not in trick]
    return [
        *(face_up(card, f"taken-{seat}", seat, f", taken by {seat_name(seat)}") for card, seat in aside),
        *(face_up(card, "trick", seat, f", played by {seat_name(seat)}") for card, seat in zip(trick, players)),
    ]


def status(view: View, turn: tuple[int, ...]) -> Status:
    names = "All" if len(turn) == len(SEATS) else " and ".join(map(seat_name, turn))
    news = f"Last hand: {', '.join(map(str, view['before']))}. " if view["before"] and not any(view["taken"]) else ""
    if not turn:
        best = [seat_name(seat) for seat in SEATS if view["scores"][seat] == min(view["scores"])]
        return Status("won", f"{best[0]} wins" if len(best) == 1 else f"{' and '.join(best)} tie")
    if view["passing"]:
        return Status("to_pass", f"{news}{names} to pass three cards {DIRECTIONS[view['number'] % 4]}")
    if len(view["trick"]) in (1, 2, 3):
        return Status("to_play", f"{names} to play")
    return Status("to_lead", f"{news}{names} {'took the trick and leads' if view['trick'] else 'to lead'}")
