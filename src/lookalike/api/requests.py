"""Requests: what of an ASGI scope the server looks at, and the body within its bounds."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, TypeAlias

from msgspec import Struct

Scope: TypeAlias = MutableMapping[str, Any]
Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]

BODY_SECONDS = 30
"""How long a client may take to send a body."""


class TooLarge(Exception):
    """The body is larger than the server reads."""


class TooSlow(Exception):
    """The body did not come in time."""


class Disconnected(Exception):
    """The client left while it was still asking."""


class Request(Struct, frozen=True):
    """`path` is raw: percent-encoded slashes are still encoded. Absent headers are empty.

    `is_ambiguous`: what says whether it may be answered comes twice, so two readers may see two
    things.
    """

    id: str
    method: str
    path: bytes
    query: bytes
    scheme: str
    host: bytes
    origin: bytes
    authorization: bytes
    content_length: bytes
    deploy_secret: bytes = b""
    is_ambiguous: bool = False


def read_request(scope: Scope, id_: str) -> Request:
    """The request in an ASGI scope. Of a header that comes twice the last one counts."""
    headers: dict[bytes, bytes] = dict(scope["headers"])
    return Request(
        id_,
        scope["method"],
        scope.get("raw_path") or scope["path"].encode(),
        scope["query_string"],
        scope["scheme"],
        headers.get(b"host", b""),
        headers.get(b"origin", b""),
        headers.get(b"authorization", b""),
        headers.get(b"content-length", b""),
        headers.get(b"x-looker-deploy-secret", b""),
        len(headers) != len(scope["headers"]) and _is_ambiguous(scope),
    )


def _is_ambiguous(scope: Scope) -> bool:
    names = [name for name, _ in scope["headers"]]
    return any(names.count(name) > 1 for name in (b"host", b"origin"))


async def read_body(request: Request, receive: Receive, limit: int) -> bytes:
    """The whole body. Raises TooLarge, TooSlow and Disconnected."""
    if request.content_length.isdigit() and int(request.content_length) > limit:
        raise TooLarge
    pieces: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout(BODY_SECONDS):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise Disconnected
                pieces.append(message.get("body", b""))
                size += len(pieces[-1])
                if size > limit:
                    raise TooLarge
                if not message.get("more_body", False):
                    return b"".join(pieces)
    except TimeoutError:
        raise TooSlow from None
