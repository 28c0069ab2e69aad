"""Who may ask what: every operation asked by every persona. A new operation without a row fails."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from lookalike.instance.instance import Instance
from lookalike.wire.operations import OPERATIONS
from tests.api.conftest import Client, signed_in

PERSONAS = ("anyone", "viewer", "developer", "admin")

PATHS: Mapping[str, str] = {
    "user_id": "999999",
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
}
BODIES: Mapping[str, object] = {
    "login": {"client_id": "nobody", "client_secret": "x"},
    "update_session": {"workspace_id": "dev"},
    "create_query": {"model": "shop", "view": "orders", "fields": ["orders.status"]},
    "run_inline_query": {"model": "shop", "view": "orders", "fields": ["orders.status"]},
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
    "all_lookml_models": (401, 200, 200, 200),
    "lookml_model": (401, 200, 200, 200),
    "lookml_model_explore": (401, 200, 200, 200),
    "create_query": (401, 200, 200, 200),
    "query": (401, 200, 200, 200),
    "query_for_slug": (401, 404, 404, 404),
    "run_query": (401, 403, 200, 200),
    "run_inline_query": (401, 403, 200, 200),
    "run_url_encoded_query": (401, 403, 400, 400),
    "me": (401, 200, 200, 200),
    "versions": (200, 200, 200, 200),
    "api_spec": (401, 200, 200, 200),
    "swagger": (200, 200, 200, 200),
    "alive": (200, 200, 200, 200),
}


def test_every_operation_has_a_row() -> None:
    assert set(MATRIX) == {operation.name for operation in OPERATIONS}


@pytest.mark.parametrize("persona", PERSONAS)
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.name)
def test_persona(instance: Instance, anyone: Client, operation: object, persona: str) -> None:
    found = next(each for each in OPERATIONS if each is operation)
    client = anyone if persona == "anyone" else signed_in(instance, anyone.app, persona)
    save = signed_in(instance, anyone.app, "admin")
    assert save("POST", "/api/4.0/queries", body=BODIES["create_query"]).status == 200
    path = found.path
    for name, value in PATHS.items():
        path = path.replace(f"{{{name}}}", value)
    answer = client(found.method, f"/api/4.0{path}", body=BODIES.get(found.name))
    assert answer.status == MATRIX[found.name][PERSONAS.index(persona)], answer.body
