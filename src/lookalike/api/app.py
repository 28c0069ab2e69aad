"""App: the instance as an ASGI application. Bytes in, bytes out; the only file that speaks the
server's protocol.

A request is checked for its host, routed, authenticated, decoded, handed to the function behind its
operation, and answered. Handlers are plain functions; this file decides which run in place and
which in a thread.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import Executor, ThreadPoolExecutor
from itertools import count
from typing import Any

from lookalike.api import authenticate, errors, replies, streaming
from lookalike.api.call import Call, OpenCall
from lookalike.api.guesses import Guesses
from lookalike.api.handlers import Lane
from lookalike.api.hosts import Hosts
from lookalike.api.leaving import Leaving
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
from lookalike.api.routes import Found, Route, Routes, all_routes
from lookalike.api.streaming import Begun
from lookalike.api.throttle import Throttle
from lookalike.instance.access import require
from lookalike.instance.instance import Instance
from lookalike.instance.queries import Stream
from lookalike.wire import encoding, parameters
from lookalike.wire.operation import Nothing
from lookalike.wire.refusals import Malformed

LOG = logger(__name__)


def application(instance: Instance) -> Application:
    """The ASGI application that serves `instance`."""
    return Application(instance)


class Application:
    """An ASGI callable, with what it remembers between requests."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance
        self._hosts = Hosts(instance.config)
        self._routes = Routes(all_routes())
        self._logins = Throttle(instance.config.failed_logins_per_minute)
        self._guesses = Guesses()
        self._pools = {
            Lane.THREAD: Pool("call", instance.config.threads),
            Lane.QUERY: Pool("query", instance.config.threads),
        }
        self._streams: Executor = ThreadPoolExecutor(instance.config.threads, "stream")
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
        origin = self._instance.config.public_url
        try:
            if request.is_ambiguous:
                raise Malformed("the headers Host and Origin may stand in a request only once")
            origin = self._hosts.check(request.scheme, request.host, request.origin)
            found = self._routes.find(request.path)
            route = found.methods.get(request.method) if found else None
            if found is None or route is None:
                await replies.send_absent(request, found, origin, send)
                return
            call = self._call(request, route, origin)
            params: Any = _NOTHING
            if route.handler.operation.params is not Nothing:
                values = dict(zip(route.parameters, found.values, strict=True))
                result_format = values.get("result_format", "")
                params = parameters.read(route.handler.operation.params, values, request.query)
            if route.handler.is_immediate:
                answer = _answer(route.handler.function, call, params, _NOTHING)
            else:
                answer = await self._ask(request, route, call, params, receive)
            if isinstance(answer, Begun):
                await self._send_stream(request, answer, receive, send)
            else:
                await replies.send_answer(request, route, params, answer, send)
        except Disconnected:
            return
        except Exception as error:
            if not errors.is_expected(error):
                LOG.exception("request %s failed: %s", request.id, request.method)
            asked = replies.asked_of(request, found, origin, result_format)
            await replies.send_failure(request, errors.failure(error, asked), send)

    def _call(self, request: Request, route: Route, origin: str) -> OpenCall:
        """The call, once its caller is known and may ask at all."""
        if route.handler.is_open:
            return OpenCall(
                instance=self._instance,
                version=route.version,
                origin=origin,
                logins=self._logins,
                guesses=self._guesses,
                leaving=Leaving(),
                deploy_secret=request.deploy_secret.decode("latin-1"),
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
            guesses=self._guesses,
            leaving=Leaving(),
            caller=caller,
        )

    async def _ask(
        self, request: Request, route: Route, call: OpenCall, params: Any, receive: Receive
    ) -> Any:
        """What the function behind the operation answers."""
        handler = route.handler
        body: Any = _NOTHING
        if handler.operation.body is not Nothing:
            raw = await read_body(request, receive, self._instance.config.body_bytes)
            body = _read_value(route, raw)
        if handler.lane is Lane.IN_PLACE:
            return _answer(handler.function, call, params, body)
        working = self._pools[handler.lane].run(_answer, handler.function, call, params, body)
        if handler.lane is Lane.THREAD:
            return await working
        return await self._unless_left(working, call.leaving, receive)

    async def _unless_left(
        self, working: Coroutine[Any, Any, Any], leaving: Leaving, receive: Receive
    ) -> Any:
        """What `working` answers; if the client leaves first, its statement is stopped."""
        task = asyncio.ensure_future(working)
        gone = asyncio.ensure_future(streaming.left(receive))
        await asyncio.wait((task, gone), return_when=asyncio.FIRST_COMPLETED)
        if not gone.done():
            gone.cancel()
            return await task
        await self._pools[Lane.THREAD].run(leaving.leave)
        await asyncio.wait((task,))
        if task.exception() is None and isinstance(task.result(), Begun):
            task.result().stream.cancel()
        raise Disconnected

    async def _send_stream(
        self, request: Request, begun: Begun, receive: Receive, send: Send
    ) -> None:
        stream, part = begun.stream, begun.first
        headers = replies.headers_of(request, stream.media_type.encode(), (stream.version,))
        if part.is_last:
            headers.append((b"content-length", b"%d" % len(part.body)))
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        if not await streaming.send_parts(begun, receive, send, self._streams):
            LOG.info("request %s ended early", request.id)


_NOTHING = Nothing()


def _answer(function: Callable[..., Any], call: OpenCall, params: Any, body: Any) -> Any:
    """What a handler answers, where it runs; of a stream, the first part is made there too."""
    answer = function(call, params, body)
    return streaming.begin(answer) if isinstance(answer, Stream) else answer


def _read_value(route: Route, raw: bytes) -> Any:
    """The body as the operation wants it. A form is known by its looks:
    some clients send no Content-Type.
    """
    operation = route.handler.operation
    if operation.takes_form and not raw.lstrip().startswith(b"{"):
        return encoding.convert(operation.body, dict(parameters.pairs(raw)))
    return encoding.decode(operation.body, raw)


async def _live(receive: Receive, send: Send) -> None:
    """Agree to starting and stopping."""
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
