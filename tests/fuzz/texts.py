"""Texts to try: a small corpus of each notation, changed a little or a lot, and pure noise."""

# ruff: noqa: E501

from __future__ import annotations

import random
from collections.abc import Sequence

NOISE = (
    "\n", "\r\n", "\r", "\t", " ", "  ", "\0", "\ufeff", "\u00a0", "\u200b", "\u2028", "\x85", "é",
    "日", "😀", "́", "İ", "ß", "{", "}", "[", "]", "(", ")", "<", ">", '"', "'", "`", "\\", "/", ":",
    "::", ";", ";;", ",", ".", "..", "#", "@", "@{", "${", "{{", "}}", "{%", "%}", "{%-", "-%}", "%",
    "_", "-", "--", "+", "*", "**", "?", "!", "|", "&", "&a", "*a", "<<", "=", "!=", "<=", "^", "~",
    "$", "0", "1", "-1", "9" * 25, "1e9", "1e999", "0x1f", "NaN", "yes", "no", "null", "not", "or",
)  # fmt: skip


def changed(text: str, words: Sequence[str], others: Sequence[str], rng: random.Random) -> str:
    """`text` with one to eight changes."""
    for _ in range(1 + int(rng.expovariate(0.6)) % 8):
        start = rng.randint(0, len(text))
        end = min(len(text), start + int(rng.expovariate(0.1)))
        match rng.randrange(8):
            case 0:
                piece = ""
            case 1:
                piece = text[start:end] * rng.randint(2, 4)
            case 2 | 3:
                piece = rng.choice(words)
            case 4:
                piece = rng.choice(NOISE)
            case 5:
                other = rng.choice(others)
                cut = rng.randint(0, len(other))
                piece = other[cut : cut + rng.randint(1, 40)]
            case 6:
                piece = text[start:end][::-1]
            case _:
                start, end = sorted((start, rng.randint(0, len(text))))
                piece = text[start:end].upper() if rng.random() < 0.3 else text[end : end + 30]
        text = text[:start] + piece + text[end:]
    return text


def noise(words: Sequence[str], rng: random.Random) -> str:
    """Words and signs in any order."""
    n = rng.randint(0, 30)
    return "".join(
        rng.choice(words)
        if rng.random() < 0.6
        else rng.choice(NOISE)
        if rng.random() < 0.8
        else chr(
            rng.choice((rng.randrange(128), rng.randrange(0xD800), rng.randrange(0xE000, 0x110000)))
        )
        for _ in range(n)
    )


LOOKML = (
    """# a view
view: orders {
  extends: [base, more]
  sql_table_name: @{schema}.orders ;;
  drill_fields: [id, - status, detail*]
  dimension: id { primary_key: yes type: number sql: ${TABLE}.id ;; }  # key
  dimension_group: created {
    type: time timeframes: [raw, date, week]
    sql: ${TABLE}.created_at ;;
  }
  dimension: kind {
    case: { when: { sql: ${id} > 1 ;; label: "a \\"b\\"" } else: "c" }
  }
  measure: total { type: sum filters: [status: "-a,b", id: ">1"] sql: ${id} ;; html: <b>{{ value }}</b> ;; }
}
""",
    """connection: "db"
include: "/views/*.view"
explore: orders { sql_always_where: ${id} > 0 ;;
  join: users { relationship: many_to_one sql_on: ${orders.user_id} = ${users.id} ;; }
  access_filter: { field: users.name user_attribute: name }
}
explore: +orders { label: "x" ;; }
""",
    'a:b c:[d,"e" , f:"g"]# h\n i:{j:k}',
    "- dashboard: a\n  title: b\n",
)  # fmt: skip
LOOKML_WORDS = (
    "view: a {", "dimension: b {", "}", "sql: x ;;", "sql:", "html:", ";;", 'label: "x"', "label:",
    "[", "]", "[a, b]", "filters: [", 'c: "d"', "- a", "type: string", "# c\n", "include: \"/**/*\"",
    "explore: +a {", "extends: [a]", "{% if x %}", "${a.b}", "@{c}", "yes", "a ", "b: ",
)  # fmt: skip

FILTERS = (
    "-EMPTY,%a%,b^,c,-\"d, e\"", "NOT 5,[1,9),(3,NULL), >=7 AND <= 10, NOT NULL", "1 to 5, .5",
    "last 3 months", "7 days ago for 3 days", "2018-01-01 12:30 to 2018-02-30", "this fiscal quarter",
    "before 2 weeks ago", "next monday", "2018/05, after 2019-07-01", "0 minutes ago for 1 hour",
    "Yes", "below 10, 10 to 20", "FY2018-Q1", "NOT 1, 2", "{% date_start x %}", "yesterday", "3 days",
)  # fmt: skip
FILTER_WORDS = (
    "NOT ", "NULL", "EMPTY", "-", "%", "^", ",", ", ", " to ", " AND ", " OR ", "[1,", ")", "inf",
    "last ", "this ", "next ", " ago", " for ", " days", " weeks", " months", "before ", "after ",
    "2018", "2018-01-01", "12:30:15", "today", "now", " complete", "fiscal ", "5", ".", "e",
)  # fmt: skip

EXPRESSIONS = (
    "${orders.id} > 1 AND NOT is_null(${orders.status})",
    'if(${a.b} = "x\\"y", concat("a", to_string(1.5)), coalesce(null, -2 * (3 + 4)))',
    'case(when(${a.b} >= 1, "x"), "y") != "z" OR matches_filter(${a.c}, "last 3 days")',
    "diff_days(now(), add_months(1, date(2018, 1, 2))) / 2 # c",
    "sum(${a.b:row_total}) + offset(${a.b}, -1) * 2",
)
EXPRESSION_WORDS = (
    "${a.b}", "${a.b:total}", "(", ")", ",", " AND ", " OR ", "NOT ", "-", " + ", " = ", "!= ", "1",
    '"x"', "`x`", "if(", "case(", "when(", "now()", "concat(", "yes", "null", "is_null(", "# c\n",
)  # fmt: skip

LIQUID = (
    "a {{ orders.id._value | upcase | append: 'x' }} {% if a == 1 and b contains 'c' %}b{% elsif c %}d"
    "{% else %}e{% endif %}",
    "{% assign x = 'a,b' | split: ',' %}{% for y in x limit:2 reversed %}{{ forloop.index }}{{ y }}"
    "{% endfor %}{% capture z %}{{ x | join }}{% endcapture %}{{ z }}",
    "{% condition orders.status %} ${orders.status} {% endcondition %} {% parameter p %}",
    "{{ _user_attributes['name'] | sql_quote }} {% date_start created %} {{ _filters['a.b'] }}",
    "{% case x %}{% when 1, 2 %}a{% else %}b{% endcase %}{% unless a %}c{% endunless %}{% raw %}{{ {% endraw %}"
    "{% comment %}x{% endcomment %}{%- increment i -%}{% for i in (1..5) %}{{ i }}{% endfor %}",
    "{{ 'now' | date: '%Y-%m-%d %H' }} {{ 7 | divided_by: 2.0 | round: 1 }} {{ p._parameter_value }}",
    "{% if orders.id._is_selected or users._in_query %}x{% endif %}{{ x | split: 'a' | sort | first }}",
    "{% assign n = x | split: ',' %}{{ [n].a }}{% cycle n: 1, 2 %}{% tablerow i in n cols:2 %}{{ i }}"
    "{% endtablerow %}{% liquid\n assign z = n | concat: n | uniq\n echo z | where: 'a'\n %}{{ z[n] }}",
    "{% capture c %}{{ x | base64_encode | base64_decode | url_encode | url_decode | strip_html }}"
    "{% endcapture %}{% ifchanged %}{{ c | truncatewords: 1, x | squish }}{% endifchanged %}{% echo c %}",
)
LIQUID_WORDS = (
    "{{ ", " }}", "{% if ", "{% endif %}", "{% for i in (1..9) %}", "{% endfor %}", "{% else %}",
    "{% assign a = ", "{% condition a.b %}", "{% endcondition %}", "{% parameter p %}", " %}", "a.b",
    "value", "_filters['a']", "| upcase", "| append: 'x'", "| split: ','", "| slice: 1, 2", "== 1",
    "| date: '%Y'", "| times: 9", "| replace: 'a', 'b'", "| truncate: 3", "'x'", "(1..3)", "forloop",
    "{% case a %}", "{% when 1 %}", "{% endcase %}", "{% raw %}", "{% comment %}", "| sql_quote",
    "[n]", "[a]", "| first", "| map: 'a'", "| sum", "| concat: a", "| join: a", "| find: 'a'", "| uniq",
    "{% cycle a, ", "{% tablerow i in a %}", "{% endtablerow %}", "{% liquid\n", "\n echo a", "| round: 99",
    "{% ifchanged %}", "{% endifchanged %}", "{% capture a %}", "{% endcapture %}", "| date: a", "| h",
)  # fmt: skip

MASKS = (
    '$#,##0.00;($#,##0.00)', '0.0,,"M"', "[>=1000000]0.0,,\"M\";[<0]-0;0", "0.00%", "mmm d, yyyy h:mm AM/PM",
    "[h]:mm:ss", "#,##0_);[Red](#,##0)", "0.00E+00", "\\€0", "usd_0", "# ?/?", "000-00-0000", "@",
)  # fmt: skip
MASK_WORDS = (
    "0", "#", "?", ",", ".", "%", ";", '"x"', "\\", "_", "*", "E+0", "[>1]", "[Red]", "@", "yyyy",
    "mm", "h", "AM/PM", "[h]", "General", "$", "0.0", "#,##0",
)  # fmt: skip

FRAGMENTS = (
    "${TABLE}.id + ${ orders.total } - ${a.SQL_TABLE_NAME}",
    "CASE WHEN ${x} THEN '${' ELSE }} END",
)
FRAGMENT_WORDS = ("${", "}", "${a.b}", "${TABLE}", ".", "a", " ", "${EXTENDED}", "$", "{")

PROJECTS = (
    """=== manifest.lkml
project_name: "shop"
constant: schema { value: "main" export: override_optional }
constant: twice { value: "@{schema}@{schema}" }
=== shop.model.lkml
connection: "db"
include: "/views/**/*.view"
include: "views/[a-o]*.view.lkml"
datagroup: daily { sql_trigger: SELECT 1 ;; max_cache_age: "4 hours" }
access_grant: staff { user_attribute: name allowed_values: ["ann", "b%"] }
explore: orders {
  fields: [ALL_FIELDS*, -users.secret]
  always_filter: { filters: [orders.status: "a"] }
  join: users { relationship: many_to_one sql_on: ${orders.user_id} = ${users.id} ;; }
  join: facts { relationship: one_to_one foreign_key: orders.user_id }
}
explore: more { extends: [orders] view_name: orders label: "More" }
test: t { explore_source: orders { column: id {} } assert: a { expression: ${orders.id} > 0 ;; } }
=== views/orders.view.lkml
view: orders {
  sql_table_name: @{schema}.orders ;;
  parameter: p { type: unquoted allowed_value: { value: "id" } default_value: "id" }
  filter: f { type: date sql: {% condition f %} ${created_raw} {% endcondition %} ;; }
  dimension: id { primary_key: yes type: number }
  dimension: user_id { type: number hidden: yes }
  dimension: status { sql: {% if p._parameter_value == 'id' %} ${TABLE}.a {% else %} ${TABLE}.b {% endif %} ;; }
  dimension: tier { type: tier tiers: [0, 10, 20] style: integer sql: ${id} ;; }
  dimension_group: created { type: time timeframes: [raw, date, month, hour6] }
  dimension_group: age { type: duration intervals: [day, week] sql_start: ${created_raw} ;; sql_end: now() ;; }
  set: detail { fields: [id, status, -tier] }
  measure: count { type: count drill_fields: [detail*] }
  measure: total { type: sum sql: ${id} * 2 ;; filters: [status: "-a"] }
  measure: share { type: number sql: ${total} / NULLIF(${count}, 0) ;; value_format: "0%" }
}
view: +orders { dimension: status { sql: upper(${EXTENDED}) ;; label: "S" } }
=== views/users.view.lkml
view: people { dimension: id { primary_key: yes type: number } extension: required }
view: users { extends: [people] dimension: name { required_access_grants: [staff] } dimension: secret {} }
view: facts {
  derived_table: { explore_source: orders { column: user_id {} column: n { field: orders.count }
    derived_column: r { sql: rank() over (order by n) ;; }
    bind_filters: { from_field: orders.status to_field: orders.status } } }
  dimension: user_id { primary_key: yes type: number }
  dimension: n { type: number }
}
""",
    """=== manifest.lkml
project_name: "shop"
localization_settings: { default_locale: en localization_level: permissive }
=== en.strings.json
{"status": "State", "orders": "All orders"}
=== shop.model.lkml
connection: "db"
include: "/boards/*.dashboard"
view: orders {
  dimension: id { primary_key: yes type: number }
  dimension: status { label: "status" description: "{{ _user_attributes['name'] }}" }
  dimension_group: created { type: time timeframes: [date] }
  measure: count { type: count drill_fields: [id] }
}
explore: orders { label: "orders" }
=== boards/a.dashboard.lookml
- dashboard: a
  title: A
  layout: newspaper
  elements:
  - &tile
    name: one
    model: shop
    explore: orders
    type: looker_line
    fields: [orders.status, orders.count]
    filters: {orders.status: "-a"}
    sorts: [orders.count desc]
    listen: {Date: orders.created_date}
    limit: 10
  - <<: *tile
    name: two
  filters:
  - name: Date
    type: field_filter
    model: shop
    explore: orders
    field: orders.created_date
    default_value: 7 days
- dashboard: b
  extends: a
  elements:
  - name: one
    title: Other
""",
)  # fmt: skip
PROJECT_WORDS = (
    *LOOKML_WORDS,
    "=== views/x.view.lkml\n", "=== boards/b.dashboard.lookml\n- dashboard: a\n  extends: [a, b]\n",
    "  elements:\n  - name: x\n", "    explore: orders\n", "=== de.strings.json\n{}", "extends: [orders]", "extends: [more, orders]", "from: users",
    "${EXTENDED}", "${orders.id}", "${users.SQL_TABLE_NAME}", "@{twice}", "@{schema}", "detail*",
    "ALL_FIELDS*", "-users.id", "extension: required", "final: yes", "type: count_distinct",
    "type: percentile percentile: 50", "include: \"//other/x\"", "include: \"../*\"", "type: yesno",
    "relationship: one_to_many", "many_to_many", "view: +users {", "sql_distinct_key: ${id} ;;",
)  # fmt: skip

QUESTIONS = (
    "fields: orders.status, orders.created_date, orders.total, orders.share, users.name\n"
    "filter: orders.status = -a,b%\nfilter: orders.created_date = last 3 months\n"
    "filter: orders.count = >5, NOT 7\nsorts: orders.total desc\ntimezone: Europe/Berlin\n"
    'filter_expression: ${orders.id} > 1 AND ${users.name} = "x"',
    "fields: orders.tier, orders.days_age, facts.n, orders.count\nfilter: orders.f = 2018\n"
    "filter: orders.p = id\nfilter: orders.tier = 0 to 9\nsorts: __UNSORTED__\ntimezone: UTC",
    "fields: orders.id, orders.created_month\nexplore: more\nfilter: orders.created_month = 2018/05\nlimit: -1",
)
QUESTION_WORDS = (
    *FILTER_WORDS, *EXPRESSION_WORDS, "\nfields: ", "\nfilter: ", "\nsorts: ", "\nlimit: ",
    "\ntimezone: ", "\nfilter_expression: ", "\nexplore: ", "orders.count", "orders.created_raw",
    "users.secret", "orders.p", "orders.f", "facts.n", " desc", ", ", "America/New_York",
)  # fmt: skip

YAMLS = (
    '- dashboard: a\n  title: "A b"\n  layout: newspaper\n  elements:\n  - name: one\n    model: shop\n'
    "    explore: orders\n    fields: [orders.id, orders.count]\n    filters:\n      orders.status: '-a'\n"
    "    listen: {Date: orders.created_date}\n    limit: 500\n  filters:\n  - &f\n    name: Date\n"
    "    type: field_filter\n    default_value: 7 days\n  - <<: *f\n    name: Other\n",
    "---\n- dashboard: x\n  extends: a\n  elements:\n    - name: t\n      type: text\n      body_text: |\n"
    "        line # no comment\n        two\n      row: 0\n      !ruby/object y: !!python/object z\n",
)
YAML_WORDS = (
    "- ", ": ", "\n  ", "\n- ", "&a ", "*a", "<<: *a", "|\n", ">-\n", "!x ", "!!map ", "{a: b}", "[a, b]",
    "'", '"', "# c\n", "---\n", "...\n", "? a\n", "elements:", "filters:", "name: x", "extends: a", "~",
)  # fmt: skip
