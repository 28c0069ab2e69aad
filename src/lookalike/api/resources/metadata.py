"""Metadata: what is in databases and models, and which values a field has."""

from __future__ import annotations

from itertools import groupby

from lookalike.api import suggestions
from lookalike.api.call import Answered, Call
from lookalike.api.handlers import Lane, serves
from lookalike.compiler import sql
from lookalike.instance import introspection, models
from lookalike.instance.errors import Invalid, Problem
from lookalike.instance.introspection import Column, Wanted
from lookalike.wire import metadata
from lookalike.wire.operation import Nothing


@serves(metadata.model_fieldname_suggestions, Lane.QUERY)
def suggest(
    call: Call, params: metadata.SuggestionParams, body: Nothing
) -> Answered[metadata.ModelFieldSuggestions]:
    found = models.explore_for(call.instance, call.caller, params.model_name, params.view_name)
    return Answered(suggestions.suggest(call, found, params), (found.version,))


@serves(metadata.get_model)
def get_model(
    call: Call, params: metadata.NamedModelParams, body: Nothing
) -> Answered[metadata.Model]:
    found = models.find_model(call.instance, call.caller, params.model_name)
    formats = [
        metadata.ModelNamedValueFormats(
            format_string=each.value_format,
            label=name,
            name=name,
            strict_value_format=each.is_strict,
        )
        for name, each in sorted(found.model.value_formats.items())
    ]
    answer = metadata.Model(
        connection=found.model.connection or None, name=found.model.name, value_formats=formats
    )
    return Answered(answer, (found.version,))


@serves(metadata.connection_databases, Lane.QUERY)
def list_databases(call: Call, params: metadata.DatabaseParams, body: Nothing) -> list[str]:
    return [introspection.database(call.instance, call.caller, params.connection_name)]


@serves(metadata.connection_features)
def get_features(
    call: Call, params: metadata.FeatureParams, body: Nothing
) -> metadata.ConnectionFeatures:
    found = introspection.find_connection(call.instance, call.caller, params.connection_name)
    return metadata.ConnectionFeatures(
        dialect_name=found.dialect,
        cost_estimate=False,
        multiple_databases=False,
        column_search=True,
        persistent_table_indexes=False,
        persistent_derived_tables=False,
        turtles=False,
        percentile=True,
        distinct_percentile=True,
        stable_views=False,
        milliseconds=True,
        microseconds=True,
        subtotals=False,
        location=True,
        timezone=True,
        connection_pooling=True,
    )


@serves(metadata.connection_schemas, Lane.QUERY)
def list_schemas(call: Call, params: metadata.SchemaParams, body: Nothing) -> list[metadata.Schema]:
    found = introspection.schemas(
        call.instance, call.caller, params.connection_name, params.database or ""
    )
    return [metadata.Schema(name=each.name, is_default=each.is_default) for each in found]


@serves(metadata.connection_tables, Lane.QUERY)
def list_tables(
    call: Call, params: metadata.TableParams, body: Nothing
) -> list[metadata.SchemaTables]:
    wanted = Wanted(
        database=params.database or "",
        schema=params.schema_name or "",
        part=params.table_filter or "",
        most=_limit(params.table_limit),
    )
    name = params.connection_name
    found, has_more = introspection.tables(call.instance, call.caller, name, wanted)
    defaults = {
        each.name
        for each in introspection.schemas(call.instance, call.caller, name)
        if each.is_default
    }
    return [
        metadata.SchemaTables(
            name=schema,
            is_default=schema in defaults,
            tables=[
                metadata.SchemaTable(
                    name=each.name,
                    sql_escaped_name=_escaped(schema, each.name),
                    schema_name=schema,
                    snippets=[],
                )
                for each in tables
            ],
            table_limit_hit=has_more,
        )
        for schema, tables in groupby(found, lambda each: each.schema)
    ]


@serves(metadata.connection_columns, Lane.QUERY)
def list_columns(
    call: Call, params: metadata.ColumnParams, body: Nothing
) -> list[metadata.SchemaColumns]:
    names = (each.strip() for each in (params.table_names or "").split(","))
    wanted = Wanted(
        database=params.database or "",
        schema=params.schema_name or "",
        tables=tuple(each for each in names if each),
        most=_limit(params.table_limit),
    )
    found = introspection.columns(call.instance, call.caller, params.connection_name, wanted)
    return [
        metadata.SchemaColumns(
            name=table.name,
            sql_escaped_name=_escaped(table.schema, table.name),
            schema_name=table.schema,
            columns=[_column(each) for each in columns],
        )
        for table, columns in groupby(found, lambda each: each.table)
    ]


@serves(metadata.connection_search_columns, Lane.QUERY)
def search_columns(
    call: Call, params: metadata.SearchParams, body: Nothing
) -> list[metadata.ColumnSearch]:
    found = introspection.columns_like(
        call.instance, call.caller, params.connection_name, params.column_name or ""
    )
    return [
        metadata.ColumnSearch(
            schema_name=each.table.schema,
            table_name=each.table.name,
            column_name=each.name,
            data_type=each.type.lower(),
        )
        for each in found
    ]


def _column(column: Column) -> metadata.SchemaColumn:
    return metadata.SchemaColumn(
        name=column.name,
        sql_escaped_name=sql.introspection.escaped(column.name),
        schema_name=column.table.schema,
        data_type_database=column.type,
        data_type=column.type.lower(),
        data_type_looker=_looker_type(column.type.lower()),
        column_size=column.length,
        snippets=[],
    )


def _looker_type(type_: str) -> str:
    """The type that a dimension on such a column would have."""
    if type_.endswith("[]") or type_.startswith(("struct", "map", "list")):
        return "string"
    return next((name for begins, name in _TYPES if type_.startswith(begins)), "string")


_TYPES = (
    (("interval",), "string"),
    (("timestamp", "datetime"), "time"),
    (("date",), "date"),
    (("bool",), "yesno"),
    (
        (
            "int",
            "bigint",
            "smallint",
            "tinyint",
            "hugeint",
            "uint",
            "ubigint",
            "usmallint",
            "utinyint",
            "uhugeint",
            "decimal",
            "numeric",
            "double",
            "float",
            "real",
            "money",
        ),
        "number",
    ),
)


def _escaped(schema: str, name: str) -> str:
    return f"{sql.introspection.escaped(schema)}.{sql.introspection.escaped(name)}"


def _limit(asked: int | None) -> int:
    if asked is None:
        return introspection.MOST_TABLES
    if asked < 1:
        message = "`table_limit` is the number of tables to answer; write one above zero"
        raise Invalid(message, (Problem("table_limit", "invalid", message),))
    return min(asked, introspection.MOST_TABLES)
