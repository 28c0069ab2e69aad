"""Data tests: which there are, how they go, and what they say when they fail."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from msgspec import Struct
from msgspec.structs import replace

from lookalike.compiler.syntax import Code
from lookalike.instance import data_tests, people, projects
from lookalike.instance.access import Caller
from lookalike.instance.config import Config, ConnectionConfig
from lookalike.instance.errors import NotAllowed, NotFound
from lookalike.instance.instance import Instance, open_instance

MODEL = """
connection: "warehouse"
include: "/*.view.lkml"
include: "/tests/*.lkml"
explore: t {}
"""
VIEW = """
view: t {
  sql_table_name: (SELECT range AS n, range % 2 = 0 AS even, DATE '2024-01-01' AS day
    FROM range(600)) ;;
  dimension: n { type: number }
  dimension: even { type: yesno sql: ${TABLE}.even ;; }
  dimension: wrong { sql: no_such_column ;; }
  dimension_group: at { type: time timeframes: [date, month] sql: ${TABLE}.day ;; }
  measure: count { type: count }
  measure: total { type: sum sql: ${n} ;; }
}
"""
FIRST = """
test: totals {
  explore_source: t {
    column: count {}
    column: sum { field: t.total }
    filters: [t.n: "<10"]
  }
  assert: as_many { expression: ${t.count} = 10 ;; }
  assert: adds_up { expression: ${t.total} = 45 AND ${sum} = 45 ;; }
}
test: numbers {
  explore_source: t {
    column: n { field: t.n }
    column: even {}
    column: at_date {}
    column: at_month {}
    filters: [t.n: "<4"]
    sorts: [t.n: desc]
    limit: 3
  }
  assert: dated { expression: ${t.at_date} = date(2024, 1, 1) AND ${t.at_month} = "2024-01" ;; }
  assert: parity { expression: ${t.even} = (mod(${t.n}, 2) = 0) ;; }
  assert: unique { expression: count_distinct(${t.n}) = count(${t.n}) ;; }
  assert: small { expression: ${t.n} < 3 ;; }
}
"""
SECOND = """
test: refused { explore_source: t { column: wrong {} } assert: a { expression: yes ;; } }
test: absent { explore_source: t { column: gone {} } assert: a { expression: yes ;; } }
test: unreadable { explore_source: t { column: count {} } assert: a { expression: 1 + ;; } }
test: not_asked { explore_source: t { column: count {} } assert: a { expression: ${t.n} > 1 ;; } }
test: a_number { explore_source: t { column: count {} } assert: a { expression: ${t.count} ;; } }
test: renamed {
  explore_source: t { column: c { field: t.count } }
  assert: a { expression: ${t.c} = 1 ;; }
}
test: nothing {
  explore_source: t { column: n {} filters: [t.n: "<0"] }
  assert: a { expression: ${t.n} > 99 ;; }
}
test: many { explore_source: t { column: n {} } assert: a { expression: ${t.n} >= 0 ;; } }
test: nulls {
  explore_source: t { column: n {} limit: 2 sorts: [t.n: asc] }
  assert: a { expression: 1 / ${t.n} > 0 ;; }
}
"""


class Hall(Struct, frozen=True):
    """An instance, and a developer in it."""

    instance: Instance
    caller: Caller

    def run(self, test: str) -> data_tests.TestResult:
        (found,) = data_tests.run_tests(self.instance, self.caller, "shop", test=test).results
        return found


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    folder = Path(tmp_path_factory.mktemp("instance"))
    opened = open_instance(
        Config(folder=str(folder), connections={"warehouse": ConnectionConfig()})
    )
    files = {
        "shop.model.lkml": MODEL,
        "t.view.lkml": VIEW,
        "tests/a.lkml": FIRST,
        "tests/b.lkml": SECOND,
    }
    operator = people.operator(opened, "dev")
    projects.create_project(opened, operator, "shop", files, "first")
    yield Hall(opened, operator)
    opened.close()


def test_listing(hall: Hall) -> None:
    first, second = data_tests.list_tests(hall.instance, hall.caller, "shop", "tests/a.lkml").tests
    assert (first.model, first.name, first.explore) == ("shop", "totals", "t")
    assert (first.file, first.line) == ("shop/tests/a.lkml", 2)
    assert dict(parse_qsl(second.query_url_params)) == {
        "fields": "t.n,t.even,t.at_date,t.at_month",
        "f[t.n]": "<4",
        "sorts": "t.n desc",
        "limit": "3",
    }
    whole = data_tests.list_tests(hall.instance, hall.caller, "shop").tests
    assert len(whole) == 11
    named = data_tests.list_tests(hall.instance, hall.caller, "shop", "shop/tests/a.lkml").tests
    assert named == (first, second)


def test_one_that_holds(hall: Hall) -> None:
    assert hall.run("totals") == data_tests.TestResult("shop", "totals", 2, 0, (), (), True)


def test_a_column_is_shown_once(hall: Hall) -> None:
    (error,) = hall.run("renamed").errors
    assert error.message == (
        "assertion `a` is no in 1 of 1 rows, first in row 1 where `t.count` is 600"
    )


def test_one_that_does_not(hall: Hall) -> None:
    found = hall.run("numbers")
    assert (found.assertions_count, found.assertions_failed, found.success) == (4, 1, False)
    (error,) = found.errors
    assert error.code is Code.ASSERTION_FAILED
    assert "assertion `small` is no in 1 of 3 rows, first in row 1" in error.message
    assert "`t.n` is 3" in error.message
    assert (error.place.path, error.place.line) == ("tests/a.lkml", 24)
    assert (error.model, error.explore) == ("shop", "t")


@pytest.mark.parametrize(
    ("test", "message"),
    [
        ("refused", "no_such_column"),
        ("absent", "gone"),
        ("unreadable", "assertion `a` can't be read"),
        ("not_asked", "`t.n` is not among the columns"),
        ("a_number", "neither yes nor no"),
        ("nulls", "is null in 1 of 2 rows"),
    ],
)
def test_what_keeps_it_from_holding(hall: Hall, test: str, message: str) -> None:
    found = hall.run(test)
    assert (found.success, found.assertions_failed) == (False, 1)
    (error,) = found.errors
    assert message in error.message
    assert error.place.path
    assert error.place.line


def test_warnings(hall: Hall) -> None:
    for test, message in (("nothing", "no rows"), ("many", "only the first 500 rows")):
        found = hall.run(test)
        assert found.success
        assert message in found.warnings[0].message


def test_all_of_them_and_progress(hall: Hall) -> None:
    seen: list[str] = []
    run = data_tests.run_tests(
        hall.instance, hall.caller, "shop", progress=lambda result: seen.append(result.test)
    )
    assert [each.test for each in run.results[:2]] == ["totals", "numbers"]
    assert sorted(seen) == sorted(each.test for each in run.results)
    assert {each.test for each in run.results if each.success} == {"totals", "nothing", "many"}
    assert run.version.project.name == "shop"


def test_the_database_keeps_its_words_from_those_who_may_not_see_sql(hall: Hall) -> None:
    caller = replace(hall.caller, permissions=hall.caller.permissions - {"see_sql"})
    found = Hall(hall.instance, caller).run("refused")
    assert "the database refused the query" in found.errors[0].message
    assert "no_such_column" not in found.errors[0].message


def test_what_is_not_there(hall: Hall) -> None:
    with pytest.raises(NotFound, match="`gone`"):
        hall.run("gone")
    with pytest.raises(NotFound):
        data_tests.run_tests(hall.instance, hall.caller, "gone")
    with pytest.raises(NotFound):
        data_tests.run_tests(hall.instance, hall.caller, "shop", model="other")


def test_who_may(hall: Hall) -> None:
    viewer = replace(hall.caller, permissions=frozenset({"access_data", "explore"}))
    with pytest.raises(NotAllowed, match="see_lookml"):
        data_tests.list_tests(hall.instance, viewer, "shop")
    outsider = replace(hall.caller, models=frozenset({"other"}))
    assert data_tests.list_tests(hall.instance, outsider, "shop").tests == ()
