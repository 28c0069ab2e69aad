"""Run by the interpreter of the official Python SDK for API 4.0: the whole life of a project, from
its creation to a deploy that is taken back. Prints what everybody saw after every step as JSON.

Arguments: the path of a bare repository, its project's remote; the path of a clone of it; client id
and secret of a second user. Settings of the first user come from LOOKERSDK_ variables.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import looker_sdk
from looker_sdk.rtl import api_settings
from looker_sdk.sdk.api40 import models

REMOTE, CLONE, BOB_ID, BOB_SECRET = sys.argv[1:]
MODEL = 'connection: "nowhere"\ninclude: "/views/*.view"\nexplore: marker {}\n'
VIEW = """view: marker {
  derived_table: { sql: SELECT 1 AS id ;; }
  dimension: id { primary_key: yes type: number }
  dimension: name { type: string sql: '%s' ;; }
}
"""
QUERY = models.WriteQuery(model="tiny", view="marker", fields=["marker.name"])


class Bob(api_settings.ApiSettings):  # type: ignore[misc]
    def read_config(self) -> Any:
        return {**super().read_config(), "client_id": BOB_ID, "client_secret": BOB_SECRET}


def enter(sdk: Any, workspace: str) -> Any:
    sdk.update_session(models.WriteApiSession(workspace_id=workspace))
    return sdk


def marker(sdk: Any) -> str:
    """What the one who asks gets to see; the status where it is an error."""
    try:
        rows = json.loads(sdk.run_inline_query("json", QUERY))
    except looker_sdk.error.SDKError as error:
        return status(error)
    return str(rows[0]["marker.name"])


def refused(call: Callable[[], object]) -> str:
    try:
        call()
    except looker_sdk.error.SDKError as error:
        return status(error)
    return "done"


def status(error: Any) -> str:
    """The SDK keeps no status; the address of the explanation has it."""
    return str(error.documentation_url).split("/err/4.0/")[1].split("/")[0]


def git(*arguments: str, folder: str = REMOTE) -> str:
    identity = ["-c", "user.name=Cleo", "-c", "user.email=cleo@example.com"]
    done = subprocess.run(
        ["git", *identity, *arguments], cwd=folder, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def file_of(name: str) -> dict[str, str]:
    return {"path": "views/marker.view.lkml", "content": VIEW % name}


sessions: dict[str, Any] = {"ada": looker_sdk.init40()}
steps: dict[str, dict[str, Any]] = {}
ada = looker_sdk.init40()


def note(step: str, **more: object) -> None:
    """What everybody sees now, and where the branches and tags of the remote are."""
    refs = git("for-each-ref", "--format=%(refname) %(objectname) %(*objectname)")
    steps[step] = {
        "seen": {name: marker(sdk) for name, sdk in sessions.items()},
        "refs": {line.split()[0]: line.split()[-1] for line in refs.splitlines()},
        **more,
    }


# The project, its remote and a branch.
in_production = refused(lambda: ada.create_project(models.WriteProject(name="tiny")))
sessions["ada_dev"] = enter(ada, "dev")
created = ada.create_project(models.WriteProject(name="tiny"))
note("create", in_production=in_production, id=created.id)
unreachable = refused(
    lambda: ada.update_project("tiny", models.WriteProject(git_remote_url=f"{REMOTE}-not"))
)
project = ada.update_project("tiny", models.WriteProject(git_remote_url=REMOTE))
note("remote", url=project.git_remote_url, unreachable=unreachable)
branch = ada.create_git_branch("tiny", models.WriteGitBranch(name="feature"))
note("branch", name=branch.name, head=branch.ref)

# Files, with an error that is found and mended.
for body in (
    {"path": "tiny.model.lkml", "content": MODEL},
    {"path": "views/marker.view.lkml", "content": (VIEW % "one").replace("'one'", "${nobody}")},
):
    ada.post("/projects/tiny/files", dict[str, Any], body=body)
again = refused(lambda: ada.post("/projects/tiny/files", dict[str, Any], body=file_of("again")))
errors = ada.validate_project("tiny").errors or ()
note(
    "write",
    again=again,
    errors=[[each.severity, each.file_path, each.line_number, each.message] for each in errors],
    files=sorted(str(each.path) for each in ada.all_project_files("tiny")),
)
read = ada.get("/lookalike/projects/tiny/file", dict[str, Any], {"path": "views/marker.view.lkml"})
late = refused(
    lambda: ada.put("/projects/tiny/files", dict[str, Any], body={**file_of("x"), "version": "0"})
)
fixed = {**file_of("one"), "version": read["version"]}
ada.put("/projects/tiny/files", dict[str, Any], body=fixed)
note("fix", late=late, errors=len(ada.validate_project("tiny").errors or ()))

# Commit, deploy, tag.
early = refused(lambda: ada.post("/projects/tiny/deploy_to_production", str))
first = ada.post("/projects/tiny/commit", str, body={"message": "Say one"}).strip('"')
note("commit", early=early, commit=first)
ada.deploy_to_production("tiny")
note("deploy", has_production=ada.project("tiny").has_production_counterpart)
ada.tag_ref("tiny", models.WriteProject(), commit_sha=first, tag_name="v1", tag_message="One")
taken = refused(lambda: ada.tag_ref("tiny", models.WriteProject(), commit_sha=first, tag_name="v1"))
note("tag", taken=taken)

# A second user comes, and is where production is.
sessions["bob"] = looker_sdk.init40(config_settings=Bob(env_prefix="LOOKERSDK"))
bob = looker_sdk.init40(config_settings=Bob(env_prefix="LOOKERSDK"))
sessions["bob_dev"] = enter(bob, "dev")
own = bob.git_branch("tiny").name
note("second", email=bob.me().email, branch=own)
ada.put("/projects/tiny/files", dict[str, Any], body=file_of("two"))
note("edit")
second = ada.post("/projects/tiny/commit", str, body={"message": "Say two"}).strip('"')
note("commit_again", commit=second)

# The second user pulls the branch, and what is pushed to it from elsewhere.
note("pull", name=bob.update_git_branch("tiny", models.WriteGitBranch(name="feature")).name)
git("fetch", "-q", "origin", folder=CLONE)
git("checkout", "-q", "-B", "feature", "origin/feature", folder=CLONE)
(Path(CLONE) / "views/marker.view.lkml").write_text(VIEW % "three", encoding="utf-8")
git("commit", "-q", "-a", "-m", "Say three", folder=CLONE)
git("push", "-q", "origin", "feature", folder=CLONE)
third = git("rev-parse", "HEAD", folder=CLONE)
note("pushed_elsewhere", commit=third)
bob.reset_project_to_remote("tiny")
note("reset_to_remote")

# Deploy all of it; the second user's own branch stays where it was until it is reset.
ada.deploy_to_production("tiny")
bob.update_git_branch("tiny", models.WriteGitBranch(name=own))
note("deploy_again")
bob.put("/projects/tiny/files", dict[str, Any], body=file_of("draft"))
note("draft")
bob.reset_project_to_production("tiny")
note("reset_to_production", branch=bob.git_branch("tiny").name)

# Back to the older commit, and that taken back.
ada.deploy_ref_to_production("tiny", ref=first)
note("deploy_older")
undone = ada.post("/lookalike/projects/tiny/undo_deploy", dict[str, Any])
note("undo", before=undone["before"], after=undone["after"])
ada.post("/lookalike/projects/tiny/undo_deploy", dict[str, Any])
note("undo_again")
print(json.dumps(steps))
