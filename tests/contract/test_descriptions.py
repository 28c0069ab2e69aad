"""Our operations and structs against the published descriptions of both API versions.

The descriptions are not kept here. They are read from the folder that LOOKALIKE_API_DESCRIPTIONS
names (`looker-3.1.oas.json`, `looker-4.0.oas.json`); without it the tests are skipped.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest

from lookalike.wire import extensions
from lookalike.wire.encoding import only_in_other
from lookalike.wire.ids import Id
from lookalike.wire.operation import BOTH, V31, V40, Nothing, Operation, Output
from lookalike.wire.operations import OPERATIONS

FOLDER = os.environ.get("LOOKALIKE_API_DESCRIPTIONS", "")

UNPUBLISHED = {
    "swagger",
    "alive",
    "project_file_content",
    "create_project_file",
    "update_project_file",
    "delete_project_file",
    "all_project_directories",
    "create_project_directory",
    "delete_project_directory",
    "commit_project",
    *(each.name for each in extensions.OPERATIONS),
}
"""Operations that Looker serves and does not describe, and those that only we have."""

WHOLE_TAGS = {"Project", "Workspace", "Session"}
"""Tags of which every described operation is served, but those that are listed here."""

NOT_SERVED = {
    "create_ci_run": "deprecated by Looker itself; runs suites that only its own UI can write",
    "get_ci_run": "as create_ci_run",
    "create_continuous_integration_run": "beta; runs suites that only Looker's own UI can write",
    "get_continuous_integration_run": "as create_continuous_integration_run",
    "create_git_diagnostic_report": "beta, gone from SDK 26.22; mends checkouts, there are none",
    "get_git_diagnostic_report": "as create_git_diagnostic_report",
    "repair_git_diagnostic_report": "as create_git_diagnostic_report",
}
"""Described operations that are left out, and why."""

OURS = {"run_url_encoded_query"}
"""Operations that take more parameters than are described: the question itself."""

OPAQUE = {
    "Certification",
    "CredentialsEmail",
    "CredentialsEmbed",
    "CredentialsGoogle",
    "CredentialsLDAP",
    "CredentialsLookerOpenid",
    "CredentialsOIDC",
    "CredentialsSaml",
    "CredentialsTotp",
    "CredentialsWorkforce",
    "DashboardDownloadSettings",
    "LookBasic",
    "LookWithDashboards",
    "LookWithQuery",
    "SelfServiceModelUploadData",
    "Session",
    "SpaceBase",
    "SqlQuery",
    "UserIdOnly",
}
"""Schemas that are always null or empty here, and are typed as plain objects."""

LEFT_OUT = {"WriteQuery.runtime"}
"""Properties that are described and make no sense here: 3.1 forgot to call this one read-only."""

LENIENT = {
    "WriteQuery.limit",
    "WriteQuery.column_limit",
    "WriteQuery.filters",
    "ProjectError.params",
    "ResultMakerWithIdVisConfigAndDynamicFields.vis_config",
}
"""Properties that take more than is described, because clients send more; or that 3.1 describes
more narrowly than 4.0.
"""

EXTRA = {
    "AsyncDeployResponse.deployment_id",
    "CreateCredentialsApi3.client_secret",
    "LookmlTest.explore",
    "Workspace.commits",
}
"""Properties that are answered and not described: without the first the status of a deploy can't be
asked for, 3.1 forgets the second, looker-validator wants the third, and the fourth tells what a
pinned workspace is.
"""

OTHER_NAMES = {(V31, "CreateCredentialsApi3"): "CredentialsApi3"}
"""Structs that a version describes under another name."""


@pytest.fixture(scope="module", params=BOTH)
def published(request: pytest.FixtureRequest) -> tuple[str, dict[str, Any]]:
    """A version and its description."""
    path = Path(FOLDER) / f"looker-{request.param}.oas.json"
    if not FOLDER or not path.is_file():
        reason = "LOOKALIKE_API_DESCRIPTIONS names no folder with the published descriptions"
        if os.environ.get("LOOKALIKE_REQUIRE_ALL"):
            pytest.fail(reason)
        pytest.skip(reason)
    return request.param, json.loads(path.read_text(encoding="utf-8"))


def test_operations(published: tuple[str, dict[str, Any]]) -> None:
    """Same id, method, path, tag, and parameters in the same place."""
    version, document = published
    described = {
        entry["operationId"]: (method.upper(), path, entry)
        for path, methods in document["paths"].items()
        for method, entry in methods.items()
        if "operationId" in entry
    }
    for operation in _served(version):
        method, path, entry = described[operation.name]
        assert (operation.method, operation.path) == (method, path)
        assert operation.tag == entry["tags"][0]
        names = {parameter["name"] for parameter in entry.get("parameters", ())}
        ours = {field.encode_name for field in msgspec.structs.fields(operation.params)}
        assert names <= ours, operation.name
    assert {each.name for each in OPERATIONS if V40 not in each.versions} == set()


def test_nothing_is_left_out_silently(published: tuple[str, dict[str, Any]]) -> None:
    """Every described operation of the tags that are whole is served, or is named above."""
    version, document = published
    described = {
        entry["operationId"]
        for methods in document["paths"].values()
        for entry in methods.values()
        if WHOLE_TAGS.intersection(entry.get("tags", ()))
    }
    served = {each.name for each in _served(version)}
    assert described - served == set(NOT_SERVED) & described
    if version == V40:
        assert set(NOT_SERVED) <= described


def test_version_of_operations(published: tuple[str, dict[str, Any]]) -> None:
    """An operation is served in exactly the versions that describe it."""
    version, document = published
    described = {
        entry.get("operationId")
        for methods in document["paths"].values()
        for entry in methods.values()
    }
    for operation in OPERATIONS:
        if operation.name not in UNPUBLISHED:
            assert (operation.name in described) == (version in operation.versions)


def test_schemas(published: tuple[str, dict[str, Any]]) -> None:
    """Every struct has every described property of its version, in its type, and no other."""
    version, document = published
    schemas = document["components"]["schemas"]
    structs: dict[str, msgspec.inspect.StructType] = {}
    for operation in _served(version):
        for type_ in (operation.answer, operation.body):
            if type_ not in (Nothing, Output):
                _collect(msgspec.inspect.type_info(type_), version, structs)
    structs.pop("Credentials")
    assert len(structs) > 20
    for name, struct in structs.items():
        properties = {
            key: each
            for key, each in _properties(schemas, OTHER_NAMES.get((version, name), name)).items()
            if f"{name}.{key}" not in LEFT_OUT
        }
        absent = only_in_other(name, version)
        ours = {field.encode_name: field.type for field in struct.fields}
        extra = {key for key in ours if f"{name}.{key}" in EXTRA}
        assert set(ours) - absent - extra == set(properties) - extra, name
        for property_, written in properties.items():
            if f"{name}.{property_}" not in LENIENT:
                assert _type(ours[property_], version) == _published_type(written), (
                    f"{version} {name}.{property_}"
                )


def _served(version: str) -> list[Operation[Any, Any, Any]]:
    return [
        each for each in OPERATIONS if version in each.versions and each.name not in UNPUBLISHED
    ]


def _properties(schemas: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """A schema to write is the one to read without what is read-only."""
    properties: Mapping[str, Any] = schemas[name.removeprefix("Write")]["properties"]
    if not name.startswith("Write"):
        return properties
    return {key: each for key, each in properties.items() if not each.get("readOnly")}


def _collect(
    info: msgspec.inspect.Type, version: str, structs: dict[str, msgspec.inspect.StructType]
) -> None:
    info = _plain(info)
    if isinstance(info, msgspec.inspect.ListType):
        _collect(info.item_type, version, structs)
    if isinstance(info, msgspec.inspect.StructType):
        structs[info.cls.__name__] = info
        for field in info.fields:
            if field.encode_name not in only_in_other(info.cls.__name__, version):
                _collect(field.type, version, structs)


def _plain(info: msgspec.inspect.Type) -> msgspec.inspect.Type:
    """A type without its notes and without null."""
    if isinstance(info, msgspec.inspect.Metadata):
        return _plain(info.type)
    if isinstance(info, msgspec.inspect.UnionType):
        others = [each for each in info.types if not isinstance(each, msgspec.inspect.NoneType)]
        return _plain(others[0]) if len(others) == 1 else info
    return info


def _type(info: msgspec.inspect.Type, version: str) -> str:
    info = _plain(info)
    if isinstance(info, msgspec.inspect.ListType):
        return f"[{_type(info.item_type, version)}]"
    if isinstance(info, msgspec.inspect.DictType):
        inner = _type(info.value_type, version)
        return "object" if inner == "any" else f"{{{inner}}}"
    if isinstance(info, msgspec.inspect.CustomType):
        assert info.cls is Id
        return "integer" if version == V31 else "string"
    if isinstance(info, msgspec.inspect.StructType):
        return info.cls.__name__
    names: dict[type, str] = {
        msgspec.inspect.StrType: "string",
        msgspec.inspect.IntType: "integer",
        msgspec.inspect.FloatType: "number",
        msgspec.inspect.BoolType: "boolean",
        msgspec.inspect.AnyType: "any",
    }
    return names[type(info)]


def _published_type(written: Mapping[str, Any]) -> str:
    if "$ref" in written:
        name = str(written["$ref"]).rpartition("/")[2]
        return "object" if name in OPAQUE else name
    kind = str(written.get("type", "any"))
    if kind == "array":
        return f"[{_published_type(written['items'])}]"
    if kind == "object":
        inner = _published_type(written.get("additionalProperties") or {})
        return "object" if inner == "any" else f"{{{inner}}}"
    return "any" if written.get("format") == "any" else kind
