"""What a reference somebody typed means: a branch, a tag, a branch of the remote, or a commit.

In: a repository and a text. Out: the one commit it means, or UnknownRef or AmbiguousRef.
Invariant: the text is looked up among what is there. It is never handed to a parser of git's.
"""

from __future__ import annotations

import re

import pygit2

from lookalike.git.objects import CommitId
from lookalike.git.refs import branch_ref, is_branch_name, tag_ref, tracking_ref
from lookalike.git.repository import Repository
from lookalike.git.tags import commit_behind

SHORTEST_ID = 5

_COMMIT = re.compile(rf"[0-9a-fA-F]{{{SHORTEST_ID},40}}", re.ASCII)
_REMOTE = "origin/"


class UnknownRef(Exception):
    """There is no branch, tag or commit like this."""

    def __init__(self, text: str) -> None:
        super().__init__(f"there is no branch, tag or commit `{_shown(text)}`")
        self.text = text


class AmbiguousRef(Exception):
    """Several commits begin with this id."""

    def __init__(self, text: str, n_commits: int) -> None:
        super().__init__(
            f"`{_shown(text)}` begins the ids of {n_commits} commits, write more of it"
        )
        self.text = text


def resolve(repository: Repository, text: str) -> CommitId:
    """The commit `text` means now.

    Tried in this order: a branch, a tag, `origin/<branch>`, a whole commit id or 5 and more digits
    of one. A name wins over an id, as it was chosen by somebody. Raises UnknownRef, AmbiguousRef.
    """
    named = _named(repository, text)
    if named is not None:
        return named
    if not _COMMIT.fullmatch(text):
        raise UnknownRef(text)
    found = _commits(repository, text.lower())
    if not found:
        raise UnknownRef(text)
    if len(found) > 1:
        raise AmbiguousRef(text, len(found))
    return found[0]


def _named(repository: Repository, text: str) -> CommitId | None:
    if not is_branch_name(text):
        return None
    refs = [branch_ref(text), tag_ref(text)]
    branch = text.removeprefix(_REMOTE)
    if branch != text and is_branch_name(branch):
        refs.append(tracking_ref(branch))
    for ref in refs:
        commit = commit_behind(repository, repository.find_ref(ref))
        if commit is not None:
            return commit
    return None


def _commits(repository: Repository, prefix: str) -> list[CommitId]:
    """Every commit whose id begins so. Files and trees that begin alike do not count."""
    try:
        found: object = repository.handle.get(prefix)
        ids = [str(found.id)] if isinstance(found, pygit2.Object) else []
    except (ValueError, pygit2.GitError):  # Several begin so, or the one is broken.
        ids = sorted(id_ for id_ in map(str, repository.handle.odb) if id_.startswith(prefix))
    return [CommitId(id_) for id_ in ids if isinstance(repository.find(id_), pygit2.Commit)]


def _shown(text: str) -> str:
    shown = ascii(text[:100])[1:-1]
    return shown if len(text) <= 100 else f"{shown}..."
