"""Connection: the databases that models use. Out: settings without secrets, and how tests went."""

from __future__ import annotations

from pathlib import PurePath

from lookalike.api.call import Call
from lookalike.api.handlers import Lane, serves
from lookalike.instance import introspection
from lookalike.instance.access import Permission
from lookalike.instance.connections import Settings
from lookalike.wire import connection
from lookalike.wire.operation import Masked, Nothing

LABELS = {"duckdb": "DuckDB", "postgres": "PostgreSQL"}
SCHEMAS = {"duckdb": "main", "postgres": "public"}
"""Where each dialect looks for a table that is named without a schema."""


@serves(connection.all_connections)
def all_connections(call: Call, params: Masked, body: Nothing) -> list[connection.DBConnection]:
    found = introspection.list_connections(call.instance, call.caller)
    return [connection_out(call, each) for each in found]


@serves(connection.connection)
def get_connection(
    call: Call, params: connection.ConnectionParams, body: Nothing
) -> connection.DBConnection:
    found = introspection.find_connection(call.instance, call.caller, params.connection_name)
    return connection_out(call, found)


@serves(connection.test_connection, Lane.QUERY)
def test_connection(
    call: Call, params: connection.TestParams, body: Nothing
) -> list[connection.DBConnectionTestResult]:
    found = introspection.test(
        call.instance, call.caller, params.connection_name, params.tests or ()
    )
    return [
        connection.DBConnectionTestResult(
            can={},
            name=each.name,
            status="success" if each.is_good else "error",
            message=each.message,
        )
        for each in found
    ]


def connection_out(call: Call, found: Settings) -> connection.DBConnection:
    administers = call.caller.may(Permission.ADMINISTER)
    return connection.DBConnection(
        can={"show": True, "test": True, "update": False, "destroy": False},
        name=found.name,
        dialect=_dialect(found.dialect),
        dialect_name=found.dialect,
        snippets=[],
        pdts_enabled=False,
        host=(found.host or None) if administers else None,
        port=(str(found.port) if found.port else None) if administers else None,
        username=(found.username or None) if administers else None,
        has_password=bool(found.password),
        uses_oauth=False,
        uses_key_pair_auth=False,
        uses_instance_oauth=False,
        uses_service_auth=False,
        database=found.database or PurePath(found.path).stem or "memory",
        db_timezone=found.timezone,
        query_timezone=found.timezone,
        schema=SCHEMAS.get(found.dialect),
        max_connections=found.slots,
        max_queries=found.slots,
        ssl=False,
        verify_ssl=False,
        supports_data_studio_link=False,
        example=False,
        user_db_credentials=False,
        user_attribute_fields=[],
        sql_runner_precache_tables=False,
        sql_writing_with_info_schema=False,
        managed=False,
        uses_tns=False,
        disable_context_comment=True,
        cost_estimate_enabled=False,
        pdt_api_control_enabled=False,
        connection_pooling=True,
        default_bq_connection=False,
        query_holding_disabled=True,
    )


def _dialect(name: str) -> connection.Dialect:
    return connection.Dialect(
        name=name,
        label=LABELS.get(name, name),
        supports_cost_estimate=False,
        persistent_table_indexes="",
        persistent_table_sortkeys="",
        persistent_table_distkey="",
        supports_streaming=True,
        automatically_run_sql_runner_snippets=False,
        connection_tests=list(introspection.TESTS),
        supports_inducer=False,
        supports_multiple_databases=False,
        supports_persistent_derived_tables=False,
        has_ssl_support=name == "postgres",
    )
