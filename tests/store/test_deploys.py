from __future__ import annotations

from datetime import timedelta

import pytest

from lookalike.store import deploys
from lookalike.store.database import Database, Missing
from lookalike.store.records import Deploy, User
from tests.store.conftest import NOON
from tests.store.test_projects import make


def test_deploys(database: Database, ada: User) -> None:
    shop = make(database, "shop")
    later = NOON + timedelta(seconds=9)
    with database.write() as db:
        one = deploys.start(db, project=shop.id, user=ada.id, kind="branch", target="x", now=NOON)
        two = deploys.start(db, project=shop.id, user=None, kind="webhook", target="y", now=NOON)
        assert (one.status, one.ended_at, two.user) == ("running", None, None)
        done = deploys.succeed(db, one.id, before="a", after="b", restored="", now=later)
        deploys.fail(db, two.id, "the remote is gone", later)
        failed = deploys.find_deploy(db, shop.id, two.id)
    assert done == Deploy(
        id=one.id,
        project=shop.id,
        user=ada.id,
        kind="branch",
        target="x",
        status="done",
        error="",
        before="a",
        after="b",
        restored="",
        started_at=NOON,
        ended_at=later,
    )
    assert failed is not None
    assert (failed.status, failed.error) == ("failed", "the remote is gone")
    with database.read() as db:
        assert deploys.list_deploys(db, shop.id, 10) == (done,)
        assert deploys.find_deploy(db, shop.id + 1, one.id) is None
        assert deploys.last_to(db, shop.id, "b") == done
        assert deploys.last_to(db, shop.id, "a") is None


def test_a_deploy_that_changed_nothing_is_not_the_last(database: Database, ada: User) -> None:
    shop = make(database, "shop")
    with database.write() as db:
        made = []
        for before, after in (("a", "b"), ("b", "b")):
            row = deploys.start(db, project=shop.id, user=None, kind="ref", target="", now=NOON)
            made.append(
                deploys.succeed(db, row.id, before=before, after=after, restored="", now=NOON)
            )
        assert deploys.last_to(db, shop.id, "b") == made[0]
        assert deploys.list_deploys(db, shop.id, 1) == (made[1],)


def test_no_such_project(database: Database) -> None:
    with pytest.raises(Missing), database.write() as db:
        deploys.start(db, project=999, user=None, kind="ref", target="", now=NOON)
