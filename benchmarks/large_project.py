"""A large project: 3,000 files and 50 MB of LookML, always the same.

In: a number of files. Out: their texts by path, in the proportions of a warehouse that several
teams model: areas of views that their own model includes, views and layers that all share, one
explore with 7,000 fields, and one small model of six files. Nothing is drawn by lot: what varies is
counted from the number of the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

FILES = 3000
AREA_FILES = 75
"""Files of an area: its views, the explores, the refinements and the model."""
VIEWS = AREA_FILES - 3
SHARED_VIEWS = 8
WIDE_VIEWS = 100
WIDE_FIELDS = 70
"""Fields of each view of the wide explore: 7,000 in all."""
SMALL_VIEWS = 4
EXPLORES = 12
JOINS = 6
SIZES = (14, 22, 26, 30, 34, 38, 42, 48, 52, 60, 68, 84, 102, 134)
"""Fields that a view of an area declares, in turns: most have some dozens, some many more."""

MODEL = """\
# The model of {name}. Its views are in the folder of the area, and shared ones beside it.

connection: "warehouse"
label: "{title}"
include: "/shared/*.view.lkml"
include: "/views/{name}/*.view.lkml"
include: "/explores/{name}.explore.lkml"
include: "/layers/{name}.layer.lkml"
week_start_day: monday

datagroup: {name}_nightly {{
  sql_trigger: SELECT MAX(finished_at) FROM etl.runs WHERE area = '{name}' ;;
  max_cache_age: "24 hours"
}}

persist_with: {name}_nightly

named_value_format: {name}_money {{
  value_format: "$#,##0.00"
}}
"""
WORDS = (
    "order", "customer", "product", "session", "account", "invoice", "payment", "shipment",
    "region", "channel", "campaign", "device", "warehouse", "supplier", "revenue", "margin",
    "price", "quantity", "discount", "refund", "created", "updated", "delivered", "cancelled",
    "first", "latest", "total", "average", "active", "status", "category", "segment", "cohort",
)  # fmt: skip


def files(n_files: int = FILES) -> dict[str, str]:
    """The text of each file by its path. What is left over of so many files lies in the attic,
    where no model finds it."""
    found = {"manifest.lkml": 'project_name: "large"\n', **wide(), **small()}
    for number in range(SHARED_VIEWS):
        found[f"shared/shared_{number}.view.lkml"] = view(f"shared_{number}", number, 30)
    for at in range((n_files - len(found)) // AREA_FILES):
        found |= _area(f"area_{at:02}", at)
    for number in range(n_files - len(found)):
        found[f"attic/old_{number}.view.lkml"] = view(f"old_{number}", number, 50)
    return found


def wide() -> dict[str, str]:
    """A model with one explore over views that have 70 fields each."""
    names = [f"wide_{number:03}" for number in range(WIDE_VIEWS)]
    found = {
        f"views/wide/{name}.view.lkml": view(name, number, WIDE_FIELDS - 13)
        for number, name in enumerate(names)
    }
    joins = "".join(_join(names[0], name) for name in names[1:])
    found["models/wide.model.lkml"] = (
        'connection: "warehouse"\ninclude: "/views/wide/*.view.lkml"\n\n'
        f'explore: wide {{\n  from: {names[0]}\n  view_name: {names[0]}\n  label: "Everything"\n'
        f"{joins}}}\n"
    )
    return found


def small() -> dict[str, str]:
    """A model of six files, which shares nothing with the others."""
    names = [f"small_{number}" for number in range(SMALL_VIEWS)]
    found = {f"small/{name}.view.lkml": view(name, number, 20) for number, name in enumerate(names)}
    joins = "".join(_join(names[0], name) for name in names[1:])
    found["small/small.explore.lkml"] = f"explore: {names[0]} {{\n{joins}}}\n"
    found["small/small.model.lkml"] = (
        'connection: "warehouse"\ninclude: "*.view.lkml"\ninclude: "small.explore.lkml"\n'
    )
    return found


def view(name: str, number: int, declared: int, note: str = "") -> str:
    """A view with so many declarations of fields and one more. Two of them are dimension groups of
    seven timeframes, so there are thirteen fields more than declarations."""
    lines = [
        f"# View {name}. {_sentence(number, 24)}\n# {_sentence(number + 5, 18)} {note}\n",
        f"view: {name} {{",
        _table(name, number),
        f'  label: "{_title(number)}"\n',
        "  dimension: id {\n    primary_key: yes\n    hidden: yes\n    type: number\n"
        "    sql: ${TABLE}.id ;;\n  }\n",
        *_groups(number),
        *(_dimension(number + at, at) for at in range((declared - 4) * 3 // 4)),
        *(_measure(number + at, at) for at in range(declared - 4 - (declared - 4) * 3 // 4)),
        "  measure: count {\n    type: count\n    drill_fields: [detail*]\n  }\n",
        f"  set: detail {{\n    fields: [id, created_date, {_name(number)}_0, count]\n  }}\n}}\n",
    ]
    return "\n".join(lines)


def _area(area: str, at: int) -> dict[str, str]:
    names = [f"{area}_{WORDS[each % len(WORDS)]}_{each:02}" for each in range(VIEWS)]
    found = {
        f"views/{area}/{name}.view.lkml": view(
            name, at * VIEWS + each, SIZES[(at + each * 5) % len(SIZES)]
        )
        for each, name in enumerate(names)
    }
    title = area.replace("_", " ").title()
    found[f"models/{area}.model.lkml"] = MODEL.format(name=area, title=title)
    found[f"explores/{area}.explore.lkml"] = "\n".join(_explores(area, names, at))
    found[f"layers/{area}.layer.lkml"] = "\n".join(_layer(names, at))
    return found


def _explores(area: str, names: Sequence[str], at: int) -> Iterator[str]:
    for number in range(EXPLORES):
        first = number * JOINS % VIEWS
        base, joined = names[first], names[first + 1 : first + JOINS]
        joins = "".join(_join(base, name) for name in (*joined, f"shared_{number % SHARED_VIEWS}"))
        yield (
            f'explore: {base} {{\n  label: "{_title(at + number)}"\n'
            f'  group_label: "{area}"\n  description: "{_sentence(at + number, 16)}"\n'
            f"  sql_always_where: ${{{base}.is_valid_0}} ;;\n"
            f'  always_filter: {{\n    filters: [{base}.created_date: "90 days"]\n  }}\n'
            f"{joins}}}\n"
        )


def _layer(names: Sequence[str], at: int) -> Iterator[str]:
    """Refinements of every eighth view."""
    for number, name in enumerate(names[::8]):
        yield (
            f"view: +{name} {{\n  dimension: id {{\n    description: "
            f'"{_sentence(at + number, 12)}"\n  }}\n'
            "  measure: total_by_layer {\n    type: sum\n    sql: ${id} ;;\n  }\n}\n"
        )


def _join(base: str, name: str) -> str:
    return (
        f"\n  join: {name} {{\n    type: left_outer\n    relationship: many_to_one\n"
        f"    sql_on: ${{{base}.id}} = ${{{name}.id}}\n"
        f"      AND ${{{base}.created_date}} >= ${{{name}.created_date}} ;;\n  }}\n"
    )


def _table(name: str, number: int) -> str:
    if number % 9:
        return f"  sql_table_name: analytics.{name} ;;"
    columns = "".join(f"        t.{_name(number + each)}_{each},\n" for each in range(40))
    return (
        f"  derived_table: {{\n    sql:\n      -- {_sentence(number, 14)}\n      SELECT\n{columns}"
        f"        t.id\n      FROM raw.{name} AS t\n"
        "      WHERE {% condition created_date %} t.created_at {% endcondition %}\n"
        "    ;;\n  }"
    )


def _groups(number: int) -> Iterator[str]:
    frames = "raw, time, date, week, month, quarter, year"
    for name in ("created", "updated"):
        yield (
            f'  dimension_group: {name} {{\n    description: "{_sentence(number, 10)}"\n'
            f"    type: time\n    timeframes: [{frames}]\n    sql: ${{TABLE}}.{name}_at ;;\n  }}\n"
        )


def _dimension(seed: int, at: int) -> str:
    if at % 11 == 0:
        return (
            f"  dimension: is_valid_{at} {{\n"
            f'    description: "{_sentence(seed, 12)}"\n    type: yesno\n'
            f"    sql: ${{TABLE}}.valid_{at} AND NOT ${{TABLE}}.is_test ;;\n  }}\n"
        ) + (_text(seed, at) if at == 0 else "")
    return _text(seed, at) if at % 3 else _number(seed, at)


def _text(seed: int, at: int) -> str:
    name = f"{_name(seed - at)}_{at}" if at == 0 else f"{_name(seed)}_{at}"
    more = ""
    if at % 4 == 1:
        more += f'    group_label: "{_title(seed)}"\n    tags: ["{WORDS[seed % len(WORDS)]}"]\n'
    if at % 7 == 2:
        more += (
            f'    link: {{\n      label: "{_title(seed)} in the back office"\n'
            f'      url: "https://office.example.com/{WORDS[seed % len(WORDS)]}'
            '?id={{ value | url_encode }}"\n      icon_url: "https://example.com/icon.png"\n    }\n'
        )
    if at % 13 == 4:
        more += (
            "    html:\n      {% if value == 'active' %}\n"
            '        <b style="color: green">{{ rendered_value }}</b>\n      {% else %}\n'
            '        <span style="color: gray">{{ rendered_value }}</span>\n      {% endif %}\n'
            "    ;;\n"
        )
    if at % 10 == 5:
        more += "    # Kept for the old dashboards.\n    hidden: yes\n"
    return (
        f'  dimension: {name} {{\n    label: "{_title(seed)} {at}"\n'
        f'    description: "{_sentence(seed, 9 + seed % 14)}"\n'
        f"    type: string\n{more}    sql: ${{TABLE}}.{name} ;;\n  }}\n"
    )


def _number(seed: int, at: int) -> str:
    return (
        f'  dimension: amount_{at} {{\n    description: "{_sentence(seed, 8 + seed % 10)}"\n'
        "    type: number\n    value_format_name: decimal_2\n"
        f"    sql: COALESCE(${{TABLE}}.{_name(seed)}, 0) * 1.0 ;;\n  }}\n"
    )


def _measure(seed: int, at: int) -> str:
    kind = ("sum", "average", "max")[at % 3]
    filtered = '    filters: [is_valid_0: "yes"]\n' if at % 4 == 1 else ""
    if at % 9 == 8:
        return (
            f'  measure: share_{at} {{\n    description: "{_sentence(seed, 14)}"\n'
            "    type: number\n    value_format_name: percent_1\n"
            f"    sql: 1.0 * ${{sum_{at - 8}}} / NULLIF(${{count}}, 0) ;;\n  }}\n"
        )
    return (
        f'  measure: {kind}_{at} {{\n    label: "{_title(seed)} ({kind} {at})"\n'
        f'    description: "{_sentence(seed, 8 + seed % 12)}"\n    group_label: "Measures"\n'
        f"    type: {kind}\n{filtered}    value_format_name: usd\n"
        f"    sql: ${{TABLE}}.{_name(seed)} ;;\n    drill_fields: [detail*]\n  }}\n"
    )


def _name(seed: int) -> str:
    return f"{WORDS[seed % len(WORDS)]}_{WORDS[seed // 7 % len(WORDS)]}"


def _title(seed: int) -> str:
    return _name(seed + 3).replace("_", " ").title()


def _sentence(seed: int, n_words: int) -> str:
    words = [WORDS[(seed * 7 + each * each) % len(WORDS)] for each in range(n_words)]
    return " ".join(words).capitalize() + "."
