"""The whole contract of a game: `check_game`, and the parts that it is made of."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from game.rules.contract.exporting import check_exports
from game.rules.contract.hiding import BRANCHES_MAX, check_disguise, check_worlds
from game.rules.contract.looks import check_hidden_ids, check_picks, check_scenes, check_table, check_views, settled
from game.rules.contract.options import option_sets
from game.rules.contract.play import check_moves, check_names, check_plays, check_refusals, check_state, check_turn
from game.rules.contract.position import ContractBroken, Position, first_position, own_dice, print_of, require, seed_of
from game.rules.contract.probes import some_moves
from game.rules.game import Game
from game.rules.moves import sample

MATCH_MOVES_MAX = 10_000
"""By then random play must have come to an end."""
ELSEWHERE_MAX = 32
"""Moves that were legal at another time, tried when they are not."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What was looked at: whole matches, positions in them, and pairs that an audience may not tell apart."""

    matches: int = 0
    positions: int = 0
    pairs: int = 0

    def __add__(self, other: "Checked") -> "Checked":
        return Checked(self.matches + other.matches, self.positions + other.positions, self.pairs + other.pairs)


def check_game(game: Game, seeds: int = 2) -> Checked:
    """Plays random matches of every kind and checks all of the contract. Raises ContractBroken."""
    check_names(game)
    checked = Checked()
    for options in option_sets(game):
        for seats in game.seats:
            checked += sum((check_match(game, options, seats, seed_of(number)) for number in range(seeds)), Checked())
    return checked + check_hiding(game)


def check_match(game: Game, options: Any, seats: int, seed: bytes) -> Checked:
    """Plays one random match to its end, checks it on the way, and plays it again. Raises ContractBroken."""
    with _in(f"{game.key}, {options!r}, {seats} seats, seed {seed.hex()}"):
        return _Walk(first_position(game, options, seats, seed)).to_the_end()


def check_hiding(game: Game, options_tried: Sequence[Any] | None = None, branches: int = BRANCHES_MAX) -> Checked:
    """A game that hides something hides it all the way, with these options or all. Raises ContractBroken."""
    if game.hides_nothing:
        return Checked()
    pairs, seats = 0, game.seats[0]
    for options in option_sets(game) if options_tried is None else options_tried:
        with _in(f"{game.key}, {options!r}, {seats} seats"):
            pairs += check_worlds(game, options, seats, seed_of(game.key), branches)
    require(
        pairs > 0,
        "hides_nothing is False, and no two different states ever looked the same to anyone: "
        "the views show everything, or there is nothing to hide and hides_nothing should be True",
    )
    return Checked(pairs=pairs)


@contextmanager
def _in(where: str) -> Iterator[None]:
    """Adds to the sentence where it was."""
    try:
        yield
    except ContractBroken as broken:
        raise ContractBroken(f"{broken}\nin {where}") from broken


class _Walk:
    """A random match on its way."""

    def __init__(self, first: Position) -> None:
        self._first = self._position = first
        self._moves: list[tuple[int, str]] = []
        self._checked = self._pairs = 0
        self._dice = own_dice("walk", first.seed)
        self._elsewhere: dict[str, None] = {}
        self._hidden_ids: dict[tuple[str, int], Collection[str]] = {}

    def to_the_end(self) -> Checked:
        check_state(self._first)
        check_table(self._first)
        while self._goes_on():
            with _in(f"version {self._position.version}, after {self._last_moves()}"):
                if self._position.version < 12 or self._position.version in range(0, 512, 16):
                    self._check()
                self._step()
        self._check()
        check_exports(self._position, self._moves)
        self._check_again()
        return Checked(1, self._checked, self._pairs)

    def _last_moves(self) -> str:
        return ", ".join(f"{seat}: {move}" for seat, move in self._moves[-12:]) or "no move"

    def _goes_on(self) -> bool:
        check_turn(self._position)
        require(
            len(self._moves) < MATCH_MOVES_MAX,
            f"random play did not end within {MATCH_MOVES_MAX} moves: add a rule that ends every match",
        )
        return bool(self._position.to_move())

    def _step(self) -> None:
        seat = self._dice.choose(self._position.to_move())
        moves = self._position.legal_moves(seat)
        move = sample(moves, self._dice.below)
        if len(self._elsewhere) < ELSEWHERE_MAX:
            self._elsewhere |= dict.fromkeys(some_moves(moves, self._dice)[:4])
        self._position = self._position.play(seat, move)
        self._moves.append((seat, move))

    def _check(self) -> None:
        """Everything that can be said of one position."""
        position, dice, elsewhere = self._position, self._dice, list(self._elsewhere)
        before = _shown(position)
        check_moves(position)
        check_views(position)
        check_scenes(position)
        check_picks(position)
        check_plays(position, dice)
        check_refusals(position, elsewhere, dice)
        check_hidden_ids(position, self._hidden_ids)
        self._pairs += check_disguise(position, elsewhere, dice)
        require(_shown(position) == before, "asking changed the state: freeze it")
        self._checked += 1

    def _check_again(self) -> None:
        """The same seed and the same moves make the same match."""
        first = self._first
        again = first_position(first.game, first.options, first.seats, first.seed)
        alike = _shown(again) == _shown(first)
        for seat, move in self._moves:
            after = again.played(seat, move)
            alike = alike and isinstance(after, Position)
            again = after if isinstance(after, Position) else again
        require(
            alike and _shown(again) == _shown(self._position),
            "the same seed and moves made another match: take chance from `dice` alone, and keep no state outside",
        )


def _shown(position: Position) -> tuple[str, ...]:
    return print_of(position.state), *(settled(position.view(audience)) for audience in position.audiences)
