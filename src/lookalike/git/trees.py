"""Trees as values: every edit makes a new tree and leaves the old one as it is.

In: a tree, a path, a blob. Out: another tree. What lies beside the path is kept, whatever it is.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from lookalike.git.objects import (
    EMPTY_TREE,
    BadPath,
    BlobId,
    Entry,
    Mode,
    TreeId,
    is_file,
    nested_tree,
)
from lookalike.git.paths import is_safe_path
from lookalike.git.repository import Repository


class Change(Struct, frozen=True):
    """A file that differs between two trees; None where it is absent."""

    path: str
    before: BlobId | None
    after: BlobId | None


def with_file(repository: Repository, tree: TreeId, path: str, blob: BlobId) -> TreeId:
    """The tree with this file at `path`, its folders made where they lack."""
    return _put(repository, tree, _parts(path), blob)


def without_file(repository: Repository, tree: TreeId, path: str) -> TreeId:
    """The tree without the file at `path` and the folders it leaves empty.

    Raises BadPath if there is none.
    """
    return _remove(repository, tree, _parts(path), path)


def subtree(repository: Repository, tree: TreeId, path: str) -> TreeId:
    """The folder at `path` as a tree of its own: the tree itself for an empty path, the empty tree
    where there is no such folder.
    """
    for name in path.split("/") if path else ():
        found = [
            entry
            for entry in repository.entries(tree)
            if entry.name == name.encode() and entry.mode == Mode.FOLDER
        ]
        if not found:
            return EMPTY_TREE
        tree = TreeId(found[0].id)
    return tree


def write_tree(repository: Repository, files: Mapping[str, BlobId]) -> TreeId:
    """The tree of exactly these files."""
    for path in files:
        _parts(path)
    plain = {path: (int(Mode.FILE), blob) for path, blob in files.items()}
    return nested_tree(plain, repository.put_tree)


def changes(repository: Repository, before: TreeId, after: TreeId) -> tuple[Change, ...]:
    """The files that differ, in the order of their paths."""
    old, new = repository.files(before), repository.files(after)
    paths = {path for path, _ in old.items() ^ new.items()}
    return tuple(Change(path, old.get(path), new.get(path)) for path in sorted(paths))


def _parts(path: str) -> tuple[bytes, ...]:
    if not is_safe_path(path):
        raise BadPath(f"{path[:100]!r} is not a path inside a project")
    return tuple(part.encode() for part in path.split("/"))


def _put(repository: Repository, tree: TreeId, parts: tuple[bytes, ...], blob: BlobId) -> TreeId:
    name, *rest = parts
    entries = {entry.name: entry for entry in repository.entries(tree)}
    there = entries.get(name)
    if rest:
        if there is not None and there.mode != Mode.FOLDER:
            raise BadPath(f"`{name.decode()}` is a file, no file can be inside")
        below = EMPTY_TREE if there is None else TreeId(there.id)
        folder = _put(repository, below, tuple(rest), blob)
        entries[name] = Entry(Mode.FOLDER, name, folder)
    else:
        if there is not None and not is_file(there.mode):
            raise BadPath(f"`{name.decode()}` is a folder or a link, not a file")
        entries[name] = Entry(Mode.FILE if there is None else there.mode, name, blob)
    return repository.put_tree(tuple(entries.values()))


def _remove(repository: Repository, tree: TreeId, parts: tuple[bytes, ...], path: str) -> TreeId:
    name, *rest = parts
    entries = {entry.name: entry for entry in repository.entries(tree)}
    there = entries.pop(name, None)
    is_found = there is not None and (there.mode == Mode.FOLDER if rest else is_file(there.mode))
    if there is None or not is_found:
        raise BadPath(f"there is no file `{path}`")
    if rest:
        below = _remove(repository, TreeId(there.id), tuple(rest), path)
        if below != EMPTY_TREE:
            entries[name] = Entry(Mode.FOLDER, name, below)
    return repository.put_tree(tuple(entries.values()))
