"""A real instance in a folder: a store, bare repositories, two developers and a local remote."""

from __future__ import annotations

import socketserver
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from msgspec.structs import replace

from lookalike.instance import credentials, login, people, projects, workspaces
from lookalike.instance.access import Caller
from lookalike.instance.config import Config
from lookalike.instance.instance import Instance, open_instance, repository_for
from lookalike.store.records import Project

MODEL = """connection: "warehouse"
include: "/views/*.view.lkml"
explore: orders {}
"""
ORDERS = """view: orders {
  sql_table_name: shop.orders ;;
  dimension: id { type: number }
  measure: count { type: count }
}
"""
FILES = {"shop.model.lkml": MODEL, "views/orders.view.lkml": ORDERS}


@dataclass
class Person:
    """A user with a token. `caller` is read afresh, as each request does."""

    instance: Instance
    token: str

    @property
    def caller(self) -> Caller:
        return login.caller_for(self.instance, self.token)

    def enter(self, workspace: str) -> Caller:
        workspaces.enter(self.instance, self.caller, workspace)
        return self.caller


@pytest.fixture
def config(tmp_path: Path) -> Config:
    folder = tmp_path / "instance"
    folder.mkdir()
    return Config(
        folder=str(folder), local_remotes=str(tmp_path), workspaces_per_user=5, remote_seconds=30
    )


@pytest.fixture
def instance(config: Config) -> Iterator[Instance]:
    opened = open_instance(config)
    yield opened
    opened.close()


@pytest.fixture
def log_in(instance: Instance) -> Callable[..., Person]:
    def made(email: str, role: str = "developer", workspace: str = "") -> Person:
        user = people.enter_user(instance, email, role)
        new = credentials.create_credential(instance, user, workspace)
        token = login.log_in(instance, new.credential.client_id, new.client_secret)
        return Person(instance, token.token)

    return made


@pytest.fixture
def ada(log_in: Callable[..., Person]) -> Person:
    return log_in("ada.lovelace@example.com")


@pytest.fixture
def grace(log_in: Callable[..., Person]) -> Person:
    return log_in("grace.hopper@example.com")


@pytest.fixture
def shop(instance: Instance, ada: Person) -> Project:
    """A project whose production has one commit. Ada is in `dev`."""
    return projects.create_project(instance, ada.enter("dev"), "shop", FILES, "Open the shop")


@pytest.fixture
def git(instance: Instance, shop: Project) -> Callable[..., str]:
    """The git command in the repository of the shop."""
    path = repository_for(instance, shop).path

    def run(*arguments: str) -> str:
        return git_in(Path(path), *arguments)

    return run


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    """An empty bare repository that a project can have as its remote."""
    path = tmp_path / "remote.git"
    git_in(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", str(path))
    return path


def git_in(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", "-c", "user.name=Out", "-c", "user.email=out@example.com", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def clone(remote: Path, folder: Path) -> Path:
    """A working copy as somebody outside has it."""
    git_in(remote.parent, "clone", "--quiet", str(remote), str(folder))
    return folder


def push_file(clone_: Path, branch: str, path: str, text: str, start: str = "") -> str:
    """Commit a file on a branch of a working copy and push it; the commit."""
    git_in(clone_, "fetch", "--quiet")
    git_in(clone_, "checkout", "--quiet", "-B", branch, start or f"origin/{branch}")
    place = clone_ / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text)
    git_in(clone_, "add", "--all")
    git_in(clone_, "commit", "--quiet", "-m", f"Change {path}")
    git_in(clone_, "push", "--quiet", "origin", branch)
    return git_in(clone_, "rev-parse", "HEAD")


def connect(instance: Instance, caller: Caller, remote: Path) -> Project:
    changes = projects.ProjectChanges(remote_url=str(remote))
    return projects.update_project(instance, caller, "shop", changes)


def in_workspace(caller: Caller, workspace: str) -> Caller:
    return replace(caller, session=replace(caller.session, workspace=workspace))


@pytest.fixture
def talker() -> Iterator[int]:
    """The port of a service that is no git server and says so."""

    class Talk(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            self.request.sendall(b"Redis 7.0 secret banner\r\n" * 3)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Talk) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()
