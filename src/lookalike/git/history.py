"""History: which commits come before which.

In: a repository and commits. Out: a commit as a value, or a word on how two of them stand.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pygit2

from lookalike.git.objects import Commit, CommitId, MissingObject, Signature, TreeId
from lookalike.git.repository import Repository


def commit_at(repository: Repository, commit: CommitId) -> Commit:
    """One commit as a value. Raises MissingObject."""
    return _read_back(_found(repository, commit))


def is_ancestor(repository: Repository, ancestor: CommitId, descendant: CommitId) -> bool:
    """Whether `descendant` holds `ancestor`; a commit holds itself. Raises MissingObject."""
    _found(repository, ancestor)
    _found(repository, descendant)
    return ancestor == descendant or repository.handle.descendant_of(
        pygit2.Oid(hex=descendant), pygit2.Oid(hex=ancestor)
    )


def _found(repository: Repository, commit: CommitId) -> pygit2.Commit:
    found = repository.find(commit)
    if not isinstance(found, pygit2.Commit):
        raise MissingObject(f"there is no commit `{commit}`")
    return found


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
