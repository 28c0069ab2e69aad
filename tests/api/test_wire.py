"""The wire: masks, parameters and the two faces of a value, each shape named after who sends it."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from lookalike.wire import encoding, lookml_model, operations, parameters, query, user
from lookalike.wire.fields import pick, read_mask
from lookalike.wire.ids import Id
from lookalike.wire.operation import V31, V40
from lookalike.wire.refusals import Malformed, Unfit

EXPLORE = {
    "id": "m::e",
    "name": "e",
    "fields": {"dimensions": [{"name": "a", "type": "b"}], "measures": [{"name": "c"}]},
}


@pytest.mark.parametrize(
    ("mask", "expected"),
    [
        ("", EXPLORE),
        (" , ", EXPLORE),
        ("id", {"id": "m::e"}),
        ("id, name", {"id": "m::e", "name": "e"}),
        ("fields", {"fields": EXPLORE["fields"]}),
        ("fields(dimensions(name,type))", {"fields": {"dimensions": [{"name": "a", "type": "b"}]}}),
        ("fields.dimensions.name,id", {"fields": {"dimensions": [{"name": "a"}]}, "id": "m::e"}),
        ("fields(dimensions(name)", {"fields": {"dimensions": [{"name": "a"}]}}),
        ("fields(measures),fields", {"fields": EXPLORE["fields"]}),
        ("fields,fields(measures)", {"fields": EXPLORE["fields"]}),
        ("nothing,id)", {"id": "m::e"}),
        ("nothing", {}),
    ],
)
def test_mask(mask: str, expected: object) -> None:
    assert pick(EXPLORE, read_mask(mask)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("fields=a.x,a.y", ["a.x", "a.y"]),
        ("fields=a.x,%20a.y", ["a.x", "a.y"]),
        ("fields=%5B%22a.x%22,%22a.y%22%5D", ["a.x", "a.y"]),
        ("fields=a.x&fields=a.y", ["a.x", "a.y"]),
        ("fields=null", None),
        ("fields=", None),
        ("_no_cache=1", None),
    ],
    ids=["comma", "blank", "json (typescript, go)", "repeated", "null (go)", "empty", "unknown"],
)
def test_lists(text: str, expected: object) -> None:
    assert _url_query(text).fields == expected


def test_filters_keep_what_is_written() -> None:
    found = _url_query("f[a.x]=null&f%5Ba.y%5D=%25x%2Cy&f=1&g[z]=2")
    assert found.f == {"a.x": "null", "a.y": "%x,y"}


@pytest.mark.parametrize("text", ["true", "True", "1"])
def test_booleans(text: str) -> None:
    assert parameters.read(lookml_model.AllModelsParams, {}, f"exclude_empty={text}".encode()) == (
        lookml_model.AllModelsParams(exclude_empty=True)
    )


@pytest.mark.parametrize("query_string", [b"limit=abc", b"cache=maybe", b"limit=%ff", b"limit=1.5"])
def test_bad_parameters(query_string: bytes) -> None:
    with pytest.raises(Malformed):
        parameters.read(query.RunParams, {"result_format": "json"}, query_string)


def test_a_parameter_that_is_missing_is_named() -> None:
    with pytest.raises(Malformed, match=r"^parameter `result_format` is required$"):
        parameters.read(query.RunParams, {}, b"limit=1")


def test_ids_have_two_faces() -> None:
    found = user.User(id=Id("5"), role_ids=[Id("6")])
    mask = read_mask("id,role_ids")
    assert encoding.encode(found, V31, mask) == b'{"id":5,"role_ids":[6]}'
    assert encoding.encode([found], V40, mask) == b'[{"id":"5","role_ids":["6"]}]'
    for raw in (b'{"query_id":5}', b'{"query_id":"5"}'):
        assert encoding.decode(query.QueryParams, raw).query_id == Id("5")
    with pytest.raises(Unfit):
        encoding.decode(query.QueryParams, b'{"query_id":true}')


def test_what_one_version_has_alone_exists() -> None:
    structs: dict[str, set[str]] = {}
    for operation in operations.OPERATIONS:
        _collect(msgspec.inspect.type_info(operation.answer), structs)
        _collect(msgspec.inspect.type_info(operation.body), structs)
    for named in encoding.ONE_VERSION.values():
        for struct, properties in named.items():
            assert set(properties) <= structs[struct], struct


def test_depth_counts_brackets_not_text() -> None:
    encoding.check_depth(b'{"a":"' + b"[{" * 500 + b'\\"' + b"[" * 500 + b'"}')
    with pytest.raises(Malformed):
        encoding.check_depth(b'{"a":"\\\\"' + b",[" * 70)
    encoding.check_depth(b'"' + b'\\"[' * 500_000)


def _url_query(text: str) -> query.UrlQueryParams:
    path = {"model_name": "m", "view_name": "v", "result_format": "json"}
    return parameters.read(query.UrlQueryParams, path, text.encode())


def _collect(info: Any, structs: dict[str, set[str]]) -> None:
    if isinstance(info, msgspec.inspect.StructType):
        structs[info.cls.__name__] = {field.encode_name for field in info.fields}
        for field in info.fields:
            _collect(field.type, structs)
    for name in ("types", "item_type", "type"):
        inner = getattr(info, name, None)
        for each in inner if isinstance(inner, tuple) else (inner,):
            if isinstance(each, msgspec.inspect.Type):
                _collect(each, structs)
