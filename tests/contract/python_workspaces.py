"""Run by the interpreter of the official Python SDK for API 4.0: named and pinned workspaces.
Prints what it saw as JSON.

Arguments: `pinned` with two commits and a tag, `named`, `draft`, or `renewed` with the workspace
that the session asks for. Settings come from LOOKERSDK_ variables.
"""

import json
import sys
from collections.abc import Callable
from functools import partial
from typing import Any

import looker_sdk
from looker_sdk.sdk.api40 import models

QUERY = models.WriteQuery(model="tiny", view="marker", fields=["marker.name"])
PATH = "views/marker.view.lkml"


def enter(sdk: Any, workspace: str) -> str:
    return str(sdk.update_session(models.WriteApiSession(workspace_id=workspace)).workspace_id)


def marker(sdk: Any) -> str:
    return str(json.loads(sdk.run_inline_query("json", QUERY))[0]["marker.name"])


def refused(call: Callable[[], object]) -> list[str]:
    """The status, which the SDK keeps only in an address, and the fields that are wrong."""
    try:
        call()
    except looker_sdk.error.SDKError as error:
        status = str(error.documentation_url).split("/err/4.0/")[1].split("/")[0]
        return [status, *(str(each.field) for each in error.errors)]
    return []


def say(sdk: Any, text: str) -> None:
    """Save another marker in the session's workspace."""
    content = sdk.get("/projects/tiny/file/content", str, {"file_path": PATH})
    before = content.split("sql: '")[1].split("'")[0]
    body = {"path": PATH, "content": content.replace(f"'{before}'", f"'{text}'")}
    sdk.put("/projects/tiny/files", dict[str, Any], body=body)


def pinned(old: str, new: str, tag: str) -> dict[str, Any]:
    """Sessions at commits; production moves under them, and they stay."""
    sdks = {}
    seen: dict[str, Any] = {"entered": {}}
    for ref in (f"@{old}", f"@{new}", f"@{old[:10]}", f"@{tag}", "@main", f"tiny@{new}"):
        sdks[ref] = looker_sdk.init40()
        seen["entered"][ref] = enter(sdks[ref], ref)
    other = looker_sdk.init40()
    seen["before"] = {ref: marker(sdk) for ref, sdk in sdks.items()}
    other.deploy_ref_to_production("tiny", ref=new)
    seen["production"] = marker(other)
    seen["after"] = {ref: marker(sdk) for ref, sdk in sdks.items()}
    frozen = sdks["@main"]
    seen["where"] = frozen.session().workspace_id
    seen["write"] = refused(lambda: say(frozen, "no"))
    seen["unknown"] = {
        ref: refused(partial(enter, frozen, ref))
        for ref in ("@no-such-ref", "nowhere@main", f"@{'0' * 40}", "tiny@nope", "elsewhere")
    }
    seen["kept"] = [frozen.session().workspace_id, marker(frozen)]
    seen["again"] = [enter(frozen, "@main"), marker(frozen)]
    listed = other.workspace(f"@{old}")
    seen["listed"] = [listed.id, [each.id for each in listed.projects]]
    return seen


def named() -> dict[str, Any]:
    """Two jobs of one user and the user's own dev, each with its own branch and its own edits."""
    workspaces = ("dev:job-1", "dev:job-2", "dev")
    sdks = {workspace: looker_sdk.init40() for workspace in workspaces}
    seen: dict[str, Any] = {
        "entered": {workspace: enter(sdk, workspace) for workspace, sdk in sdks.items()},
        "branches": {workspace: sdk.git_branch("tiny").name for workspace, sdk in sdks.items()},
    }
    for workspace, sdk in sdks.items():
        say(sdk, f"in {workspace}")
    seen["seen"] = {workspace: marker(sdk) for workspace, sdk in sdks.items()}
    job = sdks["dev:job-1"]
    seen["branch"] = job.create_git_branch("tiny", models.WriteGitBranch(name="of-job-1")).name
    seen["others"] = [sdks[each].git_branch("tiny").name for each in ("dev:job-2", "dev")]
    again = looker_sdk.init40()
    seen["first"] = marker(again)
    seen["again"] = [enter(again, "dev:job-1"), marker(again), again.git_branch("tiny").name]
    seen["listed"] = [each.id for each in again.all_workspaces()]
    seen["bad_name"] = refused(lambda: enter(again, "dev:No Name"))
    enter(again, "production")
    again.delete("/lookalike/workspaces/dev%3Ajob-2", str)
    seen["left"] = [each.id for each in again.all_workspaces()]
    return seen


def draft() -> dict[str, Any]:
    """Save something, over a credential that is always in dev."""
    sdk = looker_sdk.init40()
    say(sdk, "draft")
    return {"seen": marker(sdk)}


def renewed(workspace: str) -> dict[str, Any]:
    """A token lives five seconds, and the SDK renews it that much before: at every request."""
    sdk = looker_sdk.init40()
    tokens = set()
    seen: dict[str, Any] = {"workspaces": [], "markers": []}
    for _ in range(3):
        seen["workspaces"].append(sdk.session().workspace_id)
        tokens.add(sdk.auth.token.access_token)
        seen["markers"].append(marker(sdk))
        tokens.add(sdk.auth.token.access_token)
    enter(sdk, workspace)
    seen["asked"] = sdk.session().workspace_id
    seen["tokens"] = len(tokens)
    return seen


LIVES: dict[str, Callable[..., dict[str, Any]]] = {
    "pinned": pinned,
    "named": named,
    "draft": draft,
    "renewed": renewed,
}
print(json.dumps(LIVES[sys.argv[1]](*sys.argv[2:])))
