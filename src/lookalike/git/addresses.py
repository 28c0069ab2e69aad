"""Addresses of remotes: which of them we ever hand to git.

In: what somebody typed as the URL of a remote. Out: its parts, or BadRemote with a sentence.
Invariant: no accepted address can be read as an option, names a helper program, holds a secret, or
changes its meaning when a shell or git decodes it.
"""

from __future__ import annotations

import re
from enum import StrEnum

from msgspec import Struct

LONGEST_URL = 1_000


class BadRemote(ValueError):
    """The address, or what comes with it, is not one we use."""


class Transport(StrEnum):
    """How a remote is spoken to. The values are git's own names of the protocols."""

    HTTPS = "https"
    HTTP = "http"
    SSH = "ssh"
    FILE = "file"


class Address(Struct, frozen=True):
    """The parts of an address. A local one has no host."""

    transport: Transport
    host: str
    port: int | None
    user: str
    path: str


def check_url(url: str, allow_local: bool, *, allow_http: bool = False) -> None:
    """Raise BadRemote unless we may use this address.

    `allow_local`: paths of this machine may be used. `allow_http`: unencrypted ones too.
    """
    read_url(url, allow_local=allow_local, allow_http=allow_http)


def read_url(url: str, *, allow_local: bool = False, allow_http: bool = False) -> Address:
    """The parts of the address. Raises BadRemote as `check_url` does."""
    if not url or len(url) > LONGEST_URL:
        raise BadRemote(f"the URL of a remote has 1 to {LONGEST_URL} characters")
    if not _PLAIN.fullmatch(url) or "::" in url.partition("[")[0]:
        raise BadRemote(
            "the URL of a remote holds letters, digits and `._~/@%+,=:-` only, without `::`,"
            " and does not begin with `-`"
        )
    if url.startswith("/"):
        return _local(url, allow_local)
    scheme, separator, rest = url.partition("://")
    if not separator:
        return _short_ssh(url)
    match scheme.lower():
        case "https":
            return _http(Transport.HTTPS, rest)
        case "http" if allow_http:
            return _http(Transport.HTTP, rest)
        case "ssh":
            return _ssh(rest)
        case "file":
            return _local(rest, allow_local)
        case "http":
            raise BadRemote("`http` would send passwords in clear text, use `https`")
    raise BadRemote(f"a remote is reached over `https` or `ssh`, not over `{scheme[:20]}`")


_PLAIN = re.compile(r"[A-Za-z0-9/.~\[][A-Za-z0-9._~/@%+,=:\[\]-]*", re.ASCII)
_LABEL = "[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
_HOST = rf"(?P<host>{_LABEL}(\.{_LABEL})*\.?|\[[0-9A-Fa-f:.]+\])"
_USER = r"(?P<user>[A-Za-z0-9_][A-Za-z0-9._-]{0,63})"
_HTTP = re.compile(rf"{_HOST}(:(?P<port>[0-9]{{1,5}}))?(?P<path>/.+)", re.ASCII)
_SSH = re.compile(rf"({_USER}@)?{_HOST}(:(?P<port>[0-9]{{1,5}}))?(?P<path>/.+)", re.ASCII)
_SHORT_SSH = re.compile(rf"({_USER}@)?{_HOST}:(?P<path>[^:-].*)", re.ASCII)
_PERCENT = re.compile(r"%(?![2-7][0-9A-Fa-f])|%7[Ff]")
"""A sign that is no escape of printable ASCII: the others could become the end of a line."""


def _local(path: str, allow_local: bool) -> Address:
    if not allow_local:
        raise BadRemote("paths of the server are not allowed as remotes, use `https` or `ssh`")
    if not path.startswith("/") or "%" in path:
        raise BadRemote("a local remote is an absolute path without `%`, such as `/srv/shop.git`")
    return Address(Transport.FILE, "", None, "", _path(path))


def _http(transport: Transport, rest: str) -> Address:
    if "@" in rest.partition("/")[0]:
        raise BadRemote(
            "the URL of a remote holds no user name and no password: give them in their own fields"
        )
    found = _HTTP.fullmatch(rest)
    if not found:
        raise BadRemote(f"the URL of a remote looks like `{transport}://host/path`")
    return Address(transport, found["host"], _port(found["port"]), "", _path(found["path"]))


def _ssh(rest: str) -> Address:
    login = rest.partition("/")[0].rpartition("@")[0]
    if ":" in login:
        raise BadRemote("the URL of a remote holds no password: ssh logs in with a key")
    found = _SSH.fullmatch(rest)
    if not found:
        raise BadRemote("the URL of a remote looks like `ssh://git@host/path`")
    path = _path(found["path"])
    return Address(Transport.SSH, found["host"], _port(found["port"]), found["user"] or "", path)


def _short_ssh(url: str) -> Address:
    found = _SHORT_SSH.fullmatch(url)
    if not found:
        raise BadRemote(
            "the URL of a remote looks like `https://host/path`, `ssh://git@host/path` or"
            " `git@host:path`"
        )
    return Address(Transport.SSH, found["host"], None, found["user"] or "", _path(found["path"]))


def _path(path: str) -> str:
    if ".." in path.split("/") or _PERCENT.search(path):
        raise BadRemote("the path of a remote holds no `..`, and only escapes of plain characters")
    if any(part.startswith("-") for part in path.split("/")):
        raise BadRemote("no part of the path of a remote begins with `-`")
    return path


def _port(text: str | None) -> int | None:
    if text is None:
        return None
    if not 1 <= int(text) <= 65_535:
        raise BadRemote("a port is a number from 1 to 65535")
    return int(text)
