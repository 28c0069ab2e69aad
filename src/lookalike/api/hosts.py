"""Hosts: by which names the server may be called, and from which web pages.

A page of somebody else that makes its own name point at this machine (DNS rebinding) is refused by
the Host header, and a page that simply calls this machine's address by the Origin header.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from lookalike.instance.config import Config
from lookalike.instance.errors import NotAllowed

LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
WILDCARDS = frozenset({"", "0.0.0.0", "::", "[::]"})


class Hosts:
    """The names that are allowed, with the full Host headers seen so far."""

    def __init__(self, config: Config) -> None:
        public = urlsplit(config.public_url)
        names = {*LOOPBACK, *config.allowed_hosts, config.host, public.hostname or ""} - WILDCARDS
        self._names = frozenset(name.lower() for name in names)
        self._public = f"{public.scheme}://{public.netloc}".lower() if public.netloc else ""
        self._seen: set[bytes] = set()

    def check(self, host: bytes, origin: bytes) -> None:
        """Raise NotAllowed unless the request came by a name of this server, and not from a foreign
        page.
        """
        if host not in self._seen:
            self._check_host(host)
        if origin:
            self._check_origin(host, origin)

    def _check_host(self, host: bytes) -> None:
        text = host.decode("latin-1").lower()
        if _name(text) not in self._names:
            raise NotAllowed(
                "the server is not known by the name in the Host header;"
                " add it to `allowed_hosts` in `lookalike.toml`"
            )
        if len(self._seen) < 1_000:
            self._seen.add(host)

    def _check_origin(self, host: bytes, origin: bytes) -> None:
        text = origin.decode("latin-1").lower()
        _, _, asked = text.partition("://")
        if asked != host.decode("latin-1").lower() and text != self._public:
            raise NotAllowed("requests from web pages of another origin are not answered")


def _name(host: str) -> str:
    """The host without its port."""
    name, colon, port = host.rpartition(":")
    return name if colon and port.isdigit() else host
