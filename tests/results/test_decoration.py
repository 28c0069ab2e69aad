"""Fields behind an answer: asked for since a template of a cell shows them, and never a column."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from msgspec.structs import replace

from lookalike import results
from lookalike.compiler import model, query, syntax

HTML = "{{ rendered_value }} of {{ id._rendered_value }} <i>{{ orders.size._value }}</i>"


@pytest.fixture
def decorated(shop: Any) -> Any:
    """The shop, whose status shows other fields of its row."""
    field = shop.explore.fields["orders.status"]
    shown = replace(field, html=model.Sql(HTML, field.place))
    explore = replace(
        shop.explore,
        fields={**shop.explore.fields, "orders.status": shown},
        references={**shop.explore.references, "orders.status": shown},
    )
    return replace(shop, explore=explore)


def roles(shop: Any, **rest: object) -> dict[str, query.Role]:
    plan, _ = shop.script("status", "count", **rest)
    return {column.field: column.role for column in plan.main.columns}


def test_fields_that_html_names_are_asked_for(decorated: Any) -> None:
    assert roles(decorated) == {
        "orders.status": query.Role.DIMENSION,
        "orders.count": query.Role.MEASURE,
        "orders.id": query.Role.BEHIND,
        "orders.size": query.Role.BEHIND,
    }
    assert list(roles(decorated, decorated=False)) == ["orders.status", "orders.count"]


def test_what_the_asker_may_not_see_is_not_asked_for(decorated: Any) -> None:
    fields = {name: f for name, f in decorated.explore.fields.items() if name != "orders.size"}
    withheld = replace(decorated, explore=replace(decorated.explore, fields=fields))
    assert "orders.size" not in roles(withheld)
    assert "orders.id" in roles(withheld)


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("csv", "Orders Status,Orders Count"),
        ("txt", "Orders Status\tOrders Count"),
        ("json", '[{"orders.status":"new","orders.count":1},'),
    ],
)
def test_they_are_no_columns(name: str, first: str, decorated: Any) -> None:
    written = decorated.written(name, "status", "count", sorts=("orders.count", "orders.status"))
    assert "size" not in written
    assert len(written.strip().split("\n")) >= 4
    if name != "json":
        assert written.startswith(first)


def test_rows_of_text_pass_through_the_answer(decorated: Any, shop: Any) -> None:
    _, plain = shop.script("status", "count")
    _, script = decorated.script("status", "count")
    assert results.text_form("csv", plain, shop.explore, results.Options()) == "csv"
    assert results.text_form("csv", script, decorated.explore, results.Options()) == ""


def test_the_html_shows_them(decorated: Any) -> None:
    plan, script = decorated.script("status", filters=(("orders.id", "1"),))
    reader = query.Reader(
        asker=query.Asker(now=datetime(2024, 6, 1, tzinfo=UTC), attributes={}),
        dialect="duckdb",
        strings={},
    )
    wording = query.Wording(decorated.explore, reader, syntax.Budget())
    rows = decorated.engine.run(script.main.text, 20)
    answer = results.answer(plan, script, decorated.explore, rows, wording)
    written = json.loads(b"".join(results.write(answer, "json_detail", results.Options())))
    (row,) = written["data"]
    assert list(row) == ["orders.status"]
    assert row["orders.status"]["html"] == "new of 1 <i>1000 to 4999</i>"
