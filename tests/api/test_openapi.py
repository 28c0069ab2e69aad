"""The description of what is served is in step with what is served."""

from __future__ import annotations

from typing import Any

from lookalike.wire.operations import OPERATIONS
from tests.api.conftest import Client


def test_versions(anyone: Client) -> None:
    found = anyone("GET", "/versions").json()
    assert found == anyone("GET", "/api/3.1/versions").json()
    assert found["current_version"]["version"] == "4.0"
    assert [each["status"] for each in found["supported_versions"]] == ["legacy", "current"]
    assert found["web_server_url"] == "http://localhost:19999"
    release = tuple(map(int, found["looker_release_version"].split(".")))
    assert len(release) == 3
    assert release >= (22, 2, 0)
    masked = anyone("GET", "/versions?fields=supported_versions(version)").json()
    assert masked == {"supported_versions": [{"version": "3.1"}, {"version": "4.0"}]}


def test_the_document_holds_every_operation(anyone: Client, viewer: Client) -> None:
    for version in ("3.1", "4.0"):
        document = anyone("GET", f"/api/{version}/swagger.json").json()
        assert document == anyone("GET", f"/api/{version}/openapi.json").json()
        assert document["openapi"].startswith("3.0")
        assert document["info"]["x-looker-release-version"]
        assert document["servers"] == [{"url": f"http://localhost:19999/api/{version}"}]
        served = {
            (entry["operationId"], method, path)
            for path, methods in document["paths"].items()
            for method, entry in methods.items()
        }
        expected = {
            (each.name, each.method.lower(), each.path)
            for each in OPERATIONS
            if version in each.versions
        }
        assert expected <= served
        _check_references(document, document)
    assert viewer.get("/api_spec/4.0/openapi.json") == document
    assert viewer("GET", "/api/4.0/api_spec/5.0/openapi.json").status == 404


def test_the_versions_differ_in_ids_and_properties(anyone: Client) -> None:
    schemas = {
        version: anyone("GET", f"/api/{version}/swagger.json").json()["components"]["schemas"]
        for version in ("3.1", "4.0")
    }
    assert schemas["3.1"]["User"]["properties"]["id"]["type"] == "integer"
    assert schemas["4.0"]["User"]["properties"]["id"]["type"] == "string"
    assert "refresh_token" not in schemas["3.1"]["AccessToken"]["properties"]
    assert schemas["4.0"]["AccessToken"]["properties"]["refresh_token"]["nullable"] is True


def test_parameters_stand_where_they_are_sent(anyone: Client) -> None:
    paths = anyone("GET", "/api/4.0/swagger.json").json()["paths"]
    run = paths["/queries/{query_id}/run/{result_format}"]["get"]
    places = {each["name"]: (each["in"], each["required"]) for each in run["parameters"]}
    assert places["query_id"] == ("path", True)
    assert places["limit"] == ("query", False)
    assert paths["/login"]["post"]["security"] == []


def _check_references(part: Any, document: Any) -> None:
    """Every reference leads somewhere; no null type is left, which OpenAPI 3.0 lacks."""
    if isinstance(part, list):
        for each in part:
            _check_references(each, document)
    if isinstance(part, dict):
        assert part.get("type") != "null"
        if isinstance(part.get("$ref"), str):
            name = part["$ref"].removeprefix("#/components/schemas/")
            assert name in document["components"]["schemas"]
        for each in part.values():
            _check_references(each, document)
