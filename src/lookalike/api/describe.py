"""Describe: an explore as the API shows it, in one version and for one caller's eyes.

In: a found explore and the call. Out: the whole answer as bytes. Answers are kept under a key that
names everything they depend on: the files, the names, the version, what the caller may see, what
the texts are made of, and the mask.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from msgspec.structs import replace

from lookalike.api.call import Call
from lookalike.api.describe_fields import Layers, Sight, field_out, scene_of
from lookalike.compiler import model, syntax
from lookalike.instance import connections, wording
from lookalike.instance.access import Permission
from lookalike.instance.descriptions import as_described
from lookalike.instance.errors import NotFound
from lookalike.instance.models import FoundExplore
from lookalike.wire import encoding, lookml_model
from lookalike.wire.fields import read_mask

NULLS = {"duckdb": "last", "postgres": "high"}
"""How each dialect sorts null."""

MEASURE_TYPES = {
    "string": ["count_distinct", "list"],
    "number": [
        "count_distinct",
        "sum",
        "average",
        "median",
        "min",
        "max",
        "percentile",
        "sum_distinct",
        "average_distinct",
        "median_distinct",
        "percentile_distinct",
    ],
    "date": ["count_distinct", "min", "max"],
    "yesno": ["count_distinct"],
}
"""Which measures can be made of a dimension, by its type."""


_ABILITIES: dict[str, Any] = {
    "can_total": False,
    "can_save": False,
    "can_explain": False,
    "can_pivot_in_db": False,
    "can_subtotal": False,
    "has_timezone_support": True,
    "supports_cost_estimate": False,
}
"""What the server can do with any explore."""


def explore(call: Call, found: FoundExplore, mask: str) -> bytes:
    """The answer of `lookml_model_explore`."""
    sight = Sight(
        see_lookml=call.caller.may(Permission.SEE_LOOKML),
        develop=call.caller.may(Permission.DEVELOP),
    )
    dialect = _dialect(call, found.explore.connection)
    words = wording.key_of(call.instance, call.caller, found)
    key = (
        found.key,
        found.model.name,
        found.explore.name,
        call.version,
        found.met,
        sight,
        dialect,
        words,
        mask,
    )

    def make() -> bytes:
        label, strings = found.model.label, wording.strings_of(call.caller, found)
        shown = wording.worded(call.instance, call.caller, found, words)
        described = as_described(call.caller, replace(found, explore=shown))
        out = explore_out(described, found.model, sight, dialect, strings.get(label, label))
        return encoding.encode(out, call.version, read_mask(mask))

    return call.instance.memos.described.get(key, make)


def explore_out(
    explore: model.Explore,
    within: model.LookmlModel,
    sight: Sight,
    dialect: str | None,
    model_label: str,
) -> lookml_model.LookmlModelExplore:
    """Everything that LookML says about an explore."""
    errors = [each for each in explore.errors if each.is_error and not _is_left_out(each, explore)]
    table = explore.sql_table_name or explore.view.sql_table_name or model.Sql(explore.view.name)
    return lookml_model.LookmlModelExplore(
        id=f"{explore.model}::{explore.name}",
        name=explore.name,
        description=explore.description or None,
        label=explore.label,
        title=explore.label,
        scopes=sorted({explore.name, *explore.aliases}),
        can_develop=sight.develop,
        can_see_lookml=sight.see_lookml,
        **_ABILITIES,
        lookml_link=sight.link(explore.project, explore.place),
        connection_name=explore.connection or None,
        dialect_name=dialect,
        null_sort_treatment=NULLS.get(dialect or ""),
        files=list(within.files),
        source_file=explore.place.path or None,
        project_name=explore.project,
        model_name=explore.model,
        view_name=explore.view.name,
        hidden=explore.hidden,
        sql_table_name=sight.sql(table),
        access_filter_fields=[each.field for each in explore.access_filters],
        access_filters=[
            lookml_model.LookmlModelExploreAccessFilter(each.field, each.user_attribute)
            for each in explore.access_filters
        ],
        aliases=_aliases(explore),
        always_filter=[
            lookml_model.LookmlModelExploreAlwaysFilter(name, value)
            for name, value in explore.always_filter
        ],
        conditionally_filter=[
            lookml_model.LookmlModelExploreConditionallyFilter(name, value)
            for name, value in (
                explore.conditionally_filter.filters if explore.conditionally_filter else ()
            )
        ],
        index_fields=[],
        sets=_sets(explore),
        tags=list(explore.tags),
        errors=[_error(error) for error in errors],
        fields=_fields(explore, sight, within.map_layers),
        joins=[_join(explore, join, sight) for join in explore.joins],
        group_label=explore.group_label or model_label,
        supported_measure_types=[
            lookml_model.LookmlModelExploreSupportedMeasureType(name, types)
            for name, types in MEASURE_TYPES.items()
        ],
        always_join=list(explore.always_join),
    )


def _dialect(call: Call, connection: str) -> str | None:
    """The dialect of a connection; an explore is described even while its connection is missing."""
    try:
        return connections.settings_of(call.instance, connection).dialect
    except NotFound:
        return None


def _fields(
    explore: model.Explore, sight: Sight, layers: Layers
) -> lookml_model.LookmlModelExploreFieldset:
    """Fields by kind, each sorted by full name."""
    errors = {error.field: error.message for error in explore.errors if error.is_error}
    kinds: dict[type, list[lookml_model.LookmlModelExploreField]] = {
        model.Dimension: [],
        model.Measure: [],
        model.FilterField: [],
        model.Parameter: [],
    }
    scene = scene_of(explore, sight, layers)
    for name, field in sorted(explore.fields.items()):
        kinds[type(field)].append(field_out(scene, name, field, errors.get(name)))
    return lookml_model.LookmlModelExploreFieldset(
        dimensions=kinds[model.Dimension],
        measures=kinds[model.Measure],
        filters=kinds[model.FilterField],
        parameters=kinds[model.Parameter],
    )


def _join(
    explore: model.Explore, join: model.Join, sight: Sight
) -> lookml_model.LookmlModelExploreJoins:
    return lookml_model.LookmlModelExploreJoins(
        name=join.name,
        dependent_fields=_referenced(explore, join),
        fields=None if join.fields is None else list(join.fields),
        foreign_key=join.foreign_key or None,
        from_=join.from_ or join.view.name,
        outer_only=join.outer_only,
        relationship=join.relationship.value,
        required_joins=list(join.required_joins),
        sql_foreign_key=sight.sql(join.sql_foreign_key),
        sql_on=sight.sql(join.sql_on),
        sql_table_name=sight.sql(join.sql_table_name or join.view.sql_table_name),
        type=join.type.value,
        view_label=join.view_label,
    )


def _referenced(explore: model.Explore, join: model.Join) -> list[str]:
    """The fields that the condition of a join names."""
    found: dict[str, None] = {}
    if join.foreign_key:
        found[model.full_name(join.foreign_key, explore.base)] = None
    for sql in (join.sql_on, join.sql_foreign_key, join.sql):
        for part in syntax.fragments.split(sql.text) if sql else ():
            if not isinstance(part, str) and part.view:
                found[f"{part.view}.{part.name}"] = None
    return [name for name in found if name in explore.references]


def _sets(explore: model.Explore) -> list[lookml_model.LookmlModelExploreSet]:
    return [
        lookml_model.LookmlModelExploreSet(
            name, model.expand(explore, name.partition(".")[0], explore.sets[name].fields)
        )
        for name in sorted(explore.sets)
    ]


def _aliases(explore: model.Explore) -> list[lookml_model.LookmlModelExploreAlias]:
    return [
        lookml_model.LookmlModelExploreAlias(
            old if "." in old else f"{name.partition('.')[0]}.{old}", name
        )
        for name, field in sorted(explore.fields.items())
        for old in field.alias
    ]


def _is_left_out(error: syntax.Diagnostic, explore: model.Explore) -> bool:
    """Is it about a field that the explore leaves out?"""
    return error.field in explore.references and error.field not in explore.fields


def _error(error: syntax.Diagnostic) -> lookml_model.LookmlModelExploreError:
    place = error.place
    return lookml_model.LookmlModelExploreError(
        message=error.message,
        details=error.code.value,
        error_pos=f"{quote(place.path)}:{place.line}" if place.path else None,
        field_error=bool(error.field),
    )
