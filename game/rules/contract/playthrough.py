"""One match written out, with what everybody is shown at every version: a leak is seen by reading it."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from game.rules.contract.position import Position, first_position, name_of, own_dice
from game.rules.dice import Dice, commitment
from game.rules.game import Game
from game.rules.moves import sample
from game.rules.table import Scene, plain, seated

SCENES_AT = 3
"""The version at which all scenes are written out, as at the last."""


def playthrough(game: Game, options: Any, seats: int, seed: bytes) -> str:
    """A random match as text, always the same for the same arguments."""
    return "\n".join(_lines(game, options, seats, seed)) + "\n"


def _lines(game: Game, options: Any, seats: int, seed: bytes) -> Iterator[str]:
    position, dice = first_position(game, options, seats, seed), own_dice("playthrough", seed)
    yield f"{game.title} ({game.key}, revision {game.revision}), {seats} seats"
    yield f"options     {_text(asdict(options))}"
    yield f"seed        {seed.hex()}"
    yield f"commitment  {commitment(seed)}"
    yield f"table       {_text(plain(seated(game.table(options), seats)))}"
    yield from ("", "version 0: setup", *_draws(position, None), *_shown(position))
    while turn := position.to_move():
        seat = dice.choose(turn)
        move = sample(position.legal_moves(seat), dice.below)
        draws = list(_draws(position, (seat, move)))
        position = position.play(seat, move)
        yield from ("", f"version {position.version}: seat {seat} plays {move}", *draws, *_shown(position))
    outcome = position.outcome()
    assert outcome is not None
    yield from ("", f"ended: {outcome.ending}, points {_text(outcome.points)}")


def _draws(position: Position, move: tuple[int, str] | None) -> Iterator[str]:
    if move is None:
        dice = Dice(position.seed, 0)
        position.game.setup(position.options, position.seats, dice)
    else:
        dice = Dice(position.seed, position.version + 1)
        position.game.play(position.state, *move, dice)
    if dice.draws:
        yield f"  draws       {' '.join(f'{drawn}/{n}' for n, drawn in dice.draws)}"


def _shown(position: Position) -> Iterator[str]:
    audiences = (None,) if position.game.hides_nothing else position.audiences
    turn = position.to_move()
    for audience in audiences:
        yield f"  {_name(position, audience):<11} {_text(position.view(audience))}"
    yield f"  status      {position.scene(None).status.text}"
    for seat in turn:
        moves = [form if isinstance(form, str) else str(form) for form in position.legal_moves(seat)]
        yield f"  seat {seat} may  {' · '.join(moves)}"
    if position.version == SCENES_AT or not turn:
        for audience in audiences:
            yield f"  on the table of {_name(position, audience)}"
            yield from (f"    {line}" for line in _drawn(position.scene(audience)))


def _drawn(scene: Scene) -> Iterator[str]:
    for piece in scene.pieces:
        owner = "" if piece.owner is None else f", of seat {piece.owner}"
        yield f"{piece.id} at {piece.at}: {piece.art}, “{piece.label}”{owner}{f', {piece.n} of them' if piece.n > 1 else ''}"
    for mark in scene.marks:
        yield f"mark {mark.kind} at {mark.at}{f' to {mark.to}' if mark.to else ''}"
    for counter in scene.counters:
        yield f"seat {counter.seat} {counter.label}: {counter.value}"
    if scene.done:
        yield f"done: {', '.join(map(str, scene.done))}"


def _name(position: Position, audience: int | None) -> str:
    return "everyone" if position.game.hides_nothing else name_of(audience).removeprefix("the ")


def _text(data: object) -> str:
    return json.dumps(data, sort_keys=True, ensure_ascii=False)
