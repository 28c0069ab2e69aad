"""Query tasks in the store: one runner starts them, they end once, their answers do not stay."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from msgspec import Struct

from lookalike.store import queries, tasks, validations
from lookalike.store.database import Database
from lookalike.store.records import QueryTask, TaskStatus, User
from lookalike.store.validations import SHARED, ValidationKey
from tests.store.conftest import NOON

LATER = NOON + timedelta(seconds=20)


class Room(Struct, frozen=True):
    database: Database
    user: User
    query: int

    def task(self, id_: str, runner: str = "one", **more: Any) -> QueryTask:
        task = QueryTask(
            id=id_,
            user=self.user.id,
            query_id=self.query,
            status=TaskStatus.ADDED,
            result_format="json",
            result_source="query",
            project="shop",
            workspace="dev",
            branch="b",
            commit="c",
            tree="t",
            connection="w",
            created_at=NOON,
            runner=runner,
            lease_until=LATER,
            **more,
        )
        with self.database.write() as db:
            made = tasks.create(db, task)
        assert made == task
        return made

    def complete(self, id_: str, parts: tuple[bytes, ...], minutes: int = 0) -> None:
        with self.database.write() as db:
            for number, part in enumerate(parts):
                tasks.add_part(db, id_, number, part)
            assert tasks.end(
                db,
                id_,
                status=TaskStatus.COMPLETE,
                now=NOON + timedelta(minutes=minutes),
                media_type="application/json",
                size=sum(map(len, parts)),
            )

    def find(self, id_: str) -> QueryTask:
        with self.database.read() as db:
            return tasks.find_tasks(db, [id_, "absent"])[id_]

    def parts(self, id_: str) -> bytes:
        with self.database.read() as db:
            return tasks.parts(db, id_)


@pytest.fixture
def room(database: Database, ada: User) -> Room:
    with database.write() as db:
        query = queries.save(db, digest="d", slug="s", client_id="c", body="{}", now=NOON)
    return Room(database, ada, query.id)


def test_a_whole_life(room: Room) -> None:
    room.task("a")
    with room.database.write() as db:
        assert not tasks.claim(db, "a", "two", NOON)
        assert tasks.claim(db, "a", "one", NOON)
        assert not tasks.claim(db, "a", "one", NOON)
    assert room.find("a").status is TaskStatus.RUNNING
    assert room.find("a").runtime is None
    room.complete("a", (b"[1", b"]"), minutes=1)
    found = room.find("a")
    assert (found.status, found.size, found.media_type) == (
        TaskStatus.COMPLETE,
        3,
        "application/json",
    )
    assert found.runtime == 60
    assert room.parts("a") == b"[1]"


def test_it_ends_once(room: Room) -> None:
    room.task("a")
    room.complete("a", (b"[]",))
    with room.database.write() as db:
        assert not tasks.end(db, "a", status=TaskStatus.KILLED, now=NOON, error="x")
    assert room.find("a").status is TaskStatus.COMPLETE
    assert room.parts("a") == b"[]"


def test_without_an_answer_nothing_of_it_stays(room: Room) -> None:
    room.task("a")
    with room.database.write() as db:
        tasks.add_part(db, "a", 0, b"[")
        assert tasks.end(db, "a", status=TaskStatus.ERROR, now=NOON, error="no")
    assert (room.find("a").error, room.parts("a")) == ("no", b"")


def test_what_is_held(room: Room) -> None:
    for id_, runner in (("a", "one"), ("b", "one"), ("c", "two")):
        room.task(id_, runner)
    room.complete("b", ())
    with room.database.read() as db:
        assert tasks.held_ids(db, "one") == {"a"}
        assert [each.id for each in tasks.list_held(db)] == ["a", "c"]
        assert [each.id for each in tasks.list_held(db, room.user.id)] == ["a", "c"]
        assert tasks.list_held(db, room.user.id + 1) == ()


def test_a_lease_that_ran_out(room: Room) -> None:
    for id_ in ("a", "b", "c"):
        room.task(id_)
    room.complete("c", (b"[]",))
    with room.database.write() as db:
        tasks.add_part(db, "b", 0, b"[")
        tasks.extend(db, ["a"], LATER + timedelta(minutes=1))
        tasks.end_abandoned(db, LATER + timedelta(seconds=1), "gone")
    assert [room.find(id_).status.value for id_ in "abc"] == ["added", "error", "complete"]
    assert (room.find("b").error, room.parts("b"), room.parts("c")) == ("gone", b"", b"[]")


def test_the_end_of_a_runner(room: Room) -> None:
    room.task("a")
    room.task("b", "two")
    with room.database.write() as db:
        tasks.end_of_runner(db, "one", NOON, "stopped")
    assert [room.find(id_).status.value for id_ in "ab"] == ["error", "added"]


@pytest.mark.parametrize(
    ("ended_before", "size", "kept"),
    [(0, 9, "bc"), (0, 100, "abc"), (1, 100, "bc"), (9, 100, ""), (0, 0, ""), (0, 4, "c")],
)
def test_answers_do_not_stay(room: Room, ended_before: int, size: int, kept: str) -> None:
    for minutes, id_ in enumerate("abc"):
        room.task(id_)
        room.complete(id_, (b"1234",), minutes)
    with room.database.write() as db:
        tasks.expire(db, NOON + timedelta(minutes=ended_before), size)
    for id_ in "abc":
        is_kept = id_ in kept
        assert (room.find(id_).status is TaskStatus.EXPIRED) is not is_kept
        assert room.parts(id_) == (b"1234" if is_kept else b"")


def test_tasks_do_not_stay(room: Room) -> None:
    room.task("a")
    room.task("b")
    room.complete("a", (b"[]",))
    with room.database.write() as db:
        assert tasks.purge(db, NOON) == 0
        assert tasks.purge(db, LATER) == 1
    assert room.find("b").status is TaskStatus.ADDED
    assert room.parts("a") == b""


def test_thousands_at_once(room: Room) -> None:
    with room.database.read() as db:
        assert tasks.find_tasks(db, [str(number) for number in range(2_000)]) == {}
        assert tasks.find_tasks(db, []) == {}


def test_the_last_validation_counts(room: Room) -> None:
    with room.database.write() as db:
        sql = (
            "INSERT INTO projects (name, repository, production_branch, is_folder, created_at)"
            " VALUES ('p', 'p', 'main', 0, 0) RETURNING id"
        )
        row = db.row(sql)
        assert row is not None
        key = ValidationKey(SHARED, row[0], "production")
        assert validations.find(db, key) is None
        validations.keep(db, key, "one", b"1")
        validations.keep(db, key, "two", b"2")
        assert validations.find(db, key) == ("two", b"2")
        assert validations.find(db, ValidationKey(room.user.id, row[0], "production")) is None
