"""The adapter's own promises; that its games keep the contract is tested with all others."""

import subprocess
import sys
from typing import Any

import pytest

from game.rules.dice import Dice
from game.rules.game import Game, IllegalMove
from game.rules.open_spiel import game as open_spiel
from game.rules.open_spiel.game import LINES_MAX, whole

BY_NAME: dict[str, Game] = {game.key.removeprefix("open_spiel/"): game for game in open_spiel.games(())}
SEED = bytes(32)


def begin(name: str, seats: int = 2, **options: Any) -> Any:
    game = BY_NAME[name]
    return game.setup(game.Options(**options), seats, Dice(SEED, 0))


def test_nothing_is_loaded_by_making_the_catalogue() -> None:
    """A process that only knows what there is has none of a hundred games in memory."""
    code = (
        "import game.rules.catalog as c, game.rules.open_spiel.state as s; c.load_catalog(); "
        "print(s._loaded.cache_info().currsize)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "0\n"


@pytest.mark.parametrize(
    ("returns", "points"),
    [
        ([1.0, -1.0], (1, -1)),
        ([-1 / 9, 1.0], (-1, 9)),
        ([0.5, -1 / 3], (3, -2)),
        ([-60.00000000000006, 0.0], (-60, 0)),
        ([0.0, 0.0, 0.0], (0, 0, 0)),
    ],
)
def test_points_are_the_returns_made_whole(returns: list[float], points: tuple[int, ...]) -> None:
    assert whole(returns) == points


def test_a_seat_is_shown_its_own_hidden_choice_and_nobody_else_is() -> None:
    game, state = BY_NAME["matrix_pd"], begin("matrix_pd")
    state = game.play(state, 0, "Defect", Dice(SEED, 1))
    assert [game.view(state, audience)["chosen"] for audience in (None, 0, 1)] == ["", "Defect", ""]
    assert "You have chosen: Defect" in [piece.label for piece in game.scene(game.view(state, 0)).pieces]
    assert game.to_move(state) == (1,)


def test_spectators_see_nothing_of_a_hidden_game_until_it_is_over_and_then_all() -> None:
    game, state = BY_NAME["kuhn_poker"], begin("kuhn_poker")
    assert game.view(state, None)["lines"] == ("What the players see is hidden from those who watch, until the end.",)
    for version, move in enumerate(("Bet", "Bet"), 1):
        state = game.play(state, game.to_move(state)[0], move, Dice(SEED, version))
    end = game.outcome(state)
    assert end is not None
    assert end.points in ((2, -2), (-2, 2))
    assert game.view(state, None) == game.view(state, 0) == game.view(state, 1)
    assert game.scene(game.view(state, None)).status.text in ("Player 1 wins", "Player 2 wins")


def test_a_move_that_is_not_on_offer_is_refused() -> None:
    with pytest.raises(IllegalMove, match="Choose one of the moves on offer"):
        BY_NAME["kuhn_poker"].play(begin("kuhn_poker"), 0, "bet", Dice(SEED, 1))


def test_a_match_that_goes_on_for_too_long_is_a_draw(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(open_spiel, "TURNS_MAX", 6)
    game, state = BY_NAME["clobber"], begin("clobber")
    for version in range(1, 7):
        assert game.outcome(state) is None
        seat = game.to_move(state)[0]
        state = game.play(state, seat, str(game.legal_moves(state, seat)[0]), Dice(SEED, version))
    end = game.outcome(state)
    assert end is not None
    assert (end.ending, end.points) == ("too_long", (0, 0))
    assert game.scene(game.view(state, None)).status.text == "It went on for too long: a draw"


def test_options_are_what_openspiel_is_asked_for() -> None:
    game = BY_NAME["clobber"]
    first = game.setup(game.Options(rows=3, columns=4), 2, Dice(SEED, 0))
    assert [len(row) for row in game.view(first, None)["board"]] == [4, 4, 4]  # type: ignore[attr-defined]
    assert BY_NAME["kuhn_poker"].seats == (2, 3, 4, 5, 6, 7, 8, 9, 10)
    assert begin("kuhn_poker", seats=5).seats == 5


def test_a_long_text_fits_on_the_table() -> None:
    game, state = BY_NAME["crazy_eights"], begin("crazy_eights")
    for version in range(1, 400):
        if not game.to_move(state):
            break
        seat = game.to_move(state)[0]
        state = game.play(state, seat, str(game.legal_moves(state, seat)[-1]), Dice(SEED, version))
    assert game.outcome(state) is not None
    assert len(game.view(state, None)["lines"]) == LINES_MAX  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "name", ["antichess", "breakthrough", "chinese_checkers", "crazyhouse", "dark_chess", "kriegspiel", "rbc"]
)
def test_the_side_of_the_first_seat_is_at_the_top_where_it_is_printed_there(name: str) -> None:
    """Then the page turns the board for it, and not for the second seat."""
    game, state = BY_NAME[name], begin(name)
    below = "111" if name == "chinese_checkers" else "a1"
    own = next(piece for piece in game.scene(game.view(state, 1)).pieces if piece.at == below)
    assert own.label.startswith(("White", "Peg of player 2"))
    table = game.table(game.Options())
    assert (table.flip, table.top) == (True, 0)
