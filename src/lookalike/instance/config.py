"""Config: how one instance is set up, read once from `lookalike.toml` and the environment, then
handed on.

The file lies in the instance's folder; `LOOKALIKE_*` variables win over it, flags of the command
line over both.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import msgspec
from msgspec import Struct, field

from lookalike.instance.errors import Invalid

FILE = "lookalike.toml"


class ConnectionConfig(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One `[connections.NAME]` table. Relative paths start at the instance's folder."""

    dialect: Literal["duckdb", "postgres"] = "duckdb"  # duckdb or postgres
    path: str = ""  # duckdb: the database file; empty for an empty one in memory
    host: str = ""  # postgres: the server
    port: int = 0  # postgres: 5432 if 0
    database: str = ""  # postgres: the database
    username: str = ""  # postgres: who connects; a user that may only read is best
    password: str = ""  # postgres: its password
    timezone: str = "UTC"  # zone of the timestamps in the database, an IANA name
    slots: int = 4  # statements at once
    memory_mb: int = 1024  # duckdb: memory of one worker


class ProjectConfig(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One `[projects.NAME]` table: a bare git repository, or a folder served as it is."""

    path: str  # a bare git repository, or a folder of LookML
    production_branch: str = ""  # what `production` is; empty: `main`, or `master` without a `main`


class Config(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Settings of an instance. Seconds, megabytes and counts say so in their names."""

    folder: str = ""
    database: str = ""  # URL of the store; empty: lookalike.db in the folder
    host: str = "127.0.0.1"  # address to listen on
    port: int = 19999  # port to listen on
    public_url: str = ""  # what clients call the server; empty: as they asked for it
    allowed_hosts: tuple[str, ...] = ()  # besides loopback and the host of public_url
    token_seconds: int = 3600  # life of an access token and its session
    query_seconds: int = 600  # longest run of one statement
    body_bytes: int = 4_000_000  # the largest request body
    threads: int = 16  # requests at once beside those answered from memory
    task_threads: int = 8  # query tasks that one process runs at once
    task_queue: int = 2000  # query tasks that one process takes on before it says Busy
    task_result_mb: int = 50  # the largest answer that a query task keeps
    task_results_mb: int = 1000  # answers of query tasks kept together; the oldest go first
    task_result_minutes: int = 60  # how long the answer of a query task is kept
    test_threads: int = 4  # data tests of one run at once
    workspaces_per_user: int = 50  # named developer workspaces of one user
    workspace_days: int = 30  # a named workspace nobody has entered for so long is put away
    local_remotes: str = ""  # folder below which remotes may lie on this machine; empty: none
    private_remotes: bool = False  # whether remotes may be on private addresses
    remote_seconds: int = 120  # longest fetch or push
    failed_logins_per_minute: int = 60  # failed logins of one client id before it has to wait
    parsed_megabytes: int = 512  # LookML text whose parse is kept
    connections: Mapping[str, ConnectionConfig] = field(default_factory=dict)  # by name
    default_connection: ConnectionConfig | None = None  # for names that `connections` does not hold
    projects: Mapping[str, ProjectConfig] = field(default_factory=dict)  # by name

    def store_url(self) -> str:
        return self.database or f"sqlite:///{Path(self.folder) / 'lookalike.db'}"


def read_config(folder: Path, environment: Mapping[str, str] | None = None) -> Config:
    """The settings in `folder`, with what the environment says on top.

    Raises Invalid, naming the file or the variable and the setting.
    """
    path = folder / FILE
    settings: dict[str, Any] = {}
    if path.is_file():
        try:
            settings = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise Invalid(f"`{FILE}` is not valid TOML: {error}") from None
    settings |= _from_environment(os.environ if environment is None else environment)
    settings["folder"] = str(folder.resolve())
    try:
        return msgspec.convert(settings, Config, strict=False)
    except msgspec.ValidationError as error:
        raise Invalid(f"`{FILE}` or a LOOKALIKE_ variable is wrong: {error}") from None


def _from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    """Variables named after scalar settings: LOOKALIKE_TOKEN_SECONDS for token_seconds."""
    known = {
        name
        for name in Config.__struct_fields__
        if name not in ("folder", "connections", "default_connection", "projects")
    }
    found: dict[str, Any] = {}
    for name in known:
        value = environment.get(f"LOOKALIKE_{name.upper()}")
        if value:
            found[name] = tuple(value.split(",")) if name == "allowed_hosts" else value
    return found
