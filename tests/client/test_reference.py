"""The reference page of SessionApi says what the code does, and its examples run."""

from __future__ import annotations

import contextlib
import inspect
import io
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest

from lookalike.client import ApiSession, SessionApi, Settings, WriteApiSession
from lookalike.client.messages import request_for
from lookalike.client.settings import NAMES
from lookalike.wire import session
from lookalike.wire.operation import Nothing, Operation
from tests.contract.conftest import ROOT

PAGE = (ROOT / "docs" / "reference" / "session-api.md").read_text(encoding="utf-8")
EXAMPLE = re.compile(r"```python\n(.*?)```\n\n```text\n(.*?)```", re.DOTALL)
PARTS = (
    "Example",
    "Parameters",
    "Return type",
    "Authorization",
    "HTTP request headers",
    "Errors",
)
OPERATIONS: dict[str, Operation[Any, Any, ApiSession]] = {
    operation.name: operation for operation in session.OPERATIONS
}


def section(name: str) -> str:
    return PAGE.split(f"\n## {name}\n")[1].split("\n## ")[0]


def part(name: str, title: str) -> str:
    return section(name).split(f"\n### {title}\n")[1].split("\n### ")[0]


def rows(text: str) -> list[list[str]]:
    """The cells of the tables in a text, without their heads."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    cells = [[cell.strip(" `") for cell in line[1:-1].split("|")] for line in lines]
    rules = [n for n, line in enumerate(lines) if set(line) <= set("|-")]
    heads = {n - 1 for n in rules} | set(rules)
    return [row for n, row in enumerate(cells) if n not in heads]


def test_the_table_of_methods() -> None:
    expected = [
        [
            f"[`{operation.name}`](#{operation.name})",
            f"{operation.method} /api/4.0{operation.path}",
            operation.summary,
        ]
        for operation in session.OPERATIONS
    ]
    assert rows(PAGE.split("\n## ")[0]) == expected


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_method_has_all_parts(name: str) -> None:
    operation = OPERATIONS[name]
    assert [title for title in PARTS if f"\n### {title}\n" not in section(name)] == []
    signature = inspect.signature(getattr(SessionApi, name))
    arguments = [each for each in signature.parameters if each != "self"]
    assert f"{name}({', '.join(arguments)}) -> {signature.return_annotation}" in section(name)
    for argument in arguments:
        assert f"| `{argument}` |" in part(name, "Parameters")
    assert f"`{signature.return_annotation}`" in part(name, "Return type")
    assert operation.answer.__name__ == signature.return_annotation


@pytest.mark.parametrize("name", OPERATIONS)
def test_headers(name: str) -> None:
    operation = OPERATIONS[name]
    body = WriteApiSession() if operation.body is WriteApiSession else Nothing()
    settings = Settings(base_url="http://x", client_id="a", client_secret="b")
    request = request_for(settings, operation, Nothing(), body)
    said = {header.lower(): value for header, value in rows(part(name, "HTTP request headers"))}
    assert said["accept"] == request.headers["accept"]
    assert said["content-type"].startswith(request.headers.get("content-type", "not sent"))


@pytest.mark.parametrize("name", OPERATIONS)
def test_the_errors_are_those_of_the_docstring(name: str) -> None:
    raised = (inspect.getdoc(getattr(SessionApi, name)) or "").split("Raises:\n")[1]
    in_docstring = set(re.findall(r"^ {4}(\w+): ", raised, re.MULTILINE))
    in_table = {row[0] for row in rows(part(name, "Errors"))}
    assert in_docstring <= in_table


def test_properties() -> None:
    names = [field.name for field in msgspec.structs.fields(ApiSession)]
    assert [row[0] for row in rows(section("ApiSession"))] == names
    writable = rows(part("update_session", "Parameters"))[1:]
    assert [row[0] for row in writable] == list(WriteApiSession.__struct_fields__)


def test_settings() -> None:
    table = rows(section("Settings"))
    assert [row[:2] for row in table] == [[name, f"LOOKERSDK_{name.upper()}"] for name in NAMES]
    defaults = {
        field.name: str(field.default).lower()
        for field in msgspec.structs.fields(Settings)
        if not field.required
    }
    assert {row[0]: row[2] for row in table if row[2]} == defaults


@pytest.mark.slow
def test_examples_run(ini: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ini.parent)
    examples = EXAMPLE.findall(PAGE)
    assert len(examples) == PAGE.count("```python")
    for code, expected in examples:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(code, "session-api.md", "exec"), {"__name__": "__main__"})
        assert printed.getvalue() == expected, code
