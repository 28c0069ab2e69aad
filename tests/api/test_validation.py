"""Validation and data tests over the API: every key that clients index."""

from __future__ import annotations

from tests.api.conftest import Client

PROJECT = "/api/4.0/projects/shop"
KEYS = {
    "code",
    "severity",
    "kind",
    "message",
    "field_name",
    "file_path",
    "line_number",
    "model_id",
    "explore",
    "help_url",
    "params",
    "sanitized_message",
}
BROKEN = """view: broken {
  dimension: id { sql: ${TABLE}.id ;; }
  dimension: x { sql: ${nothing_of_that_name} ;; }
}
"""
TESTS = """
test: there_are_orders {
  explore_source: orders { column: count {} }
  assert: some { expression: ${orders.count} > 0 ;; }
}
test: there_are_none {
  explore_source: orders { column: count {} }
  assert: none { expression: ${orders.count} = 0 ;; }
}
"""


def test_a_validation_is_kept_and_known_to_be_stale(developer: Client) -> None:
    developer("PATCH", "/api/4.0/session", body={"workspace_id": "dev:validation"})
    first = developer("GET", f"{PROJECT}/validate")
    assert (first.status, first.body) == (204, b"")
    assert first.headers["x-lookalike-workspace"] == "dev:validation"
    found = developer("POST", f"{PROJECT}/validate")
    assert found.status == 200
    assert found.headers["x-lookalike-workspace"] == "dev:validation"
    n_errors = len(found.json()["errors"])
    kept = developer("GET", f"{PROJECT}/validate").json()
    assert kept["stale"] is False
    assert kept["project_digest"] == found.json()["project_digest"]

    body = {"path": "views/broken.view.lkml", "content": BROKEN}
    assert developer("POST", f"{PROJECT}/files", body=body).status == 200
    model = developer("GET", f"{PROJECT}/file/content?file_path=shop.model.lkml").body.decode()
    changed = {"path": "shop.model.lkml", "content": model + "explore: broken {}\n"}
    assert developer("PUT", f"{PROJECT}/files", body=changed).status == 200
    assert developer("GET", f"{PROJECT}/validate").json()["stale"] is True
    errors = developer("POST", f"{PROJECT}/validate").json()["errors"]
    assert len(errors) > n_errors
    (error,) = [each for each in errors if "nothing_of_that_name" in each["message"]]
    assert set(error) == KEYS
    assert (error["file_path"], error["line_number"]) == ("shop/views/broken.view.lkml", 3)
    assert error["severity"] == "error"
    assert "nothing_of_that_name" not in error["sanitized_message"]
    assert developer("GET", f"{PROJECT}/validate").json()["stale"] is False
    assert developer("DELETE", "/api/4.0/lookalike/workspaces/dev:validation").status == 204


def test_data_tests(developer: Client) -> None:
    developer("PATCH", "/api/4.0/session", body={"workspace_id": "dev:tests"})
    developer("POST", f"{PROJECT}/files", body={"path": "tests/a.lkml", "content": TESTS})
    model = developer("GET", f"{PROJECT}/file/content?file_path=shop.model.lkml").body.decode()
    text = model + 'include: "/tests/*.lkml"\n'
    developer("PUT", f"{PROJECT}/files", body={"path": "shop.model.lkml", "content": text})
    listed = developer("GET", f"{PROJECT}/lookml_tests").json()
    assert [each["name"] for each in listed] == ["there_are_orders", "there_are_none"]
    assert listed[0]["file"] == "shop/tests/a.lkml"
    assert listed[0]["explore"] == listed[0]["explore_name"] == "orders"
    assert listed[0]["model_name"] == "shop"
    done = developer("GET", f"{PROJECT}/lookml_tests/run")
    assert done.headers["x-lookalike-workspace"] == "dev:tests"
    good, bad = done.json()
    assert (good["success"], good["assertions_count"], good["assertions_failed"]) == (True, 1, 0)
    assert (bad["success"], bad["assertions_failed"]) == (False, 1)
    assert set(bad["errors"][0]) == KEYS
    one = developer("GET", f"{PROJECT}/lookml_tests/run?model=shop&test=there_are_orders").json()
    assert [each["test_name"] for each in one] == ["there_are_orders"]
    developer("DELETE", "/api/4.0/lookalike/workspaces/dev:tests")
