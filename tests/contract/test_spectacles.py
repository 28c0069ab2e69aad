"""spectacles, unmodified, on a project with a remote: it finds what was planted in a branch, and
cleans up.

Both lines are driven: 2.4.20 over API 4.0 and 2.2.0 over API 3.1. The token lives 61 seconds, so
that both log in anew before nearly every request and must find their workspace and their tasks
again.
"""

from __future__ import annotations

import json
import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.contract.conftest import Server, client_python, credentials, lookalike, start

pytestmark = pytest.mark.clients

LINES = [
    pytest.param("spectacles-2.4", ("--no-looker-ci-warning",), id="2.4.20"),
    pytest.param("spectacles-2.2", ("--do-not-track",), id="2.2.0"),
]
FOUND_ERRORS = 102
DATA_TEST = """
include: "/shop.model.lkml"

test: every_item_has_an_order {
  explore_source: order_items {
    column: count { field: order_items.count }
  }
  assert: there_are_items { expression: ${order_items.count} = %s ;; }
}
"""
BAD_COLUMN = """
  dimension: broken {
    type: string
    sql: ${TABLE}.no_such_column ;;
  }
}
"""


def git(folder: Path, *arguments: str) -> str:
    identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com"]
    done = subprocess.run(
        ["git", *identity, *arguments], cwd=folder, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


class Workshop:
    """A served instance whose project has a remote, and a working clone of that remote."""

    def __init__(self, server: Server, clone: Path) -> None:
        self.server = server
        self.clone = clone

    def branch(self, name: str, files: dict[str, str]) -> str:
        """Push a branch that changes some files; answers its commit."""
        git(self.clone, "checkout", "-q", "-B", name, "origin/main")
        for path, text in files.items():
            (self.clone / path).parent.mkdir(exist_ok=True)
            (self.clone / path).write_text(text, encoding="utf-8")
        git(self.clone, "add", "-A")
        git(self.clone, "commit", "-q", "-m", name)
        git(self.clone, "push", "-q", "--force", "origin", name)
        return git(self.clone, "rev-parse", "HEAD")

    def ask(self, method: str, path: str, body: object = None, dev: bool = True) -> Any:
        """One request in dev, over a login of its own."""
        form = f"client_id={self.server.client_id}&client_secret={self.server.client_secret}"
        token = self._send("POST", f"/login?{form}")["access_token"]
        if dev:
            self._send("PATCH", "/session", {"workspace_id": "dev"}, token)
        return self._send(method, path, body, token)

    def _send(self, method: str, path: str, body: object = None, token: str = "") -> Any:
        data = json.dumps(body).encode() if body is not None else b"" if method == "POST" else None
        headers = {"Authorization": f"token {token}"} if token else {}
        request = urllib.request.Request(
            f"{self.server.url}/api/4.0{path}", data, headers, method=method
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            text = answer.read()
        return json.loads(text) if text else None

    def view(self) -> str:
        git(self.clone, "checkout", "-q", "origin/main")
        return (self.clone / "views/users.view.lkml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workshop]:
    folder = tmp_path_factory.mktemp("spectacles")
    lookalike("demo", str(folder / "demo"), "--no-serve")
    client = credentials(folder / "demo", "admin@localhost", "admin")
    project = next((folder / "demo" / "projects").glob("shop*.git"))
    git(folder, "clone", "-q", "--bare", str(project), "remote.git")
    git(folder, "clone", "-q", "remote.git", "clone")
    clone = folder / "clone"
    (clone / "tests").mkdir()
    (clone / "tests" / "shop.lkml").write_text(DATA_TEST % 100000, encoding="utf-8")
    model = (clone / "shop.model.lkml").read_text(encoding="utf-8")
    (clone / "shop.model.lkml").write_text(
        model.replace(
            'include: "/views/*.view"', 'include: "/views/*.view"\ninclude: "/tests/*.lkml"'
        ),
        encoding="utf-8",
    )
    git(clone, "add", "-A")
    git(clone, "commit", "-q", "-m", "Test the items")
    git(clone, "push", "-q", "origin", "HEAD:main")
    server = start(folder / "demo", client, token_seconds=61, local_remotes=folder)
    made = Workshop(server, clone)
    made.ask("PATCH", "/projects/shop", {"git_remote_url": str(folder / "remote.git")})
    made.ask("POST", "/projects/shop/reset_to_production")
    made.ask("POST", "/projects/shop/deploy_ref_to_production?branch=main")
    yield made
    server.stop()


def spectacles(
    workshop: Workshop, line: str, flags: tuple[str, ...], tmp_path: Path, *arguments: str
) -> tuple[int, str]:
    """Run one command and answer its exit code and what it said."""
    server = workshop.server
    command = Path(client_python(line)).with_name("spectacles")
    verb, *rest = arguments
    project = [] if verb == "connect" else ["--project", "shop"]
    done = subprocess.run(
        [
            str(command), verb, *project, *rest, "--base-url", "http://127.0.0.1",
            "--port", str(server.port),
            "--client-id", server.client_id, "--client-secret", server.client_secret, *flags,
        ],
        cwd=tmp_path, env=server.settings(), capture_output=True, text=True, timeout=240,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize(("line", "flags"), LINES)
def test_connect(workshop: Workshop, tmp_path: Path, line: str, flags: tuple[str, ...]) -> None:
    code, said = spectacles(workshop, line, flags, tmp_path, "connect")
    assert code == 0, said
    assert "Connected" in said


@pytest.mark.parametrize(("line", "flags"), LINES)
@pytest.mark.parametrize("command", ["lookml", "sql", "assert"])
def test_production_is_clean(
    workshop: Workshop, tmp_path: Path, line: str, flags: tuple[str, ...], command: str
) -> None:
    code, said = spectacles(workshop, line, flags, tmp_path, command)
    assert code == 0, said


@pytest.mark.parametrize(("line", "flags"), LINES)
def test_sql_errors_of_a_branch_are_found(
    workshop: Workshop, tmp_path: Path, line: str, flags: tuple[str, ...]
) -> None:
    text = workshop.view().rstrip().removesuffix("}") + BAD_COLUMN
    name = f"bad-column-{line[-3:]}"
    commit = workshop.branch(name, {"views/users.view.lkml": text})
    for arguments in (
        ("--branch", name),
        ("--branch", name, "--incremental"),
        ("--commit-ref", commit),
    ):
        before = workshop.ask("GET", "/projects/shop/git_branch")["name"]
        code, said = spectacles(workshop, line, flags, tmp_path, "sql", *arguments)
        assert code == FOUND_ERRORS, (arguments, said)
        assert "no_such_column" in said
        assert "users.broken" in said
        after = workshop.ask("GET", "/projects/shop/git_branch")["name"]
        # spectacles leaves dev on the branch it was given; for a commit it returns to where it was.
        assert after == (name if name in arguments else before)
    code, said = spectacles(workshop, line, flags, tmp_path, "sql")
    assert code == 0, said
    left = [each["name"] for each in workshop.ask("GET", "/projects/shop/git_branches")]
    assert not [each for each in left if each.startswith("tmp_spectacles")]


@pytest.mark.parametrize(("line", "flags"), LINES)
def test_lookml_errors_of_a_branch_are_found(
    workshop: Workshop, tmp_path: Path, line: str, flags: tuple[str, ...]
) -> None:
    name = f"bad-lookml-{line[-3:]}"
    text = workshop.view().replace("sql: ${credit} ;;", "sql: ${credits} ;;")
    workshop.branch(name, {"views/users.view.lkml": text})
    code, said = spectacles(workshop, line, flags, tmp_path, "lookml", "--branch", name)
    assert code == FOUND_ERRORS, said
    assert "credits" in said
    code, said = spectacles(workshop, line, flags, tmp_path, "lookml")
    assert code == 0, said


@pytest.mark.parametrize(("line", "flags"), LINES)
def test_failing_data_tests_of_a_branch_are_found(
    workshop: Workshop, tmp_path: Path, line: str, flags: tuple[str, ...]
) -> None:
    name = f"bad-test-{line[-3:]}"
    workshop.branch(name, {"tests/shop.lkml": DATA_TEST % 1})
    code, said = spectacles(workshop, line, flags, tmp_path, "assert", "--branch", name)
    assert code == FOUND_ERRORS, said
    assert "every_item_has_an_order" in said
