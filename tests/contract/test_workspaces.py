"""Workspaces that Looker does not have, with the official Python SDK unmodified: pinned to commits,
named, and carried by a credential.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

from tests.contract.conftest import Server, client_python, lookalike, run_client, start
from tests.contract.test_spectacles import git

pytestmark = pytest.mark.clients

SETTINGS = """
[connections.nowhere]
dialect = "duckdb"

[projects.tiny]
path = "tiny.git"
"""
MODEL = 'connection: "nowhere"\ninclude: "/views/*.view"\nexplore: marker {}\n'
VIEW = """view: marker {
  derived_table: { sql: SELECT 1 AS id ;; }
  dimension: id { primary_key: yes type: number }
  dimension: name { type: string sql: '%s' ;; }
}
"""


class Tiny:
    """An instance whose project says `one` in commit `old`, which is production, and `two` in
    `new`, on the branch `next`.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "instance"
        self.folder.mkdir()
        (self.folder / "lookalike.toml").write_text(SETTINGS, encoding="utf-8")
        work = folder / "work"
        (work / "views").mkdir(parents=True)
        git(work, "init", "-q", "-b", "main")
        (work / "tiny.model.lkml").write_text(MODEL, encoding="utf-8")
        self.old = self.commit(work, "one")
        git(work, "tag", "v1")
        git(work, "checkout", "-q", "-b", "next")
        self.new = self.commit(work, "two")
        git(work, "checkout", "-q", "main")
        git(folder, "clone", "-q", "--mirror", "work", "instance/tiny.git")

    def commit(self, work: Path, name: str) -> str:
        (work / "views" / "marker.view.lkml").write_text(VIEW % name, encoding="utf-8")
        git(work, "add", "-A")
        git(work, "commit", "-q", "-m", f"Say {name}")
        return git(work, "rev-parse", "HEAD")

    def credentials(self, workspace: str = "") -> tuple[str, str]:
        flags = ["--email", "ci@example.com", "--role", "developer", "--json"]
        if workspace:
            flags += ["--workspace", workspace]
        made = json.loads(lookalike("credentials", "create", str(self.folder), *flags))
        return made["client_id"], made["client_secret"]


@pytest.fixture
def tiny(tmp_path: Path) -> Tiny:
    return Tiny(tmp_path)


@pytest.fixture
def server(tiny: Tiny) -> Iterator[Server]:
    running = start(tiny.folder, tiny.credentials())
    yield running
    running.stop()


def run(server: Server, *arguments: str) -> dict[str, Any]:
    script = str(Path(__file__).parent / "python_workspaces.py")
    command = [client_python("looker-sdk-26"), script, *arguments]
    return cast("dict[str, Any]", run_client(command, server))


def replace_client(server: Server, client: tuple[str, str]) -> Server:
    return replace(server, client_id=client[0], client_secret=client[1])


def test_pinned(tiny: Tiny, server: Server) -> None:
    seen = run(server, "pinned", tiny.old, tiny.new, "v1")
    pinned = {
        f"@{tiny.old}": "one",
        f"@{tiny.new}": "two",
        f"@{tiny.old[:10]}": "one",
        "@v1": "one",
        "@main": "one",
        f"tiny@{tiny.new}": "two",
    }
    assert seen["entered"] == {ref: ref for ref in pinned}
    assert seen["before"] == seen["after"] == pinned
    assert seen["production"] == "two"
    assert seen["where"] == "@main"
    assert seen["write"][0] == "422"
    assert set(map(tuple, seen["unknown"].values())) == {("422", "workspace_id")}
    # A refusal leaves the session where it was; entering anew resolves anew.
    assert seen["kept"] == ["@main", "one"]
    assert seen["again"] == ["@main", "two"]
    assert seen["listed"] == [f"@{tiny.old}", ["tiny"]]


def test_named(server: Server) -> None:
    seen = run(server, "named")
    workspaces = ["dev:job-1", "dev:job-2", "dev"]
    assert seen["entered"] == {each: each for each in workspaces}
    assert len(set(seen["branches"].values())) == 3
    assert seen["seen"] == {each: f"in {each}" for each in workspaces}
    assert seen["branch"] == "of-job-1"
    assert seen["others"] == [seen["branches"][each] for each in ("dev:job-2", "dev")]
    # A new session of the same user begins in production, and finds the job as it was left.
    assert seen["first"] == "one"
    assert seen["again"] == ["dev:job-1", "in dev:job-1", "of-job-1"]
    assert sorted(seen["listed"]) == ["dev", "dev:job-1", "dev:job-2", "production"]
    assert seen["bad_name"] == ["422", "workspace_id"]
    assert sorted(seen["left"]) == ["dev", "dev:job-1", "production"]


@pytest.mark.parametrize(
    ("carried", "asked", "workspaces", "markers"),
    [
        pytest.param("", "dev", "production", "one", id="nothing"),
        pytest.param("dev", "production", "dev", "draft", id="dev"),
        pytest.param("dev:nightly", "dev", "dev:nightly", "one", id="named"),
        pytest.param("@next", "dev", "@next", "two", id="pinned"),
    ],
)
def test_a_renewed_token_is_where_the_credential_says(
    tiny: Tiny, carried: str, asked: str, workspaces: str, markers: str
) -> None:
    """What an unmodified client asked for in its session is gone with the next token; what its
    credential carries is not.
    """
    running = start(tiny.folder, tiny.credentials(carried), token_seconds=5)
    try:
        # Who is always in dev can write there, however short the token lives.
        run(replace_client(running, tiny.credentials("dev")), "draft")
        seen = run(running, "renewed", asked)
    finally:
        running.stop()
    assert seen["tokens"] > 1
    assert seen["workspaces"] == [workspaces] * 3
    assert seen["markers"] == [markers] * 3
    assert seen["asked"] == workspaces
