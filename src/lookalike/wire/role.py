"""Role: what may be done on which models, and who holds that."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from lookalike.wire.ids import Id
from lookalike.wire.operation import SIGNED_IN, Masked, Nothing, Operation
from lookalike.wire.user import Role, User


class AllRolesParams(Masked, frozen=True, kw_only=True):
    ids: Annotated[list[str] | None, Meta(description="Ids of the roles wanted.")] = None
    get_all_support_roles: Annotated[
        bool | None, Meta(description="Also roles of Looker's support; there are none.")
    ] = None


class RoleParams(Struct, frozen=True, kw_only=True):
    role_id: Annotated[Id, Meta(description="Id of the role.")]


class RoleUsersParams(Masked, frozen=True, kw_only=True):
    role_id: Annotated[Id, Meta(description="Id of the role.")]
    direct_association_only: Annotated[
        bool | None, Meta(description="Leave out users of groups; there are none.")
    ] = None


all_roles = Operation(
    name="all_roles",
    method="GET",
    path="/roles",
    tag="Role",
    summary="List the roles",
    description="Those who lack `see_users` see their own.",
    params=AllRolesParams,
    body=Nothing,
    answer=list[Role],
    needs=SIGNED_IN,
)

role = Operation(
    name="role",
    method="GET",
    path="/roles/{role_id}",
    tag="Role",
    summary="Get a role",
    description="One of those that `all_roles` lists.",
    params=RoleParams,
    body=Nothing,
    answer=Role,
    needs=SIGNED_IN,
)

role_users = Operation(
    name="role_users",
    method="GET",
    path="/roles/{role_id}/users",
    tag="Role",
    summary="List the users who have a role",
    description="Those who lack `see_users` see themselves.",
    params=RoleUsersParams,
    body=Nothing,
    answer=list[User],
    needs=SIGNED_IN,
)

OPERATIONS = (all_roles, role, role_users)
