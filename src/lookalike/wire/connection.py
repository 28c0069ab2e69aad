"""Connection: the databases that models use, and whether they can be reached.

What Looker describes and nothing here decides stays null.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from lookalike.wire.operation import Masked, Nothing, Operation


class Snippet(Struct, frozen=True, kw_only=True):
    """A text for the SQL runner; there are none."""

    can: dict[str, bool] | None = None
    name: str | None = None
    label: str | None = None
    sql: str | None = None


class Dialect(Struct, frozen=True, kw_only=True):
    """The dialect of a connection, and what it can do here."""

    name: str | None = None
    label: str | None = None
    supports_cost_estimate: bool | None = None
    cost_estimate_style: str | None = None
    persistent_table_indexes: str | None = None
    persistent_table_sortkeys: str | None = None
    persistent_table_distkey: str | None = None
    supports_streaming: bool | None = None
    automatically_run_sql_runner_snippets: bool | None = None
    connection_tests: list[str] | None = None
    supports_inducer: bool | None = None
    supports_multiple_databases: bool | None = None
    supports_persistent_derived_tables: bool | None = None
    has_ssl_support: bool | None = None


class DBConnectionOverride(Struct, frozen=True, kw_only=True):
    """Settings for derived tables that differ; there are none."""

    context: str | None = None
    host: str | None = None
    pdt_host: str | None = None
    port: str | None = None
    pdt_port: str | None = None
    username: str | None = None
    pdt_username: str | None = None
    password: str | None = None
    pdt_password: str | None = None
    has_password: bool | None = None
    certificate: str | None = None
    pdt_certificate: str | None = None
    file_type: str | None = None
    pdt_file_type: str | None = None
    database: str | None = None
    pdt_database: str | None = None
    schema: str | None = None
    pdt_schema: str | None = None
    jdbc_additional_params: str | None = None
    pdt_jdbc_additional_params: str | None = None
    after_connect_statements: str | None = None
    pdt_after_connect_statements: str | None = None
    pdt_service_name: str | None = None


class DBConnection(Struct, frozen=True, kw_only=True):
    """A database that models use. Secrets are never told."""

    can: dict[str, bool] | None = None
    name: str | None = None
    dialect: Dialect | None = None
    snippets: list[Snippet] | None = None
    pdts_enabled: bool | None = None
    named_driver_version_requested: str | None = None
    named_driver_version_actual: str | None = None
    host: str | None = None
    port: str | None = None
    username: str | None = None
    password: str | None = None
    has_password: bool | None = None
    uses_oauth: bool | None = None
    uses_key_pair_auth: bool | None = None
    uses_instance_oauth: bool | None = None
    uses_service_auth: bool | None = None
    certificate: str | None = None
    file_type: str | None = None
    database: str | None = None
    db_timezone: str | None = None
    query_timezone: str | None = None
    schema: str | None = None
    max_connections: int | None = None
    max_queries: int | None = None
    max_queries_per_user: int | None = None
    max_billing_gigabytes: str | None = None
    ssl: bool | None = None
    verify_ssl: bool | None = None
    tmp_db_name: str | None = None
    tmp_db_host: str | None = None
    jdbc_additional_params: str | None = None
    pool_timeout: int | None = None
    dialect_name: str | None = None
    supports_data_studio_link: bool | None = None
    created_at: str | None = None
    user_id: str | None = None
    example: bool | None = None
    user_db_credentials: bool | None = None
    user_attribute_fields: list[str] | None = None
    maintenance_cron: str | None = None
    last_regen_at: str | None = None
    last_reap_at: str | None = None
    sql_runner_precache_tables: bool | None = None
    sql_writing_with_info_schema: bool | None = None
    after_connect_statements: str | None = None
    pdt_context_override: DBConnectionOverride | None = None
    managed: bool | None = None
    custom_local_port: int | None = None
    tunnel_id: str | None = None
    uses_tns: bool | None = None
    pdt_concurrency: int | None = None
    disable_context_comment: bool | None = None
    oauth_application_id: str | None = None
    always_retry_failed_builds: bool | None = None
    uses_application_default_credentials: bool | None = None
    impersonated_service_account: str | None = None
    cost_estimate_enabled: bool | None = None
    pdt_api_control_enabled: bool | None = None
    connection_pooling: bool | None = None
    default_bq_connection: bool | None = None
    bq_storage_project_id: str | None = None
    bq_roles_verified: bool | None = None
    p4sa_name: str | None = None
    query_holding_disabled: bool | None = None
    service_name: str | None = None


class DBConnectionTestResult(Struct, frozen=True, kw_only=True):
    """How one test of a connection went."""

    can: dict[str, bool] | None = None
    connection_string: str | None = None
    message: str | None = None
    name: str | None = None
    status: str | None = None


class ConnectionParams(Masked, frozen=True, kw_only=True):
    connection_name: Annotated[str, Meta(description="Name of the connection.")]


class TestParams(Struct, frozen=True, kw_only=True):
    connection_name: Annotated[str, Meta(description="Name of the connection.")]
    tests: Annotated[
        list[str] | None, Meta(description="Which tests: `connect`, `query`; left out: both.")
    ] = None


all_connections = Operation(
    name="all_connections",
    method="GET",
    path="/connections",
    tag="Connection",
    summary="List the connections",
    description="Answers the connections that the models of the caller use.",
    params=Masked,
    body=Nothing,
    answer=list[DBConnection],
    needs="develop",
)

connection = Operation(
    name="connection",
    method="GET",
    path="/connections/{connection_name}",
    tag="Connection",
    summary="Get a connection",
    description="Server, port and user name are null for those who may not administer.",
    params=ConnectionParams,
    body=Nothing,
    answer=DBConnection,
    needs="develop",
)

test_connection = Operation(
    name="test_connection",
    method="PUT",
    path="/connections/{connection_name}/test",
    tag="Connection",
    summary="Test a connection",
    description="Runs each test and answers how it went; a test that fails is no error.",
    params=TestParams,
    body=Nothing,
    answer=list[DBConnectionTestResult],
    needs="develop",
)

OPERATIONS = (all_connections, connection, test_connection)
