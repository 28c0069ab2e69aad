"""Hosts: by which names the server may be called, and from which web pages.

A page of somebody else that makes its own name point at this machine (DNS rebinding) is refused by
the Host header, and a page that simply calls this machine's address by the Origin header.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from lookalike.instance.config import Config
from lookalike.instance.errors import NotAllowed

LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
MAX_SEEN = 1_000
_PORT = re.compile(r"[0-9]{1,5}", re.ASCII)
WILDCARDS = frozenset({"", "0.0.0.0", "::", "[::]"})


class Hosts:
    """The names that are allowed, with what was found out about each Host header."""

    def __init__(self, config: Config) -> None:
        public = urlsplit(config.public_url)
        names = {*LOOPBACK, *config.allowed_hosts, config.host, public.hostname or ""} - WILDCARDS
        self._names = frozenset(name.lower() for name in names)
        self._public = f"{public.scheme}://{public.netloc}".lower() if public.netloc else ""
        self._public_url = config.public_url.rstrip("/")
        self._seen: dict[tuple[str, bytes], str] = {}

    def check(self, scheme: str, host: bytes, origin: bytes) -> str:
        """What the client calls the server: `public_url`, or what it was called by.

        Raises NotAllowed unless that is a name of this server and no foreign page asks.
        """
        url = self._seen.get((scheme, host)) or self._check_host(scheme, host)
        if origin:
            self._check_origin(host, origin)
        return url

    def _check_host(self, scheme: str, host: bytes) -> str:
        text = host.decode("latin-1").lower()
        if _name(text) not in self._names:
            raise NotAllowed(
                "the server is not known by the name in the Host header;"
                " add it to `allowed_hosts` in `lookalike.toml`"
            )
        url = self._public_url or f"{scheme}://{text}"
        if len(self._seen) < MAX_SEEN:
            self._seen[scheme, host] = url
        return url

    def _check_origin(self, host: bytes, origin: bytes) -> None:
        text = origin.decode("latin-1").lower()
        _, _, asked = text.partition("://")
        if asked != host.decode("latin-1").lower() and text != self._public:
            raise NotAllowed("requests from web pages of another origin are not answered")


def _name(host: str) -> str:
    """The host without its port."""
    name, colon, port = host.rpartition(":")
    return name if colon and _PORT.fullmatch(port) else host
