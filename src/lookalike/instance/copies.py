"""Copies: what one developer workspace has of one project, as one value that moves in one step.

In: a repository, a user, the name of a workspace. Out: the branch it is on and the files it has.
A copy is a commit on a hidden ref: its message is the branch, its parent the commit that the edits
started from, its tree the files. Without edits the copy follows its branch.
Invariant: branch and edits change together or not at all, so who dies between leaves nothing half.
"""

from __future__ import annotations

import hashlib
import re
from contextlib import suppress

from msgspec import Struct

from lookalike.git import (
    EMPTY_TREE,
    CommitId,
    Moved,
    Repository,
    Signature,
    TreeId,
    branch_ref,
    commit_at,
    copy_ref,
    is_branch_name,
)
from lookalike.instance.errors import Conflict
from lookalike.instance.instance import PERSONAL, Instance
from lookalike.instance.moving import move
from lookalike.store.records import Project, User


class Copy(Struct, frozen=True, kw_only=True):
    """A copy as it was read. `base` is empty before the first commit; `id` is what its hidden ref
    points at, None where there is none yet.
    """

    user: int
    workspace: str
    branch: str
    base: CommitId | None
    base_tree: TreeId
    tree: TreeId
    id: CommitId | None

    @property
    def is_changed(self) -> bool:
        return self.tree != self.base_tree


def copy_of(repository: Repository, project: Project, user: User, workspace: str) -> Copy:
    """The copy as it is now. One that was never written to is on the personal branch, or where
    production is if that branch does not exist yet. Nothing is written.
    """
    found = repository.find_ref(copy_ref(user.id, workspace))
    if found is None:
        return _on_branch(
            repository, project, user, workspace, personal_branch(user, workspace), None
        )
    commit = commit_at(repository, CommitId(found))
    base = commit.parents[0] if commit.parents else None
    base_tree = repository.tree_of(base) if base else EMPTY_TREE
    branch = commit.message.strip()
    tip = tip_of(repository, branch)
    if commit.tree == base_tree or (tip is not None and commit.tree == repository.tree_of(tip)):
        return _on_branch(repository, project, user, workspace, branch, commit.id)
    return Copy(
        user=user.id,
        workspace=workspace,
        branch=branch,
        base=base,
        base_tree=base_tree,
        tree=commit.tree,
        id=commit.id,
    )


def put_copy(
    instance: Instance,
    repository: Repository,
    copy: Copy,
    *,
    branch: str,
    base: CommitId | None,
    tree: TreeId,
) -> None:
    """Put the copy on a branch with these files, if it is still as it was read. Raises Moved."""
    commit = repository.commit(
        tree, (base,) if base else (), branch, Signature("lookalike", "copy"), instance.clock()
    )
    move(repository, copy_ref(copy.user, copy.workspace), copy.id, commit)


def settle(
    instance: Instance, repository: Repository, copy: Copy, branch: str, commit: CommitId
) -> None:
    """Put the copy on a branch that is at `commit`, without edits. Raises Moved."""
    tree = repository.tree_of(commit)
    put_copy(instance, repository, copy, branch=branch, base=commit, tree=tree)


def tip_of(repository: Repository, branch: str) -> CommitId | None:
    """The commit a branch is at; None where there is no such branch."""
    if not is_branch_name(branch):
        return None
    found = repository.find_ref(branch_ref(branch))
    return CommitId(found) if found else None


def make_branch(repository: Repository, project: Project, user: User, workspace: str) -> None:
    """See to it that the personal branch is there: it starts at production."""
    branch = personal_branch(user, workspace)
    production = tip_of(repository, project.production_branch)
    if production is not None and tip_of(repository, branch) is None:
        with suppress(Moved):  # another request of the same user made it in between
            move(repository, branch_ref(branch), None, production)


def personal_branch(user: User, workspace: str = "") -> str:
    """The name of a user's own branch: `dev-first-last-xxxx`, as Looker forms it; a named workspace
    has one of its own.
    """
    words = re.sub(r"[^a-z0-9]+", "-", f"{user.first_name} {user.last_name}".lower())[:100]
    mark = hashlib.sha256(f"{user.id}:{user.email}".encode()).hexdigest()[:4]
    return PERSONAL + "-".join(part for part in (words.strip("-"), mark, workspace) if part)


def changed_meanwhile(what: str) -> Conflict:
    """What to tell those who were not the first."""
    return Conflict(f"{what} has changed meanwhile; read it again and repeat")


def _on_branch(
    repository: Repository,
    project: Project,
    user: User,
    workspace: str,
    branch: str,
    found: CommitId | None,
) -> Copy:
    base = tip_of(repository, branch) or tip_of(repository, project.production_branch)
    tree = repository.tree_of(base) if base else EMPTY_TREE
    return Copy(
        user=user.id,
        workspace=workspace,
        branch=branch,
        base=base,
        base_tree=tree,
        tree=tree,
        id=found,
    )
