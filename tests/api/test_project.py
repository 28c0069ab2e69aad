"""Projects over the API: made, set up with a remote, and what their manifest says."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.api.conftest import Client

PROJECTS = "/api/4.0/projects"
MANIFEST = """project_name: "life"
local_dependency: { project: "shop" }
localization_settings: { default_locale: en  localization_level: permissive }
"""


@pytest.fixture
def dev(developer: Client) -> Client:
    assert developer("PATCH", "/api/4.0/session", body={"workspace_id": "dev"}).status == 200
    return developer


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    """A bare repository without anything in it."""
    path = tmp_path / "remote.git"
    subprocess.run(
        ["git", "init", "--quiet", "--bare", "--initial-branch=main", str(path)], check=True
    )
    return path


def test_the_life_of_a_project_with_a_remote(dev: Client, remote: Path) -> None:
    made = dev("POST", PROJECTS, body={"name": "life"})
    assert made.status == 200, made.body
    assert (made.json()["id"], made.json()["git_service_name"]) == ("life", "bare")
    assert made.json()["has_production_counterpart"] is False
    assert dev("POST", PROJECTS, body={"name": "life"}).status == 409

    assert dev("GET", f"{PROJECTS}/life/git/deploy_key").status == 404
    key = dev("POST", f"{PROJECTS}/life/git/deploy_key")
    assert (key.status, key.headers["content-type"].split(";")[0]) == (200, "text/plain")
    assert key.body.startswith(b"ssh-ed25519 ")
    assert dev("GET", f"{PROJECTS}/life/git/deploy_key").body == key.body

    wrong = dev("PATCH", f"{PROJECTS}/life", body={"git_remote_url": f"{remote}-not-there"})
    assert wrong.status == 400
    assert dev.get("/projects/life")["git_remote_url"] is None
    body = {"git_remote_url": str(remote), "git_service_name": "bare", "id": "ignored"}
    put = dev("PATCH", f"{PROJECTS}/life", body=body)
    assert (put.status, put.json()["git_remote_url"]) == (200, str(remote))

    tests = dev.get("/projects/life/git_connection_tests")
    for each in tests:
        done = dev.get(f"/projects/life/git_connection_tests/{each['id']}")
        assert (done["id"], done["status"]) == (each["id"], "pass"), done
    assert tests

    dev("POST", f"{PROJECTS}/life/files", body={"path": "manifest.lkml", "content": MANIFEST})
    assert dev("POST", f"{PROJECTS}/life/commit", body={"message": "begin"}).status == 200
    deployed = dev("POST", f"{PROJECTS}/life/deploy_to_production")
    assert deployed.status == 200, deployed.body
    branch = dev.get("/projects/life/git_branch/main")
    assert (branch["is_remote"], branch["remote_ref"]) == (True, branch["ref"])
    assert (branch["ahead_count"], branch["behind_count"]) == (0, 0)
    heads = subprocess.run(
        ["git", "--git-dir", str(remote), "rev-parse", "main"], capture_output=True, text=True
    )
    assert heads.stdout.strip() == branch["ref"]
    assert dev.get("/projects/life")["has_production_counterpart"] is True

    found = dev.get("/projects/life/manifest")
    assert [(each["name"], each["is_remote"]) for each in found["imports"]] == [("shop", False)]
    assert found["localization_settings"]["default_locale"] == "en"
    assert dev("POST", f"{PROJECTS}/life/reset_to_remote").status in (204, 422)
    assert dev("POST", f"{PROJECTS}/life/reset_to_production").status == 204

    cleared = dev("PATCH", f"{PROJECTS}/life", body={"git_remote_url": None})
    assert (cleared.status, cleared.json()["git_remote_url"]) == (200, None)


def test_what_a_project_cannot_be(dev: Client) -> None:
    for body, field in (
        ({}, "name"),
        ({"name": "a/b"}, "name"),
        ({"name": "c", "git_remote_url": "https://example.com/x"}, "git_remote_url"),
    ):
        answer = dev("POST", PROJECTS, body=body)
        assert (answer.status, answer.json()["errors"][0]["field"]) == (422, field)
    for url in ("ext::sh -c x", "--upload-pack=x", "https://u:p@example.com/x"):
        answer = dev("PATCH", f"{PROJECTS}/shop", body={"git_remote_url": url})
        assert (answer.status, answer.json()["errors"][0]["field"]) == (422, "git_remote_url")


def test_settings_and_secrets(dev: Client) -> None:
    body = {
        "pull_request_mode": "links",
        "validation_required": True,
        "git_username": "ci",
        "git_password": "hush",
        "deploy_secret": "hush",
    }
    put = dev("PATCH", f"{PROJECTS}/shop", body=body)
    assert put.status == 200, put.body
    assert b"hush" not in put.body
    found = dev.get("/projects/shop")
    assert (found["pull_request_mode"], found["validation_required"]) == ("links", True)
    assert (found["git_username"], found["git_password"]) == ("ci", None)
    only = {"git_username": None, "validation_required": False, "pull_request_mode": None}
    dev("PATCH", f"{PROJECTS}/shop", body=only)
    found = dev.get("/projects/shop")
    assert (found["git_username"], found["pull_request_mode"]) == (None, "links")
    wrong = dev("PATCH", f"{PROJECTS}/shop", body={"pull_request_mode": "always"})
    assert wrong.json()["errors"][0]["field"] == "pull_request_mode"
    old = dev("GET", "/api/3.1/projects/shop").json()
    assert "dependency_status" not in old
    assert "is_git_dev_locked" not in old
