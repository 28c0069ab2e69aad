"""Paths inside a tree: which of them we read and write.

In: a path somebody typed, or found in a tree. Out: whether it stays inside, on every file system
it may ever reach.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST_PATH = 1_024
LONGEST_NAME = 255

_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\\/\ud800-\udfff\ufffd]")
# Characters that some file systems drop from names, so that a name with them may mean `.git`.
_IGNORED = re.compile("[\u200c-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
# Most names are such: nothing of them is forbidden, and none can mean `.git`.
_PLAIN = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,200}[A-Za-z0-9_])?")
_GIT = frozenset({".git", "git~1"})


def is_safe_path(path: str) -> bool:
    """Whether `path` names a file inside a tree: relative, not too long, nothing of git's own."""
    return len(path) <= LONGEST_PATH and all(map(is_safe_name, path.split("/")))


def is_safe_name(name: str) -> bool:
    """Whether `name` may be one part of a path."""
    if _PLAIN.fullmatch(name):
        return True
    if name in ("", ".", "..") or name[-1] in ". " or _FORBIDDEN.search(name):
        return False
    if name.isascii():
        return len(name) <= LONGEST_NAME and not _means_git(name)
    return len(name.encode()) <= LONGEST_NAME and not _means_git(_IGNORED.sub("", name))


def _means_git(name: str) -> bool:
    """Some file systems fold case and width, cut at a colon, or drop dots and spaces at the end."""
    if "g" not in name and "G" not in name and name.isascii():
        return False
    folded = unicodedata.normalize("NFKC", name).casefold().split(":")[0].rstrip(". ")
    return folded in _GIT
