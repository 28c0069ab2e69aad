"""Withheld: names that a caller may not know, and texts and questions that would tell them.

In: a model and the access grants that the caller meets. Out: texts with such names covered, and
which questions name them. Whoever may see LookML reads every name in the files, so nothing is
covered for them. Rule: decision 0018.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from lookalike.compiler import syntax
from lookalike.compiler.model import Dimension, Explore, LookmlModel
from lookalike.compiler.query import Query, find_filter, find_name
from lookalike.compiler.syntax import Code, Diagnostic
from lookalike.instance import access, models
from lookalike.instance.access import Caller, Permission
from lookalike.instance.covering import Covering
from lookalike.instance.errors import NotFound
from lookalike.instance.instance import Instance

_FIELD = re.compile(r"\$\{\s*([^:}]*?)\s*(?::[^}]*)?\}")
_DIRECTIONS = frozenset(("asc", "desc"))
_UNSORTED = "__UNSORTED__"
_UNREADABLE = "can't apply a filter that always holds here; tell whoever maintains the model"


class Withheld(Struct, frozen=True, dict=True):
    """What is withheld within a model from one who meets the grants `met`."""

    within: LookmlModel
    met: frozenset[str]

    @cached_property
    def words(self) -> frozenset[str]:
        """The names that nothing has which is not withheld."""
        return _words(self.within, self.met)

    def cover(self, explore: Explore) -> Callable[[str], str]:
        """Takes the names out of texts about `explore`."""
        return self._covering(explore).text

    def without_names(
        self, found: Sequence[Diagnostic], explore: Explore
    ) -> tuple[Diagnostic, ...]:
        """What is said about `explore`, as the caller sees it, without the names. What the caller
        wrote stays: a hole in its place would tell that there is something of that name."""
        covering = self._covering(explore)

        def covered(item: Diagnostic) -> Diagnostic:
            if _is_of_the_asker(item, explore):
                return item
            is_default = item.field in explore.withheld and item.code in _OF_DEFAULTS
            message = _UNREADABLE if is_default else covering.text(item.message)
            return replace(item, message=message, field=covering.text(item.field))

        return tuple(covered(each) for each in found)

    def is_asked_for(self, question: Query) -> bool:
        """Does a question to the model, of a tile, name something that is withheld?"""
        explore = self.within.explores.get(question.explore)
        if explore is None:
            return False
        if not self.met.issuperset(explore.required_access_grants):
            return True
        covering = self._covering(explore)
        named = (*_names(question), *_sorted(question))
        texts = (question.filter_expression, *_strings(question.dynamic_fields))
        return any(covering.hides(find_name(explore, name) or name) for name in named) or any(
            covering.text(text) != text for text in texts
        )

    def options(self, written: Mapping[str, object], explore_name: str) -> Mapping[str, object]:
        """The options of a chart without those that name something withheld."""
        explore = self.within.explores.get(explore_name)
        if explore is None:
            return written
        covering = self._covering(explore)

        def without(value: Any) -> Any:
            if isinstance(value, str):
                return covering.text(value)
            if isinstance(value, Mapping):
                return {
                    name: without(each)
                    for name, each in value.items()
                    if covering.text(str(name)) == str(name)
                }
            if isinstance(value, Sequence):
                return [without(each) for each in value if not _is_hidden(each, covering)]
            return value

        return {name: without(value) for name, value in written.items()}

    def shows(self, question: Query) -> bool:
        """Does a question to the model, which anybody saved, name nothing that the caller does not
        see? What is withheld and what is not there are the same here, lest one be told from the
        other; so are fields that the question makes up, whose texts can name anything."""
        explore = self.within.explores.get(question.explore)
        seen = access.visible(explore, self.met) if explore is not None else None
        if seen is None or question.dynamic_fields.strip() not in ("", "[]", "null"):
            return False
        if not _is_plain(question.filter_expression) or not _is_plainly_sorted(question):
            return False
        named = (*_names(question), *_sorted(question), *_FIELD.findall(question.filter_expression))
        return all(find_filter(seen, name) for name in named)

    def _covering(self, explore: Explore) -> Covering:
        hidden = access.withheld_views(explore, self.met)
        return Covering(
            words=self.words,
            views=frozenset((*self.within.views, *explore.aliases)),
            withholds=lambda name: access.withholds(explore, self.met, hidden, name),
        )


def withheld_from(caller: Caller, lookml_model: LookmlModel) -> Withheld | None:
    """What the caller may not know of the model; None if that is nothing."""
    return None if caller.may(Permission.SEE_LOOKML) else _unmet(caller, lookml_model)


def of_model(instance: Instance, caller: Caller, name: str) -> Withheld | None:
    """The same of a model by its name, which is built only if need be."""
    if caller.may(Permission.SEE_LOOKML):
        return None
    try:
        return _unmet(caller, models.find_model(instance, caller, name).model)
    except NotFound:
        return None


def each_withheld(instance: Instance, caller: Caller) -> Callable[[str], Withheld | None]:
    """`of_model` for several names, each looked up once."""
    return cache(lambda name: of_model(instance, caller, name))


def _unmet(caller: Caller, lookml_model: LookmlModel) -> Withheld | None:
    met = access.grants(caller, lookml_model)
    return None if met.issuperset(lookml_model.access_grants) else Withheld(lookml_model, met)


def _words(lookml_model: LookmlModel, met: frozenset[str]) -> frozenset[str]:
    known: set[str] = set()
    unknown: set[str] = set()
    for view in lookml_model.views.values():
        of_view = known if met.issuperset(view.required_access_grants) else unknown
        of_view.add(view.name)
        for field in view.fields.values():
            of_field = of_view if met.issuperset(field.required_access_grants) else unknown
            of_field.update((field.name, *(old.rpartition(".")[2] for old in field.alias)))
            if isinstance(field, Dimension) and field.group:
                of_field.add(field.group)
    for explore in lookml_model.explores.values():
        is_known = met.issuperset(explore.required_access_grants)
        (known if is_known else unknown).add(explore.name)
        hidden = access.withheld_views(explore, met) if is_known else frozenset(explore.aliases)
        unknown |= hidden
        known.update(alias for alias in explore.aliases if alias not in hidden)
    return frozenset(unknown - known)


def _is_of_the_asker(item: Diagnostic, explore: Explore) -> bool:
    """Is it about the words of the question? Then it has no place in LookML, and is about no
    default on a field that is withheld."""
    if item.place.path:
        return False
    return item.code is Code.UNKNOWN_FIELD or item.field not in explore.withheld


_OF_DEFAULTS = (Code.INVALID_FILTER, Code.FILTER_NOT_ALLOWED)


def _names(question: Query) -> Iterator[str]:
    """The fields that a question names, but for those it sorts by."""
    yield from (*question.fields, *question.pivots, *question.fill_fields)
    yield from (name for name, _ in question.filters)
    for entry in question.subtotals:
        yield from entry.split(",")


def _sorted(question: Query) -> Iterator[str]:
    for entry in question.sorts:
        name = entry.split()[0].lstrip("-") if entry.split() else ""
        if name not in ("", _UNSORTED):
            yield name


def _is_plainly_sorted(question: Query) -> bool:
    """Is nothing written behind the fields but directions?"""
    words = (word for entry in question.sorts for word in entry.split()[1:])
    return all(word.lower() in _DIRECTIONS or word.isdecimal() for word in words)


def _is_plain(expression: str) -> bool:
    """Is all that it names between `${` and `}`?"""
    if not expression.strip():
        return True
    tree = syntax.expressions.read(expression, syntax.Budget(steps=_STEPS))
    return "#" not in expression and not isinstance(tree, syntax.expressions.ExpressionError)


_STEPS = 100_000


def _strings(document: str) -> Iterator[str]:
    """All texts of a JSON document; itself where it is none."""
    try:
        waiting = [msgspec.json.decode(document)] if document.strip() else []
    except (msgspec.DecodeError, RecursionError):
        waiting = [document]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            waiting += [*value, *value.values()]
        elif isinstance(value, list):
            waiting += value


def _is_hidden(value: object, covering: Covering) -> bool:
    """Is an entry of a list a name that is withheld?"""
    return isinstance(value, str) and (covering.hides(value) or covering.text(value) != value)
