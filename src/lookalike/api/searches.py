"""Searches: what operations that list records share: patterns, ids, any or all, order, pages.

In: what was asked for, None where it was not. Out: whether a record is meant, or a page of records.
Rule: API, "search_users".
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

T = TypeVar("T")

_WIDTH = 20
_MOST_SORTS = 10


class Page(Protocol):
    """Which part of a list is wanted, and in which order."""

    @property
    def sorts(self) -> str | None: ...
    @property
    def limit(self) -> int | None: ...
    @property
    def offset(self) -> int | None: ...
    @property
    def page(self) -> int | None: ...
    @property
    def per_page(self) -> int | None: ...


def like(pattern: str | None, text: str | None) -> bool | None:
    """Whether a text has a pattern, in any case. `%` is any letters, `_` is one."""
    if pattern is None:
        return None
    special = _of_null(pattern, text)
    if special is not None or text is None:
        return bool(special)
    return _fits(pattern.casefold(), text.casefold())


def among(ids: str | None, id_: str | None) -> bool | None:
    """Whether an id is in a list with commas."""
    if ids is None:
        return None
    special = _of_null(ids, id_)
    return id_ in [each.strip() for each in ids.split(",")] if special is None else special


def equal(wanted: bool | None, found: bool) -> bool | None:
    return None if wanted is None else wanted == found


def is_meant(answers: Sequence[bool | None], any_is_enough: bool | None) -> bool:
    """Whether a record is meant, by what each parameter says; None is one that was not given."""
    given = [answer for answer in answers if answer is not None]
    return any(given) if any_is_enough and given else all(given)


def page_of(found: Sequence[T], wanted: Page) -> list[T]:
    """The part that is wanted. `limit` and `offset` win over `page` and `per_page`."""
    listed = _ordered(found, wanted.sorts)
    limit, offset = wanted.limit, wanted.offset
    if limit is None and offset is None and wanted.per_page is not None:
        limit = wanted.per_page
        offset = (max(1, wanted.page or 1) - 1) * limit
    first = max(0, offset or 0)
    return listed[first : None if limit is None else first + max(0, limit)]


def _of_null(asked: str, found: str | None) -> bool | None:
    """What `IS NULL` and `NOT NULL` say; None for any other text."""
    return {"IS NULL": found is None, "NOT NULL": found is not None}.get(asked.strip().upper())


def _fits(pattern: str, text: str) -> bool:
    """Goes back to the last `%` only: no pattern takes longer than both lengths multiplied."""
    at, back, tried = 0, -1, 0
    place = 0
    while place < len(text):
        if at < len(pattern) and pattern[at] == "%":
            back, tried = at, place
            at += 1
        elif at < len(pattern) and pattern[at] in ("_", text[place]):
            at, place = at + 1, place + 1
        elif back >= 0:
            tried += 1
            at, place = back + 1, tried
        else:
            return False
    return not pattern[at:].strip("%")


def _ordered(found: Sequence[T], sorts: str | None) -> list[T]:
    """By the properties that are named, the first one first; null comes last."""
    listed = list(found)
    for sort in reversed((sorts or "").split(",")[:_MOST_SORTS]):
        name, _, direction = sort.strip().partition(" ")
        is_descending = direction.strip().casefold() == "desc"
        listed.sort(key=lambda each: _key(getattr(each, name, None)), reverse=is_descending)
    return listed


def _key(value: object) -> tuple[bool, str]:
    """Numbers by their size, also where they are ids; everything else by its letters."""
    text = str(value).casefold()
    return value is None, text.zfill(_WIDTH) if text.isdigit() else text
