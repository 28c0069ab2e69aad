"""Translations: read, kept by locale, and missed where the manifest asks for them."""

from __future__ import annotations

import json

import pytest

from lookalike.compiler import model, syntax
from lookalike.compiler.syntax import Budget, Code
from tests.compiler.model.conftest import Assemble

MODEL = """
connection: "db"
explore: v {}
view: v {
  dimension: a { label: "Ay" description: "The first" }
  dimension: b { label: "{{ _user_attributes['x'] }}" }
  dimension_group: at { type: time timeframes: [date] group_label: "At" }
  set: s { fields: [a] }
}
"""
EN = {"Ay": "Ay", "The first": "The first", "At": "At"}


def localized(assemble: Assemble, level: str, files: dict[str, str]) -> model.Assembled:
    settings = f"localization_settings: {{ default_locale: en localization_level: {level} }}"
    assembled = assemble({"manifest.lkml": settings, "m.model.lkml": MODEL})
    assert assembled.diagnostics == ()
    return model.localize(assembled, files, Budget())


def test_texts_by_locale_and_those_of_the_default(assemble: Assemble) -> None:
    files = {"en.strings.json": json.dumps(EN), "x/de.strings.json": '{"Ay": "Ah"}'}
    found = localized(assemble, "permissive", files)
    assert found.diagnostics == ()
    assert found.project.strings == {"en": EN, "de": {"Ay": "Ah"}, "": EN}


@pytest.mark.parametrize(
    ("level", "files", "message"),
    [
        ("permissive", {}, "there is no file `en.strings.json` for the default locale `en`"),
        ("strict", {"en.strings.json": json.dumps(EN)}, ""),
        (
            "strict",
            {"en.strings.json": json.dumps(EN | {"Ay": "A"}), "de.strings.json": json.dumps(EN)},
            "",
        ),
        (
            "strict",
            {"en.strings.json": json.dumps(EN), "de.strings.json": '{"Ay": "A", "At": "Am"}'},
            "the description `The first` is not translated in `de.strings.json`; add it",
        ),
        ("permissive", {"en.strings.json": '{"Ay": 1}'}, "the file can't be read: "),
        ("permissive", {"en.strings.json": "[" * 100_000}, "the file can't be read: "),
    ],
)
def test_what_is_asked_for(
    assemble: Assemble, level: str, files: dict[str, str], message: str
) -> None:
    found = localized(assemble, level, files).diagnostics
    assert len(found) == bool(message)
    assert all(each.message.startswith(message) for each in found)


def test_a_missing_text_is_at_its_field(assemble: Assemble) -> None:
    (found,) = localized(
        assemble, "strict", {"en.strings.json": '{"The first": "1", "At": "2"}'}
    ).diagnostics
    assert (found.code, found.field) == (Code.MISSING_TRANSLATION, "v.a")
    assert (found.place.path, found.place.line) == ("m.model.lkml", 5)


def test_too_many_texts_end_the_work(assemble: Assemble) -> None:
    assembled = assemble({"m.model.lkml": MODEL})
    found = model.localize(assembled, {"en.strings.json": " " * 100}, syntax.Budget(steps=50))
    assert [each.code for each in found.diagnostics] == [Code.BUDGET]


def test_texts_that_are_no_liquid_are_told_once_each(assemble: Assemble) -> None:
    text = """
    connection: "db"
    explore: v {}
    view: v {
      dimension: a { label: "{% if %}" html: {{ value | upcase }} ;; }
      dimension: b { link: { label: "x" url: "{% for %}" } map_layer_name: us_sates }
      dimension: c { label: "{{ value }}" map_layer_name: us_states }
      dimension: d { map_layer_name: own }
    }
    map_layer: own { url: "x" }
    """
    found = assemble({"m.model.lkml": text}).diagnostics
    assert [(each.field, each.code, each.is_error) for each in found] == [
        ("v.a", Code.LIQUID, False),
        ("v.b", Code.LIQUID, False),
        ("v.b", Code.UNKNOWN_MAP_LAYER, False),
    ]
    assert found[0].message.startswith("`label` is shown as it is written: ")
    assert found[2].message == "unknown map layer `us_sates`; did you mean `us_states`?"
