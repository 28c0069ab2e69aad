"""People: the users of the instance."""

from __future__ import annotations

from lookalike.instance.access import Caller, Permission
from lookalike.instance.errors import NotFound
from lookalike.instance.instance import Instance
from lookalike.store import accounts
from lookalike.store.records import User


def get_user(instance: Instance, caller: Caller, user: int) -> User:
    """One user: the caller, or any for those who administer."""
    if user == caller.user.id:
        return caller.user
    if not caller.may(Permission.ADMINISTER):
        raise NotFound(f"user {user} was not found")
    with instance.database.read() as db:
        found = accounts.find_user(db, user)
    if found is None:
        raise NotFound(f"user {user} was not found")
    return found
