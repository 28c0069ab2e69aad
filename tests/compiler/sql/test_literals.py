"""Literals: whatever the value, the statement keeps its structure and reads back the same value."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lookalike.compiler.sql import DIALECTS, literals

DUCKDB, POSTGRES = DIALECTS["duckdb"], DIALECTS["postgres"]
CONNECTION = duckdb.connect()

hostile = st.text(alphabet="'\"\\;-/*\0\n$ %a\ud800é🙂", max_size=12)
texts = st.one_of(hostile, st.text(max_size=12))
decimals = st.decimals(
    allow_nan=False, allow_infinity=False, places=4, min_value=-(10**12), max_value=10**12
)
values = st.one_of(
    texts,
    st.integers(-(2**63), 2**63),
    st.booleans(),
    st.none(),
    decimals,
    st.decimals(),
    st.floats(),
    st.dates(),
    st.datetimes(),
)


@given(values)
def test_a_literal_never_changes_the_statement(value: Any) -> None:
    assert _shape(literals.text(value, DUCKDB)) == _shape("NULL")


@given(texts)
def test_a_text_reads_back(value: str) -> None:
    assert _read(literals.text(value, DUCKDB)) == _storable(value)


@given(decimals)
def test_a_decimal_reads_back(value: Decimal) -> None:
    assert _read(literals.text(value, DUCKDB)) == value


@given(st.one_of(st.dates(), st.datetimes(), st.integers(-(2**63), 2**63), st.booleans()))
def test_other_values_read_back(value: Any) -> None:
    assert _read(literals.text(value, DUCKDB)) == value


@given(texts)
def test_postgres_gets_no_nul(value: str) -> None:
    assert "\0" not in literals.text(value, POSTGRES)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("O'Neil", "'O''Neil'"),
        ("back\\slash", "'back\\slash'"),
        ("", "''"),
        (None, "NULL"),
        (True, "TRUE"),
        (-5, "-5"),
        (Decimal("1E+3"), "1000"),
        (Decimal("0.000001"), "0.000001"),
        (Decimal("1E+999999"), "CAST('Infinity' AS DOUBLE)"),
        (Decimal("1E-999999"), "0.0"),
        (float("nan"), "CAST('NaN' AS DOUBLE)"),
        (date(2018, 5, 18), "DATE '2018-05-18'"),
        (datetime(2018, 5, 18, 18, 30, 2), "TIMESTAMP '2018-05-18 18:30:02'"),
        (datetime(2018, 5, 18, 18, 30, 2, 5), "TIMESTAMP '2018-05-18 18:30:02.000005'"),
    ],
)
def test_how_it_is_written(value: Any, expected: str) -> None:
    assert literals.text(value, DUCKDB) == expected


@given(texts)
def test_an_identifier_stays_one(name: str) -> None:
    sql = f"SELECT 1 AS {literals.identifier(name or 'x')}, 2 AS other"
    assert [column[0] for column in CONNECTION.execute(sql).description][1] == "other"


def _read(literal: str) -> Any:
    row = CONNECTION.execute(f"SELECT {literal}, 'after'").fetchone()
    assert row is not None
    assert row[1] == "after"
    return row[0]


def _storable(value: str) -> str:
    return "".join("\ufffd" if 0xD800 <= ord(char) <= 0xDFFF else char for char in value)


def _shape(literal: str) -> Any:
    """The parse tree of a statement around `literal`, with literals replaced by one and the
    same."""
    sql = f"SELECT a FROM t WHERE a = {literal} AND b - {literal} < 7 -- end"
    row = CONNECTION.execute("SELECT json_serialize_sql(?::VARCHAR)", [sql]).fetchone()
    assert row is not None
    tree = json.loads(row[0])
    assert not tree["error"], (literal, tree)
    return _blanked(tree)


def _blanked(node: Any) -> Any:
    if isinstance(node, list):
        return [_blanked(item) for item in node]
    if not isinstance(node, dict):
        return node
    if node.get("class") in ("CONSTANT", "CAST"):
        return "literal"
    return {key: _blanked(item) for key, item in node.items() if "query_location" not in key}
