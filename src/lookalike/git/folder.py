"""A folder on disk, read as a tree with the ids git would give.

In: a path. Out: its LookML and what goes with it, as content. Nothing is written.
Invariant: an edit is seen by the next call. An unchanged file costs one `stat`, never a read.
"""

from __future__ import annotations

import os
import stat
import threading
import time
from collections import OrderedDict
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

from msgspec import Struct

from lookalike.git.objects import (
    BlobId,
    MissingObject,
    Mode,
    TreeId,
    blob_id,
    nested_tree,
    tree_data,
    tree_id,
)
from lookalike.git.paths import LONGEST_PATH, is_safe_name
from lookalike.git.repository import DEEPEST, MOST_FILES, TooLarge

ENDINGS = (".lkml", ".lookml", ".md", ".json", ".geojson", ".topojson")
LARGEST_FILE = 5_000_000
LARGEST_FOLDER = 512_000_000

_PASSED_BY = frozenset({"node_modules", "__pycache__"})
_KEPT_FOLDERS = 16
# A file system's clock is coarse: two edits within one tick leave the same times. Until a file is
# this old when it is read, its times prove nothing, and it is read again.
_SETTLED_NANOSECONDS = 2_000_000_000


class Folder(Struct, frozen=True):
    """What a folder held when it was read. It is whole: later edits do not reach into it."""

    tree: TreeId
    files: Mapping[str, BlobId]
    contents: Mapping[BlobId, bytes]

    def data(self, blob: BlobId) -> bytes:
        """The content of a file. Raises MissingObject for one that was not in the folder then."""
        try:
            return self.contents[blob]
        except KeyError:
            raise MissingObject(f"there is no blob `{blob}` in the folder") from None

    def text(self, blob: BlobId) -> str:
        """The content of a file as text, as `Repository.text` gives it."""
        return self.data(blob).decode("utf-8", "replace")


def read_folder(path: Path) -> Folder:
    """The folder as it is now.

    Links, hidden folders, files above 5 MB and those that cannot matter to LookML are left out.
    Raises FileNotFoundError or NotADirectoryError if it is no folder.
    """
    root = os.path.realpath(path)
    with _LOCK:
        known = _KNOWN.get(root)
    found: dict[str, _File] = {}
    _read(root, "", 0, known.files if known else {}, found)
    if known and _is_same(known.files, found):
        return known.folder
    folder = _folder(found)
    with _LOCK:
        _KNOWN[root] = _Known(found, folder)
        _KNOWN.move_to_end(root)
        while len(_KNOWN) > _KEPT_FOLDERS:
            _KNOWN.popitem(last=False)
    return folder


Mark: TypeAlias = tuple[int, int, int, int, int]
"""The state of a file: inode, mode, size, time of content, time of change."""


class _File(Struct, frozen=True):
    mark: Mark
    is_settled: bool
    blob: BlobId
    data: bytes


class _Known(Struct, frozen=True):
    files: dict[str, _File]
    folder: Folder


_KNOWN: OrderedDict[str, _Known] = OrderedDict()
_LOCK = threading.Lock()


def _read(
    folder: str, prefix: str, depth: int, before: Mapping[str, _File], found: dict[str, _File]
) -> None:
    if depth > DEEPEST:
        raise TooLarge(f"more than {DEEPEST} folders in folders")
    with os.scandir(folder) as items:
        for item in items:
            path = prefix + item.name
            known = before.get(path)
            if known is None and not (is_safe_name(item.name) and len(path) <= LONGEST_PATH):
                continue
            if item.is_dir(follow_symlinks=False):
                if not item.name.startswith(".") and item.name not in _PASSED_BY:
                    with suppress(FileNotFoundError, PermissionError):
                        _read(item.path, f"{path}/", depth + 1, before, found)
            elif item.name.endswith(ENDINGS) and item.is_file(follow_symlinks=False):
                file = _file(item, known)
                if file is not None:
                    found[path] = file
    if len(found) > MOST_FILES:
        raise TooLarge(f"more than {MOST_FILES} files")


def _file(item: os.DirEntry[str], before: _File | None) -> _File | None:
    """The file as it was, if its state proves that it still is; else it is read."""
    try:
        if before and before.is_settled and before.mark == _mark(item.stat(follow_symlinks=False)):
            return before
        return _read_file(item.path)
    except OSError:
        return None  # It vanished, became a link, or is not for us to read.


def _read_file(path: str) -> _File | None:
    now = time.time_ns()
    # A pipe must not make us wait, and a link that took the file's place must not lead us outside.
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(handle, "rb") as file:
        state = os.fstat(handle)
        if not stat.S_ISREG(state.st_mode) or state.st_size > LARGEST_FILE:
            return None
        data = file.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        return None
    youngest = max(state.st_mtime_ns, state.st_ctime_ns)
    return _File(_mark(state), youngest + _SETTLED_NANOSECONDS < now, blob_id(data), data)


def _mark(state: os.stat_result) -> Mark:
    return (state.st_ino, state.st_mode, state.st_size, state.st_mtime_ns, state.st_ctime_ns)


def _is_same(before: Mapping[str, _File], found: Mapping[str, _File]) -> bool:
    return len(before) == len(found) and all(
        before.get(path) is file for path, file in found.items()
    )


def _folder(found: Mapping[str, _File]) -> Folder:
    if sum(len(file.data) for file in found.values()) > LARGEST_FOLDER:
        raise TooLarge(f"more than {LARGEST_FOLDER} bytes of LookML")
    modes = {
        path: (Mode.PROGRAM if file.mark[1] & stat.S_IXUSR else Mode.FILE, file.blob)
        for path, file in found.items()
    }
    tree = nested_tree(modes, lambda entries: tree_id(tree_data(entries)))
    files = {path: found[path].blob for path in sorted(found)}
    contents = {file.blob: file.data for file in found.values()}
    return Folder(tree, MappingProxyType(files), MappingProxyType(contents))
