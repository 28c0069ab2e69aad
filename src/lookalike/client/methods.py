"""Methods: every operation as a method of its tag, blocking and not.

Made by `python -m tests.client.generate` from the operations of `wire`; edit those, not this file.
"""

# ruff: noqa: A002, PLR0913 - the arguments are those of the published operations
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol, TypeVar

from msgspec import Struct

from lookalike.client.bodies import body_of
from lookalike.wire import api_auth as wire_api_auth
from lookalike.wire import config as wire_config
from lookalike.wire import connection as wire_connection
from lookalike.wire import dashboard as wire_dashboard
from lookalike.wire import datagroup as wire_datagroup
from lookalike.wire import deploy as wire_deploy
from lookalike.wire import derived_table as wire_derived_table
from lookalike.wire import extensions as wire_extensions
from lookalike.wire import folder as wire_folder
from lookalike.wire import git_branch as wire_git_branch
from lookalike.wire import git_connection as wire_git_connection
from lookalike.wire import look as wire_look
from lookalike.wire import lookml_model as wire_lookml_model
from lookalike.wire import metadata as wire_metadata
from lookalike.wire import project as wire_project
from lookalike.wire import project_file as wire_project_file
from lookalike.wire import query as wire_query
from lookalike.wire import query_task as wire_query_task
from lookalike.wire import role as wire_role
from lookalike.wire import session as wire_session
from lookalike.wire import user as wire_user
from lookalike.wire import validation as wire_validation
from lookalike.wire import workspace as wire_workspace
from lookalike.wire.api_auth import AccessToken, Credentials, LoginUserParams
from lookalike.wire.config import Alive, ApiSpecParams, ApiVersion
from lookalike.wire.connection import (
    ConnectionParams,
    DBConnection,
    DBConnectionTestResult,
    TestParams,
)
from lookalike.wire.dashboard import (
    Dashboard,
    DashboardBase,
    DashboardElement,
    DashboardFilter,
    DashboardLayout,
    DashboardParams,
    FolderBase,
    SearchDashboardsParams,
)
from lookalike.wire.datagroup import Datagroup, DatagroupParams
from lookalike.wire.deploy import (
    AsyncDeployResponse,
    DeployParams,
    DeployRefParams,
    DeployStatusParams,
    DeployStatusResponse,
    TagParams,
)
from lookalike.wire.derived_table import DependencyGraph, ModelGraphParams, ViewGraphParams
from lookalike.wire.extensions import (
    CompareParams,
    Comparison,
    DeleteWorkspaceParams,
    Deployment,
    DeploymentsParams,
    FileText,
    RunInParams,
    TextParams,
    UndoParams,
    WriteRename,
)
from lookalike.wire.folder import ChildrenParams, Folder, FolderParams, SearchFoldersParams
from lookalike.wire.git_branch import BranchesParams, BranchParams, GitBranch, WriteGitBranch
from lookalike.wire.git_connection import (
    ConnectionTestParams,
    ConnectionTestsParams,
    CredentialParams,
    CredentialsParams,
    GitConnectionTest,
    GitConnectionTestResult,
    GitParams,
    RepositoryCredential,
    WriteRepositoryCredential,
)
from lookalike.wire.ids import Id
from lookalike.wire.look import Look, SearchLooksParams
from lookalike.wire.lookml_model import (
    AllModelsParams,
    ExploreParams,
    LookmlModel,
    LookmlModelExplore,
    ModelParams,
)
from lookalike.wire.metadata import (
    ColumnParams,
    ColumnSearch,
    ConnectionFeatures,
    DatabaseParams,
    FeatureParams,
    Model,
    ModelFieldSuggestions,
    NamedModelParams,
    Schema,
    SchemaColumns,
    SchemaParams,
    SchemaTables,
    SearchParams,
    SuggestionParams,
    TableParams,
)
from lookalike.wire.operation import Masked, Nothing, Operation
from lookalike.wire.project import (
    Manifest,
    PlainProjectParams,
    Project,
    ProjectParams,
    ProjectWorkspace,
    WriteProject,
)
from lookalike.wire.project_file import (
    DeleteFileParams,
    DirectoriesParams,
    DirectoryParams,
    FileParams,
    FilePathParams,
    FilesParams,
    ProjectFile,
    WriteCommit,
    WriteDirectory,
    WriteFile,
)
from lookalike.wire.query import (
    Query,
    QueryParams,
    RunParams,
    RunQueryParams,
    SlugParams,
    UrlQueryParams,
    WriteQuery,
)
from lookalike.wire.query_task import (
    CreateTaskParams,
    ManyResultsParams,
    QueryTask,
    ResultsParams,
    RunningQueries,
    TaskParams,
    WriteCreateQueryTask,
)
from lookalike.wire.role import AllRolesParams, RoleParams, RoleUsersParams
from lookalike.wire.session import ApiSession, WriteApiSession
from lookalike.wire.user import (
    AllUsersParams,
    CreateCredentialsApi3,
    CredentialsApi3,
    DeleteUserCredentialParams,
    Role,
    SearchUsersNamesParams,
    SearchUsersParams,
    User,
    UserCredentialParams,
    UserParams,
    UserRolesParams,
)
from lookalike.wire.validation import (
    LookmlTest,
    LookmlTestResult,
    ProjectValidation,
    ProjectValidationCache,
    RunTestsParams,
    TestsParams,
    ValidationParams,
)
from lookalike.wire.workspace import Workspace, WorkspaceParams

P_contra = TypeVar("P_contra", bound=Struct)
B_contra = TypeVar("B_contra", bound=Struct)
A = TypeVar("A")


class Sends(Protocol):
    """Does one call: gives the answer, or raises."""

    def __call__(
        self,
        operation: Operation[P_contra, B_contra, A],
        params: P_contra,
        body: B_contra,
        /,
    ) -> A: ...


class SendsLater(Protocol):
    """Does one call when it is awaited."""

    async def __call__(
        self,
        operation: Operation[P_contra, B_contra, A],
        params: P_contra,
        body: B_contra,
        /,
    ) -> A: ...


class ApiAuth:
    """The operations of the tag ApiAuth."""

    def __init__(self, send: Sends) -> None:
        self._send = send

    def login(self, client_id: str | None = None, client_secret: str | None = None) -> AccessToken:
        """Log in with an API credential.

        Exchanges the id and secret of an API credential for an access token. The body is a
        urlencoded form (or JSON); the same two as query parameters work too. Each login begins
        a new session in the `production` workspace. Send the token with every further request
        as `Authorization: Bearer <token>`. It is good for both API versions and expires after
        `expires_in` seconds, counted from the login. An unknown id and a wrong secret are both
        a 404.

        A client logs in by itself; this token is the caller's to use, and the client's session
        stays as it is.

        `POST /api/4.0/login`

        Args:
            client_id: Id of the API credential.
            client_secret: Secret of the API credential.

        Returns:
            AccessToken: A bearer token and how many seconds it lives.

        Raises:
            NotAuthenticated: The credential is refused.
            Invalid: An argument makes no sense to the server.
            TransportError: There was no answer.
        """
        return self._send(
            wire_api_auth.login,
            Credentials(),
            Credentials(client_id=client_id, client_secret=client_secret),
        )

    def login_user(self, user_id: str | int, associative: bool | None = None) -> AccessToken:
        """Log in as another user.

        Answers an access token that acts as the user. The session of the new token says in
        `sudo_user_id` who really asks. The token ends with the session that made it.

        The token is the caller's to use; the client goes on as itself.

        `POST /api/4.0/login/{user_id}`

        Args:
            user_id: Id of the user to act as.
            associative: Only in 3.1, and without effect: the token acts as the user.

        Returns:
            AccessToken: A bearer token and how many seconds it lives.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `sudo`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_api_auth.login_user,
            LoginUserParams(user_id=Id(user_id), associative=associative),
            Nothing(),
        )

    def logout(self) -> None:
        """End the session.

        Ends the session of the token at once, and the sessions it made by `login_user`.

        Asks nothing where there is no session. The next call logs in again, and into the
        workspace that was chosen before.

        `DELETE /api/4.0/logout`

        Returns:
            None: Nothing.

        Raises:
            NotAuthenticated: The client's credential is refused.
            TransportError: There was no answer.
        """
        self._send(wire_api_auth.logout, Nothing(), Nothing())


class SessionApi:
    """The operations of the tag Session."""

    def __init__(self, send: Sends) -> None:
        self._send = send

    def session(self) -> ApiSession:
        """Get the session.

        Answers the session of the access token: which workspace it works in, and who really
        asks. The workspace decides which version of the LookML every other request of this
        token sees.

        The client takes the workspace of the answer for the one to stay in.

        `GET /api/4.0/session`

        Returns:
            ApiSession: The session that belongs to the access token.

        Raises:
            NotAuthenticated: The client's credential is refused.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(wire_session.session, Nothing(), Nothing())

    def update_session(self, body: WriteApiSession | ApiSession | Mapping[str, Any]) -> ApiSession:
        """Choose the workspace of the session.

        Enters a workspace and answers the whole session. `dev` is the caller's own version of
        every project; `dev:<name>` is a further one, made on first use. `@<ref>`, or
        `<project>@<ref>,<project>@<ref>`, is a branch, a tag or a commit, read-only and
        unchanging until the session ends. All but `production` need the permission `develop`.
        The choice holds for this token only. An unknown workspace is a 422 that names the
        field.

        The client keeps the choice: whenever its token is renewed, it enters the workspace
        again before anything else is sent, and raises WorkspaceLost if it can't.

        `PATCH /api/4.0/session`

        Args:
            body: What of a session can be changed. A mapping will do.

        Returns:
            ApiSession: The session that belongs to the access token.

        Raises:
            NotAuthenticated: The client's credential is refused.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(wire_session.update_session, Nothing(), body_of(WriteApiSession, body))


class WorkspaceApi:
    """The operations of the tag Workspace."""

    def __init__(self, send: Sends) -> None:
        self._send = send

    def all_workspaces(self) -> list[Workspace]:
        """List the workspaces.

        Answers `production`, `dev`, and the caller's other workspaces, with the projects that
        the caller sees in them.

        `GET /api/4.0/workspaces`

        Returns:
            list[Workspace]: `production`, shared by all; `dev` and `dev:<name>`, each user's
                own; `@<ref>`, a set of commits. `commits` tells the commit of each project.

        Raises:
            NotAuthenticated: The client's credential is refused.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(wire_workspace.all_workspaces, Nothing(), Nothing())

    def workspace(self, workspace_id: str) -> Workspace:
        """Get a workspace.

        Answers a workspace; of `@<ref>` also which commits that ref means now.

        `GET /api/4.0/workspaces/{workspace_id}`

        Args:
            workspace_id: `production`, `dev`, `dev:ci`, `@v1.2`, `shop@main`.

        Returns:
            Workspace: `production`, shared by all; `dev` and `dev:<name>`, each user's own;
                `@<ref>`, a set of commits. `commits` tells the commit of each project.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_workspace.workspace, WorkspaceParams(workspace_id=workspace_id), Nothing()
        )


class ProjectApi:
    """The operations of the tag Project."""

    def __init__(self, send: Sends) -> None:
        self._send = send

    def all_projects(self, fields: str | None = None) -> list[Project]:
        """List the projects.

        Answers all projects to those with `see_lookml`, and none to others.

        `GET /api/4.0/projects`

        Args:
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            list[Project]: A LookML project.

        Raises:
            NotAuthenticated: The client's credential is refused.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(wire_project.all_projects, Masked(fields=fields), Nothing())

    def create_project(self, body: WriteProject | Project | Mapping[str, Any]) -> Project:
        """Create a project.

        Creates an empty project. Its remote is set afterwards, with `update_project`. A name
        that is taken is a 409. Only in a developer workspace.

        `POST /api/4.0/projects`

        Args:
            body: What of a project can be set. A property that is left out stays as it is. A
                mapping will do.

        Returns:
            Project: A LookML project.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `develop`.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(wire_project.create_project, Nothing(), body_of(WriteProject, body))

    def project(self, project_id: str, fields: str | None = None) -> Project:
        """Get a project.

        `GET /api/4.0/projects/{project_id}`

        Args:
            project_id: Id of the project.
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            Project: A LookML project.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_project.project, ProjectParams(project_id=project_id, fields=fields), Nothing()
        )

    def update_project(
        self,
        project_id: str,
        body: WriteProject | Project | Mapping[str, Any],
        fields: str | None = None,
    ) -> Project:
        """Change the settings of a project.

        Sets what the body names. A remote that can't be reached is refused. Passwords and the
        deploy secret go in and never come out.

        `PATCH /api/4.0/projects/{project_id}`

        Args:
            project_id: Id of the project.
            body: What of a project can be set. A property that is left out stays as it is. A
                mapping will do.
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            Project: A LookML project.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `develop`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_project.update_project,
            ProjectParams(project_id=project_id, fields=fields),
            body_of(WriteProject, body),
        )

    def project_workspace(self, project_id: str, fields: str | None = None) -> ProjectWorkspace:
        """Get the state of a project in the session's workspace.

        Answers which branch and commit of the project the session's workspace works on.

        `GET /api/4.0/projects/{project_id}/current_workspace`

        Args:
            project_id: Id of the project.
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            ProjectWorkspace: A project as the caller's workspace has it.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_project.project_workspace,
            ProjectParams(project_id=project_id, fields=fields),
            Nothing(),
        )

    def manifest(self, project_id: str) -> Manifest:
        """Get the manifest of a project.

        Answers the manifest as the session's workspace has it, with what it imports.

        `GET /api/4.0/projects/{project_id}/manifest`

        Args:
            project_id: Id of the project.

        Returns:
            Manifest: What a project's manifest says.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_project.manifest, PlainProjectParams(project_id=project_id), Nothing()
        )

    def lock_all(self, project_id: str, fields: str | None = None) -> None:
        """Lock the remote dependencies of a project.

        Fetches every remote dependency and writes the commit it is at into the project's
        lockfile. Only in a developer workspace.

        `POST /api/4.0/projects/{project_id}/manifest/lock_all`

        Args:
            project_id: Id of the project.
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            None: Nothing.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `deploy`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        self._send(
            wire_project.lock_all, ProjectParams(project_id=project_id, fields=fields), Nothing()
        )

    def all_git_branches(self, project_id: str) -> list[GitBranch]:
        """List the branches of a project.

        `GET /api/4.0/projects/{project_id}/git_branches`

        Args:
            project_id: Id of the project.

        Returns:
            list[GitBranch]: A branch of a project's repository.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_git_branch.all_git_branches, BranchesParams(project_id=project_id), Nothing()
        )

    def git_branch(self, project_id: str) -> GitBranch:
        """Get the current branch.

        Answers the branch that the session's workspace is on.

        `GET /api/4.0/projects/{project_id}/git_branch`

        Args:
            project_id: Id of the project.

        Returns:
            GitBranch: A branch of a project's repository.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_git_branch.git_branch, BranchesParams(project_id=project_id), Nothing()
        )

    def create_git_branch(
        self, project_id: str, body: WriteGitBranch | GitBranch | Mapping[str, Any]
    ) -> GitBranch:
        """Create a branch and switch to it.

        Creates the branch `name` at `ref`, or at the current branch, and puts the workspace on
        it. Only in a developer workspace. A name that is taken is a 409.

        `POST /api/4.0/projects/{project_id}/git_branch`

        Args:
            project_id: Id of the project.
            body: Which branch, and where it is to stand: a branch, a tag or a commit. A mapping
                will do.

        Returns:
            GitBranch: A branch of a project's repository.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `develop`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_git_branch.create_git_branch,
            BranchesParams(project_id=project_id),
            body_of(WriteGitBranch, body),
        )

    def update_git_branch(
        self, project_id: str, body: WriteGitBranch | GitBranch | Mapping[str, Any]
    ) -> GitBranch:
        """Switch to a branch, or reset it.

        Puts the workspace on the branch `name`. With `ref` the branch is then moved to that
        branch, tag or commit, here and on the remote, and what was saved and not committed is
        dropped. Only in a developer workspace.

        `PUT /api/4.0/projects/{project_id}/git_branch`

        Args:
            project_id: Id of the project.
            body: Which branch, and where it is to stand: a branch, a tag or a commit. A mapping
                will do.

        Returns:
            GitBranch: A branch of a project's repository.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `develop`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_git_branch.update_git_branch,
            BranchesParams(project_id=project_id),
            body_of(WriteGitBranch, body),
        )

    def find_git_branch(self, project_id: str, branch_name: str) -> GitBranch:
        """Get a branch.

        `GET /api/4.0/projects/{project_id}/git_branch/{branch_name}`

        Args:
            project_id: Id of the project.
            branch_name: Name of the branch.

        Returns:
            GitBranch: A branch of a project's repository.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_git_branch.find_git_branch,
            BranchParams(project_id=project_id, branch_name=branch_name),
            Nothing(),
        )

    def delete_git_branch(self, project_id: str, branch_name: str) -> None:
        """Delete a branch.

        Deletes the branch here and on the remote. Neither the production branch, nor a personal
        branch, nor the one that a workspace is on can be deleted.

        `DELETE /api/4.0/projects/{project_id}/git_branch/{branch_name}`

        Args:
            project_id: Id of the project.
            branch_name: Name of the branch.

        Returns:
            None: Nothing.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `develop`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        self._send(
            wire_git_branch.delete_git_branch,
            BranchParams(project_id=project_id, branch_name=branch_name),
            Nothing(),
        )

    def reset_project_to_production(self, project_id: str) -> None:
        """Reset the current branch to production.

        Moves the current branch to the commit of production, and drops what was saved and not
        committed. Only in a developer workspace.

        `POST /api/4.0/projects/{project_id}/reset_to_production`

        Args:
            project_id: Id of the project.

        Returns:
            None: Nothing.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `develop`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        self._send(
            wire_git_branch.reset_project_to_production,
            BranchesParams(project_id=project_id),
            Nothing(),
        )

    def reset_project_to_remote(self, project_id: str) -> None:
        """Reset the current branch to its remote branch.

        Fetches, moves the current branch to its remote branch, and drops what was saved and not
        committed. Only in a developer workspace.

        `POST /api/4.0/projects/{project_id}/reset_to_remote`

        Args:
            project_id: Id of the project.

        Returns:
            None: Nothing.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `develop`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        self._send(
            wire_git_branch.reset_project_to_remote,
            BranchesParams(project_id=project_id),
            Nothing(),
        )

    def all_project_files(self, project_id: str, fields: str | None = None) -> list[ProjectFile]:
        """List the files of a project.

        `GET /api/4.0/projects/{project_id}/files`

        Args:
            project_id: Id of the project.
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            list[ProjectFile]: A file of a project. The id is its path.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_project_file.all_project_files,
            FilesParams(project_id=project_id, fields=fields),
            Nothing(),
        )

    def project_file(self, project_id: str, file_id: str, fields: str | None = None) -> ProjectFile:
        """Get a file of a project.

        Answers everything about the file except its text.

        `GET /api/4.0/projects/{project_id}/files/file`

        Args:
            project_id: Id of the project.
            file_id: Id of the file, which is its path.
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            ProjectFile: A file of a project. The id is its path.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_project_file.project_file,
            FileParams(project_id=project_id, file_id=file_id, fields=fields),
            Nothing(),
        )

    def project_file_content(self, project_id: str, file_path: str) -> str:
        """Read a file of a project.

        `GET /api/4.0/projects/{project_id}/file/content`

        Args:
            project_id: Id of the project.
            file_path: Path of the file.

        Returns:
            str: The answer as text, in the format that was asked for.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return (
            self._send(
                wire_project_file.project_file_content,
                FilePathParams(project_id=project_id, file_path=file_path),
                Nothing(),
            )
        ).text

    def create_project_file(
        self, project_id: str, body: WriteFile | Mapping[str, Any], fields: str | None = None
    ) -> ProjectFile:
        """Create a file.

        Saves a new file in the workspace; it is not committed. A file that is there already is
        a 409. Only in a developer workspace.

        `POST /api/4.0/projects/{project_id}/files`

        Args:
            project_id: Id of the project.
            body: A file to save. `version` is the version that it is meant to replace, if that
                matters. A mapping will do.
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            ProjectFile: A file of a project. The id is its path.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `develop`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_project_file.create_project_file,
            FilesParams(project_id=project_id, fields=fields),
            body_of(WriteFile, body),
        )

    def update_project_file(
        self, project_id: str, body: WriteFile | Mapping[str, Any], fields: str | None = None
    ) -> ProjectFile:
        """Change a file.

        Saves the file in the workspace; it is not committed. With `version` it is a 409 if the
        file has changed since. Only in a developer workspace.

        `PUT /api/4.0/projects/{project_id}/files`

        Args:
            project_id: Id of the project.
            body: A file to save. `version` is the version that it is meant to replace, if that
                matters. A mapping will do.
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            ProjectFile: A file of a project. The id is its path.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `develop`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_project_file.update_project_file,
            FilesParams(project_id=project_id, fields=fields),
            body_of(WriteFile, body),
        )

    def delete_project_file(
        self, project_id: str, file_path: str, version: str | None = None
    ) -> None:
        """Delete a file.

        Deletes the file from the workspace; that is not committed.

        `DELETE /api/4.0/projects/{project_id}/files`

        Args:
            project_id: Id of the project.
            file_path: Path of the file.
            version: The version that is meant; any if left out.

        Returns:
            None: Nothing.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `develop`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        self._send(
            wire_project_file.delete_project_file,
            DeleteFileParams(project_id=project_id, file_path=file_path, version=version),
            Nothing(),
        )

    def all_project_directories(self, project_id: str) -> list[str]:
        """List the folders of a project.

        `GET /api/4.0/projects/{project_id}/directories`

        Args:
            project_id: Id of the project.

        Returns:
            list[str]: The document as plain values.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_project_file.all_project_directories,
            DirectoriesParams(project_id=project_id),
            Nothing(),
        )

    def create_project_directory(
        self, project_id: str, body: WriteDirectory | Mapping[str, Any]
    ) -> None:
        """Make a folder.

        `POST /api/4.0/projects/{project_id}/directories`

        Args:
            project_id: Id of the project.
            body: A folder to make. A mapping will do.

        Returns:
            None: Nothing.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `develop`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        self._send(
            wire_project_file.create_project_directory,
            DirectoriesParams(project_id=project_id),
            body_of(WriteDirectory, body),
        )

    def delete_project_directory(self, project_id: str, path: str) -> None:
        """Delete a folder and all that is in it.

        `DELETE /api/4.0/projects/{project_id}/directories`

        Args:
            project_id: Id of the project.
            path: Path of the folder.

        Returns:
            None: Nothing.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `develop`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        self._send(
            wire_project_file.delete_project_directory,
            DirectoryParams(project_id=project_id, path=path),
            Nothing(),
        )

    def commit_project(self, project_id: str, body: WriteCommit | Mapping[str, Any]) -> str:
        """Commit what is saved.

        Commits on the workspace's branch, and answers the id of the commit.

        `POST /api/4.0/projects/{project_id}/commit`

        Args:
            project_id: Id of the project.
            body: What to commit. No `paths` means everything that is saved. A mapping will do.

        Returns:
            str: A text.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `develop`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_project_file.commit_project,
            DirectoriesParams(project_id=project_id),
            body_of(WriteCommit, body),
        )

    def deploy_to_production(self, project_id: str) -> str | None:
        """Deploy the current branch.

        Merges the workspace's branch into production and pushes it to the remote. Answers a
        sentence that says what changed, or nothing if nothing did. What is saved and not
        committed is never deployed. Conflicts change nothing. Only in a developer workspace.

        `POST /api/4.0/projects/{project_id}/deploy_to_production`

        Args:
            project_id: Id of the project.

        Returns:
            str | None: A text. None if there is none.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `deploy`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_deploy.deploy_to_production, DeployParams(project_id=project_id), Nothing()
        )

    def deploy_ref_to_production(
        self, project_id: str, branch: str | None = None, ref: str | None = None
    ) -> str | None:
        """Deploy a branch, a tag or a commit.

        Fetches from the remote and makes `branch` or `ref` production. Answers a sentence that
        says what changed, or nothing if nothing did.

        `POST /api/4.0/projects/{project_id}/deploy_ref_to_production`

        Args:
            project_id: Id of the project.
            branch: Branch to deploy. Either this or `ref`.
            ref: Commit or tag to deploy. Either this or `branch`.

        Returns:
            str | None: A text. None if there is none.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `deploy`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_deploy.deploy_ref_to_production,
            DeployRefParams(project_id=project_id, branch=branch, ref=ref),
            Nothing(),
        )

    def async_deploy_ref_to_production(
        self, project_id: str, branch: str | None = None, ref: str | None = None
    ) -> AsyncDeployResponse:
        """Begin to deploy a branch, a tag or a commit.

        Like `deploy_ref_to_production`, and answers at once.

        `POST /api/4.0/projects/{project_id}/async_deploy_ref_to_production`

        Args:
            project_id: Id of the project.
            branch: Branch to deploy. Either this or `ref`.
            ref: Commit or tag to deploy. Either this or `branch`.

        Returns:
            AsyncDeployResponse: A deploy that is on its way. `deployment_id` is what
                `async_deploy_status` wants to know.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `deploy`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_deploy.async_deploy_ref_to_production,
            DeployRefParams(project_id=project_id, branch=branch, ref=ref),
            Nothing(),
        )

    def async_deploy_status(self, project_id: str, deployment_id: int) -> DeployStatusResponse:
        """Get the state of a deploy.

        `GET /api/4.0/projects/{project_id}/deploy_status/{deployment_id}`

        Args:
            project_id: Id of the project.
            deployment_id: Number of the deploy.

        Returns:
            DeployStatusResponse: How far a deploy is: `PENDING`, `COMPILING`, `SUCCESS` or
                `FAILED`.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `deploy`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_deploy.async_deploy_status,
            DeployStatusParams(project_id=project_id, deployment_id=deployment_id),
            Nothing(),
        )

    def tag_ref(
        self,
        project_id: str,
        commit_sha: str | None = None,
        tag_name: str | None = None,
        tag_message: str | None = None,
    ) -> Project:
        """Tag a commit.

        Creates the tag `tag_name` at `commit_sha`, or at production, and pushes it to the
        remote. A name that is taken is a 409. The body is not looked at.

        `POST /api/4.0/projects/{project_id}/tag`

        Args:
            project_id: Id of the project.
            commit_sha: Commit to tag; the one of production if left out.
            tag_name: Name of the tag.
            tag_message: Message of the tag.

        Returns:
            Project: A LookML project.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `deploy`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_deploy.tag_ref,
            TagParams(
                project_id=project_id,
                commit_sha=commit_sha,
                tag_name=tag_name,
                tag_message=tag_message,
            ),
            Nothing(),
        )

    def git_deploy_key(self, project_id: str) -> str:
        """Get the public deploy key of a project.

        `GET /api/4.0/projects/{project_id}/git/deploy_key`

        Args:
            project_id: Id of the project.

        Returns:
            str: The answer as text, in the format that was asked for.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `develop`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return (
            self._send(
                wire_git_connection.git_deploy_key, GitParams(project_id=project_id), Nothing()
            )
        ).text

    def create_git_deploy_key(self, project_id: str) -> str:
        """Make a deploy key for a project.

        Makes an ed25519 key pair and answers the public key, for the remote to know. A project
        that has one already is a 409.

        `POST /api/4.0/projects/{project_id}/git/deploy_key`

        Args:
            project_id: Id of the project.

        Returns:
            str: The answer as text, in the format that was asked for.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `develop`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return (
            self._send(
                wire_git_connection.create_git_deploy_key,
                GitParams(project_id=project_id),
                Nothing(),
            )
        ).text

    def all_git_connection_tests(
        self, project_id: str, remote_url: str | None = None
    ) -> list[GitConnectionTest]:
        """List the steps that test a remote.

        Answers the steps in the order to run them, from general to specific.

        `GET /api/4.0/projects/{project_id}/git_connection_tests`

        Args:
            project_id: Id of the project.
            remote_url: Remote of a dependency; the project's own if left out.

        Returns:
            list[GitConnectionTest]: One step of testing a remote.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `develop`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_git_connection.all_git_connection_tests,
            ConnectionTestsParams(project_id=project_id, remote_url=remote_url),
            Nothing(),
        )

    def run_git_connection_test(
        self,
        project_id: str,
        test_id: str,
        remote_url: str | None = None,
        use_production: str | None = None,
    ) -> GitConnectionTestResult:
        """Run one step of testing a remote.

        `GET /api/4.0/projects/{project_id}/git_connection_tests/{test_id}`

        Args:
            project_id: Id of the project.
            test_id: Id of the step.
            remote_url: Remote of a dependency; the project's own if left out.
            use_production: Without effect: a project has one remote in every workspace.

        Returns:
            GitConnectionTestResult: How a step came out: `pass` or `fail`.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `develop`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_git_connection.run_git_connection_test,
            ConnectionTestParams(
                project_id=project_id,
                test_id=test_id,
                remote_url=remote_url,
                use_production=use_production,
            ),
            Nothing(),
        )

    def get_all_repository_credentials(self, root_project_id: str) -> list[RepositoryCredential]:
        """List the credentials of a project's remote dependencies.

        `GET /api/4.0/projects/{root_project_id}/credentials`

        Args:
            root_project_id: Id of the project that imports.

        Returns:
            list[RepositoryCredential]: How to reach the remote of one dependency. The password
                is never answered.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `administer`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_git_connection.get_all_repository_credentials,
            CredentialsParams(root_project_id=root_project_id),
            Nothing(),
        )

    def update_repository_credential(
        self,
        root_project_id: str,
        credential_id: str,
        body: WriteRepositoryCredential | RepositoryCredential | Mapping[str, Any],
    ) -> RepositoryCredential:
        """Set the credential of a remote dependency.

        `PUT /api/4.0/projects/{root_project_id}/credential/{credential_id}`

        Args:
            root_project_id: Id of the project that imports.
            credential_id: Id of the credential.
            body: What of a credential can be set. `ssh_public_key` is without effect. A mapping
                will do.

        Returns:
            RepositoryCredential: How to reach the remote of one dependency. The password is
                never answered.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `administer`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_git_connection.update_repository_credential,
            CredentialParams(root_project_id=root_project_id, credential_id=credential_id),
            body_of(WriteRepositoryCredential, body),
        )

    def delete_repository_credential(self, root_project_id: str, credential_id: str) -> None:
        """Forget the credential of a remote dependency.

        `DELETE /api/4.0/projects/{root_project_id}/credential/{credential_id}`

        Args:
            root_project_id: Id of the project that imports.
            credential_id: Id of the credential.

        Returns:
            None: Nothing.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `administer`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        self._send(
            wire_git_connection.delete_repository_credential,
            CredentialParams(root_project_id=root_project_id, credential_id=credential_id),
            Nothing(),
        )

    def validate_project(self, project_id: str, fields: str | None = None) -> ProjectValidation:
        """Validate a project.

        Looks at every file of the project as the session's workspace has it.

        `POST /api/4.0/projects/{project_id}/validate`

        Args:
            project_id: Id of the project.
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            ProjectValidation: All findings in a project. The time is in seconds.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `see_lookml`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_validation.validate_project,
            ValidationParams(project_id=project_id, fields=fields),
            Nothing(),
        )

    def project_validation_results(
        self, project_id: str, fields: str | None = None
    ) -> ProjectValidationCache | None:
        """Get the last validation of a project.

        Answers what `validate_project` found last in the session's workspace, and whether files
        have changed since; nothing if there was none.

        `GET /api/4.0/projects/{project_id}/validate`

        Args:
            project_id: Id of the project.
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            ProjectValidationCache | None: The findings of the last validation; `stale` if the
                files have changed since. None if there is none.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `see_lookml`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_validation.project_validation_results,
            ValidationParams(project_id=project_id, fields=fields),
            Nothing(),
        )

    def all_lookml_tests(self, project_id: str, file_id: str | None = None) -> list[LookmlTest]:
        """List the data tests of a project.

        `GET /api/4.0/projects/{project_id}/lookml_tests`

        Args:
            project_id: Id of the project.
            file_id: Only the tests in this file.

        Returns:
            list[LookmlTest]: A data test. `file` begins with the project; `explore` says the
                same as `explore_name`.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `see_lookml`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_validation.all_lookml_tests,
            TestsParams(project_id=project_id, file_id=file_id),
            Nothing(),
        )

    def run_lookml_test(
        self,
        project_id: str,
        file_id: str | None = None,
        test: str | None = None,
        model: str | None = None,
    ) -> list[LookmlTestResult]:
        """Run data tests.

        Runs the data tests of the project, or those that are named, and waits for them.

        `GET /api/4.0/projects/{project_id}/lookml_tests/run`

        Args:
            project_id: Id of the project.
            file_id: Only the tests in this file.
            test: Only the test of this name.
            model: Only the tests of this model.

        Returns:
            list[LookmlTestResult]: How a data test came out.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `access_data`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_validation.run_lookml_test,
            RunTestsParams(project_id=project_id, file_id=file_id, test=test, model=model),
            Nothing(),
        )


class LookmlModelApi:
    """The operations of the tag LookmlModel."""

    def __init__(self, send: Sends) -> None:
        self._send = send

    def all_lookml_models(
        self,
        fields: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        exclude_empty: bool = False,
        exclude_hidden: bool = False,
        include_internal: bool = False,
        include_self_service: bool = False,
    ) -> list[LookmlModel]:
        """List the models.

        Answers the models that the caller sees in the session's workspace.

        `GET /api/4.0/lookml_models`

        Args:
            fields: Fields of the answer to give: `id,name`; all if it is left out.
            limit: How many models to answer.
            offset: How many models to pass over first.
            exclude_empty: Leave out models without explores.
            exclude_hidden: Leave out hidden explores.
            include_internal: Add the models that come with the server; there are none.
            include_self_service: Add models made from uploads; there are none.

        Returns:
            list[LookmlModel]: A model with its explores.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `access_data`.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_lookml_model.all_lookml_models,
            AllModelsParams(
                fields=fields,
                limit=limit,
                offset=offset,
                exclude_empty=exclude_empty,
                exclude_hidden=exclude_hidden,
                include_internal=include_internal,
                include_self_service=include_self_service,
            ),
            Nothing(),
        )

    def lookml_model(self, lookml_model_name: str, fields: str | None = None) -> LookmlModel:
        """Get a model.

        `GET /api/4.0/lookml_models/{lookml_model_name}`

        Args:
            lookml_model_name: Name of the model.
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            LookmlModel: A model with its explores.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `access_data`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_lookml_model.lookml_model,
            ModelParams(lookml_model_name=lookml_model_name, fields=fields),
            Nothing(),
        )

    def lookml_model_explore(
        self,
        lookml_model_name: str,
        explore_name: str,
        fields: str | None = None,
        add_drills_metadata: bool = False,
    ) -> LookmlModelExplore:
        """Get an explore.

        Answers the joins and fields of an explore as the caller sees them in the session's
        workspace. SQL is null for those without `see_lookml`.

        `GET /api/4.0/lookml_models/{lookml_model_name}/explores/{explore_name}`

        Args:
            lookml_model_name: Name of the model.
            explore_name: Name of the explore.
            fields: Fields of the answer to give: `id,name`; all if it is left out.
            add_drills_metadata: Without effect: drill fields are always there.

        Returns:
            LookmlModelExplore: An explore with its joins and fields.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `access_data`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_lookml_model.lookml_model_explore,
            ExploreParams(
                lookml_model_name=lookml_model_name,
                explore_name=explore_name,
                fields=fields,
                add_drills_metadata=add_drills_metadata,
            ),
            Nothing(),
        )


class MetadataApi:
    """The operations of the tag Metadata."""

    def __init__(self, send: Sends) -> None:
        self._send = send

    def model_fieldname_suggestions(
        self,
        model_name: str,
        view_name: str,
        field_name: str,
        term: str | None = None,
        filters: dict[str, str] | None = None,
    ) -> ModelFieldSuggestions:
        """Suggest values of a field.

        Answers what LookML lists, or at most 1,000 values that the database holds and the
        caller may see. What goes wrong stands in `error`.

        `GET /api/4.0/models/{model_name}/views/{view_name}/fields/{field_name}/suggestions`

        Args:
            model_name: Name of the model.
            view_name: Name of the explore.
            field_name: Name of the field, as `view.field`.
            term: A part of the values to suggest.
            filters: Filter expressions by the fields they are on, which must hold too.

        Returns:
            ModelFieldSuggestions: Values that a filter on a field may take.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `access_data`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_metadata.model_fieldname_suggestions,
            SuggestionParams(
                model_name=model_name,
                view_name=view_name,
                field_name=field_name,
                term=term,
                filters=filters,
            ),
            Nothing(),
        )

    def get_model(self, model_name: str) -> Model:
        """Get the formats of a model.

        `GET /api/4.0/models/{model_name}`

        Args:
            model_name: Name of the model.

        Returns:
            Model: A model, as far as its connection and formats go.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `access_data`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_metadata.get_model, NamedModelParams(model_name=model_name), Nothing()
        )

    def connection_databases(self, connection_name: str) -> list[str]:
        """List the databases of a connection.

        `GET /api/4.0/connections/{connection_name}/databases`

        Args:
            connection_name: Name of the connection.

        Returns:
            list[str]: The document as plain values.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `develop`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_metadata.connection_databases,
            DatabaseParams(connection_name=connection_name),
            Nothing(),
        )

    def connection_features(
        self, connection_name: str, fields: str | None = None
    ) -> ConnectionFeatures:
        """Get what a connection can do.

        `GET /api/4.0/connections/{connection_name}/features`

        Args:
            connection_name: Name of the connection.
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            ConnectionFeatures: What can be done on a connection.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `develop`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_metadata.connection_features,
            FeatureParams(connection_name=connection_name, fields=fields),
            Nothing(),
        )

    def connection_schemas(
        self,
        connection_name: str,
        fields: str | None = None,
        database: str | None = None,
        cache: bool = True,
    ) -> list[Schema]:
        """List the schemas of a connection.

        `GET /api/4.0/connections/{connection_name}/schemas`

        Args:
            connection_name: Name of the connection.
            fields: Fields of the answer to give: `id,name`; all if it is left out.
            database: Name of the database; a connection has one.
            cache: Without effect: the database is asked.

        Returns:
            list[Schema]: A schema of a database.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `develop`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_metadata.connection_schemas,
            SchemaParams(
                connection_name=connection_name, fields=fields, database=database, cache=cache
            ),
            Nothing(),
        )

    def connection_tables(
        self,
        connection_name: str,
        fields: str | None = None,
        database: str | None = None,
        cache: bool = True,
        schema_name: str | None = None,
        table_filter: str | None = None,
        table_limit: int | None = None,
    ) -> list[SchemaTables]:
        """List the tables of a connection.

        `GET /api/4.0/connections/{connection_name}/tables`

        Args:
            connection_name: Name of the connection.
            fields: Fields of the answer to give: `id,name`; all if it is left out.
            database: Name of the database; a connection has one.
            cache: Without effect: the database is asked.
            schema_name: Only tables of this schema.
            table_filter: Only tables whose name has this part.
            table_limit: How many tables to answer.

        Returns:
            list[SchemaTables]: A schema with its tables.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `develop`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_metadata.connection_tables,
            TableParams(
                connection_name=connection_name,
                fields=fields,
                database=database,
                cache=cache,
                schema_name=schema_name,
                table_filter=table_filter,
                table_limit=table_limit,
            ),
            Nothing(),
        )

    def connection_columns(
        self,
        connection_name: str,
        fields: str | None = None,
        database: str | None = None,
        cache: bool = True,
        schema_name: str | None = None,
        table_limit: int | None = None,
        table_names: str | None = None,
    ) -> list[SchemaColumns]:
        """List the columns of tables.

        `GET /api/4.0/connections/{connection_name}/columns`

        Args:
            connection_name: Name of the connection.
            fields: Fields of the answer to give: `id,name`; all if it is left out.
            database: Name of the database; a connection has one.
            cache: Without effect: the database is asked.
            schema_name: Only tables of this schema.
            table_limit: How many tables to answer.
            table_names: Only these tables, with commas between them.

        Returns:
            list[SchemaColumns]: A table with its columns.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `develop`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_metadata.connection_columns,
            ColumnParams(
                connection_name=connection_name,
                fields=fields,
                database=database,
                cache=cache,
                schema_name=schema_name,
                table_limit=table_limit,
                table_names=table_names,
            ),
            Nothing(),
        )

    def connection_search_columns(
        self, connection_name: str, fields: str | None = None, column_name: str | None = None
    ) -> list[ColumnSearch]:
        """Search for columns.

        `GET /api/4.0/connections/{connection_name}/search_columns`

        Args:
            connection_name: Name of the connection.
            fields: Fields of the answer to give: `id,name`; all if it is left out.
            column_name: A part of the names to find.

        Returns:
            list[ColumnSearch]: A column that was searched for.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `develop`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_metadata.connection_search_columns,
            SearchParams(connection_name=connection_name, fields=fields, column_name=column_name),
            Nothing(),
        )


class DatagroupApi:
    """The operations of the tag Datagroup."""

    def __init__(self, send: Sends) -> None:
        self._send = send

    def all_datagroups(self) -> list[Datagroup]:
        """List the datagroups of the models in the caller's workspace.

        `GET /api/4.0/datagroups`

        Returns:
            list[Datagroup]: A datagroup. Times are seconds since 1970; no trigger is checked,
                so theirs are null.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `see_lookml`.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(wire_datagroup.all_datagroups, Nothing(), Nothing())

    def datagroup(self, datagroup_id: str | int) -> Datagroup:
        """Get a datagroup.

        `GET /api/4.0/datagroups/{datagroup_id}`

        Args:
            datagroup_id: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            Datagroup: A datagroup. Times are seconds since 1970; no trigger is checked, so
                theirs are null.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `see_lookml`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_datagroup.datagroup, DatagroupParams(datagroup_id=Id(datagroup_id)), Nothing()
        )


class DerivedTableApi:
    """The operations of the tag DerivedTable."""

    def __init__(self, send: Sends) -> None:
        self._send = send

    def graph_derived_tables_for_model(
        self, model: str, format: str | None = None, color: str | None = None
    ) -> DependencyGraph:
        """Draw the derived tables of a model.

        `GET /api/4.0/derived_table/graph/model/{model}`

        Args:
            model: Fields of the answer to give: `id,name`; all if it is left out.
            format: The language of the graph: `dot`.
            color: Anything: paint the tables; grey ones are not built.

        Returns:
            DependencyGraph: A graph in the dot language. Each arrow leads from a table to one
                that reads it.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `see_lookml`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_derived_table.graph_derived_tables_for_model,
            ModelGraphParams(model=model, format=format, color=color),
            Nothing(),
        )

    def graph_derived_tables_for_view(
        self, view: str, models: str | None = None, workspace: str | None = None
    ) -> DependencyGraph:
        """Draw a derived table and those behind it.

        `GET /api/4.0/derived_table/graph/view/{view}`

        Args:
            view: Fields of the answer to give: `id,name`; all if it is left out.
            models: Where to look for the view, with commas between the models.
            workspace: `dev` or `production` instead of the session's workspace.

        Returns:
            DependencyGraph: A graph in the dot language. Each arrow leads from a table to one
                that reads it.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `see_lookml`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_derived_table.graph_derived_tables_for_view,
            ViewGraphParams(view=view, models=models, workspace=workspace),
            Nothing(),
        )


class ConnectionApi:
    """The operations of the tag Connection."""

    def __init__(self, send: Sends) -> None:
        self._send = send

    def all_connections(self, fields: str | None = None) -> list[DBConnection]:
        """List the connections.

        Answers the connections that the models of the caller use.

        `GET /api/4.0/connections`

        Args:
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            list[DBConnection]: A database that models use. Secrets are never told.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `develop`.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(wire_connection.all_connections, Masked(fields=fields), Nothing())

    def connection(self, connection_name: str, fields: str | None = None) -> DBConnection:
        """Get a connection.

        Server, port and user name are null for those who may not administer.

        `GET /api/4.0/connections/{connection_name}`

        Args:
            connection_name: Name of the connection.
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            DBConnection: A database that models use. Secrets are never told.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `develop`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_connection.connection,
            ConnectionParams(connection_name=connection_name, fields=fields),
            Nothing(),
        )

    def test_connection(
        self, connection_name: str, tests: list[str] | None = None
    ) -> list[DBConnectionTestResult]:
        """Test a connection.

        Runs each test and answers how it went; a test that fails is no error.

        `PUT /api/4.0/connections/{connection_name}/test`

        Args:
            connection_name: Name of the connection.
            tests: Which tests: `connect`, `query`; left out: both.

        Returns:
            list[DBConnectionTestResult]: How one test of a connection went.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `develop`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_connection.test_connection,
            TestParams(connection_name=connection_name, tests=tests),
            Nothing(),
        )


class QueryApi:
    """The operations of the tag Query."""

    def __init__(self, send: Sends) -> None:
        self._send = send

    def create_query(
        self, body: WriteQuery | Query | Mapping[str, Any], fields: str | None = None
    ) -> Query:
        """Save a query.

        Saves a question and answers it with its id. Queries never change: an equal question
        gives the same query. A query belongs to no workspace; its LookML is looked up when it
        runs.

        `POST /api/4.0/queries`

        Args:
            body: A question. `view` is the name of the explore. A mapping will do.
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            Query: A saved question. Limits are strings; `-1` is no limit.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `explore`.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(wire_query.create_query, Masked(fields=fields), body_of(WriteQuery, body))

    def query(self, query_id: str | int, fields: str | None = None) -> Query:
        """Get a query.

        `GET /api/4.0/queries/{query_id}`

        Args:
            query_id: Id of the query.
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            Query: A saved question. Limits are strings; `-1` is no limit.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `access_data`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_query.query, QueryParams(query_id=Id(query_id), fields=fields), Nothing()
        )

    def query_for_slug(self, slug: str, fields: str | None = None) -> Query:
        """Get a query by its slug.

        Finds a query by its slug or by its client id.

        `GET /api/4.0/queries/slug/{slug}`

        Args:
            slug: Slug or client id of the query.
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            Query: A saved question. Limits are strings; `-1` is no limit.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `access_data`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_query.query_for_slug, SlugParams(slug=slug, fields=fields), Nothing()
        )

    def run_query(
        self,
        query_id: str | int,
        result_format: str,
        limit: int | None = None,
        apply_formatting: bool = False,
        apply_vis: bool = False,
        cache: bool = False,
        image_width: int | None = None,
        image_height: int | None = None,
        generate_drill_links: bool = False,
        force_production: bool = False,
        cache_only: bool = False,
        path_prefix: str | None = None,
        rebuild_pdts: bool = False,
        server_table_calcs: bool = False,
    ) -> str:
        """Run a saved query.

        Runs a saved query on the LookML of the session's workspace. `sql` answers the SQL
        without running it.

        `GET /api/4.0/queries/{query_id}/run/{result_format}`

        Args:
            query_id: Id of the query.
            result_format: Format of the answer: `json`, `json_detail`, `csv`, `txt` or `sql`.
            limit: Row limit in place of the query's; -1 is none.
            apply_formatting: Write values as their value format says.
            apply_vis: Without effect.
            cache: Without effect: every run asks the database.
            image_width: Without effect: there are no images.
            image_height: Without effect: there are no images.
            generate_drill_links: Link cells of measures to what is behind them, where
                `drill_fields` say what that is; in `json_detail`.
            force_production: Read the LookML of `production` whatever the session's workspace
                is.
            cache_only: Without effect: nothing is kept.
            path_prefix: What the addresses of drill links begin with.
            rebuild_pdts: Without effect.
            server_table_calcs: Without effect.

        Returns:
            str: The answer as text, in the format that was asked for.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `access_data`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return (
            self._send(
                wire_query.run_query,
                RunQueryParams(
                    query_id=Id(query_id),
                    result_format=result_format,
                    limit=limit,
                    apply_formatting=apply_formatting,
                    apply_vis=apply_vis,
                    cache=cache,
                    image_width=image_width,
                    image_height=image_height,
                    generate_drill_links=generate_drill_links,
                    force_production=force_production,
                    cache_only=cache_only,
                    path_prefix=path_prefix,
                    rebuild_pdts=rebuild_pdts,
                    server_table_calcs=server_table_calcs,
                ),
                Nothing(),
            )
        ).text

    def run_inline_query(
        self,
        result_format: str,
        body: WriteQuery | Query | Mapping[str, Any],
        limit: int | None = None,
        apply_formatting: bool = False,
        apply_vis: bool = False,
        cache: bool = False,
        image_width: int | None = None,
        image_height: int | None = None,
        generate_drill_links: bool = False,
        force_production: bool = False,
        cache_only: bool = False,
        path_prefix: str | None = None,
        rebuild_pdts: bool = False,
        server_table_calcs: bool = False,
    ) -> str:
        """Run a query without saving it.

        Runs the question in the body on the LookML of the session's workspace. `sql` answers
        the SQL without running it.

        `POST /api/4.0/queries/run/{result_format}`

        Args:
            result_format: Format of the answer: `json`, `json_detail`, `csv`, `txt` or `sql`.
            body: A question. `view` is the name of the explore. A mapping will do.
            limit: Row limit in place of the query's; -1 is none.
            apply_formatting: Write values as their value format says.
            apply_vis: Without effect.
            cache: Without effect: every run asks the database.
            image_width: Without effect: there are no images.
            image_height: Without effect: there are no images.
            generate_drill_links: Link cells of measures to what is behind them, where
                `drill_fields` say what that is; in `json_detail`.
            force_production: Read the LookML of `production` whatever the session's workspace
                is.
            cache_only: Without effect: nothing is kept.
            path_prefix: What the addresses of drill links begin with.
            rebuild_pdts: Without effect.
            server_table_calcs: Without effect.

        Returns:
            str: The answer as text, in the format that was asked for.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `access_data`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return (
            self._send(
                wire_query.run_inline_query,
                RunParams(
                    result_format=result_format,
                    limit=limit,
                    apply_formatting=apply_formatting,
                    apply_vis=apply_vis,
                    cache=cache,
                    image_width=image_width,
                    image_height=image_height,
                    generate_drill_links=generate_drill_links,
                    force_production=force_production,
                    cache_only=cache_only,
                    path_prefix=path_prefix,
                    rebuild_pdts=rebuild_pdts,
                    server_table_calcs=server_table_calcs,
                ),
                body_of(WriteQuery, body),
            )
        ).text

    def run_url_encoded_query(
        self,
        model_name: str,
        view_name: str,
        result_format: str,
        fields: list[str] | None = None,
        f: dict[str, str] | None = None,
        filter_expression: str | None = None,
        sorts: list[str] | None = None,
        limit: str | None = None,
        column_limit: str | None = None,
        pivots: list[str] | None = None,
        fill_fields: list[str] | None = None,
        subtotals: list[str] | None = None,
        dynamic_fields: str | None = None,
        total: bool | None = None,
        row_total: str | None = None,
        query_timezone: str | None = None,
        apply_formatting: bool = False,
        force_production: bool = False,
    ) -> str:
        """Run a query that is written in the URL.

        Runs the question in the path and the query string:
        `?fields=a.x,a.y&f[a.z]=new&sorts=a.x&limit=10`.

        `GET /api/4.0/queries/models/{model_name}/views/{view_name}/run/{result_format}`

        Args:
            model_name: Name of the model.
            view_name: Name of the explore.
            result_format: Format of the answer, as for `run_query`.
            fields: Fields to select: `a.x,a.y`.
            f: Filters, one parameter each: `f[a.x]=expression`.
            filter_expression: Custom filter.
            sorts: Sorts: `a.x desc,a.y`.
            limit: Row limit; -1 is none.
            column_limit: Column limit of a pivot.
            pivots: Fields to pivot by.
            fill_fields: Dimensions whose gaps are filled.
            subtotals: Fields to subtotal by.
            dynamic_fields: Custom fields, as JSON.
            total: Whether to total the columns.
            row_total: Where to total rows: `left` or `right`.
            query_timezone: IANA name of a time zone.
            apply_formatting: Write values as their value format says.
            force_production: As for `run_query`.

        Returns:
            str: The answer as text, in the format that was asked for.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `access_data`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return (
            self._send(
                wire_query.run_url_encoded_query,
                UrlQueryParams(
                    model_name=model_name,
                    view_name=view_name,
                    result_format=result_format,
                    fields=fields,
                    f=f,
                    filter_expression=filter_expression,
                    sorts=sorts,
                    limit=limit,
                    column_limit=column_limit,
                    pivots=pivots,
                    fill_fields=fill_fields,
                    subtotals=subtotals,
                    dynamic_fields=dynamic_fields,
                    total=total,
                    row_total=row_total,
                    query_timezone=query_timezone,
                    apply_formatting=apply_formatting,
                    force_production=force_production,
                ),
                Nothing(),
            )
        ).text

    def create_query_task(
        self,
        body: WriteCreateQueryTask | Mapping[str, Any],
        fields: str | None = None,
        limit: int | None = None,
        apply_formatting: bool = False,
        apply_vis: bool = False,
        cache: bool = False,
        image_width: int | None = None,
        image_height: int | None = None,
        generate_drill_links: bool = False,
        force_production: bool = False,
        cache_only: bool = False,
        path_prefix: str | None = None,
        rebuild_pdts: bool = False,
        server_table_calcs: bool = False,
    ) -> QueryTask:
        """Run a query on its own.

        Begins to run a saved query on the LookML of the session's workspace, as it is now, and
        answers the task. The task belongs to the user: every token of the user may ask for it.

        `POST /api/4.0/query_tasks`

        Args:
            body: Which query to run, and in which format to keep its answer. A mapping will do.
            fields: Fields of the answer to give: `id,name`; all if it is left out.
            limit: Row limit in place of the query's; -1 is none.
            apply_formatting: Write values as their value format says.
            apply_vis: Without effect.
            cache: Without effect: every run asks the database.
            image_width: Without effect: there are no images.
            image_height: Without effect: there are no images.
            generate_drill_links: Link cells of measures to what is behind them, where
                `drill_fields` say what that is; in `json_detail`.
            force_production: Read the LookML of `production` whatever the session's workspace
                is.
            cache_only: Without effect: nothing is kept.
            path_prefix: What the addresses of drill links begin with.
            rebuild_pdts: Without effect.
            server_table_calcs: Without effect.

        Returns:
            QueryTask: A query that runs on its own. `status` is `added`, `running`, `complete`,
                `error`, `expired` or `killed`.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `access_data`.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_query_task.create_query_task,
            CreateTaskParams(
                fields=fields,
                limit=limit,
                apply_formatting=apply_formatting,
                apply_vis=apply_vis,
                cache=cache,
                image_width=image_width,
                image_height=image_height,
                generate_drill_links=generate_drill_links,
                force_production=force_production,
                cache_only=cache_only,
                path_prefix=path_prefix,
                rebuild_pdts=rebuild_pdts,
                server_table_calcs=server_table_calcs,
            ),
            body_of(WriteCreateQueryTask, body),
        )

    def query_task_multi_results(self, query_task_ids: list[str]) -> dict[str, Any]:
        """Get the results of several tasks.

        Answers `{id: {status, result_source, data}}`. A task that does not exist has the status
        `missing`; one that is not ready has no `data`.

        `GET /api/4.0/query_tasks/multi_results`

        Args:
            query_task_ids: Ids of tasks.

        Returns:
            dict[str, Any]: The document as plain values.

        Raises:
            NotAuthenticated: The client's credential is refused.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_query_task.query_task_multi_results,
            ManyResultsParams(query_task_ids=query_task_ids),
            Nothing(),
        )

    def query_task(self, query_task_id: str, fields: str | None = None) -> QueryTask:
        """Get the state of a task.

        `GET /api/4.0/query_tasks/{query_task_id}`

        Args:
            query_task_id: Id of the task.
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            QueryTask: A query that runs on its own. `status` is `added`, `running`, `complete`,
                `error`, `expired` or `killed`.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_query_task.query_task,
            TaskParams(query_task_id=query_task_id, fields=fields),
            Nothing(),
        )

    def query_task_results(self, query_task_id: str) -> str:
        """Get the result of a task.

        Answers the result in the task's format; a 202 while there is none yet.

        `GET /api/4.0/query_tasks/{query_task_id}/results`

        Args:
            query_task_id: Id of the task.

        Returns:
            str: The answer as text, in the format that was asked for.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return (
            self._send(
                wire_query_task.query_task_results,
                ResultsParams(query_task_id=query_task_id),
                Nothing(),
            )
        ).text

    def all_running_queries(self) -> list[RunningQueries]:
        """List the queries that run.

        `GET /api/4.0/running_queries`

        Returns:
            list[RunningQueries]: A query that is at its database.

        Raises:
            NotAuthenticated: The client's credential is refused.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(wire_query_task.all_running_queries, Nothing(), Nothing())

    def kill_query(self, query_task_id: str) -> None:
        """Stop a query.

        `DELETE /api/4.0/running_queries/{query_task_id}`

        Args:
            query_task_id: Id of the task.

        Returns:
            None: Nothing.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        self._send(
            wire_query_task.kill_query, ResultsParams(query_task_id=query_task_id), Nothing()
        )


class DashboardApi:
    """The operations of the tag Dashboard."""

    def __init__(self, send: Sends) -> None:
        self._send = send

    def all_dashboards(self, fields: str | None = None) -> list[DashboardBase]:
        """List the dashboards.

        Answers the LookML dashboards of the models that the caller sees in the session's
        workspace, in brief. There are no dashboards besides those of LookML.

        `GET /api/4.0/dashboards`

        Args:
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            list[DashboardBase]: A dashboard in brief. What people do to dashboards is null:
                these are LookML.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `see_lookml_dashboards`.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(wire_dashboard.all_dashboards, Masked(fields=fields), Nothing())

    def search_dashboards(
        self,
        fields: str | None = None,
        id: str | None = None,
        slug: str | None = None,
        title: str | None = None,
        description: str | None = None,
        content_favorite_id: str | None = None,
        space_id: str | None = None,
        folder_id: str | None = None,
        deleted: str | None = None,
        user_id: str | None = None,
        view_count: str | None = None,
        content_metadata_id: str | None = None,
        curate: bool | None = None,
        last_viewed_at: str | None = None,
        page: int | None = None,
        per_page: int | None = None,
        limit: int | None = None,
        offset: int | None = None,
        sorts: str | None = None,
        filter_or: bool | None = None,
        not_owned_by: bool | None = None,
    ) -> list[Dashboard]:
        """Search the dashboards that people made.

        Finds dashboards that people made, never those of LookML. The server has none such, so
        the answer is empty whatever is asked.

        `GET /api/4.0/dashboards/search`

        Args:
            fields: Fields of the answer to give: `id,name`; all if it is left out.
            id: Id of a dashboard.
            slug: Slug of a dashboard.
            title: Title, with `%` and `_`.
            description: Description, with `%` and `_`.
            content_favorite_id: Id of a favourite.
            space_id: As `folder_id`.
            folder_id: Id of a folder.
            deleted: Whether to find deleted ones.
            user_id: Id of the creator.
            view_count: How often it was viewed.
            content_metadata_id: Id of the metadata.
            curate: Leave out suppressed ones.
            last_viewed_at: When it was viewed last.
            page: Number of the page.
            per_page: Dashboards of a page.
            limit: How many dashboards to answer.
            offset: How many to pass over first.
            sorts: Fields to sort by.
            filter_or: Whether one match is enough.
            not_owned_by: Whether `user_id` excludes.

        Returns:
            list[Dashboard]: A dashboard with its tiles, filters and layouts.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `see_lookml_dashboards`.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_dashboard.search_dashboards,
            SearchDashboardsParams(
                fields=fields,
                id=id,
                slug=slug,
                title=title,
                description=description,
                content_favorite_id=content_favorite_id,
                space_id=space_id,
                folder_id=folder_id,
                deleted=deleted,
                user_id=user_id,
                view_count=view_count,
                content_metadata_id=content_metadata_id,
                curate=curate,
                last_viewed_at=last_viewed_at,
                page=page,
                per_page=per_page,
                limit=limit,
                offset=offset,
                sorts=sorts,
                filter_or=filter_or,
                not_owned_by=not_owned_by,
            ),
            Nothing(),
        )

    def dashboard(self, dashboard_id: str, fields: str | None = None) -> Dashboard:
        """Get a dashboard.

        Answers a LookML dashboard as the session's workspace has it. The queries of its tiles
        have the defaults of the dashboard's filters in place, and are saved, so that they can
        be run by their ids.

        `GET /api/4.0/dashboards/{dashboard_id}`

        Args:
            dashboard_id: Id of the dashboard: `model::name`.
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            Dashboard: A dashboard with its tiles, filters and layouts.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `see_lookml_dashboards`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_dashboard.dashboard,
            DashboardParams(dashboard_id=dashboard_id, fields=fields),
            Nothing(),
        )

    def dashboard_dashboard_elements(
        self, dashboard_id: str, fields: str | None = None
    ) -> list[DashboardElement]:
        """List the tiles of a dashboard.

        `GET /api/4.0/dashboards/{dashboard_id}/dashboard_elements`

        Args:
            dashboard_id: Id of the dashboard: `model::name`.
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            list[DashboardElement]: A tile. `query` is null for a text, and for one that merges
                answers.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `see_lookml_dashboards`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_dashboard.dashboard_dashboard_elements,
            DashboardParams(dashboard_id=dashboard_id, fields=fields),
            Nothing(),
        )

    def dashboard_dashboard_filters(
        self, dashboard_id: str, fields: str | None = None
    ) -> list[DashboardFilter]:
        """List the filters of a dashboard.

        `GET /api/4.0/dashboards/{dashboard_id}/dashboard_filters`

        Args:
            dashboard_id: Id of the dashboard: `model::name`.
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            list[DashboardFilter]: A filter of a dashboard. `row` is its place in their order.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `see_lookml_dashboards`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_dashboard.dashboard_dashboard_filters,
            DashboardParams(dashboard_id=dashboard_id, fields=fields),
            Nothing(),
        )

    def dashboard_dashboard_layouts(
        self, dashboard_id: str, fields: str | None = None
    ) -> list[DashboardLayout]:
        """List the layouts of a dashboard.

        One, or one for each tab.

        `GET /api/4.0/dashboards/{dashboard_id}/dashboard_layouts`

        Args:
            dashboard_id: Id of the dashboard: `model::name`.
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            list[DashboardLayout]: How the tiles of a dashboard, or of one of its tabs, stand.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `see_lookml_dashboards`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_dashboard.dashboard_dashboard_layouts,
            DashboardParams(dashboard_id=dashboard_id, fields=fields),
            Nothing(),
        )


class FolderApi:
    """The operations of the tag Folder."""

    def __init__(self, send: Sends) -> None:
        self._send = send

    def all_folders(self, fields: str | None = None) -> list[FolderBase]:
        """List the folders.

        There are two, each a root: `lookml`, where the LookML dashboards lie, for those who see
        such; and the shared folder, which is empty. What lies in a folder is told by `folder`.

        `GET /api/4.0/folders`

        Args:
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            list[FolderBase]: Where a dashboard lies. What only people give to folders is null.

        Raises:
            NotAuthenticated: The client's credential is refused.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(wire_folder.all_folders, Masked(fields=fields), Nothing())

    def search_folders(
        self,
        fields: str | None = None,
        page: int | None = None,
        per_page: int | None = None,
        limit: int | None = None,
        offset: int | None = None,
        sorts: str | None = None,
        name: str | None = None,
        id: str | None = None,
        parent_id: str | None = None,
        creator_id: str | None = None,
        filter_or: bool | None = None,
        is_shared_root: bool | None = None,
        is_users_root: bool | None = None,
    ) -> list[Folder]:
        """Search the folders.

        `GET /api/4.0/folders/search`

        Args:
            fields: Fields of the answer to give: `id,name`; all if it is left out.
            page: Number of the page.
            per_page: Folders of a page.
            limit: How many folders to answer.
            offset: How many to pass over first.
            sorts: Fields to sort by.
            name: Name, with `%` and `_`.
            id: Ids of folders, with commas.
            parent_id: Ids of parents, with commas.
            creator_id: Ids of creators, with commas.
            filter_or: Whether one match is enough.
            is_shared_root: Whether it is the shared root.
            is_users_root: Whether it is the users' root.

        Returns:
            list[Folder]: A folder with what lies in it.

        Raises:
            NotAuthenticated: The client's credential is refused.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_folder.search_folders,
            SearchFoldersParams(
                fields=fields,
                page=page,
                per_page=per_page,
                limit=limit,
                offset=offset,
                sorts=sorts,
                name=name,
                id=id,
                parent_id=parent_id,
                creator_id=creator_id,
                filter_or=filter_or,
                is_shared_root=is_shared_root,
                is_users_root=is_users_root,
            ),
            Nothing(),
        )

    def folder(self, folder_id: str, fields: str | None = None) -> Folder:
        """Get a folder.

        With the dashboards in it, in brief.

        `GET /api/4.0/folders/{folder_id}`

        Args:
            folder_id: Id of the folder.
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            Folder: A folder with what lies in it.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_folder.folder, FolderParams(folder_id=folder_id, fields=fields), Nothing()
        )

    def folder_children(
        self,
        folder_id: str,
        fields: str | None = None,
        page: int | None = None,
        per_page: int | None = None,
        limit: int | None = None,
        offset: int | None = None,
        sorts: str | None = None,
    ) -> list[Folder]:
        """List the folders in a folder.

        The built-in folders hold no others.

        `GET /api/4.0/folders/{folder_id}/children`

        Args:
            folder_id: Id of the folder.
            fields: Fields of the answer to give: `id,name`; all if it is left out.
            page: Number of the page.
            per_page: Folders of a page.
            limit: How many folders to answer.
            offset: How many to pass over first.
            sorts: Fields to sort by.

        Returns:
            list[Folder]: A folder with what lies in it.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_folder.folder_children,
            ChildrenParams(
                folder_id=folder_id,
                fields=fields,
                page=page,
                per_page=per_page,
                limit=limit,
                offset=offset,
                sorts=sorts,
            ),
            Nothing(),
        )

    def folder_ancestors(self, folder_id: str, fields: str | None = None) -> list[Folder]:
        """List the folders that a folder lies in.

        Every folder is a root.

        `GET /api/4.0/folders/{folder_id}/ancestors`

        Args:
            folder_id: Id of the folder.
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            list[Folder]: A folder with what lies in it.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_folder.folder_ancestors,
            FolderParams(folder_id=folder_id, fields=fields),
            Nothing(),
        )

    def folder_dashboards(self, folder_id: str, fields: str | None = None) -> list[Dashboard]:
        """List the dashboards of a folder.

        `GET /api/4.0/folders/{folder_id}/dashboards`

        Args:
            folder_id: Id of the folder.
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            list[Dashboard]: A dashboard with its tiles, filters and layouts.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_folder.folder_dashboards,
            FolderParams(folder_id=folder_id, fields=fields),
            Nothing(),
        )


class LookApi:
    """The operations of the tag Look."""

    def __init__(self, send: Sends) -> None:
        self._send = send

    def all_looks(self, fields: str | None = None) -> list[Look]:
        """List the looks.

        There are none: the server keeps no questions under a title.

        `GET /api/4.0/looks`

        Args:
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            list[Look]: A saved look.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `see_looks`.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(wire_look.all_looks, Masked(fields=fields), Nothing())

    def search_looks(
        self,
        fields: str | None = None,
        id: str | None = None,
        title: str | None = None,
        description: str | None = None,
        content_favorite_id: str | None = None,
        space_id: str | None = None,
        folder_id: str | None = None,
        user_id: str | None = None,
        view_count: str | None = None,
        deleted: bool | None = None,
        query_id: str | None = None,
        curate: bool | None = None,
        last_viewed_at: str | None = None,
        page: int | None = None,
        per_page: int | None = None,
        limit: int | None = None,
        offset: int | None = None,
        sorts: str | None = None,
        filter_or: bool | None = None,
    ) -> list[Look]:
        """Search the looks.

        Finds nothing, whatever is asked: there are no looks.

        `GET /api/4.0/looks/search`

        Args:
            fields: Fields of the answer to give: `id,name`; all if it is left out.
            id: Id of a look.
            title: Title, with `%` and `_`.
            description: Description, with `%` and `_`.
            content_favorite_id: Id of a favourite.
            space_id: As `folder_id`.
            folder_id: Id of a folder.
            user_id: Id of the creator.
            view_count: How often it was viewed.
            deleted: Whether to find deleted ones.
            query_id: Id of the query.
            curate: Leave out suppressed ones.
            last_viewed_at: When it was viewed last.
            page: Number of the page.
            per_page: Looks of a page.
            limit: How many looks to answer.
            offset: How many to pass over first.
            sorts: Fields to sort by.
            filter_or: Whether one match is enough.

        Returns:
            list[Look]: A saved look.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `see_looks`.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_look.search_looks,
            SearchLooksParams(
                fields=fields,
                id=id,
                title=title,
                description=description,
                content_favorite_id=content_favorite_id,
                space_id=space_id,
                folder_id=folder_id,
                user_id=user_id,
                view_count=view_count,
                deleted=deleted,
                query_id=query_id,
                curate=curate,
                last_viewed_at=last_viewed_at,
                page=page,
                per_page=per_page,
                limit=limit,
                offset=offset,
                sorts=sorts,
                filter_or=filter_or,
            ),
            Nothing(),
        )


class UserApi:
    """The operations of the tag User."""

    def __init__(self, send: Sends) -> None:
        self._send = send

    def me(self, fields: str | None = None) -> User:
        """Get the caller.

        Answers the user whom the access token acts as.

        `GET /api/4.0/user`

        Args:
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            User: A user. Ways to sign in that the server does not have are null.

        Raises:
            NotAuthenticated: The client's credential is refused.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(wire_user.me, Masked(fields=fields), Nothing())

    def all_users(
        self,
        fields: str | None = None,
        page: int | None = None,
        per_page: int | None = None,
        limit: int | None = None,
        offset: int | None = None,
        sorts: str | None = None,
        ids: list[str] | None = None,
    ) -> list[User]:
        """List the users.

        Those who lack `see_users` see themselves.

        `GET /api/4.0/users`

        Args:
            fields: Fields of the answer to give: `id,name`; all if it is left out.
            page: Number of the page.
            per_page: Users of a page.
            limit: How many users to answer.
            offset: How many to pass over first.
            sorts: Fields to sort by.
            ids: Ids of the users wanted.

        Returns:
            list[User]: A user. Ways to sign in that the server does not have are null.

        Raises:
            NotAuthenticated: The client's credential is refused.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_user.all_users,
            AllUsersParams(
                fields=fields,
                page=page,
                per_page=per_page,
                limit=limit,
                offset=offset,
                sorts=sorts,
                ids=ids,
            ),
            Nothing(),
        )

    def search_users(
        self,
        fields: str | None = None,
        page: int | None = None,
        per_page: int | None = None,
        limit: int | None = None,
        offset: int | None = None,
        sorts: str | None = None,
        id: str | None = None,
        first_name: str | None = None,
        last_name: str | None = None,
        full_name: str | None = None,
        email: str | None = None,
        is_disabled: bool | None = None,
        verified_looker_employee: bool | None = None,
        embed_user: bool | None = None,
        can_manage_api3_creds: bool | None = None,
        is_service_account: bool | None = None,
        content_metadata_id: str | None = None,
        group_id: str | None = None,
        filter_or: bool | None = None,
    ) -> list[User]:
        """Search the users.

        Among those whom `all_users` lists. Patterns match in any case.

        `GET /api/4.0/users/search`

        Args:
            fields: Fields of the answer to give: `id,name`; all if it is left out.
            page: Number of the page.
            per_page: Users of a page.
            limit: How many users to answer.
            offset: How many to pass over first.
            sorts: Fields to sort by.
            id: Ids of users, with commas.
            first_name: First name, with `%` and `_`.
            last_name: Last name, with `%` and `_`.
            full_name: Both names, with `%` and `_`.
            email: Address, with `%` and `_`.
            is_disabled: Whether shut out.
            verified_looker_employee: Nobody is.
            embed_user: Nobody is.
            can_manage_api3_creds: Nobody may.
            is_service_account: Nobody is.
            content_metadata_id: There is none.
            group_id: There are no groups.
            filter_or: Whether one match is enough.

        Returns:
            list[User]: A user. Ways to sign in that the server does not have are null.

        Raises:
            NotAuthenticated: The client's credential is refused.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_user.search_users,
            SearchUsersParams(
                fields=fields,
                page=page,
                per_page=per_page,
                limit=limit,
                offset=offset,
                sorts=sorts,
                id=id,
                first_name=first_name,
                last_name=last_name,
                full_name=full_name,
                email=email,
                is_disabled=is_disabled,
                verified_looker_employee=verified_looker_employee,
                embed_user=embed_user,
                can_manage_api3_creds=can_manage_api3_creds,
                is_service_account=is_service_account,
                content_metadata_id=content_metadata_id,
                group_id=group_id,
                filter_or=filter_or,
            ),
            Nothing(),
        )

    def search_users_names(
        self,
        pattern: str,
        fields: str | None = None,
        page: int | None = None,
        per_page: int | None = None,
        limit: int | None = None,
        offset: int | None = None,
        sorts: str | None = None,
        id: str | None = None,
        first_name: str | None = None,
        last_name: str | None = None,
        email: str | None = None,
        is_disabled: bool | None = None,
        verified_looker_employee: bool | None = None,
    ) -> list[User]:
        """Search the users by name or address.

        `GET /api/4.0/users/search/names/{pattern}`

        Args:
            pattern: Part of a name or an address; `%` and `_`.
            fields: Fields of the answer to give: `id,name`; all if it is left out.
            page: Number of the page.
            per_page: Users of a page.
            limit: How many users to answer.
            offset: How many to pass over first.
            sorts: Fields to sort by.
            id: Ids of users, with commas.
            first_name: First name, with `%` and `_`.
            last_name: Last name, with `%` and `_`.
            email: Address, with `%` and `_`.
            is_disabled: Whether shut out.
            verified_looker_employee: Nobody is.

        Returns:
            list[User]: A user. Ways to sign in that the server does not have are null.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_user.search_users_names,
            SearchUsersNamesParams(
                pattern=pattern,
                fields=fields,
                page=page,
                per_page=per_page,
                limit=limit,
                offset=offset,
                sorts=sorts,
                id=id,
                first_name=first_name,
                last_name=last_name,
                email=email,
                is_disabled=is_disabled,
                verified_looker_employee=verified_looker_employee,
            ),
            Nothing(),
        )

    def user(self, user_id: str | int, fields: str | None = None) -> User:
        """Get a user.

        For those who lack `see_users` there is nobody but themselves.

        `GET /api/4.0/users/{user_id}`

        Args:
            user_id: Id of the user.
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            User: A user. Ways to sign in that the server does not have are null.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(wire_user.user, UserParams(user_id=Id(user_id), fields=fields), Nothing())

    def user_roles(
        self,
        user_id: str | int,
        fields: str | None = None,
        direct_association_only: bool | None = None,
    ) -> list[Role]:
        """List the roles of a user.

        With what each allows, and on which models.

        `GET /api/4.0/users/{user_id}/roles`

        Args:
            user_id: Id of the user.
            fields: Fields of the answer to give: `id,name`; all if it is left out.
            direct_association_only: Leave out roles of groups; there are none.

        Returns:
            list[Role]: A set of permissions on a set of models.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_user.user_roles,
            UserRolesParams(
                user_id=Id(user_id), fields=fields, direct_association_only=direct_association_only
            ),
            Nothing(),
        )

    def all_user_credentials_api3s(
        self, user_id: str | int, fields: str | None = None
    ) -> list[CredentialsApi3]:
        """List the API credentials of a user.

        `GET /api/4.0/users/{user_id}/credentials_api3`

        Args:
            user_id: Id of the user.
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            list[CredentialsApi3]: An API credential, without its secret.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `administer`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_user.all_user_credentials_api3s,
            UserParams(user_id=Id(user_id), fields=fields),
            Nothing(),
        )

    def user_credentials_api3(
        self, user_id: str | int, credentials_api3_id: str | int, fields: str | None = None
    ) -> CredentialsApi3:
        """Get an API credential of a user.

        `GET /api/4.0/users/{user_id}/credentials_api3/{credentials_api3_id}`

        Args:
            user_id: Id of the user.
            credentials_api3_id: Id of the credential.
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            CredentialsApi3: An API credential, without its secret.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `administer`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_user.user_credentials_api3,
            UserCredentialParams(
                user_id=Id(user_id), credentials_api3_id=Id(credentials_api3_id), fields=fields
            ),
            Nothing(),
        )

    def create_user_credentials_api3(
        self, user_id: str | int, fields: str | None = None
    ) -> CreateCredentialsApi3:
        """Create an API credential of a user.

        The secret is in this answer only.

        `POST /api/4.0/users/{user_id}/credentials_api3`

        Args:
            user_id: Id of the user.
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            CreateCredentialsApi3: A new API credential, with its secret: it is shown this once.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `administer`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_user.create_user_credentials_api3,
            UserParams(user_id=Id(user_id), fields=fields),
            Nothing(),
        )

    def delete_user_credentials_api3(
        self, user_id: str | int, credentials_api3_id: str | int
    ) -> None:
        """Revoke an API credential of a user.

        Tokens made by it end at once.

        `DELETE /api/4.0/users/{user_id}/credentials_api3/{credentials_api3_id}`

        Args:
            user_id: Id of the user.
            credentials_api3_id: Id of the credential.

        Returns:
            None: Nothing.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `administer`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        self._send(
            wire_user.delete_user_credentials_api3,
            DeleteUserCredentialParams(
                user_id=Id(user_id), credentials_api3_id=Id(credentials_api3_id)
            ),
            Nothing(),
        )


class RoleApi:
    """The operations of the tag Role."""

    def __init__(self, send: Sends) -> None:
        self._send = send

    def all_roles(
        self,
        fields: str | None = None,
        ids: list[str] | None = None,
        get_all_support_roles: bool | None = None,
    ) -> list[Role]:
        """List the roles.

        Those who lack `see_users` see their own.

        `GET /api/4.0/roles`

        Args:
            fields: Fields of the answer to give: `id,name`; all if it is left out.
            ids: Ids of the roles wanted.
            get_all_support_roles: Also roles of Looker's support; there are none.

        Returns:
            list[Role]: A set of permissions on a set of models.

        Raises:
            NotAuthenticated: The client's credential is refused.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_role.all_roles,
            AllRolesParams(fields=fields, ids=ids, get_all_support_roles=get_all_support_roles),
            Nothing(),
        )

    def role(self, role_id: str | int) -> Role:
        """Get a role.

        One of those that `all_roles` lists.

        `GET /api/4.0/roles/{role_id}`

        Args:
            role_id: Id of the role.

        Returns:
            Role: A set of permissions on a set of models.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(wire_role.role, RoleParams(role_id=Id(role_id)), Nothing())

    def role_users(
        self,
        role_id: str | int,
        fields: str | None = None,
        direct_association_only: bool | None = None,
    ) -> list[User]:
        """List the users who have a role.

        Those who lack `see_users` see themselves.

        `GET /api/4.0/roles/{role_id}/users`

        Args:
            role_id: Id of the role.
            fields: Fields of the answer to give: `id,name`; all if it is left out.
            direct_association_only: Leave out users of groups; there are none.

        Returns:
            list[User]: A user. Ways to sign in that the server does not have are null.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_role.role_users,
            RoleUsersParams(
                role_id=Id(role_id), fields=fields, direct_association_only=direct_association_only
            ),
            Nothing(),
        )


class ConfigApi:
    """The operations of the tag Config."""

    def __init__(self, send: Sends) -> None:
        self._send = send

    def versions(self, fields: str | None = None) -> ApiVersion:
        """List the API versions.

        Answers which API versions the server speaks and where. Needs no token.

        `GET /api/4.0/versions`

        Args:
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            ApiVersion: What the server is and where.

        Raises:
            Invalid: An argument makes no sense to the server.
            TransportError: There was no answer.
        """
        return self._send(wire_config.versions, Masked(fields=fields), Nothing())

    def api_spec(self, api_version: str, specification: str) -> dict[str, Any]:
        """Get the description of an API version.

        `GET /api/4.0/api_spec/{api_version}/{specification}`

        Args:
            api_version: API version: `3.1` or `4.0`.
            specification: `swagger.json` or `openapi.json`.

        Returns:
            dict[str, Any]: The document as plain values.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_config.api_spec,
            ApiSpecParams(api_version=api_version, specification=specification),
            Nothing(),
        )

    def swagger(self) -> dict[str, Any]:
        """Get the OpenAPI description of what is served.

        Answers the OpenAPI document of this API version. Needs no token.

        `GET /api/4.0/swagger.json`

        Returns:
            dict[str, Any]: The document as plain values.

        Raises:
            TransportError: There was no answer.
        """
        return self._send(wire_config.swagger, Nothing(), Nothing())

    def alive(self) -> Alive:
        """Whether the server answers.

        Answers 200. Needs no token.

        `GET /api/4.0/alive`

        Returns:
            Alive: The server answers.

        Raises:
            TransportError: There was no answer.
        """
        return self._send(wire_config.alive, Nothing(), Nothing())


class LookalikeApi:
    """The operations of the tag Lookalike."""

    def __init__(self, send: Sends) -> None:
        self._send = send

    def compare_workspaces(self, from_: str, to: str, fields: str | None = None) -> Comparison:
        """Compare two workspaces.

        Answers what differs in meaning from one workspace to the other, and which SQL differs
        because of it. No session changes its workspace for it.

        `GET /api/4.0/lookalike/compare`

        Args:
            from_: Workspace to compare from: `production`, `@v1.2`.
            to: Workspace to compare to: `dev`, `dev:ci`, `@main`.
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            Comparison: What two workspaces say differently. `is_complete` is false where there
                was more SQL to compare than is compared at once.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `see_lookml`.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_extensions.compare_workspaces,
            CompareParams(from_=from_, to=to, fields=fields),
            Nothing(),
        )

    def all_deployments(
        self, project_id: str, fields: str | None = None, limit: int = 100
    ) -> list[Deployment]:
        """List the deploys of a project.

        Answers what was deployed, newest first.

        `GET /api/4.0/lookalike/projects/{project_id}/deployments`

        Args:
            project_id: Id of the project.
            fields: Fields of the answer to give: `id,name`; all if it is left out.
            limit: How many at most, 1 to 1000.

        Returns:
            list[Deployment]: A deploy that has happened: from which commit to which, and what
                that changed.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_extensions.all_deployments,
            DeploymentsParams(project_id=project_id, fields=fields, limit=limit),
            Nothing(),
        )

    def undo_deploy(self, project_id: str, fields: str | None = None) -> Deployment:
        """Take the last deploy back.

        Makes production what it was before; once more deploys it again.

        `POST /api/4.0/lookalike/projects/{project_id}/undo_deploy`

        Args:
            project_id: Id of the project.
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            Deployment: A deploy that has happened: from which commit to which, and what that
                changed.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `deploy`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_extensions.undo_deploy, UndoParams(project_id=project_id, fields=fields), Nothing()
        )

    def project_file_text(self, project_id: str, path: str) -> FileText:
        """Read a file with its version.

        `GET /api/4.0/lookalike/projects/{project_id}/file`

        Args:
            project_id: Id of the project.
            path: Path of the file.

        Returns:
            FileText: A file with its text, and the version that a save may expect.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_extensions.project_file_text,
            TextParams(project_id=project_id, path=path),
            Nothing(),
        )

    def rename_project_file(
        self, project_id: str, body: WriteRename | Mapping[str, Any], fields: str | None = None
    ) -> ProjectFile:
        """Give a file another path.

        A path that is taken is a 409. Only in a developer workspace.

        `POST /api/4.0/lookalike/projects/{project_id}/rename_file`

        Args:
            project_id: Id of the project.
            body: Which file, and its new path. A mapping will do.
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            ProjectFile: A file of a project. The id is its path.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `develop`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(
            wire_extensions.rename_project_file,
            UndoParams(project_id=project_id, fields=fields),
            body_of(WriteRename, body),
        )

    def run_query_in_workspace(
        self,
        query_id: str | int,
        result_format: str,
        workspace: str,
        limit: int | None = None,
        apply_formatting: bool = False,
    ) -> str:
        """Run a saved query on the LookML of any workspace.

        Runs a saved query as of a commit, a tag or a branch, or in any workspace of the caller;
        the session stays where it is.

        `GET /api/4.0/lookalike/queries/{query_id}/run/{result_format}`

        Args:
            query_id: Id of the query.
            result_format: Format of the answer, as for `run_query`.
            workspace: Workspace to read the LookML of: `@5d41402a`, `shop@v1.2`, `dev`.
            limit: Row limit in place of the query's; -1 is none.
            apply_formatting: Write values as their value format says.

        Returns:
            str: The answer as text, in the format that was asked for.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `develop`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return (
            self._send(
                wire_extensions.run_query_in_workspace,
                RunInParams(
                    query_id=Id(query_id),
                    result_format=result_format,
                    workspace=workspace,
                    limit=limit,
                    apply_formatting=apply_formatting,
                ),
                Nothing(),
            )
        ).text

    def delete_workspace(self, workspace_id: str) -> None:
        """Delete a named developer workspace.

        What is not committed or not pushed is kept on a parked ref.

        `DELETE /api/4.0/lookalike/workspaces/{workspace_id}`

        Args:
            workspace_id: Id of the workspace: `dev:ci`.

        Returns:
            None: Nothing.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `develop`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        self._send(
            wire_extensions.delete_workspace,
            DeleteWorkspaceParams(workspace_id=workspace_id),
            Nothing(),
        )


class AsyncApiAuth:
    """The operations of the tag ApiAuth, to be awaited."""

    def __init__(self, send: SendsLater) -> None:
        self._send = send

    async def login(
        self, client_id: str | None = None, client_secret: str | None = None
    ) -> AccessToken:
        """Log in with an API credential.

        Exchanges the id and secret of an API credential for an access token. The body is a
        urlencoded form (or JSON); the same two as query parameters work too. Each login begins
        a new session in the `production` workspace. Send the token with every further request
        as `Authorization: Bearer <token>`. It is good for both API versions and expires after
        `expires_in` seconds, counted from the login. An unknown id and a wrong secret are both
        a 404.

        A client logs in by itself; this token is the caller's to use, and the client's session
        stays as it is.

        `POST /api/4.0/login`

        Args:
            client_id: Id of the API credential.
            client_secret: Secret of the API credential.

        Returns:
            AccessToken: A bearer token and how many seconds it lives.

        Raises:
            NotAuthenticated: The credential is refused.
            Invalid: An argument makes no sense to the server.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_api_auth.login,
            Credentials(),
            Credentials(client_id=client_id, client_secret=client_secret),
        )

    async def login_user(self, user_id: str | int, associative: bool | None = None) -> AccessToken:
        """Log in as another user.

        Answers an access token that acts as the user. The session of the new token says in
        `sudo_user_id` who really asks. The token ends with the session that made it.

        The token is the caller's to use; the client goes on as itself.

        `POST /api/4.0/login/{user_id}`

        Args:
            user_id: Id of the user to act as.
            associative: Only in 3.1, and without effect: the token acts as the user.

        Returns:
            AccessToken: A bearer token and how many seconds it lives.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `sudo`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_api_auth.login_user,
            LoginUserParams(user_id=Id(user_id), associative=associative),
            Nothing(),
        )

    async def logout(self) -> None:
        """End the session.

        Ends the session of the token at once, and the sessions it made by `login_user`.

        Asks nothing where there is no session. The next call logs in again, and into the
        workspace that was chosen before.

        `DELETE /api/4.0/logout`

        Returns:
            None: Nothing.

        Raises:
            NotAuthenticated: The client's credential is refused.
            TransportError: There was no answer.
        """
        await self._send(wire_api_auth.logout, Nothing(), Nothing())


class AsyncSessionApi:
    """The operations of the tag Session, to be awaited."""

    def __init__(self, send: SendsLater) -> None:
        self._send = send

    async def session(self) -> ApiSession:
        """Get the session.

        Answers the session of the access token: which workspace it works in, and who really
        asks. The workspace decides which version of the LookML every other request of this
        token sees.

        The client takes the workspace of the answer for the one to stay in.

        `GET /api/4.0/session`

        Returns:
            ApiSession: The session that belongs to the access token.

        Raises:
            NotAuthenticated: The client's credential is refused.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(wire_session.session, Nothing(), Nothing())

    async def update_session(
        self, body: WriteApiSession | ApiSession | Mapping[str, Any]
    ) -> ApiSession:
        """Choose the workspace of the session.

        Enters a workspace and answers the whole session. `dev` is the caller's own version of
        every project; `dev:<name>` is a further one, made on first use. `@<ref>`, or
        `<project>@<ref>,<project>@<ref>`, is a branch, a tag or a commit, read-only and
        unchanging until the session ends. All but `production` need the permission `develop`.
        The choice holds for this token only. An unknown workspace is a 422 that names the
        field.

        The client keeps the choice: whenever its token is renewed, it enters the workspace
        again before anything else is sent, and raises WorkspaceLost if it can't.

        `PATCH /api/4.0/session`

        Args:
            body: What of a session can be changed. A mapping will do.

        Returns:
            ApiSession: The session that belongs to the access token.

        Raises:
            NotAuthenticated: The client's credential is refused.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_session.update_session, Nothing(), body_of(WriteApiSession, body)
        )


class AsyncWorkspaceApi:
    """The operations of the tag Workspace, to be awaited."""

    def __init__(self, send: SendsLater) -> None:
        self._send = send

    async def all_workspaces(self) -> list[Workspace]:
        """List the workspaces.

        Answers `production`, `dev`, and the caller's other workspaces, with the projects that
        the caller sees in them.

        `GET /api/4.0/workspaces`

        Returns:
            list[Workspace]: `production`, shared by all; `dev` and `dev:<name>`, each user's
                own; `@<ref>`, a set of commits. `commits` tells the commit of each project.

        Raises:
            NotAuthenticated: The client's credential is refused.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(wire_workspace.all_workspaces, Nothing(), Nothing())

    async def workspace(self, workspace_id: str) -> Workspace:
        """Get a workspace.

        Answers a workspace; of `@<ref>` also which commits that ref means now.

        `GET /api/4.0/workspaces/{workspace_id}`

        Args:
            workspace_id: `production`, `dev`, `dev:ci`, `@v1.2`, `shop@main`.

        Returns:
            Workspace: `production`, shared by all; `dev` and `dev:<name>`, each user's own;
                `@<ref>`, a set of commits. `commits` tells the commit of each project.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_workspace.workspace, WorkspaceParams(workspace_id=workspace_id), Nothing()
        )


class AsyncProjectApi:
    """The operations of the tag Project, to be awaited."""

    def __init__(self, send: SendsLater) -> None:
        self._send = send

    async def all_projects(self, fields: str | None = None) -> list[Project]:
        """List the projects.

        Answers all projects to those with `see_lookml`, and none to others.

        `GET /api/4.0/projects`

        Args:
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            list[Project]: A LookML project.

        Raises:
            NotAuthenticated: The client's credential is refused.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(wire_project.all_projects, Masked(fields=fields), Nothing())

    async def create_project(self, body: WriteProject | Project | Mapping[str, Any]) -> Project:
        """Create a project.

        Creates an empty project. Its remote is set afterwards, with `update_project`. A name
        that is taken is a 409. Only in a developer workspace.

        `POST /api/4.0/projects`

        Args:
            body: What of a project can be set. A property that is left out stays as it is. A
                mapping will do.

        Returns:
            Project: A LookML project.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `develop`.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(wire_project.create_project, Nothing(), body_of(WriteProject, body))

    async def project(self, project_id: str, fields: str | None = None) -> Project:
        """Get a project.

        `GET /api/4.0/projects/{project_id}`

        Args:
            project_id: Id of the project.
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            Project: A LookML project.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_project.project, ProjectParams(project_id=project_id, fields=fields), Nothing()
        )

    async def update_project(
        self,
        project_id: str,
        body: WriteProject | Project | Mapping[str, Any],
        fields: str | None = None,
    ) -> Project:
        """Change the settings of a project.

        Sets what the body names. A remote that can't be reached is refused. Passwords and the
        deploy secret go in and never come out.

        `PATCH /api/4.0/projects/{project_id}`

        Args:
            project_id: Id of the project.
            body: What of a project can be set. A property that is left out stays as it is. A
                mapping will do.
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            Project: A LookML project.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `develop`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_project.update_project,
            ProjectParams(project_id=project_id, fields=fields),
            body_of(WriteProject, body),
        )

    async def project_workspace(
        self, project_id: str, fields: str | None = None
    ) -> ProjectWorkspace:
        """Get the state of a project in the session's workspace.

        Answers which branch and commit of the project the session's workspace works on.

        `GET /api/4.0/projects/{project_id}/current_workspace`

        Args:
            project_id: Id of the project.
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            ProjectWorkspace: A project as the caller's workspace has it.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_project.project_workspace,
            ProjectParams(project_id=project_id, fields=fields),
            Nothing(),
        )

    async def manifest(self, project_id: str) -> Manifest:
        """Get the manifest of a project.

        Answers the manifest as the session's workspace has it, with what it imports.

        `GET /api/4.0/projects/{project_id}/manifest`

        Args:
            project_id: Id of the project.

        Returns:
            Manifest: What a project's manifest says.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_project.manifest, PlainProjectParams(project_id=project_id), Nothing()
        )

    async def lock_all(self, project_id: str, fields: str | None = None) -> None:
        """Lock the remote dependencies of a project.

        Fetches every remote dependency and writes the commit it is at into the project's
        lockfile. Only in a developer workspace.

        `POST /api/4.0/projects/{project_id}/manifest/lock_all`

        Args:
            project_id: Id of the project.
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            None: Nothing.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `deploy`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        await self._send(
            wire_project.lock_all, ProjectParams(project_id=project_id, fields=fields), Nothing()
        )

    async def all_git_branches(self, project_id: str) -> list[GitBranch]:
        """List the branches of a project.

        `GET /api/4.0/projects/{project_id}/git_branches`

        Args:
            project_id: Id of the project.

        Returns:
            list[GitBranch]: A branch of a project's repository.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_git_branch.all_git_branches, BranchesParams(project_id=project_id), Nothing()
        )

    async def git_branch(self, project_id: str) -> GitBranch:
        """Get the current branch.

        Answers the branch that the session's workspace is on.

        `GET /api/4.0/projects/{project_id}/git_branch`

        Args:
            project_id: Id of the project.

        Returns:
            GitBranch: A branch of a project's repository.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_git_branch.git_branch, BranchesParams(project_id=project_id), Nothing()
        )

    async def create_git_branch(
        self, project_id: str, body: WriteGitBranch | GitBranch | Mapping[str, Any]
    ) -> GitBranch:
        """Create a branch and switch to it.

        Creates the branch `name` at `ref`, or at the current branch, and puts the workspace on
        it. Only in a developer workspace. A name that is taken is a 409.

        `POST /api/4.0/projects/{project_id}/git_branch`

        Args:
            project_id: Id of the project.
            body: Which branch, and where it is to stand: a branch, a tag or a commit. A mapping
                will do.

        Returns:
            GitBranch: A branch of a project's repository.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `develop`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_git_branch.create_git_branch,
            BranchesParams(project_id=project_id),
            body_of(WriteGitBranch, body),
        )

    async def update_git_branch(
        self, project_id: str, body: WriteGitBranch | GitBranch | Mapping[str, Any]
    ) -> GitBranch:
        """Switch to a branch, or reset it.

        Puts the workspace on the branch `name`. With `ref` the branch is then moved to that
        branch, tag or commit, here and on the remote, and what was saved and not committed is
        dropped. Only in a developer workspace.

        `PUT /api/4.0/projects/{project_id}/git_branch`

        Args:
            project_id: Id of the project.
            body: Which branch, and where it is to stand: a branch, a tag or a commit. A mapping
                will do.

        Returns:
            GitBranch: A branch of a project's repository.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `develop`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_git_branch.update_git_branch,
            BranchesParams(project_id=project_id),
            body_of(WriteGitBranch, body),
        )

    async def find_git_branch(self, project_id: str, branch_name: str) -> GitBranch:
        """Get a branch.

        `GET /api/4.0/projects/{project_id}/git_branch/{branch_name}`

        Args:
            project_id: Id of the project.
            branch_name: Name of the branch.

        Returns:
            GitBranch: A branch of a project's repository.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_git_branch.find_git_branch,
            BranchParams(project_id=project_id, branch_name=branch_name),
            Nothing(),
        )

    async def delete_git_branch(self, project_id: str, branch_name: str) -> None:
        """Delete a branch.

        Deletes the branch here and on the remote. Neither the production branch, nor a personal
        branch, nor the one that a workspace is on can be deleted.

        `DELETE /api/4.0/projects/{project_id}/git_branch/{branch_name}`

        Args:
            project_id: Id of the project.
            branch_name: Name of the branch.

        Returns:
            None: Nothing.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `develop`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        await self._send(
            wire_git_branch.delete_git_branch,
            BranchParams(project_id=project_id, branch_name=branch_name),
            Nothing(),
        )

    async def reset_project_to_production(self, project_id: str) -> None:
        """Reset the current branch to production.

        Moves the current branch to the commit of production, and drops what was saved and not
        committed. Only in a developer workspace.

        `POST /api/4.0/projects/{project_id}/reset_to_production`

        Args:
            project_id: Id of the project.

        Returns:
            None: Nothing.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `develop`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        await self._send(
            wire_git_branch.reset_project_to_production,
            BranchesParams(project_id=project_id),
            Nothing(),
        )

    async def reset_project_to_remote(self, project_id: str) -> None:
        """Reset the current branch to its remote branch.

        Fetches, moves the current branch to its remote branch, and drops what was saved and not
        committed. Only in a developer workspace.

        `POST /api/4.0/projects/{project_id}/reset_to_remote`

        Args:
            project_id: Id of the project.

        Returns:
            None: Nothing.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `develop`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        await self._send(
            wire_git_branch.reset_project_to_remote,
            BranchesParams(project_id=project_id),
            Nothing(),
        )

    async def all_project_files(
        self, project_id: str, fields: str | None = None
    ) -> list[ProjectFile]:
        """List the files of a project.

        `GET /api/4.0/projects/{project_id}/files`

        Args:
            project_id: Id of the project.
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            list[ProjectFile]: A file of a project. The id is its path.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_project_file.all_project_files,
            FilesParams(project_id=project_id, fields=fields),
            Nothing(),
        )

    async def project_file(
        self, project_id: str, file_id: str, fields: str | None = None
    ) -> ProjectFile:
        """Get a file of a project.

        Answers everything about the file except its text.

        `GET /api/4.0/projects/{project_id}/files/file`

        Args:
            project_id: Id of the project.
            file_id: Id of the file, which is its path.
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            ProjectFile: A file of a project. The id is its path.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_project_file.project_file,
            FileParams(project_id=project_id, file_id=file_id, fields=fields),
            Nothing(),
        )

    async def project_file_content(self, project_id: str, file_path: str) -> str:
        """Read a file of a project.

        `GET /api/4.0/projects/{project_id}/file/content`

        Args:
            project_id: Id of the project.
            file_path: Path of the file.

        Returns:
            str: The answer as text, in the format that was asked for.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return (
            await self._send(
                wire_project_file.project_file_content,
                FilePathParams(project_id=project_id, file_path=file_path),
                Nothing(),
            )
        ).text

    async def create_project_file(
        self, project_id: str, body: WriteFile | Mapping[str, Any], fields: str | None = None
    ) -> ProjectFile:
        """Create a file.

        Saves a new file in the workspace; it is not committed. A file that is there already is
        a 409. Only in a developer workspace.

        `POST /api/4.0/projects/{project_id}/files`

        Args:
            project_id: Id of the project.
            body: A file to save. `version` is the version that it is meant to replace, if that
                matters. A mapping will do.
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            ProjectFile: A file of a project. The id is its path.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `develop`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_project_file.create_project_file,
            FilesParams(project_id=project_id, fields=fields),
            body_of(WriteFile, body),
        )

    async def update_project_file(
        self, project_id: str, body: WriteFile | Mapping[str, Any], fields: str | None = None
    ) -> ProjectFile:
        """Change a file.

        Saves the file in the workspace; it is not committed. With `version` it is a 409 if the
        file has changed since. Only in a developer workspace.

        `PUT /api/4.0/projects/{project_id}/files`

        Args:
            project_id: Id of the project.
            body: A file to save. `version` is the version that it is meant to replace, if that
                matters. A mapping will do.
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            ProjectFile: A file of a project. The id is its path.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `develop`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_project_file.update_project_file,
            FilesParams(project_id=project_id, fields=fields),
            body_of(WriteFile, body),
        )

    async def delete_project_file(
        self, project_id: str, file_path: str, version: str | None = None
    ) -> None:
        """Delete a file.

        Deletes the file from the workspace; that is not committed.

        `DELETE /api/4.0/projects/{project_id}/files`

        Args:
            project_id: Id of the project.
            file_path: Path of the file.
            version: The version that is meant; any if left out.

        Returns:
            None: Nothing.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `develop`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        await self._send(
            wire_project_file.delete_project_file,
            DeleteFileParams(project_id=project_id, file_path=file_path, version=version),
            Nothing(),
        )

    async def all_project_directories(self, project_id: str) -> list[str]:
        """List the folders of a project.

        `GET /api/4.0/projects/{project_id}/directories`

        Args:
            project_id: Id of the project.

        Returns:
            list[str]: The document as plain values.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_project_file.all_project_directories,
            DirectoriesParams(project_id=project_id),
            Nothing(),
        )

    async def create_project_directory(
        self, project_id: str, body: WriteDirectory | Mapping[str, Any]
    ) -> None:
        """Make a folder.

        `POST /api/4.0/projects/{project_id}/directories`

        Args:
            project_id: Id of the project.
            body: A folder to make. A mapping will do.

        Returns:
            None: Nothing.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `develop`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        await self._send(
            wire_project_file.create_project_directory,
            DirectoriesParams(project_id=project_id),
            body_of(WriteDirectory, body),
        )

    async def delete_project_directory(self, project_id: str, path: str) -> None:
        """Delete a folder and all that is in it.

        `DELETE /api/4.0/projects/{project_id}/directories`

        Args:
            project_id: Id of the project.
            path: Path of the folder.

        Returns:
            None: Nothing.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `develop`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        await self._send(
            wire_project_file.delete_project_directory,
            DirectoryParams(project_id=project_id, path=path),
            Nothing(),
        )

    async def commit_project(self, project_id: str, body: WriteCommit | Mapping[str, Any]) -> str:
        """Commit what is saved.

        Commits on the workspace's branch, and answers the id of the commit.

        `POST /api/4.0/projects/{project_id}/commit`

        Args:
            project_id: Id of the project.
            body: What to commit. No `paths` means everything that is saved. A mapping will do.

        Returns:
            str: A text.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `develop`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_project_file.commit_project,
            DirectoriesParams(project_id=project_id),
            body_of(WriteCommit, body),
        )

    async def deploy_to_production(self, project_id: str) -> str | None:
        """Deploy the current branch.

        Merges the workspace's branch into production and pushes it to the remote. Answers a
        sentence that says what changed, or nothing if nothing did. What is saved and not
        committed is never deployed. Conflicts change nothing. Only in a developer workspace.

        `POST /api/4.0/projects/{project_id}/deploy_to_production`

        Args:
            project_id: Id of the project.

        Returns:
            str | None: A text. None if there is none.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `deploy`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_deploy.deploy_to_production, DeployParams(project_id=project_id), Nothing()
        )

    async def deploy_ref_to_production(
        self, project_id: str, branch: str | None = None, ref: str | None = None
    ) -> str | None:
        """Deploy a branch, a tag or a commit.

        Fetches from the remote and makes `branch` or `ref` production. Answers a sentence that
        says what changed, or nothing if nothing did.

        `POST /api/4.0/projects/{project_id}/deploy_ref_to_production`

        Args:
            project_id: Id of the project.
            branch: Branch to deploy. Either this or `ref`.
            ref: Commit or tag to deploy. Either this or `branch`.

        Returns:
            str | None: A text. None if there is none.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `deploy`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_deploy.deploy_ref_to_production,
            DeployRefParams(project_id=project_id, branch=branch, ref=ref),
            Nothing(),
        )

    async def async_deploy_ref_to_production(
        self, project_id: str, branch: str | None = None, ref: str | None = None
    ) -> AsyncDeployResponse:
        """Begin to deploy a branch, a tag or a commit.

        Like `deploy_ref_to_production`, and answers at once.

        `POST /api/4.0/projects/{project_id}/async_deploy_ref_to_production`

        Args:
            project_id: Id of the project.
            branch: Branch to deploy. Either this or `ref`.
            ref: Commit or tag to deploy. Either this or `branch`.

        Returns:
            AsyncDeployResponse: A deploy that is on its way. `deployment_id` is what
                `async_deploy_status` wants to know.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `deploy`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_deploy.async_deploy_ref_to_production,
            DeployRefParams(project_id=project_id, branch=branch, ref=ref),
            Nothing(),
        )

    async def async_deploy_status(
        self, project_id: str, deployment_id: int
    ) -> DeployStatusResponse:
        """Get the state of a deploy.

        `GET /api/4.0/projects/{project_id}/deploy_status/{deployment_id}`

        Args:
            project_id: Id of the project.
            deployment_id: Number of the deploy.

        Returns:
            DeployStatusResponse: How far a deploy is: `PENDING`, `COMPILING`, `SUCCESS` or
                `FAILED`.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `deploy`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_deploy.async_deploy_status,
            DeployStatusParams(project_id=project_id, deployment_id=deployment_id),
            Nothing(),
        )

    async def tag_ref(
        self,
        project_id: str,
        commit_sha: str | None = None,
        tag_name: str | None = None,
        tag_message: str | None = None,
    ) -> Project:
        """Tag a commit.

        Creates the tag `tag_name` at `commit_sha`, or at production, and pushes it to the
        remote. A name that is taken is a 409. The body is not looked at.

        `POST /api/4.0/projects/{project_id}/tag`

        Args:
            project_id: Id of the project.
            commit_sha: Commit to tag; the one of production if left out.
            tag_name: Name of the tag.
            tag_message: Message of the tag.

        Returns:
            Project: A LookML project.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `deploy`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_deploy.tag_ref,
            TagParams(
                project_id=project_id,
                commit_sha=commit_sha,
                tag_name=tag_name,
                tag_message=tag_message,
            ),
            Nothing(),
        )

    async def git_deploy_key(self, project_id: str) -> str:
        """Get the public deploy key of a project.

        `GET /api/4.0/projects/{project_id}/git/deploy_key`

        Args:
            project_id: Id of the project.

        Returns:
            str: The answer as text, in the format that was asked for.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `develop`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return (
            await self._send(
                wire_git_connection.git_deploy_key, GitParams(project_id=project_id), Nothing()
            )
        ).text

    async def create_git_deploy_key(self, project_id: str) -> str:
        """Make a deploy key for a project.

        Makes an ed25519 key pair and answers the public key, for the remote to know. A project
        that has one already is a 409.

        `POST /api/4.0/projects/{project_id}/git/deploy_key`

        Args:
            project_id: Id of the project.

        Returns:
            str: The answer as text, in the format that was asked for.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `develop`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return (
            await self._send(
                wire_git_connection.create_git_deploy_key,
                GitParams(project_id=project_id),
                Nothing(),
            )
        ).text

    async def all_git_connection_tests(
        self, project_id: str, remote_url: str | None = None
    ) -> list[GitConnectionTest]:
        """List the steps that test a remote.

        Answers the steps in the order to run them, from general to specific.

        `GET /api/4.0/projects/{project_id}/git_connection_tests`

        Args:
            project_id: Id of the project.
            remote_url: Remote of a dependency; the project's own if left out.

        Returns:
            list[GitConnectionTest]: One step of testing a remote.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `develop`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_git_connection.all_git_connection_tests,
            ConnectionTestsParams(project_id=project_id, remote_url=remote_url),
            Nothing(),
        )

    async def run_git_connection_test(
        self,
        project_id: str,
        test_id: str,
        remote_url: str | None = None,
        use_production: str | None = None,
    ) -> GitConnectionTestResult:
        """Run one step of testing a remote.

        `GET /api/4.0/projects/{project_id}/git_connection_tests/{test_id}`

        Args:
            project_id: Id of the project.
            test_id: Id of the step.
            remote_url: Remote of a dependency; the project's own if left out.
            use_production: Without effect: a project has one remote in every workspace.

        Returns:
            GitConnectionTestResult: How a step came out: `pass` or `fail`.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `develop`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_git_connection.run_git_connection_test,
            ConnectionTestParams(
                project_id=project_id,
                test_id=test_id,
                remote_url=remote_url,
                use_production=use_production,
            ),
            Nothing(),
        )

    async def get_all_repository_credentials(
        self, root_project_id: str
    ) -> list[RepositoryCredential]:
        """List the credentials of a project's remote dependencies.

        `GET /api/4.0/projects/{root_project_id}/credentials`

        Args:
            root_project_id: Id of the project that imports.

        Returns:
            list[RepositoryCredential]: How to reach the remote of one dependency. The password
                is never answered.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `administer`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_git_connection.get_all_repository_credentials,
            CredentialsParams(root_project_id=root_project_id),
            Nothing(),
        )

    async def update_repository_credential(
        self,
        root_project_id: str,
        credential_id: str,
        body: WriteRepositoryCredential | RepositoryCredential | Mapping[str, Any],
    ) -> RepositoryCredential:
        """Set the credential of a remote dependency.

        `PUT /api/4.0/projects/{root_project_id}/credential/{credential_id}`

        Args:
            root_project_id: Id of the project that imports.
            credential_id: Id of the credential.
            body: What of a credential can be set. `ssh_public_key` is without effect. A mapping
                will do.

        Returns:
            RepositoryCredential: How to reach the remote of one dependency. The password is
                never answered.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `administer`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_git_connection.update_repository_credential,
            CredentialParams(root_project_id=root_project_id, credential_id=credential_id),
            body_of(WriteRepositoryCredential, body),
        )

    async def delete_repository_credential(self, root_project_id: str, credential_id: str) -> None:
        """Forget the credential of a remote dependency.

        `DELETE /api/4.0/projects/{root_project_id}/credential/{credential_id}`

        Args:
            root_project_id: Id of the project that imports.
            credential_id: Id of the credential.

        Returns:
            None: Nothing.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `administer`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        await self._send(
            wire_git_connection.delete_repository_credential,
            CredentialParams(root_project_id=root_project_id, credential_id=credential_id),
            Nothing(),
        )

    async def validate_project(
        self, project_id: str, fields: str | None = None
    ) -> ProjectValidation:
        """Validate a project.

        Looks at every file of the project as the session's workspace has it.

        `POST /api/4.0/projects/{project_id}/validate`

        Args:
            project_id: Id of the project.
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            ProjectValidation: All findings in a project. The time is in seconds.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `see_lookml`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_validation.validate_project,
            ValidationParams(project_id=project_id, fields=fields),
            Nothing(),
        )

    async def project_validation_results(
        self, project_id: str, fields: str | None = None
    ) -> ProjectValidationCache | None:
        """Get the last validation of a project.

        Answers what `validate_project` found last in the session's workspace, and whether files
        have changed since; nothing if there was none.

        `GET /api/4.0/projects/{project_id}/validate`

        Args:
            project_id: Id of the project.
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            ProjectValidationCache | None: The findings of the last validation; `stale` if the
                files have changed since. None if there is none.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `see_lookml`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_validation.project_validation_results,
            ValidationParams(project_id=project_id, fields=fields),
            Nothing(),
        )

    async def all_lookml_tests(
        self, project_id: str, file_id: str | None = None
    ) -> list[LookmlTest]:
        """List the data tests of a project.

        `GET /api/4.0/projects/{project_id}/lookml_tests`

        Args:
            project_id: Id of the project.
            file_id: Only the tests in this file.

        Returns:
            list[LookmlTest]: A data test. `file` begins with the project; `explore` says the
                same as `explore_name`.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `see_lookml`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_validation.all_lookml_tests,
            TestsParams(project_id=project_id, file_id=file_id),
            Nothing(),
        )

    async def run_lookml_test(
        self,
        project_id: str,
        file_id: str | None = None,
        test: str | None = None,
        model: str | None = None,
    ) -> list[LookmlTestResult]:
        """Run data tests.

        Runs the data tests of the project, or those that are named, and waits for them.

        `GET /api/4.0/projects/{project_id}/lookml_tests/run`

        Args:
            project_id: Id of the project.
            file_id: Only the tests in this file.
            test: Only the test of this name.
            model: Only the tests of this model.

        Returns:
            list[LookmlTestResult]: How a data test came out.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `access_data`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_validation.run_lookml_test,
            RunTestsParams(project_id=project_id, file_id=file_id, test=test, model=model),
            Nothing(),
        )


class AsyncLookmlModelApi:
    """The operations of the tag LookmlModel, to be awaited."""

    def __init__(self, send: SendsLater) -> None:
        self._send = send

    async def all_lookml_models(
        self,
        fields: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        exclude_empty: bool = False,
        exclude_hidden: bool = False,
        include_internal: bool = False,
        include_self_service: bool = False,
    ) -> list[LookmlModel]:
        """List the models.

        Answers the models that the caller sees in the session's workspace.

        `GET /api/4.0/lookml_models`

        Args:
            fields: Fields of the answer to give: `id,name`; all if it is left out.
            limit: How many models to answer.
            offset: How many models to pass over first.
            exclude_empty: Leave out models without explores.
            exclude_hidden: Leave out hidden explores.
            include_internal: Add the models that come with the server; there are none.
            include_self_service: Add models made from uploads; there are none.

        Returns:
            list[LookmlModel]: A model with its explores.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `access_data`.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_lookml_model.all_lookml_models,
            AllModelsParams(
                fields=fields,
                limit=limit,
                offset=offset,
                exclude_empty=exclude_empty,
                exclude_hidden=exclude_hidden,
                include_internal=include_internal,
                include_self_service=include_self_service,
            ),
            Nothing(),
        )

    async def lookml_model(self, lookml_model_name: str, fields: str | None = None) -> LookmlModel:
        """Get a model.

        `GET /api/4.0/lookml_models/{lookml_model_name}`

        Args:
            lookml_model_name: Name of the model.
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            LookmlModel: A model with its explores.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `access_data`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_lookml_model.lookml_model,
            ModelParams(lookml_model_name=lookml_model_name, fields=fields),
            Nothing(),
        )

    async def lookml_model_explore(
        self,
        lookml_model_name: str,
        explore_name: str,
        fields: str | None = None,
        add_drills_metadata: bool = False,
    ) -> LookmlModelExplore:
        """Get an explore.

        Answers the joins and fields of an explore as the caller sees them in the session's
        workspace. SQL is null for those without `see_lookml`.

        `GET /api/4.0/lookml_models/{lookml_model_name}/explores/{explore_name}`

        Args:
            lookml_model_name: Name of the model.
            explore_name: Name of the explore.
            fields: Fields of the answer to give: `id,name`; all if it is left out.
            add_drills_metadata: Without effect: drill fields are always there.

        Returns:
            LookmlModelExplore: An explore with its joins and fields.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `access_data`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_lookml_model.lookml_model_explore,
            ExploreParams(
                lookml_model_name=lookml_model_name,
                explore_name=explore_name,
                fields=fields,
                add_drills_metadata=add_drills_metadata,
            ),
            Nothing(),
        )


class AsyncMetadataApi:
    """The operations of the tag Metadata, to be awaited."""

    def __init__(self, send: SendsLater) -> None:
        self._send = send

    async def model_fieldname_suggestions(
        self,
        model_name: str,
        view_name: str,
        field_name: str,
        term: str | None = None,
        filters: dict[str, str] | None = None,
    ) -> ModelFieldSuggestions:
        """Suggest values of a field.

        Answers what LookML lists, or at most 1,000 values that the database holds and the
        caller may see. What goes wrong stands in `error`.

        `GET /api/4.0/models/{model_name}/views/{view_name}/fields/{field_name}/suggestions`

        Args:
            model_name: Name of the model.
            view_name: Name of the explore.
            field_name: Name of the field, as `view.field`.
            term: A part of the values to suggest.
            filters: Filter expressions by the fields they are on, which must hold too.

        Returns:
            ModelFieldSuggestions: Values that a filter on a field may take.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `access_data`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_metadata.model_fieldname_suggestions,
            SuggestionParams(
                model_name=model_name,
                view_name=view_name,
                field_name=field_name,
                term=term,
                filters=filters,
            ),
            Nothing(),
        )

    async def get_model(self, model_name: str) -> Model:
        """Get the formats of a model.

        `GET /api/4.0/models/{model_name}`

        Args:
            model_name: Name of the model.

        Returns:
            Model: A model, as far as its connection and formats go.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `access_data`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_metadata.get_model, NamedModelParams(model_name=model_name), Nothing()
        )

    async def connection_databases(self, connection_name: str) -> list[str]:
        """List the databases of a connection.

        `GET /api/4.0/connections/{connection_name}/databases`

        Args:
            connection_name: Name of the connection.

        Returns:
            list[str]: The document as plain values.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `develop`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_metadata.connection_databases,
            DatabaseParams(connection_name=connection_name),
            Nothing(),
        )

    async def connection_features(
        self, connection_name: str, fields: str | None = None
    ) -> ConnectionFeatures:
        """Get what a connection can do.

        `GET /api/4.0/connections/{connection_name}/features`

        Args:
            connection_name: Name of the connection.
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            ConnectionFeatures: What can be done on a connection.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `develop`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_metadata.connection_features,
            FeatureParams(connection_name=connection_name, fields=fields),
            Nothing(),
        )

    async def connection_schemas(
        self,
        connection_name: str,
        fields: str | None = None,
        database: str | None = None,
        cache: bool = True,
    ) -> list[Schema]:
        """List the schemas of a connection.

        `GET /api/4.0/connections/{connection_name}/schemas`

        Args:
            connection_name: Name of the connection.
            fields: Fields of the answer to give: `id,name`; all if it is left out.
            database: Name of the database; a connection has one.
            cache: Without effect: the database is asked.

        Returns:
            list[Schema]: A schema of a database.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `develop`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_metadata.connection_schemas,
            SchemaParams(
                connection_name=connection_name, fields=fields, database=database, cache=cache
            ),
            Nothing(),
        )

    async def connection_tables(
        self,
        connection_name: str,
        fields: str | None = None,
        database: str | None = None,
        cache: bool = True,
        schema_name: str | None = None,
        table_filter: str | None = None,
        table_limit: int | None = None,
    ) -> list[SchemaTables]:
        """List the tables of a connection.

        `GET /api/4.0/connections/{connection_name}/tables`

        Args:
            connection_name: Name of the connection.
            fields: Fields of the answer to give: `id,name`; all if it is left out.
            database: Name of the database; a connection has one.
            cache: Without effect: the database is asked.
            schema_name: Only tables of this schema.
            table_filter: Only tables whose name has this part.
            table_limit: How many tables to answer.

        Returns:
            list[SchemaTables]: A schema with its tables.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `develop`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_metadata.connection_tables,
            TableParams(
                connection_name=connection_name,
                fields=fields,
                database=database,
                cache=cache,
                schema_name=schema_name,
                table_filter=table_filter,
                table_limit=table_limit,
            ),
            Nothing(),
        )

    async def connection_columns(
        self,
        connection_name: str,
        fields: str | None = None,
        database: str | None = None,
        cache: bool = True,
        schema_name: str | None = None,
        table_limit: int | None = None,
        table_names: str | None = None,
    ) -> list[SchemaColumns]:
        """List the columns of tables.

        `GET /api/4.0/connections/{connection_name}/columns`

        Args:
            connection_name: Name of the connection.
            fields: Fields of the answer to give: `id,name`; all if it is left out.
            database: Name of the database; a connection has one.
            cache: Without effect: the database is asked.
            schema_name: Only tables of this schema.
            table_limit: How many tables to answer.
            table_names: Only these tables, with commas between them.

        Returns:
            list[SchemaColumns]: A table with its columns.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `develop`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_metadata.connection_columns,
            ColumnParams(
                connection_name=connection_name,
                fields=fields,
                database=database,
                cache=cache,
                schema_name=schema_name,
                table_limit=table_limit,
                table_names=table_names,
            ),
            Nothing(),
        )

    async def connection_search_columns(
        self, connection_name: str, fields: str | None = None, column_name: str | None = None
    ) -> list[ColumnSearch]:
        """Search for columns.

        `GET /api/4.0/connections/{connection_name}/search_columns`

        Args:
            connection_name: Name of the connection.
            fields: Fields of the answer to give: `id,name`; all if it is left out.
            column_name: A part of the names to find.

        Returns:
            list[ColumnSearch]: A column that was searched for.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `develop`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_metadata.connection_search_columns,
            SearchParams(connection_name=connection_name, fields=fields, column_name=column_name),
            Nothing(),
        )


class AsyncDatagroupApi:
    """The operations of the tag Datagroup, to be awaited."""

    def __init__(self, send: SendsLater) -> None:
        self._send = send

    async def all_datagroups(self) -> list[Datagroup]:
        """List the datagroups of the models in the caller's workspace.

        `GET /api/4.0/datagroups`

        Returns:
            list[Datagroup]: A datagroup. Times are seconds since 1970; no trigger is checked,
                so theirs are null.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `see_lookml`.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(wire_datagroup.all_datagroups, Nothing(), Nothing())

    async def datagroup(self, datagroup_id: str | int) -> Datagroup:
        """Get a datagroup.

        `GET /api/4.0/datagroups/{datagroup_id}`

        Args:
            datagroup_id: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            Datagroup: A datagroup. Times are seconds since 1970; no trigger is checked, so
                theirs are null.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `see_lookml`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_datagroup.datagroup, DatagroupParams(datagroup_id=Id(datagroup_id)), Nothing()
        )


class AsyncDerivedTableApi:
    """The operations of the tag DerivedTable, to be awaited."""

    def __init__(self, send: SendsLater) -> None:
        self._send = send

    async def graph_derived_tables_for_model(
        self, model: str, format: str | None = None, color: str | None = None
    ) -> DependencyGraph:
        """Draw the derived tables of a model.

        `GET /api/4.0/derived_table/graph/model/{model}`

        Args:
            model: Fields of the answer to give: `id,name`; all if it is left out.
            format: The language of the graph: `dot`.
            color: Anything: paint the tables; grey ones are not built.

        Returns:
            DependencyGraph: A graph in the dot language. Each arrow leads from a table to one
                that reads it.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `see_lookml`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_derived_table.graph_derived_tables_for_model,
            ModelGraphParams(model=model, format=format, color=color),
            Nothing(),
        )

    async def graph_derived_tables_for_view(
        self, view: str, models: str | None = None, workspace: str | None = None
    ) -> DependencyGraph:
        """Draw a derived table and those behind it.

        `GET /api/4.0/derived_table/graph/view/{view}`

        Args:
            view: Fields of the answer to give: `id,name`; all if it is left out.
            models: Where to look for the view, with commas between the models.
            workspace: `dev` or `production` instead of the session's workspace.

        Returns:
            DependencyGraph: A graph in the dot language. Each arrow leads from a table to one
                that reads it.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `see_lookml`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_derived_table.graph_derived_tables_for_view,
            ViewGraphParams(view=view, models=models, workspace=workspace),
            Nothing(),
        )


class AsyncConnectionApi:
    """The operations of the tag Connection, to be awaited."""

    def __init__(self, send: SendsLater) -> None:
        self._send = send

    async def all_connections(self, fields: str | None = None) -> list[DBConnection]:
        """List the connections.

        Answers the connections that the models of the caller use.

        `GET /api/4.0/connections`

        Args:
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            list[DBConnection]: A database that models use. Secrets are never told.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `develop`.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(wire_connection.all_connections, Masked(fields=fields), Nothing())

    async def connection(self, connection_name: str, fields: str | None = None) -> DBConnection:
        """Get a connection.

        Server, port and user name are null for those who may not administer.

        `GET /api/4.0/connections/{connection_name}`

        Args:
            connection_name: Name of the connection.
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            DBConnection: A database that models use. Secrets are never told.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `develop`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_connection.connection,
            ConnectionParams(connection_name=connection_name, fields=fields),
            Nothing(),
        )

    async def test_connection(
        self, connection_name: str, tests: list[str] | None = None
    ) -> list[DBConnectionTestResult]:
        """Test a connection.

        Runs each test and answers how it went; a test that fails is no error.

        `PUT /api/4.0/connections/{connection_name}/test`

        Args:
            connection_name: Name of the connection.
            tests: Which tests: `connect`, `query`; left out: both.

        Returns:
            list[DBConnectionTestResult]: How one test of a connection went.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `develop`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_connection.test_connection,
            TestParams(connection_name=connection_name, tests=tests),
            Nothing(),
        )


class AsyncQueryApi:
    """The operations of the tag Query, to be awaited."""

    def __init__(self, send: SendsLater) -> None:
        self._send = send

    async def create_query(
        self, body: WriteQuery | Query | Mapping[str, Any], fields: str | None = None
    ) -> Query:
        """Save a query.

        Saves a question and answers it with its id. Queries never change: an equal question
        gives the same query. A query belongs to no workspace; its LookML is looked up when it
        runs.

        `POST /api/4.0/queries`

        Args:
            body: A question. `view` is the name of the explore. A mapping will do.
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            Query: A saved question. Limits are strings; `-1` is no limit.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `explore`.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_query.create_query, Masked(fields=fields), body_of(WriteQuery, body)
        )

    async def query(self, query_id: str | int, fields: str | None = None) -> Query:
        """Get a query.

        `GET /api/4.0/queries/{query_id}`

        Args:
            query_id: Id of the query.
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            Query: A saved question. Limits are strings; `-1` is no limit.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `access_data`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_query.query, QueryParams(query_id=Id(query_id), fields=fields), Nothing()
        )

    async def query_for_slug(self, slug: str, fields: str | None = None) -> Query:
        """Get a query by its slug.

        Finds a query by its slug or by its client id.

        `GET /api/4.0/queries/slug/{slug}`

        Args:
            slug: Slug or client id of the query.
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            Query: A saved question. Limits are strings; `-1` is no limit.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `access_data`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_query.query_for_slug, SlugParams(slug=slug, fields=fields), Nothing()
        )

    async def run_query(
        self,
        query_id: str | int,
        result_format: str,
        limit: int | None = None,
        apply_formatting: bool = False,
        apply_vis: bool = False,
        cache: bool = False,
        image_width: int | None = None,
        image_height: int | None = None,
        generate_drill_links: bool = False,
        force_production: bool = False,
        cache_only: bool = False,
        path_prefix: str | None = None,
        rebuild_pdts: bool = False,
        server_table_calcs: bool = False,
    ) -> str:
        """Run a saved query.

        Runs a saved query on the LookML of the session's workspace. `sql` answers the SQL
        without running it.

        `GET /api/4.0/queries/{query_id}/run/{result_format}`

        Args:
            query_id: Id of the query.
            result_format: Format of the answer: `json`, `json_detail`, `csv`, `txt` or `sql`.
            limit: Row limit in place of the query's; -1 is none.
            apply_formatting: Write values as their value format says.
            apply_vis: Without effect.
            cache: Without effect: every run asks the database.
            image_width: Without effect: there are no images.
            image_height: Without effect: there are no images.
            generate_drill_links: Link cells of measures to what is behind them, where
                `drill_fields` say what that is; in `json_detail`.
            force_production: Read the LookML of `production` whatever the session's workspace
                is.
            cache_only: Without effect: nothing is kept.
            path_prefix: What the addresses of drill links begin with.
            rebuild_pdts: Without effect.
            server_table_calcs: Without effect.

        Returns:
            str: The answer as text, in the format that was asked for.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `access_data`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return (
            await self._send(
                wire_query.run_query,
                RunQueryParams(
                    query_id=Id(query_id),
                    result_format=result_format,
                    limit=limit,
                    apply_formatting=apply_formatting,
                    apply_vis=apply_vis,
                    cache=cache,
                    image_width=image_width,
                    image_height=image_height,
                    generate_drill_links=generate_drill_links,
                    force_production=force_production,
                    cache_only=cache_only,
                    path_prefix=path_prefix,
                    rebuild_pdts=rebuild_pdts,
                    server_table_calcs=server_table_calcs,
                ),
                Nothing(),
            )
        ).text

    async def run_inline_query(
        self,
        result_format: str,
        body: WriteQuery | Query | Mapping[str, Any],
        limit: int | None = None,
        apply_formatting: bool = False,
        apply_vis: bool = False,
        cache: bool = False,
        image_width: int | None = None,
        image_height: int | None = None,
        generate_drill_links: bool = False,
        force_production: bool = False,
        cache_only: bool = False,
        path_prefix: str | None = None,
        rebuild_pdts: bool = False,
        server_table_calcs: bool = False,
    ) -> str:
        """Run a query without saving it.

        Runs the question in the body on the LookML of the session's workspace. `sql` answers
        the SQL without running it.

        `POST /api/4.0/queries/run/{result_format}`

        Args:
            result_format: Format of the answer: `json`, `json_detail`, `csv`, `txt` or `sql`.
            body: A question. `view` is the name of the explore. A mapping will do.
            limit: Row limit in place of the query's; -1 is none.
            apply_formatting: Write values as their value format says.
            apply_vis: Without effect.
            cache: Without effect: every run asks the database.
            image_width: Without effect: there are no images.
            image_height: Without effect: there are no images.
            generate_drill_links: Link cells of measures to what is behind them, where
                `drill_fields` say what that is; in `json_detail`.
            force_production: Read the LookML of `production` whatever the session's workspace
                is.
            cache_only: Without effect: nothing is kept.
            path_prefix: What the addresses of drill links begin with.
            rebuild_pdts: Without effect.
            server_table_calcs: Without effect.

        Returns:
            str: The answer as text, in the format that was asked for.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `access_data`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return (
            await self._send(
                wire_query.run_inline_query,
                RunParams(
                    result_format=result_format,
                    limit=limit,
                    apply_formatting=apply_formatting,
                    apply_vis=apply_vis,
                    cache=cache,
                    image_width=image_width,
                    image_height=image_height,
                    generate_drill_links=generate_drill_links,
                    force_production=force_production,
                    cache_only=cache_only,
                    path_prefix=path_prefix,
                    rebuild_pdts=rebuild_pdts,
                    server_table_calcs=server_table_calcs,
                ),
                body_of(WriteQuery, body),
            )
        ).text

    async def run_url_encoded_query(
        self,
        model_name: str,
        view_name: str,
        result_format: str,
        fields: list[str] | None = None,
        f: dict[str, str] | None = None,
        filter_expression: str | None = None,
        sorts: list[str] | None = None,
        limit: str | None = None,
        column_limit: str | None = None,
        pivots: list[str] | None = None,
        fill_fields: list[str] | None = None,
        subtotals: list[str] | None = None,
        dynamic_fields: str | None = None,
        total: bool | None = None,
        row_total: str | None = None,
        query_timezone: str | None = None,
        apply_formatting: bool = False,
        force_production: bool = False,
    ) -> str:
        """Run a query that is written in the URL.

        Runs the question in the path and the query string:
        `?fields=a.x,a.y&f[a.z]=new&sorts=a.x&limit=10`.

        `GET /api/4.0/queries/models/{model_name}/views/{view_name}/run/{result_format}`

        Args:
            model_name: Name of the model.
            view_name: Name of the explore.
            result_format: Format of the answer, as for `run_query`.
            fields: Fields to select: `a.x,a.y`.
            f: Filters, one parameter each: `f[a.x]=expression`.
            filter_expression: Custom filter.
            sorts: Sorts: `a.x desc,a.y`.
            limit: Row limit; -1 is none.
            column_limit: Column limit of a pivot.
            pivots: Fields to pivot by.
            fill_fields: Dimensions whose gaps are filled.
            subtotals: Fields to subtotal by.
            dynamic_fields: Custom fields, as JSON.
            total: Whether to total the columns.
            row_total: Where to total rows: `left` or `right`.
            query_timezone: IANA name of a time zone.
            apply_formatting: Write values as their value format says.
            force_production: As for `run_query`.

        Returns:
            str: The answer as text, in the format that was asked for.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `access_data`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return (
            await self._send(
                wire_query.run_url_encoded_query,
                UrlQueryParams(
                    model_name=model_name,
                    view_name=view_name,
                    result_format=result_format,
                    fields=fields,
                    f=f,
                    filter_expression=filter_expression,
                    sorts=sorts,
                    limit=limit,
                    column_limit=column_limit,
                    pivots=pivots,
                    fill_fields=fill_fields,
                    subtotals=subtotals,
                    dynamic_fields=dynamic_fields,
                    total=total,
                    row_total=row_total,
                    query_timezone=query_timezone,
                    apply_formatting=apply_formatting,
                    force_production=force_production,
                ),
                Nothing(),
            )
        ).text

    async def create_query_task(
        self,
        body: WriteCreateQueryTask | Mapping[str, Any],
        fields: str | None = None,
        limit: int | None = None,
        apply_formatting: bool = False,
        apply_vis: bool = False,
        cache: bool = False,
        image_width: int | None = None,
        image_height: int | None = None,
        generate_drill_links: bool = False,
        force_production: bool = False,
        cache_only: bool = False,
        path_prefix: str | None = None,
        rebuild_pdts: bool = False,
        server_table_calcs: bool = False,
    ) -> QueryTask:
        """Run a query on its own.

        Begins to run a saved query on the LookML of the session's workspace, as it is now, and
        answers the task. The task belongs to the user: every token of the user may ask for it.

        `POST /api/4.0/query_tasks`

        Args:
            body: Which query to run, and in which format to keep its answer. A mapping will do.
            fields: Fields of the answer to give: `id,name`; all if it is left out.
            limit: Row limit in place of the query's; -1 is none.
            apply_formatting: Write values as their value format says.
            apply_vis: Without effect.
            cache: Without effect: every run asks the database.
            image_width: Without effect: there are no images.
            image_height: Without effect: there are no images.
            generate_drill_links: Link cells of measures to what is behind them, where
                `drill_fields` say what that is; in `json_detail`.
            force_production: Read the LookML of `production` whatever the session's workspace
                is.
            cache_only: Without effect: nothing is kept.
            path_prefix: What the addresses of drill links begin with.
            rebuild_pdts: Without effect.
            server_table_calcs: Without effect.

        Returns:
            QueryTask: A query that runs on its own. `status` is `added`, `running`, `complete`,
                `error`, `expired` or `killed`.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `access_data`.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_query_task.create_query_task,
            CreateTaskParams(
                fields=fields,
                limit=limit,
                apply_formatting=apply_formatting,
                apply_vis=apply_vis,
                cache=cache,
                image_width=image_width,
                image_height=image_height,
                generate_drill_links=generate_drill_links,
                force_production=force_production,
                cache_only=cache_only,
                path_prefix=path_prefix,
                rebuild_pdts=rebuild_pdts,
                server_table_calcs=server_table_calcs,
            ),
            body_of(WriteCreateQueryTask, body),
        )

    async def query_task_multi_results(self, query_task_ids: list[str]) -> dict[str, Any]:
        """Get the results of several tasks.

        Answers `{id: {status, result_source, data}}`. A task that does not exist has the status
        `missing`; one that is not ready has no `data`.

        `GET /api/4.0/query_tasks/multi_results`

        Args:
            query_task_ids: Ids of tasks.

        Returns:
            dict[str, Any]: The document as plain values.

        Raises:
            NotAuthenticated: The client's credential is refused.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_query_task.query_task_multi_results,
            ManyResultsParams(query_task_ids=query_task_ids),
            Nothing(),
        )

    async def query_task(self, query_task_id: str, fields: str | None = None) -> QueryTask:
        """Get the state of a task.

        `GET /api/4.0/query_tasks/{query_task_id}`

        Args:
            query_task_id: Id of the task.
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            QueryTask: A query that runs on its own. `status` is `added`, `running`, `complete`,
                `error`, `expired` or `killed`.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_query_task.query_task,
            TaskParams(query_task_id=query_task_id, fields=fields),
            Nothing(),
        )

    async def query_task_results(self, query_task_id: str) -> str:
        """Get the result of a task.

        Answers the result in the task's format; a 202 while there is none yet.

        `GET /api/4.0/query_tasks/{query_task_id}/results`

        Args:
            query_task_id: Id of the task.

        Returns:
            str: The answer as text, in the format that was asked for.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return (
            await self._send(
                wire_query_task.query_task_results,
                ResultsParams(query_task_id=query_task_id),
                Nothing(),
            )
        ).text

    async def all_running_queries(self) -> list[RunningQueries]:
        """List the queries that run.

        `GET /api/4.0/running_queries`

        Returns:
            list[RunningQueries]: A query that is at its database.

        Raises:
            NotAuthenticated: The client's credential is refused.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(wire_query_task.all_running_queries, Nothing(), Nothing())

    async def kill_query(self, query_task_id: str) -> None:
        """Stop a query.

        `DELETE /api/4.0/running_queries/{query_task_id}`

        Args:
            query_task_id: Id of the task.

        Returns:
            None: Nothing.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        await self._send(
            wire_query_task.kill_query, ResultsParams(query_task_id=query_task_id), Nothing()
        )


class AsyncDashboardApi:
    """The operations of the tag Dashboard, to be awaited."""

    def __init__(self, send: SendsLater) -> None:
        self._send = send

    async def all_dashboards(self, fields: str | None = None) -> list[DashboardBase]:
        """List the dashboards.

        Answers the LookML dashboards of the models that the caller sees in the session's
        workspace, in brief. There are no dashboards besides those of LookML.

        `GET /api/4.0/dashboards`

        Args:
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            list[DashboardBase]: A dashboard in brief. What people do to dashboards is null:
                these are LookML.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `see_lookml_dashboards`.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(wire_dashboard.all_dashboards, Masked(fields=fields), Nothing())

    async def search_dashboards(
        self,
        fields: str | None = None,
        id: str | None = None,
        slug: str | None = None,
        title: str | None = None,
        description: str | None = None,
        content_favorite_id: str | None = None,
        space_id: str | None = None,
        folder_id: str | None = None,
        deleted: str | None = None,
        user_id: str | None = None,
        view_count: str | None = None,
        content_metadata_id: str | None = None,
        curate: bool | None = None,
        last_viewed_at: str | None = None,
        page: int | None = None,
        per_page: int | None = None,
        limit: int | None = None,
        offset: int | None = None,
        sorts: str | None = None,
        filter_or: bool | None = None,
        not_owned_by: bool | None = None,
    ) -> list[Dashboard]:
        """Search the dashboards that people made.

        Finds dashboards that people made, never those of LookML. The server has none such, so
        the answer is empty whatever is asked.

        `GET /api/4.0/dashboards/search`

        Args:
            fields: Fields of the answer to give: `id,name`; all if it is left out.
            id: Id of a dashboard.
            slug: Slug of a dashboard.
            title: Title, with `%` and `_`.
            description: Description, with `%` and `_`.
            content_favorite_id: Id of a favourite.
            space_id: As `folder_id`.
            folder_id: Id of a folder.
            deleted: Whether to find deleted ones.
            user_id: Id of the creator.
            view_count: How often it was viewed.
            content_metadata_id: Id of the metadata.
            curate: Leave out suppressed ones.
            last_viewed_at: When it was viewed last.
            page: Number of the page.
            per_page: Dashboards of a page.
            limit: How many dashboards to answer.
            offset: How many to pass over first.
            sorts: Fields to sort by.
            filter_or: Whether one match is enough.
            not_owned_by: Whether `user_id` excludes.

        Returns:
            list[Dashboard]: A dashboard with its tiles, filters and layouts.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `see_lookml_dashboards`.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_dashboard.search_dashboards,
            SearchDashboardsParams(
                fields=fields,
                id=id,
                slug=slug,
                title=title,
                description=description,
                content_favorite_id=content_favorite_id,
                space_id=space_id,
                folder_id=folder_id,
                deleted=deleted,
                user_id=user_id,
                view_count=view_count,
                content_metadata_id=content_metadata_id,
                curate=curate,
                last_viewed_at=last_viewed_at,
                page=page,
                per_page=per_page,
                limit=limit,
                offset=offset,
                sorts=sorts,
                filter_or=filter_or,
                not_owned_by=not_owned_by,
            ),
            Nothing(),
        )

    async def dashboard(self, dashboard_id: str, fields: str | None = None) -> Dashboard:
        """Get a dashboard.

        Answers a LookML dashboard as the session's workspace has it. The queries of its tiles
        have the defaults of the dashboard's filters in place, and are saved, so that they can
        be run by their ids.

        `GET /api/4.0/dashboards/{dashboard_id}`

        Args:
            dashboard_id: Id of the dashboard: `model::name`.
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            Dashboard: A dashboard with its tiles, filters and layouts.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `see_lookml_dashboards`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_dashboard.dashboard,
            DashboardParams(dashboard_id=dashboard_id, fields=fields),
            Nothing(),
        )

    async def dashboard_dashboard_elements(
        self, dashboard_id: str, fields: str | None = None
    ) -> list[DashboardElement]:
        """List the tiles of a dashboard.

        `GET /api/4.0/dashboards/{dashboard_id}/dashboard_elements`

        Args:
            dashboard_id: Id of the dashboard: `model::name`.
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            list[DashboardElement]: A tile. `query` is null for a text, and for one that merges
                answers.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `see_lookml_dashboards`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_dashboard.dashboard_dashboard_elements,
            DashboardParams(dashboard_id=dashboard_id, fields=fields),
            Nothing(),
        )

    async def dashboard_dashboard_filters(
        self, dashboard_id: str, fields: str | None = None
    ) -> list[DashboardFilter]:
        """List the filters of a dashboard.

        `GET /api/4.0/dashboards/{dashboard_id}/dashboard_filters`

        Args:
            dashboard_id: Id of the dashboard: `model::name`.
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            list[DashboardFilter]: A filter of a dashboard. `row` is its place in their order.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `see_lookml_dashboards`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_dashboard.dashboard_dashboard_filters,
            DashboardParams(dashboard_id=dashboard_id, fields=fields),
            Nothing(),
        )

    async def dashboard_dashboard_layouts(
        self, dashboard_id: str, fields: str | None = None
    ) -> list[DashboardLayout]:
        """List the layouts of a dashboard.

        One, or one for each tab.

        `GET /api/4.0/dashboards/{dashboard_id}/dashboard_layouts`

        Args:
            dashboard_id: Id of the dashboard: `model::name`.
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            list[DashboardLayout]: How the tiles of a dashboard, or of one of its tabs, stand.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `see_lookml_dashboards`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_dashboard.dashboard_dashboard_layouts,
            DashboardParams(dashboard_id=dashboard_id, fields=fields),
            Nothing(),
        )


class AsyncFolderApi:
    """The operations of the tag Folder, to be awaited."""

    def __init__(self, send: SendsLater) -> None:
        self._send = send

    async def all_folders(self, fields: str | None = None) -> list[FolderBase]:
        """List the folders.

        There are two, each a root: `lookml`, where the LookML dashboards lie, for those who see
        such; and the shared folder, which is empty. What lies in a folder is told by `folder`.

        `GET /api/4.0/folders`

        Args:
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            list[FolderBase]: Where a dashboard lies. What only people give to folders is null.

        Raises:
            NotAuthenticated: The client's credential is refused.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(wire_folder.all_folders, Masked(fields=fields), Nothing())

    async def search_folders(
        self,
        fields: str | None = None,
        page: int | None = None,
        per_page: int | None = None,
        limit: int | None = None,
        offset: int | None = None,
        sorts: str | None = None,
        name: str | None = None,
        id: str | None = None,
        parent_id: str | None = None,
        creator_id: str | None = None,
        filter_or: bool | None = None,
        is_shared_root: bool | None = None,
        is_users_root: bool | None = None,
    ) -> list[Folder]:
        """Search the folders.

        `GET /api/4.0/folders/search`

        Args:
            fields: Fields of the answer to give: `id,name`; all if it is left out.
            page: Number of the page.
            per_page: Folders of a page.
            limit: How many folders to answer.
            offset: How many to pass over first.
            sorts: Fields to sort by.
            name: Name, with `%` and `_`.
            id: Ids of folders, with commas.
            parent_id: Ids of parents, with commas.
            creator_id: Ids of creators, with commas.
            filter_or: Whether one match is enough.
            is_shared_root: Whether it is the shared root.
            is_users_root: Whether it is the users' root.

        Returns:
            list[Folder]: A folder with what lies in it.

        Raises:
            NotAuthenticated: The client's credential is refused.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_folder.search_folders,
            SearchFoldersParams(
                fields=fields,
                page=page,
                per_page=per_page,
                limit=limit,
                offset=offset,
                sorts=sorts,
                name=name,
                id=id,
                parent_id=parent_id,
                creator_id=creator_id,
                filter_or=filter_or,
                is_shared_root=is_shared_root,
                is_users_root=is_users_root,
            ),
            Nothing(),
        )

    async def folder(self, folder_id: str, fields: str | None = None) -> Folder:
        """Get a folder.

        With the dashboards in it, in brief.

        `GET /api/4.0/folders/{folder_id}`

        Args:
            folder_id: Id of the folder.
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            Folder: A folder with what lies in it.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_folder.folder, FolderParams(folder_id=folder_id, fields=fields), Nothing()
        )

    async def folder_children(
        self,
        folder_id: str,
        fields: str | None = None,
        page: int | None = None,
        per_page: int | None = None,
        limit: int | None = None,
        offset: int | None = None,
        sorts: str | None = None,
    ) -> list[Folder]:
        """List the folders in a folder.

        The built-in folders hold no others.

        `GET /api/4.0/folders/{folder_id}/children`

        Args:
            folder_id: Id of the folder.
            fields: Fields of the answer to give: `id,name`; all if it is left out.
            page: Number of the page.
            per_page: Folders of a page.
            limit: How many folders to answer.
            offset: How many to pass over first.
            sorts: Fields to sort by.

        Returns:
            list[Folder]: A folder with what lies in it.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_folder.folder_children,
            ChildrenParams(
                folder_id=folder_id,
                fields=fields,
                page=page,
                per_page=per_page,
                limit=limit,
                offset=offset,
                sorts=sorts,
            ),
            Nothing(),
        )

    async def folder_ancestors(self, folder_id: str, fields: str | None = None) -> list[Folder]:
        """List the folders that a folder lies in.

        Every folder is a root.

        `GET /api/4.0/folders/{folder_id}/ancestors`

        Args:
            folder_id: Id of the folder.
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            list[Folder]: A folder with what lies in it.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_folder.folder_ancestors,
            FolderParams(folder_id=folder_id, fields=fields),
            Nothing(),
        )

    async def folder_dashboards(self, folder_id: str, fields: str | None = None) -> list[Dashboard]:
        """List the dashboards of a folder.

        `GET /api/4.0/folders/{folder_id}/dashboards`

        Args:
            folder_id: Id of the folder.
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            list[Dashboard]: A dashboard with its tiles, filters and layouts.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_folder.folder_dashboards,
            FolderParams(folder_id=folder_id, fields=fields),
            Nothing(),
        )


class AsyncLookApi:
    """The operations of the tag Look, to be awaited."""

    def __init__(self, send: SendsLater) -> None:
        self._send = send

    async def all_looks(self, fields: str | None = None) -> list[Look]:
        """List the looks.

        There are none: the server keeps no questions under a title.

        `GET /api/4.0/looks`

        Args:
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            list[Look]: A saved look.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `see_looks`.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(wire_look.all_looks, Masked(fields=fields), Nothing())

    async def search_looks(
        self,
        fields: str | None = None,
        id: str | None = None,
        title: str | None = None,
        description: str | None = None,
        content_favorite_id: str | None = None,
        space_id: str | None = None,
        folder_id: str | None = None,
        user_id: str | None = None,
        view_count: str | None = None,
        deleted: bool | None = None,
        query_id: str | None = None,
        curate: bool | None = None,
        last_viewed_at: str | None = None,
        page: int | None = None,
        per_page: int | None = None,
        limit: int | None = None,
        offset: int | None = None,
        sorts: str | None = None,
        filter_or: bool | None = None,
    ) -> list[Look]:
        """Search the looks.

        Finds nothing, whatever is asked: there are no looks.

        `GET /api/4.0/looks/search`

        Args:
            fields: Fields of the answer to give: `id,name`; all if it is left out.
            id: Id of a look.
            title: Title, with `%` and `_`.
            description: Description, with `%` and `_`.
            content_favorite_id: Id of a favourite.
            space_id: As `folder_id`.
            folder_id: Id of a folder.
            user_id: Id of the creator.
            view_count: How often it was viewed.
            deleted: Whether to find deleted ones.
            query_id: Id of the query.
            curate: Leave out suppressed ones.
            last_viewed_at: When it was viewed last.
            page: Number of the page.
            per_page: Looks of a page.
            limit: How many looks to answer.
            offset: How many to pass over first.
            sorts: Fields to sort by.
            filter_or: Whether one match is enough.

        Returns:
            list[Look]: A saved look.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `see_looks`.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_look.search_looks,
            SearchLooksParams(
                fields=fields,
                id=id,
                title=title,
                description=description,
                content_favorite_id=content_favorite_id,
                space_id=space_id,
                folder_id=folder_id,
                user_id=user_id,
                view_count=view_count,
                deleted=deleted,
                query_id=query_id,
                curate=curate,
                last_viewed_at=last_viewed_at,
                page=page,
                per_page=per_page,
                limit=limit,
                offset=offset,
                sorts=sorts,
                filter_or=filter_or,
            ),
            Nothing(),
        )


class AsyncUserApi:
    """The operations of the tag User, to be awaited."""

    def __init__(self, send: SendsLater) -> None:
        self._send = send

    async def me(self, fields: str | None = None) -> User:
        """Get the caller.

        Answers the user whom the access token acts as.

        `GET /api/4.0/user`

        Args:
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            User: A user. Ways to sign in that the server does not have are null.

        Raises:
            NotAuthenticated: The client's credential is refused.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(wire_user.me, Masked(fields=fields), Nothing())

    async def all_users(
        self,
        fields: str | None = None,
        page: int | None = None,
        per_page: int | None = None,
        limit: int | None = None,
        offset: int | None = None,
        sorts: str | None = None,
        ids: list[str] | None = None,
    ) -> list[User]:
        """List the users.

        Those who lack `see_users` see themselves.

        `GET /api/4.0/users`

        Args:
            fields: Fields of the answer to give: `id,name`; all if it is left out.
            page: Number of the page.
            per_page: Users of a page.
            limit: How many users to answer.
            offset: How many to pass over first.
            sorts: Fields to sort by.
            ids: Ids of the users wanted.

        Returns:
            list[User]: A user. Ways to sign in that the server does not have are null.

        Raises:
            NotAuthenticated: The client's credential is refused.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_user.all_users,
            AllUsersParams(
                fields=fields,
                page=page,
                per_page=per_page,
                limit=limit,
                offset=offset,
                sorts=sorts,
                ids=ids,
            ),
            Nothing(),
        )

    async def search_users(
        self,
        fields: str | None = None,
        page: int | None = None,
        per_page: int | None = None,
        limit: int | None = None,
        offset: int | None = None,
        sorts: str | None = None,
        id: str | None = None,
        first_name: str | None = None,
        last_name: str | None = None,
        full_name: str | None = None,
        email: str | None = None,
        is_disabled: bool | None = None,
        verified_looker_employee: bool | None = None,
        embed_user: bool | None = None,
        can_manage_api3_creds: bool | None = None,
        is_service_account: bool | None = None,
        content_metadata_id: str | None = None,
        group_id: str | None = None,
        filter_or: bool | None = None,
    ) -> list[User]:
        """Search the users.

        Among those whom `all_users` lists. Patterns match in any case.

        `GET /api/4.0/users/search`

        Args:
            fields: Fields of the answer to give: `id,name`; all if it is left out.
            page: Number of the page.
            per_page: Users of a page.
            limit: How many users to answer.
            offset: How many to pass over first.
            sorts: Fields to sort by.
            id: Ids of users, with commas.
            first_name: First name, with `%` and `_`.
            last_name: Last name, with `%` and `_`.
            full_name: Both names, with `%` and `_`.
            email: Address, with `%` and `_`.
            is_disabled: Whether shut out.
            verified_looker_employee: Nobody is.
            embed_user: Nobody is.
            can_manage_api3_creds: Nobody may.
            is_service_account: Nobody is.
            content_metadata_id: There is none.
            group_id: There are no groups.
            filter_or: Whether one match is enough.

        Returns:
            list[User]: A user. Ways to sign in that the server does not have are null.

        Raises:
            NotAuthenticated: The client's credential is refused.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_user.search_users,
            SearchUsersParams(
                fields=fields,
                page=page,
                per_page=per_page,
                limit=limit,
                offset=offset,
                sorts=sorts,
                id=id,
                first_name=first_name,
                last_name=last_name,
                full_name=full_name,
                email=email,
                is_disabled=is_disabled,
                verified_looker_employee=verified_looker_employee,
                embed_user=embed_user,
                can_manage_api3_creds=can_manage_api3_creds,
                is_service_account=is_service_account,
                content_metadata_id=content_metadata_id,
                group_id=group_id,
                filter_or=filter_or,
            ),
            Nothing(),
        )

    async def search_users_names(
        self,
        pattern: str,
        fields: str | None = None,
        page: int | None = None,
        per_page: int | None = None,
        limit: int | None = None,
        offset: int | None = None,
        sorts: str | None = None,
        id: str | None = None,
        first_name: str | None = None,
        last_name: str | None = None,
        email: str | None = None,
        is_disabled: bool | None = None,
        verified_looker_employee: bool | None = None,
    ) -> list[User]:
        """Search the users by name or address.

        `GET /api/4.0/users/search/names/{pattern}`

        Args:
            pattern: Part of a name or an address; `%` and `_`.
            fields: Fields of the answer to give: `id,name`; all if it is left out.
            page: Number of the page.
            per_page: Users of a page.
            limit: How many users to answer.
            offset: How many to pass over first.
            sorts: Fields to sort by.
            id: Ids of users, with commas.
            first_name: First name, with `%` and `_`.
            last_name: Last name, with `%` and `_`.
            email: Address, with `%` and `_`.
            is_disabled: Whether shut out.
            verified_looker_employee: Nobody is.

        Returns:
            list[User]: A user. Ways to sign in that the server does not have are null.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_user.search_users_names,
            SearchUsersNamesParams(
                pattern=pattern,
                fields=fields,
                page=page,
                per_page=per_page,
                limit=limit,
                offset=offset,
                sorts=sorts,
                id=id,
                first_name=first_name,
                last_name=last_name,
                email=email,
                is_disabled=is_disabled,
                verified_looker_employee=verified_looker_employee,
            ),
            Nothing(),
        )

    async def user(self, user_id: str | int, fields: str | None = None) -> User:
        """Get a user.

        For those who lack `see_users` there is nobody but themselves.

        `GET /api/4.0/users/{user_id}`

        Args:
            user_id: Id of the user.
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            User: A user. Ways to sign in that the server does not have are null.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_user.user, UserParams(user_id=Id(user_id), fields=fields), Nothing()
        )

    async def user_roles(
        self,
        user_id: str | int,
        fields: str | None = None,
        direct_association_only: bool | None = None,
    ) -> list[Role]:
        """List the roles of a user.

        With what each allows, and on which models.

        `GET /api/4.0/users/{user_id}/roles`

        Args:
            user_id: Id of the user.
            fields: Fields of the answer to give: `id,name`; all if it is left out.
            direct_association_only: Leave out roles of groups; there are none.

        Returns:
            list[Role]: A set of permissions on a set of models.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_user.user_roles,
            UserRolesParams(
                user_id=Id(user_id), fields=fields, direct_association_only=direct_association_only
            ),
            Nothing(),
        )

    async def all_user_credentials_api3s(
        self, user_id: str | int, fields: str | None = None
    ) -> list[CredentialsApi3]:
        """List the API credentials of a user.

        `GET /api/4.0/users/{user_id}/credentials_api3`

        Args:
            user_id: Id of the user.
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            list[CredentialsApi3]: An API credential, without its secret.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `administer`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_user.all_user_credentials_api3s,
            UserParams(user_id=Id(user_id), fields=fields),
            Nothing(),
        )

    async def user_credentials_api3(
        self, user_id: str | int, credentials_api3_id: str | int, fields: str | None = None
    ) -> CredentialsApi3:
        """Get an API credential of a user.

        `GET /api/4.0/users/{user_id}/credentials_api3/{credentials_api3_id}`

        Args:
            user_id: Id of the user.
            credentials_api3_id: Id of the credential.
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            CredentialsApi3: An API credential, without its secret.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `administer`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_user.user_credentials_api3,
            UserCredentialParams(
                user_id=Id(user_id), credentials_api3_id=Id(credentials_api3_id), fields=fields
            ),
            Nothing(),
        )

    async def create_user_credentials_api3(
        self, user_id: str | int, fields: str | None = None
    ) -> CreateCredentialsApi3:
        """Create an API credential of a user.

        The secret is in this answer only.

        `POST /api/4.0/users/{user_id}/credentials_api3`

        Args:
            user_id: Id of the user.
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            CreateCredentialsApi3: A new API credential, with its secret: it is shown this once.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `administer`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_user.create_user_credentials_api3,
            UserParams(user_id=Id(user_id), fields=fields),
            Nothing(),
        )

    async def delete_user_credentials_api3(
        self, user_id: str | int, credentials_api3_id: str | int
    ) -> None:
        """Revoke an API credential of a user.

        Tokens made by it end at once.

        `DELETE /api/4.0/users/{user_id}/credentials_api3/{credentials_api3_id}`

        Args:
            user_id: Id of the user.
            credentials_api3_id: Id of the credential.

        Returns:
            None: Nothing.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `administer`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        await self._send(
            wire_user.delete_user_credentials_api3,
            DeleteUserCredentialParams(
                user_id=Id(user_id), credentials_api3_id=Id(credentials_api3_id)
            ),
            Nothing(),
        )


class AsyncRoleApi:
    """The operations of the tag Role, to be awaited."""

    def __init__(self, send: SendsLater) -> None:
        self._send = send

    async def all_roles(
        self,
        fields: str | None = None,
        ids: list[str] | None = None,
        get_all_support_roles: bool | None = None,
    ) -> list[Role]:
        """List the roles.

        Those who lack `see_users` see their own.

        `GET /api/4.0/roles`

        Args:
            fields: Fields of the answer to give: `id,name`; all if it is left out.
            ids: Ids of the roles wanted.
            get_all_support_roles: Also roles of Looker's support; there are none.

        Returns:
            list[Role]: A set of permissions on a set of models.

        Raises:
            NotAuthenticated: The client's credential is refused.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_role.all_roles,
            AllRolesParams(fields=fields, ids=ids, get_all_support_roles=get_all_support_roles),
            Nothing(),
        )

    async def role(self, role_id: str | int) -> Role:
        """Get a role.

        One of those that `all_roles` lists.

        `GET /api/4.0/roles/{role_id}`

        Args:
            role_id: Id of the role.

        Returns:
            Role: A set of permissions on a set of models.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(wire_role.role, RoleParams(role_id=Id(role_id)), Nothing())

    async def role_users(
        self,
        role_id: str | int,
        fields: str | None = None,
        direct_association_only: bool | None = None,
    ) -> list[User]:
        """List the users who have a role.

        Those who lack `see_users` see themselves.

        `GET /api/4.0/roles/{role_id}/users`

        Args:
            role_id: Id of the role.
            fields: Fields of the answer to give: `id,name`; all if it is left out.
            direct_association_only: Leave out users of groups; there are none.

        Returns:
            list[User]: A user. Ways to sign in that the server does not have are null.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_role.role_users,
            RoleUsersParams(
                role_id=Id(role_id), fields=fields, direct_association_only=direct_association_only
            ),
            Nothing(),
        )


class AsyncConfigApi:
    """The operations of the tag Config, to be awaited."""

    def __init__(self, send: SendsLater) -> None:
        self._send = send

    async def versions(self, fields: str | None = None) -> ApiVersion:
        """List the API versions.

        Answers which API versions the server speaks and where. Needs no token.

        `GET /api/4.0/versions`

        Args:
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            ApiVersion: What the server is and where.

        Raises:
            Invalid: An argument makes no sense to the server.
            TransportError: There was no answer.
        """
        return await self._send(wire_config.versions, Masked(fields=fields), Nothing())

    async def api_spec(self, api_version: str, specification: str) -> dict[str, Any]:
        """Get the description of an API version.

        `GET /api/4.0/api_spec/{api_version}/{specification}`

        Args:
            api_version: API version: `3.1` or `4.0`.
            specification: `swagger.json` or `openapi.json`.

        Returns:
            dict[str, Any]: The document as plain values.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_config.api_spec,
            ApiSpecParams(api_version=api_version, specification=specification),
            Nothing(),
        )

    async def swagger(self) -> dict[str, Any]:
        """Get the OpenAPI description of what is served.

        Answers the OpenAPI document of this API version. Needs no token.

        `GET /api/4.0/swagger.json`

        Returns:
            dict[str, Any]: The document as plain values.

        Raises:
            TransportError: There was no answer.
        """
        return await self._send(wire_config.swagger, Nothing(), Nothing())

    async def alive(self) -> Alive:
        """Whether the server answers.

        Answers 200. Needs no token.

        `GET /api/4.0/alive`

        Returns:
            Alive: The server answers.

        Raises:
            TransportError: There was no answer.
        """
        return await self._send(wire_config.alive, Nothing(), Nothing())


class AsyncLookalikeApi:
    """The operations of the tag Lookalike, to be awaited."""

    def __init__(self, send: SendsLater) -> None:
        self._send = send

    async def compare_workspaces(
        self, from_: str, to: str, fields: str | None = None
    ) -> Comparison:
        """Compare two workspaces.

        Answers what differs in meaning from one workspace to the other, and which SQL differs
        because of it. No session changes its workspace for it.

        `GET /api/4.0/lookalike/compare`

        Args:
            from_: Workspace to compare from: `production`, `@v1.2`.
            to: Workspace to compare to: `dev`, `dev:ci`, `@main`.
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            Comparison: What two workspaces say differently. `is_complete` is false where there
                was more SQL to compare than is compared at once.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `see_lookml`.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_extensions.compare_workspaces,
            CompareParams(from_=from_, to=to, fields=fields),
            Nothing(),
        )

    async def all_deployments(
        self, project_id: str, fields: str | None = None, limit: int = 100
    ) -> list[Deployment]:
        """List the deploys of a project.

        Answers what was deployed, newest first.

        `GET /api/4.0/lookalike/projects/{project_id}/deployments`

        Args:
            project_id: Id of the project.
            fields: Fields of the answer to give: `id,name`; all if it is left out.
            limit: How many at most, 1 to 1000.

        Returns:
            list[Deployment]: A deploy that has happened: from which commit to which, and what
                that changed.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_extensions.all_deployments,
            DeploymentsParams(project_id=project_id, fields=fields, limit=limit),
            Nothing(),
        )

    async def undo_deploy(self, project_id: str, fields: str | None = None) -> Deployment:
        """Take the last deploy back.

        Makes production what it was before; once more deploys it again.

        `POST /api/4.0/lookalike/projects/{project_id}/undo_deploy`

        Args:
            project_id: Id of the project.
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            Deployment: A deploy that has happened: from which commit to which, and what that
                changed.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `deploy`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_extensions.undo_deploy, UndoParams(project_id=project_id, fields=fields), Nothing()
        )

    async def project_file_text(self, project_id: str, path: str) -> FileText:
        """Read a file with its version.

        `GET /api/4.0/lookalike/projects/{project_id}/file`

        Args:
            project_id: Id of the project.
            path: Path of the file.

        Returns:
            FileText: A file with its text, and the version that a save may expect.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_extensions.project_file_text,
            TextParams(project_id=project_id, path=path),
            Nothing(),
        )

    async def rename_project_file(
        self, project_id: str, body: WriteRename | Mapping[str, Any], fields: str | None = None
    ) -> ProjectFile:
        """Give a file another path.

        A path that is taken is a 409. Only in a developer workspace.

        `POST /api/4.0/lookalike/projects/{project_id}/rename_file`

        Args:
            project_id: Id of the project.
            body: Which file, and its new path. A mapping will do.
            fields: Fields of the answer to give: `id,name`; all if it is left out.

        Returns:
            ProjectFile: A file of a project. The id is its path.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `develop`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(
            wire_extensions.rename_project_file,
            UndoParams(project_id=project_id, fields=fields),
            body_of(WriteRename, body),
        )

    async def run_query_in_workspace(
        self,
        query_id: str | int,
        result_format: str,
        workspace: str,
        limit: int | None = None,
        apply_formatting: bool = False,
    ) -> str:
        """Run a saved query on the LookML of any workspace.

        Runs a saved query as of a commit, a tag or a branch, or in any workspace of the caller;
        the session stays where it is.

        `GET /api/4.0/lookalike/queries/{query_id}/run/{result_format}`

        Args:
            query_id: Id of the query.
            result_format: Format of the answer, as for `run_query`.
            workspace: Workspace to read the LookML of: `@5d41402a`, `shop@v1.2`, `dev`.
            limit: Row limit in place of the query's; -1 is none.
            apply_formatting: Write values as their value format says.

        Returns:
            str: The answer as text, in the format that was asked for.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `develop`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return (
            await self._send(
                wire_extensions.run_query_in_workspace,
                RunInParams(
                    query_id=Id(query_id),
                    result_format=result_format,
                    workspace=workspace,
                    limit=limit,
                    apply_formatting=apply_formatting,
                ),
                Nothing(),
            )
        ).text

    async def delete_workspace(self, workspace_id: str) -> None:
        """Delete a named developer workspace.

        What is not committed or not pushed is kept on a parked ref.

        `DELETE /api/4.0/lookalike/workspaces/{workspace_id}`

        Args:
            workspace_id: Id of the workspace: `dev:ci`.

        Returns:
            None: Nothing.

        Raises:
            NotAuthenticated: The client's credential is refused.
            NotAllowed: The caller lacks the permission `develop`.
            NotFound: There is no such thing, or the caller may not see it.
            Invalid: An argument makes no sense to the server.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        await self._send(
            wire_extensions.delete_workspace,
            DeleteWorkspaceParams(workspace_id=workspace_id),
            Nothing(),
        )


class Methods:
    """All operations, grouped by tag."""

    def __init__(self, send: Sends) -> None:
        self.auth = ApiAuth(send)
        self.session = SessionApi(send)
        self.workspace = WorkspaceApi(send)
        self.project = ProjectApi(send)
        self.lookml_model = LookmlModelApi(send)
        self.metadata = MetadataApi(send)
        self.datagroup = DatagroupApi(send)
        self.derived_table = DerivedTableApi(send)
        self.connection = ConnectionApi(send)
        self.query = QueryApi(send)
        self.dashboard = DashboardApi(send)
        self.folder = FolderApi(send)
        self.look = LookApi(send)
        self.user = UserApi(send)
        self.role = RoleApi(send)
        self.config = ConfigApi(send)
        self.lookalike = LookalikeApi(send)


class AsyncMethods:
    """All operations, grouped by tag."""

    def __init__(self, send: SendsLater) -> None:
        self.auth = AsyncApiAuth(send)
        self.session = AsyncSessionApi(send)
        self.workspace = AsyncWorkspaceApi(send)
        self.project = AsyncProjectApi(send)
        self.lookml_model = AsyncLookmlModelApi(send)
        self.metadata = AsyncMetadataApi(send)
        self.datagroup = AsyncDatagroupApi(send)
        self.derived_table = AsyncDerivedTableApi(send)
        self.connection = AsyncConnectionApi(send)
        self.query = AsyncQueryApi(send)
        self.dashboard = AsyncDashboardApi(send)
        self.folder = AsyncFolderApi(send)
        self.look = AsyncLookApi(send)
        self.user = AsyncUserApi(send)
        self.role = AsyncRoleApi(send)
        self.config = AsyncConfigApi(send)
        self.lookalike = AsyncLookalikeApi(send)
