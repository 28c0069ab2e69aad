"""The built-in folders over the API, in both versions."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest

from lookalike.instance import credentials, login, people, projects
from lookalike.instance.access import Permission
from lookalike.instance.config import Config, ConnectionConfig
from lookalike.instance.instance import Instance, open_instance
from lookalike.store import accounts
from lookalike.wire.dashboard import FolderBase
from lookalike.wire.folder import Folder
from tests.api.conftest import LOOKML, Client

FILES = {
    **LOOKML,
    "shop.model.lkml": LOOKML["shop.model.lkml"] + 'include: "*.dashboard"\n',
    "sales.dashboard.lookml": "- dashboard: sales\n  title: Sales\n",
}


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    """An instance whose project has a dashboard."""
    config = Config(
        folder=str(tmp_path_factory.mktemp("instance")),
        connections={"warehouse": ConnectionConfig()},
    )
    opened = open_instance(config)
    projects.create_project(opened, people.operator(opened, "dev"), "shop", FILES, "first")
    yield opened
    opened.close()


def _keys(struct: type[msgspec.Struct]) -> set[str]:
    return {each.encode_name for each in msgspec.structs.fields(struct)}


@pytest.mark.parametrize("version", ["3.1", "4.0"])
def test_list(viewer: Client, version: str) -> None:
    found = viewer("GET", f"/api/{version}/folders").json()
    assert [(each["id"], each["name"], each["parent_id"]) for each in found] == [
        ("1", "Shared", None),
        ("lookml", "LookML Dashboards", None),
    ]
    assert [each["is_shared_root"] for each in found] == [True, False]
    assert set(found[0]) == _keys(FolderBase)


def test_a_folder_holds_the_lookml_dashboards(viewer: Client) -> None:
    answer = viewer("GET", "/api/4.0/folders/lookml")
    found = answer.json()
    assert set(found) == _keys(Folder)
    assert [each["id"] for each in found["dashboards"]] == ["shop::sales"]
    assert found["looks"] == []
    assert answer.headers["x-lookalike-project"] == "shop"
    assert viewer.get("/folders/1?fields=name,dashboards") == {"name": "Shared", "dashboards": []}
    (whole,) = viewer.get("/folders/lookml/dashboards")
    assert whole == viewer.get("/dashboards/shop%3A%3Asales")
    assert viewer.get("/folders/1/dashboards") == []


def test_a_dashboard_tells_its_folder(viewer: Client) -> None:
    found = viewer.get("/dashboards/shop%3A%3Asales")
    assert found["folder"] == viewer.get("/folders")[1]
    assert found["folder_id"] == "lookml"


@pytest.mark.parametrize("inner", ["children", "ancestors"])
def test_folders_are_roots(viewer: Client, inner: str) -> None:
    assert viewer.get(f"/folders/lookml/{inner}") == []
    assert viewer("GET", f"/api/4.0/folders/7/{inner}").status == 404


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("", ["1", "lookml"]),
        ("name=shared", ["1"]),
        ("name=%25dash%25", ["lookml"]),
        ("id=1,lookml", ["1", "lookml"]),
        ("parent_id=IS%20NULL", ["1", "lookml"]),
        ("parent_id=1", []),
        ("is_shared_root=true", ["1"]),
        ("is_shared_root=true&name=lookml%25", []),
        ("is_shared_root=true&name=lookml%25&filter_or=true", ["1", "lookml"]),
        ("sorts=name", ["lookml", "1"]),
        ("limit=1&offset=1", ["lookml"]),
    ],
)
def test_search(viewer: Client, asked: str, names: list[str]) -> None:
    assert [each["id"] for each in viewer.get(f"/folders/search?{asked}")] == names


def test_who_sees_no_lookml_dashboards_sees_no_folder_of_them(
    instance: Instance, viewer: Client
) -> None:
    with instance.database.write() as db:
        accounts.create_role(db, "asker", {Permission.ACCESS_DATA}, None)
        user = accounts.create_user(
            db,
            email="asker@example.com",
            first_name="Asker",
            last_name="",
            roles=("asker",),
            now=instance.clock(),
        )
    made = credentials.create_credential(instance, user)
    asker = Client(
        viewer.app, login.log_in(instance, made.credential.client_id, made.client_secret).token
    )
    assert [each["id"] for each in asker.get("/folders")] == ["1"]
    for path in ("folders/lookml", "folders/lookml/dashboards"):
        assert asker("GET", f"/api/4.0/{path}").status == 404


def test_there_are_no_looks(viewer: Client) -> None:
    assert viewer.get("/looks?fields=id,title") == []
    assert viewer.get("/looks/search?deleted=true") == []
