"""Deploy: what becomes production, and tags."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from lookalike.wire.operation import V40, Nothing, Operation
from lookalike.wire.project import Project


class AsyncDeployResponse(Struct, frozen=True, kw_only=True):
    """A deploy that is on its way. `deployment_id` is what `async_deploy_status` wants to know."""

    status: str | None = None
    deployment_id: int | None = None


class DeployStatusResponse(Struct, frozen=True, kw_only=True):
    """How far a deploy is: `PENDING`, `COMPILING`, `SUCCESS` or `FAILED`."""

    status: str | None = None
    error: str | None = None
    commit_sha: str | None = None


class DeployParams(Struct, frozen=True, kw_only=True):
    project_id: Annotated[str, Meta(description="Id of the project.")]


class DeployRefParams(DeployParams, frozen=True, kw_only=True):
    branch: Annotated[str | None, Meta(description="Branch to deploy. Either this or `ref`.")] = (
        None
    )
    ref: Annotated[
        str | None, Meta(description="Commit or tag to deploy. Either this or `branch`.")
    ] = None


class DeployStatusParams(DeployParams, frozen=True, kw_only=True):
    deployment_id: Annotated[int, Meta(description="Number of the deploy.")]


class TagParams(DeployParams, frozen=True, kw_only=True):
    commit_sha: Annotated[
        str | None, Meta(description="Commit to tag; the one of production if left out.")
    ] = None
    tag_name: Annotated[str | None, Meta(description="Name of the tag.")] = None
    tag_message: Annotated[str | None, Meta(description="Message of the tag.")] = None


deploy_to_production = Operation(
    name="deploy_to_production",
    method="POST",
    path="/projects/{project_id}/deploy_to_production",
    tag="Project",
    summary="Deploy the current branch",
    description=(
        "Merges the workspace's branch into production and pushes it to the remote. Answers a"
        " sentence that says what changed, or nothing if nothing did. What is saved and not"
        " committed is never deployed. Conflicts change nothing. Only in a developer workspace."
    ),
    params=DeployParams,
    body=Nothing,
    answer=str,
    is_optional=True,
    needs="deploy",
)

deploy_ref_to_production = Operation(
    name="deploy_ref_to_production",
    method="POST",
    path="/projects/{project_id}/deploy_ref_to_production",
    tag="Project",
    summary="Deploy a branch, a tag or a commit",
    description=(
        "Fetches from the remote and makes `branch` or `ref` production. Answers a sentence that"
        " says what changed, or nothing if nothing did."
    ),
    params=DeployRefParams,
    body=Nothing,
    answer=str,
    is_optional=True,
    needs="deploy",
)

async_deploy_ref_to_production = Operation(
    name="async_deploy_ref_to_production",
    method="POST",
    path="/projects/{project_id}/async_deploy_ref_to_production",
    tag="Project",
    summary="Begin to deploy a branch, a tag or a commit",
    description="Like `deploy_ref_to_production`, and answers at once.",
    params=DeployRefParams,
    body=Nothing,
    answer=AsyncDeployResponse,
    needs="deploy",
    versions=(V40,),
)

async_deploy_status = Operation(
    name="async_deploy_status",
    method="GET",
    path="/projects/{project_id}/deploy_status/{deployment_id}",
    tag="Project",
    summary="Get the state of a deploy",
    params=DeployStatusParams,
    body=Nothing,
    answer=DeployStatusResponse,
    needs="deploy",
    versions=(V40,),
)

tag_ref = Operation(
    name="tag_ref",
    method="POST",
    path="/projects/{project_id}/tag",
    tag="Project",
    summary="Tag a commit",
    description=(
        "Creates the tag `tag_name` at `commit_sha`, or at production, and pushes it to the remote."
        " A name that is taken is a 409. The body is not looked at."
    ),
    params=TagParams,
    body=Nothing,
    answer=Project,
    needs="deploy",
)

OPERATIONS = (
    deploy_to_production,
    deploy_ref_to_production,
    async_deploy_ref_to_production,
    async_deploy_status,
    tag_ref,
)
