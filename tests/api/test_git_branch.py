"""Branches over the API: as their clients walk through them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.api.conftest import Client

PROJECT = "/api/4.0/projects/shop"


@pytest.fixture
def dev(developer: Client) -> Iterator[Client]:
    """A developer in `dev`, on the personal branch, with nothing unsaved."""
    assert developer("PATCH", "/api/4.0/session", body={"workspace_id": "dev"}).status == 200
    yield developer
    developer("POST", f"{PROJECT}/reset_to_production")


def test_the_current_branch_is_that_of_the_workspace(developer: Client) -> None:
    answer = developer("GET", f"{PROJECT}/git_branch")
    found = answer.json()
    assert (found["name"], found["is_production"]) == ("main", True)
    assert len(found["ref"]) == 40
    assert found["ref"] == answer.headers["x-lookalike-commit"]
    assert found["ahead_count"] is None
    assert isinstance(found["commit_at"], int)
    developer("PATCH", "/api/4.0/session", body={"workspace_id": "dev"})
    mine = developer("GET", f"{PROJECT}/git_branch").json()
    assert (mine["personal"], mine["readonly"]) == (True, False)
    assert mine["name"].startswith("dev-")


def test_a_temporary_branch_comes_and_goes(dev: Client) -> None:
    """What spectacles does for `--commit-ref`: make, reset, go back, delete."""
    before = dev("GET", f"{PROJECT}/git_branch").json()
    made = dev("POST", f"{PROJECT}/git_branch", body={"name": "tmp/a_1", "can": {}})
    assert made.status == 200, made.body
    assert made.json()["name"] == "tmp/a_1"
    assert made.headers["x-lookalike-branch"] == "tmp/a_1"
    assert made.headers["x-lookalike-workspace"] == "dev"
    short = before["ref"][:7]
    put = dev("PUT", f"{PROJECT}/git_branch", body={"name": "tmp/a_1", "ref": short})
    assert (put.status, put.json()["ref"]) == (200, before["ref"])
    found = dev("GET", f"{PROJECT}/git_branch/tmp%2Fa_1")
    assert found.json()["is_production"] is False
    names = [each["name"] for each in dev("GET", f"{PROJECT}/git_branches").json()]
    assert {"main", "tmp/a_1", before["name"]} <= set(names)
    refused = dev("DELETE", f"{PROJECT}/git_branch/tmp%2Fa_1")
    assert refused.status == 422
    assert dev("PUT", f"{PROJECT}/git_branch", body={"name": before["name"]}).status == 200
    deleted = dev("DELETE", f"{PROJECT}/git_branch/tmp%2Fa_1")
    assert (deleted.status, deleted.body) == (204, b"")
    assert dev("GET", f"{PROJECT}/git_branch/tmp%2Fa_1").status == 404


def test_a_git_failure_is_a_message_and_nothing_more(dev: Client) -> None:
    for method, body in (
        ("POST", {"name": "x1", "ref": "no-such-ref"}),
        ("PUT", {"name": "no-such-branch"}),
    ):
        answer = dev(method, f"{PROJECT}/git_branch", body=body)
        assert answer.status in (404, 422), (body, answer.body)
        assert set(answer.json()) == {"message", "documentation_url"}, body
    assert dev("GET", f"{PROJECT}/git_branch/x1").status == 404
    hostile = dev("POST", f"{PROJECT}/git_branch", body={"name": "--upload-pack=x"})
    assert (hostile.status, hostile.json()["errors"][0]["field"]) == (422, "name")


def test_a_taken_name_and_a_missing_one(dev: Client) -> None:
    assert dev("POST", f"{PROJECT}/git_branch", body={"name": "main"}).status == 409
    missing = dev("POST", f"{PROJECT}/git_branch", body={})
    assert (missing.status, missing.json()["errors"][0]["field"]) == (422, "name")


def test_branches_are_not_made_in_production(developer: Client) -> None:
    answer = developer("POST", f"{PROJECT}/git_branch", body={"name": "x2"})
    assert answer.status == 422
    assert "production" in answer.json()["message"]


def test_the_production_branch_means_the_personal_one(dev: Client) -> None:
    put = dev("PUT", f"{PROJECT}/git_branch", body={"name": "main"})
    assert (put.status, put.json()["personal"]) == (200, True)
