"""Provenance: headers that say which version of which project an answer was read from."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from lookalike.instance.workspaces import Version

Headers = list[tuple[bytes, bytes]]


def headers(versions: Sequence[Version]) -> Headers:
    """For one project its workspace, branch, commit and tree;
    for several, each as `project@commit`.
    """
    if not versions:
        return []
    first = versions[0]
    found = [(b"x-lookalike-workspace", _text(first.workspace))]
    if len(versions) > 1:
        listed = ",".join(f"{each.project.name}@{each.commit or each.tree}" for each in versions)
        return [*found, (b"x-lookalike-projects", _text(listed))]
    return [
        *found,
        (b"x-lookalike-project", _text(first.project.name)),
        (b"x-lookalike-branch", _text(first.branch)),
        (b"x-lookalike-commit", _text(first.commit)),
        (b"x-lookalike-tree", _text(first.tree)),
    ]


def distinct(versions: Sequence[Version]) -> tuple[Version, ...]:
    """Each project once, by name."""
    by_name = {version.project.name: version for version in versions}
    return tuple(by_name[name] for name in sorted(by_name))


def _text(value: str) -> bytes:
    """Branch names may hold any letter; a header may not."""
    return quote(value, safe="/@,-_.~+:").encode()
