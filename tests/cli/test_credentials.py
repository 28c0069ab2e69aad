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


def test_what_can_be_no_workspace(tmp_path: Path, lookalike: Run) -> None:
    (tmp_path / "lookalike.toml").write_text("")
    arguments = ("--email", "ci@example.com", "--workspace", "no where")
    assert lookalike("credentials", "create", tmp_path, *arguments).code == 2
