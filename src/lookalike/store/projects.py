"""Projects and their settings. The files themselves are in git, secrets in `secrets`."""

from __future__ import annotations

from datetime import datetime

import msgspec

from lookalike.store.records import Project, ProjectSettings
from lookalike.store.times import moment, stamp
from lookalike.store.transactions import Missing, Reading, Row, Writing, sure

_COLUMNS = "id, name, repository, production_branch, is_folder, created_at, settings"


def create(  # noqa: PLR0913 - one keyword a column
    db: Writing,
    *,
    name: str,
    repository: str,
    production_branch: str,
    is_folder: bool,
    now: datetime,
    settings: ProjectSettings | None = None,
) -> Project:
    """A new project. Raises Taken if the name is in use."""
    row = db.row(
        "INSERT INTO projects (name, repository, production_branch, is_folder, created_at,"
        f" settings) VALUES (?, ?, ?, ?, ?, ?) RETURNING {_COLUMNS}",
        (
            name,
            repository,
            production_branch,
            int(is_folder),
            stamp(now),
            msgspec.json.encode(settings or ProjectSettings()).decode(),
        ),
    )
    return _project_of(sure(row))


def find_project(db: Reading, name: str) -> Project | None:
    """The project of this name."""
    row = db.row(f"SELECT {_COLUMNS} FROM projects WHERE name = ?", (name,))
    return _project_of(row) if row else None


def get_project(db: Reading, name: str) -> Project:
    """The project of this name. Raises Missing."""
    project = find_project(db, name)
    if project is None:
        raise Missing(f"there is no project `{name}`")
    return project


def list_projects(db: Reading) -> tuple[Project, ...]:
    """Every project, oldest first."""
    return tuple(map(_project_of, db.rows(f"SELECT {_COLUMNS} FROM projects ORDER BY id")))


def move(
    db: Writing, project: int, *, repository: str, production_branch: str, is_folder: bool
) -> None:
    """Say where a project lies now, and what its production is."""
    db.run(
        "UPDATE projects SET repository = ?, production_branch = ?, is_folder = ? WHERE id = ?",
        (repository, production_branch, int(is_folder), project),
    )


def update(
    db: Writing, project: int, *, production_branch: str, settings: ProjectSettings
) -> Project:
    """Set what can be set of a project. Raises Missing if it is not there any more."""
    row = db.row(
        "UPDATE projects SET production_branch = ?, settings = ? WHERE id = ?"
        f" RETURNING {_COLUMNS}",
        (production_branch, msgspec.json.encode(settings).decode(), project),
    )
    if row is None:
        raise Missing(f"there is no project {project}")
    return _project_of(row)


def delete(db: Writing, project: int) -> bool:
    """Forget a project and all that belongs to it. Whether there was one."""
    return db.run("DELETE FROM projects WHERE id = ?", (project,)) > 0


def set_leftover(db: Writing, path: str, free_at: datetime) -> None:
    """From then on the repository at `path` may be removed, unless a project keeps it."""
    db.run(
        "INSERT INTO leftovers (path, free_at) VALUES (?, ?)"
        " ON CONFLICT (path) DO UPDATE SET free_at = excluded.free_at",
        (path, stamp(free_at)),
    )


def list_leftovers(db: Reading, now: datetime) -> tuple[str, ...]:
    """The paths of repositories that may be removed by now."""
    rows = db.rows("SELECT path FROM leftovers WHERE free_at <= ? ORDER BY path", (stamp(now),))
    return tuple(path for (path,) in rows)


def forget_leftover(db: Writing, path: str) -> None:
    """The repository is gone, or a project has it."""
    db.run("DELETE FROM leftovers WHERE path = ?", (path,))


def _project_of(row: Row) -> Project:
    id_, name, repository, production_branch, is_folder, created_at, settings = row
    return Project(
        id=id_,
        name=name,
        repository=repository,
        production_branch=production_branch,
        is_folder=bool(is_folder),
        created_at=moment(created_at),
        settings=msgspec.json.decode(settings, type=ProjectSettings),
    )
