"""What a seat may not know changes nothing for it: not its view, its moves, its refusals, nor the turn.

Two ways to make states that differ only in what an audience may not know:

- A *disguise*, the game's own word: `disguise(state, seat, dice)` gives a state that this seat (None: the
  spectators) must not be able to tell from `state`, with all that is hidden from it drawn anew.
- *Worlds*: many matches with other seeds and other hidden choices, of which those are kept that have
  shown one audience the same view after every move, while it made the same moves in all of them.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any, cast

from game.rules.contract.looks import same, settled, where_they_differ
from game.rules.contract.position import (
    ContractBroken,
    Position,
    Refused,
    asked,
    first_position,
    name_of,
    own_dice,
    print_of,
    require,
    seed_of,
    short,
)
from game.rules.contract.probes import probes, some_moves
from game.rules.dice import Dice
from game.rules.game import Game
from game.rules.moves import listed, sample

WORLDS_MAX = 16
"""Worlds of one audience that are followed at once."""
BRANCHES_MAX = 120
"""Worlds that are tried at a step, to find those that look the same; fewer where there is little time."""
STEPS_MAX = 40
COMPARED_MAX = 4
"""Worlds that are asked every probe."""

Disguise = Callable[[Any, int | None, Dice], Any]


def check_disguise(position: Position, elsewhere: Sequence[str], dice: Dice) -> int:
    """No audience can tell a state from its disguise. Returns how many disguises were other states."""
    disguise = cast("Disguise | None", getattr(position.game, "disguise", None))
    if disguise is None:
        return 0
    others = 0
    for audience in position.audiences:
        state = asked("disguise", lambda audience=audience: disguise(position.state, audience, dice))  # type: ignore[misc]
        if print_of(state) != print_of(position.state):
            others += 1
            check_alike(position, replace(position, state=state), audience, elsewhere, dice)
    return others


def check_worlds(game: Game, options: Any, seats: int, seed: bytes, branches: int = BRANCHES_MAX) -> int:
    """No audience can tell worlds apart that have looked the same to it. Returns how many pairs were compared."""
    return sum(_follow(game, options, seats, audience, seed, branches) for audience in (None, *range(seats)))


def check_alike(one: Position, other: Position, audience: int | None, elsewhere: Sequence[str], dice: Dice) -> None:
    """Two states that an audience may not tell apart give it the same of everything. Raises ContractBroken."""
    told = f"to {name_of(audience)}: it depends on what is hidden from them"
    shown, shown_otherwise = one.view(audience), other.view(audience)
    if not same(shown, shown_otherwise):
        where = where_they_differ(shown, shown_otherwise)
        raise ContractBroken(f"view gives a secret away{where and f', at {where},'} {told}")
    require(one.to_move() == other.to_move(), f"to_move gives a secret away {told}")
    require(one.outcome() == other.outcome(), f"outcome gives a secret away {told}")
    if audience is None:
        return
    moves = one.legal_moves(audience)
    require(list(moves) == list(other.legal_moves(audience)), f"legal_moves gives a secret away {told}")
    if audience not in one.to_move():
        return
    for text in (*probes(moves, elsewhere, dice), *some_moves(moves, dice)):
        heard = [
            answer if isinstance(answer := world.played(audience, text), Refused) else None for world in (one, other)
        ]
        require(
            heard[0] == heard[1],
            f"play gives a secret away {told}: the move {short(text)} gets {heard[0] or 'accepted'}, "
            f"and {heard[1] or 'accepted'} in a match that looks the same to them",
        )


def _follow(game: Game, options: Any, seats: int, audience: int | None, seed: bytes, branches: int) -> int:
    dice, pairs = own_dice("worlds", seed, audience), 0
    seeds = (seed_of(seed, number) for number in range(branches))
    worlds = _most_alike((first_position(game, options, seats, other) for other in seeds), audience)
    for _ in range(STEPS_MAX):
        for other in worlds[1:COMPARED_MAX]:
            check_alike(worlds[0], other, audience, (), dice)
            pairs += 1
        if not worlds[0].to_move():
            break
        worlds = _most_alike(_stepped(worlds, audience, dice, branches), audience)
    return pairs


def _stepped(worlds: Sequence[Position], audience: int | None, dice: Dice, branches: int) -> Iterable[Position]:
    """Each world one move further, in several ways; the audience's own move is the same in all."""
    mover = dice.choose(worlds[0].to_move())
    shared = sample(worlds[0].legal_moves(mover), dice.below)
    for world in worlds:
        moves = world.legal_moves(mover)
        for _ in range(branches // len(worlds)):
            own = mover == audience or (dice.below(2) == 0 and listed(moves, shared))
            after = world.played(mover, shared if own else sample(moves, dice.below), seed_of(dice.below(2**64)))
            if isinstance(after, Position):
                yield after


def _most_alike(worlds: Iterable[Position], audience: int | None) -> Sequence[Position]:
    """Of the worlds that look the same to the audience, the largest set, each state once."""
    sets: dict[object, dict[str, Position]] = {}
    for world in worlds:
        sets.setdefault(settled(world.view(audience)), {})[print_of(world.state)] = world
    return list(max(sets.values(), key=len).values())[:WORLDS_MAX]
