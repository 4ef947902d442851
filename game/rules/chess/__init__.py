"""Chess, by the laws of FIDE, with the draws that need no claim drawn at once.

A position that comes for the third time, fifty moves of each side without a pawn's move or a capture, and men with
whom nobody can mate end the match in a draw. A move is written as in UCI: `e2e4`, castling `e1g1`, `e7e8q`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypedDict

from game.rules.chess import notation
from game.rules.chess.board import (
    EMPTY,
    NAMES,
    NONE,
    SIDES,
    START,
    Position,
    can_mate,
    castled,
    in_check,
    moved,
    passed,
    promotes,
    reach,
)
from game.rules.chess.board import legal_moves as moves_of
from game.rules.dice import Dice
from game.rules.exports import Export
from game.rules.game import IllegalMove, NoOptions, Outcome
from game.rules.table import Grid, Lay, Mark, Piece, Scene, Status, Table

key: Final = "chess"
title: Final = "Chess"
revision: Final = 1
seats: Final = (2,)
hides_nothing: Final = True
Options = NoOptions
exports: Final = {
    "pgn": Export("application/vnd.chess-pgn", notation.pgn),
    "fen": Export("text/plain", notation.fen),
}

NAMES_OF_SIDES = ("White", "Black")
KINDS = {"K": "king", "Q": "queen", "R": "rook", "B": "bishop", "N": "knight", "P": "pawn"}
DRAWS = {
    "stalemate": "stalemate",
    "insufficient_material": "nobody can mate",
    "threefold_repetition": "the same position three times",
    "fifty_moves": "fifty moves without a capture or a pawn's move",
}
QUIET_MAX = 100  # half-moves: fifty of each side
REPEATED_MAX = 3

Men = tuple[str, ...]  # each with its kind and place, `Pe2`, or its kind alone once it is taken; black in small letters


@dataclass(frozen=True, slots=True)
class State:
    position: Position
    men: Men
    seen: tuple[object, ...]  # the positions that may come again, this one last
    moves: tuple[str, ...]
    ending: str = ""
    last: str = ""


class View(TypedDict):
    men: Men
    ply: int  # half-moves played; White plays the even ones
    quiet_since: int  # the ply of the last capture or pawn's move
    castling: str
    en_passant: str
    repeated: int  # how often this position has been there
    check: bool
    ending: str
    last: str


def setup(options: NoOptions, seats: int, dice: Dice) -> State:
    men = tuple(piece + NAMES[at] for at, piece in enumerate(START.board) if piece != EMPTY)
    return State(START, men, (START.recurring,), tuple(moves_of(START)))


def to_move(state: State) -> tuple[int, ...]:
    return () if state.ending else (state.position.ply % 2,)


def legal_moves(state: State, seat: int) -> tuple[str, ...]:
    return state.moves if seat in to_move(state) else ()


def play(state: State, seat: int, move: str, dice: Dice) -> State:
    if move not in state.moves:
        raise broken_rule(state, move)
    position = moved(state.position, move)
    seen = (*(state.seen if position.quiet else ()), position.recurring)
    moves = tuple(moves_of(position))
    return State(position, men_after(state, move), seen, moves, ending_of(position, seen, moves), move)


def broken_rule(state: State, move: str) -> IllegalMove:
    """Why a move is not legal."""
    position, board = state.position, state.position.board
    if not re.fullmatch("[a-h][1-8][a-h][1-8][qrbn]?", move, re.ASCII):
        return IllegalMove("not_a_move", "Name the squares from and to, as in e2e4; for a promotion also q, r, b or n.")
    at, to = NAMES.index(move[:2]), NAMES.index(move[2:4])
    if board[at] not in SIDES[position.white]:
        return IllegalMove("not_your_piece", f"You have no piece on {move[:2]}.")
    kind = KINDS[board[at].upper()]
    if castled(board, at, to):
        return no_castling(position, at, to)
    if to not in reach(board, at, position.en_passant):
        return IllegalMove("moves_otherwise", f"The {kind} on {move[:2]} cannot go to {move[2:4]}.")
    if promotes(board, at, to) and not move[4:]:
        return IllegalMove("say_promotion", f"Say what the pawn becomes on {move[2:4]}: add q, r, b or n.")
    if move[4:] and not promotes(board, at, to):
        return IllegalMove("no_promotion", "Only a pawn that reaches the last rank becomes another piece.")
    return IllegalMove("king_in_check", "That would leave your king in check.")


def no_castling(position: Position, at: int, to: int) -> IllegalMove:
    """Why the king cannot castle."""
    right = ("K" if to > at else "Q") if position.white else ("k" if to > at else "q")
    if right not in position.castling:
        return IllegalMove("may_not_castle", "You cannot castle there any more: the king or that rook has moved.")
    return IllegalMove(
        "castling_barred", "To castle, nothing may stand between, and no square of the king's be attacked."
    )


def men_after(state: State, move: str) -> Men:
    """The men when this move is made; each keeps its place in the list, so that it can be followed."""
    position = state.position
    board, at, to = position.board, NAMES.index(move[:2]), NAMES.index(move[2:4])
    goes = {move[:2]: move[2:4]}
    if rook := castled(board, at, to):
        goes[NAMES[rook[0]]] = NAMES[rook[1]]
    falls = NAMES[passed(position)] if board[at] in "Pp" and to == position.en_passant else move[2:4]
    becomes = move[4:].upper() if position.white else move[4:]
    men = list(state.men)
    for number, man in enumerate(state.men):
        if man[1:] == falls:
            men[number] = man[0]
        elif man[1:] in goes:
            men[number] = (becomes or man[0]) + goes[man[1:]]
    return tuple(men)


def ending_of(position: Position, seen: Sequence[object], moves: Sequence[str]) -> str:
    """How the match ends in this position; empty while it goes on."""
    if not moves:
        return "checkmate" if in_check(position) else "stalemate"
    if not can_mate(position.board):
        return "insufficient_material"
    if seen.count(position.recurring) >= REPEATED_MAX:
        return "threefold_repetition"
    return "fifty_moves" if position.quiet >= QUIET_MAX else ""


def view(state: State, seat: int | None) -> View:
    position = state.position
    return {
        "men": state.men,
        "ply": position.ply,
        "quiet_since": position.ply - position.quiet,
        "castling": position.castling,
        "en_passant": "" if position.en_passant == NONE else NAMES[position.en_passant],
        "repeated": state.seen.count(position.recurring),
        "check": in_check(position),
        "ending": state.ending,
        "last": state.last,
    }


def outcome(state: State) -> Outcome | None:
    if not state.ending:
        return None
    if state.ending != "checkmate":
        return Outcome(state.ending, (0, 0))
    return Outcome("checkmate", (-1, 1) if state.position.white else (1, -1))


def picks(move: str) -> tuple[str, ...]:
    promotion = (f"#{KINDS[move[4].upper()]}",) if move[4:] else ()
    return (move[:2], move[2:4], *promotion)


def table(options: NoOptions) -> Table:
    taken = (
        Lay("row", f"taken-{seat}", f"Taken by {name}", seat, small=True) for seat, name in enumerate(NAMES_OF_SIDES)
    )
    return Table((Grid("board", 8, 8, "checker", labels="letters"), *taken), flip=True)


def scene(view: View) -> Scene:
    pieces = tuple(piece_of(number, man) for number, man in enumerate(view["men"]))
    turn = () if view["ending"] else (view["ply"] % 2,)
    marks = [Mark(view["last"][:2], "last", view["last"][2:4])] if view["last"] else []
    if view["check"]:
        marks.append(Mark(next(man[1:] for man in view["men"] if man[0] == "Kk"[view["ply"] % 2]), "check"))
    return Scene(status(view), turn, pieces, tuple(marks))


def piece_of(number: int, man: str) -> Piece:
    owner = 0 if man[0].isupper() else 1
    colour, kind = NAMES_OF_SIDES[owner], KINDS[man[0].upper()]
    art = f"chess:{'wb'[owner]}{man[0].upper()}"
    if not man[1:]:
        return Piece(f"m{number}", f"taken-{1 - owner}", art, f"Taken {colour.lower()} {kind}", owner)
    return Piece(f"m{number}", man[1:], art, f"{colour} {kind} on {man[1:]}", owner)


def status(view: View) -> Status:
    side, other = view["ply"] % 2, 1 - view["ply"] % 2
    if view["ending"] == "checkmate":
        return Status("checkmate", f"Checkmate: {NAMES_OF_SIDES[other]} wins")
    if view["ending"]:
        return Status(view["ending"], f"A draw: {DRAWS[view['ending']]}")
    name = NAMES_OF_SIDES[side]
    return Status("check", f"{name} is in check") if view["check"] else Status("to_move", f"{name} to move")
