"""Who may ask what: every operation asked by every persona. A new operation without a row fails."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from lookalike.instance.instance import Instance
from lookalike.wire.operations import SERVED
from tests.api.conftest import Client, signed_in

PERSONAS = ("anyone", "viewer", "developer", "admin")

PATHS: Mapping[str, str] = {
    "folder_id": "lookml",
    "pattern": "nobody",
    "user_id": "999999",
    "role_id": "999999",
    "credentials_api3_id": "999999",
    "workspace_id": "dev",
    "project_id": "shop",
    "lookml_model_name": "shop",
    "explore_name": "orders",
    "query_id": "1",
    "slug": "none",
    "result_format": "sql",
    "model_name": "shop",
    "view_name": "orders",
    "api_version": "4.0",
    "specification": "openapi.json",
    "branch_name": "main",
    "deployment_id": "999999",
    "test_id": "none",
    "root_project_id": "shop",
    "credential_id": "none",
    "dashboard_id": "shop::none",
    "query_task_id": "none",
    "connection_name": "warehouse",
    "field_name": "orders.kind",
}
QUERIES: Mapping[str, str] = {
    "project_file": "file_id=manifest.lkml",
    "project_file_content": "file_path=manifest.lkml",
    "delete_project_file": "file_path=manifest.lkml",
    "delete_project_directory": "path=views",
    "query_task_multi_results": "query_task_ids=none",
    "compare_workspaces": "from=production&to=production",
    "project_file_text": "path=manifest.lkml",
    "run_query_in_workspace": "workspace=@main",
}
BODIES: Mapping[str, object] = {
    "login": {"client_id": "nobody", "client_secret": "x"},
    "update_session": {"workspace_id": "dev"},
    "create_query": {"model": "shop", "view": "orders", "fields": ["orders.status"]},
    "run_inline_query": {"model": "shop", "view": "orders", "fields": ["orders.status"]},
    "create_query_task": {"query_id": "1", "result_format": "json"},
    "create_project": {"name": "another"},
    "update_project": {},
    "create_git_branch": {"name": "another"},
    "update_git_branch": {"name": "main"},
    "create_project_file": {"path": "a.md", "content": ""},
    "update_project_file": {"path": "manifest.lkml", "content": ""},
    "create_project_directory": {"path": "a"},
    "commit_project": {},
    "tag_ref": {},
    "update_repository_credential": {},
    "rename_project_file": {"path": "manifest.lkml", "new_path": "a.lkml"},
}

MATRIX: Mapping[str, tuple[int, int, int, int]] = {
    # operation: anyone, viewer, developer, admin
    "login": (404, 404, 404, 404),
    "login_user": (401, 403, 403, 404),
    "logout": (401, 204, 204, 204),
    "session": (401, 200, 200, 200),
    "update_session": (401, 403, 200, 200),
    "all_workspaces": (401, 200, 200, 200),
    "workspace": (401, 200, 200, 200),
    "all_projects": (401, 200, 200, 200),
    "project": (401, 404, 200, 200),
    "project_workspace": (401, 404, 200, 200),
    "create_project": (401, 403, 422, 422),
    "update_project": (401, 403, 200, 200),
    "manifest": (401, 404, 200, 200),
    "lock_all": (401, 403, 422, 422),
    "all_git_branches": (401, 404, 200, 200),
    "git_branch": (401, 404, 200, 200),
    "create_git_branch": (401, 403, 422, 422),
    "update_git_branch": (401, 403, 422, 422),
    "find_git_branch": (401, 404, 200, 200),
    "delete_git_branch": (401, 403, 422, 422),
    "reset_project_to_production": (401, 403, 422, 422),
    "reset_project_to_remote": (401, 403, 422, 422),
    "all_project_files": (401, 404, 200, 200),
    "project_file": (401, 404, 200, 200),
    "project_file_content": (401, 404, 200, 200),
    "create_project_file": (401, 403, 422, 422),
    "update_project_file": (401, 403, 422, 422),
    "delete_project_file": (401, 403, 422, 422),
    "all_project_directories": (401, 404, 200, 200),
    "create_project_directory": (401, 403, 422, 422),
    "delete_project_directory": (401, 403, 422, 422),
    "commit_project": (401, 403, 422, 422),
    "deploy_to_production": (401, 403, 422, 422),
    "deploy_ref_to_production": (401, 403, 422, 422),
    "async_deploy_ref_to_production": (401, 403, 422, 422),
    "async_deploy_status": (401, 403, 404, 404),
    "tag_ref": (401, 403, 422, 422),
    "git_deploy_key": (401, 403, 404, 404),
    "create_git_deploy_key": (401, 403, 200, 409),
    "all_git_connection_tests": (401, 403, 200, 200),
    "run_git_connection_test": (401, 403, 404, 404),
    "get_all_repository_credentials": (401, 403, 403, 200),
    "update_repository_credential": (401, 403, 403, 404),
    "delete_repository_credential": (401, 403, 403, 404),
    "validate_project": (401, 403, 200, 200),
    "project_validation_results": (401, 403, 200, 200),
    "all_lookml_tests": (401, 403, 200, 200),
    "run_lookml_test": (401, 403, 200, 200),
    "all_lookml_models": (401, 200, 200, 200),
    "lookml_model": (401, 200, 200, 200),
    "lookml_model_explore": (401, 200, 200, 200),
    "model_fieldname_suggestions": (401, 200, 200, 200),
    "get_model": (401, 200, 200, 200),
    "all_datagroups": (401, 403, 200, 200),
    "datagroup": (401, 403, 404, 404),
    "graph_derived_tables_for_model": (401, 403, 404, 404),
    "graph_derived_tables_for_view": (401, 403, 404, 404),
    "connection_databases": (401, 403, 200, 200),
    "connection_features": (401, 403, 200, 200),
    "connection_schemas": (401, 403, 200, 200),
    "connection_tables": (401, 403, 200, 200),
    "connection_columns": (401, 403, 200, 200),
    "connection_search_columns": (401, 403, 200, 200),
    "all_connections": (401, 403, 200, 200),
    "connection": (401, 403, 200, 200),
    "test_connection": (401, 403, 200, 200),
    "create_query": (401, 200, 200, 200),
    "query": (401, 200, 200, 200),
    "query_for_slug": (401, 404, 404, 404),
    "run_query": (401, 403, 200, 200),
    "run_inline_query": (401, 403, 200, 200),
    "run_url_encoded_query": (401, 403, 400, 400),
    "create_query_task": (401, 200, 200, 200),
    "query_task_multi_results": (401, 200, 200, 200),
    "query_task": (401, 404, 404, 404),
    "query_task_results": (401, 404, 404, 404),
    "all_running_queries": (401, 200, 200, 200),
    "kill_query": (401, 404, 404, 404),
    "all_dashboards": (401, 200, 200, 200),
    "search_dashboards": (401, 200, 200, 200),
    "dashboard": (401, 404, 404, 404),
    "dashboard_dashboard_elements": (401, 404, 404, 404),
    "dashboard_dashboard_filters": (401, 404, 404, 404),
    "dashboard_dashboard_layouts": (401, 404, 404, 404),
    "all_folders": (401, 200, 200, 200),
    "search_folders": (401, 200, 200, 200),
    "folder": (401, 200, 200, 200),
    "folder_children": (401, 200, 200, 200),
    "folder_ancestors": (401, 200, 200, 200),
    "folder_dashboards": (401, 200, 200, 200),
    "all_looks": (401, 200, 200, 200),
    "search_looks": (401, 200, 200, 200),
    "me": (401, 200, 200, 200),
    "all_users": (401, 200, 200, 200),
    "search_users": (401, 200, 200, 200),
    "search_users_names": (401, 200, 200, 200),
    "user": (401, 404, 404, 404),
    "user_roles": (401, 404, 404, 404),
    "all_user_credentials_api3s": (401, 403, 403, 404),
    "user_credentials_api3": (401, 403, 403, 404),
    "create_user_credentials_api3": (401, 403, 403, 404),
    "delete_user_credentials_api3": (401, 403, 403, 404),
    "all_roles": (401, 200, 200, 200),
    "role": (401, 404, 404, 404),
    "role_users": (401, 404, 404, 404),
    "versions": (200, 200, 200, 200),
    "api_spec": (401, 200, 200, 200),
    "swagger": (200, 200, 200, 200),
    "alive": (200, 200, 200, 200),
    "compare_workspaces": (401, 403, 200, 200),
    "all_deployments": (401, 404, 200, 200),
    "undo_deploy": (401, 403, 422, 422),
    "project_file_text": (401, 404, 200, 200),
    "rename_project_file": (401, 403, 422, 422),
    "run_query_in_workspace": (401, 403, 200, 200),
    "delete_workspace": (401, 403, 422, 422),
    "deploy_webhook": (401, 401, 401, 401),
    "deploy_webhook_by_get": (401, 401, 401, 401),
}


def test_every_operation_has_a_row() -> None:
    assert set(MATRIX) == {operation.name for operation in SERVED}


@pytest.mark.parametrize("persona", PERSONAS)
@pytest.mark.parametrize("operation", SERVED, ids=lambda each: each.name)
def test_persona(instance: Instance, anyone: Client, operation: object, persona: str) -> None:
    found = next(each for each in SERVED if each is operation)
    client = anyone if persona == "anyone" else signed_in(instance, anyone.app, persona)
    save = signed_in(instance, anyone.app, "admin")
    assert save("POST", "/api/4.0/queries", body=BODIES["create_query"]).status == 200
    path = found.path
    for name, value in PATHS.items():
        path = path.replace(f"{{{name}}}", value)
    prefix = f"/api/{found.versions[-1]}" if found.versions else ""
    target = f"{prefix}{path}?{QUERIES.get(found.name, '')}"
    answer = client(found.method, target, body=BODIES.get(found.name))
    assert answer.status == MATRIX[found.name][PERSONAS.index(persona)], answer.body
