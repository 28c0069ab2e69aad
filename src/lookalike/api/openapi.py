"""OpenAPI: the description of what is served, made from the operations and structs, never written
by hand.

In: an API version and the origin that clients use. Out: an OpenAPI 3.0 document as bytes. Any value
is `{}`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import msgspec
from msgspec import Struct

from lookalike.api.call import OpenCall
from lookalike.wire.encoding import only_in_other
from lookalike.wire.failures import ValidationError
from lookalike.wire.ids import Id
from lookalike.wire.operation import V31, Nothing, Operation, Output
from lookalike.wire.operations import OPERATIONS

RELEASE = "26.12.0"
"""The release of Looker whose API is spoken; clients compare it with what they need."""

_REF = "#/components/schemas/{name}"
_CODES = {
    "400": "the request is malformed",
    "401": "no token, or one that is no longer good",
    "403": "a permission is missing",
    "404": "not found, or not visible to the caller",
    "422": "what was asked does not make sense",
    "429": "too many requests",
}


def document_for(call: OpenCall) -> bytes:
    """The document of the version that the call came by."""
    return document(call.version, call.origin)


@lru_cache(maxsize=16)
def document(version: str, origin: str) -> bytes:
    """The document of one version."""
    schemas = _schemas(version)
    paths: dict[str, dict[str, Any]] = {}
    for operation in OPERATIONS:
        if version in operation.versions:
            for path in (operation.path, *operation.also):
                entry = _operation(operation, version, path)
                paths.setdefault(path, {})[operation.method.lower()] = entry
    return msgspec.json.encode(
        {
            "openapi": "3.0.3",
            "info": {
                "title": f"lookalike, API {version}",
                "version": full_version(version),
                "x-looker-release-version": RELEASE,
                "description": "What this server speaks of the Looker API.",
            },
            "servers": [{"url": f"{origin}/api/{version}"}],
            "security": [{"token": []}],
            "tags": [{"name": tag} for tag in dict.fromkeys(each.tag for each in OPERATIONS)],
            "paths": paths,
            "components": {
                "schemas": schemas,
                "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            },
        }
    )


def full_version(version: str) -> str:
    """`4.0.26.12`: the API version with the release."""
    return f"{version}.{RELEASE.rpartition('.')[0]}"


def _operation(operation: Operation[Any, Any, Any], version: str, path: str) -> dict[str, Any]:
    name = operation.name if path == operation.path else f"{operation.name}_{path[1:3]}"
    entry: dict[str, Any] = {
        "operationId": name,
        "tags": [operation.tag],
        "summary": operation.summary,
        "description": operation.description or operation.summary,
        "parameters": list(_parameters(operation.params, version, path)),
        "responses": _responses(operation, version),
    }
    if operation.public:
        entry["security"] = []
    if operation.body is not Nothing:
        schema = _schema(operation.body, version)
        media = ["application/json"]
        if operation.takes_form:
            media.insert(0, "application/x-www-form-urlencoded")
        entry["requestBody"] = {"content": {each: {"schema": schema} for each in media}}
    return entry


def _parameters(params: type[Struct], version: str, path: str) -> Iterator[dict[str, Any]]:
    """One entry a field of the struct; those in braces in the path stand in the path."""
    _, components = msgspec.json.schema_components(
        (params,), schema_hook=_id_schema(version), ref_template=_REF
    )
    properties = components.get(params.__name__, {}).get("properties", {})
    for name, written in properties.items():
        schema = _in_openapi(written)
        is_path = f"{{{name}}}" in path
        entry = {
            "name": name,
            "in": "path" if is_path else "query",
            "required": is_path,
            "description": schema.pop("description", ""),
            "schema": schema,
        }
        if schema.get("type") == "array":
            entry |= {"style": "form", "explode": False}
        if schema.get("type") == "object":
            entry |= {"style": "deepObject", "explode": True}
        yield entry


def _responses(operation: Operation[Any, Any, Any], version: str) -> dict[str, Any]:
    failures = {
        code: {
            "description": text,
            "content": {
                "application/json": {"schema": {"$ref": _REF.format(name="ValidationError")}}
            },
        }
        for code, text in _CODES.items()
    }
    if operation.answer is Nothing:
        return {"204": {"description": "done"}, **failures}
    if operation.is_optional:
        failures = {"204": {"description": "there is nothing to answer"}, **failures}
    if operation.answer is Output:
        text = {"schema": {"type": "string"}}
        content: dict[str, Any] = {"application/json": {"schema": {}}, "text/plain": text}
    else:
        content = {"application/json": {"schema": _schema(operation.answer, version)}}
    return {"200": {"description": operation.summary, "content": content}, **failures}


def _schema(type_: Any, version: str) -> dict[str, Any]:
    (found,), _ = msgspec.json.schema_components(
        (type_,), schema_hook=_id_schema(version), ref_template=_REF
    )
    written: dict[str, Any] = _in_openapi(found)
    return written


def _schemas(version: str) -> dict[str, Any]:
    """Every struct that goes in or out, without the properties that the version does not have."""
    types: list[Any] = [ValidationError]
    for operation in OPERATIONS:
        types += [operation.body, operation.answer]
    _, components = msgspec.json.schema_components(
        [each for each in types if each not in (Nothing, Output)],
        schema_hook=_id_schema(version),
        ref_template=_REF,
    )
    for name, schema in components.items():
        for absent in only_in_other(name, version):
            schema.get("properties", {}).pop(absent, None)
    return {name: _in_openapi(schema) for name, schema in components.items()}


def _id_schema(version: str) -> Any:
    def hook(type_: type) -> dict[str, Any]:
        if type_ is not Id:
            raise NotImplementedError
        if version == V31:
            return {"type": "integer", "format": "int64"}
        return {"type": "string"}

    return hook


def _in_openapi(schema: Any) -> Any:
    """JSON Schema as OpenAPI 3.0 writes it:
    null is `nullable`, several types are `oneOf`, no default null.
    """
    if isinstance(schema, list):
        return [_in_openapi(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    found = {
        name: _in_openapi(each)
        for name, each in schema.items()
        if name != "anyOf" and not (name == "default" and each is None)
    }
    choices = [each for each in schema.get("anyOf", ()) if each != {"type": "null"}]
    if len(choices) != len(schema.get("anyOf", ())):
        found["nullable"] = True
    if len(choices) == 1:
        only = _in_openapi(choices[0])
        return {**found, "allOf": [only]} if "$ref" in only else {**only, **found}
    if choices:
        found["oneOf"] = _in_openapi(choices)
    return found
