"""Routes: the table of operations as a tree of path segments. In: a method and a raw path. Out: the
route.

Literal segments win over parameters. A percent-encoded slash stays inside its segment.
Invariant: every operation has exactly one handler, and names the permission it needs or is public;
else nothing loads.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import unquote_to_bytes

from msgspec import Struct

from lookalike.api.handlers import HANDLERS, Handler
from lookalike.api.resources import (
    api_auth,
    config,
    connection,
    dashboard,
    datagroup,
    deploy,
    derived_table,
    extensions,
    folder,
    git_branch,
    git_connection,
    look,
    lookml_model,
    metadata,
    project,
    project_file,
    query,
    query_task,
    role,
    session,
    user,
    validation,
    webhook,
    workspace,
)
from lookalike.instance.access import Permission
from lookalike.wire.operation import SIGNED_IN, V40, Operation
from lookalike.wire.operations import SERVED

RESOURCES = (
    api_auth,
    config,
    connection,
    dashboard,
    datagroup,
    deploy,
    derived_table,
    extensions,
    folder,
    git_branch,
    git_connection,
    look,
    lookml_model,
    metadata,
    project,
    project_file,
    query,
    query_task,
    role,
    session,
    user,
    validation,
    webhook,
    workspace,
)
"""The modules whose loading fills HANDLERS."""

PREFIX = "/api/"


class Route(Struct, frozen=True, kw_only=True):
    """One operation at one path. `version` is the face that paths without a version show."""

    handler: Handler
    version: str
    template: str
    parameters: tuple[str, ...]
    needs: Permission | None


class Found(Struct, frozen=True):
    """The methods of a path and the values of its parameters, in order."""

    methods: Mapping[str, Route]
    values: tuple[str, ...] = ()


class _Node:
    __slots__ = ("literals", "methods", "parameter")

    def __init__(self) -> None:
        self.literals: dict[bytes, _Node] = {}
        self.parameter: _Node | None = None
        self.methods: dict[str, Route] = {}


class Routes:
    """The tree, and beside it every path without parameters as a whole."""

    def __init__(self, routes: Iterable[Route]) -> None:
        self._root = _Node()
        self._literal: dict[bytes, Found] = {}
        for route in routes:
            node = self._enter(route)
            if not route.parameters:
                self._literal[route.template.encode()] = Found(node.methods)

    def find(self, path: bytes) -> Found | None:
        """What is served at `path`; None if nothing."""
        found = self._literal.get(path)
        if found is not None:
            return found
        segments = path.strip(b"/").split(b"/")
        return _find(self._root, segments, 0, ())

    def _enter(self, route: Route) -> _Node:
        node = self._root
        for segment in route.template.strip("/").split("/"):
            if segment.startswith("{"):
                node.parameter = node.parameter or _Node()
                node = node.parameter
            else:
                node = node.literals.setdefault(segment.encode(), _Node())
        if route.handler.operation.method in node.methods:
            raise ValueError(f"two operations at {route.handler.operation.method} {route.template}")
        node.methods[route.handler.operation.method] = route
        return node


def all_routes(
    operations: Iterable[Operation[Any, Any, Any]] = SERVED,
    handlers: Mapping[str, Handler] = HANDLERS,
) -> Iterator[Route]:
    """Every path of every operation. Raises ValueError for one that must not be served."""
    for operation in operations:
        handler = handlers.get(operation.name)
        if handler is None:
            raise ValueError(f"operation {operation.name} has no handler")
        needs = _needed(operation)
        if handler.is_open != operation.public:
            raise ValueError(f"the handler of {operation.name} and its `public` do not agree")
        for version, template in _templates(operation):
            yield Route(
                handler=handler,
                version=version,
                template=template,
                parameters=tuple(
                    part[1:-1] for part in template.split("/") if part.startswith("{")
                ),
                needs=needs,
            )


def _needed(operation: Operation[Any, Any, Any]) -> Permission | None:
    """The permission to ask for. Nothing named and not public is refused:
    it would be open by oversight.
    """
    if operation.public == bool(operation.needs):
        raise ValueError(f"operation {operation.name} must name what it needs, or be public")
    if operation.public or operation.needs == SIGNED_IN:
        return None
    try:
        return Permission(operation.needs)
    except ValueError:
        raise ValueError(
            f"operation {operation.name} needs {operation.needs}, which is no permission"
        ) from None


def _templates(operation: Operation[Any, Any, Any]) -> Iterator[tuple[str, str]]:
    for version in operation.versions:
        for path in (operation.path, *operation.also):
            yield version, f"{PREFIX}{version}{path}"
    for path in operation.bare:
        yield V40, path


def _find(node: _Node, segments: list[bytes], at: int, values: tuple[str, ...]) -> Found | None:
    """Depth first: the literal segment, then the parameter. The tree is at most nine deep."""
    if at == len(segments):
        return Found(node.methods, values) if node.methods else None
    segment = segments[at]
    literal = node.literals.get(segment)
    if literal is not None:
        found = _find(literal, segments, at + 1, values)
        if found is not None:
            return found
    if node.parameter is None or not segment:
        return None
    value = unquote_to_bytes(segment).decode("utf-8", "replace")
    return _find(node.parameter, segments, at + 1, (*values, value))
