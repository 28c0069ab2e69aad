"""GitBranch: the branches of a project, and the one that the session's workspace is on."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from lookalike.wire.operation import SIGNED_IN, Nothing, Operation


class GitBranch(Struct, frozen=True, kw_only=True):
    """A branch of a project's repository.

    `ref` is its commit, `commit_at` when that was made, in seconds since 1970. The counts compare
    it with the remote branch of the same name; without one they are null.
    """

    can: dict[str, bool] | None = None
    name: str | None = None
    remote: str | None = None
    remote_name: str | None = None
    error: str | None = None
    message: str | None = None
    owner_name: str | None = None
    readonly: bool | None = None
    personal: bool | None = None
    is_local: bool | None = None
    is_remote: bool | None = None
    is_production: bool | None = None
    ahead_count: int | None = None
    behind_count: int | None = None
    commit_at: int | None = None
    ref: str | None = None
    remote_ref: str | None = None


class WriteGitBranch(Struct, frozen=True, kw_only=True):
    """Which branch, and where it is to stand: a branch, a tag or a commit."""

    name: str | None = None
    ref: str | None = None


class BranchesParams(Struct, frozen=True, kw_only=True):
    project_id: Annotated[str, Meta(description="Id of the project.")]


class BranchParams(BranchesParams, frozen=True, kw_only=True):
    branch_name: Annotated[str, Meta(description="Name of the branch.")]


all_git_branches = Operation(
    name="all_git_branches",
    method="GET",
    path="/projects/{project_id}/git_branches",
    tag="Project",
    summary="List the branches of a project",
    params=BranchesParams,
    body=Nothing,
    answer=list[GitBranch],
    needs=SIGNED_IN,
)

git_branch = Operation(
    name="git_branch",
    method="GET",
    path="/projects/{project_id}/git_branch",
    tag="Project",
    summary="Get the current branch",
    description="Answers the branch that the session's workspace is on.",
    params=BranchesParams,
    body=Nothing,
    answer=GitBranch,
    needs=SIGNED_IN,
)

create_git_branch = Operation(
    name="create_git_branch",
    method="POST",
    path="/projects/{project_id}/git_branch",
    tag="Project",
    summary="Create a branch and switch to it",
    description=(
        "Creates the branch `name` at `ref`, or at the current branch, and puts the workspace on"
        " it. Only in a developer workspace. A name that is taken is a 409."
    ),
    params=BranchesParams,
    body=WriteGitBranch,
    answer=GitBranch,
    needs="develop",
)

update_git_branch = Operation(
    name="update_git_branch",
    method="PUT",
    path="/projects/{project_id}/git_branch",
    tag="Project",
    summary="Switch to a branch, or reset it",
    description=(
        "Puts the workspace on the branch `name`. With `ref` the branch is then moved to that"
        " branch, tag or commit, here and on the remote, and what was saved and not committed is"
        " dropped. Only in a developer workspace."
    ),
    params=BranchesParams,
    body=WriteGitBranch,
    answer=GitBranch,
    needs="develop",
)

find_git_branch = Operation(
    name="find_git_branch",
    method="GET",
    path="/projects/{project_id}/git_branch/{branch_name}",
    tag="Project",
    summary="Get a branch",
    params=BranchParams,
    body=Nothing,
    answer=GitBranch,
    needs=SIGNED_IN,
)

delete_git_branch = Operation(
    name="delete_git_branch",
    method="DELETE",
    path="/projects/{project_id}/git_branch/{branch_name}",
    tag="Project",
    summary="Delete a branch",
    description=(
        "Deletes the branch here and on the remote. Neither the production branch, nor a personal"
        " branch, nor the one that a workspace is on can be deleted."
    ),
    params=BranchParams,
    body=Nothing,
    answer=Nothing,
    needs="develop",
)

reset_project_to_production = Operation(
    name="reset_project_to_production",
    method="POST",
    path="/projects/{project_id}/reset_to_production",
    tag="Project",
    summary="Reset the current branch to production",
    description=(
        "Moves the current branch to the commit of production, and drops what was saved and not"
        " committed. Only in a developer workspace."
    ),
    params=BranchesParams,
    body=Nothing,
    answer=Nothing,
    needs="develop",
)

reset_project_to_remote = Operation(
    name="reset_project_to_remote",
    method="POST",
    path="/projects/{project_id}/reset_to_remote",
    tag="Project",
    summary="Reset the current branch to its remote branch",
    description=(
        "Fetches, moves the current branch to its remote branch, and drops what was saved and not"
        " committed. Only in a developer workspace."
    ),
    params=BranchesParams,
    body=Nothing,
    answer=Nothing,
    needs="develop",
)

OPERATIONS = (
    all_git_branches,
    git_branch,
    create_git_branch,
    update_git_branch,
    find_git_branch,
    delete_git_branch,
    reset_project_to_production,
    reset_project_to_remote,
)
