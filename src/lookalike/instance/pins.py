"""Pins: a workspace that is a set of commits, `@<ref>` or `<project>@<ref>,<project>@<ref>`.

In: what a client wrote. Out: the commit of every project that has one, resolved at one moment.
Projects that are not named, or do not have the ref, are at production. The whole id of a tree is a
ref as well: an answer names the tree it was read from, and can so be had again.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from lookalike.git import (
    AmbiguousRef,
    CommitId,
    MissingObject,
    NotARepository,
    Repository,
    TreeId,
    UnknownRef,
    resolve,
)
from lookalike.instance import upstream
from lookalike.instance.errors import Invalid, LookalikeError, Problem
from lookalike.instance.instance import Instance, repository_for
from lookalike.instance.production import find_production
from lookalike.store import projects
from lookalike.store.records import Project

_ID_LENGTH = 40


def is_pinned(workspace: str) -> bool:
    """Whether the id has the form of a pinned workspace."""
    return "@" in workspace


def pins_of(instance: Instance, workspace: str) -> Mapping[str, str]:
    """The commit of every project. Raises Invalid, about `workspace_id`, for a project or a ref
    that is unknown or ambiguous. A ref that is not here is looked for on the remote.
    """
    with instance.database.read() as db:
        known = {project.name: project for project in projects.list_projects(db)}
    if workspace.startswith("@"):
        found = _everywhere(instance, workspace[1:], known)
    else:
        found = dict(_one(instance, part, known) for part in workspace.split(","))
    for name, project in known.items():
        with suppress(NotARepository):
            production = None if name in found else find_production(instance, project)
            if production is not None:
                found[name] = production.commit
    return found


def refusal(message: str) -> Invalid:
    """A workspace that can't be entered."""
    return Invalid("Validation Failed", (Problem("workspace_id", "invalid", message),))


def _everywhere(instance: Instance, ref: str, known: Mapping[str, Project]) -> dict[str, str]:
    """The ref in each project that has it; at least one must."""
    found: dict[str, str] = {}
    for is_fetching in (False, True):
        for name, project in known.items():
            try:
                found[name] = _resolve(instance, project, ref, is_fetching)
            except UnknownRef:
                continue
        if found:
            return found
    raise refusal(
        f"there is no branch, tag or commit `{ref[:100]}` in any project; push it, or correct it"
    )


def _one(instance: Instance, part: str, known: Mapping[str, Project]) -> tuple[str, str]:
    name, _, ref = part.strip().partition("@")
    project = known.get(name)
    if project is None:
        raise refusal(f"project `{name[:100]}` was not found")
    try:
        return name, _resolve(instance, project, ref, False)
    except UnknownRef:
        pass
    try:
        return name, _resolve(instance, project, ref, True)
    except UnknownRef:
        raise refusal(
            f"there is no branch, tag or commit `{ref[:100]}` in project `{name}`;"
            " push it, or correct it"
        ) from None


def _resolve(instance: Instance, project: Project, ref: str, is_fetching: bool) -> str:
    repository = _repository(instance, project)
    if repository is None:
        raise UnknownRef(ref)
    texts = [ref]
    if is_fetching or ref.startswith("origin/"):
        _fetch(instance, project)
        texts.append(f"origin/{ref}")
    for text in texts:
        try:
            return resolve(repository, text)
        except AmbiguousRef as error:
            raise refusal(f"{error} (project `{project.name}`)") from None
        except UnknownRef:
            continue
    if len(ref) == _ID_LENGTH and _is_tree(repository, ref):
        return ref.lower()
    raise UnknownRef(ref)


def tree_at(repository: Repository, pin: str) -> TreeId:
    """The files of a pin, which is a commit or a tree."""
    try:
        return repository.tree_of(CommitId(pin))
    except MissingObject:
        repository.entries(TreeId(pin))
        return TreeId(pin)


def _is_tree(repository: Repository, text: str) -> bool:
    try:
        repository.entries(TreeId(text.lower()))
    except MissingObject:
        return False
    return True


def _fetch(instance: Instance, project: Project) -> None:
    """What the remote has by now. Without an answer the last one has to do."""
    if upstream.has_remote(project):
        with suppress(LookalikeError):
            upstream.fetch(instance, project)


def _repository(instance: Instance, project: Project) -> Repository | None:
    try:
        return repository_for(instance, project)
    except NotARepository:
        return None
