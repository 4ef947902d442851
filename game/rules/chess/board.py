"""Chess positions and the moves that they allow.

Squares are numbered from a1 = 0 by ranks to h8 = 63; pieces are the letters of FEN, white in capitals. A set of
squares is a whole number with a bit for each. Which moves leave the king in check is found from the king's own square:
looking out from it along the lines and jumps of every piece shows who gives check, and who is pinned.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from game.rules.table import square

Square = int
Step = tuple[Square, Square]

EMPTY: Final = "."
NONE: Final = -1
WHITE, BLACK = "KQRBNP", "kqrbnp"
SIDES = {True: WHITE, False: BLACK}
PROMOTIONS = "qrbn"
NAMES = tuple(square(at % 8, at // 8) for at in range(64))
BITS = tuple(1 << at for at in range(64))
ALL = (1 << 64) - 1

STRAIGHT_STEPS = ((1, 0), (0, 1), (-1, 0), (0, -1))
DIAGONAL_STEPS = ((1, 1), (-1, 1), (-1, -1), (1, -1))
KNIGHT_STEPS = ((1, 2), (2, 1), (2, -1), (1, -2), (-1, -2), (-2, -1), (-2, 1), (-1, 2))

LOSES = {0: "Q", 4: "KQ", 7: "K", 56: "q", 60: "kq", 63: "k"}
"""The rights to castle that end when a piece leaves a square, or is taken there."""
CASTLES = {"K": (4, 6, 7, 5), "Q": (4, 2, 0, 3), "k": (60, 62, 63, 61), "q": (60, 58, 56, 59)}
"""Each right: where the king goes from and to, and the rook."""


def along(at: Square, right: int, up: int) -> tuple[Square, ...]:
    """The squares that lie one way from a square, nearest first."""
    file, rank = at % 8, at // 8
    steps = [(file + right * far, rank + up * far) for far in range(1, 8)]
    return tuple(rank * 8 + file for file, rank in steps if 0 <= file < 8 and 0 <= rank < 8)


def lines(steps: Sequence[tuple[int, int]]) -> tuple[tuple[tuple[Square, ...], ...], ...]:
    """For each square the squares that lie along each of the steps, none empty."""
    return tuple(tuple(line for step in steps if (line := along(at, *step))) for at in range(64))


def jumps(steps: Sequence[tuple[int, int]]) -> tuple[tuple[Square, ...], ...]:
    """For each square those that lie one step away."""
    inside = tuple(range(8))
    return tuple(
        tuple(at + right + 8 * up for right, up in steps if at % 8 + right in inside and at // 8 + up in inside)
        for at in range(64)
    )


STRAIGHT, DIAGONAL = lines(STRAIGHT_STEPS), lines(DIAGONAL_STEPS)
KNIGHT, KING = jumps(KNIGHT_STEPS), jumps((*STRAIGHT_STEPS, *DIAGONAL_STEPS))
EVERY_WAY = tuple(straight + diagonal for straight, diagonal in zip(STRAIGHT, DIAGONAL))
PAWN_TAKES = {True: jumps(((-1, 1), (1, 1))), False: jumps(((-1, -1), (1, -1)))}
JUMPERS = {"N": KNIGHT, "n": KNIGHT, "K": KING, "k": KING}
SLIDERS = {"R": STRAIGHT, "r": STRAIGHT, "B": DIAGONAL, "b": DIAGONAL, "Q": EVERY_WAY, "q": EVERY_WAY}


@dataclass(frozen=True, slots=True)
class Position:
    """What the next move depends on; and how many half-moves there were, in all and since a pawn moved or a man fell.

    `en_passant` is the square that a pawn has just passed, where another may take it; NONE when none may.
    """

    board: str
    white: bool = True
    castling: str = "KQkq"
    en_passant: Square = NONE
    quiet: int = 0
    ply: int = 0

    @property
    def recurring(self) -> tuple[str, bool, str, Square]:
        """What must be the same for the position to count as repeated."""
        return self.board, self.white, self.castling, self.en_passant


START = Position("RNBQKBNR" + "P" * 8 + EMPTY * 32 + "p" * 8 + "rnbqkbnr")


def legal_moves(position: Position) -> list[str]:
    """Every legal move in the notation of UCI: from, to, and what a pawn becomes: `e2e4`, `e7e8q`."""
    board, moves = position.board, []
    for at, to in legal_steps(position):
        move = NAMES[at] + NAMES[to]
        if promotes(board, at, to):
            moves += [move + piece for piece in PROMOTIONS]
        else:
            moves.append(move)
    return moves


def promotes(board: str, at: Square, to: Square) -> bool:
    """Whether this step takes a pawn to the last rank."""
    return board[at] in "Pp" and not 8 <= to < 56


def legal_steps(position: Position) -> list[Step]:
    """From where to where the side to move may go; castling as the king's step."""
    board, white, en_passant = position.board, position.white, position.en_passant
    own, king = SIDES[white], king_of(board, white)
    allowed, pinned = safe_squares(board, king, white)
    steps = []
    for at, piece in enumerate(board):
        if piece not in own or at == king:
            continue
        safe = allowed & pinned.get(at, ALL)
        for to in reach(board, at, en_passant):
            if to == en_passant and piece in "Pp":
                if takes_safely(position, at):
                    steps.append((at, to))
            elif safe & BITS[to]:
                steps.append((at, to))
    gone = board[:king] + EMPTY + board[king + 1 :]
    steps += [(king, to) for to in KING[king] if board[to] not in own and not attacked(gone, to, white)]
    if allowed == ALL:
        steps += castling_steps(position)
    return steps


def reach(board: str, at: Square, en_passant: Square) -> list[Square]:
    """Where the piece on a square can go or take, whatever becomes of its king; without castling."""
    piece = board[at]
    if piece in "Pp":
        return pawn_reach(board, at, en_passant)
    own = WHITE if piece in WHITE else BLACK
    if piece in JUMPERS:
        return [to for to in JUMPERS[piece][at] if board[to] not in own]
    squares = []
    for line in SLIDERS[piece][at]:
        for to in line:
            there = board[to]
            if there == EMPTY:
                squares.append(to)
                continue
            if there not in own:
                squares.append(to)
            break
    return squares


def pawn_reach(board: str, at: Square, en_passant: Square) -> list[Square]:
    white = board[at] == "P"
    enemy, forward, home = (BLACK, 8, 1) if white else (WHITE, -8, 6)
    squares = [to for to in PAWN_TAKES[white][at] if board[to] in enemy or to == en_passant]
    if board[at + forward] == EMPTY:
        squares.append(at + forward)
        if at // 8 == home and board[at + 2 * forward] == EMPTY:
            squares.append(at + 2 * forward)
    return squares


def safe_squares(board: str, king: Square, white: bool) -> tuple[int, dict[Square, int]]:
    """Where a piece other than the king must go: anywhere, or to end a check; and where those must stay that are pinned."""
    own, enemy = SIDES[white], SIDES[not white]
    _, queen, rook, bishop, knight, pawn = tuple(enemy)
    allowed, pinned = ALL, {}
    for lines_of, sliders in ((STRAIGHT, rook + queen), (DIAGONAL, bishop + queen)):
        for line in lines_of[king]:
            squares, shield = 0, NONE
            for at in line:
                squares |= BITS[at]
                piece = board[at]
                if piece == EMPTY:
                    continue
                if piece in own and shield == NONE:
                    shield = at
                    continue
                if piece in sliders and shield == NONE:
                    allowed &= squares
                elif piece in sliders:
                    pinned[shield] = squares
                break
    for at in KNIGHT[king]:
        if board[at] == knight:
            allowed &= BITS[at]
    for at in PAWN_TAKES[white][king]:
        if board[at] == pawn:
            allowed &= BITS[at]
    return allowed, pinned


def attacked(board: str, at: Square, white: bool) -> bool:
    """Whether the enemy of that side attacks a square."""
    king, queen, rook, bishop, knight, pawn = tuple(SIDES[not white])
    for lines_of, sliders in ((STRAIGHT, rook + queen), (DIAGONAL, bishop + queen)):
        for line in lines_of[at]:
            for to in line:
                if board[to] != EMPTY:
                    if board[to] in sliders:
                        return True
                    break
    return (
        any(board[to] == knight for to in KNIGHT[at])
        or any(board[to] == pawn for to in PAWN_TAKES[white][at])
        or any(board[to] == king for to in KING[at])
    )


def in_check(position: Position) -> bool:
    """Whether the king of the side to move is attacked."""
    return attacked(position.board, king_of(position.board, position.white), position.white)


def king_of(board: str, white: bool) -> Square:
    """Where a side's king is."""
    return board.index("K" if white else "k")


def takes_safely(position: Position, at: Square) -> bool:
    """Whether this pawn may take en passant: two men leave the rank at once, which may open it to the king."""
    board = rearranged(position.board, at, position.en_passant, passed(position))
    return not attacked(board, king_of(board, position.white), position.white)


def passed(position: Position) -> Square:
    """Where the pawn is that may be taken en passant."""
    return position.en_passant + (-8 if position.white else 8)


def castling_steps(position: Position) -> Iterator[Step]:
    """The king's steps of castling; the king is not in check."""
    board, white = position.board, position.white
    for right in position.castling:
        if right.isupper() == white:
            king, to, rook, beside = CASTLES[right]
            between = board[min(king, rook) + 1 : max(king, rook)]
            if not between.strip(EMPTY) and not attacked(board, beside, white) and not attacked(board, to, white):
                yield king, to


def castled(board: str, at: Square, to: Square) -> Step | None:
    """The rook's step, if the step from `at` to `to` is castling."""
    if board[at] not in "Kk" or abs(to - at) != 2:
        return None
    return next((rook, beside) for king, goal, rook, beside in CASTLES.values() if (king, goal) == (at, to))


def moved(position: Position, move: str) -> Position:
    """The position after a legal move."""
    board, white = position.board, position.white
    at, to = NAMES.index(move[:2]), NAMES.index(move[2:4])
    pawn, taken = board[at] in "Pp", board[to] != EMPTY
    becomes = (move[4:].upper() if white else move[4:]) or board[at]
    fallen = passed(position) if pawn and to == position.en_passant else NONE
    after = rearranged(board, at, to, fallen, becomes)
    if rook := castled(board, at, to):
        after = rearranged(after, *rook)
    lost = LOSES.get(at, "") + LOSES.get(to, "")
    castling = "".join(right for right in position.castling if right not in lost) if lost else position.castling
    quiet = 0 if pawn or taken else position.quiet + 1
    then = Position(after, not white, castling, NONE, quiet, position.ply + 1)
    return with_en_passant(then, (at + to) // 2) if pawn and abs(to - at) == 16 else then


def with_en_passant(position: Position, passed_square: Square) -> Position:
    """With the square that a pawn has passed, if another may take it there."""
    pawn = "P" if position.white else "p"
    takers = [at for at in PAWN_TAKES[not position.white][passed_square] if position.board[at] == pawn]
    then = replace(position, en_passant=passed_square)
    return then if any(takes_safely(then, at) for at in takers) else position


def rearranged(board: str, at: Square, to: Square, fallen: Square = NONE, becomes: str = "") -> str:
    """The board when a piece has gone from `at` to `to`, perhaps become another, and `fallen` is taken off."""
    squares = list(board)
    squares[to], squares[at] = becomes or squares[at], EMPTY
    if fallen != NONE:
        squares[fallen] = EMPTY
    return "".join(squares)


def can_mate(board: str) -> bool:
    """Whether the men left could give mate at all: not with a lone knight, or bishops that all go on one colour."""
    men = [(piece.upper(), (at + at // 8) % 2) for at, piece in enumerate(board) if piece not in "Kk" + EMPTY]
    bishops = {colour for piece, colour in men if piece == "B"}
    if any(piece in "PRQ" for piece, _ in men):
        return True
    return len(men) > 1 and not (len(bishops) == 1 and all(piece == "B" for piece, _ in men))
