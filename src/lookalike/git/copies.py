"""The hidden copies of a repository: what each developer workspace has.

In: a repository. Out: what every copy points at, by its owner.
"""

from __future__ import annotations

from collections.abc import Mapping

from lookalike.git.objects import CommitId
from lookalike.git.refs import copy_owner
from lookalike.git.repository import Repository


def copies(repository: Repository) -> Mapping[tuple[int, str], CommitId]:
    """What every hidden copy points at, by user and workspace, in the order of the refs."""
    owners = {ref: copy_owner(ref) for ref in sorted(repository.handle.listall_references())}
    found = {owner: repository.find_ref(ref) for ref, owner in owners.items() if owner}
    return {owner: CommitId(target) for owner, target in found.items() if target}
