"""What the formats look like, and that both ways to them give the same."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from lookalike import results
from lookalike.results import Detail, Options, QueryError

ALL = ("id", "status", "exact", "score", "paid", "blob", "created_raw", "created_date")
FORMATTED = Options(apply_formatting=True)


def detailed(shop: Any, *fields: str, detail: Detail | None = None, **rest: object) -> Any:
    options = Options(detail=lambda: detail or Detail())
    return json.loads(shop.written("json_detail", *fields, options=options, **rest))


def test_json(shop: Any) -> None:
    assert shop.written("json", "id", "status", "exact", "paid", sorts=("orders.id",), limit=2) == (
        '[{"orders.id":1,"orders.status":"new","orders.exact":1234.5000,"orders.paid":"Yes"},\n'
        '{"orders.id":2,"orders.status":"say \\"hi\\", Jo","orders.exact":12345678901234.5678,'
        '"orders.paid":"No"}]'
    )


def test_json_of_nothing(shop: Any) -> None:
    assert shop.written("json", "id", filters=(("orders.id", "99"),)) == "[]"


def test_numbers_stay_exact_and_no_number_is_null(shop: Any) -> None:
    text = shop.written("json", "exact", "score", sorts=("orders.exact",))
    exact = json.loads(text, parse_float=Decimal)
    assert [row["orders.exact"] for row in exact] == [
        Decimal("0.0000"),
        Decimal("1234.5000"),
        Decimal("12345678901234.5678"),
        None,
    ]
    assert [row["orders.score"] for row in json.loads(text)] == [-1e-7, 0.1, 1e20, None]


def test_dates_are_text(shop: Any) -> None:
    rows = json.loads(
        shop.written(
            "json", "id", "created_raw", "created_date", "created_month", sorts=("orders.id",)
        )
    )
    assert rows[0] == {
        "orders.id": 1,
        "orders.created_raw": "2024-01-02 03:04:05.25",
        "orders.created_date": "2024-01-02",
        "orders.created_month": "2024-01",
    }


def test_json_bi(shop: Any) -> None:
    body = json.loads(shop.written("json_bi", "status", "created_date", "total", limit=1))
    metadata = body["metadata"]
    (status, created), (total,) = metadata["fields"]["dimensions"], metadata["fields"]["measures"]
    assert (status["name"], status["description"]) == ("orders.status", "Where it is")
    assert created["dimension_group"] == "orders.created"
    assert (total["category"], total["sql"]) == ("measure", "${amount}")
    assert "SELECT" in metadata["sql"]
    assert body["rows"][0]["orders.total"] == {"value": 0.0, "rendered": "$0.00"}


def test_json_bi_without_sql(shop: Any) -> None:
    answer = replace(shop.answer("total"), sql=None)
    metadata = json.loads(b"".join(results.write(answer, "json_bi", Options())))["metadata"]
    assert metadata["sql"] is None
    assert metadata["fields"]["measures"][0]["sql"] is None


def test_json_bi_of_a_failure() -> None:
    body = json.loads(results.write_failure("json_bi", "SQL Error: no", Detail(sql="SELECT x")))
    assert body["rows"] == [{"looker_error": "SQL Error: no"}]
    assert body["metadata"]["sql"] == "SELECT x"
    assert body["metadata"]["fields"]["dimensions"] == []


def test_csv(shop: Any) -> None:
    assert shop.written("csv", "id", "status", "exact", "paid", sorts=("orders.id",)) == (
        "Orders ID,Orders Status,Orders Exact,Orders Paid\n"
        "1,new,1234.5000,Yes\n"
        '2,"say ""hi"", Jo",12345678901234.5678,No\n'
        "3,,,No\n"
        '4,"tab\tline\nend",0.0000,Yes\n'
    )


def test_txt_has_tabs(shop: Any) -> None:
    text = shop.written("txt", "id", "status", sorts=("orders.id",), limit=2)
    assert text == 'Orders ID\tOrders Status\n1\tnew\n2\t"say ""hi"", Jo"\n'


@pytest.mark.parametrize("name", ["json", "csv", "txt"])
@pytest.mark.parametrize(
    "fields", [ALL, ("status", "count", "statuses"), ("total",)], ids=["rows", "measures", "one"]
)
def test_the_database_writes_the_same(shop: Any, name: str, fields: tuple[str, ...]) -> None:
    rest = {"sorts": (f"orders.{fields[0]}",)}
    ours = shop.written(name, *fields, **rest)
    straight = shop.straight(name, *fields, **rest)
    if name == "json":  # a float may be spelled in two ways
        assert json.loads(ours) == json.loads(straight)
    else:
        assert ours == straight


def test_formatting_is_text_everywhere(shop: Any) -> None:
    question = {"sorts": ("orders.id",), "limit": 3}
    text = shop.written("json", "id", "amount", "score", options=FORMATTED, **question)
    assert json.loads(text) == [
        {"orders.id": "1", "orders.amount": "$1,234.50", "orders.score": "0.1"},
        {"orders.id": "2", "orders.amount": "$12,345,678,901,234.57", "orders.score": "1e+20"},
        {"orders.id": "3", "orders.amount": None, "orders.score": None},
    ]
    text = shop.written("csv", "id", "amount", options=FORMATTED, **question)
    assert text == ('Orders ID,Orders Amount\n1,"$1,234.50"\n2,"$12,345,678,901,234.57"\n3,\n')


def test_a_list_is_shown_with_commas(shop: Any) -> None:
    rows = detailed(shop, "statuses", filters=(("orders.id", "[1, 2]"),))["data"]
    cell = rows[0]["orders.statuses"]
    assert cell == {"value": 'new|RECORD|say "hi", Jo', "rendered": 'new, say "hi", Jo'}


def test_an_earlier_list_is_shown_as_a_list(shop: Any) -> None:
    question: Any = {"sorts": ("orders.created_month",), "filters": (("orders.id", "[1, 2]"),)}
    several = shop.of("a|RECORD|b")
    whole = detailed(several, "created_month", "statuses", "statuses_before", **question)
    described = whole["fields"]["measures"]
    assert [(each["is_numeric"], each["align"]) for each in described] == [(False, "left")] * 2
    listed = {"value": "a|RECORD|b", "rendered": "a, b"}
    assert [row["orders.statuses_before"] for row in whole["data"]] == [{"value": None}, listed]


def test_columns_of_numbers(shop: Any) -> None:
    fields = detailed(shop, "created_month", "created_month_num", "amount", "size")["fields"]
    assert [each["is_numeric"] for each in fields["dimensions"]] == [False, True, True, False]


def test_a_tier_sorts_by_its_helper(shop: Any) -> None:
    data = detailed(shop, "size", "count", sorts=("orders.size",))["data"]
    sort_values = [row["orders.size"].get("sort_value") for row in data]
    assert len(data) == 4
    assert None not in sort_values
    assert sorted(sort_values, key=str) == sort_values
    assert all(set(row) == {"orders.size", "orders.count"} for row in data)
    _, script = shop.script("size", "count")
    assert results.text_form("json", script, shop.explore, Options()) == ""


def test_rendered_only_where_it_differs(shop: Any) -> None:
    data = detailed(shop, "id", "amount", sorts=("orders.id",))["data"]
    assert data[0] == {
        "orders.id": {"value": 1},
        "orders.amount": {"value": 1234.5, "rendered": "$1,234.50"},
    }
    assert data[2]["orders.amount"] == {"value": None}
    [count] = detailed(shop, "count")["data"]
    assert count == {"orders.count": {"value": 4}}


def test_detail(shop: Any) -> None:
    detail = Detail(
        id="42",
        seconds=0.8341,
        ran_at="2024-06-01T00:00:00+00:00",
        provenance={"workspace": "dev"},
    )
    whole = detailed(shop, "status", "total", filters=(("orders.status", "new"),), detail=detail)
    assert whole["id"] == "42"
    assert whole["runtime"] == "0.834"
    assert whole["ran_at"] == "2024-06-01T00:00:00+00:00"
    assert whole["errors"] == []
    assert whole["provenance"] == {"workspace": "dev"}
    assert whole["applied_filters"] == {"orders.status": {"value": "new"}}
    assert whole["timezone"] == "UTC"
    assert whole["explore"]["name"] == "orders"
    assert "SELECT" in whole["sql"]
    [status], [total] = whole["fields"]["dimensions"], whole["fields"]["measures"]
    assert (status["name"], status["label"], status["label_short"], status["type"]) == (
        "orders.status",
        "Orders Status",
        "Status",
        "string",
    )
    assert (status["is_numeric"], status["align"], status["description"]) == (
        False,
        "left",
        "Where it is",
    )
    assert (total["name"], total["category"], total["is_numeric"]) == (
        "orders.total",
        "measure",
        True,
    )


def test_detail_is_asked_after_the_last_row(shop: Any) -> None:
    seen: list[int] = []
    answer = shop.answer("id")
    pieces = results.write(answer, "json_detail", Options(detail=lambda: Detail(seconds=len(seen))))
    text = b""
    for piece in pieces:
        seen.append(1)
        text += piece
    assert json.loads(text)["runtime"] == f"{len(seen) - 1}.000"


def test_rows_are_streamed(shop: Any) -> None:
    answer = shop.answer("id")
    cells = [[results.Cell(n)] for n in range(5000)]
    consumed: list[int] = []

    def rows() -> Any:
        for n, row in enumerate(cells):
            consumed.append(n)
            yield row

    streamed = results.Answer(
        explore=answer.explore, columns=answer.columns, rows=rows(), sql="", filters=(), zone="UTC"
    )
    pieces = results.write(streamed, "csv", Options())
    next(pieces)
    next(pieces)
    assert len(consumed) < 5000


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("json", [{"looker_error": "SQL Error: no such column"}]),
        ("csv", "SQL Error: no such column\n"),
        ("txt", "SQL Error: no such column\n"),
    ],
)
def test_a_failed_query(name: str, expected: object) -> None:
    text = results.write_failure(name, "SQL Error: no such column", Detail()).decode()
    assert (json.loads(text) if name == "json" else text) == expected


def test_a_failed_query_in_detail() -> None:
    detail = Detail(id="7", errors=(QueryError("no such column", line=2, column=5),))
    whole = json.loads(results.write_failure("json_detail", "no such column", detail))
    assert whole["data"] == []
    assert whole["id"] == "7"
    assert whole["runtime"] == "0.000"
    [error] = whole["errors"]
    assert error["message"] == "no such column"
    assert error["sql_error_loc"] == {"line": 2, "column": 5}
    assert (
        json.loads(results.write_failure("json_detail", "oops", Detail()))["errors"][0]["message"]
        == "oops"
    )


def test_media_types() -> None:
    assert {name: format_.media_type for name, format_ in results.FORMATS.items()} == {
        "json": "application/json; charset=utf-8",
        "json_detail": "application/json; charset=utf-8",
        "json_bi": "application/json; charset=utf-8",
        "csv": "text/plain; charset=utf-8",
        "txt": "text/plain; charset=utf-8",
    }


@pytest.mark.parametrize("value", ["=1+1", "+49 30 1", "-5", "@SUM(A1)", "=cmd|' /C calc'!A0"])
@pytest.mark.parametrize("name", ["csv", "txt"])
def test_what_looks_like_a_formula_is_exact(shop: Any, name: str, value: str) -> None:
    asked = shop.of(value)
    label, cell = asked.written(name, "status", limit=1).splitlines()
    assert (label, cell) == ("Orders Status", value)
    assert asked.straight(name, "status", limit=1).splitlines() == [label, cell]


@pytest.mark.parametrize("value", ["\t=1+1", "\r=1+1", "x\n=1+1", 'x",=1+1', "x\t=1+1"])
@pytest.mark.parametrize(("name", "separator"), [("csv", ","), ("txt", "\t")])
def test_no_value_begins_a_cell_of_its_own(
    shop: Any, name: str, separator: str, value: str
) -> None:
    written = shop.of(value).written(name, "status", "id", limit=1)
    _, row = csv.reader(io.StringIO(written, newline=""), delimiter=separator)
    assert row == [value, "1"]
