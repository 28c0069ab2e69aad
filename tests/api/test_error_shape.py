"""Every failure has Looker's shape, and hostile requests leave the server alive."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import pytest

from lookalike.api.app import Application
from lookalike.api.redact import redacted
from tests.api.conftest import Answer, Client

URL = "http://localhost:19999/r/err"


def check(answer: Answer, status: int, path: str) -> dict[str, Any]:
    """The body of an error, after a look at its shape."""
    assert answer.status == status, answer.body
    body = answer.json()
    assert isinstance(body, dict)
    assert isinstance(body["message"], str)
    assert body["message"]
    assert body["documentation_url"] == f"{URL}{path}"
    assert set(body) <= {"message", "documentation_url", "errors"}
    for error in body.get("errors", [{"documentation_url": "x"}]):
        assert error["documentation_url"]
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-request-id"]
    return body


@pytest.mark.parametrize(
    ("method", "path", "raw", "status", "where"),
    [
        ("GET", "/api/4.0/nothing", None, 404, "/4.0/404/get/nothing"),
        (
            "GET",
            "/api/3.1/lookml_models/x",
            None,
            404,
            "/3.1/404/get/lookml_models/:lookml_model_name",
        ),
        ("PUT", "/api/4.0/session", None, 405, "/4.0/405/put/session"),
        ("PATCH", "/api/4.0/session", b"{", 400, "/4.0/400/patch/session"),
        ("PATCH", "/api/4.0/session", b"", 400, "/4.0/400/patch/session"),
        ("PATCH", "/api/4.0/session", b"\xff", 400, "/4.0/400/patch/session"),
        ("PATCH", "/api/4.0/session", b"[]", 422, "/4.0/422/patch/session"),
        ("PATCH", "/api/4.0/session", b'{"workspace_id": 3}', 422, "/4.0/422/patch/session"),
        ("POST", "/api/4.0/queries", b'{"model": "shop"}', 422, "/4.0/422/post/queries"),
        ("POST", "/api/4.0/queries", b"[" * 50_000, 400, "/4.0/400/post/queries"),
        (
            "POST",
            "/api/4.0/queries",
            b'{"model":"m","view":"v","vis_config":' + b'{"a":' * 70 + b"1" + b"}" * 71,
            400,
            "/4.0/400/post/queries",
        ),
        (
            "POST",
            "/api/4.0/queries",
            b'{"model":"m","view":"v","limit":"abc"}',
            422,
            "/4.0/422/post/queries",
        ),
        ("POST", "/api/4.0/queries", b"x" * 100_001, 413, "/4.0/413/post/queries"),
        (
            "POST",
            "/api/4.0/queries/run/json?limit=abc",
            b"{}",
            400,
            "/4.0/400/post/queries/run/:result_format",
        ),
        ("GET", "/api/4.0/user?fields=" + "a(" * 30, None, 400, "/4.0/400/get/user"),
        ("GET", "/api/4.0/queries/x", None, 404, "/4.0/404/get/queries/:query_id"),
        (
            "GET",
            "/api/4.0/queries/99999999999999999999",
            None,
            404,
            "/4.0/404/get/queries/:query_id",
        ),
    ],
)
def test_bad_requests(
    admin: Client, method: str, path: str, raw: bytes | None, status: int, where: str
) -> None:
    check(admin(method, path, raw=raw), status, where)
    assert admin("GET", "/alive").status == 200


def test_the_field_at_fault_is_named(admin: Client) -> None:
    body = check(
        admin("POST", "/api/4.0/queries", raw=b'{"model":"m","view":"v","limit":"abc"}'),
        422,
        "/4.0/422/post/queries",
    )
    assert body["errors"][0]["field"] == "limit"
    body = check(
        admin("POST", "/api/4.0/queries", raw=b'{"model":"m"}'), 422, "/4.0/422/post/queries"
    )
    assert (body["errors"][0]["field"], body["errors"][0]["code"]) == ("view", "missing_field")


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Bearer garbage", "Basic x", "token \xff"]
)
def test_no_good_token(anyone: Client, header: str) -> None:
    headers = {"authorization": header} if header else {}
    body = check(anyone("GET", "/api/4.0/user", headers=headers), 401, "/4.0/401/get/user")
    assert body["message"] == "Requires authentication."


def test_a_body_on_get_and_an_empty_content_type_are_ignored(admin: Client) -> None:
    headers = {"content-type": ""}
    assert admin("GET", "/api/4.0/session", raw=b"{nonsense", headers=headers).status == 200


def test_methods_of_a_path(admin: Client) -> None:
    assert admin("PUT", "/api/4.0/session").headers["allow"] == "GET, PATCH"
    assert admin("OPTIONS", "/api/4.0/session").headers["allow"] == "GET, PATCH"
    assert admin("GET", "/api/4.0/session/").status == 200


@pytest.mark.parametrize(
    ("host", "origin", "status"),
    [
        ("localhost:19999", "", 200),
        ("127.0.0.1", "", 200),
        ("[::1]:8080", "", 200),
        ("evil.example", "", 403),
        ("localhost.evil.example:19999", "", 403),
        ("", "", 403),
        ("localhost:19999", "http://localhost:19999", 200),
        ("localhost:19999", "https://evil.example", 403),
        ("localhost:19999", "http://localhost:3000", 403),
        ("localhost:19999", "null", 403),
    ],
)
def test_only_own_names_and_pages(anyone: Client, host: str, origin: str, status: int) -> None:
    headers = {"host": host} | ({"origin": origin} if origin else {})
    assert anyone("GET", "/versions", headers=headers).status == status


def test_pages_outside_of_the_api(anyone: Client) -> None:
    page = anyone("GET", "/explore/x")
    assert page.status == 404
    assert b"Looker Not Found (404)" in page.body
    assert page.headers["content-type"].startswith("text/html")
    explained = anyone("GET", "/r/err/4.0/422/patch/session/<script>")
    assert explained.status == 200
    assert b"<script>" not in explained.body
    assert anyone("GET", "/r/err/4.0/999/patch/session").status == 404


def test_a_bug_shows_nothing_and_is_logged_by_its_id(
    app: Application, admin: Client, caplog: pytest.LogCaptureFixture
) -> None:
    """A scope that no server sends makes the application itself fail."""
    replies: list[dict[str, Any]] = []

    async def receive() -> Any:
        raise RuntimeError(f"Authorization: Bearer {admin.token}")

    async def send(message: Any) -> None:
        replies.append(dict(message))

    scope = {
        "type": "http",
        "method": "PATCH",
        "scheme": "http",
        "path": "/api/4.0/session",
        "raw_path": b"/api/4.0/session",
        "query_string": b"",
        "headers": [
            (b"host", b"localhost:19999"),
            (b"authorization", f"Bearer {admin.token}".encode()),
        ],
    }
    with caplog.at_level(logging.ERROR, logger="lookalike"):
        asyncio.run(app(scope, receive, send))
    headers = dict(replies[0]["headers"])
    assert replies[0]["status"] == 500
    assert b"RuntimeError" not in replies[1]["body"]
    assert headers[b"x-request-id"].decode() in caplog.text
    assert admin.token not in caplog.text


def test_secrets_are_covered() -> None:
    line = 'POST /login?client_id=a&client_secret=s3cr3t {"client_secret":"s3cr3t"} lka_AbC-9_x'
    assert "s3cr3t" not in redacted(line)
    assert "lka_" not in redacted(line)
    assert "client_id=a" in redacted(line)
