"""What stands under `/lookalike`, and the workspaces that only we have."""

from __future__ import annotations

from tests.api.conftest import Client

PROJECT = "/api/4.0/projects/shop"
PATH = "views/users.view.lkml"


def test_named_workspaces_do_not_see_each_other(developer: Client) -> None:
    for name in ("dev:a", "dev:b"):
        entered = developer("PATCH", "/api/4.0/session", body={"workspace_id": name})
        assert (entered.status, entered.json()["workspace_id"]) == (200, name)
        body = {"path": "mark.md", "content": name}
        assert developer("POST", f"{PROJECT}/files", body=body).status == 200
    developer("PATCH", "/api/4.0/session", body={"workspace_id": "dev:a"})
    assert developer("GET", f"{PROJECT}/file/content?file_path=mark.md").body == b"dev:a"
    ids = [each["id"] for each in developer.get("/workspaces")]
    assert {"production", "dev", "dev:a", "dev:b"} <= set(ids)
    developer("PATCH", "/api/4.0/session", body={"workspace_id": "production"})
    for name in ("dev:a", "dev:b"):
        assert developer("DELETE", f"/api/4.0/lookalike/workspaces/{name}").status == 204
        assert developer("DELETE", f"/api/4.0/lookalike/workspaces/{name}").status == 404
    assert developer("DELETE", "/api/4.0/lookalike/workspaces/dev").status == 422


def test_a_pinned_workspace_tells_its_commits_and_is_read_only(developer: Client) -> None:
    main = developer("GET", f"{PROJECT}/git_branch/main").json()["ref"]
    found = developer.get(f"/workspaces/@{main[:10]}")
    assert found["commits"] == {"shop": main}
    entered = developer("PATCH", "/api/4.0/session", body={"workspace_id": f"shop@{main[:10]}"})
    assert entered.json()["workspace_id"] == f"shop@{main[:10]}"
    explore = developer("GET", "/api/4.0/lookml_models/shop/explores/orders?fields=name")
    assert explore.headers["x-lookalike-commit"] == main
    refused = developer("POST", f"{PROJECT}/files", body={"path": "x.md", "content": ""})
    assert refused.status == 422
    for unknown in ("@nowhere", "nothing@main"):
        answer = developer("PATCH", "/api/4.0/session", body={"workspace_id": unknown})
        assert answer.status == 422
        assert answer.json()["errors"][0]["field"] == "workspace_id"


def test_comparing_and_running_elsewhere(developer: Client) -> None:
    developer("PATCH", "/api/4.0/session", body={"workspace_id": "dev:c"})
    text = developer("GET", f"{PROJECT}/file/content?file_path={PATH}").body.decode()
    changed = text.replace("{ label: ", "{ sql: upper(${TABLE}.state) ;; label: ")
    body = {"path": PATH, "content": changed}
    assert developer("PUT", f"{PROJECT}/files", body=body).status == 200
    developer("PATCH", "/api/4.0/session", body={"workspace_id": "production"})
    found = developer.get("/lookalike/compare?from=production&to=dev:c")
    (change,) = found["changes"]
    assert (change["what"], change["name"]) == ("changed", "users.state")
    assert change["models"] == ["shop"]
    touched = {(each["explore"], each["field"]) for each in found["sql_changes"]}
    assert ("orders", "users.state") in touched
    assert found["to_versions"][0]["workspace"] == "dev:c"
    assert developer.get("/lookalike/compare?from=production&to=@main")["changes"] == []

    question = {"model": "shop", "view": "orders", "fields": ["users.state"]}
    saved = developer("POST", "/api/4.0/queries", body=question).json()
    here, there = (
        developer("GET", f"/api/4.0/lookalike/queries/{saved['id']}/run/sql?workspace={workspace}")
        for workspace in ("production", "dev:c")
    )
    assert b"upper" not in here.body
    assert b"upper" in there.body
    assert there.headers["x-lookalike-workspace"] == "dev:c"
    assert developer.get("/session")["workspace_id"] == "production"
    developer("DELETE", "/api/4.0/lookalike/workspaces/dev:c")


def test_viewers_stay_in_production(viewer: Client) -> None:
    for workspace in ("dev:x", "@main", "shop@main"):
        answer = viewer("PATCH", "/api/4.0/session", body={"workspace_id": workspace})
        assert answer.status == 403
    assert viewer("GET", "/api/4.0/workspaces/@main").status == 403
    assert viewer("GET", "/api/4.0/lookalike/compare?from=production&to=dev").status == 403
