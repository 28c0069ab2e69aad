from __future__ import annotations

from datetime import timedelta

from lookalike.store import audit
from lookalike.store.database import Database
from lookalike.store.records import AuditEntry
from tests.store.conftest import NOON


def test_entries_come_newest_first(database: Database) -> None:
    with database.write() as db:
        for number in range(3):
            audit.record(
                db,
                at=NOON - timedelta(days=number),
                actor=number,
                real_actor=None if number else 7,
                action="login_user",
                subject=f"user {number}",
                detail="",
            )
    with database.read() as db:
        entries = audit.list_entries(db, 2)
        everything = audit.list_entries(db, 10)
    assert [entry.actor for entry in entries] == [2, 1]
    assert everything[-1] == AuditEntry(
        id=everything[-1].id,
        at=NOON,
        actor=0,
        real_actor=7,
        action="login_user",
        subject="user 0",
        detail="",
    )
