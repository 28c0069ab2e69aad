"""Deploy: making something production, and tagging it."""

from __future__ import annotations

from lookalike.api.call import Call
from lookalike.api.handlers import serves
from lookalike.api.resources.project import one_project_out
from lookalike.api.row_ids import row_id
from lookalike.instance import deploys
from lookalike.instance.errors import Invalid, Problem
from lookalike.wire import deploy, project
from lookalike.wire.ids import Id
from lookalike.wire.operation import Nothing

MOST_NAMES = 20
"""Changed files that a sentence names."""
SHORT = 10


@serves(deploy.deploy_to_production)
def deploy_to_production(call: Call, params: deploy.DeployParams, body: Nothing) -> str | Nothing:
    return _said(deploys.deploy(call.instance, call.caller, params.project_id))


@serves(deploy.deploy_ref_to_production)
def deploy_ref_to_production(
    call: Call, params: deploy.DeployRefParams, body: Nothing
) -> str | Nothing:
    branch, ref = _branch_or_ref(params)
    return _said(deploys.deploy_ref(call.instance, call.caller, params.project_id, branch, ref))


@serves(deploy.async_deploy_ref_to_production)
def async_deploy_ref_to_production(
    call: Call, params: deploy.DeployRefParams, body: Nothing
) -> deploy.AsyncDeployResponse:
    branch, ref = _branch_or_ref(params)
    number = deploys.start_deploy_ref(call.instance, call.caller, params.project_id, branch, ref)
    return deploy.AsyncDeployResponse(status="queued", deployment_id=number)


@serves(deploy.async_deploy_status)
def async_deploy_status(
    call: Call, params: deploy.DeployStatusParams, body: Nothing
) -> deploy.DeployStatusResponse:
    number = row_id(Id(str(params.deployment_id)), "deploy")
    found = deploys.deploy_status(call.instance, call.caller, params.project_id, number)
    return deploy.DeployStatusResponse(
        status=found.status, error=found.error or None, commit_sha=found.commit or None
    )


@serves(deploy.tag_ref)
def tag_ref(call: Call, params: deploy.TagParams, body: Nothing) -> project.Project:
    if not params.tag_name:
        raise Invalid(
            "Validation Failed", (Problem("tag_name", "missing_field", "a tag needs a name"),)
        )
    deploys.tag_ref(
        call.instance,
        call.caller,
        params.project_id,
        name=params.tag_name,
        commit=params.commit_sha or "",
        message=params.tag_message or "",
    )
    return one_project_out(call, params.project_id)


def sentence(done: deploys.Deployed) -> str:
    """What a deploy changed, in words: `deployed 1a2b3c over 4d5e6f: changed views/a.view.lkml`."""
    names = ", ".join(done.changed_paths[:MOST_NAMES]) or "no file"
    more = len(done.changed_paths) - MOST_NAMES
    over = f" over {done.before[:SHORT]}" if done.before else ""
    others = f" and {more} more" if more > 0 else ""
    warning = f"; {done.message}" if done.message else ""
    return f"deployed {done.after[:SHORT]}{over}: changed {names}{others}{warning}"


def _said(done: deploys.Deployed) -> str | Nothing:
    return Nothing() if done.before == done.after else sentence(done)


def _branch_or_ref(params: deploy.DeployRefParams) -> tuple[str, str]:
    if bool(params.branch) == bool(params.ref):
        raise Invalid(
            "Validation Failed",
            (Problem("ref", "invalid", "name either `branch` or `ref`, and not both"),),
        )
    return params.branch or "", params.ref or ""
