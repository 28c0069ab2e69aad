"""Bounds before a request is known, over a real socket."""

from __future__ import annotations

import contextlib
import http.client
import json
import socket
from pathlib import Path

import pytest

from lookalike.api.guarded import HEAD_BYTES
from tests.contract.conftest import credentials, start


@pytest.mark.slow
def test_endless_heads_and_what_is_no_http_are_refused(tmp_path: Path) -> None:
    (tmp_path / "lookalike.toml").write_text("", encoding="utf-8")
    server = start(tmp_path, credentials(tmp_path, "a@example.com", "admin"))
    try:
        endless = b"GET /alive HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + b"x" * (2 * HEAD_BYTES)
        for sent, status in ((endless, b" 431 "), (b"GET GET GET\r\n\r\n", b" 400 ")):
            with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
                with contextlib.suppress(OSError):  # It may have hung up already.
                    connection.sendall(sent)
                head, _, body = connection.recv(4096).partition(b"\r\n\r\n")
            assert status in head.splitlines()[0]
            assert set(json.loads(body)) == {"message", "documentation_url"}
        kept = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
        for _ in range(2):
            kept.request("GET", "/alive")
            answer = kept.getresponse()
            assert (answer.status, answer.read()[:1]) == (200, b"{")
        kept.close()
    finally:
        server.stop()
