"""Assemble: the files of one project become a Project.

In: parsed files with their paths. Out: models with their explores, and every diagnostic that assembly alone can know.
A broken file, field or explore never takes the others with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from lookalike.compiler.model.project import Project
from lookalike.compiler.syntax import Budget, Diagnostic, Parsed


class SourceFile(Struct, frozen=True):
    """One LookML file of a project; `path` is relative to the project's root, with slashes."""

    path: str
    parsed: Parsed


class Assembled(Struct, frozen=True):
    project: Project
    diagnostics: tuple[Diagnostic, ...]


def assemble(
    name: str,
    files: Sequence[SourceFile],
    imports: Mapping[str, Sequence[SourceFile]],
    overrides: Mapping[str, str],
    budget: Budget,
) -> Assembled:
    """Put the files of project `name` together. `imports` maps the name of each imported project to its files;
    `overrides` maps constants to the values an importer gives them."""
    raise NotImplementedError
