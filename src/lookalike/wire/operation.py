"""Operation: one endpoint, declared once and used by both sides.

Invariant: paths start at the version, carry `{name}` for path parameters, and are never built
anywhere else.
"""

from __future__ import annotations

from typing import Generic, TypeVar

from msgspec import Struct

V31 = "3.1"
V40 = "4.0"
BOTH = (V31, V40)

SIGNED_IN = "signed_in"
"""For `Operation.needs`: any good token will do."""


class Nothing(Struct, frozen=True):
    """No parameters, no body, or no answer (204)."""


class Omissible(Struct, frozen=True, kw_only=True):
    """A body that may be left out altogether; it is then what its defaults say."""


class Masked(Struct, frozen=True, kw_only=True):
    """Parameters of an operation whose answer can be had in part."""

    fields: str | None = None


class Output(Struct, frozen=True):
    """An answer in the format that was asked for, streamed as it is made:
    `text` for a client to read or save.
    """

    text: str


P = TypeVar("P", bound=Struct)
B = TypeVar("B", bound=Struct)
A = TypeVar("A")


class Operation(Struct, Generic[P, B, A], frozen=True, kw_only=True):
    """One endpoint.

    `name` is the published operation id. `params` holds path and query parameters, `body` and
    `answer` what their names say; `Nothing` as answer is a 204. `needs` names a permission, or
    SIGNED_IN; `public` operations need no token and name nothing. `also` are further paths under
    each version, `bare` paths outside of the versions. `takes_form` says that the body may be
    urlencoded, `is_optional` that there may be no answer (204).
    """

    name: str
    method: str
    path: str
    tag: str
    summary: str
    description: str = ""
    params: type[P]
    body: type[B]
    answer: type[A]
    needs: str = ""
    public: bool = False
    takes_form: bool = False
    is_optional: bool = False
    also: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()
    versions: tuple[str, ...] = BOTH
