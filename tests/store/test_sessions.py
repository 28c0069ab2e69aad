from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone

import pytest

from lookalike.store import accounts, sessions
from lookalike.store.database import Database, Missing, Taken, open_database
from lookalike.store.records import Session, User
from tests.patience import PATIENCE
from tests.store.conftest import NOON

HOUR = timedelta(hours=1)


def begin(
    database: Database,
    user: User,
    token: bytes,
    parent: Session | None = None,
    real_user: User | None = None,
    life: timedelta = HOUR,
) -> Session:
    with database.write() as db:
        return sessions.create(
            db,
            user=user.id,
            token_hash=token,
            workspace="production",
            now=NOON,
            expires_at=NOON + life,
            real_user=real_user.id if real_user else None,
            parent=parent.id if parent else None,
        )


def find(database: Database, token: bytes, now: datetime = NOON) -> Session | None:
    """Both ways to look a token up, which must agree."""
    with database.read() as db:
        session = sessions.session_for_token(db, token, now)
        rows = sessions.caller_rows(db, token, now)
    assert (rows[0] if rows else None) == session
    return session


@pytest.fixture
def bob(database: Database, ada: User) -> User:
    with database.write() as db:
        accounts.create_role(db, "viewer", ["explore"], ["shop", "books"])
        return accounts.create_user(
            db,
            email="bob@example.com",
            first_name="Bob",
            last_name="",
            roles=["viewer", "developer"],
            now=NOON,
        )


def test_a_token_finds_its_session(database: Database, ada: User) -> None:
    session = begin(database, ada, b"one")
    assert session == Session(
        id=session.id,
        user=ada.id,
        workspace="production",
        created_at=NOON,
        expires_at=NOON + HOUR,
    )
    assert find(database, b"one") == session
    assert find(database, b"two") is None
    assert find(database, b"") is None


def test_the_caller_comes_with_user_and_roles(database: Database, ada: User, bob: User) -> None:
    begin(database, bob, b"bob")
    with database.write() as db:
        accounts.set_attribute(db, bob.id, "region", "EU")
        accounts.set_attribute(db, ada.id, "region", "US")
    with database.read() as db:
        rows = sessions.caller_rows(db, b"bob", NOON)
        assert rows is not None
        assert rows[1] == accounts.get_user(db, bob.id)
        assert rows[2] == accounts.list_roles(db)
    assert rows[1].attributes == {"region": "EU"}
    assert [role.name for role in rows[2]] == ["developer", "viewer"]


def test_a_change_of_rights_is_seen_at_once(database: Database, ada: User) -> None:
    begin(database, ada, b"ada")
    for region in ("EU", "US", "EU"):
        with database.write() as db:
            accounts.set_attribute(db, ada.id, "region", region)
        with database.read() as db:
            rows = sessions.caller_rows(db, b"ada", NOON)
            assert rows is not None
            assert rows[1].attributes == {"region": region}


def test_a_user_without_roles_is_a_caller(database: Database) -> None:
    with database.write() as db:
        eve = accounts.create_user(
            db, email="eve@example.com", first_name="", last_name="", roles=[], now=NOON
        )
    begin(database, eve, b"eve")
    with database.read() as db:
        rows = sessions.caller_rows(db, b"eve", NOON)
    assert rows is not None
    assert rows[1:] == (eve, ())


def test_a_session_ends_on_time(database: Database, ada: User) -> None:
    begin(database, ada, b"one", life=timedelta(seconds=5))
    before = NOON + timedelta(seconds=5) - timedelta(microseconds=1)
    assert find(database, b"one", before) is not None
    assert find(database, b"one", before.astimezone(timezone(timedelta(hours=9)))) is not None
    assert find(database, b"one", NOON + timedelta(seconds=5)) is None


def test_workspaces(database: Database, ada: User) -> None:
    one, two = begin(database, ada, b"one"), begin(database, ada, b"two")
    with database.write(durable=False) as db:
        changed = sessions.set_workspace(db, one.id, "dev")
    assert changed.workspace == "dev"
    assert find(database, b"one") == changed
    assert find(database, b"two") == two
    with pytest.raises(Missing), database.write() as db:
        sessions.set_workspace(db, 999, "dev")


def test_pins_last_as_long_as_the_workspace(database: Database, ada: User) -> None:
    one = begin(database, ada, b"one")
    pins = {"shop": "a" * 40, "books": "b" * 40}
    with database.write(durable=False) as db:
        sessions.set_workspace(db, one.id, "@v1", pins)
    pinned = find(database, b"one")
    assert pinned is not None
    assert (pinned.workspace, pinned.pins) == ("@v1", pins)
    with database.write(durable=False) as db:
        sessions.set_workspace(db, one.id, "production")
    assert find(database, b"one") == one
    assert one.pins == {}


def test_a_session_takes_along_those_it_made(database: Database, ada: User, bob: User) -> None:
    parent = begin(database, ada, b"parent")
    child = begin(database, bob, b"child", parent, ada, life=HOUR * 9)
    grandchild = begin(database, ada, b"grandchild", child, ada)
    other = begin(database, bob, b"other")
    assert child.expires_at == parent.expires_at
    assert (child.real_user, child.parent) == (ada.id, parent.id)
    assert find(database, b"grandchild") == grandchild
    with database.write() as db:
        assert sessions.end(db, parent.id)
        assert not sessions.end(db, parent.id)
    for token in (b"parent", b"child", b"grandchild"):
        assert find(database, token) is None
    assert find(database, b"other") == other
    with pytest.raises(Missing):
        begin(database, bob, b"late", parent, ada)


def test_who_is_shut_out_has_no_session(database: Database, ada: User, bob: User) -> None:
    parent = begin(database, ada, b"ada")
    begin(database, bob, b"as bob", parent, ada)
    begin(database, bob, b"bob")
    with database.write() as db:
        assert accounts.set_disabled(db, ada.id, True).is_disabled
    assert find(database, b"ada") is None
    assert find(database, b"as bob") is None
    assert find(database, b"bob") is not None
    # A session that was being made at that moment is found to be over too.
    begin(database, ada, b"late")
    begin(database, bob, b"late as bob", real_user=ada)
    assert find(database, b"late") is None
    assert find(database, b"late as bob") is None
    with database.write() as db:
        accounts.set_disabled(db, ada.id, False)
    for token in (b"ada", b"late", b"late as bob"):
        assert find(database, token) is None


def test_what_is_over_is_forgotten(database: Database, ada: User) -> None:
    begin(database, ada, b"short", life=timedelta(minutes=1))
    begin(database, ada, b"long")
    with database.write() as db:
        assert sessions.purge_expired(db, NOON + timedelta(minutes=1)) == 1
        assert sessions.purge_expired(db, NOON + timedelta(minutes=1)) == 0
    assert find(database, b"short") is None
    assert find(database, b"long") is not None


def test_a_session_needs_a_user_and_a_token_of_its_own(database: Database, ada: User) -> None:
    begin(database, ada, b"one")
    with pytest.raises(Taken):
        begin(database, ada, b"one")
    with pytest.raises(Missing), database.write() as db:
        sessions.create(
            db, user=999, token_hash=b"x", workspace="production", now=NOON, expires_at=NOON
        )


WRITER = """
import sys
from datetime import UTC, datetime, timedelta
from lookalike.store import sessions
from lookalike.store.database import open_database

database = open_database(sys.argv[1])
user, durable, number = int(sys.argv[2]), sys.argv[3] == "True", int(sys.argv[4])
now = datetime(2026, 5, 1, 12, tzinfo=UTC)
while True:
    number += 1
    with database.write(durable=durable) as db:
        made = sessions.create(db, user=user, token_hash=b"%d" % number, workspace="production",
                               now=now, expires_at=now + timedelta(hours=1))
    print("made", number, flush=True)
    with database.write(durable=durable) as db:
        sessions.set_workspace(db, made.id, "dev")
    print("dev", number, flush=True)
"""


def acknowledged(output: str) -> Mapping[int, str]:
    """Token number to the workspace its session was last said to be in, by whole lines."""
    said = (line.split() for line in output.split("\n")[:-1])
    return {int(number): "dev" if word == "dev" else "production" for word, number in said}


@pytest.mark.slow
@pytest.mark.parametrize("durable", [True, False])
def test_what_was_acknowledged_survives_a_kill(shared_url: str, durable: bool) -> None:
    with closing(open_database(shared_url)) as database, database.write() as db:
        user = accounts.create_user(
            db, email="a@example.com", first_name="", last_name="", roles=[], now=NOON
        )
    chance = random.Random(11)
    expected: dict[int, str] = {}
    for round_ in range(6):
        first = str(round_ * 1_000_000)
        arguments = [sys.executable, "-c", WRITER, shared_url, str(user.id), str(durable), first]
        process = subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        first_line = process.stdout.readline()
        time.sleep(chance.uniform(0.05, 0.4))
        os.kill(process.pid, signal.SIGKILL)
        expected |= acknowledged(first_line + process.stdout.read())
        process.stdout.close()
        process.wait(PATIENCE)
    assert expected
    with closing(open_database(shared_url)) as database, database.read() as db:
        now = datetime(2026, 5, 1, 12, tzinfo=UTC)
        for number, workspace in expected.items():
            session = sessions.session_for_token(db, b"%d" % number, now)
            assert session is not None
            assert session.workspace in (workspace, "dev")
        if shared_url.startswith("sqlite"):
            assert db.row("PRAGMA integrity_check") == ("ok",)


@pytest.mark.parametrize("durable", [True, False])
def test_another_process_sees_every_change_at_once(shared_url: str, durable: bool) -> None:
    """The other process makes and changes sessions; after each line it prints, we look."""
    with closing(open_database(shared_url)) as database:
        with database.write() as db:
            user = accounts.create_user(
                db, email="a@example.com", first_name="", last_name="", roles=[], now=NOON
            )
        arguments = [sys.executable, "-c", WRITER, shared_url, str(user.id), str(durable), "0"]
        with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            for line in process.stdout:
                word, number = line.split()
                with database.read() as db:
                    session = sessions.session_for_token(db, number.encode(), NOON)
                    rows = sessions.caller_rows(db, number.encode(), NOON)
                assert session is not None
                assert rows is not None
                if word == "dev":
                    assert session.workspace == rows[0].workspace == "dev"
                if int(number) >= 100:
                    break
            process.kill()
