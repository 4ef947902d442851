"""What the page draws: scenes of every game, as one seat sees them, with its legal moves.

`python -m tests.tables` writes them for the gallery of the page's renderer.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from game.rules.catalog import OWN, load_catalog
from game.rules.dice import SEED_BYTES, Dice
from game.rules.game import Game
from game.rules.moves import plain_moves, sample
from game.rules.table import plain, seated

GALLERY = Path(__file__).parent.parent / "web" / "client" / "gallery" / "scenes.json"
MOVES_MAX = 400
"""Of a match of random moves; its last scene then is not the end."""


def tables() -> list[dict[str, Any]]:
    """Of every game its key, title, table, and scenes of a match of random moves: first, middle and last; of others one."""
    return [shown(game) for game in load_catalog().values()]


def shown(game: Game) -> dict[str, Any]:
    """One game: with the usual options, and the fewest seats."""
    options, seats = game.Options(), game.seats[0]
    states = list(random_match(game, options, seats))
    chosen = [states[0], states[len(states) // 2], states[-1]] if game in OWN else [states[len(states) // 2]]
    table = plain(seated(game.table(options), seats))
    return {"game": game.key, "title": game.title, "table": table, "scenes": [seen(game, state) for state in chosen]}


def random_match(game: Game, options: Any, seats: int) -> Iterator[Any]:
    """The states of a match in which everyone moves at random; the same ones each time."""
    chance, dice = Dice(bytes([1] * SEED_BYTES), 0), Dice(bytes([2] * SEED_BYTES), 0)
    yield (state := game.setup(options, seats, dice))
    for _ in range(MOVES_MAX):
        if not (turn := game.to_move(state)):
            return
        seat = turn[chance.below(len(turn))]
        state = game.play(state, seat, sample(game.legal_moves(state, seat), chance.below), dice)
        yield state


def seen(game: Game, state: Any) -> dict[str, Any]:
    """What the seat that is to move sees of a state; the first one, when it is over."""
    turn = game.to_move(state)
    seat = turn[0] if turn else 0
    moves = game.legal_moves(state, seat) if turn else []
    picks = [list(game.picks(move)) if isinstance(move, str) else None for move in moves]
    legal = {"version": 0, "moves": plain_moves(moves), "picks": picks} if turn else None
    return {"seat": seat, "scene": plain(game.scene(game.view(state, seat))), "legal": legal}


def write(path: Path) -> None:
    """Writes the tables as JSON."""
    path.write_text(json.dumps(tables(), ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    write(GALLERY)
