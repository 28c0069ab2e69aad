"""One mistake gives one message, at the line where it is written."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lookalike.compiler import model

Assemble = Callable[..., model.Assembled]

BASE = """
view: v {
  dimension: id { primary_key: yes }
  dimension: name {}
  dimension: spot { type: location sql_latitude: ${TABLE}.y ;; sql_longitude: ${TABLE}.x ;; }
  dimension_group: at { timeframes: [raw, date] }
  measure: n { type: count }
  measure: so_far { type: running_total sql: ${n} ;; }
  parameter: p { type: string }
  set: s { fields: [id] }
}
view: w { dimension: id { primary_key: yes } dimension: size { type: number } }
explore: v {}
explore: w {}
"""

DIMENSION = "view: +v {{ dimension: x {{\n{}\n}} }}"
GROUP = "view: +v {{ dimension_group: x {{\n{}\n}} }}"
MEASURE = "view: +v {{ measure: x {{\n{}\n}} }}"
PARAMETER = "view: +v {{ parameter: x {{\n{}\n}} }}"
FILTER = "view: +v {{ filter: x {{\n{}\n}} }}"
VIEW = "view: +v {{\n{}\n}}"
TABLE = "view: y {{ derived_table: {{\n{}\n}} }}"
SOURCE = (
    "view: y {{ filter: chosen {{}}"
    " derived_table: {{ explore_source: v {{\ncolumn: id {{}}\n{}\n}} }} }}"
)
EXPLORE = "explore: +v {{\n{}\n}}"
JOIN = (
    "explore: +v {{ join: w {{ sql_on: ${{v.id}} = ${{w.id}} ;; relationship: one_to_one\n{}\n}} }}"
)
AGGREGATE = "explore: +v {{ aggregate_table: a {{\n{}\n}} }}"
FILE = "{}"

QUERY = "query: { dimensions: [id] }"
KEPT = 'materialization: { persist_for: "1 hour" }'

MISTAKES = [
    # dimensions
    (DIMENSION, "typ: string", "unknown_parameter:2"),
    (DIMENSION, "type: numbr", "invalid_value:2"),
    (DIMENSION, "type: time", "invalid_value:2"),
    (DIMENSION, "hidden: maybe", "invalid_value:2"),
    (DIMENSION, "timeframes: [date]", "unknown_parameter:2"),
    (DIMENSION, "type: string\ntype: number", "duplicate_parameter:3"),
    (DIMENSION, "sql: ${nam} ;;", "unknown_field:2"),
    (DIMENSION, "sql: ${at} ;;", "unknown_field:2"),
    (DIMENSION, "sql: ${n} ;;", "aggregate_in_dimension:2"),
    (DIMENSION, "sql: ${vv.id} ;;", "unknown_view:2"),
    (DIMENSION, "sql: {% if %} a ;;", "liquid_error:2"),
    (DIMENSION, "sql: {% condition nam %} a {% endcondition %} ;;", "unknown_field:2"),
    (DIMENSION, "sql: {% parameter nop %} ;;", "unknown_field:2"),
    (DIMENSION, "sql: {{ q._parameter_value }} ;;", "unknown_field:2"),
    (DIMENSION, "sql: {% if v.nam._in_query %} a {% endif %} ;;", "unknown_field:2"),
    (DIMENSION, "sql: {{ _filters['v.nam'] | sql_quote }} ;;", "unknown_field:2"),
    (DIMENSION, "html: {{ v.nam._value }} ;;", "unknown_field:2"),
    (DIMENSION, "label: \"{{ _filters['v.nam'] }}\"", "unknown_field:2"),
    (DIMENSION, "link: { url: \"/{{ row['v.nam'] }}\" }", "unknown_field:2"),
    (DIMENSION, "html: {% if %} ;;", "liquid_error:2"),
    (DIMENSION, 'link: {\nlable: "a"\nurl: "b" }', "unknown_parameter:3"),
    (DIMENSION, 'link: {\nlabel: "a" }', "invalid_value:2"),
    (DIMENSION, 'action: {\nlabel: "a" uri: "b" }', "unknown_parameter:3"),
    (
        DIMENSION,
        'action: { label: "a" url: "b"\nform_param: { name: "c" type: text } }',
        "invalid_value:3",
    ),
    (DIMENSION, 'case: { when: { sql: 1 ;;\nlable: "b" } }', "unknown_parameter:3"),
    (DIMENSION, 'case: {\nwhn: { sql: 1 ;; label: "b" } }', "unknown_parameter:3"),
    (DIMENSION, 'case: {\nwhen: { label: "b" } }', "missing_sql:3"),
    (DIMENSION, 'case: { else: "b" }', "invalid_value:2"),
    (DIMENSION, "type: tier", "invalid_value:2"),
    (DIMENSION, "type: tier\ntiers: [a, 1]", "invalid_value:3"),
    (DIMENSION, "type: tier tiers: [1]\nstyle: bar", "invalid_value:3"),
    (DIMENSION, "tiers: [1]", "unknown_parameter:2"),
    (DIMENSION, "units: miles", "unknown_parameter:2"),
    (DIMENSION, "type: location\nsql_latitude: 1 ;;", "missing_sql:2"),
    (DIMENSION, "type: distance\nstart_location_field: spot", "invalid_value:2"),
    (
        DIMENSION,
        "type: distance start_location_field: spot\nend_location_field: spott",
        "unknown_field:3",
    ),
    (
        DIMENSION,
        "type: distance start_location_field: spot\nend_location_field: name",
        "invalid_value:3",
    ),
    (
        DIMENSION,
        "type: distance start_location_field: spot end_location_field: spot\nunits: mile",
        "invalid_value:3",
    ),
    (DIMENSION, "value_format_name: usdd", "unknown_value_format:2"),
    (DIMENSION, "map_layer_name: us_state", "unknown_map_layer:2"),
    (DIMENSION, 'suggest_persist_for: "soon"', "invalid_value:2"),
    (DIMENSION, "full_suggestions: maybe", "invalid_value:2"),
    (DIMENSION, "string_datatype: utf", "invalid_value:2"),
    (DIMENSION, "required_access_grants: [g]", "unknown_grant:2"),
    (DIMENSION, "order_by_field: nam", "unknown_field:2"),
    (DIMENSION, "suggest_explore: vv suggest_dimension: v.id", "unknown_explore:2"),
    # dimension groups
    (GROUP, "type: tim", "invalid_value:2"),
    (GROUP, "timeframes: [dat]", "invalid_value:2"),
    (GROUP, "type: time\nintervals: [day]", "unknown_parameter:3"),
    (
        GROUP,
        "type: duration sql_start: 1 ;; sql_end: 2 ;;\ntimeframes: [date]",
        "unknown_parameter:3",
    ),
    (GROUP, "type: duration sql_start: 1 ;;", "missing_sql:1"),
    (GROUP, "type: custom_calendar", "not_supported:2"),
    (GROUP, 'suggest_persist_for: "1 hour"', "unknown_parameter:2"),
    (GROUP, "datatype: dat", "invalid_value:2"),
    # measures
    (MEASURE, "type: sum", "missing_sql:2"),
    (MEASURE, "type: suum sql: 1 ;;", "invalid_value:2"),
    (MEASURE, "type: count\nsql: ${id} ;;", "unexpected_sql:3"),
    (MEASURE, "type: sum\nsql: ${n} ;;", "nested_aggregate:3"),
    (MEASURE, "type: list", "invalid_value:2"),
    (MEASURE, "type: list list_field: n", "invalid_value:2"),
    (MEASURE, "type: count list_field: id", "unknown_parameter:2"),
    (MEASURE, "type: sum sql: 1 ;; percentile: 5", "unknown_parameter:2"),
    (MEASURE, 'type: count\nfilters: [nam: "a"]', "unknown_field:3"),
    (MEASURE, 'type: count\nfilters: [name: "a", name: "b"]', "duplicate_parameter:3"),
    (MEASURE, 'type: count\nfilters: { fild: name value: "a" }', "invalid_value:3"),
    (MEASURE, 'type: count\nfilters: { field: name valeu: "a" }', "invalid_value:3"),
    (MEASURE, 'type: number sql: 1 ;;\nfilters: [name: "a"]', "invalid_value:3"),
    (MEASURE, 'type: count filters: [at_date: "7 dayss"]', "invalid_filter:2"),
    (
        JOIN + ' view: +v {{ measure: x {{ type: count filters: [w.size: "big"] }} }}',
        "",
        "invalid_filter:3",
    ),
    (MEASURE, "type: percentile sql: 1 ;;\npercentile: 150", "invalid_value:3"),
    (MEASURE, "type: count\napproximate_threshold: many", "invalid_value:3"),
    (MEASURE, "type: period_over_period", "invalid_value:2"),
    (MEASURE, "type: number\nsql: 2 * ${so_far} ;;", "nested_aggregate:3"),
    (MEASURE, "type: percent_of_total\nsql: ${v.so_far} ;;", "nested_aggregate:3"),
    (MEASURE, "type: sum\nsql: ${so_far} ;;", "nested_aggregate:3"),
    (MEASURE, "type: running_total", "missing_sql:2"),
    # filters, parameters, sets
    (FILTER, 'type: number default_value: "many"', "invalid_filter:2"),
    (PARAMETER, "type: unqoted", "invalid_value:2"),
    (PARAMETER, "sql: 1 ;;", "unknown_parameter:2"),
    (PARAMETER, 'allowed_value: { label: "A" }', "invalid_value:2"),
    (PARAMETER, 'allowed_value: { lable: "A" value: "a" }', "unknown_parameter:2"),
    (FILTER, "type: unquoted", "invalid_value:2"),
    (VIEW, "set: x { fields: [nam] }", "unknown_field:2"),
    (VIEW, "set: x { fild: [name] }", "unknown_parameter:2"),
    (VIEW, "drill_fields: [nam]", "unknown_field:2"),
    (VIEW, "drill_fields: [ss*]", "unknown_set:2"),
    (VIEW, "autogenerate_primary_keys: yes", "multiple_primary_keys:2"),
    (VIEW, "dimension: { type: string }", "invalid_value:2"),
    # derived tables
    (TABLE, "", "missing_sql:1"),
    (TABLE, "sql_create: CREATE TABLE x ;;", "not_supported:1"),
    (TABLE, "create_process: { }", "missing_sql:2"),
    (TABLE, "create_process: {\nsql_stp: x ;; }", "unknown_parameter:3"),
    (TABLE, 'sql: SELECT 1 ;;\npersist_for: "soon"', "invalid_value:3"),
    (TABLE, "sql: SELECT 1 ;;\ndatagroup_trigger: d", "unknown_datagroup:3"),
    (
        TABLE,
        'sql: SELECT 1 ;; persist_for: "1 hour"\ninterval_trigger: "1 hour"',
        "invalid_value:3",
    ),
    (TABLE, "sql: {% if %} ;;", "liquid_error:2"),
    (TABLE, "sql: {% condition nope %} a {% endcondition %} ;;", "unknown_field:2"),
    (SOURCE, "limt: 5", "unknown_parameter:3"),
    (SOURCE, "column: nam {}", "unknown_field:3"),
    (SOURCE, "column: so_far {}", "invalid_value:3"),
    (SOURCE, "derived_column: r { sqll: 1 ;; }", "unknown_parameter:3"),
    (SOURCE, "derived_column: r {}", "missing_sql:3"),
    (SOURCE, "bind_filters: { from_feld: y.id to_field: v.id }", "unknown_parameter:3"),
    (SOURCE, "bind_filters: { to_field: v.id }", "invalid_value:3"),
    (SOURCE, "bind_filters: { from_field: y.idd to_field: v.id }", "unknown_field:3"),
    (SOURCE, "bind_filters: { from_field: y.chosen to_field: v.idd }", "unknown_field:3"),
    (SOURCE, 'filters: [nam: "1"]', "unknown_field:3"),
    (SOURCE, "sorts: [idd: desc]", "unknown_field:3"),
    (SOURCE, 'filters: [at_date: "7 dayss"]', "invalid_filter:3"),
    (SOURCE, 'filters: [so_far: ">7"]', "invalid_filter:3"),
    (
        SOURCE,
        "bind_all_filters: yes\nbind_filters: { from_field: y.chosen to_field: v.id }",
        "invalid_value:4",
    ),
    (
        "view: y {{ derived_table: {{ explore_source: v {{ column: id {{}} {} }}"
        ' persist_for: "1 hour" }} }}',
        "bind_all_filters: yes",
        "invalid_value:1",
    ),
    (
        "explore: +v {{ join: y {{ sql_on: ${{v.id}} = ${{y.id}} ;; relationship: one_to_one }} }}"
        "\nview: y {{ derived_table: {{ explore_source: w {{ column: id {{}}\n{}\n}} }}"
        " dimension: id {{}} }}",
        "bind_all_filters: yes",
        "invalid_value:2",
    ),
    # explores
    (EXPLORE, 'always_filter: { filters: [nam: "a"] }', "unknown_field:2"),
    (EXPLORE, 'always_filter: { filters: [at_date: "7 dayss"] }', "invalid_filter:2"),
    (EXPLORE, 'always_filter: { filters: [so_far: ">7"] }', "invalid_filter:2"),
    (EXPLORE, "sql_always_having: ${v.so_far} > 7 ;;", "nested_aggregate:2"),
    (
        EXPLORE,
        'conditionally_filter: { filters: [at_date: "7 dayss"] unless: [id] }',
        "invalid_filter:2",
    ),
    (EXPLORE, 'always_filter: {\nfilter: [name: "a"] }', "unknown_parameter:3"),
    (
        EXPLORE,
        'conditionally_filter: { filters: [name: "a"]\nunles: [id] }',
        "unknown_parameter:3",
    ),
    (
        EXPLORE,
        'conditionally_filter: { filters: [name: "a"]\nunless: [idd] }',
        "unknown_field:3",
    ),
    (EXPLORE, "access_filter: { field: nam user_attribute: a }", "unknown_field:2"),
    (EXPLORE, "access_filter: { feld: name user_attribute: a }", "invalid_value:2"),
    (EXPLORE, "always_join: [ww]", "unknown_join:2"),
    (EXPLORE, "cancel_grouping_fields: [v.idd]", "unknown_field:2"),
    (EXPLORE, "fields: [ALL_FIELDS*, -v.nam]", "unknown_field:2"),
    (EXPLORE, "sql_always_where: ${v.nam} = 1 ;;", "unknown_field:2"),
    (EXPLORE, "sql_always_where: ${v.n} = 1 ;;", "aggregate_in_dimension:2"),
    (EXPLORE, "sql_always_where: {% if %} ;;", "liquid_error:2"),
    (EXPLORE, "persist_with: d", "unknown_datagroup:2"),
    (EXPLORE, 'persist_for: "soon"', "invalid_value:2"),
    (EXPLORE, "required_access_grants: [g]", "unknown_grant:2"),
    (EXPLORE, "extends: [x]", "unknown_explore:2"),
    (FILE, "explore: y {}", "unknown_view:1"),
    (FILE, "explore: w2 { from: w\nextension: requird }", "invalid_value:2"),
    (EXPLORE, "join: x { sql_on: 1 ;; relationship: one_to_one }", "unknown_view:2"),
    (EXPLORE, "join: w { relationship: one_to_one }", "missing_join_condition:2"),
    (EXPLORE, "join: w { sql_on: ${v.id} = ${w.id} ;; }", "missing_relationship:2"),
    (JOIN, "typ: inner", "unknown_parameter:2"),
    (JOIN, "type: iner", "invalid_value:2"),
    (JOIN, "required_joins: [ww]", "unknown_join:2"),
    (JOIN, "fields: [idd]", "unknown_field:2"),
    (JOIN, "sql_where: ${w.idd} ;;", "unknown_field:2"),
    # what explores prepare
    (EXPLORE, "query: q { dimensions: [v.nam] measures: [v.n] }", "unknown_field:2"),
    (EXPLORE, "query: q {\ndimension: [v.name] }", "unknown_parameter:3"),
    (EXPLORE, "query: { dimensions: [v.name] }", "invalid_value:2"),
    (EXPLORE, "query: q { dimensions: [v.n] }", "unknown_field:2"),
    (EXPLORE, "query: q { dimensions: [v.name] sorts: [v.nam: desc] }", "unknown_field:2"),
    (EXPLORE, 'query: q { dimensions: [v.name] filters: [v.nam: "a"] }', "unknown_field:2"),
    (
        EXPLORE,
        'query: q { dimensions: [v.name] filters: [v.at_date: "7 dayss"] }',
        "invalid_filter:2",
    ),
    (EXPLORE, "query: q { dimensions: [v.name] pivots: [v.id] }", "invalid_value:2"),
    (AGGREGATE, f"query: {{ dimensions: [v.nam] }}\n{KEPT}", "unknown_field:2"),
    (AGGREGATE, f"query: {{ dimensions: [id]\ntimezon: x }}\n{KEPT}", "unknown_parameter:3"),
    (AGGREGATE, f"{QUERY}", "invalid_value:1"),
    (AGGREGATE, f"{KEPT}", "invalid_value:1"),
    (AGGREGATE, f"{QUERY}\nmaterialization: {{ datagroup_trigger: d }}", "unknown_datagroup:3"),
    (AGGREGATE, f"{QUERY}\nmaterialization: {{ indexs: [a] }}", "unknown_parameter:3"),
    # the model
    (FILE, "datagroup: d { }", "invalid_value:1"),
    (
        FILE,
        'datagroup: d { sql_trigger: SELECT 1 ;;\ninterval_trigger: "1 hour" }',
        "invalid_value:2",
    ),
    (FILE, 'datagroup: d { sql_trigger: SELECT 1 ;;\nmax_cache_age: "soon" }', "invalid_value:2"),
    (FILE, "datagroup: d {\nsql_triger: SELECT 1 ;; }", "unknown_parameter:2"),
    (FILE, 'access_grant: g { allowed_values: ["a"] }', "invalid_value:1"),
    (FILE, "access_grant: g { user_attribute: a }", "invalid_value:1"),
    (FILE, 'access_grant: g {\nuser_atribute: a allowed_values: ["a"] }', "unknown_parameter:2"),
    (FILE, "named_value_format: f { }", "invalid_value:1"),
    (FILE, "map_layer: m { }", "invalid_value:1"),
    (FILE, 'map_layer: m { file: "a.json"\nformat: topo }', "invalid_value:2"),
    (FILE, 'include: "nope.view"', "include_not_found:1"),
    (FILE, "view: +x {}", "refinement_without_base:1"),
    (FILE, "view: v {}", "duplicate_object:1"),
    (FILE, "view: y { extends: [vv] }", "unknown_view:1"),
    (FILE, "view: y { extends: [y] }", "circular_extends:1"),
    (FILE, "test: t { assert: a { expression: yes ;; } }", "unknown_explore:1"),
    (FILE, "test: t { explore_source: v { column: id {} } }", "invalid_value:1"),
    (
        FILE,
        "test: t { explore_source: v { column: id {}\nderived_column: r { sql: 1 ;; } }"
        " assert: a { expression: ${v.id} = 1 ;; } }",
        "unknown_parameter:2",
    ),
    (
        FILE,
        "test: t { explore_source: v { column: id {}\nbind_all_filters: yes }"
        " assert: a { expression: ${v.id} = 1 ;; } }",
        "unknown_parameter:2",
    ),
    (
        FILE,
        "test: t { explore_source: v { column: id {} }\nassert: a { expresion: yes ;; } }",
        "unknown_parameter:2",
    ),
]


@pytest.mark.parametrize(("form", "text", "expected"), MISTAKES)
def test_one_message(assemble: Assemble, form: str, text: str, expected: str) -> None:
    found = assemble(
        {
            "shop.model.lkml": 'connection: "db"\ninclude: "base.lkml"\ninclude: "mistake.lkml"',
            "base.lkml": BASE,
            "mistake.lkml": form.format(text),
        }
    )
    told = [(each.place.path, f"{each.code.value}:{each.place.line}") for each in found.diagnostics]
    assert told == [("mistake.lkml", expected)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # what follows from a mistake is no other one
        (
            "explore: x { view_name: vv join: w { sql_on: ${vv.id} = ${w.id} ;;"
            " relationship: one_to_one } sql_always_where: ${vv.id} = 1 ;;"
            ' always_filter: { filters: [id: "1"] } fields: [ALL_FIELDS*, -vv.id, -vv.s*] }',
            "unknown_view",
        ),
        (
            "explore: +v { join: x { sql_on: ${v.id} = ${x.id} ;; relationship: one_to_one"
            " fields: [x.id] } sql_always_where: ${x.id} = 1 ;; fields: [ALL_FIELDS*, -x.id] }",
            "unknown_view",
        ),
        (
            "view: y { extends: [z] dimension: a { sql: ${id} ;; } set: s { fields: [id] } }"
            " explore: y { sql_always_where: ${y.id} = 1 ;; }",
            "unknown_view",
        ),
        (
            "view: +v { dimension_group: g { type: tim timeframes: [date] }"
            " dimension: b { sql: ${g_date} ;; } }",
            "invalid_value",
        ),
        (
            "view: +v { dimension: a { type: numbr tiers: [1] } measure: b { type: sum"
            ' sql: ${a} ;; filters: [a: "1"] } }',
            "invalid_value",
        ),
        ('view: +v { measure: b { type: count filters: [name "5"] } }', "syntax_error"),
        ("view: +v { dimension: b { sql: ${TABLE.b} ;; } }", "unknown_view"),
        (
            "view: +v { dimension: b { sql: {% condition q %} x {% endcondition %}"
            " {% date_start q %} {{ q._parameter_value }} ;; } }",
            "unknown_field",
        ),
    ],
)
def test_consequences_are_not_told(assemble: Assemble, text: str, expected: str) -> None:
    model_file = f'connection: "db"\n{BASE}\n{text}'
    found = assemble({"shop.model.lkml": model_file})
    assert [each.code.value for each in found.diagnostics] == [expected]


def test_the_base_is_without_mistakes(assemble: Assemble) -> None:
    found = assemble({"shop.model.lkml": f'connection: "db"\n{BASE}'})
    assert found.diagnostics == ()


def test_a_model_names_an_unknown_datagroup_once(assemble: Assemble) -> None:
    text = f'connection: "db"\npersist_with: d\n{BASE}'
    found = assemble({"shop.model.lkml": text})
    assert [(each.code.value, each.place.line) for each in found.diagnostics] == [
        ("unknown_datagroup", 2)
    ]


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ("based_on: nn based_on_time: at_date", "unknown_field"),
        ("based_on: n based_on_time: name", "invalid_value"),
        ("based_on: so_far based_on_time: at_date", "invalid_value"),
    ],
)
def test_the_names_of_a_comparison_are_checked(
    assemble: Assemble, named: str, expected: str
) -> None:
    measure = MEASURE.format(f"type: period_over_period period: year {named}")
    found = assemble({"shop.model.lkml": f'connection: "db"\n{BASE}\n{measure}'})
    assert [each.code.value for each in found.diagnostics] == [expected]


def test_a_view_that_several_explores_lack_is_told_once(assemble: Assemble) -> None:
    text = (
        "view: +w { dimension: x { sql: ${v.name} ;; } } view: y { extends: [w] } explore: y {}"
        " explore: other { from: w }"
    )
    found = assemble({"shop.model.lkml": f'connection: "db"\n{BASE}\n{text}'})
    (told,) = found.diagnostics
    assert told.message == (
        "`v.name` is of a view that explore `w` of model `shop` does not join; add `join: v`"
    )


def test_the_model_that_lacks_the_explore_of_a_table_is_told(assemble: Assemble) -> None:
    """Once, though two models lack it."""
    table = TABLE.format("explore_source: u { column: id {} }")
    model_file = 'connection: "db" include: "base.lkml"'
    files = {
        "base.lkml": f"{BASE}\n{table}",
        "a.model.lkml": model_file,
        "b.model.lkml": model_file,
    }
    (told,) = assemble(files).diagnostics
    assert told.message == (
        "`explore_source` names unknown explore `u` in model `a`; declare it, or include its file"
    )
