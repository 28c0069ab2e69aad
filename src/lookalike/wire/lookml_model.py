"""LookmlModel: models, and what their explores offer."""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import Meta, Struct

from lookalike.wire.operation import Masked, Nothing, Operation


class LookmlModelNavExplore(Struct, frozen=True, kw_only=True):
    """An explore in the list of its model."""

    name: str | None = None
    description: str | None = None
    label: str | None = None
    hidden: bool | None = None
    group_label: str | None = None
    can: dict[str, bool] | None = None


class LookmlModel(Struct, frozen=True, kw_only=True):
    """A model with its explores."""

    can: dict[str, bool] | None = None
    allowed_db_connection_names: list[str] | None = None
    explores: list[LookmlModelNavExplore] | None = None
    has_content: bool | None = None
    label: str | None = None
    name: str | None = None
    project_name: str | None = None
    unlimited_db_connections: bool | None = None


class LookmlModelExploreFieldEnumeration(Struct, frozen=True):
    label: str | None = None
    value: Any = None


class LookmlModelExploreFieldTimeInterval(Struct, frozen=True):
    name: str | None = None
    count: int | None = None


class LookmlFieldLink(Struct, frozen=True):
    label: str | None = None
    url: str | None = None
    icon_url: str | None = None


class LookmlModelExploreFieldMapLayer(Struct, frozen=True, kw_only=True):
    url: str | None = None
    name: str | None = None
    feature_key: str | None = None
    property_key: str | None = None
    property_label_key: str | None = None
    projection: str | None = None
    format: str | None = None
    extents_json_url: str | None = None
    max_zoom_level: int | None = None
    min_zoom_level: int | None = None


class LookmlModelExploreFieldPeriodOverPeriodParams(Struct, frozen=True, kw_only=True):
    based_on: str | None = None
    based_on_time: str | None = None
    period: str | None = None
    kind: str | None = None
    value_to_date: bool | None = None


class LookmlModelExploreFieldSqlCase(Struct, frozen=True):
    value: str | None = None
    condition: str | None = None


class LookmlModelExploreFieldMeasureFilters(Struct, frozen=True):
    field: str | None = None
    condition: str | None = None


class LookmlModelExploreField(Struct, frozen=True, kw_only=True):
    """A field of an explore."""

    align: str | None = None
    available_custom_timeframes: list[str] | None = None
    timeframe_labels: dict[str, str] | None = None
    can_filter: bool | None = None
    category: str | None = None
    default_filter_value: str | None = None
    description: str | None = None
    dimension_group: str | None = None
    drill_fields: list[str] | None = None
    enumerations: list[LookmlModelExploreFieldEnumeration] | None = None
    error: str | None = None
    field_group_label: str | None = None
    field_group_variant: str | None = None
    fill_style: str | None = None
    fiscal_month_offset: int | None = None
    has_allowed_values: bool | None = None
    has_drills_metadata: bool | None = None
    hidden: bool | None = None
    is_filter: bool | None = None
    is_fiscal: bool | None = None
    is_numeric: bool | None = None
    is_timeframe: bool | None = None
    can_time_filter: bool | None = None
    time_interval: LookmlModelExploreFieldTimeInterval | None = None
    label: str | None = None
    label_from_parameter: str | None = None
    label_short: str | None = None
    lookml_link: str | None = None
    links: list[LookmlFieldLink] | None = None
    map_layer: LookmlModelExploreFieldMapLayer | None = None
    measure: bool | None = None
    name: str | None = None
    strict_value_format: bool | None = None
    parameter: bool | None = None
    period_over_period_params: LookmlModelExploreFieldPeriodOverPeriodParams | None = None
    permanent: bool | None = None
    primary_key: bool | None = None
    project_name: str | None = None
    requires_refresh_on_sort: bool | None = None
    scope: str | None = None
    sortable: bool | None = None
    source_file: str | None = None
    source_file_path: str | None = None
    sql: str | None = None
    sql_case: list[LookmlModelExploreFieldSqlCase] | None = None
    filters: list[LookmlModelExploreFieldMeasureFilters] | None = None
    suggest_dimension: str | None = None
    suggest_explore: str | None = None
    suggestable: bool | None = None
    suggestions: list[str] | None = None
    synonyms: list[str] | None = None
    tags: list[str] | None = None
    type: str | None = None
    user_attribute_filter_types: list[str] | None = None
    value_format: str | None = None
    value_format_name: str | None = None
    view: str | None = None
    view_label: str | None = None
    dynamic: bool | None = None
    week_start_day: str | None = None
    times_used: int | None = None
    original_view: str | None = None
    datatype: str | None = None
    convert_tz: bool | None = None


class LookmlModelExploreFieldset(Struct, frozen=True, kw_only=True):
    dimensions: list[LookmlModelExploreField] | None = None
    measures: list[LookmlModelExploreField] | None = None
    filters: list[LookmlModelExploreField] | None = None
    parameters: list[LookmlModelExploreField] | None = None


class LookmlModelExploreJoins(Struct, frozen=True, kw_only=True, rename={"from_": "from"}):
    name: str | None = None
    dependent_fields: list[str] | None = None
    fields: list[str] | None = None
    foreign_key: str | None = None
    from_: str | None = None
    outer_only: bool | None = None
    relationship: str | None = None
    required_joins: list[str] | None = None
    sql_foreign_key: str | None = None
    sql_on: str | None = None
    sql_table_name: str | None = None
    type: str | None = None
    view_label: str | None = None


class LookmlModelExploreSet(Struct, frozen=True):
    name: str | None = None
    value: list[str] | None = None


class LookmlModelExploreError(Struct, frozen=True, kw_only=True):
    message: str | None = None
    details: Any = None
    error_pos: str | None = None
    field_error: bool | None = None


class LookmlModelExploreAccessFilter(Struct, frozen=True):
    field: str | None = None
    user_attribute: str | None = None


class LookmlModelExploreAlias(Struct, frozen=True):
    """`name` is the old name, `value` the new one."""

    name: str | None = None
    value: str | None = None


class LookmlModelExploreAlwaysFilter(Struct, frozen=True):
    name: str | None = None
    value: str | None = None


class LookmlModelExploreConditionallyFilter(Struct, frozen=True):
    name: str | None = None
    value: str | None = None


class LookmlModelExploreSupportedMeasureType(Struct, frozen=True):
    dimension_type: str | None = None
    measure_types: list[str] | None = None


class LookmlModelExplore(Struct, frozen=True, kw_only=True):
    """An explore with its joins and fields."""

    id: str | None = None
    name: str | None = None
    description: str | None = None
    label: str | None = None
    title: str | None = None
    scopes: list[str] | None = None
    can_total: bool | None = None
    can_develop: bool | None = None
    can_see_lookml: bool | None = None
    lookml_link: str | None = None
    can_save: bool | None = None
    can_explain: bool | None = None
    can_pivot_in_db: bool | None = None
    can_subtotal: bool | None = None
    has_timezone_support: bool | None = None
    self_service_explore_data: dict[str, Any] | None = None
    supports_cost_estimate: bool | None = None
    connection_name: str | None = None
    dialect_name: str | None = None
    null_sort_treatment: str | None = None
    files: list[str] | None = None
    source_file: str | None = None
    project_name: str | None = None
    model_name: str | None = None
    view_name: str | None = None
    hidden: bool | None = None
    sql_table_name: str | None = None
    access_filter_fields: list[str] | None = None
    access_filters: list[LookmlModelExploreAccessFilter] | None = None
    aliases: list[LookmlModelExploreAlias] | None = None
    always_filter: list[LookmlModelExploreAlwaysFilter] | None = None
    conditionally_filter: list[LookmlModelExploreConditionallyFilter] | None = None
    index_fields: list[str] | None = None
    sets: list[LookmlModelExploreSet] | None = None
    tags: list[str] | None = None
    errors: list[LookmlModelExploreError] | None = None
    fields: LookmlModelExploreFieldset | None = None
    joins: list[LookmlModelExploreJoins] | None = None
    group_label: str | None = None
    supported_measure_types: list[LookmlModelExploreSupportedMeasureType] | None = None
    always_join: list[str] | None = None


class AllModelsParams(Masked, frozen=True, kw_only=True):
    limit: Annotated[int | None, Meta(description="How many models to answer.")] = None
    offset: Annotated[int | None, Meta(description="How many models to pass over first.")] = None
    exclude_empty: Annotated[bool, Meta(description="Leave out models without explores.")] = False
    exclude_hidden: Annotated[bool, Meta(description="Leave out hidden explores.")] = False
    include_internal: Annotated[
        bool, Meta(description="Add the models that come with the server; there are none.")
    ] = False
    include_self_service: Annotated[
        bool, Meta(description="Add models made from uploads; there are none.")
    ] = False


class ModelParams(Masked, frozen=True, kw_only=True):
    lookml_model_name: Annotated[str, Meta(description="Name of the model.")]


class ExploreParams(Masked, frozen=True, kw_only=True):
    lookml_model_name: Annotated[str, Meta(description="Name of the model.")]
    explore_name: Annotated[str, Meta(description="Name of the explore.")]
    add_drills_metadata: Annotated[
        bool, Meta(description="Without effect: drill fields are always there.")
    ] = False


all_lookml_models = Operation(
    name="all_lookml_models",
    method="GET",
    path="/lookml_models",
    tag="LookmlModel",
    summary="List the models",
    description="Answers the models that the caller sees in the session's workspace.",
    params=AllModelsParams,
    body=Nothing,
    answer=list[LookmlModel],
    needs="access_data",
)

lookml_model = Operation(
    name="lookml_model",
    method="GET",
    path="/lookml_models/{lookml_model_name}",
    tag="LookmlModel",
    summary="Get a model",
    params=ModelParams,
    body=Nothing,
    answer=LookmlModel,
    needs="access_data",
)

lookml_model_explore = Operation(
    name="lookml_model_explore",
    method="GET",
    path="/lookml_models/{lookml_model_name}/explores/{explore_name}",
    tag="LookmlModel",
    summary="Get an explore",
    description=(
        "Answers the joins and fields of an explore as the caller sees them in the session's"
        " workspace."
        " SQL is null for those without `see_lookml`."
    ),
    params=ExploreParams,
    body=Nothing,
    answer=LookmlModelExplore,
    needs="access_data",
)

OPERATIONS = (all_lookml_models, lookml_model, lookml_model_explore)
