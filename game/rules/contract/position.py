"""One state of a match under test: the game is questioned through it, and every slip gets a name."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, is_dataclass, replace
from typing import Any, NamedTuple, TypeVar

from game.rules.dice import Dice
from game.rules.game import Game, IllegalMove, Outcome, View
from game.rules.moves import Moves, listed
from game.rules.table import Scene

T = TypeVar("T")

CODE = re.compile(r"[a-z][a-z0-9_]{0,63}")
"""What a stable code looks like: `column_full`."""
SENTENCE_CHARS_MAX = 512


class ContractBroken(Exception):
    """A game does not keep the contract: the sentence says where, and what to change."""


class Refused(NamedTuple):
    """What a player hears whose move is not legal."""

    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Position:
    """A state, with what is needed to go on from it. Each question raises ContractBroken when the game fails."""

    game: Game
    options: Any
    seats: int
    seed: bytes
    version: int
    state: Any

    @property
    def audiences(self) -> tuple[int | None, ...]:
        """Everyone who looks on: the spectators, then each seat."""
        return (None, *range(self.seats))

    def to_move(self) -> tuple[int, ...]:
        return asked("to_move", lambda: tuple(self.game.to_move(self.state)))

    def legal_moves(self, seat: int) -> Moves:
        moves = asked("legal_moves", lambda: self.game.legal_moves(self.state, seat))
        owes = len(moves) == 0 and seat in self.to_move()
        require(not owes, f"seat {seat} owes a move and legal_moves has none: let it pass, or end the match")
        return moves

    def view(self, seat: int | None) -> View:
        return asked("view", lambda: self.game.view(self.state, seat))

    def scene(self, seat: int | None) -> Scene:
        view = self.view(seat)
        return asked("scene", lambda: self.game.scene(view))

    def outcome(self) -> Outcome | None:
        return asked("outcome", lambda: self.game.outcome(self.state))

    def play(self, seat: int, move: str) -> "Position":
        """The next position, by a move that legal_moves lists."""
        after = self.played(seat, move)
        if isinstance(after, Refused):
            raise ContractBroken(f"legal_moves lists {short(move)} for seat {seat} and play refuses it: {after}")
        return after

    def played(self, seat: int, move: str, seed: bytes | None = None) -> "Position | Refused":
        """The next position, with dice of this match or of another seed; or why there is none."""
        dice = Dice(seed or self.seed, self.version + 1)
        try:
            state = self.game.play(self.state, seat, move, dice)
        except IllegalMove as illegal:
            return Refused(illegal.code, illegal.sentence)
        except Exception as error:
            told = f"play, given {short(move)}, raised {error!r}"
            if listed(self.legal_moves(seat), move):
                raise ContractBroken(f"{told}: legal_moves lists that move, so it must be playable") from error
            raise ContractBroken(f"{told}: for a move that is not legal, only IllegalMove") from error
        return replace(self, version=self.version + 1, state=state)


def first_position(game: Game, options: Any, seats: int, seed: bytes) -> Position:
    """A match as it begins."""
    state = asked("setup", lambda: game.setup(options, seats, Dice(seed, 0)))
    return Position(game, options, seats, seed, 0, state)


def asked(question: str, answer: Callable[[], T]) -> T:
    """The game's answer; an exception instead of one breaks the contract."""
    try:
        return answer()
    except Exception as error:
        raise ContractBroken(f"{question} raised {error!r}: it must never raise") from error


def require(holds: bool, sentence: str) -> None:
    """Raises ContractBroken with the sentence unless it holds."""
    if not holds:
        raise ContractBroken(sentence)


def frozen(kind: type) -> bool:
    """Whether it is a dataclass whose fields cannot be set again."""
    return is_dataclass(kind) and kind.__dataclass_params__.frozen  # type: ignore[attr-defined]


def name_of(audience: int | None) -> str:
    """How the sentences call an audience."""
    return "the spectators" if audience is None else f"seat {audience}"


def print_of(state: object) -> str:
    """By what states are told apart: the repr, without addresses in memory."""
    return re.sub(" at 0x[0-9a-fA-F]+", "", repr(state))


def short(text: str) -> str:
    """A text as the sentences quote it."""
    return ascii(text if len(text) <= 40 else f"{text[:30]}… ({len(text)} characters)")


def own_dice(*names: object) -> Dice:
    """Chance for the one who tests, the same for the same names."""
    return Dice(seed_of("dice", *names), 0)


def seed_of(*names: object) -> bytes:
    """A seed that follows from the names."""
    return hashlib.sha256(repr(names).encode()).digest()
