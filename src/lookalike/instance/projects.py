"""Projects: which LookML projects the instance has, and how one comes to be."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from lookalike.git import (
    EMPTY_TREE,
    CommitId,
    Moved,
    Signature,
    branch_ref,
    create_repository,
    is_project_name,
    with_file,
)
from lookalike.instance import workspaces
from lookalike.instance.access import Caller, Permission, require
from lookalike.instance.errors import Conflict, Invalid, NotFound, Problem
from lookalike.instance.instance import Instance, repository_of
from lookalike.store import audit, projects
from lookalike.store.database import Writing
from lookalike.store.records import Project, User

BRANCH = "main"
"""The production branch of a new project."""


def list_projects(instance: Instance, caller: Caller) -> tuple[Project, ...]:
    """The projects of the instance, for those who may see LookML; nobody else sees any."""
    if not caller.may(Permission.SEE_LOOKML):
        return ()
    with instance.database.read() as db:
        return tuple(projects.list_projects(db))


def get_project(instance: Instance, caller: Caller, name: str) -> Project:
    """One project by its id. Raises NotFound."""
    for project in list_projects(instance, caller):
        if project.name == name:
            return project
    raise NotFound(f"project `{name}` was not found")


def create_project(
    instance: Instance, caller: Caller, name: str, files: Mapping[str, str], message: str
) -> Project:
    """A new project in a bare repository, whose production branch begins with one commit of
    `files`.

    Raises Invalid for an impossible name and Conflict for one that is taken.
    """
    require(caller, Permission.DEVELOP)
    if not is_project_name(name):
        raise Invalid(
            f"`{name}` can't be the name of a project; use letters, digits, `_` and `-`",
            (Problem("name", "invalid", "use letters, digits, `_` and `-`"),),
        )
    with instance.database.read() as db:
        if projects.find_project(db, name) is not None:
            raise Conflict(f"project `{name}` exists already")
    relative = f"projects/{name}.git"
    repository = create_repository(Path(instance.config.folder) / relative, BRANCH)
    tree = EMPTY_TREE
    for path, text in sorted(files.items()):
        tree = with_file(repository, tree, path, repository.put(text.encode()))
    commit = repository.commit(tree, (), message, _signature(caller.user), instance.clock())
    repository.move(branch_ref(BRANCH), None, commit)
    with instance.database.write() as db:
        project = projects.create(
            db,
            name=name,
            repository=relative,
            production_branch=BRANCH,
            is_folder=False,
            now=instance.clock(),
        )
        _audit(instance, db, caller, "create_project", name)
    return project


def commit_files(
    instance: Instance, caller: Caller, project: Project, files: Mapping[str, str], message: str
) -> CommitId:
    """One commit of `files` on the caller's own branch. Raises Conflict if the branch moves
    meanwhile.
    """
    require(caller, Permission.DEVELOP)
    copy = workspaces.developer_copy(instance, caller, project)
    repository = repository_of(instance, workspaces.repository_path(instance, project))
    before = repository.find_ref(branch_ref(copy.branch))
    if before is None:
        raise NotFound(f"branch `{copy.branch}` was not found")
    tree = repository.tree_of(CommitId(before))
    for path, text in sorted(files.items()):
        tree = with_file(repository, tree, path, repository.put(text.encode()))
    commit = repository.commit(
        tree, (CommitId(before),), message, _signature(caller.user), instance.clock()
    )
    try:
        repository.move(branch_ref(copy.branch), before, commit)
    except Moved:
        raise Conflict(f"branch `{copy.branch}` has moved; read it again and repeat") from None
    with instance.database.write() as db:
        _audit(instance, db, caller, "commit", f"{project.name}:{copy.branch}")
    return commit


def _signature(user: User) -> Signature:
    return Signature(f"{user.first_name} {user.last_name}".strip() or user.email, user.email)


def _audit(instance: Instance, db: Writing, caller: Caller, action: str, subject: str) -> None:
    audit.record(
        db,
        at=instance.clock(),
        actor=caller.user.id,
        real_actor=caller.session.real_user,
        action=action,
        subject=subject,
        detail="",
    )
