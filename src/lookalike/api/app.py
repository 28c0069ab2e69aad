"""App: the instance as an ASGI application. Bytes in, bytes out; the only file that speaks the
server's protocol.

A request is checked for its host, routed, authenticated, decoded, handed to the function behind its
operation, and answered. Handlers are plain functions; this file decides which run in place and
which in a thread.
"""

from __future__ import annotations

from itertools import count
from typing import Any
from urllib.parse import quote

from lookalike.api import authenticate, errors, pages, provenance, streaming
from lookalike.api.call import Answered, Call, Encoded, OpenCall
from lookalike.api.errors import Asked, Failure
from lookalike.api.handlers import Lane
from lookalike.api.hosts import Hosts
from lookalike.api.pools import Pool
from lookalike.api.redact import logger
from lookalike.api.requests import (
    Disconnected,
    Receive,
    Request,
    Scope,
    Send,
    read_body,
    read_request,
)
from lookalike.api.routes import PREFIX, Found, Route, Routes, all_routes
from lookalike.api.throttle import Throttle
from lookalike.instance.access import require
from lookalike.instance.instance import Instance
from lookalike.instance.queries import Stream
from lookalike.instance.workspaces import Version
from lookalike.wire import encoding, fields, parameters
from lookalike.wire.operation import V40, Nothing

LOG = logger(__name__)

JSON = b"application/json; charset=utf-8"
HTML = b"text/html; charset=utf-8"
BODILESS = frozenset({"GET", "HEAD", "DELETE", "OPTIONS"})
Headers = list[tuple[bytes, bytes]]


def application(instance: Instance) -> Application:
    """The ASGI application that serves `instance`."""
    return Application(instance)


class Application:
    """An ASGI callable, with what it remembers between requests."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance
        self._hosts = Hosts(instance.config)
        self._routes = Routes(all_routes())
        self._logins = Throttle(instance.config.logins_per_minute)
        self._pools = {
            Lane.THREAD: Pool("call", instance.config.threads),
            Lane.QUERY: Pool("query", instance.config.threads),
        }
        self._worker = instance.random(4).hex()
        self._numbers = count(1)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _live(receive, send)
        elif scope["type"] == "http":
            await self._serve(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 1000})

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = read_request(scope, f"{self._worker}-{next(self._numbers)}")
        found: Found | None = None
        result_format = ""
        try:
            self._hosts.check(request.host, request.origin)
            found = self._routes.find(request.path)
            route = found.methods.get(request.method) if found else None
            if found is None or route is None:
                await _send_absent(request, found, self._origin(request), send)
                return
            values = dict(zip(route.parameters, found.values, strict=True))
            result_format = values.get("result_format", "")
            await self._answer(request, route, values, receive, send)
        except Disconnected:
            return
        except Exception as error:
            if not errors.is_expected(error):
                LOG.exception("request %s failed: %s", request.id, request.method)
            asked = _asked(request, found, self._origin(request), result_format)
            await _send_failure(request, errors.failure(error, asked), send)

    async def _answer(
        self,
        request: Request,
        route: Route,
        values: dict[str, str],
        receive: Receive,
        send: Send,
    ) -> None:
        handler, operation = route.handler, route.handler.operation
        call = self._call(request, route)
        params = parameters.read(operation.params, values, request.query)
        body: Any = _NOTHING
        if operation.body is not Nothing:
            raw = await read_body(request, receive, self._instance.config.body_bytes)
            body = _read_value(route, raw)
        if handler.lane is Lane.IN_PLACE:
            answer = handler.function(call, params, body)
        else:
            answer = await self._pools[handler.lane].run(handler.function, call, params, body)
        if isinstance(answer, Stream):
            await self._send_stream(request, answer, receive, send)
        else:
            await _send_answer(request, route, params, answer, send)

    def _call(self, request: Request, route: Route) -> OpenCall:
        """The call, once its caller is known and may ask at all."""
        origin = self._origin(request)
        if route.handler.is_open:
            return OpenCall(
                instance=self._instance, version=route.version, origin=origin, logins=self._logins
            )
        caller = authenticate.caller_of(
            self._instance, request.authorization, route.handler.operation
        )
        if route.needs is not None:
            require(caller, route.needs)
        return Call(
            instance=self._instance,
            version=route.version,
            origin=origin,
            logins=self._logins,
            caller=caller,
        )

    def _origin(self, request: Request) -> str:
        """What the client calls the server."""
        public = self._instance.config.public_url
        return public.rstrip("/") or f"{request.scheme}://{request.host.decode('latin-1')}"

    async def _send_stream(
        self, request: Request, stream: Stream, receive: Receive, send: Send
    ) -> None:
        threads = self._pools[Lane.QUERY].threads
        part = await streaming.first_part(stream, threads)
        headers = _headers(request, stream.media_type.encode(), (stream.version,))
        if part.is_last:
            headers.append((b"content-length", b"%d" % len(part.body)))
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        if not await streaming.send_parts(stream, part, receive, send, threads):
            LOG.info("request %s ended early", request.id)


_NOTHING = Nothing()


def _read_value(route: Route, raw: bytes) -> Any:
    """The body as the operation wants it. A form is known by its looks:
    some clients send no Content-Type.
    """
    operation = route.handler.operation
    if operation.takes_form and not raw.lstrip().startswith(b"{"):
        return encoding.convert(operation.body, dict(parameters.pairs(raw)))
    return encoding.decode(operation.body, raw)


async def _send_answer(
    request: Request, route: Route, params: Any, answer: Any, send: Send
) -> None:
    versions: tuple[Version, ...] = ()
    if isinstance(answer, Answered):
        versions = answer.versions
        answer = answer.answer
    if isinstance(answer, Nothing):
        await _send(send, 204, _headers(request, None), b"")
        return
    if isinstance(answer, Encoded):
        versions, body = answer.versions, answer.body
    else:
        asked = getattr(params, "fields", None)
        body = encoding.encode(answer, route.version, fields.read_mask(asked) if asked else None)
    await _send(send, 200, _headers(request, JSON, versions), body)


async def _send_absent(request: Request, found: Found | None, origin: str, send: Send) -> None:
    """Answer a path that does not exist, or not with this method."""
    if found is not None:
        allow = ", ".join(sorted(found.methods)).encode()
        if request.method == "OPTIONS":
            await _send(send, 204, [*_headers(request, None), (b"allow", allow)], b"")
            return
        message = f"method {request.method[:20]} is not served here; use {allow.decode()}"
        asked = _asked(request, found, origin)
        await _send_failure(
            request, errors.refusal(405, message, asked, headers=((b"allow", allow),)), send
        )
        return
    if request.path.startswith(PREFIX.encode()):
        failure = errors.refusal(404, "Not found", _asked(request, None, origin))
        await _send_failure(request, failure, send)
        return
    page = pages.error_page(request.path) if request.path.startswith(pages.ERRORS) else None
    status = 200 if page and request.method == "GET" else 404
    await _send(send, status, _headers(request, HTML), page or pages.not_found())


async def _send_failure(request: Request, failure: Failure, send: Send) -> None:
    headers = [*_headers(request, JSON), *failure.headers]
    await _send(send, failure.status, headers, failure.body)


async def _send(send: Send, status: int, headers: Headers, body: bytes) -> None:
    if status != 204:
        headers.append((b"content-length", b"%d" % len(body)))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _headers(
    request: Request, media_type: bytes | None, versions: tuple[Version, ...] = ()
) -> Headers:
    found = [
        (b"x-content-type-options", b"nosniff"),
        (b"cache-control", b"no-store"),
        (b"x-request-id", request.id.encode()),
    ]
    if media_type is not None:
        found.append((b"content-type", media_type))
    return found + provenance.headers(versions) if versions else found


def _asked(request: Request, found: Found | None, origin: str, result_format: str = "") -> Asked:
    """What an error says was asked. The path of an unknown route is quoted and cut."""
    verb = quote(request.method.lower()[:20])
    if found is None:
        _, _, path = request.path.decode("latin-1").removeprefix(PREFIX).partition("/")
        return Asked(origin, V40, verb, "/" + quote(path[:200], safe="/:%"))
    route = found.methods.get(request.method) or next(iter(found.methods.values()))
    path = route.handler.operation.path.replace("{", ":").replace("}", "")
    return Asked(origin, route.version, verb, path, result_format)


async def _live(receive: Receive, send: Send) -> None:
    """Agree to starting and stopping."""
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
