"""`lookalike credentials create`: a credential whose sessions begin where it is meant to be."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lookalike.instance import login
from lookalike.instance.config import read_config
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
    assert lookalike(*create).code == 0
    assert lookalike(*create, "--workspace", "production").code == 0
    ended = lookalike(*create, "--workspace", "dev:job")
    assert ended.code == 2
    assert "use `production`, or a role that has it" in ended.err
