"""Tokens: every way in that a known client takes, and the way out."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

from lookalike.instance.instance import Instance
from tests.api.conftest import Client, credential

FORM = {"content-type": "application/x-www-form-urlencoded"}


@pytest.mark.parametrize(
    "client",
    [
        "form",
        "form without a content type (sdk-node 23)",
        "query and empty body (node-looker-api)",
        "json",
        "go",
    ],
)
def test_login_takes_every_shape(instance: Instance, anyone: Client, client: str) -> None:
    made = credential(instance, "viewer")
    both = {"client_id": made.credential.client_id, "client_secret": made.client_secret}
    form = urlencode(both)
    path = "/api/4.0/login"
    answer = {
        "form": lambda: anyone("POST", path, raw=form.encode(), headers=FORM),
        "form without a content type (sdk-node 23)": lambda: anyone(
            "POST", path, raw=form.encode()
        ),
        "query and empty body (node-looker-api)": lambda: anyone(
            "POST", f"{path}?{form}", raw=b"", headers=FORM
        ),
        "json": lambda: anyone("POST", path, body=both),
        "go": lambda: anyone(
            "POST", path, raw=f"grant_type=client_credentials&{form}".encode(), headers=FORM
        ),
    }[client]()
    assert answer.status == 200, answer.body
    assert answer.json()["token_type"] == "Bearer"


def test_login_shows_exactly_the_keys_of_its_version(instance: Instance, anyone: Client) -> None:
    made = credential(instance, "viewer")
    both = {"client_id": made.credential.client_id, "client_secret": made.client_secret}
    old = anyone("POST", "/api/3.1/login", body=both).json()
    new = anyone("POST", "/api/4.0/login", body=both).json()
    assert set(old) == {"access_token", "token_type", "expires_in"}
    assert set(new) == {*old, "refresh_token"}
    assert new["refresh_token"] is None
    assert new["expires_in"] == 3600


def test_wrong_credentials_are_not_found(instance: Instance, anyone: Client) -> None:
    made = credential(instance, "viewer")
    wrong = {"client_id": made.credential.client_id, "client_secret": "x"}
    unknown = {"client_id": "nobody", "client_secret": "x"}
    for body in (wrong, unknown):
        answer = anyone("POST", "/api/4.0/login", body=body)
        assert (answer.status, answer.json()["message"]) == (404, "Not found")
    assert anyone("POST", "/api/4.0/login", body={"client_id": "x"}).status == 400


def test_failed_logins_have_to_wait(instance: Instance, anyone: Client) -> None:
    made = credential(instance, "viewer")
    wrong = {"client_id": made.credential.client_id, "client_secret": "x"}
    assert [anyone("POST", "/api/4.0/login", body=wrong).status for _ in range(6)] == [
        *[404] * 5,
        429,
    ]
    refused = anyone("POST", "/api/4.0/login", body=wrong)
    assert 1 <= int(refused.headers["retry-after"]) <= 61
    other = credential(instance, "viewer")
    right = {"client_id": other.credential.client_id, "client_secret": other.client_secret}
    assert anyone("POST", "/api/4.0/login", body=right).status == 200


@pytest.mark.parametrize("scheme", ["Bearer", "token", "bearer", "TOKEN"])
def test_a_token_is_good_for_both_versions(viewer: Client, scheme: str) -> None:
    headers = {"authorization": f"{scheme} {viewer.token}"}
    for version in ("3.1", "4.0"):
        assert viewer("GET", f"/api/{version}/session", headers=headers).status == 200


def test_a_token_in_the_url_is_not_looked_at(viewer: Client, anyone: Client) -> None:
    answer = anyone("GET", f"/api/4.0/session?access_token={viewer.token}&token={viewer.token}")
    assert (answer.status, answer.json()["message"]) == (401, "Requires authentication.")


def test_logout_without_a_version_then_the_token_is_dead(viewer: Client) -> None:
    assert viewer("DELETE", "/api/logout").status == 204
    assert viewer("GET", "/api/4.0/session").status == 401
    assert viewer("DELETE", "/api/4.0/logout").status == 404


def test_sudo_shows_who_really_asks(instance: Instance, admin: Client, viewer: Client) -> None:
    target = viewer.get("/user")["id"]
    answer = admin("POST", f"/api/4.0/login/{target}", raw=b"")
    sudo = Client(admin.app, answer.json()["access_token"])
    assert sudo.get("/user")["id"] == target
    assert sudo.get("/session")["sudo_user_id"] == admin.get("/user")["id"]
    old = sudo("GET", "/api/3.1/session").json()
    assert old["sudo_user_id"] == int(admin.get("/user")["id"])
    assert sudo("DELETE", "/api/4.0/logout").status == 204
    assert admin("GET", "/api/4.0/session").status == 200


def test_sudo_to_nobody(admin: Client) -> None:
    for user in ("999999", "x", "-1"):
        assert admin("POST", f"/api/4.0/login/{user}").status == 404
