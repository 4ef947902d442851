"""The list of OpenSpiel's games, each in or out: `python -m tests.rules.open_spiel.selection --write` writes it anew."""

import sys
from pathlib import Path

from game.rules.open_spiel.selection import fate
from game.rules.open_spiel.state import registered

LIST = Path(__file__).parent / "selection.txt"


def text() -> str:
    """One line for each game that OpenSpiel has."""
    return "".join(f"{kind.short_name:<32}{fate(kind)}\n" for kind in registered())


if __name__ == "__main__":
    if sys.argv[1:] != ["--write"]:
        sys.exit("usage: python -m tests.rules.open_spiel.selection --write")
    LIST.write_text(text(), encoding="utf-8", newline="\n")
