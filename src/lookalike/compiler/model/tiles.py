"""Tiles: the written parameters of a dashboard's element become what it asks and how it looks.

In: an element, with what it extends merged in. Out: a DashboardElement. A tile without `model` asks
the model that includes the dashboard. Rule: LookML reference, "Dashboard element parameters".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from lookalike.compiler.model.dashboard_texts import Values, Written
from lookalike.compiler.model.dashboards import DashboardElement, Mention, TileQuery
from lookalike.compiler.model.findings import Findings, quote
from lookalike.compiler.syntax import Budget, Code, Place

_KINDS = ("table_calculation", "dimension", "measure")
_TEXTS = ("filter_expression", "query_timezone", "row_total")
_ROW_TOTALS = {"true": "right", "yes": "right", "false": "", "no": ""}
_APART = ("name", "join_fields")
_FIELDS = ("fields", "dimensions", "measures")  # the latter two are an older way to write `fields`
_LISTS = (*_FIELDS, "pivots", "fill_fields", "subtotals")


def build_tile(
    written: Written, name: str, place: Place, model: str, findings: Findings, budget: Budget
) -> DashboardElement:
    """One element of a dashboard that `model` includes."""
    what = f"element {quote(name)}" if name else "an element"
    values = Values(written, what, findings, budget)
    queries, is_merged = _queries(values, what, place, model, findings, budget)
    element = DashboardElement(
        name=name or values.text("title"),
        place=place,
        type=values.text("type"),
        title=values.text("title"),
        title_hidden=bool(values.flag("title_hidden")),
        queries=queries,
        is_merged=is_merged,
        note_text=values.text("note_text"),
        note_state=values.text("note_state"),
        note_display=values.text("note_display"),
        title_text=values.text("title_text"),
        subtitle_text=values.text("subtitle_text"),
        body_text=values.text("body_text"),
        rich_content_json=values.text("rich_content_json"),
        refresh=values.text("refresh"),
        tab_name=values.text("tab_name"),
        row=values.number("row"),
        col=values.number("col"),
        width=values.number("width"),
        height=values.number("height"),
        vis=values.left(_APART),
    )
    values.check_left(_APART)
    return element


def _queries(
    values: Values, what: str, place: Place, model: str, findings: Findings, budget: Budget
) -> tuple[tuple[TileQuery, ...], bool]:
    """What a tile asks, and whether the answers are merged."""
    merged = values.objects("merged_queries")
    own = _query(values, what, place, model, findings)
    if not merged:
        return (() if own is None else (own,)), False
    found: list[TileQuery] = []
    for written, start in merged:
        of_query = Values(written, f"a merged query of {what}", findings, budget)
        query = _query(of_query, what, start, model, findings)
        of_query.check_left(_APART)
        if query is not None:
            found.append(query)
    return tuple(found), True


def _query(
    values: Values, what: str, place: Place, model: str, findings: Findings
) -> TileQuery | None:
    """What the parameters ask; None where they ask nothing, as those of a text."""
    explore, asked_model = values.text("explore"), values.text("model")
    lists = {key: values.named(key) for key in _LISTS}
    names = {key: _names(named) for key, named in lists.items()}
    filters = values.pairs("filters")
    sorts = values.named("sorts")
    dynamic_fields, dynamic = _dynamic(values.plain("dynamic_fields"))
    fields = tuple(dict.fromkeys(name for key in _FIELDS for name in names[key]))
    listen = values.pairs("listen") if explore or fields else ()
    texts = {key: values.text(key) for key in _TEXTS}
    total, row_total = bool(values.flag("total")), texts["row_total"]
    if not explore and not fields:
        return None
    if not explore:
        message = f"{what} has fields but names no explore; write `explore:`"
        findings.error(Code.UNKNOWN_EXPLORE, message, place)
    return TileQuery(
        model=asked_model or model,
        explore=explore,
        place=values.place("explore", place),
        model_place=values.place("model", place),
        fields=fields,
        pivots=names["pivots"],
        fill_fields=names["fill_fields"],
        subtotals=names["subtotals"],
        filter_expression=texts["filter_expression"],
        limit=values.number("limit"),
        column_limit=values.number("column_limit"),
        query_timezone=texts["query_timezone"],
        filters=tuple((name, text) for name, text, _ in filters),
        sorts=_names(sorts),
        total=total,
        row_total=_ROW_TOTALS.get(row_total, row_total),
        dynamic_fields=dynamic_fields,
        dynamic=dynamic,
        listen=tuple((name, field) for name, field, _ in listen),
        mentions=(
            *(Mention(key, *each) for key, named in lists.items() for each in named),
            *(Mention("filters", name, at) for name, _, at in filters),
            *(Mention("sorts", (name.split() or [""])[0], at) for name, at in sorts),
            *(Mention("listen", field, at) for _, field, at in listen),
        ),
    )


def _names(named: Iterable[tuple[str, Place]]) -> tuple[str, ...]:
    return tuple(name for name, _ in named)


def _dynamic(written: object) -> tuple[str, tuple[str, ...]]:
    """Custom fields as a JSON document, and the names that they bring in."""
    if not written:
        return "", ()
    text = written if isinstance(written, str) else msgspec.json.encode(written).decode()
    try:
        entries = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError):
        return text, ()
    listed: Sequence[object] = entries if isinstance(entries, list) else [entries]
    found = (each.get(key) for each in listed if isinstance(each, dict) for key in _KINDS)
    return text, tuple(name for name in found if isinstance(name, str))
