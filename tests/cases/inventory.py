"""Inventory: all that the case book has to show, as the code itself lists it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lookalike.compiler import model
from lookalike.compiler.model import build_dashboards
from lookalike.compiler.model.dashboard_texts import IncludedFile, Spot, Values
from lookalike.compiler.model.parameters import PARAMETERS, Shape
from lookalike.compiler.syntax import Budget, Code, yaml
from lookalike.compiler.syntax.liquid.template import _ENVIRONMENT
from tests.cases.mutations import BRANCH_TAGS, PARTS, TAGS, TYPES, VARIABLES, Thing
from tests.cases.rules import RULES

_NO_ACTIONS = "data actions are not served"
_NO_BUILD = "derived tables are not built: their SQL is part of the query"
_NO_CACHE = "answers are not cached"
_NO_FACE = "it is about Looker's web interface"
_NO_SUMMARY = "questions are answered from the tables themselves"


def _because(reason: str, names: str) -> dict[str, str]:
    return dict.fromkeys(names.split(), reason)


REASONS: Mapping[str, str] = {
    **_because(_NO_ACTIONS, "action action.* param.* form_param.* user_attribute_param.* option.*"),
    **_because(
        _NO_BUILD,
        """increment_key increment_offset indexes sortkeys distribution distribution_style
        cluster_keys partition_keys table_compression table_format materialization.*
        publish_as_db_view""",
    ),
    **_because(_NO_CACHE, "suggest_persist_for"),
    **_because(_NO_FACE, "application visualization query query.*"),
    **_because(
        _NO_SUMMARY,
        """aggregate_table aggregate_table.* allow_approximate_optimization
        approximate_threshold""",
    ),
    "approximate": "counts are exact",
    "bypass_suggest_restrictions": "only what the asker may see is suggested",
    "calendar_definition": "custom calendars are not served",
    "derived_analytic_model": "models that are trained are not served",
    "dimension.allowed_value": "it is documented for parameters alone",
    "direction": "it says where in a pivoted answer, and pivots are not served",
    "fanout_on": "BigQuery's legacy SQL is not spoken",
    "full_suggestions": "suggestions always ask the whole explore",
    "measure.suggestable": "values of measures are not suggested",
    "new_lookml_runtime": "there is one runtime",
    "sql_preamble": "a question is one statement",
    "string_datatype": "texts of DuckDB and PostgreSQL are Unicode",
}
"""Why a parameter that is known has no effect: by its name, by `kind.name`, or `kind.*`."""

_READ_IN_ANY_FORM = {("explore", "access_filter")}
_BOARD = """
- dashboard: whole
  elements: [{name: one, merged_queries: [{explore: orders}]}]
  filters: [{name: one}]
  tabs: [{name: one}]
"""
_KINDS = {"filter": "dashboard filter"}


def things() -> Iterator[Thing]:
    """Everything that a case must show."""
    for kind, name in parameters():
        if not reason(kind, name):
            yield kind, name, ""
            yield from ((kind, name, value) for value in _choices(kind, name))
    yield from (("timeframe", name, "") for name in model.TIMEFRAMES)
    yield from (("interval", name, "") for name in model.INTERVALS)
    yield from (("Liquid variable", name, "") for name in VARIABLES)
    yield from (("Liquid tag", name, "") for name in sorted({*TAGS, *BRANCH_TAGS}))
    yield from (("Liquid filter", name, "") for name in sorted(_ENVIRONMENT.filters))
    yield from (("diagnostic", code.value, "") for code in Code)
    yield from (("inheritance", name, "") for name in RULES)


def parameters() -> Iterator[tuple[str, str]]:
    """Each parameter with the kind of object that it is of."""
    for kind, rules in PARAMETERS.items():
        yield from ((kind, name) for name in rules)
    for kind in sorted(PARTS.keys() - PARAMETERS.keys()):
        yield from ((kind, name) for name in PARTS[kind].split())
    yield from board_parameters()


def reason(kind: str, name: str) -> str:
    """Why a parameter has no effect; empty if it has one."""
    named = (REASONS.get(each, "") for each in (name, f"{kind}.{name}", f"{kind}.*"))
    found = next(filter(None, named), "")
    rule = PARAMETERS.get(kind, {}).get(name)
    is_ignored = rule is not None and rule.shape is Shape.ANY
    assert found or not is_ignored or (kind, name) in _READ_IN_ANY_FORM, f"why? {kind}.{name}"
    return found


def board_parameters() -> Iterator[tuple[str, str]]:
    """The parameters of dashboards: those that are asked for where one of each kind is built."""
    asked: dict[tuple[str, str], None] = {}
    look = Values._spot

    def spot(values: Values, key: str) -> Spot | None:
        words = values._what.removeprefix("a ").removeprefix("an ").split("`")[0].split(" of ")[0]
        asked[_KINDS.get(words.strip(), words.strip()), key] = None
        return look(values, key)

    Values._spot = spot  # type: ignore[method-assign,assignment]
    try:
        file = IncludedFile("whole.dashboard.lookml", yaml.parse(_BOARD), {})
        build_dashboards.build_dashboards(
            [file], "shop", build_dashboards.open_boards(None), Budget()
        )
    finally:
        Values._spot = look  # type: ignore[method-assign]
    yield from sorted(asked)


def _choices(kind: str, name: str) -> tuple[str, ...]:
    rule = PARAMETERS.get(kind, {}).get(name)
    choices = rule.choices if rule else ()
    return choices or (tuple(TYPES.get(kind, ())) if name == "type" else ())
