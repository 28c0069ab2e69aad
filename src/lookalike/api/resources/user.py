"""User: the caller and the others of the instance, their roles and their API credentials."""

from __future__ import annotations

from typing import Any

from lookalike.api import searches
from lookalike.api.call import Call
from lookalike.api.handlers import Lane, serves
from lookalike.api.row_ids import row_id
from lookalike.instance import login, people
from lookalike.instance.access import Permission
from lookalike.instance.login import PersonCredential
from lookalike.instance.people import Person, PersonRole
from lookalike.wire import user
from lookalike.wire.ids import Id
from lookalike.wire.operation import Masked, Nothing


@serves(user.me, Lane.IN_PLACE)
def get_me(call: Call, params: Masked, body: Nothing) -> user.User:
    return user_out(call, call.caller.user)


@serves(user.all_users, Lane.IN_PLACE)
def all_users(call: Call, params: user.AllUsersParams, body: Nothing) -> list[user.User]:
    found = [
        user_out(call, each)
        for each in people.list_users(call.instance, call.caller)
        if params.ids is None or str(each.id) in params.ids
    ]
    return searches.page_of(found, params)


@serves(user.search_users, Lane.IN_PLACE)
def search_users(call: Call, params: user.SearchUsersParams, body: Nothing) -> list[user.User]:
    listed = [user_out(call, each) for each in people.list_users(call.instance, call.caller)]
    return searches.page_of([each for each in listed if _is_meant(each, params)], params)


@serves(user.search_users_names, Lane.IN_PLACE)
def search_names(call: Call, params: user.SearchUsersNamesParams, body: Nothing) -> list[user.User]:
    listed = [user_out(call, each) for each in people.list_users(call.instance, call.caller)]
    return searches.page_of([each for each in listed if _is_named(each, params)], params)


@serves(user.user, Lane.IN_PLACE)
def get_user(call: Call, params: user.UserParams, body: Nothing) -> user.User:
    id_ = row_id(params.user_id, "user")
    return user_out(call, people.get_user(call.instance, call.caller, id_))


@serves(user.user_roles, Lane.IN_PLACE)
def list_roles(call: Call, params: user.UserRolesParams, body: Nothing) -> list[user.Role]:
    id_ = row_id(params.user_id, "user")
    return [role_out(call, each) for each in people.roles_of(call.instance, call.caller, id_)]


@serves(user.all_user_credentials_api3s, Lane.IN_PLACE)
def list_credentials(
    call: Call, params: user.UserParams, body: Nothing
) -> list[user.CredentialsApi3]:
    id_ = row_id(params.user_id, "user")
    found = login.credentials_of(call.instance, call.caller, id_)
    return [user.CredentialsApi3(**credential_out(call, each)) for each in found]


@serves(user.user_credentials_api3, Lane.IN_PLACE)
def get_credential(
    call: Call, params: user.UserCredentialParams, body: Nothing
) -> user.CredentialsApi3:
    id_ = row_id(params.user_id, "user")
    credential = row_id(params.credentials_api3_id, "credential")
    found = login.credential_of(call.instance, call.caller, id_, credential)
    return user.CredentialsApi3(**credential_out(call, found))


@serves(user.create_user_credentials_api3)
def create_credential(
    call: Call, params: user.UserParams, body: Nothing
) -> user.CreateCredentialsApi3:
    id_ = row_id(params.user_id, "user")
    made = login.add_credential(call.instance, call.caller, id_)
    return user.CreateCredentialsApi3(
        **credential_out(call, made.credential), client_secret=made.client_secret
    )


@serves(user.delete_user_credentials_api3)
def delete_credential(
    call: Call, params: user.DeleteUserCredentialParams, body: Nothing
) -> Nothing:
    id_ = row_id(params.user_id, "user")
    credential = row_id(params.credentials_api3_id, "credential")
    login.remove_credential(call.instance, call.caller, id_, credential)
    return Nothing()


@serves(user.all_roles, Lane.IN_PLACE)
def all_roles(call: Call, params: user.AllRolesParams, body: Nothing) -> list[user.Role]:
    return [
        role_out(call, each)
        for each in people.list_roles(call.instance, call.caller)
        if params.ids is None or str(each.id) in params.ids
    ]


@serves(user.role, Lane.IN_PLACE)
def get_role(call: Call, params: user.RoleParams, body: Nothing) -> user.Role:
    id_ = row_id(params.role_id, "role")
    return role_out(call, people.get_role(call.instance, call.caller, id_))


@serves(user.role_users, Lane.IN_PLACE)
def list_holders(call: Call, params: user.RoleUsersParams, body: Nothing) -> list[user.User]:
    role = people.get_role(call.instance, call.caller, row_id(params.role_id, "role"))
    found = people.list_users(call.instance, call.caller)
    return [user_out(call, each) for each in found if role.id in each.role_ids]


def user_out(call: Call, found: Person) -> user.User:
    name = f"{found.first_name} {found.last_name}".strip()
    return user.User(
        can={
            "show": True,
            "show_details": True,
            "sudo": call.caller.may(Permission.SUDO),
            "update": False,
        },
        display_name=name or found.email,
        email=found.email,
        first_name=found.first_name,
        group_ids=[],
        id=Id(found.id),
        is_disabled=found.is_disabled,
        last_name=found.last_name,
        locale=found.locale,
        models_dir_validated=True,
        role_ids=[Id(each) for each in found.role_ids],
        presumed_looker_employee=False,
        verified_looker_employee=False,
        roles_externally_managed=False,
        allow_direct_roles=True,
        allow_normal_group_membership=True,
        allow_roles_from_normal_groups=True,
        is_iam_admin=False,
        can_manage_api3_creds=False,
        is_service_account=False,
        url=f"{call.base_url}/users/{found.id}",
    )


def credential_out(call: Call, found: PersonCredential) -> dict[str, Any]:
    """The properties that both schemas of a credential have."""
    return {
        "can": {"show": True, "delete": True},
        "id": Id(found.id),
        "client_id": found.client_id,
        "created_at": found.created_at.isoformat(timespec="milliseconds"),
        "is_disabled": found.is_disabled,
        "type": "api3",
        "url": f"{call.base_url}/users/{found.user}/credentials_api3/{found.id}",
    }


def role_out(call: Call, found: PersonRole) -> user.Role:
    """A role has a set of permissions and a set of models to itself, under its own id."""
    id_, can = Id(found.id), {"show": True, "index": True, "update": False}
    return user.Role(
        can=can,
        id=id_,
        name=found.name,
        permission_set=user.PermissionSet(
            can=can,
            all_access=found.permissions.issuperset(Permission),
            built_in=True,
            id=id_,
            name=found.name,
            permissions=sorted(found.permissions),
            url=f"{call.base_url}/permission_sets/{found.id}",
        ),
        model_set=user.ModelSet(
            can=can,
            all_access=found.models is None,
            built_in=True,
            id=id_,
            models=sorted(found.models or ()),
            name=found.name,
            url=f"{call.base_url}/model_sets/{found.id}",
        ),
        internal=False,
        url=f"{call.base_url}/roles/{found.id}",
        users_url=f"{call.base_url}/roles/{found.id}/users",
    )


def _is_meant(found: user.User, asked: user.SearchUsersParams) -> bool:
    return searches.is_meant(
        (
            searches.among(asked.id, found.id),
            searches.like(asked.first_name, found.first_name),
            searches.like(asked.last_name, found.last_name),
            searches.like(asked.full_name, f"{found.first_name} {found.last_name}"),
            searches.like(asked.email, found.email),
            searches.equal(asked.is_disabled, bool(found.is_disabled)),
            searches.equal(asked.verified_looker_employee, False),
            searches.equal(asked.embed_user, False),
            searches.equal(asked.can_manage_api3_creds, False),
            searches.equal(asked.is_service_account, False),
            searches.among(asked.content_metadata_id, None),
            searches.among(asked.group_id, None),
        ),
        asked.filter_or,
    )


def _is_named(found: user.User, asked: user.SearchUsersNamesParams) -> bool:
    """Rule: API, search_users_names: the pattern is part of any name, and the rest must all fit."""
    names = (found.first_name, found.last_name, found.email)
    return any(searches.like(f"%{asked.pattern}%", name) for name in names) and searches.is_meant(
        (
            searches.among(asked.id, found.id),
            searches.like(asked.first_name, found.first_name),
            searches.like(asked.last_name, found.last_name),
            searches.like(asked.email, found.email),
            searches.equal(asked.is_disabled, bool(found.is_disabled)),
            searches.equal(asked.verified_looker_employee, False),
        ),
        False,
    )
