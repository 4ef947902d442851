"""The playthroughs that are kept are those that the rules give."""

import pytest

from game.rules.game import Game
from tests.rules import playthrough


@pytest.mark.parametrize("game", playthrough.GAMES, ids=lambda game: game.key)
def test_a_playthrough_is_up_to_date(game: Game) -> None:
    kept = playthrough.path(game).read_text(encoding="utf-8")
    assert kept == playthrough.text(game), "if this is meant: python -m tests.rules.playthrough --write"


def test_every_game_has_its_playthrough_and_no_other_is_left() -> None:
    assert sorted(playthrough.FOLDER.rglob("*.txt")) == sorted(playthrough.path(game) for game in playthrough.GAMES)


@pytest.mark.parametrize("game", playthrough.GAMES, ids=lambda game: game.key)
def test_a_playthrough_shows_every_audience_at_every_version(game: Game) -> None:
    lines = playthrough.text(game).splitlines()
    versions = [line for line in lines if line.startswith("version ")]
    seats = playthrough.CHOSEN.get(game.key, (None, game.seats[0]))[1]
    names = ["everyone"] if game.hides_nothing else ["spectators", *(f"seat {seat} " for seat in range(seats))]
    for name in names:
        assert len([line for line in lines if line.startswith(f"  {name}") and "{" in line]) == len(versions)
