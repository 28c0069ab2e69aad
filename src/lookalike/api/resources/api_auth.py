"""ApiAuth: tokens in and out."""

from __future__ import annotations

from lookalike.api.call import Call, OpenCall
from lookalike.api.handlers import Lane, serves, serves_anyone
from lookalike.api.row_ids import row_id
from lookalike.instance import login
from lookalike.instance.errors import NotFound
from lookalike.wire import api_auth
from lookalike.wire.operation import Nothing
from lookalike.wire.refusals import Malformed


@serves_anyone(api_auth.login, Lane.IN_PLACE)
def log_in(
    call: OpenCall, params: api_auth.Credentials, body: api_auth.Credentials
) -> api_auth.AccessToken:
    client_id = body.client_id or params.client_id
    secret = body.client_secret or params.client_secret
    if not client_id or not secret:
        raise Malformed("login needs `client_id` and `client_secret`; send both as a form")
    call.logins.admit(client_id, call.instance.clock())
    try:
        return token_out(login.log_in(call.instance, client_id, secret))
    except NotFound:
        call.logins.fail(client_id, call.instance.clock())
        raise


@serves(api_auth.login_user)
def log_in_as(call: Call, params: api_auth.LoginUserParams, body: Nothing) -> api_auth.AccessToken:
    user = row_id(params.user_id, "user")
    return token_out(login.log_in_as(call.instance, call.caller, user))


@serves(api_auth.logout)
def log_out(call: Call, params: Nothing, body: Nothing) -> Nothing:
    login.log_out(call.instance, call.caller)
    return Nothing()


def token_out(token: login.AccessToken) -> api_auth.AccessToken:
    return api_auth.AccessToken(access_token=token.token, expires_in=token.expires_in)
