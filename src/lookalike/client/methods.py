"""Methods: every operation as a method of its tag, blocking and not.

Made by `python -m tests.client.generate` from the operations of `wire`; edit those, not this file.
"""

# ruff: noqa: PLR0913 - the arguments are those of the published operations
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol, TypeVar

from msgspec import Struct

from lookalike.client.bodies import body_of
from lookalike.wire import api_auth as wire_api_auth
from lookalike.wire import config as wire_config
from lookalike.wire import lookml_model as wire_lookml_model
from lookalike.wire import project as wire_project
from lookalike.wire import query as wire_query
from lookalike.wire import session as wire_session
from lookalike.wire import user as wire_user
from lookalike.wire import workspace as wire_workspace
from lookalike.wire.api_auth import AccessToken, Credentials, LoginUserParams
from lookalike.wire.config import Alive, ApiSpecParams, ApiVersion
from lookalike.wire.ids import Id
from lookalike.wire.lookml_model import (
    AllModelsParams,
    ExploreParams,
    LookmlModel,
    LookmlModelExplore,
    ModelParams,
)
from lookalike.wire.operation import Masked, Nothing, Operation
from lookalike.wire.project import Project, ProjectParams, ProjectWorkspace
from lookalike.wire.query import (
    Query,
    QueryParams,
    RunParams,
    RunQueryParams,
    SlugParams,
    UrlQueryParams,
    WriteQuery,
)
from lookalike.wire.session import ApiSession, WriteApiSession
from lookalike.wire.user import User
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

        Enters the workspace `production` or `dev` and answers the whole session. `dev` is the
        caller's own version of every project, and needs the permission `develop`. The choice
        holds for this token only: a new login begins in `production` again. An unknown
        workspace is a 422 that names the field.

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

        Answers the two workspaces with the projects that the caller sees in them.

        `GET /api/4.0/workspaces`

        Returns:
            list[Workspace]: `production`, shared by all, or `dev`, each user's own.

        Raises:
            NotAuthenticated: The client's credential is refused.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return self._send(wire_workspace.all_workspaces, Nothing(), Nothing())

    def workspace(self, workspace_id: str) -> Workspace:
        """Get a workspace.

        `GET /api/4.0/workspaces/{workspace_id}`

        Args:
            workspace_id: `production` or `dev`.

        Returns:
            Workspace: `production`, shared by all, or `dev`, each user's own.

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
            generate_drill_links: Without effect.
            force_production: Read the LookML of `production` whatever the session's workspace
                is.
            cache_only: Without effect: nothing is kept.
            path_prefix: Without effect.
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
            generate_drill_links: Without effect.
            force_production: Read the LookML of `production` whatever the session's workspace
                is.
            cache_only: Without effect: nothing is kept.
            path_prefix: Without effect.
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

        Enters the workspace `production` or `dev` and answers the whole session. `dev` is the
        caller's own version of every project, and needs the permission `develop`. The choice
        holds for this token only: a new login begins in `production` again. An unknown
        workspace is a 422 that names the field.

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

        Answers the two workspaces with the projects that the caller sees in them.

        `GET /api/4.0/workspaces`

        Returns:
            list[Workspace]: `production`, shared by all, or `dev`, each user's own.

        Raises:
            NotAuthenticated: The client's credential is refused.
            WorkspaceLost: The session was renewed and could not enter its workspace again.
            TransportError: There was no answer.
        """
        return await self._send(wire_workspace.all_workspaces, Nothing(), Nothing())

    async def workspace(self, workspace_id: str) -> Workspace:
        """Get a workspace.

        `GET /api/4.0/workspaces/{workspace_id}`

        Args:
            workspace_id: `production` or `dev`.

        Returns:
            Workspace: `production`, shared by all, or `dev`, each user's own.

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
            generate_drill_links: Without effect.
            force_production: Read the LookML of `production` whatever the session's workspace
                is.
            cache_only: Without effect: nothing is kept.
            path_prefix: Without effect.
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
            generate_drill_links: Without effect.
            force_production: Read the LookML of `production` whatever the session's workspace
                is.
            cache_only: Without effect: nothing is kept.
            path_prefix: Without effect.
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


class Methods:
    """All operations, grouped by tag."""

    def __init__(self, send: Sends) -> None:
        self.auth = ApiAuth(send)
        self.session = SessionApi(send)
        self.workspace = WorkspaceApi(send)
        self.project = ProjectApi(send)
        self.lookml_model = LookmlModelApi(send)
        self.query = QueryApi(send)
        self.user = UserApi(send)
        self.config = ConfigApi(send)


class AsyncMethods:
    """All operations, grouped by tag."""

    def __init__(self, send: SendsLater) -> None:
        self.auth = AsyncApiAuth(send)
        self.session = AsyncSessionApi(send)
        self.workspace = AsyncWorkspaceApi(send)
        self.project = AsyncProjectApi(send)
        self.lookml_model = AsyncLookmlModelApi(send)
        self.query = AsyncQueryApi(send)
        self.user = AsyncUserApi(send)
        self.config = AsyncConfigApi(send)
