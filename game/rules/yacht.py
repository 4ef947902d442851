"""Yacht: throw five dice up to three times a turn, and use each category of the score sheet once.

The categories and their scores are those of the English game of Yacht (not of its trademarked descendants):
ones to sixes and four of a kind count the dice that match, a full house and choice count all five, each straight 30
and a yacht 50. What does not fit its category counts nothing. After twelve turns each the most points win.

`keep a c` keeps two dice and throws the others again; the name of a category, as `full_house`, uses it.
"""

from dataclasses import dataclass, replace
from typing import Final, TypedDict

from game.rules.dice import Dice
from game.rules.game import IllegalMove, NoOptions, Outcome
from game.rules.moves import Moves, Subset, listed
from game.rules.table import Lay, Piece, Scene, Sheet, Status, Table, picks_by_name, seat_name

key: Final = "yacht"
title: Final = "Yacht"
revision: Final = 1
seats: Final = (1, 2, 3, 4, 5, 6)
hides_nothing: Final = True
Options = NoOptions
picks = picks_by_name  # a category is picked by the piece that shows what it would score, a die by its letter

THROWS = 3
LETTERS = "abcde"  # the dice
FACES = ("", "one", "two", "three", "four", "five", "six")
CATEGORIES = (
    "ones", "twos", "threes", "fours", "fives", "sixes",
    "full_house", "four_of_a_kind", "little_straight", "big_straight", "choice", "yacht",
)  # fmt: skip
OPEN = -1  # a category that is not used yet

Faces = tuple[int, ...]  # what the dice show, in the order of LETTERS
Sheets = tuple[tuple[int, ...], ...]  # of each seat, the points in each category


@dataclass(frozen=True, slots=True)
class State:
    sheets: Sheets
    turn: int
    dice: Faces
    throws: int = 1  # of this turn, so far


class View(TypedDict):
    sheets: Sheets
    turn: int
    dice: Faces
    throws: int


def setup(options: NoOptions, seats: int, dice: Dice) -> State:
    return State(((OPEN,) * len(CATEGORIES),) * seats, 0, thrown(dice))


def thrown(dice: Dice) -> Faces:
    return tuple(dice.roll() for _ in LETTERS)


def to_move(state: State) -> tuple[int, ...]:
    return (state.turn,) if any(OPEN in sheet for sheet in state.sheets) else ()


def legal_moves(state: State, seat: int) -> Moves:
    if seat not in to_move(state):
        return ()
    free = [category for category, points in zip(CATEGORIES, state.sheets[seat]) if points == OPEN]
    return [Subset("keep", tuple(LETTERS), 0, 4), *free] if state.throws < THROWS else free


def play(state: State, seat: int, move: str, dice: Dice) -> State:
    if move in CATEGORIES:
        return scored(state, seat, CATEGORIES.index(move), dice)
    if not listed([Subset("keep", tuple(LETTERS), 0, 4)], move):
        raise IllegalMove("no_such_move", "Name a category, or keep up to four dice, as in “keep a c”.")
    if state.throws == THROWS:
        raise IllegalMove("no_throw_left", f"You have thrown {THROWS} times: choose a category.")
    kept = move.split(" ")[1:]
    after = tuple(face if letter in kept else dice.roll() for letter, face in zip(LETTERS, state.dice))
    return replace(state, dice=after, throws=state.throws + 1)


def scored(state: State, seat: int, at: int, dice: Dice) -> State:
    sheet = state.sheets[seat]
    if sheet[at] != OPEN:
        raise IllegalMove("used", "You have used that category.")
    sheet = (*sheet[:at], points_for(CATEGORIES[at], state.dice), *sheet[at + 1 :])
    sheets = (*state.sheets[:seat], sheet, *state.sheets[seat + 1 :])
    after = replace(state, sheets=sheets, turn=(seat + 1) % len(sheets))
    return replace(after, dice=thrown(dice), throws=1) if to_move(after) else after


def points_for(category: str, dice: Faces) -> int:
    """What the dice score in a category."""
    at, same = CATEGORIES.index(category), sorted(dice.count(face) for face in set(dice))
    if at < 6:
        return (at + 1) * dice.count(at + 1)
    if category == "full_house":
        return sum(dice) if same == [2, 3] else 0
    if category == "four_of_a_kind":
        return sum(4 * face for face in set(dice) if dice.count(face) >= 4)
    if category in ("little_straight", "big_straight"):
        lowest = 1 if category == "little_straight" else 2
        return 30 if sorted(dice) == list(range(lowest, lowest + 5)) else 0
    return sum(dice) if category == "choice" else 50 * (same == [5])


def total(sheet: tuple[int, ...]) -> int:
    return sum(points for points in sheet if points != OPEN)


def view(state: State, seat: int | None) -> View:
    return {"sheets": state.sheets, "turn": state.turn, "dice": state.dice, "throws": state.throws}


def outcome(state: State) -> Outcome | None:
    return None if to_move(state) else Outcome("sheets_full", tuple(map(total, state.sheets)))


def table(options: NoOptions) -> Table:
    columns = ("", *map(seat_name, range(seats[-1])))
    sheet = Sheet("sheet", len(columns), len(CATEGORIES) + 1, "Scores", columns, by_seat=True)
    return Table((Lay("row", "dice", "Dice"), sheet))


def scene(view: View) -> Scene:
    turn = (view["turn"],) if any(OPEN in sheet for sheet in view["sheets"]) else ()
    dice = [
        Piece(letter, "dice", f"d6:{face}", f"Die {letter.upper()}: {FACES[face]}")
        for letter, face in zip(LETTERS, view["dice"])
    ]
    heads = [Piece(f"row-{at}", f"{at}.0", f"text:{said(name)}", said(name)) for at, name in enumerate(CATEGORIES)]
    heads += [Piece("row-total", f"{len(CATEGORIES)}.0", "text:Total", "Total")]
    sums = [total_cell(seat, total(sheet)) for seat, sheet in enumerate(view["sheets"])]
    points = [cell(at, seat, view) for at in range(len(CATEGORIES)) for seat in range(len(view["sheets"]))]
    pieces = (*dice, *heads, *sums, *(piece for piece in points if piece))
    return Scene(status(view, turn), turn, pieces)


def cell(at: int, seat: int, view: View) -> Piece | None:
    """What a seat has in a category; of the seat to move, what it would score there now."""
    name, points, place = CATEGORIES[at], view["sheets"][seat][at], f"{at}.{seat + 1}"
    if points != OPEN:
        return Piece(f"{name}-{seat}", place, f"text:{points}", f"{points} for {said(name).lower()}", seat)
    if seat != view["turn"]:
        return None
    now = points_for(name, view["dice"])
    return Piece(name, place, f"text:({now})", f"{said(name)} would score {now}", seat)


def total_cell(seat: int, points: int) -> Piece:
    return Piece(f"total-{seat}", f"{len(CATEGORIES)}.{seat + 1}", f"text:{points}", f"{points} points in all", seat)


def said(category: str) -> str:
    return category.replace("_", " ").capitalize()


def status(view: View, turn: tuple[int, ...]) -> Status:
    if turn:
        name, left = seat_name(view["turn"]), THROWS - view["throws"]
        if not left:
            return Status("to_score", f"{name} to choose a category")
        return Status("to_throw", f"{name} to keep dice and throw again ({left} left), or to choose a category")
    totals = list(map(total, view["sheets"]))
    best = [seat_name(seat) for seat, points in enumerate(totals) if points == max(totals)]
    if len(totals) == 1:
        return Status("finished", f"Finished with {totals[0]} points")
    return Status("won", f"{best[0]} wins" if len(best) == 1 else f"{' and '.join(best)} tie")
