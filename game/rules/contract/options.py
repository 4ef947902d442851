"""The options of a game: flat, with defaults and with limits."""

from collections.abc import Iterable, Sequence
from dataclasses import MISSING, Field, fields
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

from annotated_types import Ge, GroupedMetadata, Gt, Le, Lt, MaxLen

from game.rules.contract.position import ContractBroken, frozen, require
from game.rules.game import Game

LOWS = ((Ge, "ge", 0), (Gt, "gt", 1))
HIGHS = ((Le, "le", 0), (Lt, "lt", -1))


def option_sets(game: Game) -> Sequence[Any]:
    """The defaults; then each field at its ends, the others by default; then all at their low or high ends.

    Combinations that the options themselves refuse, with a ValueError, are left out. Raises
    ContractBroken for options that the form in the browser could not ask for.
    """
    kind = game.Options
    require(frozen(kind), "Options must be a dataclass with frozen=True")
    ends = {field.name: _ends(field, hint) for field, hint in zip(fields(kind), _hints(kind))}
    chosen = [{}, *({name: end} for name, pair in ends.items() for end in pair)]
    chosen += [{name: pair[at] for name, pair in ends.items()} for at in (0, -1)]
    made = [_made(kind, choice) for choice in chosen]
    require(made[0] is not None, "Options() must be possible: the defaults go together")
    return list(dict.fromkeys(options for options in made if options is not None))


def _made(kind: Any, choice: dict[str, object]) -> Any:
    try:
        return kind(**choice)
    except ValueError as error:
        require(str(error) != "", f"Options refuses {choice} without a sentence: give the ValueError one")
        return None


def _hints(kind: Any) -> Iterable[Any]:
    hints = get_type_hints(kind, include_extras=True)
    return [hints[field.name] for field in fields(kind)]


def _ends(field: "Field[Any]", hint: Any) -> Sequence[object]:
    name = f"Options.{field.name}"
    require(field.default is not MISSING, f"{name} needs a default")
    bare, *notes = get_args(hint) if get_origin(hint) is Annotated else (hint,)
    flat = [part for note in notes for part in (note if isinstance(note, GroupedMetadata) else [note])]
    if bare is bool:
        return (False, True)
    if get_origin(bare) is Literal:
        require(all(type(word) in (str, int, bool) for word in get_args(bare)), f"{name} may be text, int or bool")
        return get_args(bare)
    if bare is int:
        lows = [getattr(note, end) + by for kind, end, by in LOWS for note in flat if isinstance(note, kind)]
        highs = [getattr(note, end) + by for kind, end, by in HIGHS for note in flat if isinstance(note, kind)]
        require(bool(lows and highs), f"{name} needs both ends: Annotated[int, Interval(ge=…, le=…)]")
        return (max(lows), min(highs))
    if bare is str:
        require(any(isinstance(note, MaxLen) for note in flat), f"{name} needs a limit: Annotated[str, MaxLen(…)]")
        return (field.default,)
    raise ContractBroken(f"{name} must be an int, a bool, a str or a Literal; it is {bare!r}")
