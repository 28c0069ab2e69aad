"""The objects of git as values: ids as hexadecimal text, equal when the content is equal.

In: bytes and entries. Out: the ids git itself would give, with no repository needed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from enum import IntEnum
from typing import NewType

from msgspec import Struct

BlobId = NewType("BlobId", str)
TreeId = NewType("TreeId", str)
CommitId = NewType("CommitId", str)

EMPTY_TREE = TreeId("4b825dc642cb6eb9a060e54bf8d69288fbee4904")
"""The tree without files. Git knows it even where nobody has written it."""


class MissingObject(LookupError):
    """The repository holds no such object, or one of another kind."""


class BadPath(ValueError):
    """No file can be at this path of the tree, or none is."""


class Mode(IntEnum):
    """What an entry of a tree is. Old repositories know further modes of plain files."""

    FOLDER = 0o040000
    FILE = 0o100644
    PROGRAM = 0o100755
    LINK = 0o120000
    SUBMODULE = 0o160000


class Entry(Struct, frozen=True):
    """One line of a tree. The name is bytes: git allows any, and an edit must keep them all."""

    mode: int
    name: bytes
    id: str


class Signature(Struct, frozen=True):
    """Who made a commit."""

    name: str
    email: str


class Commit(Struct, frozen=True, kw_only=True):
    """One commit, as it is read back."""

    id: CommitId
    tree: TreeId
    parents: tuple[CommitId, ...]
    message: str
    author: Signature
    at: datetime


def blob_id(data: bytes) -> BlobId:
    """The id git gives to a file with this content."""
    return BlobId(object_id(whole_object("blob", data)))


def tree_id(data: bytes) -> TreeId:
    """The id git gives to a tree written as `tree_data` writes it."""
    return TreeId(object_id(whole_object("tree", data)))


def whole_object(kind: str, data: bytes) -> bytes:
    """An object as git keeps it: what it is, how long it is, its content."""
    return b"%b %d\0%b" % (kind.encode(), len(data), data)


def object_id(whole: bytes) -> str:
    """The id git gives to a whole object."""
    # Git's own choice of hash: here it names content, it protects nothing.
    return hashlib.sha1(whole, usedforsecurity=False).hexdigest()


def is_file(mode: int) -> bool:
    """Whether an entry is a plain file: neither folder nor link nor submodule."""
    return mode & 0o170000 == 0o100000


def tree_data(entries: Iterable[Entry]) -> bytes:
    """A tree as git writes it: sorted as if the name of a folder ended in a slash."""
    return b"".join(
        b"%o %b\0%b" % (entry.mode, entry.name, bytes.fromhex(entry.id))
        for entry in sorted(entries, key=_sort_key)
    )


def tree_entries(data: bytes) -> tuple[Entry, ...]:
    """The entries of a tree read from a repository, in git's order."""
    return tuple(Entry(int(mode, 8), name, id_.hex()) for mode, name, id_ in _ENTRY.findall(data))


def commit_data(tree: TreeId, parents: Sequence[CommitId], by: bytes, message: str) -> bytes:
    """A commit as git writes it; `by` is who made it and when. A message ends before a NUL."""
    above = "".join(f"parent {parent}\n" for parent in parents)
    head = f"tree {tree}\n{above}".encode()
    return b"%bauthor %b\ncommitter %b\n\n%b" % (head, by, by, message.partition("\0")[0].encode())


def nested_tree(
    files: Mapping[str, tuple[int, BlobId]], put: Callable[[Sequence[Entry]], TreeId]
) -> TreeId:
    """The tree of these files, mode and blob by path. `put` keeps each level, deepest first."""
    entries: dict[str, Entry] = {}
    inside: dict[str, dict[str, tuple[int, BlobId]]] = {}
    for path, (mode, blob) in files.items():
        name, slash, rest = path.partition("/")
        if slash:
            inside.setdefault(name, {})[rest] = (mode, blob)
        else:
            entries[name] = Entry(mode, name.encode(), blob)
    for name, below in inside.items():
        if name in entries:
            raise BadPath(f"`{name}` is a file, no other can be inside")
        entries[name] = Entry(Mode.FOLDER, name.encode(), nested_tree(below, put))
    return put(tuple(entries.values()))


_ENTRY = re.compile(rb"([0-7]{5,6}) ([^\0/]+)\0(.{20})", re.DOTALL)


def _sort_key(entry: Entry) -> bytes:
    return entry.name + b"/" if entry.mode == Mode.FOLDER else entry.name
