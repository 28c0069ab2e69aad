"""Where a developer's SQL puts what a user chose: in code it is a value, elsewhere it is nothing or
an error. The judge is a real parser."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from lookalike.compiler import sql, syntax
from lookalike.compiler.query import Planned
from lookalike.compiler.syntax import Budget

Ask = Callable[..., Planned]
CONNECTION = duckdb.connect()
ATTACK = "a\nWHERE false UNION ALL SELECT 1 --"
HOLES = {
    "condition": "{% condition pick %} state {% endcondition %}",
    "parameter": "{% parameter word %}",
    "value": "{{ word._parameter_value }}",
    "quoted": "{{ _filters['orders.pick'] | sql_quote }}",
    "field": "${worded}",
}
FIELDS = """
    filter: pick { type: string }
    parameter: word { type: string }
    parameter: size { type: number }
    parameter: grain { type: unquoted }
    dimension: worded { sql: CONCAT({% parameter word %}, 'x') ;; }
    dimension: noted { sql: ${status} -- as it came ;; }
    dimension: letter { sql: e ;; }
    dimension: bare { sql: {% parameter word %} ;; }
"""

COMMENTS = [
    "1 -- {}\n + 2",
    "1 /* {} */ + 2",
    "1 /* /* */ {} */ + 2",
    "1 /* *{}/ */ + 2",
    "1 -- {}",
]
QUOTES = [
    "'chosen: {}'",
    "'it''s {}'",
    "E'it\\'s {}'",
    "e'\\\\' || '{}'",
    '"{}"',
    '"a""{}"',
    "$$ {} $$",
    "$a$ $$ {} $a$",
    "$a$ {} $a$",
    "`{}`",
]
TOUCHING = [
    "E{}",
    "e{} || 'a'",
    "U&{}",
    "'a'{}",
    "{}'a'",
    "E'a'\n{}",
    "E'a' -- b\n{}",
    "${letter}{}",
    "{}{}",
]


@pytest.mark.parametrize("hole", HOLES.values(), ids=HOLES)
@pytest.mark.parametrize("around", COMMENTS)
def test_a_comment_holds_no_value(ask: Ask, around: str, hole: str) -> None:
    written = {
        _written(ask, around.replace("{}", hole), value) for value in ("x", ATTACK, "*/ 5 /*")
    }
    assert len(written) == 1
    assert _shape(written.pop()) == _shape(_written(ask, around.replace("{}", " "), ""))


@pytest.mark.parametrize("hole", HOLES.values(), ids=HOLES)
@pytest.mark.parametrize("around", [*QUOTES, *TOUCHING])
def test_quotes_hold_no_value(ask: Ask, around: str, hole: str) -> None:
    for value in ("x", ATTACK, ""):
        if around in TOUCHING and not hole.startswith("{% par"):
            continue  # what is put in parentheses touches nothing
        planned = _asked(ask, around.replace("{}", hole), value)
        assert planned.plan is None
        (said,) = planned.diagnostics
        assert said.code == "unsafe_text"
        assert said.place.line


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("'{% parameter grain %}'", "'week'"),
        ('${TABLE}."{% parameter grain %}"', 'orders."week"'),
        ("x_{% parameter grain %}_e", "x_week_e"),
        ("INTERVAL '{% parameter size %} days'", "INTERVAL '5 days'"),
        ('"${TABLE}"."x"', '"orders"."x"'),
        ("'${status}'", "'orders.status'"),
        ("1 -- ${TABLE}.x and ${worded}", "1 -- orders.x and "),
        ("'--' || {% parameter word %}", "'--' || 'x'"),
        ("'/*' || {% parameter word %} || '*/'", "'/*' || 'x' || '*/'"),
        ("a$$b || {% parameter word %}", "a$$b || 'x'"),
        ("$$it's$$ || {% parameter word %}", "$$it's$$ || 'x'"),
        ("1 /* don't */ || {% parameter word %}", "1 /* don't */ || 'x'"),
        ("1 -- don't\r || {% parameter word %}", "1 -- don't\r || 'x'"),
    ],
)
def test_what_is_safe_stays(ask: Ask, text: str, expected: str) -> None:
    assert expected in _written(ask, text, "x")


@pytest.mark.parametrize(
    "text",
    [
        "'",
        "{% if true %}'{% endif %}",
        "x || '",
        "/* a",
        "/* /* */",
        "E'\\'",
        '"',
        "$$",
        "$a$ $$",
        "`",
        "`'`",
        "'a\\''",
    ],
)
def test_text_has_to_end_in_code(ask: Ask, text: str) -> None:
    planned = _asked(ask, text, "x")
    assert planned.plan is None
    assert [item.code for item in planned.diagnostics] == ["unsafe_text"]
    used = _asked(ask, "${broken}", "x", f"dimension: broken {{ sql: {text} ;; }}")
    assert [item.code for item in used.diagnostics] == ["unsafe_text"]


def test_a_comment_at_the_end_swallows_nothing(ask: Ask) -> None:
    written = _written(ask, "UPPER(${noted}) || 'after'", "x")
    assert written.startswith("SELECT\n    UPPER((orders.status -- as it came\n)) || 'after' AS")


@pytest.mark.parametrize(
    "more",
    [
        "explore: +orders { sql_always_where: 'a' = '{% parameter orders.word %}' ;; }",
        "explore: +orders { sql_always_having: '{% parameter orders.word %}' = 'a' ;; }",
        'explore: +orders { sql_table_name: "{% parameter orders.word %}" ;; }',
        'view: +orders { sql_table_name: "{% parameter word %}" ;; }',
        "view: +orders { derived_table: { sql: SELECT '{% parameter word %}' ;; } }",
        """explore: +orders { join: users { relationship: many_to_one
             sql_on: ${users.state} = '{% parameter orders.word %}' ;; }
           sql_always_where: ${users.id} > 0 ;; }""",
        """view: +orders { filter: only { type: string
             sql: {% condition %} '{% parameter word %}' {% endcondition %} ;; } }""",
    ],
)
def test_every_place_of_sql(ask: Ask, more: str) -> None:
    whole = f"explore: orders {{}} view: +orders {{ {FIELDS} }} {more}"
    filters = {"orders.word": ATTACK, **({"orders.only": "a"} if "only" in more else {})}
    planned = ask("orders.count", explore="orders", more=whole, filters=filters)
    assert planned.plan is None
    assert {item.code for item in planned.diagnostics} == {"unsafe_text"}


def test_a_message_repeats_no_endless_text(ask: Ask) -> None:
    endless = "5 " + "x" * 200_000
    more = f"explore: orders {{}} view: +orders {{ {FIELDS} }}"
    asked: list[dict[str, Any]] = [
        {"filters": {"orders.created_date": endless}},
        {"filters": {"orders.size": endless}},
        {"filters": {endless: "1"}},
        {"sorts": (endless.replace(" ", ""),)},
        {"filter_expression": endless},
        {"filter_expression": "${" + "x" * 200_000 + "} = 5"},
        {"zone": endless},
    ]
    for each in asked:
        said = ask("orders.count", explore="orders", more=more, **each).diagnostics
        assert said, each.keys()
        assert all(len(item.message) + len(item.field) < 700 for item in said), said


TOKENS = [
    *("'", '"', "`", "--", "-", "/*", "*/", "/", "*", "$$", "$", "$a$", "\\", "\n", "\r", "||"),
    *("E", "e", "a", "1", "x", "U&", "(", ")", ",", "\xa0", "é", "–", ";", "''", "E'", "'a'", " "),
    *("${TABLE}", "${letter}", "${bare}"),
]
TRICKS = ["*/ || 2 /*", " || (SELECT 2) || ", "' || 2 || '", "\\' || 2 -- ", "$$ || 2 || $$"]
fixed = st.lists(st.sampled_from(TOKENS), max_size=10).map("".join)
values = st.one_of(
    st.text(alphabet="'\"\\;-/*\n\r$ aE`|1", max_size=8), st.sampled_from([ATTACK, *TRICKS])
)


@settings(max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(fixed, fixed, st.sampled_from(sorted(HOLES)), values)
@example("1 -- ", "\n", "condition", ATTACK)
@example("E", "", "parameter", "\\' || 2 -- ")
@example("$", "$ a", "parameter", "x")
@example("${letter}", "", "parameter", "\\' || 2 -- ")
@example("1", "E'\\'", "parameter", "x")
def test_no_value_changes_the_statement(
    ask: Ask, before: str, after: str, hole: str, value: str
) -> None:
    """Whatever the developer wrote around it: what one value reads as, any value does."""
    text = f"{before}{HOLES[hole]}{after}"
    if "{%" in before + after or ";;" in text:
        return
    hostile, harmless = _asked(ask, text, value), _asked(ask, text, "x")
    assert (hostile.plan is None) == (harmless.plan is None)
    if hostile.plan is not None:
        assert _shape(_text(hostile)) == _shape(_text(harmless)), _text(hostile)
        if value.strip():  # else it is no value but NULL
            assert _tokens(_text(hostile)) == _tokens(_text(harmless)), _text(hostile)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(fixed)
@example("'${TABLE}")
@example("'${TABLE}' || ${letter}")
@example('/* ${letter} */ "')
@example("é$$ ${letter} $$")
def test_validation_tells_what_questions_are_refused_for(ask: Ask, text: str) -> None:
    """Behind Liquid, of which validation can't tell what it leaves open, only the question does."""
    text = text.replace(";", "")
    left_open = syntax.quotes.left_open(text.strip())
    planned = _asked(ask, "{% if true %}{% endif %}" + text, "x")
    said = [item.message for item in planned.diagnostics]
    assert planned.plan is None or not left_open
    assert left_open or not any("this SQL ends in" in each for each in said)
    if left_open:
        told = f"this SQL ends in {left_open}; close it"
        assert any(told in each or "a reference, filter or parameter" in each for each in said)


def _asked(ask: Ask, text: str, value: str, fields: str = "") -> Planned:
    probe = f"dimension: probe {{ sql: {text}\n;; }}"
    more = f"explore: orders {{}} view: +orders {{ {FIELDS} {fields} {probe} }}"
    # As a text in quotes, a filter means exactly that text.
    filters = {"orders.word": f'"{value}"', "orders.size": "5", "orders.grain": "week"}
    chosen = value.replace('"', '\\"')
    filters["orders.pick"] = f'"{chosen}"'
    return ask(
        "orders.probe", explore="orders", more=more, filters=filters, budget=Budget(), limit=7
    )


def _written(ask: Ask, text: str, value: str) -> str:
    planned = _asked(ask, text, value)
    assert planned.plan is not None, planned.diagnostics
    return _text(planned)


def _text(planned: Planned) -> str:
    assert planned.plan is not None
    return sql.write(planned.plan, sql.DIALECTS["duckdb"]).main.text


def _shape(text: str) -> Any:
    """The parse tree with its literals alike; of several statements only how many, of what is no
    SQL only that."""
    try:
        statements = len(CONNECTION.extract_statements(text))
    except duckdb.Error:
        return "no SQL"
    if statements != 1:
        return statements
    row = CONNECTION.execute("SELECT json_serialize_sql(?::VARCHAR)", [text]).fetchone()
    assert row is not None
    tree = json.loads(row[0])
    return "no SQL" if tree["error"] else _blanked(tree)


def _tokens(text: str) -> list[str]:
    """What the database cuts the text into, be it SQL or not."""
    return [str(kind) for _, kind in duckdb.tokenize(text)]


def _blanked(node: Any) -> Any:
    if isinstance(node, list):
        return [_blanked(item) for item in node]
    if not isinstance(node, dict):
        return node
    if node.get("class") == "CONSTANT":
        return "literal"
    return {key: _blanked(item) for key, item in node.items() if "query_location" not in key}
