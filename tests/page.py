"""What the browser's side has from Python: the messages of the wire, and the vocabulary of tables and scenes.

`python -m tests.page --write` writes both modules.
"""

import argparse
from dataclasses import is_dataclass
from pathlib import Path

from game.rules import table
from protocol import typescript

SOURCES = Path(__file__).parent.parent / "web" / "client" / "src"


def vocabulary_module() -> str:
    """The types of tables and scenes, as `table.plain` makes them: what has its default value is left out."""
    parts = [typescript.MADE]
    things = [thing for thing in vars(table).values() if is_dataclass(thing) and thing.__module__ == table.__name__]
    for thing in things:
        if thing is table.Table:
            parts.append(typescript.alias("Zone", table.Zone))
        assert isinstance(thing, type)
        parts.append(typescript.declaration(thing))
    return "\n".join(parts)


def modules() -> dict[Path, str]:
    """The made modules by their path."""
    return {
        SOURCES / "wire" / "messages.gen.ts": typescript.messages_module(),
        SOURCES / "table" / "vocabulary.gen.ts": vocabulary_module(),
    }


def main() -> None:
    """Says whether the modules are up to date, or makes them so."""
    arguments = argparse.ArgumentParser(description="The made modules of the browser's side.")
    arguments.add_argument("--write", action="store_true", help="write them")
    write = arguments.parse_args().write
    for path, made in modules().items():
        if write:
            path.write_text(made, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != made:
            raise SystemExit(f"{path.name} is not up to date: make records")


if __name__ == "__main__":
    main()
