"""Names of refs and of projects: our own grammar, narrower than git's.

In: a name somebody typed. Out: whether it is one, and the full ref it stands for.
Invariant: git never sees a short name, and no name can be read as an option or as a path upwards.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

LONGEST_NAME = 200

_BRANCH = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_./-]*", re.ASCII)
_OBJECT = re.compile(r"[0-9a-fA-F]{40}|[0-9a-fA-F]{64}")
_PROJECT = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]{0,99}", re.ASCII)
_WORKSPACE = re.compile(r"[a-z0-9_-]{1,40}", re.ASCII)
_BRANCHES = "refs/heads/"
_TAGS = "refs/tags/"
_TRACKED = "refs/remotes/origin/"
_COPIES = "refs/lookalike/copies/"
_PARKED = "refs/lookalike/parked/"
_DEPLOYS = "refs/lookalike/deploys/"
_HIDDEN = re.compile(
    f"{_COPIES}[0-9]{{1,18}}(-[a-z0-9_-]{{1,40}})?"
    f"|{_PARKED}[0-9]{{1,18}}(-[a-z0-9_-]{{1,40}})?/[0-9]{{8}}T[0-9]{{12}}Z"
    f"|{_DEPLOYS}[0-9]{{1,18}}",
    re.ASCII,
)


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
    """The name is no longer free: another ref has it, is its folder, or lies inside it."""


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


def is_workspace_name(name: str) -> bool:
    """Whether a developer workspace may be called so: 1 to 40 of `a-z`, `0-9`, `_`, `-`."""
    return _WORKSPACE.fullmatch(name) is not None


def tag_ref(name: str) -> str:
    """The full ref of a tag, whose names follow the rule of branches. Raises ValueError."""
    if not is_branch_name(name):
        raise ValueError(f"{name!r} cannot name a tag")
    return _TAGS + name


def tag_of(ref: str) -> str | None:
    """The tag a full ref stands for; None where it is no tag, or one whose name we refuse."""
    name = ref.removeprefix(_TAGS)
    return name if name != ref and is_branch_name(name) else None


def tracking_ref(branch: str) -> str:
    """The full ref that remembers where the remote had this branch. Raises ValueError."""
    return _TRACKED + branch_ref(branch).removeprefix(_BRANCHES)


def tracked_branch(ref: str) -> str | None:
    """The branch of the remote that a full ref remembers; None where it remembers none."""
    name = ref.removeprefix(_TRACKED)
    return name if name != ref and is_branch_name(name) else None


def copy_ref(user: int, workspace: str = "") -> str:
    """The hidden ref that holds the tree of what a user has saved and not committed.

    Without a name it is that of the user's one `dev`. Raises ValueError if the name is none.
    """
    return _COPIES + _owner(user, workspace)


def copy_owner(ref: str) -> tuple[int, str] | None:
    """Whose hidden copy a full ref is: user and workspace; None where it is no copy."""
    user, _, workspace = ref.removeprefix(_COPIES).partition("-")
    if not ref.startswith(_COPIES) or not _HIDDEN.fullmatch(ref):
        return None
    return int(user), workspace


def parked_ref(user: int, workspace: str, at: datetime) -> str:
    """The hidden ref that keeps the work of a workspace that has expired or was deleted."""
    return f"{_PARKED}{_owner(user, workspace)}/{at.astimezone(UTC):%Y%m%dT%H%M%S%fZ}"


def deploy_ref(number: int) -> str:
    """The hidden ref that keeps the commit a deploy replaced, so that it can be undone."""
    return f"{_DEPLOYS}{int(number)}"


def is_movable(ref: str) -> bool:
    """Whether others may move this ref: branches and hidden refs, nothing else."""
    return branch_of(ref) is not None or _HIDDEN.fullmatch(ref) is not None


def is_ours(ref: str) -> bool:
    """Whether this room moves the ref: what is movable, tags, and the memory of the remote."""
    return is_movable(ref) or tag_of(ref) is not None or tracked_branch(ref) is not None


def _owner(user: int, workspace: str) -> str:
    if workspace and not is_workspace_name(workspace):
        raise ValueError(f"{workspace!r} cannot name a workspace")
    return f"{int(user)}-{workspace}" if workspace else str(int(user))


def _is_part(part: str) -> bool:
    return bool(part) and part[0] not in ".-" and not part.lower().endswith((".", ".lock"))
