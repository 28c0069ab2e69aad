"""Project: the projects that the caller sees, and where their files come from."""

from __future__ import annotations

from lookalike.api.call import Answered, Call
from lookalike.api.handlers import serves
from lookalike.instance import projects, workspaces
from lookalike.instance.access import Caller, Permission
from lookalike.wire import project
from lookalike.wire.operation import Masked, Nothing


@serves(project.all_projects)
def all_projects(call: Call, params: Masked, body: Nothing) -> list[project.Project]:
    return projects_out(call)


@serves(project.project)
def get_project(call: Call, params: project.ProjectParams, body: Nothing) -> project.Project:
    found = projects.get_project(call.instance, call.caller, params.project_id)
    return project_out(call.caller, found.name, found.production_branch, found.is_folder)


@serves(project.project_workspace)
def project_workspace(
    call: Call, params: project.ProjectParams, body: Nothing
) -> Answered[project.ProjectWorkspace]:
    found = projects.get_project(call.instance, call.caller, params.project_id)
    version = workspaces.version_of(call.instance, call.caller, found)
    return Answered(state_out(call.caller, version), (version,))


def projects_out(call: Call) -> list[project.Project]:
    found = projects.list_projects(call.instance, call.caller)
    return [
        project_out(call.caller, each.name, each.production_branch, each.is_folder)
        for each in found
    ]


def project_out(caller: Caller, name: str, branch: str, is_folder: bool) -> project.Project:
    """A folder is served as it is: it has no repository that the API could show."""
    return project.Project(
        can={
            "show": True,
            "see_lookml": caller.may(Permission.SEE_LOOKML),
            "develop": caller.may(Permission.DEVELOP),
            "deploy": caller.may(Permission.DEPLOY),
            "update": False,
        },
        id=name,
        name=name,
        uses_git=not is_folder,
        is_git_dev_locked=False,
        git_production_branch_name=branch,
        use_git_cookie_auth=False,
        git_service_name=None if is_folder else "bare",
        unset_deploy_secret=False,
        pull_request_mode="off",
        validation_required=False,
        git_release_mgmt_enabled=False,
        allow_warnings=True,
        is_example=False,
        has_production_counterpart=True,
        dependency_status="install_none",
    )


def state_out(caller: Caller, version: workspaces.Version) -> project.ProjectWorkspace:
    return project.ProjectWorkspace(
        can={"show": True},
        project_id=version.project.name,
        workspace_id=version.workspace,
        git_status="dirty" if version.is_changed else "clean",
        git_head=version.commit or None,
        dependency_status="install_none",
        git_branch=branch_out(caller, version) if version.branch else None,
        lookml_type="new",
    )


def branch_out(caller: Caller, version: workspaces.Version) -> project.GitBranch:
    is_production = version.branch == version.project.production_branch
    is_personal = version.branch == workspaces.personal_branch(caller)
    return project.GitBranch(
        can={"show": True},
        name=version.branch,
        owner_name=f"{caller.user.first_name} {caller.user.last_name}".strip()
        if is_personal
        else None,
        readonly=is_production,
        personal=is_personal,
        is_local=True,
        is_remote=False,
        is_production=is_production,
        ref=version.commit or None,
    )
