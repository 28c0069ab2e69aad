"""GitBranch: the branches of a project, and moving a workspace between them."""

from __future__ import annotations

from lookalike.api.call import Answered, Call
from lookalike.api.handlers import serves
from lookalike.instance import branches, projects, workspaces
from lookalike.instance.access import Permission
from lookalike.instance.errors import Invalid, Problem
from lookalike.instance.workspaces import Version
from lookalike.wire import git_branch
from lookalike.wire.operation import Nothing


@serves(git_branch.all_git_branches)
def all_git_branches(
    call: Call, params: git_branch.BranchesParams, body: Nothing
) -> list[git_branch.GitBranch]:
    found = branches.list_branches(call.instance, call.caller, params.project_id)
    return [branch_out(call, each) for each in found]


@serves(git_branch.git_branch)
def get_current_branch(
    call: Call, params: git_branch.BranchesParams, body: Nothing
) -> Answered[git_branch.GitBranch]:
    found = branches.current_branch(call.instance, call.caller, params.project_id)
    return _current(call, params.project_id, found)


@serves(git_branch.create_git_branch)
def create_git_branch(
    call: Call, params: git_branch.BranchesParams, body: git_branch.WriteGitBranch
) -> Answered[git_branch.GitBranch]:
    if not body.name:
        raise Invalid(
            "Validation Failed",
            (Problem("name", "missing_field", "a new branch needs a name"),),
        )
    found = branches.create_branch(
        call.instance, call.caller, params.project_id, body.name, body.ref or ""
    )
    return _current(call, params.project_id, found)


@serves(git_branch.update_git_branch)
def update_git_branch(
    call: Call, params: git_branch.BranchesParams, body: git_branch.WriteGitBranch
) -> Answered[git_branch.GitBranch]:
    name = body.name or branches.current_branch(call.instance, call.caller, params.project_id).name
    found = branches.update_branch(
        call.instance, call.caller, params.project_id, name, body.ref or ""
    )
    return _current(call, params.project_id, found)


@serves(git_branch.find_git_branch)
def find_git_branch(
    call: Call, params: git_branch.BranchParams, body: Nothing
) -> git_branch.GitBranch:
    found = branches.find_branch(call.instance, call.caller, params.project_id, params.branch_name)
    return branch_out(call, found)


@serves(git_branch.delete_git_branch)
def delete_git_branch(call: Call, params: git_branch.BranchParams, body: Nothing) -> Nothing:
    branches.delete_branch(call.instance, call.caller, params.project_id, params.branch_name)
    return Nothing()


@serves(git_branch.reset_project_to_production)
def reset_to_production(call: Call, params: git_branch.BranchesParams, body: Nothing) -> Nothing:
    branches.reset_to_production(call.instance, call.caller, params.project_id)
    return Nothing()


@serves(git_branch.reset_project_to_remote)
def reset_to_remote(call: Call, params: git_branch.BranchesParams, body: Nothing) -> Nothing:
    branches.reset_to_remote(call.instance, call.caller, params.project_id)
    return Nothing()


def branch_out(call: Call, found: branches.Branch) -> git_branch.GitBranch:
    """A branch as the API shows it. The counts say something only beside a remote branch."""
    may_write = call.caller.may(Permission.DEVELOP) and not found.is_readonly
    counts = (found.ahead_count, found.behind_count) if found.remote_ref else (None, None)
    return git_branch.GitBranch(
        can={"show": True, "update": may_write, "delete": may_write and not found.is_personal},
        name=found.name,
        remote=found.remote or None,
        remote_name=found.remote_name or None,
        error=found.error or None,
        message=found.message or None,
        owner_name=found.owner_name or None,
        readonly=found.is_readonly,
        personal=found.is_personal,
        is_local=found.is_local,
        is_remote=found.is_remote,
        is_production=found.is_production,
        ahead_count=counts[0],
        behind_count=counts[1],
        commit_at=found.commit_at,
        ref=found.ref or None,
        remote_ref=found.remote_ref or None,
    )


def version_in(call: Call, project: str) -> Version:
    """What the caller's workspace has of a project."""
    found = projects.get_project(call.instance, call.caller, project)
    return workspaces.version_of(call.instance, call.caller, found)


def _current(call: Call, project: str, found: branches.Branch) -> Answered[git_branch.GitBranch]:
    return Answered(branch_out(call, found), (version_in(call, project),))
