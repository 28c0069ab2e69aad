"""Credentials: the API credentials of users, made, listed and revoked. Only hashes of secrets are
kept; a secret is shown once.

Rule: API, operations create_user_credentials_api3, delete_user_credentials_api3.
"""

from __future__ import annotations

from base64 import b32encode
from collections.abc import Mapping
from typing import TypeAlias

from msgspec import Struct

from lookalike.instance import auditing, people, tokens, workspaces
from lookalike.instance.access import Caller, Permission, require
from lookalike.instance.errors import Invalid, NotFound
from lookalike.instance.instance import Instance
from lookalike.instance.workspaces import PRODUCTION
from lookalike.store import accounts
from lookalike.store.records import Credential, User
from lookalike.store.transactions import Reading, Writing

PersonCredential: TypeAlias = Credential
"""An API credential of a user. The secret is not here."""


class NewCredential(Struct, frozen=True):
    """A credential with its secret in the clear, shown once."""

    credential: Credential
    client_secret: str
    user: User


def create_credential(instance: Instance, user: User, workspace: str = "") -> NewCredential:
    """A new API credential of `user`. Its sessions begin in `workspace`; empty for `production`.

    Raises Invalid for what can't be a workspace, or can't be one of this user's.
    """
    with instance.database.write() as db:
        return _create(instance, db, user, workspace)


def enter_credential(
    instance: Instance, email: str, role: str, workspace: str = ""
) -> NewCredential:
    """A new API credential of the user with that address, made if there is none. Either both are
    made or neither. Only for the terminal: nobody is asked who they are.

    Raises Invalid as `people.enter_user` and `create_credential` do.
    """
    people.check_entry(email, role)
    with instance.database.write() as db:
        user = people.enter(instance, db, email, role)
        return _create(instance, db, user, workspace)


def all_credentials(instance: Instance) -> tuple[tuple[User, Credential], ...]:
    """Every credential and whose it is, oldest first. Only for the terminal: nobody is asked who
    they are.
    """
    with instance.database.read() as db:
        holders = {user.id: user for user in accounts.list_users(db)}
        found = accounts.list_credentials(db)
    return tuple((holders[each.user], each) for each in found if each.user in holders)


def revoke_credential(instance: Instance, client_id: str) -> User:
    """Forget a credential: its secret and every token made by it are good for nothing at once, in
    every worker. Answers whose it was. Only for the terminal: nobody is asked who they are.

    Raises NotFound for an unknown client id.
    """
    with instance.database.write() as db:
        found = accounts.find_credential(db, client_id)
        if found is None or not _delete(instance, db, found, None):
            raise NotFound(
                f"there is no credential `{client_id}`; `lookalike credentials list` shows them"
            )
        return accounts.get_user(db, found.user)


def seen_credentials(instance: Instance, caller: Caller) -> Mapping[int, tuple[Credential, ...]]:
    """What the caller may see of credentials, by user: those of everybody, for those who may
    administer, else the caller's own.
    """
    whose = None if caller.may(Permission.ADMINISTER) else caller.user.id
    found: dict[int, tuple[Credential, ...]] = {}
    with instance.database.read() as db:
        for each in accounts.list_credentials(db, whose):
            found[each.user] = (*found.get(each.user, ()), each)
    return found


def list_credentials(instance: Instance, caller: Caller, user: int) -> tuple[Credential, ...]:
    """The credentials of a user, for those who may administer. Raises NotFound."""
    require(caller, Permission.ADMINISTER)
    with instance.database.read() as db:
        return _credentials_of(db, user)


def get_credential(instance: Instance, caller: Caller, user: int, credential: int) -> Credential:
    """One credential of a user, for those who may administer. Raises NotFound."""
    require(caller, Permission.ADMINISTER)
    with instance.database.read() as db:
        return _credential_of(db, user, credential)


def add_credential(instance: Instance, caller: Caller, user: int) -> NewCredential:
    """A new credential of a user, for those who may administer. Raises NotFound."""
    require(caller, Permission.ADMINISTER)
    with instance.database.write() as db:
        found = accounts.find_user(db, user)
        if found is None:
            raise NotFound(f"user {user} was not found")
        made = _create(instance, db, found, "")
        auditing.record(instance, db, caller, "create_credential", made.credential.client_id)
        return made


def remove_credential(instance: Instance, caller: Caller, user: int, credential: int) -> None:
    """What `revoke_credential` does, for those who may administer. Raises NotFound."""
    require(caller, Permission.ADMINISTER)
    with instance.database.write() as db:
        found = _credential_of(db, user, credential)
        if not _delete(instance, db, found, caller):
            raise NotFound(f"credential {credential} of user {user} was not found")


def _credential_of(db: Reading, user: int, credential: int) -> Credential:
    for each in _credentials_of(db, user):
        if each.id == credential:
            return each
    raise NotFound(f"credential {credential} of user {user} was not found")


def _credentials_of(db: Reading, user: int) -> tuple[Credential, ...]:
    if accounts.find_user(db, user) is None:
        raise NotFound(f"user {user} was not found")
    return accounts.list_credentials(db, user)


def _delete(instance: Instance, db: Writing, found: Credential, caller: Caller | None) -> bool:
    """Whether it was there still: another transaction may have been faster."""
    if not accounts.delete_credential(db, found.id):
        return False
    auditing.record(instance, db, caller, "delete_credential", found.client_id)
    return True


def _create(instance: Instance, db: Writing, user: User, workspace: str) -> NewCredential:
    if workspace:
        _check_default(db, user, workspace)
    client_id = b32encode(instance.random(15)).decode().rstrip("=").lower()[:20]
    secret = tokens.new_secret(instance)
    made = accounts.create_credential(
        db,
        user.id,
        client_id,
        tokens.digest(secret),
        instance.clock(),
        default_workspace=workspace,
    )
    return NewCredential(made, secret, user)


def _check_default(db: Writing, user: User, workspace: str) -> None:
    """Raise Invalid for a workspace that no session of the user could enter."""
    workspaces.check_id(workspace)
    held = accounts.holder_of(db, user.id)
    roles = held[1] if held is not None else ()
    if workspace == PRODUCTION or any(Permission.DEVELOP in role.permissions for role in roles):
        return
    held_roles = people.roles_named([role.name for role in roles])
    raise Invalid(
        f"sessions of `{user.email}` can't begin in workspace `{workspace}`: a user with"
        f" {held_roles} lacks the permission `{Permission.DEVELOP.value}`; use `{PRODUCTION}`, or a"
        " role that has it"
    )
