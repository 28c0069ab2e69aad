"""Errors:
what went wrong becomes a status and Looker's body `{message, documentation_url, errors[]}`.
"""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

import msgspec
from msgspec import UNSET, Struct

from lookalike.api.requests import TooLarge, TooSlow
from lookalike.compiler.syntax import Code
from lookalike.instance.deploys import DeployConflict
from lookalike.instance.errors import (
    Busy,
    Conflict,
    Failed,
    Invalid,
    LookalikeError,
    NotAllowed,
    NotAuthenticated,
    NotFound,
    Pending,
    Problem,
    Unavailable,
    Uncompilable,
)
from lookalike.instance.projects import UnreachableRemote
from lookalike.wire.failures import ValidationError, ValidationErrorDetail
from lookalike.wire.refusals import Malformed, Unfit

STATUSES: Mapping[type[Exception], int] = {
    NotAuthenticated: 401,
    NotFound: 404,
    NotAllowed: 403,
    Invalid: 422,
    DeployConflict: 400,
    UnreachableRemote: 400,
    Conflict: 409,
    Pending: 202,
    Failed: 400,
    Busy: 429,
    Unavailable: 502,
    Malformed: 400,
    Unfit: 422,
    TooLarge: 413,
    TooSlow: 408,
}
MOST_TEXT = 20_000
"""Characters of a file in conflict that an error shows."""
TEXT_FORMATS = frozenset({"sql", "csv", "txt", "html", "md"})
"""Formats whose failures are a 400. Rule: API, run_query."""
SQL = "sql"


class Failure(Struct, frozen=True):
    """An answer that is not a success."""

    status: int
    body: bytes
    headers: tuple[tuple[bytes, bytes], ...] = ()


class Asked(Struct, frozen=True):
    """What was asked, as far as an error names it. `path` has `:name` for parameters."""

    origin: str
    version: str
    verb: str
    path: str
    result_format: str = ""


def is_expected(error: Exception) -> bool:
    """Whether `error` has an answer of its own; any other is a bug."""
    return _status(error) != 0


def failure(error: Exception, asked: Asked) -> Failure:
    """The answer to an error; a bug shows nothing of itself."""
    status = _status(error)
    if not status:
        return refusal(
            500, "An internal error has occurred; the log has it by the request id", asked
        )
    if isinstance(error, Invalid) and asked.result_format in TEXT_FORMATS:
        status = 404 if asked.result_format == SQL and _lacks_something(error) else 400
    return refusal(status, _message(error), asked, _problems(error), _headers(error))


def refusal(
    status: int,
    message: str,
    asked: Asked,
    problems: tuple[Problem, ...] = (),
    headers: tuple[tuple[bytes, bytes], ...] = (),
) -> Failure:
    """An answer in the shape of an error."""
    url = f"{asked.origin}/r/err/{asked.version}/{status}/{asked.verb}{asked.path}"
    details = [
        ValidationErrorDetail(
            field=problem.field, code=problem.code, message=problem.message, documentation_url=url
        )
        for problem in problems
    ]
    body = ValidationError(message=message, documentation_url=url, errors=details or UNSET)
    return Failure(status, msgspec.json.encode(body), headers)


def _status(error: Exception) -> int:
    return next((STATUSES[kind] for kind in type(error).__mro__ if kind in STATUSES), 0)


def _lacks_something(error: Invalid) -> bool:
    """Whether a question can't be written because of the LookML, and not because it asks nothing.
    Clients take a 404 to mean that: one that compares workspaces goes on, where a 400 stops it.
    """
    return isinstance(error, Uncompilable) and all(
        found.code is not Code.EMPTY_QUERY for found in error.diagnostics if found.is_error
    )


def _message(error: Exception) -> str:
    if isinstance(error, Unfit):
        return "Validation Failed"
    if isinstance(error, TooLarge):
        return "the body is too large; `body_bytes` in `lookalike.toml` sets the limit"
    if isinstance(error, TooSlow):
        return "the body did not arrive in time"
    return str(error) if isinstance(error, LookalikeError | Malformed) else _phrase(error)


def _phrase(error: Exception) -> str:
    return HTTPStatus(_status(error)).phrase


def _problems(error: Exception) -> tuple[Problem, ...]:
    if isinstance(error, DeployConflict):
        return tuple(
            Problem(file.path, "conflict", file.merged[:MOST_TEXT]) for file in error.files
        )
    if isinstance(error, Invalid):
        return error.problems
    if isinstance(error, Unfit):
        code = "missing_field" if "missing required field" in str(error) else "invalid"
        return (Problem(error.field, code, str(error)),)
    return ()


def _headers(error: Exception) -> tuple[tuple[bytes, bytes], ...]:
    if isinstance(error, Busy):
        return ((b"retry-after", str(max(1, error.seconds)).encode()),)
    if isinstance(error, NotAuthenticated):
        return ((b"www-authenticate", b"Bearer"),)
    return ()
