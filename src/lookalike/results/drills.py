"""Drills: the link of a cell, which asks what is behind its value.

In: a column of an answer, and the row of a cell. Out: the address of a question about the drill
fields of the column, filtered as the answer was and by the row; empty for a column that has none.
Rule: LookML reference, "drill_fields" and "Liquid variable reference".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from lookalike.compiler import model, syntax
from lookalike.compiler.model import Dimension, Explore, Measure
from lookalike.results.answers import Answer, AnswerColumn

MOST_ROWS = 500

# From the filter expressions for the cells of a row to the address.
Linker: TypeAlias = Callable[[Mapping[str, str]], str]


def linkers(answer: Answer) -> dict[str, Linker]:
    """For each column whose values can be drilled into, what makes its links."""
    explore, filters = answer.explore, dict(answer.filters)
    columns = (*answer.columns, *answer.behind)
    grouped = [column.name for column in columns if _narrows(column)]
    found: dict[str, Linker] = {}
    for column in columns:
        fields = model.drill_fields(explore, column.name)
        if fields:
            narrowed = filters | _own_filters(explore, column)
            by = grouped if column.is_measure else [column.name]
            found[column.name] = _linker(explore, fields, narrowed, by)
    return found


def _narrows(column: AnswerColumn) -> bool:
    """Does the value of a row narrow what is behind its measures? Rule: `skip_drill_filter`."""
    field = column.field
    return isinstance(field, Dimension) and not field.skip_drill_filter


def _own_filters(explore: Explore, column: AnswerColumn) -> dict[str, str]:
    """What a filtered measure counts is filtered, too."""
    field, alias = column.field, column.name.partition(".")[0]
    filters = field.filters if isinstance(field, Measure) else ()
    named = ((name if "." in name else f"{alias}.{name}", text) for name, text in filters)
    return {name: text for name, text in named if name in explore.fields}


def _linker(
    explore: Explore, fields: Sequence[str], filters: Mapping[str, str], by: Sequence[str]
) -> Linker:
    # The name of a model is that of a file, in which any letter may stand.
    named = syntax.liquid.url_encoded(explore.model).replace("+", "%20")
    start = f"/explore/{named}/{explore.name}?fields={','.join(fields)}"

    def link(row: Mapping[str, str]) -> str:
        asked = {**filters, **{name: row[name] for name in by}}
        terms = (f"&f[{name}]={syntax.liquid.url_encoded(text)}" for name, text in asked.items())
        return f"{start}{''.join(terms)}&limit={MOST_ROWS}"

    return link
