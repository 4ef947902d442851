"""`python -m game`: what it checks, what it tells to change, what it writes, what it lists."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from game import __main__ as command
from game.__main__ import Frames, app
from game.rules import liars_dice
from game.rules.catalog import Catalog, CatalogError, load_catalog
from game.workshop import finding
from game.workshop.figures import Figures, advice
from protocol.limits import FRAME_BYTES_MAX

Run = Callable[..., tuple[int, str]]
QUICK = ("--seeds", "1", "--seconds", "0.1")


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """`python -m game …` in an empty folder: how it ended, and what it said."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.setattr(sys, "modules", dict(sys.modules))

    def run(*arguments: str) -> tuple[int, str]:
        result = CliRunner().invoke(app, list(arguments))
        return result.exit_code, result.output

    return run


def test_a_sound_game_is_told_its_figures(run: Run) -> None:
    ended, said = run("check", "tic_tac_toe", "liars_dice", *QUICK)
    assert ended == 0, said
    assert [line.split()[1] for line in said.splitlines() if line.startswith("✓")] == 2 * [
        "contract", "secrets", "speed", "view", "update", "frame",
    ]  # fmt: skip
    assert "none: everybody sees the same" in said


def test_a_new_game_passes_its_check_and_its_test_at_once(run: Run, tmp_path: Path) -> None:
    ended, said = run("new", "last_one")
    assert ended == 0, said
    assert sorted(path.name for path in tmp_path.iterdir()) == ["last_one.py", "pyproject.toml", "test_last_one.py"]
    ended, said = run("check", "last_one.py", *QUICK)
    assert ended == 0, said
    assert "Last one (last_one)" in said
    command = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:asyncio")
    tested = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert tested.returncode == 0, tested.stdout


def test_nothing_is_written_over(run: Run, tmp_path: Path) -> None:
    run("new", "last_one")
    (tmp_path / "last_one.py").write_text("mine")
    assert run("new", "last_one") == (2, "✗ last_one.py is there already: choose another name, or another folder.\n")
    assert (tmp_path / "last_one.py").read_text() == "mine"
    ended, said = run("new", "first_one")
    assert ended == 0
    assert (
        'Add first_one = "first_one" under [project.entry-points."parlour.games"], and "first_one" to py-modules'
        in said
    )


@pytest.mark.parametrize(
    ("name", "why"), [("Last One", "cannot name a module"), ("chess", "There is a game chess already")]
)
def test_a_name_that_does_not_do_is_refused(run: Run, name: str, why: str) -> None:
    ended, said = run("new", name)
    assert ended == 2
    assert why in said


MISTAKES = {
    "an option is misspelt": ("options.counters", "options.counter", 1, "line 55: return State(options.counter, 0)"),
    "it does not run": ("MOST = 3", "MOST = three", 2, "NameError: name 'three' is not defined (in game_in_work.py, line 28: MOST = three)"),
    "it is no Python": ("def outcome(", "def outcome[", 2, "SyntaxError"),
    "a question has no answer": ("def outcome(", "def ending(", 2, "it has no outcome. help(game.rules.game.Game)"),
    "a move is accepted that is not listed": ("if move not in legal_moves(state, seat):", "if not state:", 1, "play accepts 'take 2 '"),
    "a piece has no label": ('f"Counter {n + 1}")', '"")', 1, "has no label: say what a screen reader says"),
    "a view has a fraction": ('"left": state.left', '"left": state.left / 1', 1, "has a float"),
    "the points are missing": ("(1, -1) if winner == 0 else (-1, 1)", "()", 1, "one whole number for each of 2 seats"),
    "seats is a number": ("seats: Final = (2,)", "seats: Final = 2", 1, "seats is 2: write a tuple, as (2,)"),
    "a picture is none": ('"stone:0"', "None", 1, "the piece 'counter 0' has None for its art: give text"),
    "a state can be changed": ("@dataclass(frozen=True, slots=True)\nclass State", "@dataclass\nclass State", 1, "State can be changed: write @dataclass(frozen=True"),
    "a legal move breaks the rules": ("return State(state.left - taken, 1 - seat)", "return dataclasses.replace(state, bogus=1)", 1, "legal_moves lists that move, so it must be playable"),
    "an option has no ends": ("Annotated[int, Interval(ge=5, le=40)]", "int", 1, "Options.counters needs both ends"),
    "the key is no key": ('key: Final = "game_in_work"', 'key: Final = "Game"', 1, "use small letters"),
}  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "ends", "told"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_in_a_file_is_told_with_what_to_change(
    run: Run, tmp_path: Path, right: str, wrong: str, ends: int, told: str
) -> None:
    run("new", "game_in_work")
    file = tmp_path / "game_in_work.py"
    text = file.read_text()
    assert right in text
    file.write_text(text.replace(right, wrong))
    ended, said = run("check", "game_in_work.py", *QUICK)
    assert ended == ends, said
    assert told in said
    assert "✗" in said
    assert "Traceback" not in said


def test_a_file_is_checked_though_the_catalogue_is_spoilt(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """As it is when the game that somebody writes is installed, and just now is none."""
    run("new", "last_one")

    def spoilt() -> Catalog:
        raise CatalogError("last_one is not a game: it has no picks")

    monkeypatch.setattr(finding, "load_catalog", spoilt)
    assert run("check", "last_one.py", *QUICK)[0] == 0
    assert run("check", "last_one") == (2, "✗ last_one is not a game: it has no picks\n")


def test_a_game_that_is_not_there_is_looked_for(run: Run) -> None:
    assert run("check", "connect_for") == (
        2, "✗ There is no game 'connect_for'. Did you mean connect_four? A game in a file is named with its .py\n",
    )  # fmt: skip
    assert run("check", "nim.py") == (2, "✗ There is no file nim.py.\n")


def test_a_crash_is_told_by_the_line_of_the_game_and_not_of_what_it_called(run: Run, tmp_path: Path) -> None:
    run("new", "last_one")
    file = tmp_path / "last_one.py"
    file.write_text(
        file.read_text()
        .replace("import dataclass\n", "import dataclass, replace\n")
        .replace("return State(state.left - taken, 1 - seat)", "return replace(state, bogus=1)")
    )
    ended, said = run("check", "last_one.py", *QUICK)
    assert ended == 1
    assert "raised in last_one.py, line" in said
    assert ": return replace(state, bogus=1)" in said


def test_a_hidden_game_without_a_disguise_is_told_that_little_was_tried(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(liars_dice, "disguise")
    ended, said = run("check", "liars_dice", *QUICK)
    assert ended == 0
    assert "✓ secrets" not in said
    assert "! secrets" in said
    assert "disguise(state, seat, dice)" in said


def test_a_broken_game_does_not_hide_the_others(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    games = load_catalog()
    wrong = CatalogError("cheat (entry point 'cheat' of the package pig) could not be loaded")
    monkeypatch.setattr(command, "sound_games", lambda: (games, [wrong]))
    ended, said = run("list")
    assert ended == 1
    assert f"{len(games)} games" in said
    assert f"✗ {wrong}. Until that is mended, no server starts." in said


def test_every_game_is_listed(run: Run) -> None:
    ended, said = run("list")
    assert ended == 0
    lines = said.splitlines()
    assert [line.split()[0] for line in lines[1:-1]] == list(load_catalog())
    assert lines[-1] == f"{len(load_catalog())} games"
    assert "liars_dice" in said
    assert "2 to 6" in next(line for line in lines if line.startswith("liars_dice"))


def test_what_is_too_slow_or_too_large_is_said() -> None:
    wire = Frames()
    fine = Figures(moves=1000, seconds=1.0, updates=1000, update_bytes=20_000, frame_bytes_max=FRAME_BYTES_MAX)
    assert advice(fine, wire) == ([], [])
    poor = Figures(
        moves=100,
        seconds=1.0,
        updates=10,
        update_bytes=10_000,
        frame_bytes_max=FRAME_BYTES_MAX + 1,
        largest="a whole view",
    )
    must, better = advice(poor, wire)
    assert "a whole view has 65537 bytes, and 65536 is the most that is sent" in must[0]
    assert "100 moves a second" in better[0]
    assert "1000 bytes on average" in better[1]
