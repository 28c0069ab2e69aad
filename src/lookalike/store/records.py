"""Records: the rows that survive a restart, frozen. Times are aware datetimes in UTC."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from msgspec import Struct


class User(Struct, frozen=True, kw_only=True):
    """`roles` are names of Role records, `role_ids` their ids, `attributes` own values of user
    attributes.
    """

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
    role_ids: tuple[int, ...] = ()


class Role(Struct, frozen=True, kw_only=True):
    """A set of permissions on a set of models; `models` None means all of them."""

    id: int
    name: str
    permissions: frozenset[str]
    models: frozenset[str] | None


class Credential(Struct, frozen=True, kw_only=True):
    """An API credential. The secret is not here: only its hash is kept. `last_used_at` is the last
    login, to the minute; None if there was none.
    """

    id: int
    user: int
    client_id: str
    is_disabled: bool
    created_at: datetime
    default_workspace: str = ""  # where its sessions begin; empty for production
    last_used_at: datetime | None = None


class Session(Struct, frozen=True, kw_only=True):
    """An API session, as long-lived as its access token.

    `real_user` is the admin behind a `login_user` token; `parent` is the session that made it.
    `pins` are the commits of a pinned workspace, by project; empty for any other.
    """

    id: int
    user: int
    workspace: str
    created_at: datetime
    expires_at: datetime
    real_user: int | None = None
    parent: int | None = None
    pins: Mapping[str, str] = {}


class ProjectSettings(Struct, frozen=True, kw_only=True):
    """What can be set of a project; `remote_url` is empty where there is no remote. No secret."""

    remote_url: str = ""
    service_name: str = ""
    username: str = ""
    uses_cookie_auth: bool = False
    username_attribute: str = ""
    password_attribute: str = ""
    http_port: int | None = None
    http_scheme: str = ""
    pull_request_mode: str = "off"
    validation_required: bool = False
    is_release_managed: bool = False
    allows_warnings: bool = True
    is_example: bool = False
    has_deploy_secret: bool = False


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
    settings: ProjectSettings = ProjectSettings()


class DeveloperWorkspace(Struct, frozen=True, kw_only=True):
    """A workspace of one developer: `dev` if the name is empty, else `dev:<name>`.

    Which branch it is on and what is saved in it hangs on a hidden ref of each repository.
    """

    user: int
    name: str
    created_at: datetime
    last_used_at: datetime


class Deploy(Struct, frozen=True, kw_only=True):
    """One try to move production from commit `before` to `after`, empty where there is none.

    `kind` is `branch`, `ref`, `webhook` or `undo`, `status` is `running`, `done` or `failed`;
    `restored` is the commit whose files an undo brought back. `user` is None for a webhook.
    """

    id: int
    project: int
    user: int | None
    kind: str
    target: str
    status: str
    error: str
    before: str
    after: str
    restored: str
    started_at: datetime
    ended_at: datetime | None


class RepositoryCredential(Struct, frozen=True, kw_only=True):
    """How one remote dependency of a project is reached. Holds secrets: never show it."""

    project: int
    name: str
    remote_url: str
    username: str = ""
    password: str = ""
    public_key: str = ""
    private_key: str = ""


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


class TaskStatus(StrEnum):
    """Where a query task is. No record is `missing`: that is what an unknown id has."""

    ADDED = "added"
    RUNNING = "running"
    COMPLETE = "complete"
    ERROR = "error"
    EXPIRED = "expired"
    KILLED = "killed"
    MISSING = "missing"


class QueryTask(Struct, frozen=True, kw_only=True):
    """A saved query that runs, or ran, in the background, and the files it reads.

    `runner` is the process that holds it until `lease_until`. `media_type` and `size` are those of
    the answer, empty and 0 without one.
    """

    id: str
    user: int
    query_id: int
    status: TaskStatus
    result_format: str
    result_source: str
    error: str = ""
    project: str = ""
    workspace: str = ""
    branch: str = ""
    commit: str = ""
    tree: str = ""
    connection: str = ""
    created_at: datetime
    started_at: datetime | None = None
    finished_at: datetime | None = None
    runner: str
    lease_until: datetime
    media_type: str = ""
    size: int = 0

    @property
    def has_ended(self) -> bool:
        return self.status not in (TaskStatus.ADDED, TaskStatus.RUNNING)

    @property
    def runtime(self) -> float | None:
        """Seconds that it ran; None before its end, and if it never started."""
        if self.started_at is None or self.finished_at is None:
            return None
        return (self.finished_at - self.started_at).total_seconds()
