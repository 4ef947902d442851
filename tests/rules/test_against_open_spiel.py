"""Random games, replayed step by step in OpenSpiel: the same moves, the same end, the same returns.

`python -m tests.rules.test_against_open_spiel 1000` plays so many of each, for as long as that takes.
"""

import re
import sys
from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import Any, NamedTuple

import pyspiel
import pytest

from game.rules import checkers, chess, connect_four, go, hex, nine_mens_morris, reversi, tic_tac_toe
from game.rules.dice import Dice
from game.rules.game import Game

NO_CHANCE = Dice(b"", 0)

Actions = Sequence[int]


class Pair(NamedTuple):
    """One of our games and theirs. `text` says the actions of one turn, each with the state before it, as our move."""

    game: Game
    theirs: str
    text: Callable[[Sequence[tuple[Any, int]]], str]
    games: int = 60
    options: Mapping[str, object] = {}
    seats: tuple[int, ...] = (0, 1)
    """Whom they call player 0 and 1."""
    only_ours: tuple[str, ...] = ()
    """Endings by rules that they do not have."""
    only_theirs: bool = False
    """Whether they may call it a draw where we go on."""
    superko: bool = False
    """Whether what they call a draw, because the position was there before, is forbidden here."""
    in_steps: bool = False
    """Whether what is one move here is several there."""


def tic_tac_toe_move(turn: Sequence[tuple[Any, int]]) -> str:
    """OpenSpiel counts the squares from the top left, by rows."""
    ((_, action),) = turn
    return "abc"[action % 3] + str(3 - action // 3)


def connect_four_move(turn: Sequence[tuple[Any, int]]) -> str:
    ((_, action),) = turn
    return str(action + 1)


def chess_move(turn: Sequence[tuple[Any, int]]) -> str:
    ((state, action),) = turn
    lan: str = pyspiel.chess.action_to_move(action, state.board()).to_lan()
    return lan


def reversi_move(turn: Sequence[tuple[Any, int]]) -> str:
    """They count the ranks from the top; the board is the same either way up."""
    ((_, action),) = turn
    return "pass" if action == 64 else "abcdefgh"[action % 8] + str(action // 8 + 1)


def hex_move(turn: Sequence[tuple[Any, int]]) -> str:
    ((state, action),) = turn
    text: str = state.action_to_string(action)
    return text


def go_move(turn: Sequence[tuple[Any, int]]) -> str:
    """They leave out the letter i."""
    ((state, action),) = turn
    text: str = state.action_to_string(action).split(" ")[1]
    return "pass" if text == "PASS" else "abcdefghijklmnopqrs"["abcdefghjklmnopqrst".index(text[0])] + text[1:]


def checkers_move(turn: Sequence[tuple[Any, int]]) -> str:
    """Each jump is an action of its own."""
    texts = [state.action_to_string(action) for state, action in turn]
    if abs(ord(texts[0][0]) - ord(texts[0][2])) == 1:
        return str(texts[0])
    return "x".join([texts[0][:2], *(text[2:] for text in texts)])


def morris_move(turn: Sequence[tuple[Any, int]]) -> str:
    """They count the sites from the top left, by rows; taking a man is an action of its own."""
    texts = [state.action_to_string(action) for state, action in turn]
    sites = ["".join(nine_mens_morris.SITES[int(number)] for number in re.findall("[0-9]+", text)) for text in texts]
    return "x".join(sites)


PAIRS = [
    Pair(tic_tac_toe, "tic_tac_toe", tic_tac_toe_move),
    Pair(connect_four, "connect_four", connect_four_move),
    Pair(chess, "chess", chess_move, 30, seats=(1, 0)),
    Pair(go, "go(board_size=9)", go_move, 60, {"size": 9}, superko=True),
    Pair(go, "go(board_size=19)", go_move, 3, superko=True),
    Pair(reversi, "othello", reversi_move, 200),
    Pair(
        checkers,
        "checkers",
        checkers_move,
        60,
        only_ours=("threefold_repetition", "forty_moves"),
        only_theirs=True,
        in_steps=True,
    ),
    Pair(hex, "hex(swap=true)", hex_move, 100),
    Pair(hex, "hex(board_size=5)", hex_move, 200, {"size": 5, "swap": False}),
    Pair(
        nine_mens_morris,
        "nine_mens_morris",
        morris_move,
        60,
        only_ours=("threefold_repetition", "fifty_moves"),
        only_theirs=True,
        in_steps=True,
    ),
]


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.theirs)
def test_random_games_are_the_same_step_by_step(pair: Pair) -> None:
    for seed in range(pair.games):
        compare(pair, Random(seed))


def compare(pair: Pair, chance: Random) -> None:
    """Plays one random game on both sides."""
    game = pair.game
    ours, theirs = (
        game.setup(game.Options(**pair.options), 2, NO_CHANCE),
        pyspiel.load_game(pair.theirs).new_initial_state(),
    )
    while turn := game.to_move(ours):
        (seat,) = turn
        if theirs.is_terminal() and pair.only_theirs:
            assert theirs.returns() == [0, 0]
            return
        assert theirs.current_player() == pair.seats[seat]
        moves = turns_of(pair, theirs)
        listed = sorted(map(str, game.legal_moves(ours, seat)))
        for text in set(moves).difference(listed) if pair.superko else ():
            assert theirs.child(*moves.pop(text)).returns() == [0, 0]
        assert listed == sorted(moves)
        chosen = chance.choice(sorted(moves))
        ours = game.play(ours, seat, chosen, NO_CHANCE)
        for action in moves[chosen]:
            theirs.apply_action(action)
    outcome = game.outcome(ours)
    assert outcome is not None
    if outcome.ending not in pair.only_ours:
        assert theirs.is_terminal()
        assert tuple(theirs.returns()[player] for player in pair.seats) == outcome.points


def turns_of(pair: Pair, theirs: Any) -> dict[str, Actions]:
    """Every turn of the player to move, as our text and as their actions: as many as come before another player's."""
    turns: dict[str, Actions] = {}
    open_turns: list[list[tuple[Any, int]]] = [[(theirs, action)] for action in theirs.legal_actions()]
    while open_turns:
        turn = open_turns.pop()
        after = turn[-1][0].child(turn[-1][1]) if pair.in_steps else None
        if after is not None and not after.is_terminal() and after.current_player() == theirs.current_player():
            open_turns += [[*turn, (after, action)] for action in after.legal_actions()]
        else:
            turns[pair.text(turn)] = [action for _, action in turn]
    return turns


if __name__ == "__main__":
    for each in PAIRS:
        for number in range(int(sys.argv[1])):
            compare(each, Random(f"{number}"))
        print(f"{each.theirs}: {sys.argv[1]} games are the same")
