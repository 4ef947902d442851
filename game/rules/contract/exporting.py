"""A match can be written in each format of its game, wherever it was given up."""

import re
from collections.abc import Sequence

from game.rules.contract.position import ContractBroken, Position, asked, require
from game.rules.exports import Export, Played, exports_of
from game.rules.game import Outcome

DATE = "2000-02-29"
MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]+")


def check_exports(last: Position, moves: Sequence[tuple[int, str]]) -> None:
    """The match that has come to its end by these moves, all of it and given up half-way, in each format."""
    for name, export in exports_of(last.game).items():
        known = re.fullmatch("[a-z0-9]{1,16}", name) is not None and MEDIA_TYPE.fullmatch(export.media_type) is not None
        require(known, f"exports has {name!r} as {export.media_type!r}: name it like 'pgn' and give its media type")
        outcome = last.outcome()
        if outcome is None:
            raise ContractBroken("the match is not over")
        _check_export(name, export, _played(last, moves, outcome))
        given_up = Outcome("resigned", (1, *(-1 for _ in range(last.seats - 1))))
        _check_export(name, export, _played(last, moves[: len(moves) // 2], given_up))
        _check_export(name, export, _played(last, (), given_up))


def _played(last: Position, moves: Sequence[tuple[int, str]], outcome: Outcome) -> Played:
    names = tuple(f'Player "{seat}" [\\]' for seat in range(last.seats))
    return Played(last.options, names, tuple(moves), outcome, DATE)


def _check_export(name: str, export: Export, played: Played) -> None:
    text = asked(f"exports[{name!r}]", lambda: export.write(played))
    require(
        type(text) is str and text.endswith("\n"), f"exports[{name!r}] gives {text!r:.40}: text, with its last newline"
    )
    require(
        text == export.write(played), f"exports[{name!r}] gives another text the second time: keep no state outside"
    )
