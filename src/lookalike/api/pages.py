"""Pages: what a browser sees at paths that are not the API.

Two known clients look for the phrase `Looker Not Found (404)` to tell a wrong base URL.
"""

from __future__ import annotations

from html import escape
from http import HTTPStatus

ERRORS = b"/r/err/"

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>
<body><h1>{title}</h1><p>{text}</p></body></html>
"""


def not_found() -> bytes:
    """The page for a path that does not exist."""
    return _page(
        "Looker Not Found (404)",
        "This is lookalike, an open server that speaks the Looker API. The API is below"
        " <code>/api/4.0</code> and"
        " <code>/api/3.1</code>; <code>/versions</code> says more.",
    )


def error_page(path: bytes) -> bytes | None:
    """The page behind the `documentation_url` of an error: what its status means."""
    parts = path[len(ERRORS) :].decode("latin-1").split("/", 3)
    if len(parts) < 3 or not parts[1].isdigit() or int(parts[1]) not in _MEANINGS:
        return None
    status = int(parts[1])
    what = escape(f"{parts[2].upper()} /{parts[3] if len(parts) > 3 else ''}")
    return _page(
        f"{status} {HTTPStatus(status).phrase}",
        f"<code>{what}</code> in API {escape(parts[0])}. {_MEANINGS[status]}",
    )


_MEANINGS = {
    400: "A parameter or the body is malformed, or the query could not be turned into text.",
    401: "There was no token, or it is no longer good. Log in again.",
    403: "The caller lacks a permission, which the message names.",
    404: "It does not exist, or the caller may not see it; the two are not told apart.",
    405: "The path exists, but not with this method.",
    408: "The body did not arrive in time.",
    409: "Somebody was faster, or the name is taken.",
    413: "The body is larger than the server accepts.",
    422: "What was asked does not make sense; <code>errors</code> says field by field why.",
    429: "Too much is going on. Try again after the seconds in <code>Retry-After</code>.",
    500: "The server is wrong. Its log has more under the id in <code>X-Request-Id</code>.",
    502: "A database or a remote could not be reached.",
}


def _page(title: str, text: str) -> bytes:
    return _PAGE.format(title=title, text=text).encode()
