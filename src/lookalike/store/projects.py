"""Projects, and which branch each developer is on. The files themselves are in git."""

from __future__ import annotations

from datetime import datetime

from lookalike.store.records import DeveloperCopy, Project
from lookalike.store.times import moment, stamp
from lookalike.store.transactions import Missing, Reading, Row, Writing, sure

_COLUMNS = "id, name, repository, production_branch, is_folder, created_at"


def create(
    db: Writing,
    *,
    name: str,
    repository: str,
    production_branch: str,
    is_folder: bool,
    now: datetime,
) -> Project:
    """A new project. Raises Taken if the name is in use."""
    row = db.row(
        "INSERT INTO projects (name, repository, production_branch, is_folder, created_at)"
        f" VALUES (?, ?, ?, ?, ?) RETURNING {_COLUMNS}",
        (name, repository, production_branch, int(is_folder), stamp(now)),
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


def copy_of(db: Reading, user: int, project: int) -> DeveloperCopy | None:
    """The user's copy of a project, if there is one yet."""
    row = db.row(
        "SELECT branch FROM developer_copies WHERE user_id = ? AND project_id = ?", (user, project)
    )
    return DeveloperCopy(user=user, project=project, branch=row[0]) if row else None


def set_copy(db: Writing, user: int, project: int, branch: str) -> DeveloperCopy:
    """Put the user's copy of a project on a branch. Raises Missing if either is not there."""
    db.run(
        "INSERT INTO developer_copies (user_id, project_id, branch) VALUES (?, ?, ?)"
        " ON CONFLICT (user_id, project_id) DO UPDATE SET branch = excluded.branch",
        (user, project, branch),
    )
    return DeveloperCopy(user=user, project=project, branch=branch)


def _project_of(row: Row) -> Project:
    id_, name, repository, production_branch, is_folder, created_at = row
    return Project(
        id=id_,
        name=name,
        repository=repository,
        production_branch=production_branch,
        is_folder=bool(is_folder),
        created_at=moment(created_at),
    )
