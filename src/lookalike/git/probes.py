"""Whether a remote can be used, step by step: the first step that fails tells what to mend.

In: a Remote, and the repository that shall use it. Out: one Probe a step. Nothing is changed.
"""

from __future__ import annotations

import socket
from collections.abc import Callable

from msgspec import Struct

from lookalike.git.addresses import BadRemote, Transport
from lookalike.git.commands import CommandFailed, check_version
from lookalike.git.remotes import list_remote
from lookalike.git.repository import Repository
from lookalike.git.transport import Remote, RemoteFailed, check_remote, pin, port_of, speak

CONNECT_SECONDS = 10.0


class Probe(Struct, frozen=True, kw_only=True):
    """One step of a test, and how it went. A step that was not reached has failed too."""

    id: str
    description: str
    is_passed: bool
    message: str


class ProbeFailed(Exception):
    """The step failed; the message says why."""


def probe_steps() -> tuple[tuple[str, str], ...]:
    """The id and the description of every step, from the general to the particular."""
    return tuple((id_, description) for id_, description, _ in _STEPS)


def probe(remote: Remote, repository: Repository | None = None) -> tuple[Probe, ...]:
    """Try every step until one fails. Without a repository, no step tries to write."""
    found: list[Probe] = []
    failed = ""
    for id_, description, step in _STEPS:
        message = f"not tried, as `{failed}` failed" if failed else ""
        if not failed:
            try:
                message = step(remote, repository)
            except RemoteFailed as error:
                failed, message = id_, error.sentence
            except (BadRemote, CommandFailed, ProbeFailed) as error:
                failed, message = id_, str(error)
        is_passed = not failed
        found.append(Probe(id=id_, description=description, is_passed=is_passed, message=message))
    return tuple(found)


def _git(remote: Remote, repository: Repository | None) -> str:
    check_version()
    return "git is installed"


def _url(remote: Remote, repository: Repository | None) -> str:
    check_remote(remote)
    return "the URL is one we use"


def _host(remote: Remote, repository: Repository | None) -> str:
    address = check_remote(remote)
    if address.transport is Transport.FILE:
        return "the remote is on this server"
    port = port_of(address)
    host = pin(remote, address) or address.host.strip("[]")
    try:
        socket.create_connection((host, port), CONNECT_SECONDS).close()
    except OSError as error:
        why = error.strerror or str(error)
        raise ProbeFailed(f"`{address.host}` does not answer at port {port}: {why}") from error
    return f"`{address.host}` answers at port {port}"


def _read(remote: Remote, repository: Repository | None) -> str:
    n_branches = len(list_remote(remote, repository).branches)
    return f"the remote can be read, it has {n_branches} branches"


def _write(remote: Remote, repository: Repository | None) -> str:
    """A push that is announced and not made: the remote asks who we are all the same."""
    commits = sorted(repository.branches().values()) if repository else []
    if not commits:
        return "there is nothing to push yet, so writing was not tried"
    arguments = ["push", "--dry-run", "--porcelain", "--no-verify", "--no-signed"]
    arguments += ["--no-recurse-submodules", "--end-of-options", remote.url]
    speak(remote, [*arguments, f"{commits[0]}:refs/heads/lookalike-probe"], repository)
    return "the remote lets us write"


_STEPS: tuple[tuple[str, str, Callable[[Remote, Repository | None], str]], ...] = (
    ("git_version", "git is installed and new enough", _git),
    ("remote_url", "the URL of the remote is allowed", _url),
    ("host_reachable", "the host of the remote answers", _host),
    ("read_remote", "the remote can be read with these credentials", _read),
    ("write_remote", "the remote can be written to with these credentials", _write),
)
