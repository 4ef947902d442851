"""How chess is written down: FEN for a position, SAN for a move, PGN for a match."""

from textwrap import wrap

from game.rules.chess.board import (
    EMPTY,
    NAMES,
    NONE,
    START,
    Position,
    castled,
    in_check,
    legal_moves,
    moved,
)
from game.rules.exports import Played

COLUMNS_MAX = 80
"""A line of PGN in its export format."""


def fen_of(position: Position) -> str:
    """A position in the notation of Forsyth and Edwards."""
    ranks = [_rank(position.board[at : at + 8]) for at in range(56, -8, -8)]
    en_passant = "-" if position.en_passant == NONE else NAMES[position.en_passant]
    side = "w" if position.white else "b"
    number = position.ply // 2 + 1
    return f"{'/'.join(ranks)} {side} {position.castling or '-'} {en_passant} {position.quiet} {number}"


def position_of(fen: str) -> Position:
    """The position that a FEN describes."""
    ranks, side, castling, en_passant, quiet, number = fen.split(" ")
    board = "".join(
        EMPTY * int(sign) if sign.isdigit() else sign for rank in reversed(ranks.split("/")) for sign in rank
    )
    passed = NONE if en_passant == "-" else NAMES.index(en_passant)
    return Position(board, side == "w", castling.strip("-"), passed, int(quiet), 2 * (int(number) - 1) + (side == "b"))


def _rank(squares: str) -> str:
    for run in range(8, 0, -1):
        squares = squares.replace(EMPTY * run, str(run))
    return squares


def san_of(position: Position, move: str) -> str:
    """A legal move as players write it: `Nf3`, `exd6`, `O-O`, `e8=Q+`."""
    after = moved(position, move)
    sign = "" if not in_check(after) else "+" if legal_moves(after) else "#"
    return _without_check(position, move) + sign


def _without_check(position: Position, move: str) -> str:
    board, at, to = position.board, NAMES.index(move[:2]), NAMES.index(move[2:4])
    piece, goal = board[at].upper(), move[2:4]
    if castled(board, at, to):
        return "O-O" if to > at else "O-O-O"
    takes = "x" if board[to] != EMPTY or (piece == "P" and move[0] != move[2]) else ""
    if piece == "P":
        return (move[0] if takes else "") + takes + goal + (f"={move[4].upper()}" if move[4:] else "")
    return piece + _told_apart(position, move) + takes + goal


def _told_apart(position: Position, move: str) -> str:
    """The file, the rank or both, where another piece of the same kind could go there too."""
    board, piece = position.board, position.board[NAMES.index(move[:2])]
    others = [
        other[:2]
        for other in legal_moves(position)
        if other[2:4] == move[2:4] and other[:2] != move[:2] and board[NAMES.index(other[:2])] == piece
    ]
    if not others:
        return ""
    if all(other[0] != move[0] for other in others):
        return move[0]
    return move[1] if all(other[1] != move[1] for other in others) else move[:2]


def fen(played: Played) -> str:
    """The position in which a match ended, as a line of FEN."""
    position = START
    for _, move in played.moves:
        position = moved(position, move)
    return fen_of(position) + "\n"


def pgn(played: Played) -> str:
    """A match in Portable Game Notation, by its export format."""
    result = {1: "1-0", 0: "1/2-1/2", -1: "0-1"}[played.outcome.points[0]]
    white, black = played.players
    tags = {
        "Event": "Casual game",
        "Site": "?",
        "Date": played.date.replace("-", "."),
        "Round": "-",
        "White": white,
        "Black": black,
        "Result": result,
    }
    head = "".join(f'[{tag} "{_quoted(value)}"]\n' for tag, value in tags.items())
    return f"{head}\n{_movetext(played, result)}\n"


def _quoted(text: str) -> str:
    r"""As a string of PGN, in which only `"` and `\` are special."""
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _movetext(played: Played, result: str) -> str:
    words, position = [], START
    for _, move in played.moves:
        if position.white:
            words.append(f"{position.ply // 2 + 1}.")
        words.append(san_of(position, move))
        position = moved(position, move)
    return "\n".join(wrap(" ".join([*words, result]), COLUMNS_MAX - 1, break_long_words=False, break_on_hyphens=False))
