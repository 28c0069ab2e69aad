"""Deploys: what a developer has committed becomes production, and can be taken back.

In: a branch or a ref. Out: what changed, once production has moved in one step; or nothing has.
Where there is a remote, its production branch moves first: it decides between two who deploy at
once. What dies after that is caught up by the next deploy.
Rule: API, operations deploy_to_production, deploy_ref_to_production,
async_deploy_ref_to_production, deploy_status, tag_ref, and the deploy webhook.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

from msgspec import Struct
from msgspec.structs import replace

from lookalike import git
from lookalike.git import (
    EMPTY_TREE,
    BlobId,
    CommitId,
    Moved,
    RefTaken,
    Repository,
    branch_ref,
    changes,
    create_tag,
    is_ancestor,
    is_branch_name,
    merge,
    merge_base,
)
from lookalike.instance import (
    auditing,
    branches,
    copies,
    projects,
    upstream,
    workspaces,
)
from lookalike.instance.access import Caller, Permission, require
from lookalike.instance.deploy_checks import check
from lookalike.instance.deploy_plans import Plan, plan_back, plan_exact, restored_by, start_of
from lookalike.instance.errors import (
    Conflict,
    Invalid,
    LookalikeError,
    NotAuthenticated,
    NotFound,
    Problem,
)
from lookalike.instance.instance import Instance, repository_for
from lookalike.instance.moving import move
from lookalike.instance.workspaces import Unreadable, reading
from lookalike.store import deploys as rows
from lookalike.store import projects as project_rows
from lookalike.store.database import StoreError
from lookalike.store.records import Deploy, Project

LOG = logging.getLogger(__name__)

_LOST_AFTER = timedelta(minutes=15)
_NOTHING = "nothing to deploy: production holds it all"


class FileConflict(Struct, frozen=True):
    """A file that both sides changed. Each side is its text, None where it is deleted there;
    `merged` has both with markers.
    """

    path: str
    production: str | None
    branch: str | None
    merged: str


class Deployed(Struct, frozen=True, kw_only=True):
    """A deploy that has happened; `number` names its record. `before` is empty for the first one.

    Without `changed_paths`, and with `before` as `after`, production held it all already. `message`
    is what there is to say about it, a warning for one.
    """

    number: int
    project: str
    before: str
    after: str
    changed_paths: tuple[str, ...] = ()
    message: str = ""


class DeployStatus(Struct, frozen=True, kw_only=True):
    """`status` is PENDING, COMPILING, SUCCESS or FAILED."""

    number: int
    status: str
    error: str = ""
    commit: str = ""


class DeployConflict(Invalid):
    """Production and the branch changed the same lines. Nothing was changed."""

    def __init__(self, message: str, files: tuple[FileConflict, ...]) -> None:
        super().__init__(message)
        self.files = files


def deploy(instance: Instance, caller: Caller, project: str) -> Deployed:
    """Merge the branch of the caller's developer workspace into production and push it.

    Raises DeployConflict, Conflict if somebody deployed meanwhile, Invalid where something is not
    committed or not valid and must be.
    """
    require(caller, Permission.DEPLOY)
    found = projects.get_project(instance, caller, project)
    repository, copy = workspaces.editable_copy(instance, caller, found)
    if found.settings.pull_request_mode == "required":
        raise Invalid(
            f"project `{project}` requires pull requests; merge one on the remote, the webhook"
            " deploys it"
        )
    if copy.is_changed:
        with reading(found):
            edited = [change.path for change in changes(repository, copy.base_tree, copy.tree)]
        raise Invalid(f"not committed yet: {', '.join(edited[:20])}; commit or reset them first")
    tip = copies.tip_of(repository, copy.branch)
    if tip is None:
        raise Invalid(f"branch `{copy.branch}` has no commit yet; commit something first")

    def plan() -> Plan:
        return _merge(instance, caller, found, copy.branch, tip)

    return _perform(
        instance, caller, found, _begin(instance, caller, found, "branch", copy.branch), plan
    )


def deploy_ref(
    instance: Instance, caller: Caller, project: str, branch: str = "", ref: str = ""
) -> Deployed:
    """Make production exactly the commit of `branch` xor `ref`, be it a step back.

    The production branch of the remote follows where that loses nothing.
    """
    found = _deployable(instance, caller, project, branch, ref)
    started = _begin(instance, caller, found, "ref", branch or ref)
    return _perform(
        instance, caller, found, started, lambda: plan_exact(instance, caller, found, branch, ref)
    )


def start_deploy_ref(
    instance: Instance, caller: Caller, project: str, branch: str = "", ref: str = ""
) -> int:
    """Begin `deploy_ref` in the background; the number to ask `deploy_status` for."""
    found = _deployable(instance, caller, project, branch, ref)
    started = _begin(instance, caller, found, "ref", branch or ref)

    def work() -> None:
        with suppress(LookalikeError):  # it is in the record
            _perform(
                instance,
                caller,
                found,
                started,
                lambda: plan_exact(instance, caller, found, branch, ref),
            )

    threading.Thread(target=work, name=f"deploy-{started.id}", daemon=True).start()
    return started.id


def deploy_status(instance: Instance, caller: Caller, project: str, number: int) -> DeployStatus:
    """How far a deploy is. Raises NotFound."""
    require(caller, Permission.DEPLOY)
    found = projects.get_project(instance, caller, project)
    with instance.database.read() as db:
        row = rows.find_deploy(db, found.id, number)
    if row is None:
        raise NotFound(f"deploy {number} was not found in project `{project}`")
    if row.status == "done":
        return DeployStatus(number=number, status="SUCCESS", commit=row.after)
    if row.status == "running" and instance.clock() - row.started_at < _LOST_AFTER:
        return DeployStatus(number=number, status="COMPILING")
    lost = "the server that ran this deploy was stopped; deploy again"
    return DeployStatus(number=number, status="FAILED", error=row.error or lost)


def undo(instance: Instance, caller: Caller, project: str) -> Deployed:
    """Take the last deploy back. Undoing an undo deploys it again.

    Where the remote has the deploy, its history is not rewritten: a commit brings the files back.
    """
    require(caller, Permission.DEPLOY)
    found = projects.get_project(instance, caller, project)
    _check_repository(found)
    started = _begin(instance, caller, found, "undo", "")
    return _perform(instance, caller, found, started, lambda: plan_back(instance, caller, found))


def list_deploys(
    instance: Instance, caller: Caller, project: str, limit: int = 100
) -> tuple[Deployed, ...]:
    """What was deployed, newest first."""
    found = projects.get_project(instance, caller, project)
    with instance.database.read() as db:
        done = rows.list_deploys(db, found.id, limit)
    return tuple(_deployed(instance, found, row) for row in done)


def tag_ref(
    instance: Instance,
    caller: Caller,
    project: str,
    *,
    name: str,
    commit: str = "",
    message: str = "",
) -> None:
    """Tag a commit (empty: that of the caller's workspace), here and on the remote.

    Raises Conflict if there is such a tag.
    """
    require(caller, Permission.DEPLOY)
    found = projects.get_project(instance, caller, project)
    _check_repository(found)
    if not is_branch_name(name):
        wrong = "use letters, digits and `._-/`, as for branches of git"
        raise Invalid(f"`{name[:100]}` can't name a tag", (Problem("tag_name", "invalid", wrong),))
    target = CommitId(workspaces.version_of(instance, caller, found).commit)
    if commit:
        target = branches.find_commit(instance, caller, found, commit)
    if not target:
        raise Invalid(f"project `{project}` has no commit yet; commit something first")
    repository = repository_for(instance, found)
    author = projects.signature(caller.user)
    try:
        create_tag(repository, name, target, message, author, instance.clock())
    except RefTaken:
        raise Conflict(f"tag `{name}` exists already; choose another name") from None
    with instance.database.write() as db:
        auditing.record(instance, db, caller, "tag", f"{project}:{name}", target)
    if upstream.has_remote(found):
        upstream.push_tag(instance, found, caller, name)


def deploy_by_webhook(
    instance: Instance, project: str, secret: str, branch: str = "", ref: str = ""
) -> Deployed:
    """Fetch and deploy the production branch of the remote, or `branch` or `ref`. Nobody is signed
    in: the project's deploy secret is what counts.

    Raises NotAuthenticated for a wrong secret, for a project that has none and for an unknown one
    alike.
    """
    with instance.database.read() as db:
        found = project_rows.find_project(db, project)
    if found is None or not projects.has_deploy_secret(instance, found, secret):
        raise NotAuthenticated(
            "nothing was deployed: there is no such project, or the header `X-Looker-Deploy-Secret`"
            " does not hold its deploy secret; a project without one is not deployed from here, set"
            " its `deploy_secret` (update_project)"
        )
    _check_repository(found)
    if not ref and not branch:
        branch = found.production_branch
        if not upstream.has_remote(found):
            raise Invalid(f"project `{project}` has no remote to deploy from; name a branch or ref")
    started = _begin(instance, None, found, "webhook", branch or ref)
    return _perform(
        instance, None, found, started, lambda: plan_exact(instance, None, found, branch, ref)
    )


def _deployable(instance: Instance, caller: Caller, project: str, branch: str, ref: str) -> Project:
    require(caller, Permission.DEPLOY)
    if bool(branch) == bool(ref):
        raise Invalid("name either `branch` or `ref`, one of them")
    found = projects.get_project(instance, caller, project)
    _check_repository(found)
    return found


def _check_repository(project: Project) -> None:
    if project.is_folder:
        raise Invalid(
            f"project `{project.name}` is a folder on disk that is served as it is; production"
            f" is its branch `{project.production_branch}`, move that with git"
        )


def _begin(
    instance: Instance, caller: Caller | None, project: Project, kind: str, target: str
) -> Deploy:
    with instance.database.write() as db:
        return rows.start(
            db,
            project=project.id,
            user=caller.user.id if caller else None,
            kind=kind,
            target=target,
            now=instance.clock(),
        )


def _perform(
    instance: Instance,
    caller: Caller | None,
    project: Project,
    started: Deploy,
    plan: Callable[[], Plan],
) -> Deployed:
    """Do what `plan` says, and write down how it went. Whatever can be wrong with what becomes
    production is found before it moves; from then on the deploy has happened.
    """
    try:
        with reading(project):
            planned = plan()
        done = _announced(project, started, planned)
        if planned.before != planned.after:
            warnings = check(instance, caller, project, planned)
            paths = _paths(instance, project, done.before, done.after)
            done = replace(done, changed_paths=paths, message="; ".join(warnings))
            _move(instance, caller, project, started, planned)
    except LookalikeError as error:
        with instance.database.write() as db:
            rows.fail(db, started.id, str(error), instance.clock())
        raise
    try:
        _write_down(instance, caller, project, started, planned)
    except StoreError:
        LOG.exception("deploy %s of %s has happened but is not recorded", started.id, project.name)
    return done


def _announced(project: Project, started: Deploy, planned: Plan) -> Deployed:
    before = planned.before or ""
    return Deployed(
        number=started.id,
        project=project.name,
        before=before,
        after=planned.after,
        message=_NOTHING if before == planned.after else "",
    )


def _write_down(
    instance: Instance, caller: Caller | None, project: Project, started: Deploy, planned: Plan
) -> None:
    before = planned.before or ""
    with instance.database.write() as db:
        rows.succeed(
            db,
            started.id,
            before=before,
            after=planned.after,
            restored=planned.restored,
            now=instance.clock(),
        )
    detail = f"{before}..{planned.after}"
    with instance.database.write() as db:
        auditing.record(instance, db, caller, f"deploy_{started.kind}", project.name, detail)


def _move(
    instance: Instance,
    caller: Caller | None,
    project: Project,
    started: Deploy,
    planned: Plan,
) -> None:
    repository = repository_for(instance, project)
    branch = project.production_branch
    if planned.is_pushed and upstream.has_remote(project):
        there = upstream.tracked(instance, project, branch)
        if there != planned.after:
            upstream.push(instance, project, caller, branch, there, planned.after)
    try:
        move(repository, branch_ref(branch), planned.before, planned.after)
    except Moved as error:
        found = CommitId(error.found) if error.found else None
        if not (found and upstream.has_remote(project) and planned.is_pushed):
            raise _overtaken(project) from None
        if not is_ancestor(repository, planned.after, found):
            raise _overtaken(project) from None
    if planned.before is not None:
        with suppress(Moved, RefTaken, LookalikeError):  # production has moved, that is what counts
            move(repository, git.deploy_ref(started.id), None, planned.before)


def _overtaken(project: Project) -> Conflict:
    return Conflict(
        f"somebody else deployed project `{project.name}` meanwhile; nothing was changed."
        " See what is in production now, then deploy again"
    )


def _merge(
    instance: Instance, caller: Caller, project: Project, branch: str, tip: CommitId
) -> Plan:
    """Production with the branch merged in: the branch itself where that is ahead."""
    repository = repository_for(instance, project)
    before = copies.tip_of(repository, project.production_branch)
    onto = start_of(instance, caller, project, before)
    if onto is None:
        return Plan(before=before, after=tip)
    # What an undo took back is merged as if it had never been there.
    known = restored_by(instance, project, onto) or onto
    if is_ancestor(repository, tip, known):
        return Plan(before=before, after=onto)
    if known == onto and is_ancestor(repository, onto, tip):
        return Plan(before=before, after=tip)
    base = merge_base(repository, known, tip)
    base_tree = repository.tree_of(base) if base else EMPTY_TREE
    merged = merge(repository, base_tree, repository.tree_of(onto), repository.tree_of(tip))
    if merged.tree is None:
        files = tuple(_conflict(repository, one) for one in merged.conflicts)
        names = ", ".join(file.path for file in files)
        raise DeployConflict(
            f"production and branch `{branch}` changed the same lines in: {names}; nothing was"
            " changed. Create a branch at production (`create_git_branch` with the `ref`"
            f" `{project.production_branch}`), save and commit there what should become of both,"
            " and deploy that; or merge them with git, and push",
            files,
        )
    after = repository.commit(
        merged.tree,
        (onto, tip),
        f"Deploy branch {branch}",
        projects.signature(caller.user),
        instance.clock(),
    )
    return Plan(before=before, after=after)


def _conflict(repository: Repository, conflict: git.FileConflict) -> FileConflict:
    def text(blob: BlobId | None) -> str | None:
        return None if blob is None else repository.text(blob)

    return FileConflict(conflict.path, text(conflict.ours), text(conflict.theirs), conflict.text)


def _deployed(instance: Instance, project: Project, row: Deploy) -> Deployed:
    """A deploy as it is told afterwards, without the paths where they can't be known any more."""
    return Deployed(
        number=row.id,
        project=project.name,
        before=row.before,
        after=row.after,
        changed_paths=_paths(instance, project, row.before, row.after),
        message=_NOTHING if row.before == row.after else "",
    )


def _paths(instance: Instance, project: Project, before: str, after: str) -> tuple[str, ...]:
    """The files that differ; none where one side can't be read."""
    with suppress(Unreadable), reading(project):
        repository = repository_for(instance, project)
        old = repository.tree_of(CommitId(before)) if before else EMPTY_TREE
        new = repository.tree_of(CommitId(after))
        return tuple(change.path for change in changes(repository, old, new))
    return ()
