"""Which of OpenSpiel's games are served, and why the others are not.

Served is what two or more can play, with chance that our dice can draw and texts that say what one sees,
and what no game of the catalogue plays better.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from game.rules.open_spiel.state import registered

PREFIX = "open_spiel/"
"""Before OpenSpiel's name, in a key."""

PLAYED_BETTER: Mapping[str, str] = {
    "backgammon": "backgammon",
    "battleship": "battleship",
    "checkers": "checkers",
    "chess": "chess",
    "connect_four": "connect_four",
    "cursor_go": "go",
    "dark_hex_ir": "open_spiel/dark_hex",
    "go": "go",
    "hearts": "hearts",
    "hex": "hex",
    "liars_dice": "liars_dice",
    "liars_dice_ir": "liars_dice",
    "matrix_rps": "rock_paper_scissors",
    "nine_mens_morris": "nine_mens_morris",
    "othello": "reversi",
    "phantom_ttt_ir": "open_spiel/phantom_ttt",
    "tic_tac_toe": "tic_tac_toe",
    "yacht": "yacht",
}
"""The key of the game that takes a game's place, in a catalogue that has it."""

UNFIT: Mapping[str, str] = {
    "colored_trails": "it takes the best part of a second to load, and would hold up all other matches",
    "dou_dizhu": "its texts do not show the bids and the cards that are to be beaten: what is legal is a riddle",
}
"""Games that the contract, or the clock, has found wanting."""

PLAYERS = ("players", "num_players", "numPlayers")
"""How a game's parameter for the number of players may be called."""


def selected(taken: Collection[str]) -> Iterator[Any]:
    """What OpenSpiel says of each game that is served beside the games with these keys."""
    for kind in registered():
        better = PLAYED_BETTER.get(kind.short_name, "")
        if objection(kind) is None and better not in taken and not better.startswith(PREFIX):
            yield kind


def objection(kind: Any) -> str | None:
    """Why a game cannot be served in any catalogue; None when it can."""
    if kind.dynamics.name == "MEAN_FIELD":
        return "it is about a crowd, not about seats (mean field)"
    if not kind.default_loadable:
        return "it is made of another game or of a file, which it must be given"
    if kind.max_num_players < 2 or players_by_default(kind) == 1:
        return "it is for one player"
    if kind.chance_mode.name == "SAMPLED_STOCHASTIC":
        return "it draws chance by itself, which no record could repeat"
    if not (kind.provides_observation_string or kind.provides_information_state_string):
        return "it has no text for what a player sees"
    return UNFIT.get(kind.short_name)


def players_by_default(kind: Any) -> int | None:
    """How many play when nobody says how many; None where that is fixed or not a parameter."""
    given = (kind.parameter_specification.get(name) for name in PLAYERS)
    return next((players for players in given if players is not None), None)


def fate(kind: Any) -> str:
    """One line: that a game is served, or what stands against it."""
    if reason := objection(kind):
        return f"out: {reason}"
    better = PLAYED_BETTER.get(kind.short_name)
    return "in" if better is None else f"out where the catalogue has {better}, which plays the same rules better"
