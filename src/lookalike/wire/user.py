"""User: people, as far as the API shows them."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

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

OPERATIONS = (me,)
