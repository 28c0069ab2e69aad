"""Login: secrets become tokens, tokens become callers. Only hashes of tokens are kept; a token is
shown once.

Rule: API, operations login, login_user, logout.
"""

from __future__ import annotations

import hmac
import logging
from datetime import timedelta

from msgspec import Struct

from lookalike.instance import tokens, workspaces
from lookalike.instance.access import Caller, Permission, caller_of, require
from lookalike.instance.errors import Invalid, LookalikeError, NotAuthenticated, NotFound
from lookalike.instance.instance import Instance
from lookalike.instance.workspaces import PRODUCTION
from lookalike.store import accounts, audit, sessions
from lookalike.store.records import Session
from lookalike.store.transactions import Missing

LOG = logging.getLogger(__name__)

TOKEN_PREFIX = "lka_"
"""Begins every token, so that scanners find leaked ones."""

_WITHOUT_SESSION = "Requires authentication."


class AccessToken(Struct, frozen=True):
    """A token in the clear, for the one who logged in, and its life in seconds."""

    token: str
    session: Session
    expires_in: int


def log_in(instance: Instance, client_id: str, client_secret: str) -> AccessToken:
    """A new token and a new session: in `production`, or in the workspace that the credential
    carries, if that can be entered.

    Raises NotFound for an unknown id and for a wrong secret alike: the two take the same time and
    read the same.
    """
    with instance.database.read() as db:
        found = accounts.credential_for(db, client_id)
    expected = found[1] if found else tokens.digest("")
    matches = hmac.compare_digest(expected, tokens.digest(client_secret))
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
    """A token that acts as `user`. It ends with the session that made it, and once the caller may
    no longer do this; no sudo out of a sudo.
    """
    require(caller, Permission.SUDO)
    if caller.session.real_user is not None:
        raise NotFound(f"user {user} was not found")
    with instance.database.read() as db:
        target = accounts.find_user(db, user)
    if target is None or target.is_disabled:
        raise NotFound(f"user {user} was not found")
    try:
        token = _grant(instance, user, caller=caller)
    except Missing:  # logged out since
        raise NotAuthenticated(_WITHOUT_SESSION) from None
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
        rows = sessions.caller_rows(db, tokens.digest(token), instance.clock(), Permission.SUDO)
    if rows is None:
        raise NotAuthenticated(_WITHOUT_SESSION)
    return caller_of(*rows)


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
    token = TOKEN_PREFIX + tokens.new_secret(instance)
    now = instance.clock()
    seconds = instance.config.token_seconds
    expires_at = now + timedelta(seconds=seconds)
    if caller is not None:
        expires_at = min(expires_at, caller.session.expires_at)
    with instance.database.write(durable=False) as db:
        session = sessions.create(
            db,
            user=user,
            token_hash=tokens.digest(token),
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
