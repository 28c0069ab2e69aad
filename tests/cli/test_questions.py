"""Questions on the command line to LookML with mistakes in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

MODEL = 'connection: "db"\ninclude: "/*.view"\nexplore: t {}\n'
VIEW = """view: t {
  derived_table: { sql: SELECT 1 AS id, 'a' AS name ;; }
  dimension: id { primary_key: yes type: number }
  dimension: name {
    sql: upper(${TABLE}.name)
  }
}
"""


@pytest.mark.parametrize("command", ["sql", "query"])
def test_what_is_not_closed_is_not_sent(
    command: str, folder: Callable[[Mapping[str, str]], Path], lookalike: Callable[..., Any]
) -> None:
    made = folder({"shop.model.lkml": MODEL, "t.view.lkml": VIEW})
    ended = lookalike(command, "shop/t", "t.name", "--dir", made)
    assert (ended.code, ended.out) == (1, "")
    assert (
        "`t.name` can't be used: the text of `sql` that begins in line 5 is not closed;"
        " write `;;` at its end (t.view.lkml:5)"
    ) in ended.err
    ended = lookalike(command, "shop/t", "t.id", "--dir", made)
    assert (ended.code, "1" in ended.out) == (0, True)


@pytest.mark.parametrize("format_", ["table", "json_detail", "csv"])
def test_shares_of_a_total_that_the_limit_cuts(
    format_: str, folder: Callable[[Mapping[str, str]], Path], lookalike: Callable[..., Any]
) -> None:
    view = """view: t {
      derived_table: { sql: SELECT range AS id FROM range(3) ;; }
      dimension: id { primary_key: yes type: number }
      measure: count { type: count }
      measure: share { type: percent_of_total sql: ${count} ;; }
    }"""
    made = folder({"shop.model.lkml": MODEL, "t.view.lkml": view})
    asked = ("query", "shop/t", "t.id", "t.share", "--dir", made, "--format", format_)
    said = "shares of the total are unknown"
    cut = lookalike(*asked, "--limit", "2")
    assert cut.code == 0
    assert (
        f"{said}: the answer was cut after 2 rows; write a higher `--limit`,"
        " or `--limit -1` for all rows\n"
    ) in cut.err
    assert cut.err.count(said) == 1
    assert said not in lookalike(*asked, "--limit", "3").err


def test_every_mistake_is_told(
    folder: Callable[[Mapping[str, str]], Path], lookalike: Callable[..., Any]
) -> None:
    made = folder({"shop.model.lkml": MODEL, "t.view.lkml": VIEW})
    ended = lookalike("sql", "shop/t", "t.nope", "t.name", "--dir", made)
    assert "there is no field `t.nope`" in ended.err
    assert "`t.name` can't be used" in ended.err
