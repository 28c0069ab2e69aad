"""Filters for lists. One value is a list of itself, lists in lists are opened."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cmp_to_key
from itertools import islice
from typing import Any, TypeVar

from liquid.exceptions import FilterArgumentError

from lookalike.compiler.syntax.liquid.conversions import argument, is_same, items, text
from lookalike.compiler.syntax.liquid.numbers import sum_of

_T = TypeVar("_T")


class _Unreadable(Exception):
    """An item has no properties at all; a filter that meets one gives nothing."""


def first(value: object) -> object:
    if isinstance(value, Mapping):
        return next((list(pair) for pair in islice(value.items(), 1)), None)
    return value[0] if isinstance(value, list | tuple | range) and len(value) else None


def last(value: object) -> object:
    return value[-1] if isinstance(value, list | tuple | range) and len(value) else None


def join(value: object, glue: object = " ") -> str:
    return argument(glue).join(map(text, items(value)))


def concat(value: object, other: object) -> list[Any]:
    if not isinstance(other, list | tuple):
        raise FilterArgumentError("`concat` needs a list", token=None)
    return items(value) + list(other)


def reverse(value: object) -> list[Any]:
    return items(value)[::-1]


def map_to(value: object, key: object) -> list[Any]:
    """The property `key` of each item, nothing for one that has none."""
    mapped = []
    for item in items(value):
        try:
            mapped.append(_property(item, key))
        except _Unreadable:
            mapped.append(None)
    return mapped


def where(value: object, key: object, wanted: object = None) -> list[Any] | None:
    """The items whose property is `wanted`, or counts as true if nothing is wanted."""
    return _guarded(lambda: [item for item, meets in _tested(value, key, wanted) if meets])


def reject(value: object, key: object, wanted: object = None) -> list[Any] | None:
    """The other items."""
    return _guarded(lambda: [item for item, meets in _tested(value, key, wanted) if not meets])


def find(value: object, key: object, wanted: object = None) -> object:
    return _guarded(lambda: next((i for i, meets in _tested(value, key, wanted) if meets), None))


def find_index(value: object, key: object, wanted: object = None) -> int | None:
    tested = enumerate(_tested(value, key, wanted))
    return _guarded(lambda: next((place for place, (_, meets) in tested if meets), None))


def has(value: object, key: object, wanted: object = None) -> bool | None:
    return _guarded(lambda: any(meets for _, meets in _tested(value, key, wanted)))


def compact(value: object, key: object = None) -> list[Any] | None:
    """Without what is nothing, or whose property is."""
    if key is None:
        return [item for item in items(value) if item is not None]
    return _guarded(lambda: [i for i in items(value) if _property(i, key) is not None])


def uniq(value: object, key: object = None) -> list[Any] | None:
    """The first of each kind."""

    def kept() -> list[Any]:
        seen: list[object] = []
        result = []
        for item in items(value):
            mark = item if key is None else _property(item, key)
            if not any(is_same(mark, each) for each in seen):
                seen.append(mark)
                result.append(item)
        return result

    return _guarded(kept)


def sort(value: object, key: object = None) -> list[Any] | None:
    """In order, what is nothing last."""
    return _guarded(lambda: _sorted(value, key, _compared))


def sort_natural(value: object, key: object = None) -> list[Any] | None:
    """In order as texts, whatever their case."""
    return _guarded(lambda: _sorted(value, key, _compared_as_texts))


def sum_up(value: object, key: object = None) -> int | float:
    values = items(value)
    return sum_of(items(map_to(values, key)) if key is not None else values)


def _tested(value: object, key: object, wanted: object) -> Iterator[tuple[Any, bool]]:
    """Each item, and whether its property is what is wanted."""
    for item in items(value):
        found = _property(item, key)
        if wanted is None:
            yield item, found is not None and found is not False
        else:
            yield item, is_same(found, wanted)


def _property(item: object, key: object) -> Any:
    """What Ruby's `item[key]` is: a text has the texts it holds for properties."""
    if isinstance(item, Mapping):
        return item.get(key)
    if isinstance(item, str) and isinstance(key, str):
        return key if key in item else None
    if isinstance(item, str) and isinstance(key, int):
        return item[key] if -len(item) <= key < len(item) else None
    if isinstance(item, int) and isinstance(key, int) and not isinstance(item, bool):
        # The bit of a number: of no use, but it is something.
        return item >> key & 1 if 0 <= key < 64 else 0
    if item is None or isinstance(item, bool | float) or key is None:
        raise _Unreadable
    raise FilterArgumentError(f"cannot select the property `{argument(key)[:80]}`", token=None)


def _guarded(work: Callable[[], _T]) -> _T | None:
    try:
        return work()
    except _Unreadable:
        return None


def _sorted(value: object, key: object, compared: Callable[[Any, Any], int]) -> list[Any]:
    values = items(value)
    if key is None:
        return sorted(values, key=cmp_to_key(compared))
    order = cmp_to_key(compared)
    keyed = [(order(_property(item, key)), item) for item in values]
    return [item for _, item in sorted(keyed, key=lambda pair: pair[0])]


def _compared(left: Any, right: Any) -> int:
    if left is None or right is None:
        return (left is None) - (right is None)
    if is_same(left, right):
        return 0
    try:
        return -1 if left < right else 1
    except TypeError as error:
        message = "cannot sort values of different types"
        raise FilterArgumentError(message, token=None) from error


def _compared_as_texts(left: Any, right: Any) -> int:
    if left is None or right is None:
        return (left is None) - (right is None)
    one, other = argument(left).lower(), argument(right).lower()
    return (one > other) - (one < other)


ARRAY_FILTERS: Mapping[str, Callable[..., Any]] = {
    "compact": compact,
    "concat": concat,
    "find": find,
    "find_index": find_index,
    "first": first,
    "has": has,
    "join": join,
    "last": last,
    "map": map_to,
    "reject": reject,
    "reverse": reverse,
    "sort": sort,
    "sort_natural": sort_natural,
    "sum": sum_up,
    "uniq": uniq,
    "where": where,
}
