"""Flow: how one call becomes requests, without sending any.

In: an operation with its values. Out: a generator that yields steps (send a request, pause, run
other steps alone), is sent what came of them, and returns the answer. A driver that knows how to
send, sleep and lock does the rest.

Invariant: a request that depends on the workspace is sent only while the session of its token is
known to be in the chosen workspace. A login begins in `production`, so after every one the chosen
workspace is entered first; where that fails, WorkspaceLost is raised and nothing is sent.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Generator
from typing import Any, TypeAlias, TypeVar

import msgspec
from msgspec import Struct

from lookalike.client.errors import ClientError, WorkspaceLost
from lookalike.client.messages import (
    Request,
    Response,
    answer_of,
    request_for,
    retry_after,
    signed,
)
from lookalike.client.settings import Settings
from lookalike.wire import api_auth, session
from lookalike.wire.operation import Nothing, Operation

P = TypeVar("P", bound=Struct)
B = TypeVar("B", bound=Struct)
A = TypeVar("A")

PRODUCTION = "production"
MARGIN_SECONDS = 10
MARGIN_SHARE = 0.1
"""A token is renewed this long before it ends, or in this part of its life if that is less."""

N_TRIES = 3
LONGEST_PAUSE = 30
"""A GET that was put off is sent this often; a longer wait is the caller's to decide."""

_LOG = logging.getLogger("lookalike.client")


class Renewal(Struct, frozen=True):
    """A new token took the place of one that was ending or refused, and is in the workspace."""

    workspace_id: str


class Pause(Struct, frozen=True):
    """A step: wait."""

    seconds: float


class Alone(Struct, frozen=True):
    """A step: run these steps while nothing else of the same client runs alone."""

    steps: Steps[Any]


Step: TypeAlias = "Request | Pause | Alone"
Steps: TypeAlias = Generator[Step, Any, A]


class _Standing(Struct, frozen=True):
    """What is known of the session, always replaced as a whole.

    `entered` is the workspace the session is in, None while that is not known; `left` the one it
    was in before; `chosen` the one it should be in. `is_renewed` says that the token took the place
    of another one, and nobody was told yet.
    """

    token: str = ""
    renew_at: float = 0.0
    entered: str | None = None
    left: str | None = None
    chosen: str = PRODUCTION
    is_renewed: bool = False

    def is_live(self, now: float) -> bool:
        return bool(self.token) and now < self.renew_at

    def is_settled(self, now: float) -> bool:
        return self.is_live(now) and self.entered == self.chosen


class Flow:
    """The session of one client. `clock` counts seconds and never runs backwards."""

    def __init__(
        self,
        settings: Settings,
        clock: Callable[[], float],
        on_renewal: Callable[[Renewal], None] | None = None,
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._on_renewal = on_renewal
        self._standing = _Standing()
        self._renewals: deque[Renewal] = deque()

    def exchange(self, operation: Operation[P, B, A], params: P, body: B) -> Steps[A]:
        """The steps of one call. They return the answer and raise what the call raises."""
        request = request_for(self._settings, operation, params, body)
        response: Response
        if operation.public:
            response = yield from _patiently(request)
        elif operation is api_auth.logout:
            yield Alone(self._log_out(request))
            response = Response(status=204)
        elif operation is session.session:
            response = yield Alone(self._read_session(request))
        elif isinstance(body, session.WriteApiSession):
            response = yield Alone(self._update_session(request, body))
        else:
            response = yield from self._repeated(request, self._settled)
        self._announce()
        return answer_of(operation, request, response)

    def _repeated(self, request: Request, token: Callable[[str], Steps[str]]) -> Steps[Response]:
        """The response; if the token is refused, that to the same request with a new one."""
        used = yield from token("")
        response = yield from _patiently(signed(request, used))
        if response.status == 401:
            renewed = yield from token(used)
            response = yield from _patiently(signed(request, renewed))
        return response

    def _settled(self, refused: str) -> Steps[str]:
        """A token other than `refused` whose session is in the chosen workspace."""
        standing = self._standing
        if standing.is_settled(self._clock()) and standing.token != refused:
            return standing.token
        token: str = yield Alone(self._settle(refused))
        return token

    # What follows runs alone: it changes the standing, or must not be overtaken.

    def _settle(self, refused: str) -> Steps[str]:
        yield from self._live(refused)
        if self._standing.entered != self._standing.chosen:
            yield from self._restore(self._standing.chosen)
        self._note_renewal()
        return self._standing.token

    def _live(self, refused: str) -> Steps[str]:
        """A token other than `refused`, in whatever workspace: only good for choosing one."""
        standing = self._standing
        if not standing.is_live(self._clock()) or standing.token == refused:
            yield from self._log_in()
        return self._standing.token

    def _log_in(self) -> Steps[None]:
        """Forgets the old token first: if there is no new one, the old must not be used again."""
        is_renewal = bool(self._standing.token)
        self._move(token="", entered=None)
        credential = api_auth.Credentials(
            client_id=self._settings.client_id, client_secret=self._settings.client_secret
        )
        request = request_for(self._settings, api_auth.login, api_auth.Credentials(), credential)
        asked_at = self._clock()
        token = answer_of(api_auth.login, request, (yield request))
        margin = min(MARGIN_SECONDS, token.expires_in * MARGIN_SHARE)
        self._move(
            token=token.access_token,
            renew_at=asked_at + token.expires_in - margin,
            entered=PRODUCTION,
            is_renewed=is_renewal,
        )

    def _restore(self, workspace_id: str) -> Steps[None]:
        body = session.WriteApiSession(workspace_id=workspace_id)
        request = request_for(self._settings, session.update_session, Nothing(), body)
        try:
            response = yield from self._repeated(request, self._leaving)
            entered = answer_of(session.update_session, request, response).workspace_id
        except ClientError as error:
            raise WorkspaceLost(workspace_id, str(error)) from error
        if entered != workspace_id:
            raise WorkspaceLost(workspace_id, f"the server put it in `{entered}`")
        self._move(entered=workspace_id)

    def _leaving(self, refused: str) -> Steps[str]:
        """A token to change the workspace with. Where it leads is not known until it is answered,
        whatever happens on the way.
        """
        token = yield from self._live(refused)
        self._move(entered=None, left=self._standing.entered)
        return token

    def _read_session(self, request: Request) -> Steps[Response]:
        response = yield from self._repeated(request, self._settle)
        self._remember(answer_of(session.session, request, response).workspace_id)
        return response

    def _update_session(self, request: Request, body: session.WriteApiSession) -> Steps[Response]:
        """Needs no settled session if it names a workspace: then it chooses one itself."""
        token = self._settle if body.workspace_id is None else self._leaving
        response = yield from self._repeated(request, token)
        if 400 <= response.status < 500 and self._standing.entered is None:
            self._move(entered=self._standing.left)  # refused: it stays where it was
        self._remember(answer_of(session.update_session, request, response).workspace_id)
        return response

    def _remember(self, workspace_id: str | None) -> None:
        """What the server says of the workspace is what the caller knows, and wants kept."""
        if workspace_id is not None:
            self._move(entered=workspace_id, chosen=workspace_id)
        self._note_renewal()

    def _note_renewal(self) -> None:
        if self._standing.is_renewed:
            self._renewals.append(Renewal(self._standing.chosen))
            self._move(is_renewed=False)

    def _log_out(self, request: Request) -> Steps[None]:
        """Ends the session, if there is one. The choice of the workspace outlives it."""
        token = self._standing.token
        if not token:
            return
        response: Response = yield signed(request, token)
        if response.status not in (401, 404):  # both: the server has ended it already
            answer_of(api_auth.logout, request, response)
        self._move(token="", entered=None)

    def _move(self, **changes: Any) -> None:
        self._standing = msgspec.structs.replace(self._standing, **changes)

    def _announce(self) -> None:
        """Tells of renewals, outside of what runs alone: the one told may use the client."""
        while True:
            try:
                renewal = self._renewals.popleft()
            except IndexError:  # or another thread was quicker
                return
            _LOG.info("renewed the token and stayed in workspace `%s`", renewal.workspace_id)
            if self._on_renewal is not None:
                self._on_renewal(renewal)


def _patiently(request: Request) -> Steps[Response]:
    """The response; a GET that the server puts off for a while is sent again."""
    n_tries = N_TRIES if request.method == "GET" else 1
    while True:
        response: Response = yield request
        n_tries -= 1
        seconds = retry_after(response)
        is_put_off = response.status in (429, 503) and seconds is not None
        if not is_put_off or not n_tries or seconds is None or seconds > LONGEST_PAUSE:
            return response
        yield Pause(seconds)
