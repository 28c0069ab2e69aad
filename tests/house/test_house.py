"""The laws of the house that no linter keeps: doors, sizes, names."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "lookalike"
FILES = sorted(SOURCE.rglob("*.py"))
ROOMS = sorted(path.parent for path in SOURCE.rglob("__init__.py"))
LONG_FILES = {"compiler/model/parameters.py", "client/methods.py"}
BANNED_NAMES = re.compile(r"(^|_)(utils?|helpers?|common|misc|shared|base|manager|core)(_|$)")
N_FILE_LINES = 500
N_FUNCTION_LINES = 60
N_DOOR_NAMES = 70
N_METHODS = 20


def name_of(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def code_lines(node: ast.FunctionDef | ast.AsyncFunctionDef, text: list[str]) -> int:
    """Lines of a function without its docstring, blanks and comments."""
    first = node.body[0]
    skipped: set[int] = set()
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
        skipped = set(range(first.lineno, (first.end_lineno or first.lineno) + 1))
    lines = (
        text[number - 1].strip()
        for number in range(node.lineno, (node.end_lineno or node.lineno) + 1)
        if number not in skipped
    )
    return sum(1 for line in lines if line and not line.startswith("#"))


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_file_keeps_the_house_rules(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    tree = tree_of(path)
    name = name_of(path)
    assert not BANNED_NAMES.search(path.stem), "the name says nothing of the subject"
    assert ast.get_docstring(tree), "a file begins by saying what it is for"
    if name not in LONG_FILES:
        assert len(lines) <= N_FILE_LINES, "there is a second subject in this file"
    for function in functions(tree):
        assert code_lines(function, lines) <= N_FUNCTION_LINES, f"{function.name} is too long"
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and name not in LONG_FILES:
            n_methods = sum(isinstance(each, ast.FunctionDef) for each in node.body)
            assert n_methods <= N_METHODS, f"{node.name} has {n_methods} methods"


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_no_file_imports_its_own_door(path: Path) -> None:
    room = ".".join(("lookalike", *path.relative_to(SOURCE).parent.parts))
    if path.name == "__init__.py" or room == "lookalike":
        return
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.ImportFrom) and node.module == room:
            doors = [
                alias.name
                for alias in node.names
                if not (path.parent / f"{alias.name}.py").exists()
                and not (path.parent / alias.name).is_dir()
            ]
            assert not doors, f"{doors} come through the door of their own room"


@pytest.mark.parametrize("room", ROOMS, ids=lambda path: name_of(path) or "lookalike")
def test_doors_hold_no_logic(room: Path) -> None:
    door = room / "__init__.py"
    names = re.findall(r'^    "\w+",$', door.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(names) <= N_DOOR_NAMES, "a room that offers so much is two rooms"
    for node in tree_of(door).body:
        assert isinstance(
            node, ast.Expr | ast.Import | ast.ImportFrom | ast.Assign | ast.AnnAssign
        ), f"line {node.lineno} of {name_of(door)} is logic in a door"


def test_migrations_are_numbered_without_gaps() -> None:
    names = sorted(path.name for path in (SOURCE / "store" / "migrations").glob("*.sql"))
    assert [int(name.split("_")[0]) for name in names] == list(range(1, len(names) + 1))


def test_no_version_branches_in_resources() -> None:
    """3.1 and 4.0 share every handler."""
    for path in (SOURCE / "api" / "resources").glob("*.py"):
        assert not re.search(
            r"call\.version|\"3\.1\"|\"4\.0\"", path.read_text(encoding="utf-8")
        ), name_of(path)
