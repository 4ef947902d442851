"""The messages as TypeScript: their types, what may stand in each field, codes, close codes and limits.

`declaration` also does for dataclasses of any other room, so that it need not be known here.
"""

import inspect
import json
from dataclasses import MISSING, fields, is_dataclass
from enum import IntEnum
from types import ModuleType, NoneType, UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin, get_type_hints

from protocol import limits, streaming
from protocol.errors import CloseCode, ProtocolError
from protocol.messages import CLIENT_CODES, SERVER_CODES

MADE: Final = "// Made by `make records` from the Python sources; changed there, never here.\n"
_LIMITS: Final = ("min_length", "max_length", "ge", "lt", "le", "pattern")
_CHECKS: Final = ("anything", "flag", "list", "map", "message", "nil", "number", "oneOf", "or", "text")


def messages_module() -> str:
    """The module of all messages, for the browser's side of the wire."""
    kinds = {**CLIENT_CODES, **SERVER_CODES}
    requests = [kind.__name__ for kind in CLIENT_CODES.values() if "request" in kind._fields]
    servers = [kind.__name__ for kind in SERVER_CODES.values()]
    clients = [kind.__name__ for kind in CLIENT_CODES.values()]
    parts = [
        MADE,
        f"import {{ {', '.join(_CHECKS)} }} from './fields';\n",
        *(_message_type(kind, of_client=code in CLIENT_CODES) for code, kind in kinds.items()),
        _union("Request", requests),
        _union("ClientMessage", clients),
        _union("ServerMessage", servers),
        _table("CLIENT_MESSAGES", CLIENT_CODES),
        _table("SERVER_MESSAGES", SERVER_CODES),
        _enumeration(CloseCode),
        _errors(),
        _constants(limits),
        _constants(streaming),
    ]
    return "\n".join(parts)


def declaration(kind: type[Any]) -> str:
    """An interface with the fields of a dataclass; those with a default may be left out, as its value is known."""
    assert is_dataclass(kind), kind
    hints = get_type_hints(kind, include_extras=True)
    rows = []
    for field in fields(kind):
        optional = not _always(field.name, field.default)
        if optional and field.default is not None:
            rows.append(f"  /** Left out, it is {json.dumps(field.default)}. */")
        rows.append(f"  readonly {field.name}{'?' if optional else ''}: {type_text(hints[field.name], readonly=True)};")
    return "\n".join([_comment(kind), f"export interface {kind.__name__} {{", *rows, "}", ""])


def alias(name: str, kinds: object) -> str:
    """A type of a name for a union of dataclasses."""
    return f"export type {name} = {type_text(kinds)};\n"


def type_text(hint: Any, *, readonly: bool = False) -> str:
    """A Python type as TypeScript writes it. Tuples of one kind are arrays, others keep their places."""
    base, _, _ = taken_apart(hint)
    origin, parts = get_origin(base), get_args(base)
    if origin in (Union, UnionType):
        return " | ".join(dict.fromkeys(type_text(part, readonly=readonly) for part in parts))
    if origin is Literal:
        return " | ".join(_quoted(part) for part in parts)
    if origin is list or (origin is tuple and parts[1:] == (...,)):
        item = type_text(parts[0], readonly=readonly)
        return f"{'readonly ' if readonly else ''}{f'({item})' if ' ' in item else item}[]"
    if origin is tuple:
        return f"{'readonly ' if readonly else ''}[{', '.join(type_text(part) for part in parts)}]"
    if origin is dict:
        return f"Record<string, {type_text(parts[1])}>"
    if isinstance(base, type) and is_dataclass(base):
        return base.__name__
    return {str: "string", int: "number", bool: "boolean", NoneType: "null", Any: "unknown"}[base]


def taken_apart(hint: Any) -> tuple[Any, dict[str, Any], str]:
    """A field's bare type, its limits by name, and its description."""
    if get_origin(hint) is not Annotated:
        return hint, {}, ""
    base, *notes = get_args(hint)
    found: dict[str, Any] = {}
    for constraint in (constraint for note in notes for constraint in note.metadata):
        found |= {name: value for name in _LIMITS if (value := getattr(constraint, name, None)) is not None}
    return base, found, next((note.description for note in notes if note.description), "")


def _message_type(kind: type[Any], *, of_client: bool) -> str:
    rows = []
    for name, hint in get_type_hints(kind, include_extras=True).items():
        optional = of_client and name in kind._field_defaults
        if told := taken_apart(hint)[2]:
            rows.append(f"  /** {told} */")
        rows.append(f"  readonly {name}{'?' if optional else ''}: {type_text(hint)};")
    name = kind.__name__
    return "\n".join([_comment(kind), f"export interface {name} {{", f"  readonly message: '{name}';", *rows, "}", ""])


def _union(name: str, kinds: list[str]) -> str:
    return "\n".join([f"export type {name} =", *(f"  | {kind}" for kind in kinds)]) + ";\n"


def _table(name: str, codes: dict[int, type[Any]]) -> str:
    rows = [f"  {kind.__name__}: message({code}, {{{_checks(kind)}}})," for code, kind in codes.items()]
    return "\n".join([f"export const {name} = {{", *rows, "} as const;", ""])


def _checks(kind: type[Any]) -> str:
    hints = get_type_hints(kind, include_extras=True)
    rows = [f"    {name}: {_check(hint)}," for name, hint in hints.items()]
    return "\n".join(["", *rows, "  "])


def _check(hint: Any) -> str:
    """The call that makes the check of a field's type; the names are those of `fields.ts`."""
    base, found, _ = taken_apart(hint)
    origin, parts = get_origin(base), get_args(base)
    if origin in (Union, UnionType):
        return f"or({', '.join(_check(part) for part in parts)})"
    if origin is Literal:
        return f"oneOf({', '.join(_quoted(part) for part in parts)})"
    if origin is list:
        return f"list({_check(parts[0])}{_most(found)})"
    if origin is dict:
        return f"map({_check(parts[0])}, {_check(parts[1])}{_most(found)})"
    if base is str:
        return f"text({found.get('min_length', 0)}{_most(found)}{_pattern(found)})"
    if base is int:
        most = found.get("le", found["lt"] - 1 if "lt" in found else None)
        return f"number({', '.join(str(end) for end in (found.get('ge'), most) if end is not None)})"
    return {bool: "flag", NoneType: "nil", Any: "anything"}[base]


def _pattern(found: dict[str, Any]) -> str:
    escaped = found.get("pattern", "").replace("/", r"\/")
    return f", /{escaped}/u" if escaped else ""


def _most(found: dict[str, Any]) -> str:
    return f", {found['max_length']}" if "max_length" in found else ""


def _enumeration(kind: type[IntEnum]) -> str:
    rows = [f"  {member.name}: {int(member)}," for member in kind]
    return "\n".join([_comment(kind), f"export const {kind.__name__} = {{", *rows, "} as const;", ""])


def _errors() -> str:
    rows = [f"  {kind.__name__}: {int(kind.close_code)}," for kind in _closing(ProtocolError)]
    return "\n".join(
        [
            "/** The errors that break a conversation, and what it is closed with. */",
            "export const ERRORS = {",
            *rows,
            "} as const;",
            "",
        ]
    )


def _closing(kind: type[ProtocolError]) -> list[type[ProtocolError]]:
    found = [kind] if hasattr(kind, "close_code") else []
    return found + [each for narrower in kind.__subclasses__() for each in _closing(narrower)]


def _constants(module: ModuleType) -> str:
    """The numbers and texts of a module."""
    own = {name: value for name, value in vars(module).items() if module is limits or not hasattr(limits, name)}
    rows = [
        f"export const {name} = {_quoted(value)};"
        for name, value in own.items()
        if name.isupper() and isinstance(value, int | float | str)
    ]
    return "\n".join([*rows, ""])


def _always(name: str, default: object) -> bool:
    """`plain` of the tables leaves out what has its default value, but never these."""
    return default is MISSING or name in ("kind", "v")


def _comment(kind: type[Any]) -> str:
    lines = (inspect.getdoc(kind) or "").split("\n")
    if len(lines) == 1:
        return f"/** {lines[0]} */"
    return "\n".join(["/**", *(f" * {line}".rstrip() for line in lines), " */"])


def _quoted(value: object) -> str:
    return json.dumps(value, ensure_ascii=False).replace('"', "'")
