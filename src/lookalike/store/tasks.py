"""Query tasks: what runs in the background, who runs it, and what it answered.

Invariants: a task ends once, whoever comes first; only its runner starts it and hands in its
answer; one whose lease ran out has no runner any more.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from lookalike.store.records import QueryTask, TaskStatus
from lookalike.store.times import moment, stamp
from lookalike.store.transactions import Reading, Row, Writing, sure

_COLUMNS = (
    "id, user_id, query_id, status, result_format, result_source, error, project, workspace,"
    " branch, commit_id, tree, connection, created_at, started_at, finished_at, runner,"
    " lease_until, media_type, size"
)
_HELD = "status IN ('added', 'running')"
_AT_ONCE = 500


def create(db: Writing, task: QueryTask) -> QueryTask:
    """A new task. Raises Missing if its query or its user is gone."""
    row = db.row(
        f"INSERT INTO query_tasks ({_COLUMNS}) VALUES ({', '.join('?' * 20)}) RETURNING {_COLUMNS}",
        (
            task.id,
            task.user,
            task.query_id,
            task.status.value,
            task.result_format,
            task.result_source,
            task.error,
            task.project,
            task.workspace,
            task.branch,
            task.commit,
            task.tree,
            task.connection,
            stamp(task.created_at),
            None,
            stamp(task.finished_at) if task.finished_at else None,
            task.runner,
            stamp(task.lease_until),
            task.media_type,
            task.size,
        ),
    )
    return _task_of(sure(row))


def find_tasks(db: Reading, ids: Sequence[str]) -> dict[str, QueryTask]:
    """The tasks of these ids, as far as they are known."""
    found = {}
    for first in range(0, len(ids), _AT_ONCE):
        some = tuple(ids[first : first + _AT_ONCE])
        marks = ", ".join("?" * len(some))
        for row in db.rows(f"SELECT {_COLUMNS} FROM query_tasks WHERE id IN ({marks})", some):
            found[row[0]] = _task_of(row)
    return found


def list_held(db: Reading, user: int | None = None) -> tuple[QueryTask, ...]:
    """The tasks that have not ended, of one user or of all, the oldest first."""
    mine, values = ("", ()) if user is None else (" AND user_id = ?", (user,))
    sql = f"SELECT {_COLUMNS} FROM query_tasks WHERE {_HELD}{mine} ORDER BY created_at, id"
    return tuple(map(_task_of, db.rows(sql, values)))


def held_ids(db: Reading, runner: str) -> frozenset[str]:
    """What a runner still holds."""
    rows = db.rows(f"SELECT id FROM query_tasks WHERE runner = ? AND {_HELD}", (runner,))
    return frozenset(id_ for (id_,) in rows)


def claim(db: Writing, id_: str, runner: str, now: datetime) -> bool:
    """Start a task. Whether it was still there to be started."""
    row = db.row(
        "UPDATE query_tasks SET status = 'running', started_at = ?"
        " WHERE id = ? AND runner = ? AND status = 'added' RETURNING id",
        (stamp(now), id_, runner),
    )
    return row is not None


def extend(db: Writing, ids: Sequence[str], until: datetime) -> None:
    """Make leases last longer."""
    for first in range(0, len(ids), _AT_ONCE):
        some = ids[first : first + _AT_ONCE]
        marks = ", ".join("?" * len(some))
        sql = f"UPDATE query_tasks SET lease_until = ? WHERE id IN ({marks}) AND {_HELD}"
        db.run(sql, (stamp(until), *some))


def add_part(db: Writing, id_: str, number: int, data: bytes) -> None:
    """One part of an answer. It counts once the task has ended with a media type."""
    sql = "INSERT INTO query_task_parts (task_id, number, data) VALUES (?, ?, ?)"
    db.run(sql, (id_, number, data))


def end(  # noqa: PLR0913 - one keyword a column
    db: Writing,
    id_: str,
    *,
    status: TaskStatus,
    now: datetime,
    error: str = "",
    media_type: str = "",
    size: int = 0,
) -> bool:
    """End a task. False if it has ended before. Without a media type it has no answer."""
    row = db.row(
        "UPDATE query_tasks SET status = ?, error = ?, media_type = ?, size = ?, finished_at = ?"
        f" WHERE id = ? AND {_HELD} RETURNING id",
        (status.value, error, media_type, size, stamp(now), id_),
    )
    if row is not None and not media_type:
        drop_parts(db, id_)
    return row is not None


def drop_parts(db: Writing, id_: str) -> None:
    """Forget what was handed in for a task."""
    db.run("DELETE FROM query_task_parts WHERE task_id = ?", (id_,))


def end_of_runner(db: Writing, runner: str, now: datetime, error: str) -> None:
    """End all that a runner holds."""
    _end_where(db, "runner = ?", runner, now, error)


def end_abandoned(db: Writing, now: datetime, error: str) -> None:
    """End all whose lease has run out."""
    _end_where(db, "lease_until < ?", stamp(now), now, error)


def parts(db: Reading, id_: str) -> bytes:
    """What a task answered."""
    sql = "SELECT data FROM query_task_parts WHERE task_id = ? ORDER BY number"
    return b"".join(bytes(data) for (data,) in db.rows(sql, (id_,)))


def expire(db: Writing, ended_before: datetime, size: int) -> None:
    """Forget the answers of tasks that ended long ago, and the oldest of what is more than `size`
    bytes together.
    """
    # Each row knows how much is newer than itself.
    rows = db.rows(
        "SELECT id FROM (SELECT id, finished_at,"
        " SUM(size) OVER (ORDER BY finished_at DESC, id) AS kept"
        " FROM query_tasks WHERE size > 0) AS sizes WHERE finished_at < ? OR kept > ?",
        (stamp(ended_before), size),
    )
    for (id_,) in rows:
        drop_parts(db, id_)
        db.run("UPDATE query_tasks SET status = 'expired', size = 0 WHERE id = ?", (id_,))


def purge(db: Writing, created_before: datetime) -> int:
    """Forget tasks that ended and were created long ago; how many there were."""
    sql = f"DELETE FROM query_tasks WHERE created_at < ? AND NOT ({_HELD}) RETURNING id"
    return len(db.rows(sql, (stamp(created_before),)))


def _end_where(db: Writing, condition: str, value: str | int, now: datetime, error: str) -> None:
    rows = db.rows(
        "UPDATE query_tasks SET status = 'error', error = ?, finished_at = ?"
        f" WHERE {condition} AND {_HELD} RETURNING id",
        (error, stamp(now), value),
    )
    for (id_,) in rows:
        drop_parts(db, id_)


def _task_of(row: Row) -> QueryTask:
    return QueryTask(
        id=row[0],
        user=row[1],
        query_id=row[2],
        status=TaskStatus(row[3]),
        result_format=row[4],
        result_source=row[5],
        error=row[6],
        project=row[7],
        workspace=row[8],
        branch=row[9],
        commit=row[10],
        tree=row[11],
        connection=row[12],
        created_at=moment(row[13]),
        started_at=None if row[14] is None else moment(row[14]),
        finished_at=None if row[15] is None else moment(row[15]),
        runner=row[16],
        lease_until=moment(row[17]),
        media_type=row[18],
        size=int(row[19]),
    )
