"""Login: secrets become tokens, tokens become callers. Only hashes are kept; secrets and tokens are
shown once.

Rule: API, operations login, login_user, logout, create_user_credentials_api3.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
from base64 import b32encode, urlsafe_b64encode
from datetime import timedelta
from typing import TypeAlias

from msgspec import Struct

from lookalike.instance import people, workspaces
from lookalike.instance.access import Caller, Permission, caller_of, require
from lookalike.instance.errors import Invalid, LookalikeError, NotAuthenticated, NotFound
from lookalike.instance.instance import Instance
from lookalike.instance.workspaces import PRODUCTION
from lookalike.store import accounts, audit, sessions
from lookalike.store.records import Credential, Session, User
from lookalike.store.transactions import Missing, Writing

LOG = logging.getLogger(__name__)

TOKEN_PREFIX = "lka_"
"""Begins every token, so that scanners find leaked ones."""


class AccessToken(Struct, frozen=True):
    """A token in the clear, for the one who logged in, and its life in seconds."""

    token: str
    session: Session
    expires_in: int


PersonCredential: TypeAlias = Credential
"""An API credential of a user. The secret is not here."""


class NewCredential(Struct, frozen=True):
    """A client id with its secret in the clear, shown once."""

    client_id: str
    client_secret: str
    user: User
    credential: Credential


def log_in(instance: Instance, client_id: str, client_secret: str) -> AccessToken:
    """A new token and a new session: in `production`, or in the workspace that the credential
    carries, if that can be entered.

    Raises NotFound for an unknown id and for a wrong secret alike: the two take the same time and
    read the same.
    """
    with instance.database.read() as db:
        found = accounts.credential_for(db, client_id)
    expected = found[1] if found else _digest("")
    matches = hmac.compare_digest(expected, _digest(client_secret))
    if not found or not matches or found[0].is_disabled:
        raise NotFound("Not found")
    try:
        token = _grant(instance, found[0].user, credential=found[0].id)
    except Missing:  # revoked since it was read
        raise NotFound("Not found") from None
    if found[0].default_workspace:
        return _enter(instance, token, found[0].default_workspace)
    return token


def log_in_as(instance: Instance, caller: Caller, user: int) -> AccessToken:
    """A token that acts as `user`. It ends with the session that made it; no sudo out of a sudo."""
    require(caller, Permission.SUDO)
    if caller.session.real_user is not None:
        raise NotFound(f"user {user} was not found")
    with instance.database.read() as db:
        target = accounts.find_user(db, user)
    if target is None or target.is_disabled:
        raise NotFound(f"user {user} was not found")
    token = _grant(instance, user, caller=caller)
    with instance.database.write() as db:
        audit.record(
            db,
            at=instance.clock(),
            actor=user,
            real_actor=caller.user.id,
            action="login_user",
            subject=str(user),
            detail="",
        )
    return token


def log_out(instance: Instance, caller: Caller) -> None:
    """End the session, at once and for every worker. Sessions made by it end too."""
    with instance.database.write(durable=False) as db:
        sessions.end(db, caller.session.id)


def caller_for(instance: Instance, token: str) -> Caller:
    """Who holds `token`. Read through to the store on every call: no worker remembers a session."""
    with instance.database.read() as db:
        rows = sessions.caller_rows(db, _digest(token), instance.clock())
    if rows is None:
        raise NotAuthenticated("Requires authentication.")
    return caller_of(*rows)


def create_credential(instance: Instance, user: User, workspace: str = "") -> NewCredential:
    """A new API credential of `user`. Its sessions begin in `workspace`; empty for `production`.

    Raises Invalid for what can't be a workspace, or can't be one of this user's.
    """
    with instance.database.write() as db:
        return _create_credential(instance, db, user, workspace)


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
        return _create_credential(instance, db, user, workspace)


def list_credentials(instance: Instance) -> tuple[tuple[User, Credential], ...]:
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
        if found is None:
            raise NotFound(
                f"there is no credential `{client_id}`; `lookalike credentials list` shows them"
            )
        _delete_credential(instance, db, found, None)
        return accounts.get_user(db, found.user)


def credentials_of(instance: Instance, caller: Caller, user: int) -> tuple[Credential, ...]:
    """The credentials of a user, for those who may administer. Raises NotFound."""
    require(caller, Permission.ADMINISTER)
    with instance.database.read() as db:
        if accounts.find_user(db, user) is None:
            raise NotFound(f"user {user} was not found")
        return accounts.list_credentials(db, user)


def credential_of(instance: Instance, caller: Caller, user: int, credential: int) -> Credential:
    """One credential of a user, for those who may administer. Raises NotFound."""
    for each in credentials_of(instance, caller, user):
        if each.id == credential:
            return each
    raise NotFound(f"credential {credential} of user {user} was not found")


def add_credential(instance: Instance, caller: Caller, user: int) -> NewCredential:
    """A new credential of a user, for those who may administer. Raises NotFound."""
    require(caller, Permission.ADMINISTER)
    with instance.database.write() as db:
        found = accounts.find_user(db, user)
        if found is None:
            raise NotFound(f"user {user} was not found")
        made = _create_credential(instance, db, found, "")
        _record(instance, db, caller, "create_credential", made.client_id)
        return made


def remove_credential(instance: Instance, caller: Caller, user: int, credential: int) -> None:
    """What `revoke_credential` does, for those who may administer. Raises NotFound."""
    found = credential_of(instance, caller, user, credential)
    with instance.database.write() as db:
        _delete_credential(instance, db, found, caller)


def _delete_credential(
    instance: Instance, db: Writing, found: Credential, caller: Caller | None
) -> None:
    accounts.delete_credential(db, found.id)
    _record(instance, db, caller, "delete_credential", found.client_id)


def _record(
    instance: Instance, db: Writing, caller: Caller | None, action: str, subject: str
) -> None:
    """An audit entry; the terminal is nobody."""
    audit.record(
        db,
        at=instance.clock(),
        actor=caller.user.id if caller else None,
        real_actor=caller.session.real_user if caller else None,
        action=action,
        subject=subject,
        detail="",
    )


def _create_credential(
    instance: Instance, db: Writing, user: User, workspace: str
) -> NewCredential:
    if workspace:
        _check_default(db, user, workspace)
    client_id = b32encode(instance.random(15)).decode().rstrip("=").lower()[:20]
    secret = _text(instance.random(32))
    made = accounts.create_credential(
        db, user.id, client_id, _digest(secret), instance.clock(), default_workspace=workspace
    )
    return NewCredential(client_id, secret, user, made)


def _check_default(db: Writing, user: User, workspace: str) -> None:
    """Raise Invalid for a workspace that no session of the user could enter."""
    workspaces.check_id(workspace)
    held = accounts.holder_of(db, user.id)
    roles = held[1] if held is not None else ()
    if workspace == PRODUCTION or any(Permission.DEVELOP in role.permissions for role in roles):
        return
    names = ", ".join(f"`{role.name}`" for role in roles)
    raise Invalid(
        f"sessions of `{user.email}` can't begin in workspace `{workspace}`: the role {names} lacks"
        f" the permission `{Permission.DEVELOP.value}`; use `{PRODUCTION}`, or a role that has it"
    )


def _enter(instance: Instance, token: AccessToken, workspace: str) -> AccessToken:
    """Put a new session where its credential says. If that fails it stays in `production`, as the
    client would find it anywhere else.
    """
    caller = caller_for(instance, token.token)
    try:
        session = workspaces.enter(instance, caller, workspace)
    except LookalikeError as error:
        problems = error.problems if isinstance(error, Invalid) else ()
        LOG.warning(
            "the session of user %s begins in production, not in its default workspace %s: %s",
            caller.user.id,
            workspace,
            "; ".join([str(error), *(problem.message for problem in problems)]),
        )
        return token
    return AccessToken(token.token, session, token.expires_in)


def _grant(
    instance: Instance, user: int, *, caller: Caller | None = None, credential: int | None = None
) -> AccessToken:
    """A new token of `user`: made by `caller`, or by a credential. Raises Missing where that is
    gone.
    """
    token = TOKEN_PREFIX + _text(instance.random(32))
    now = instance.clock()
    seconds = instance.config.token_seconds
    expires_at = now + timedelta(seconds=seconds)
    if caller is not None:
        expires_at = min(expires_at, caller.session.expires_at)
    with instance.database.write(durable=False) as db:
        session = sessions.create(
            db,
            user=user,
            token_hash=_digest(token),
            workspace=PRODUCTION,
            now=now,
            expires_at=expires_at,
            real_user=caller.user.id if caller else None,
            parent=caller.session.id if caller else None,
            credential=credential,
        )
        if credential is not None:
            accounts.mark_used(db, credential, now)
    return AccessToken(token, session, int((expires_at - now).total_seconds()))


def _text(random: bytes) -> str:
    return urlsafe_b64encode(random).decode().rstrip("=")


def _digest(secret: str) -> bytes:
    """What is stored of a secret. It has 256 random bits, so a slow hash would only slow down
    logins.
    """
    return hashlib.sha256(secret.encode()).digest()
