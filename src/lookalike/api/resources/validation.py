"""Validation: what is wrong with a project, and its data tests."""

from __future__ import annotations

from typing import Any

from lookalike.api.call import Answered, Call
from lookalike.api.findings import finding_out
from lookalike.api.handlers import Lane, serves
from lookalike.instance import data_tests
from lookalike.instance import validation as validations
from lookalike.wire import validation
from lookalike.wire.operation import Nothing


@serves(validation.validate_project)
def validate_project(
    call: Call, params: validation.ValidationParams, body: Nothing
) -> Answered[validation.ProjectValidation]:
    found = validations.validate(call.instance, call.caller, params.project_id)
    return Answered(validation.ProjectValidation(**_properties(found)), (found.version,))


@serves(validation.project_validation_results)
def get_validation(
    call: Call, params: validation.ValidationParams, body: Nothing
) -> Answered[validation.ProjectValidationCache] | Answered[Nothing]:
    kept = validations.cached(call.instance, call.caller, params.project_id)
    if kept.validation is None:
        return Answered(Nothing(), (kept.version,))
    found = validation.ProjectValidationCache(**_properties(kept.validation), stale=kept.is_stale)
    return Answered(found, (kept.validation.version,))


@serves(validation.all_lookml_tests)
def all_lookml_tests(
    call: Call, params: validation.TestsParams, body: Nothing
) -> Answered[list[validation.LookmlTest]]:
    found = data_tests.list_tests(
        call.instance, call.caller, params.project_id, params.file_id or ""
    )
    tests = [
        validation.LookmlTest(
            can={"show": True, "run": True},
            model_name=each.model,
            name=each.name,
            explore_name=each.explore,
            explore=each.explore,
            query_url_params=each.query_url_params,
            file=each.file,
            line=each.line or None,
        )
        for each in found.tests
    ]
    return Answered(tests, (found.version,))


@serves(validation.run_lookml_test, Lane.QUERY)
def run_lookml_test(
    call: Call, params: validation.RunTestsParams, body: Nothing
) -> Answered[list[validation.LookmlTestResult]]:
    done = data_tests.run_tests(
        call.instance,
        call.caller,
        params.project_id,
        params.file_id or "",
        params.test or "",
        params.model or "",
    )
    return Answered(
        [_result_out(params.project_id, each) for each in done.results], (done.version,)
    )


def _properties(found: validations.Validation) -> dict[str, Any]:
    project = found.version.project.name
    return {
        "errors": [finding_out(project, each) for each in found.diagnostics],
        "project_digest": found.digest,
        "models_not_validated": [
            validation.ModelsNotValidated(name=each.name, project_file_id=each.path)
            for each in found.models_not_validated
        ],
        "computation_time": found.seconds,
    }


def _result_out(project: str, done: data_tests.TestResult) -> validation.LookmlTestResult:
    return validation.LookmlTestResult(
        can={"show": True},
        model_name=done.model,
        test_name=done.test,
        assertions_count=done.assertions_count,
        assertions_failed=done.assertions_failed,
        errors=[finding_out(project, each) for each in done.errors],
        warnings=[finding_out(project, each) for each in done.warnings],
        success=done.success,
    )
