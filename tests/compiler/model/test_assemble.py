"""Whole projects: constants, manifests, broken files, and what models share."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lookalike.compiler import model, syntax
from lookalike.compiler.syntax import Code, Severity

Assemble = Callable[..., model.Assembled]


def test_constants_reach_every_text(assemble: Assemble) -> None:
    found = assemble(
        {
            "manifest.lkml": """
                constant: conn { value: "duck" }
                constant: schema { value: "@{env}_shop" }
                constant: env { value: "prod" }
                constant: folder { value: "/views" }
            """,
            "m.model.lkml": """
                connection: "@{conn}"
                include: "@{folder}/*.view"
                explore: v { label: "In @{env}" tags: ["@{env}"] }
            """,
            "views/v.view.lkml": """
                view: v {
                  sql_table_name: @{schema}.@{ env }.t ;;
                  dimension: a { description: "@{schema}" link: { label: "@{env}" url: "u" } }
                  measure: n { type: count filters: [a: "@{env}"] }
                }
            """,
        }
    )
    assert found.diagnostics == ()
    shop = found.project.models["m"]
    explore = shop.explores["v"]
    a, n = explore.fields["v.a"], explore.fields["v.n"]
    assert isinstance(a, model.Dimension)
    assert isinstance(n, model.Measure)
    assert shop.connection == "duck"
    assert explore.view.sql_table_name is not None
    assert explore.view.sql_table_name.text == "prod_shop.prod.t"
    assert (explore.label, explore.tags) == ("In prod", ("prod",))
    assert (a.description, a.links[0].label) == ("prod_shop", "prod")
    assert n.filters == (("a", "prod"),)


def test_an_importer_overrides_what_is_exported(assemble: Assemble) -> None:
    texts = {
        "manifest.lkml": 'constant: conn { value: "a" export: override_required }\n'
        'constant: own { value: "b" }',
        "m.model.lkml": 'connection: "@{conn}@{own}"',
    }
    found = assemble(texts, overrides={"conn": "x", "own": "y", "none": "z"})
    assert found.project.models["m"].connection == "xb"
    assert {each.code for each in found.diagnostics} == {
        Code.INVALID_VALUE,
        Code.UNKNOWN_CONSTANT,
    }


@pytest.mark.parametrize("constants", ["", 'constant: b { value: "x" }'])
def test_unknown_constants_are_told_where_they_are_used(assemble: Assemble, constants: str) -> None:
    text = 'connection: "db"\nview: v {\n  label: "@{a}"\n}'
    found = assemble({"manifest.lkml": constants, "m.model.lkml": text})
    (told,) = found.diagnostics
    place = told.place
    assert told.code is Code.UNKNOWN_CONSTANT
    assert (place.path, place.line, place.column) == ("m.model.lkml", 3, 10)


@pytest.mark.parametrize(
    "constants",
    [
        'constant: a { value: "@{a}" }',
        'constant: a { value: "@{b}" } constant: b { value: "@{a}" }',
        'constant: a { value: "@{b}" } constant: b { value: "@{c}" } constant: c { value: "@{b}" }',
    ],
)
def test_a_circle_of_constants_is_told_once(assemble: Assemble, constants: str) -> None:
    text = 'connection: "db"\nview: v {\n  label: "@{a}"\n}'
    found = assemble({"manifest.lkml": constants, "m.model.lkml": text})
    (told,) = found.diagnostics
    assert told.code is Code.CIRCULAR_CONSTANT
    assert told.place.path == "manifest.lkml"


def test_constants_that_multiply_end(assemble: Assemble) -> None:
    lines = [f'constant: c{n} {{ value: "{f"@{{c{n + 1}}}" * 10}" }}' for n in range(14)]
    constants = "\n".join(lines)
    texts = {
        "manifest.lkml": constants + 'constant: c14 { value: "x" }',
        "m.model.lkml": 'connection: "@{c0}"',
    }
    found = assemble(texts, budget=syntax.Budget(size=100_000))
    assert found.diagnostics[0].code is Code.BUDGET


def test_the_manifest(assemble: Assemble) -> None:
    text = """
        project_name: "shop"
        constant: where { value: "block" export: override_optional }
        local_dependency: { project: "@{where}" override_constant: a { value: "1" } }
        remote_dependency: far { url: "git://x" ref: "abc" override_constant: b { value: "2" } }
        localization_settings: { default_locale: en localization_level: permissive }
        application: thing { label: "x" }
        rule: whatever { made_up: yes }
    """
    found = assemble({"manifest.lkml": text})
    manifest = found.project.manifest
    assert manifest.project_name == "shop"
    assert manifest.constants["where"].export == "override_optional"
    assert [(each.name, each.url, each.ref, each.overrides) for each in manifest.dependencies] == [
        ("block", "", "", {"a": "1"}),
        ("far", "git://x", "abc", {"b": "2"}),
    ]
    assert (manifest.default_locale, manifest.localization_level) == ("en", "permissive")
    errors = [each for each in found.diagnostics if each.severity is not Severity.WARNING]
    assert [(each.code, each.place.line) for each in errors] == [
        (Code.UNKNOWN_PROJECT, 4),
        (Code.UNKNOWN_PROJECT, 5),
    ]
    assert model.dependencies(syntax.lookml.parse(text)) == ("@{where}", "far")


def test_a_broken_file_takes_nothing_with_it(assemble: Assemble) -> None:
    found = assemble(
        {
            "m.model.lkml": 'connection: "db" include: "*.view" explore: good {} explore: bad {}',
            "good.view.lkml": "view: good { dimension: a {} }",
            "bad.view.lkml": "view: bad { dimension: a {} dimension: b { sql: no end }",
            "other.lkml": "view: { {",
        }
    )
    explores = found.project.models["m"].explores
    assert explores["good"].errors == ()
    assert "bad.a" in explores["bad"].fields
    assert {each.place.path for each in found.diagnostics} == {"bad.view.lkml", "other.lkml"}


def test_two_files_of_one_model(assemble: Assemble) -> None:
    found = assemble({"a/m.model.lkml": 'connection: "a"', "b/m.model.lkml": 'connection: "b"'})
    assert found.project.models["m"].connection == "a"
    (diagnostic,) = found.diagnostics
    assert (diagnostic.code, diagnostic.place.path) == (Code.DUPLICATE_OBJECT, "b/m.model.lkml")


def test_models_share_what_is_the_same(assemble: Assemble) -> None:
    head = 'connection: "db"\ninclude: "*.view"\nexplore: v {}\n'
    found = assemble(
        {
            "one.model.lkml": head,
            "two.model.lkml": head,
            "fiscal.model.lkml": head + "fiscal_month_offset: 1",
            "refined.model.lkml": head + 'view: +v { label: "Other" }',
            "formats.model.lkml": head + 'named_value_format: n { value_format: "0" }',
            "v.view.lkml": "view: v { extends: [w] dimension: a { value_format_name: n } }",
            "w.view.lkml": "view: w { dimension_group: t {} }",
        }
    )
    models = found.project.models
    one, two = models["one"].views, models["two"].views
    assert one["v"] is two["v"]
    assert models["refined"].views["w"] is one["w"]
    assert models["refined"].views["v"].label == "Other"
    assert "t_fiscal_year" in models["fiscal"].views["v"].fields
    assert "t_fiscal_year" not in one["v"].fields
    formatted = models["formats"].views["v"].fields["a"]
    assert isinstance(formatted, model.Dimension)
    assert formatted.value_format == "0"
    (unknown_format,) = found.diagnostics  # in all models but one, said once
    assert unknown_format.code is Code.UNKNOWN_VALUE_FORMAT


def test_an_exhausted_budget_is_a_diagnostic(assemble: Assemble) -> None:
    fields = "".join(f"dimension: d{n} {{}} " for n in range(100))
    explores = "".join(f"explore: e{n} {{ from: v }} " for n in range(1000))
    found = assemble(
        {"m.model.lkml": f'connection: "db" view: v {{ {fields} }} {explores}'},
        budget=syntax.Budget(steps=20_000),
    )
    (diagnostic,) = found.diagnostics
    assert (diagnostic.code, diagnostic.severity) == (Code.BUDGET, Severity.FATAL)


WORDS = """
    view explore join dimension dimension_group measure filter parameter set extends fields
    sql sql_on type time duration count sum number a b +a b* -a ALL_FIELDS* EXTENDED* ${a}
    ${b.a} ${EXTENDED} @{c} { } { } { } [ ] : : : ;; ;; "x" , include from view_name
    derived_table explore_source filters case when label extension required timeframes
    intervals tiers yes no constant value always_filter access_filter required_joins
    foreign_key test assert access_grant datagroup primary_key link final
"""
words = st.lists(st.sampled_from(WORDS.split()), max_size=80)


@settings(max_examples=150, deadline=None)
@given(words, words)
def test_any_text_is_assembled(first: list[str], second: list[str]) -> None:
    texts = {
        "m.model.lkml": 'connection: "db" include: "v.view" ' + " ".join(first),
        "v.view.lkml": "view: a { dimension: b {} " + " ".join(second),
        "manifest.lkml": 'constant: c { value: "@{c}" } ' + " ".join(second),
    }
    sources = [model.SourceFile(path, syntax.lookml.parse(text)) for path, text in texts.items()]
    found = model.assemble("p", sources, {"q": sources}, {"c": "x"}, syntax.Budget())
    assert "m" in found.project.models
    for explore in found.project.models["m"].explores.values():
        assert set(explore.fields) <= set(explore.references)
        assert all(each.is_error for each in explore.errors)
