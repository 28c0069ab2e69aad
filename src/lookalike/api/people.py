"""People: users, their credentials and roles as the API shows them.

In: those of the instance. Out: the structs of the wire.
"""

from __future__ import annotations

from collections.abc import Iterable

from lookalike.api.call import Call
from lookalike.instance import credentials
from lookalike.instance.access import Permission
from lookalike.instance.credentials import PersonCredential
from lookalike.instance.people import Person, PersonRole
from lookalike.wire import user
from lookalike.wire.ids import Id


def users_out(call: Call, found: Iterable[Person]) -> list[user.User]:
    """Users with as much of their credentials as the caller may see."""
    seen = credentials.seen_credentials(call.instance, call.caller)
    return [_user_out(call, each, seen.get(each.id, ())) for each in found]


def user_out(call: Call, found: Person) -> user.User:
    (only,) = users_out(call, (found,))
    return only


def credential_out(call: Call, found: PersonCredential) -> user.CredentialsApi3:
    return user.CredentialsApi3(
        can={"show": True, "delete": call.caller.may(Permission.ADMINISTER)},
        id=Id(found.id),
        client_id=found.client_id,
        created_at=found.created_at.isoformat(timespec="milliseconds"),
        is_disabled=found.is_disabled,
        type="api3",
        url=f"{call.base_url}/users/{found.user}/credentials_api3/{found.id}",
    )


def _user_out(call: Call, found: Person, held: Iterable[PersonCredential]) -> user.User:
    name = f"{found.first_name} {found.last_name}".strip()
    return user.User(
        can={
            "show": True,
            "show_details": True,
            "sudo": call.caller.may(Permission.SUDO),
            "update": False,
        },
        credentials_api3=[credential_out(call, each) for each in held],
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
