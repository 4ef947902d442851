"""The page that tells how to write a game is true: its game is played, and its excerpts are the code."""

import re
import sys
from importlib.metadata import EntryPoint
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

from game.rules.catalog import ENTRY_POINTS, load_catalog
from game.rules.contract.check import check_game
from game.rules.contract.playthrough import playthrough
from game.rules.game import Game

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "write-a-game.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
EXCERPTS = [block for block in BLOCKS if block.startswith("# from ")]


@pytest.fixture
def nim(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The game of the page, as a module that its reader has written."""
    file = tmp_path / "nim.py"
    file.write_text(BLOCKS[0], encoding="utf-8")
    spec = spec_from_file_location("nim", file)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "nim", module)
    spec.loader.exec_module(module)
    return module


def test_the_game_of_the_page_keeps_the_contract(nim: ModuleType) -> None:
    assert check_game(nim).matches > 0


def test_the_test_of_the_page_passes(nim: ModuleType) -> None:
    names: dict[str, object] = {}
    exec(BLOCKS[1], names)
    test = names["test_nim_keeps_the_contract"]
    assert callable(test)
    test()


def test_the_game_of_the_page_can_be_published_and_read(nim: ModuleType) -> None:
    catalog = load_catalog([EntryPoint("nim", "nim", ENTRY_POINTS)])
    assert catalog["nim"] is nim
    assert "ended: last_stone_taken" in playthrough(nim, nim.Options(), 2, bytes(32))


@pytest.mark.parametrize("excerpt", EXCERPTS)
def test_an_excerpt_is_what_the_file_says(excerpt: str) -> None:
    first, _, lines = excerpt.partition("\n")
    assert lines in (ROOT / first.removeprefix("# from ")).read_text(encoding="utf-8")


def test_every_question_is_on_the_page() -> None:
    questions = [name for name in vars(Game) if not name.startswith("_")]
    table = PAGE.partition("## The questions")[2].partition("\n## ")[0]
    assert [name for name in questions if f"`{name}" not in table] == []
