"""Words for what OpenSpiel's own do not say: where on the board a move is made, or what lies there."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from game.rules.open_spiel import chess, einstein, hive, maedn, shogi, twixt, xiangqi

NAMERS: Mapping[str, Callable[[Any, int, Mapping[str, int]], Sequence[str]]] = {
    "antichess": chess.names,
    "crazyhouse": chess.names,
    "dark_chess": chess.names,
    "einstein_wurfelt_nicht": einstein.names,
    "hive": hive.names,
    "maedn": maedn.names,
    "rbc": chess.names_of_senses,
    "shogi": shogi.names,
    "xiangqi": xiangqi.names,
}
"""From OpenSpiel's state, a seat, and its moves in OpenSpiel's words with their actions: a name for each, in the same order.

Two that are one and the same move get the same name.
"""

PRINTERS: Mapping[str, Callable[[Any], str]] = {"hive": hive.printed, "twixt": twixt.printed}
"""From OpenSpiel's state, all of it as a text."""
