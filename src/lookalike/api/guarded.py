"""Guarded: the server's protocol with bounds on what comes before a request is known.

The application bounds bodies and answers. Before it is called, one connection may send at most
HEAD_BYTES of request line and headers, within HEAD_SECONDS; and whatever is no HTTP is refused in
the shape of every other error.
"""

from __future__ import annotations

import asyncio
import json
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_BYTES = 256 * 1024
HEAD_SECONDS = 20.0
CONNECTIONS = 2_000
"""At once; what comes beyond them is told that the service is unavailable."""


class GuardedProtocol(HttpToolsProtocol):
    """One connection."""

    _head_bytes = 0
    _in_head = False
    _head_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._expect_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self._head_is_here()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Most requests come whole: only a head in pieces is counted and waited for."""
        if self._head_bytes:
            self._head_bytes += len(data)
            if self._head_bytes > HEAD_BYTES:
                self._refuse(431, "the request line and the headers are too large")
                return
        super().data_received(data)
        if self._in_head and not self._head_bytes:
            self._head_bytes = len(data)
            if self._head_timer is None:
                self._expect_head()

    def on_message_begin(self) -> None:
        self._in_head = True
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self._in_head = False
        if self._head_timer is not None or self._head_bytes:
            self._head_is_here()
        super().on_headers_complete()

    def send_400_response(self, msg: str) -> None:
        self._refuse(400, "this is not HTTP as the server reads it")

    def _expect_head(self) -> None:
        self._head_timer = self.loop.call_later(
            HEAD_SECONDS, self._refuse, 408, "the request did not come in time"
        )

    def _head_is_here(self) -> None:
        self._in_head = False
        self._head_bytes = 0
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def _refuse(self, status: int, message: str) -> None:
        """Answer in the shape of every error, and hang up."""
        self._head_is_here()
        if self.transport.is_closing():
            return
        body = json.dumps({"message": message, "documentation_url": "/"}).encode()
        self.transport.write(
            b"HTTP/1.1 %d Refused\r\ncontent-type: application/json; charset=utf-8\r\n"
            b"content-length: %d\r\nconnection: close\r\n\r\n%s" % (status, len(body), body)
        )
        self.transport.close()
