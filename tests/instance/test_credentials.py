"""Credentials: what holds when several revoke at once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from lookalike.instance import credentials, people
from lookalike.instance.errors import NotFound
from lookalike.instance.instance import Instance
from lookalike.store import audit
from tests.instance.conftest import Person

N_AT_ONCE = 8
N_CREDENTIALS = 10


def test_a_credential_is_revoked_once(instance: Instance, log_in: Callable[..., Person]) -> None:
    """Of those who revoke the same one at once, one has done it, and the audit says it once."""
    user = log_in("ada.lovelace@example.com").caller.user
    admin = people.operator(instance, "dev")
    together = Barrier(N_AT_ONCE)

    def revoke(credential: int) -> bool:
        together.wait()
        try:
            credentials.remove_credential(instance, admin, user.id, credential)
        except NotFound:
            return False
        return True

    with ThreadPoolExecutor(N_AT_ONCE) as pool:
        for _ in range(N_CREDENTIALS):
            made = credentials.add_credential(instance, admin, user.id)
            revoked = list(pool.map(revoke, [made.credential.id] * N_AT_ONCE))
            assert revoked.count(True) == 1
    with instance.database.read() as db:
        entries = audit.list_entries(db, 1_000)
    assert sum(each.action == "delete_credential" for each in entries) == N_CREDENTIALS
