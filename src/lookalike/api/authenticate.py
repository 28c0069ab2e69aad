"""Authenticate: the Authorization header becomes a caller.

A token in a URL or a body is never looked at.
"""

from __future__ import annotations

from typing import Any

from lookalike.instance import login
from lookalike.instance.access import Caller
from lookalike.instance.errors import NotAuthenticated, NotFound
from lookalike.instance.instance import Instance
from lookalike.wire import api_auth
from lookalike.wire.operation import Operation

SCHEMES = ("bearer", "token")


def caller_of(
    instance: Instance, authorization: bytes, operation: Operation[Any, Any, Any]
) -> Caller:
    """Who asks. Raises NotAuthenticated."""
    scheme, _, token = authorization.decode("latin-1").partition(" ")
    if scheme.lower() not in SCHEMES or not token:
        raise NotAuthenticated("Requires authentication.")
    try:
        return login.caller_for(instance, token.strip())
    except NotAuthenticated:
        # A second logout with the same token is a 404, as clients know it from Looker.
        if operation.name == api_auth.logout.name:
            raise NotFound("Not found") from None
        raise
