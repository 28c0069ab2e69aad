"""Files over the API, and committing them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.api.conftest import Client

PROJECT = "/api/4.0/projects/shop"
MORE = "/api/4.0/lookalike/projects/shop"


@pytest.fixture
def dev(developer: Client) -> Iterator[Client]:
    assert developer("PATCH", "/api/4.0/session", body={"workspace_id": "dev"}).status == 200
    yield developer
    developer("POST", f"{PROJECT}/reset_to_production")


def test_a_file_from_its_making_to_its_end(dev: Client) -> None:
    body = {"path": "views/new.view.lkml", "content": "view: new {}\n"}
    made = dev("POST", f"{PROJECT}/files", body=body)
    assert made.status == 200, made.body
    assert made.headers["x-lookalike-workspace"] == "dev"
    assert made.json()["git_status"]["action"] == "added"
    assert dev("POST", f"{PROJECT}/files", body=body).status == 409
    text = dev("GET", f"{PROJECT}/file/content?file_path=views/new.view.lkml")
    assert text.headers["content-type"].startswith("text/plain")
    assert text.body == b"view: new {}\n"
    changed = dev("PUT", f"{PROJECT}/files", body={**body, "content": "view: new { }\n"})
    assert changed.status == 200
    found = dev("GET", f"{PROJECT}/files/file?file_id=views%2Fnew.view.lkml").json()
    assert (found["id"], found["path"], found["extension"]) == (
        body["path"],
        body["path"],
        ".view.lkml",
    )
    assert found["type"] == "view"
    assert "can" not in found["git_status"]
    assert "can" in dev("GET", "/api/3.1/projects/shop/files").json()[0]["git_status"]
    deleted = dev("DELETE", f"{PROJECT}/files?file_path=views/new.view.lkml")
    assert (deleted.status, deleted.body) == (204, b"")
    assert dev("GET", f"{PROJECT}/file/content?file_path=views/new.view.lkml").status == 404


def test_a_version_that_is_not_expected_any_more_is_a_conflict(dev: Client) -> None:
    path = "views/users.view.lkml"
    before = dev("GET", f"{MORE}/file?path={path}").json()
    text = before["content"] + "\n# a"
    first = {"path": path, "content": text, "version": before["version"]}
    assert dev("PUT", f"{PROJECT}/files", body=first).status == 200
    late = dev("PUT", f"{PROJECT}/files", body={**first, "content": "lost"})
    assert late.status == 409
    assert dev("GET", f"{MORE}/file?path={path}").json()["content"] == text


@pytest.mark.parametrize(
    "path", ["../x.view.lkml", "/etc/x", "a//b", ".git/config", "a/./b", "a\\b", "", "a\x00b"]
)
def test_a_path_that_leads_astray_is_refused(dev: Client, path: str) -> None:
    answer = dev("POST", f"{PROJECT}/files", body={"path": path, "content": ""})
    assert answer.status == 422, answer.body


def test_folders(dev: Client) -> None:
    assert "views" in dev("GET", f"{PROJECT}/directories").json()
    assert dev("POST", f"{PROJECT}/directories", body={"path": "more"}).status == 204
    dev("POST", f"{PROJECT}/files", body={"path": "more/a.md", "content": "x"})
    assert "more" in dev("GET", f"{PROJECT}/directories").json()
    assert dev("DELETE", f"{PROJECT}/directories?path=more").status == 204
    assert dev("DELETE", f"{PROJECT}/directories?path=more").status == 404


def test_renaming_and_committing(dev: Client) -> None:
    dev("POST", f"{PROJECT}/files", body={"path": "a.md", "content": "x"})
    moved = dev("POST", f"{MORE}/rename_file", body={"path": "a.md", "new_path": "b.md"})
    assert (moved.status, moved.json()["path"]) == (200, "b.md")
    before = dev("GET", f"{PROJECT}/current_workspace").json()
    assert before["git_status"] == "dirty"
    commit = dev("POST", f"{PROJECT}/commit", raw=b"")
    assert commit.status == 200, commit.body
    after = dev("GET", f"{PROJECT}/current_workspace").json()
    assert (after["git_status"], after["git_head"]) == ("clean", commit.json())
    assert dev("POST", f"{PROJECT}/commit", body={"message": "again"}).status == 422


def test_production_is_read_only(developer: Client) -> None:
    answer = developer("POST", f"{PROJECT}/files", body={"path": "x.md", "content": ""})
    assert answer.status == 422
    assert "production" in answer.json()["message"]
