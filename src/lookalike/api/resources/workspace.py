"""Workspace: `production` and `dev`."""

from __future__ import annotations

from lookalike.api.call import Call
from lookalike.api.handlers import serves
from lookalike.api.resources.project import projects_out
from lookalike.instance import workspaces
from lookalike.instance.access import Permission
from lookalike.wire import workspace
from lookalike.wire.operation import Nothing


@serves(workspace.all_workspaces)
def all_workspaces(call: Call, params: Nothing, body: Nothing) -> list[workspace.Workspace]:
    return [workspace_out(call, name) for name in workspaces.WORKSPACES]


@serves(workspace.workspace)
def get_workspace(
    call: Call, params: workspace.WorkspaceParams, body: Nothing
) -> workspace.Workspace:
    return workspace_out(call, workspaces.find_workspace(params.workspace_id))


def workspace_out(call: Call, name: str) -> workspace.Workspace:
    may_enter = name != workspaces.DEV or call.caller.may(Permission.DEVELOP)
    return workspace.Workspace(
        can={"show": True, "enter": may_enter}, id=name, projects=projects_out(call)
    )
