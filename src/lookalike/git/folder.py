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
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

from msgspec import Struct

from lookalike.git.objects import (
    EMPTY_TREE,
    BlobId,
    Entry,
    MissingObject,
    Mode,
    TreeId,
    blob_id,
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
# A file system's clock is coarse: two edits within one tick leave the same times. Until a file is this old when it
# is read, its times prove nothing, and it is read again.
_SETTLED_NANOSECONDS = 2_000_000_000

Mark: TypeAlias = tuple[int, int, int, int, int]
"""Device-free identity of a file's state: inode, mode, size, time of content, time of change."""


class Folder(Struct, frozen=True):
    """What a folder held when it was read. It is whole: later edits do not reach into it."""

    tree: TreeId
    files: Mapping[str, BlobId]
    contents: Mapping[BlobId, bytes]

    def data(self, blob: BlobId) -> bytes:
        """The content of a file. Raises MissingObject for a blob that was not in the folder then."""
        try:
            return self.contents[blob]
        except KeyError:
            raise MissingObject(f"there is no blob `{blob}` in the folder") from None

    def text(self, blob: BlobId) -> str:
        """The content of a file as text, as `Repository.text` gives it."""
        return self.data(blob).decode("utf-8", "replace")


def read_folder(path: Path) -> Folder:
    """The folder as it is now. Links, hidden folders, other kinds of files and files above 5 MB are left out.

    Raises FileNotFoundError or NotADirectoryError if it is no folder.
    """
    root = os.path.realpath(path)
    with _LOCK:
        known = _KNOWN.pop(root, None) or _Known({}, None)
        reading = _Reading(known.files, {})
        entries = _read(reading, root, "", 0)
        folder = known.folder
        if folder is None or not _is_same(known.files, reading.found):
            folder = _folder(entries, reading.found)
        _KNOWN[root] = _Known(reading.found, folder)
        while len(_KNOWN) > _KEPT_FOLDERS:
            _KNOWN.popitem(last=False)
    return folder


class _File(Struct, frozen=True):
    mark: Mark
    is_settled: bool
    blob: BlobId
    data: bytes


class _Known(Struct, frozen=True):
    files: dict[str, _File]
    folder: Folder | None


class _Reading(Struct, frozen=True):
    before: dict[str, _File]
    found: dict[str, _File]


_KNOWN: OrderedDict[str, _Known] = OrderedDict()
_LOCK = threading.Lock()
