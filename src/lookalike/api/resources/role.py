"""Role: the roles of the instance, and who holds them."""

from __future__ import annotations

from lookalike.api import people as shown
from lookalike.api.call import Call
from lookalike.api.handlers import Lane, serves
from lookalike.api.row_ids import row_id
from lookalike.instance import people
from lookalike.wire import role, user
from lookalike.wire.operation import Nothing


@serves(role.all_roles, Lane.IN_PLACE)
def all_roles(call: Call, params: role.AllRolesParams, body: Nothing) -> list[user.Role]:
    found = people.list_roles(call.instance, call.caller, params.ids)
    return [shown.role_out(call, each) for each in found]


@serves(role.role, Lane.IN_PLACE)
def get_role(call: Call, params: role.RoleParams, body: Nothing) -> user.Role:
    id_ = row_id(params.role_id, "role")
    return shown.role_out(call, people.get_role(call.instance, call.caller, id_))


@serves(role.role_users, Lane.IN_PLACE)
def list_holders(call: Call, params: role.RoleUsersParams, body: Nothing) -> list[user.User]:
    id_ = row_id(params.role_id, "role")
    found = people.holders_of(call.instance, call.caller, id_)
    return shown.users_out(call, found)
