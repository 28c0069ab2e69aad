"""History: which commits come before which.

In: a repository and commits. Out: commits as values, or a word on how two of them stand.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pygit2
from pygit2.enums import SortMode

from lookalike.git.objects import Commit, CommitId, MissingObject, Signature, TreeId
from lookalike.git.repository import Repository


def log(repository: Repository, commit: CommitId, limit: int) -> tuple[Commit, ...]:
    """The commit and those before it, newest first, at most `limit`. Raises MissingObject."""
    _check(repository, commit)
    walk = repository.handle.walk(pygit2.Oid(hex=commit), SortMode.TOPOLOGICAL | SortMode.TIME)
    return tuple(_read_back(found) for found, _ in zip(walk, range(limit), strict=False))


def is_ancestor(repository: Repository, ancestor: CommitId, descendant: CommitId) -> bool:
    """Whether `descendant` holds `ancestor`; a commit holds itself. Raises MissingObject."""
    _check(repository, ancestor)
    _check(repository, descendant)
    return ancestor == descendant or repository.handle.descendant_of(
        pygit2.Oid(hex=descendant), pygit2.Oid(hex=ancestor)
    )


def _check(repository: Repository, commit: CommitId) -> None:
    if not isinstance(repository.find(commit), pygit2.Commit):
        raise MissingObject(f"there is no commit `{commit}`")


def _read_back(commit: pygit2.Commit) -> Commit:
    author = commit.author
    zone = timezone(timedelta(minutes=author.offset)) if abs(author.offset) < 1_440 else UTC
    return Commit(
        id=CommitId(str(commit.id)),
        tree=TreeId(str(commit.tree_id)),
        parents=tuple(CommitId(str(parent)) for parent in commit.parent_ids),
        message=commit.raw_message.decode("utf-8", "replace"),
        author=Signature(author.name, author.email),
        at=datetime.fromtimestamp(author.time, zone),
    )
