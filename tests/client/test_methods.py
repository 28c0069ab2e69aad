"""The methods are those of the operations, and nobody has edited them by hand."""

from __future__ import annotations

import inspect

import pytest

from lookalike.client.methods import AsyncMethods, Methods
from lookalike.wire.operations import OPERATIONS
from tests.client import generate


def test_the_file_is_what_the_operations_make_of_it() -> None:
    assert generate.METHODS.read_text(encoding="utf-8") == generate.source(), (
        "run `python -m tests.client.generate`"
    )


@pytest.mark.parametrize("face", [Methods, AsyncMethods])
def test_every_operation_is_a_method_of_its_tag(face: type[Methods] | type[AsyncMethods]) -> None:
    def send(*call: object) -> None:
        raise AssertionError

    methods = face(send)  # type: ignore[arg-type]
    for operation in OPERATIONS:
        group = getattr(methods, generate.attribute(operation.tag))
        method = getattr(group, operation.name)
        assert inspect.iscoroutinefunction(method) == (face is AsyncMethods)
        docstring = inspect.getdoc(method) or ""
        assert f"{operation.method} /api/" in docstring
        assert "Returns:" in docstring
        for name in inspect.signature(method).parameters:
            assert f"    {name}: " in docstring
