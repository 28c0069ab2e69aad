"""`lookalike credentials`: made for sessions that begin where they should, listed, revoked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lookalike.instance import login
from lookalike.instance.config import read_config
from lookalike.instance.errors import NotAuthenticated, NotFound
from lookalike.instance.instance import open_instance
from tests.cli.conftest import Run


@pytest.mark.parametrize(
    ("written", "begins"), [((), "production"), (("--workspace", "dev"), "dev")]
)
def test_the_workspace_of_a_credential(
    written: tuple[str, ...], begins: str, tmp_path: Path, lookalike: Run
) -> None:
    (tmp_path / "lookalike.toml").write_text("")
    arguments = ("--email", "ci@example.com", "--role", "developer", "--json")
    ended = lookalike("credentials", "create", tmp_path, *arguments, *written)
    assert ended.code == 0
    made = json.loads(ended.out)
    assert made["workspace"] == begins
    instance = open_instance(read_config(tmp_path))
    try:
        token = login.log_in(instance, made["client_id"], made["client_secret"])
        assert login.caller_for(instance, token.token).session.workspace == begins
    finally:
        instance.close()


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        (("--role", "developer", "--workspace", "devv"), "workspace `devv` does not exist"),
        (("--workspace", "dev"), "lacks the permission `develop`"),
        (("--workspace", "@main"), "lacks the permission `develop`"),
    ],
)
def test_a_refused_credential_leaves_no_user(
    written: tuple[str, ...], reason: str, tmp_path: Path, lookalike: Run
) -> None:
    (tmp_path / "lookalike.toml").write_text("")
    ended = lookalike("credentials", "create", tmp_path, "--email", "ci@example.com", *written)
    assert (ended.code, ended.out) == (2, "")
    assert reason in ended.err
    assert json.loads(lookalike("users", "list", tmp_path, "--json").out) == []


def test_who_has_a_user_already_is_judged_by_the_roles_held(tmp_path: Path, lookalike: Run) -> None:
    (tmp_path / "lookalike.toml").write_text("")
    create = ("credentials", "create", tmp_path, "--email", "ci@example.com")
    made = lookalike(*create)
    assert made.code == 0
    assert made.err == (
        "ci@example.com has the role `viewer`\n"
        "the secret is shown this once and kept only as a hash\n"
    )
    assert lookalike(*create, "--workspace", "production").code == 0
    ended = lookalike(*create, "--workspace", "dev:job")
    assert ended.code == 2
    assert "use `production`, or a role that has it" in ended.err


@pytest.fixture
def keeper(tmp_path: Path) -> Path:
    """An instance's folder."""
    (tmp_path / "lookalike.toml").write_text("")
    return tmp_path


def test_credentials_are_listed_with_their_last_use(keeper: Path, lookalike: Run) -> None:
    assert "there are no credentials" in lookalike("credentials", "list", keeper).err
    create = ("credentials", "create", keeper, "--email", "ada@example.com", "--json")
    one, two = (json.loads(lookalike(*create).out) for _ in range(2))
    instance = open_instance(read_config(keeper))
    try:
        login.log_in(instance, one["client_id"], one["client_secret"])
    finally:
        instance.close()
    ended = lookalike("credentials", "list", keeper)
    used, unused = ended.out.splitlines()[2:]
    assert (one["client_id"] in used, "never" in used) == (True, False)
    assert (two["client_id"] in unused, "never" in unused) == (True, True)
    first, second = json.loads(lookalike("credentials", "list", keeper, "--json").out)
    assert first["last_used_at"] >= first["created_at"][:16]
    assert second.pop("created_at") > first["created_at"]
    assert second == {
        "client_id": two["client_id"],
        "user_id": "1",
        "email": "ada@example.com",
        "workspace": "production",
        "last_used_at": None,
        "is_disabled": False,
    }
    for secret in (one["client_secret"], two["client_secret"]):
        assert secret not in ended.out


def test_a_revoked_credential_takes_its_tokens_along(keeper: Path, lookalike: Run) -> None:
    create = ("credentials", "create", keeper, "--email", "ada@example.com", "--json")
    old, new = (json.loads(lookalike(*create, "--role", "admin").out) for _ in range(2))
    instance = open_instance(read_config(keeper))
    try:
        tokens = [
            login.log_in(instance, made["client_id"], made["client_secret"]).token
            for made in (old, new)
        ]
        sudo = login.log_in_as(instance, login.caller_for(instance, tokens[0]), 1).token
        ended = lookalike("credentials", "revoke", old["client_id"], keeper, "--json")
        assert (ended.code, json.loads(ended.out)["email"]) == (0, "ada@example.com")
        for ended_token in (tokens[0], sudo):
            with pytest.raises(NotAuthenticated):
                login.caller_for(instance, ended_token)
        with pytest.raises(NotFound):
            login.log_in(instance, old["client_id"], old["client_secret"])
        assert login.caller_for(instance, tokens[1])
    finally:
        instance.close()
    (left,) = json.loads(lookalike("credentials", "list", keeper, "--json").out)
    assert left["client_id"] == new["client_id"]
    assert "no admin has a credential" not in ended.err
    last = lookalike("credentials", "revoke", new["client_id"], keeper)
    assert last.code == 0
    assert "no admin has a credential now" in last.err
    again = lookalike("credentials", "revoke", new["client_id"], keeper)
    assert (again.code, "`lookalike credentials list`" in again.err) == (2, True)


def test_whoever_has_a_role_keeps_it(keeper: Path, lookalike: Run) -> None:
    create = ("credentials", "create", keeper, "--email", "ada@example.com")
    assert lookalike(*create, "--role", "developer").code == 0
    made = json.loads(lookalike(*create, "--json").out)
    assert made["roles"] == ["developer"]
    ended = lookalike(*create, "--role", "admin")
    assert ended.code == 2
    assert "`lookalike users roles ada@example.com admin`" in ended.err
