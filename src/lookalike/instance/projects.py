"""Projects: which LookML projects the instance has, how one comes to be, is set up and goes away.

In: a caller and what a project shall be. Out: the project as it is stored.
Invariant: a project is there exactly when its row is; a repository without a row is a leftover.
Rule: API, operations all_projects, project, create_project, update_project.
"""

from __future__ import annotations

import hashlib
import hmac
import shutil
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from msgspec import UNSET

from lookalike.git import (
    EMPTY_TREE,
    BadRemote,
    CommitId,
    Moved,
    Signature,
    branch_ref,
    check_url,
    create_repository,
    is_branch_name,
    is_project_name,
    with_file,
)
from lookalike.instance import auditing, copies, project_changes, upstream, workspaces
from lookalike.instance.access import Caller, Permission, require
from lookalike.instance.errors import Conflict, Invalid, LookalikeError, NotFound, Problem
from lookalike.instance.instance import Instance, repository_for
from lookalike.instance.moving import move
from lookalike.instance.project_changes import BRANCH
from lookalike.instance.project_changes import ProjectChanges as ProjectChanges
from lookalike.store import deploys, projects, secrets
from lookalike.store.database import Taken, Writing
from lookalike.store.records import Project as Project
from lookalike.store.records import User

PULL_REQUEST_MODES = ("off", "links", "recommended", "required")
_NO_SECRET = f"{bytes(16).hex()}:{bytes(64).hex()}"
_GRACE = timedelta(hours=1)
"""How long making a project may take, until what it has left is removed."""


class UnreachableRemote(Invalid):
    """The remote that was given does not answer as one."""


def list_projects(instance: Instance, caller: Caller) -> tuple[Project, ...]:
    """The projects of the instance, for those who may see LookML; nobody else sees any."""
    if not caller.may(Permission.SEE_LOOKML):
        return ()
    with instance.database.read() as db:
        return tuple(projects.list_projects(db))


def get_project(instance: Instance, caller: Caller, name: str) -> Project:
    """One project by its id. Raises NotFound."""
    found = None
    if caller.may(Permission.SEE_LOOKML):
        with instance.database.read() as db:
            found = projects.find_project(db, name)
    if found is None:
        raise NotFound(f"project `{name[:100]}` was not found")
    return found


def has_production(instance: Instance, project: Project) -> bool:
    """Whether the project has been deployed to production; a folder is always there."""
    if project.is_folder:
        return True
    repository = repository_for(instance, project)
    return copies.tip_of(repository, project.production_branch) is not None


def create_project(
    instance: Instance,
    caller: Caller,
    name: str,
    files: Mapping[str, str] | None = None,
    message: str = "",
) -> Project:
    """A new project in a bare repository. With `files` production begins with one commit of them;
    without, it begins with the first deploy.

    Raises Invalid for an impossible name and outside of developer workspaces, Conflict for a name
    that is taken.
    """
    require(caller, Permission.DEVELOP)
    if not workspaces.is_dev(caller.session.workspace):
        raise Invalid("a project is made in dev mode; switch the session to `dev` (update_session)")
    if not is_project_name(name):
        wrong = "use letters, digits, `_` and `-`"
        raise Invalid(
            f"`{name[:100]}` can't be the name of a project; {wrong}",
            (Problem("name", "invalid", wrong),),
        )
    purge(instance)
    taken = Conflict(f"project `{name}` exists already; choose another name")
    path = f"projects/{name}-{instance.random(4).hex()}.git"
    with instance.database.write() as db:
        if projects.find_project(db, name) is not None:
            raise taken
        projects.set_leftover(db, path, instance.clock() + _GRACE)
    _begin(instance, caller, path, files or {}, message)
    try:
        with instance.database.write() as db:
            projects.forget_leftover(db, path)
            project = projects.create(
                db,
                name=name,
                repository=path,
                production_branch=BRANCH,
                is_folder=False,
                now=instance.clock(),
            )
            auditing.record(instance, db, caller, "create_project", name)
    except Taken:
        raise taken from None
    workspaces.editable_copy(instance, caller, project)  # puts the caller on a branch of it
    return project


def update_project(
    instance: Instance, caller: Caller, name: str, changes: ProjectChanges
) -> Project:
    """Set what `changes` holds. A new remote must answer; its branches are fetched, and production
    begins with the remote's where it has not begun yet. Another production branch is a deploy.

    What is kept to log in at one host is forgotten when the remote moves to another. Raises
    Invalid, UnreachableRemote where the remote does not answer, and NotAllowed without `deploy` for
    what changes production, without `administer` for whose attributes are sent to the remote.
    """
    require(caller, Permission.DEVELOP)
    before = get_project(instance, caller, name)
    project_changes.check_rights(caller, before, changes)
    _check_changes(instance, before, changes)
    settings, branch = project_changes.changed(before, changes)
    if branch != before.production_branch:
        workspaces.check_readable(instance, before, _tip(instance, before, branch))
    with instance.database.write() as db:
        project = projects.update(db, before.id, production_branch=branch, settings=settings)
        kept = _set_secrets(db, before, changes, instance.random(16))
        auditing.record(instance, db, caller, "update_project", name)
    if settings.remote_url and settings.remote_url != before.settings.remote_url:
        try:
            project = _adopt(instance, caller, project)
        except LookalikeError as error:
            _restore(instance, before, kept)
            raise UnreachableRemote(str(error)) from None
    if branch != before.production_branch:
        _note_branch(instance, caller, before, project)
    return project


def delete_project(instance: Instance, caller: Caller, name: str) -> None:
    """Remove a project with its repository. Needs `administer`.

    Raises Invalid for one that the configuration names.
    """
    require(caller, Permission.ADMINISTER)
    project = get_project(instance, caller, name)
    if name in instance.config.projects or not _is_purgeable(instance, project.repository):
        raise Invalid(f"project `{name}` comes from the configuration; remove it there")
    with instance.database.write() as db:
        projects.delete(db, project.id)
        projects.set_leftover(db, project.repository, instance.clock())
        auditing.record(instance, db, caller, "delete_project", name)
    purge(instance)


def purge(instance: Instance) -> None:
    """Remove repositories that no project has any more. What is interrupted is done next time."""
    with instance.database.read() as db:
        paths = projects.list_leftovers(db, instance.clock())
        held = {project.repository for project in projects.list_projects(db)}
    for path in paths:
        if path not in held and _is_purgeable(instance, path):
            # Out of reach first: nobody opens a repository that is half gone.
            place = Path(instance.config.folder) / path
            gone = place.with_name(f".removed-{place.name}")
            if place.exists():
                place.rename(gone)
            shutil.rmtree(gone, ignore_errors=True)
        with instance.database.write() as db:
            projects.forget_leftover(db, path)


def commit_files(
    instance: Instance, caller: Caller, project: Project, files: Mapping[str, str], message: str
) -> CommitId:
    """One commit of `files` on the caller's own branch. Raises Conflict if the branch moves
    meanwhile.
    """
    repository, copy = workspaces.editable_copy(instance, caller, project)
    tree = copy.base_tree
    for path, text in sorted(files.items()):
        tree = with_file(repository, tree, path, repository.put(text.encode()))
    parents = (copy.base,) if copy.base else ()
    commit = repository.commit(tree, parents, message, signature(caller.user), instance.clock())
    before = copies.tip_of(repository, copy.branch)
    try:
        move(repository, branch_ref(copy.branch), before, commit)
    except Moved:
        raise copies.changed_meanwhile(f"branch `{copy.branch}`") from None
    with instance.database.write() as db:
        auditing.record(instance, db, caller, "commit", f"{project.name}:{copy.branch}")
    return commit


def has_deploy_secret(instance: Instance, project: Project | None, secret: str) -> bool:
    """Whether `secret` is the project's deploy secret. None is where none is set, and where there
    is no project; that takes as long.
    """
    kept = ""
    with instance.database.read() as db:
        if project is not None:
            kept = secrets.find_secret(db, project.id, secrets.DEPLOY_SECRET)
    expected = kept or _NO_SECRET
    salt = bytes.fromhex(expected.partition(":")[0])
    is_equal = hmac.compare_digest(_hashed(secret, salt), expected)
    return is_equal and bool(kept)


def signature(user: User) -> Signature:
    """Who commits, as git writes it."""
    return Signature(f"{user.first_name} {user.last_name}".strip() or user.email, user.email)


def _begin(
    instance: Instance, caller: Caller, path: str, files: Mapping[str, str], message: str
) -> None:
    repository = create_repository(Path(instance.config.folder) / path, BRANCH)
    if not files:
        return
    tree = EMPTY_TREE
    for file, text in sorted(files.items()):
        tree = with_file(repository, tree, file, repository.put(text.encode()))
    commit = repository.commit(tree, (), message, signature(caller.user), instance.clock())
    move(repository, branch_ref(BRANCH), None, commit)


def _check_changes(instance: Instance, project: Project, changes: ProjectChanges) -> None:
    problems = []
    if changes.name not in (UNSET, project.name):
        problems.append(Problem("name", "invalid", "a project can't be renamed"))
    mode = changes.pull_request_mode
    if isinstance(mode, str) and mode not in PULL_REQUEST_MODES:
        allowed = ", ".join(f"`{one}`" for one in PULL_REQUEST_MODES)
        problems.append(Problem("pull_request_mode", "invalid", f"use one of {allowed}"))
    branch = changes.production_branch
    if isinstance(branch, str) and branch and not is_branch_name(branch):
        problems.append(Problem("git_production_branch_name", "invalid", "it can't name a branch"))
    if isinstance(changes.remote_url, str) and changes.remote_url:
        try:
            allowed_path = upstream.allows_local(instance, changes.remote_url)
            check_url(changes.remote_url, allowed_path)
        except BadRemote as error:
            problems.append(Problem("git_remote_url", "invalid", str(error)))
    if project.is_folder:
        problems.append(
            Problem("id", "invalid", "a folder that is served as it is has no settings")
        )
    if problems:
        raise Invalid("Validation Failed", tuple(problems))


def _set_secrets(
    db: Writing, project: Project, changes: ProjectChanges, salt: bytes
) -> Mapping[str, str]:
    """Keep the secrets that came along; what was kept before. `project` is as it was before, too:
    the password of another host is forgotten.
    """
    kept = {
        name: secrets.find_secret(db, project.id, name)
        for name in (secrets.PASSWORD, secrets.DEPLOY_SECRET)
    }
    if changes.password is not UNSET:
        secrets.set_secret(db, project.id, secrets.PASSWORD, changes.password or "")
    elif project_changes.moves_host(project, changes):
        secrets.set_secret(db, project.id, secrets.PASSWORD, "")
    if changes.unset_deploy_secret is True:
        secrets.set_secret(db, project.id, secrets.DEPLOY_SECRET, "")
    elif changes.deploy_secret is not UNSET:
        hashed = _hashed(changes.deploy_secret, salt) if changes.deploy_secret else ""
        secrets.set_secret(db, project.id, secrets.DEPLOY_SECRET, hashed)
    return kept


def _hashed(secret: str, salt: bytes) -> str:
    """People choose these secrets, so guessing them has to be slow."""
    derived = hashlib.scrypt(secret.encode(), salt=salt, n=2**14, r=8, p=1)
    return f"{salt.hex()}:{derived.hex()}"


def _restore(instance: Instance, project: Project, kept: Mapping[str, str]) -> None:
    """Everything as it was."""
    with instance.database.write() as db:
        projects.update(
            db,
            project.id,
            production_branch=project.production_branch,
            settings=project.settings,
        )
        for name, secret in kept.items():
            secrets.set_secret(db, project.id, name, secret)


def _tip(instance: Instance, project: Project, branch: str) -> CommitId | None:
    return copies.tip_of(repository_for(instance, project), branch)


def _note_branch(instance: Instance, caller: Caller, before: Project, project: Project) -> None:
    """Write down that production is another branch: a deploy, if that is another commit."""
    old, new = before.production_branch, project.production_branch
    was, is_ = _tip(instance, before, old), _tip(instance, project, new)
    now = instance.clock()
    with instance.database.write() as db:
        if is_ is not None and is_ != was:
            begun = deploys.start(
                db, project=project.id, user=caller.user.id, kind="setting", target=new, now=now
            )
            deploys.succeed(db, begun.id, before=was or "", after=is_, restored="", now=now)
        detail = f"{old}..{new} {was or ''}..{is_ or ''}"
        auditing.record(instance, db, caller, "deploy_setting", project.name, detail)


def _adopt(instance: Instance, caller: Caller, project: Project) -> Project:
    """Meet a new remote: fetch it, and begin where it has begun; else let it begin with ours."""
    fetched = upstream.fetch(instance, project, caller)
    repository = repository_for(instance, project)
    branch = project.production_branch
    ours = copies.tip_of(repository, branch)
    if ours is None and branch not in fetched.branches and fetched.default_branch:
        branch = fetched.default_branch
        with instance.database.write() as db:
            project = projects.update(
                db, project.id, production_branch=branch, settings=project.settings
            )
    theirs = upstream.tracked(instance, project, branch)
    if ours is None and theirs is not None:
        workspaces.check_readable(instance, project, theirs)
        try:
            move(repository, branch_ref(branch), None, theirs)
        except Moved:
            raise copies.changed_meanwhile(f"branch `{branch}`") from None
    elif ours is not None and theirs is None:
        upstream.push(instance, project, caller, branch, None, ours)
    return project


def _is_purgeable(instance: Instance, path: str) -> bool:
    """Whether the repository lies where we make them."""
    inside = (Path(instance.config.folder) / "projects").resolve()
    return (Path(instance.config.folder) / path).resolve().parent == inside
