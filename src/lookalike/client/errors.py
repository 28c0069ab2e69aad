"""Errors: everything that a call of the client can raise, but for mistakes in its arguments.

ClientError
├── SettingsError        a setting is missing or makes no sense; nothing was sent
├── TransportError       no answer
│   ├── Timeout          none in time
│   ├── Unreachable      no connection, or it broke
│   └── Unreadable       something that is not an answer of this API
├── WorkspaceLost        a renewed session could not be brought back to its workspace
└── ApiError             an answer that is not a success
    ├── NotAuthenticated 401, and a refused login
    ├── NotAllowed       403
    ├── NotFound         404
    ├── Conflict         409
    ├── Invalid          400 and 422
    ├── RateLimited      429
    └── ServerError      500 and above
"""

from __future__ import annotations

from collections.abc import Sequence

from lookalike.wire.failures import ValidationErrorDetail


class ClientError(Exception):
    """What all of them have in common."""


class SettingsError(ClientError):
    """A setting is missing or makes no sense. The message says where it belongs."""


class TransportError(ClientError):
    """There was no answer. Whether the server did what was asked is not known."""


class Timeout(TransportError):
    """There was no answer within `timeout` seconds."""


class Unreachable(TransportError):
    """There was no connection, or it broke before the answer was complete."""


class Unreadable(TransportError):
    """What came back is not an answer of this API; `base_url` may lead to another server."""


class WorkspaceLost(ClientError):
    """The session was renewed, but the server did not let it back into its workspace.

    The request was not sent. `__cause__` is the server's own error, if there was one. The client
    still wants the workspace and tries again with its next request; to go on in another one, choose
    it with `update_session`.
    """

    def __init__(self, workspace_id: str, reason: str) -> None:
        super().__init__(
            f"the renewed session is not in the workspace `{workspace_id}`: {reason};"
            " nothing was sent, try again or choose a workspace with `update_session`"
        )
        self.workspace_id = workspace_id


class ApiError(ClientError):
    """An answer that is not a success.

    `errors` names the fields to blame, if there are any. `request` is the request line and
    `retry_after` the seconds to wait, where the server named them.
    """

    def __init__(
        self,
        status: int,
        message: str,
        documentation_url: str = "",
        errors: Sequence[ValidationErrorDetail] = (),
        *,
        request: str = "",
        retry_after: float | None = None,
    ) -> None:
        super().__init__(status, message)
        self.status = status
        self.message = message
        self.documentation_url = documentation_url
        self.errors = tuple(errors)
        self.request = request
        self.retry_after = retry_after

    def __str__(self) -> str:
        is_said = len(self.errors) == 1 and self.errors[0].message == self.message
        details = "" if is_said else "; ".join(_detail_text(detail) for detail in self.errors)
        text = f"{self.status} {self.message}" + (f": {details}" if details else "")
        return f"{text} ({self.request})" if self.request else text


class NotAuthenticated(ApiError):
    """The token is not good any more, or the credential is refused."""


class NotAllowed(ApiError):
    """The caller lacks a permission."""


class NotFound(ApiError):
    """There is no such thing, or the caller may not know of it."""


class Conflict(ApiError):
    """Somebody else changed it first."""


class Invalid(ApiError):
    """The request makes no sense to the server; `errors` says which field is to blame."""


class RateLimited(ApiError):
    """Too many requests. `retry_after` says how long to wait."""


class ServerError(ApiError):
    """The server failed."""


def error_class(status: int) -> type[ApiError]:
    """The class of the error for an answer with `status`."""
    return ServerError if status >= 500 else _CLASSES.get(status, ApiError)


_CLASSES: dict[int, type[ApiError]] = {
    400: Invalid,
    401: NotAuthenticated,
    403: NotAllowed,
    404: NotFound,
    409: Conflict,
    422: Invalid,
    429: RateLimited,
}


def _detail_text(detail: ValidationErrorDetail) -> str:
    named = f"`{detail.field}`: " if detail.field else ""
    return named + (detail.message or detail.code or "is wrong")
