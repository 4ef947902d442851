"""Patches lead from view to view exactly, at little cost, and what is malformed never leads anywhere."""

import copy
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from protocol import framing
from protocol.errors import BadPatch, ProtocolError
from protocol.patches import canonical, checksum, patch_between, patched
from tests.protocol.views import pairs, same, values, views


def over_the_wire(value: Any) -> Any:
    return framing.decode(framing.encode(value))


@given(pairs())
@example(({"a": 1}, {"a": True}))
@example(({"a": (1, 2)}, {"a": [1, True]}))
@example(({"a": [[1], [2], [3]]}, {"a": [[1, 1], [2], [3, 3]]}))
@example(({"a": [0] * 5}, {"a": [0] * 2}))
@example(({"a": {"b": {}}}, {"a": {"b": []}}))
@example(({"\uff5e": 1, "😀": 2, "z": 3}, {"\uff5e": 1, "😀": 3}))
def test_a_patch_leads_exactly_to_the_new_view(pair: tuple[dict[str, Any], dict[str, Any]]) -> None:
    old, new = pair
    assert same(patched(old, patch_between(old, new)), new)


@given(pairs())
def test_a_patch_leads_to_the_new_view_on_the_far_side_of_the_wire(pair: tuple[dict[str, Any], dict[str, Any]]) -> None:
    old, new = pair
    assert same(patched(over_the_wire(old), over_the_wire(patch_between(old, new))), new)


@given(pairs())
def test_neither_view_is_touched(pair: tuple[dict[str, Any], dict[str, Any]]) -> None:
    old, new = pair
    before = copy.deepcopy(pair)
    patched(old, patch_between(old, new))
    assert same((old, new), before)


@given(pairs())
def test_a_patch_is_empty_only_between_equal_views(pair: tuple[dict[str, Any], dict[str, Any]]) -> None:
    old, new = pair
    assert (patch_between(old, new) == []) == same(old, new)


@given(pairs())
def test_parts_that_did_not_change_are_shared(pair: tuple[dict[str, Any], dict[str, Any]]) -> None:
    old, new = pair
    made = patched(old, patch_between(old, new))
    assert all(made[key] is old[key] for key in old if key in new and same(old[key], new[key]))


def test_an_empty_patch_gives_the_same_view() -> None:
    view = {"a": 1}
    assert patched(view, []) is view


class Explosive(list[object]):
    """A part of a view that must not be looked into."""

    def __len__(self) -> int:
        raise AssertionError("a part that is the same object was compared")

    __eq__ = __iter__ = __len__  # type: ignore[assignment]


def test_what_is_the_same_object_is_not_compared() -> None:
    part = Explosive()
    assert patch_between({"a": part, "b": [part, 1]}, {"a": part, "b": [part, 2]}) == [1, [1, 2]]


@pytest.mark.parametrize(
    ("old", "new", "patch"),
    [
        ({"a": 1}, {"a": 2}, [0, 2]),
        ({"b": 1, "a": 1}, {"b": 1, "a": 2}, [0, 2]),
        ({"a": 1, "b": 2}, {"b": 2}, [0, []]),
        ({}, {"a": 1}, ["a", 1]),
        ({}, {"a": [1]}, ["a", [[1]]]),
        ({"a": 1}, {"a": []}, [0, [[]]]),
        ({"a": []}, {"a": {"b": [1]}}, [0, {"b": [1]}]),
        ({"a": {"b": 1}}, {"a": {"b": 2}}, [0, [0, 2]]),
        ({"a": ["", "", ""]}, {"a": ["", "x", ""]}, [0, [1, "x"]]),
        ({"a": [1, 2]}, {"a": [1]}, [0, [1]]),
        ({"a": [1, 2]}, {"a": []}, [0, [0]]),
        ({"a": [1, 2]}, {"a": [1, 2, 3]}, [0, [3, 2, 3]]),
        ({"a": [1, 2, 3]}, {"a": [1, 5]}, [0, [2, 1, 5]]),
        ({"a": [1, 2, 3]}, {"a": [4, 5, 3]}, [0, [[4, 5, 3]]]),
        ({"a": [{"n": 1}, {"n": 1}]}, {"a": [{"n": 2}, {"n": 2}]}, [0, [0, [0, 2], 1, [0, 2]]]),
        ({"a": [[1]]}, {"a": [[1], [2]]}, [0, [2, 1, [[2]]]]),
    ],
)
def test_patches_are_written_in_the_documented_way(old: dict[str, Any], new: dict[str, Any], patch: list[Any]) -> None:
    assert patch_between(old, new) == patch
    assert patched(old, patch) == new


def test_a_move_on_a_small_board_takes_twelve_bytes() -> None:
    old: dict[str, Any] = {"game": {"cells": ("",) * 9}, "over": None, "resigned": [], "turn": (0,)}
    new: dict[str, Any] = {
        "game": {"cells": ("",) * 4 + ("x",) + ("",) * 4},
        "over": None,
        "resigned": [],
        "turn": (1,),
    }
    assert len(framing.encode(patch_between(old, new))) == 12


@pytest.mark.parametrize(
    "patch",
    [
        [0],
        [[1]],
        [0, 1, 2],
        [0, [], 0, []],
        [1, 1, 0, 1],
        [0, 1, 0, 2],
        [3, 1],
        [-1, 1],
        [True, 1],
        [None, 1],
        ["a", 1],
        ["new", []],
        ["new", 1, "new", 2],
        ["new", 1, 0, 1],
        ["new", [0, 1]],
        ["new", [1, 0, 1]],
        [0, [0, 1]],
        [0, [0]],
        [0, ["x"]],
        [1, [0, []]],
        [1, [5]],
        [1, [-1]],
        [1, [True, 0, 1]],
        [1, [10**9]],
        [1, [4, 3, 1, 3, 2]],
        [1, [5, 4, 9]],
        [1, [1, 1, 9]],
        [1, [1, 5, 0, 6]],
        [1, [3, 5]],
        [1, ["0", 5]],
        [1, [2, 0, 5, 1]],
        [2, [0]],
        [2, [7]],
        [2, [0, [0, 1]]],
    ],
)
def test_a_malformed_patch_is_refused(patch: list[Any]) -> None:
    view = {"a": 1, "b": [1, 2, 3], "c": {"d": 1}}
    with pytest.raises(BadPatch):
        patched(view, patch)


@given(views, st.lists(st.integers(0, 5) | values))
def test_no_patch_raises_anything_but_a_protocol_error(view: dict[str, Any], patch: list[Any]) -> None:
    before = copy.deepcopy(view)
    try:
        patched(view, patch)
    except ProtocolError:
        pass
    assert same(view, before)


@given(pairs(), pairs())
def test_a_patch_for_another_view_raises_nothing_but_a_protocol_error(
    here: tuple[dict[str, Any], dict[str, Any]], there: tuple[dict[str, Any], dict[str, Any]]
) -> None:
    try:
        patched(here[0], patch_between(*there))
    except ProtocolError:
        pass


def test_canonical_json_is_the_same_text_everywhere() -> None:
    view: dict[str, Any] = {
        "😀": 1,
        "\uff5e": 2,
        "10": True,
        "9": None,
        "a": ('"\\/\x7f\u2028', "\b\t\n\f\r\x00\x1f"),
        "": {},
    }
    text = '{"":{},"10":true,"9":null,"a":["\\"\\\\/\x7f\u2028","\\b\\t\\n\\f\\r\\u0000\\u001f"],"\uff5e":2,"😀":1}'
    assert canonical(view) == text.encode()


def test_the_checksum_is_the_crc_32_of_zlib() -> None:
    assert checksum({"123456789": 0}) == 0xDF177A3


@given(views)
def test_the_checksum_does_not_depend_on_order_or_on_the_wire(view: dict[str, Any]) -> None:
    assert checksum(dict(reversed(view.items()))) == checksum(view) == checksum(over_the_wire(view))


@given(pairs())
def test_the_canonical_json_of_different_views_differs(pair: tuple[dict[str, Any], dict[str, Any]]) -> None:
    old, new = pair
    assert (canonical(old) == canonical(new)) == same(old, new)
