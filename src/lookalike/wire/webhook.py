"""Webhook: the address that a git host calls to have a project deployed. It stands outside of the
API, takes no token, and is no part of the client.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from lookalike.wire.operation import Nothing, Operation

PATH = "/webhooks/projects/{project_id}/deploy"
PATHS = (PATH, PATH + "/branch/{branch}", PATH + "/ref/{ref}")


class WebhookOperation(Struct, frozen=True, kw_only=True):
    """One thing that was done: `result` is `success`, `detail` says it in words."""

    name: str
    result: str
    project: str
    commit_sha: str
    changed_files: list[str]
    detail: str


class WebhookAnswer(Struct, frozen=True, kw_only=True):
    """What the call did."""

    operations: list[WebhookOperation]


class WebhookParams(Struct, frozen=True, kw_only=True):
    project_id: Annotated[str, Meta(description="Id of the project.")]
    branch: Annotated[str | None, Meta(description="Branch to deploy.")] = None
    ref: Annotated[str | None, Meta(description="Commit or tag to deploy.")] = None


def _webhook(name: str, method: str) -> Operation[WebhookParams, Nothing, WebhookAnswer]:
    return Operation(
        name=name,
        method=method,
        path=PATH,
        tag="Webhook",
        summary="Deploy a project from its remote",
        description=(
            "Deploys the production branch of the remote, or the branch or the ref that the path"
            " names. The header `X-Looker-Deploy-Secret` carries the project's deploy secret;"
            " without one, or with a wrong one, nothing is deployed."
        ),
        params=WebhookParams,
        body=Nothing,
        answer=WebhookAnswer,
        public=True,
        bare=PATHS,
        versions=(),
    )


deploy_webhook = _webhook("deploy_webhook", "POST")
deploy_webhook_by_get = _webhook("deploy_webhook_by_get", "GET")

OPERATIONS = (deploy_webhook, deploy_webhook_by_get)
