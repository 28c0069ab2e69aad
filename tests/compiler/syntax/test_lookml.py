"""LookML text: what is read of it, which mistakes are reported, and where."""

from __future__ import annotations

import time

import pytest

from lookalike.compiler.syntax import Budget, Code, Severity, lookml
from tests.patience import PATIENCE


def outline(text: str) -> str:
    """The tree in one line, as in `view:orders{hidden=yes sql=“ x ” set[a -b k:"v"]}`."""
    return _nodes(lookml.parse(text).root)


def _nodes(block: lookml.Block) -> str:
    return " ".join(_node(node) for node in block.nodes)


def _node(node: lookml.Node) -> str:
    if isinstance(node, lookml.Block):
        return f"{node.key}:{node.name}{{{_nodes(node)}}}"
    if isinstance(node, lookml.Items):
        return f"{node.key}[{' '.join(_entry(entry) for entry in node.entries)}]"
    marks = {
        lookml.Form.ATOM: ("", ""),
        lookml.Form.STRING: ('"', '"'),
        lookml.Form.SQL: ("“", "”"),
    }
    opening, closing = marks[node.form]
    return f"{node.key}={opening}{node.text}{closing}"


def _entry(entry: lookml.Entry) -> str:
    text = f'"{entry.text}"' if entry.quoted else entry.text
    return f"{entry.key}:{text}" if entry.key else text


def mistakes(text: str) -> list[str]:
    """Each mistake as `line:column code`."""
    return [
        f"{d.place.line}:{d.place.column} {d.code.value}" for d in lookml.parse(text).diagnostics
    ]


READ = {
    "empty": ("", ""),
    "blanks and a comment": ("  \r\n\t# nothing here", ""),
    "atom": ("a: yes", "a=yes"),
    "atoms of all kinds": (
        "a: -1 b: 0.5 c: +x d: v.f* e: ALL_FIELDS* f: -v.f",
        "a=-1 b=0.5 c=+x d=v.f* e=ALL_FIELDS* f=-v.f",
    ),
    "no blank after the colon": ("a:yes", "a=yes"),
    "blank before the colon": ("sql : x ;; label : 'x'", "sql=“ x ” label='x'"),
    "string": ('label: "Order Date"', 'label="Order Date"'),
    "string of several lines": ('label: "one\n  two"', 'label="one\n  two"'),
    "escaped quote": (r'label: "a \"b\" c"', 'label="a "b" c"'),
    "other escapes are kept": (r'f: "0 \m\i\n \\ \% \n"', r'f="0 \m\i\n \\ \% \n"'),
    "backslash before the closing quote's escape": (r'f: "\\\"x" g: y', 'f="\\\\"x" g=y'),
    "comment signs in a string": ('label: "# no; comment {"', 'label="# no; comment {"'),
    "comment between key and value": ("a: # why\n  b", "a=b"),
    "comment between name and brace": ("view: a # why\n{ b: c }", "view:a{b=c}"),
    "comment after an atom": ("a: b # why\nc: d", "a=b c=d"),
    "comment line before a brace": ("view: a\n# why\n# so\n{ }", "view:a{}"),
    "sql keeps its blanks": ("sql:  ${TABLE}.x ;;", "sql=“  ${TABLE}.x ”"),
    "sql of several lines": ("sql:\n  SELECT 1\n  FROM t\n;;", "sql=“\n  SELECT 1\n  FROM t\n”"),
    "empty sql": ("join: a { sql: ;; }", "join:a{sql=“ ”}"),
    "sql that begins with Liquid": (
        "sql: {% if a %} b {% endif %} ;;",
        "sql=“ {% if a %} b {% endif %} ”",
    ),
    "sql with quotes, signs and a lone semicolon": (
        'sql: "x" # ; \' { ;; a: b',
        'sql=“ "x" # ; \' { ” a=b',
    ),
    "sql ends at the first two semicolons, even quoted": ("sql: ';; a: b", "sql=“ '” a=b"),
    "every prefix of a block parameter": (
        "sql_on: a ;; html: b ;; expression: c ;; expression_custom_filter: d ;;",
        "sql_on=“ a ” html=“ b ” expression=“ c ” expression_custom_filter=“ d ”",
    ),
    "long sql": (f"sql: {'x' * 500} ;; a: b", f"sql=“ {'x' * 500} ” a=b"),
    "block": ("view: a { b: c }", "view:a{b=c}"),
    "unnamed block": ("link: { url: x }", "link:{url=x}"),
    "empty blocks": ("view: +a {} join: b{}", "view:+a{} join:b{}"),
    "block parameter as a name": (
        "dimension: expression_custom_filter { a: b } dimension: sql_step { }",
        "dimension:expression_custom_filter{a=b} dimension:sql_step{}",
    ),
    "name on the next line": ("view:\n  a\n{ }", "view:a{}"),
    "several objects": ("view: a { } explore: a { } view: b { }", "view:a{} explore:a{} view:b{}"),
    "capitals and other letters": ("view: Zoë { A_b: C }", "view:Zoë{A_b=C}"),
    "list of atoms": ("f: [a, b.c, -d, e*]", "f[a b.c -d e*]"),
    "list over lines": ("f: [\n  a,\n  b\n]", "f[a b]"),
    "list of strings": ('f: ["a", "b, c"]', 'f["a" "b, c"]'),
    "mixed list": ('f: [a, "b", 3]', 'f[a "b" 3]'),
    "empty lists": ("f: [] g: [ ] h: [,]", "f[] g[] h[]"),
    "trailing comma": ("f: [a, b,]", "f[a b]"),
    "leading comma": ("f: [, a, b]", "f[a b]"),
    "blank before a comma": ("f: [a , b\n, c]", "f[a b c]"),
    "comment in a list": ("f: [a, # first\n # more\n b]", "f[a b]"),
    "comment behind a trailing comma": ("f: [a, # last\n]", "f[a]"),
    "minus and blank": ("f: [ALL_FIELDS*, - a, -\n b.c]", "f[ALL_FIELDS* -a -b.c]"),
    "list of pairs": (
        'filters: [v.a: "x, y", b: "-\\"z\\""]',
        'filters[v.a:"x, y" b:"-"z""]',
    ),
    "sorts": ("sorts: [v.a: desc, b: asc]", "sorts[v.a:desc b:asc]"),
    "quoted name in a pair": ('filters: ["v.a": "x"]', 'filters[v.a:"x"]'),
    "pair with blanks and comment": ('filters: [a : # why\n "x"]', 'filters[a:"x"]'),
    "old filters": (
        'filters: { field: a value: "x" } filters: { field: b value: "y" }',
        'filters:{field=a value="x"} filters:{field=b value="y"}',
    ),
    "byte order mark": ("\ufeffview: a { }", "view:a{}"),
    "blanks of the web": ("view:\u00a0a\u200b{\u00a0b: c }", "view:a{b=c}"),
    "carriage returns": ("view: a {\r\n  b: c # d\r\n  e: f\r\n}\r\n", "view:a{b=c e=f}"),
    "loose ends of SQL": (
        ';; a: b;; label: "x" ;; c: d ;; ;; # e\n;;;; view: e { ;; }',
        'a=b label="x" c=d view:e{}',
    ),
    "parameters on one line": ("view: a { b: c d: e }", "view:a{b=c d=e}"),
    "liquid in a string": ('label: "{% if a %}b{% endif %}"', 'label="{% if a %}b{% endif %}"'),
    "casts and paths in sql": (
        "sql:\n  a::int,\n  payload:field::date\n  ;;",
        "sql=“\n  a::int,\n  payload:field::date\n  ”",
    ),
    "style sheet in html": (
        'html:\n <p style="\n  color: red;\n  filter: {x};">\n ;;',
        'html=“\n <p style="\n  color: red;\n  filter: {x};">\n ”',
    ),
    "script in sql": (
        'sql:\n  return {\n    filter: {a: 1},\n    label: "x"\n  }\n ;;',
        'sql=“\n  return {\n    filter: {a: 1},\n    label: "x"\n  }\n ”',
    ),
}


@pytest.mark.parametrize(("text", "expected"), READ.values(), ids=READ.keys())
def test_read_without_mistake(text: str, expected: str) -> None:
    assert outline(text) == expected
    assert mistakes(text) == []


FORGIVEN = {
    "two colons": ("measure:: a { }", "measure:a{}", "1:9 stray_colon"),
    "two colons with a blank": ("a: : b", "a=b", "1:4 stray_colon"),
    "two colons before sql": ("sql:: x ;;", "sql=“ x ”", "1:5 stray_colon"),
    "two commas": ("f: [a,, b]", "f[a b]", "1:7 syntax_error"),
    "colon behind a brace": ("view: a {:\n  b: c }", "view:a{b=c}", "1:10 stray_colon"),
    "colon between parameters": ('a: "b"\n: c: d', 'a="b" c=d', "2:1 stray_colon"),
    "semicolon behind a parameter": ("view: a { b: c; }", "view:a{b=c}", "1:15 syntax_error"),
    "three semicolons": ("sql: x ;;; a: b", "sql=“ x ” a=b", "1:10 syntax_error"),
    "semicolons are reported once": (
        '; a: b; label: "x" ; c: [d];view: e { ; f: g; }',
        'a=b label="x" c[d] view:e{f=g}',
        "1:1 syntax_error",
    ),
}


@pytest.mark.parametrize(("text", "expected", "warning"), FORGIVEN.values(), ids=FORGIVEN.keys())
def test_forgiven_with_a_warning(text: str, expected: str, warning: str) -> None:
    assert outline(text) == expected
    assert mistakes(text) == [warning]
    assert lookml.parse(text).diagnostics[0].severity is Severity.WARNING


RECOVERED = {
    "sql not closed, more parameters follow": (
        'dimension: a {\n  sql: ${TABLE}.a\n  label: "x"\n}\ndimension: b { sql: b ;; }',
        'dimension:a{sql=“ ${TABLE}.a” label="x"} dimension:b{sql=“ b ”}',
        ["2:3 unclosed_sql"],
    ),
    "sql not closed before the brace": (
        "view: v {\n  dimension: a { sql: ${TABLE}.a }\n  dimension: b { sql: b ;; }\n}",
        "view:v{dimension:a{sql=“ ${TABLE}.a”} dimension:b{sql=“ b ”}}",
        ["2:18 unclosed_sql"],
    ),
    "sql not closed, another one follows": (
        "dimension: a {\n  sql_start: a\n  sql_end: b ;;\n}",
        "dimension:a{sql_start=“ a” sql_end=“ b ”}",
        ["2:3 unclosed_sql"],
    ),
    "sql closed by one semicolon": (
        "dimension: a {\n  sql: x ;\n  type: number\n}\nview: b { sql: y ;; }",
        "dimension:a{sql=“ x ” type=number} view:b{sql=“ y ”}",
        ["2:3 unclosed_sql"],
    ),
    "no more semicolons in the file": (
        'view: a {\n  sql_table_name: b.c\n  label: "x"\n}\n',
        'view:a{sql_table_name=“ b.c” label="x"}',
        ["2:3 unclosed_sql"],
    ),
    "long sql not closed": (
        "derived_table: {\n sql:\n  SELECT a\n  FROM b\n}\ndimension: c { sql: d ;; }",
        "derived_table:{sql=“\n  SELECT a\n  FROM b”} dimension:c{sql=“ d ”}",
        ["2:2 unclosed_sql"],
    ),
    "block not closed at the end": (
        "view: a {\n  dimension: b {\n    type: c\n",
        "view:a{dimension:b{type=c}}",
        ["2:3 unclosed_block"],
    ),
    "field not closed before the next field": (
        "view: a {\n  dimension: b {\n    type: c\n  measure: d { type: count }\n}\nview: e { }",
        "view:a{dimension:b{type=c} measure:d{type=count}} view:e{}",
        ["2:3 unclosed_block"],
    ),
    "view not closed before the next view": (
        "view: a {\n  dimension: b { }\n\nview: c { dimension: d { } }",
        "view:a{dimension:b{}} view:c{dimension:d{}}",
        ["1:1 unclosed_block"],
    ),
    "explore not closed before a test": (
        "explore: a {\n  join: b { }\n\ntest: c { }\naccess_grant: d { }",
        "explore:a{join:b{}} test:c{} access_grant:d{}",
        ["1:1 unclosed_block"],
    ),
    "field not closed before a datagroup": (
        "view: a {\n  dimension: b {\n\ndatagroup: c { }",
        "view:a{dimension:b{}} datagroup:c{}",
        ["2:3 unclosed_block"],
    ),
    "constant not closed before the next constant": (
        'constant: a {\n  value: "b"\n\nconstant: c { value: "d" }',
        'constant:a{value="b"} constant:c{value="d"}',
        ["1:1 unclosed_block"],
    ),
    "dependency not closed before a constant": (
        'remote_dependency: a {\n  override_constant: b { value: "c" }\nconstant: d { value: "e" }',
        'remote_dependency:a{override_constant:b{value="c"}} constant:d{value="e"}',
        ["1:1 unclosed_block"],
    ),
    "test inside a view": ("view: a {\n  test: c { }\n}", "view:a{test:c{}}", []),
    "inner block not closed before the next join": (
        "explore: a {\n join: b {\n  x: {\n join: c { y: z }\n}",
        "explore:a{join:b{x:{}} join:c{y=z}}",
        ["3:3 unclosed_block"],
    ),
    "brace too many": (
        "view: a { b: c }\n}\nview: d { }",
        "view:a{b=c} view:d{}",
        ["2:1 stray_brace"],
    ),
    "list not closed": (
        'view: a {\n  f: [b, c\n  label: "x"\n}',
        'view:a{f[b c] label="x"}',
        ["2:6 unclosed_block"],
    ),
    "list not closed before sql": (
        'm: a {\n  filters: [b: "c"\n  sql: d ;;\n}',
        'm:a{filters[b:"c"] sql=“ d ”}',
        ["2:12 unclosed_block"],
    ),
    "list not closed before the brace": (
        "v: a { f: [b }\nc: d",
        "v:a{f[b]} c=d",
        ["1:11 unclosed_block"],
    ),
    "comma missing": ("f: [a b, c]", "f[a b c]", ["1:7 syntax_error"]),
    "string not closed": (
        'dimension: a {\n  label: "Order\n  description: "when"\n}',
        'dimension:a{label="Order" description="when"}',
        ["2:10 unclosed_string"],
    ),
    "string not closed, fields follow": (
        'dimension: a { label: "Order }\ndimension: b { label: "when" }',
        'dimension:a{label="Order"} dimension:b{label="when"}',
        ["1:23 unclosed_string"],
    ),
    "last string not closed": ('a: b label: "Order', 'a=b label="Order"', ["1:13 unclosed_string"]),
    "string in a list not closed": ('f: ["a, b]\ng: h', 'f["a, b"] g=h', ["1:5 unclosed_string"]),
    "string in a pair not closed": (
        'f: [a: "b]\ng: "h"\ni: "j"',
        'f[a:"b"] g="h" i="j"',
        ["1:8 unclosed_string"],
    ),
    "last string in a pair not closed": (
        'f: [a: "b]\ng: h',
        'f[a:"b"] g=h',
        ["1:8 unclosed_string"],
    ),
    "string that ends with a brace of its own not closed": (
        'v: a { b: "@{c}\nd: e }',
        'v:a{b="@{c}" d=e}',
        ["1:11 unclosed_string"],
    ),
    "string in a block not closed before the next block": (
        'a: { b: "c }\na: { b: "d" }',
        'a:{b="c"} a:{b="d"}',
        ["1:9 unclosed_string"],
    ),
    "string not opened": ('a: b"\nc: d', "a=b c=d", ["1:4 syntax_error"]),
    "text not opened": ('a: b c d"\ne: f', "a=b e=f", ["1:4 syntax_error"]),
    "text in quotes of another kind": (
        "a: 'b, c d'\ne: “f g”\nh: ‘i’\nj: k\nl: 'm'",
        'a="b, c d" e="f g" h="i" j=k l=\'m\'',
        ["1:4 syntax_error", "2:4 syntax_error", "3:4 syntax_error"],
    ),
    "view left too early": (
        "view: a { dimension: b { c: d }}\n e: f\n dimension: g { }\n}",
        "view:a{dimension:b{c=d} e=f dimension:g{}}",
        ["1:32 stray_brace"],
    ),
    "explore left too early": (
        "explore: a { join: b { }}\n join: c { }\n}\nview: d { }",
        "explore:a{join:b{} join:c{}} view:d{}",
        ["1:25 stray_brace"],
    ),
    "view without its brace": (
        "view: a\n b: c\n dimension: d { }\n}\nview: e { }",
        "view:a{b=c dimension:d{}} view:e{}",
        ["1:1 syntax_error"],
    ),
    "field without its brace": (
        "view: a {\n dimension: b\n c: d }\n dimension: e { }\n}",
        "view:a{dimension:b{c=d} dimension:e{}}",
        ["2:2 syntax_error"],
    ),
    "last field without its brace": (
        "view: a {\n dimension: b\n c: d }\n}\ne: f",
        "view:a{dimension:b{c=d}} e=f",
        ["2:2 syntax_error"],
    ),
    "object without its brace": ("constant: a\n b: c }", "constant:a{b=c}", ["1:1 syntax_error"]),
    "field behind no view": ("a: b }\ndimension: c { }", "a=b dimension:c{}", ["1:6 stray_brace"]),
    "table not closed before a field": (
        "view: a { derived_table: {\n sql: b ;;\n dimension: c { }\n}",
        "view:a{derived_table:{sql=“ b ”} dimension:c{}}",
        ["1:11 unclosed_block"],
    ),
    "equals sign": ("a = b\nc: d", "a=b c=d", ["1:1 syntax_error"]),
    "comments of other languages": (
        '// a: { b: "c" }\n-- d: e\n/* f: g\nh: { */\ni: j',
        "i=j",
        ["1:1 syntax_error", "2:1 syntax_error", "3:1 syntax_error"],
    ),
    "colon missing before a string": ('label "x" a: b', 'label="x" a=b', ["1:1 syntax_error"]),
    "colon missing before a block": ("view a { b: c }", "view:a{b=c}", ["1:1 syntax_error"]),
    "colon missing before a list": ("f [a, b]", "f[a b]", ["1:1 syntax_error"]),
    "colon missing before sql": (
        "sql ${TABLE}.x ;; a: b",
        "sql=“ ${TABLE}.x ” a=b",
        ["1:1 syntax_error"],
    ),
    "colon missing before an atom": (
        "a: b\ntype number\nc: d",
        "a=b type=number c=d",
        ["2:1 syntax_error"],
    ),
    "value missing": ("label:\ntype: number", "type=number", ["1:1 syntax_error"]),
    "value missing before the brace": ("v: a { label: }", "v:a{}", ["1:8 syntax_error"]),
    "text without quotes": (
        "v: a {\n  label: Order Date now\n  b: c\n}",
        "v:a{label=Order b=c}",
        ["2:10 syntax_error"],
    ),
    "name in quotes": ('view: "a" { b: c }', "view:a{b=c}", ["1:7 syntax_error"]),
    "brace without a name": ("a: b { c: d } }\ne: f", "a:b{c=d} e=f", ["1:15 stray_brace"]),
    "brace alone": ("{ a: b }\nc: d", "a=b c=d", ["1:1 syntax_error"]),
    "signs alone": (
        ", ] : a: b",
        "a=b",
        ["1:1 syntax_error", "1:3 syntax_error", "1:5 stray_colon"],
    ),
    "prose": ("here is some prose\na: b", "a=b", ["1:1 syntax_error"]),
    "list without brackets": ("f: a, b.c , -d\ng: h", "f=a g=h", ["1:1 syntax_error"]),
    "quoted list without brackets": (
        'f: "a", "b"}',
        'f="a"',
        ["1:1 syntax_error", "1:12 stray_brace"],
    ),
    "list without a name": ("[a, b]\nc: d", "c=d", ["1:1 syntax_error"]),
    "signs in a list": (
        "f: [a: , [b]]\nc: d",
        "f[a b] c=d",
        ["1:6 syntax_error", "1:10 syntax_error", "1:13 syntax_error"],
    ),
    "several": (
        'view: a {\n  label "x"\n  dimension: b { sql: c }\n  dimension: d {\n    sql: e ;;\n}\n',
        'view:a{label="x" dimension:b{sql=“ c”} dimension:d{sql=“ e ”}}',
        ["2:3 syntax_error", "3:18 unclosed_sql", "4:3 unclosed_block"],
    ),
    "old LookML": ("# old\n- view: a\n  fields:\n  - name: b\n", "", ["2:1 old_lookml"]),
    "old LookML behind dashes": ("---\n- dashboard: a\n  title: b\n", "", ["1:1 old_lookml"]),
    "old LookML after LookML": ("a: b\n- view: c\n  d: e", "a=b", ["2:1 old_lookml"]),
}


@pytest.mark.parametrize(("text", "expected", "reported"), RECOVERED.values(), ids=RECOVERED.keys())
def test_recovered(text: str, expected: str, reported: list[str]) -> None:
    assert outline(text) == expected
    assert mistakes(text) == reported


MESSAGES = {
    'view: a {\n\n  sql_table_name: b\n  label: "c"\n}': (
        "the text of `sql_table_name` that begins in line 3 is not closed; write `;;` at its end"
    ),
    "dimension: a { sql: b ; }": (
        "the text of `sql` that begins in line 1 is not closed; end it with two semicolons"
    ),
    "view: a {\n  dimension: b {": (
        "`dimension: b` is opened here and never closed; 2 `}` are missing at the end of the file"
    ),
    "view: a {\n\nview: b { }": (
        "`view: a` is opened here and not closed before `view: b` begins in line 3; add `}`"
    ),
    "}": "this `}` closes nothing; remove it, or look for a `}` too many above",
    "label: Order Date": ('text of several words stands in quotes; write `label: "Order Date"`'),
    "url: http://x": ("`url` has no value; if `http: …` is the value, put it in quotes"),
    "view orders { }": "a colon is missing; write `view:`",
    "f: [a b]": "a comma is missing before `b`",
    "- dashboard: a": (
        "this is a dashboard in YAML; give its file a name that ends in `.dashboard.lookml`"
    ),
}


@pytest.mark.parametrize(("text", "message"), MESSAGES.items(), ids=MESSAGES.values())
def test_message(text: str, message: str) -> None:
    assert lookml.parse(text).diagnostics[0].message == message


def test_place_of_a_mistake_is_what_is_wrong() -> None:
    text = "view: a {\n  label: Order Date\n}"
    place = lookml.parse(text).diagnostics[0].place
    assert text[place.span.start : place.span.end] == "Order Date"
    assert (place.line, place.column) == (2, 10)


def test_offsets() -> None:
    text = 'view: +a {\n  label: "x \\"y\\""\n  sql: b ;;\n  f: [- c, d: "e"]\n  h: i # j\n}'
    view = lookml.parse(text).root.nodes[0]
    assert isinstance(view, lookml.Block)
    assert text[view.start : view.end] == text
    assert text[view.value_start] == "{"
    label, sql, items, atom = view.nodes
    assert text[label.start : label.end] == 'label: "x \\"y\\""'
    assert text[label.value_start : label.end] == '"x \\"y\\""'
    assert text[sql.value_start : sql.end] == " b "
    assert text[atom.start : atom.end] == "h: i"
    assert isinstance(items, lookml.Items)
    assert text[items.value_start : items.end] == '[- c, d: "e"]'
    assert [text[entry.start : entry.end] for entry in items.entries] == ["- c", 'd: "e"']


def test_equal_texts_give_equal_parses() -> None:
    text = "view: a { dimension: b { sql: c ;; } f: [d, e] }"
    assert lookml.parse(text) == lookml.parse("".join(list(text)))


def test_nesting_stops_at_the_budget() -> None:
    text = "a: {" * 2000 + "x: y" + "}" * 2000 + "b: c"
    parsed = lookml.parse(text)
    assert [d.code for d in parsed.diagnostics] == [Code.TOO_DEEP]
    assert parsed.diagnostics[0].place.column == 4 * 200 + 1
    assert _node(parsed.root.nodes[-1]) == "b=c"


def test_nesting_of_views_stops_at_the_budget() -> None:
    codes = {d.code for d in lookml.parse("view: a { " * 2000).diagnostics}
    assert codes == {Code.UNCLOSED_BLOCK, Code.TOO_DEEP}


def test_nesting_within_the_budget() -> None:
    text = "a: {" * 5 + "}" * 5
    assert lookml.parse(text, Budget(depth=5)).diagnostics == ()
    assert [d.code for d in lookml.parse(text, Budget(depth=4)).diagnostics] == [Code.TOO_DEEP]


def test_large_file_is_not_read() -> None:
    parsed = lookml.parse("a: b " * 100, Budget(steps=499))
    assert [d.code for d in parsed.diagnostics] == [Code.TOO_LARGE]
    assert parsed.root.nodes == ()
    assert lookml.parse("a: b " * 100, Budget(steps=500)).diagnostics == ()


def test_mistakes_are_counted_no_further_than_useful() -> None:
    parsed = lookml.parse("}\n" * 5000 + "a: b")
    assert len(parsed.diagnostics) == 100
    assert _node(parsed.root.nodes[0]) == "a=b"


# Each is repeated to 50 kB. A reader that looks at a text twice for every piece of it
# would take seconds for one of these.
HOSTILE = [
    ";",
    '"',
    '\\"',
    'a: "\\"',
    'b: \\"\n',
    'x: [\\"',
    'a: ["\\"\n',
    "sql: }",
    "sql: }\n",
    "sql: x\n}",
    "sql:",
    "sql: {\n",
    "sql: x ;\n",
    "a: {",
    "view: a {",
    "view: a {\n",
    "}",
    "{",
    "[",
    "a: [",
    "a: [b",
    "a: [b\n",
    "a:",
    "a::",
    ": ",
    "a ",
    "a\n",
    "a #\n",
    "#",
    "- a: ",
    "dimension: a { sql: b }\n",
    'label: "a\n b: "c\n',
    'a "b',
    "a: b {",
    ",",
    "a: [,",
    "a: [- ",
    '"{',
    "a: [b: [c: ",
    "\u00a0\ufeff",
    "a: b c ",
]


@pytest.mark.parametrize("piece", HOSTILE, ids=repr)
def test_linear_in_any_text(piece: str) -> None:
    for text in _hostile(piece):
        start = time.process_time()
        lookml.parse(text)
        assert time.process_time() - start < PATIENCE


def _hostile(piece: str) -> list[str]:
    much = piece * (50_000 // len(piece))
    return [much, much + ";;", 'a: "' + much, "sql: " + much + "\nview: a {", "a: {" * 201 + much]
