"""Session: the API session of a token, and the workspace it works in."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from lookalike.wire.ids import Id
from lookalike.wire.operation import SIGNED_IN, Nothing, Operation


class ApiSession(Struct, frozen=True, kw_only=True):
    """The session that belongs to the access token."""

    can: Annotated[
        dict[str, bool] | None, Meta(description="What the caller may do with the session.")
    ] = None
    workspace_id: Annotated[str | None, Meta(description="The workspace of the session.")] = None
    sudo_user_id: Annotated[
        Id | None,
        Meta(description="Who really asks, if the token was made by `login_user`; else null."),
    ] = None


class WriteApiSession(Struct, frozen=True, kw_only=True):
    """What of a session can be changed."""

    workspace_id: Annotated[
        str | None,
        Meta(description="The workspace to enter: `production`, `dev`, `dev:<name>` or `@<ref>`."),
    ] = None


session = Operation(
    name="session",
    method="GET",
    path="/session",
    tag="Session",
    summary="Get the session",
    description=(
        "Answers the session of the access token: which workspace it works in, and who really asks."
        " The workspace decides which version of the LookML every other request of this token sees."
    ),
    params=Nothing,
    body=Nothing,
    answer=ApiSession,
    needs=SIGNED_IN,
)

update_session = Operation(
    name="update_session",
    method="PATCH",
    path="/session",
    tag="Session",
    summary="Choose the workspace of the session",
    description=(
        "Enters a workspace and answers the whole session. `dev` is the caller's own version of"
        " every project; `dev:<name>` is a further one, made on first use. `@<ref>`, or"
        " `<project>@<ref>,<project>@<ref>`, is a branch, a tag or a commit, read-only and"
        " unchanging until the session ends. All but `production` need the permission `develop`."
        " The choice holds for this token only. An unknown workspace is a 422 that names the field."
    ),
    params=Nothing,
    body=WriteApiSession,
    answer=ApiSession,
    needs=SIGNED_IN,
)

OPERATIONS = (session, update_session)
