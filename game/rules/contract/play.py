"""Whose turn it is, what they may do, what happens when they do, and what they hear when they may not."""

import re
from collections.abc import Sequence
from dataclasses import is_dataclass
from itertools import pairwise

from game.rules.contract.position import (
    CODE,
    SENTENCE_CHARS_MAX,
    ContractBroken,
    Position,
    frozen,
    print_of,
    require,
    short,
)
from game.rules.contract.probes import probes, some_moves
from game.rules.dice import Dice
from game.rules.game import Game
from game.rules.how_to_play import HOW_TO_PLAY_CHARS_MAX
from game.rules.moves import Moves, Number, Subset, listed

MOVE_CHARS_MAX = 512
KEY = re.compile(r"[a-z][a-z0-9_]*(/[a-z0-9_]+)?")
KEY_CHARS_MAX = 64
SEATS_MAX = 32


def check_names(game: Game) -> None:
    """The game's plain facts: key, title, revision, numbers of seats."""
    require(
        KEY.fullmatch(game.key) is not None and len(game.key) <= KEY_CHARS_MAX,
        f"key is {game.key!r}: use small letters, digits and _, as in 'connect_four'; "
        f"at most {KEY_CHARS_MAX} of them, and one / if it is one of a collection",
    )
    require(game.title.strip() != "", "title is empty: it is the game's name on screen")
    require(type(game.revision) is int and game.revision >= 1, f"revision is {game.revision!r}: count from 1")
    require(type(game.hides_nothing) is bool, "hides_nothing must be True or False")
    require(
        isinstance(game.seats, tuple | list | range), f"seats is {game.seats!r}: write a tuple, as (2,) or (2, 3, 4)"
    )
    seats = list(game.seats)
    rising = all(fewer < more for fewer, more in pairwise(seats))
    fit = bool(seats) and seats[0] >= 1 and seats[-1] <= SEATS_MAX
    require(rising and fit, f"seats is {seats}: list the numbers of seats, smallest first, from 1 to {SEATS_MAX}")
    text = getattr(game, "how_to_play", "")
    require(
        type(text) is str
        and len(text) <= HOW_TO_PLAY_CHARS_MAX
        and all(line.isprintable() for line in text.split("\n")),
        f"how_to_play must be printable text of at most {HOW_TO_PLAY_CHARS_MAX} characters",
    )


def check_state(position: Position) -> None:
    """A state that is a dataclass is frozen, so that nothing changes it by mistake."""
    kind = type(position.state)
    require(
        not is_dataclass(kind) or frozen(kind),
        f"{kind.__name__} can be changed: write @dataclass(frozen=True, slots=True) above it",
    )


def check_turn(position: Position) -> None:
    """Seats owe a move exactly until there is an outcome, which has points for each seat."""
    turn, outcome = position.to_move(), position.outcome()
    rising = all(first < then for first, then in pairwise(turn))
    require(
        rising and set(turn) <= set(range(position.seats)), f"to_move is {turn}: give seats of this match, in order"
    )
    if outcome is None:
        require(turn != (), "nobody is to move and yet there is no outcome: a match ends in one")
        return
    require(turn == (), f"there is an outcome ({outcome.ending}) and yet seats {turn} are to move")
    require(CODE.fullmatch(outcome.ending) is not None, f"the ending {outcome.ending!r} is not a code like 'draw'")
    whole = type(outcome.points) is tuple and all(type(points) is int for points in outcome.points)
    require(
        whole and len(outcome.points) == position.seats,
        f"points are {outcome.points}: give a tuple with one whole number for each of {position.seats} seats",
    )


def check_moves(position: Position) -> None:
    """Moves are listed exactly for the seats that owe one, each once, as text that fits on the wire."""
    turn = position.to_move()
    for seat in range(position.seats):
        moves = position.legal_moves(seat)
        if seat not in turn:
            require(
                len(moves) == 0,
                f"seat {seat} does not owe a move, and legal_moves has some for it: {_few(moves)}. "
                "Return none for a seat that is not in to_move",
            )
            continue
        require(len(set(moves)) == len(moves), f"legal_moves of seat {seat} has the same move twice: {_few(moves)}")
        for move in moves:
            _check_form(move)
        for text in some_moves(moves, Dice(position.seed, 0)):
            others = [form for form in moves if form != text and listed([form], text)]
            require(not (text in moves and others), f"the move {text!r} is listed twice: by itself and within {others}")


def check_plays(position: Position, dice: Dice) -> None:
    """Every listed move plays, and playing leaves the state from which one plays as it was."""
    before = print_of(position.state)
    for seat in position.to_move():
        for move in some_moves(position.legal_moves(seat), dice):
            position.play(seat, move)
            frozen = print_of(position.state) == before
            require(
                frozen, f"play changed the state it was given, by {short(move)}: return a new one and freeze the old"
            )


def check_refusals(position: Position, elsewhere: Sequence[str], dice: Dice) -> None:
    """What is not listed is refused, by IllegalMove, with a code and a sentence; nothing else comes of it."""
    before = print_of(position.state)
    for seat in position.to_move():
        for text in probes(position.legal_moves(seat), elsewhere, dice):
            refused = position.played(seat, text)
            if isinstance(refused, Position):
                raise ContractBroken(
                    f"play accepts {short(text)} from seat {seat}, which legal_moves does not list: refuse it, or list it"
                )
            _check_refused(refused.code, refused.sentence, text)
            require(print_of(position.state) == before, f"refusing {short(text)} changed the state: freeze it")


def _check_refused(code: object, sentence: object, text: str) -> None:
    stable = isinstance(code, str) and CODE.fullmatch(code) is not None
    require(stable, f"IllegalMove for {short(text)} has the code {code!r}: use one like 'column_full'")
    spoken = isinstance(sentence, str) and sentence[-1:] in (".", "!", "?")
    require(
        spoken, f"IllegalMove for {short(text)} says {sentence!r}: write a sentence for the player, with its full stop"
    )
    own = isinstance(sentence, str) and sentence.isprintable() and len(sentence) <= SENTENCE_CHARS_MAX
    require(
        own,
        f"IllegalMove for {short(text)} says {short(str(sentence))}: do not quote what may be any text; "
        f"at most {SENTENCE_CHARS_MAX} printable characters",
    )


def _check_form(move: str | Number | Subset) -> None:
    if not isinstance(move, str):
        require(bool(move.verb) and " " not in move.verb, f"{move} needs one word for a verb")
    if isinstance(move, Number):
        require(
            move.step >= 1 and 0 <= move.low <= move.high, f"{move} stands for no number: 0 ≤ low ≤ high and step ≥ 1"
        )
        labels = [label for label, _ in move.presets]
        require(
            len(set(labels)) == len(labels) and all(label.strip() for label in labels),
            f"the presets of {move.verb} are called {labels}: give each a name of its own",
        )
        for label, amount in move.presets:
            require(
                listed([move], f"{move.verb} {amount}"),
                f"the preset {label!r} is {amount}, which is not one of {move.low}, {move.low + move.step} … {move.high}",
            )
        _check_text(f"{move.verb} {move.high}")
    elif isinstance(move, Subset):
        words = move.of
        plain = len(set(words)) == len(words) and all(word and " " not in word for word in words)
        require(plain, f"{move} needs words without spaces, each once")
        require(0 <= move.least <= move.most <= len(words), f"{move} cannot be met: 0 ≤ least ≤ most ≤ {len(words)}")
        _check_text(" ".join([move.verb, *words[: move.most]]))
    else:
        _check_text(move)


def _check_text(move: object) -> None:
    require(type(move) is str, f"the move {move!r} is not text")
    assert isinstance(move, str)
    neat = move == move.strip() and move.isprintable() and 0 < len(move) <= MOVE_CHARS_MAX
    require(
        neat,
        f"the move {short(move)} must be printable text of 1 to {MOVE_CHARS_MAX} characters, without spaces at its ends",
    )


def _few(moves: Moves) -> str:
    return ", ".join(map(repr, moves[:5])) + (", …" if len(moves) > 5 else "")
