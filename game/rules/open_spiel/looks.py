"""How each game looks that has a board. Others that have one in their text show it, and have their moves as buttons."""

from collections.abc import Mapping
from typing import Final

from game.rules.open_spiel import cards, chess, einstein, shogi, xiangqi
from game.rules.open_spiel.fences import DotsAndBoxes, Quoridor
from game.rules.open_spiel.grids import Squares, hexstones, no_lines, stones
from game.rules.open_spiel.hive import Hive
from game.rules.open_spiel.lattices import HEXAGON, STAR, TRIANGLE
from game.rules.open_spiel.look import Look
from game.rules.open_spiel.maedn import Maedn
from game.rules.open_spiel.nim import Nim
from game.rules.open_spiel.pentago import Pentago
from game.rules.open_spiel.pits import MANCALA, OWARE
from game.rules.open_spiel.twixt import Twixt
from game.rules.open_spiel.ultimate import Ultimate
from game.rules.open_spiel.xiangqi import Xiangqi

CHESS: Final = Squares("letters", chess.art, "checker", top=chess.BLACK, picked=chess.picks, rest=chess.without_fen)
KRIEGSPIEL: Final = Squares(
    "letters", chess.art, "checker", top=chess.BLACK, picked=chess.picks, rest=chess.announcements
)
CRAZYHOUSE: Final = Squares(
    "letters", chess.art, "checker", top=chess.BLACK, picked=chess.picks, beside=chess.RESERVES, rest=chess.reserves
)
RBC: Final = Squares("letters", chess.art, "checker", top=chess.BLACK, picked=chess.picks, rest=chess.blind)
SHOGI: Final = Squares(
    art=shogi.art,
    ownership=lambda sign, lines: int(sign.islower()),
    called=shogi.name_of,
    picked=shogi.picks,
    beside=shogi.HAND_ZONES,
    rest=shogi.hands,
)

LOOKS: Mapping[str, Look] = {
    "amazons": Squares("rows_from_1"),
    "antichess": CHESS,
    "banqi": Squares("rows", xiangqi.art, ownership=xiangqi.owner_by_flip, rest=no_lines),
    "breakthrough": Squares("letters", stones, "checker", top=0),
    "bridge": cards.BRIDGE,
    "chinese_checkers": STAR,
    "clobber": Squares("letters", stones, "checker"),
    "crazy_eights": cards.CRAZY_EIGHTS,
    "crazyhouse": CRAZYHOUSE,
    "cribbage": cards.CRIBBAGE,
    "cursor_go": Squares(None, stones, "lines"),
    "dark_chess": CHESS,
    "dark_hex": Squares("letters_down", hexstones, flip=False, hexagonal=True, rest=no_lines),
    "dots_and_boxes": DotsAndBoxes(),
    "einstein_wurfelt_nicht": Squares(flip=False, identified=True, picked=einstein.picks),
    "euchre": cards.PLAIN,
    "gin_rummy": cards.GIN_RUMMY,
    "gomoku": Squares("rows", stones, "lines", rest=no_lines),
    "havannah": HEXAGON,
    "hive": Hive(),
    "kriegspiel": KRIEGSPIEL,
    "latent_ttt": Squares("rows"),
    "lines_of_action": Squares("letters", stones, "checker"),
    "maedn": Maedn(),
    "mancala": MANCALA,
    "mnk": Squares("rows"),
    "nim": Nim(),
    "oh_hell": cards.OH_HELL,
    "oware": OWARE,
    "pentago": Pentago(),
    "phantom_go": Squares("go", stones, "lines"),
    "phantom_ttt": Squares("rows"),
    "quoridor": Quoridor(),
    "rbc": RBC,
    "shogi": SHOGI,
    "skat": cards.SKAT,
    "spades": cards.PLAIN,
    "twixt": Twixt(),
    "ultimate_tic_tac_toe": Ultimate(),
    "xiangqi": Xiangqi(),
    "y": TRIANGLE,
}
USUAL: Final[Look] = Squares()
