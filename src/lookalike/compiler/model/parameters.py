"""Parameters: which parameter is legal on which object, how its value is written, and how it is
inherited.

One table, `PARAMETERS[kind][parameter]`. Rule: LookML reference, quick references of fields, views,
explores, models and manifests; the additive ones: "Reusing code with extends".
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from msgspec import Struct

from lookalike.compiler import syntax


class Shape(Enum):
    """How a value is written and read."""

    TEXT = "text"  # blanks count
    NAME = "name"
    YESNO = "yesno"
    INTEGER = "integer"
    NUMBER = "number"
    CHOICE = "choice"
    SQL = "sql"
    NAMES = "names"
    PAIRS = "pairs"  # a list of `a: "b"`, or a block
    BLOCK = "block"
    ANY = "any"  # known, and without effect here


class Merge(Enum):
    """What inheritance does with it."""

    LAST = "last"  # the child's replaces the parent's
    ADD = "add"  # both stay
    OBJECT = "object"  # merged by name
    SINGLE = "single"  # merged, whatever its name


class Rule(Struct, frozen=True):
    """`form` is the tree node it is normally written as. `of` is the kind of the sub-object."""

    shape: Shape
    merge: Merge = Merge.LAST
    choices: tuple[str, ...] = ()
    of: str = ""
    form: type | None = syntax.lookml.Value


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


DIMENSION_TYPES = _words(
    "string number yesno date date_time tier bin location distance zipcode int"
)
MEASURE_TYPES = _words(
    """count count_distinct sum sum_distinct average average_distinct median median_distinct
    percentile percentile_distinct max min list number string date date_time yesno percent_of_total
    percent_of_previous running_total period_over_period int"""
)
FILTER_TYPES = _words("string number date date_time yesno")
PARAMETER_TYPES = FILTER_TYPES | {"unquoted"}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
FIELD_KINDS = frozenset(("dimension", "dimension_group", "measure", "filter", "parameter"))

EXCLUSIVE: Mapping[str, tuple[frozenset[str], ...]] = {
    "view": (frozenset(("sql_table_name", "derived_table")),),
    "derived_table": (frozenset(("sql", "explore_source", "sql_create", "create_process")),),
    "join": (frozenset(("sql_on", "foreign_key", "sql_foreign_key", "sql")),),
    "explore": (frozenset(("persist_for", "persist_with")),),
    "dimension": (
        frozenset(("value_format", "value_format_name")),
        frozenset(("sql", "case")),
    ),
    "measure": (frozenset(("value_format", "value_format_name")),),
}
"""Of each group an object has one: a child that writes one of them drops what its parent wrote of
the others."""

DEPRECATED: Mapping[str, Mapping[str, str]] = {
    "view": {"view_label": "write `label`"},
    "join": {"sql": "write `sql_on` and `type`", "sql_foreign_key": "write `sql_on`"},
}
"""Parameters that still work, and what to write today."""


def _scalars(shape: Shape, names: str) -> dict[str, Rule]:
    return dict.fromkeys(names.split(), Rule(shape))


def _lists(names: str) -> dict[str, Rule]:
    return dict.fromkeys(names.split(), Rule(Shape.NAMES, form=syntax.lookml.Items))


def _added(shape: Shape, names: str) -> dict[str, Rule]:
    form = syntax.lookml.Items if shape is Shape.PAIRS else syntax.lookml.Block
    return dict.fromkeys(names.split(), Rule(shape, Merge.ADD, form=form))


def _blocks(names: str) -> dict[str, Rule]:
    return dict.fromkeys(names.split(), Rule(Shape.BLOCK, form=syntax.lookml.Block))


def _objects(names: str, merge: Merge = Merge.OBJECT) -> dict[str, Rule]:
    return {
        name: Rule(Shape.BLOCK, merge, of=name, form=syntax.lookml.Block) for name in names.split()
    }


def _ignored(names: str) -> dict[str, Rule]:
    return dict.fromkeys(names.split(), Rule(Shape.ANY, form=None))


def _choice(*choices: str) -> Rule:
    return Rule(Shape.CHOICE, choices=choices)


_DATATYPE = _choice("epoch", "timestamp", "datetime", "date", "yyyymmdd")
_EXTENSION = _choice("required")

_FIELD = {
    **_scalars(Shape.NAME, "type"),
    **_scalars(Shape.TEXT, "label view_label group_label group_item_label description"),
    **_scalars(Shape.YESNO, "hidden"),
    **_lists("alias tags synonyms required_access_grants"),
}
_SUGGESTED = {
    **_scalars(Shape.YESNO, "suggestable"),
    **_scalars(Shape.NAME, "suggest_dimension suggest_explore"),
    **_lists("suggestions"),
    **_ignored("suggest_persist_for full_suggestions bypass_suggest_restrictions"),
}
_COLUMN = {
    **_scalars(Shape.SQL, "sql html"),
    **_lists("drill_fields"),
    **_added(Shape.BLOCK, "link action"),
    **_scalars(Shape.YESNO, "can_filter convert_tz"),
    **_scalars(Shape.TEXT, "value_format"),
    **_scalars(Shape.NAME, "value_format_name order_by_field label_from_parameter"),
    **_lists("required_fields"),
    "datatype": _DATATYPE,
}
_EXPLORE_SOURCE = {
    **_objects("column derived_column"),
    **_added(Shape.PAIRS, "filters dev_filters sorts"),
    **_added(Shape.BLOCK, "bind_filters sort"),
    **_scalars(Shape.YESNO, "bind_all_filters"),
    **_scalars(Shape.INTEGER, "limit"),
    **_scalars(Shape.NAME, "timezone"),
    **_scalars(Shape.SQL, "expression_custom_filter"),
}
_PERSISTENCE = {
    **_scalars(Shape.NAME, "datagroup_trigger"),
    **_scalars(Shape.TEXT, "interval_trigger persist_for"),
    **_scalars(Shape.SQL, "sql_trigger_value"),
    **_scalars(Shape.YESNO, "materialized_view publish_as_db_view"),
    **_ignored(
        """increment_key increment_offset indexes sortkeys distribution distribution_style
        cluster_keys partition_keys table_compression table_format"""
    ),
}
_MODEL_OBJECTS = """explore view test datagroup access_grant map_layer named_value_format"""

PARAMETERS: Mapping[str, Mapping[str, Rule]] = {
    "manifest": {
        **_scalars(Shape.NAME, "project_name"),
        **_objects("constant remote_dependency"),
        **_added(Shape.BLOCK, "local_dependency"),
        **_blocks("localization_settings"),
        **_ignored("new_lookml_runtime application visualization"),
    },
    "constant": {
        **_scalars(Shape.TEXT, "value"),
        "export": _choice("none", "override_optional", "override_required"),
    },
    "remote_dependency": {
        **_scalars(Shape.NAME, "url ref"),
        **_objects("override_constant"),
    },
    "override_constant": _scalars(Shape.TEXT, "value"),
    "model": {
        **_scalars(Shape.NAME, "connection persist_with"),
        **_scalars(Shape.TEXT, "label persist_for"),
        **_scalars(Shape.INTEGER, "fiscal_month_offset"),
        **_scalars(Shape.YESNO, "case_sensitive"),
        **_scalars(Shape.SQL, "sql_preamble"),
        **_objects(_MODEL_OBJECTS),
        "week_start_day": _choice(*WEEKDAYS),
    },
    "access_grant": {
        **_scalars(Shape.NAME, "user_attribute"),
        **_lists("allowed_values"),
    },
    "datagroup": {
        **_scalars(Shape.TEXT, "max_cache_age interval_trigger label description"),
        **_scalars(Shape.SQL, "sql_trigger"),
    },
    "named_value_format": {
        **_scalars(Shape.TEXT, "value_format"),
        **_scalars(Shape.YESNO, "strict_value_format"),
    },
    "map_layer": {
        **_scalars(
            Shape.TEXT,
            """file url feature_key property_key property_label_key projection extents_json_url
            label""",
        ),
        **_scalars(Shape.INTEGER, "max_zoom_level min_zoom_level"),
        "format": _choice("topojson", "vector_tile_region"),
    },
    "test": {
        **_objects("explore_source", Merge.SINGLE),
        **_objects("assert"),
    },
    "assert": _scalars(Shape.SQL, "expression"),
    "explore": {
        **_scalars(Shape.NAME, "from view_name persist_with"),
        **_scalars(Shape.TEXT, "label view_label group_label description persist_for"),
        **_scalars(Shape.YESNO, "final hidden case_sensitive symmetric_aggregates"),
        **_scalars(Shape.SQL, "sql_always_where sql_always_having sql_table_name sql_preamble"),
        **_lists("extends fields always_join required_access_grants tags cancel_grouping_fields"),
        **_objects("join"),
        **_added(Shape.BLOCK, "aggregate_table query"),
        # Any form is kept: an access filter that can't be read must not be lost.
        "access_filter": Rule(Shape.ANY, Merge.ADD, form=None),
        **_blocks("always_filter conditionally_filter"),
        **_ignored("autogenerate_primary_keys"),
        "extension": _EXTENSION,
    },
    "join": {
        **_scalars(Shape.NAME, "from foreign_key"),
        **_scalars(Shape.TEXT, "view_label"),
        **_scalars(Shape.SQL, "sql_on sql_foreign_key sql sql_where sql_table_name"),
        **_scalars(Shape.YESNO, "outer_only"),
        **_lists("required_joins fields required_access_grants"),
        "type": _choice("left_outer", "inner", "full_outer", "cross"),
        "relationship": _choice("many_to_one", "one_to_one", "one_to_many", "many_to_many"),
    },
    "view": {
        **_scalars(Shape.SQL, "sql_table_name"),
        **_scalars(Shape.TEXT, "label view_label"),
        **_scalars(Shape.YESNO, "final fields_hidden_by_default suggestions"),
        **_lists("extends drill_fields required_access_grants"),
        **_objects("dimension dimension_group measure filter parameter set"),
        **_objects("derived_table", Merge.SINGLE),
        **_ignored("autogenerate_primary_keys calendar_definition derived_analytic_model"),
        "extension": _EXTENSION,
    },
    "set": _lists("fields"),
    "derived_table": {
        **_PERSISTENCE,
        **_scalars(Shape.SQL, "sql sql_create"),
        **_blocks("create_process"),
        **_objects("explore_source", Merge.SINGLE),
    },
    "explore_source": _EXPLORE_SOURCE,
    "column": _scalars(Shape.NAME, "field"),
    "derived_column": _scalars(Shape.SQL, "sql"),
    "dimension": {
        **_FIELD,
        **_SUGGESTED,
        **_COLUMN,
        **_scalars(Shape.YESNO, "primary_key alpha_sort allow_fill case_sensitive"),
        **_scalars(Shape.SQL, "sql_latitude sql_longitude sql_start sql_end"),
        **_scalars(Shape.NAME, "map_layer_name"),
        **_scalars(Shape.TEXT, "default_value"),
        **_lists("tiers bins"),
        **_blocks("case"),
        **_ignored(
            """skip_drill_filter string_datatype fanout_on start_location_field end_location_field
            units allowed_value"""
        ),
        "style": _choice("classic", "interval", "integer", "relational"),
    },
    "dimension_group": {
        **_FIELD,
        **{key: rule for key, rule in _COLUMN.items() if not key.startswith("value_format")},
        **_scalars(Shape.YESNO, "primary_key allow_fill suggestable"),
        **_scalars(Shape.SQL, "sql_start sql_end"),
        **_lists("timeframes intervals"),
        **_ignored("skip_drill_filter"),
    },
    "measure": {
        **_FIELD,
        **_SUGGESTED,
        **_COLUMN,
        **_added(Shape.PAIRS, "filters"),
        **_scalars(Shape.SQL, "sql_distinct_key"),
        **_scalars(Shape.NAME, "list_field"),
        **_scalars(Shape.NUMBER, "percentile"),
        **_scalars(Shape.INTEGER, "precision"),
        **_scalars(Shape.YESNO, "approximate"),
        **_ignored("allow_approximate_optimization approximate_threshold"),
        **_scalars(Shape.NAME, "based_on based_on_time"),
        **_scalars(Shape.YESNO, "value_to_date"),
        "period": _choice(
            "year", "fiscal_year", "quarter", "fiscal_quarter", "month", "week", "date"
        ),
        "kind": _choice("previous", "difference", "relative_change"),
        "direction": _choice("row", "column"),
    },
    "filter": {
        **_FIELD,
        **_SUGGESTED,
        **_scalars(Shape.SQL, "sql"),
        **_scalars(Shape.TEXT, "default_value"),
        **_scalars(Shape.YESNO, "convert_tz case_sensitive"),
        "datatype": _DATATYPE,
    },
    "parameter": {
        **_FIELD,
        **_SUGGESTED,
        **_scalars(Shape.TEXT, "default_value"),
        **_added(Shape.BLOCK, "allowed_value"),
    },
}
