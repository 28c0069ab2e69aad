"""Project changes: what a caller wants to set of a project, who may, and what it comes to.

In: a project and what to set of it. Out: its settings afterwards. Nothing is stored here.
Invariant: a login for one host never becomes the login for another.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from msgspec import UNSET, Struct, UnsetType

from lookalike.git import BadRemote, origin_of
from lookalike.instance.access import Caller, Permission, require
from lookalike.store.records import Project, ProjectSettings

BRANCH = "main"
"""The production branch of a new project."""

_OF_PRODUCTION = (
    "pull_request_mode",
    "validation_required",
    "allows_warnings",
    "is_release_managed",
)
_ATTRIBUTES = ("username_attribute", "password_attribute")
_LOGIN = ("username", *_ATTRIBUTES)


class ProjectChanges(Struct, frozen=True, kw_only=True):
    """What to set of a project; UNSET leaves it as it is. `remote_url` None: no remote (any more).

    Secrets go in here and are never shown.
    """

    name: str | UnsetType = UNSET
    remote_url: str | UnsetType | None = UNSET
    service_name: str | UnsetType | None = UNSET
    username: str | UnsetType | None = UNSET
    password: str | UnsetType | None = UNSET
    production_branch: str | UnsetType | None = UNSET
    uses_cookie_auth: bool | UnsetType | None = UNSET
    username_attribute: str | UnsetType | None = UNSET
    password_attribute: str | UnsetType | None = UNSET
    http_port: int | UnsetType | None = UNSET
    http_scheme: str | UnsetType | None = UNSET
    deploy_secret: str | UnsetType | None = UNSET
    unset_deploy_secret: bool | UnsetType | None = UNSET
    pull_request_mode: str | UnsetType | None = UNSET
    validation_required: bool | UnsetType | None = UNSET
    is_release_managed: bool | UnsetType | None = UNSET
    allows_warnings: bool | UnsetType | None = UNSET

    def said(self) -> Mapping[str, object]:
        """What is set at all, by name."""
        every = {name: getattr(self, name) for name in self.__struct_fields__}
        return {name: value for name, value in every.items() if value is not UNSET}


def check_rights(caller: Caller, project: Project, changes: ProjectChanges) -> None:
    """Raise NotAllowed unless the caller may set this. What stays as it is needs no more than
    `develop`: clients send a project back as they got it.
    """
    require(caller, Permission.DEVELOP)
    after, branch = _written(project, changes)
    before = project.settings
    changed = {name for name in after.__struct_fields__ if _differs(name, before, after)}
    secret = changes.deploy_secret
    is_secret_set = secret is not UNSET and (bool(secret) or before.has_deploy_secret)
    if (
        branch != project.production_branch
        or is_secret_set
        or changed.intersection((*_OF_PRODUCTION, "has_deploy_secret"))
    ):
        require(caller, Permission.DEPLOY)
    if changed.intersection(_ATTRIBUTES):
        require(caller, Permission.ADMINISTER)


def moves_host(project: Project, changes: ProjectChanges) -> bool:
    """Whether the remote would be on another host, port or protocol: what is kept to log in there
    is not for this one.
    """
    if changes.remote_url is UNSET:
        return False
    return _origin(changes.remote_url or "") != _origin(project.settings.remote_url)


def changed(project: Project, changes: ProjectChanges) -> tuple[ProjectSettings, str]:
    """The settings after the changes, and the production branch. None means the default."""
    settings, branch = _written(project, changes)
    if moves_host(project, changes):
        given = changes.said()
        gone = {name: "" for name in _LOGIN if name not in given}
        settings = msgspec.structs.replace(settings, **gone)
    return settings, branch


def _written(project: Project, changes: ProjectChanges) -> tuple[ProjectSettings, str]:
    branch = project.production_branch
    if changes.production_branch is not UNSET:
        branch = changes.production_branch or BRANCH
    defaults = ProjectSettings()
    values = {
        name: getattr(defaults, name) if value is None else value
        for name, value in changes.said().items()
        if name in ProjectSettings.__struct_fields__
    }
    if changes.deploy_secret is not UNSET:
        values["has_deploy_secret"] = bool(changes.deploy_secret)
    if changes.unset_deploy_secret is True:
        values["has_deploy_secret"] = False
    return msgspec.structs.replace(project.settings, **values), branch


def _differs(name: str, before: ProjectSettings, after: ProjectSettings) -> bool:
    return bool(getattr(before, name) != getattr(after, name))


def _origin(url: str) -> object:
    """What a login belongs to. An address that we can't read is like no other."""
    try:
        return origin_of(url) if url else ""
    except BadRemote:
        return url
