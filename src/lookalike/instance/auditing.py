"""Auditing: what a caller does goes into the audit, as whom and by whom."""

from __future__ import annotations

from lookalike.instance.access import Caller
from lookalike.instance.instance import Instance
from lookalike.store import audit
from lookalike.store.transactions import Writing


def record(
    instance: Instance,
    db: Writing,
    caller: Caller | None,
    action: str,
    subject: str,
    detail: str = "",
) -> None:
    """Add an entry, in the transaction of what it tells about. Nobody in particular did what the
    terminal does: its caller is None.
    """
    audit.record(
        db,
        at=instance.clock(),
        actor=caller.user.id if caller else None,
        real_actor=caller.session.real_user if caller else None,
        action=action,
        subject=subject,
        detail=detail,
    )
