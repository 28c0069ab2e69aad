"""How git speaks to a remote: who logs in, with what, over which protocol.

In: a Remote and the arguments of one git command. Out: what it wrote, or RemoteFailed.
Invariant: a secret is in no argument and in no URL, and reaches only the host it belongs to. It
lies in the environment of the command, or, for ssh, in a file of a folder that ends with the call.

Whom ssh trusts: the keys in `known_hosts` if the remote has some, and no others. Without them, the
key a host shows when a repository first meets it; it is kept beside the repository, and a host that
later shows another one is refused.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import stat
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from enum import StrEnum
from pathlib import Path
from typing import Any

from msgspec import Struct

from lookalike.git.addresses import Address, BadRemote, Transport, read_url
from lookalike.git.commands import CommandFailed, Surroundings, run_git
from lookalike.git.hosts import public_address
from lookalike.git.repository import Repository

MET_HOSTS = "lookalike.known_hosts"
"""The file beside a repository that keeps the keys of the hosts it has met."""


class Reason(StrEnum):
    """Why a remote did not do what was asked."""

    UNREACHABLE = "unreachable"
    HOST_KEY = "host key"
    LOGIN = "login"
    NOT_FOUND = "not found"
    REJECTED = "rejected"
    TOO_SLOW = "too slow"
    TOO_LARGE = "too large"
    FAILED = "failed"


class RemoteFailed(Exception):
    """The remote did not do it. `words` is what git and the remote said, without secrets."""

    def __init__(self, reason: Reason, words: str, output: str = "") -> None:
        super().__init__(words)
        self.reason = reason
        self.words = words
        self.output = output

    @property
    def sentence(self) -> str:
        """What to tell who asked. Where we got no further than to somebody's door, not a word of
        theirs: it may be a service that is none of the caller's business.
        """
        return _SENTENCES.get(self.reason) or self.words


class Remote(Struct, frozen=True, kw_only=True):
    """Where a remote is, and how we log in: https with a name and a password, ssh with a key.

    `known_hosts`: the keys ssh trusts, as lines of such a file. `authorities`: a file of those that
    https trusts, instead of the machine's. `public_only`: no host inside a private network.
    `seconds`: how long one call may take. Its text holds no secret.
    """

    url: str
    username: str = ""
    password: str = ""
    private_key: str = ""
    known_hosts: str = ""
    allow_local: bool = False
    allow_http: bool = False
    public_only: bool = False
    authorities: str = ""
    seconds: float = 120

    def __repr__(self) -> str:
        return f"Remote({self.url!r})"

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        return [("url", self.url)]


def speak(
    remote: Remote, arguments: Sequence[str], repository: Repository | None, data: bytes = b""
) -> bytes:
    """Run one git command that speaks to the remote. Raises BadRemote, RemoteFailed."""
    address = check_remote(remote)
    pinned = pin(remote, address)
    with _home(remote, repository) as home:
        try:
            done = run_git(
                [*arguments[:1], *_local_programs(address, arguments[0]), *arguments[1:]],
                _surroundings(remote, address, pinned, home, repository),
                data,
                seconds=remote.seconds,
            )
        except CommandFailed as error:
            reason = Reason.TOO_SLOW if error.is_late else Reason.FAILED
            reason = Reason.TOO_LARGE if error.is_too_large else reason
            raise RemoteFailed(reason, error.words) from error
        if done.code != 0:
            words = _without_secrets(done.words, remote, home)
            output = done.output.decode("utf-8", "replace")
            reason = _reason(words)
            if reason is Reason.HOST_KEY:
                words = f"`{address.host}` shows another key than the one known: nothing was sent"
            raise RemoteFailed(reason, words or "git gave no reason", output)
    return done.output


def origin_of(url: str) -> tuple[str, str, int]:
    """The protocol, host and port of an address: what a login belongs to. Raises BadRemote."""
    address = read_url(url, allow_local=True, allow_http=True)
    if address.transport is Transport.FILE:
        return address.transport.value, "", 0
    return address.transport.value, address.host.lower().rstrip("."), port_of(address)


def sweep(seconds: float) -> None:
    """Remove the folders that calls have left which were killed, those older than `seconds`."""
    with tempfile.TemporaryDirectory(prefix=_HOME) as new:
        too_old = Path(new).stat().st_mtime - seconds  # by the clock that dated the others
    for folder in Path(tempfile.gettempdir()).glob(f"{_HOME}*"):
        with suppress(OSError):
            found = folder.lstat()
            is_ours = stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid()
            if is_ours and found.st_mtime < too_old:
                shutil.rmtree(folder, ignore_errors=True)


def forget_hosts(repository: Repository) -> None:
    """Forget the keys of the hosts the repository has met: the next ones shown are trusted."""
    (Path(repository.path) / MET_HOSTS).unlink(missing_ok=True)


def check_remote(remote: Remote) -> Address:
    """The parts of its address. Raises BadRemote if it, or what comes with it, is not usable."""
    address = read_url(remote.url, allow_local=remote.allow_local, allow_http=remote.allow_http)
    if re.search(r"[\x00-\x1f\x7f]", remote.username + remote.password):
        raise BadRemote("a user name or a password holds no control characters")
    if remote.authorities and not Path(remote.authorities).is_absolute():
        raise BadRemote("the file of the authorities that https trusts is an absolute path")
    for text in (remote.private_key, remote.known_hosts):
        if "\0" in text or len(text) > 100_000:
            raise BadRemote("a key or a list of known hosts is text of up to 100,000 characters")
    if not 0 < remote.seconds <= 86_400:
        raise BadRemote("a call to a remote takes from 0 to 86,400 seconds")
    return address


def pin(remote: Remote, address: Address) -> str:
    """The one address of its host that we use; empty where any is fine. Raises BadRemote."""
    if not remote.public_only or address.transport is Transport.FILE:
        return ""
    return public_address(address.host, port_of(address))


def port_of(address: Address) -> int:
    """The port its host is asked at."""
    return address.port or _PORTS[address.transport]


_HOME = "lookalike-git-"
_SENTENCES = {
    Reason.UNREACHABLE: (
        "the remote can't be reached; check its URL, and that this server may connect to it"
    ),
    Reason.TOO_SLOW: "the remote did not answer in time",
    Reason.LOGIN: "the remote refuses the login; check the user name and the password, or the key",
    Reason.NOT_FOUND: "there is no such repository on the remote, or it is hidden from this login",
}
_PORTS = {Transport.HTTPS: 443, Transport.HTTP: 80, Transport.SSH: 22}
# Git asks it on its standard input for the login of one host. It knows one login.
_HELPER = (
    '!f() { test "$1" = get || exit 0; '
    "while IFS= read -r line; do case $line in "
    "protocol=*) protocol=${line#protocol=};; host=*) host=${line#host=};; esac; done; "
    'test "$protocol://$host" = "$LOOKALIKE_ORIGIN" || exit 0; '
    "printf 'username=%s\\npassword=%s\\n' "
    '"$LOOKALIKE_USERNAME" "$LOOKALIKE_PASSWORD"; }; f'
)
# A local remote runs git in its own folder: that one shall run no hooks either.
_LOCAL_GIT = (
    "git -c core.hooksPath=/dev/null -c core.fsmonitor=false -c core.alternateRefsCommand=true"
    " -c transfer.fsckObjects=true -c gc.auto=0 -c receive.autogc=false -c maintenance.auto=false"
)
_SSH = {
    "BatchMode": "yes",
    "ClearAllForwardings": "yes",
    "ConnectTimeout": "20",
    "ControlMaster": "no",
    "ControlPath": "none",
    "EscapeChar": "none",
    "ForwardAgent": "no",
    "ForwardX11": "no",
    "GSSAPIAuthentication": "no",
    "GlobalKnownHostsFile": "/dev/null",
    "HostbasedAuthentication": "no",
    "IdentitiesOnly": "yes",
    "IdentityAgent": "none",
    "KbdInteractiveAuthentication": "no",
    "PasswordAuthentication": "no",
    "PermitLocalCommand": "no",
    "PKCS11Provider": "none",
    "ProxyCommand": "none",
    "RequestTTY": "no",
    "ServerAliveCountMax": "3",
    "ServerAliveInterval": "20",
    "UpdateHostKeys": "no",
    "UserKnownHostsFile": "known_hosts",
    "VerifyHostKeyDNS": "no",
}
_REASONS = (
    (Reason.HOST_KEY, r"host key verification failed|REMOTE HOST IDENTIFICATION HAS CHANGED"),
    (Reason.TOO_LARGE, r"died of signal 25|File size limit exceeded|File too large"),
    (Reason.LOGIN, r"authentication failed|could not read (username|password)"),
    (Reason.LOGIN, r"permission denied|returned error: 40[13]|terminal prompts disabled"),
    (
        Reason.UNREACHABLE,
        r"could not resolve|connection (refused|timed out|reset)|failed to connect",
    ),
    (Reason.UNREACHABLE, r"network is unreachable|no route to host|couldn't connect|SSL"),
    (Reason.NOT_FOUND, r"returned error: 404|repository .*not found|does not appear to be a git"),
    # Whoever it is, it does not speak as git does.
    (
        Reason.UNREACHABLE,
        r"kex_exchange|banner|protocol|packet|line length|connection closed|unable to access|HTTP/",
    ),
)


@contextmanager
def _home(remote: Remote, repository: Repository | None) -> Iterator[Path]:
    """A folder for one call: the key, and the hosts ssh knows. Nobody else can read it."""
    with tempfile.TemporaryDirectory(prefix=_HOME) as folder:
        home = Path(folder)
        if remote.private_key:
            key = home / "key"
            key.touch(0o600)
            # ssh reads no key whose last line does not end.
            key.write_text(remote.private_key.replace("\r\n", "\n").rstrip("\n") + "\n")
        hosts = home / "known_hosts"
        if remote.known_hosts:
            hosts.write_text(remote.known_hosts.rstrip("\n") + "\n")
        elif repository is not None:
            hosts.symlink_to(Path(repository.path).resolve() / MET_HOSTS)
        yield home


def _surroundings(
    remote: Remote, address: Address, pinned: str, home: Path, repository: Repository | None
) -> Surroundings:
    settings: list[tuple[str, str]] = []
    if remote.password:
        settings.append(("credential.helper", _HELPER))
    if remote.authorities:
        settings.append(("http.sslCAInfo", remote.authorities))
    if pinned:
        at = f"[{pinned}]" if ":" in pinned else pinned
        settings.append(("http.curloptResolve", f"{address.host}:{port_of(address)}:{at}"))
    git_dir = str(Path(repository.path).resolve()) if repository else None
    return Surroundings(home, git_dir, _environment(remote, address, pinned), tuple(settings))


def _environment(remote: Remote, address: Address, pinned: str) -> dict[str, str]:
    environment = {"GIT_ALLOW_PROTOCOL": address.transport.value}
    if address.transport is Transport.SSH:
        environment["GIT_SSH_COMMAND"] = shlex.join(ssh_command(remote, address, pinned))
        environment["GIT_SSH_VARIANT"] = "ssh"
    elif address.transport is not Transport.FILE and remote.password:
        port = f":{address.port}" if address.port else ""
        environment["LOOKALIKE_ORIGIN"] = f"{address.transport}://{address.host}{port}"
        # Hosts that take a token as the password do not care for the name, but want one.
        environment["LOOKALIKE_USERNAME"] = remote.username or "git"
        environment["LOOKALIKE_PASSWORD"] = remote.password
    return environment


def ssh_command(remote: Remote, address: Address, pinned: str = "") -> list[str]:
    """The ssh command as git shall start it, in the folder of the call."""
    options = dict(_SSH)
    options["StrictHostKeyChecking"] = "yes" if remote.known_hosts else "accept-new"
    options["IdentityFile"] = "key" if remote.private_key else "none"
    if not address.user:
        options["User"] = "git"
    if pinned:
        options["HostName"] = pinned
        options["HostKeyAlias"] = address.host
    parts = [part for name, value in options.items() for part in ("-o", f"{name}={value}")]
    return ["ssh", "-F", "/dev/null", "-x", "-T", *parts]


def _local_programs(address: Address, command: str) -> list[str]:
    if address.transport is not Transport.FILE:
        return []
    if command == "push":
        return [f"--receive-pack={_LOCAL_GIT} receive-pack"]
    return [f"--upload-pack={_LOCAL_GIT} upload-pack"]


def _reason(words: str) -> Reason:
    for reason, pattern in _REASONS:
        if re.search(pattern, words, re.IGNORECASE):
            return reason
    return Reason.FAILED


def _without_secrets(words: str, remote: Remote, home: Path) -> str:
    for secret in (remote.password, str(home)):
        if secret:
            words = words.replace(secret, "***")
    return words
