"""Instance: one running Looker, as a bundle of what its functions need.

The store and the repositories are what workers share; memos are each worker's own. The only clock
is here.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

from msgspec import Struct

from lookalike import engines
from lookalike.compiler import model, query, syntax
from lookalike.engines import ConnectionSettings, Engine
from lookalike.git import BlobId, NotARepository, Repository, TreeId, open_repository, sweep
from lookalike.instance import access
from lookalike.instance.background import Background
from lookalike.instance.config import Config
from lookalike.instance.errors import Invalid, Unavailable
from lookalike.instance.memo import Memo
from lookalike.store import accounts, projects
from lookalike.store.database import Database, StoreError, Writing, open_database
from lookalike.store.records import Project

Clock: TypeAlias = Callable[[], datetime]
"""Answers the time now, aware, in UTC."""

USUAL_BRANCHES = ("main", "master")
"""What `production` is where the settings do not say it: the first that there is."""

PERSONAL = "dev-"
"""How the names of the branches begin that are made for developers."""

_HOUR = 3_600
_MOST_NAMED = 10


class AssembledKey(Struct, frozen=True):
    """Everything an assembled project depends on. Overrides of constants come in with importing
    projects.
    """

    project: str
    tree: TreeId
    imports: tuple[tuple[str, TreeId], ...] = ()


class ModelKey(Struct, frozen=True):
    """Everything one model depends on: the files that it reaches, its own first, by project and
    path, with what is in each; and of each project the paths among which its includes choose, by
    their digest, and the manifest.
    """

    project: str
    listings: tuple[tuple[str, str, BlobId | None], ...]
    reached: tuple[tuple[str, str], ...]
    blobs: tuple[BlobId, ...]


class Listing(Struct, frozen=True):
    """The files of a tree that hold LookML, by path: `digest` is of all paths, `models` are the
    model files by the name of the model. `locales` are those that hold texts in other languages.
    """

    paths: tuple[str, ...]
    digest: str
    models: Mapping[str, str]
    locales: tuple[str, ...]


class Memos(Struct, frozen=True):
    """What this worker keeps; see the house rules on keys."""

    parsed: Memo[BlobId, syntax.Parsed]
    dashboards: Memo[BlobId, syntax.yaml.Parsed]
    assembled: Memo[AssembledKey, model.Assembled]
    listings: Memo[tuple[str, ...], Listing]
    listings_at: Memo[TreeId, Listing]
    models: Memo[ModelKey, model.LookmlModel | None]
    models_at: Memo[tuple[AssembledKey, str], model.LookmlModel | None]
    overviews: Memo[ModelKey, model.Overview | None]
    overviews_at: Memo[AssembledKey, Mapping[str, model.Overview]]
    boards: Memo[ModelKey, Mapping[str, model.Dashboard] | None]
    boards_at: Memo[AssembledKey, Mapping[str, Mapping[str, model.Dashboard]]]
    strings: Memo[AssembledKey, Mapping[str, Mapping[str, str]]]
    reuse: Memo[str, model.Reuse]
    dependencies: Memo[TreeId, tuple[str, ...]]
    described: Memo[tuple[object, ...], bytes]
    wordings: Memo[tuple[object, ...], query.Dependence]


class Instance(Struct, frozen=True, kw_only=True):
    """A running instance. `random` gives unguessable bytes. It has no methods besides `close`."""

    config: Config
    database: Database
    repositories: Memo[str, Repository]
    engines: Memo[ConnectionSettings, Engine]
    memos: Memos
    background: Background
    clock: Clock
    random: Callable[[int], bytes]

    def close(self) -> None:
        """End the tasks and the workers, and close the store."""
        self.background.close()
        for engine in self.engines.values():
            engine.close()
        self.database.close()


def open_instance(
    config: Config,
    clock: Clock = lambda: datetime.now(UTC),
    random: Callable[[int], bytes] = secrets.token_bytes,
) -> Instance:
    """Open the store of `config` (migrating it if need be) and enter the roles and the projects it
    must know.

    Nothing else is opened before it is used. What killed calls to remotes have left is removed.
    """
    sweep(_HOUR + config.remote_seconds)
    try:
        database = open_database(config.store_url())
    except StoreError as error:
        raise Unavailable(f"the store can't be opened: {error}") from None
    try:
        with database.write() as db:
            _enter_roles(db)
            _enter_projects(db, config, clock())
    except BaseException:
        database.close()
        raise
    return Instance(
        config=config,
        database=database,
        repositories=Memo(1_000),
        engines=Memo(200),
        memos=Memos(
            parsed=Memo(
                config.parsed_megabytes * 1_000_000, lambda parsed: len(parsed.text) + 1_000
            ),
            dashboards=Memo(20_000_000, lambda parsed: len(parsed.text) + 1_000),
            assembled=Memo(1_000),
            listings=Memo(100_000, lambda found: len(found.paths) + 1),
            listings_at=Memo(1_000),
            models=Memo(1_000),
            models_at=Memo(20_000),
            overviews=Memo(1_000),
            overviews_at=Memo(1_000),
            boards=Memo(1_000),
            boards_at=Memo(1_000),
            strings=Memo(1_000),
            reuse=Memo(100),
            dependencies=Memo(10_000),
            described=Memo(100_000_000, len),
            wordings=Memo(20_000),
        ),
        background=Background(
            database, clock, random(8).hex(), config.task_threads, config.task_queue
        ),
        clock=clock,
        random=random,
    )


def _enter_roles(db: Writing) -> None:
    """The roles that every instance has hold what this version says."""
    for name, permissions in access.ROLES.items():
        found = accounts.find_role(db, name)
        if found is None:
            accounts.create_role(db, name, frozenset(permissions), None)
        elif found.permissions != permissions:
            accounts.set_permissions(db, found.id, permissions)


def _enter_projects(db: Writing, config: Config, now: datetime) -> None:
    """The projects that the settings name lie where the settings say, now and after each change."""
    for name, project in config.projects.items():
        path = Path(config.folder) / project.path
        if not path.is_dir():
            raise Invalid(
                f"project `{name}` lies nowhere: `{project.path}` is not a folder; set the `path`"
                f" of `[projects.{name}]` to a bare git repository or a folder of LookML"
            )
        is_folder = not (path / "HEAD").is_file()
        branch = project.production_branch or USUAL_BRANCHES[0]
        if not is_folder:
            branch = _production_branch(name, project.production_branch, path)
        found = projects.find_project(db, name)
        if found is None:
            projects.create(
                db,
                name=name,
                repository=project.path,
                production_branch=branch,
                is_folder=is_folder,
                now=now,
            )
            continue
        is_there = (found.repository, found.is_folder) == (project.path, is_folder)
        if not is_there or found.production_branch != branch:
            projects.move(
                db,
                found.id,
                repository=project.path,
                production_branch=branch,
                is_folder=is_folder,
            )


def _production_branch(project: str, written: str, path: Path) -> str:
    """The branch that the settings name, or the usual one that there is.

    Raises Invalid where others have branches and this one is missing. Before the first deploy there
    are at most branches of developers.
    """
    names = (written,) if written else USUAL_BRANCHES
    try:
        repository = open_repository(path)
    except NotARepository:
        return names[0]
    known = repository.branches()
    found = next((name for name in names if name in known), None)
    if found is None and not all(name.startswith(PERSONAL) for name in known):
        said = " or ".join(f"`{name}`" for name in names)
        there = ", ".join(f"`{name}`" for name in list(known)[:_MOST_NAMED])
        more = ", …" if len(known) > _MOST_NAMED else ""
        raise Invalid(
            f"project `{project}` has no branch {said} to be `production`; there are {there}{more}:"
            f" set `production_branch` of `[projects.{project}]` to one of them"
        )
    return found or names[0]


def repository_of(instance: Instance, path: str) -> Repository:
    """The open repository at `path`."""
    return instance.repositories.get(path, lambda: open_repository(Path(path)))


def repository_for(instance: Instance, project: Project) -> Repository:
    """The repository of a project. Raises NotARepository for a folder that is not under git."""
    path = _path(instance.config.folder, project.repository)
    return repository_of(instance, str(root_of(Path(path))) if project.is_folder else path)


@lru_cache(1_000)
def _path(folder: str, repository: str) -> str:
    return str(Path(folder) / repository)


def root_of(folder: Path) -> Path:
    """The folder under git that `folder` is or lies in; itself where there is none."""
    for each in (folder, *folder.parents):
        if (each / ".git").exists():
            return each
    return folder


def engine_of(instance: Instance, settings: ConnectionSettings) -> Engine:
    """The engine of a connection, started on first use."""
    return instance.engines.get(settings, lambda: engines.connect(settings))
