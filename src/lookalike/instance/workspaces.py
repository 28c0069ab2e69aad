"""Workspaces: which version of each project's files a session works on.

`production` is shared and read-only: the commit that the production branch points at. `dev` belongs
to each user: a branch, with what is saved but not committed on top; `dev:<name>` is a further one,
for those who do several things at once. `@<ref>` is a set of commits, read-only and unchanging for
as long as the session lasts. A session chooses; a copy outlives it.
Rule: API, operations session, update_session, workspace.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from lookalike.git import (
    EMPTY_TREE,
    BadPath,
    BlobId,
    CommitId,
    Folder,
    MissingObject,
    NotARepository,
    Repository,
    TooLarge,
    TreeId,
    is_workspace_name,
    read_folder,
)
from lookalike.instance import copies, parking
from lookalike.instance.access import Caller, Permission, permissions_of, require
from lookalike.instance.errors import Busy, Invalid, NotFound
from lookalike.instance.instance import Instance, repository_for
from lookalike.instance.pins import is_pinned, pins_of, refusal, tree_at
from lookalike.instance.production import find_production, tree_within
from lookalike.store import accounts, projects, sessions
from lookalike.store import workspaces as rows
from lookalike.store.records import DeveloperWorkspace, Project, Session

PRODUCTION = "production"
DEV = "dev"
NAMED = "dev:"


class Unreadable(Invalid):
    """The files of a project can't be read. No other project is the worse for it."""


class Version(Struct, frozen=True, kw_only=True):
    """The files of one project as one workspace has them: a tree, and where it comes from.

    `commit` is empty where there is none; `is_changed` says that the tree holds more than the
    commit. `branch` of a pinned workspace is the ref it was pinned to.
    """

    project: Project
    workspace: str
    branch: str
    commit: str
    tree: TreeId
    is_changed: bool = False
    folder: Folder | None = None  # where the files are those on disk


class Workspace(Struct, frozen=True, kw_only=True):
    """A workspace as a value: its versions of the projects that the caller may see.

    `last_used_at` is None for `production` and for a pinned one.
    """

    id: str
    kind: Literal["production", "dev", "named", "pinned"]
    may_enter: bool
    versions: tuple[Version, ...]
    last_used_at: datetime | None = None


def enter(instance: Instance, caller: Caller, workspace: str) -> Session:
    """Make `workspace` the active one of the caller's session. A developer workspace is made on
    first use; a pinned one is resolved, once.

    Raises Invalid, about `workspace_id`, and NotAllowed without the permission `develop`.
    """
    check_id(workspace)
    pins: Mapping[str, str] = {}
    if workspace != PRODUCTION:
        require(caller, Permission.DEVELOP)
    if is_dev(workspace):
        _use(instance, caller, workspace)
    elif workspace != PRODUCTION:
        pins = pins_of(instance, workspace)
    with instance.database.write(durable=False) as db:
        if workspace != PRODUCTION:  # the caller may have lost the permission since
            user, roles = accounts.hold(db, caller.user.id)
            now = replace(caller, user=user, permissions=permissions_of(roles))
            require(now, Permission.DEVELOP)
        return sessions.set_workspace(db, caller.session.id, workspace, pins)


def within(instance: Instance, caller: Caller, workspace: str) -> Caller:
    """The caller as if its session were in `workspace`, resolved now: for reading there without
    entering.

    Raises NotFound for a named workspace that the caller does not have, otherwise as `enter` does.
    """
    check_id(workspace)
    if workspace == caller.session.workspace:
        return caller
    pins: Mapping[str, str] = {}
    if workspace != PRODUCTION:
        require(caller, Permission.DEVELOP)
        if is_pinned(workspace):
            pins = pins_of(instance, workspace)
        elif workspace != DEV:
            _find_named(instance, caller, workspace)
    return replace(caller, session=replace(caller.session, workspace=workspace, pins=pins))


def version_of(
    instance: Instance, caller: Caller, project: Project, workspace: str = ""
) -> Version:
    """The files of `project` in the caller's workspace, or in the one that is named.

    Raises Unreadable for a project that is broken.
    """
    with reading(project):
        return _version_of(instance, caller, project, workspace or caller.session.workspace)


def list_workspaces(instance: Instance, caller: Caller) -> tuple[Workspace, ...]:
    """`production`, `dev`, the caller's named ones, and the pinned one that the session is in."""
    with instance.database.read() as db:
        held = rows.list_workspaces(db, caller.user.id)
    ids = [PRODUCTION, DEV, *(NAMED + row.name for row in held if row.name)]
    if caller.session.workspace not in ids:
        ids.append(caller.session.workspace)
    used = {row.name: row for row in held}
    return tuple(_workspace(instance, caller, workspace, used) for workspace in ids)


def workspace_of(instance: Instance, caller: Caller, workspace: str) -> Workspace:
    """One workspace. `@<ref>` tells the commits that entering it now would pin.

    Raises NotFound for one that is none, Invalid for an unknown or ambiguous ref.
    """
    if workspace in (PRODUCTION, DEV):
        name_rows: Mapping[str, DeveloperWorkspace] = {}
        if workspace == DEV:
            with instance.database.read() as db:
                row = rows.find_workspace(db, caller.user.id, "")
            name_rows = {"": row} if row else {}
        return _workspace(instance, caller, workspace, name_rows)
    if is_pinned(workspace):
        pinned = within(instance, caller, workspace)
        return _workspace(instance, pinned, workspace, {})
    row = _find_named(instance, caller, workspace)
    return _workspace(instance, caller, workspace, {row.name: row})


def delete_workspace(instance: Instance, caller: Caller, workspace: str) -> None:
    """Remove a named workspace of the caller. What is in it and nowhere else stays on a parked ref.

    Raises NotFound, and Invalid for one that can't be removed.
    """
    require(caller, Permission.DEVELOP)
    if not workspace.startswith(NAMED):
        raise Invalid(f"workspace `{workspace}` can't be removed, only those named `dev:<name>`")
    row = _find_named(instance, caller, workspace)
    parking.park_workspace(instance, row)


def others(instance: Instance, caller: Caller, workspace: str) -> tuple[str, ...]:
    """The workspaces the caller could look into beside this one, at most a handful."""
    if not caller.may(Permission.DEVELOP):
        return ()
    with instance.database.read() as db:
        held = rows.list_workspaces(db, caller.user.id)
    recent = sorted(held, key=lambda row: row.last_used_at, reverse=True)[:5]
    named = [NAMED + row.name for row in recent if row.name]
    return tuple(one for one in (PRODUCTION, DEV, *named) if one != workspace)


def check_id(workspace: str) -> None:
    """Raise Invalid unless this can be the id of a workspace."""
    if workspace in (PRODUCTION, DEV) or is_pinned(workspace):
        return
    if not workspace.startswith(NAMED):
        raise refusal(
            f"workspace `{workspace[:100]}` does not exist;"
            " use `production`, `dev`, `dev:<name>` or `@<ref>`"
        )
    if not is_workspace_name(workspace.removeprefix(NAMED)):
        raise refusal(
            "the name of a developer workspace has 1 to 40 small letters, digits, `_` and `-`"
        )


def is_dev(workspace: str) -> bool:
    """Whether files can be edited there: `dev` and `dev:<name>`."""
    return workspace == DEV or workspace.startswith(NAMED)


def name_of(workspace: str) -> str:
    """The name of a developer workspace; empty for `dev`."""
    return workspace.removeprefix(NAMED) if workspace != DEV else ""


def editable_copy(
    instance: Instance, caller: Caller, project: Project
) -> tuple[Repository, copies.Copy]:
    """The repository of a project and the copy of it that the caller's session may write to.

    Raises Invalid outside of developer workspaces and for a project that is a folder on disk.
    """
    require(caller, Permission.DEVELOP)
    workspace = caller.session.workspace
    if not is_dev(workspace):
        raise Invalid(
            f"workspace `{workspace}` is read-only; switch the session to `dev` (update_session)"
        )
    if project.is_folder:
        raise Invalid(
            f"project `{project.name}` is a folder on disk that is served as it is; edit its files"
            " there, or add its repository as a project"
        )
    repository = repository_for(instance, project)
    name = name_of(workspace)
    copies.make_branch(repository, project, caller.user, name)
    return repository, copies.copy_of(repository, project, caller.user, name)


def files_of(instance: Instance, version: Version) -> Mapping[str, BlobId]:
    """Path to blob of every file of a version. Raises Unreadable."""
    if version.folder is not None:
        return version.folder.files
    with reading(version.project):
        return repository_for(instance, version.project).files(version.tree)


def check_readable(instance: Instance, project: Project, commit: CommitId | None) -> None:
    """Raise Unreadable unless the files of the commit can be listed: before it is production."""
    if commit is not None:
        with reading(project):
            repository = repository_for(instance, project)
            repository.files(repository.tree_of(commit))


@contextmanager
def reading(project: Project) -> Iterator[None]:
    """What can be wrong with what a project holds, as an error of the hall."""
    try:
        yield
    except (BadPath, MissingObject, NotARepository, TooLarge) as error:
        raise Unreadable(
            f"project `{project.name}` can't be read: {error}; reset or deploy it to a commit that"
            " can be"
        ) from None


def text_of(instance: Instance, version: Version, blob: BlobId) -> str:
    """The text of one file of a version.

    Raises Busy where a file on disk changed under the reader, Unreadable for one too large.
    """
    if version.folder is not None:
        try:
            return version.folder.text(blob)
        except MissingObject:
            raise Busy("a file changed while it was read; ask again") from None
    with reading(version.project):
        return repository_for(instance, version.project).text(blob)


def repository_path(instance: Instance, project: Project) -> str:
    """Where a project's repository, or its folder, lies on disk."""
    return str(Path(instance.config.folder) / project.repository)


def personal_branch(caller: Caller) -> str:
    """The name of the caller's own branch."""
    return copies.personal_branch(caller.user)


def _version_of(instance: Instance, caller: Caller, project: Project, workspace: str) -> Version:
    if workspace == PRODUCTION:
        return _production_version(instance, project)
    if is_dev(workspace):
        if project.is_folder:
            return _folder_version(instance, project, workspace)
        return _copy_version(instance, caller, project, workspace)
    pins = caller.session.pins
    if workspace != caller.session.workspace or not pins:
        pins = within(instance, caller, workspace).session.pins or pins_of(instance, workspace)
    return _pinned_version(instance, project, workspace, pins)


def _use(instance: Instance, caller: Caller, workspace: str) -> None:
    """Note that a developer workspace is in use; make it, with its branches, where it is new."""
    name = name_of(workspace)
    now = instance.clock()
    with instance.database.read() as db:
        is_new = rows.find_workspace(db, caller.user.id, name) is None
    if is_new and name:
        parking.park_unused(instance, now - timedelta(days=instance.config.workspace_days))
        _check_quota(instance, caller)
    with instance.database.write(durable=is_new) as db:
        rows.use(db, caller.user.id, name, now)
    with instance.database.read() as db:
        known = projects.list_projects(db)
    for project in known:
        if not project.is_folder:
            with suppress(Unreadable), reading(project):
                copies.make_branch(repository_for(instance, project), project, caller.user, name)


def _check_quota(instance: Instance, caller: Caller) -> None:
    with instance.database.read() as db:
        held = [row.name for row in rows.list_workspaces(db, caller.user.id) if row.name]
    most = instance.config.workspaces_per_user
    if len(held) >= most:
        raise refusal(
            f"user {caller.user.id} has {len(held)} named workspaces, {most} are allowed;"
            " delete one, or raise `workspaces_per_user`"
        )


def _find_named(instance: Instance, caller: Caller, workspace: str) -> DeveloperWorkspace:
    row = None
    if workspace.startswith(NAMED):
        with instance.database.read() as db:
            row = rows.find_workspace(db, caller.user.id, workspace.removeprefix(NAMED))
    if row is None:
        raise NotFound(
            f"workspace `{workspace[:100]}` was not found; there are `production`, `dev`,"
            " `dev:<name>` once it has been entered, and `@<ref>`"
        )
    return row


def _workspace(
    instance: Instance, caller: Caller, workspace: str, used: Mapping[str, DeveloperWorkspace]
) -> Workspace:
    known: tuple[Project, ...] = ()
    if caller.may(Permission.SEE_LOOKML):
        with instance.database.read() as db:
            known = projects.list_projects(db)
    versions = []
    for project in known:
        with suppress(Unreadable):
            versions.append(version_of(instance, caller, project, workspace))
    row = used.get(name_of(workspace)) if is_dev(workspace) else None
    return Workspace(
        id=workspace,
        kind=_kind(workspace),
        may_enter=workspace == PRODUCTION or caller.may(Permission.DEVELOP),
        versions=tuple(versions),
        last_used_at=row.last_used_at if row else None,
    )


def _kind(workspace: str) -> Literal["production", "dev", "named", "pinned"]:
    if workspace == PRODUCTION:
        return "production"
    if workspace == DEV:
        return "dev"
    return "named" if workspace.startswith(NAMED) else "pinned"


def _production_version(instance: Instance, project: Project) -> Version:
    """What the production branch holds. A folder without one has one version only, the folder as it
    is now.
    """
    try:
        found = find_production(instance, project)
    except NotARepository:
        if not project.is_folder:
            raise
        found = None
    if found is None and project.is_folder:
        return _folder_version(instance, project, PRODUCTION)
    return Version(
        project=project,
        workspace=PRODUCTION,
        branch=found.branch if found else project.production_branch,
        commit=found.commit if found else "",
        tree=found.tree if found else EMPTY_TREE,
    )


def _copy_version(instance: Instance, caller: Caller, project: Project, workspace: str) -> Version:
    repository = repository_for(instance, project)
    copy = copies.copy_of(repository, project, caller.user, name_of(workspace))
    return Version(
        project=project,
        workspace=workspace,
        branch=copy.branch,
        commit=copy.base or "",
        tree=copy.tree,
        is_changed=copy.is_changed,
    )


def _pinned_version(
    instance: Instance, project: Project, workspace: str, pins: Mapping[str, str]
) -> Version:
    """A project that was not there when the session was pinned has no files in it."""
    commit = pins.get(project.name, "")
    if project.is_folder and not commit:
        return _folder_version(instance, project, workspace)
    tree = EMPTY_TREE
    if commit:
        whole = tree_at(repository_for(instance, project), commit)
        tree = tree_within(instance, project, whole)
        commit = "" if whole == commit else commit
    return Version(
        project=project,
        workspace=workspace,
        branch=_pinned_ref(project, workspace),
        commit=commit,
        tree=tree,
    )


def _pinned_ref(project: Project, workspace: str) -> str:
    """The ref that was written for a project; that of production where none was."""
    for part in workspace.split(","):
        name, _, ref = part.strip().partition("@")
        if name in ("", project.name):
            return ref
    return project.production_branch


def _folder_version(instance: Instance, project: Project, workspace: str) -> Version:
    """A folder on disk, as it is now."""
    folder = read_folder(Path(repository_path(instance, project)))
    return Version(
        project=project,
        workspace=workspace,
        branch="",
        commit="",
        tree=folder.tree,
        is_changed=True,
        folder=folder,
    )
