"""Project: LookML projects and their state in a workspace."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from lookalike.wire.operation import SIGNED_IN, Masked, Nothing, Operation


class Project(Struct, frozen=True, kw_only=True):
    """A LookML project."""

    can: dict[str, bool] | None = None
    id: str | None = None
    name: str | None = None
    uses_git: bool | None = None
    is_git_dev_locked: bool | None = None
    git_remote_url: str | None = None
    git_username: str | None = None
    git_password: str | None = None
    git_production_branch_name: str | None = None
    use_git_cookie_auth: bool | None = None
    git_username_user_attribute: str | None = None
    git_password_user_attribute: str | None = None
    git_service_name: str | None = None
    git_application_server_http_port: int | None = None
    git_application_server_http_scheme: str | None = None
    deploy_secret: str | None = None
    unset_deploy_secret: bool | None = None
    pull_request_mode: str | None = None
    validation_required: bool | None = None
    git_release_mgmt_enabled: bool | None = None
    allow_warnings: bool | None = None
    is_example: bool | None = None
    has_production_counterpart: bool | None = None
    dependency_status: str | None = None


class GitBranch(Struct, frozen=True, kw_only=True):
    """A branch of a project's repository."""

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


class ProjectWorkspace(Struct, frozen=True, kw_only=True):
    """A project as the caller's workspace has it."""

    can: dict[str, bool] | None = None
    project_id: str | None = None
    workspace_id: str | None = None
    git_status: str | None = None
    git_head: str | None = None
    dependency_status: str | None = None
    git_branch: GitBranch | None = None
    lookml_type: str | None = None


class ProjectParams(Masked, frozen=True, kw_only=True):
    project_id: Annotated[str, Meta(description="Id of the project.")]


all_projects = Operation(
    name="all_projects",
    method="GET",
    path="/projects",
    tag="Project",
    summary="List the projects",
    description="Answers all projects to those with `see_lookml`, and none to others.",
    params=Masked,
    body=Nothing,
    answer=list[Project],
    needs=SIGNED_IN,
)

project = Operation(
    name="project",
    method="GET",
    path="/projects/{project_id}",
    tag="Project",
    summary="Get a project",
    params=ProjectParams,
    body=Nothing,
    answer=Project,
    needs=SIGNED_IN,
)

project_workspace = Operation(
    name="project_workspace",
    method="GET",
    path="/projects/{project_id}/current_workspace",
    tag="Project",
    summary="Get the state of a project in the session's workspace",
    description="Answers which branch and commit of the project the session's workspace works on.",
    params=ProjectParams,
    body=Nothing,
    answer=ProjectWorkspace,
    needs=SIGNED_IN,
)

OPERATIONS = (all_projects, project, project_workspace)
