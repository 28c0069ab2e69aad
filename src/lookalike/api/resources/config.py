"""Config: versions and descriptions."""

from __future__ import annotations

from lookalike.api import openapi
from lookalike.api.call import Call, Encoded, OpenCall
from lookalike.api.handlers import Lane, serves, serves_anyone
from lookalike.instance.errors import NotFound
from lookalike.wire import config
from lookalike.wire.operation import BOTH, V31, V40, Masked, Nothing

SPECIFICATIONS = ("swagger.json", "openapi.json")
STATUSES = {V31: "legacy", V40: "current"}


@serves_anyone(config.versions, Lane.IN_PLACE)
def list_versions(call: OpenCall, params: Masked, body: Nothing) -> config.ApiVersion:
    elements = {version: element_out(call.origin, version) for version in BOTH}
    return config.ApiVersion(
        looker_release_version=openapi.RELEASE,
        current_version=elements[V40],
        supported_versions=list(elements.values()),
        api_server_url=call.origin,
        web_server_url=call.origin,
    )


@serves(config.api_spec)
def get_specification(call: Call, params: config.ApiSpecParams, body: Nothing) -> Encoded:
    if params.api_version not in BOTH or params.specification not in SPECIFICATIONS:
        raise NotFound(
            f"there is no `{params.specification}` of API `{params.api_version}`;"
            " ask for `openapi.json` of `3.1` or `4.0`"
        )
    return Encoded(openapi.document(params.api_version, call.origin))


@serves_anyone(config.swagger)
def get_swagger(call: OpenCall, params: Nothing, body: Nothing) -> Encoded:
    return Encoded(openapi.document_for(call))


@serves_anyone(config.alive, Lane.IN_PLACE)
def alive(call: OpenCall, params: Nothing, body: Nothing) -> config.Alive:
    return config.Alive()


def element_out(origin: str, version: str) -> config.ApiVersionElement:
    return config.ApiVersionElement(
        version=version,
        full_version=openapi.full_version(version),
        status=STATUSES[version],
        swagger_url=f"{origin}/api/{version}/swagger.json",
    )
