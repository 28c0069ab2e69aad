"""Routes: which operation a path means, and what refuses to load."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from lookalike.api.handlers import HANDLERS
from lookalike.api.routes import Routes, all_routes
from lookalike.wire import project, session
from lookalike.wire.operations import OPERATIONS

ROUTES = Routes(all_routes())


@pytest.mark.parametrize(
    ("method", "path", "name", "values"),
    [
        ("GET", "/api/4.0/session", "session", ()),
        ("PATCH", "/api/3.1/session", "update_session", ()),
        ("DELETE", "/api/logout", "logout", ()),
        ("GET", "/versions", "versions", ()),
        ("GET", "/api/4.0/openapi.json", "swagger", ()),
        ("GET", "/api/4.0/queries/7", "query", ("7",)),
        ("GET", "/api/4.0/queries/slug/a", "query_for_slug", ("a",)),
        ("GET", "/api/4.0/queries/slug/run/json", "run_query", ("slug", "json")),
        ("GET", "/api/4.0/queries/7/run/json", "run_query", ("7", "json")),
        ("POST", "/api/4.0/queries/run/json", "run_inline_query", ("json",)),
        ("GET", "/api/4.0/queries/run", "query", ("run",)),
        (
            "GET",
            "/api/4.0/queries/models/m/views/v/run/csv",
            "run_url_encoded_query",
            ("m", "v", "csv"),
        ),
        ("GET", "/api/4.0/projects/a%2Fb", "project", ("a/b",)),
        ("GET", "/api/4.0/projects/p/files", "all_project_files", ("p",)),
        ("GET", "/api/4.0/projects/p/files/file", "project_file", ("p",)),
        ("DELETE", "/api/4.0/projects/p/files", "delete_project_file", ("p",)),
        ("PUT", "/api/4.0/projects/p/git_branch", "update_git_branch", ("p",)),
        (
            "DELETE",
            "/api/3.1/projects/p/git_branch/feature%2Fx",
            "delete_git_branch",
            ("p", "feature/x"),
        ),
        ("GET", "/api/4.0/query_tasks/multi_results", "query_task_multi_results", ()),
        (
            "GET",
            "/api/4.0/query_tasks/multi_results/results",
            "query_task_results",
            ("multi_results",),
        ),
        ("GET", "/api/4.0/query_tasks/abc", "query_task", ("abc",)),
        ("GET", "/api/4.0/projects/p/lookml_tests/run", "run_lookml_test", ("p",)),
        ("GET", "/api/4.0/workspaces/shop%40v1.2", "workspace", ("shop@v1.2",)),
        ("GET", "/webhooks/projects/p/deploy", "deploy_webhook_by_get", ("p",)),
        ("POST", "/webhooks/projects/p/deploy/branch/a%2Fb", "deploy_webhook", ("p", "a/b")),
        ("POST", "/webhooks/projects/p/deploy/ref/0a1b2", "deploy_webhook", ("p", "0a1b2")),
        ("GET", "/api/4.0/lookalike/compare", "compare_workspaces", ()),
        ("GET", "/api/4.0/lookml_models/m/explores/%C3%A9", "lookml_model_explore", ("m", "é")),
    ],
)
def test_paths(method: str, path: str, name: str, values: tuple[str, ...]) -> None:
    found = ROUTES.find(path.encode())
    assert found is not None
    assert found.methods[method].handler.operation.name == name
    assert found.values == values


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "",
        "/api",
        "/api/4.0",
        "/api/4.0/projects//x",
        "/api/3.1/api_spec/4.0/x",
        "/api/3.0/session",
        "/api/4.0/webhooks/projects/p/deploy",
        "/api/3.1/projects/p/deploy_status/7",
    ],
)
def test_no_such_path(path: str) -> None:
    assert ROUTES.find(path.encode()) is None


def test_what_names_no_permission_does_not_load() -> None:
    for changed in ({"needs": ""}, {"needs": "everything"}, {"public": True}):
        with pytest.raises(ValueError, match=r"session"):
            list(all_routes([replace(session.session, **changed)]))
    with pytest.raises(ValueError, match="no handler"):
        list(all_routes(OPERATIONS, {}))
    handler = replace(HANDLERS["project"], is_open=True)
    with pytest.raises(ValueError, match="do not agree"):
        list(all_routes([project.project], {"project": handler}))


def test_two_operations_at_one_path_do_not_load() -> None:
    with pytest.raises(ValueError, match="two operations"):
        Routes([*all_routes([session.session]), *all_routes([session.session])])
