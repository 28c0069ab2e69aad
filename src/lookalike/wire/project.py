"""Project: LookML projects, their settings, and their state in a workspace."""

from __future__ import annotations

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from lookalike.wire.git_branch import GitBranch
from lookalike.wire.operation import SIGNED_IN, V40, Masked, Nothing, Operation


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


class WriteProject(Struct, frozen=True, kw_only=True):
    """What of a project can be set. A property that is left out stays as it is."""

    name: str | None = None
    git_remote_url: str | UnsetType | None = UNSET
    git_username: str | UnsetType | None = UNSET
    git_password: str | UnsetType | None = UNSET
    git_production_branch_name: str | None = None
    use_git_cookie_auth: bool | None = None
    git_username_user_attribute: str | UnsetType | None = UNSET
    git_password_user_attribute: str | UnsetType | None = UNSET
    git_service_name: str | UnsetType | None = UNSET
    git_application_server_http_port: int | UnsetType | None = UNSET
    git_application_server_http_scheme: str | UnsetType | None = UNSET
    deploy_secret: str | UnsetType | None = UNSET
    unset_deploy_secret: bool | None = None
    pull_request_mode: str | None = None
    validation_required: bool | None = None
    git_release_mgmt_enabled: bool | None = None
    allow_warnings: bool | None = None
    dependency_status: str | UnsetType | None = UNSET


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


class ImportedProject(Struct, frozen=True, kw_only=True):
    """A project whose files another one uses. One without a `url` is here, beside it."""

    name: str | None = None
    url: str | None = None
    ref: str | None = None
    is_remote: bool | None = None
    can: dict[str, bool] | None = None


class LocalizationSettings(Struct, frozen=True, kw_only=True):
    """Which locale a project is written in, and how strict its translations are."""

    default_locale: str | None = None
    localization_level: str | None = None
    can: dict[str, bool] | None = None


class Manifest(Struct, frozen=True, kw_only=True):
    """What a project's manifest says."""

    can: dict[str, bool] | None = None
    name: str | None = None
    imports: list[ImportedProject] | None = None
    localization_settings: LocalizationSettings | None = None


class ProjectParams(Masked, frozen=True, kw_only=True):
    project_id: Annotated[str, Meta(description="Id of the project.")]


class PlainProjectParams(Struct, frozen=True, kw_only=True):
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

create_project = Operation(
    name="create_project",
    method="POST",
    path="/projects",
    tag="Project",
    summary="Create a project",
    description=(
        "Creates an empty project. Its remote is set afterwards, with `update_project`. A name that"
        " is taken is a 409. Only in a developer workspace."
    ),
    params=Nothing,
    body=WriteProject,
    answer=Project,
    needs="develop",
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

update_project = Operation(
    name="update_project",
    method="PATCH",
    path="/projects/{project_id}",
    tag="Project",
    summary="Change the settings of a project",
    description=(
        "Sets what the body names. A remote that can't be reached is refused. Passwords and the"
        " deploy secret go in and never come out."
    ),
    params=ProjectParams,
    body=WriteProject,
    answer=Project,
    needs="develop",
)

manifest = Operation(
    name="manifest",
    method="GET",
    path="/projects/{project_id}/manifest",
    tag="Project",
    summary="Get the manifest of a project",
    description="Answers the manifest as the session's workspace has it, with what it imports.",
    params=PlainProjectParams,
    body=Nothing,
    answer=Manifest,
    needs=SIGNED_IN,
)

lock_all = Operation(
    name="lock_all",
    method="POST",
    path="/projects/{project_id}/manifest/lock_all",
    tag="Project",
    summary="Lock the remote dependencies of a project",
    description=(
        "Fetches every remote dependency and writes the commit it is at into the project's"
        " lockfile. Only in a developer workspace."
    ),
    params=ProjectParams,
    body=Nothing,
    answer=Nothing,
    needs="deploy",
    versions=(V40,),
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

OPERATIONS = (
    all_projects,
    create_project,
    project,
    update_project,
    project_workspace,
    manifest,
    lock_all,
)
