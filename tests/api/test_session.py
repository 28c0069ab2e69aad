"""Session and workspaces."""

from __future__ import annotations

from tests.api.conftest import Client


def test_a_session_begins_in_production_and_enters_dev(developer: Client) -> None:
    session = developer.get("/session")
    assert session["workspace_id"] == "production"
    assert session["sudo_user_id"] is None
    assert all(isinstance(value, bool) for value in session["can"].values())
    body = {"workspace_id": "dev", "can": {"x": True}, "sudo_user_id": 7}
    answer = developer("PATCH", "/api/4.0/session", body=body)
    assert (answer.status, answer.json()["workspace_id"]) == (200, "dev")
    assert developer("GET", "/api/3.1/session").json()["workspace_id"] == "dev"


def test_an_unknown_workspace_names_the_field(developer: Client) -> None:
    answer = developer("PATCH", "/api/4.0/session", body={"workspace_id": "x"})
    assert answer.status == 422
    error = answer.json()
    assert error["message"] == "Validation Failed"
    assert (error["errors"][0]["field"], error["errors"][0]["code"]) == ("workspace_id", "invalid")
    assert error["errors"][0]["documentation_url"]


def test_dev_needs_the_permission(viewer: Client) -> None:
    answer = viewer("PATCH", "/api/4.0/session", body={"workspace_id": "dev"})
    assert answer.status == 403
    assert "develop" in answer.json()["message"]
    assert viewer.get("/session")["workspace_id"] == "production"


def test_an_empty_patch_changes_nothing(developer: Client) -> None:
    assert developer("PATCH", "/api/4.0/session", body={}).json()["workspace_id"] == "production"


def test_workspaces(developer: Client, viewer: Client) -> None:
    listed = developer.get("/workspaces")
    assert [each["id"] for each in listed] == ["production", "dev"]
    assert [each["id"] for each in listed[0]["projects"]] == ["shop"]
    assert developer.get("/workspaces/dev")["can"]["enter"] is True
    assert viewer.get("/workspaces/dev")["can"]["enter"] is False
    assert viewer.get("/workspaces/dev")["projects"] == []
    assert developer("GET", "/api/4.0/workspaces/x").status == 404


def test_me_in_both_versions(viewer: Client) -> None:
    new = viewer.get("/user")
    old = viewer("GET", "/api/3.1/user").json()
    assert new["id"] == str(old["id"])
    assert isinstance(old["id"], int)
    assert new["email"] == "viewer@example.com"
    assert new["first_name"] is not None
    assert "home_space_id" in old
    assert "home_space_id" not in new
    assert "is_iam_admin" not in old
    assert viewer.get("/user?fields=id,%20email") == {"id": new["id"], "email": new["email"]}


def test_projects_and_where_they_stand(developer: Client, viewer: Client) -> None:
    project = developer.get("/projects")[0]
    assert (project["id"], project["pull_request_mode"]) == ("shop", "off")
    assert project["validation_required"] is False
    assert project["git_remote_url"] is None
    assert viewer.get("/projects") == []
    assert viewer("GET", "/api/4.0/projects/shop").status == 404
    assert developer.get("/projects/shop?fields=name") == {"name": "shop"}

    production = developer("GET", "/api/4.0/projects/shop/current_workspace")
    assert production.json()["workspace_id"] == "production"
    assert production.json()["git_branch"]["is_production"] is True
    assert production.headers["x-lookalike-project"] == "shop"
    assert production.headers["x-lookalike-commit"] == production.json()["git_head"]
    developer("PATCH", "/api/4.0/session", body={"workspace_id": "dev"})
    dev = developer("GET", "/api/4.0/projects/shop/current_workspace")
    assert dev.headers["x-lookalike-workspace"] == "dev"
    assert dev.json()["git_branch"]["personal"] is True
    assert dev.headers["x-lookalike-branch"] == dev.json()["git_branch"]["name"]
