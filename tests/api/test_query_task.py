"""Query tasks, as spectacles and the SDKs use them."""

from __future__ import annotations

import time
from typing import Any

import pytest

from lookalike.instance.instance import Instance
from tests.api.conftest import Client, signed_in

GOOD = {"model": "shop", "view": "orders", "fields": ["orders.status", "users.state"]}
EMPTY = {**GOOD, "filter_expression": "1=2", "limit": 0}


def begin(client: Client, question: dict[str, Any], format_: str, more: str = "") -> Any:
    saved = client("POST", "/api/4.0/queries", body=question).json()
    body = {"query_id": saved["id"], "result_format": format_}
    answer = client("POST", f"/api/4.0/query_tasks{more}", body=body)
    assert answer.status == 200, answer.body
    return answer.json()


def ended(client: Client, id_: str) -> Any:
    """What multi_results says once the task has ended."""
    for _ in range(600):
        found = client("GET", f"/api/4.0/query_tasks/multi_results?query_task_ids={id_}").json()
        if found[id_]["status"] not in ("added", "running"):
            return found[id_]
        time.sleep(0.01)
    raise AssertionError("the task does not end")


@pytest.mark.parametrize("format_", ["json", "json_detail", "json_bi"])
def test_a_task_runs_and_its_results_are_there(developer: Client, format_: str) -> None:
    assert set(begin(developer, GOOD, format_, "?fields=id")) == {"id"}
    task = begin(developer, GOOD, format_)
    assert task["result_format"] == format_
    assert task["query"]["view"] == "orders"
    found = ended(developer, task["id"])
    assert found["status"] == "complete"
    results = developer("GET", f"/api/4.0/query_tasks/{task['id']}/results")
    assert results.status == 200
    assert results.json() == found["data"]
    assert results.headers["x-lookalike-project"] == "shop"
    answer = developer("GET", f"/api/4.0/query_tasks/{task['id']}")
    assert answer.headers["x-lookalike-tree"] == results.headers["x-lookalike-tree"]
    again = answer.json()
    assert (again["id"], again["status"]) == (task["id"], "complete")
    assert isinstance(again["runtime"], float)
    assert developer("GET", f"/api/3.1/query_tasks/{task['id']}").json()["query_id"] == int(
        again["query_id"]
    )


def test_a_task_gives_drill_links_on_request(developer: Client) -> None:
    asked = {**GOOD, "fields": ["orders.count"]}
    task = begin(developer, asked, "json_detail", "?generate_drill_links=true")
    (row,) = ended(developer, task["id"])["data"]["data"]
    assert [each["type"] for each in row["orders.count"]["links"]] == ["measure_default"]


def test_the_probe_of_spectacles(developer: Client) -> None:
    task = begin(developer, EMPTY, "json_bi")
    data = ended(developer, task["id"])["data"]
    assert isinstance(data["metadata"]["fields"], dict)
    assert isinstance(data["metadata"]["sql"], str)
    assert data["rows"] == []


def test_several_at_once_and_one_that_is_missing(developer: Client) -> None:
    ids = [begin(developer, GOOD, "csv")["id"] for _ in range(2)]
    for id_ in ids:
        ended(developer, id_)
    asked = "%2C".join([*ids, "f" * 32])
    found = developer("GET", f"/api/4.0/query_tasks/multi_results?query_task_ids={asked}").json()
    assert [each["status"] for each in found.values()] == ["complete", "complete", "missing"]
    assert isinstance(found[ids[0]]["data"], str)


def test_a_renewed_token_reads_on_and_nobody_else(
    instance: Instance, developer: Client, viewer: Client
) -> None:
    task = begin(developer, GOOD, "json")
    ended(developer, task["id"])
    renewed = signed_in(instance, developer.app, "developer")
    assert renewed("GET", f"/api/4.0/query_tasks/{task['id']}/results").status == 200
    assert viewer("GET", f"/api/4.0/query_tasks/{task['id']}").status == 404
    assert viewer("GET", f"/api/4.0/query_tasks/{task['id']}/results").status == 404


def test_what_cannot_be(developer: Client, viewer: Client) -> None:
    body = {"query_id": "999999", "result_format": "json"}
    assert developer("POST", "/api/4.0/query_tasks", body=body).status == 404
    assert developer("POST", "/api/4.0/query_tasks", body={"query_id": 1}).status == 422
    assert developer("GET", "/api/4.0/query_tasks/x/results").status == 404
    assert developer("DELETE", "/api/4.0/running_queries/x").status == 404
    task = begin(developer, GOOD, "json")
    ended(developer, task["id"])
    assert developer("DELETE", f"/api/4.0/running_queries/{task['id']}").status == 404
    assert viewer.get("/running_queries") == []


@pytest.mark.parametrize("format_", ["json_detail", "json_bi", "json", "csv"])
@pytest.mark.parametrize(
    "wrong", [{"view": "nothing"}, {"fields": ["orders.nothing"]}], ids=["explore", "field"]
)
def test_what_is_wrong_with_a_question_is_told_by_its_task(
    developer: Client, format_: str, wrong: dict[str, Any]
) -> None:
    task = begin(developer, {**GOOD, **wrong}, format_)
    found = ended(developer, task["id"])
    assert found["status"] == "error"
    assert "nothing" in str(found["data"])
    assert developer.get(f"/query_tasks/{task['id']}")["status"] == "error"
    status = developer("GET", f"/api/4.0/query_tasks/{task['id']}/results").status
    assert status in (200, 400)


def test_a_slow_task_is_seen_and_stopped(developer: Client, viewer: Client) -> None:
    """While it runs there is a 202; once it is killed the status says so, and there is a 400."""
    developer("PATCH", "/api/4.0/session", body={"workspace_id": "dev:slow"})
    view = "view: slow { derived_table: { sql: %s ;; } dimension: id { type: number } }"
    table = "SELECT sum(a.range * b.range) AS id FROM range(1000000) a, range(1000000) b"
    text = f'connection: "warehouse"\n{view % table}\nexplore: slow {{}}\n'
    body = {"path": "slow.model.lkml", "content": text}
    assert developer("POST", "/api/4.0/projects/shop/files", body=body).status == 200
    question = {"model": "slow", "view": "slow", "fields": ["slow.id"]}
    id_ = begin(developer, question, "json")["id"]
    developer("PATCH", "/api/4.0/session", body={"workspace_id": "production"})

    waiting = developer("GET", f"/api/4.0/query_tasks/{id_}/results")
    assert (waiting.status, set(waiting.json())) == (202, {"message", "documentation_url"})
    (running,) = developer.get("/running_queries")
    assert running["query_task_id"] == id_
    assert (running["connection_name"], running["user"]["first_name"]) == ("warehouse", "Developer")
    assert isinstance(developer("GET", "/api/3.1/running_queries").json()[0]["id"], int)
    assert viewer.get("/running_queries") == []
    assert viewer("DELETE", f"/api/4.0/running_queries/{id_}").status == 404

    killed = developer("DELETE", f"/api/4.0/running_queries/{id_}")
    assert (killed.status, killed.body) == (204, b"")
    assert ended(developer, id_)["status"] == "killed"
    assert developer("GET", f"/api/4.0/query_tasks/{id_}/results").status == 400
    assert developer.get("/running_queries") == []
    developer("DELETE", "/api/4.0/lookalike/workspaces/dev:slow")
