"""How each game looks that has a board. Others that have one in their text show it, and have their moves as buttons."""

from collections.abc import Mapping
from typing import Final

from game.rules.open_spiel import chess, shogi
from game.rules.open_spiel.grids import Squares, stones
from game.rules.open_spiel.hive import Hive
from game.rules.open_spiel.lattices import HEXAGON, STAR, TRIANGLE
from game.rules.open_spiel.look import Look
from game.rules.open_spiel.twixt import Twixt
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
    ownership=lambda sign: int(sign.islower()),
    called=shogi.name_of,
    picked=shogi.picks,
    beside=shogi.HAND_ZONES,
    rest=shogi.hands,
)

LOOKS: Mapping[str, Look] = {
    "amazons": Squares("rows_from_1"),
    "antichess": CHESS,
    "banqi": Squares("rows"),
    "breakthrough": Squares("letters", stones, "checker", top=0),
    "chinese_checkers": STAR,
    "clobber": Squares("letters"),
    "crazyhouse": CRAZYHOUSE,
    "cursor_go": Squares(None, stones, "lines"),
    "dark_chess": CHESS,
    "dark_hex": Squares("letters_down"),
    "gomoku": Squares("rows", stones, "lines"),
    "havannah": HEXAGON,
    "hive": Hive(),
    "kriegspiel": KRIEGSPIEL,
    "latent_ttt": Squares("rows"),
    "lines_of_action": Squares("letters", ground="checker"),
    "mnk": Squares("rows"),
    "phantom_go": Squares("go", stones, "lines"),
    "phantom_ttt": Squares("rows"),
    "rbc": RBC,
    "shogi": SHOGI,
    "twixt": Twixt(),
    "xiangqi": Xiangqi(),
    "y": TRIANGLE,
}
USUAL: Final[Look] = Squares()
