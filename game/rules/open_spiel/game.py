"""One of OpenSpiel's games as a game of ours: its rules, with our dice, in our words and on our table.

Seats see what OpenSpiel shows to its players; spectators see all where nothing is hidden, and elsewhere only
whose turn it is, until the end, when everyone sees everything. It looks as OpenSpiel prints it: a board
where the text has one, the other lines below it, and moves as buttons where they do not name places.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import dropwhile
from math import lcm
from typing import Any, Final, TypedDict

from game.rules.dice import SEED_BYTES, Dice
from game.rules.game import IllegalMove, Outcome
from game.rules.open_spiel.boards import Board
from game.rules.open_spiel.look import Shown
from game.rules.open_spiel.looks import LOOKS, USUAL
from game.rules.open_spiel.parameters import options_of, parameters_of, seats_of
from game.rules.open_spiel.selection import PREFIX, selected
from game.rules.open_spiel.state import State, begun, loaded, resampled
from game.rules.open_spiel.texts import lines_of
from game.rules.table import Counter, Mark, Piece, Scene, Sheet, Status, Table, seat_name, status

TURNS_MAX = 3000
"""Moves and draws of a match, by when it ends in a draw: some games go on as long as one likes."""
LINES_MAX = 64
"""Of a text; the first lines are left out of a longer one."""
KNOWN_LINES_MAX = 24
"""Of what a seat has come to know, when that is shown below what it sees."""
POINTS_DENOMINATOR_MAX = 1000
"""Of a fraction that a return is taken for."""
RESAMPLED_SLOWLY = frozenset(("bridge",))
"""Whose hidden cards OpenSpiel deals anew by trial and error, for minutes."""
BOARDS_MAX = 256
"""Boards as games begin, by game and parameters, that are remembered."""

TITLES = {
    "coordinated_mp": "Coordinated Matching Pennies",
    "einstein_wurfelt_nicht": "EinStein würfelt nicht!",
    "maedn": "Mensch ärgere dich nicht",
    "mnk": "m, n, k",
    "y": "Y",
}
"""Where OpenSpiel's own does not read well."""

MATRIX_NOTE = "Both choose at once: Player 1 a row, Player 2 a column. Where they meet are the points of Player 1, then of Player 2."

NOTES = {
    "antichess": "Whoever loses all pieces wins; who can take must take.",
    "banqi": "Flip a piece, or move one of yours. G general, A advisor, E elephant, H horse, R chariot, C cannon, S soldier.",
    "blotto": "Spread your coins over the fields. Whoever has more on a field wins it; most fields win.",
    "capture_the_flag": "A and B are the players, a and b their flags: fetch the other's, and bring it home.",
    "chinese_checkers": "Bring all your pegs to the other end of the star: by a step, or by jumps over single pegs, as many as you like.",
    "clobber": "Move onto a piece of the other beside yours, which is taken. Whoever cannot, loses.",
    "coin_game": "Your own kind of coin is the one on the first line: 0 is a. Nobody else knows it.",
    "coop_box_pushing": "< > ^ v are the two players, b a small box, BB the large one, which only both can push.",
    "coordinated_mp": "You see a coin that is yours alone; then both say heads or tails.",
    "cribbage": "The last line says what has been done so far.",
    "dark_hex": "You see only your own stones, and others where you ran into them. Black joins the top to the bottom, White left to right.",
    "dots_and_boxes": "Draw a line between two dots. Who draws the fourth line around a box owns it, and draws another one.",
    "einstein_wurfelt_nicht": "Bring a piece to the far corner. The die has said which pieces may move.",
    "first_sealed_auction": "The number is what the prize is worth to you. The highest bid wins, and is paid.",
    "go_fish": "Of your cards, b3 are three of the kind b. The move 0b asks player 0 for those of the kind b.",
    "havannah": "Close a ring, join two corners, or join three edges, which end before the corners. White begins.",
    "hive": "Surround the other's queen bee Q. A ant, B beetle, G grasshopper, S spider; L ladybug, M mosquito, P pillbug.",
    "kriegspiel": "You see only your own pieces. What you try, the umpire may know to be impossible.",
    "kuhn_poker": "The first number is your card, the highest wins; then what each has put in. Below: p passes, b bets.",
    "laser_tag": "A and B are the players, * walls. Orientations: 0 up, 1 down, 2 right, 3 left.",
    "latent_ttt": "Both moves of a turn are shown only once both are made. The last line lists the moves you know of.",
    "leduc_poker": "Private is your card, Public the one for all: a pair wins, else the higher card. 0 and 1 are a pair, 2 and 3 …",
    "lewis_signaling": "One sees a state and sends a message, the other answers it with an action: both score if it fits the state.",
    "maedn": "Bring all four pieces once around and home. With a six a piece comes in.",
    "mancala": "Sow the seeds of a pit of yours, one by one, into the pits and the store that follow. Most seeds in the store win.",
    "markov_soccer": "A and B are the players, a small letter has no ball and a large one has it, or O is the ball. Carry it into the goal.",
    "matching_pennies_3p": "All choose at once. Player 1 wants the same as Player 2, Player 2 as Player 3, Player 3 not as Player 1.",
    "nim": "Take stones from one pile, at least one. By the usual rule, whoever takes the last one loses.",
    "oshi_zumo": "Both bid at once, and pay. The higher bid pushes the wrestler W one place on: off the far end wins.",
    "pentago": "Put a marble, then turn a quarter of the board. Five in a row win.",
    "phantom_ttt": "You see only your own marks, and others where you ran into them. The last line lists your tries.",
    "quoridor": "Reach the far side. Move to a square beside yours, or touch a corner to put up a wall two squares long.",
    "sheriff": "The smuggler says how many goods are illegal, then both haggle: a bribe, and whether it is accepted.",
    "shogi": "P pawn, L lance, N knight, S silver, G gold, B bishop, R rook, K king; + is promoted.",
    "tiny_bridge_2p": "Two cards each: your hand, then the bids.",
    "tiny_bridge_4p": "Two cards each: your hand, then the bids.",
    "tiny_hanabi": "d is a card, a is what somebody did: with one move each, agree without talking.",
    "trade_comm": "Both name an item, then offer a trade: mine for yours. It is made when the offers fit and both items are there.",
    "twixt": "Red joins the top to the bottom, yellow the left to the right. Pegs a knight's move apart are linked, if no link is between.",
    "ultimate_tic_tac_toe": "Where you play on a small board says on which the other goes on. To choose a small board, touch its middle.",
    "xiangqi": "G general, A advisor, E elephant, H horse, R chariot, C cannon, S soldier.",
    "y": "Join all three sides of the board. White begins.",
}
"""How to read texts that do not explain themselves."""

NUMBERED = re.compile(r"(?i)\bplayer[ :_=]*\d|\bp\d")
"""How a text calls players by numbers, from 0."""

PLACE = re.compile(r"[a-z]{1,2}\d{1,2}|\d{1,3}")
"""A pick that is a place on a board, and not a piece or a button."""


class View(TypedDict):
    """What an audience may know."""

    seats: int
    turn: tuple[int, ...]
    board: tuple[str, ...]  # rows from the top: signs, with spaces between them where one has several letters
    lines: tuple[str, ...]
    chosen: str  # one's own move, while others still choose theirs
    last: str  # the last move, where nothing is hidden
    ending: str
    points: tuple[int, ...]


def games(taken: Collection[str]) -> list["OpenSpielGame"]:
    """The games that are served beside those with these keys. None of them is loaded before it is played."""
    return [OpenSpielGame(kind) for kind in selected(taken)]


class OpenSpielGame:
    """A game, by what OpenSpiel says of it."""

    revision: Final = 1

    def __init__(self, kind: Any) -> None:
        self._kind = kind
        self._name: str = kind.short_name
        self._look = LOOKS.get(self._name, USUAL)
        self.key = f"{PREFIX}{self._name}"
        self.title: str = TITLES.get(self._name, kind.long_name.strip())
        self.seats = tuple(seats_of(kind))
        self.hides_nothing: bool = kind.information.name == "PERFECT_INFORMATION" and kind.dynamics.name == "SEQUENTIAL"

    @cached_property
    def Options(self) -> type[Any]:  # noqa: N802 - the protocol's name for it
        return options_of(self._kind)

    def setup(self, options: Any, seats: int, dice: Dice) -> State:
        return begun(self._name, parameters_of(self._kind, asdict(options), seats), dice)

    def to_move(self, state: State) -> tuple[int, ...]:
        return () if state.spiel.move_number() >= TURNS_MAX else state.to_move

    def legal_moves(self, state: State, seat: int) -> Sequence[str]:
        return list(state.moves[seat]) if seat in self.to_move(state) else []

    def play(self, state: State, seat: int, move: str, dice: Dice) -> State:
        action = state.meant(seat, move)
        if action is None:
            raise IllegalMove("not_possible", "That is not possible now. Choose one of the moves on offer.")
        return state.played(action, seat, dice)

    def outcome(self, state: State) -> Outcome | None:
        if self.to_move(state):
            return None
        if state.to_move:
            return Outcome("too_long", (0,) * state.seats)
        points = whole(state.spiel.returns())
        return Outcome("draw" if len(set(points)) == 1 else "won", points)

    def view(self, state: State, seat: int | None) -> View:
        end = self.outcome(state)
        text = lines_told(state, seat, end is not None)
        board, lines = self._look.read(text)
        fits = board is not None and _shape(board) == _shape(_first_board(self._name, str(state.spiel.get_game())))
        return {
            "seats": state.seats,
            "turn": self.to_move(state),
            "board": packed(board) if board and fits else (),
            "lines": tuple((lines if fits else text)[-LINES_MAX:]),
            "chosen": _chosen(state, seat),
            "last": state.last if self.hides_nothing else "",
            "ending": end.ending if end else "",
            "points": end.points if end else (),
        }

    def disguise(self, state: State, seat: int | None, dice: Dice) -> State:
        """What the others have drawn and chosen, drawn anew; where OpenSpiel cannot do that, all is left as it is."""
        if self.hides_nothing or self._name in RESAMPLED_SLOWLY or not self.to_move(state):
            return state
        return resampled(state, seat, dice)

    def table(self, options: Any) -> Table:
        parameters = parameters_of(self._kind, asdict(options), self.seats[0])
        board = _first_board(self._name, str(loaded(self._name, parameters)))
        zones = self._look.zones(board) if board else ()
        return Table((*zones, Sheet("text", 1, LINES_MAX)), flip=bool(zones) and self._look.flip, top=self._look.top)

    def scene(self, view: View) -> Scene:
        board = unpacked(view["board"])
        shown = self._look.shown(board, view["lines"]) if board else Shown((), view["lines"])
        usual = MATRIX_NOTE if self._name.startswith("matrix_") else ""
        note, chosen = NOTES.get(self._name, usual), view["chosen"]
        own = [*([note] if note else []), *([f"You have chosen: {chosen}"] if chosen else [])]
        lines = [*own, *shown.lines][:LINES_MAX]
        told = (Piece(f"line {at}", f"{at}.0", f"text:{line}", line.strip()) for at, line in enumerate(lines) if line)
        marks = (*shown.marks, *self._last_marks(view)) if board else ()
        counters = tuple(_counters(view, shown.lines))
        return Scene(_status(view), view["turn"], (*shown.pieces, *told), marks, counters, reach=shown.reach)

    def _last_marks(self, view: View) -> Iterator[Mark]:
        """Where the last move was made, if it was made on the board."""
        picks = self.picks(view["last"]) if view["last"] else ()
        return (Mark(pick, "last") for pick in picks if PLACE.fullmatch(pick))

    def picks(self, move: str) -> Sequence[str]:
        return self._look.picks(move)


def whole(returns: Sequence[float]) -> tuple[int, ...]:
    """Points for returns: the returns themselves, times the smallest number that makes all of them whole."""
    exact = [Fraction(points).limit_denominator(POINTS_DENOMINATOR_MAX) for points in returns]
    unit = lcm(*(points.denominator for points in exact))
    return tuple(int(points * unit) for points in exact)


def packed(board: Board) -> tuple[str, ...]:
    """A row of a board as one text."""
    between = " " if any(len(sign) > 1 for row in board for sign in row) else ""
    return tuple(between.join(row) for row in board)


def unpacked(rows: Sequence[str]) -> Board:
    """The board that was packed."""
    return tuple(tuple(row.split(" ")) if " " in row else tuple(row) for row in rows)


def lines_told(state: State, seat: int | None, over: bool) -> list[str]:
    """What OpenSpiel prints for an audience: all of it where nothing is hidden, or not any more."""
    if over or state.spiel.get_game().get_type().information.name != "IMPERFECT_INFORMATION":
        return lines_of(state.printed())
    if seat is None:
        return ["What the players see is hidden from those who watch, until the end."]
    seen, known = lines_of(state.seen(seat)), lines_of(state.known(seat))
    if set(known) <= set(seen):
        return seen
    if set(seen) <= set(known) and len(known) <= LINES_MAX:
        return known
    more = list(dropwhile(seen.__contains__, known))  # what both begin with is said once
    return [*seen, "", *more[-KNOWN_LINES_MAX:]]


@lru_cache(BOARDS_MAX)
def _first_board(name: str, game: str) -> Board | None:
    """The board as a game begins; None where there is none, or where its size is a matter of chance."""
    look = LOOKS.get(name, USUAL)
    first = [begun(game, {}, Dice(bytes([seed] * SEED_BYTES), 0)) for seed in range(3)]
    boards = [look.read(lines_told(state, 0, False))[0] for state in first]
    return boards[0] if len({_shape(board) for board in boards}) == 1 else None


def _shape(board: Board | None) -> Sequence[int]:
    """How many places each row has."""
    return tuple(map(len, board)) if board else ()


def _chosen(state: State, seat: int | None) -> str:
    """The move that a seat has chosen while others still choose theirs."""
    if seat is None or not state.chosen or state.chosen[seat] < 0:
        return ""
    return next(text for text, action in state.moves_of(seat).items() if action == state.chosen[seat])


def _status(view: View) -> Status:
    names, points = [seat_name(seat) for seat in range(view["seats"])], view["points"]
    if not points:
        return status(names, view["turn"])
    if view["ending"] == "too_long":
        return Status("too_long", "It went on for too long: a draw")
    if len(set(points)) == 1:
        unit = "point" if abs(points[0]) == 1 else "points"
        return Status("draw", f"The end: everyone has {points[0]} {unit}" if points[0] else "A draw")
    best = [names[seat] for seat, own in enumerate(points) if own == max(points)]
    return Status("won", f"{' and '.join(best)} {'wins' if len(best) == 1 else 'win'}")


def _counters(view: View, lines: Sequence[str]) -> Iterator[Counter]:
    """Points at the end; and before, what the text calls each player, where it does so by number."""
    for seat, points in enumerate(view["points"]):
        yield Counter(seat, "Points", str(points))
    if any(NUMBERED.search(line) for line in lines):
        for seat in range(view["seats"]):
            yield Counter(seat, "In the text", f"player {seat}")
