"""Records: the rows that survive a restart, frozen. Times are aware datetimes in UTC."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct


class User(Struct, frozen=True, kw_only=True):
    """`roles` are names of Role records, `attributes` the user's own values of user attributes."""

    id: int
    email: str
    first_name: str
    last_name: str
    is_disabled: bool
    locale: str
    timezone: str
    roles: tuple[str, ...]
    attributes: Mapping[str, str]
    created_at: datetime


class Role(Struct, frozen=True, kw_only=True):
    """A set of permissions on a set of models; `models` None means all of them."""

    id: int
    name: str
    permissions: frozenset[str]
    models: frozenset[str] | None


class Credential(Struct, frozen=True, kw_only=True):
    """An API credential. The secret is not here: only its hash is kept."""

    id: int
    user: int
    client_id: str
    is_disabled: bool
    created_at: datetime


class Session(Struct, frozen=True, kw_only=True):
    """An API session, as long-lived as its access token.

    `real_user` is the admin behind a `login_user` token; `parent` is the session that made it.
    """

    id: int
    user: int
    workspace: str
    created_at: datetime
    expires_at: datetime
    real_user: int | None = None
    parent: int | None = None


class Project(Struct, frozen=True, kw_only=True):
    """A LookML project.

    `repository` names the bare repository in the data folder, or is the path of a folder on disk
    that is served as it is (`is_folder`); `production_branch` is deployed as it moves there.
    """

    id: int
    name: str
    repository: str
    production_branch: str
    is_folder: bool
    created_at: datetime


class DeveloperCopy(Struct, frozen=True, kw_only=True):
    """One user's branch of one project.

    What is saved but not committed hangs on the copy's hidden ref.
    """

    user: int
    project: int
    branch: str


class Connection(Struct, frozen=True, kw_only=True):
    """A database connection; `settings` are those of `engines.ConnectionSettings`, no secret."""

    name: str
    dialect: str
    settings: Mapping[str, str | int | bool]
    created_at: datetime


class SavedQuery(Struct, frozen=True, kw_only=True):
    """A question, kept for good: equal bodies share one record.

    `body` is canonical JSON, `digest` its SHA-256.
    """

    id: int
    digest: str
    slug: str
    client_id: str
    body: str
    created_at: datetime


class AuditEntry(Struct, frozen=True, kw_only=True):
    """Who did what to whom. `real_actor` is the admin who acted as `actor`, where there was one."""

    id: int
    at: datetime
    actor: int | None
    real_actor: int | None
    action: str
    subject: str
    detail: str
