"""Build fields: the field declarations of a view become fields.

In: declarations with everything inherited. Out: dimensions, measures, filters and parameters by
bare name, dimension groups expanded, defaults applied; a diagnostic for each mistake. A field with
a mistake is still built as far as it goes, so that it can be listed. Rule: LookML reference, "Field
parameters".
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from itertools import pairwise
from typing import Any, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from lookalike.compiler import syntax
from lookalike.compiler.model.fields import (
    AGGREGATES,
    AllowedValue,
    Case,
    Dimension,
    Field,
    FilterField,
    Link,
    Measure,
    Parameter,
    Sql,
    When,
)
from lookalike.compiler.model.filter_kinds import unreadable
from lookalike.compiler.model.findings import Findings, did_you_mean, quote, spot
from lookalike.compiler.model.fitting import spoken
from lookalike.compiler.model.labels import humanise_field
from lookalike.compiler.model.parameters import (
    BOUND,
    DIMENSION_TYPES,
    FILTER_TYPES,
    GROUP_TYPES,
    MEASURE_TYPES,
    PARAMETER_TYPES,
)
from lookalike.compiler.model.periods import PeriodComparison
from lookalike.compiler.model.templates import check_templates
from lookalike.compiler.model.timeframes import DURATION_NEEDS, interval_of, members, timeframe_of
from lookalike.compiler.model.values import Attributes, is_number, is_yes, read, same
from lookalike.compiler.model.written import (
    Block,
    Declaration,
    Source,
    Value,
    pairs_of,
    texts_of,
)
from lookalike.compiler.syntax import Budget, Code, Kind

_SHARED: Attributes = same(
    """sql label view_label group_label group_item_label description hidden alias tags synonyms
    required_access_grants suggestable suggestions suggest_dimension suggest_explore"""
)
_COLUMN: Attributes = {
    **_SHARED,
    **same(
        """html drill_fields value_format value_format_name can_filter required_fields
        order_by_field datatype convert_tz label_from_parameter"""
    ),
}
_DIMENSION: Attributes = {
    **_COLUMN,
    **same(
        """primary_key sql_start sql_end tiers style units alpha_sort allow_fill map_layer_name
        case_sensitive default_value skip_drill_filter"""
    ),
    "bins": "tiers",
    "sql_latitude": "latitude",
    "sql_longitude": "longitude",
    "start_location_field": "start_location",
    "end_location_field": "end_location",
}
_GROUP: Attributes = {
    **_COLUMN,
    **same("primary_key sql_start sql_end allow_fill timeframes intervals skip_drill_filter"),
}
_MEASURE: Attributes = {
    **_COLUMN,
    **same(
        """sql_distinct_key list_field percentile precision direction approximate based_on
        based_on_time period kind value_to_date"""
    ),
}
_COMPARISON = ("based_on", "based_on_time", "period", "kind", "value_to_date")
_FILTER: Attributes = {**_SHARED, **same("default_value datatype convert_tz case_sensitive")}
_PARAMETER: Attributes = {**_SHARED, **same("default_value")}

_MEASURES_WITH_SQL = MEASURE_TYPES - {"count", "list", "period_over_period"}
_DEFAULT_TYPES = {"dimension_group": "time"}
_WITHOUT_SQL = frozenset(("location", "distance"))
_BUDGET_A_FIELD = 40
MAP_LAYERS = frozenset(
    (
        "countries",
        "uk_postcode_areas",
        "us_counties_fips",
        "us_states",
        "us_zipcode_tabulation_areas",
    )
)
"""The map layers that every map knows."""


class Surroundings(Struct, frozen=True):
    """What a view's fields take from their model: its named formats, which of them are strict, its
    map layers, and whether it has a fiscal year."""

    formats: Mapping[str, str]
    has_fiscal: bool
    strict: frozenset[str] = frozenset()
    layers: frozenset[str] = frozenset()


_Arguments: TypeAlias = dict[str, Any]
"""What a field is made of so far, by attribute."""

_Builder: TypeAlias = Callable[[Declaration, _Arguments, Surroundings, Findings], Sequence[Field]]


def build_fields(
    view: Declaration, surroundings: Surroundings, findings: Findings, budget: Budget
) -> dict[str, Field]:
    """The fields of `view` by bare name, in the order of declaration."""
    hidden = is_yes(view, "fields_hidden_by_default")
    fields: dict[str, Field] = {}
    for (kind, name), declaration in view.objects.items():
        if kind not in _BUILDERS:
            continue
        attributes, build = _BUILDERS[kind]
        findings.field = f"{view.name}.{name}"
        n_found = len(findings.found)
        for mistake in declaration.mistakes:
            findings.found.append(replace(mistake, field=findings.field))
        values = read(declaration, attributes, findings)
        _check_bound(declaration, findings)
        values.setdefault("hidden", hidden)
        values.update(name=name, view=view.name, place=declaration.place)
        built = build(declaration, values, surroundings, findings)
        for field in built:
            check_templates(field, declaration, findings, budget)
        budget.spend(_BUDGET_A_FIELD * len(built))
        if kind == "dimension_group":
            _blame_members(built, findings, n_found)
        for field in built:
            _add(field, fields, declaration, findings)
    findings.field = ""
    return fields


def _add(
    field: Field, fields: dict[str, Field], declaration: Declaration, findings: Findings
) -> None:
    earlier = fields.setdefault(field.name, field)
    if earlier is not field:
        findings.field = f"{field.view}.{field.name}"
        message = (
            f"field {quote(field.name)} is declared more than once in view {quote(field.view)},"
            f" first in {spot(earlier.place)}"
        )
        place = declaration.place
        findings.error(Code.DUPLICATE_FIELD, f"{message}; rename one", place, (earlier.place,))


def _check_bound(declaration: Declaration, findings: Findings) -> None:
    """Warn of what means nothing for the type of the field."""
    bound = BOUND[declaration.kind]
    if bound.keys().isdisjoint(declaration.values):
        return
    type_ = declaration.text("type") or _DEFAULT_TYPES.get(declaration.kind, "string")
    if not _is_type(declaration.kind, type_):
        return
    for key in declaration.values:
        if key in bound and type_ not in bound[key]:
            message = f"`{key}` has no effect on a {spoken(declaration.kind)} of type `{type_}`"
            place = declaration.place_of(key)
            findings.warning(Code.UNKNOWN_PARAMETER, message, place)


def _blame_members(members: Sequence[Field], findings: Findings, n_found: int) -> None:
    """A mistake in a dimension group is a mistake of each member: the group itself is no field."""
    mistakes = findings.found[n_found:]
    if not mistakes or not members:
        return
    group = findings.field
    del findings.found[n_found:]
    for mistake in mistakes:
        if mistake.field != group:
            findings.found.append(mistake)
            continue
        blamed = members if mistake.is_error else members[:1]
        findings.found.extend(
            replace(mistake, field=f"{field.view}.{field.name}") for field in blamed
        )


def _dimension(
    declaration: Declaration, values: _Arguments, surroundings: Surroundings, findings: Findings
) -> Sequence[Field]:
    type_ = _type(declaration, _is_dimension_type, DIMENSION_TYPES, findings)
    interval = interval_of(type_)
    case = declaration.values.get("case")
    if case is not None and isinstance(case.node, Block):
        values["case"] = _case(case.node, case.source, findings)
    elif "sql" not in values and not interval and type_ not in _WITHOUT_SQL:
        values["sql"] = Sql("${TABLE}." + declaration.name, values["place"])
    _finish_column(declaration, values, surroundings, findings)
    dimension = Dimension(type=type_, timeframe=timeframe_of(type_), interval=interval, **values)
    _check_map_layer(dimension, declaration, surroundings, findings)
    _check_dimension(dimension, declaration, findings)
    return (dimension,)


def _check_map_layer(
    dimension: Dimension, declaration: Declaration, surroundings: Surroundings, findings: Findings
) -> None:
    name, known = dimension.map_layer_name, surroundings.layers | MAP_LAYERS
    if name and name not in known:
        hint = did_you_mean(name, known) or "; declare a `map_layer`, or include its file"
        message = f"unknown map layer {quote(name)}{hint}"
        place = declaration.place_of("map_layer_name")
        findings.warning(Code.UNKNOWN_MAP_LAYER, message, place)


def _case(block: Block, source: Source, findings: Findings) -> Case:
    whens: list[When] = []
    otherwise: str | None = None
    for node in block.nodes:
        if isinstance(node, Value) and node.key == "else":
            otherwise = node.text
        elif isinstance(node, Block) and node.key == "when":
            sql = next((e for e in node.nodes if isinstance(e, Value) and e.key == "sql"), None)
            if sql is None:
                message = "a `when` needs a condition; write `sql: … ;;`"
                findings.error(Code.MISSING_SQL, message, source.header(node))
            else:
                whens.append(When(source.sql(sql), texts_of(node).get("label", "")))
    return Case(tuple(whens), otherwise)


def _check_dimension(dimension: Dimension, declaration: Declaration, findings: Findings) -> None:
    kind, place = dimension.type, declaration.place_of("type")
    if kind == "location":
        if dimension.latitude is None or dimension.longitude is None:
            message = "a location needs both `sql_latitude` and `sql_longitude`"
            findings.error(Code.MISSING_SQL, message, place)
        if dimension.sql is not None:
            message = "a location has no `sql`; it is made of `sql_latitude` and `sql_longitude`"
            findings.warning(Code.UNEXPECTED_SQL, message, declaration.place_of("sql"))
    elif kind == "distance":
        if not dimension.start_location or not dimension.end_location:
            message = "a distance needs both `start_location_field` and `end_location_field`"
            findings.error(Code.INVALID_VALUE, message, place)
    elif kind in ("tier", "bin"):
        wrong = next((bound for bound in dimension.tiers if not is_number(bound)), None)
        key = "bins" if kind == "bin" else "tiers"
        if not dimension.tiers:
            findings.error(Code.INVALID_VALUE, f"a {kind} needs `{key}: [0, 10, …]`", place)
        elif wrong is not None:
            message = f"`{key}` holds {quote(wrong)}: write numbers"
            findings.error(Code.INVALID_VALUE, message, declaration.place_in(key, wrong))
        else:
            _check_order(dimension.tiers, key, declaration, findings)
    if dimension.interval and (dimension.sql_start is None or dimension.sql_end is None):
        findings.error(Code.MISSING_SQL, DURATION_NEEDS, place)


def _check_order(
    bounds: Sequence[str], key: str, declaration: Declaration, findings: Findings
) -> None:
    """Rule: LookML reference, "tiers": in ascending order."""
    for earlier, later in pairwise(bounds):
        if float(later) < float(earlier):
            message = f"`{key}` ascend, but {quote(later)} follows {quote(earlier)}; sort them"
            findings.warning(Code.INVALID_VALUE, message, declaration.place_in(key, later))
            return


def _group(
    declaration: Declaration, values: _Arguments, surroundings: Surroundings, findings: Findings
) -> Sequence[Field]:
    _finish_column(declaration, values, surroundings, findings)
    return members(declaration, values, surroundings.has_fiscal, findings)


def _measure(
    declaration: Declaration, values: _Arguments, surroundings: Surroundings, findings: Findings
) -> Sequence[Field]:
    type_ = _type(declaration, _is_measure_type, MEASURE_TYPES, findings)
    _finish_column(declaration, values, surroundings, findings)
    filters = pairs_of(declaration.repeated.get("filters", ()), findings)
    values["filters"] = tuple(filters.items())
    comparison = {key: values.pop(key) for key in _COMPARISON if key in values}
    if type_ == "period_over_period":
        values["comparison"] = PeriodComparison(**comparison)
    measure = Measure(type=type_, **values)
    if _is_measure_type(declaration.text("type", "string")):
        _check_measure(measure, declaration, findings)
    if type_ == "count" and measure.sql is not None:
        message = "a measure of type `count` counts rows and has no `sql`; write `count_distinct`"
        findings.warning(Code.UNEXPECTED_SQL, message, declaration.place_of("sql"))
        return (replace(measure, sql=None),)
    return (measure,)


def _check_measure(measure: Measure, declaration: Declaration, findings: Findings) -> None:
    type_, place = measure.type, declaration.place_of("type")
    if measure.sql is None and type_ in _MEASURES_WITH_SQL:
        message = f"a measure of type `{type_}` needs `sql`"
        findings.error(Code.MISSING_SQL, message, place)
    elif measure.sql is not None and measure.is_over_rows and not _names_field(measure.sql):
        message = f"a measure of type `{type_}` is computed from a measure; write `${{measure}}`"
        findings.error(Code.INVALID_VALUE, message, measure.sql.place)
    if type_ == "list" and not measure.list_field:
        findings.error(Code.INVALID_VALUE, "a measure of type `list` needs `list_field`", place)
    if measure.filters and type_ not in AGGREGATES:
        message = (
            f"`filters` have no effect on a measure of type `{type_}`; filter what it is made of"
        )
        findings.error(Code.INVALID_VALUE, message, declaration.place_of("filters"))
    if type_ == "period_over_period":
        _check_comparison(measure, declaration, findings)
    if measure.sql_distinct_key is not None and not type_.endswith("_distinct"):
        message = f"`sql_distinct_key` has no effect on a measure of type `{type_}`"
        findings.warning(Code.UNKNOWN_PARAMETER, message, declaration.place_of("sql_distinct_key"))
    if measure.percentile is not None and not 0 <= measure.percentile <= 100:
        message = "`percentile` lies between 0 and 100"
        findings.error(Code.INVALID_VALUE, message, declaration.place_of("percentile"))


def _names_field(sql: Sql) -> bool:
    """Whether a text refers to a field, or holds Liquid that may."""
    parts = syntax.fragments.split(sql.text)
    named = any(not isinstance(part, str) and part.name != "TABLE" for part in parts)
    return named or syntax.liquid.has_liquid(sql.text)


def _check_comparison(measure: Measure, declaration: Declaration, findings: Findings) -> None:
    needed = ("based_on", "based_on_time", "period")
    missing = [key for key in needed if key not in declaration.values]
    if missing:
        named = ", ".join(f"`{key}`" for key in missing)
        message = f"a measure of type `{measure.type}` needs {named}"
        findings.error(Code.INVALID_VALUE, message, declaration.place_of("type"))


def _filter(
    declaration: Declaration, values: _Arguments, surroundings: Surroundings, findings: Findings
) -> Sequence[Field]:
    type_ = _type(declaration, FILTER_TYPES.__contains__, FILTER_TYPES, findings)
    values.setdefault("label", humanise_field(declaration.name))
    field = FilterField(type=type_, **values)
    why = unreadable(field.default_value or "", field)
    if why:
        place = declaration.place_of("default_value")
        findings.warning(Code.INVALID_FILTER, f"`default_value`: {why}", place)
    return (field,)


def _parameter(
    declaration: Declaration, values: _Arguments, surroundings: Surroundings, findings: Findings
) -> Sequence[Field]:
    type_ = _type(declaration, PARAMETER_TYPES.__contains__, PARAMETER_TYPES, findings)
    values.setdefault("label", humanise_field(declaration.name))
    blocks = [each.node for each in declaration.repeated.get("allowed_value", ())]
    texts = [texts_of(block) for block in blocks if isinstance(block, Block)]
    allowed = {each["value"]: each.get("label", "") for each in texts if "value" in each}
    choices = tuple(AllowedValue(value, label) for value, label in allowed.items())
    _check_default(type_, values.get("default_value"), allowed, declaration, findings)
    return (Parameter(type=type_, allowed_values=choices, **values),)


def _check_default(
    type_: str,
    default: str | None,
    allowed: Collection[str],
    declaration: Declaration,
    findings: Findings,
) -> None:
    if not default or not allowed or syntax.liquid.has_liquid(default):
        return
    if _as_chosen(default, type_) not in {_as_chosen(each, type_) for each in allowed}:
        hint = did_you_mean(default, allowed) or "; add it, or name one of them"
        message = f"`default_value` {quote(default)} is none of the allowed values{hint}"
        findings.warning(Code.INVALID_VALUE, message, declaration.place_of("default_value"))


def _as_chosen(written: str, type_: str) -> object:
    """A value of a parameter, equal to others that choose the same."""
    if type_ == "yesno":
        return written.lower()
    if type_ == "number":
        with suppress(ValueError):
            return float(written)
    return written


def _finish_column(
    declaration: Declaration, values: _Arguments, surroundings: Surroundings, findings: Findings
) -> None:
    """The label, the links and the value format, which dimensions and measures have in common."""
    values.setdefault("label", humanise_field(declaration.name))
    if "link" in declaration.repeated:
        blocks = [each.node for each in declaration.repeated["link"]]
        texts = [texts_of(block) for block in blocks if isinstance(block, Block)]
        values["links"] = tuple(
            Link(each.get("label", ""), each.get("url", ""), each.get("icon_url", ""))
            for each in texts
        )
    name = values.get("value_format_name")
    if name and "value_format" not in values:
        mask = surroundings.formats.get(name)
        if mask is None:
            hint = did_you_mean(name, surroundings.formats)
            message = f"unknown value format {quote(name)}{hint}"
            place = declaration.place_of("value_format_name")
            findings.warning(Code.UNKNOWN_VALUE_FORMAT, message, place)
        else:
            values["value_format"] = mask
            values["strict_value_format"] = name in surroundings.strict


def _type(
    declaration: Declaration,
    is_type: Callable[[str], bool],
    types: frozenset[str],
    findings: Findings,
) -> str:
    """The type as written if the field can have it; else `string`, with a diagnostic."""
    type_ = declaration.text("type", "string")
    if type_ == "int" and type_ in types:
        message = "type `int` is deprecated; write `type: number`"
        place = declaration.place_of("type")
        findings.warning(Code.DEPRECATED, message, place, Kind.DEPRECATION)
        return "number"
    if is_type(type_):
        return type_
    hint = did_you_mean(type_, types)
    if type_ in ("time", "duration"):
        hint = "; write a `dimension_group`"
    message = f"a {declaration.kind} can't be of type {quote(type_)}{hint}"
    findings.error(Code.INVALID_VALUE, message, declaration.place_of("type"))
    return "string"


def _is_type(kind: str, type_: str) -> bool:
    if kind == "dimension_group":
        return type_ in GROUP_TYPES
    return _is_dimension_type(type_) if kind == "dimension" else _is_measure_type(type_)


def _is_dimension_type(type_: str) -> bool:
    return type_ in DIMENSION_TYPES or bool(timeframe_of(type_) or interval_of(type_))


def _is_measure_type(type_: str) -> bool:
    return type_ in MEASURE_TYPES or bool(timeframe_of(type_))


_BUILDERS: Mapping[str, tuple[Attributes, _Builder]] = {
    "dimension": (_DIMENSION, _dimension),
    "dimension_group": (_GROUP, _group),
    "measure": (_MEASURE, _measure),
    "filter": (_FILTER, _filter),
    "parameter": (_PARAMETER, _parameter),
}
