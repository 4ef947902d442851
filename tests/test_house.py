"""The rules of the house that no linter knows."""

import ast
import re
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("game", "protocol", "bots", "web", "tests")
SERVER = ("web", "bots", "protocol")
NOT_NAMES = {"utils", "helpers", "common", "manager", "service", "base", "impl", "core", "misc", "data"}

MODULES = sorted(path.relative_to(ROOT) for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


def imports(module: Path) -> Iterator[str]:
    """The dotted names that a module imports, wherever in it: `from a import b` is `a.b`."""
    for node in ast.walk(ast.parse((ROOT / module).read_text())):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{name.name}" for name in node.names)


def ours() -> list[str]:
    """The names at the top of the tree that are kept in it."""
    ignored = [line.rstrip("/") for line in (ROOT / ".gitignore").read_text().split()] + [".git"]
    return sorted(path.name for path in ROOT.iterdir() if not any(fnmatch(path.name, pattern) for pattern in ignored))


def test_modules_are_found() -> None:
    assert {Path("game/matches/match.py"), Path("tests/test_house.py")} <= set(MODULES)


@pytest.mark.parametrize("name", ours())
def test_every_name_at_the_top_is_in_the_readme(name: str) -> None:
    assert re.search(rf"^{re.escape(name)}/?\s+\S", (ROOT / "README.md").read_text(), re.MULTILINE)


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_no_module_or_folder_has_a_name_that_says_nothing(module: Path) -> None:
    assert not NOT_NAMES.intersection(module.with_suffix("").parts)


@pytest.mark.parametrize("module", [path for path in MODULES if path.parts[0] in SERVER], ids=str)
def test_only_game_holds_a_match(module: Path) -> None:
    assert not {"game.matches.match", "game.matches.match.Match"}.intersection(imports(module))


@pytest.mark.parametrize("test", [path for path in MODULES if path.parts[0] == "tests"], ids=str)
def test_a_folder_of_tests_mirrors_one_of_the_tree(test: Path) -> None:
    folders = {folder for module in MODULES if module.parts[0] != "tests" for folder in module.parts[:-1]}
    assert set(test.parts[1:-1]) <= folders | {"benchmarks", "browser", "network", "simulation"}


def test_the_lock_names_no_address_and_no_place_on_a_machine() -> None:
    assert not re.search(r"[/@]|^\s*-(?!-hash)", (ROOT / "requirements.lock").read_text(), re.MULTILINE)


def test_every_dependency_is_locked_with_hashes() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = [
        *project["dependencies"],
        *(name for extra in project["optional-dependencies"].values() for name in extra),
    ]
    locked = dict(
        re.findall(
            r"^([a-z0-9-]+)==\S+ \\\n\s+(--hash=sha256:\S+)", (ROOT / "requirements.lock").read_text(), re.MULTILINE
        )
    )
    assert not {re.split(r"[>=<]", each)[0] for each in wanted} - set(locked)


def refusals() -> Iterator[str]:
    """The codes of all refusals that the server makes."""
    served = [module for module in MODULES if module.parts[0] in ("game", "web")]
    for node in (node for module in served for node in ast.walk(ast.parse((ROOT / module).read_text()))):
        match node:
            case ast.Call(func=ast.Name("Refusal"), args=[ast.Constant(code), *_]):
                yield str(code)


def test_every_refusal_is_in_the_description_of_the_wire() -> None:
    """Programs rely on the codes, so each is documented; and none that is documented has gone."""
    table = (ROOT / "protocol/README.md").read_text().partition("## Refusals")[2].partition("\n## ")[0]
    named = {code for row in re.findall(r"^\| (`.*?) \|", table, re.MULTILINE) for code in re.findall(r"`(\w+)`", row)}
    assert named == {*refusals(), "no_such_match", "no_such_lobby", "slow_down"}
