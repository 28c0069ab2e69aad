"""Deploy plans: from which commit to which other one production shall go. Nothing moves here.

In: a project and what was asked for. Out: a Plan, or Invalid with the reason why there is none.
"""

from __future__ import annotations

from msgspec import Struct

from lookalike.git import CommitId, is_ancestor, is_branch_name
from lookalike.instance import branches, copies, projects, upstream
from lookalike.instance.access import Caller
from lookalike.instance.errors import Invalid
from lookalike.instance.instance import Instance, repository_for
from lookalike.store import deploys as rows
from lookalike.store.records import Project


class Plan(Struct, frozen=True, kw_only=True):
    """Where production is and where it shall go; `restored` is the commit an undo brings back."""

    before: CommitId | None
    after: CommitId
    restored: str = ""
    is_pushed: bool = True


def plan_exact(
    instance: Instance, caller: Caller | None, project: Project, branch: str, ref: str
) -> Plan:
    """Production as it is in a branch, the remote's before ours, or at a ref."""
    repository = repository_for(instance, project)
    if upstream.has_remote(project):
        upstream.fetch(instance, project, caller)
    after = None
    if branch and is_branch_name(branch):
        after = upstream.tracked(instance, project, branch) or copies.tip_of(repository, branch)
    if branch and after is None:
        raise Invalid(f"there is no branch `{branch[:100]}`, neither here nor on the remote")
    after = after or branches.find_commit(instance, caller, project, ref)
    before = copies.tip_of(repository, project.production_branch)
    there = upstream.tracked(instance, project, project.production_branch)
    is_pushed = there is None or is_ancestor(repository, there, after)
    return Plan(
        before=before,
        after=after,
        is_pushed=is_pushed and not project.settings.is_release_managed,
    )


def plan_back(instance: Instance, caller: Caller, project: Project) -> Plan:
    """Production as it was before the last deploy."""
    repository = repository_for(instance, project)
    before = copies.tip_of(repository, project.production_branch)
    last = None
    if before is not None:
        with instance.database.read() as db:
            last = rows.last_to(db, project.id, before)
    if before is None or last is None or not last.before:
        raise Invalid(
            f"there is no deploy of project `{project.name}` to undo: production came to be"
            " what it is in another way"
        )
    target = CommitId(last.before)
    if not upstream.has_remote(project):
        return Plan(before=before, after=target)
    upstream.fetch(instance, project, caller)
    there = upstream.tracked(instance, project, project.production_branch)
    is_managed = project.settings.is_release_managed
    if is_managed or (there is not None and not is_ancestor(repository, there, before)):
        # The remote did not follow production: it need not be told that this goes back.
        is_behind = there is None or is_ancestor(repository, there, target)
        return Plan(before=before, after=target, is_pushed=is_behind and not is_managed)
    after = repository.commit(
        repository.tree_of(target),
        (before,),
        f"Undo deploy {last.id}",
        projects.signature(caller.user),
        instance.clock(),
    )
    return Plan(before=before, after=after, restored=target)


def start_of(
    instance: Instance, caller: Caller, project: Project, before: CommitId | None
) -> CommitId | None:
    """What to merge onto: production, or that of the remote if it is ahead."""
    if not upstream.has_remote(project):
        return before
    upstream.fetch(instance, project, caller)
    repository = repository_for(instance, project)
    there = upstream.tracked(instance, project, project.production_branch)
    if before is None or there is None or before == there:
        return before or there
    if is_ancestor(repository, there, before):
        return before
    with instance.database.read() as db:
        last = rows.last_to(db, project.id, before)
    was_back = (
        last is not None
        and last.before
        and not is_ancestor(repository, CommitId(last.before), before)
    )
    if was_back or not is_ancestor(repository, before, there):
        raise Invalid(
            f"production is at {before[:12]}, which is not what branch"
            f" `{project.production_branch}` of the remote builds on; deploy that branch first"
            " (deploy_ref_to_production)"
        )
    return there


def restored_by(instance: Instance, project: Project, commit: CommitId) -> CommitId | None:
    """The commit whose files this one brought back, if it is an undo."""
    with instance.database.read() as db:
        last = rows.last_to(db, project.id, commit)
    return CommitId(last.restored) if last and last.restored else None
