"""Names of refs and of projects: our own grammar, narrower than git's.

In: a name somebody typed. Out: whether it is one, and the full ref it stands for.
Invariant: git never sees a short name, and no name can be read as an option or as a path upwards.
"""

from __future__ import annotations

import re

LONGEST_NAME = 200

_BRANCH = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_./-]*", re.ASCII)
_OBJECT = re.compile(r"[0-9a-fA-F]{40}|[0-9a-fA-F]{64}")
_PROJECT = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]{0,99}", re.ASCII)
_BRANCHES = "refs/heads/"
_COPIES = "refs/lookalike/copies/"


class Moved(Exception):
    """The ref was not where it was expected: somebody else moved it first."""

    def __init__(self, ref: str, expected: str | None, found: str | None) -> None:
        super().__init__(
            f"`{ref}` was expected at {expected or 'nothing'}, found {found or 'nothing'}"
        )
        self.ref = ref
        self.expected = expected
        self.found = found


class RefLocked(Exception):
    """Another program holds the lock of the ref and does not let go."""


class RefTaken(Exception):
    """The name cannot be a ref, because another ref is its folder or lies inside it."""


def is_branch_name(name: str) -> bool:
    """Whether a branch may be called so.

    Letters, digits and `._-/`; no part begins with `.` or `-` or ends in `.` or `.lock`; no `..`
    or `//`; neither `HEAD`, nor an object's id, nor something that looks like a full ref.
    """
    if len(name) > LONGEST_NAME or not _BRANCH.fullmatch(name) or ".." in name:
        return False
    if name == "HEAD" or name.startswith("refs/") or _OBJECT.fullmatch(name):
        return False
    return all(_is_part(part) for part in name.split("/"))


def is_project_name(name: str) -> bool:
    """Whether a project may be called so: up to 100 letters, digits, `_`, `-`; no `-` in front."""
    return _PROJECT.fullmatch(name) is not None


def branch_ref(name: str) -> str:
    """The full ref of a branch. Raises ValueError if the name is none."""
    if not is_branch_name(name):
        raise ValueError(f"{name!r} cannot name a branch")
    return _BRANCHES + name


def branch_of(ref: str) -> str | None:
    """The branch a full ref stands for; None where it is no branch, or one whose name we refuse."""
    name = ref.removeprefix(_BRANCHES)
    return name if name != ref and is_branch_name(name) else None


def copy_ref(user: int) -> str:
    """The hidden ref that holds the tree of what a user has saved and not committed."""
    return f"{_COPIES}{int(user)}"


def is_movable(ref: str) -> bool:
    """Whether we move this ref at all: branches and hidden copies, nothing else."""
    return branch_of(ref) is not None or re.fullmatch(_COPIES + "[0-9]{1,18}", ref) is not None


def _is_part(part: str) -> bool:
    return bool(part) and part[0] not in ".-" and not part.lower().endswith((".", ".lock"))
