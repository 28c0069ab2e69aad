"""User: people as far as the API shows them, with their roles and their API credentials."""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import Meta, Struct

from lookalike.wire.ids import Id
from lookalike.wire.operation import SIGNED_IN, Masked, Nothing, Operation


class CredentialsApi3(Struct, frozen=True, kw_only=True):
    """An API credential, without its secret."""

    can: dict[str, bool] | None = None
    id: Id | None = None
    client_id: str | None = None
    created_at: str | None = None
    is_disabled: bool | None = None
    type: str | None = None
    purpose: str | None = None
    url: str | None = None


class CreateCredentialsApi3(CredentialsApi3, frozen=True, kw_only=True):
    """A new API credential, with its secret: it is shown this once."""

    client_secret: str | None = None


class User(Struct, frozen=True, kw_only=True):
    """A user. Ways to sign in that the server does not have are null."""

    can: dict[str, bool] | None = None
    avatar_url: str | None = None
    avatar_url_without_sizing: str | None = None
    credentials_api3: list[CredentialsApi3] | None = None
    credentials_email: dict[str, Any] | None = None
    credentials_embed: list[dict[str, Any]] | None = None
    credentials_google: dict[str, Any] | None = None
    credentials_ldap: dict[str, Any] | None = None
    credentials_looker_openid: dict[str, Any] | None = None
    credentials_oidc: dict[str, Any] | None = None
    credentials_saml: dict[str, Any] | None = None
    credentials_totp: dict[str, Any] | None = None
    credentials_workforce: dict[str, Any] | None = None
    display_name: str | None = None
    email: str | None = None
    embed_group_space_id: Id | None = None
    first_name: str | None = None
    group_ids: list[Id] | None = None
    home_folder_id: str | None = None
    id: Id | None = None
    is_disabled: bool | None = None
    last_name: str | None = None
    locale: str | None = None
    looker_versions: list[str] | None = None
    models_dir_validated: bool | None = None
    personal_folder_id: Id | None = None
    presumed_looker_employee: bool | None = None
    role_ids: list[Id] | None = None
    sessions: list[dict[str, Any]] | None = None
    ui_state: dict[str, str] | None = None
    verified_looker_employee: bool | None = None
    roles_externally_managed: bool | None = None
    allow_direct_roles: bool | None = None
    allow_normal_group_membership: bool | None = None
    allow_roles_from_normal_groups: bool | None = None
    embed_group_folder_id: str | None = None
    is_iam_admin: bool | None = None
    can_manage_api3_creds: bool | None = None
    is_service_account: bool | None = None
    service_account_name: str | None = None
    url: str | None = None
    home_space_id: str | None = None
    personal_space_id: Id | None = None


class PermissionSet(Struct, frozen=True, kw_only=True):
    """What a role allows."""

    can: dict[str, bool] | None = None
    all_access: bool | None = None
    built_in: bool | None = None
    id: Id | None = None
    name: str | None = None
    permissions: list[str] | None = None
    url: str | None = None


class ModelSet(Struct, frozen=True, kw_only=True):
    """Which models a role is about; `models` is empty where it is all of them."""

    can: dict[str, bool] | None = None
    all_access: bool | None = None
    built_in: bool | None = None
    id: Id | None = None
    models: list[str] | None = None
    name: str | None = None
    url: str | None = None


class Role(Struct, frozen=True, kw_only=True):
    """A set of permissions on a set of models."""

    can: dict[str, bool] | None = None
    id: Id | None = None
    name: str | None = None
    permission_set: PermissionSet | None = None
    permission_set_id: Id | None = None
    model_set: ModelSet | None = None
    model_set_id: Id | None = None
    internal: bool | None = None
    url: str | None = None
    users_url: str | None = None


class PageParams(Masked, frozen=True, kw_only=True):
    page: Annotated[int | None, Meta(description="Number of the page.")] = None
    per_page: Annotated[int | None, Meta(description="Users of a page.")] = None
    limit: Annotated[int | None, Meta(description="How many users to answer.")] = None
    offset: Annotated[int | None, Meta(description="How many to pass over first.")] = None
    sorts: Annotated[str | None, Meta(description="Fields to sort by.")] = None


class AllUsersParams(PageParams, frozen=True, kw_only=True):
    ids: Annotated[list[str] | None, Meta(description="Ids of the users wanted.")] = None


class SearchUsersParams(PageParams, frozen=True, kw_only=True):
    id: Annotated[str | None, Meta(description="Ids of users, with commas.")] = None
    first_name: Annotated[str | None, Meta(description="First name, with `%` and `_`.")] = None
    last_name: Annotated[str | None, Meta(description="Last name, with `%` and `_`.")] = None
    full_name: Annotated[str | None, Meta(description="Both names, with `%` and `_`.")] = None
    email: Annotated[str | None, Meta(description="Address, with `%` and `_`.")] = None
    is_disabled: Annotated[bool | None, Meta(description="Whether shut out.")] = None
    verified_looker_employee: Annotated[bool | None, Meta(description="Nobody is.")] = None
    embed_user: Annotated[bool | None, Meta(description="Nobody is.")] = None
    can_manage_api3_creds: Annotated[bool | None, Meta(description="Nobody may.")] = None
    is_service_account: Annotated[bool | None, Meta(description="Nobody is.")] = None
    content_metadata_id: Annotated[str | None, Meta(description="There is none.")] = None
    group_id: Annotated[str | None, Meta(description="There are no groups.")] = None
    filter_or: Annotated[bool | None, Meta(description="Whether one match is enough.")] = None


class SearchUsersNamesParams(PageParams, frozen=True, kw_only=True):
    pattern: Annotated[str, Meta(description="Part of a name or an address; `%` and `_`.")]
    id: Annotated[str | None, Meta(description="Ids of users, with commas.")] = None
    first_name: Annotated[str | None, Meta(description="First name, with `%` and `_`.")] = None
    last_name: Annotated[str | None, Meta(description="Last name, with `%` and `_`.")] = None
    email: Annotated[str | None, Meta(description="Address, with `%` and `_`.")] = None
    is_disabled: Annotated[bool | None, Meta(description="Whether shut out.")] = None
    verified_looker_employee: Annotated[bool | None, Meta(description="Nobody is.")] = None


class UserParams(Masked, frozen=True, kw_only=True):
    user_id: Annotated[Id, Meta(description="Id of the user.")]


class UserCredentialParams(UserParams, frozen=True, kw_only=True):
    credentials_api3_id: Annotated[Id, Meta(description="Id of the credential.")]


class DeleteUserCredentialParams(Struct, frozen=True, kw_only=True):
    user_id: Annotated[Id, Meta(description="Id of the user.")]
    credentials_api3_id: Annotated[Id, Meta(description="Id of the credential.")]


class UserRolesParams(UserParams, frozen=True, kw_only=True):
    direct_association_only: Annotated[
        bool | None, Meta(description="Leave out roles of groups; there are none.")
    ] = None


me = Operation(
    name="me",
    method="GET",
    path="/user",
    tag="User",
    summary="Get the caller",
    description="Answers the user whom the access token acts as.",
    params=Masked,
    body=Nothing,
    answer=User,
    needs=SIGNED_IN,
)

all_users = Operation(
    name="all_users",
    method="GET",
    path="/users",
    tag="User",
    summary="List the users",
    description="Those who lack `see_users` see themselves.",
    params=AllUsersParams,
    body=Nothing,
    answer=list[User],
    needs=SIGNED_IN,
)

search_users = Operation(
    name="search_users",
    method="GET",
    path="/users/search",
    tag="User",
    summary="Search the users",
    description="Among those whom `all_users` lists. Patterns match in any case.",
    params=SearchUsersParams,
    body=Nothing,
    answer=list[User],
    needs=SIGNED_IN,
)

search_users_names = Operation(
    name="search_users_names",
    method="GET",
    path="/users/search/names/{pattern}",
    tag="User",
    summary="Search the users by name or address",
    params=SearchUsersNamesParams,
    body=Nothing,
    answer=list[User],
    needs=SIGNED_IN,
)

user = Operation(
    name="user",
    method="GET",
    path="/users/{user_id}",
    tag="User",
    summary="Get a user",
    description="For those who lack `see_users` there is nobody but themselves.",
    params=UserParams,
    body=Nothing,
    answer=User,
    needs=SIGNED_IN,
)

user_roles = Operation(
    name="user_roles",
    method="GET",
    path="/users/{user_id}/roles",
    tag="User",
    summary="List the roles of a user",
    description="With what each allows, and on which models.",
    params=UserRolesParams,
    body=Nothing,
    answer=list[Role],
    needs=SIGNED_IN,
)

all_user_credentials_api3s = Operation(
    name="all_user_credentials_api3s",
    method="GET",
    path="/users/{user_id}/credentials_api3",
    tag="User",
    summary="List the API credentials of a user",
    params=UserParams,
    body=Nothing,
    answer=list[CredentialsApi3],
    needs="administer",
)

user_credentials_api3 = Operation(
    name="user_credentials_api3",
    method="GET",
    path="/users/{user_id}/credentials_api3/{credentials_api3_id}",
    tag="User",
    summary="Get an API credential of a user",
    params=UserCredentialParams,
    body=Nothing,
    answer=CredentialsApi3,
    needs="administer",
)

create_user_credentials_api3 = Operation(
    name="create_user_credentials_api3",
    method="POST",
    path="/users/{user_id}/credentials_api3",
    tag="User",
    summary="Create an API credential of a user",
    description="The secret is in this answer only.",
    params=UserParams,
    body=Nothing,
    answer=CreateCredentialsApi3,
    needs="administer",
)

delete_user_credentials_api3 = Operation(
    name="delete_user_credentials_api3",
    method="DELETE",
    path="/users/{user_id}/credentials_api3/{credentials_api3_id}",
    tag="User",
    summary="Revoke an API credential of a user",
    description="Tokens made by it end at once.",
    params=DeleteUserCredentialParams,
    body=Nothing,
    answer=Nothing,
    needs="administer",
)

OPERATIONS = (
    me,
    all_users,
    search_users,
    search_users_names,
    user,
    user_roles,
    all_user_credentials_api3s,
    user_credentials_api3,
    create_user_credentials_api3,
    delete_user_credentials_api3,
)
