"""Withheld: names that a caller may not know, and texts and questions that would tell them.

In: a model and the access grants that the caller meets. Out: texts with such names covered. Whoever
may see LookML reads every name in the files, so nothing is covered for them. Rule: decision 0018.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from lookalike.compiler.model import Dimension, Explore, LookmlModel
from lookalike.compiler.query import Query, find_name
from lookalike.compiler.syntax import Diagnostic
from lookalike.instance import access, models
from lookalike.instance.access import Caller, Permission
from lookalike.instance.errors import NotFound
from lookalike.instance.instance import Instance

COVER = "(?)"
"""What stands for a name, as in Looker's `sanitized_message`."""

_NAME = re.compile(r"[A-Za-z_]\w*(?:\.\w+)*")
_FULL = r"[A-Za-z_]\w*\.\w+"
_REFERENCE = re.compile(rf'\$\{{\s*({_FULL})\s*\}}|"({_FULL})"\s*:|"based_on"\s*:\s*"({_FULL})"')
"""A field in an expression, and in the JSON of a dynamic field."""


class Withheld(Struct, frozen=True):
    """What is withheld within a model from one who meets the grants `met`."""

    within: LookmlModel
    met: frozenset[str]

    def cover(self, explore: Explore) -> Callable[[str], str]:
        """Takes the names out of texts about `explore`."""
        words = _words(self.within, self.met)

        def shown(name: re.Match[str]) -> str:
            parts = name[0].split(".")
            is_withheld = not words.isdisjoint(parts) or (
                len(parts) > 1 and access.withholds(explore, self.met, ".".join(parts[:2]))
            )
            return COVER if is_withheld else name[0]

        return lambda text: _NAME.sub(shown, text)

    def without_names(
        self, found: Sequence[Diagnostic], explore: Explore
    ) -> tuple[Diagnostic, ...]:
        """What is said about `explore`, without the names."""
        cover = self.cover(explore)
        return tuple(
            replace(each, message=cover(each.message), field=cover(each.field)) for each in found
        )

    def is_asked_for(self, question: Query) -> bool:
        """Does a question to the model name something that is withheld?"""
        explore = self.within.explores.get(question.explore)
        if explore is None:
            return False
        if not self.met.issuperset(explore.required_access_grants):
            return True
        return any(access.withholds(explore, self.met, name) for name in _names(question))

    def shows(self, question: Query) -> bool:
        """Does a question to the model name nothing that the caller does not see? What is withheld
        and what is not there are the same here, lest one be told from the other."""
        explore = self.within.explores.get(question.explore)
        seen = access.visible(explore, self.met) if explore is not None else None
        return seen is not None and all(find_name(seen, name) for name in _names(question))


def withheld_from(caller: Caller, lookml_model: LookmlModel) -> Withheld | None:
    """What the caller may not know of the model; None if that is nothing."""
    if caller.may(Permission.SEE_LOOKML):
        return None
    met = access.grants(caller, lookml_model)
    if met.issuperset(lookml_model.access_grants):
        return None
    return Withheld(lookml_model, met)


def may_read(instance: Instance, caller: Caller, question: Query) -> bool:
    """May the caller read a question that somebody saved?"""
    withheld = _of_model(instance, caller, question.model)
    return withheld is None or withheld.shows(question)


def asking_of_withheld(instance: Instance, caller: Caller) -> Callable[[Query], bool]:
    """Tells of questions whether they name what a grant withholds from the caller."""
    of_model = cache(lambda name: _of_model(instance, caller, name))

    def is_withheld(question: Query) -> bool:
        withheld = of_model(question.model)
        return withheld is not None and withheld.is_asked_for(question)

    return is_withheld


def _of_model(instance: Instance, caller: Caller, name: str) -> Withheld | None:
    if caller.may(Permission.SEE_LOOKML):
        return None
    try:
        return withheld_from(caller, models.find_model(instance, caller, name).model)
    except NotFound:
        return None


def _words(lookml_model: LookmlModel, met: frozenset[str]) -> frozenset[str]:
    """The names that nothing has which is not withheld."""
    told: set[str] = set()
    untold: set[str] = set()
    for view in lookml_model.views.values():
        of_view = told if met.issuperset(view.required_access_grants) else untold
        of_view.add(view.name)
        for field in view.fields.values():
            of_field = of_view if met.issuperset(field.required_access_grants) else untold
            of_field.update((field.name, *(old.rpartition(".")[2] for old in field.alias)))
            if isinstance(field, Dimension) and field.group:
                of_field.add(field.group)
    for explore in lookml_model.explores.values():
        is_told = met.issuperset(explore.required_access_grants)
        (told if is_told else untold).add(explore.name)
        hidden = access.withheld_views(explore, met) if is_told else frozenset(explore.aliases)
        untold |= hidden
        told.update(alias for alias in explore.aliases if alias not in hidden)
    return frozenset(untold - told)


def _names(question: Query) -> Iterator[str]:
    """The fields that a question names, as far as they are written with their view."""
    named = [*question.fields, *question.pivots, *question.fill_fields, *question.subtotals]
    named += [name for name, _ in question.filters]
    named += [entry.partition(" ")[0] for entry in question.sorts]
    yield from (name for name in named if "." in name)
    for text in (question.filter_expression, question.dynamic_fields):
        for reference in _REFERENCE.finditer(text):
            yield reference[reference.lastindex or 0]
