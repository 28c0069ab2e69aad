"""LookML dashboards: what is read of them, what `extends` makes of them, and what is wrong."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from lookalike.compiler import model, syntax
from lookalike.compiler.syntax import Code, Severity

MODEL = """connection: "w"
include: "/boards/*.dashboard"
view: orders {
  dimension: id { primary_key: yes type: number }
  dimension: status { alias: [state] }
  dimension_group: created { type: time timeframes: [date] }
  measure: count { type: count }
}
explore: orders {}
"""


def _assemble(*texts: str, lookml: str = MODEL, manifest: str = "") -> model.Assembled:
    files: list[model.SourceFile | model.DashboardFile] = [
        model.SourceFile("m.model.lkml", syntax.lookml.parse(lookml)),
        model.SourceFile("manifest.lkml", syntax.lookml.parse(manifest)),
    ]
    files += [
        model.DashboardFile(f"boards/{n}.dashboard.lookml", syntax.yaml.parse(text))
        for n, text in enumerate(texts)
    ]
    return model.assemble("shop", files, {}, {}, syntax.Budget())


def _board(*texts: str, name: str = "b", manifest: str = "") -> model.Dashboard:
    found = _assemble(*texts, manifest=manifest)
    assert found.diagnostics == ()
    return found.project.models["m"].dashboards[name]


def _tile(text: str) -> model.DashboardElement:
    lines = "".join(f"    {line}\n" for line in text.splitlines())
    (element,) = _board(f"- dashboard: b\n  elements:\n  - name: t\n{lines}").elements
    return element


def test_a_dashboard() -> None:
    board = _board(
        """# made by hand
---
- dashboard: b
  title: 2024
  description: yes
  layout: newspaper
  width: '1200'
  crossfilter_enabled: on
  refresh: 2 hours
  tabs: [{name: one, label: First}]
  rows: [{height: 20}]
  filters:
  - name: State
    type: field_filter
    default_value: 007
    explore: orders
    field: orders.status
    allow_multiple_values: no
    listens_to_filters: []
    ui_config: {type: checkboxes, options: [a, 1]}
- dashboard: sales_by_day
"""
    )
    assert (board.title, board.description, board.width) == ("2024", "yes", 1200)
    assert (board.model, board.refresh, board.crossfilter_enabled) == ("m", "2 hours", True)
    assert board.tabs == (("one", "First"),)
    assert board.others == {"rows": [{"height": 20}]}
    (found,) = board.filters
    assert (found.title, found.default_value, found.model) == ("State", "007", "m")
    assert not found.allow_multiple_values
    assert found.ui_config == {"type": "checkboxes", "options": ["a", 1]}
    assert (board.place.path, board.place.line) == ("boards/0.dashboard.lookml", 3)


def test_a_title_is_made_of_the_name() -> None:
    assert _board("- dashboard: sales_by_day", name="sales_by_day").title == "Sales By Day"


def test_a_tile() -> None:
    tile = _tile(
        """title: On
type: looker_column
explore: orders
fields: [orders.status, orders.count, share, big]
pivots: [orders.created_date]
filters: {orders.created_date: 7 days, orders.id: 12}
sorts: [orders.count desc 0, share]
limit: '20'
column_limit: 5
total: true
row_total: right
query_timezone: UTC
filter_expression: '1=1'
dynamic_fields:
- {table_calculation: share, expression: "${orders.count} / 2"}
- {measure: big, based_on: orders.count}
series_colors: {orders.count: '#fff'}
show_value_labels: true
row: 3
col: 8"""
    )
    (query,) = tile.queries
    assert (tile.title, tile.row, tile.col) == ("On", 3, 8)
    assert tile.vis == {"series_colors": {"orders.count": "#fff"}, "show_value_labels": True}
    assert (query.model, query.explore, query.limit, query.column_limit) == ("m", "orders", 20, 5)
    assert query.filters == (("orders.created_date", "7 days"), ("orders.id", "12"))
    assert query.sorts == ("orders.count desc 0", "share")
    assert (query.total, query.row_total, query.query_timezone) == (True, "right", "UTC")
    assert query.dynamic == ("share", "big")
    assert query.dynamic_fields.startswith('[{"table_calculation":"share"')
    assert query.fields[2:] == ("share", "big")


def test_a_text_asks_nothing() -> None:
    tile = _tile("type: text\ntitle_text: 12:30\nbody_text: no\nlisten: {}")
    assert tile.queries == ()
    assert (tile.title_text, tile.body_text) == ("12:30", "no")


def test_a_merged_tile_asks_several() -> None:
    tile = _tile(
        """merged_queries:
- {model: m, explore: orders, type: table, fields: [orders.count]}
- explore: orders
  fields: [orders.id]
  join_fields: [{field_name: orders.id, source_field_name: orders.id}]"""
    )
    assert tile.is_merged
    assert [each.fields for each in tile.queries] == [("orders.count",), ("orders.id",)]


def test_older_names_of_a_field_are_known() -> None:
    assert _tile("explore: orders\nfields: [orders.state]\nsorts: [orders.status__sort_]").queries


BASE = """
- dashboard: base
  extension: required
  title: Base
  layout: newspaper
  filters:
  - {name: State, type: string_filter, default_value: new}
  elements:
  - {name: a, type: table, explore: orders, fields: [orders.count], row: 0, col: 0, note_text: hi}
  - {name: b, type: text, body_text: b}
"""
CHILD = """
- dashboard: b
  extends: base
  filters:
  - {name: State, default_value: old}
  - {name: Day, type: date_filter}
  elements:
  - {name: b, body_text: c}
  - {name: a, fields: [orders.id], row: 5, listen: {State: orders.status}}
  - {name: c, type: text}
"""


def test_extends() -> None:
    """Parts match by name and keep their place, new ones follow, all else is replaced."""
    board = _board(CHILD, BASE)
    assert (board.title, board.layout, board.extension_required) == ("Base", "newspaper", False)
    assert [each.name for each in board.elements] == ["a", "b", "c"]
    first, second, _ = board.elements
    assert (first.row, first.col, first.note_text, first.type) == (5, 0, "hi", "table")
    assert first.queries[0].fields == ("orders.id",)
    assert first.queries[0].listen == (("State", "orders.status"),)
    assert (second.type, second.body_text) == ("text", "c")
    assert [(each.name, each.default_value) for each in board.filters] == [
        ("State", "old"),
        ("Day", ""),
    ]
    assert board.filters[0].type == "string_filter"


def test_extends_several_in_order() -> None:
    text = """
- {dashboard: x, title: X, description: x, elements: [{name: x, type: text}]}
- {dashboard: y, title: Y, elements: [{name: y, type: text}, {name: x, title: Y}]}
- {dashboard: b, extends: [x, y]}
"""
    board = _board(text)
    assert (board.title, board.description) == ("Y", "x")
    assert [(each.name, each.title) for each in board.elements] == [("x", "Y"), ("y", "")]


def test_a_dashboard_extended_twice_counts_once() -> None:
    text = """
- {dashboard: x, title: X, description: x}
- {dashboard: y, extends: x, title: Y}
- {dashboard: z, extends: x, description: z}
- {dashboard: b, extends: [y, z]}
"""
    board = _board(text)
    assert (board.title, board.description) == ("Y", "z")


def test_the_next_assembly_sees_what_changed() -> None:
    """And takes over the very dashboards that did not."""
    reuse = model.Reuse()

    def boards(*texts: str) -> list[model.Dashboard]:
        files: list[model.SourceFile | model.DashboardFile] = [kept_model]
        files += [kept.setdefault(text, _file(text, n)) for n, text in enumerate(texts)]
        found = model.assemble("shop", files, {}, {}, syntax.Budget(), reuse=reuse)
        return list(found.project.models["m"].dashboards.values())

    kept_model = model.SourceFile("m.model.lkml", syntax.lookml.parse(MODEL))
    kept: dict[str, model.DashboardFile] = {}
    other = "- {dashboard: other, title: Same}"
    first, _, same = boards(BASE, CHILD, other)
    changed, child, again = boards(BASE.replace("title: Base", "title: More"), CHILD, other)
    assert (first.title, changed.title, child.title) == ("Base", "More", "More")
    assert again is same


def _file(text: str, n: int) -> model.DashboardFile:
    return model.DashboardFile(f"boards/{n}.dashboard.lookml", syntax.yaml.parse(text))


def test_a_mistake_that_is_inherited_is_told_where_it_stands() -> None:
    text = BASE.replace("orders.count", "orders.cuont")
    (found,) = _assemble(text, CHILD.replace("fields: [orders.id], ", "")).diagnostics
    assert (found.place.path, found.place.line) == ("boards/0.dashboard.lookml", 9)
    assert "did you mean `orders.count`?" in found.message


def test_constants() -> None:
    board = _board(
        "- dashboard: b\n  title: '@{shop} sales'\n  elements:\n"
        "  - {name: t, model: '@{model}', explore: orders, fields: [orders.id]}",
        manifest='constant: shop { value: "Our" }\nconstant: model { value: "m" }',
    )
    assert board.title == "Our sales"
    assert board.elements[0].queries[0].model == "m"


def _elements(*elements: str) -> str:
    return "- dashboard: b\n  elements:\n" + "".join(f"  - {{{each}}}\n" for each in elements)


@pytest.mark.parametrize(
    ("text", "expected", "line", "says"),
    [
        (_elements("name: t, explore: ordres, fields: [a.b]"), Code.UNKNOWN_EXPLORE, 3, "orders"),
        (_elements("name: t, fields: [orders.id]"), Code.UNKNOWN_EXPLORE, 3, "write `explore:`"),
        (
            _elements("name: t, explore: orders, fields: [orders.id, orders.sttus]"),
            Code.UNKNOWN_FIELD,
            3,
            "`orders.status`",
        ),
        (
            _elements("name: t, explore: orders, fields: [orders.id], filters: {orders.no: 1}"),
            Code.UNKNOWN_FIELD,
            3,
            "`filters`",
        ),
        (
            _elements("name: t, explore: orders, fields: [orders.id], listen: {X: orders.id}"),
            Code.UNKNOWN_FILTER,
            3,
            "`X`",
        ),
        (
            _elements("name: t, type: text", "name: t, type: text"),
            Code.DUPLICATE_OBJECT,
            4,
            "element `t`",
        ),
        (_elements("name: t, row: high, type: text"), Code.INVALID_VALUE, 3, "a whole number"),
        (_elements("name: t, type: [text]"), Code.INVALID_VALUE, 3, "a text"),
        ("- dashboard: b\n  elements: {a: 1}", Code.INVALID_VALUE, 2, "a list of mappings"),
        ("- dashboard: b\n  extends: c", Code.UNKNOWN_DASHBOARD, 2, "`c`"),
        ("- dashboard: b\n  extends: b", Code.CIRCULAR_EXTENDS, 2, "`b`"),
        ("- dashboard: b\n- dashboard: b", Code.DUPLICATE_OBJECT, 2, "`b`"),
        ("- dashboard:\n", Code.INVALID_VALUE, 1, "no name"),
        ("- title: b", Code.SYNTAX, 1, "- dashboard: name"),
        ("- dashboard: b\n  title: '@{x}'", Code.UNKNOWN_CONSTANT, 2, "`x`"),
        ("- dashboard: b\n  filters:\n  - {type: date_filter}", Code.INVALID_VALUE, 3, "no name"),
        (
            "- dashboard: b\n  filters:\n  - {name: a, explore: orders, field: orders.x}",
            Code.UNKNOWN_FIELD,
            3,
            "`orders.x`",
        ),
        (
            "- dashboard: b\n  filters:\n  - {name: a, listens_to_filters: [c]}",
            Code.UNKNOWN_FILTER,
            3,
            "`c`",
        ),
        ("- dashboard: b\n  title: 'x", Code.SYNTAX, 2, "this is not YAML"),
        ("- explore: orders", Code.OLD_LOOKML, 1, "before 2016"),
    ],
)
def test_mistakes(text: str, expected: Code, line: int, says: str) -> None:
    found = _assemble(text).diagnostics
    assert [each.code for each in found] == [expected]
    assert (found[0].place.path, found[0].place.line) == ("boards/0.dashboard.lookml", line)
    assert found[0].is_error
    assert says in found[0].message


def test_a_wrong_sort_is_a_warning_and_told_once() -> None:
    text = _elements("name: t, explore: orders, fields: [orders.id], sorts: [orders.x, orders.x]")
    (found,) = _assemble(text).diagnostics
    assert (found.code, found.severity) == (Code.UNKNOWN_FIELD, Severity.WARNING)


def test_a_dashboard_belongs_to_the_models_that_include_it() -> None:
    other = MODEL.replace('include: "/boards/*.dashboard"\n', "")
    files: Sequence[model.SourceFile | model.DashboardFile] = [
        model.SourceFile("m.model.lkml", syntax.lookml.parse(MODEL)),
        model.SourceFile("n.model.lkml", syntax.lookml.parse(other)),
        model.DashboardFile("boards/b.dashboard.lookml", syntax.yaml.parse("- dashboard: b")),
        model.DashboardFile("c.dashboard.lookml", syntax.yaml.parse("- dashboard: [")),
    ]
    found = model.assemble("shop", files, {}, {}, syntax.Budget())
    models = found.project.models
    assert (list(models["m"].dashboards), list(models["n"].dashboards)) == (["b"], [])
    assert [each.place.path for each in found.diagnostics] == ["c.dashboard.lookml"]


def test_a_tile_of_another_model() -> None:
    text = _elements(
        "name: t, model: n, explore: users, fields: [users.no]",
        "name: u, model: elsewhere, explore: x, fields: [x.y]",
    )
    files: Sequence[model.SourceFile | model.DashboardFile] = [
        model.SourceFile("m.model.lkml", syntax.lookml.parse(MODEL)),
        model.SourceFile(
            "n.model.lkml",
            syntax.lookml.parse(
                'connection: "w" view: users { dimension: id {} } explore: users {}'
            ),
        ),
        model.DashboardFile("boards/b.dashboard.lookml", syntax.yaml.parse(text)),
    ]
    found, unsure = model.assemble("shop", files, {}, {}, syntax.Budget()).diagnostics
    assert (found.code, found.model, found.explore) == (Code.UNKNOWN_FIELD, "n", "users")
    assert (unsure.code, unsure.severity) == (Code.UNKNOWN_MODEL, Severity.WARNING)


def test_dashboards_of_an_imported_project() -> None:
    lookml = MODEL.replace("/boards/*.dashboard", "//block/x.dashboard.lookml")
    manifest = 'local_dependency: { project: "block" }'
    files = [
        model.SourceFile("m.model.lkml", syntax.lookml.parse(lookml)),
        model.SourceFile("manifest.lkml", syntax.lookml.parse(manifest)),
    ]
    text = _elements("name: t, explore: orders, fields: [orders.no]")
    block = [model.DashboardFile("x.dashboard.lookml", syntax.yaml.parse(text))]
    found = model.assemble("shop", files, {"block": block}, {}, syntax.Budget())
    assert list(found.project.models["m"].dashboards) == ["b"]
    (diagnostic,) = found.diagnostics
    assert diagnostic.place.path == "imported_projects/block/x.dashboard.lookml"


@pytest.mark.parametrize(
    ("written", "fields"),
    [
        ("dimensions: [orders.status]", ("orders.status",)),
        ("measures: [orders.count]", ("orders.count",)),
        (
            "measures: [orders.count]\ndimensions: [orders.status]",
            ("orders.status", "orders.count"),
        ),
        ("fields: [orders.id]\ndimensions: [orders.id]", ("orders.id",)),
    ],
)
def test_dimensions_and_measures_are_an_old_way_to_write_fields(
    written: str, fields: tuple[str, ...]
) -> None:
    tile = _tile(f"explore: orders\n{written}")
    assert tile.queries[0].fields == fields
    assert tile.vis == {}


def test_an_unknown_dimension_of_a_tile_is_told() -> None:
    text = "- dashboard: b\n  elements:\n  - {name: t, explore: orders, dimensions: [orders.nope]}"
    (diagnostic,) = _assemble(text).diagnostics
    assert (diagnostic.code, diagnostic.place.line) == (Code.UNKNOWN_FIELD, 3)


@pytest.mark.parametrize("pattern", ["/boards/*dashboard", "/boards/0.dashboard", "/boards/*"])
def test_dashboards_are_included_without_their_ending(pattern: str) -> None:
    lookml = MODEL.replace("/boards/*.dashboard", pattern)
    found = _assemble("- dashboard: b\n", lookml=lookml)
    assert found.diagnostics == ()
    assert list(found.project.models["m"].dashboards) == ["b"]


@pytest.mark.parametrize(
    ("text", "expected", "line", "says"),
    [
        ("- dashboard: b\n  element: []", Code.UNKNOWN_PARAMETER, 2, "`elements`"),
        (_elements("name: t, explore: orders, listens: {}"), Code.UNKNOWN_PARAMETER, 3, "`listen`"),
        (
            _elements("name: t, explore: orders, fields: [orders.id], fitlers: {orders.id: 1}"),
            Code.UNKNOWN_PARAMETER,
            3,
            "`filters`",
        ),
        (
            _elements("name: t, merged_queries: [{explore: orders, filds: [orders.id]}]"),
            Code.UNKNOWN_PARAMETER,
            3,
            "`fields`",
        ),
        (
            "- dashboard: b\n  filters:\n  - {name: a, requird: yes}",
            Code.UNKNOWN_PARAMETER,
            3,
            "`required`",
        ),
        ("- dashboard: b\n  layout: newspapr", Code.INVALID_VALUE, 2, "`newspaper`"),
        ("- dashboard: b\n  layout: free", Code.INVALID_VALUE, 2, "newspaper, static, grid, tile"),
        (_elements("name: t, model: mm, explore: orders"), Code.UNKNOWN_MODEL, 3, "`m`?"),
        (
            "- dashboard: b\n  filters:\n  - {name: a, model: q, explore: orders, field: a.b}",
            Code.UNKNOWN_MODEL,
            3,
            "`q`",
        ),
    ],
)
def test_warnings(text: str, expected: Code, line: int, says: str) -> None:
    (found,) = _assemble(text).diagnostics
    assert (found.code, found.severity) == (expected, Severity.WARNING)
    assert (found.place.path, found.place.line) == ("boards/0.dashboard.lookml", line)
    assert says in found.message


def test_options_of_a_chart_are_silent() -> None:
    options = "series_types: {}, hidden_fields: [], mode: a, rows: 1, show_view_names: no"
    assert _assemble(_elements(f"name: t, explore: orders, {options}")).diagnostics == ()


@pytest.mark.parametrize("layout", ["newspaper", "static", "grid", "tile"])
def test_layouts(layout: str) -> None:
    assert _assemble(f"- dashboard: b\n  layout: {layout}").diagnostics == ()


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ("explore: ordrs { view_name: orders from: ordrs }", Code.UNKNOWN_VIEW),
        (
            "explore: ordrs { from: orders join: users { relationship: one_to_one"
            " sql_on: ${users.id} = ${ordrs.id} ;; } }",
            Code.UNKNOWN_VIEW,
        ),
        ('include: "users.view"', Code.INCLUDE_NOT_FOUND),
    ],
)
def test_what_follows_from_a_mistake_elsewhere_is_not_told(wrong: str, expected: Code) -> None:
    text = _elements("name: t, explore: ordrs, fields: [users.id]")
    (found,) = _assemble(text, lookml=MODEL + wrong).diagnostics
    assert found.code == expected
