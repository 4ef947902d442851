"""The fields of every message, read from its types: what may stand there, and what is one past it."""

from types import NoneType, UnionType
from typing import Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from protocol.messages import CLIENT_CODES, SERVER_CODES, Message
from tests.protocol.readme import taken_apart
from tests.protocol.views import values, views

KINDS: list[type[Any]] = [*CLIENT_CODES.values(), *SERVER_CODES.values()]
TOPICS = ["lobbies", "attendants", "match/m1", "chat/l1", "lobby/" + "x" * 58]
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]))


class Edge(NamedTuple):
    """A value at a field's limit, and one past it."""

    within: Any
    past: Any


def messages() -> st.SearchStrategy[Message]:
    """Any message that may be sent."""
    return st.one_of([st.builds(kind, **{name: allowed(hint) for name, hint in hints(kind).items()}) for kind in KINDS])


def hints(kind: type[Any]) -> dict[str, Any]:
    """The types of a message's fields, by name."""
    return get_type_hints(kind, include_extras=True)


def allowed(hint: Any) -> st.SearchStrategy[Any]:
    """What may stand in a field of that type."""
    base, limits, _ = taken_apart(hint)
    if get_origin(base) in (Union, UnionType):
        return st.one_of([allowed(choice) for choice in get_args(base)])
    if get_origin(base) is Literal:
        return st.sampled_from(get_args(base))
    if base is str and "pattern" in limits:
        return st.sampled_from(TOPICS)
    if base is str:
        text = st.text(st.characters(exclude_categories=["Cs"]), **_sizes(limits, 40))
        return text | st.just("é" * limits.get("max_length", 40))
    if base is int:
        low, high = _range(limits)
        return st.integers(low, high)
    if get_origin(base) is list:
        return st.lists(allowed(get_args(base)[0]), **_sizes(limits, 5))
    if base == dict[str, Any]:
        return views
    if get_origin(base) is dict:
        return st.dictionaries(*map(allowed, get_args(base)), **_sizes(limits, 5))
    return {bool: st.booleans(), NoneType: st.none(), Any: values}[base]


def edges(hint: Any) -> list[Edge]:
    """The limits of a field of that type, as far as it has any."""
    base, limits, _ = taken_apart(hint)
    found = []
    if get_origin(base) in (Union, UnionType):
        return [edge for choice in get_args(base) for edge in edges(choice)]
    if get_origin(base) is dict and base != dict[str, Any]:
        of_key, of_value = get_args(base)
        found += [Edge({edge.within: 0}, {edge.past: 0}) for edge in edges(of_key)]
        found += [Edge({"a": edge.within}, {"a": edge.past}) for edge in edges(of_value)]
    if get_origin(base) is list:
        found += [Edge([edge.within], [edge.past]) for edge in edges(get_args(base)[0])]
    for end, step in (("min_length", -1), ("max_length", 1)):
        if end in limits and "pattern" not in limits:
            size = limits[end]
            found.append(Edge(_of_size(base, size), _of_size(base, size + step)))
    if base is int and limits.keys() & {"ge", "gt", "le", "lt"}:
        low, high = _range(limits)
        found += [Edge(low, low - 1)] + ([Edge(high, high + 1)] if limits.keys() & {"le", "lt"} else [])
    if "pattern" in limits:
        found += [Edge(topic, topic + "/") for topic in TOPICS] + [Edge(TOPICS[-1], TOPICS[-1] + "x")]
    return found


def _of_size(base: Any, size: int) -> Any:
    if base is str:
        return "é" * size
    if get_origin(base) is dict:
        return {str(at): at for at in range(size)}
    return [str(at) for at in range(size)]


def _sizes(limits: dict[str, Any], most: int) -> dict[str, Any]:
    return {"min_size": limits.get("min_length", 0), "max_size": min(most, limits.get("max_length", most))}


def _range(limits: dict[str, Any]) -> tuple[int, int]:
    low = limits.get("ge", limits.get("gt", -(2**63) - 1) + 1)
    return low, limits.get("le", limits.get("lt", 2**63) - 1)
