"""Webhook: deploys that a git host asks for."""

from __future__ import annotations

from lookalike.api.call import OpenCall
from lookalike.api.handlers import serves_anyone
from lookalike.api.resources.deploy import sentence
from lookalike.instance import deploys
from lookalike.instance.errors import NotAuthenticated
from lookalike.wire import webhook
from lookalike.wire.operation import Nothing


@serves_anyone(webhook.deploy_webhook)
def deploy_webhook(
    call: OpenCall, params: webhook.WebhookParams, body: Nothing
) -> webhook.WebhookAnswer:
    call.guesses.enter(params.project_id, call.instance.clock())
    try:
        done = deploys.deploy_by_webhook(
            call.instance,
            params.project_id,
            call.deploy_secret,
            params.branch or "",
            params.ref or "",
        )
    except NotAuthenticated:
        raise
    except BaseException:
        call.guesses.forgive(params.project_id)
        raise
    call.guesses.forgive(params.project_id)
    return webhook.WebhookAnswer(
        operations=[
            webhook.WebhookOperation(
                name="deploy",
                result="success",
                project=done.project,
                commit_sha=done.after,
                changed_files=list(done.changed_paths),
                detail=sentence(done),
            )
        ]
    )


serves_anyone(webhook.deploy_webhook_by_get)(deploy_webhook)
