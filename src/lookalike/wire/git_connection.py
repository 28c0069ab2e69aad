"""GitConnection: how a project reaches its remote and those of its dependencies."""

from __future__ import annotations

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from lookalike.wire.operation import Nothing, Operation, Output


class GitConnectionTest(Struct, frozen=True, kw_only=True):
    """One step of testing a remote."""

    can: dict[str, bool] | None = None
    description: str | None = None
    id: str | None = None


class GitConnectionTestResult(Struct, frozen=True, kw_only=True):
    """How a step came out: `pass` or `fail`."""

    can: dict[str, bool] | None = None
    id: str | None = None
    message: str | None = None
    status: str | None = None


class RepositoryCredential(Struct, frozen=True, kw_only=True):
    """How to reach the remote of one dependency. The password is never answered."""

    can: dict[str, bool] | None = None
    id: str | None = None
    root_project_id: str | None = None
    remote_url: str | None = None
    git_username: str | None = None
    git_password: str | None = None
    ssh_public_key: str | None = None
    is_configured: bool | None = None


class WriteRepositoryCredential(Struct, frozen=True, kw_only=True):
    """What of a credential can be set. `ssh_public_key` is without effect."""

    git_username: str | UnsetType | None = UNSET
    git_password: str | UnsetType | None = UNSET
    ssh_public_key: str | UnsetType | None = UNSET


class GitParams(Struct, frozen=True, kw_only=True):
    project_id: Annotated[str, Meta(description="Id of the project.")]


class ConnectionTestsParams(GitParams, frozen=True, kw_only=True):
    remote_url: Annotated[
        str | None, Meta(description="Remote of a dependency; the project's own if left out.")
    ] = None


class ConnectionTestParams(ConnectionTestsParams, frozen=True, kw_only=True):
    test_id: Annotated[str, Meta(description="Id of the step.")]
    use_production: Annotated[
        str | None,
        Meta(description="Without effect: a project has one remote in every workspace."),
    ] = None


class CredentialsParams(Struct, frozen=True, kw_only=True):
    root_project_id: Annotated[str, Meta(description="Id of the project that imports.")]


class CredentialParams(CredentialsParams, frozen=True, kw_only=True):
    credential_id: Annotated[str, Meta(description="Id of the credential.")]


git_deploy_key = Operation(
    name="git_deploy_key",
    method="GET",
    path="/projects/{project_id}/git/deploy_key",
    tag="Project",
    summary="Get the public deploy key of a project",
    params=GitParams,
    body=Nothing,
    answer=Output,
    needs="develop",
)

create_git_deploy_key = Operation(
    name="create_git_deploy_key",
    method="POST",
    path="/projects/{project_id}/git/deploy_key",
    tag="Project",
    summary="Make a deploy key for a project",
    description=(
        "Makes an ed25519 key pair and answers the public key, for the remote to know. A project"
        " that has one already is a 409."
    ),
    params=GitParams,
    body=Nothing,
    answer=Output,
    needs="develop",
)

all_git_connection_tests = Operation(
    name="all_git_connection_tests",
    method="GET",
    path="/projects/{project_id}/git_connection_tests",
    tag="Project",
    summary="List the steps that test a remote",
    description="Answers the steps in the order to run them, from general to specific.",
    params=ConnectionTestsParams,
    body=Nothing,
    answer=list[GitConnectionTest],
    needs="develop",
)

run_git_connection_test = Operation(
    name="run_git_connection_test",
    method="GET",
    path="/projects/{project_id}/git_connection_tests/{test_id}",
    tag="Project",
    summary="Run one step of testing a remote",
    params=ConnectionTestParams,
    body=Nothing,
    answer=GitConnectionTestResult,
    needs="develop",
)

get_all_repository_credentials = Operation(
    name="get_all_repository_credentials",
    method="GET",
    path="/projects/{root_project_id}/credentials",
    tag="Project",
    summary="List the credentials of a project's remote dependencies",
    params=CredentialsParams,
    body=Nothing,
    answer=list[RepositoryCredential],
    needs="administer",
)

update_repository_credential = Operation(
    name="update_repository_credential",
    method="PUT",
    path="/projects/{root_project_id}/credential/{credential_id}",
    tag="Project",
    summary="Set the credential of a remote dependency",
    params=CredentialParams,
    body=WriteRepositoryCredential,
    answer=RepositoryCredential,
    needs="administer",
)

delete_repository_credential = Operation(
    name="delete_repository_credential",
    method="DELETE",
    path="/projects/{root_project_id}/credential/{credential_id}",
    tag="Project",
    summary="Forget the credential of a remote dependency",
    params=CredentialParams,
    body=Nothing,
    answer=Nothing,
    needs="administer",
)

OPERATIONS = (
    git_deploy_key,
    create_git_deploy_key,
    all_git_connection_tests,
    run_git_connection_test,
    get_all_repository_credentials,
    update_repository_credential,
    delete_repository_credential,
)
