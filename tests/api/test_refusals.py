"""What is refused at the door: odd headers, numbers beyond measure, too many guesses."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from lookalike.api.app import Application, application
from lookalike.api.throttle import Throttle
from lookalike.instance.instance import Instance
from tests.api.conftest import Client

PROJECT = "/api/4.0/projects/shop"
HOOK = "/webhooks/projects/{}/deploy"


def status_of(app: Application, *headers: tuple[bytes, bytes]) -> int:
    """The status of a request with exactly these headers."""
    scope = {
        "type": "http",
        "method": "GET",
        "scheme": "http",
        "path": "/alive",
        "raw_path": b"/alive",
        "query_string": b"",
        "headers": list(headers),
    }
    told: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        told.append(dict(message))

    asyncio.run(app(scope, receive, send))
    return int(told[0]["status"])


GOOD = (b"host", b"localhost:19999")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ((GOOD,), 200),
        ((GOOD, (b"accept", b"a"), (b"accept", b"b")), 200),
        ((GOOD, (b"host", b"evil.example.com")), 400),
        ((GOOD, GOOD), 400),
        ((GOOD, (b"origin", b"http://evil.example.com"), (b"origin", b"http://localhost:1")), 400),
        (((b"host", "127.0.0.1:²".encode("latin-1")),), 403),
        (((b"host", "127.0.0.1:²".encode()),), 403),
        (((b"host", b"127.0.0.1:123456"),), 403),
    ],
)
def test_headers(app: Application, headers: tuple[tuple[bytes, bytes], ...], status: int) -> None:
    assert status_of(app, *headers) == status


@pytest.mark.parametrize("number", [9223372036854775807, 9223372036854775808, 10**40, -1, 0])
def test_no_deploy_has_such_a_number(developer: Client, number: int) -> None:
    assert developer("GET", f"{PROJECT}/deploy_status/{number}").status == 404


@pytest.mark.parametrize(
    ("limit", "status"),
    [("99999999999999999999", 422), ("0", 422), ("-1", 422), ("1001", 422), ("1000", 200)],
)
def test_how_many_deployments(developer: Client, limit: str, status: int) -> None:
    path = f"/api/4.0/lookalike/projects/shop/deployments?limit={limit}"
    answer = developer("GET", path)
    assert answer.status == status
    if status != 200:
        assert answer.json()["errors"][0]["field"] == "limit"


def test_without_a_secret_a_webhook_deploys_nothing(
    instance: Instance, anyone: Client, developer: Client
) -> None:
    before = developer.get("/projects/shop/git_branch/main")["ref"]
    bodies = set()
    for project in ("shop", "nothing"):
        for more in ("", "/branch/main", f"/ref/{before}"):
            answer = anyone("GET", HOOK.format(project) + more)
            assert answer.status == 401
            message = answer.json()["message"]
            bodies.add(message)
            assert "deploy_secret" in message
    assert len(bodies) == 1
    secret = {"x-looker-deploy-secret": "wrong"}
    unset = anyone("POST", HOOK.format("shop"), headers=secret)
    developer("PATCH", PROJECT, body={"deploy_secret": "right"})
    wrong = anyone("POST", HOOK.format("shop"), headers=secret)
    unknown = anyone("POST", HOOK.format("nothing"), headers=secret)
    assert unset.body == wrong.body == unknown.body
    assert (unset.status, wrong.status, unknown.status) == (401, 401, 401)
    developer("PATCH", PROJECT, body={"unset_deploy_secret": True})


def test_secrets_cannot_be_guessed_fast(instance: Instance, developer: Client) -> None:
    client = Client(application(instance))
    developer("PATCH", PROJECT, body={"deploy_secret": "right"})
    made = developer.get("/projects/shop/git_branch/main")["ref"]
    right = {"x-looker-deploy-secret": "right"}
    for _ in range(35):  # who knows the secret is not guessing
        assert client("POST", HOOK.format("shop") + f"/ref/{made}", headers=right).status == 200
    tries = [client("POST", HOOK.format("shop")).status for _ in range(32)]
    assert tries == [401] * 30 + [429] * 2
    assert client("POST", HOOK.format("other")).status == 401
    others = [client("POST", HOOK.format(f"p{n}")).status for n in range(100)]
    assert others[-1] == 429
    developer("PATCH", PROJECT, body={"unset_deploy_secret": True})


def test_tries_count_before_they_are_judged(instance: Instance) -> None:
    """Those that are still being looked at count as well."""
    throttle = Throttle(2)
    now = instance.clock()
    throttle.enter("a", now)
    throttle.enter("a", now)
    with pytest.raises(Exception, match="too many"):
        throttle.enter("a", now)
    throttle.forgive("a")
    throttle.enter("a", now)
