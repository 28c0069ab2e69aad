"""Deploys over the API, the webhook, and taking them back."""

from __future__ import annotations

import re
import time

import pytest

from lookalike.instance.instance import Instance
from tests.api.conftest import Client, signed_in

PROJECT = "/api/4.0/projects/shop"


def commit(client: Client, text: str) -> str:
    """A commit on the client's branch whose only file of note holds `text`."""
    client("PATCH", "/api/4.0/session", body={"workspace_id": "dev"})
    client("POST", f"{PROJECT}/reset_to_production")
    path = "views/users.view.lkml"
    found = client("GET", f"/api/4.0/lookalike/projects/shop/file?path={path}").json()
    content = re.sub(r' label: "[^"]*"', f' label: "{text}"', found["content"], count=1)
    body = {"path": path, "content": content}
    assert client("PUT", f"{PROJECT}/files", body=body).status == 200
    done = client("POST", f"{PROJECT}/commit", body={"message": text})
    assert done.status == 200, done.body
    return str(done.json())


def production(client: Client) -> str:
    found = client("GET", f"{PROJECT}/git_branch/main").json()["ref"]
    assert isinstance(found, str)
    return found


def test_a_deploy_tells_what_it_changed_and_can_be_taken_back(developer: Client) -> None:
    before = production(developer)
    made = commit(developer, "Wohnort")
    done = developer("POST", f"{PROJECT}/deploy_to_production")
    assert done.status == 200, done.body
    assert "views/users.view.lkml" in done.json()
    assert production(developer) == made
    again = developer("POST", f"{PROJECT}/deploy_to_production")
    assert (again.status, again.body) == (204, b"")
    undone = developer("POST", "/api/4.0/lookalike/projects/shop/undo_deploy")
    assert undone.status == 200, undone.body
    assert undone.json()["changed_files"] == ["views/users.view.lkml"]
    listed = developer("GET", "/api/4.0/lookalike/projects/shop/deployments").json()
    assert listed[0]["id"] == undone.json()["id"]
    assert listed[-1]["before"] in (before, None)


def test_what_is_not_committed_is_not_deployed(developer: Client) -> None:
    developer("PATCH", "/api/4.0/session", body={"workspace_id": "dev"})
    developer("POST", f"{PROJECT}/reset_to_production")
    developer("POST", f"{PROJECT}/files", body={"path": "c.md", "content": "x"})
    refused = developer("POST", f"{PROJECT}/deploy_to_production")
    assert refused.status == 422
    assert set(refused.json()) == {"message", "documentation_url"}
    developer("POST", f"{PROJECT}/reset_to_production")


def test_a_conflict_shows_the_file_with_both_sides(developer: Client, admin: Client) -> None:
    commit(developer, "Mine")
    commit(admin, "Theirs")
    assert admin("POST", f"{PROJECT}/deploy_to_production").status == 200
    before = production(developer)
    refused = developer("POST", f"{PROJECT}/deploy_to_production")
    assert refused.status == 400
    error = refused.json()["errors"][0]
    assert (error["field"], error["code"]) == ("views/users.view.lkml", "conflict")
    assert "Mine" in error["message"]
    assert "Theirs" in error["message"]
    assert production(developer) == before


def test_deploying_a_ref(developer: Client) -> None:
    made = commit(developer, "By ref")
    for query in ("", f"?branch=x&ref={made}"):
        refused = developer("POST", f"{PROJECT}/deploy_ref_to_production{query}")
        assert (refused.status, refused.json()["errors"][0]["field"]) == (422, "ref")
    done = developer("POST", f"{PROJECT}/deploy_ref_to_production?ref={made[:12]}")
    assert done.status == 200, done.body
    assert production(developer) == made
    missing = developer("POST", f"{PROJECT}/deploy_ref_to_production?branch=nowhere")
    assert missing.status in (404, 422)


def test_a_deploy_that_is_asked_for_and_polled(developer: Client) -> None:
    made = commit(developer, "Later")
    begun = developer("POST", f"{PROJECT}/async_deploy_ref_to_production?ref={made}")
    assert (begun.status, begun.json()["status"]) == (200, "queued")
    number = begun.json()["deployment_id"]
    for _ in range(500):
        found = developer("GET", f"{PROJECT}/deploy_status/{number}").json()
        if found["status"] in ("SUCCESS", "FAILED"):
            break
        time.sleep(0.01)
    assert found == {"status": "SUCCESS", "error": None, "commit_sha": made}
    assert developer("GET", f"{PROJECT}/deploy_status/99999").status == 404


def test_tagging(developer: Client) -> None:
    answer = developer("POST", f"{PROJECT}/tag?tag_name=v1&tag_message=first", raw=b"")
    assert (answer.status, answer.json()["id"]) == (200, "shop")
    assert developer("POST", f"{PROJECT}/tag?tag_name=v1", body={}).status == 409
    assert developer("POST", f"{PROJECT}/tag", body={}).status == 422
    pinned = developer("PATCH", "/api/4.0/session", body={"workspace_id": "@v1"})
    assert (pinned.status, pinned.json()["workspace_id"]) == (200, "@v1")


def test_a_webhook_needs_the_secret(instance: Instance, anyone: Client, admin: Client) -> None:
    admin("PATCH", "/api/4.0/session", body={"workspace_id": "dev"})
    body = {"deploy_secret": "quite a secret", "deploy": 1}
    changed = admin("PATCH", "/api/4.0/projects/shop", body=body)
    assert changed.status == 200, changed.body
    assert changed.json()["deploy_secret"] is None
    assert changed.json()["unset_deploy_secret"] is False
    for headers in ({}, {"x-looker-deploy-secret": "wrong"}):
        refused = anyone("GET", "/webhooks/projects/shop/deploy", headers=headers)
        assert refused.status == 401
        assert set(refused.json()) == {"message", "documentation_url"}
    unknown = anyone("GET", "/webhooks/projects/nothing/deploy")
    assert unknown.status == 401
    made = commit(signed_in(instance, anyone.app, "developer"), "By hook")
    for method in ("GET", "POST"):
        done = anyone(
            method,
            f"/webhooks/projects/shop/deploy/ref/{made}",
            headers={"x-looker-deploy-secret": "quite a secret"},
        )
        assert done.status == 200, done.body
        assert done.json()["operations"][0]["commit_sha"] == made


@pytest.mark.parametrize("path", ["deploy_to_production", "deploy_ref_to_production?ref=main"])
def test_deploys_need_the_permission(viewer: Client, path: str) -> None:
    assert viewer("POST", f"{PROJECT}/{path}").status == 403
