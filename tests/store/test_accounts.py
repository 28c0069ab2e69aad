from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from lookalike.store import accounts, sessions
from lookalike.store.database import Database, Missing, Taken, Writing
from lookalike.store.records import User
from tests.store.conftest import NOON


def test_roles(database: Database) -> None:
    with database.write() as db:
        admin = accounts.create_role(db, "admin", ["see_sql", "explore", "explore"], None)
        viewer = accounts.create_role(db, "viewer", [], ["shop"])
    with database.read() as db:
        assert accounts.list_roles(db) == (admin, viewer)
        assert accounts.find_role(db, "viewer") == viewer
        assert accounts.find_role(db, "nobody") is None
    assert admin.permissions == {"explore", "see_sql"}
    assert admin.models is None
    assert viewer.permissions == frozenset()
    assert viewer.models == frozenset({"shop"})
    with pytest.raises(Taken), database.write() as writing:
        accounts.create_role(writing, "admin", [], None)


def test_a_user_comes_back_as_made(database: Database, ada: User) -> None:
    assert ada.email == "ada@example.com"
    assert (ada.first_name, ada.last_name, ada.is_disabled) == ("Ada", "Lovelace", False)
    assert (ada.locale, ada.timezone, ada.created_at) == ("en", "UTC", NOON)
    assert (ada.roles, ada.attributes) == (("developer",), {})
    with database.write() as db:
        bob = accounts.create_user(
            db, email="bob@example.com", first_name="", last_name="", roles=[], now=NOON
        )
    with database.read() as db:
        assert accounts.list_users(db) == (ada, bob)
        assert accounts.get_user(db, ada.id) == ada
        assert accounts.find_user_by_email(db, "ADA@Example.com") == ada
        assert accounts.find_user_by_email(db, "eve@example.com") is None
        assert accounts.find_user(db, 999) is None
        with pytest.raises(Missing, match="user 999"):
            accounts.get_user(db, 999)


def test_what_a_user_needs(database: Database, ada: User) -> None:
    with pytest.raises(Taken), database.write() as db:
        accounts.create_user(
            db, email="Ada@EXAMPLE.com", first_name="", last_name="", roles=[], now=NOON
        )
    with pytest.raises(Missing, match="role `boss`"), database.write() as db:
        accounts.create_user(
            db, email="b@example.com", first_name="", last_name="", roles=["boss"], now=NOON
        )
    with database.read() as db:
        assert accounts.list_users(db) == (ada,)


def test_attributes(database: Database, ada: User) -> None:
    hostile = 'O\'Brien "x" % ? {} ; -- ü ☃\n'
    with database.write() as db:
        accounts.set_attribute(db, ada.id, "region", "EU")
        accounts.set_attribute(db, ada.id, "region", "US")
        accounts.set_attribute(db, ada.id, hostile, hostile)
    with database.read() as db:
        assert accounts.get_user(db, ada.id).attributes == {"region": "US", hostile: hostile}
    with database.write() as db:
        accounts.set_attribute(db, ada.id, hostile, "")
        accounts.set_attribute(db, ada.id, "never", "")
    with database.read() as db:
        assert accounts.get_user(db, ada.id).attributes == {"region": "US"}
    with pytest.raises(Missing), database.write() as db:
        accounts.set_attribute(db, 999, "region", "EU")


def test_attributes_set_at_once_are_all_kept(database: Database, ada: User) -> None:
    def work(number: int) -> None:
        for i in range(10):
            with database.write() as db:
                accounts.set_attribute(db, ada.id, f"{number} {i}", "x")

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.read() as db:
        assert len(accounts.get_user(db, ada.id).attributes) == 40


def test_credentials(database: Database, ada: User) -> None:
    with database.write() as db:
        one = accounts.create_credential(db, ada.id, "client-1", b"\x00\xff" * 16, NOON)
        two = accounts.create_credential(
            db, ada.id, "client-2", b"2", NOON, default_workspace="dev:ci"
        )
    with database.read() as db:
        assert accounts.credential_for(db, "client-1") == (one, b"\x00\xff" * 16)
        assert accounts.credential_for(db, "CLIENT-1") is None
        assert accounts.list_credentials(db, ada.id) == (one, two)
    assert (one.default_workspace, two.default_workspace) == ("", "dev:ci")
    assert (one.user, one.client_id, one.is_disabled, one.created_at) == (
        ada.id,
        "client-1",
        False,
        NOON,
    )
    with pytest.raises(Taken), database.write() as db:
        accounts.create_credential(db, ada.id, "client-1", b"3", NOON)
    with pytest.raises(Missing), database.write() as db:
        accounts.create_credential(db, 999, "client-3", b"3", NOON)


def test_a_role_that_changes_changes_its_holders_at_once(database: Database) -> None:
    with database.write() as db:
        role = accounts.create_role(db, "reader", {"explore"}, None)
        user = accounts.create_user(
            db, email="r@example.com", first_name="R", last_name="", roles=["reader"], now=NOON
        )
        sessions.create(
            db,
            user=user.id,
            token_hash=b"t" * 32,
            workspace="production",
            now=NOON,
            expires_at=NOON + timedelta(hours=1),
        )

    def held() -> frozenset[str]:
        with database.read() as db:
            found = sessions.caller_rows(db, b"t" * 32, NOON)
        assert found is not None
        return found[2][0].permissions

    assert held() == {"explore"}
    with database.write() as db:
        accounts.set_permissions(db, role.id, {"explore", "develop"})
    assert held() == {"explore", "develop"}
    with database.write() as db:
        accounts.set_attribute(db, user.id, "region", "EU")
    with database.read() as reading:
        found = sessions.caller_rows(reading, b"t" * 32, NOON)
    assert found is not None
    assert found[1].attributes == {"region": "EU"}


def test_roles_that_are_set_replace_those_held(database: Database, ada: User) -> None:
    with database.write() as db:
        one = accounts.create_role(db, "one", {"explore"}, None)
        two = accounts.create_role(db, "two", {"develop"}, ["shop"])
        given = accounts.set_roles(db, ada.id, ["two", "one", "two"])
    assert (given.roles, given.role_ids) == (("one", "two"), (one.id, two.id))
    with pytest.raises(Missing, match="role `boss`"), database.write() as db:
        accounts.set_roles(db, ada.id, ["boss"])
    with pytest.raises(Missing, match="user 999"), database.write() as db:
        accounts.set_roles(db, 999, [])
    with database.read() as reading:
        assert accounts.get_user(reading, ada.id) == given


def test_a_login_is_noted_to_the_minute(database: Database, ada: User) -> None:
    with database.write() as db:
        made = accounts.create_credential(db, ada.id, "client", b"1", NOON)
    assert made.last_used_at is None
    for seconds, noted in ((0, 0), (59, 0), (60, 60), (90, 60)):
        with database.write() as db:
            accounts.mark_used(db, made.id, NOON + timedelta(seconds=seconds))
            found = accounts.find_credential(db, "client")
        assert found is not None
        assert found.last_used_at == NOON + timedelta(seconds=noted)


def test_a_credential_ends_with_its_sessions(database: Database, ada: User) -> None:
    until = NOON + timedelta(hours=1)

    def begin(db: Writing, token: bytes, credential: int | None, parent: int | None) -> int:
        return sessions.create(
            db,
            user=ada.id,
            token_hash=token,
            workspace="production",
            now=NOON,
            expires_at=until,
            credential=credential,
            parent=parent,
        ).id

    with database.write() as db:
        one, two = (accounts.create_credential(db, ada.id, name, b"1", NOON).id for name in "ab")
        first = begin(db, b"1", one, None)
        begin(db, b"2", None, first)
        begin(db, b"3", two, None)
        assert accounts.delete_credential(db, one)
        assert not accounts.delete_credential(db, one)
    with database.read() as reading:
        assert accounts.find_credential(reading, "a") is None
        alive = [sessions.session_for_token(reading, token, NOON) for token in (b"1", b"2", b"3")]
    assert [each is not None for each in alive] == [False, False, True]
    with pytest.raises(Missing), database.write() as db:
        begin(db, b"4", one, None)
