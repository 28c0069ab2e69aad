"""Dashboards of a workspace: who sees them, what their tiles ask, which can't be answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec import Struct
from msgspec.structs import replace

from lookalike.compiler.query import Asker
from lookalike.compiler.syntax import Code, Severity
from lookalike.instance import dashboards, people, projects, validation
from lookalike.instance.access import Caller
from lookalike.instance.config import Config, ConnectionConfig
from lookalike.instance.errors import NotAllowed, NotFound
from lookalike.instance.instance import Instance, open_instance

MODEL = """connection: "warehouse"
include: "/*.dashboard"
view: t {
  sql_table_name: (SELECT 1 AS n) ;;
  dimension: n { type: number }
  dimension: bad { sql: ${gone} ;; }
  measure: count { type: count }
}
explore: t {}
"""
BOARD = """- dashboard: sales
  title: Sales
  filters:
  - {name: N, type: field_filter, explore: t, field: t.n, default_value: '>3'}
  - {name: Any, type: string_filter}
  elements:
  - {name: words, type: text, body_text: Hello}
  - name: table
    explore: t
    fields: [t.n, t.count]
    filters: {t.n: 1, t.count: '>0'}
    listen: {N: t.n}
    limit: 20
  - name: any
    explore: t
    fields: [t.n]
    filters: {t.n: 1}
    listen: {Any: t.n}
- dashboard: base
  extension: required
"""


class Hall(Struct, frozen=True):
    """An instance, and a developer in it."""

    instance: Instance
    caller: Caller

    def commit(self, files: Mapping[str, str]) -> None:
        found = projects.get_project(self.instance, self.caller, "shop")
        projects.commit_files(self.instance, self.caller, found, files, "more")

    def wrong(self, elements: str) -> list[tuple[Code, Severity, int]]:
        """What a validation says of a dashboard with these elements."""
        text = f"- dashboard: b\n  elements:\n{elements}"
        self.commit({"b.dashboard.lookml": text})
        found = validation.validate(self.instance, self.caller, "shop").diagnostics
        return [
            (each.code, each.severity, each.place.line)
            for each in found
            if each.place.path == "b.dashboard.lookml"
        ]


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    config = Config(folder=str(tmp_path), connections={"warehouse": ConnectionConfig()})
    opened = open_instance(config)
    operator = people.operator(opened, "dev")
    files = {"shop.model.lkml": MODEL, "sales.dashboard.lookml": BOARD}
    projects.create_project(opened, operator, "shop", files, "first")
    yield Hall(opened, operator)
    opened.close()


def test_list(hall: Hall) -> None:
    """One that is only there to be extended is not listed."""
    found = dashboards.list_dashboards(hall.instance, hall.caller)
    assert [each.id for each in found] == ["shop::sales"]


def test_a_changed_file_is_another_dashboard(hall: Hall) -> None:
    hall.commit({"sales.dashboard.lookml": BOARD.replace("title: Sales", "title: More")})
    found = dashboards.get_dashboard(hall.instance, hall.caller, "shop::sales")
    assert found.dashboard.title == "More"


@pytest.mark.parametrize("id_", ["shop::none", "none::sales", "sales", "shop::base", "shop::"])
def test_there_is_none(hall: Hall, id_: str) -> None:
    with pytest.raises(NotFound):
        dashboards.get_dashboard(hall.instance, hall.caller, id_)


def test_who_may_not(hall: Hall) -> None:
    elsewhere = replace(hall.caller, models=frozenset({"other"}))
    assert dashboards.list_dashboards(hall.instance, elsewhere) == ()
    with pytest.raises(NotFound):
        dashboards.get_dashboard(hall.instance, elsewhere, "shop::sales")
    nobody = replace(hall.caller, permissions=frozenset({"access_data"}))
    with pytest.raises(NotAllowed):
        dashboards.list_dashboards(hall.instance, nobody)


def test_questions(hall: Hall) -> None:
    """The default of a filter takes the place of the tile's own, also where it is empty."""
    board = dashboards.get_dashboard(hall.instance, hall.caller, "shop::sales").dashboard
    words, table, anything = board.elements
    asker = dashboards.asker_of(hall.instance, hall.caller, board)
    assert dashboards.questions(board, words, asker) == ()
    ((_, question),) = dashboards.questions(board, table, asker)
    assert (question.model, question.explore, question.limit) == ("shop", "t", 20)
    assert question.filters == (("t.n", ">3"), ("t.count", ">0"))
    ((_, question),) = dashboards.questions(board, anything, asker)
    assert (question.filters, question.limit) == ((("t.n", ""),), 500)


@pytest.mark.parametrize(
    ("default", "expected"),
    [
        ("{% if _user_attributes['team'] == 'A' %}>3{% else %}>4{% endif %}", ">3"),
        ("{% if _user_attributes['unset'] == 'A' %}>3{% else %}>4{% endif %}", ">4"),
        ("{% assign y = 'now' | date: '%Y' %}>{{ y }}", ">2024"),
        ("{{ _user_attributes['team'] | downcase }}", "a"),
        # These are filled in when the question is planned, where one without a value is an error.
        ("{{ _user_attributes['unset'] }}", "{{ _user_attributes['unset'] }}"),
        ("{% if %}", "{% if %}"),
        ("{% for i in (1..900000) %}{% for j in (1..900000) %}{% endfor %}{% endfor %}", None),
        ("{% if orders.a._is_filtered or f._in_query %}{{ _filters['a.b'] }}{% endif %}7", "7"),
    ],
)
def test_a_default_that_is_liquid(hall: Hall, default: str, expected: str | None) -> None:
    """It is what the asker's attributes and the clock make of it. What can't be read stays."""
    board = dashboards.get_dashboard(hall.instance, hall.caller, "shop::sales").dashboard
    changed = replace(board, filters=(replace(board.filters[0], default_value=default),))
    asker = Asker(now=datetime(2024, 5, 6, tzinfo=UTC), attributes={"team": "A"})
    ((_, question),) = dashboards.questions(changed, board.elements[1], asker)
    assert dict(question.filters)["t.n"] == (default if expected is None else expected)


def test_a_default_reads_the_clock_in_the_zone_of_the_dashboard(hall: Hall) -> None:
    board = dashboards.get_dashboard(hall.instance, hall.caller, "shop::sales").dashboard
    asker = dashboards.asker_of(hall.instance, hall.caller, board)
    assert (asker.zone, asker.attributes) == ("UTC", hall.caller.attributes)
    abroad = replace(board, query_timezone="Asia/Tokyo")
    late = replace(
        dashboards.asker_of(hall.instance, hall.caller, abroad),
        now=datetime(2024, 12, 31, 20, tzinfo=UTC),
    )
    written = replace(abroad.filters[0], default_value="{{ 'now' | date: '%Y' }}")
    changed = replace(abroad, filters=(written,))
    ((_, question),) = dashboards.questions(changed, board.elements[1], late)
    assert dict(question.filters)["t.n"] == "2025"


def test_a_default_that_is_no_liquid_is_told(hall: Hall) -> None:
    hall.commit({"sales.dashboard.lookml": BOARD.replace("'>3'", "'{% if %}'")})
    found = validation.validate(hall.instance, hall.caller, "shop").diagnostics
    (told,) = [each for each in found if each.code is Code.LIQUID]
    assert (told.severity, told.place.line) == (Severity.ERROR, 4)
    assert "the default of filter `N` can't be read" in told.message


@pytest.mark.parametrize(
    ("element", "expected"),
    [
        ("explore: t, fields: [t.n]", []),
        ("explore: t, fields: [t.n], filters: {t.n: nonsense}", [Code.INVALID_FILTER]),
        ("explore: t, fields: [t.n], pivots: [t.n]", [Code.NOT_SUPPORTED]),
        ("explore: t, fields: [t.n], total: true", [Code.NOT_SUPPORTED]),
        (
            "explore: t, fields: [t.n, c], dynamic_fields: [{table_calculation: c}]",
            [Code.NOT_SUPPORTED],
        ),
        ("merged_queries: [{explore: t, fields: [t.n]}]", [Code.NOT_SUPPORTED]),
        ("explore: t, fields: [t.no]", [Code.UNKNOWN_FIELD]),
        ("explore: t, fields: [t.bad]", []),
    ],
)
def test_every_tile_is_written_as_sql(hall: Hall, element: str, expected: list[Code]) -> None:
    """What is wrong with the tile is told once, and what is wrong with its explore elsewhere."""
    found = hall.wrong(f"  - {{name: x, {element}}}\n")
    severities = {Code.NOT_SUPPORTED: Severity.INFO}
    assert found == [(code, severities.get(code, Severity.ERROR), 3) for code in expected]
