"""Workspaces: which version of each project's files a session works on.

`production` is shared and read-only: the commit that the production branch points at. `dev` belongs
to each user: the user's branch, with what is saved but not committed on top. A session chooses; a
copy outlives it. Rule: API, operations session, update_session, workspace.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from lookalike.git import (
    EMPTY_TREE,
    BlobId,
    CommitId,
    Folder,
    MissingObject,
    Moved,
    NotARepository,
    Repository,
    TreeId,
    branch_ref,
    copy_ref,
    read_folder,
)
from lookalike.instance.access import Caller, Permission, require
from lookalike.instance.errors import Busy, Invalid, NotFound, Problem
from lookalike.instance.instance import Instance, repository_of
from lookalike.store import projects, sessions
from lookalike.store.records import DeveloperCopy, Project, Session

PRODUCTION = "production"
DEV = "dev"
WORKSPACES = (PRODUCTION, DEV)


class Version(Struct, frozen=True, kw_only=True):
    """The files of one project as one workspace has them: a tree, and where it comes from.

    `commit` is empty where there is none; `is_changed` says that the tree holds more than the
    commit.
    """

    project: Project
    workspace: str
    branch: str
    commit: str
    tree: TreeId
    is_changed: bool = False
    folder: Folder | None = None  # where the files are those on disk


def enter(instance: Instance, caller: Caller, workspace: str) -> Session:
    """Make `workspace` the active one of the caller's session."""
    if workspace not in WORKSPACES:
        raise Invalid(
            "Validation Failed",
            (
                Problem(
                    "workspace_id",
                    "invalid",
                    f"workspace `{workspace}` does not exist; use `production` or `dev`",
                ),
            ),
        )
    if workspace == DEV:
        require(caller, Permission.DEVELOP)
    with instance.database.write(durable=False) as db:
        return sessions.set_workspace(db, caller.session.id, workspace)


def version_of(
    instance: Instance, caller: Caller, project: Project, workspace: str = ""
) -> Version:
    """The files of `project` in the caller's workspace, or in the one that is named."""
    workspace = workspace or caller.session.workspace
    if project.is_folder:
        return _folder_version(instance, project, workspace)
    repository = repository_of(instance, repository_path(instance, project))
    if workspace == PRODUCTION:
        return _branch_version(repository, project, PRODUCTION, project.production_branch)
    return _copy_version(instance, caller, repository, project)


def files_of(instance: Instance, version: Version) -> Mapping[str, BlobId]:
    """Path to blob of every file of a version."""
    if version.folder is not None:
        return version.folder.files
    return repository_of(instance, repository_path(instance, version.project)).files(version.tree)


def text_of(instance: Instance, version: Version, blob: BlobId) -> str:
    """The text of one file of a version.

    Raises Busy where a file on disk changed under the reader.
    """
    if version.folder is not None:
        try:
            return version.folder.text(blob)
        except MissingObject:
            raise Busy("a file changed while it was read; ask again") from None
    return repository_of(instance, repository_path(instance, version.project)).text(blob)


def repository_path(instance: Instance, project: Project) -> str:
    """Where a project's repository lies on disk."""
    return str(Path(instance.config.folder) / project.repository)


def _branch_version(
    repository: Repository, project: Project, workspace: str, branch: str
) -> Version:
    commit = repository.find_ref(branch_ref(branch))
    if commit is None:
        return Version(
            project=project, workspace=workspace, branch=branch, commit="", tree=EMPTY_TREE
        )
    tree = repository.tree_of(CommitId(commit))
    return Version(project=project, workspace=workspace, branch=branch, commit=commit, tree=tree)


def _copy_version(
    instance: Instance, caller: Caller, repository: Repository, project: Project
) -> Version:
    """The caller's branch, or its hidden tree where something is saved and not committed."""
    copy = developer_copy(instance, caller, project)
    version = _branch_version(repository, project, DEV, copy.branch)
    saved = repository.find_ref(copy_ref(caller.user.id))
    if saved is None or saved == version.tree:
        return version
    return Version(
        project=project,
        workspace=DEV,
        branch=copy.branch,
        commit=version.commit,
        tree=TreeId(saved),
        is_changed=True,
    )


def developer_copy(instance: Instance, caller: Caller, project: Project) -> DeveloperCopy:
    """The caller's copy of a project; made on first use, on a personal branch that starts at
    production.
    """
    with instance.database.read() as db:
        copy = projects.copy_of(db, caller.user.id, project.id)
    if copy is not None:
        return copy
    branch = personal_branch(caller)
    repository = repository_of(instance, repository_path(instance, project))
    production = repository.find_ref(branch_ref(project.production_branch))
    if production is not None and repository.find_ref(branch_ref(branch)) is None:
        with suppress(Moved):  # another request of the same user made it in between
            repository.move(branch_ref(branch), None, production)
    with instance.database.write() as db:
        return projects.set_copy(db, caller.user.id, project.id, branch)


def personal_branch(caller: Caller) -> str:
    """The name of the caller's own branch: `dev-first-last-xxxx`, as Looker forms it."""
    words = re.sub(r"[^a-z0-9]+", "-", f"{caller.user.first_name} {caller.user.last_name}".lower())
    mark = hashlib.sha256(f"{caller.user.id}:{caller.user.email}".encode()).hexdigest()[:4]
    return "-".join(part for part in ("dev", words.strip("-"), mark) if part)


def _folder_version(instance: Instance, project: Project, workspace: str) -> Version:
    """A folder on disk: `dev` is the folder as it is now, `production` its production branch.

    A folder that is not (yet) under git has one version only, the folder as it is now.
    """
    if workspace == PRODUCTION:
        try:
            repository = repository_of(instance, project.repository)
            version = _branch_version(repository, project, PRODUCTION, project.production_branch)
        except NotARepository:
            version = None
        if version is not None and version.commit:
            return version
    folder = read_folder(Path(project.repository))
    return Version(
        project=project,
        workspace=workspace,
        branch="",
        commit="",
        tree=folder.tree,
        is_changed=True,
        folder=folder,
    )


def find_workspace(workspace: str) -> str:
    """The id itself, if it is one. Raises NotFound."""
    if workspace not in WORKSPACES:
        raise NotFound(f"workspace `{workspace}` was not found; there are `production` and `dev`")
    return workspace
