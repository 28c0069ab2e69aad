"""Keys that are generated: where rows are numbered, and where the table stays as it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lookalike.compiler import sql
from lookalike.compiler.query import Planned

Ask = Callable[..., Planned]

VIEW = "view: +regions { autogenerate_primary_keys: yes }"
EXPLORE = "explore: +order_items { autogenerate_primary_keys: yes }"
HEIR = "explore: heir { extends: [order_items] view_name: order_items }"
NUMBERED = "(SELECT ROW_NUMBER() OVER () AS __row_key, t.* FROM regions AS t) AS regions"


def text(planned: Planned) -> str:
    assert planned.plan is not None, planned.diagnostics
    return sql.write(planned.plan, sql.DIALECTS["duckdb"]).main.text


@pytest.mark.parametrize(
    ("more", "explore"), [(VIEW, "order_items"), (EXPLORE, "order_items"), (EXPLORE + HEIR, "heir")]
)
def test_rows_that_must_be_told_apart_are_numbered(ask: Ask, more: str, explore: str) -> None:
    assert NUMBERED in text(ask("regions.total_area, users.state", more=more, explore=explore))


@pytest.mark.parametrize("fields", ["regions.name", "regions.name, order_items.count"])
def test_other_rows_are_not(ask: Ask, fields: str) -> None:
    assert "__row_key" not in text(ask(fields, more=EXPLORE))


def test_a_key_that_is_written_is_used(ask: Ask) -> None:
    written = text(ask("users.total_credit", more=EXPLORE))
    assert "users.id AS distinct_key" in written
    assert "__row_key" not in written


def test_the_name_of_a_table_stays_its_name(ask: Ask) -> None:
    more = """view: +regions {
      measure: n { type: number sql: (SELECT COUNT(*) FROM ${regions.SQL_TABLE_NAME}) ;; }
    }"""
    written = text(ask("regions.total_area, regions.n", more=VIEW + more))
    assert "(SELECT COUNT(*) FROM regions) AS" in written
    assert NUMBERED in written


def test_a_join_that_names_its_own_table_has_no_key(ask: Ask) -> None:
    more = """explore: bare {
      from: order_items
      autogenerate_primary_keys: yes
      join: regions { sql: LEFT JOIN regions ON TRUE ;; relationship: many_to_one }
    }"""
    planned = ask("regions.total_area, bare.count", more=more, explore="bare")
    assert [each.code for each in planned.diagnostics] == ["fan_out_without_key"]
