"""What is made for the browser's side says the same as the Python that it is made from."""

from dataclasses import dataclass
from typing import Annotated, Any, Literal

import pytest
from pydantic import Field

from protocol import messages, typescript
from tests.page import modules


@pytest.mark.parametrize(
    ("hint", "text"),
    [
        (str, "string"),
        (int | None, "number | null"),
        (bool | int | Annotated[str, Field(max_length=9)], "boolean | number | string"),
        (Literal["a", "b"], "'a' | 'b'"),
        (list[list[str] | None], "(string[] | null)[]"),
        (tuple[str, ...], "string[]"),
        (tuple[str, int], "[string, number]"),
        (tuple[tuple[str, int], ...], "([string, number])[]"),
        (dict[str, Any], "Record<string, unknown>"),
    ],
)
def test_a_type_of_python_has_one_in_typescript(hint: Any, text: str) -> None:
    assert typescript.type_text(hint) == text


def test_what_has_a_default_may_be_left_out_and_says_what_it_is_then() -> None:
    @dataclass(frozen=True)
    class Hill:
        """A thing on a map."""

        height: int
        name: str = "none"
        owner: int | None = None
        kind: Literal["hill"] = "hill"

    assert typescript.declaration(Hill).splitlines() == [
        "/** A thing on a map. */",
        "export interface Hill {",
        "  readonly height: number;",
        '  /** Left out, it is "none". */',
        "  readonly name?: string;",
        "  readonly owner?: number | null;",
        "  readonly kind: 'hill';",
        "}",
    ]


def test_every_message_has_a_type_a_code_and_a_check_of_each_field() -> None:
    made = typescript.messages_module()
    for code, kind in (messages.CLIENT_CODES | messages.SERVER_CODES).items():
        assert f"export interface {kind.__name__} {{\n  readonly message: '{kind.__name__}';" in made
        shape = made.split(f"  {kind.__name__}: message({code}, {{\n")[1].split("}),")[0]
        assert [line.strip().partition(":")[0] for line in shape.strip().splitlines()] == list(kind._fields)


def test_the_made_modules_are_up_to_date() -> None:
    for path, made in modules().items():
        assert path.read_text(encoding="utf-8") == made
