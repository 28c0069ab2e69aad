"""Deploys: every try to move production, with its outcome."""

from __future__ import annotations

from datetime import datetime

from lookalike.store.records import Deploy
from lookalike.store.times import moment, stamp
from lookalike.store.transactions import Reading, Row, Writing, sure

_COLUMNS = (
    "id, project_id, user_id, kind, target, status, error, commit_before, commit_after, restored,"
    " started_at, ended_at"
)


def start(
    db: Writing, *, project: int, user: int | None, kind: str, target: str, now: datetime
) -> Deploy:
    """A deploy that has begun. Raises Missing if there is no such project."""
    row = db.row(
        "INSERT INTO deploys (project_id, user_id, kind, target, status, started_at)"
        f" VALUES (?, ?, ?, ?, 'running', ?) RETURNING {_COLUMNS}",
        (project, user, kind, target, stamp(now)),
    )
    return _deploy_of(sure(row))


def succeed(
    db: Writing, deploy: int, *, before: str, after: str, restored: str, now: datetime
) -> Deploy:
    """Write down that production went from one commit to another."""
    row = db.row(
        "UPDATE deploys SET status = 'done', commit_before = ?, commit_after = ?, restored = ?,"
        f" ended_at = ? WHERE id = ? RETURNING {_COLUMNS}",
        (before, after, restored, stamp(now), deploy),
    )
    return _deploy_of(sure(row))


def fail(db: Writing, deploy: int, error: str, now: datetime) -> None:
    """Write down why production did not move."""
    db.run(
        "UPDATE deploys SET status = 'failed', error = ?, ended_at = ? WHERE id = ?",
        (error, stamp(now), deploy),
    )


def find_deploy(db: Reading, project: int, deploy: int) -> Deploy | None:
    """One deploy of a project."""
    row = db.row(
        f"SELECT {_COLUMNS} FROM deploys WHERE project_id = ? AND id = ?", (project, deploy)
    )
    return _deploy_of(row) if row else None


def list_deploys(db: Reading, project: int, limit: int) -> tuple[Deploy, ...]:
    """The deploys of a project that happened, newest first."""
    rows = db.rows(
        f"SELECT {_COLUMNS} FROM deploys WHERE project_id = ? AND status = 'done'"
        " ORDER BY id DESC LIMIT ?",
        (project, limit),
    )
    return tuple(map(_deploy_of, rows))


def last_to(db: Reading, project: int, commit: str) -> Deploy | None:
    """The newest deploy that made production this commit."""
    row = db.row(
        f"SELECT {_COLUMNS} FROM deploys WHERE project_id = ? AND status = 'done'"
        " AND commit_after = ? AND commit_before <> commit_after ORDER BY id DESC LIMIT 1",
        (project, commit),
    )
    return _deploy_of(row) if row else None


def _deploy_of(row: Row) -> Deploy:
    id_, project, user, kind, target, status, error, before, after, restored, started, ended = row
    return Deploy(
        id=id_,
        project=project,
        user=user,
        kind=kind,
        target=target,
        status=status,
        error=error,
        before=before,
        after=after,
        restored=restored,
        started_at=moment(started),
        ended_at=None if ended is None else moment(ended),
    )
