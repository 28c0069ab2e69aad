"""Config: which API versions the server speaks, and their description."""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import Meta, Struct

from lookalike.wire.operation import SIGNED_IN, V40, Masked, Nothing, Operation


class ApiVersionElement(Struct, frozen=True, kw_only=True):
    """One API version. `status` is `current` or `legacy`."""

    version: str | None = None
    full_version: str | None = None
    status: str | None = None
    swagger_url: str | None = None


class ApiVersion(Struct, frozen=True, kw_only=True):
    """What the server is and where."""

    looker_release_version: str | None = None
    current_version: ApiVersionElement | None = None
    supported_versions: list[ApiVersionElement] | None = None
    api_server_url: str | None = None
    web_server_url: str | None = None


class ApiSpecParams(Struct, frozen=True, kw_only=True):
    api_version: Annotated[str, Meta(description="API version: `3.1` or `4.0`.")]
    specification: Annotated[str, Meta(description="`swagger.json` or `openapi.json`.")]


class Alive(Struct, frozen=True):
    """The server answers."""

    status: str = "ok"


versions = Operation(
    name="versions",
    method="GET",
    path="/versions",
    tag="Config",
    summary="List the API versions",
    description="Answers which API versions the server speaks and where. Needs no token.",
    params=Masked,
    body=Nothing,
    answer=ApiVersion,
    public=True,
    bare=("/versions",),
)

api_spec = Operation(
    name="api_spec",
    method="GET",
    path="/api_spec/{api_version}/{specification}",
    tag="Config",
    summary="Get the description of an API version",
    params=ApiSpecParams,
    body=Nothing,
    answer=dict[str, Any],
    needs=SIGNED_IN,
    versions=(V40,),
)

swagger = Operation(
    name="swagger",
    method="GET",
    path="/swagger.json",
    tag="Config",
    summary="Get the OpenAPI description of what is served",
    description="Answers the OpenAPI document of this API version. Needs no token.",
    params=Nothing,
    body=Nothing,
    answer=dict[str, Any],
    public=True,
    also=("/openapi.json",),
)

alive = Operation(
    name="alive",
    method="GET",
    path="/alive",
    tag="Config",
    summary="Whether the server answers",
    description="Answers 200. Needs no token.",
    params=Nothing,
    body=Nothing,
    answer=Alive,
    public=True,
    bare=("/alive",),
)

OPERATIONS = (versions, api_spec, swagger, alive)
