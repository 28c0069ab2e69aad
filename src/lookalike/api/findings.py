"""Findings: what the compiler says about a project, as the API's ProjectError.

Every property is always there, because clients index them. Paths begin with the name of the
project, because clients drop the first segment.
"""

from __future__ import annotations

from lookalike.compiler.syntax import Diagnostic
from lookalike.instance import validation as validations
from lookalike.wire import validation

IMPORTED = "//"
"""How the path of a file of another project begins."""


def finding_out(project: str, found: Diagnostic) -> validation.ProjectError:
    return validation.ProjectError(
        code=found.code.value,
        severity=found.severity.value,
        kind=found.kind.value,
        message=found.message,
        field_name=found.field or None,
        file_path=file_path(project, found.place.path) if found.place.path else None,
        line_number=found.place.line or None,
        model_id=found.model or None,
        explore=found.explore or None,
        params={},
        sanitized_message=validations.sanitized(found.message),
    )


def file_path(project: str, path: str) -> str:
    """The path of a file with its project in front."""
    if path.startswith(IMPORTED):
        return path.removeprefix(IMPORTED)
    return f"{project}/{path}"
