"""User: the caller and the others of the instance, their roles and their API credentials."""

from __future__ import annotations

from msgspec.structs import asdict

from lookalike.api import people as shown
from lookalike.api import searches
from lookalike.api.call import Call
from lookalike.api.handlers import Lane, serves
from lookalike.api.row_ids import row_id
from lookalike.instance import credentials, people
from lookalike.wire import user
from lookalike.wire.operation import Masked, Nothing


@serves(user.me, Lane.IN_PLACE)
def get_me(call: Call, params: Masked, body: Nothing) -> user.User:
    return shown.user_out(call, call.caller.user)


@serves(user.all_users, Lane.IN_PLACE)
def all_users(call: Call, params: user.AllUsersParams, body: Nothing) -> list[user.User]:
    found = people.list_users(call.instance, call.caller, params.ids)
    return searches.page_of(shown.users_out(call, found), params)


@serves(user.search_users, Lane.IN_PLACE)
def search_users(call: Call, params: user.SearchUsersParams, body: Nothing) -> list[user.User]:
    listed = shown.users_out(call, people.list_users(call.instance, call.caller))
    return searches.page_of([each for each in listed if _is_meant(each, params)], params)


@serves(user.search_users_names, Lane.IN_PLACE)
def search_names(call: Call, params: user.SearchUsersNamesParams, body: Nothing) -> list[user.User]:
    listed = shown.users_out(call, people.list_users(call.instance, call.caller))
    return searches.page_of([each for each in listed if _is_named(each, params)], params)


@serves(user.user, Lane.IN_PLACE)
def get_user(call: Call, params: user.UserParams, body: Nothing) -> user.User:
    id_ = row_id(params.user_id, "user")
    return shown.user_out(call, people.get_user(call.instance, call.caller, id_))


@serves(user.user_roles, Lane.IN_PLACE)
def list_roles(call: Call, params: user.UserRolesParams, body: Nothing) -> list[user.Role]:
    id_ = row_id(params.user_id, "user")
    return [shown.role_out(call, each) for each in people.roles_of(call.instance, call.caller, id_)]


@serves(user.all_user_credentials_api3s, Lane.IN_PLACE)
def list_credentials(
    call: Call, params: user.UserParams, body: Nothing
) -> list[user.CredentialsApi3]:
    id_ = row_id(params.user_id, "user")
    found = credentials.list_credentials(call.instance, call.caller, id_)
    return [shown.credential_out(call, each) for each in found]


@serves(user.user_credentials_api3, Lane.IN_PLACE)
def get_credential(
    call: Call, params: user.UserCredentialParams, body: Nothing
) -> user.CredentialsApi3:
    id_ = row_id(params.user_id, "user")
    credential = row_id(params.credentials_api3_id, "credential")
    found = credentials.get_credential(call.instance, call.caller, id_, credential)
    return shown.credential_out(call, found)


@serves(user.create_user_credentials_api3)
def create_credential(
    call: Call, params: user.UserParams, body: Nothing
) -> user.CreateCredentialsApi3:
    id_ = row_id(params.user_id, "user")
    made = credentials.add_credential(call.instance, call.caller, id_)
    known = asdict(shown.credential_out(call, made.credential))
    return user.CreateCredentialsApi3(**known, client_secret=made.client_secret)


@serves(user.delete_user_credentials_api3)
def delete_credential(
    call: Call, params: user.DeleteUserCredentialParams, body: Nothing
) -> Nothing:
    id_ = row_id(params.user_id, "user")
    credential = row_id(params.credentials_api3_id, "credential")
    credentials.remove_credential(call.instance, call.caller, id_, credential)
    return Nothing()


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
