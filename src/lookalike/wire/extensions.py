"""Extensions: what this server can do that Looker's API has no words for, under `/lookalike`."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from lookalike.wire.ids import Id
from lookalike.wire.operation import SIGNED_IN, Masked, Nothing, Operation, Output
from lookalike.wire.project_file import ProjectFile


class PropertyChange(Struct, frozen=True, kw_only=True):
    """A property that says something else. Null means that it is not said."""

    name: str
    before: str | None = None
    after: str | None = None


class SemanticChange(Struct, frozen=True, kw_only=True):
    """Something that is `added`, `removed` or `changed` in the models that are named."""

    what: str
    kind: str
    name: str
    models: list[str]
    properties: list[PropertyChange]
    file_path: str | None = None
    line_number: int | None = None


class SqlChange(Struct, frozen=True, kw_only=True):
    """The SQL of one field of an explore, before and after. `also` are fields that differ in the
    same lines.
    """

    model: str
    explore: str
    field: str
    before_sql: str | None = None
    after_sql: str | None = None
    before_error: str | None = None
    after_error: str | None = None
    also: list[str]


class VersionNamed(Struct, frozen=True, kw_only=True):
    """Which files of a project a workspace has."""

    project: str
    workspace: str
    branch: str | None = None
    commit: str | None = None
    tree: str


class Comparison(Struct, frozen=True, kw_only=True):
    """What two workspaces say differently. `is_complete` is false where there was more SQL to
    compare than is compared at once.
    """

    changes: list[SemanticChange]
    sql_changes: list[SqlChange]
    from_versions: list[VersionNamed]
    to_versions: list[VersionNamed]
    is_complete: bool


class Deployment(Struct, frozen=True, kw_only=True):
    """A deploy that has happened: from which commit to which, and what that changed."""

    id: int
    project_id: str
    before: str | None = None
    after: str
    changed_files: list[str]
    message: str


class FileText(Struct, frozen=True, kw_only=True):
    """A file with its text, and the version that a save may expect."""

    path: str
    content: str
    version: str


class WriteRename(Struct, frozen=True, kw_only=True):
    """Which file, and its new path."""

    path: str
    new_path: str


class CompareParams(Masked, frozen=True, kw_only=True, rename={"from_": "from"}):
    from_: Annotated[str, Meta(description="Workspace to compare from: `production`, `@v1.2`.")]
    to: Annotated[str, Meta(description="Workspace to compare to: `dev`, `dev:ci`, `@main`.")]


class DeploymentsParams(Masked, frozen=True, kw_only=True):
    project_id: Annotated[str, Meta(description="Id of the project.")]
    limit: Annotated[int, Meta(description="How many at most, 1 to 1000.")] = 100


class UndoParams(Masked, frozen=True, kw_only=True):
    project_id: Annotated[str, Meta(description="Id of the project.")]


class TextParams(Struct, frozen=True, kw_only=True):
    project_id: Annotated[str, Meta(description="Id of the project.")]
    path: Annotated[str, Meta(description="Path of the file.")]


class DeleteWorkspaceParams(Struct, frozen=True, kw_only=True):
    workspace_id: Annotated[str, Meta(description="Id of the workspace: `dev:ci`.")]


class RunInParams(Struct, frozen=True, kw_only=True):
    query_id: Annotated[Id, Meta(description="Id of the query.")]
    result_format: Annotated[str, Meta(description="Format of the answer, as for `run_query`.")]
    workspace: Annotated[
        str, Meta(description="Workspace to read the LookML of: `@5d41402a`, `shop@v1.2`, `dev`.")
    ]
    limit: Annotated[
        int | None, Meta(description="Row limit in place of the query's; -1 is none.")
    ] = None
    apply_formatting: Annotated[
        bool, Meta(description="Write values as their value format says.")
    ] = False


compare_workspaces = Operation(
    name="compare_workspaces",
    method="GET",
    path="/lookalike/compare",
    tag="Lookalike",
    summary="Compare two workspaces",
    description=(
        "Answers what differs in meaning from one workspace to the other, and which SQL differs"
        " because of it. No session changes its workspace for it."
    ),
    params=CompareParams,
    body=Nothing,
    answer=Comparison,
    needs="see_lookml",
)

all_deployments = Operation(
    name="all_deployments",
    method="GET",
    path="/lookalike/projects/{project_id}/deployments",
    tag="Lookalike",
    summary="List the deploys of a project",
    description="Answers what was deployed, newest first.",
    params=DeploymentsParams,
    body=Nothing,
    answer=list[Deployment],
    needs=SIGNED_IN,
)

undo_deploy = Operation(
    name="undo_deploy",
    method="POST",
    path="/lookalike/projects/{project_id}/undo_deploy",
    tag="Lookalike",
    summary="Take the last deploy back",
    description="Makes production what it was before; once more deploys it again.",
    params=UndoParams,
    body=Nothing,
    answer=Deployment,
    needs="deploy",
)

project_file_text = Operation(
    name="project_file_text",
    method="GET",
    path="/lookalike/projects/{project_id}/file",
    tag="Lookalike",
    summary="Read a file with its version",
    params=TextParams,
    body=Nothing,
    answer=FileText,
    needs=SIGNED_IN,
)

rename_project_file = Operation(
    name="rename_project_file",
    method="POST",
    path="/lookalike/projects/{project_id}/rename_file",
    tag="Lookalike",
    summary="Give a file another path",
    description="A path that is taken is a 409. Only in a developer workspace.",
    params=UndoParams,
    body=WriteRename,
    answer=ProjectFile,
    needs="develop",
)

run_query_in_workspace = Operation(
    name="run_query_in_workspace",
    method="GET",
    path="/lookalike/queries/{query_id}/run/{result_format}",
    tag="Lookalike",
    summary="Run a saved query on the LookML of any workspace",
    description=(
        "Runs a saved query as of a commit, a tag or a branch, or in any workspace of the caller;"
        " the session stays where it is."
    ),
    params=RunInParams,
    body=Nothing,
    answer=Output,
    needs="develop",
)

delete_workspace = Operation(
    name="delete_workspace",
    method="DELETE",
    path="/lookalike/workspaces/{workspace_id}",
    tag="Lookalike",
    summary="Delete a named developer workspace",
    description="What is not committed or not pushed is kept on a parked ref.",
    params=DeleteWorkspaceParams,
    body=Nothing,
    answer=Nothing,
    needs="develop",
)

OPERATIONS = (
    compare_workspaces,
    all_deployments,
    undo_deploy,
    project_file_text,
    rename_project_file,
    run_query_in_workspace,
    delete_workspace,
)
