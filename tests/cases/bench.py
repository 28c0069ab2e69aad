"""The bench: one instance for the whole case book, on which each case lays its files.

What a case shows is what the instance says, found through the doors that the API uses.
"""

from __future__ import annotations

import atexit
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import duckdb
from msgspec import Struct

from lookalike.api.call import Call
from lookalike.api.guesses import Guesses
from lookalike.api.leaving import Leaving
from lookalike.api.throttle import Throttle
from lookalike.compiler import model
from lookalike.compiler.syntax import Diagnostic
from lookalike.instance import access, models, validation, workspaces
from lookalike.instance.access import Caller
from lookalike.instance.config import Config, ConnectionConfig, ProjectConfig
from lookalike.instance.folder import MEMORY_STORE
from lookalike.instance.instance import Instance, open_instance
from lookalike.instance.models import FoundModel
from lookalike.instance.workspaces import DEV
from lookalike.store import projects
from lookalike.store.records import Session, User

SHOP = Path(__file__).parent.parent / "shop"
PROJECT = "shop"
NOW = datetime(2018, 5, 18, 18, 30, 2, tzinfo=UTC)
TABLES = ("users", "orders", "order_items", "products")

_WAREHOUSE = "warehouse.duckdb"


class Laid(Struct, frozen=True):
    """The files of a case as the instance reads them: `written` by the case, laid over the shop."""

    written: Mapping[str, str]
    project: model.Project
    models: Mapping[str, FoundModel]
    diagnostics: tuple[Diagnostic, ...]


def lay(written: Mapping[str, str]) -> Laid:
    """Lay `written` (text by path) over the shop. A path `//name/…` is a file of another project,
    which the shop may import. An empty text takes a file of the shop away."""
    _place(written)
    instance, caller = opened(), reader()
    validated = validation.validate(instance, caller, PROJECT)
    version = _version()
    found = {each.model.name: each for each in models.models_in(instance, caller, version)}
    project = models.assembled_of(instance, caller, version).project
    return Laid(written, project, found, validated.diagnostics)


def reader(
    attributes: Mapping[str, str] | None = None, role: str = "developer", workspace: str = DEV
) -> Caller:
    """Somebody with a role and user attributes."""
    user = User(
        id=1,
        email="ada@example.com",
        first_name="Ada",
        last_name="Lovelace",
        is_disabled=False,
        locale="",
        timezone="",
        roles=(role,),
        attributes={},
        created_at=NOW,
    )
    session = Session(
        id=1, user=1, workspace=workspace, created_at=NOW, expires_at=NOW + timedelta(hours=1)
    )
    return Caller(
        user=user,
        session=session,
        permissions=access.ROLES[role],
        models=None,
        attributes=attributes or {},
    )


def call(caller: Caller) -> Call:
    """A request of `caller`."""
    return Call(
        instance=opened(),
        version="4.0",
        origin="https://looker.example.com",
        logins=Throttle(1),
        guesses=Guesses(),
        leaving=Leaving(),
        caller=caller,
    )


@cache
def opened() -> Instance:
    """The instance, with the shop as a folder on disk and its warehouse."""
    folder = tempfile.TemporaryDirectory()
    root = Path(folder.name)
    (root / PROJECT).mkdir()
    instance = open_instance(
        Config(
            folder=folder.name,
            database=MEMORY_STORE,
            connections={"warehouse": ConnectionConfig(path=_WAREHOUSE, slots=1)},
            projects={PROJECT: ProjectConfig(path=PROJECT)},
        ),
        clock=lambda: NOW,
    )
    atexit.register(folder.cleanup)
    atexit.register(instance.close)
    return instance


@cache
def fill_warehouse() -> None:
    """Put the shop's tables where the instance looks for them."""
    with duckdb.connect(str(Path(opened().config.folder) / _WAREHOUSE)) as connection:
        fill(connection)


def fill(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the shop's tables."""
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute((SHOP / "warehouse" / "tables.sql").read_text())
    for table in TABLES:
        connection.execute(f"COPY {table} FROM '{SHOP}/warehouse/{table}.csv' (HEADER, NULLSTR '')")


@cache
def shop_files() -> Mapping[str, str]:
    """The files of the shop itself."""
    root = SHOP / "project"
    return {path.relative_to(root).as_posix(): path.read_text() for path in root.rglob("*.lkml")}


_LYING: dict[str, str] = {}
"""What lies on disk now."""


def _place(written: Mapping[str, str]) -> None:
    laid = {**shop_files(), **written}
    wanted = {path: text for path, text in laid.items() if text or path not in shop_files()}
    root = Path(opened().config.folder)
    for path in _LYING.keys() - wanted.keys():
        _on_disk(root, path).unlink()
        del _LYING[path]
    for path, text in wanted.items():
        if _LYING.get(path) != text:
            place = _on_disk(root, path)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8")
            _LYING[path] = text
    _know({path.split("/")[2] for path in wanted if path.startswith("//")})


def _on_disk(root: Path, path: str) -> Path:
    return root / path.removeprefix("//") if path.startswith("//") else root / PROJECT / path


def _know(names: set[str]) -> None:
    """Let the instance know exactly these projects besides the shop."""
    database = opened().database
    with database.read() as db:
        known = {each.name: each.id for each in projects.list_projects(db)}
    if names == known.keys() - {PROJECT}:
        return
    with database.write() as db:
        for name in known.keys() - names - {PROJECT}:
            projects.delete(db, known[name])
        for name in names - known.keys():
            projects.create(
                db, name=name, repository=name, production_branch="", is_folder=True, now=NOW
            )


def _version() -> workspaces.Version:
    instance = opened()
    with instance.database.read() as db:
        project = projects.get_project(db, PROJECT)
    return workspaces.version_of(instance, reader(), project)
