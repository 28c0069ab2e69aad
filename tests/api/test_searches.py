"""What operations that list records share."""

from __future__ import annotations

import pytest
from msgspec import Struct

from lookalike.api import searches


class Asked(Struct, frozen=True, kw_only=True):
    sorts: str | None = None
    limit: int | None = None
    offset: int | None = None
    page: int | None = None
    per_page: int | None = None


class Record(Struct, frozen=True):
    id: str
    name: str | None


RECORDS = [Record("2", "b"), Record("10", None), Record("1", "A"), Record("3", "a")]


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        (None, "Danger", None),
        ("danger", "Danger", True),
        ("dan", "Danger", False),
        ("dan%", "Danger", True),
        ("D_m%", "damage", True),
        ("D_m%", "dm", False),
        ("%a%a%", "banana", True),
        ("%na", "banana", True),
        ("%nan", "banana", False),
        ("%%", "", True),
        ("_", "", False),
        ("", "", True),
        ("a.c", "abc", False),
        ("IS NULL", None, True),
        ("is null", "x", False),
        ("NOT NULL", "x", True),
        ("%", None, False),
        ("%a" * 2_000 + "b", "a" * 5_000, False),
    ],
)
def test_patterns(pattern: str | None, text: str | None, expected: bool | None) -> None:
    assert searches.like(pattern, text) is expected


@pytest.mark.parametrize(
    ("ids", "id_", "expected"),
    [
        (None, "1", None),
        ("1, 2", "2", True),
        ("1,2", "12", False),
        ("IS NULL", None, True),
        ("NOT NULL", None, False),
        ("1", None, False),
    ],
)
def test_ids(ids: str | None, id_: str | None, expected: bool | None) -> None:
    assert searches.among(ids, id_) is expected


@pytest.mark.parametrize(
    ("answers", "any_is_enough", "expected"),
    [
        ((None, None), False, True),
        ((None, None), True, True),
        ((True, False, None), False, False),
        ((True, False, None), True, True),
        ((False, None), True, False),
    ],
)
def test_any_or_all(answers: tuple[bool | None, ...], any_is_enough: bool, expected: bool) -> None:
    assert searches.is_meant(answers, any_is_enough) is expected


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        (Asked(), ["2", "10", "1", "3"]),
        (Asked(sorts="id"), ["1", "2", "3", "10"]),
        (Asked(sorts="id desc"), ["10", "3", "2", "1"]),
        (Asked(sorts="name, id desc"), ["3", "1", "2", "10"]),
        (Asked(sorts="nothing"), ["2", "10", "1", "3"]),
        (Asked(limit=2), ["2", "10"]),
        (Asked(limit=2, offset=1), ["10", "1"]),
        (Asked(offset=3), ["3"]),
        (Asked(per_page=3, page=2), ["3"]),
        (Asked(per_page=3), ["2", "10", "1"]),
        (Asked(per_page=1, page=3, limit=2), ["2", "10"]),
        (Asked(limit=-1, offset=-5), []),
    ],
)
def test_order_and_pages(asked: Asked, ids: list[str]) -> None:
    assert [each.id for each in searches.page_of(RECORDS, asked)] == ids
