"""The whole life of a project over the API, with the official Python SDK and a local remote: what
each of two users sees after every step, and where the remote's branches are.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from tests.contract.conftest import Server, client_python, credentials, run_client, start
from tests.contract.test_spectacles import git

pytestmark = pytest.mark.clients

EMPTY_INSTANCE = '[connections.nowhere]\ndialect = "duckdb"\n'
NOTHING = "404"
MAIN, FEATURE, TAG = "refs/heads/main", "refs/heads/feature", "refs/tags/v1"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance without projects, a remote with one commit, and a clone of that."""
    made = tmp_path_factory.mktemp("life")
    (made / "instance").mkdir()
    (made / "instance" / "lookalike.toml").write_text(EMPTY_INSTANCE, encoding="utf-8")
    git(made, "init", "-q", "--bare", "-b", "main", "remote.git")
    git(made, "clone", "-q", "remote.git", "clone")
    (made / "clone" / "README.md").write_text("Tiny\n", encoding="utf-8")
    git(made / "clone", "add", "-A")
    git(made / "clone", "commit", "-q", "-m", "Begin")
    git(made / "clone", "push", "-q", "origin", "HEAD:main")
    return made


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Server]:
    client = credentials(folder / "instance", "ada@example.com", "admin")
    running = start(folder / "instance", client, local_remotes=folder)
    yield running
    running.stop()


@pytest.fixture(scope="module")
def life(folder: Path, server: Server) -> dict[str, dict[str, Any]]:
    """Every step, by its name in the script."""
    script = str(Path(__file__).parent / "python_life.py")
    bob = credentials(folder / "instance", "bob@example.com", "developer")
    places = [str(folder / "remote.git"), str(folder / "clone")]
    command = [client_python("looker-sdk-26"), script, *places, *bob]
    return cast("dict[str, dict[str, Any]]", run_client(command, server))


def test_a_project_begins(folder: Path, life: dict[str, dict[str, Any]]) -> None:
    begin = git(folder / "remote.git", "rev-list", "--max-parents=0", "main")
    assert life["create"]["in_production"] == "422"
    assert life["create"]["id"] == "tiny"
    assert life["remote"]["unreachable"] in ("400", "422")
    assert life["remote"]["url"] == str(folder / "remote.git")
    assert life["branch"]["name"] == "feature"
    assert life["branch"]["head"] == begin
    for step in ("create", "remote", "branch"):
        assert life[step]["refs"] == {MAIN: begin}, step
        assert life[step]["seen"] == {"ada": NOTHING, "ada_dev": NOTHING}, step


def test_files_are_written_and_mended(life: dict[str, dict[str, Any]]) -> None:
    write, fix = life["write"], life["fix"]
    assert write["again"] == "409"
    assert write["files"] == ["README.md", "tiny.model.lkml", "views/marker.view.lkml"]
    assert [each[:3] for each in write["errors"]] == [["error", "tiny/views/marker.view.lkml", 4]]
    assert "nobody" in write["errors"][0][3]
    assert write["seen"]["ada"] == NOTHING
    assert fix["late"] == "409"
    assert fix["errors"] == 0
    assert fix["seen"] == {"ada": NOTHING, "ada_dev": "one"}
    assert fix["refs"] == write["refs"] == life["branch"]["refs"]


def test_a_commit_is_pushed_and_a_deploy_moves_production(life: dict[str, dict[str, Any]]) -> None:
    begin, first = life["branch"]["head"], life["commit"]["commit"]
    assert life["commit"]["early"] == "422"
    assert life["commit"]["refs"] == {MAIN: begin, FEATURE: first}
    assert life["commit"]["seen"] == {"ada": NOTHING, "ada_dev": "one"}
    assert life["deploy"]["refs"] == {MAIN: first, FEATURE: first}
    assert life["deploy"]["seen"] == {"ada": "one", "ada_dev": "one"}
    assert life["deploy"]["has_production"] is True
    assert life["tag"]["refs"] == {MAIN: first, FEATURE: first, TAG: first}
    assert life["tag"]["taken"] == "409"


def test_a_second_user_pulls(life: dict[str, dict[str, Any]]) -> None:
    first, second = life["commit"]["commit"], life["commit_again"]["commit"]
    third = life["pushed_elsewhere"]["commit"]
    assert life["second"]["email"] == "bob@example.com"
    assert life["second"]["branch"].startswith("dev-")
    assert life["pull"]["name"] == "feature"
    for step, ada_dev, bob_dev, feature in (
        ("second", "one", "one", first),
        ("edit", "two", "one", first),
        ("commit_again", "two", "one", second),
        ("pull", "two", "two", second),
        ("pushed_elsewhere", "two", "two", third),
        # A branch is shared by all who are on it.
        ("reset_to_remote", "three", "three", third),
    ):
        assert life[step]["seen"] == seen("one", ada_dev, bob_dev), step
        assert life[step]["refs"] == {MAIN: first, FEATURE: feature, TAG: first}, step


def test_a_reset_brings_production(life: dict[str, dict[str, Any]]) -> None:
    first, third = life["commit"]["commit"], life["pushed_elsewhere"]["commit"]
    for step, bob_dev in (
        ("deploy_again", "one"),
        ("draft", "draft"),
        ("reset_to_production", "three"),
    ):
        assert life[step]["seen"] == seen("three", "three", bob_dev), step
        assert life[step]["refs"] == {MAIN: third, FEATURE: third, TAG: first}, step
    assert life["reset_to_production"]["branch"] == life["second"]["branch"]


def test_an_older_commit_is_deployed_and_that_is_undone(
    folder: Path, life: dict[str, dict[str, Any]]
) -> None:
    first, third = life["commit"]["commit"], life["pushed_elsewhere"]["commit"]
    # The remote's history is not rewritten: for a step back its production branch stays, ...
    assert life["deploy_older"]["refs"][MAIN] == third
    assert life["deploy_older"]["seen"] == seen("one", "three", "three")
    # ... so there is nothing to tell it when that is taken back, ...
    assert (life["undo"]["before"], life["undo"]["after"]) == (first, third)
    assert life["undo"]["refs"][MAIN] == third
    assert life["undo"]["seen"] == seen("three", "three", "three")
    # ... and a commit takes back what it has.
    last = life["undo_again"]["refs"][MAIN]
    remote = folder / "remote.git"
    assert git(remote, "rev-parse", f"{last}^") == third
    assert git(remote, "rev-parse", f"{last}^{{tree}}") == git(
        remote, "rev-parse", f"{first}^{{tree}}"
    )
    assert life["undo_again"]["seen"] == seen("one", "three", "three")
    for step in ("deploy_older", "undo", "undo_again"):
        assert life[step]["refs"][FEATURE] == third
        assert life[step]["refs"][TAG] == first


def test_every_repository_is_sound(folder: Path, life: dict[str, dict[str, Any]]) -> None:
    ours = next((folder / "instance" / "projects").glob("tiny*.git"))
    for repository in (folder / "remote.git", ours):
        done = subprocess.run(
            ["git", "fsck", "--full", "--strict"], cwd=repository, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout + done.stderr


def seen(production: str, ada_dev: str, bob_dev: str) -> dict[str, str]:
    """Production is the same for both; dev is each user's own."""
    return {"ada": production, "ada_dev": ada_dev, "bob": production, "bob_dev": bob_dev}
