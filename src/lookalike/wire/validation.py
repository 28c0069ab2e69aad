"""Validation: what is wrong with a project, and its data tests."""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import Meta, Struct

from lookalike.wire.operation import Masked, Nothing, Operation


class ProjectError(Struct, frozen=True, kw_only=True):
    """A finding. Every property is always there. `file_path` begins with the project."""

    code: str | None = None
    severity: str | None = None
    kind: str | None = None
    message: str | None = None
    field_name: str | None = None
    file_path: str | None = None
    line_number: int | None = None
    model_id: str | None = None
    explore: str | None = None
    help_url: str | None = None
    params: dict[str, Any] | None = None
    sanitized_message: str | None = None


class ModelsNotValidated(Struct, frozen=True, kw_only=True):
    """A model that could not be looked at."""

    name: str | None = None
    project_file_id: str | None = None


class ProjectValidation(Struct, frozen=True, kw_only=True):
    """All findings in a project. The time is in seconds."""

    errors: list[ProjectError] | None = None
    project_digest: str | None = None
    models_not_validated: list[ModelsNotValidated] | None = None
    computation_time: float | None = None


class ProjectValidationCache(ProjectValidation, frozen=True, kw_only=True):
    """The findings of the last validation; `stale` if the files have changed since."""

    stale: bool | None = None


class LookmlTest(Struct, frozen=True, kw_only=True):
    """A data test. `file` begins with the project; `explore` says the same as `explore_name`."""

    can: dict[str, bool] | None = None
    model_name: str | None = None
    name: str | None = None
    explore_name: str | None = None
    explore: str | None = None
    query_url_params: str | None = None
    file: str | None = None
    line: int | None = None


class LookmlTestResult(Struct, frozen=True, kw_only=True):
    """How a data test came out."""

    can: dict[str, bool] | None = None
    model_name: str | None = None
    test_name: str | None = None
    assertions_count: int | None = None
    assertions_failed: int | None = None
    errors: list[ProjectError] | None = None
    warnings: list[ProjectError] | None = None
    success: bool | None = None


class ValidationParams(Masked, frozen=True, kw_only=True):
    project_id: Annotated[str, Meta(description="Id of the project.")]


class TestsParams(Struct, frozen=True, kw_only=True):
    project_id: Annotated[str, Meta(description="Id of the project.")]
    file_id: Annotated[str | None, Meta(description="Only the tests in this file.")] = None


class RunTestsParams(TestsParams, frozen=True, kw_only=True):
    test: Annotated[str | None, Meta(description="Only the test of this name.")] = None
    model: Annotated[str | None, Meta(description="Only the tests of this model.")] = None


validate_project = Operation(
    name="validate_project",
    method="POST",
    path="/projects/{project_id}/validate",
    tag="Project",
    summary="Validate a project",
    description="Looks at every file of the project as the session's workspace has it.",
    params=ValidationParams,
    body=Nothing,
    answer=ProjectValidation,
    needs="see_lookml",
)

project_validation_results = Operation(
    name="project_validation_results",
    method="GET",
    path="/projects/{project_id}/validate",
    tag="Project",
    summary="Get the last validation of a project",
    description=(
        "Answers what `validate_project` found last in the session's workspace, and whether files"
        " have changed since; nothing if there was none."
    ),
    params=ValidationParams,
    body=Nothing,
    answer=ProjectValidationCache,
    is_optional=True,
    needs="see_lookml",
)

all_lookml_tests = Operation(
    name="all_lookml_tests",
    method="GET",
    path="/projects/{project_id}/lookml_tests",
    tag="Project",
    summary="List the data tests of a project",
    params=TestsParams,
    body=Nothing,
    answer=list[LookmlTest],
    needs="see_lookml",
)

run_lookml_test = Operation(
    name="run_lookml_test",
    method="GET",
    path="/projects/{project_id}/lookml_tests/run",
    tag="Project",
    summary="Run data tests",
    description="Runs the data tests of the project, or those that are named, and waits for them.",
    params=RunTestsParams,
    body=Nothing,
    answer=list[LookmlTestResult],
    needs="access_data",
)

OPERATIONS = (
    validate_project,
    project_validation_results,
    all_lookml_tests,
    run_lookml_test,
)
