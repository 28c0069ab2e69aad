"""Messages: an operation with its values as a request, and a response as the answer or the error it
means.

Nothing here sends anything. Path values stay inside their segment whatever they hold, and what
equals its default is not sent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any, TypeVar, cast
from urllib.parse import quote, urlencode

import msgspec
from msgspec import UNSET, Struct

from lookalike.client.errors import ApiError, ClientError, NotAuthenticated, Unreadable, error_class
from lookalike.client.settings import Settings
from lookalike.wire import api_auth, encoding
from lookalike.wire.failures import ValidationErrorDetail
from lookalike.wire.operation import Nothing, Operation, Output

P = TypeVar("P", bound=Struct)
B = TypeVar("B", bound=Struct)
A = TypeVar("A")

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
MAX_TEXT = 200
"""Characters of an answer that is no JSON, shown in an error."""


class Request(Struct, frozen=True, kw_only=True):
    """What to send."""

    method: str
    url: str
    headers: Mapping[str, str]
    content: bytes = b""

    @property
    def line(self) -> str:
        """Method and path, as errors name it: no query string, it may hold a secret."""
        return f"{self.method} /{self.url.split('?')[0].split('/', 3)[3]}"

    def __repr__(self) -> str:
        """Without token, form and query string."""
        return f"Request({self.line})"


class Response(Struct, frozen=True, kw_only=True):
    """What came back. Names of headers are in lower case."""

    status: int
    headers: Mapping[str, str] = {}
    content: bytes = b""


def request_for(settings: Settings, operation: Operation[P, B, Any], params: P, body: B) -> Request:
    """The request, without a token. Raises ClientError for what this API version does not have."""
    if settings.api_version not in operation.versions:
        raise ClientError(
            f"`{operation.name}` is not in API {settings.api_version};"
            f" make a client with `api_version` {' or '.join(operation.versions)}"
        )
    headers = {"accept": "*/*" if operation.answer is Output else JSON}
    content = b""
    if operation.body is not Nothing:
        headers["content-type"] = FORM if operation.takes_form else JSON
        content = _content(operation, body, settings.api_version)
    root = settings.base_url.rstrip("/")
    return Request(
        method=operation.method,
        url=f"{root}/api/{settings.api_version}{_target(operation, params)}",
        headers=headers,
        content=content,
    )


def signed(request: Request, token: str) -> Request:
    """The request with a token."""
    headers = {**request.headers, "authorization": f"Bearer {token}"}
    return msgspec.structs.replace(request, headers=headers)


def answer_of(operation: Operation[P, B, A], request: Request, response: Response) -> A:
    """The answer. Raises ApiError for an answer that is no success, Unreadable for none at all."""
    if not 200 <= response.status < 300:
        raise _error(operation, request, response)
    if operation.answer is Nothing:
        return cast("A", Nothing())
    if operation.is_optional and response.status == HTTPStatus.NO_CONTENT:
        return cast("A", None)
    try:
        if operation.answer is Output:
            return cast("A", Output(response.content.decode()))
        return encoding.decode(operation.answer, response.content or b"null")
    except ValueError as error:
        raise Unreadable(
            f"the answer to `{request.line}` can't be read: {error};"
            " check that `base_url` leads to a Looker API"
        ) from error


def retry_after(response: Response) -> float | None:
    """How many seconds the server asks to wait, if it says so in seconds."""
    text = response.headers.get("retry-after", "").strip()
    return float(text) if re.fullmatch(r"[0-9]{1,9}", text) else None


def _target(operation: Operation[P, B, Any], params: P) -> str:
    """The path with its values, and the query string."""
    in_path = re.findall(r"\{(\w+)\}", operation.path)
    path = operation.path
    for name in in_path:
        path = path.replace(f"{{{name}}}", _segment(name, str(getattr(params, name))))
    pairs = [
        pair
        for field in msgspec.structs.fields(params)
        if field.name not in in_path and getattr(params, field.name) != field.default
        for pair in _pairs(field.encode_name, getattr(params, field.name))
    ]
    return f"{path}?{urlencode(pairs)}" if pairs else path


def _segment(name: str, value: str) -> str:
    """A value as one path segment. `.` and `..` are steps on the way, unless they are encoded."""
    if not value:
        raise ValueError(f"`{name}` is empty; name what to ask for")
    return "%2E" * len(value) if value in (".", "..") else quote(value, safe="")


def _pairs(name: str, value: object) -> Iterator[tuple[str, str]]:
    """A query parameter as the API writes it: lists as `a,b`, maps as `f[name]=value`."""
    if isinstance(value, Mapping):
        for key, each in value.items():
            yield f"{name}[{key}]", _text(each)
    elif isinstance(value, list | tuple):
        yield name, _list_text([_text(each) for each in value])
    elif value is not None:
        yield name, _text(value)


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _list_text(values: list[str]) -> str:
    """As JSON where a comma inside of a value would split it."""
    if any("," in value or value.startswith("[") for value in values):
        return msgspec.json.encode(values).decode()
    return ",".join(values)


def _content(operation: Operation[P, B, Any], body: B, version: str) -> bytes:
    """What is None was not said, and is left out: a null would mean to clear it.

    A property that can be cleared is UNSET until it is said, and null clears it.
    """
    said = {
        field.encode_name: value
        for field in msgspec.structs.fields(body)
        if (value := getattr(body, field.name)) is not UNSET
        and (value is not None or field.default is UNSET)
    }
    return urlencode(said).encode() if operation.takes_form else encoding.encode(said, version)


def _error(operation: Operation[P, B, Any], request: Request, response: Response) -> ApiError:
    said = _said(response)
    message, details = said.get("message"), said.get("errors")
    class_ = error_class(response.status)
    if operation is api_auth.login and response.status in (401, 403, 404):
        class_ = NotAuthenticated
        message = f"{message or _phrase(response)}; check `client_id`, `client_secret`, `base_url`"
    return class_(
        response.status,
        str(message or _plain(response)),
        str(said.get("documentation_url") or ""),
        [_detail(each) for each in details if isinstance(each, dict)]
        if isinstance(details, list)
        else (),
        request=request.line,
        retry_after=retry_after(response),
    )


def _said(response: Response) -> dict[str, Any]:
    try:
        return encoding.decode(dict[str, Any], response.content)
    except ValueError:
        return {}


def _detail(said: dict[str, Any]) -> ValidationErrorDetail:
    names = ("field", "code", "message")
    field, code, message = (None if said.get(name) is None else str(said[name]) for name in names)
    return ValidationErrorDetail(
        field=field,
        code=code,
        message=message,
        documentation_url=str(said.get("documentation_url") or ""),
    )


def _plain(response: Response) -> str:
    """What an answer that is no JSON says: a proxy's, as a rule."""
    if response.status in range(300, 400):
        return f"the server sends on to `{response.headers.get('location', '')}`; set `base_url`"
    text = " ".join(response.content.decode("utf-8", "replace").split())
    return text[:MAX_TEXT] if text and not text.startswith("<") else _phrase(response)


def _phrase(response: Response) -> str:
    try:
        return HTTPStatus(response.status).phrase
    except ValueError:
        return "no success"
