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
    TIME = "time"  # a span of time, such as `24 hours`
    BLOCK = "block"
    ANY = "any"  # known, and without effect here


class Merge(Enum):
    """What inheritance does with it."""

    LAST = "last"  # the child's replaces the parent's
    ADD = "add"  # both stay
    OBJECT = "object"  # merged by name
    SINGLE = "single"  # merged, whatever its name


class Rule(Struct, frozen=True):
    """`form` is the tree node it is normally written as. `of` is the kind of the sub-object, or of
    a block that is checked and kept as it is."""

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
GROUP_TYPES = _words("time duration custom_calendar")
FILTER_TYPES = _words("string number date date_time yesno")
PARAMETER_TYPES = FILTER_TYPES | {"unquoted"}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
FIELD_KINDS = frozenset(("dimension", "dimension_group", "measure", "filter", "parameter"))

STRATEGIES = ("datagroup_trigger", "sql_trigger_value", "interval_trigger", "persist_for")
"""The ways to say when a table is built anew."""

EXCLUSIVE: Mapping[str, tuple[frozenset[str], ...]] = {
    "view": (frozenset(("sql_table_name", "derived_table")),),
    "derived_table": (
        frozenset(("sql", "explore_source", "sql_create", "create_process")),
        frozenset(STRATEGIES),
    ),
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

_ONE_STATEMENT = "a question is one statement; write in `sql` what it declares"
_LEGACY = "BigQuery's legacy SQL is not spoken; join nested rows by `UNNEST`"
_RESTRICTED = "only what the asker may see is suggested; list other values by `suggestions`"

UNSERVED: Mapping[str, Mapping[str, str]] = {
    "model": {"sql_preamble": _ONE_STATEMENT},
    "explore": {"sql_preamble": _ONE_STATEMENT},
    "view": {
        "calendar_definition": "custom calendars are not served; join a table of your calendar",
        "derived_analytic_model": "models are not trained; name the table of its predictions",
    },
    "dimension": {"fanout_on": _LEGACY, "bypass_suggest_restrictions": _RESTRICTED},
    "dimension_group": {"fanout_on": _LEGACY},
    "measure": {"fanout_on": _LEGACY, "bypass_suggest_restrictions": _RESTRICTED},
    "filter": {"bypass_suggest_restrictions": _RESTRICTED},
    "parameter": {"bypass_suggest_restrictions": _RESTRICTED},
}
"""Parameters without effect here whose author would miss it: why, and what to write instead. A `no`
asks for nothing."""


def _scalars(shape: Shape, names: str) -> dict[str, Rule]:
    return dict.fromkeys(names.split(), Rule(shape))


def _lists(names: str) -> dict[str, Rule]:
    return dict.fromkeys(names.split(), Rule(Shape.NAMES, form=syntax.lookml.Items))


def _pairs(names: str) -> dict[str, Rule]:
    rule = Rule(Shape.PAIRS, Merge.ADD, form=syntax.lookml.Items)
    return dict.fromkeys(names.split(), rule)


def _added(names: str) -> dict[str, Rule]:
    return {
        name: Rule(Shape.BLOCK, Merge.ADD, of=name, form=syntax.lookml.Block)
        for name in names.split()
    }


def _blocks(names: str) -> dict[str, Rule]:
    return {name: Rule(Shape.BLOCK, of=name, form=syntax.lookml.Block) for name in names.split()}


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
    **_scalars(Shape.TIME, "suggest_persist_for"),
    **_scalars(Shape.YESNO, "full_suggestions bypass_suggest_restrictions"),
}
_COLUMN = {
    **_scalars(Shape.SQL, "sql html"),
    **_lists("drill_fields"),
    **_added("link action"),
    **_scalars(Shape.YESNO, "can_filter convert_tz"),
    **_scalars(Shape.TEXT, "value_format"),
    **_scalars(Shape.NAME, "value_format_name order_by_field label_from_parameter fanout_on"),
    **_lists("required_fields"),
    "datatype": _DATATYPE,
}
_EXPLORE_SOURCE = {
    **_objects("column derived_column"),
    **_pairs("filters dev_filters sorts"),
    **_added("bind_filters sort"),
    **_scalars(Shape.YESNO, "bind_all_filters"),
    **_scalars(Shape.INTEGER, "limit"),
    **_scalars(Shape.NAME, "timezone"),
    **_scalars(Shape.SQL, "expression_custom_filter"),
}
_PERSISTENCE = {
    **_scalars(Shape.NAME, "datagroup_trigger"),
    **_scalars(Shape.TIME, "interval_trigger persist_for"),
    **_scalars(Shape.SQL, "sql_trigger_value"),
    **_scalars(Shape.YESNO, "materialized_view publish_as_db_view"),
    **_scalars(Shape.NAME, "increment_key distribution table_compression table_format"),
    **_scalars(Shape.INTEGER, "increment_offset"),
    **_lists("indexes sortkeys cluster_keys partition_keys"),
    "distribution_style": _choice("all", "even"),
}
_MODEL_OBJECTS = """explore view test datagroup access_grant map_layer named_value_format"""

PARAMETERS: Mapping[str, Mapping[str, Rule]] = {
    "manifest": {
        **_scalars(Shape.NAME, "project_name"),
        **_objects("constant remote_dependency"),
        **_added("local_dependency"),
        **_blocks("localization_settings"),
        **_ignored("new_lookml_runtime application visualization"),
    },
    "constant": {
        **_scalars(Shape.TEXT, "value"),
        "export": _choice("none", "override_optional", "override_required"),
    },
    "local_dependency": {
        **_scalars(Shape.NAME, "project"),
        **_added("override_constant"),
    },
    "remote_dependency": {
        **_scalars(Shape.NAME, "url ref"),
        **_objects("override_constant"),
    },
    "localization_settings": {
        **_scalars(Shape.NAME, "default_locale"),
        **_scalars(Shape.YESNO, "import_locale_defs"),
        "localization_level": _choice("strict", "permissive"),
    },
    "override_constant": _scalars(Shape.TEXT, "value"),
    "model": {
        **_scalars(Shape.NAME, "connection persist_with"),
        **_scalars(Shape.TEXT, "label"),
        **_scalars(Shape.TIME, "persist_for"),
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
        **_scalars(Shape.TIME, "max_cache_age interval_trigger"),
        **_scalars(Shape.TEXT, "label description"),
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
        **_scalars(Shape.TEXT, "label view_label group_label description"),
        **_scalars(Shape.TIME, "persist_for"),
        **_scalars(Shape.YESNO, "final hidden case_sensitive symmetric_aggregates"),
        **_scalars(Shape.SQL, "sql_always_where sql_always_having sql_table_name sql_preamble"),
        **_lists("extends fields always_join required_access_grants tags cancel_grouping_fields"),
        **_objects("join aggregate_table query"),
        # Any form is kept: an access filter that can't be read must not be lost.
        "access_filter": Rule(Shape.ANY, Merge.ADD, form=None),
        **_blocks("always_filter conditionally_filter"),
        **_scalars(Shape.YESNO, "autogenerate_primary_keys"),
        "extension": _EXTENSION,
    },
    "always_filter": _pairs("filters"),
    "conditionally_filter": {
        **_pairs("filters"),
        **_lists("unless"),
    },
    "aggregate_table": {
        **_objects("query", Merge.SINGLE),
        **_blocks("materialization"),
    },
    "materialization": _PERSISTENCE,
    "query": {
        **_lists("dimensions measures pivots"),
        **_pairs("filters sorts"),
        **_scalars(Shape.INTEGER, "limit"),
        **_scalars(Shape.NAME, "timezone"),
        **_scalars(Shape.TEXT, "label description"),
        **_scalars(Shape.SQL, "expression_custom_filter"),
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
        **_scalars(Shape.YESNO, "autogenerate_primary_keys"),
        **_ignored("calendar_definition derived_analytic_model"),
        "extension": _EXTENSION,
    },
    "set": _lists("fields"),
    "derived_table": {
        **_PERSISTENCE,
        **_scalars(Shape.SQL, "sql sql_create"),
        **_blocks("create_process"),
        **_objects("explore_source", Merge.SINGLE),
    },
    "create_process": {"sql_step": Rule(Shape.SQL, Merge.ADD)},
    "explore_source": _EXPLORE_SOURCE,
    "bind_filters": _scalars(Shape.NAME, "from_field to_field"),
    "sort": {
        **_scalars(Shape.NAME, "field"),
        **_scalars(Shape.YESNO, "desc"),
    },
    "column": _scalars(Shape.NAME, "field"),
    "derived_column": _scalars(Shape.SQL, "sql"),
    "dimension": {
        **_FIELD,
        **_SUGGESTED,
        **_COLUMN,
        **_scalars(Shape.YESNO, "primary_key alpha_sort allow_fill case_sensitive"),
        **_scalars(Shape.SQL, "sql_latitude sql_longitude sql_start sql_end"),
        **_scalars(Shape.NAME, "map_layer_name start_location_field end_location_field"),
        **_scalars(Shape.YESNO, "skip_drill_filter"),
        **_scalars(Shape.TEXT, "default_value"),
        **_lists("tiers bins"),
        **_blocks("case"),
        **_added("allowed_value"),
        "style": _choice("classic", "interval", "integer", "relational"),
        "string_datatype": _choice("unicode"),
        "units": _choice("feet", "kilometers", "meters", "miles", "nautical_miles", "yards"),
    },
    "case": {
        **_added("when"),
        **_scalars(Shape.TEXT, "else"),
    },
    "when": {
        **_scalars(Shape.SQL, "sql"),
        **_scalars(Shape.TEXT, "label"),
    },
    "link": _scalars(Shape.TEXT, "label url icon_url"),
    "action": {
        **_scalars(Shape.TEXT, "label url icon_url form_url"),
        **_added("param form_param user_attribute_param"),
    },
    "param": _scalars(Shape.TEXT, "name value"),
    "user_attribute_param": _scalars(Shape.NAME, "user_attribute name"),
    "form_param": {
        **_scalars(Shape.TEXT, "name label default description"),
        **_scalars(Shape.YESNO, "required"),
        **_added("option"),
        "type": _choice("select", "string", "textarea"),
    },
    "option": _scalars(Shape.TEXT, "name label"),
    "allowed_value": _scalars(Shape.TEXT, "label value"),
    "dimension_group": {
        **_FIELD,
        **{key: rule for key, rule in _COLUMN.items() if not key.startswith("value_format")},
        **_scalars(Shape.YESNO, "primary_key allow_fill suggestable full_suggestions"),
        **_scalars(Shape.NAME, "suggest_dimension suggest_explore"),
        **_scalars(Shape.SQL, "sql_start sql_end"),
        **_lists("timeframes intervals"),
        **_scalars(Shape.YESNO, "skip_drill_filter"),
    },
    "measure": {
        **_FIELD,
        **_SUGGESTED,
        **_COLUMN,
        **_pairs("filters"),
        **_scalars(Shape.SQL, "sql_distinct_key"),
        **_scalars(Shape.NAME, "list_field"),
        **_scalars(Shape.NUMBER, "percentile"),
        **_scalars(Shape.INTEGER, "precision approximate_threshold"),
        **_scalars(Shape.YESNO, "approximate allow_approximate_optimization"),
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
        **_added("allowed_value"),
    },
}

BOUND: Mapping[str, Mapping[str, frozenset[str]]] = {
    "dimension": {
        **dict.fromkeys(("tiers", "bins", "style"), _words("tier bin")),
        **dict.fromkeys(("sql_latitude", "sql_longitude"), _words("location")),
        **dict.fromkeys(
            ("start_location_field", "end_location_field", "units"), _words("distance")
        ),
    },
    "dimension_group": {
        "timeframes": _words("time custom_calendar"),
        **dict.fromkeys(("intervals", "sql_start", "sql_end"), _words("duration")),
    },
    "measure": {
        "list_field": _words("list"),
        "percentile": _words("percentile percentile_distinct"),
        "direction": _words("percent_of_total percent_of_previous running_total"),
        **dict.fromkeys(
            ("based_on", "based_on_time", "period", "kind", "value_to_date"),
            _words("period_over_period"),
        ),
    },
    "filter": {},
    "parameter": {},
}
"""The parameters of fields that mean something for some types alone."""

REQUIRED: Mapping[str, tuple[str, ...]] = {
    "allowed_value": ("value",),
    "bind_filters": ("from_field", "to_field"),
    "case": ("when",),
    "create_process": ("sql_step",),
    "link": ("url",),
    "local_dependency": ("project",),
    "sort": ("field",),
    "when": ("label",),
}
"""What a block can't do without."""
