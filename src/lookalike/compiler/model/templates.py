"""Templates: Liquid in the texts of a field or view. Out: a diagnostic for each that can't be read.

A text that people read is then shown as it is written, so the field can be used all the same; SQL
can't.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from lookalike.compiler import syntax
from lookalike.compiler.model.fields import Dimension, Field, Measure, Sql
from lookalike.compiler.model.findings import Findings, did_you_mean, quote
from lookalike.compiler.model.places import Places
from lookalike.compiler.model.template_names import TemplateName, filters_in, tags_in
from lookalike.compiler.model.written import Declaration
from lookalike.compiler.syntax import Budget, Code, Diagnostic

_TEXTS = ("label", "view_label", "group_label", "group_item_label", "description")
_COLUMNS = (Dimension, Measure)
MOST_TOLD = 5  # mistakes of one field or text; the first disables it already
_PRICE_OF_MARK = 400
_PRICE_OF_LETTER = 20
"""Steps that the parse of a template takes."""


def check_templates(
    field: Field, declaration: Declaration, findings: Findings, budget: Budget
) -> None:
    """Warn of texts of `field` that are no Liquid, and tell what is wrong with its SQL."""
    for parameter, text in templates_of(field):
        found = _mistake(text, budget)
        if found is not None:
            message = f"`{parameter}` is shown as it is written: {found.message}"
            findings.warning(found.code, message, declaration.place_in(parameter, text.strip()))
            continue
        for each, message in _unknown_filters(text):
            place = declaration.place_within(parameter, text, each.start, each.end)
            findings.warning(Code.LIQUID, message, place)
    for sql in sql_of_field(field):
        if sql is not None:
            check_sql(sql, findings, budget)


def check_sql(sql: Sql, findings: Findings, budget: Budget) -> None:
    """Tell what is wrong with the Liquid of a text that becomes SQL; without any, also what it
    leaves open.
    """
    if syntax.liquid.has_liquid(sql.text):
        found = _mistake(sql.text, budget)
        if found is not None:
            findings.error(found.code, found.message, sql.place)
            return
        places = Places(sql)
        for each, message in _unknown_filters(sql.text):
            findings.warning(Code.LIQUID, message, places.of(each.start, each.end))
    elif left_open := syntax.quotes.left_open(sql.text):
        findings.error(Code.UNSAFE_TEXT, f"this SQL ends in {left_open}; close it", sql.place)


def sql_of_field(field: Field) -> Sequence[Sql | None]:
    """The texts of a field that become SQL."""
    if isinstance(field, Measure):
        return (field.sql, field.sql_distinct_key)
    if not isinstance(field, Dimension):
        return (field.sql,)
    if field.case is not None:
        return (field.sql, *(when.condition for when in field.case.whens))
    if field.interval or field.latitude is not None:
        return (field.sql, field.sql_start, field.sql_end, field.latitude, field.longitude)
    return (field.sql,)


def _unknown_filters(text: str) -> Iterator[tuple[TemplateName, str]]:
    """The first few filters that there are not, each with what to say of it. Rule: Liquid
    reference: one passes its value on."""
    unknown = (each for each in filters_in(text) if each.written not in syntax.liquid.FILTERS)
    for each in islice(unknown, MOST_TOLD):
        hint = did_you_mean(each.written, syntax.liquid.FILTERS) or "; remove it"
        yield each, f"unknown filter {quote(each.written)} changes nothing{hint}"


def _mistake(text: str, budget: Budget) -> Diagnostic | None:
    """What is wrong with a template. Most are plain, and are not parsed before they are needed."""
    if syntax.liquid.is_plain(text):
        return None
    letters = sum(end - start for start, end in tags_in(text))
    budget.spend(_PRICE_OF_MARK * syntax.liquid.marks_in(text) + _PRICE_OF_LETTER * letters)
    return syntax.liquid.mistake(text)


def templates_of(field: Field) -> Sequence[tuple[str, str]]:
    """The texts of a field that people read and that hold Liquid, each with its parameter."""
    label, group, item = field.label, field.group_label, field.group_item_label
    texts = (label, field.view_label, group, item, field.description)
    found: list[tuple[str, str]] = []
    if "{" in "".join(texts):  # nearly always there is none
        found.extend(zip(_TEXTS, texts, strict=True))
    if isinstance(field, _COLUMNS) and (field.html is not None or field.links):
        if field.html is not None:
            found.append(("html", field.html.text))
        for link in field.links:
            found.extend(("link", text) for text in (link.label, link.url, link.icon_url))
    return [each for each in found if syntax.liquid.has_liquid(each[1])] if found else found
