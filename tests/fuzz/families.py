"""Families of expansion bombs: small texts that ask for much, each in sizes that double.

A family makes the work of one size; the runner in `bombs.py` times it. `exponent` is the most that
time may grow with size: 1 is linear. It is more only where the outcome itself is that large.
"""

# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeAlias

from msgspec import Struct

from lookalike.compiler import model, query, sql, syntax
from lookalike.compiler.syntax import Budget, filter_expressions, lookml
from lookalike.compiler.syntax.filter_expressions import FilterKind
from tests.fuzz.targets import project_of

Work: TypeAlias = Callable[[], object]
NOW = datetime(2018, 5, 18, tzinfo=UTC)


class Family(Struct, frozen=True):
    name: str
    make: Callable[[int], Work]
    smallest: int
    exponent: float = 1.5
    seconds: float = 1.0
    doublings: int = 4


def parse(make: Callable[[int], str]) -> Callable[[int], Work]:
    def work(n: int) -> Work:
        text = make(n)
        return lambda: lookml.parse(text)

    return work


def format_(make: Callable[[int], str]) -> Callable[[int], Work]:
    def work(n: int) -> Work:
        parsed = lookml.parse(make(n))
        return lambda: lookml.printer.formatted(parsed)

    return work


def read_yaml(make: Callable[[int], str]) -> Callable[[int], Work]:
    def work(n: int) -> Work:
        text = make(n)
        return lambda: syntax.yaml.parse(text)

    return work


def filter_(kind: FilterKind, make: Callable[[int], str]) -> Callable[[int], Work]:
    def work(n: int) -> Work:
        text = make(n)
        return lambda: filter_expressions.read(text, kind)

    return work


def expression(make: Callable[[int], str]) -> Callable[[int], Work]:
    def work(n: int) -> Work:
        text = make(n)
        return lambda: syntax.expressions.read(text, Budget())

    return work


class _Scope(syntax.liquid.Unasked):
    """Every attribute has a long value."""

    def user_attribute(self, name: str) -> str | None:
        return "a" * 1000


def liquid(make: Callable[[int], str]) -> Callable[[int], Work]:
    def work(n: int) -> Work:
        text = make(n)
        runs = iter(range(1_000_000))
        # Another text each time, because a template is compiled once.
        return lambda: syntax.liquid.render(
            f"{text}{next(runs)}",
            _Scope({"x": "a,b", "now": "2018-05-18T00:00:00"}, {}),
            Budget(steps=1_000_000),
            sql=False,
        )

    return work


def mask(make: Callable[[int], str]) -> Callable[[int], Work]:
    def work(n: int) -> Work:
        text = make(n)
        return lambda: syntax.value_formats.render(syntax.value_formats.read(text), 1234.5)

    return work


_MODEL = '=== m.model.lkml\nconnection: "c"\n'


def project(make: Callable[[int], str]) -> Callable[[int], Work]:
    """A project of one model file, or of several files."""

    def work(n: int) -> Work:
        text = make(n)
        whole = text if text.startswith("===") else _MODEL + text
        return lambda: project_of(whole)

    return work


def question(
    make: Callable[[int], str],
    fields: Callable[[int], tuple[str, ...]],
    filters: Callable[[int], tuple[tuple[str, str], ...]] = lambda n: (),
) -> Callable[[int], Work]:
    """One question to the explore `v` of a project, as SQL."""

    def work(n: int) -> Work:
        assembled, _ = project_of(_MODEL + make(n))
        found: model.LookmlModel = assembled.project.models["m"]
        asked = query.Query(model="m", explore="v", fields=fields(n), filters=filters(n))
        asker = query.Asker(now=NOW, attributes={})

        def ask() -> object:
            explores = found.explores
            planned = query.plan(asked, explores["v"], asker, "duckdb", Budget(), explores)
            return planned.plan and sql.write(planned.plan, sql.DIALECTS["duckdb"])

        return ask

    return work


def _lines(n: int, line: Callable[[int], str], first: int = 1) -> str:
    return "\n".join(line(i) for i in range(first, n))


def _fan(n: int) -> str:
    fields = _lines(20, lambda i: f"dimension: f{i} {{}}", 0)
    views = _lines(n, lambda i: f"view: v{i} {{ extends: [v] dimension: own {{}} }}")
    return f"view: v {{ {fields} }}\n{views}\nexplore: v {{}}"


def _diamonds(n: int) -> str:
    views = _lines(
        n,
        lambda i: (
            f"view: a{i} {{ extends: [a{i - 1}, b{i - 1}] }}\n"
            f"view: b{i} {{ extends: [b{i - 1}, a{i - 1}] }}"
        ),
    )
    return f"view: a0 {{ dimension: x {{}} }}\nview: b0 {{ dimension: y {{}} }}\n{views}"


def _chain(n: int) -> str:
    views = _lines(n, lambda i: f"view: v{i} {{ extends: [v{i - 1}] }}")
    return f"view: v0 {{ dimension: x {{}} }}\n{views}\nexplore: v{n - 1} {{}}"


def _growing_chain(n: int) -> str:
    views = _lines(n, lambda i: f"view: v{i} {{ extends: [v{i - 1}] dimension: x{i} {{}} }}")
    return f"view: v0 {{ dimension: x {{}} }}\n{views}"


def _circle(n: int) -> str:
    return _lines(n, lambda i: f"view: v{i} {{ extends: [v{i % (n - 1) + 1}, v1] }}")


def _refinements(n: int) -> str:
    more = _lines(n, lambda i: f'view: +v {{ dimension: x {{ label: "{i}" }} }}')
    return f"view: v {{ dimension: x {{}} }}\n{more}\nexplore: v {{}}"


def _extended(n: int) -> str:
    more = _lines(n, lambda i: "view: +v { dimension: x { sql: ${EXTENDED} + ${EXTENDED} ;; } }")
    return f"view: v {{ dimension: x {{ sql: a ;; }} }}\n{more}\nexplore: v {{}}"


def _sets(n: int) -> str:
    sets = _lines(n, lambda i: f"set: s{i} {{ fields: [s{i - 1}*, s{i - 1}*, -s{i - 1}*] }}")
    return (
        f"view: v {{ dimension: x {{}} set: s0 {{ fields: [x] }}\n{sets}\n"
        f"measure: c {{ type: count drill_fields: [s{n - 1}*] }} }}\nexplore: v {{}}"
    )


def _constants(n: int) -> str:
    constants = _lines(n, lambda i: f'constant: c{i} {{ value: "@{{c{i - 1}}}@{{c{i - 1}}}" }}')
    return (
        f'=== manifest.lkml\nconstant: c0 {{ value: "x" }}\n{constants}\n{_MODEL}'
        f'view: v {{ label: "@{{c{n - 1}}}" dimension: x {{}} }}\nexplore: v {{}}'
    )


def _constants_often(n: int) -> str:
    uses = _lines(n, lambda i: f'view: v{i} {{ label: "@{{c12}}" }}')
    return f"{_constants(13)}\n{uses}"


def _wildcards(n: int) -> str:
    folders = "/".join("a" * (i % 7 + 1) for i in range(20))
    files = _lines(40, lambda i: f"=== {folders}/{'a' * 60}{i}.view.lkml\nview: v{i} {{}}\n", 0)
    pattern = "/**/" * (n // 8) + "*a" * (n // 8) + "*b"
    return f'{_MODEL}include: "{pattern}"\n{files}'


def _mutual_includes(n: int) -> str:
    files = _lines(n, lambda i: f'=== f{i}.view.lkml\ninclude: "/**/*.view"\nview: v{i} {{}}')
    return f'{_MODEL}include: "/*.view"\n{files}'


def _many_joins(n: int) -> str:
    views = _lines(n, lambda i: f"view: j{i} {{ dimension: id {{ primary_key: yes }} }}")
    joins = _lines(
        n,
        lambda i: f"join: j{i} {{ relationship: many_to_one sql_on: ${{v.id}} = ${{j{i}.id}} ;; }}",
    )
    return f"view: v {{ dimension: id {{}} measure: n {{ type: count }} }}\n{views}\nexplore: v {{ {joins} }}"


def _join_chain(n: int) -> str:
    views = _lines(n, lambda i: f"view: j{i} {{ dimension: id {{ primary_key: yes }} }}", 0)
    joins = _lines(
        n,
        lambda i: (
            f"join: j{i} {{ relationship: many_to_one sql_on: ${{j{i - 1}.id}} = ${{j{i}.id}} ;; }}"
        ),
    )
    return f"{views}\nexplore: v {{ from: j0 view_name: j0 {joins} }}"


def _explores_by_joins(n: int) -> str:
    explores = _lines(n, lambda i: f"explore: e{i} {{ extends: [v] view_name: v }}")
    return f"{_many_joins(n)}\n{explores}"


def _references(n: int) -> str:
    fields = _lines(n, lambda i: f"dimension: d{i} {{ sql: ${{d{i - 1}}} ;; }}")
    return f"view: v {{ dimension: d0 {{}}\n{fields}\n}}\nexplore: v {{}}"


def _reference_diamonds(n: int) -> str:
    fields = _lines(n, lambda i: f"dimension: d{i} {{ sql: ${{d{i - 1}}} + ${{d{i - 1}}} ;; }}")
    return f"view: v {{ dimension: d0 {{}}\n{fields}\n}}\nexplore: v {{}}"


def _distances(n: int) -> str:
    """Each location is made of the distance before it."""
    fields = _lines(
        n,
        lambda i: (
            f"dimension: l{i} {{ type: location sql_latitude: ${{d{i - 1}}} ;;"
            f" sql_longitude: ${{d{i - 1}}} ;; }}"
            f" dimension: d{i} {{ type: distance start_location_field: l{i}"
            f" end_location_field: l{i} }}"
        ),
    )
    return f"view: v {{ dimension: d0 {{}}\n{fields}\n}}\nexplore: v {{}}"


def _templates(n: int) -> str:
    """Fields whose Liquid is not closed, and names fields there are none of."""
    fields = _lines(n, lambda i: f"dimension: d{i} {{ sql: {{% if {{{{ v.x{i}._in_query }}}} ;; }}")
    return f"view: v {{ {fields}\n}}\nexplore: v {{}}"


def _measure_diamonds(n: int) -> str:
    fields = _lines(
        n, lambda i: f"measure: m{i} {{ type: number sql: ${{m{i - 1}}} + ${{m{i - 1}}} ;; }}"
    )
    return f"view: v {{ measure: m0 {{ type: count }}\n{fields}\n}}\nexplore: v {{}}"


def _table_diamonds(n: int) -> str:
    tables = _lines(
        n,
        lambda i: (
            f"view: t{i} {{ derived_table: {{ sql: SELECT * FROM ${{t{i - 1}.SQL_TABLE_NAME}}"
            f" JOIN ${{t{i - 1}.SQL_TABLE_NAME}} ;; }} }}"
        ),
    )
    return (
        f"view: t0 {{ derived_table: {{ sql: SELECT 1 AS x ;; }} }}\n{tables}\n"
        f"view: v {{ sql_table_name: ${{t{n - 1}.SQL_TABLE_NAME}} ;; dimension: x {{}} }}\nexplore: v {{}}"
    )


def _native_chain(n: int) -> str:
    tables = _lines(
        n,
        lambda i: (
            f"view: t{i} {{ derived_table: {{ explore_source: t{i - 1} {{ column: x {{}} }} }}"
            f" dimension: x {{}} }}\nexplore: t{i} {{}}"
        ),
    )
    return (
        f"view: t0 {{ dimension: x {{}} }}\nexplore: t0 {{}}\n{tables}\n"
        f"explore: v {{ from: t{n - 1} view_name: t{n - 1} }}"
    )


_COMPARED = (
    "dimension_group: at { type: time timeframes: [date] datatype: date convert_tz: no }"
    " measure: before { type: period_over_period based_on: n based_on_time: at_date period: year }"
)


def _chain_of_comparisons(n: int) -> str:
    """Native derived tables that each compare what the one before compares."""
    tables = _lines(
        n,
        lambda i: (
            f"view: t{i} {{ derived_table: {{ explore_source: t{i - 1} {{"
            f" column: at {{ field: t{i - 1}.at_date }} column: x {{ field: t{i - 1}.before }} }} }}"
            f" measure: n {{ type: sum sql: ${{TABLE}}.x ;; }} {_COMPARED} }}\nexplore: t{i} {{}}"
        ),
    )
    return (
        f"view: t0 {{ measure: n {{ type: count }} {_COMPARED} }}\nexplore: t0 {{}}\n{tables}\n"
        f"explore: v {{ from: t{n - 1} view_name: t{n - 1} }}"
    )


def _comparisons(n: int) -> str:
    """As many times, each compared with an earlier one."""
    times = _lines(
        n,
        lambda i: (
            f"dimension_group: t{i} {{ type: time timeframes: [date] }} measure: m{i} {{"
            f" type: period_over_period based_on: n based_on_time: t{i}_date period: year }}"
        ),
    )
    return f"view: v {{ measure: n {{ type: count }}\n{times}\n}}\nexplore: v {{}}"


def _tiers(n: int) -> str:
    levels = ", ".join(map(str, range(n)))
    return (
        f"view: v {{ dimension: x {{ type: tier tiers: [{levels}] sql: a ;; }} }}\nexplore: v {{}}"
    )


def _cases(n: int) -> str:
    whens = _lines(n, lambda i: f'when: {{ sql: ${{y}} = {i} ;; label: "l{i}" }}')
    return (
        f"view: v {{ dimension: y {{}} dimension: x {{ case: {{ {whens} }} }} }}\nexplore: v {{}}"
    )


def _timeframes(n: int) -> str:
    groups = _lines(n, lambda i: f"dimension_group: t{i} {{ type: time }}", 0)
    return f"view: v {{\n{groups}\n}}\nexplore: v {{}}"


def _unknown_names(n: int) -> str:
    fields = _lines(n, lambda i: f"dimension: field_{i} {{ sql: ${{feild_{i * 7}}} ;; }}", 0)
    return f"view: v {{\n{fields}\n}}\nexplore: v {{}}"


def _long_templates(n: int) -> str:
    """Fields whose texts are all of Liquid, no two alike."""
    fields = _lines(
        n, lambda i: f'dimension: d{i} {{ label: "{f"{{{{ x | plus: {i} }}}}" * 50}" }}'
    )
    return f"view: v {{\n{fields}\n}}\nexplore: v {{}}"


def _many_templates(template: Callable[[int], str]) -> Callable[[int], str]:
    """A thousand fields, each with texts of so many templates, no two alike."""

    def text(n: int) -> str:
        fields = _lines(
            1000,
            lambda i: (
                f"dimension: d{i} {{ html: {''.join(template(i * n + j) for j in range(n))} ;; }}"
            ),
            0,
        )
        return f"view: v {{\n{fields}\n}}\nexplore: v {{}}"

    return text


def _wide(n: int) -> str:
    return "view: v {\n" + "# c\n dimension: a { sql: b ;; tags: [a, b] } # d\n" * n + "}"


def _dashboard_diamonds(n: int) -> str:
    boards = _lines(
        n,
        lambda i: f"- dashboard: b{i}\n  extends: [b{i - 1}, b{i - 1}]\n  elements:\n  - name: one",
    )
    return (
        f'{_MODEL}include: "/*.dashboard"\n=== b.dashboard.lookml\n'
        f"- dashboard: b0\n  elements:\n  - name: one\n  - name: two\n{boards}\n"
    )


def _tiles(n: int) -> str:
    tiles = _lines(
        n,
        lambda i: f"  - name: t{i}\n    explore: v\n    fields: [v.x]\n    listen: {{f{i}: v.x}}",
    )
    return (
        f'{_MODEL}include: "/*.dashboard"\nview: v {{ dimension: x {{}} }}\nexplore: v {{}}\n'
        f"=== b.dashboard.lookml\n- dashboard: b\n  elements:\n{tiles}\n"
    )


def _last(n: int) -> tuple[str, ...]:
    return (f"v.d{n - 1}",)


def _aliases(n: int) -> str:
    levels = "".join(f", &a{i} [{f'*a{i - 1},' * 9}]" for i in range(1, n))
    return f"[&a0 [x]{levels}]"


_LISTS = (
    "{% assign a = (1..9999) | join: '-' | split: '-' %}{% assign b = a | join: '-' | split: '-' %}"
)

FAMILIES = (
    Family("parse: nested blocks", parse(lambda n: "a: b {" * n + "}" * n), 4000),
    Family("parse: blocks never closed", parse(lambda n: "dimension: a {\n" * n), 2000),
    Family("parse: braces that close nothing", parse(lambda n: "}" * n), 8000),
    Family("parse: quotes never closed", parse(lambda n: 'a: "b\n' * n + '"'), 4000),
    Family("parse: escaped quotes", parse(lambda n: 'a: "' + '\\"' * n), 8000),
    Family("parse: quotes into parameters", parse(lambda n: 'a: "\nsql: x\n' * n), 2000),
    Family("parse: sql never closed", parse(lambda n: "sql: x\n" * n), 4000),
    Family("parse: sql into parameters", parse(lambda n: "sql: x\n dimension: a {\n" * n + ";;"), 2000),
    Family("parse: lone semicolons", parse(lambda n: "sql: ;x" * n + ";" * n), 4000),
    Family("parse: nested lists", parse(lambda n: "a: [" * n + "]" * n), 4000),
    Family("parse: list of commas", parse(lambda n: "a: [" + "," * n), 8000),
    Family("parse: list of pairs", parse(lambda n: "a: [" + 'b: "c" ' * n), 4000),
    Family("parse: colons", parse(lambda n: "a" + " :" * n), 8000),
    Family("parse: comments", parse(lambda n: "a #\n" * n + ":"), 4000),
    Family("parse: words", parse(lambda n: "a b " * n), 4000),
    Family("format: many fields", format_(_wide), 500),
    Family("format: nested blocks", format_(lambda n: "a: {" * 190 + "b: c\n" * n + "}" * 190), 2000),
    Family("format: comments", format_(lambda n: "f: [" + "a # b\n, " * n + "c]"), 2000),
    Family("yaml: aliases of aliases", read_yaml(_aliases), 4),
    Family("yaml: nested lists", read_yaml(lambda n: "[" * n), 2000),
    Family("yaml: keys", read_yaml(lambda n: "".join(f"k{i}: v\n" for i in range(n))), 500),
    Family("dashboards: diamonds", project(_dashboard_diamonds), 25, exponent=2.2),
    Family("dashboards: tiles", project(_tiles), 50),
    Family("fragments: openings", lambda n: lambda: syntax.fragments.split("${a." * n), 8000),
    Family("fragments: blanks", lambda n: lambda: syntax.fragments.split("${" + " " * n), 8000),
    Family("extends: fan", project(_fan), 50),
    Family("extends: diamonds", project(_diamonds), 50),
    Family("extends: chain", project(_chain), 100),
    Family("extends: chain that grows", project(_growing_chain), 20, exponent=2.2),
    Family("extends: circle", project(_circle), 100),
    Family("refinements of one view", project(_refinements), 100),
    Family("EXTENDED twice", project(_extended), 4),
    Family("sets of sets", project(_sets), 50),
    Family("constants of constants", project(_constants), 8),
    Family("constants of constants, often", project(_constants_often), 8),
    Family("include: wildcards", project(_wildcards), 32),
    Family("include: all by all", project(_mutual_includes), 20, exponent=2.2),
    Family("joins: assembled", project(_many_joins), 50),
    Family("joins: all in one question", question(_many_joins, lambda n: tuple(f"j{i}.id" for i in range(1, n))), 25),
    Family("joins: each through the one before", question(_join_chain, lambda n: (f"j{n - 1}.id",)), 25),
    Family("explores by joins", project(_explores_by_joins), 8, exponent=2.2),
    Family("references: chain", question(_references, _last), 25),
    Family("references: chain, assembled", project(_references), 100),
    Family("references: diamonds", question(_reference_diamonds, _last), 4),
    Family("references: measures", question(_measure_diamonds, lambda n: (f"v.m{n - 1}",)), 4),
    Family("derived tables: diamonds", question(_table_diamonds, lambda n: ("v.x",)), 8),
    Family("derived tables: native chain", question(_native_chain, lambda n: (f"t{n - 1}.x",)), 8),
    Family("comparisons: native chain", question(_chain_of_comparisons, lambda n: (f"t{n - 1}.at_date", f"t{n - 1}.before")), 4),
    Family(
        "comparisons: of many times",
        question(_comparisons, lambda n: tuple(f"v.{each}" for i in range(n) for each in (f"t{i}_date", f"m{i}"))),
        25,
    ),
    Family("distances of distances", question(_distances, _last), 2),
    Family("templates: assembled", project(_templates), 50),
    Family("templates: tags in one text", project(lambda n: f"view: v {{ dimension: d {{ sql: {'{% x' * n} {'{{ a.b._in_query }}' * n} ;; }} }}"), 500),
    Family("filters: of one measure", project(lambda n: "view: v { measure: n { type: count filters: [" + 'a: "1", ' * n + "] } }"), 1000),
    Family("tiers", question(_tiers, lambda n: ("v.x",)), 250),
    Family("cases", question(_cases, lambda n: ("v.x",)), 100),
    Family("timeframes", project(_timeframes), 20),
    Family("long templates", project(_long_templates), 10, seconds=2),
    Family("templates: a hundred a field", project(_many_templates(lambda i: f"{{{{ v.d{i} | plus: {i} }}}}")), 6),
    Family("templates: a hundred blocks a field", project(_many_templates(lambda i: f"{{% if value > {i} %}}{i}{{% endif %}}")), 6),
    Family("templates: that take a parse", project(_many_templates(lambda i: f"{{% for a in (1..{i}) %}}{{{{ a }}}}{{% endfor %}}")), 2, seconds=2),
    Family("templates: of unknown fields", project(_many_templates(lambda i: f"{{{{ v.x{i}._value }}}}")), 6, seconds=2),
    Family("names that are nearly right", project(_unknown_names), 25),
    Family("question: many fields", question(_timeframes, lambda n: tuple(f"v.t{i}_date" for i in range(n))), 25),
    Family(
        "question: many values",
        question(_references, lambda n: ("v.d0",), lambda n: (("v.d0", "a,-b,%c%," * n),)),
        25,
    ),
    Family("liquid: loops in loops", liquid(lambda n: "{% for i in (1..100) %}" * n + "x" + "{% endfor %}" * n), 4),
    Family("liquid: ranges", liquid(lambda n: f"{{{{ (1..{10**n}) | join: 'x' | size }}}}"), 2),
    Family("liquid: text appended to itself", liquid(lambda n: "{% assign a = 'xxxxxxxxxx' %}" + "{% assign a = a | append: a %}" * n), 8),
    Family("liquid: captures", liquid(lambda n: "{% capture a %}xxxxxxxxxx{% endcapture %}" + "{% capture a %}{{ a }}{{ a }}{% endcapture %}" * n), 8),
    Family("liquid: replacements", liquid(lambda n: "{{ 'aa'" + " | replace: 'a', 'aaaaaaaa'" * n + " }}"), 4),
    Family("liquid: nested ifs", liquid(lambda n: "{% if x %}" * n + "{% endif %}" * n), 250),
    Family("liquid: many ifs", liquid(lambda n: "{% if x == 'a' or x == 'b' %}{{ x }}{% endif %}" * n), 50),
    Family("liquid: filters", liquid(lambda n: "{{ x" + " | upcase" * n + " }}"), 250),
    Family("liquid: tags never closed", liquid(lambda n: "{% if {{ " * n), 1000),
    Family("liquid: blanks", liquid(lambda n: "{{" + " " * n), 4000),
    Family("liquid: dates of dates", liquid(lambda n: "{% assign f = '" + "%c" * 100 + "' %}{% for i in (1..9999) %}" + "{% assign a = 'now' | date: f %}" * n + "{% endfor %}"), 2),
    Family("liquid: lists compared", liquid(lambda n: _LISTS + "{% for i in (1..9999) %}{% if a == b" + " and a == b" * n + " %}{% endif %}{% endfor %}"), 2),
    Family("liquid: lists searched", liquid(lambda n: _LISTS + "{% for i in (1..9999) %}{% if a contains 'x'" + " or (1..9999) contains 'x'" * n + " %}{% endif %}{% endfor %}"), 2),
    Family("liquid: cycles of lists", liquid(lambda n: _LISTS + "{% for i in (1..9999) %}" + "{% cycle a: 1, 2 %}" * n + "{% endfor %}"), 2),
    Family("liquid: items of lists", liquid(lambda n: _LISTS + "{% for i in (1..9999) %}" + "{% assign c = a | first %}" * n + "{% endfor %}"), 2),
    Family("liquid: unknown names", liquid(lambda n: "{% for i in (1..9999) %}" + "{{ [i] | nothing }}" * n + "{% endfor %}"), 2),
    Family("liquid: unknown filters", liquid(lambda n: "".join(f"{{{{ 1 | f{i} }}}}" for i in range(n))), 250),
    Family("liquid: letters escaped", liquid(lambda n: "{% capture a %}" + "é&" * 4000 + "{% endcapture %}{% for i in (1..9999) %}" + "{% assign b = a | url_encode %}{% assign b = a | escape %}" * n + "{% endfor %}"), 2),
    Family("liquid: holes doubled", liquid(lambda n: "{% capture a %}{% parameter p %}{% endcapture %}" + "{% capture a %}{{ a }}{{ a }}{% endcapture %}" * n + "{{ a }}"), 8),
    Family("liquid: conditions in conditions", liquid(lambda n: "{% capture a %}x{% endcapture %}" + "{% capture a %}{% condition f %}{{ a }}{{ a }}{% endcondition %}{% endcapture %}" * n + "{{ a }}"), 8),
    Family("liquid: many outputs", liquid(lambda n: "{{ x }}" * n), 2500),
    Family("liquid: conditions", liquid(lambda n: "{% if a" + " and a" * n + " %}{% endif %}"), 100),
    Family("filters: comma lists", filter_(FilterKind.STRING, lambda n: "a,-%b%," * n), 1000),
    Family("filters: carets", filter_(FilterKind.STRING, lambda n: "^" * n + "%" * n), 4000),
    Family("filters: quotes", filter_(FilterKind.STRING, lambda n: '"a,' * n), 2000),
    Family("filters: NOTs", filter_(FilterKind.NUMBER, lambda n: "NOT " * n + "5"), 1000),
    Family("filters: ranges", filter_(FilterKind.NUMBER, lambda n: "[1,2),(3,NULL)," * n), 500),
    Family("filters: ranges in ranges", filter_(FilterKind.NUMBER, lambda n: "[1," * n + "2]" * n), 1000),
    Family("filters: long numbers", filter_(FilterKind.NUMBER, lambda n: "9" * n), 2000),
    Family("filters: dates", filter_(FilterKind.DATE, lambda n: "7 days ago for 3 days," * n), 250),
    Family("filters: dates that do not end", filter_(FilterKind.DATE, lambda n: "7 days ago for " * n), 1000),
    Family("filters: tiers", filter_(FilterKind.TIER, lambda n: "1 to 5," * n), 1000),
    Family("expressions: brackets", expression(lambda n: "(" * n + "1" + ")" * n), 1000),
    Family("expressions: prefixes", expression(lambda n: "NOT " * n + "-" * n + "1"), 1000),
    Family("expressions: calls in calls", expression(lambda n: "abs(" * n + "1" + ")" * n), 1000),
    Family("expressions: ANDs", expression(lambda n: "1 = 1 AND " * n + "2 = 2"), 500),
    Family("expressions: sums", expression(lambda n: "1 + " * n + "2"), 500),
    Family("expressions: quotes", expression(lambda n: '"\\' * n), 2000),
    Family("value formats: places", mask(lambda n: "#,##0." + "0" * n), 1000),
    Family("value formats: sections", mask(lambda n: '[>1]"a"0;' * n), 500),
)  # fmt: skip
