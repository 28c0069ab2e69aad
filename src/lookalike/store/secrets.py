"""Secrets of projects: what their remotes and their webhook are reached with.

They are read by the one module that needs them and are part of no record that is shown.
"""

from __future__ import annotations

from lookalike.store.records import RepositoryCredential
from lookalike.store.transactions import Reading, Row, Writing, sure

PASSWORD = "password"
PRIVATE_KEY = "private_key"
PUBLIC_KEY = "public_key"
DEPLOY_SECRET = "deploy_secret"

_COLUMNS = "project_id, name, remote_url, username, password, public_key, private_key"


def set_secret(db: Writing, project: int, kind: str, secret: str) -> None:
    """Keep a secret of a project; an empty one is forgotten."""
    if not secret:
        db.run("DELETE FROM project_secrets WHERE project_id = ? AND kind = ?", (project, kind))
        return
    db.run(
        "INSERT INTO project_secrets (project_id, kind, secret) VALUES (?, ?, ?)"
        " ON CONFLICT (project_id, kind) DO UPDATE SET secret = excluded.secret",
        (project, kind, secret),
    )


def find_secret(db: Reading, project: int, kind: str) -> str:
    """A secret of a project; empty where there is none."""
    row = db.row(
        "SELECT secret FROM project_secrets WHERE project_id = ? AND kind = ?", (project, kind)
    )
    return row[0] if row else ""


def set_credential(db: Writing, credential: RepositoryCredential) -> RepositoryCredential:
    """Keep how a dependency of a project is reached."""
    row = db.row(
        f"INSERT INTO repository_credentials ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (project_id, name) DO UPDATE SET remote_url = excluded.remote_url,"
        " username = excluded.username, password = excluded.password,"
        " public_key = excluded.public_key, private_key = excluded.private_key"
        f" RETURNING {_COLUMNS}",
        (
            credential.project,
            credential.name,
            credential.remote_url,
            credential.username,
            credential.password,
            credential.public_key,
            credential.private_key,
        ),
    )
    return _credential_of(sure(row))


def list_credentials(db: Reading, project: int) -> tuple[RepositoryCredential, ...]:
    """What is kept for the dependencies of a project, by name."""
    rows = db.rows(
        f"SELECT {_COLUMNS} FROM repository_credentials WHERE project_id = ? ORDER BY name",
        (project,),
    )
    return tuple(map(_credential_of, rows))


def delete_credential(db: Writing, project: int, name: str) -> bool:
    """Forget how a dependency is reached. Whether it was known."""
    return (
        db.run(
            "DELETE FROM repository_credentials WHERE project_id = ? AND name = ?", (project, name)
        )
        > 0
    )


def _credential_of(row: Row) -> RepositoryCredential:
    project, name, remote_url, username, password, public_key, private_key = row
    return RepositoryCredential(
        project=project,
        name=name,
        remote_url=remote_url,
        username=username,
        password=password,
        public_key=public_key,
        private_key=private_key,
    )
