"""GitConnection: deploy keys, credentials, and testing a remote."""

from __future__ import annotations

from msgspec import UNSET, UnsetType

from lookalike.api.call import Call
from lookalike.api.handlers import serves
from lookalike.api.resources.git_branch import version_in
from lookalike.api.texts import text_out
from lookalike.instance import remotes
from lookalike.instance.queries import Stream
from lookalike.wire import git_connection
from lookalike.wire.operation import Nothing


@serves(git_connection.git_deploy_key)
def get_deploy_key(call: Call, params: git_connection.GitParams, body: Nothing) -> Stream:
    version = version_in(call, params.project_id)
    return text_out(remotes.deploy_key(call.instance, call.caller, params.project_id), version)


@serves(git_connection.create_git_deploy_key)
def create_deploy_key(call: Call, params: git_connection.GitParams, body: Nothing) -> Stream:
    version = version_in(call, params.project_id)
    made = remotes.create_deploy_key(call.instance, call.caller, params.project_id)
    return text_out(made, version)


@serves(git_connection.all_git_connection_tests)
def all_connection_tests(
    call: Call, params: git_connection.ConnectionTestsParams, body: Nothing
) -> list[git_connection.GitConnectionTest]:
    found = remotes.list_connection_tests(
        call.instance, call.caller, params.project_id, params.remote_url or ""
    )
    return [
        git_connection.GitConnectionTest(
            can={"show": True, "run": True}, id=each.id, description=each.description
        )
        for each in found
    ]


@serves(git_connection.run_git_connection_test)
def run_connection_test(
    call: Call, params: git_connection.ConnectionTestParams, body: Nothing
) -> git_connection.GitConnectionTestResult:
    done = remotes.run_connection_test(
        call.instance, call.caller, params.project_id, params.test_id, params.remote_url or ""
    )
    return git_connection.GitConnectionTestResult(
        can={"show": True},
        id=done.id,
        message=done.message,
        status="pass" if done.is_passed else "fail",
    )


@serves(git_connection.get_all_repository_credentials)
def all_repository_credentials(
    call: Call, params: git_connection.CredentialsParams, body: Nothing
) -> list[git_connection.RepositoryCredential]:
    found = remotes.list_repository_credentials(call.instance, call.caller, params.root_project_id)
    return [credential_out(each) for each in found]


@serves(git_connection.update_repository_credential)
def update_repository_credential(
    call: Call,
    params: git_connection.CredentialParams,
    body: git_connection.WriteRepositoryCredential,
) -> git_connection.RepositoryCredential:
    changed = remotes.update_repository_credential(
        call.instance,
        call.caller,
        params.root_project_id,
        params.credential_id,
        username=_said(body.git_username),
        password=_said(body.git_password),
    )
    return credential_out(changed)


@serves(git_connection.delete_repository_credential)
def delete_repository_credential(
    call: Call, params: git_connection.CredentialParams, body: Nothing
) -> Nothing:
    remotes.delete_repository_credential(
        call.instance, call.caller, params.root_project_id, params.credential_id
    )
    return Nothing()


def credential_out(found: remotes.RepositoryCredential) -> git_connection.RepositoryCredential:
    return git_connection.RepositoryCredential(
        can={"show": True, "update": True, "destroy": True},
        id=found.id,
        root_project_id=found.root_project,
        remote_url=found.remote_url,
        git_username=found.username or None,
        ssh_public_key=found.public_key or None,
        is_configured=found.is_configured,
    )


def _said(value: str | UnsetType | None) -> str | None:
    """What was not said stays as it is (None); a null clears (empty)."""
    return None if value is UNSET else value or ""
