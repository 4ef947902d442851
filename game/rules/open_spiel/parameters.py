"""The parameters of OpenSpiel's games as options that a host can choose, with limits.

A yes-or-no parameter is an option, unless it only changes how machines see the game. Numbers and words
are options where limits are known that make a game for people. All others stay as OpenSpiel has them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, make_dataclass
from typing import Annotated, Any, Literal

from annotated_types import Interval

from game.rules.open_spiel.selection import PLAYERS


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number from low to high."""

    low: int
    high: int
    usual: int


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of some words or numbers; the first is usual."""

    words: tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Flag:
    """Yes or no, where the usual is not OpenSpiel's."""

    usual: bool


Choice = Whole | OneOf | Flag

LIMITS: Mapping[str, Mapping[str, Choice]] = {
    "amazons": {"board_size": OneOf((10, 8, 6))},
    "bargaining": {"max_turns": Whole(2, 20, 10)},
    "blotto": {"coins": Whole(3, 12, 10), "fields": Whole(2, 4, 3)},
    "breakthrough": {"columns": Whole(3, 8, 8), "rows": Whole(4, 9, 8)},
    "bridge": {"use_double_dummy_result": Flag(False)},
    "capture_the_flag": {"horizon": Whole(20, 500, 100), "score_limit": Whole(1, 5, 1)},
    "clobber": {"columns": Whole(3, 9, 6), "rows": Whole(3, 9, 5)},
    "coin_game": {"columns": Whole(6, 12, 8), "rows": Whole(6, 12, 8), "episode_length": Whole(5, 60, 20)},
    "coop_box_pushing": {"fully_observable": Flag(True), "horizon": Whole(20, 200, 100)},
    "crazy_eights": {"max_draw_cards": Whole(1, 10, 5)},
    "dark_hex": {
        "num_cols": Whole(3, 8, 4),
        "num_rows": Whole(3, 8, 4),
        "gameversion": OneOf(("cdh", "adh")),
    },
    "dots_and_boxes": {"num_cols": Whole(1, 7, 4), "num_rows": Whole(1, 7, 4)},
    "first_sealed_auction": {"max_value": Whole(3, 20, 10)},
    "gin_rummy": {"knock_card": Whole(0, 10, 10)},
    "gomoku": {"size": Whole(5, 19, 15), "connect": Whole(3, 6, 5)},
    "goofspiel": {
        "num_cards": Whole(3, 13, 13),
        "points_order": OneOf(("random", "descending", "ascending")),
        "returns_type": OneOf(("win_loss", "point_difference", "total_points")),
    },
    "havannah": {"board_size": Whole(4, 10, 6)},
    "laser_tag": {"horizon": Whole(20, 500, 100)},
    "lines_of_action": {"max_game_length": Whole(100, 1000, 400)},
    "markov_soccer": {"horizon": Whole(20, 500, 100)},
    "mnk": {"m": Whole(3, 19, 7), "n": Whole(3, 19, 7), "k": Whole(3, 6, 4)},
    "nim": {"pile_sizes": OneOf(("1;3;5;7", "3;4;5", "1;3;5;7;9"))},
    "oshi_zumo": {"coins": Whole(5, 50, 50), "size": Whole(1, 6, 3), "min_bid": Whole(0, 1, 0)},
    "oware": {"num_seeds_per_house": Whole(2, 6, 4)},
    "phantom_go": {"board_size": Whole(5, 13, 9)},
    "phantom_ttt": {"gameversion": OneOf(("classical", "abrupt"))},
    "pig": {"winscore": Whole(20, 200, 100), "diceoutcomes": Whole(4, 12, 6)},
    "quoridor": {"board_size": OneOf((9, 7, 5))},
    "rbc": {"sense_size": Whole(1, 5, 3)},
    "repeated_leduc_poker": {"num_hands": Whole(1, 10, 5)},
    "sheriff": {"num_rounds": Whole(1, 6, 4), "max_items": Whole(1, 5, 3), "max_bribe": Whole(1, 6, 3)},
    "snake": {"columns": Whole(6, 16, 10), "rows": Whole(6, 16, 10), "horizon": Whole(20, 200, 100)},
    "social_deduction": {"max_rounds": Whole(1, 10, 5)},
    "trade_comm": {"num_items": Whole(2, 10, 5)},
    "twixt": {"board_size": Whole(5, 14, 8)},
    "y": {"board_size": Whole(5, 19, 11)},
}

NO_OPTIONS = frozenset(
    (
        "random_start_player",  # drawn by OpenSpiel itself
        # and what leaves the rules as they are:
        "abstracted",
        "action_mapping",
        "ansi_color_output",
        "egocentric",
        "egocentric_obs_tensor",
        "fully_obs",
        "plain_obs_tensor",
        "suit_isomorphism",
    )
)
"""Yes-or-no parameters that are not for a host to choose."""

FIXED: Mapping[str, Mapping[str, bool | int | str]] = {
    "havannah": {"ansi_color_output": False},
    "twixt": {"ansi_color_output": False},
}
"""Parameters that are never OpenSpiel's usual ones."""

SEATS: Mapping[str, tuple[int, ...]] = {
    "chinese_checkers": (2, 3, 4, 6),
    "coin_game": (2, 3, 4, 5, 6),  # more, with their coins, do not fit on a small board
    "snake": (2, 4),
    "tiny_hanabi": (2,),  # its table of payoffs is for two
    "universal_poker": (2,),  # its blinds and stacks are for two
}
"""The numbers of players, where it is not every number from the fewest to the most that OpenSpiel names."""


def options_of(kind: Any) -> type[Any]:
    """The options of a game: a frozen dataclass whose fields are called like its parameters."""
    fields = [
        (name, hint, field(default=usual))
        for name, given in sorted(kind.parameter_specification.items())
        if (asked := _asked(kind.short_name, name, given)) is not None
        for hint, usual in [asked]
    ]
    return make_dataclass("Options", fields, frozen=True, slots=True)


def seats_of(kind: Any) -> Sequence[int]:
    """The numbers of seats a game can be played with: as many as it may have players, but not one alone."""
    if kind.short_name in SEATS:
        return SEATS[kind.short_name]
    return tuple(range(max(2, kind.min_num_players), kind.max_num_players + 1))


def parameters_of(kind: Any, options: Mapping[str, bool | int | str], seats: int) -> dict[str, Any]:
    """What OpenSpiel is to load a game with."""
    players = [name for name in PLAYERS if name in kind.parameter_specification]
    counted = dict.fromkeys(players[:1], seats) if len(seats_of(kind)) > 1 else {}
    return {**FIXED.get(kind.short_name, {}), **options, **counted}


def _asked(game: str, name: str, given: object) -> tuple[Any, bool | int | str] | None:
    """The type and default of an option; None for a parameter that is none."""
    choice = LIMITS.get(game, {}).get(name)
    if isinstance(choice, Whole):
        return Annotated[int, Interval(ge=choice.low, le=choice.high)], choice.usual
    if isinstance(choice, OneOf):
        return Literal[choice.words], choice.words[0]
    if isinstance(choice, Flag):
        return bool, choice.usual
    if isinstance(given, bool) and name not in NO_OPTIONS and name.isidentifier():
        return bool, given
    return None
