"""Twenty clients of one service account, each in a workspace of its own, over two processes on one
store.

Pinned sessions read commits of their own; named workspaces are edited, committed, switched and
deployed; every answer carries a marker that says which version it came from.
"""

from __future__ import annotations

import os
import random
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contract.conftest import Server, credentials, lookalike, start
from tests.soak.history import Read, Write, unexplained
from tests.soak.test_isolation import Connection, log_in

pytestmark = pytest.mark.soak

N_PINNED = 10
N_NAMED = 10
SECONDS = float(os.environ.get("LOOKALIKE_SOAK_SECONDS", "60"))
QUERY = {"model": "marks", "view": "marks", "fields": ["marks.mark"]}
MODEL = 'connection: "none"\ninclude: "*.view"\nexplore: marks {}\n'
FILES = "/projects/marks/files"


def view(mark: str) -> str:
    return f"""view: marks {{
  derived_table: {{ sql: SELECT 1 AS id ;; }}
  dimension: id {{ primary_key: yes sql: ${{TABLE}}.id ;; }}
  dimension: mark {{ sql: '{mark}' ;; }}
}}
"""


def git(folder: Path, *arguments: str) -> str:
    identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com"]
    done = subprocess.run(
        ["git", *identity, *arguments], cwd=folder, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[list[Server], list[str]]]:
    """Two servers over a project with one commit for each pinned client; the last is production."""
    folder = tmp_path_factory.mktemp("workspaces")
    source = folder / "source"
    source.mkdir()
    git(source, "init", "-q", "-b", "main")
    (source / "marks.model.lkml").write_text(MODEL, encoding="utf-8")
    commits = []
    for number in range(N_PINNED):
        (source / "marks.view.lkml").write_text(view(f"pin-{number}"), encoding="utf-8")
        git(source, "add", "-A")
        git(source, "commit", "-q", "-m", str(number))
        commits.append(git(source, "rev-parse", "HEAD"))
    instance = folder / "instance"
    (instance / "projects").mkdir(parents=True)
    git(folder, "clone", "-q", "--bare", str(source), str(instance / "projects" / "marks.git"))
    (instance / "lookalike.toml").write_text(
        "[connections.none]\ndialect = 'duckdb'\n[projects.marks]\npath = 'projects/marks.git'\n",
        encoding="utf-8",
    )
    client = credentials(instance, "ci@example.com", "developer")
    servers = [start(instance, client), start(instance, client)]
    yield servers, commits
    for server in servers:
        server.stop()


class Client:
    """One client: a token, a connection to each process, and what it saw."""

    def __init__(self, number: int, servers: list[Server], workspace: str) -> None:
        self.number = number
        self.dice = random.Random(number)
        token = log_in(servers[0], (servers[0].client_id, servers[0].client_secret))
        self.connections = [Connection(server, token) for server in servers]
        self.wrong: list[str] = []
        self.done: Counter[str] = Counter()
        self.ask("PATCH", "/session", {"workspace_id": workspace})

    def ask(self, method: str, path: str, body: object = None) -> tuple[int, object]:
        status, _, answer = self.dice.choice(self.connections).ask(method, path, body)
        return status, answer

    def mark(self) -> str:
        status, answer = self.ask("POST", "/queries/run/json", QUERY)
        assert status == 200, answer
        assert isinstance(answer, list)
        return str(answer[0]["marks.mark"])

    def expect(self, mark: str, what: str) -> None:
        found = self.mark()
        self.done[what] += 1
        if found != mark:
            self.wrong.append(f"client {self.number}, {what}: {found} instead of {mark}")

    def close(self) -> None:
        for connection in self.connections:
            connection.http.close()


def stay_pinned(client: Client, mark: str, end: float) -> None:
    while time.monotonic() < end:
        client.expect(mark, "pinned read")


def develop(client: Client, end: float, writes: list[Write]) -> None:
    """Edit, commit, switch and deploy; each answer must show this client's own last edit."""
    name = client.number
    edits = 0
    while time.monotonic() < end:
        edits += 1
        mark = f"edit-{name}-{edits}"
        status, answer = client.ask(
            "PUT", FILES, {"path": "marks.view.lkml", "content": view(mark)}
        )
        assert status in (200, 204), answer
        client.expect(mark, "own edit")
        roll = client.dice.random()
        if roll < 0.6:
            status, answer = client.ask("POST", "/projects/marks/commit", {"message": mark})
            assert status in (200, 204), answer
            client.expect(mark, "own commit")
        if roll < 0.2:
            branch = f"b-{name}-{edits}"
            status, answer = client.ask("POST", "/projects/marks/git_branch", {"name": branch})
            assert status == 200, answer
            client.expect(mark, "own branch")
        elif roll < 0.4:
            began = time.monotonic()
            status, answer = client.ask("POST", "/projects/marks/deploy_to_production")
            client.done[f"deploy {status}"] += 1
            if status in (200, 204):
                writes.append(Write(mark, began, time.monotonic()))
            else:  # somebody was faster, or both changed the one line: start over from production
                assert status in (400, 409, 422), answer
                status, answer = client.ask("POST", "/projects/marks/reset_to_production")
                assert status in (200, 204), answer


def watch_production(client: Client, end: float, reads: list[Read]) -> None:
    while time.monotonic() < end:
        began = time.monotonic()
        found = client.mark()
        reads.append(Read(client.number, found, began, time.monotonic()))


def test_nobody_sees_anybody_else(workshop: tuple[list[Server], list[str]]) -> None:
    servers, commits = workshop
    writes = [Write(f"pin-{N_PINNED - 1}", 0, 0)]
    reads: list[Read] = []
    pinned = [Client(number, servers, f"@{commits[number]}") for number in range(N_PINNED)]
    named = [Client(100 + number, servers, f"dev:job-{number}") for number in range(N_NAMED)]
    watchers = [Client(200 + number, servers, "production") for number in range(2)]
    end = time.monotonic() + SECONDS
    failures: list[BaseException] = []

    def guarded(work: object, *arguments: object) -> threading.Thread:
        def run() -> None:
            try:
                assert callable(work)
                work(*arguments)
            except BaseException as error:
                failures.append(error)

        return threading.Thread(target=run)

    threads = [
        *(guarded(stay_pinned, client, f"pin-{n}", end) for n, client in enumerate(pinned)),
        *(guarded(develop, client, end, writes) for client in named),
        *(guarded(watch_production, client, end, reads) for client in watchers),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    everyone = [*pinned, *named, *watchers]
    done = sum((client.done for client in everyone), Counter[str]())
    wrong = [each for client in everyone for each in client.wrong]
    for client in everyone:
        client.close()
    print(dict(done), f"{len(writes) - 1} deploys, {len(reads)} reads of production")
    assert not failures, failures[:2]
    assert not wrong, wrong[:5]
    assert not unexplained(writes, reads)
    assert done["own edit"] > N_NAMED
    repository = servers[0].folder / "projects" / "marks.git"
    git(repository, "fsck", "--full", "--strict")


def test_the_store_opens_after_it_all(workshop: tuple[list[Server], list[str]]) -> None:
    folder = workshop[0][0].folder
    assert "nothing wrong" not in lookalike("validate", str(folder), "--json")
