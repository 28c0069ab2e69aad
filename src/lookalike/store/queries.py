"""Saved queries: questions kept for good, equal ones once."""

from __future__ import annotations

from datetime import datetime

from lookalike.store.records import SavedQuery
from lookalike.store.times import moment, stamp
from lookalike.store.transactions import Reading, Row, Taken, Writing

_COLUMNS = "id, digest, slug, client_id, body, created_at"


def save(
    db: Writing, *, digest: str, slug: str, client_id: str, body: str, now: datetime
) -> SavedQuery:
    """The record of this digest, made now if there is none; whoever comes first gives it its names.

    Raises Taken if the slug or the client id belongs to another query.
    """
    row = db.row(
        "INSERT INTO queries (digest, slug, client_id, body, created_at) VALUES (?, ?, ?, ?, ?)"
        f" ON CONFLICT DO NOTHING RETURNING {_COLUMNS}",
        (digest, slug, client_id, body, stamp(now)),
    ) or db.row(f"SELECT {_COLUMNS} FROM queries WHERE digest = ?", (digest,))
    if row is None:
        raise Taken(f"slug `{slug}` or client id `{client_id}` belongs to another query")
    return _query_of(row)


def find_query(db: Reading, query: int) -> SavedQuery | None:
    """The query of this id."""
    row = db.row(f"SELECT {_COLUMNS} FROM queries WHERE id = ?", (query,))
    return _query_of(row) if row else None


def find_by_digest(db: Reading, digest: str) -> SavedQuery | None:
    """The query of this content."""
    row = db.row(f"SELECT {_COLUMNS} FROM queries WHERE digest = ?", (digest,))
    return _query_of(row) if row else None


def find_by_slug(db: Reading, text: str) -> SavedQuery | None:
    """The query of this slug, or else of this client id."""
    row = db.row(f"SELECT {_COLUMNS} FROM queries WHERE slug = ?", (text,)) or db.row(
        f"SELECT {_COLUMNS} FROM queries WHERE client_id = ?", (text,)
    )
    return _query_of(row) if row else None


def _query_of(row: Row) -> SavedQuery:
    id_, digest, slug, client_id, body, created_at = row
    return SavedQuery(
        id=id_,
        digest=digest,
        slug=slug,
        client_id=client_id,
        body=body,
        created_at=moment(created_at),
    )
