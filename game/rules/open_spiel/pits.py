"""Boards of pits with seeds: mancala and oware. The first player's pits are the lower ones, and a store is at each one's right."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from game.rules.open_spiel.boards import Board
from game.rules.open_spiel.look import Shown
from game.rules.table import Grid, Piece, Zone, square

PITS = 6
"""Of each player."""
STORES = ("h1", "a2")
Counts = tuple[list[str], list[str], list[str]]
"""The upper pits from the left, the lower ones, and the stores of the first and of the second player."""


@dataclass(frozen=True, slots=True)
class Pits:
    """How the seeds are read, and which pit a move is."""

    counted: Callable[[Sequence[str]], Counts]
    pit: Callable[[str], str]
    flip: bool = True
    top: int = 1

    def read(self, lines: Sequence[str]) -> tuple[Board | None, list[str]]:
        upper, lower, stores = self.counted(lines)
        return (tuple(upper), tuple(lower), tuple(stores)), []

    def zones(self, board: Board) -> tuple[Zone, ...]:
        return (Grid("board", PITS + 2, 2, look="holes"),)

    def shown(self, board: Board, lines: Sequence[str]) -> Shown:
        upper, lower, stores = board
        pits = [
            _seeds(square(at + 1, rank), count, rank)
            for rank, counts in enumerate((lower, upper))
            for at, count in enumerate(counts)
        ]
        return Shown(
            [*pits, *(_seeds(at, count, seat, "in the store") for seat, (at, count) in enumerate(zip(STORES, stores)))],
            lines,
        )

    def picks(self, move: str) -> Sequence[str]:
        return (self.pit(move),)


def _seeds(at: str, count: str, seat: int, where: str = "in the pit") -> Piece:
    return Piece(
        at, at, f"text:{count}", f"{count} {'seed' if count == '1' else 'seeds'} {where} of player {seat + 1}", seat
    )


def _mancala(lines: Sequence[str]) -> Counts:
    upper, stores, lower, *_ = (re.findall(r"\d+", line) for line in lines)
    return upper, lower, stores[::-1]


def _mancala_pit(move: str) -> str:
    """1 to 6 are the lower ones from the left, 8 to 13 the upper ones from the right."""
    number = int(move)
    return square(number, 0) if number <= PITS else square(2 * PITS + 2 - number, 1)


def _oware(lines: Sequence[str]) -> Counts:
    rows = [re.findall(r"\d+", line) for line in lines if re.fullmatch(r"[\d ]+", line)]
    scores = {found[1]: found[2] for line in lines if (found := re.match(r"player (\d) score = (\d+)", line))}
    return rows[0], rows[1], [scores["0"], scores["1"]]


def _oware_pit(move: str) -> str:
    """A to F are the lower ones from the left, a to f the upper ones from the right."""
    at = "ABCDEF".find(move)
    return square(at + 1, 0) if at >= 0 else square(PITS - "abcdef".index(move), 1)


MANCALA = Pits(_mancala, _mancala_pit)
OWARE = Pits(_oware, _oware_pit)
