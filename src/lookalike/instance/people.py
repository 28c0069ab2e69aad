"""People: the users of the instance."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import TypeAlias

from msgspec.structs import replace

from lookalike.instance import workspaces
from lookalike.instance.access import ROLES, Caller, Permission, caller_of, models_covered
from lookalike.instance.errors import Invalid, NotFound, Problem
from lookalike.instance.instance import Instance
from lookalike.instance.workspaces import PRODUCTION
from lookalike.store import accounts, audit, projects, sessions
from lookalike.store.records import Role, Session, User
from lookalike.store.transactions import Reading, Writing

Person: TypeAlias = User
"""A user of the instance."""

PersonRole: TypeAlias = Role
"""What a user may do, on which models."""

OPERATOR = "admin@localhost"
"""The address of the user that stands for whoever sits at the terminal."""

NEWCOMER = "viewer"
"""The role of a user who is made without one."""

HIDDEN = "…"
"""Stands where a value is not shown."""

NO_ATTRIBUTES: Mapping[str, str] = MappingProxyType({})

_OWN = ("id", "email", "first_name", "last_name", "name")
"""The attributes that every user has by being that user."""


def list_users(instance: Instance, caller: Caller) -> tuple[User, ...]:
    """Everybody, oldest first, for those who may see users; else the caller alone."""
    if not caller.may(Permission.SEE_USERS):
        return (caller.user,)
    return everybody(instance)


def everybody(instance: Instance) -> tuple[User, ...]:
    """Everybody, oldest first. Only for the terminal: nobody is asked who they are."""
    with instance.database.read() as db:
        return accounts.list_users(db)


def get_user(instance: Instance, caller: Caller, user: int) -> User:
    """One user: the caller, or any for those who may see users. Raises NotFound."""
    return _holder(instance, caller, user)[0]


def roles_of(instance: Instance, caller: Caller, user: int) -> tuple[Role, ...]:
    """The roles of a user whom the caller may see. Raises NotFound."""
    return _holder(instance, caller, user)[1]


def list_roles(instance: Instance, caller: Caller) -> tuple[Role, ...]:
    """Every role, oldest first, for those who may see users; else those of the caller."""
    if not caller.may(Permission.SEE_USERS):
        return roles_of(instance, caller, caller.user.id)
    with instance.database.read() as db:
        return accounts.list_roles(db)


def get_role(instance: Instance, caller: Caller, role: int) -> Role:
    """One of the roles that `list_roles` answers. Raises NotFound."""
    found = next((each for each in list_roles(instance, caller) if each.id == role), None)
    if found is None:
        raise NotFound(f"role {role} was not found")
    return found


def _holder(instance: Instance, caller: Caller, user: int) -> tuple[User, tuple[Role, ...]]:
    found = None
    if user == caller.user.id or caller.may(Permission.SEE_USERS):
        with instance.database.read() as db:
            found = accounts.holder_of(db, user)
    if found is None:
        raise NotFound(f"user {user} was not found")
    return found


def enter_user(instance: Instance, email: str, role: str) -> User:
    """The user with that address, made if there is none; an empty `role` is whichever the user has,
    and NEWCOMER for a new one. Only for the terminal: nobody is asked who they are.

    Raises Invalid for an unknown role, an impossible address, or a user who lacks that role.
    """
    check_entry(email, role)
    with instance.database.write() as db:
        return enter(instance, db, email, role)


def check_entry(email: str, role: str) -> None:
    """Raise Invalid for an unknown role and for an impossible address."""
    if role:
        _check_roles((role,))
    name, at, host = email.partition("@")
    if not name or not at or not host or any(sign.isspace() for sign in email):
        raise Invalid(
            f"`{email}` is not an e-mail address", (Problem("email", "invalid", "write name@host"),)
        )


def _check_roles(roles: Collection[str]) -> None:
    for role in roles:
        if role not in ROLES:
            known = ", ".join(f"`{name}`" for name in ROLES)
            raise Invalid(f"role `{role}` does not exist; use one of {known}")


def enter(instance: Instance, db: Writing, email: str, role: str) -> User:
    """What `enter_user` does, within a transaction and for what `check_entry` lets pass."""
    found = accounts.find_user_by_email(db, email)
    if found is None:
        return accounts.create_user(
            db,
            email=email,
            first_name=email.partition("@")[0].replace(".", " ").title(),
            last_name="",
            roles=(role or NEWCOMER,),
            now=instance.clock(),
        )
    if role and role not in found.roles:
        held = ", ".join(f"`{name}`" for name in found.roles)
        raise Invalid(
            f"user `{email}` exists with the role {held}; leave the role out, or change it with"
            f" `lookalike users roles {email} {role}`"
        )
    return found


def set_roles(instance: Instance, email: str, roles: Collection[str]) -> User:
    """The roles that a user has from now on, in sessions under way too; those outside of
    `production` end if no role may develop. Only for the terminal: nobody is asked who they are.

    Raises NotFound for an unknown address, Invalid for an unknown role, and for the operator as
    anything but `admin`.
    """
    _check_roles(roles)
    with instance.database.write() as db:
        user = _user_by_email(db, email)
        if user.email == OPERATOR and "admin" not in roles:
            raise Invalid(f"`{OPERATOR}` stands for whoever sits at the terminal and stays `admin`")
        _record(instance, db, user, "set_user_roles", ", ".join(roles))
        if not any(Permission.DEVELOP in ROLES[role] for role in roles):
            sessions.end_outside(db, user.id, PRODUCTION)
        return accounts.set_roles(db, user.id, roles)


def set_disabled(instance: Instance, email: str, is_disabled: bool) -> User:
    """Shut a user out, or in again; being shut out ends every session of the user at once. Only for
    the terminal: nobody is asked who they are. Raises NotFound for an unknown address.
    """
    with instance.database.write() as db:
        user = _user_by_email(db, email)
        _record(instance, db, user, "disable_user" if is_disabled else "enable_user", "")
        return accounts.set_disabled(db, user.id, is_disabled)


def find_by_email(instance: Instance, email: str) -> User:
    """The user with that address. Raises NotFound."""
    with instance.database.read() as db:
        return _user_by_email(db, email)


def _user_by_email(db: Reading, email: str) -> User:
    user = accounts.find_user_by_email(db, email)
    if user is None:
        raise NotFound(
            f"there is no user `{email}`; `lookalike users list` shows them, and"
            " `lookalike credentials create` makes them"
        )
    return user


def _record(instance: Instance, db: Writing, user: User, action: str, detail: str) -> None:
    audit.record(
        db,
        at=instance.clock(),
        actor=None,
        real_actor=None,
        action=action,
        subject=str(user.id),
        detail=detail,
    )


def set_attributes(instance: Instance, email: str, values: Mapping[str, str]) -> User:
    """Give a user own values of user attributes; an empty one takes it away. Only for the terminal:
    nobody is asked who they are.

    Raises NotFound for an unknown address, Invalid for what says who the user is.
    """
    for name in values:
        if name in _OWN:
            raise Invalid(f"`{name}` can't be set: it says who the user is")
    with instance.database.write() as db:
        user = _user_by_email(db, email)
        for name, value in values.items():
            accounts.set_attribute(db, user.id, name, value)
        return accounts.get_user(db, user.id)


def models_of(instance: Instance, user: User) -> frozenset[str] | None:
    """The models that the roles of a user cover; None for all."""
    with instance.database.read() as db:
        held = accounts.holder_of(db, user.id)
    return models_covered(held[1] if held else ())


def shown_attributes(instance: Instance, user: User) -> Mapping[str, str]:
    """The own values of a user, in order; not the passwords with which projects reach remotes."""
    with instance.database.read() as db:
        secret = {each.settings.password_attribute for each in projects.list_projects(db)}
    return {
        name: HIDDEN if name in secret else value for name, value in sorted(user.attributes.items())
    }


def operator(
    instance: Instance, workspace: str, attributes: Mapping[str, str] = NO_ATTRIBUTES
) -> Caller:
    """Whoever sits at the terminal: a caller with every permission, in `workspace`, without a
    token. `attributes` are values of user attributes for this caller alone; an empty one takes the
    stored one away. Raises Invalid and NotFound for a workspace that is none.
    """
    user = enter_user(instance, OPERATOR, "admin")
    now = instance.clock()
    session = Session(
        id=0, user=user.id, workspace=PRODUCTION, created_at=now, expires_at=now + timedelta(days=1)
    )
    role = Role(id=0, name="operator", permissions=frozenset(Permission), models=None)
    caller = caller_of(session, user, (role,))
    kept = {name: value for name, value in caller.attributes.items() if name not in attributes}
    given = {name: value for name, value in attributes.items() if value}
    caller = replace(caller, attributes={**kept, **given})
    return workspaces.within(instance, caller, workspace)
