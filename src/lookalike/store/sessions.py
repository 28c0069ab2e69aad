"""API sessions: who holds a token, in which workspace, until when.

Read through on every request, so that what one process ends or changes, all others see at once.
Invariant: a session has ended when its time is over, its user or the one behind it is shut out, the
one behind it may no longer act as others, or the session or the credential that made it is gone.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from types import MappingProxyType

import msgspec

from lookalike.store.accounts import holder_of
from lookalike.store.records import Role, Session, User
from lookalike.store.times import moment, stamp
from lookalike.store.transactions import Missing, Reading, Row, Writing, sure

_COLUMNS = (
    "sessions.id, sessions.user_id, sessions.workspace, sessions.created_at, sessions.expires_at,"
    " sessions.real_user_id, sessions.parent_id, sessions.pins"
)
_FOR_TOKEN = (
    " FROM sessions JOIN users ON users.id = sessions.user_id AND users.is_disabled = 0"
    " LEFT JOIN users AS behind ON behind.id = sessions.real_user_id"
    " WHERE sessions.token_hash = ? AND sessions.expires_at > ?"
    " AND (sessions.real_user_id IS NULL OR behind.is_disabled = 0)"
)
_SESSION_FOR_TOKEN = f"SELECT {_COLUMNS}{_FOR_TOKEN}"
_CALLER_FOR_TOKEN = f"SELECT {_COLUMNS}, users.generation, behind.generation{_FOR_TOKEN}"
_N_HOLDERS = 10_000


def create(  # noqa: PLR0913 - one keyword a column
    db: Writing,
    *,
    user: int,
    token_hash: bytes,
    workspace: str,
    now: datetime,
    expires_at: datetime,
    real_user: int | None = None,
    parent: int | None = None,
    credential: int | None = None,
    pins: Mapping[str, str] | None = None,
) -> Session:
    """A new session, made by its parent or by a credential. It ends no later than its maker.

    Raises Missing if a user or the maker is not there (any more).
    """
    end = stamp(expires_at)
    if parent is not None:
        row = db.row("SELECT expires_at FROM sessions WHERE id = ?", (parent,))
        if row is None:
            raise Missing(f"there is no session {parent}")
        end = min(end, row[0])
    made = db.row(
        "INSERT INTO sessions (token_hash, user_id, real_user_id, parent_id, credential_id,"
        " workspace, created_at, expires_at, pins)"
        f" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING {_COLUMNS}",
        (
            token_hash,
            user,
            real_user,
            parent,
            credential,
            workspace,
            stamp(now),
            end,
            _json(pins or {}),
        ),
    )
    return _session_of(sure(made))


def session_for_token(db: Reading, token_hash: bytes, now: datetime) -> Session | None:
    """The session a token belongs to, unless it has ended."""
    row = db.row(_SESSION_FOR_TOKEN, (token_hash, stamp(now)))
    return _session_of(row) if row else None


def caller_rows(
    db: Reading, token_hash: bytes, now: datetime, to_act: str = ""
) -> tuple[Session, User, tuple[Role, ...]] | None:
    """The session a token belongs to, its user and the user's roles, unless it has ended. `to_act`
    is the permission without which nobody may be behind a session; empty for none.

    One small statement: users and roles are read once a generation.
    """
    row = db.row(_CALLER_FOR_TOKEN, (token_hash, stamp(now)))
    if row is None:
        return None
    session, (generation, generation_behind) = _session_of(row[:-2]), row[-2:]
    if to_act and session.real_user is not None:
        behind = _holder(db, session.real_user, generation_behind)
        if behind is None or not any(to_act in role.permissions for role in behind[1]):
            return None
    holder = _holder(db, session.user, generation)
    return (session, *holder) if holder else None


def _holder(db: Reading, user: int, generation: int) -> tuple[User, tuple[Role, ...]] | None:
    """A user of this generation and the user's roles, from what was read so far."""
    key = (user, generation)
    found = db.holders.get(key) or holder_of(db, user)
    if found is not None and key not in db.holders:
        if len(db.holders) >= _N_HOLDERS:
            db.holders.clear()
        db.holders[key] = found
    return found


def set_workspace(
    db: Writing, session: int, workspace: str, pins: Mapping[str, str] | None = None
) -> Session:
    """Enter another workspace, with its commits if it is pinned.

    Raises Missing if the session has been ended.
    """
    row = db.row(
        f"UPDATE sessions SET workspace = ?, pins = ? WHERE id = ? RETURNING {_COLUMNS}",
        (workspace, _json(pins or {}), session),
    )
    if row is None:
        raise Missing(f"there is no session {session}")
    return _session_of(row)


def end(db: Writing, session: int) -> bool:
    """End a session, and all that it made. Whether there was one."""
    return db.run("DELETE FROM sessions WHERE id = ?", (session,)) > 0


def end_outside(db: Writing, user: int, workspace: str) -> None:
    """End the sessions of a user in any other workspace, and all that they made."""
    db.run("DELETE FROM sessions WHERE user_id = ? AND workspace <> ?", (user, workspace))


def end_acting(db: Writing, user: int) -> None:
    """End the sessions in which a user acts as another, and all that they made."""
    db.run("DELETE FROM sessions WHERE real_user_id = ?", (user,))


def purge_expired(db: Writing, now: datetime) -> int:
    """Forget sessions whose time is over; how many there were."""
    rows = db.rows("DELETE FROM sessions WHERE expires_at <= ? RETURNING id", (stamp(now),))
    return len(rows)


@lru_cache(maxsize=10_000)
def _session_of(row: Row) -> Session:
    id_, user, workspace, created_at, expires_at, real_user, parent, pins = row
    return Session(
        id=id_,
        user=user,
        workspace=workspace,
        created_at=moment(created_at),
        expires_at=moment(expires_at),
        real_user=real_user,
        parent=parent,
        pins=MappingProxyType(msgspec.json.decode(pins, type=dict[str, str])),
    )


def _json(pins: Mapping[str, str]) -> str:
    return msgspec.json.encode(dict(pins), order="sorted").decode()
