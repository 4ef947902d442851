"""From one view to the next: patches, and the checksum that proves two views the same.

The law: `patched(old, patch_between(old, new))` is `new`, exactly (1 and True differ; a tuple counts as a
list), and `old` is untouched; what did not change is shared. A view is a map with text keys; within it
maps, arrays, text, whole numbers, booleans and nil.

A *change* says what becomes of one value:

    text, number, boolean, nil, map   the new value
    [[…]]                             the new value, an array
    []                                the key is deleted (only in a map)
    [k, change, k, change, …]         changes within this map or array
    [n]  [n, k, change, …]            this array gets the length n, then the changes

In an array k is an index; in a map it is the position of the key among the old map's keys sorted by code
point, or the key itself, as text, when it is new. Numbers k rise; new keys come last. A longer array must
be given all its new elements. What is inside a new value is plain: no changes there. A *patch* is the
changes within the root map, so `[]` there says that nothing changed.
"""

import json
import zlib
from itertools import compress, count
from operator import is_not
from typing import Any, Final, TypeAlias

from protocol.errors import BadPatch

View: TypeAlias = dict[str, Any]
Patch: TypeAlias = list[Any]

_ARRAY: Final = (tuple, list)
_SCALARS: Final = frozenset((str, int, bool, type(None)))
_SAME: Final = object()
_MISSING: Final = object()


def patch_between(old: View, new: View) -> Patch:
    """The patch from one view to another. Equal objects cost nothing, so share what did not change."""
    return [] if old is new else _map_changes(old, new)


def patched(old: View, patch: Patch) -> View:
    """The view after a patch. Raises BadPatch when the patch is malformed or made for another view."""
    return _map_after(old, patch) if patch else old


def checksum(view: View) -> int:
    """CRC-32 (as in zlib) of the view's canonical JSON."""
    return zlib.crc32(canonical(view))


def canonical(view: View) -> bytes:
    r"""The one JSON text of a view, as UTF-8.

    No spaces; keys sorted by code point, which is not JavaScript's order (UTF-16) beyond U+FFFF, nor the
    order in which it lists keys that look like numbers; nothing escaped but `"`, `\` and what is below
    U+0020, there with `\b \t \n \f \r` or else `\u00` and two lower-case digits. Whole numbers that
    JavaScript cannot hold (beyond 2**53 - 1 either way) have no place in a view.
    """
    return _to_json(view).encode()


_to_json = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, check_circular=False).encode


def _change(old: Any, new: Any) -> Any:
    """What turns `old` into `new`, which is not the same object; _SAME when they are equal."""
    kind = type(new)
    if kind in _SCALARS:
        return _SAME if kind is type(old) and old == new else new
    if isinstance(new, _ARRAY):
        return _array_change(old, new) if isinstance(old, _ARRAY) else [new]
    if isinstance(new, dict):
        return (_map_changes(old, new) or _SAME) if isinstance(old, dict) else new
    return _SAME if kind is type(old) and old == new else new


def _map_changes(old: View, new: View) -> Patch:
    changes: Patch = []
    missing = _MISSING
    gone = 0
    for position, key in enumerate(sorted(old)):
        was, now = old[key], new.get(key, missing)
        if was is now:
            continue
        if now is missing:
            gone += 1
            changes += position, []
        elif (change := _change(was, now)) is not _SAME:
            changes += position, change
    if len(new) > len(old) - gone:
        for key, now in new.items():
            if key not in old:
                changes += key, [now] if isinstance(now, _ARRAY) else now
    return changes


def _array_change(old: Any, new: Any) -> Any:
    """As `_change`. Whole when more than half of the elements are new and none changed within."""
    length = len(new)
    if length == 1 == len(old) and type(new[0]) in _SCALARS:  # whose turn it is, in most games: the same, without loops
        return _SAME if type(new[0]) is type(old[0]) and new[0] == old[0] else [new]
    changes: Patch = []
    within = False
    for index in compress(count(), map(is_not, old, new)):
        now = new[index]
        if (change := _change(old[index], now)) is not _SAME:
            changes += index, change
            within = within or (type(change) is list and not _is_whole(change))
    for index in range(len(old), length):
        now = new[index]
        changes += index, [now] if isinstance(now, _ARRAY) else now
    if len(changes) > length and not within:
        return [new]
    if length != len(old):
        return [length, *changes]
    return changes or _SAME


def _is_whole(change: Any) -> bool:
    return len(change) == 1 and isinstance(change[0], _ARRAY)


def _after(old: Any, change: Any) -> Any:
    """The value after a change. `old` is _SAME where there was none."""
    if not isinstance(change, list):
        return change
    if len(change) == 1 and isinstance(change[0], _ARRAY):
        return change[0]
    if change and isinstance(old, _ARRAY):
        return _array_after(old, change)
    if change and isinstance(old, dict):
        return _map_after(old, change)
    raise BadPatch("a patch changes the inside of what has none, or deletes what is no key")


def _map_after(old: View, changes: Patch) -> View:
    if len(changes) % 2:
        raise BadPatch("the changes of a map come in pairs")
    keys = sorted(old)
    new = dict(old)
    least = 0
    for k, change in zip(changes[::2], changes[1::2]):
        if type(k) is str:
            if k in new:
                raise BadPatch(f"a patch gives the key {k!r:.40} twice")
            new[k] = _after(_SAME, change)
            least = len(keys)
            continue
        if type(k) is not int or not least <= k < len(keys):
            raise BadPatch(f"a patch changes the key number {k!r:.40}, where {least} to {len(keys) - 1} could come")
        least = k + 1
        if change == []:
            del new[keys[k]]
        else:
            new[keys[k]] = _after(old[keys[k]], change)
    return new


def _array_after(old: Any, changes: Patch) -> list[Any]:
    new = list(old)
    length = len(new)
    first = len(changes) % 2
    if first:
        length = changes[0]
        if type(length) is not int or length < 0:
            raise BadPatch("a patch gives an array a length that is not a number")
        del new[length:]
    least = 0
    for k, change in zip(changes[first::2], changes[first + 1 :: 2]):
        if type(k) is not int or not least <= k < length:
            raise BadPatch(f"a patch changes the element {k!r:.40} out of order, or outside of the array")
        least = k + 1
        if k < len(new):
            new[k] = _after(new[k], change)
        else:
            new.append(_after(_SAME, change))
    if len(new) != length:
        raise BadPatch(f"a patch leaves {length - len(new)} elements of an array without a value")
    return new
