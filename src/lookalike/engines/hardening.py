"""Hardening: how a worker opens DuckDB so that SQL reaches the one database and nothing else.

In: an Opening. Out: a connection whose settings are locked and whose walls have been tried, or
Unsafe. DuckDB by default reads and writes any file, loads code and scans Python variables. The
order of the settings matters: some of them fail, or open a gap, behind others. So none is trusted
until the probes have failed.
"""

from __future__ import annotations

import resource
from pathlib import Path

import duckdb

from lookalike.engines.frames import Opening

CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "allow_unsigned_extensions": False,
}
"""What must hold while the file is being opened already."""

_SPILL = 4
"""Temporary files may grow to so many times the memory limit. Their folder is the one place that
DuckDB may read and write, so it must hold nothing else."""


class Unsafe(Exception):
    """Something that must be refused was not: the database must not be served."""


def limit_process(opening: Opening) -> None:
    """Cap what the process may take. DuckDB's own limit leaves out much of what functions
    allocate."""
    _cap(resource.RLIMIT_DATA, (opening.memory_mb * 3 // 2 + 256) << 20)
    _cap(resource.RLIMIT_FSIZE, (opening.memory_mb * _SPILL) << 20)
    _cap(resource.RLIMIT_CORE, 0)
    _cap(resource.RLIMIT_NOFILE, 256)


def open_database(opening: Opening) -> duckdb.DuckDBPyConnection:
    """Open, lock and probe. Raises Unsafe, or what DuckDB raises when it can't open the file."""
    connection = duckdb.connect(
        opening.path or ":memory:",
        read_only=opening.read_only and bool(opening.path),
        config=CONFIG,
    )
    for statement in sequence(opening):
        connection.execute(statement)
    with connection.cursor() as cursor:  # statements will run on cursors, too
        probe(cursor, opening.folder)
    return connection


def probe(connection: duckdb.DuckDBPyConnection, folder: str) -> None:
    """Try what must be refused, and that it is refused for the right reason. Raises Unsafe."""
    for name, wanted in _WANTED.items():
        row = connection.execute(f"SELECT current_setting('{name}')").fetchone()
        if row != (wanted,):
            raise Unsafe(f"the setting `{name}` did not take effect")
    before = sorted(Path(folder).iterdir())
    for statement in _probes(folder):
        try:
            connection.execute(statement).fetchall()
        except _REFUSALS:
            continue
        except duckdb.Error as error:
            raise Unsafe(f"the probe `{statement}` failed, but not by a wall: {error}") from error
        raise Unsafe(f"the probe `{statement}` was not refused")
    if sorted(Path(folder).iterdir()) != before:
        raise Unsafe("a probe left a file behind")


def _cap(what: int, limit: int) -> None:
    _, hard = resource.getrlimit(what)
    cap = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
    resource.setrlimit(what, (cap, cap))


def sequence(opening: Opening) -> list[str]:
    """The settings in their order. All are global: a statement's own cursor would forget the
    others."""
    return [
        f"SET GLOBAL memory_limit = '{opening.memory_mb}MB'",
        f"SET GLOBAL threads = {opening.threads}",
        f"SET GLOBAL temp_directory = {_text(opening.folder + '/spill')}",
        f"SET GLOBAL max_temp_directory_size = '{opening.memory_mb * _SPILL}MB'",
        f"SET GLOBAL secret_directory = {_text(opening.folder)}",
        "SET GLOBAL allow_persistent_secrets = false",
        f"SET GLOBAL TimeZone = {_text(opening.timezone)}",
        "SET GLOBAL python_scan_all_frames = false",
        "SET GLOBAL python_enable_replacements = false",
        "SET GLOBAL enable_external_access = false",
        "SET GLOBAL lock_configuration = true",
    ]


_WANTED = {
    "python_enable_replacements": False,
    "enable_external_access": False,
    "lock_configuration": True,
    "autoload_known_extensions": False,
}

_REFUSALS = (duckdb.PermissionException, duckdb.InvalidInputException, duckdb.CatalogException)


def _probes(folder: str) -> list[str]:
    file = _text(f"{folder}/probe")
    return [
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM read_blob('/etc/passwd')",
        "SELECT * FROM read_csv('/etc/passwd', header = false, columns = {'a': 'VARCHAR'})",
        "SELECT * FROM read_json('/etc/passwd', columns = {'a': 'VARCHAR'})",
        "SELECT * FROM sniff_csv('/etc/passwd')",
        "SELECT * FROM glob('/etc/*')",
        "SELECT * FROM '/etc/passwd'",
        "SELECT * FROM 'https://127.0.0.1:1/a.csv'",
        f"COPY (SELECT 1) TO {file}",
        f"EXPORT DATABASE {file}",
        f"ATTACH {file}",
        "INSTALL httpfs",
        "LOAD httpfs",
        "CREATE PERSISTENT SECRET probe (TYPE s3)",
        f"CALL enable_logging(storage = 'file', storage_path = {file})",
        "SET enable_external_access = true",
        "SET lock_configuration = false",
        "SET threads = 1",
        "RESET memory_limit",
        f"SET profiling_output = {file}",
    ]


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
