"""ApiAuth: how a client gets and gives back its access token."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from lookalike.wire.ids import Id
from lookalike.wire.operation import SIGNED_IN, Nothing, Operation


class AccessToken(Struct, frozen=True, kw_only=True):
    """A bearer token and how many seconds it lives.

    API credentials never have a `refresh_token`.
    """

    access_token: str
    token_type: str = "Bearer"
    expires_in: int
    refresh_token: str | None = None


class Credentials(Struct, frozen=True, kw_only=True):
    """An API credential, in the body or as query parameters."""

    client_id: Annotated[str | None, Meta(description="Id of the API credential.")] = None
    client_secret: Annotated[str | None, Meta(description="Secret of the API credential.")] = None


class LoginUserParams(Struct, frozen=True, kw_only=True):
    user_id: Annotated[Id, Meta(description="Id of the user to act as.")]
    associative: Annotated[
        bool | None,
        Meta(description="Only in 3.1, and without effect: the token acts as the user."),
    ] = None


login = Operation(
    name="login",
    method="POST",
    path="/login",
    tag="ApiAuth",
    summary="Log in with an API credential",
    description=(
        "Exchanges the id and secret of an API credential for an access token. The body is a"
        " urlencoded form (or JSON);"
        " the same two as query parameters work too. Each login begins a new session in the"
        " `production` workspace."
        " Send the token with every further request as `Authorization: Bearer <token>`. It is"
        " good for both API"
        " versions and expires after `expires_in` seconds, counted from the login. An unknown id"
        " and a wrong secret"
        " are both a 404."
    ),
    params=Credentials,
    body=Credentials,
    answer=AccessToken,
    public=True,
    takes_form=True,
)

login_user = Operation(
    name="login_user",
    method="POST",
    path="/login/{user_id}",
    tag="ApiAuth",
    summary="Log in as another user",
    description=(
        "Answers an access token that acts as the user. The session of the new token says in"
        " `sudo_user_id` who really"
        " asks. The token ends with the session that made it."
    ),
    params=LoginUserParams,
    body=Nothing,
    answer=AccessToken,
    needs="sudo",
)

logout = Operation(
    name="logout",
    method="DELETE",
    path="/logout",
    tag="ApiAuth",
    summary="End the session",
    description="Ends the session of the token at once, and the sessions it made by `login_user`.",
    params=Nothing,
    body=Nothing,
    answer=Nothing,
    needs=SIGNED_IN,
    bare=("/api/logout",),
)

OPERATIONS = (login, login_user, logout)
