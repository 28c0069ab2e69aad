"""Tags: names that stay where they were put.

In: a commit, a name, who tags it. Out: a ref that no call of ours ever moves again.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import pygit2
from pygit2.enums import ObjectType

from lookalike.git import moves
from lookalike.git.objects import CommitId, MissingObject, Signature
from lookalike.git.refs import Moved, RefTaken, tag_of, tag_ref
from lookalike.git.repository import Repository, signed


def create_tag(
    repository: Repository,
    name: str,
    commit: CommitId,
    message: str,
    tagger: Signature,
    when: datetime,
) -> None:
    """Tag a commit: with a message an annotated tag, without one a plain ref.

    Raises ValueError if the name is none, RefTaken if there is such a tag, MissingObject if there
    is no such commit.
    """
    ref = tag_ref(name)
    repository.tree_of(commit)
    target = _annotated(repository, name, commit, message, signed(tagger, when))
    try:
        moves.move(repository.handle, ref, None, target)
    except Moved as error:
        raise RefTaken(f"there is a tag `{name}` already") from error


def tags(repository: Repository) -> Mapping[str, CommitId]:
    """Every tag of a commit whose name is one of ours, in the order of names."""
    found: dict[str, CommitId] = {}
    for ref in sorted(repository.handle.listall_references()):
        name = tag_of(ref)
        commit = commit_behind(repository, repository.find_ref(ref)) if name else None
        if name and commit:
            found[name] = commit
    return found


def commit_behind(repository: Repository, id_: str | None) -> CommitId | None:
    """The commit an id leads to, through annotated tags; None where it leads elsewhere."""
    found = repository.find(id_) if id_ else None
    if not isinstance(found, pygit2.Object):
        return None
    try:
        return CommitId(str(found.peel(pygit2.Commit).id))
    except (ValueError, KeyError, pygit2.GitError):
        return None


def _annotated(
    repository: Repository, name: str, commit: CommitId, message: str, tagger: pygit2.Signature
) -> str:
    text = message.replace("\0", "").strip()
    if not text:
        return commit
    sign, minutes = "-" if tagger.offset < 0 else "+", abs(tagger.offset)
    zone = f"{sign}{minutes // 60:02}{minutes % 60:02}"
    lines = [
        f"object {commit}",
        "type commit",
        f"tag {name}",
        f"tagger {tagger.name} <{tagger.email}> {tagger.time} {zone}",
        "",
        text,
        "",
    ]
    data = "\n".join(lines).encode("utf-8", "replace")
    try:
        return str(repository.handle.write(ObjectType.TAG, data))
    except pygit2.GitError as error:
        raise MissingObject(f"the tag cannot be written: {error}") from error
