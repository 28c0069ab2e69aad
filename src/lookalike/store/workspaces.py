"""Developer workspaces: which a user has besides production, and when each was last entered.

What is in them is in the repositories. The name of the one that every developer has is empty.
"""

from __future__ import annotations

from datetime import datetime

from lookalike.store.records import DeveloperWorkspace
from lookalike.store.times import moment, stamp
from lookalike.store.transactions import Reading, Row, Writing, sure

_COLUMNS = "user_id, name, created_at, last_used_at"


def use(db: Writing, user: int, name: str, now: datetime) -> DeveloperWorkspace:
    """The user's workspace of this name, made if there is none, used now.

    Raises Missing if there is no such user.
    """
    row = db.row(
        "INSERT INTO developer_workspaces (user_id, name, created_at, last_used_at)"
        " VALUES (?, ?, ?, ?) ON CONFLICT (user_id, name) DO UPDATE"
        f" SET last_used_at = excluded.last_used_at RETURNING {_COLUMNS}",
        (user, name, stamp(now), stamp(now)),
    )
    return _workspace_of(sure(row))


def find_workspace(db: Reading, user: int, name: str) -> DeveloperWorkspace | None:
    """The user's workspace of this name."""
    row = db.row(
        f"SELECT {_COLUMNS} FROM developer_workspaces WHERE user_id = ? AND name = ?", (user, name)
    )
    return _workspace_of(row) if row else None


def list_workspaces(db: Reading, user: int) -> tuple[DeveloperWorkspace, ...]:
    """The user's workspaces, by name."""
    rows = db.rows(
        f"SELECT {_COLUMNS} FROM developer_workspaces WHERE user_id = ? ORDER BY name", (user,)
    )
    return tuple(map(_workspace_of, rows))


def list_unused(db: Reading, since: datetime) -> tuple[DeveloperWorkspace, ...]:
    """The named workspaces of all users that nobody has entered since then."""
    rows = db.rows(
        f"SELECT {_COLUMNS} FROM developer_workspaces WHERE name <> '' AND last_used_at < ?"
        " ORDER BY last_used_at, user_id, name",
        (stamp(since),),
    )
    return tuple(map(_workspace_of, rows))


def delete(db: Writing, user: int, name: str) -> bool:
    """Forget a workspace. Whether there was one."""
    return (
        db.run("DELETE FROM developer_workspaces WHERE user_id = ? AND name = ?", (user, name)) > 0
    )


def _workspace_of(row: Row) -> DeveloperWorkspace:
    user, name, created_at, last_used_at = row
    return DeveloperWorkspace(
        user=user, name=name, created_at=moment(created_at), last_used_at=moment(last_used_at)
    )
