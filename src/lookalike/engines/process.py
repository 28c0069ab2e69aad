"""Process: a server's hold on one worker process: start it, ask it, stop it, kill it.

The worker is not trusted: it gets a clean environment and one socket, and nothing it says is
believed before it is decoded. A worker that is gone has been reaped, and its folder removed.
"""

from __future__ import annotations

import contextlib
import itertools
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import msgspec

import lookalike
from lookalike.engines import frames
from lookalike.engines.engine import EngineError, OutOfMemory, Unreachable
from lookalike.engines.frames import Ask, Failed, Kind, Opening, Stop

_START = (
    "import sys; sys.path.append(sys.argv.pop()); from lookalike.engines.worker import main; main()"
)
_WORDS = "errors.txt"


class Worker:
    """A running worker process. `stop` and `kill` may come from any thread, the rest from one at a
    time."""

    def __init__(self, folder: str, process: subprocess.Popen[bytes], ours: socket.socket) -> None:
        self.connection = ours
        self.file: tuple[int, int, int] | None = None
        self._folder = folder
        self._process = process
        self._numbers = itertools.count(1)
        self._number = 0
        self._sending = threading.Lock()
        self._killing = threading.Lock()

    @property
    def pid(self) -> int:
        return self._process.pid

    def is_of_use(self, path: str) -> bool:
        """Whether it lives, and what it has open is still the file at `path`."""
        return self._process.poll() is None and self.file == _file_at(path)

    def has_room(self) -> bool:
        """Whether it holds less than half of the memory it may have. After a statement that took
        all of it much may stay taken, and the next one would fail for no fault of its own.
        """
        try:
            limit, _ = resource.prlimit(self.pid, resource.RLIMIT_DATA)
            pages = int(Path(f"/proc/{self.pid}/statm").read_text().split()[5])
        except (OSError, ValueError, IndexError):
            return True  # Not on Linux, or it has just ended: that shows by itself.
        return limit == resource.RLIM_INFINITY or pages * resource.getpagesize() < limit // 2

    def ask(self, sql: str, form: frames.RowForm, keys: tuple[str, ...]) -> None:
        self._number = next(self._numbers)
        with self._sending:
            frames.send_value(self.connection, Kind.ASK, Ask(self._number, sql, form, keys))

    def stop(self) -> None:
        """Ask politely. A worker that is gone, or doesn't even take its question, is only to be
        killed."""
        if self._sending.acquire(blocking=False):
            try:
                with contextlib.suppress(frames.Lost):
                    frames.send_value(self.connection, Kind.STOP, Stop(self._number))
            finally:
                self._sending.release()

    def kill(self) -> None:
        """End it for certain. A read of its socket ends, too."""
        with self._killing:
            if self._process.returncode is None:
                self._process.kill()
                self._process.wait()

    def close(self) -> None:
        """Kill it and give everything back."""
        self.kill()
        self.connection.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def why_gone(self) -> EngineError:
        """What to say when it has closed its socket by itself."""
        try:
            status = self._process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            self.kill()
            return EngineError(
                "the worker process sent something that makes no sense and was ended"
            )
        if status < 0:
            return OutOfMemory(
                "the worker process was ended by the system while it ran the statement, most likely"
                " because it needed too much memory; ask for fewer rows or raise `memory_mb`"
            )
        return EngineError(
            f"the worker process ended with status {status} while it ran a statement"
        )


def start(opening: Opening, deadline: float) -> Worker:
    """Start a worker and wait until its database is open and probed. Raises Unreachable."""
    worker = _spawn(opening.folder)
    worker.file = _file_at(opening.path)
    try:
        kind, payload = _introduce(worker.connection, opening, deadline)
        failed = None if kind is Kind.READY else msgspec.msgpack.decode(payload, type=Failed)
    except (frames.Lost, msgspec.DecodeError) as error:
        worker.kill()
        reason = _last_words(opening.folder) or str(error)
        worker.close()
        raise Unreachable(f"the worker process did not start: {reason}") from error
    if failed is not None:
        worker.close()
        raise Unreachable(failed.message)
    return worker


def new_folder() -> str:
    """A folder of its own for one worker."""
    return tempfile.mkdtemp(prefix="lookalike-worker-")


def _file_at(path: str) -> tuple[int, int, int] | None:
    """What tells one version of a database file from the next. A read-only worker keeps writers out
    while it lives, but not somebody who puts another file in its place."""
    if not path or not Path(path).exists():
        return None
    status = Path(path).stat()
    return status.st_dev, status.st_ino, status.st_mtime_ns


def _spawn(folder: str) -> Worker:
    ours, theirs = socket.socketpair()
    with theirs, Path(folder, _WORDS).open("wb") as words:
        try:
            process = subprocess.Popen(
                [sys.executable, "-I", "-c", _START, str(theirs.fileno()), _package_root()],
                pass_fds=[theirs.fileno()],
                cwd=folder,
                env={"HOME": folder, "TMPDIR": folder, "LC_ALL": "C.UTF-8", "TZ": "UTC"},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=words,
                start_new_session=True,  # a Ctrl-C in the terminal is for the server alone
            )
        except OSError as error:
            ours.close()
            shutil.rmtree(folder, ignore_errors=True)
            raise Unreachable(f"no worker process can be started: {error}") from error
    return Worker(folder, process, ours)


def _introduce(ours: socket.socket, opening: Opening, deadline: float) -> tuple[Kind, bytes]:
    ours.settimeout(max(deadline - time.monotonic(), 0.01))
    frames.send_value(ours, Kind.OPEN, opening)
    kind, length = frames.receive_header(ours)
    payload = frames.receive(ours, length)
    ours.settimeout(None)
    return kind, payload


def _last_words(folder: str) -> str:
    lines = Path(folder, _WORDS).read_text(errors="replace").strip().splitlines()
    return lines[-1] if lines else ""


def _package_root() -> str:
    return str(Path(lookalike.__file__).parent.parent)
