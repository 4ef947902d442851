"""A game by its key, or from a file that somebody is just writing."""

import sys
import traceback
from difflib import get_close_matches
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import cast

from game.rules.catalog import load_catalog, missing_from
from game.rules.game import Game


class NotFound(Exception):
    """There is no such game, or none in the file; the sentence says what to change."""


def find(name: str) -> Game:
    """The game with this key, or in this file. Raises NotFound, and CatalogError where it is looked up by its key.

    A file is read for itself: that the game, as it is just now, is installed too and spoils the catalogue must
    not keep its author from hearing what is wrong with it.
    """
    path = Path(name)
    if path.suffix != ".py":
        catalog = load_catalog()
        if name in catalog:
            return catalog[name]
        near = get_close_matches(name, catalog) or [key for key in catalog if name in key][:3]
        hint = f"Did you mean {' or '.join(near)}?" if near else "python -m game list shows them."
        raise NotFound(f"There is no game {name!r}. {hint} A game in a file is named with its .py")
    if not path.is_file():
        raise NotFound(f"There is no file {name}.")
    return _loaded(path)


def _loaded(path: Path) -> Game:
    """The module in a file, with its neighbours at hand, as if it were installed."""
    spec = spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise NotFound(f"{path} cannot be read as a Python module.")
    module = module_from_spec(spec)
    sys.path.insert(0, str(path.parent.resolve()))
    sys.modules[path.stem] = module
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        where = line_of(error, path)
        raise NotFound(f"{path} does not run: {type(error).__name__}: {error}{where and f' (in {where})'}") from error
    if missing := missing_from(module):
        told = ", ".join(missing)
        raise NotFound(
            f"{path} is not a game yet: it has no {told}. help(game.rules.game.Game) in Python says what each one answers, "
            f"and docs/write-a-game.md has a whole game{'; try picks = picks_by_button' if 'picks' in missing else ''}"
        )
    return cast("Game", module)


def line_of(error: BaseException, path: Path | None = None) -> str:
    """Where an exception was raised, as `nim.py, line 12: the text there`: the last place of this file, or of all."""
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if path is None or Path(frame.filename).resolve() == path.resolve()
    ]
    return f"{Path(frames[-1].filename).name}, line {frames[-1].lineno}: {frames[-1].line}" if frames else ""
