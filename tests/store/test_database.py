from __future__ import annotations

import secrets
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from lookalike.store import audit, projects
from lookalike.store.database import (
    Busy,
    Database,
    Nested,
    StoreError,
    Taken,
    TooNew,
    Writing,
    open_database,
)
from lookalike.store.schema import list_migrations
from tests.store.conftest import NOON, postgres_url


def note(db: Writing, action: str) -> None:
    audit.record(db, at=NOON, actor=None, real_actor=None, action=action, subject="", detail="")


def actions(database: Database) -> list[str]:
    with database.read() as db:
        return [entry.action for entry in audit.list_entries(db, 1_000)]


def test_migrations_are_numbered_without_a_gap() -> None:
    migrations = list_migrations()
    assert [migration.number for migration in migrations] == list(range(1, len(migrations) + 1))
    assert migrations[0].name == "first"


def test_a_store_is_found_again(shared_url: str) -> None:
    with closing(open_database(shared_url)) as database, database.write() as db:
        note(db, "first life")
    with closing(open_database(shared_url)) as database:
        assert actions(database) == ["first life"]


def test_a_transaction_is_kept_whole_or_not_at_all(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.write() as db:  # noqa: PT012
        note(db, "lost")
        assert 1 / 0
    with database.write() as db:
        note(db, "one")
        note(db, "two")
    assert actions(database) == ["two", "one"]


def test_a_failed_statement_leaves_the_store_usable(database: Database) -> None:
    with pytest.raises(StoreError), database.write() as db:  # noqa: PT012
        note(db, "lost")
        db.run("INSERT INTO nowhere VALUES (1)")
    with pytest.raises(StoreError), database.read() as reading:
        reading.rows("SELECT nothing FROM nowhere")
    with database.write(durable=False) as db:
        note(db, "kept")
    assert actions(database) == ["kept"]


def test_inside_a_transaction_there_is_nothing_beside_it(database: Database) -> None:
    with database.write() as db:
        for durable in (True, False):
            with pytest.raises(Nested), database.write(durable=durable):
                pass
        with pytest.raises(Nested), database.read():
            pass
        note(db, "kept")
    assert actions(database) == ["kept"]


def test_what_is_not_committed_is_seen_by_no_other_thread(shared_url: str) -> None:
    with closing(open_database(shared_url)) as database:
        seen: list[list[str]] = []
        with database.write() as db:
            note(db, "soon")
            thread = threading.Thread(target=lambda: seen.append(actions(database)))
            thread.start()
            thread.join()
        assert seen == [[]]
        assert actions(database) == ["soon"]


def test_threads_write_one_after_the_other(database: Database) -> None:
    with database.write() as db:
        projects.create(
            db, name="n", repository="0", production_branch="", is_folder=False, now=NOON
        )
    failures: list[Exception] = []

    def work() -> None:
        try:
            for _ in range(25):
                with database.write(durable=False) as db:
                    db.run("UPDATE projects SET repository = repository WHERE name = 'n'")
                    number = int(projects.get_project(db, "n").repository)
                    db.run("UPDATE projects SET repository = ?", (str(number + 1),))
                with database.read() as reading:
                    projects.get_project(reading, "n")
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with database.read() as reader:
        assert projects.get_project(reader, "n").repository == "200"


def test_two_stores_in_memory_are_two() -> None:
    with closing(open_database("sqlite://")) as one, closing(open_database("sqlite://")) as two:
        with one.write() as db:
            note(db, "mine")
        assert actions(two) == []


OPENER = """
import sys
from lookalike.store.database import open_database
print("ready", flush=True)
sys.stdin.readline()
open_database(sys.argv[1]).close()
"""


def test_processes_that_start_together_migrate_once(shared_url: str) -> None:
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", OPENER, shared_url],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    for process in processes:
        assert process.stdout is not None
        process.stdout.readline()
    for process in processes:
        process.communicate("\n", timeout=60)
    assert [process.returncode for process in processes] == [0] * 4
    with closing(open_database(shared_url)) as database, database.read() as db:
        assert db.rows("SELECT number FROM migrations ORDER BY number") == [
            (migration.number,) for migration in list_migrations()
        ]


def test_a_store_of_a_later_version_is_left_alone(shared_url: str) -> None:
    with closing(open_database(shared_url)) as database, database.write() as db:
        db.run("INSERT INTO migrations (number, name) VALUES (9999, 'later')")
    with pytest.raises(TooNew, match="9999"):
        open_database(shared_url)


@pytest.mark.parametrize(
    "url", ["", "store.db", "mysql://root:hunter2@host/x", "sqlite:///", "duckdb:///x"]
)
def test_other_urls_are_refused_without_telling_secrets(url: str) -> None:
    with pytest.raises(StoreError, match="use `sqlite:///`") as caught:
        open_database(url)
    assert "hunter2" not in str(caught.value)


def test_a_url_that_is_misspelt_is_not_repeated() -> None:
    with pytest.raises(StoreError, match="does not understand") as caught:
        open_database("postgresql://ada:hunter2@host/x?nonsense=1")
    assert "hunter2" not in str(caught.value)
    assert caught.value.__suppress_context__


def test_a_file_is_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with closing(open_database(f"sqlite:///{path}")) as database, database.write() as db:
        note(db, "x")
        for file in tmp_path.iterdir():
            assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_reading_cannot_write(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/store.db"
    with closing(open_database(url)) as database, database.read() as db:
        with pytest.raises(StoreError, match="readonly"):
            db.row("INSERT INTO roles (name, permissions) VALUES ('x', '[]') RETURNING id")
        with pytest.raises(AttributeError):
            # The type checker refuses it too: if it did not, it would report this very comment.
            note(db, "x")  # type: ignore[arg-type]


@pytest.mark.slow
def test_who_waits_too_long_is_told(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with closing(open_database(f"sqlite:///{path}")) as database:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        assert actions(database) == []
        with pytest.raises(Busy), database.write() as db:
            note(db, "never")
        other.close()
        with database.write() as db:
            note(db, "then")
        assert actions(database) == ["then"]


def test_connections_of_ended_threads_are_closed(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with closing(open_database(f"sqlite:///{path}")) as database:
        for _ in range(50):
            thread = threading.Thread(target=lambda: actions(database))
            thread.start()
            thread.join()
        n_open = sum(target.resolve() == path for target in Path("/proc/self/fd").iterdir())
        assert n_open < 10


@pytest.fixture
def postgres() -> Iterator[str]:
    yield from postgres_url()


def test_a_dropped_connection_is_replaced(postgres: str) -> None:
    name = f"victim{secrets.token_hex(8)}"
    with closing(open_database(f"{postgres}&application_name={name}")) as database:
        drop_connections(postgres, name)
        with database.write() as db:
            note(db, "written")
        drop_connections(postgres, name)
        assert actions(database) == ["written"]
        with pytest.raises(Busy), database.write() as db:  # noqa: PT012
            note(db, "begun")
            drop_connections(postgres, name)
            note(db, "lost")
        assert actions(database) == ["written"]


def drop_connections(url: str, name: str) -> None:
    """End the connections that carry this name, as a server does that is started anew."""
    with psycopg.connect(url, autocommit=True) as connection:
        ended = connection.execute(
            "SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity"
            " WHERE application_name = %s",
            (name,),
        )
        assert ended.fetchall() == [(True,)]


def test_a_name_that_is_taken_is_told_on_commit_of_the_first(postgres: str) -> None:
    with closing(open_database(postgres)) as database:
        failures: list[Exception] = []

        def work() -> None:
            try:
                with database.write() as db:
                    projects.create(
                        db,
                        name="shop",
                        repository="",
                        production_branch="",
                        is_folder=False,
                        now=NOON,
                    )
                    time.sleep(0.1)
            except Taken as error:
                failures.append(error)

        threads = [threading.Thread(target=work) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(failures) == 1


def test_no_answer_is_busy() -> None:
    with pytest.raises(Busy, match="cannot be reached") as caught:
        open_database("postgresql://ada:hunter2@127.0.0.1:1/none")
    assert "hunter2" not in str(caught.value)
