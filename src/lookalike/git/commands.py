"""The git command, sealed: nothing of the machine's, the user's or a repository's taste reaches it.

In: arguments, an environment for the transport, limits. Out: what it said, or CommandFailed.
Invariant: it ends before the deadline with all it started, and what it may say or keep is bounded.
"""

from __future__ import annotations

import os
import re
import resource
import selectors
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

from msgspec import Struct

OLDEST_GIT = (2, 34)
"""The oldest git we use: it can be told to read no configuration and to write no refs."""
LONGEST_OUTPUT = 32_000_000
LARGEST_PACK = 2_000_000_000
"""Bytes of one file that git may write, and so of what one fetch may bring."""
PATH = "/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin"

_SETTINGS = {
    "core.hooksPath": "/dev/null",
    "core.fsmonitor": "false",
    "core.askPass": "",
    "core.attributesFile": "/dev/null",
    "core.alternateRefsCommand": "true",
    "core.gitProxy": "",
    "core.fsync": "all",
    "core.bigFileThreshold": "50m",
    "credential.helper": "",
    "protocol.version": "2",
    "protocol.ext.allow": "never",
    "transfer.fsckObjects": "true",
    "transfer.credentialsInUrl": "die",
    "transfer.bundleURI": "false",
    "submodule.recurse": "false",
    "fetch.recurseSubmodules": "false",
    "fetch.writeCommitGraph": "false",
    "push.recurseSubmodules": "no",
    "push.gpgSign": "false",
    "gc.auto": "0",
    "maintenance.auto": "false",
    "http.followRedirects": "false",
    "http.sslVerify": "true",
    "http.extraHeader": "",
    "http.lowSpeedLimit": "1",
    "http.lowSpeedTime": "60",
    # Old repositories hold commits that these would refuse; none of them can do harm.
    "fetch.fsck.zeroPaddedFilemode": "ignore",
    "fetch.fsck.missingSpaceBeforeEmail": "ignore",
    "fetch.fsck.missingSpaceBeforeDate": "ignore",
    "fetch.fsck.badTimezone": "ignore",
    "fetch.fsck.missingTaggerEntry": "ignore",
}
_CONTROL = re.compile(r"\x1b\[[0-9;]*[A-Za-z]|[\x00-\x09\x0b-\x1f\x7f-\x9f]")


class CommandFailed(Exception):
    """Git did not do it. The message is what git said, made safe to show."""

    def __init__(self, words: str, *, is_late: bool = False, is_too_large: bool = False) -> None:
        super().__init__(words)
        self.words = words
        self.is_late = is_late
        self.is_too_large = is_too_large


class Done(Struct, frozen=True):
    """What a program said, and how it ended."""

    code: int
    output: bytes
    words: str


class Surroundings(Struct, frozen=True):
    """Where git runs: in `home`, an empty folder of ours, and upon which repository."""

    home: Path
    git_dir: str | None
    environment: Mapping[str, str]
    settings: tuple[tuple[str, str], ...]


def run_git(
    arguments: Sequence[str], around: Surroundings, data: bytes = b"", *, seconds: float
) -> Done:
    """Run git. It may end with any code.

    Raises CommandFailed if git is missing, too old or late, or says too much.
    """
    check_version()
    every = [*_SETTINGS.items(), *around.settings]
    options = [part for name, value in every for part in ("-c", f"{name}={value}")]
    folder = [f"--git-dir={around.git_dir}"] if around.git_dir else []
    sealed = {
        "PATH": PATH,
        "HOME": str(around.home),
        "XDG_CONFIG_HOME": str(around.home),
        "LC_ALL": "C",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_CONFIG_SYSTEM": "/dev/null",
        "GIT_ATTR_NOSYSTEM": "1",
        "GIT_CEILING_DIRECTORIES": str(around.home.parent),
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_PROTOCOL_FROM_USER": "0",
        "GIT_ALLOW_PROTOCOL": "none",
        **around.environment,
    }
    return run(["git", *options, *folder, *arguments], around.home, sealed, data, seconds)


@cache
def check_version() -> None:
    """Raise CommandFailed if there is no git command, or one older than we can seal."""
    require_version(
        run(["git", "version"], Path("/"), {"PATH": PATH, "LC_ALL": "C"}, b"", 20).output
    )


def require_version(said: bytes) -> None:
    """Raise CommandFailed unless these words of `git version` tell a version that we use."""
    found = re.match(rb"git version (\d{1,4})\.(\d{1,4})", said)
    if found is None:
        raise CommandFailed("the git command does not tell its version")
    if (int(found[1]), int(found[2])) < OLDEST_GIT:
        oldest = ".".join(map(str, OLDEST_GIT))
        raise CommandFailed(f"git {oldest} or newer is needed, found {plain_words(said)}")


def run(
    command: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    data: bytes,
    seconds: float,
) -> Done:
    """Run a program with exactly this environment, in a process group that ends with it."""
    deadline = time.monotonic() + seconds
    with tempfile.TemporaryFile() as given:
        given.write(data)
        given.seek(0)
        try:
            process = subprocess.Popen(
                command,
                cwd=folder,
                env=dict(environment),
                stdin=given,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                start_new_session=True,
            )
        except OSError as error:
            raise CommandFailed(f"`{command[0]}` cannot be started: {error.strerror}") from error
    try:
        _limit_files(process.pid)
        output, words = _listen(process, deadline)
        return Done(process.wait(max(0.1, deadline - time.monotonic())), output, words)
    except (TimeoutError, subprocess.TimeoutExpired):
        raise CommandFailed(f"it took longer than {seconds:g} seconds", is_late=True) from None
    finally:
        _end(process)


def plain_words(said: bytes) -> str:
    """What a program said, without what could move a cursor, at most 2,000 characters of it."""
    lines = _CONTROL.sub("", said.decode("utf-8", "replace").replace("\r", "\n")).splitlines()
    return "\n".join(line.strip() for line in lines if line.strip())[-2_000:]


def _listen(process: subprocess.Popen[bytes], deadline: float) -> tuple[bytes, str]:
    assert process.stdout is not None
    assert process.stderr is not None
    heard = {process.stdout: bytearray(), process.stderr: bytearray()}
    with selectors.DefaultSelector() as waiting:
        for stream in heard:
            waiting.register(stream, selectors.EVENT_READ)
        while waiting.get_map():
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError
            for key, _ in waiting.select(left):
                data = os.read(key.fd, 65_536)
                stream = process.stdout if key.fileobj is process.stdout else process.stderr
                if not data:
                    waiting.unregister(stream)
                heard[stream] += data
                if len(heard[process.stdout]) > LONGEST_OUTPUT:
                    raise CommandFailed("the remote says too much", is_too_large=True)
                del heard[process.stderr][:-65_536]
    return bytes(heard[process.stdout]), plain_words(bytes(heard[process.stderr]))


def _limit_files(pid: int) -> None:
    """What no file may outgrow. Where the system cannot say so, the deadline alone bounds it."""
    if hasattr(resource, "prlimit"):
        with suppress(OSError, ValueError):  # It may have ended, or have a lower limit already.
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (LARGEST_PACK, LARGEST_PACK))
            resource.prlimit(pid, resource.RLIMIT_CORE, (0, 0))


def _end(process: subprocess.Popen[bytes]) -> None:
    """Whatever it started ends with it: a helper may outlive git and hold the pipes."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for stream in (process.stdout, process.stderr):
        if stream is not None:
            stream.close()
