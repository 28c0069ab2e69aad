"""Servers: lookalike over a folder, and a raw ASGI route on the same server software, each in its
own process on a loopback socket; and a client that keeps its connections open.

Invariant: a server has ended when its `with` block has.
"""

from __future__ import annotations

import argparse
import configparser
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from msgspec import Struct

from benchmarks.measuring import cpu_seconds

READY_SECONDS = 20
PIECE_BYTES = 1 << 20


class Server(Struct, frozen=True):
    """A running server, ready to answer."""

    pid: int
    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


def make_demo(folder: Path) -> tuple[str, str]:
    """Make the demo instance in `folder`; its admin's client id and secret."""
    _lookalike("demo", str(folder), "--no-serve")
    settings = configparser.ConfigParser()
    settings.read(folder / "looker.ini")
    return settings["Looker"]["client_id"], settings["Looker"]["client_secret"]


@contextmanager
def lookalike(folder: Path) -> Iterator[Server]:
    """`lookalike serve` over an instance's folder."""
    with _serving("lookalike", "serve", str(folder), "--port") as server:
        yield server


@contextmanager
def raw_route(body_bytes: int) -> Iterator[Server]:
    """One ASGI function that answers the same JSON of `body_bytes` to everything."""
    with _serving("benchmarks.servers", "--body-bytes", str(body_bytes), "--port") as server:
        yield server


def log_in(server: Server, client_id: str, client_secret: str) -> str:
    """A token."""
    form = {"client_id": client_id, "client_secret": client_secret}
    with httpx.Client(trust_env=False) as client:
        answer = client.post(f"{server.url}/api/4.0/login", data=form).raise_for_status()
    return str(answer.json()["access_token"])


class Connections:
    """Open connections that all ask at once, wait for their answers and ask again.

    While the server answers, the client sleeps: a server that has to wake its client with every
    answer pays for that, and more the slower it is, as it would not if they stood apart.
    """

    def __init__(self, server: Server, request: bytes, count: int) -> None:
        self._server = server
        self._request = request
        self._sockets = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(count)]
        for connection in self._sockets:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._nap = 0.0
        self._nap = 1.2 * min(self._turn() for _ in range(5))

    def body_bytes(self) -> int:
        """Ask once; how long the body of the answer is."""
        self._sockets[0].sendall(self._request)
        return len(read_answer(self._sockets[0]))

    def cpu_per_request(self, count: int) -> float:
        """Ask `count` times in all; CPU microseconds of the server for each."""
        before = cpu_seconds(self._server.pid)
        turns = count // len(self._sockets)
        for _ in range(turns):
            self._turn()
        spent = cpu_seconds(self._server.pid) - before
        return spent / (turns * len(self._sockets)) * 1e6

    def _turn(self) -> float:
        """Ask once on every connection; the seconds it takes."""
        started = time.perf_counter()
        for connection in self._sockets:
            connection.sendall(self._request)
        time.sleep(self._nap)
        for connection in self._sockets:
            read_answer(connection)
        return time.perf_counter() - started


def request(method: str, path: str, headers: Sequence[str] = (), body: bytes = b"") -> bytes:
    """A request as text."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", "Accept: application/json", *headers]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def read_answer(connection: socket.socket) -> bytes:
    """The body of one answer, which must be a 200 and say how long it is."""
    data = connection.recv(65536)
    while (end := data.find(b"\r\n\r\n")) < 0:
        data += _more(connection)
    start = data[:end].lower()
    if not start.startswith(b"http/1.1 200"):
        raise RuntimeError(data.decode("utf-8", "replace"))
    length = int(start.partition(b"content-length: ")[2].partition(b"\r\n")[0])
    while len(data) < end + 4 + length:
        data += _more(connection)
    return data[end + 4 :]


def _more(connection: socket.socket) -> bytes:
    piece = connection.recv(PIECE_BYTES)
    if not piece:
        raise RuntimeError("the server closed the connection in the middle of an answer")
    return piece


def _lookalike(*arguments: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "lookalike", *arguments], capture_output=True, text=True
    )
    if done.returncode:
        sys.exit(done.stderr)


@contextmanager
def _serving(module: str, *arguments: str) -> Iterator[Server]:
    """Run a module whose last argument is the port. Its words are ours only if it fails."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = int(found.getsockname()[1])
    process = subprocess.Popen(
        [sys.executable, "-m", module, *arguments, str(port)],
        env={name: text for name, text in os.environ.items() if not name.startswith("LOOKALIKE_")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(port, lambda: process.poll() is None)
        yield Server(process.pid, port)
    finally:
        process.terminate()
        process.wait(READY_SECONDS)


def _wait_for(port: int, is_alive: Callable[[], bool]) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while is_alive() and time.monotonic() < deadline:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.02)
    raise RuntimeError("the server did not get ready")


def _answer_always(body: bytes) -> Callable[[Any, Any, Any], Any]:
    headers = [
        (b"content-type", b"application/json; charset=utf-8"),
        (b"content-length", b"%d" % len(body)),
    ]

    async def answer(scope: Any, receive: Any, send: Any) -> None:
        if scope["method"] == "POST":
            await receive()
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    return answer


def _serve_raw() -> None:
    """The other side of `raw_route`: the settings are those of `lookalike serve`."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--body-bytes", type=int, required=True)
    parser.add_argument("--port", type=int, required=True)
    options = parser.parse_args()
    uvicorn.run(
        _answer_always(b'{"x":"%s"}' % (b"x" * (options.body_bytes - len('{"x":""}')))),
        host="127.0.0.1",
        port=options.port,
        log_config=None,
        access_log=False,
        server_header=False,
        lifespan="off",
        proxy_headers=False,
        h11_max_incomplete_event_size=64 * 1024,
        timeout_keep_alive=30,
    )


if __name__ == "__main__":
    _serve_raw()
