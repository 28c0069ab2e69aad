"""Two lines of work become one: three-way merges of trees, decided file by file and line by line.

In: three trees. Out: the merged one, or what both sides changed in different ways.
Invariant: equal trees merge to equal results, and no ref moves.
"""

from __future__ import annotations

import pygit2
from msgspec import Struct
from pygit2.enums import MergeFlag

from lookalike.git.objects import EMPTY_TREE, BadPath, BlobId, CommitId, TreeId, is_file
from lookalike.git.repository import Repository

LARGEST_MERGE = 1_000_000
"""Bytes of a file up to which its lines are compared: some are made to take seconds a megabyte."""


class FileConflict(Struct, frozen=True, kw_only=True):
    """A file that both sides changed. The blobs are None where a side has no such file.

    `text` is the file with git's markers around what differs; empty where no text can show it,
    because a side deleted the file, or it is no text, or too long to be compared.
    """

    path: str
    base: BlobId | None
    ours: BlobId | None
    theirs: BlobId | None
    text: str


class Merged(Struct, frozen=True):
    """A merge. There is a tree exactly when there are no conflicts."""

    tree: TreeId | None
    conflicts: tuple[FileConflict, ...]


def merge_base(repository: Repository, a: CommitId, b: CommitId) -> CommitId | None:
    """The best commit both hold; None where they share no history."""
    repository.tree_of(a)
    repository.tree_of(b)
    found = repository.handle.merge_base(pygit2.Oid(hex=a), pygit2.Oid(hex=b))
    return CommitId(str(found)) if found else None


def ahead_behind(repository: Repository, local: CommitId, upstream: CommitId) -> tuple[int, int]:
    """How many commits only `local` holds, and how many only `upstream`."""
    repository.tree_of(local)
    repository.tree_of(upstream)
    return repository.handle.ahead_behind(pygit2.Oid(hex=local), pygit2.Oid(hex=upstream))


def merge(repository: Repository, base: TreeId, ours: TreeId, theirs: TreeId) -> Merged:
    """What `theirs` changed since `base`, applied to `ours`. A renamed file keeps its edits.

    For histories that share nothing, `base` is EMPTY_TREE. Raises BadPath where a side holds paths
    that git itself refuses, TooLarge for a tree nobody wrote by hand.
    """
    if ours == theirs or base == theirs:
        return Merged(ours, ())
    if base == ours:
        return Merged(theirs, ())
    too_large = _too_large(repository, base, ours, theirs)
    if too_large:
        return Merged(None, too_large)
    if EMPTY_TREE in (base, ours, theirs):
        repository.put_tree(())
    try:
        index = repository.handle.merge_trees(base, ours, theirs, flags=MergeFlag.FIND_RENAMES)
        if index.conflicts is None:
            return Merged(TreeId(str(index.write_tree(repository.handle))), ())
    except pygit2.GitError as error:
        raise BadPath(f"git cannot merge these trees: {error}") from error
    conflicts = [_conflict(repository, *sides) for sides in index.conflicts]
    return Merged(None, tuple(sorted(conflicts, key=_order)))


def _too_large(
    repository: Repository, base: TreeId, ours: TreeId, theirs: TreeId
) -> tuple[FileConflict, ...]:
    """The files both sides changed that nobody compares by lines. Bounds what is walked, too."""
    before, here, there = (repository.files(tree) for tree in (base, ours, theirs))
    here_changed = {path for path, _ in before.items() ^ here.items()}
    there_changed = {path for path, _ in before.items() ^ there.items()}
    found: list[FileConflict] = []
    for path in sorted(here_changed & there_changed):
        sides = (before.get(path), here.get(path), there.get(path))
        is_equal = sides[1] == sides[2]
        if not is_equal and any(side and repository.size(side) > LARGEST_MERGE for side in sides):
            found.append(
                FileConflict(path=path, base=sides[0], ours=sides[1], theirs=sides[2], text="")
            )
    return tuple(found)


def _conflict(
    repository: Repository,
    base: pygit2.IndexEntry | None,
    ours: pygit2.IndexEntry | None,
    theirs: pygit2.IndexEntry | None,
) -> FileConflict:
    path = next(str(side.path) for side in (ours, theirs, base) if side is not None)
    return FileConflict(
        path=path,
        base=_blob(base),
        ours=_blob(ours),
        theirs=_blob(theirs),
        text=_marked(repository, base, ours, theirs),
    )


def _blob(side: pygit2.IndexEntry | None) -> BlobId | None:
    return BlobId(str(side.id)) if side is not None else None


def _marked(
    repository: Repository,
    base: pygit2.IndexEntry | None,
    ours: pygit2.IndexEntry | None,
    theirs: pygit2.IndexEntry | None,
) -> str:
    if ours is None or theirs is None:
        return ""
    sides = [side for side in (base, ours, theirs) if side is not None]
    if not all(is_file(int(side.mode)) for side in sides):
        return ""
    blobs = [BlobId(str(side.id)) for side in sides]
    if any(
        repository.size(blob) > LARGEST_MERGE or b"\0" in repository.data(blob) for blob in blobs
    ):
        return ""
    merged = repository.handle.merge_file_from_index(base, ours, theirs)
    return merged if isinstance(merged, str) else merged.contents


def _order(conflict: FileConflict) -> tuple[str, str, str, str]:
    return (conflict.path, conflict.base or "", conflict.ours or "", conflict.theirs or "")
