"""The made parts of `protocol/README.md`: what stands in the code already is not written twice.

`python -m tests.protocol.readme --write` writes what stands between `<!-- made: … -->` and `<!-- end -->`.
"""

import argparse
import ast
import inspect
import json
import re
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import protocol.errors
import protocol.limits
from protocol.errors import CloseCode, ProtocolError
from protocol.messages import CLIENT_CODES, SERVER_CODES, OptionValue
from protocol.streaming import (
    BEAT,
    EVENTS_TYPE,
    FRAMES_PATH,
    NAME_HEADER,
    NUMBER_HEADER,
    STREAM_PATH,
    bodies,
    carried,
    closed,
    opened,
)
from tests.protocol.transcripts import Json, patches, short_match

README = Path(protocol.errors.__file__).with_name("README.md")
LIMITS = ("max_length", "min_length", "ge", "gt", "le", "lt", "pattern")


def sections() -> dict[str, str]:
    """The made parts by name."""
    return {
        "client messages": _messages(CLIENT_CODES),
        "server messages": _messages(SERVER_CODES),
        "close codes": _close_codes(),
        "limits": _limits(),
        "patches": _patches(),
        "short match": _short_match(),
        "stream": _stream(),
    }


def up_to_date(text: str) -> str:
    """The README with its made parts made anew."""
    for name, section in sections().items():
        between = re.compile(rf"(<!-- made: {name} -->\n).*?(<!-- end -->)", re.DOTALL)
        text, found = between.subn(lambda part, section=section: f"{part[1]}\n{section}\n\n{part[2]}", text)  # type: ignore[misc]
        assert found == 1, f"{name} stands {found} times in {README.name}"
    return text


def taken_apart(hint: Any) -> tuple[Any, dict[str, Any], str]:
    """A field's bare type, its limits by name, and its description."""
    if get_origin(hint) is not Annotated:
        return hint, {}, ""
    base, *notes = get_args(hint)
    limits: dict[str, Any] = {}
    for constraint in (constraint for note in notes for constraint in note.metadata):
        limits |= {name: value for name in LIMITS if (value := getattr(constraint, name, None)) is not None}
    return base, limits, next((note.description for note in notes if note.description), "")


def _messages(codes: dict[int, type[Any]]) -> str:
    return "\n\n".join(_message(code, kind) for code, kind in codes.items())


def _message(code: int, kind: type[Any]) -> str:
    hints = get_type_hints(kind, include_extras=True)
    rows = [
        f"| {at} | `{name}` | {_kind(hint)} | {_description(hint)} |"
        for at, (name, hint) in enumerate(hints.items(), 1)
    ]
    told = inspect.getdoc(kind)
    return "\n".join(
        [f"#### {code} {kind.__name__}", "", f"{told}", "", "| | field | type | |", "|---|---|---|---|", *rows]
    )


def _kind(hint: Any) -> str:
    base, limits, _ = taken_apart(hint)
    origin, parts = get_origin(base), get_args(base)
    if base == OptionValue:
        return "boolean, number or text of up to 256"
    if origin in (Union, UnionType):
        return " or ".join(_kind(part) for part in parts)
    if origin is Literal:
        return " or ".join(f"`{part}`" for part in parts)
    if origin is list:
        most = f" of up to {limits['max_length']}" if limits else ""
        each = f"({_kind(parts[0])})" if get_origin(parts[0]) in (Union, UnionType) else _kind(parts[0])
        return f"array{most}: each {each}" if parts[0] is not Any else f"array{most}"
    if origin is dict:
        most = f" of up to {limits['max_length']}" if limits else ""
        return f"map{most}: {_kind(parts[0])} to {_kind(parts[1])}" if parts[1] is not Any else f"map{most}"
    if base is str:
        return f"text{_length(limits)}"
    if base is int:
        return f"number{_range(limits)}"
    return {bool: "boolean", NoneType: "nil", Any: "anything"}[base]


def _length(limits: dict[str, Any]) -> str:
    if "max_length" not in limits:
        return ""
    return (
        f" of {limits['min_length']}–{limits['max_length']}"
        if "min_length" in limits
        else f" of up to {limits['max_length']}"
    )


def _range(limits: dict[str, Any]) -> str:
    most = limits.get("le", limits["lt"] - 1 if "lt" in limits else None)
    if "ge" not in limits:
        return ""
    return f" from {limits['ge']}" + (f" to {most}" if most is not None else "")


def _description(hint: Any) -> str:
    told = taken_apart(hint)[2]
    if get_origin(hint) in (Union, UnionType):
        told = next((taken_apart(part)[2] for part in get_args(hint) if taken_apart(part)[2]), "")
    return told


def _close_codes() -> str:
    errors = _errors(ProtocolError)
    rows = []
    for code in CloseCode:
        come_back = "come back" if code.come_back else "do not"
        rows.append(f"| {int(code)} | `{code.name}` | {come_back} | {errors.get(code, '')} |")
    return "\n".join(["| code | name | | |", "|---|---|---|---|", *rows])


def _errors(kind: type[ProtocolError]) -> dict[CloseCode, str]:
    found = {kind.close_code: (inspect.getdoc(kind) or "").replace("\n", " ")} if hasattr(kind, "close_code") else {}
    for narrower in kind.__subclasses__():
        found |= _errors(narrower)
    return found | {
        CloseCode.RESTARTING: "The server stops or restarts.",
        CloseCode.TOO_SLOW: "More was waiting to be read than a connection may keep waiting.",
        CloseCode.SILENT: "Nothing was heard for too long.",
        CloseCode.OVERLOADED: "The server has more to do than it can.",
    }


def _limits() -> str:
    """Each limit with the sentence below it, or that of the name."""
    statements = ast.parse(inspect.getsource(protocol.limits)).body
    rows = []
    for this, following in zip(statements, [*statements[1:], ast.Pass()]):
        if isinstance(this, ast.Assign) and isinstance(this.targets[0], ast.Name):
            name, told = this.targets[0].id, ""
            if isinstance(following, ast.Expr) and isinstance(following.value, ast.Constant):
                told = str(following.value.value).replace("\n", " ")
            rows.append(f"| `{name}` | {getattr(protocol.limits, name)} | {told} |")
    return "\n".join(["| limit | | |", "|---|---|---|", *rows])


def _patches() -> str:
    rows = [
        f"| {case['title']} | `{_json(case['old'])}` | `{_json(case['new'])}` | `{_json(case['patch'])}` | `{_hex(case['bytes'])}` |"
        for case in patches()
        if len(case["canonical"]) < 40 and not case["title"].startswith(("code points", "keys like", "text to"))
    ]
    return "\n".join(["| what changes | from | to | patch | in bytes |", "|---|---|---|---|---|", *rows])


def _short_match() -> str:
    lines: list[str] = []
    for step in short_match().json["steps"]:
        if "received" in step:
            lines.append(_framed("◂ server", step["received"], step["frame"]))
        lines += [_framed("client ▸", sent["message"], sent["frame"]) for sent in step["sends"]]
    return "```\n" + "\n".join(lines) + "\n```"


def _stream() -> str:
    """The first messages of the short match, as they go over HTTP."""
    steps = short_match().json["steps"]
    hello, watch, *_ = (bytes.fromhex(sent["frame"]) for step in steps for sent in step["sends"])
    welcome, accepted, snapshot, *_ = (bytes.fromhex(step["frame"]) for step in steps if "received" in step)
    name = "q1bXk0cT8sYw2mZr5vLdA9eH"
    lines = [
        f"client ▸  POST {STREAM_PATH} HTTP/1.1",
        "",
        "◂ server  HTTP/1.1 200 OK",
        f"          Content-Type: {EVENTS_TYPE}",
        "",
        *_events(opened(name)),
        *_frames_up(name, 1, [hello]),
        *_events(carried(welcome)),
        *_frames_up(name, 2, [watch]),
        *_events(carried(accepted), carried(snapshot)),
        "   … 15 seconds later",
        *_events(BEAT),
        *_frames_up(name, 3, []),
        "   … when the server stops",
        *_events(closed(CloseCode.RESTARTING, "the server restarts")),
    ]
    return "```\n" + "\n".join(lines).rstrip() + "\n```"


def _events(*events: bytes) -> list[str]:
    return [f"          {line}".rstrip() for line in b"".join(events).decode().split("\n")[:-1]]


def _frames_up(name: str, number: int, frames: list[bytes]) -> list[str]:
    (body,) = bodies(frames)
    rows = [body[at : at + 32].hex() for at in range(0, len(body), 32)]
    return [
        f"client ▸  POST {FRAMES_PATH} HTTP/1.1",
        f"          {NAME_HEADER}: {name}",
        f"          {NUMBER_HEADER}: {number}",
        f"          Content-Length: {len(body)}",
        "",
        *(f"            {_hex(row)}" for row in rows),
        "◂ server  HTTP/1.1 204 No Content",
        "",
    ]


def _framed(side: str, message: Json, frame: str) -> str:
    fields = ", ".join(f"{name}: {_json(value)}" for name, value in message.items() if name != "message")
    rows = [frame[at : at + 64] for at in range(0, len(frame), 64)]
    return "\n".join([f"{side}  {message['message']} {{ {fields} }}", *(f"            {_hex(row)}" for row in rows)])


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _hex(frame: str) -> str:
    return " ".join(frame[at : at + 2] for at in range(0, len(frame), 2))


def main() -> None:
    """Says whether the README is up to date, or makes it so."""
    arguments = argparse.ArgumentParser(description="The made parts of protocol/README.md.")
    arguments.add_argument("--write", action="store_true", help="write them")
    text = README.read_text(encoding="utf-8")
    made = up_to_date(text)
    if arguments.parse_args().write:
        README.write_text(made, encoding="utf-8")
    elif made != text:
        raise SystemExit(f"{README.name} is not up to date: make records")


if __name__ == "__main__":
    main()
