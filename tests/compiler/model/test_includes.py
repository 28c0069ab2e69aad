"""Which files a model reaches, and in which order."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from lookalike.compiler import model
from lookalike.compiler.syntax import Code, Severity
from tests.patience import PATIENCE

FILES = (
    "top.view.lkml",
    "views/a.view.lkml",
    "views/b.view.lkml",
    "views/x1.view.lkml",
    "views/deep/c.view.lkml",
    "views/deep/er/d.view.lkml",
    "views/deep/er/e.layer.lkml",
    "models/near.view.lkml",
)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("near.view.lkml", "models/near.view.lkml"),
        ("near.view", "models/near.view.lkml"),
        ("./near.view", "models/near.view.lkml"),
        ("../views/a.view", "views/a.view.lkml"),
        ("/views/a.view", "views/a.view.lkml"),
        ("/shop/views/a.view", "views/a.view.lkml"),
        ("//shop/views/a.view", "views/a.view.lkml"),
        ("/views/*.view", "views/a.view.lkml views/b.view.lkml views/x1.view.lkml"),
        ("/views/?.view", "views/a.view.lkml views/b.view.lkml"),
        ("/views/[!ab]*.view.lkml", "views/x1.view.lkml"),
        ("/views/[a-b].view", "views/a.view.lkml views/b.view.lkml"),
        ("/views/x[0-9]*.view*", "views/x1.view.lkml"),
        (
            "/*/*.view",
            "models/near.view.lkml views/a.view.lkml views/b.view.lkml views/x1.view.lkml",
        ),
        ("/views/**/d.view", "views/deep/er/d.view.lkml"),
        ("/**/a.view", "views/a.view.lkml"),
        ("/**/top.view", "top.view.lkml"),
        ("/**/**/er/*", "views/deep/er/d.view.lkml views/deep/er/e.layer.lkml"),
        (
            "/views/deep/**",
            "views/deep/c.view.lkml views/deep/er/d.view.lkml views/deep/er/e.layer.lkml",
        ),
        ("/views/deep/er/e.layer", "views/deep/er/e.layer.lkml"),
        ("/views/a*view", "views/a.view.lkml"),
        ("/**/*.layer", "views/deep/er/e.layer.lkml"),
        ("/shop/views/deep/er/e.layer", "views/deep/er/e.layer.lkml"),
        ("/**/*d*r/*.view", ""),
        ("/**/*e*r/*.view", "views/deep/er/d.view.lkml"),
    ],
)
def test_patterns(assemble: Callable[..., model.Assembled], pattern: str, expected: str) -> None:
    texts = dict.fromkeys(FILES, "") | {"models/m.model.lkml": f'include: "{pattern}"'}
    found = assemble(texts)
    assert found.project.models["m"].files == ("models/m.model.lkml", *expected.split())
    assert not [each for each in found.diagnostics if expected]


@pytest.mark.parametrize(
    ("pattern", "code", "severity"),
    [
        ("nothing.view", Code.INCLUDE_NOT_FOUND, Severity.ERROR),
        ("nothing.layer", Code.INCLUDE_NOT_FOUND, Severity.ERROR),
        ("../../outside.view", Code.INCLUDE_NOT_FOUND, Severity.ERROR),
        ("", Code.INCLUDE_NOT_FOUND, Severity.ERROR),
        ("/none/*.view", Code.INCLUDE_NOT_FOUND, Severity.WARNING),
        ("//elsewhere/a.view", Code.UNKNOWN_PROJECT, Severity.ERROR),
    ],
)
def test_no_match_is_reported_at_its_place_and_stops_nothing(
    assemble: Callable[..., model.Assembled], pattern: str, code: Code, severity: Severity
) -> None:
    text = (
        f'connection: "db"\ninclude: "{pattern}"\nview: v {{ dimension: a {{}} }}\nexplore: v {{}}'
    )
    found = assemble({"m.model.lkml": text})
    (diagnostic,) = found.diagnostics
    assert (diagnostic.code, diagnostic.severity) == (code, severity)
    assert (diagnostic.place.path, diagnostic.place.line) == ("m.model.lkml", 2)
    assert list(found.project.models["m"].explores["v"].fields) == ["v.a"]


def test_files_that_are_not_lookml_are_not_missed(
    assemble: Callable[..., model.Assembled],
) -> None:
    text = 'include: "/**/*.dashboard"\ninclude: "*dashboard"\ninclude: "/a.topojson"'
    assert assemble({"m.model.lkml": text}).diagnostics == ()


def test_a_missing_dashboard(assemble: Callable[..., model.Assembled]) -> None:
    (found,) = assemble({"m.model.lkml": 'include: "/a.dashboard"'}).diagnostics
    assert (found.code, found.severity) == (Code.INCLUDE_NOT_FOUND, Severity.ERROR)


def test_a_file_stands_where_it_is_included_and_only_once(
    assemble: Callable[..., model.Assembled],
) -> None:
    found = assemble(
        {
            "m.model.lkml": 'include: "a"\ninclude: "b"',
            "a": 'include: "c"',
            "b": 'include: "a"\ninclude: "m.model"\ninclude: "b"',
            "c": 'include: "b"',
        }
    )
    assert found.project.models["m"].files == ("m.model.lkml", "a", "c", "b")
    assert found.diagnostics == ()


def test_include_order_decides_between_refinements(
    assemble: Callable[..., model.Assembled],
) -> None:
    texts = {
        "base.view.lkml": 'view: v { dimension: a { label: "base" } }',
        "one.layer.lkml": 'view: +v { dimension: a { label: "one" } }',
        "two.layer.lkml": 'view: +v { dimension: a { label: "two" } }',
    }
    for last in ("one", "two"):
        order = ["one", "two"] if last == "two" else ["two", "one"]
        lines = [f'include: "{each}.layer.lkml"' for each in order]
        text = "\n".join([*lines, 'include: "base.view"'])
        view = assemble(texts | {"m.model.lkml": text}).project.models["m"].views["v"]
        assert view.fields["a"].label == last


def test_models_resolve_names_on_their_own(assemble: Callable[..., model.Assembled]) -> None:
    found = assemble(
        {
            "one.model.lkml": 'connection: "a"\ninclude: "one.view"\nexplore: v {}',
            "two.model.lkml": 'connection: "b"\ninclude: "two.view"\nexplore: v {}',
            "one.view.lkml": "view: v { dimension: first {} }",
            "two.view.lkml": "view: v { dimension: second {} }",
            "none.view.lkml": "view: v { dimension: a { sql: ${gone} ;; } }",
        }
    )
    models = found.project.models
    assert list(models["one"].explores["v"].fields) == ["v.first"]
    assert list(models["two"].explores["v"].fields) == ["v.second"]
    assert found.diagnostics == ()


def test_an_imported_project_has_its_own_root_and_constants(
    assemble: Callable[..., model.Assembled],
) -> None:
    found = assemble(
        {
            "manifest.lkml": """
                project_name: "shop"
                constant: schema { value: "mine" }
                local_dependency: {
                  project: "block"
                  override_constant: table { value: "given" }
                }
            """,
            "m.model.lkml": 'connection: "db"\ninclude: "//block/views/*.view"\nexplore: b {}',
        },
        imports={
            "block": {
                "manifest.lkml": """
                    constant: schema { value: "theirs" }
                    constant: table { value: "default" export: override_optional }
                """,
                "views/b.view.lkml": 'include: "/more/extra.view"\n'
                "view: b { sql_table_name: @{schema}.@{table} ;; extends: [extra] }",
                "more/extra.view.lkml": "view: extra { dimension: a {} }",
            }
        },
    )
    explore = found.project.models["m"].explores["b"]
    assert found.diagnostics == ()
    assert explore.view.sql_table_name is not None
    assert explore.view.sql_table_name.text == "theirs.given"
    assert explore.view.place.path == "imported_projects/block/views/b.view.lkml"
    assert list(explore.fields) == ["b.a"]


def test_a_nasty_pattern_takes_no_time(assemble: Callable[..., model.Assembled]) -> None:
    path = "/".join(["a"] * 40) + "/" + "a" * 200 + ".view.lkml"
    patterns = [
        "/" + "**/" * 100 + "b.view",
        "/**/" + "*a" * 100 + "*b",
        "/**/" + "[a]*" * 80 + "b",
    ]
    text = "\n".join(f'include: "{each}"' for each in patterns)
    began = time.process_time()
    found = assemble({"m.model.lkml": text, path: ""})
    assert time.process_time() - began < PATIENCE
    assert [each.code for each in found.diagnostics] == [Code.INCLUDE_NOT_FOUND] * 3
