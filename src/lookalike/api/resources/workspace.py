"""Workspace: `production`, `dev`, further ones of the caller, and any commit."""

from __future__ import annotations

from lookalike.api.call import Answered, Call
from lookalike.api.handlers import serves
from lookalike.api.provenance import distinct
from lookalike.api.resources.project import project_out
from lookalike.instance import workspaces
from lookalike.wire import workspace
from lookalike.wire.operation import Nothing


@serves(workspace.all_workspaces)
def all_workspaces(call: Call, params: Nothing, body: Nothing) -> list[workspace.Workspace]:
    found = workspaces.list_workspaces(call.instance, call.caller)
    return [workspace_out(call, each) for each in found]


@serves(workspace.workspace)
def get_workspace(
    call: Call, params: workspace.WorkspaceParams, body: Nothing
) -> Answered[workspace.Workspace]:
    found = workspaces.workspace_of(call.instance, call.caller, params.workspace_id)
    return Answered(workspace_out(call, found), distinct(found.versions))


def workspace_out(call: Call, found: workspaces.Workspace) -> workspace.Workspace:
    return workspace.Workspace(
        can={"show": True, "enter": found.may_enter, "delete": found.kind == "named"},
        id=found.id,
        projects=[project_out(call, each.project) for each in found.versions],
        commits={each.project.name: each.commit for each in found.versions if each.commit},
    )
