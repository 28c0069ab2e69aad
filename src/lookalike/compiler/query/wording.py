"""Wording: the texts of an explore as one asker reads them, in their language and without Liquid.

In: an explore as assembled, and who reads it on account of which question. Out: the same explore
with labels, group labels and descriptions as they are shown; and texts about single cells. A text
that can't be rendered stays as it is written. Rule: LookML reference, "Liquid variable reference"
and "Localizing your LookML model".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC
from operator import attrgetter
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from lookalike.compiler import syntax
from lookalike.compiler.model import Dimension, Explore, Field, Join, Measure, Parameter, View
from lookalike.compiler.query.asker import Asker
from lookalike.compiler.query.contexts import Context
from lookalike.compiler.query.intervals import Calendar, find_zone
from lookalike.compiler.query.names import full_name
from lookalike.compiler.query.query import Query
from lookalike.compiler.query.reports import Report
from lookalike.compiler.query.resolve import Resolved, resolve
from lookalike.compiler.query.scope import TemplateScope
from lookalike.compiler.syntax import Budget

_TEXTS = ("label", "view_label", "group_label", "group_item_label", "description")
_texts_of = attrgetter(*_TEXTS)
# Tags and outputs in the texts of one explore; those beyond stay as they are written.
_MOST_MARKS = 30_000
_NO_QUESTION = Resolved(
    dimensions=(),
    measures=(),
    filters={},
    parameters={},
    applied=(),
    selected=frozenset(),
    views=frozenset(),
)


class Reader(Struct, frozen=True, kw_only=True):
    """Who reads. `strings` are the texts of the reader's language, by the texts as written;
    `question` is None for one who only looks at the explore."""

    asker: Asker
    dialect: str
    strings: Mapping[str, str]
    question: Query | None = None


class Dependence(Struct, frozen=True):
    """What decides how the texts of an explore read, besides the language: the user attributes that
    they name (None: any), and the clock."""

    attributes: frozenset[str] | None = frozenset()
    clock: bool = False


class Wording:
    """Renders the texts of one explore for one reader."""

    __slots__ = (
        "_budget",
        "_localization",
        "_n_marks",
        "_reader",
        "asker",
        "calendar",
        "dialect",
        "explore",
        "resolved",
    )

    def __init__(self, explore: Explore, reader: Reader, budget: Budget) -> None:
        self.explore = explore
        self.asker = reader.asker
        self.dialect = reader.dialect
        self.resolved = _resolved(explore, reader)
        self.calendar = _calendar(explore, reader)
        self._reader = reader
        self._budget = budget
        self._localization: dict[str, str] | None = None
        self._n_marks = 0

    def worded(self, names: Iterable[str] | None = None) -> Explore:
        """The explore as it is shown; with `names`, of its fields only these are looked at."""
        explore = self.explore
        wanted = explore.references if names is None else dict.fromkeys(names)
        changed: dict[str, Field] = {}
        for name in wanted:
            field = explore.references[name]
            shown = self._field(name, field)
            if shown is not field:
                changed[name] = shown
        texts = self._headings()
        if changed:
            kept = {name: field for name, field in changed.items() if name in explore.fields}
            texts["fields"] = {**explore.fields, **kept}
            texts["references"] = {**explore.references, **changed}
        return replace(explore, **texts) if texts else explore

    def text(
        self, written: str, name: str, values: dict[str, Any], html: bool = False
    ) -> str | None:
        """`written` of the field `name`, with `values` for further variables; None if it can't be
        rendered. In `html` what comes from a user or from the database is escaped.
        """
        context = Context(alias=name.partition(".")[0], field=name)
        return self._rendered(written, self._scope(context, values), html)

    def localized(self, text: str) -> str:
        """`text` in the language of the reader."""
        return self._reader.strings.get(text, text)

    def _field(self, name: str, field: Field) -> Field:
        alias = name.partition(".")[0]
        changed: dict[str, str] = {}
        texts, strings = _texts_of(field), self._reader.strings
        # Nearly every text is plain, and thousands of fields must be passed quickly.
        is_plain = "{" not in "".join(texts) and strings.keys().isdisjoint(texts)
        for attribute, written in () if is_plain else zip(_TEXTS, texts, strict=True):
            if written and ("{" in written or written in strings):
                shown = self._shown(written, Context(alias=alias, field=name))
                if shown != written:
                    changed[attribute] = shown
        choice = self._choice(field, alias)
        if choice:
            changed["label"] = choice
        return replace(field, **changed) if changed else field

    def _choice(self, field: Field, alias: str) -> str:
        """What `label_from_parameter` calls the field; nothing where no question is asked."""
        written = field.label_from_parameter if isinstance(field, Dimension | Measure) else ""
        if not written or self._reader.question is None:
            return ""
        name = full_name(self.explore, written, alias)
        parameter = self.explore.references.get(name)
        if not isinstance(parameter, Parameter):
            return ""
        chosen = self.resolved.parameters.get(name, parameter.default_value)
        labels = (
            each.label or each.value for each in parameter.allowed_values if each.value == chosen
        )
        return self.localized(next(labels, ""))

    def _headings(self) -> dict[str, Any]:
        """What changes of the texts of the explore itself, of its joins and its views."""
        explore = self.explore
        changed: dict[str, Any] = {}
        for name in ("label", "group_label", "description"):
            written = getattr(explore, name)
            shown = self.localized(written)
            if shown != written:
                changed[name] = shown
        if explore.view_label is not None:
            changed["view_label"] = self._shown(explore.view_label, Context(alias=explore.base))
        view = self._view(explore.view, explore.base)
        if view is not explore.view:
            changed["view"] = view
        joins = [self._join(join) for join in explore.joins]
        if any(new is not old for new, old in zip(joins, explore.joins, strict=True)):
            changed["joins"] = tuple(joins)
        return changed

    def _join(self, join: Join) -> Join:
        view, label = self._view(join.view, join.name), join.view_label
        if label is not None:
            label = self._shown(label, Context(alias=join.name))
        if view is join.view and label == join.view_label:
            return join
        return replace(join, view=view, view_label=label)

    def _view(self, view: View, alias: str) -> View:
        label = self._shown(view.label, Context(alias=alias)) if view.label else ""
        return view if label == view.label else replace(view, label=label)

    def _shown(self, written: str, context: Context) -> str:
        translated = self.localized(written)
        if not syntax.liquid.has_liquid(translated):
            return translated
        self._n_marks += syntax.liquid.marks_in(translated)
        if self._n_marks > _MOST_MARKS:
            return translated
        shown = self._rendered(translated, self._scope(context, {}), False)
        return translated if shown is None else shown

    def _scope(self, context: Context, values: dict[str, Any]) -> TemplateScope:
        if self._localization is None:
            strings = self._reader.strings
            self._localization = {f"_localization.{key}": text for key, text in strings.items()}
        return TemplateScope(self, context, (self._localization, values))

    def _rendered(self, written: str, scope: TemplateScope, html: bool) -> str | None:
        rendered = syntax.liquid.render(written, scope, self._budget, sql=False, html=html)
        if any(each.is_error for each in rendered.diagnostics):
            return None
        return "".join(piece for piece in rendered.pieces if isinstance(piece, str))


def dependence(explore: Explore, strings: Mapping[str, str]) -> Dependence:
    """What decides how the texts of `explore` read in the language of `strings`."""
    attributes: set[str] = set()
    clock = knows_all = False
    for text in _templates(explore, strings):
        is_indirect = _INDIRECT.search(text) is not None
        clock = clock or is_indirect or _CLOCK.search(text) is not None
        named = _ATTRIBUTE.findall(text)
        attributes.update(quoted or plain for quoted, plain in named)
        # One that is named by a variable, or by a field of an access filter, may be any.
        is_unknown = is_indirect or len(named) != text.count("_user_attributes")
        is_unknown = is_unknown or "_access_filters" in text
        knows_all = knows_all or is_unknown
    return Dependence(None if knows_all else frozenset(attributes), clock)


def _templates(explore: Explore, strings: Mapping[str, str]) -> Iterator[str]:
    headings = [explore.view_label, explore.view.label]
    headings += [label for join in explore.joins for label in (join.view_label, join.view.label)]
    for text in (*headings, *strings.values()):
        if text and syntax.liquid.has_liquid(text):
            yield text
    for field in explore.references.values():
        for attribute in _TEXTS:
            text = getattr(field, attribute)
            if text and syntax.liquid.has_liquid(text):
                yield text


def _resolved(explore: Explore, reader: Reader) -> Resolved:
    if reader.question is None:
        return _NO_QUESTION
    resolved = resolve(reader.question, explore, reader.asker, Report(explore, []))
    # What is withheld keeps its default (decision 0018), which no text of the answer may show.
    kept = {name: text for name, text in resolved.filters.items() if name not in explore.withheld}
    return replace(resolved, filters=kept)


def _calendar(explore: Explore, reader: Reader) -> Calendar:
    asker = reader.asker
    zone = (reader.question.timezone if reader.question else "") or asker.zone
    return Calendar(
        now=asker.now.astimezone(find_zone(zone) or UTC),
        zone=zone,
        database_zone=asker.database_zone,
        week_start_day=explore.week_start_day,
        fiscal_month_offset=explore.fiscal_month_offset,
    )


# The filter `date` takes what a text does not say from the day on which it is read.
_CLOCK = re.compile(r"\b(now|today|date)\b")
# `[a]`, the variable whose name is the value of another: it may be any.
_INDIRECT = re.compile(r"(?<![\w\]])\[")
_ATTRIBUTE = re.compile(r"_user_attributes\s*(?:\[\s*['\"]([^'\"\]]+)['\"]\s*\]|\.\s*(\w+))")
