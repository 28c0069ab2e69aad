"""Liquid: templates as LookML writes them, what they may see, and what they must not do."""

from __future__ import annotations

import time
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lookalike.compiler.syntax.budget import Budget
from lookalike.compiler.syntax.diagnostics import Code, Severity
from lookalike.compiler.syntax.liquid import (
    ConditionHole,
    DateBoundHole,
    ParameterHole,
    Pieces,
    QuotedHole,
    Rendered,
    Typed,
    has_liquid,
    render,
)
from lookalike.compiler.syntax.liquid.rendering import MAX_REMARKS
from tests.patience import PATIENCE

NAMES = {
    "_model._name": "shop",
    "_view._name": "orders",
    "_dialect._name": "duckdb",
    "_query._query_timezone": "Europe/Berlin",
    "now": "2018-05-18T18:30:02",
}
FIELDS = {"orders.status", "status", "orders.created_date", "period", "orders.period", "size"}
EVIL = "x' OR 1=1 --"


class Shop:
    """One asker of one explore: `orders.status` is selected and filtered, `users` is joined."""

    def __init__(self, typed: str = "") -> None:
        self.names: Mapping[str, object] = NAMES
        self._attributes = {"region": "US West", "ids": "1, 2,3", "schema": "dev_1", "evil": EVIL}
        self._filters = {"orders.status": "complete,-pending", "orders.created_date": "7 days"}
        self._parameters = {"period": "day", "orders.period": "day", "size": "'XL'"}
        if typed:
            self._attributes["typed"] = typed
            self._filters["status"] = typed
            self._parameters["size"] = typed

    def user_attribute(self, name: str) -> str | None:
        return self._attributes.get(name)

    def filter_text(self, field: str) -> str | None:
        return self._filters.get(field)

    def parameter_text(self, field: str) -> str | None:
        return self._parameters.get(field)

    def is_view(self, name: str) -> bool:
        return name in ("orders", "users")

    def is_field(self, field: str) -> bool:
        return field in FIELDS

    def in_query(self, name: str) -> bool:
        return name in ("orders", "orders.status")

    def is_selected(self, field: str) -> bool:
        return field == "orders.status"

    def is_filtered(self, field: str) -> bool:
        return field in ("orders.status", "orders.created_date")


def rendered(text: str, sql: bool = True, typed: str = "") -> Rendered:
    return render(text, Shop(typed), Budget(), sql)


def pieces(text: str, sql: bool = True) -> Pieces:
    result = rendered(text, sql)
    assert result.diagnostics == ()
    return result.pieces


def text(template: str, sql: bool = True) -> str:
    return "".join(piece for piece in pieces(template, sql) if isinstance(piece, str))


def code(template: str) -> Code:
    result = rendered(template)
    assert result.diagnostics, template
    return result.diagnostics[-1].code


def test_text_without_liquid_comes_back_as_it_is() -> None:
    assert pieces("${TABLE}.a { % b % }") == ("${TABLE}.a { % b % }",)
    assert not has_liquid("${TABLE}.a")
    assert has_liquid("{{ x }}")
    assert has_liquid("{%if x%}")


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{% if true %}a{% else %}b{% endif %}", "a"),
        ("{% if period._parameter_value == 'day' %}D{% elsif true %}M{% endif %}", "D"),
        ("{% if period._parameter_value == 'week' %}W{% else %}M{% endif %}", "M"),
        ("{% if size._parameter_value == \"'XL'\" %}quoted{% endif %}", "quoted"),
        ("{% case period._parameter_value %}{% when 'a','day' %}D{% else %}E{% endcase %}", "D"),
        ("{% unless orders.status._is_filtered %}a{% else %}b{% endunless %}", "b"),
        ("{% if orders.status._in_query and orders._in_query %}y{% endif %}", "y"),
        ("{% if users._in_query or orders.status._is_selected %}y{% endif %}", "y"),
        ("{% if _filters['orders.created_date'] == '7 days' %}y{% endif %}", "y"),
        ("{% if _filters['status'] == '' %}none{% endif %}", "none"),
        ("{% if _user_attributes['region'] contains 'West' %}y{% endif %}", "y"),
        ("{% if _user_attributes.region contains 'West' %}y{% endif %}", "y"),
        ("{{ _model._name }}.{{ _view._name }} {{ _dialect._name }}", "shop.orders duckdb"),
        ("{{ _query._query_timezone }}", "Europe/Berlin"),
        ("{{ orders.status._is_selected }} {{ users._in_query }}", "true false"),
        ("{{ users._in_query | sql_boolean }} {{ 'Yes' | sql_boolean }}", "false true"),
        ("{% assign a = 3 | plus: 4 %}{{ a | times: 2 | minus: 1 }}", "13"),
        ("{% capture a %}x{{ 1 }}{% endcapture %}{{ a }}{{ a | upcase }}", "x1X1"),
        ("{% for i in (1..3) %}{{ i }},{% endfor %}", "1,2,3,"),
        ("{% for i in (1..3) reversed %}{{ i }}{% endfor %}", "321"),
        ("{% for i in (1..3) limit: 2 %}{{ i }}{% endfor %}", "12"),
        ("{% for i in (1..3) limit: 0 %}{{ i }}{% else %}none{% endfor %}", "none"),
        ("{% for i in (1..3) limit: -2 reversed %}{{ i }}{% endfor %}", ""),
        ("{% assign a = 'x-y' | split: '-' %}{{ a[0] }}[{{ a[5] }}{{ a.first.no }}]", "x[]"),
        ("{% assign a = '' | split: '-' %}[{{ a[0] }}{{ a.first }}{{ a.last }}]", "[]"),
        ("{% assign a = 'x-y' | split: '-' %}{{ a[5] | upcase | default: 'none' }}", "none"),
        ("{% assign a = 'x' %}{% if a.b %}b{% elsif a[3] == nil %}nil{% endif %}", "nil"),
        ("{% assign l = 'a,b' | split: ',' %}{% for i in l %}[{{ i }}]{% endfor %}", "[a][b]"),
        ("{% comment %}{% if %}{% comment %}x{% endcomment %}{% endcomment %}z", "z"),
        ("{% raw %}{{ x }}{% endraw %}", "{{ x }}"),
        ("{% # a remark %}z", "z"),
        ("{% increment n %}{% increment n %}{% decrement m %}", "01-1"),
        ("a {%- if true -%} b {%- endif -%} c", "abc"),
        ("a {%- comment -%} b {%- endcomment -%} c", "ac"),
        ("a{% doc %}{{ b {% enddoc -%} c", "ac"),
        ("{% comment %}{% raw %}{% endcomment %}{% endraw %}b{% endcomment %}c", "c"),
        ("{% for i in (1..3) %}{% cycle 'a', 'b' %}{% cycle 'x': 1, 2 %}{% endfor %}", "a1b2a1"),
        (
            "{% for i in (1..4) %}{% ifchanged %}{{ i | minus: i }}{% endifchanged %}{% endfor %}",
            "0",
        ),
        ("{% echo 'a' | upcase %}{% echo %}", "A"),
        ("{% liquid\n  # a\n  if true\n  echo 1\n  comment\n b\n  endcomment\n  endif\n%}", "1"),
        ("{% liquid liquid echo 'a' %}", "a"),
        (
            "{% tablerow i in (1..3) cols: 2 %}{{ i }}{{ tablerowloop.col_last }}{% endtablerow %}",
            '<tr class="row1">\n<td class="col1">1false</td><td class="col2">2true</td></tr>\n'
            '<tr class="row2"><td class="col1">3false</td></tr>\n',
        ),
        (
            "{% tablerow i in (1..3) limit: 0 %}{{ i }}{% endtablerow %}",
            '<tr class="row1">\n</tr>\n',
        ),
        ("{% case 1 %}{% when 1, 1 %}a{% endcase %}", "aa"),
        ("{% if 5 contains 'x' or nil < 1 or true > 0 %}y{% else %}n{% endif %}", "n"),
        ("{% if nil == blank and false == blank %}y{% endif %}", "y"),
        ("{{ 'a b/c' | url_encode }} {{ 'a b/c' | encode_uri }}", "a+b%2Fc a%20b/c"),
        ("{{ 3.14159 | round: 2 }} {{ 'abc' | capitalize }}", "3.14 Abc"),
        (
            "{{ '2018/05/01' | date: '%b %Y' }} {{ 'now' | date: '%Y-%m-%d' }}",
            "May 2018 2018-05-18",
        ),
        ("{{ '1970-01-02T00:00:01' | date: '%s' }} {{ '2018-05-01' | date: '%%s' }}", "86401 %s"),
        ("{% incrementcondition %} created {% endincrementcondition %}", "1=1"),
    ],
)
def test_templates(template: str, expected: str) -> None:
    assert text(template) == expected


FILTERED = [
    (
        "{{ 2.5 | round }} {{ -2.5 | round }} {{ 2.345 | round: 2 }} {{ 149 | round: -1 }}",
        "3 -3 2.35 150",
    ),
    ("{{ '10abc' | plus: 1 }} {{ '1.5' | times: 2 }} {{ 'x' | plus: 1 }}", "11 3.0 1"),
    ("{{ 7 | divided_by: 2 }} {{ -7 | divided_by: 2 }} {{ 7 | divided_by: 2.0 }}", "3 -4 3.5"),
    (
        "{{ -7 | modulo: 3 }} {{ 0.1 | plus: 0.2 }} {{ 1.2 | ceil }} {{ -1.2 | floor }}",
        "2 0.3 2 -2",
    ),
    ("{{ true | append: nil }} {{ l | append: '!' }} {{ l }}", 'true ["b", "a"]! ba'),
    ("{{ 10000000000000000.0 }} {{ 0.00001 }} {{ 3.0 }}", "1.0e+16 1.0e-05 3.0"),
    ("{{ ' a  b ' | truncatewords: 1 }} {{ 'abcdef' | truncate: 4 }}", "a... a..."),
    ("{{ 'a,b,,' | split: ',' | size }} {{ 'abc' | split: '' | last }}", "2 c"),
    ("{{ 'hello' | slice: -3, 2 }} {{ l | slice: 0 | join }} {{ 'a' | slice: 9 }}", "ll b "),
    ("{{ \"it's\" | escape }} {{ '<b>&amp;' | escape_once }}", "it&#39;s &lt;b&gt;&amp;"),
    ("{{ '<p>a<script>b</script>c<!-- d -->e<f' | strip_html }}", "ace<f"),
    ("{{ 'a b/ü~' | url_encode }} {{ 'a+b%2F%C3%BC' | url_decode }}", "a+b%2F%C3%BC~ a b/ü"),
    ("{{ rows | map: 'n' | join: '-' }} {{ rows | sum: 'n' }}", "2-1- 3"),
    ("{{ rows | where: 't', 'x' | map: 'n' }} {{ rows | where: 'n' | size }}", "1 2"),
    ("{{ rows | sort: 'n' | map: 't' | join }} {{ rows | reject: 'n' | size }}", "x y z 1"),
    ("{{ rows | find_index: 't', 'x' }} {{ rows | has: 't', 'q' }}", "1 false"),
    ("{{ 'b,A,a,b' | split: ',' | uniq | sort_natural | join }}", "A a b"),
    ("{{ mixed | compact | size }} {{ mixed | first }} {{ 3 | first }}", "2 1 "),
    ("{{ nil | default: 'd' }} {{ false | default: 'd', allow_false: true }}", "d false"),
    ("{{ rows[0].n }} {{ rows.size }} {{ rows.last.t }} {{ rows[9].n }}", "2 3 z "),
]


@pytest.mark.parametrize(("template", "expected"), FILTERED, ids=[each[1] for each in FILTERED])
def test_filters_are_those_of_ruby(template: str, expected: str) -> None:
    shop = Shop()
    rows = [{"n": 2, "t": "y"}, {"n": 1, "t": "x"}, {"n": None, "t": "z"}]
    shop.names = {"l": ["b", "a"], "rows": rows, "mixed": [1, None, 2]}
    assert render(template, shop, Budget(), sql=False).pieces == (expected,)


DATES = [
    ("'March 14, 2016' | date: '%b %d, %y'", "Mar 14, 16"),
    ("'14 Mar 2016' | date: '%-d.%-m.%Y'", "14.3.2016"),
    ("'14/03/2016' | date: '%F'", "2016-03-14"),
    ("'2016-03-14 10:20:30.5' | date: '%T.%L'", "10:20:30.500"),
    ("'2016-03-14T10:20:30+02:00' | date: '%H %z %:z'", "10 +0200 +02:00"),
    ("'2016-03-14 9:05 pm' | date: '%I:%M %p %l %k %P'", "09:05 PM  9 21 pm"),
    ("'Fri, 18 May 2018 18:30:02 GMT' | date: '%s'", "1526668202"),
    ("1152098955 | date: '%m/%d/%Y'", "07/05/2006"),
    ("'1152098955' | date: '%D'", "07/05/06"),
    ("'may 3' | date: '%F'", "2018-05-03"),
    ("'10:30' | date: '%F %R'", "2018-05-18 10:30"),
    ("'today' | date: '%A %j %U %V %u %w %^a %e'", "Friday 138 19 20 5 5 FRI 18"),
    (
        "'2018-05-08' | date: '%-d %_d %03d %^b %v %c'",
        "8  8 008 MAY  8-MAY-2018 Tue May  8 00:00:00 2018",
    ),
    ("'2018-05-08' | date: '%Q %% %'", "%Q % %"),
    ("'2016-13-45' | date: '%F'", "2016-13-45"),
    ("'hello' | date: '%F'", "hello"),
    ("'2018-05-08' | date: ''", "2018-05-08"),
    ("nil | date: '%F'", ""),
]


@pytest.mark.parametrize(("filtered", "expected"), DATES, ids=[each[0] for each in DATES])
def test_dates_are_read_and_written_as_in_ruby(filtered: str, expected: str) -> None:
    assert text(f"{{{{ {filtered} }}}}") == expected


def test_an_unknown_filter_changes_nothing_and_is_a_warning() -> None:
    result = rendered("{{ 'a' | capitalise: 1 | upcase }}")
    assert result.pieces == ("A",)
    (warning,) = result.diagnostics
    assert (warning.code, warning.severity) == (Code.LIQUID, Severity.WARNING)
    assert "did you mean `capitalize`?" in warning.message
    evil = rendered("{{ _user_attributes['evil'] | capitalise }}")
    assert Code.UNSAFE_TEXT in [each.code for each in evil.diagnostics]


def test_condition_is_a_hole_with_its_body() -> None:
    assert pieces("{%condition orders.status%} ${TABLE}.s {%endcondition%} AND x") == (
        ConditionHole("orders.status", (" ${TABLE}.s ",)),
        " AND x",
    )
    assert pieces("{% condition %}${TABLE}.s{% endcondition %}") == (
        ConditionHole("", ("${TABLE}.s",)),
    )


def test_holes_nest_in_the_body_of_a_condition() -> None:
    template = "{% condition status %}f({% parameter period %}){% endcondition %}"
    assert pieces(template) == (ConditionHole("status", ("f(", ParameterHole("period"), ")")),)


def test_parameters_and_dates_are_holes() -> None:
    assert pieces("{% parameter orders.period %}, {{ size._parameter_value }}") == (
        ParameterHole("orders.period"),
        ", ",
        ParameterHole("size"),
    )
    assert pieces("{% date_start orders.created_date %} {%date_end orders.created_date%}") == (
        DateBoundHole("orders.created_date", end=False),
        " ",
        DateBoundHole("orders.created_date", end=True),
    )


def test_a_parameter_survives_assign_and_capture() -> None:
    hole = ParameterHole("size")
    assert pieces("{% assign p = size._parameter_value %}{{ p }}") == (hole,)
    assert pieces("{% capture p %}{% parameter size %}{% endcapture %}{{ p }}!") == (hole, "!")
    captured = "{% capture p %}{% parameter size %}{% endcapture %}"
    assert text(captured + "{% if p == \"'XL'\" %}y{% endif %}") == "y"


@pytest.mark.parametrize(
    "template",
    [
        "{{ _user_attributes['evil'] | sql_quote }}",
        "{{_user_attributes.evil|sql_quote}}",
        "{% assign a = _user_attributes['evil'] %}{{ a | sql_quote }}",
        "{% capture a %}{{ _user_attributes['evil'] }}{% endcapture %}{{ a | sql_quote }}",
        "{% assign a = _user_attributes['evil'] | sql_quote %}{{ a }}",
    ],
)
def test_a_quoted_text_is_a_hole(template: str) -> None:
    assert pieces(template) == (QuotedHole(EVIL),)


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{{ size._parameter_value | append: '' }}", "XL"),
        ("{{ \"'\" | append: _user_attributes['region'] | append: \"'\" }}", "US West"),
        ("{% assign a = _user_attributes['region'] | sql_quote | upcase %}{{ a }}", "US WEST"),
    ],
)
def test_a_typed_text_in_quotes_is_a_hole(template: str, expected: str) -> None:
    """What an author puts between quotes stays one text, wherever it stands."""
    assert pieces(template) == (QuotedHole(expected),)


@pytest.mark.parametrize("typed", ["'a''b'", "'a\\'", "'a' 'b'", "'a\n'", "'", "'a", "a'"])
def test_only_a_plain_text_in_quotes_is_a_hole(typed: str) -> None:
    template = "{{ _user_attributes['typed'] }}"
    assert [d.code for d in rendered(template, typed=typed).diagnostics] == [Code.UNSAFE_TEXT]


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("IN ({{ _user_attributes['ids'] }})", "IN (1, 2,3)"),
        ("{{ _user_attributes['schema'] }}.orders", "dev_1.orders"),
        ("'{{ _user_attributes['region'] }}'", "'US West'"),
        ("'it''s {{ _user_attributes['region'] }}'", "'it''s US West'"),
        ("{{ size._parameter_value | replace: \"'\", '' }}", "XL"),
        ("{{ _filters['status'] }}", ""),
    ],
)
def test_a_typed_text_that_can_only_be_a_value_may_stand(template: str, expected: str) -> None:
    assert text(template) == expected


@pytest.mark.parametrize(
    "template",
    [
        "{{ _user_attributes['evil'] }}",
        "'{{ _user_attributes['evil'] }}'",
        "{{ _user_attributes['region'] }}",
        "'a' {{ _user_attributes['region'] }}",
        "'a\n' {{ _user_attributes['region'] }}",
        "'\\' {{ _user_attributes['region'] }}",
        "/* don't */ {{ _user_attributes['region'] }}",
        "{{ _user_attributes['evil'] | upcase }}",
        "{{ _user_attributes['evil'] | sql_quote | append: '' }}",
        "{{ 'a' | append: _user_attributes['evil'] }}",
        "{{ _user_attributes['evil'] | split: 'z' | map: \"x'\" }}",
        "{{ 'a,b' | split: ',' | join: _user_attributes['evil'] }}",
        "{% cycle _user_attributes['evil'], 1 %}",
        "{% echo _user_attributes['evil'] %}",
        "{% liquid echo _user_attributes['evil'] %}",
        "{% ifchanged %}{{ _user_attributes['evil'] }}{% endifchanged %}",
        "{% tablerow c in _user_attributes['evil'] %}{{ c }}{% endtablerow %}",
        "{{ _user_attributes['evil'] | truncate: 999 | strip_html | squish }}",
        "{{ 'a' | replace: 'a', _user_attributes['evil'] }}",
        "{{ '' | default: _user_attributes['evil'] }}",
        "{{ _user_attributes['evil'] | split: '' }}",
        "{{ _user_attributes['evil'] | split: '' | join: '' }}",
        "{{ _user_attributes['evil'] | split: '' | sort | reverse | first }}{{ 1 }}"
        "{% assign l = _user_attributes['evil'] | split: 'x' %}{{ l.last }}",
        "{% assign a = _user_attributes['evil'] %}{{ a }}",
        "{% capture a %}{{ _user_attributes['evil'] }}{% endcapture %}{{ a }}",
        "{% capture a %}{{ _user_attributes['evil'] }}{% endcapture %}"
        "{% capture b %}{{ a }}{% endcapture %}{{ b }}",
        "{% assign l = _user_attributes['evil'] | split: '' %}{% for c in l %}{{ c }}{% endfor %}",
        "{% condition status %}{{ _user_attributes['evil'] }}{% endcondition %}",
        "{{ _user_attributes['evil'] | base64_encode | base64_decode }}",
        "{{ _user_attributes['evil'] | url_encode | url_decode }}",
        "{{ _user_attributes['evil'] | date: \"'\" }}",
    ],
)
def test_a_typed_text_never_becomes_sql(template: str) -> None:
    result = rendered(template)
    assert [d.code for d in result.diagnostics] == [Code.UNSAFE_TEXT]
    assert "sql_quote" in result.diagnostics[0].message


@pytest.mark.parametrize(
    ("before", "typed", "behind"),
    [
        ("-", "-1", ""),
        ("a", "-", "-b"),
        ("/* *", "/", ""),
        ("a", "/", "* b"),
        ("", "a--b", ""),
        ("", "1 UNION SELECT x", ""),
        ("", "a, b c", ""),
        ("", "x\u02bc", ""),
        ("'", "x\u02bc", "'"),
        ("'", "\\", "'"),
        ("'", "a\nb", "'"),
        ("", "f(x)", ""),
        ("", "${TABLE}", ""),
    ],
)
def test_no_typed_text_joins_what_stands_beside_it(before: str, typed: str, behind: str) -> None:
    template = before + "{{ _user_attributes['typed'] }}" + behind
    assert [d.code for d in rendered(template, typed=typed).diagnostics] == [Code.UNSAFE_TEXT]


FORMS = [
    "{{ _user_attributes['typed'] }}",
    "a {{ _filters['status'] | strip }} b",
    "{% assign a = _filters['status'] | split: ',' %}{{ a | join: '.' }}",
    "{% capture a %}{{ _filters['status'] }}{% endcapture %}{{ a | downcase }}",
    "{% capture a %}-{{ _filters['status'] }}{% endcapture %}{{ a }}",
    "{{ size._parameter_value | slice: 0, 9 }}",
]


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(FORMS), st.text(min_size=1) | st.text("'\"\\-/*;()$ ax1,\n", min_size=1))
def test_whatever_is_typed_the_sql_keeps_its_shape(template: str, typed: str) -> None:
    result = rendered(template, typed=typed)
    written = "".join(piece for piece in result.pieces if isinstance(piece, str))
    assert not set("'\"`\\;()*$\n") & set(written)
    assert "--" not in written
    if not any(d.is_error for d in result.diagnostics):
        assert len(written.replace("a ", "").replace(" b", "").replace(", ", ",").split()) <= 2


def test_labels_are_text_without_holes() -> None:
    assert pieces("{{ size._parameter_value }} {{ 'its' }}", sql=False) == ("'XL' its",)
    assert text("{{ _user_attributes['evil'] }}", sql=False) == EVIL
    assert text('{{ "it\'s" | sql_quote }}', sql=False) == "'it''s'"


def test_an_unknown_variable_in_a_label_is_nothing_and_a_warning() -> None:
    result = rendered("a{{ nothing }}b", sql=False)
    assert result.pieces == ("ab",)
    assert [d.severity for d in result.diagnostics] == [Severity.WARNING]


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("{{ _modle._name }}", "did you mean `_model._name`?"),
        ("{{ nothing }}", "unknown variable `nothing`"),
        ("{{ other.p._parameter_value }}", "unknown variable `other.p._parameter_value`"),
        ("{% paramter period %}", "did you mean `parameter`?"),
        ("{% include 'x' %}", "the tag `include` is not supported; there are no partial templates"),
        ("{% render 'x' %}", "the tag `render` is not supported; there are no partial templates"),
        ("a {% endif %}", "belongs to no open block"),
        ("{% if true %}", "{% endif %}"),
        ("{% condition status %} x", "endcondition"),
        ("{% condition status x %} x {% endcondition %}", "is not the name of a field"),
        ("{% parameter %}", "must name a field"),
        ("{% parameter 'a' %}", "is not the name of a field"),
        ("{% if a = 1 %}{% endif %}", "="),
        ("{% if %}{% endif %}", "expression"),
        ("{{ a", "never closed"),
        ("{% if x", "never closed"),
        ("{% %}", "needs a name"),
        ("{% comment %}", "endcomment"),
        ("{% raw %}", "endraw"),
        ("{{ 1 | divided_by: 0 }}", "divided by 0"),
        ("{{ 'a' | map: 1.5 }}", "cannot select the property `1.5`"),
        ("{% if 'a' < 1 %}{% endif %}", "cannot compare"),
        ("{{ 'a' | append: 'b', 'c' }}", "append"),
    ],
)
def test_a_mistake_is_a_diagnostic(template: str, message: str) -> None:
    result = rendered(template)
    assert [d.code for d in result.diagnostics] == [Code.LIQUID]
    assert message in result.diagnostics[0].message


def test_a_mistake_has_its_place_and_keeps_what_came_before() -> None:
    result = rendered("ab\ncd {{ nothing }} ef")
    assert result.pieces == ("ab\ncd ",)
    place = result.diagnostics[0].place
    assert (place.line, place.column) == (2, 7)


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{{ lost.x._in_query }}", "false"),
        ("{% if lost.x._is_filtered %}a{% else %}b{% endif %}", "b"),
        ("x{{ _filters['lost.x'] }}", "x"),
        ("x{{ _user_attributes['lost'] }}", "x"),
    ],
)
def test_what_is_not_in_the_explore_is_empty_and_a_warning(template: str, expected: str) -> None:
    result = rendered("{% for i in (1..3) %}{% if i == 1 %}" + template + "{% endif %}{% endfor %}")
    assert result.pieces == (expected,)
    assert [d.severity for d in result.diagnostics] == [Severity.WARNING]


BOMBS = {
    "range reversed": "{{ (1..100000000) | reverse | first }}",
    "range joined": "{{ (1..100000000) | join }}",
    "range searched": "{% if (1..100000000000) contains 'x' %}{% endif %}",
    "range assigned": "{% assign n = 100000000 %}{% assign r = (1..n) %}{{ r | size }}",
    "loop reversed": "{% for i in (1..100000000) reversed %}{% endfor %}",
    "doubling": "{% assign x = 'aaaaaaaa' %}" + "{% assign x = x | append: x %}" * 60,
    "prepending": "{% assign x = 'aaaaaaaa' %}" + "{% assign x = x | prepend: x %}" * 60,
    "capturing": "{% assign x = 'aaaaaaaa' %}"
    + "{% capture x %}{{ x }}{{ x }}{% endcapture %}" * 60,
    "replacing": "{% assign x = 'aaaaaaaaaaaaaaaa' %}" + "{% assign x = x | replace: 'a', x %}" * 9,
    "joining": "{% assign x = 'aaaaaaaaaaaaaaaa' %}"
    + "{% assign x = x | split: '' | join: x %}" * 9,
    "concatenating": "{% assign x = 'a' | split: '' %}" + "{% assign x = x | concat: x %}" * 40,
    "squaring": "{% assign x = 9999999999 %}" + "{% assign x = x | times: x %}" * 60,
    "nested loops": "{% for i in (1..9999) %}{% for j in (1..9999) %}a{% endfor %}{% endfor %}",
    "many loops": "{% for i in (1..9000) %}a{% endfor %}" * 5000,
    "busy loops": (
        "{% for i in (1..9000) %}" + "{% if 1 == 1 %}{% endif %}" * 4000 + "{% endfor %}"
    ),
    "filters in loops": (
        "{% for i in (1..9000) %}{% assign a = 'x' | append: i | upcase | strip %}{% endfor %}" * 99
    ),
    "many variables": "".join(
        f"{{% capture v{i} %}}{'a' * 900}{{% endcapture %}}" for i in range(1200)
    )[:499_000],
    "output": "{% for i in (1..9999) %}" + "a" * 900 + "{% endfor %}",
    "unique": "{% assign x = 'a b ' %}"
    + "{% assign x = x | append: x %}" * 12
    + "{{ x | split: ' ' | uniq }}",
    "rows": "{% tablerow i in (1..9000) %}{% endtablerow %}" * 5000,
    "turns": ("{% for i in (1..9000) %}{% cycle " + "'a'," * 900 + "'a' %}{% endfor %}") * 90,
    "changes": "{% for i in (1..9000) %}{% ifchanged %}{{ i }}{% endifchanged %}{% endfor %}" * 99,
    "cases": "{% case 1 %}{% when 1,1,1 %}" * 50 + "x" + "{% endcase %}" * 50,
    "sorting": "{% assign l = (1..9999) | reverse %}" + "{{ l | sort | first }}" * 2000,
    "searching": "{% assign l = (1..9999) | reverse %}" + "{{ l | where: 3 | first }}" * 2000,
    "cutting": "{% assign a = 'a ' %}"
    + "{% assign a = a | append: a %}" * 15
    + "{{ a | truncatewords: 9999 | size }}" * 2000,
    "lines": "{% liquid " + "liquid " * 2800 + "%}",
    "deep": "{% if true %}" * 2000,
    "large": "{{ 1 }}" * 100_000,
}


@pytest.mark.parametrize("cols", ["nil", "true", "'a'", "(1..2)", "1.5"])
def test_rows_of_any_width(cols: str) -> None:
    """What is no number of columns is none, and never an exception."""
    template = f"{{% tablerow i in (1..2) cols: {cols} %}}{{{{ i }}}}{{% endtablerow %}}"
    rendered = render(template, Shop(), Budget())
    assert not rendered.diagnostics


@pytest.mark.parametrize("template", BOMBS.values(), ids=BOMBS.keys())
def test_a_bomb_is_refused_soon(template: str) -> None:
    start = time.process_time()
    result = render(template, Shop(), Budget(steps=5_000_000))
    assert result.diagnostics[-1].code in (Code.BUDGET, Code.LIQUID)
    assert time.process_time() - start < PATIENCE


@pytest.mark.parametrize(
    "template",
    [
        "{{" * 100_000,
        "{%" * 100_000,
        "{{" + " " * 300_000 + "}}",
        "{% raw %}" + "{% " * 100_000,
        "{{ " + "(" * 19_000 + " }}",
        "{{ " + "['" * 9_000 + " }}",
        "{{ " + "a[" * 1_000 + "]" * 1_000 + " }}",
        "{% if " + "true and " * 2_000 + "true %}{% endif %}",
        "{% case 1 %}{% when 1,1,1 %}" * 50 + "x" + "{% endcase %}" * 50,
        "{% comment %}" * 10_000,
        "{% liquid\n" + " " * 19_000 + "x\n%}",
        "{{ '" + "<script" * 2_500 + "' | strip_html }}",
    ],
    ids=lambda template: template[:20],
)
def test_odd_texts_are_read_in_linear_time(template: str) -> None:
    start = time.process_time()
    rendered(template)
    assert time.process_time() - start < PATIENCE


def test_small_ranges_work_as_values() -> None:
    assert text("{% assign r = (1..4) %}{{ r | join: '+' }} {{ r.size }}") == "1+2+3+4 4"


def test_work_is_paid_from_the_budget() -> None:
    template = "{% for i in (1..100) %}{{ i }}{% endfor %}"
    result = render(template, Shop(), Budget(steps=5_000))
    assert [d.code for d in result.diagnostics] == [Code.BUDGET]
    budget = Budget()
    render(template, Shop(), budget)
    first = budget.steps
    render(template, Shop(), budget)
    assert Budget().steps - first == first - budget.steps


# What follows is put together at random: whole tags, and pieces of tags.
MARKS = ["{{", "}}", "{%", "%}", "-", "|", "if", "endif", "for i in (1..3)", "endfor", "condition"]
MARKS += ["endcondition", "_filters['status']", "parameter", "assign a =", "a", "'", '"', ":", ","]
MARKS += ["case", "when", "capture", "endcapture", "sql_quote", "date", "(", "..", "[", "1", "\n"]
MARKS += ["{{ 'a' | append: 1 | split: '' | join }}", "{% if size._parameter_value > 1 %}"]
MARKS += ["{% endif %}", "{% for i in (1..9) %}", "{{ i | times: i | date: '%Y' }}", "{% endfor %}"]
MARKS += [
    "{% capture a %}",
    "{% endcapture %}",
    "{{ a | round: 1 }}",
    "{% assign a = a | slice: 1 %}",
]
MARKS += ["split: ''", "first", "round", "== ", "and", "contains", "raw", "endraw", "comment", "×"]


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(MARKS), max_size=40).map(" ".join) | st.text(max_size=60))
def test_no_text_raises(template: str) -> None:
    for sql in (True, False):
        result = render("{{ 1 }}" + template, Shop(), Budget(steps=200_000), sql)
        assert result == render("{{ 1 }}" + template, Shop(), Budget(steps=200_000), sql)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<b>{{ value }}</b>", "<b>&lt;i&gt; &amp; &quot;x&#39;</b>"),
        ("{{ value | upcase }}", "&lt;I&gt; &amp; &quot;X&#39;"),
        ("{{ value | escape }}", "&lt;i&gt; &amp; &quot;x&#39;"),
        ("{% capture c %}<b>{{ value }}</b>{% endcapture %}{{ c }}", None),
        ("{% assign c = '<u>' %}{{ c }}", "<u>"),
    ],
)
def test_html_escapes_what_was_typed(text: str, expected: str | None) -> None:
    shop = Shop()
    shop.names = {"value": Typed("<i> & \"x'")}
    rendered = render(text, shop, Budget(), sql=False, html=True)
    assert rendered.pieces == (expected or "<b>&lt;i&gt; &amp; &quot;x&#39;</b>",)


@pytest.mark.parametrize(
    "template",
    [
        "{% assign n = 'a,b' | split: ',' %}{{ [n] }}{{ [n][n] }}",
        "{% assign n = (1..3) | reverse %}{% assign m = n | map: 9 %}{{ [m].x }}",
    ],
)
def test_a_variable_may_be_named_by_any_value(template: str) -> None:
    result = rendered(template, sql=False)
    assert {each.severity for each in result.diagnostics} <= {Severity.WARNING}


def test_remarks_come_to_an_end() -> None:
    result = rendered("{% for i in (1..5000) %}{{ [i] }}{{ i | nothing }}{% endfor %}", sql=False)
    assert len(result.diagnostics) == MAX_REMARKS


@pytest.mark.parametrize(
    "whole", ["{{ a }}{{ a }}", "{% condition status %}{{ a }}{{ a }}{% endcondition %}"]
)
def test_holes_do_not_multiply_without_end(whole: str) -> None:
    start = "{% capture a %}{% condition status %}x{% endcondition %}{% endcapture %}"
    template = start + f"{{% capture a %}}{whole}{{% endcapture %}}" * 30 + "{{ a }}"
    assert code(template) is Code.BUDGET


def test_what_is_kept_of_templates_is_the_same_afterwards() -> None:
    texts = [f"{{{{ 'a{n}' | upcase }}}}" for n in range(60)]
    long = "{{ 'x' }}" * 1_000
    for text_ in texts:
        assert text(text_ + long, sql=False) == text(text_, sql=False) + "x" * 1_000
