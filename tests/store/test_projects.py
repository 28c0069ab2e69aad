from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from lookalike.store import deploys, projects, secrets
from lookalike.store.database import Database, Missing, Taken
from lookalike.store.records import Project, ProjectSettings, RepositoryCredential, User
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


def test_settings(database: Database) -> None:
    shop = make(database, "shop")
    settings = ProjectSettings(remote_url="ssh://git@example.com/shop", http_port=8443)
    with database.write() as db:
        changed = projects.update(db, shop.id, production_branch="trunk", settings=settings)
    assert (changed.settings, changed.production_branch) == (settings, "trunk")
    with database.read() as db:
        assert projects.get_project(db, "shop") == changed
    with pytest.raises(Missing), database.write() as db:
        projects.update(db, 999, production_branch="trunk", settings=settings)


def test_delete_takes_along_what_belongs_to_it(database: Database, ada: User) -> None:
    shop = make(database, "shop")
    with database.write() as db:
        secrets.set_secret(db, shop.id, secrets.PASSWORD, "hidden")
        deploys.start(db, project=shop.id, user=ada.id, kind="ref", target="x", now=NOON)
        assert projects.delete(db, shop.id) is True
        assert projects.delete(db, shop.id) is False
    again = make(database, "shop")
    with database.read() as db:
        assert again.id != shop.id
        assert secrets.find_secret(db, shop.id, secrets.PASSWORD) == ""
        assert deploys.list_deploys(db, shop.id, 10) == ()


def test_leftovers(database: Database) -> None:
    with database.write() as db:
        projects.set_leftover(db, "b.git", NOON)
        projects.set_leftover(db, "a.git", NOON + timedelta(hours=1))
        projects.set_leftover(db, "c.git", NOON + timedelta(hours=1))
        projects.set_leftover(db, "c.git", NOON)
        assert projects.list_leftovers(db, NOON) == ("b.git", "c.git")
        projects.forget_leftover(db, "b.git")
        assert projects.list_leftovers(db, NOON + timedelta(days=1)) == ("a.git", "c.git")


def test_secrets(database: Database) -> None:
    shop, books = make(database, "shop"), make(database, "books")
    with database.write() as db:
        secrets.set_secret(db, shop.id, secrets.PASSWORD, "one")
        secrets.set_secret(db, shop.id, secrets.PASSWORD, "two")
        secrets.set_secret(db, shop.id, secrets.PRIVATE_KEY, "key")
        assert secrets.find_secret(db, shop.id, secrets.PASSWORD) == "two"
        assert secrets.find_secret(db, books.id, secrets.PASSWORD) == ""
        secrets.set_secret(db, shop.id, secrets.PASSWORD, "")
        assert secrets.find_secret(db, shop.id, secrets.PASSWORD) == ""
        assert secrets.find_secret(db, shop.id, secrets.PRIVATE_KEY) == "key"


def test_credentials_of_dependencies(database: Database) -> None:
    shop = make(database, "shop")
    one = RepositoryCredential(project=shop.id, name="b", remote_url="https://b", password="p")
    with database.write() as db:
        assert secrets.set_credential(db, one) == one
        changed = secrets.set_credential(db, replace(one, username="ci"))
        other = secrets.set_credential(db, replace(one, name="a"))
        assert secrets.list_credentials(db, shop.id) == (other, changed)
        assert secrets.delete_credential(db, shop.id, "a") is True
        assert secrets.delete_credential(db, shop.id, "a") is False
