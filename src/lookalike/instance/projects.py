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

import msgspec
from msgspec import UNSET, Struct, UnsetType

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
from lookalike.instance import copies, upstream, workspaces
from lookalike.instance.access import Caller, Permission, require
from lookalike.instance.errors import Conflict, Invalid, LookalikeError, NotFound, Problem
from lookalike.instance.instance import Instance, repository_for
from lookalike.instance.moving import move
from lookalike.store import audit, projects, secrets
from lookalike.store.database import Taken, Writing
from lookalike.store.records import Project as Project
from lookalike.store.records import ProjectSettings, User

BRANCH = "main"
"""The production branch of a new project."""
PULL_REQUEST_MODES = ("off", "links", "recommended", "required")
_GRACE = timedelta(hours=1)
"""How long making a project may take, until what it has left is removed."""


class UnreachableRemote(Invalid):
    """The remote that was given does not answer as one."""


class ProjectChanges(Struct, frozen=True, kw_only=True):
    """What to set of a project; UNSET leaves it as it is. `remote_url` None: no remote (any more).

    Secrets go in here and are never shown.
    """

    name: str | UnsetType = UNSET
    remote_url: str | UnsetType | None = UNSET
    service_name: str | UnsetType | None = UNSET
    username: str | UnsetType | None = UNSET
    password: str | UnsetType | None = UNSET
    production_branch: str | UnsetType | None = UNSET
    uses_cookie_auth: bool | UnsetType | None = UNSET
    username_attribute: str | UnsetType | None = UNSET
    password_attribute: str | UnsetType | None = UNSET
    http_port: int | UnsetType | None = UNSET
    http_scheme: str | UnsetType | None = UNSET
    deploy_secret: str | UnsetType | None = UNSET
    unset_deploy_secret: bool | UnsetType | None = UNSET
    pull_request_mode: str | UnsetType | None = UNSET
    validation_required: bool | UnsetType | None = UNSET
    is_release_managed: bool | UnsetType | None = UNSET
    allows_warnings: bool | UnsetType | None = UNSET


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
            _audit(instance, db, caller, "create_project", name)
    except Taken:
        raise taken from None
    workspaces.editable_copy(instance, caller, project)  # puts the caller on a branch of it
    return project


def update_project(
    instance: Instance, caller: Caller, name: str, changes: ProjectChanges
) -> Project:
    """Set what `changes` holds. A new remote must answer; its branches are fetched, and production
    begins with the remote's where it has not begun yet.

    Raises Invalid, and UnreachableRemote where the remote does not answer.
    """
    require(caller, Permission.DEVELOP)
    project = get_project(instance, caller, name)
    _check_changes(instance, project, changes)
    before = project.settings
    changed, branch = _changed(project, changes)
    with instance.database.write() as db:
        project = projects.update(db, project.id, production_branch=branch, settings=changed)
        kept = _set_secrets(db, project, changes, instance.random(16))
        _audit(instance, db, caller, "update_project", name)
    if changed.remote_url and changed.remote_url != before.remote_url:
        try:
            project = _adopt(instance, caller, project)
        except LookalikeError as error:
            with instance.database.write() as db:
                projects.update(db, project.id, production_branch=branch, settings=before)
                _restore(db, project, kept)
            raise UnreachableRemote(str(error)) from None
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
        _audit(instance, db, caller, "delete_project", name)
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
        _audit(instance, db, caller, "commit", f"{project.name}:{copy.branch}")
    return commit


def has_deploy_secret(instance: Instance, project: Project, secret: str) -> bool:
    """Whether `secret` is the project's deploy secret; any is where none is set."""
    with instance.database.read() as db:
        hashed = secrets.find_secret(db, project.id, secrets.DEPLOY_SECRET)
    salt = bytes.fromhex(hashed.partition(":")[0])
    return not hashed or hmac.compare_digest(_hashed(secret, salt), hashed)


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


def _changed(project: Project, changes: ProjectChanges) -> tuple[ProjectSettings, str]:
    """The settings after the changes, and the production branch. None means the default."""
    branch = project.production_branch
    if changes.production_branch is not UNSET:
        branch = changes.production_branch or BRANCH
    written = {
        name: getattr(changes, name)
        for name in ProjectSettings.__struct_fields__
        if getattr(changes, name, UNSET) is not UNSET
    }
    defaults = ProjectSettings()
    values = {
        name: getattr(defaults, name) if value is None else value for name, value in written.items()
    }
    if changes.deploy_secret is not UNSET:
        values["has_deploy_secret"] = bool(changes.deploy_secret)
    if changes.unset_deploy_secret is True:
        values["has_deploy_secret"] = False
    return msgspec.structs.replace(project.settings, **values), branch


def _set_secrets(db: Writing, project: Project, changes: ProjectChanges, salt: bytes) -> str:
    """Keep the secrets that came along; the password as it was."""
    kept = secrets.find_secret(db, project.id, secrets.PASSWORD)
    if changes.password is not UNSET:
        secrets.set_secret(db, project.id, secrets.PASSWORD, changes.password or "")
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


def _restore(db: Writing, project: Project, password: str) -> None:
    secrets.set_secret(db, project.id, secrets.PASSWORD, password)


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
