"""Metadata: what models, and the databases behind them, are made of."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from lookalike.wire.connection import Snippet
from lookalike.wire.operation import V40, Masked, Nothing, Operation


class ModelNamedValueFormats(Struct, frozen=True, kw_only=True):
    """A value format that a model names."""

    format_string: str | None = None
    label: str | None = None
    name: str | None = None
    strict_value_format: bool | None = None


class Model(Struct, frozen=True, kw_only=True):
    """A model, as far as its connection and formats go."""

    connection: str | None = None
    name: str | None = None
    value_formats: list[ModelNamedValueFormats] | None = None


class ModelFieldSuggestions(Struct, frozen=True, kw_only=True):
    """Values that a filter on a field may take."""

    suggestions: list[str] | None = None
    error: str | None = None
    from_cache: bool | None = None
    hit_limit: bool | None = None
    used_calcite_materialization: bool | None = None


class ConnectionFeatures(Struct, frozen=True, kw_only=True):
    """What can be done on a connection."""

    dialect_name: str | None = None
    cost_estimate: bool | None = None
    multiple_databases: bool | None = None
    column_search: bool | None = None
    persistent_table_indexes: bool | None = None
    persistent_derived_tables: bool | None = None
    turtles: bool | None = None
    percentile: bool | None = None
    distinct_percentile: bool | None = None
    stable_views: bool | None = None
    milliseconds: bool | None = None
    microseconds: bool | None = None
    subtotals: bool | None = None
    location: bool | None = None
    timezone: bool | None = None
    connection_pooling: bool | None = None


class Schema(Struct, frozen=True, kw_only=True):
    """A schema of a database."""

    name: str | None = None
    is_default: bool | None = None


class SchemaTable(Struct, frozen=True, kw_only=True):
    """A table or view."""

    name: str | None = None
    sql_escaped_name: str | None = None
    schema_name: str | None = None
    rows: int | None = None
    external: str | None = None
    snippets: list[Snippet] | None = None


class SchemaTables(Struct, frozen=True, kw_only=True):
    """A schema with its tables."""

    name: str | None = None
    is_default: bool | None = None
    tables: list[SchemaTable] | None = None
    table_limit_hit: bool | None = None


class SchemaColumn(Struct, frozen=True, kw_only=True):
    """A column."""

    name: str | None = None
    sql_escaped_name: str | None = None
    schema_name: str | None = None
    data_type_database: str | None = None
    data_type: str | None = None
    data_type_looker: str | None = None
    description: str | None = None
    column_size: int | None = None
    snippets: list[Snippet] | None = None


class SchemaColumns(Struct, frozen=True, kw_only=True):
    """A table with its columns."""

    name: str | None = None
    sql_escaped_name: str | None = None
    schema_name: str | None = None
    columns: list[SchemaColumn] | None = None


class ColumnSearch(Struct, frozen=True, kw_only=True):
    """A column that was searched for."""

    schema_name: str | None = None
    table_name: str | None = None
    column_name: str | None = None
    data_type: str | None = None


class NamedModelParams(Struct, frozen=True, kw_only=True):
    model_name: Annotated[str, Meta(description="Name of the model.")]


class SuggestionParams(Struct, frozen=True, kw_only=True):
    model_name: Annotated[str, Meta(description="Name of the model.")]
    view_name: Annotated[str, Meta(description="Name of the explore.")]
    field_name: Annotated[str, Meta(description="Name of the field, as `view.field`.")]
    term: Annotated[str | None, Meta(description="A part of the values to suggest.")] = None
    filters: Annotated[
        dict[str, str] | None,
        Meta(description="Filter expressions by the fields they are on, which must hold too."),
    ] = None


class DatabaseParams(Struct, frozen=True, kw_only=True):
    connection_name: Annotated[str, Meta(description="Name of the connection.")]


class FeatureParams(Masked, frozen=True, kw_only=True):
    connection_name: Annotated[str, Meta(description="Name of the connection.")]


class SchemaParams(FeatureParams, frozen=True, kw_only=True):
    database: Annotated[
        str | None, Meta(description="Name of the database; a connection has one.")
    ] = None
    cache: Annotated[bool, Meta(description="Without effect: the database is asked.")] = True


class TableParams(SchemaParams, frozen=True, kw_only=True):
    schema_name: Annotated[str | None, Meta(description="Only tables of this schema.")] = None
    table_filter: Annotated[
        str | None, Meta(description="Only tables whose name has this part.")
    ] = None
    table_limit: Annotated[int | None, Meta(description="How many tables to answer.")] = None


class ColumnParams(SchemaParams, frozen=True, kw_only=True):
    schema_name: Annotated[str | None, Meta(description="Only tables of this schema.")] = None
    table_limit: Annotated[int | None, Meta(description="How many tables to answer.")] = None
    table_names: Annotated[
        str | None, Meta(description="Only these tables, with commas between them.")
    ] = None


class SearchParams(FeatureParams, frozen=True, kw_only=True):
    column_name: Annotated[str | None, Meta(description="A part of the names to find.")] = None


model_fieldname_suggestions = Operation(
    name="model_fieldname_suggestions",
    method="GET",
    path="/models/{model_name}/views/{view_name}/fields/{field_name}/suggestions",
    tag="Metadata",
    summary="Suggest values of a field",
    description=(
        "Answers what LookML lists, or at most 1,000 values that the database holds and the caller"
        " may see. What goes wrong stands in `error`."
    ),
    params=SuggestionParams,
    body=Nothing,
    answer=ModelFieldSuggestions,
    needs="access_data",
    versions=(V40,),
)

get_model = Operation(
    name="get_model",
    method="GET",
    path="/models/{model_name}",
    tag="Metadata",
    summary="Get the formats of a model",
    params=NamedModelParams,
    body=Nothing,
    answer=Model,
    needs="access_data",
    versions=(V40,),
)

connection_databases = Operation(
    name="connection_databases",
    method="GET",
    path="/connections/{connection_name}/databases",
    tag="Metadata",
    summary="List the databases of a connection",
    params=DatabaseParams,
    body=Nothing,
    answer=list[str],
    needs="develop",
    versions=(V40,),
)

connection_features = Operation(
    name="connection_features",
    method="GET",
    path="/connections/{connection_name}/features",
    tag="Metadata",
    summary="Get what a connection can do",
    params=FeatureParams,
    body=Nothing,
    answer=ConnectionFeatures,
    needs="develop",
    versions=(V40,),
)

connection_schemas = Operation(
    name="connection_schemas",
    method="GET",
    path="/connections/{connection_name}/schemas",
    tag="Metadata",
    summary="List the schemas of a connection",
    params=SchemaParams,
    body=Nothing,
    answer=list[Schema],
    needs="develop",
    versions=(V40,),
)

connection_tables = Operation(
    name="connection_tables",
    method="GET",
    path="/connections/{connection_name}/tables",
    tag="Metadata",
    summary="List the tables of a connection",
    params=TableParams,
    body=Nothing,
    answer=list[SchemaTables],
    needs="develop",
    versions=(V40,),
)

connection_columns = Operation(
    name="connection_columns",
    method="GET",
    path="/connections/{connection_name}/columns",
    tag="Metadata",
    summary="List the columns of tables",
    params=ColumnParams,
    body=Nothing,
    answer=list[SchemaColumns],
    needs="develop",
    versions=(V40,),
)

connection_search_columns = Operation(
    name="connection_search_columns",
    method="GET",
    path="/connections/{connection_name}/search_columns",
    tag="Metadata",
    summary="Search for columns",
    params=SearchParams,
    body=Nothing,
    answer=list[ColumnSearch],
    needs="develop",
    versions=(V40,),
)

OPERATIONS = (
    model_fieldname_suggestions,
    get_model,
    connection_databases,
    connection_features,
    connection_schemas,
    connection_tables,
    connection_columns,
    connection_search_columns,
)
