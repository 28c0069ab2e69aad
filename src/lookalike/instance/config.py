"""Config: how one instance is set up, read once from `lookalike.toml` and the environment, then
handed on.

The file lies in the instance's folder; `LOOKALIKE_*` variables win over it, flags of the command
line over both.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any, Literal

import msgspec
from msgspec import Struct, field

from lookalike.compiler.model import did_you_mean
from lookalike.instance import settings, zones
from lookalike.instance.errors import Invalid, Problem
from lookalike.instance.settings import NotNegative, Port, Positive, Wrong

FILE = "lookalike.toml"


class ConnectionConfig(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One `[connections.NAME]` table. Relative paths start at the instance's folder."""

    dialect: Literal["duckdb", "postgres"] = "duckdb"  # duckdb or postgres
    path: str = ""  # duckdb: a database file that is there; empty for an empty one in memory
    host: str = ""  # postgres: the server
    port: Port = 0  # postgres: 5432 if 0
    database: str = ""  # postgres: the database
    username: str = ""  # postgres: who connects; a user that may only read is best
    password: str = ""  # postgres: its password
    timezone: str = "UTC"  # zone of the timestamps in the database, an IANA name
    slots: Positive = 4  # statements at once
    memory_mb: Positive = 1024  # duckdb: memory of one worker


class ProjectConfig(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One `[projects.NAME]` table: a bare git repository, or a folder served as it is."""

    path: str  # a bare git repository, or a folder of LookML
    production_branch: str = ""  # what `production` is; empty: `main`, or `master` without a `main`


class Config(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Settings of an instance. Seconds, megabytes and counts say so in their names."""

    folder: str = ""
    database: str = ""  # URL of the store; empty: lookalike.db in the folder
    host: str = "127.0.0.1"  # address to listen on
    port: Port = 19999  # port to listen on
    public_url: str = ""  # what clients call the server; empty: as they asked for it
    allowed_hosts: tuple[str, ...] = ()  # besides loopback and the host of public_url
    token_seconds: Positive = 3600  # life of an access token and its session
    query_seconds: Positive = 600  # longest run of one statement
    body_bytes: Positive = 4_000_000  # the largest request body
    threads: Positive = 16  # requests at once beside those answered from memory
    task_threads: Positive = 8  # query tasks that one process runs at once
    task_queue: NotNegative = 2000  # query tasks that one process takes on before it says Busy
    task_result_mb: Positive = 50  # the largest answer that a query task keeps
    task_results_mb: Positive = 1000  # answers of query tasks kept together; the oldest go first
    task_result_minutes: Positive = 60  # how long the answer of a query task is kept
    test_threads: Positive = 4  # data tests of one run at once
    workspaces_per_user: NotNegative = 50  # named developer workspaces of one user
    workspace_days: Positive = 30  # a named workspace nobody has entered for so long is put away
    local_remotes: str = ""  # folder below which remotes may lie on this machine; empty: none
    private_remotes: bool = False  # whether remotes may be on private addresses
    remote_seconds: Positive = 120  # longest fetch or push
    failed_logins_per_minute: Positive = 60  # failed logins of one client id before it has to wait
    parsed_megabytes: NotNegative = 512  # LookML text whose parse is kept
    connections: Mapping[str, ConnectionConfig] = field(default_factory=dict)  # by name
    default_connection: ConnectionConfig | None = None  # for names that `connections` does not hold
    projects: Mapping[str, ProjectConfig] = field(default_factory=dict)  # by name

    def store_url(self) -> str:
        return self.database or f"sqlite:///{Path(self.folder) / 'lookalike.db'}"


_WEB = re.compile(r"https?://[^/\s]+")
_HOST = re.compile(r"^[^/]*//|/.*")
_POSTGRES = ("host", "port", "database", "username", "password")
_DUCKDB = ("path", "memory_mb")


def read_config(folder: Path, environment: Mapping[str, str] | None = None) -> Config:
    """The settings in `folder`, with what the environment says on top.

    Raises Invalid, naming the line of the file or the variable, and the setting.
    """
    text = _text(folder / FILE)
    try:
        written = tomllib.loads(text)
    except RecursionError:
        raise Invalid(f"`{FILE}` is nested too deeply; write flatter lists and tables") from None
    except ValueError as error:  # also of a number with thousands of digits
        raise Invalid(f"`{FILE}` is not valid TOML: {error}") from None
    given = _from_environment(os.environ if environment is None else environment)
    found = {**written, **given}
    misfits = settings.check(found, Config, leave_out=("folder",))
    wrong = _first(misfits) or _first(_odd(found, folder))
    if wrong:
        raise _refusal(wrong, text, given)
    return msgspec.convert({**found, "folder": str(folder.resolve())}, Config, strict=False)


def _text(path: Path) -> str:
    if not path.is_file():
        return ""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise Invalid(f"`{FILE}` is not UTF-8; save it as UTF-8") from None
    except OSError as error:
        raise Invalid(f"`{FILE}` can't be read: {error.strerror}") from None


def _first(wrong: Iterator[Wrong]) -> list[Wrong]:
    """As many as are told, and one more where there is one."""
    return list(islice(wrong, settings.MOST_TOLD + 1))


def _refusal(wrong: list[Wrong], text: str, given: Mapping[str, object]) -> Invalid:
    """The first mistakes, with where each stands, and whether there are more."""
    places = settings.written_in(text)
    problems = []
    for each in wrong[: settings.MOST_TOLD]:
        name = ".".join(each.path)
        line = settings.line_of(places, each.path)
        place = f"line {line} of `{FILE}`" if line else f"`{FILE}`"
        if each.path[0] in given:
            place = f"`{_variable(each.path[0])}`"
        problems.append(Problem(name, "invalid", f"{place}: {each.message}"))
    if len(wrong) > settings.MOST_TOLD:
        more = f"there are more mistakes; these are the first {settings.MOST_TOLD}"
        problems.append(Problem("", "invalid", more))
    return Invalid(problems[0].message, tuple(problems))


def _odd(found: Mapping[str, Any], folder: Path) -> Iterator[Wrong]:
    """What is wrong with settings that are all of the right type."""
    url = found.get("public_url")
    if url and not _WEB.match(url):
        yield Wrong(
            ("public_url",),
            "`public_url` must begin with `https://` or `http://` and a host; write for example"
            f" `https://{_HOST.sub('', url) or 'lookml.example.com'}`",
        )
    yield from _odd_connections(found, folder)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name that is too long, a folder that is closed to us
        return False


def _odd_connections(found: Mapping[str, Any], folder: Path) -> Iterator[Wrong]:
    connections = found.get("connections", {})
    tables: list[tuple[tuple[str, ...], Mapping[str, Any]]] = [
        (("connections", name), each) for name, each in connections.items()
    ]
    if "default_connection" in found:
        tables.append((("default_connection",), found["default_connection"]))
    for path, table in tables:
        where = f"`[{'.'.join(path)}]`"
        dialect = table.get("dialect", "duckdb")
        foreign, other = (_DUCKDB, "duckdb") if dialect == "postgres" else (_POSTGRES, "postgres")
        misplaced = [name for name in foreign if name in table]
        if misplaced:
            yield Wrong(
                (*path, misplaced[0]),
                f"{where} has the dialect `{dialect}`, and only `{other}` has"
                f' {settings.listed(misplaced)}; leave that out, or write `dialect = "{other}"`',
            )
        if dialect == "postgres" and not table.get("database"):
            yield Wrong(path, f"{where} says no `database`; name the one to connect to")
        file = "" if dialect == "postgres" else table.get("path", "")
        if file and not _is_file(folder / file):
            yield Wrong(
                (*path, "path"),
                f"{where} names the database `{file}`, which is not a file; correct `path`, or"
                " leave it out for an empty database in memory",
            )
        zone = table.get("timezone")
        if zone is not None and (why := zones.check(zone)):
            yield Wrong((*path, "timezone"), why)


_PREFIX = "LOOKALIKE_"
_OF_TESTS = ("LOOKALIKE_TEST_", "LOOKALIKE_REQUIRE_", "LOOKALIKE_API_", "LOOKALIKE_SOAK_")
"""Beginnings of variables that are for those who test this program."""
_SCALARS = tuple(
    name
    for name in Config.__struct_fields__
    if name not in ("folder", "connections", "default_connection", "projects")
)


def unknown_variables(environment: Mapping[str, str] | None = None) -> list[str]:
    """What to say of variables that look like settings and are none."""
    known = [_variable(name) for name in _SCALARS]
    said = []
    for name in sorted(os.environ if environment is None else environment):
        if name.startswith(_PREFIX) and not name.startswith(_OF_TESTS) and name not in known:
            hint = did_you_mean(name, known) or f"; `{FILE}` can hold settings of every kind"
            said.append(f"the environment variable `{name}` is ignored: it is no setting{hint}")
    return said


def _variable(setting: str) -> str:
    return f"{_PREFIX}{setting.upper()}"


def _from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    """Variables named after scalar settings: LOOKALIKE_TOKEN_SECONDS for token_seconds."""
    found: dict[str, Any] = {}
    for name in _SCALARS:
        value = environment.get(_variable(name))
        if value:
            found[name] = tuple(value.split(",")) if name == "allowed_hosts" else value
    return found
