"""The package in `examples/nim`, installed beside Parlour, is on a server's list and is played over real sockets."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest

from tests.server import ServerProcess

EXAMPLE = Path(__file__).parents[2] / "examples" / "nim"
PAGE = Path(__file__).parents[2] / "docs" / "write-a-game.md"


def python(*arguments: str, folder: Path | None = None) -> str:
    """What a command of Python says; it must end well."""
    done = subprocess.run([sys.executable, *arguments], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_an_installed_package_adds_its_game(
    tmp_path: Path, start_server: Callable[..., ServerProcess], monkeypatch: pytest.MonkeyPatch
) -> None:
    source, installed = copytree(EXAMPLE, tmp_path / "source"), tmp_path / "installed"
    offline = ("--no-deps", "--no-build-isolation", "--no-index", "--disable-pip-version-check")
    python("-m", "pip", "install", "--quiet", *offline, "--target", str(installed), str(source))
    monkeypatch.setenv("PYTHONPATH", str(installed))
    assert [line.split()[0] for line in python("-m", "game", "list").splitlines()][-2] == "nim"
    server = start_server("memory:")
    said = python("-m", "bots", "play", "--url", server.url, "--game", "nim", "--matches", "4", "--seed", "1")
    assert "nim" in said
    assert "✓ contract" in python("-m", "game", "check", "nim", "--seconds", "0.1")


def test_its_game_is_the_one_of_the_page() -> None:
    assert (EXAMPLE / "nim.py").read_text(encoding="utf-8") in PAGE.read_text(encoding="utf-8")
