"""Views, pairs of views that resemble each other, and equality without Python's kindness."""

from typing import Any

from hypothesis import strategies as st

View = dict[str, Any]

keys = st.text(st.sampled_from("ab1é\uff5e😀"), max_size=2) | st.text(max_size=3)
scalars = st.sampled_from([None, False, True, 0, 1, "", "0", "x"]) | st.integers(-(2**53), 2**53) | st.text(max_size=4)
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=5) | st.lists(inner, max_size=5).map(tuple) | st.dictionaries(keys, inner, max_size=4)
    ),
    max_leaves=12,
)
views: st.SearchStrategy[View] = st.dictionaries(keys, values, max_size=5)


@st.composite
def pairs(draw: st.DrawFn) -> tuple[View, View]:
    """A view and what might become of it: most of it is the same, or even the same object."""
    old = draw(views)
    return old, draw(st.one_of(views, _edited_map(old), _edited_map(old), _edited_map(old)))


def same(one: object, other: object) -> bool:
    """Equal as the wire sees it: 1 is not True, a tuple is a list."""
    if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    return type(one) is type(other) and one == other


def _edited(value: Any) -> st.SearchStrategy[Any]:
    if isinstance(value, dict):
        return _edited_map(value)
    if isinstance(value, (list, tuple)):
        return _edited_array(value)
    return values


@st.composite
def _edited_map(draw: st.DrawFn, old: View) -> View:
    new = {key: draw(_kept_or_edited(part)) for key, part in old.items() if draw(st.integers(0, 5))}
    added = draw(st.dictionaries(keys, values, max_size=2)) if draw(st.booleans()) else {}
    together = [*new.items(), *(pair for pair in added.items() if pair[0] not in old)]
    return dict(draw(st.permutations(together)))


@st.composite
def _edited_array(draw: st.DrawFn, old: list[Any] | tuple[Any, ...]) -> list[Any] | tuple[Any, ...]:
    new = [draw(_kept_or_edited(part)) for part in old[: draw(st.integers(0, 9))]]
    new += draw(st.lists(values, max_size=3)) if draw(st.booleans()) else []
    return tuple(new) if draw(st.booleans()) else new


def _kept_or_edited(value: Any) -> st.SearchStrategy[Any]:
    return st.one_of(st.just(value), st.just(value), st.deferred(lambda: _edited(value)))
