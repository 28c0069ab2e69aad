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


def test_every_mistake_is_told(
    folder: Callable[[Mapping[str, str]], Path], lookalike: Callable[..., Any]
) -> None:
    made = folder({"shop.model.lkml": MODEL, "t.view.lkml": VIEW})
    ended = lookalike("sql", "shop/t", "t.nope", "t.name", "--dir", made)
    assert "there is no field `t.nope`" in ended.err
    assert "`t.name` can't be used" in ended.err
