"""Isolation: two users in two workspaces, from many threads, against two processes on one store.

Every answer must come from the version that its session had chosen; a PATCH or a logout at one
process is seen by the other on the very next request.
"""

from __future__ import annotations

import http.client
import json
import random
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.contract.conftest import Server, credentials, lookalike, start

pytestmark = pytest.mark.soak

N_THREADS = 8
N_REQUESTS = 20_000
QUERY = {
    "model": "shop",
    "view": "order_items",
    "fields": ["order_items.total_revenue"],
    "filters": {"order_items.id": "<200"},
}


class Connection:
    """One keep-alive connection with a token of its own."""

    def __init__(self, server: Server, token: str = "") -> None:
        self.http = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        self.token = token

    def ask(
        self, method: str, path: str, body: object = None, form: dict[str, str] | None = None
    ) -> tuple[int, dict[str, str], Any]:
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        data = None
        if form is not None:
            data = urlencode(form)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        elif body is not None:
            data = json.dumps(body)
            headers["Content-Type"] = "application/json"
        self.http.request(method, f"/api/4.0{path}", data, headers)
        answer = self.http.getresponse()
        text = answer.read()
        found = json.loads(text) if text else None
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, found


def ask_once(
    server: Server, token: str, method: str, path: str, body: object = None
) -> tuple[int, Any]:
    """One request over a connection of its own."""
    connection = Connection(server, token)
    try:
        status, _, answer = connection.ask(method, path, body)
    finally:
        connection.http.close()
    return status, answer


def log_in(server: Server, client: tuple[str, str]) -> str:
    form = {"client_id": client[0], "client_secret": client[1]}
    connection = Connection(server)
    try:
        status, _, token = connection.ask("POST", "/login", form=form)
    finally:
        connection.http.close()
    assert status == 200
    return str(token["access_token"])


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Server]]:
    folder: Path = tmp_path_factory.mktemp("isolation") / "demo"
    lookalike("demo", str(folder), "--no-serve")
    admin = credentials(folder, "admin@localhost", "admin")
    running = [start(folder, admin), start(folder, admin)]
    yield running
    for server in running:
        server.stop()


def expected_answers(servers: list[Server], client: tuple[str, str]) -> dict[str, Any]:
    """What each workspace answers, asked once in peace."""
    connection = Connection(servers[0], log_in(servers[0], client))
    answers = {}
    for workspace in ("production", "dev"):
        connection.ask("PATCH", "/session", {"workspace_id": workspace})
        answers[workspace] = connection.ask("POST", "/queries/run/json", QUERY)[2]
    connection.http.close()
    return answers


def test_every_answer_comes_from_the_right_version(servers: list[Server]) -> None:
    admin = (servers[0].client_id, servers[0].client_secret)
    other = credentials(servers[0].folder, "grace@example.com", "developer")
    expected = expected_answers(servers, admin)
    assert expected["production"] != expected["dev"], "the demo must tell the workspaces apart"
    expected_for = {admin: expected, other: expected_answers(servers, other)}
    done: Counter[str] = Counter()
    wrong: list[str] = []

    def work(number: int) -> None:
        rng = random.Random(number)
        client = admin if number % 2 else other
        token = log_in(servers[number % 2], client)
        connections = [Connection(server, token) for server in servers]
        workspace = "production"
        for _ in range(N_REQUESTS // N_THREADS):
            connection = rng.choice(connections)
            roll = rng.random()
            if roll < 0.2:
                workspace = rng.choice(("production", "dev"))
                status, _, answer = connection.ask("PATCH", "/session", {"workspace_id": workspace})
                right = status == 200 and answer["workspace_id"] == workspace
                what = "patch"
            elif roll < 0.6:
                status, _, answer = connection.ask("GET", "/session")
                right = status == 200 and answer["workspace_id"] == workspace
                what = "session"
            elif roll < 0.8:
                path = (
                    "/lookml_models/shop/explores/order_items?fields=fields(measures(name,filters))"
                )
                status, headers, answer = connection.ask("GET", path)
                measures = {each["name"]: each for each in answer["fields"]["measures"]}
                is_filtered = bool(measures["order_items.total_revenue"]["filters"])
                in_dev = client == admin and workspace == "dev"
                right = (
                    status == 200
                    and is_filtered == in_dev
                    and headers["x-lookalike-workspace"] == workspace
                )
                what = "explore"
            else:
                status, headers, answer = connection.ask("POST", "/queries/run/json", QUERY)
                right = (
                    status == 200
                    and answer == expected_for[client][workspace]
                    and headers["x-lookalike-workspace"] == workspace
                )
                what = "query"
            done[what] += 1
            if not right:
                wrong.append(f"{what} in {workspace} by {number}: {status} {str(answer)[:200]}")
        for connection in connections:
            connection.http.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(N_THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(dict(done))
    assert not wrong, f"{len(wrong)} wrong, the first: {wrong[:3]}"
    assert sum(done.values()) == N_REQUESTS


def test_a_logout_is_seen_by_the_other_process_at_once(servers: list[Server]) -> None:
    client = (servers[0].client_id, servers[0].client_secret)
    for turn in range(100):
        here, there = servers[turn % 2], servers[1 - turn % 2]
        token = log_in(here, client)
        assert ask_once(there, token, "GET", "/session")[0] == 200
        assert ask_once(here, token, "DELETE", "/logout")[0] == 204
        assert ask_once(there, token, "GET", "/session")[0] == 401
