"""User: the caller."""

from __future__ import annotations

from lookalike.api.call import Call
from lookalike.api.handlers import Lane, serves
from lookalike.instance.access import Permission
from lookalike.wire import user
from lookalike.wire.ids import Id
from lookalike.wire.operation import Masked, Nothing


@serves(user.me, Lane.IN_PLACE)
def get_me(call: Call, params: Masked, body: Nothing) -> user.User:
    found = call.caller.user
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
