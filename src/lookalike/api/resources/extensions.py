"""Extensions: what stands under `/lookalike`."""

from __future__ import annotations

from lookalike.api import provenance
from lookalike.api.call import Answered, Call
from lookalike.api.handlers import Lane, serves
from lookalike.api.resources.git_branch import version_in
from lookalike.api.resources.project_file import file_out
from lookalike.api.row_ids import row_id
from lookalike.compiler.model import Change
from lookalike.instance import comparisons, deploys, files, queries, workspaces
from lookalike.instance.errors import Invalid, Problem
from lookalike.instance.queries import Stream
from lookalike.instance.workspaces import Version
from lookalike.wire import extensions, project_file
from lookalike.wire.operation import Nothing

MOST_DEPLOYMENTS = 1_000
"""In one answer."""


@serves(extensions.compare_workspaces)
def compare_workspaces(
    call: Call, params: extensions.CompareParams, body: Nothing
) -> Answered[extensions.Comparison]:
    found = comparisons.compare(call.instance, call.caller, params.from_, params.to)
    answer = extensions.Comparison(
        changes=[_change_out(each) for each in found.changes],
        sql_changes=[_sql_change_out(each) for each in found.sql_changes],
        from_versions=[_version_out(each) for each in found.from_versions],
        to_versions=[_version_out(each) for each in found.to_versions],
        is_complete=found.is_complete,
    )
    return Answered(answer, provenance.distinct(found.to_versions))


@serves(extensions.all_deployments)
def all_deployments(
    call: Call, params: extensions.DeploymentsParams, body: Nothing
) -> list[extensions.Deployment]:
    if not 1 <= params.limit <= MOST_DEPLOYMENTS:
        said = f"use 1 to {MOST_DEPLOYMENTS}"
        raise Invalid("Validation Failed", (Problem("limit", "invalid", said),))
    found = deploys.list_deploys(call.instance, call.caller, params.project_id, params.limit)
    return [deployment_out(each) for each in found]


@serves(extensions.undo_deploy)
def undo_deploy(call: Call, params: extensions.UndoParams, body: Nothing) -> extensions.Deployment:
    return deployment_out(deploys.undo(call.instance, call.caller, params.project_id))


@serves(extensions.project_file_text)
def get_file_text(
    call: Call, params: extensions.TextParams, body: Nothing
) -> Answered[extensions.FileText]:
    version = version_in(call, params.project_id)
    found = files.get_file(call.instance, call.caller, params.project_id, params.path)
    text = workspaces.text_of(call.instance, version, found.version)
    answer = extensions.FileText(path=found.path, content=text, version=str(found.version))
    return Answered(answer, (version,))


@serves(extensions.rename_project_file)
def rename_project_file(
    call: Call, params: extensions.UndoParams, body: extensions.WriteRename
) -> Answered[project_file.ProjectFile]:
    renamed = files.rename_file(
        call.instance, call.caller, params.project_id, body.path, body.new_path
    )
    return Answered(file_out(renamed), (version_in(call, params.project_id),))


@serves(extensions.run_query_in_workspace, Lane.QUERY)
def run_query_in_workspace(call: Call, params: extensions.RunInParams, body: Nothing) -> Stream:
    saved = queries.get_query(call.instance, call.caller, row_id(params.query_id, "query"))
    options = queries.RunOptions(
        limit=params.limit,
        apply_formatting=params.apply_formatting,
        on_start=call.leaving.started,
    )
    there = workspaces.within(call.instance, call.caller, params.workspace)
    return queries.run(call.instance, there, saved.question, params.result_format, options, saved)


@serves(extensions.delete_workspace)
def delete_workspace(
    call: Call, params: extensions.DeleteWorkspaceParams, body: Nothing
) -> Nothing:
    workspaces.delete_workspace(call.instance, call.caller, params.workspace_id)
    return Nothing()


def deployment_out(done: deploys.Deployed) -> extensions.Deployment:
    return extensions.Deployment(
        id=done.number,
        project_id=done.project,
        before=done.before or None,
        after=done.after,
        changed_files=list(done.changed_paths),
        message=done.message,
    )


def _change_out(change: Change) -> extensions.SemanticChange:
    return extensions.SemanticChange(
        what=change.action.value,
        kind=change.kind,
        name=change.name,
        models=list(change.models),
        properties=[
            extensions.PropertyChange(
                name=each.name, before=each.before or None, after=each.after or None
            )
            for each in change.properties
        ],
        file_path=change.place.path or None,
        line_number=change.place.line or None,
    )


def _sql_change_out(change: comparisons.SqlChange) -> extensions.SqlChange:
    return extensions.SqlChange(
        model=change.model,
        explore=change.explore,
        field=change.field,
        before_sql=change.before_sql or None,
        after_sql=change.after_sql or None,
        before_error=change.before_error or None,
        after_error=change.after_error or None,
        also=list(change.also),
    )


def _version_out(version: Version) -> extensions.VersionNamed:
    return extensions.VersionNamed(
        project=version.project.name,
        workspace=version.workspace,
        branch=version.branch or None,
        commit=version.commit or None,
        tree=version.tree,
    )
