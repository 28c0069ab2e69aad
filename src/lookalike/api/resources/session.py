"""Session: the workspace of a token."""

from __future__ import annotations

from lookalike.api.call import Call
from lookalike.api.handlers import Lane, serves
from lookalike.instance import workspaces
from lookalike.instance.access import Caller, Permission
from lookalike.wire import session
from lookalike.wire.ids import Id
from lookalike.wire.operation import Nothing


@serves(session.session, Lane.IN_PLACE)
def get_session(call: Call, params: Nothing, body: Nothing) -> session.ApiSession:
    return session_out(call.caller, call.caller.session.workspace)


@serves(session.update_session)
def update_session(
    call: Call, params: Nothing, body: session.WriteApiSession
) -> session.ApiSession:
    if body.workspace_id is None:
        return session_out(call.caller, call.caller.session.workspace)
    entered = workspaces.enter(call.instance, call.caller, body.workspace_id)
    return session_out(call.caller, entered.workspace)


def session_out(caller: Caller, workspace: str) -> session.ApiSession:
    real_user = caller.session.real_user
    return session.ApiSession(
        can={"show": True, "update": True, "develop": caller.may(Permission.DEVELOP)},
        workspace_id=workspace,
        sudo_user_id=None if real_user is None else Id(real_user),
    )
