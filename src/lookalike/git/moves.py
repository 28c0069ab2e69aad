"""Moving a ref: an atomic compare-and-set, across threads and processes.

In: where the ref is expected and where it shall point. Out: nothing, or Moved.
Invariant: whoever is killed in the middle leaves the ref at its old or new place, still movable.

Two locks are held. Git's own lock file of the ref keeps out every other git program, but survives a
kill. So all of us first take a lock that the system frees by itself; its file names the ref while
it moves. Who finds a name there knows that its mover died, and clears git's lock away.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pygit2

from lookalike.git.refs import Moved, RefLocked, RefTaken, is_ours

PATIENCE = 1.0
"""Seconds to wait for another git program to let go of a ref."""

_ROOM = "lookalike.lock"
_STALE_SECONDS = 0.5


def move(repository: pygit2.Repository, ref: str, expected: str | None, new: str | None) -> None:
    """Point `ref` from `expected` at `new`. None means that it does not exist, or shall not.

    Raises Moved if it was elsewhere, RefTaken if the name clashes with other refs, RefLocked if
    another git program holds it.
    """
    if not is_ours(ref):
        raise ValueError(f"{ref!r} is not a ref of ours")
    with _sole_mover(common_folder(repository), ref), repository.transaction() as transaction:
        _lock(repository, transaction, ref)
        found = target_of(repository, ref)
        if found != expected:
            raise Moved(ref, expected, found)
        if found == new:
            return
        if new is None:
            transaction.remove(ref)
            return
        if found is None:
            _check_free(repository, ref)
        transaction.set_target(ref, new, message="lookalike")


def target_of(repository: pygit2.Repository, ref: str) -> str | None:
    """The id a ref points at, through symbolic refs, read afresh; None where there is none."""
    try:
        return str(repository.lookup_reference(ref).resolve().target)
    except (KeyError, pygit2.InvalidSpecError):
        return None


def common_folder(repository: pygit2.Repository) -> Path:
    """The folder of the refs: for a linked worktree that of its main repository."""
    folder = Path(repository.path)
    with suppress(FileNotFoundError):
        return (folder / (folder / "commondir").read_text().strip()).resolve()
    return folder


@contextmanager
def _sole_mover(folder: Path, ref: str) -> Iterator[None]:
    """Hold the lock the system frees by itself, with the ref written into it."""
    handle = os.open(folder / _ROOM, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        left_behind = os.pread(handle, 1024, 0).decode("ascii", "replace")
        if is_ours(left_behind):
            _clear(folder, left_behind)
        os.ftruncate(handle, 0)
        os.pwrite(handle, ref.encode(), 0)
        try:
            yield
        finally:
            os.ftruncate(handle, 0)
    finally:
        os.close(handle)


def _clear(folder: Path, ref: str) -> None:
    """Remove the locks of a mover that was killed.

    Another git program may have taken one since: it gets time to end.
    """
    for lock in (folder / f"{ref}.lock", folder / "packed-refs.lock"):
        with suppress(FileNotFoundError):
            seen = lock.stat()
            time.sleep(_STALE_SECONDS)
            now = lock.stat()
            if (now.st_ino, now.st_ctime_ns) == (seen.st_ino, seen.st_ctime_ns):
                lock.unlink()


def _lock(
    repository: pygit2.Repository, transaction: pygit2.transaction.ReferenceTransaction, ref: str
) -> None:
    """Take git's own lock of the ref; it is given back when the transaction ends."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return transaction.lock_ref(ref)
        except pygit2.GitError as error:
            _check_free(repository, ref)
            if time.monotonic() > deadline:
                raise RefLocked(f"`{ref}` is locked by another git program") from error
            time.sleep(0.01)


def _check_free(repository: pygit2.Repository, ref: str) -> None:
    """Refs are kept as files: one cannot also be the folder of another."""
    for other in repository.listall_references():
        if other.startswith(f"{ref}/") or ref.startswith(f"{other}/"):
            raise RefTaken(f"`{ref}` cannot be made, because `{other}` exists")
