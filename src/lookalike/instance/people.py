"""People: the users of the instance."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from types import MappingProxyType
from typing import TypeAlias

from msgspec.structs import replace

from lookalike.instance import auditing, workspaces
from lookalike.instance.access import (
    ROLES,
    Caller,
    Permission,
    caller_of,
    models_covered,
    permissions_of,
)
from lookalike.instance.errors import Invalid, NotFound, Problem
from lookalike.instance.instance import Instance
from lookalike.instance.workspaces import PRODUCTION
from lookalike.store import accounts, projects, sessions
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


def list_users(
    instance: Instance, caller: Caller, ids: Collection[str] | None = None
) -> tuple[User, ...]:
    """Everybody, oldest first, for those who may see users; else the caller alone. `ids`, as texts,
    leave those with another id out.
    """
    found = everybody(instance) if caller.may(Permission.SEE_USERS) else (caller.user,)
    return tuple(each for each in found if ids is None or str(each.id) in ids)


def holders_of(instance: Instance, caller: Caller, role: int) -> tuple[User, ...]:
    """Those of the users whom the caller sees that have a role. Raises NotFound for one that
    `list_roles` does not answer.
    """
    found = get_role(instance, caller, role)
    return tuple(each for each in list_users(instance, caller) if found.id in each.role_ids)


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


def list_roles(
    instance: Instance, caller: Caller, ids: Collection[str] | None = None
) -> tuple[Role, ...]:
    """Every role, oldest first, for those who may see users; else those of the caller. `ids`, as
    texts, leave those with another id out.
    """
    if caller.may(Permission.SEE_USERS):
        with instance.database.read() as db:
            found = accounts.list_roles(db)
    else:
        found = roles_of(instance, caller, caller.user.id)
    return tuple(each for each in found if ids is None or str(each.id) in ids)


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


def roles_named(names: Sequence[str]) -> str:
    """What a message calls roles: "the role `a`", "the roles `a`, `b`"."""
    listed = ", ".join(f"`{name}`" for name in names)
    return f"the {'role' if len(names) == 1 else 'roles'} {listed}"


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
    if not name or not at or not host or any(map(_is_unseen, email)):
        why = "write name@host, without blanks and control characters"
        raise Invalid(f"`{email}` is not an e-mail address", (Problem("email", "invalid", why),))


def _is_unseen(sign: str) -> bool:
    """A blank, or what commands a terminal or changes how a text reads without being seen."""
    return sign.isspace() or not sign.isprintable()


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
        raise Invalid(
            f"user `{email}` exists with {roles_named(found.roles)}; leave the role out, or change"
            f" it with `lookalike users roles {email} {role}`"
        )
    return found


def set_roles(instance: Instance, email: str, roles: Collection[str]) -> User:
    """The roles that a user has from now on, in sessions under way too. Those outside of
    `production` end unless the user could develop before and still can, those that act as another
    user unless the same holds of `sudo`. Only for the terminal: nobody is asked who they are.

    Raises NotFound for an unknown address, Invalid for an unknown role, and for the operator as
    anything but `admin`.
    """
    _check_roles(roles)
    with instance.database.write() as db:
        user = _user_by_email(db, email)
        if user.email == OPERATOR and "admin" not in roles:
            raise Invalid(f"`{OPERATOR}` stands for whoever sits at the terminal and stays `admin`")
        auditing.record(instance, db, None, "set_user_roles", str(user.id), ", ".join(roles))
        had = permissions_of(accounts.hold(db, user.id)[1])
        kept = {each for role in roles for each in ROLES[role] if each in had}
        if Permission.DEVELOP not in kept:
            sessions.end_outside(db, user.id, PRODUCTION)
        if Permission.SUDO not in kept:
            sessions.end_acting(db, user.id)
        return accounts.set_roles(db, user.id, roles)


def set_disabled(instance: Instance, email: str, is_disabled: bool) -> User:
    """Shut a user out, or in again; being shut out ends every session of the user at once, and for
    good. Only for the terminal: nobody is asked who they are. Raises NotFound for an unknown
    address.
    """
    with instance.database.write() as db:
        user = _user_by_email(db, email)
        action = "disable_user" if is_disabled else "enable_user"
        auditing.record(instance, db, None, action, str(user.id))
        return accounts.set_disabled(db, user.id, is_disabled)


def _user_by_email(db: Reading, email: str) -> User:
    user = accounts.find_user_by_email(db, email)
    if user is None:
        raise NotFound(
            f"there is no user `{email}`; `lookalike users list` shows them, and"
            " `lookalike credentials create` makes them"
        )
    return user


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
