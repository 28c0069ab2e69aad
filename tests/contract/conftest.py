"""Servers for the contract tests: a demo instance, served by real processes on loopback sockets."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CLIENTS = ROOT / ".clients"


def lookalike(*arguments: str) -> str:
    """Run one command of lookalike and answer its stdout."""
    done = subprocess.run(
        [sys.executable, "-m", "lookalike", *arguments], capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@dataclass
class Server:
    """One running server process over an instance's folder."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes]
    client_id: str
    client_secret: str

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def settings(self) -> dict[str, str]:
        """The environment that every official SDK reads."""
        return {
            **os.environ,
            "LOOKERSDK_BASE_URL": self.url,
            "LOOKERSDK_CLIENT_ID": self.client_id,
            "LOOKERSDK_CLIENT_SECRET": self.client_secret,
            "LOOKERSDK_VERIFY_SSL": "false",
            "LOOKERSDK_TIMEOUT": "60",
            "no_proxy": "127.0.0.1,localhost",
        }

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(20)


def credentials(folder: Path, email: str, role: str) -> tuple[str, str]:
    made = json.loads(
        lookalike("credentials", "create", str(folder), "--email", email, "--role", role, "--json")
    )
    return made["client_id"], made["client_secret"]


def start(folder: Path, client: tuple[str, str], **settings: object) -> Server:
    """A server over `folder`, ready to answer; `settings` become LOOKALIKE_ variables."""
    port = free_port()
    environment = {f"LOOKALIKE_{name.upper()}": str(value) for name, value in settings.items()}
    process = subprocess.Popen(
        [sys.executable, "-m", "lookalike", "serve", str(folder), "--port", str(port)],
        env={**os.environ, **environment},
        stderr=subprocess.DEVNULL,
    )
    for _ in range(1_200):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/alive", timeout=5):
                return Server(folder, port, process, *client)
        except OSError:
            assert process.poll() is None, "the server ended before it answered"
            time.sleep(0.05)
    process.kill()
    raise AssertionError("the server did not get ready")


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance's folder with the demo shop; tests only read it or add users."""
    folder = tmp_path_factory.mktemp("instance") / "demo"
    lookalike("demo", str(folder), "--no-serve")
    return folder


@pytest.fixture(scope="session")
def admin(demo: Path) -> tuple[str, str]:
    """The client id and secret of the admin whose dev branch differs from production."""
    return credentials(demo, "admin@localhost", "admin")


@pytest.fixture(scope="session")
def server(demo: Path, admin: tuple[str, str]) -> Iterator[Server]:
    running = start(demo, admin)
    yield running
    running.stop()


def client_python(name: str) -> str:
    """The interpreter of an installed official client; skips where it is not installed, fails where
    all must be.
    """
    path = CLIENTS / name / "bin" / "python"
    _need(path.exists(), f"client {name} is not installed; `make test` installs it")
    return str(path)


def client_node(name: str) -> Path:
    path = ROOT / "tests" / "contract" / name
    _need((path / "node_modules").is_dir(), f"client {name} is not installed; it needs npm")
    return path


def _need(is_there: bool, reason: str) -> None:
    if not is_there:
        if os.environ.get("LOOKALIKE_REQUIRE_ALL"):
            pytest.fail(reason)
        pytest.skip(reason)


def alone(server: Server, home: Path) -> dict[str, str]:
    """The environment of a client that keeps its files in `home` and reaches nothing but the
    server: every other request goes to a proxy that is not there.
    """
    nowhere = "http://127.0.0.1:9"
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), nowhere)
    return {**server.settings(), **proxies, "HOME": str(home)}


def run_client(command: list[str], server: Server, cwd: Path | None = None) -> dict[str, object]:
    """Run a client script that prints one JSON document as its last line."""
    done = subprocess.run(
        command, env=server.settings(), cwd=cwd, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
    answer = json.loads(done.stdout.strip().splitlines()[-1])
    assert isinstance(answer, dict)
    return answer
