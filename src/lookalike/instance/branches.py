"""Branches: which there are, which one a workspace is on, and how it comes to another.

In: a caller, a project, a name or a ref. Out: branches as values, read afresh. A branch is shared
by all who are on it; each workspace has its own saved edits on top.
Rule: API, operations git_branch, all_git_branches, create_git_branch, update_git_branch,
delete_git_branch, reset_project_to_remote, reset_project_to_production.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from lookalike import git
from lookalike.git import (
    AmbiguousRef,
    CommitId,
    Moved,
    NotARepository,
    Repository,
    TreeId,
    UnknownRef,
    ahead_behind,
    branch_ref,
    changes,
    commit_at,
    is_ancestor,
    is_branch_name,
    merge,
    resolve,
)
from lookalike.instance import copies, projects, upstream, workspaces
from lookalike.instance.access import Caller
from lookalike.instance.copies import Copy, changed_meanwhile, personal_branch, settle, tip_of
from lookalike.instance.errors import (
    Conflict,
    Invalid,
    LookalikeError,
    NotAllowed,
    NotFound,
    Problem,
)
from lookalike.instance.instance import Instance, repository_for
from lookalike.instance.moving import move
from lookalike.store import accounts
from lookalike.store.records import Project, User


class Branch(Struct, frozen=True, kw_only=True):
    """One branch as the caller sees it. `ref` is its commit here, `remote_ref` that on the remote,
    empty where there is none; `commit_at` is in seconds since 1970, 0 without a commit.

    `is_personal` says that it is somebody's own; `is_readonly` that this caller can't write to it.
    `error` is what went wrong on the way, though the branch is as it says.
    """

    name: str
    ref: str
    remote: str = ""
    remote_name: str = ""
    remote_ref: str = ""
    is_local: bool = True
    is_remote: bool = False
    is_production: bool = False
    is_personal: bool = False
    is_readonly: bool = False
    owner_name: str = ""
    ahead_count: int = 0
    behind_count: int = 0
    commit_at: int = 0
    error: str = ""
    message: str = ""


def list_branches(instance: Instance, caller: Caller, project: str) -> tuple[Branch, ...]:
    """Every branch, here and on the remote as it was last fetched, by name."""
    found = projects.get_project(instance, caller, project)
    repository = _repository(instance, found)
    if repository is None:
        return ()
    local, remote = repository.branches(), repository.remote_branches()
    names = set(local) | (set(remote) if upstream.has_remote(found) else set())
    view = _view(instance, caller, found, repository)
    start: dict[str, CommitId | None] = {}
    if workspaces.is_dev(caller.session.workspace) and not found.is_folder:
        copy = _copy(caller, found, repository)
        if copy.branch not in local:  # It is made with the first thing that is written.
            start[copy.branch] = copy.base
    return tuple(view.branch(name, start.get(name)) for name in sorted(names | set(start)))


def current_branch(instance: Instance, caller: Caller, project: str) -> Branch:
    """The branch of the session's workspace; for a pinned workspace the ref it was pinned to."""
    found = projects.get_project(instance, caller, project)
    version = workspaces.version_of(instance, caller, found)
    repository = _repository(instance, found)
    if repository is None:
        return Branch(name=version.branch, ref=version.commit, is_readonly=True)
    if version.folder is not None:
        name = repository.head_branch() or found.production_branch
        return _view(instance, caller, found, repository).branch(name)
    view = _view(instance, caller, found, repository)
    workspace = caller.session.workspace
    if workspace == workspaces.PRODUCTION or workspaces.is_dev(workspace):
        return view.branch(version.branch, CommitId(version.commit))
    return Branch(
        name=version.branch,
        ref=version.commit,
        is_local=False,
        is_readonly=True,
        commit_at=view.commit_at(CommitId(version.commit)),
        message=f"pinned by workspace `{workspace}`",
    )


def find_branch(instance: Instance, caller: Caller, project: str, name: str) -> Branch:
    """One branch. Raises NotFound."""
    for branch in list_branches(instance, caller, project):
        if branch.name == name:
            return branch
    raise NotFound(f"branch `{name[:100]}` was not found in project `{project}`")


def create_branch(
    instance: Instance, caller: Caller, project: str, name: str, ref: str = ""
) -> Branch:
    """A new branch at `ref` (branch, tag or commit; empty: where the current one is), and the
    workspace is put on it. It goes to the remote with its first commit.

    Raises Conflict if the name is taken, Invalid for a name or ref that is none, and where changes
    that are not committed stand in the way.
    """
    found = projects.get_project(instance, caller, project)
    repository, copy = workspaces.editable_copy(instance, caller, found)
    if not is_branch_name(name):
        wrong = "use letters, digits and `._-/`, as for branches of git"
        raise Invalid(f"`{name[:100]}` can't name a branch", (Problem("name", "invalid", wrong),))
    if name in repository.branches() or name in repository.remote_branches():
        raise Conflict(f"branch `{name}` exists already; switch to it, or choose another name")
    check_writable(instance, caller, repository, name)
    start = find_commit(instance, caller, found, ref) if ref else copy.base
    if start is None:
        raise Invalid(f"project `{project}` has no commit yet; commit something first")
    _check_carry(repository, copy, start)
    _move(repository, name, None, start)
    return _switch(instance, caller, found, name)


def update_branch(
    instance: Instance, caller: Caller, project: str, name: str, ref: str = ""
) -> Branch:
    """Put the workspace on branch `name`, and with `ref` reset that branch hard to it, here and
    where the remote has it.

    The name of the production branch means the caller's own branch, as in Looker. A branch that is
    only behind its remote is brought up to date.
    """
    found = projects.get_project(instance, caller, project)
    repository, copy = workspaces.editable_copy(instance, caller, found)
    if name == found.production_branch:
        name = personal_branch(caller.user, copy.workspace)
    name = name or copy.branch
    error = _bring(instance, caller, found, repository, name)
    if not ref:
        return _switch(instance, caller, found, name, error)
    target = find_commit(instance, caller, found, ref)
    if name != copy.branch:
        _switch(instance, caller, found, name)
    _reset(instance, caller, found, name, target, is_pushed=True)
    return current_branch(instance, caller, project)


def delete_branch(instance: Instance, caller: Caller, project: str, name: str) -> None:
    """Remove a branch here and on the remote. Raises Invalid for the production branch, a personal
    one and one that a workspace is on.
    """
    found = projects.get_project(instance, caller, project)
    repository, copy = workspaces.editable_copy(instance, caller, found)
    tip = tip_of(repository, name)
    remote = upstream.tracked(instance, found, name) if is_branch_name(name) else None
    if tip is None and remote is None:
        raise NotFound(f"branch `{name[:100]}` was not found in project `{project}`")
    if name == found.production_branch:
        raise Invalid(f"branch `{name}` is the production branch, it can't be deleted")
    if name == copy.branch:
        raise Invalid(f"branch `{name}` is the current one; switch to another one first")
    if name in _owners(instance, repository):
        raise Invalid(f"branch `{name}` is personal, it can't be deleted")
    for (user, workspace), id_ in git.copies(repository).items():
        if commit_at(repository, id_).message.strip() == name:
            where = f"dev:{workspace}" if workspace else "dev"
            raise Invalid(f"branch `{name}` is in use: workspace `{where}` of user {user} is on it")
    if remote is not None:
        upstream.push(instance, found, caller, name, remote, None, is_forced=True)
    if tip is not None:
        _move(repository, name, tip, None)


def reset_to_remote(instance: Instance, caller: Caller, project: str) -> None:
    """Put the current branch where it is on the remote; local commits and edits are dropped."""
    found = projects.get_project(instance, caller, project)
    _, copy = workspaces.editable_copy(instance, caller, found)
    if not upstream.has_remote(found):
        raise Invalid(f"project `{project}` has no remote; set `git_remote_url` first")
    upstream.fetch(instance, found, caller)
    target = upstream.tracked(instance, found, copy.branch)
    if target is None:
        raise Invalid(f"branch `{copy.branch}` is not on the remote; commit to push it first")
    _reset(instance, caller, found, copy.branch, target, is_pushed=False)


def reset_to_production(instance: Instance, caller: Caller, project: str) -> None:
    """Put the current branch where production is; local commits and edits are dropped."""
    found = projects.get_project(instance, caller, project)
    repository, copy = workspaces.editable_copy(instance, caller, found)
    target = tip_of(repository, found.production_branch)
    if target is None:
        raise Invalid(f"project `{project}` has not been deployed to production yet")
    _reset(instance, caller, found, copy.branch, target, is_pushed=False)


def find_commit(instance: Instance, caller: Caller | None, project: Project, ref: str) -> CommitId:
    """The commit that a branch, `origin/<branch>`, a tag or an id means; one that is not here is
    looked for on the remote. Raises Invalid.
    """
    repository = repository_for(instance, project)
    is_remote = upstream.has_remote(project)
    if is_remote and ref.startswith("origin/"):
        upstream.fetch(instance, project, caller)
    try:
        try:
            return resolve(repository, ref)
        except UnknownRef:
            if not is_remote:
                raise
        upstream.fetch(instance, project, caller)
        try:
            return resolve(repository, ref)
        except UnknownRef:
            return resolve(repository, f"origin/{ref}")
    except (UnknownRef, AmbiguousRef) as error:
        raise Invalid(f"{error} in project `{project.name}`") from None


def check_writable(instance: Instance, caller: Caller, repository: Repository, name: str) -> None:
    """Raise NotAllowed for the personal branch of somebody else."""
    owner = _owners(instance, repository, name).get(name)
    if owner is not None and owner.id != caller.user.id:
        raise NotAllowed(
            f"branch `{name}` belongs to {_name(owner)}, you can only read it;"
            " create a branch of your own from it"
        )


def _switch(
    instance: Instance, caller: Caller, project: Project, name: str, error: str = ""
) -> Branch:
    """Put the workspace on a branch that exists. Edits come along if they don't touch what
    differs.
    """
    repository, copy = workspaces.editable_copy(instance, caller, project)
    target = tip_of(repository, name)
    if target is None:
        raise Invalid(f"there is no branch `{name[:100]}`, neither here nor on the remote")
    if name != copy.branch:
        tree = _check_carry(repository, copy, target)
        try:
            copies.put_copy(instance, repository, copy, branch=name, base=target, tree=tree)
        except Moved:
            raise changed_meanwhile(f"workspace `{caller.session.workspace}`") from None
    view = _view(instance, caller, project, repository)
    return view.branch(name, target, error)


def _check_carry(repository: Repository, copy: Copy, target: CommitId) -> TreeId:
    """The files after a switch to `target`. Raises Invalid if edits and the branch differ in the
    same files, as git does.
    """
    there = repository.tree_of(target)
    if not copy.is_changed:
        return there
    edited = {change.path for change in changes(repository, copy.base_tree, copy.tree)}
    differing = {change.path for change in changes(repository, copy.base_tree, there)}
    clashes = sorted(edited & differing)
    merged = merge(repository, copy.base_tree, there, copy.tree)
    if clashes or merged.tree is None:
        files = ", ".join(clashes or sorted({one.path for one in merged.conflicts}))
        raise Invalid(f"Checkout conflict with files: {files}. Commit or reset the changes first")
    return merged.tree


def _bring(
    instance: Instance, caller: Caller, project: Project, repository: Repository, name: str
) -> str:
    """Make the local branch hold what the remote has, where that loses nothing. What went wrong."""
    if not upstream.has_remote(project) or not is_branch_name(name):
        return ""
    error = ""
    try:
        upstream.fetch(instance, project, caller)
    except LookalikeError as failure:
        error = str(failure)
    tip, remote = tip_of(repository, name), upstream.tracked(instance, project, name)
    if remote is None or tip == remote:
        return error
    if tip is None or is_ancestor(repository, tip, remote):
        _move(repository, name, tip, remote)
    return error


def _reset(
    instance: Instance,
    caller: Caller,
    project: Project,
    name: str,
    target: CommitId,
    *,
    is_pushed: bool,
) -> None:
    """The branch, and the workspace that is on it, become exactly the commit."""
    repository, copy = workspaces.editable_copy(instance, caller, project)
    check_writable(instance, caller, repository, name)
    tip = tip_of(repository, name)
    remote = upstream.tracked(instance, project, name)
    if is_pushed and remote is not None and remote != target:
        upstream.push(instance, project, caller, name, remote, target, is_forced=True)
    if tip != target:
        _move(repository, name, tip, target)
    try:
        settle(instance, repository, copy, name, target)
    except Moved:
        raise changed_meanwhile(f"workspace `{caller.session.workspace}`") from None


def _move(
    repository: Repository, name: str, expected: CommitId | None, new: CommitId | None
) -> None:
    try:
        move(repository, branch_ref(name), expected, new)
    except Moved:
        raise changed_meanwhile(f"branch `{name}`") from None


class _View(Struct, frozen=True, kw_only=True):
    """What it takes to describe the branches of one project to one caller."""

    caller: Caller
    project: Project
    repository: Repository
    local: Mapping[str, CommitId]
    remote: Mapping[str, CommitId]
    owners: Mapping[str, User]

    def branch(self, name: str, at: CommitId | None = None, error: str = "") -> Branch:
        tip, there = at or self.local.get(name), self.remote.get(name)
        owner = self.owners.get(name)
        is_production = name == self.project.production_branch
        ahead, behind = ahead_behind(self.repository, tip, there) if tip and there else (0, 0)
        return Branch(
            name=name,
            ref=tip or there or "",
            remote="origin" if there else "",
            remote_name=name if there else "",
            remote_ref=there or "",
            is_local=tip is not None,
            is_remote=there is not None,
            is_production=is_production,
            is_personal=owner is not None,
            is_readonly=self.project.is_folder
            or is_production
            or (owner is not None and owner.id != self.caller.user.id),
            owner_name=_name(owner) if owner else "",
            ahead_count=ahead,
            behind_count=behind,
            commit_at=self.commit_at(tip or there),
            error=error,
        )

    def commit_at(self, commit: CommitId | None) -> int:
        return int(commit_at(self.repository, commit).at.timestamp()) if commit else 0


def _view(instance: Instance, caller: Caller, project: Project, repository: Repository) -> _View:
    return _View(
        caller=caller,
        project=project,
        repository=repository,
        local=repository.branches(),
        remote=repository.remote_branches() if upstream.has_remote(project) else {},
        owners=_owners(instance, repository),
    )


def _owners(instance: Instance, repository: Repository, *more: str) -> Mapping[str, User]:
    """Whose the personal branches are, also those of named workspaces, by the name of the branch:
    of those there are, and of `more`.
    """
    with instance.database.read() as db:
        owners = {personal_branch(user): user for user in accounts.list_users(db)}
    personal = dict(owners)
    for name in (*repository.branches(), *more):
        end = name.find("-") if name.startswith("dev-") else -1
        while end > 0 and name[:end] not in personal:
            end = name.find("-", end + 1)
        if end > 0:
            owners[name] = personal[name[:end]]
    return owners


def _copy(caller: Caller, project: Project, repository: Repository) -> Copy:
    workspace = workspaces.name_of(caller.session.workspace)
    return copies.copy_of(repository, project, caller.user, workspace)


def _repository(instance: Instance, project: Project) -> Repository | None:
    try:
        return repository_for(instance, project)
    except NotARepository:
        return None


def _name(user: User) -> str:
    return f"{user.first_name} {user.last_name}".strip() or user.email
