from __future__ import annotations

import pytest

from lookalike.store import projects
from lookalike.store.database import Database, Missing, Taken
from lookalike.store.records import DeveloperCopy, Project, User
from tests.store.conftest import NOON


def make(database: Database, name: str, is_folder: bool = False) -> Project:
    with database.write() as db:
        return projects.create(
            db,
            name=name,
            repository=f"{name}.git",
            production_branch="main",
            is_folder=is_folder,
            now=NOON,
        )


def test_projects(database: Database) -> None:
    shop, books = make(database, "shop"), make(database, "books", is_folder=True)
    assert shop == Project(
        id=shop.id,
        name="shop",
        repository="shop.git",
        production_branch="main",
        is_folder=False,
        created_at=NOON,
    )
    with database.read() as db:
        assert projects.list_projects(db) == (shop, books)
        assert projects.get_project(db, "books") == books
        assert projects.get_project(db, "books").is_folder is True
        assert projects.find_project(db, "Shop") is None
        with pytest.raises(Missing, match="project `none`"):
            projects.get_project(db, "none")
    with pytest.raises(Taken):
        make(database, "shop")


def test_copies(database: Database, ada: User) -> None:
    shop, books = make(database, "shop"), make(database, "books")
    with database.read() as db:
        assert projects.copy_of(db, ada.id, shop.id) is None
    with database.write() as db:
        made = projects.set_copy(db, ada.id, shop.id, "dev-ada")
        moved = projects.set_copy(db, ada.id, shop.id, "feature")
    assert made == DeveloperCopy(user=ada.id, project=shop.id, branch="dev-ada")
    with database.read() as db:
        assert projects.copy_of(db, ada.id, shop.id) == moved
        assert projects.copy_of(db, ada.id, books.id) is None
    for user, project in ((999, shop.id), (ada.id, 999)):
        with pytest.raises(Missing), database.write() as db:
            projects.set_copy(db, user, project, "x")
