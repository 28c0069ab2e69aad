"""The measure of the case book: what is taken out of a case, and what counts as shown."""

from __future__ import annotations

from tests.cases import coverage, inventory
from tests.cases.blocks import Block, Written
from tests.cases.mutations import Thing, mutations

_VIEW = """view: +orders {
  dimension: status { label: "State"  tags: ["core"] }
  dimension: size { sql: {% if status._is_selected %} 'a' {% else %} 'b' {% endif %} ;; }
}"""


def texts_without(thing: Thing, text: str, path: str = "views/more.view.lkml") -> list[str]:
    return [other for found, others in mutations(path, text) if found == thing for other in others]


def case(*lines: str, asked: str = "orders.status: label_short") -> Written:
    blocks = (
        Block("lookml", "views/more.view.lkml", list(lines)),
        Block("describe", "shop/orders", [asked]),
    )
    return Written("more.md", "A case", blocks)


def shown_by(one: Written) -> set[Thing]:
    return set(coverage.shown_by(one, {thing: [] for thing in inventory.things()}))


def test_a_parameter_is_taken_out() -> None:
    (text,) = texts_without(("dimension", "label", ""), _VIEW)
    assert text == _VIEW.replace('label: "State"  ', "")


def test_a_choice_is_replaced() -> None:
    text = "view: v { dimension: n { type: number  sql: 1 ;; } }"
    removed, *others = texts_without(("dimension", "type", "number"), text)
    assert removed == text.replace("type: number  ", "")
    assert text.replace("number", "bin") in others


def test_a_branch_ends_where_the_next_tag_begins() -> None:
    (text,) = texts_without(("Liquid tag", "else", ""), _VIEW)
    assert text == _VIEW.replace("{% else %} 'b' ", "")


def test_a_tag_goes_with_its_end() -> None:
    (text,) = texts_without(("Liquid tag", "if", ""), _VIEW)
    assert "sql:  ;;" in text


def test_a_variable_becomes_nil() -> None:
    (text,) = texts_without(("Liquid variable", "field._is_selected", ""), _VIEW)
    assert "{% if nil %}" in text


def test_a_parameter_of_a_dashboard_is_blanked() -> None:
    text = "- dashboard: sales\n  elements:\n  - name: one\n    title: One\n"
    (other,) = texts_without(("element", "title", ""), text, "sales.dashboard.lookml")
    assert other.replace(" ", "") == text.replace("title: One", "").replace(" ", "")


def test_what_changes_the_description_is_shown() -> None:
    assert ("dimension", "label", "") in shown_by(case(*_VIEW.split("\n")))


def test_what_is_only_mentioned_is_not_shown() -> None:
    assert ("dimension", "tags", "") not in shown_by(case(*_VIEW.split("\n")))


def test_a_drawn_error_is_shown() -> None:
    assert ("diagnostic", "unknown_parameter", "") in shown_by(
        case("view: +orders { dimension: status { labels: x } }")
    )


def test_every_parameter_has_an_effect_or_a_reason() -> None:
    for kind, name in inventory.parameters():
        inventory.reason(kind, name)


def test_the_parameters_of_dashboards_are_found() -> None:
    found = set(inventory.board_parameters())
    assert ("dashboard", "crossfilter_enabled") in found
    assert ("merged query", "listen") in found


def test_every_part_of_the_language_is_shown_by_a_case() -> None:
    assert not coverage.coverage().missing
