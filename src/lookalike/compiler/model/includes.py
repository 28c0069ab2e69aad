"""Includes: which files a pattern names.

In: a pattern, the file it stands in, and the files of each project. Out: the paths that match,
sorted. Matching takes time in proportion to pattern times path, whatever the pattern. Rule: LookML
reference, "include".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from msgspec import Struct

from lookalike.compiler.model.findings import did_you_mean, quote
from lookalike.compiler.syntax import Code

_SHORT_ENDINGS = (".view", ".model", ".explore")
_OTHER_FILES = (".json", ".topojson", ".geojson", ".js", ".md")
_WILD = re.compile(r"[*?\[]")
_LONGEST_PATTERN = 1000


class Library(Struct, frozen=True, eq=False):
    """The LookML files of one project, with its dashboards. `paths` are sorted; `names` are what
    the project may call itself. `listing` is what it was made of."""

    names: frozenset[str]
    paths: Sequence[str]
    known: frozenset[str]
    listing: Sequence[str]


class Matched(Struct, frozen=True):
    """`paths` within `project`. With no path, `message` says why, unless the pattern names files
    that are not LookML."""

    project: str
    paths: tuple[str, ...] = ()
    code: Code = Code.INCLUDE_NOT_FOUND
    message: str = ""
    is_wild: bool = False


Matches: TypeAlias = Mapping[tuple[str, str, str], Matched]
"""What patterns name, by the project and the directory they are written in, and as written."""


class _Wild(Struct, frozen=True, eq=False):
    """One segment with wildcards: what it begins with, what follows in any distance, what it ends
    with."""

    first: re.Pattern[str]
    middle: tuple[re.Pattern[str], ...]
    last: re.Pattern[str] | None
    last_width: int


_Segment: TypeAlias = str | _Wild | None  # None is `**`


def match(written: str, directory: str, project: str, libraries: Mapping[str, Library]) -> Matched:
    """The files that `include: "written"` names in a file that lies in `directory` of `project`."""
    if written.startswith("//"):
        named, _, written = written[2:].partition("/")
        if named not in libraries[project].names:
            if named not in libraries:
                hint = did_you_mean(named, libraries)
                message = f"project {quote(named)} is not imported{hint or _IMPORT_IT}"
                return Matched(project, (), Code.UNKNOWN_PROJECT, message)
            project = named
        written = "/" + written
    pattern = _from_root(written, directory)
    if pattern is None or len(written) > _LONGEST_PATTERN:
        return Matched(project, (), message=f"include {quote(written)} leads out of the project")
    library = libraries[project]
    paths = _found(pattern, library, is_rooted=written.startswith("/"))
    if not paths and not pattern[-1].endswith((".lkml", ".lookml", *_OTHER_FILES)):
        # Any word may stand before the ending: `x.layer` is `x.layer.lkml`.
        for ending in (".lkml", ".lookml"):
            lengthened = [*pattern[:-1], pattern[-1] + ending]
            paths = paths or _found(lengthened, library, is_rooted=written.startswith("/"))
    is_wild = any(map(_WILD.search, pattern))
    if paths or pattern[-1].endswith(_OTHER_FILES) or (is_wild and _is_dashboard(pattern)):
        return Matched(project, paths, is_wild=is_wild)
    hint = "" if is_wild else did_you_mean("/".join(pattern), library.known)
    message = f"include {quote(written)} matches no file{hint or _CHECK_PATH}"
    return Matched(project, (), message=message, is_wild=is_wild)


def _is_dashboard(pattern: Sequence[str]) -> bool:
    """New models say `include: "*.dashboard"`, before there is a dashboard."""
    return pattern[-1].endswith((".lookml", "dashboard"))


_IMPORT_IT = "; declare it as a dependency in `manifest.lkml`"
_CHECK_PATH = "; paths are relative to this file unless they begin with `/`"


def _from_root(written: str, directory: str) -> list[str] | None:
    """The segments of a pattern from the project's root, with a cut extension put back; None if it
    leads out."""
    segments = [] if written.startswith("/") else [each for each in directory.split("/") if each]
    for segment in written.split("/"):
        if segment == ".." and not segments:
            return None
        if segment == "..":
            segments.pop()
        elif segment not in ("", "."):
            segments.append(segment)
    if not segments:
        return None
    if segments[-1].endswith(_SHORT_ENDINGS):
        segments[-1] += ".lkml"
    elif segments[-1].endswith(".dashboard"):
        segments[-1] += ".lookml"
    return segments


def _found(pattern: list[str], library: Library, is_rooted: bool) -> tuple[str, ...]:
    """The paths that match; from the root a pattern may begin with the project's own name."""
    paths = _paths(pattern, library)
    if not paths and is_rooted and pattern[0] in library.names:
        paths = _paths(pattern[1:], library)
    return paths


def _paths(pattern: list[str], library: Library) -> tuple[str, ...]:
    """The paths that match, sorted. Only paths that share the pattern's plain beginning are looked
    at."""
    plain = next((at for at, each in enumerate(pattern) if _WILD.search(each)), len(pattern))
    if plain == len(pattern):
        path = "/".join(pattern)
        return (path,) if path in library.known else ()
    beginning = "".join(f"{each}/" for each in pattern[:plain])
    segments = [_segment(each) for each in pattern[plain:]]
    found: list[str] = []
    for at in range(bisect_left(library.paths, beginning), len(library.paths)):
        path = library.paths[at]
        if not path.startswith(beginning):
            break
        if _matches(segments, path[len(beginning) :].split("/")):
            found.append(path)
    return tuple(found)


def _matches(segments: Sequence[_Segment], names: Sequence[str]) -> bool:
    """Whether the names of a path fit. Going back to the last `**` is enough: an earlier one can't
    do better."""
    at = name = 0
    retry, mark = -1, 0
    while name < len(names):
        segment = segments[at] if at < len(segments) else ""
        if segment is None:
            retry, mark = at, name
            at += 1
        elif _fits(segment, names[name]):
            at += 1
            name += 1
        elif retry >= 0:
            mark += 1
            at, name = retry + 1, mark
        else:
            return False
    return all(segment is None for segment in segments[at:])


def _fits(segment: str | _Wild, name: str) -> bool:
    if isinstance(segment, str):
        return segment == name
    begun = segment.first.match(name)
    if begun is None:
        return False
    if segment.last is None:
        return begun.end() == len(name)
    at, end = begun.end(), len(name) - segment.last_width
    for piece in segment.middle:
        found = piece.search(name, at)
        if found is None:
            return False
        at = found.end()
    return at <= end and segment.last.match(name, end) is not None


def _segment(text: str) -> _Segment:
    if text == "**":
        return None
    if not _WILD.search(text):
        return text
    pieces = [_piece(each) for each in _split_at_stars(text)]
    compiled = [re.compile(source, re.DOTALL) for source, _ in pieces]
    if len(pieces) == 1:
        return _Wild(compiled[0], (), None, 0)
    return _Wild(compiled[0], tuple(compiled[1:-1]), compiled[-1], pieces[-1][1])


def _split_at_stars(text: str) -> list[str]:
    """The pieces between stars; a star inside brackets is a character."""
    pieces = [""]
    at = 0
    while at < len(text):
        close = text.find("]", at + 2) if text[at] == "[" else -1
        if close > 0:
            pieces[-1] += text[at : close + 1]
            at = close
        elif text[at] == "*":
            pieces.append("")
        else:
            pieces[-1] += text[at]
        at += 1
    return pieces


def _piece(text: str) -> tuple[str, int]:
    """A piece without stars as a regular expression of fixed width, and that width."""
    source, width, at = "", 0, 0
    while at < len(text):
        close = text.find("]", at + 2) if text[at] == "[" else -1
        if close > 0:
            source += _bracket(text[at + 1 : close])
            at = close
        else:
            source += "." if text[at] == "?" else re.escape(text[at])
        width += 1
        at += 1
    return source, width


def _bracket(inside: str) -> str:
    """`[a-z]`, `[!0-9]` or `[^0-9]` as a regular expression."""
    negated = inside[0] in "!^" and len(inside) > 1
    body = inside[1:] if negated else inside
    members: list[str] = []
    at = 0
    while at < len(body):
        low = body[at]
        high = body[at + 2] if body[at + 1 : at + 2] == "-" and at + 2 < len(body) else ""
        if high and low <= high:
            members.append(f"{re.escape(low)}-{re.escape(high)}")
        elif not high:
            members.append(re.escape(low))
        at += 3 if high else 1
    if not members:
        return "." if negated else "(?!)"
    return f"[{'^' if negated else ''}{''.join(members)}]"
