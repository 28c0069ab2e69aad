"""People: the users of the instance."""

from __future__ import annotations

from datetime import timedelta
from typing import TypeAlias

from lookalike.instance import workspaces
from lookalike.instance.access import ROLES, Caller, Permission, caller_of
from lookalike.instance.errors import Invalid, NotFound, Problem
from lookalike.instance.instance import Instance
from lookalike.instance.workspaces import PRODUCTION
from lookalike.store import accounts
from lookalike.store.records import Role, Session, User

Person: TypeAlias = User
"""A user of the instance."""

PersonRole: TypeAlias = Role
"""What a user may do, on which models."""

OPERATOR = "admin@localhost"
"""The address of the user that stands for whoever sits at the terminal."""


def list_users(instance: Instance, caller: Caller) -> tuple[User, ...]:
    """Everybody, oldest first, for those who may see users; else the caller alone."""
    if not caller.may(Permission.SEE_USERS):
        return (caller.user,)
    with instance.database.read() as db:
        return accounts.list_users(db)


def get_user(instance: Instance, caller: Caller, user: int) -> User:
    """One user: the caller, or any for those who may see users. Raises NotFound."""
    return _holder(instance, caller, user)[0]


def roles_of(instance: Instance, caller: Caller, user: int) -> tuple[Role, ...]:
    """The roles of a user whom the caller may see. Raises NotFound."""
    return _holder(instance, caller, user)[1]


def _holder(instance: Instance, caller: Caller, user: int) -> tuple[User, tuple[Role, ...]]:
    found = None
    if user == caller.user.id or caller.may(Permission.SEE_USERS):
        with instance.database.read() as db:
            found = accounts.holder_of(db, user)
    if found is None:
        raise NotFound(f"user {user} was not found")
    return found


def enter_user(instance: Instance, email: str, role: str) -> User:
    """The user with that address, made if there is none. Only for the terminal: nobody is asked who
    they are.

    Raises Invalid for an unknown role, an impossible address, or a user who already has another
    role.
    """
    if role not in ROLES:
        known = ", ".join(f"`{name}`" for name in ROLES)
        raise Invalid(f"role `{role}` does not exist; use one of {known}")
    name, at, host = email.partition("@")
    if not name or not at or not host or any(sign.isspace() for sign in email):
        raise Invalid(
            f"`{email}` is not an e-mail address", (Problem("email", "invalid", "write name@host"),)
        )
    with instance.database.write() as db:
        found = accounts.find_user_by_email(db, email)
        if found is None:
            return accounts.create_user(
                db,
                email=email,
                first_name=name.replace(".", " ").title(),
                last_name="",
                roles=(role,),
                now=instance.clock(),
            )
    if role not in found.roles:
        held = ", ".join(found.roles)
        raise Invalid(
            f"user `{email}` exists with the role `{held}`; name that role or another address"
        )
    return found


def operator(instance: Instance, workspace: str) -> Caller:
    """Whoever sits at the terminal: a caller with every permission, in `workspace`, without a
    token. Raises Invalid and NotFound for a workspace that is none.
    """
    user = enter_user(instance, OPERATOR, "admin")
    now = instance.clock()
    session = Session(
        id=0, user=user.id, workspace=PRODUCTION, created_at=now, expires_at=now + timedelta(days=1)
    )
    role = Role(id=0, name="operator", permissions=frozenset(Permission), models=None)
    return workspaces.within(instance, caller_of(session, user, (role,)), workspace)
