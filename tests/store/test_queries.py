from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from lookalike.store import queries
from lookalike.store.database import Database, Taken
from lookalike.store.records import SavedQuery
from tests.store.conftest import NOON


def save(database: Database, digest: str, slug: str, client_id: str) -> SavedQuery:
    with database.write() as db:
        return queries.save(
            db, digest=digest, slug=slug, client_id=client_id, body='{"a":"ü"}', now=NOON
        )


def test_a_query_is_found_by_each_of_its_names(database: Database) -> None:
    one = save(database, "d1", "slug1", "client1")
    two = save(database, "d2", "slug2", "slug1")
    assert one == SavedQuery(
        id=one.id,
        digest="d1",
        slug="slug1",
        client_id="client1",
        body='{"a":"ü"}',
        created_at=NOON,
    )
    with database.read() as db:
        assert queries.find_query(db, two.id) == two
        assert queries.find_query(db, 999) is None
        assert queries.find_by_slug(db, "client1") == one
        assert queries.find_by_slug(db, "slug2") == two
        assert queries.find_by_slug(db, "slug1") == one, "a slug goes before a client id"
        assert queries.find_by_slug(db, "SLUG1") is None


def test_equal_questions_are_one_record(database: Database) -> None:
    one = save(database, "d1", "slug1", "client1")
    with database.write() as db:
        again = queries.save(
            db, digest="d1", slug="s", client_id="c", body="", now=NOON + timedelta(days=1)
        )
    assert again == one


@pytest.mark.parametrize(("slug", "client_id"), [("slug1", "new"), ("new", "client1")])
def test_a_name_stays_with_its_query(database: Database, slug: str, client_id: str) -> None:
    save(database, "d1", "slug1", "client1")
    with pytest.raises(Taken, match="belongs to another query"):
        save(database, "d2", slug, client_id)


def test_who_saves_at_once_gets_the_same_record(database: Database) -> None:
    found: list[SavedQuery] = []
    barrier = threading.Barrier(6)

    def work(number: int) -> None:
        barrier.wait()
        for i in range(10):
            found.append(save(database, f"d{i}", f"{number} {i}", f"c{number} {i}"))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 60
    assert len(set(found)) == 10
