"""Validations: the last one of each project in each workspace."""

from __future__ import annotations

from msgspec import Struct

from lookalike.store.transactions import Reading, Writing

SHARED = 0
"""Stands for the user where a workspace belongs to all."""


class ValidationKey(Struct, frozen=True):
    """Whose workspace was validated, and which project in it."""

    user: int
    project: int
    workspace: str


def keep(db: Writing, key: ValidationKey, digest: str, body: bytes) -> None:
    """Put a validation in the place of the one before it."""
    db.run(
        "INSERT INTO validations (user_id, project_id, workspace, digest, body)"
        " VALUES (?, ?, ?, ?, ?) ON CONFLICT (project_id, user_id, workspace)"
        " DO UPDATE SET digest = excluded.digest, body = excluded.body",
        (key.user, key.project, key.workspace, digest, body),
    )


def find(db: Reading, key: ValidationKey) -> tuple[str, bytes] | None:
    """The digest and the body of the last validation, if there is one."""
    row = db.row(
        "SELECT digest, body FROM validations"
        " WHERE project_id = ? AND user_id = ? AND workspace = ?",
        (key.project, key.user, key.workspace),
    )
    return (row[0], bytes(row[1])) if row else None
