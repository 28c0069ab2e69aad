"""Parking: a named workspace goes away, and what is in it and nowhere else stays on a hidden ref.

In: a workspace nobody needs. Out: nothing of it but `refs/lookalike/parked/…` where there was work.
Invariant: work is parked before anything is removed, and everything can be repeated.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta

from lookalike.git import (
    CommitId,
    Moved,
    Repository,
    Signature,
    branch_ref,
    copy_ref,
    is_ancestor,
    parked_ref,
)
from lookalike.instance import copies
from lookalike.instance.instance import Instance, repository_for
from lookalike.instance.moving import move
from lookalike.store import accounts, audit, projects
from lookalike.store import workspaces as rows
from lookalike.store.records import DeveloperWorkspace, Project, User


def park_unused(instance: Instance, since: datetime) -> None:
    """Park the named workspaces that nobody has entered since then."""
    with instance.database.read() as db:
        unused = rows.list_unused(db, since)
    for row in unused:
        park_workspace(instance, row)


def park_workspace(instance: Instance, row: DeveloperWorkspace) -> None:
    """Park one workspace, in every project. Raises Conflict if somebody writes to it meanwhile."""
    with instance.database.read() as db:
        user = accounts.get_user(db, row.user)
        known = projects.list_projects(db)
    for project in known:
        if not project.is_folder:
            _park(instance, project, user, row.name)
    with instance.database.write() as db:
        rows.delete(db, row.user, row.name)
        audit.record(
            db,
            at=instance.clock(),
            actor=row.user,
            real_actor=None,
            action="delete_workspace",
            subject=f"dev:{row.name}",
            detail="",
        )


def _park(instance: Instance, project: Project, user: User, name: str) -> None:
    repository = repository_for(instance, project)
    own = copies.personal_branch(user, name)
    tip = copies.tip_of(repository, own)
    copy = copies.copy_of(repository, project, user, name)
    work: list[CommitId] = []
    if copy.is_changed:
        parents = (copy.base,) if copy.base else ()
        author = Signature(f"{user.first_name} {user.last_name}".strip() or user.email, user.email)
        message = f"Edits of workspace dev:{name} on branch {copy.branch}, not committed"
        work.append(repository.commit(copy.tree, parents, message, author, instance.clock()))
    is_below = bool(work and tip and copy.base and is_ancestor(repository, tip, copy.base))
    if tip is not None and not is_below and not _is_kept(repository, own, tip):
        work.append(tip)
    for n, commit in enumerate(work):
        at = instance.clock() + timedelta(microseconds=n)
        with suppress(Moved):  # it was parked before, and what followed was interrupted
            move(repository, parked_ref(user.id, name, at), None, commit)
    try:
        if copy.id is not None:
            move(repository, copy_ref(user.id, name), copy.id, None)
        if tip is not None:
            move(repository, branch_ref(own), tip, None)
    except Moved:
        raise copies.changed_meanwhile(f"workspace `dev:{name}`") from None


def _is_kept(repository: Repository, own: str, tip: CommitId) -> bool:
    """Whether another branch, here or on the remote, holds the commit."""
    others = {name: commit for name, commit in repository.branches().items() if name != own}
    held = {*others.values(), *repository.remote_branches().values()}
    return any(is_ancestor(repository, tip, commit) for commit in held)
