"""The audit: who did what, and as whom. Entries are added and read, never changed."""

from __future__ import annotations

from datetime import datetime

from lookalike.store.records import AuditEntry
from lookalike.store.times import moment, stamp
from lookalike.store.transactions import Reading, Row, Writing


def record(  # noqa: PLR0913 - one keyword a column
    db: Writing,
    *,
    at: datetime,
    actor: int | None,
    real_actor: int | None,
    action: str,
    subject: str,
    detail: str,
) -> None:
    """Add an entry, in the transaction of what it tells about."""
    db.run(
        "INSERT INTO audit_entries (at, actor, real_actor, action, subject, detail)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (stamp(at), actor, real_actor, action, subject, detail),
    )


def list_entries(db: Reading, limit: int) -> tuple[AuditEntry, ...]:
    """The newest entries, newest first, at most `limit`."""
    rows = db.rows(
        "SELECT id, at, actor, real_actor, action, subject, detail FROM audit_entries"
        " ORDER BY id DESC LIMIT ?",
        (limit,),
    )
    return tuple(map(_entry_of, rows))


def _entry_of(row: Row) -> AuditEntry:
    id_, at, actor, real_actor, action, subject, detail = row
    return AuditEntry(
        id=id_,
        at=moment(at),
        actor=actor,
        real_actor=real_actor,
        action=action,
        subject=subject,
        detail=detail,
    )
