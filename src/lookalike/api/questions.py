"""Questions: the API's Query and the compiler's, one made into the other.

What only clients care about (chart settings and the like) is kept beside the question and echoed
untouched.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast
from urllib.parse import urlencode

import msgspec

from lookalike.api.call import Call
from lookalike.compiler.query import DEFAULT_LIMIT, UNLIMITED, Query
from lookalike.instance import queries
from lookalike.instance.access import Permission
from lookalike.instance.errors import Invalid, Problem
from lookalike.wire import query, query_task
from lookalike.wire.ids import Id

COLUMN_LIMIT = 50
PRESENTATION = ("vis_config", "filter_config", "visible_ui_sections", "client_id")
"""Properties that are echoed and never looked at."""


def question_in(body: query.WriteQuery) -> tuple[Query, Mapping[str, object]]:
    """The question, and what is kept beside it. Raises Invalid, naming the field."""
    question = Query(
        model=body.model,
        explore=body.view,
        fields=tuple(body.fields or ()),
        filters=tuple((name, _filter(value)) for name, value in (body.filters or {}).items()),
        filter_expression=body.filter_expression or "",
        sorts=tuple(body.sorts or ()),
        limit=_limit("limit", body.limit, DEFAULT_LIMIT),
        timezone=body.query_timezone or "",
        pivots=tuple(body.pivots or ()),
        fill_fields=tuple(body.fill_fields or ()),
        subtotals=tuple(body.subtotals or ()),
        dynamic_fields=body.dynamic_fields or "",
        column_limit=_limit("column_limit", body.column_limit, COLUMN_LIMIT),
        total=bool(body.total),
        row_total=body.row_total or "",
    )
    kept = {name: getattr(body, name) for name in PRESENTATION}
    return question, {name: value for name, value in kept.items() if value is not None}


def query_in_url(params: query.UrlQueryParams) -> query.WriteQuery:
    """The question that a URL holds, as if it had come in a body."""
    return query.WriteQuery(
        model=params.model_name,
        view=params.view_name,
        fields=params.fields,
        pivots=params.pivots,
        fill_fields=params.fill_fields,
        filters=cast("dict[str, str | int | float | None] | None", params.f),
        filter_expression=params.filter_expression,
        sorts=params.sorts,
        limit=params.limit,
        column_limit=params.column_limit,
        total=params.total,
        row_total=params.row_total,
        subtotals=params.subtotals,
        dynamic_fields=params.dynamic_fields,
        query_timezone=params.query_timezone,
    )


def drill_from(params: query.RunParams | query_task.CreateTaskParams) -> str | None:
    """What the addresses of drill links begin with; None where none are asked for."""
    return (params.path_prefix or "") if params.generate_drill_links else None


def query_out(call: Call, saved: queries.SavedQuestion) -> query.Query:
    """A saved question as the API shows it."""
    question, beside = saved.question, cast("Mapping[str, Any]", saved.presentation)
    url = _explore_url(question, beside)
    return query.Query(
        can=_rights(call),
        id=Id(saved.record.id),
        model=question.model,
        view=question.explore,
        fields=list(question.fields),
        pivots=list(question.pivots) or None,
        fill_fields=list(question.fill_fields) or None,
        filters=dict(question.filters) or None,
        filter_expression=question.filter_expression or None,
        sorts=list(question.sorts) or None,
        limit=str(question.limit),
        column_limit=str(question.column_limit),
        total=question.total or None,
        row_total=question.row_total or None,
        subtotals=list(question.subtotals) or None,
        vis_config=beside.get("vis_config"),
        filter_config=beside.get("filter_config"),
        visible_ui_sections=beside.get("visible_ui_sections"),
        slug=saved.record.slug,
        dynamic_fields=question.dynamic_fields or None,
        client_id=saved.record.client_id,
        share_url=f"{call.origin}/x/{saved.record.client_id}",
        expanded_share_url=call.origin + url,
        url=url,
        query_timezone=question.timezone or None,
        has_table_calculations=_has_table_calculations(question.dynamic_fields),
    )


def _limit(field: str, value: str | int | None, default: int) -> int:
    """Clients send `20`, `"20"`, `"-1"`, `""` and null."""
    if value is None or value == "":
        return default
    text = str(value).strip()
    if text.lstrip("-").isascii() and text.removeprefix("-").isdigit() and len(text) <= 18:
        number = int(text)
        if number >= UNLIMITED:
            return number
    raise Invalid(
        "Validation Failed",
        (
            Problem(
                field,
                "invalid",
                f"`{text[:100]}` is not a number of rows; write one, or `-1` for all",
            ),
        ),
    )


def _filter(value: str | float | None) -> str:
    """A number stands for its digits; null for any value, as the empty expression does."""
    return "" if value is None else str(value)


def _explore_url(question: Query, beside: Mapping[str, Any]) -> str:
    """Where the question would be open in a browser."""
    parts: list[tuple[str, str]] = [("fields", ",".join(question.fields))]
    parts += [(f"f[{name}]", text) for name, text in question.filters]
    if question.pivots:
        parts.append(("pivots", ",".join(question.pivots)))
    if question.sorts:
        parts.append(("sorts", ",".join(question.sorts)))
    parts.append(("limit", str(question.limit)))
    parts.append(("column_limit", str(question.column_limit)))
    if question.timezone:
        parts.append(("query_timezone", question.timezone))
    if question.filter_expression:
        parts.append(("filter_expression", question.filter_expression))
    if question.dynamic_fields:
        parts.append(("dynamic_fields", question.dynamic_fields))
    if "vis_config" in beside:
        parts.append(("vis", msgspec.json.encode(beside["vis_config"]).decode()))
    return f"/explore/{question.model}/{question.explore}?{urlencode(parts, safe='[],')}"


def _has_table_calculations(dynamic_fields: str) -> bool:
    if "table_calculation" not in dynamic_fields:
        return False
    try:
        found = msgspec.json.decode(dynamic_fields)
    except (msgspec.DecodeError, RecursionError):
        return False
    entries = found if isinstance(found, list) else [found]
    return any(isinstance(entry, dict) and "table_calculation" in entry for entry in entries)


def _rights(call: Call) -> dict[str, bool]:
    may = call.caller.may
    return {
        "show": True,
        "run": may(Permission.ACCESS_DATA),
        "see_results": may(Permission.ACCESS_DATA),
        "explore": may(Permission.EXPLORE),
        "create": may(Permission.EXPLORE),
        "see_sql": may(Permission.SEE_SQL),
        "see_lookml": may(Permission.SEE_LOOKML),
        "download": may(Permission.ACCESS_DATA),
    }
