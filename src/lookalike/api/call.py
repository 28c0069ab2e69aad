"""Call: one request as the functions behind the operations see it, and what they may give back."""

from __future__ import annotations

from typing import Generic, TypeVar

from msgspec import Struct

from lookalike.api.guesses import Guesses
from lookalike.api.leaving import Leaving
from lookalike.api.throttle import Throttle
from lookalike.instance.access import Caller
from lookalike.instance.instance import Instance
from lookalike.instance.workspaces import Version

A = TypeVar("A")


class OpenCall(Struct, frozen=True, kw_only=True):
    """A request of anybody. `version` is the API version, `origin` what the client calls the
    server.

    `logins` counts failed logins, `guesses` tries of deploy secrets. `leaving` is told when the
    client goes away. `deploy_secret` is what the header of that name holds.
    """

    instance: Instance
    version: str
    origin: str
    logins: Throttle
    guesses: Guesses
    leaving: Leaving
    deploy_secret: str = ""

    @property
    def base_url(self) -> str:
        """Where the API version of the request begins."""
        return f"{self.origin}/api/{self.version}"


class Call(OpenCall, frozen=True, kw_only=True):
    """A request with a good token."""

    caller: Caller


class Answered(Struct, Generic[A], frozen=True):
    """An answer that depends on LookML, and the versions of the projects it was read from."""

    answer: A
    versions: tuple[Version, ...]


class Encoded(Struct, frozen=True):
    """An answer that is JSON already, with its mask applied."""

    body: bytes
    versions: tuple[Version, ...] = ()
