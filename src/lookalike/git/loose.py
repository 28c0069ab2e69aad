"""Loose: objects written together, each in a file of its own, as git keeps what is new.

In: the folder of a repository's objects, and whole objects by id. Out: nothing.
Invariant: when this returns, all of them are on the disk; who is killed before leaves whole objects
or files that git clears away, never half an object under its name.
"""

from __future__ import annotations

import os
import secrets
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path

_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC


def write_loose(folder: Path, objects: Mapping[str, bytes]) -> None:
    """Keep objects, each with the header that git puts before its content."""
    waiting = {id_: folder / f"tmp_obj_{secrets.token_hex(8)}" for id_ in objects}
    try:
        _write(waiting, objects)
        touched: set[Path] = set()
        for id_, path in waiting.items():
            place = folder / id_[:2]
            if not place.is_dir():
                place.mkdir(exist_ok=True)
                touched.add(folder)
            path.rename(place / id_[2:])
            touched.add(place)
    except BaseException:
        for path in waiting.values():
            path.unlink(missing_ok=True)
        raise
    _sync_folders(touched)


def _write(waiting: Mapping[str, Path], objects: Mapping[str, bytes]) -> None:
    """All files are written before the first is waited for: the system takes them in one go."""
    handles: list[int] = []
    try:
        for id_, path in waiting.items():
            handles.append(os.open(path, _FLAGS, 0o444))
            _write_all(handles[-1], zlib.compress(objects[id_], zlib.Z_BEST_SPEED))
        for handle in handles:
            os.fsync(handle)
    finally:
        for handle in handles:
            os.close(handle)


def _write_all(handle: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(handle, left) :]


def _sync_folders(folders: Iterable[Path]) -> None:
    for folder in folders:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
