"""Client and AsyncClient: the flow driven over httpx, blocking and not.

Both may be shared: a Client by threads, an AsyncClient by the tasks of one asyncio loop. Nothing is
sent before the first call, and closing a client does not end its session: `auth.logout` does.
"""

from __future__ import annotations

import asyncio
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from types import TracebackType
from typing import Any, Self, TypeAlias, TypeVar, cast

import httpx
from msgspec import Struct

from lookalike import __version__
from lookalike.client import settings as sources
from lookalike.client.errors import ClientError, Timeout, Unreachable
from lookalike.client.flow import Flow, Pause, Renewal, Step, Steps
from lookalike.client.messages import Request, Response
from lookalike.client.methods import AsyncMethods, Methods
from lookalike.client.settings import Settings
from lookalike.wire.operation import Operation

P = TypeVar("P", bound=Struct)
B = TypeVar("B", bound=Struct)
A = TypeVar("A")

OnRenewal: TypeAlias = "Callable[[Renewal], None] | None"

USER_AGENT = f"lookalike-client/{__version__}"


class Client(Methods):
    """A client that blocks. Operations are grouped by tag: `client.session.session()`.

    `on_renewal` is told when a new token took the place of an old one, after the workspace was
    entered again.
    """

    def __init__(self, settings: Settings, *, on_renewal: OnRenewal = None) -> None:
        super().__init__(self._call)
        self.settings = settings
        self._flow = Flow(settings, time.monotonic, on_renewal)
        self._lock = threading.Lock()
        self._http = httpx.Client(verify=settings.verify_ssl, timeout=settings.timeout)

    @classmethod
    def from_file(
        cls,
        path: str | os.PathLike[str],
        section: str | None = None,
        *,
        on_renewal: OnRenewal = None,
    ) -> Self:
        """A client with the settings of a `looker.ini`: of its first section, or of `section`.

        What the file says wins over `LOOKERSDK_*` variables, which fill in what it leaves out.
        """
        return cls(sources.from_file(path, section), on_renewal=on_renewal)

    @classmethod
    def from_environment(cls, *, on_renewal: OnRenewal = None) -> Self:
        """A client with the settings of `LOOKERSDK_*` variables, and of a `looker.ini` here or one
        folder up for what they leave out.
        """
        return cls(sources.from_environment(), on_renewal=on_renewal)

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _call(self, operation: Operation[P, B, A], params: P, body: B) -> A:
        return self._run(self._flow.exchange(operation, params, body))

    def _run(self, steps: Steps[A]) -> A:
        resume: Callable[[], Step] = partial(next, steps)
        while True:
            try:
                step = resume()
            except StopIteration as done:
                return cast("A", done.value)
            try:
                resume = partial(steps.send, self._take(step))
            except ClientError as error:
                resume = partial(steps.throw, error)

    def _take(self, step: Step) -> Any:
        if isinstance(step, Request):
            return self._send(step)
        if isinstance(step, Pause):
            return time.sleep(step.seconds)
        with self._lock:
            return self._run(step.steps)

    def _send(self, request: Request) -> Response:
        with _mapped_failures(request):
            return _response(self._http.send(_outgoing(self._http, request)))


class AsyncClient(AsyncMethods):
    """A client for asyncio. Operations are grouped by tag: `await client.session.session()`.

    `on_renewal` is told when a new token took the place of an old one, after the workspace was
    entered again.
    """

    def __init__(self, settings: Settings, *, on_renewal: OnRenewal = None) -> None:
        super().__init__(self._call)
        self.settings = settings
        self._flow = Flow(settings, time.monotonic, on_renewal)
        self._lock = asyncio.Lock()
        self._http = httpx.AsyncClient(verify=settings.verify_ssl, timeout=settings.timeout)

    @classmethod
    def from_file(
        cls,
        path: str | os.PathLike[str],
        section: str | None = None,
        *,
        on_renewal: OnRenewal = None,
    ) -> Self:
        """A client with the settings of a `looker.ini`: of its first section, or of `section`.

        What the file says wins over `LOOKERSDK_*` variables, which fill in what it leaves out.
        """
        return cls(sources.from_file(path, section), on_renewal=on_renewal)

    @classmethod
    def from_environment(cls, *, on_renewal: OnRenewal = None) -> Self:
        """A client with the settings of `LOOKERSDK_*` variables, and of a `looker.ini` here or one
        folder up for what they leave out.
        """
        return cls(sources.from_environment(), on_renewal=on_renewal)

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.close()

    async def _call(self, operation: Operation[P, B, A], params: P, body: B) -> A:
        return await self._run(self._flow.exchange(operation, params, body))

    async def _run(self, steps: Steps[A]) -> A:
        resume: Callable[[], Step] = partial(next, steps)
        while True:
            try:
                step = resume()
            except StopIteration as done:
                return cast("A", done.value)
            try:
                resume = partial(steps.send, await self._take(step))
            except ClientError as error:
                resume = partial(steps.throw, error)

    async def _take(self, step: Step) -> Any:
        if isinstance(step, Request):
            return await self._send(step)
        if isinstance(step, Pause):
            return await asyncio.sleep(step.seconds)
        async with self._lock:
            return await self._run(step.steps)

    async def _send(self, request: Request) -> Response:
        with _mapped_failures(request):
            return _response(await self._http.send(_outgoing(self._http, request)))


def _outgoing(http: httpx.Client | httpx.AsyncClient, request: Request) -> httpx.Request:
    return http.build_request(
        request.method,
        request.url,
        headers={**request.headers, "user-agent": USER_AGENT},
        content=request.content or None,
    )


def _response(received: httpx.Response) -> Response:
    return Response(
        status=received.status_code,
        headers={name.lower(): value for name, value in received.headers.items()},
        content=received.content,
    )


@contextmanager
def _mapped_failures(request: Request) -> Iterator[None]:
    try:
        yield
    except httpx.TimeoutException as error:
        raise Timeout(
            f"no answer to `{request.line}` in time; the setting `timeout` says how long to wait"
        ) from error
    except (httpx.RequestError, httpx.InvalidURL) as error:
        reason = str(error) or type(error).__name__
        raise Unreachable(f"`{request.line}` can't be sent: {reason}; check `base_url`") from error
