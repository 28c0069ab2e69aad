"""Connect: settings become a live hand on a database.

Each engine's driver is imported here when it is first asked for, so nobody pays for a database they
do not use.
"""

from __future__ import annotations

from lookalike.engines.engine import ConnectionSettings, Engine, Unreachable


def connect(settings: ConnectionSettings) -> Engine:
    """Make the engine for these settings. Nothing is opened before the first statement."""
    match settings.dialect:
        case "duckdb":
            from lookalike.engines.duckdb import DuckDB

            return DuckDB(settings)
        case "postgres":
            from lookalike.engines.postgres import Postgres

            return Postgres(settings)
    raise Unreachable(
        f"connection `{settings.name}` has the dialect `{settings.dialect}`,"
        " for which there is no engine; use `duckdb` or `postgres`"
    )
