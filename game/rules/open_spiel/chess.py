"""The games of OpenSpiel that are played with chessmen: how moves are called and picked, and what else is shown.

Seat 1 has the white men and begins. Moves are called by two squares, `e2e4` and `e7e8q`; OpenSpiel's own
words leave out where a man comes from. A man in reserve is called by its letter, a small one if it is black: `p@e4`.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from game.rules.table import Lay, Piece, seat_name, square

BLACK, WHITE = 0, 1
"""The seats of the men."""
SIDE = 8
DESTINATIONS = {"antichess": 76}
"""How many destinations a man has in OpenSpiel's numbers of actions, where it is not as many as usually."""
DESTINATIONS_USUALLY = 73
CASTLINGS = {"O-O": "g", "O-O-O": "c"}
"""The file on which the king comes to stand."""

KINDS = {"K": "king", "Q": "queen", "R": "rook", "B": "bishop", "N": "knight", "P": "pawn"}
PROMOTED = {"E": "Q", "C": "R", "A": "B", "H": "N"}
"""Letters for pawns that have been promoted, and become pawns again when they are taken."""
TO = re.compile(r"([a-h][1-8])(?:=([QRBNK]))?[+#]?$")
DROP = re.compile(r"([QRBNP])@([a-h][1-8])[+#]?$")
DROPPED = re.compile(r"([QRBNPqrbnp]@)([a-h][1-8])")
MOVE = re.compile(r"([a-h][1-8])([a-h][1-8])([qrbnk])?")
RESERVE = re.compile(r"\[([A-Za-z]*)\]")
FEN_REST = re.compile(r"(\[[A-Za-z]*\] ?)?[wb] ([KQkqA-Ha-h]+|-).*")
"""What a FEN says after the board: who is to move, who may castle, and the like."""


def names(spiel: Any, seat: int, said: Mapping[str, int]) -> Sequence[str]:
    """Moves by their squares. Castling is called by those of the king, unless that would also be a step of his."""
    called = [_name(spiel, seat, text, action) for text, action in said.items()]
    return [text if text in CASTLINGS and called.count(name) > 1 else name for text, name in zip(said, called)]


def names_of_senses(spiel: Any, seat: int, said: Mapping[str, int]) -> Sequence[str]:
    """Looks at a part of the board by the middle of it, where OpenSpiel has a corner."""
    given = spiel.get_game().get_parameters()
    if given["sense_centered"] or given["sense_border"]:
        return list(said)
    aside = (given["sense_size"] - 1) // 2
    return [_middle(text, aside) if text.startswith("Sense ") else text for text in said]


def _middle(text: str, aside: int) -> str:
    file, rank = text[-2], text[-1]
    return f"Look around {square(ord(file) - ord('a') + aside, int(rank) - 1 + aside)}"


def _name(spiel: Any, seat: int, text: str, action: int) -> str:
    if drop := DROP.match(text):
        letter, to = drop.groups()
        return f"{letter if seat == WHITE else letter.lower()}@{to}"
    if (castling := text.rstrip("+#")) in CASTLINGS:
        king = _square_of("K" if seat == WHITE else "k", str(spiel))
        to = CASTLINGS[castling] + king[1]
        return castling if king == to else king + to
    found = TO.search(text)
    assert found is not None, text
    file, rank = divmod(action // DESTINATIONS.get(spiel.get_game().get_type().short_name, DESTINATIONS_USUALLY), SIDE)
    return square(file, rank if seat == WHITE else SIDE - 1 - rank) + found[1] + (found[2] or "").lower()


def _square_of(man: str, fen: str) -> str:
    for number, rank in enumerate(fen.split("/")):
        signs = re.sub(r"\d", lambda digit: "." * int(digit[0]), rank)
        if man in signs[:SIDE]:
            return square(signs.index(man), SIDE - 1 - number)
    raise AssertionError(f"no {man} in {fen}")


def picks(move: str) -> Sequence[str] | None:
    """The picks of a move that is called as here; None for another."""
    if drop := DROPPED.fullmatch(move):
        return drop.groups()
    if not (found := MOVE.fullmatch(move)):
        return None
    origin, to, promotion = found.groups()
    return (origin, to, f"#{KINDS[promotion.upper()]}") if promotion else (origin, to)


def art(sign: str) -> tuple[str, str] | None:
    """The picture of a man and its name; None for another sign."""
    kind = PROMOTED.get(sign.upper(), sign.upper())
    if kind not in KINDS:
        return None
    white = sign.isupper()
    risen = " that was a pawn" if sign.upper() in PROMOTED else ""
    return f"chess:{'w' if white else 'b'}{kind}", f"{'White' if white else 'Black'} {KINDS[kind]}{risen}"


RESERVES = tuple(
    Lay("hand", f"reserve-{seat}", f"In reserve: {seat_name(seat)}", owner=seat, small=True) for seat in (BLACK, WHITE)
)


def reserves(lines: Sequence[str]) -> tuple[list[Piece], list[str]]:
    """The men that may be dropped, from what a FEN says after the board, and the other lines."""
    men = Counter("".join(found[1] for line in lines if (found := RESERVE.match(line))))
    return [_in_reserve(man, count) for man, count in men.items()], without_fen(lines)[1]


def _in_reserve(man: str, count: int) -> Piece:
    seat = WHITE if man.isupper() else BLACK
    picture, said = art(man) or (f"text:{man}", man)
    return Piece(f"{man}@", f"reserve-{seat}", picture, f"{said} in reserve", seat, count)


def without_fen(lines: Sequence[str]) -> tuple[list[Piece], list[str]]:
    """Without what a FEN says after the board, which the page says anyway or nobody needs to know."""
    return [], [line for line in lines if not FEN_REST.fullmatch(line)]


BLIND = re.compile(r"[KQ-]+ ([sm]) ([c-]) [wb] ([i-])")
"""Of Reconnaissance Blind Chess: castling, whether one looks or moves, and what came of the last move."""
BLIND_SAID = {
    "c": "A piece was taken with the last move.",
    "i": "The move of the other was not possible.",
    "s": "Who is to move first looks: touch the middle of the part of the board that you want to see.",
    "m": "Who is to move has looked, and now moves or passes.",
}


def blind(lines: Sequence[str]) -> tuple[list[Piece], list[str]]:
    """What is to be done in Reconnaissance Blind Chess, and what came of the last move, in sentences."""
    found = next((found for line in lines if (found := BLIND.fullmatch(line))), None)
    if found is None:
        return without_fen(lines)
    phase, taken, impossible = found.groups()
    return [], [BLIND_SAID[said] for said in (taken, impossible, phase) if said in BLIND_SAID]


ANNOUNCED = re.compile(r"(\?|[a-h][1-8][a-h][1-8][qrbn]?) (.+)\.")
"""What came of a try in kriegspiel: of one's own by its squares, or of another's."""


def announcements(lines: Sequence[str]) -> tuple[list[Piece], list[str]]:
    """What the umpire of kriegspiel has said, in sentences, the last one first."""
    told = [_announced(found[1], found[2].split(", ")) for line in lines if (found := ANNOUNCED.fullmatch(line))]
    return [], told[::-1]


def _announced(move: str, said: Sequence[str]) -> str:
    if said == ["Illegal move"]:
        return "The other tried what is not possible." if move == "?" else f"You tried {move}, which is not possible."
    began = "The other has moved" if move == "?" else f"You moved {move}"
    more = [_reworded(part) for part in said if not part.endswith("'s move")]
    return f"{began}{': ' if more else ''}{', '.join(more)}."


def _reworded(part: str) -> str:
    """A part of an announcement, in which a taken man is a Pawn or a Piece, and a check comes from a Knight or on a File."""
    if taken := re.fullmatch(r"(Pawn|Piece) at (..) captured", part):
        return f"takes a {taken[1].lower()} on {taken[2]}"
    if part == "Knight check":
        return "check by a knight"
    if part.endswith(" check"):
        return f"check on the {part.removesuffix(' check').lower().replace('-', ' ')}"
    return f"{part.removesuffix(' pawn try').removesuffix(' pawn tries')} ways for pawns to take".replace(
        "1 ways", "1 way"
    )
