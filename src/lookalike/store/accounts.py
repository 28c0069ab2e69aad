"""Accounts: users, their roles and attributes, and their API credentials.

Of a secret only the hash comes in; no function gives more than that hash back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

import msgspec

from lookalike.store.records import Credential, Role, User
from lookalike.store.times import moment, stamp
from lookalike.store.transactions import Missing, Reading, Row, Writing, sure

_ROLE_COLUMNS = "roles.id, roles.name, roles.permissions, roles.models"
_USER_COLUMNS = (
    "users.id, users.email, users.first_name, users.last_name, users.is_disabled, users.locale,"
    " users.timezone, users.attributes, users.created_at"
)
_CREDENTIAL_COLUMNS = (
    "id, user_id, client_id, is_disabled, created_at, default_workspace, last_used_at"
)
_MINUTE = timedelta(minutes=1)


def create_role(
    db: Writing, name: str, permissions: Collection[str], models: Collection[str] | None
) -> Role:
    """A new role; `models` None means all of them. Raises Taken if the name is in use."""
    row = db.row(
        f"INSERT INTO roles (name, permissions, models) VALUES (?, ?, ?) RETURNING {_ROLE_COLUMNS}",
        (name, _words(permissions), None if models is None else _words(models)),
    )
    return _role_of(sure(row))


def set_permissions(db: Writing, role: int, permissions: Collection[str]) -> None:
    """What a role holds from now on, for everybody who has it."""
    db.run("UPDATE roles SET permissions = ? WHERE id = ?", (_words(permissions), role))
    db.run(
        "UPDATE users SET generation = generation + 1"
        " WHERE id IN (SELECT user_id FROM user_roles WHERE role_id = ?)",
        (role,),
    )


def find_role(db: Reading, name: str) -> Role | None:
    """The role of this name."""
    row = db.row(f"SELECT {_ROLE_COLUMNS} FROM roles WHERE name = ?", (name,))
    return _role_of(row) if row else None


def list_roles(db: Reading) -> tuple[Role, ...]:
    """Every role, oldest first."""
    return tuple(map(_role_of, db.rows(f"SELECT {_ROLE_COLUMNS} FROM roles ORDER BY id")))


def create_user(
    db: Writing,
    *,
    email: str,
    first_name: str,
    last_name: str,
    roles: Collection[str],
    now: datetime,
) -> User:
    """A new user. Raises Taken if the address is in use, Missing if there is no such role."""
    row = db.row(
        "INSERT INTO users (email, email_key, first_name, last_name, locale, timezone, created_at)"
        " VALUES (?, ?, ?, ?, 'en', 'UTC', ?) RETURNING id",
        (email, _key(email), first_name, last_name, stamp(now)),
    )
    user: int = sure(row)[0]
    _give_roles(db, user, roles)
    return get_user(db, user)


def get_user(db: Reading, user: int) -> User:
    """The user of this id. Raises Missing."""
    found = find_user(db, user)
    if found is None:
        raise Missing(f"there is no user {user}")
    return found


def find_user(db: Reading, user: int) -> User | None:
    """The user of this id."""
    users = _users(db, "WHERE users.id = ?", user)
    return users[0] if users else None


def find_user_by_email(db: Reading, email: str) -> User | None:
    """The user with this address, in any case."""
    users = _users(db, "WHERE users.email_key = ?", _key(email))
    return users[0] if users else None


def list_users(db: Reading) -> tuple[User, ...]:
    """Every user, oldest first."""
    return _users(db, "")


def set_attribute(db: Writing, user: int, name: str, value: str) -> None:
    """Give a user an own value of a user attribute; an empty one takes it away. Raises Missing if
    there is no such user.
    """
    # Changing nothing holds the row, so that two who set attributes at once do not lose one.
    row = db.row(
        "UPDATE users SET attributes = attributes WHERE id = ? RETURNING attributes", (user,)
    )
    if row is None:
        raise Missing(f"there is no user {user}")
    attributes = {**_map_of(row[0]), name: value}
    if not value:
        del attributes[name]
    db.run(
        "UPDATE users SET attributes = ?, generation = generation + 1 WHERE id = ?",
        (msgspec.json.encode(attributes, order="sorted").decode(), user),
    )


def set_roles(db: Writing, user: int, roles: Collection[str]) -> User:
    """The roles that a user has from now on, in sessions under way too. Raises Missing if there is
    no such user or role.
    """
    db.run("UPDATE users SET generation = generation + 1 WHERE id = ?", (user,))
    db.run("DELETE FROM user_roles WHERE user_id = ?", (user,))
    _give_roles(db, user, roles)
    return get_user(db, user)


def set_disabled(db: Writing, user: int, is_disabled: bool) -> User:
    """Shut a user out, or in again. Sessions of the user, and those acted through, end at once; so
    do those that were being made while the user was shut out. Raises Missing.
    """
    found, _ = hold(db, user)
    db.run(
        "UPDATE users SET is_disabled = ?, generation = generation + 1 WHERE id = ?",
        (int(is_disabled), user),
    )
    if is_disabled or found.is_disabled:
        db.run("DELETE FROM sessions WHERE user_id = ? OR real_user_id = ?", (user, user))
    return get_user(db, user)


def hold(db: Writing, user: int) -> tuple[User, tuple[Role, ...]]:
    """A user and the user's roles, which nobody else changes before the transaction ends. Raises
    Missing.
    """
    # Changing nothing holds the row.
    db.run("UPDATE users SET generation = generation WHERE id = ?", (user,))
    found = holder_of(db, user)
    if found is None:
        raise Missing(f"there is no user {user}")
    return found


def create_credential(
    db: Writing,
    user: int,
    client_id: str,
    secret_hash: bytes,
    now: datetime,
    *,
    default_workspace: str = "",
) -> Credential:
    """A new credential of a user. Raises Taken if the client id is in use, Missing for no user."""
    row = db.row(
        "INSERT INTO credentials (user_id, client_id, secret_hash, created_at, default_workspace)"
        f" VALUES (?, ?, ?, ?, ?) RETURNING {_CREDENTIAL_COLUMNS}",
        (user, client_id, secret_hash, stamp(now), default_workspace),
    )
    return _credential_of(sure(row))


def credential_for(db: Reading, client_id: str) -> tuple[Credential, bytes] | None:
    """The credential of a client id and the hash of its secret: compare it in constant time.

    The credential of a user who is shut out counts as disabled.
    """
    row = db.row(
        "SELECT credentials.id, user_id, client_id,"
        " credentials.is_disabled + users.is_disabled, credentials.created_at,"
        " default_workspace, last_used_at, secret_hash"
        " FROM credentials JOIN users ON users.id = user_id WHERE client_id = ?",
        (client_id,),
    )
    return (_credential_of(row[:-1]), row[-1]) if row else None


def list_credentials(db: Reading, user: int | None = None) -> tuple[Credential, ...]:
    """The credentials of a user, or of everybody, oldest first."""
    where, values = ("", ()) if user is None else ("WHERE user_id = ?", (user,))
    rows = db.rows(f"SELECT {_CREDENTIAL_COLUMNS} FROM credentials {where} ORDER BY id", values)
    return tuple(map(_credential_of, rows))


def find_credential(db: Reading, client_id: str) -> Credential | None:
    """The credential of a client id."""
    row = db.row(f"SELECT {_CREDENTIAL_COLUMNS} FROM credentials WHERE client_id = ?", (client_id,))
    return _credential_of(row) if row else None


def mark_used(db: Writing, credential: int, now: datetime) -> None:
    """Note a login. One a minute is enough, lest logins of one credential wait for each other."""
    db.run(
        "UPDATE credentials SET last_used_at = ?"
        " WHERE id = ? AND (last_used_at IS NULL OR last_used_at <= ?)",
        (stamp(now), credential, stamp(now - _MINUTE)),
    )


def delete_credential(db: Writing, credential: int) -> bool:
    """Forget a credential. The sessions that it made end at once. Whether there was one."""
    return db.run("DELETE FROM credentials WHERE id = ?", (credential,)) > 0


def holder_of(db: Reading, user: int) -> tuple[User, tuple[Role, ...]] | None:
    """A user with the roles that the user has."""
    found = find_user(db, user)
    if found is None:
        return None
    rows = db.rows(
        f"SELECT {_ROLE_COLUMNS} FROM user_roles JOIN roles ON roles.id = user_roles.role_id"
        " WHERE user_roles.user_id = ? ORDER BY roles.id",
        (user,),
    )
    return found, tuple(map(_role_of, rows))


def _role_of(row: Row) -> Role:
    """A row of _ROLE_COLUMNS."""
    id_, name, permissions, models = row
    return Role(
        id=id_,
        name=name,
        permissions=_set_of(permissions),
        models=None if models is None else _set_of(models),
    )


def _give_roles(db: Writing, user: int, roles: Collection[str]) -> None:
    for role in dict.fromkeys(roles):
        found = find_role(db, role)
        if found is None:
            raise Missing(f"there is no role `{role}`")
        db.run("INSERT INTO user_roles (user_id, role_id) VALUES (?, ?)", (user, found.id))


def _user_of(row: Row, roles: Mapping[int, str]) -> User:
    """A row of _USER_COLUMNS, with the names of the user's roles by their ids."""
    id_, email, first_name, last_name, is_disabled, locale, timezone, attributes, created_at = row
    return User(
        id=id_,
        email=email,
        first_name=first_name,
        last_name=last_name,
        is_disabled=bool(is_disabled),
        locale=locale,
        timezone=timezone,
        roles=tuple(roles.values()),
        attributes=_map_of(attributes),
        created_at=moment(created_at),
        role_ids=tuple(roles),
    )


def _users(db: Reading, where: str, *values: int | str) -> tuple[User, ...]:
    """Two statements, however many users there are."""
    rows = db.rows(f"SELECT {_USER_COLUMNS} FROM users {where} ORDER BY users.id", values)
    roles: dict[int, dict[int, str]] = defaultdict(dict)
    held = db.rows(
        "SELECT users.id, roles.id, roles.name FROM users"
        " JOIN user_roles ON user_roles.user_id = users.id"
        f" JOIN roles ON roles.id = user_roles.role_id {where} ORDER BY roles.id",
        values,
    )
    for user, role, name in held:
        roles[user][role] = name
    return tuple(_user_of(row, roles[row[0]]) for row in rows)


def _credential_of(row: Row) -> Credential:
    id_, user, client_id, is_disabled, created_at, default_workspace, last_used_at = row
    return Credential(
        id=id_,
        user=user,
        client_id=client_id,
        is_disabled=bool(is_disabled),
        created_at=moment(created_at),
        default_workspace=default_workspace,
        last_used_at=None if last_used_at is None else moment(last_used_at),
    )


def _key(email: str) -> str:
    """Addresses that differ in case only are one address. Folding would make `ß` and `ss` one."""
    return email.strip().lower()


def _words(words: Collection[str]) -> str:
    return msgspec.json.encode(sorted(set(words))).decode()


def _set_of(text: str) -> frozenset[str]:
    return frozenset(msgspec.json.decode(text, type=list[str]))


def _map_of(text: str) -> Mapping[str, str]:
    return MappingProxyType(msgspec.json.decode(text, type=dict[str, str]))
