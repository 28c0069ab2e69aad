"""Project: the projects that the caller sees, their settings, and where their files come from."""

from __future__ import annotations

from msgspec import UNSET, structs

from lookalike.api.call import Answered, Call
from lookalike.api.handlers import serves
from lookalike.api.resources.git_branch import branch_out, version_in
from lookalike.compiler import model
from lookalike.instance import branches, manifests, projects
from lookalike.instance.access import Permission
from lookalike.instance.errors import Invalid, Problem
from lookalike.instance.workspaces import Version
from lookalike.wire import project
from lookalike.wire.operation import Masked, Nothing

SETTINGS = {
    "name": "name",
    "git_remote_url": "remote_url",
    "git_service_name": "service_name",
    "git_username": "username",
    "git_password": "password",
    "git_production_branch_name": "production_branch",
    "use_git_cookie_auth": "uses_cookie_auth",
    "git_username_user_attribute": "username_attribute",
    "git_password_user_attribute": "password_attribute",
    "git_application_server_http_port": "http_port",
    "git_application_server_http_scheme": "http_scheme",
    "deploy_secret": "deploy_secret",
    "unset_deploy_secret": "unset_deploy_secret",
    "pull_request_mode": "pull_request_mode",
    "validation_required": "validation_required",
    "git_release_mgmt_enabled": "is_release_managed",
    "allow_warnings": "allows_warnings",
}
"""What can be set: the API's word to ours."""

CLEARABLE = frozenset(
    field.name for field in structs.fields(project.WriteProject) if field.default is UNSET
)

BARE = "bare"
"""How the API calls a project whose repository is here and nowhere else."""


@serves(project.all_projects)
def all_projects(call: Call, params: Masked, body: Nothing) -> list[project.Project]:
    return [project_out(call, each) for each in projects.list_projects(call.instance, call.caller)]


@serves(project.create_project)
def create_project(call: Call, params: Nothing, body: project.WriteProject) -> project.Project:
    if not body.name:
        raise Invalid(
            "Validation Failed", (Problem("name", "missing_field", "a project needs a name"),)
        )
    if body.git_remote_url:
        said = "a new project has no remote; set it afterwards, with update_project"
        raise Invalid("Validation Failed", (Problem("git_remote_url", "invalid", said),))
    return project_out(call, projects.create_project(call.instance, call.caller, body.name))


@serves(project.update_project)
def update_project(
    call: Call, params: project.ProjectParams, body: project.WriteProject
) -> project.Project:
    changes = changes_in(body)
    return project_out(
        call, projects.update_project(call.instance, call.caller, params.project_id, changes)
    )


@serves(project.project)
def get_project(call: Call, params: project.ProjectParams, body: Nothing) -> project.Project:
    return one_project_out(call, params.project_id)


@serves(project.manifest)
def get_manifest(
    call: Call, params: project.PlainProjectParams, body: Nothing
) -> Answered[project.Manifest]:
    version = version_in(call, params.project_id)
    found = manifests.manifest_of(call.instance, call.caller, params.project_id)
    return Answered(manifest_out(params.project_id, found), (version,))


@serves(project.lock_all)
def lock_all(call: Call, params: project.ProjectParams, body: Nothing) -> Nothing:
    manifests.lock_all(call.instance, call.caller, params.project_id)
    return Nothing()


@serves(project.project_workspace)
def project_workspace(
    call: Call, params: project.ProjectParams, body: Nothing
) -> Answered[project.ProjectWorkspace]:
    version = version_in(call, params.project_id)
    return Answered(state_out(call, version), (version,))


def one_project_out(call: Call, name: str) -> project.Project:
    return project_out(call, projects.get_project(call.instance, call.caller, name))


def project_out(call: Call, found: projects.Project) -> project.Project:
    """A project as the API shows it. Secrets stay inside. A folder is served as it is: it has no
    repository that could be set.
    """
    settings = found.settings
    may = call.caller.may
    return project.Project(
        can={
            "show": True,
            "see_lookml": may(Permission.SEE_LOOKML),
            "develop": may(Permission.DEVELOP),
            "deploy": may(Permission.DEPLOY),
            "update": may(Permission.DEVELOP) and not found.is_folder,
        },
        id=found.name,
        name=found.name,
        uses_git=not found.is_folder,
        is_git_dev_locked=False,
        git_remote_url=settings.remote_url or None,
        git_username=settings.username or None,
        git_production_branch_name=found.production_branch,
        use_git_cookie_auth=settings.uses_cookie_auth,
        git_username_user_attribute=settings.username_attribute or None,
        git_password_user_attribute=settings.password_attribute or None,
        git_service_name=_service_name(found),
        git_application_server_http_port=settings.http_port,
        git_application_server_http_scheme=settings.http_scheme or None,
        unset_deploy_secret=not settings.has_deploy_secret,
        pull_request_mode=settings.pull_request_mode,
        validation_required=settings.validation_required,
        git_release_mgmt_enabled=settings.is_release_managed,
        allow_warnings=settings.allows_warnings,
        is_example=settings.is_example,
        has_production_counterpart=projects.has_production(call.instance, found),
        dependency_status=manifests.dependency_status(call.instance, call.caller, found.name),
    )


def changes_in(body: project.WriteProject) -> projects.ProjectChanges:
    """What the body says, in the words of the house. A null only clears what can be cleared."""
    said = {
        ours: value
        for name, ours in SETTINGS.items()
        if (value := getattr(body, name)) is not UNSET and (value is not None or name in CLEARABLE)
    }
    return projects.ProjectChanges(**said)


def manifest_out(name: str, found: model.Manifest) -> project.Manifest:
    localization = None
    if found.default_locale or found.localization_level:
        localization = project.LocalizationSettings(
            default_locale=found.default_locale or None,
            localization_level=found.localization_level or None,
            can={},
        )
    return project.Manifest(
        can={"show": True},
        name=found.project_name or name,
        imports=[
            project.ImportedProject(
                name=each.name,
                url=each.url or None,
                ref=each.ref or None,
                is_remote=bool(each.url),
                can={},
            )
            for each in found.dependencies
        ],
        localization_settings=localization,
    )


def state_out(call: Call, version: Version) -> project.ProjectWorkspace:
    name = version.project.name
    branch = None
    if version.branch:
        branch = branch_out(call, branches.current_branch(call.instance, call.caller, name))
    return project.ProjectWorkspace(
        can={"show": True},
        project_id=name,
        workspace_id=version.workspace,
        git_status="dirty" if version.is_changed else "clean",
        git_head=version.commit or None,
        dependency_status=manifests.dependency_status(call.instance, call.caller, name),
        git_branch=branch,
        lookml_type="new",
    )


def _service_name(found: projects.Project) -> str | None:
    if found.is_folder or found.settings.service_name:
        return found.settings.service_name or None
    return None if found.settings.remote_url else BARE
