from __future__ import annotations

from datetime import timedelta

import pytest

from lookalike.store import workspaces
from lookalike.store.database import Database, Missing
from lookalike.store.records import DeveloperWorkspace, User
from tests.store.conftest import NOON


def test_workspaces(database: Database, ada: User) -> None:
    later = NOON + timedelta(days=2)
    with database.write() as db:
        dev = workspaces.use(db, ada.id, "", NOON)
        one = workspaces.use(db, ada.id, "one", NOON)
        two = workspaces.use(db, ada.id, "two", NOON)
        used = workspaces.use(db, ada.id, "two", later)
    assert one == DeveloperWorkspace(user=ada.id, name="one", created_at=NOON, last_used_at=NOON)
    assert (used.created_at, used.last_used_at) == (two.created_at, later)
    with database.read() as db:
        assert workspaces.list_workspaces(db, ada.id) == (dev, one, used)
        assert workspaces.find_workspace(db, ada.id, "two") == used
        assert workspaces.find_workspace(db, ada.id, "three") is None
        assert workspaces.list_unused(db, later) == (one,)
        assert workspaces.list_unused(db, NOON) == ()
    with database.write() as db:
        assert workspaces.delete(db, ada.id, "one") is True
        assert workspaces.delete(db, ada.id, "one") is False
        assert workspaces.list_workspaces(db, ada.id) == (dev, used)


def test_no_such_user(database: Database) -> None:
    with pytest.raises(Missing), database.write() as db:
        workspaces.use(db, 999, "x", NOON)
