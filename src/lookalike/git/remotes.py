"""Remotes: what lies there, what comes from there, what goes there.

In: a repository and a Remote. Out: values, or RemoteFailed with what git said.
Invariant: git only carries objects. Every ref of ours is moved by us, each in one compare-and-set,
and a branch of the remote moves only from where the caller believes it to be.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress

from msgspec import Struct

from lookalike.git import moves
from lookalike.git.history import is_ancestor
from lookalike.git.objects import CommitId, MissingObject
from lookalike.git.refs import (
    Moved,
    RefTaken,
    branch_of,
    branch_ref,
    tag_of,
    tag_ref,
    tracking_ref,
)
from lookalike.git.repository import Repository
from lookalike.git.transport import Reason, Remote, RemoteFailed, speak

MOST_REFS = 20_000

_LINE = re.compile(r"([0-9a-f]{40})\t([\x21-\x7e]+)")
_HEAD = re.compile(r"ref: ([\x21-\x7e]+)\tHEAD")


class NotFastForward(Exception):
    """The branch of the remote holds commits that the new one lacks, and nobody said force."""


class RemoteRefs(Struct, frozen=True):
    """What a remote has: ids by name. Names that are none of ours are left out.

    A tag leads to a commit or to the annotation of one.
    """

    branches: Mapping[str, CommitId]
    tags: Mapping[str, str]
    default_branch: str | None


class Fetched(Struct, frozen=True, kw_only=True):
    """What a fetch changed here.

    `branches`: where each branch of the remote is now. `moved`, `removed`: those that changed.
    `tags`: new ones. `differing_tags`: those that lead elsewhere here; they stay as they are.
    """

    branches: Mapping[str, CommitId]
    moved: tuple[str, ...]
    removed: tuple[str, ...]
    tags: tuple[str, ...]
    differing_tags: tuple[str, ...]
    default_branch: str | None


def list_remote(remote: Remote, repository: Repository | None = None) -> RemoteRefs:
    """The branches and tags of a remote. Raises BadRemote, RemoteFailed.

    A repository remembers the keys of the hosts it met.
    """
    arguments = ["ls-remote", "--quiet", "--symref", "--end-of-options", remote.url]
    said = speak(remote, [*arguments, "HEAD", "refs/heads/*", "refs/tags/*"], repository)
    branches: dict[str, CommitId] = {}
    tags: dict[str, str] = {}
    default = None
    for line in said.decode("ascii", "replace").splitlines():
        if found := _HEAD.fullmatch(line):
            default = branch_of(found[1])
        elif found := _LINE.fullmatch(line):
            if branch := branch_of(found[2]):
                branches[branch] = CommitId(found[1])
            elif tag := tag_of(found[2]):
                tags[tag] = found[1]
    if len(branches) + len(tags) > MOST_REFS:
        raise RemoteFailed(Reason.TOO_LARGE, f"the remote has more than {MOST_REFS} refs")
    return RemoteRefs(branches, tags, default)


def fetch(repository: Repository, remote: Remote) -> Fetched:
    """Bring what is new. Branches are remembered as `origin/<branch>`, those gone are forgotten.

    Local branches do not move, and a tag that exists never does. Raises BadRemote, RemoteFailed.
    """
    before = repository.remote_branches()
    there = list_remote(remote, repository)
    try:
        _carry(repository, remote, there)
    except RemoteFailed as error:
        if error.reason is not Reason.FAILED:
            raise
        # A branch may have been removed or rewritten since it was listed.
        there = list_remote(remote, repository)
        _carry(repository, remote, there)
    return _remember(repository, before, there)


def push(
    repository: Repository,
    remote: Remote,
    branch: str,
    expected_remote: CommitId | None,
    new: CommitId | None,
    force: bool,
) -> None:
    """Move a branch of the remote from `expected_remote` to `new`; None where it is absent.

    Raises Moved if the remote has it elsewhere, also with `force`, which only allows to leave
    commits behind; a remote that is at `new` already is fine. Raises NotFastForward, BadRemote,
    MissingObject, RemoteFailed. After a RemoteFailed the remote may have moved all the same: fetch
    to know.
    """
    ref = branch_ref(branch)
    if new is not None:
        repository.tree_of(new)
        if expected_remote is not None and not force:
            _check_forward(repository, branch, expected_remote, new)
    try:
        _send(repository, remote, ref, expected_remote, new)
    except _StaleInfo:
        found = list_remote(remote, repository).branches.get(branch)
        raise Moved(ref, expected_remote, found) from None
    _set(repository, tracking_ref(branch), repository.find_ref(tracking_ref(branch)), new)


def push_tag(repository: Repository, remote: Remote, name: str) -> None:
    """Make a tag of ours known to the remote.

    Raises MissingObject if there is none, RefTaken if the remote has another one of this name.
    """
    ref = tag_ref(name)
    target = repository.find_ref(ref)
    if target is None:
        raise MissingObject(f"there is no tag `{name}`")
    if list_remote(remote, repository).tags.get(name) == target:
        return
    try:
        _send(repository, remote, ref, None, target)
    except _StaleInfo:
        raise RefTaken(f"the remote has another tag `{name}`") from None


class _StaleInfo(Exception):
    """The ref of the remote is not where the lease says."""


def _carry(repository: Repository, remote: Remote, there: RemoteRefs) -> None:
    """Bring the objects that are missing. Git writes no ref, not even FETCH_HEAD."""
    ids = {branch_ref(name): str(id_) for name, id_ in there.branches.items()}
    ids |= {tag_ref(name): id_ for name, id_ in there.tags.items()}
    missing = [ref for ref, id_ in ids.items() if not _has(repository, ref, id_)]
    if not missing:
        return
    arguments = ["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-auto-maintenance"]
    arguments += ["--no-recurse-submodules", "--stdin", "--end-of-options", remote.url]
    speak(remote, arguments, repository, "\n".join([*missing, ""]).encode())
    for ref in missing:
        if repository.find(ids[ref]) is None:
            raise RemoteFailed(Reason.FAILED, f"`{ref}` moved while it was fetched, try again")


def _has(repository: Repository, ref: str, id_: str) -> bool:
    """An object may be here without all it leads to; what a ref of ours leads to is whole."""
    branch, tag = branch_of(ref), tag_of(ref)
    local = [ref, tracking_ref(branch)] if branch else [ref]
    is_tag_of_ours = tag is not None and repository.find_ref(ref) is not None
    return is_tag_of_ours or any(repository.find_ref(name) == id_ for name in local)


def _remember(repository: Repository, before: Mapping[str, CommitId], there: RemoteRefs) -> Fetched:
    removed = tuple(name for name in before if name not in there.branches)
    for name in removed:  # First, as a new branch may need the name as a folder.
        _set(repository, tracking_ref(name), before[name], None)
    moved = tuple(name for name, id_ in there.branches.items() if before.get(name) != id_)
    for name in moved:
        _set(repository, tracking_ref(name), before.get(name), there.branches[name])
    ours = {name: repository.find_ref(tag_ref(name)) for name in there.tags}
    tags = tuple(name for name, id_ in ours.items() if id_ is None)
    for name in tags:
        _set(repository, tag_ref(name), None, there.tags[name])
    differing = tuple(name for name, id_ in ours.items() if id_ and id_ != there.tags[name])
    return Fetched(
        branches=there.branches,
        moved=moved,
        removed=removed,
        tags=tags,
        differing_tags=differing,
        default_branch=there.default_branch,
    )


def _set(repository: Repository, ref: str, expected: str | None, new: str | None) -> None:
    """Who fetched or pushed in between knows it better."""
    with suppress(Moved, RefTaken):
        moves.move(repository.handle, ref, expected, new)


def _check_forward(repository: Repository, branch: str, expected: CommitId, new: CommitId) -> None:
    try:
        if is_ancestor(repository, expected, new):
            return
    except MissingObject:
        pass  # It was made elsewhere, so the new commit cannot hold it.
    raise NotFastForward(
        f"`{branch}` of the remote holds commits that are not here: pull them first"
    )


def _send(
    repository: Repository, remote: Remote, ref: str, expected: str | None, new: str | None
) -> None:
    arguments = ["push", "--porcelain", "--no-verify", "--no-recurse-submodules", "--no-signed"]
    arguments += ["--no-follow-tags", f"--force-with-lease={ref}:{expected or ''}"]
    arguments += ["--end-of-options", remote.url, f"{new or ''}:{ref}"]
    try:
        speak(remote, arguments, repository)
    except RemoteFailed as error:
        refusal = re.search(r"^!\t\S+\t(.*)$", error.output, re.MULTILINE)
        if refusal is None:
            raise
        if "(stale info)" in refusal[1]:
            raise _StaleInfo from error
        words = "\n".join(part for part in (refusal[1][:500], error.words) if part)
        raise RemoteFailed(Reason.REJECTED, words) from error
