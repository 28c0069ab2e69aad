"""Production: which commit of a project `production` is, and whether there is one at all.

A repository of the instance has the branch that the settings name. A folder on disk is somebody's
checkout: its branch may be called otherwise, or be there only as the remote had it, or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from lookalike.git import (
    EMPTY_TREE,
    CommitId,
    NotARepository,
    Repository,
    TreeId,
    branch_ref,
    is_branch_name,
    subtree,
    tracking_ref,
)
from lookalike.instance import copies
from lookalike.instance.errors import Invalid
from lookalike.instance.instance import USUAL_BRANCHES, Instance, repository_for, root_of
from lookalike.store.records import Project

_ORIGIN = "origin/"


class Production(Struct, frozen=True):
    """`branch` is `origin/…` where only the remote had it; `tree` is that of the project."""

    branch: str
    commit: CommitId
    tree: TreeId


def find_production(instance: Instance, project: Project) -> Production | None:
    """What `production` is; None where there is no branch for it, or none that holds the folder.

    Raises NotARepository for a folder that is not under git.
    """
    repository = repository_for(instance, project)
    if not project.is_folder:
        tip = copies.tip_of(repository, project.production_branch)
        if tip is None:
            return None
        return Production(project.production_branch, tip, repository.tree_of(tip))
    for branch, commit in _branches(instance, project, repository):
        tree = tree_within(instance, project, repository.tree_of(commit))
        if tree != EMPTY_TREE:
            return Production(branch, commit, tree)
    return None


def check_production(
    instance: Instance, projects: Iterable[Project], *, needs_git: bool = False
) -> None:
    """Raise Invalid where `production` of a folder would be nothing but the folder as it is.

    A folder that is not under git has only that one version, which is right unless `needs_git`.
    """
    for project in projects:
        if not project.is_folder:
            continue
        try:
            if find_production(instance, project) is None:
                raise Invalid(_missing(instance, project))
        except NotARepository:
            if needs_git:
                raise Invalid(
                    f"there is no `production` of project `{project.name}`: its folder is not under"
                    " git; `production` is a branch, `dev` the folder as it is"
                ) from None


def tree_within(instance: Instance, project: Project, tree: TreeId) -> TreeId:
    """What of a commit's tree is the project: a folder may lie below the root of its repository."""
    if not project.is_folder:
        return tree
    folder = Path(instance.config.folder, project.repository).resolve()
    below = folder.relative_to(root_of(folder)).as_posix()
    return subtree(repository_for(instance, project), tree, "" if below == "." else below)


def _branches(
    instance: Instance, project: Project, repository: Repository
) -> Iterator[tuple[str, CommitId]]:
    """Where production of a folder may be, the likeliest first."""
    names = _names(instance, project)
    remote_head = repository.remote_head() if names == USUAL_BRANCHES else None
    remote = (*([remote_head] if remote_head else ()), *names)
    refs = {name: branch_ref(name) for name in names}
    refs |= {_ORIGIN + name: tracking_ref(name) for name in remote}
    for name, ref in refs.items():
        commit = repository.find_ref(ref)
        if commit is not None:
            yield name, CommitId(commit)


def _names(instance: Instance, project: Project) -> tuple[str, ...]:
    """What its branch may be called: as the settings say, or as usual where they say nothing."""
    settings = instance.config.projects.get(project.name)
    written = settings.production_branch if settings else ""
    if not written:
        return USUAL_BRANCHES
    return (written,) if is_branch_name(written) else ()


def _missing(instance: Instance, project: Project) -> str:
    repository = repository_for(instance, project)
    names = _names(instance, project)
    found = next(_branches(instance, project, repository), None)
    if found is not None:
        return (
            f"branch `{found[0]}` holds no file of project `{project.name}`, so there is no"
            " `production` of it; name a ref that does, such as `@v1.2`"
        )
    said = " or ".join(f"`{name}`" for name in names)
    name = names[0] if names else "main"
    return (
        f"there is no branch {said} here, so there is no `production` of project"
        f" `{project.name}`; fetch it (`git fetch --depth 1 origin"
        f" {name}:refs/remotes/origin/{name}`), or name a ref that is here, such as"
        f" `@origin/{name}`"
    )
