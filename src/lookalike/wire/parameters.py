"""Parameters: path and query values in every shape known clients send, read into the struct of an
operation.

In: decoded path values and the raw query string. Out: the parameters. Unknown names are ignored.
A list comes as `a,b`, as JSON or repeated; `null` and an empty value are absent; `f[x]=1` is an
entry of the map `f`, which may also come as JSON.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any, TypeVar, cast
from urllib.parse import parse_qsl

import msgspec
from msgspec import Struct

from lookalike.wire.encoding import read_id
from lookalike.wire.refusals import Malformed

P = TypeVar("P", bound=Struct)

MAX_PARAMETERS = 10_000
_MISSING = re.compile(r"Object missing required field `([^`]*)`$")


class _Shape(Enum):
    SCALAR = 1
    LIST = 2
    MAP = 3


def read(params: type[P], path: Mapping[str, str], query: bytes) -> P:
    """The parameters of a request. Raises Malformed, naming the parameter."""
    reader = _READERS.get(params)
    if reader is None:
        reader = _READERS[params] = _reader(params)
    return cast("P", reader(path, query))


def pairs(query: bytes) -> list[tuple[str, str]]:
    """Names and values of a urlencoded text, as they come."""
    try:
        return parse_qsl(
            query.decode("utf-8"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=MAX_PARAMETERS,
        )
    except ValueError:
        raise Malformed("the urlencoded parameters can't be read; encode them as UTF-8") from None


_READERS: dict[type[Any], Callable[[Mapping[str, str], bytes], Any]] = {}


def _reader(params: type[P]) -> Callable[[Mapping[str, str], bytes], P]:
    shapes = _shapes(params)
    if not shapes:
        nothing = params()
        return lambda path, query: nothing
    needs_path = any(field.required for field in msgspec.structs.fields(params))
    blank = None if needs_path else params()

    def read_struct(path: Mapping[str, str], query: bytes) -> P:
        if not query and not path and blank is not None:
            return blank
        values: dict[str, Any] = _query_values(shapes, query) if query else {}
        values.update((name, value) for name, value in path.items() if name in shapes)
        return _convert(values, params)

    return read_struct


def _shapes(params: type[Struct]) -> dict[str, _Shape]:
    info = msgspec.inspect.type_info(params)
    assert isinstance(info, msgspec.inspect.StructType)
    return {field.encode_name: _shape(field.type) for field in info.fields}


def _shape(info: msgspec.inspect.Type) -> _Shape:
    if isinstance(info, msgspec.inspect.Metadata):
        return _shape(info.type)
    if isinstance(info, msgspec.inspect.UnionType):
        shapes = [_shape(each) for each in info.types]
        return next((shape for shape in shapes if shape is not _Shape.SCALAR), _Shape.SCALAR)
    if isinstance(info, msgspec.inspect.ListType | msgspec.inspect.VarTupleType):
        return _Shape.LIST
    if isinstance(info, msgspec.inspect.DictType):
        return _Shape.MAP
    return _Shape.SCALAR


def _query_values(shapes: Mapping[str, _Shape], query: bytes) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, value in pairs(query):
        shape = shapes.get(name)
        if shape is None or shape is _Shape.MAP:
            _enter_map(values, shapes, name, value)
        elif value in ("", "null"):
            continue
        elif shape is _Shape.LIST:
            values.setdefault(name, []).extend(_elements(name, value))
        else:
            values[name] = value
    return values


def _enter_map(values: dict[str, Any], shapes: Mapping[str, _Shape], name: str, value: str) -> None:
    """`f[orders.status]=new` enters `new` in the map `f`; anything else is not ours."""
    outer, bracket, key = name.partition("[")
    if bracket and key.endswith("]") and shapes.get(outer) is _Shape.MAP:
        values.setdefault(outer, {})[key[:-1]] = value
    elif shapes.get(name) is _Shape.MAP and value.startswith("{"):
        values.setdefault(name, {}).update(_entries(name, value))


def _entries(name: str, value: str) -> dict[str, str]:
    """A map as a JSON object of scalars."""
    try:
        found = dict(json.loads(value))
    except (ValueError, RecursionError):
        raise Malformed(f"parameter `{name}` is not a JSON object; write `{name}[a]=b`") from None
    return {key: each if isinstance(each, str) else json.dumps(each) for key, each in found.items()}


def _elements(name: str, value: str) -> list[Any]:
    if not value.startswith("["):
        return [part.strip() for part in value.split(",")]
    try:
        found = json.loads(value)
    except (ValueError, RecursionError):
        raise Malformed(f"parameter `{name}` is not a JSON list; write `a,b`") from None
    return list(found)


def _convert(values: dict[str, Any], params: type[P]) -> P:
    try:
        return msgspec.convert(values, params, strict=False, dec_hook=read_id)
    except msgspec.ValidationError as error:
        missing = _MISSING.match(str(error))
        if missing is not None:
            raise Malformed(f"parameter `{missing[1]}` is required") from None
        message, _, place = str(error).partition(" - at `$.")
        name = place.rstrip("`") or "parameters"
        raise Malformed(f"parameter `{name}` can't be read: {message}") from None
