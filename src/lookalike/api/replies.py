"""Replies: answers and errors as the server sends them, with the headers that every one carries."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from lookalike.api import pages, provenance
from lookalike.api.call import Answered, Encoded
from lookalike.api.errors import Asked, Failure, refusal
from lookalike.api.requests import Request, Send
from lookalike.api.routes import PREFIX, Found, Route
from lookalike.instance.workspaces import Version
from lookalike.wire import encoding, fields
from lookalike.wire.operation import BOTH, V40, Nothing

JSON = b"application/json; charset=utf-8"
HTML = b"text/html; charset=utf-8"
Headers = list[tuple[bytes, bytes]]
PIECE_BYTES = 256 * 1024
"""What the server is handed at a time: it copies again and again what the socket does not take."""


async def send_answer(request: Request, route: Route, params: Any, answer: Any, send: Send) -> None:
    """Send what a handler gave back, in the part and the version that were asked for."""
    versions: tuple[Version, ...] = ()
    if isinstance(answer, Answered):
        versions, answer = answer.versions, answer.answer
    if isinstance(answer, Nothing):
        await _send(send, 204, headers_of(request, versions=versions), b"")
        return
    if isinstance(answer, Encoded):
        versions, body = answer.versions, answer.body
    else:
        mask = fields.read_mask(params.fields) if getattr(params, "fields", None) else None
        body = encoding.encode(answer, route.version, mask)
    await _send(send, 200, headers_of(request, JSON, versions), body)


async def send_absent(request: Request, found: Found | None, origin: str, send: Send) -> None:
    """Answer a path that does not exist, or not with this method."""
    if found is not None:
        await _send_other_method(request, found, origin, send)
    elif request.path.startswith(PREFIX.encode()):
        failure = refusal(404, "Not found", asked_of(request, None, origin))
        await send_failure(request, failure, send)
    else:
        page = pages.error_page(request.path) if request.path.startswith(pages.ERRORS) else None
        status = 200 if page and request.method == "GET" else 404
        await _send(send, status, headers_of(request, HTML), page or pages.not_found())


async def send_failure(request: Request, failure: Failure, send: Send) -> None:
    """Send an error."""
    headers = [*headers_of(request, JSON), *failure.headers]
    await _send(send, failure.status, headers, failure.body)


def headers_of(
    request: Request, media_type: bytes | None = None, versions: tuple[Version, ...] = ()
) -> Headers:
    """The headers of an answer, with those that say where it comes from."""
    found = [
        (b"x-content-type-options", b"nosniff"),
        (b"cache-control", b"no-store"),
        (b"x-request-id", request.id.encode()),
    ]
    if media_type is not None:
        found.append((b"content-type", media_type))
    return found + provenance.headers(versions) if versions else found


def asked_of(request: Request, found: Found | None, origin: str, result_format: str = "") -> Asked:
    """What an error says was asked. The path of an unknown route is quoted and cut."""
    verb = quote(request.method.lower()[:20])
    if found is None:
        text = request.path.decode("latin-1").removeprefix(PREFIX)
        version, _, path = text.partition("/")
        known = version if version in BOTH else V40
        return Asked(origin, known, verb, "/" + quote(path[:200], safe="/:%"))
    route = found.methods.get(request.method) or next(iter(found.methods.values()))
    path = route.handler.operation.path.replace("{", ":").replace("}", "")
    return Asked(origin, route.version, verb, path, result_format)


async def _send_other_method(request: Request, found: Found, origin: str, send: Send) -> None:
    allow = ", ".join(sorted(found.methods))
    if request.method == "OPTIONS":
        await _send(send, 204, [*headers_of(request), (b"allow", allow.encode())], b"")
        return
    message = f"method {request.method[:20]} is not served here; use {allow}"
    failure = refusal(
        405, message, asked_of(request, found, origin), headers=((b"allow", allow.encode()),)
    )
    await send_failure(request, failure, send)


async def _send(send: Send, status: int, headers: Headers, body: bytes) -> None:
    if status != 204:
        headers.append((b"content-length", b"%d" % len(body)))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    for start in range(0, len(body) or 1, PIECE_BYTES):
        end = start + PIECE_BYTES
        piece, is_last = body[start:end], end >= len(body)
        await send({"type": "http.response.body", "body": piece, "more_body": not is_last})
