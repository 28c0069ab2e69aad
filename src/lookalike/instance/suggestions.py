"""Suggestions: the values of a field, for one who types a filter.

In: an explore as the caller sees it, a field, a part of the values and further filters. Out: values
from the database, which the caller may see: access filters hold, defaults that one could take away
do not. What goes wrong is part of the answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from lookalike.compiler import model, query
from lookalike.instance import models, queries
from lookalike.instance.access import Caller
from lookalike.instance.errors import Busy, Invalid, NotFound, Unavailable
from lookalike.instance.instance import Instance
from lookalike.instance.models import FoundExplore
from lookalike.instance.queries import RunOptions
from lookalike.instance.withheld import withheld_from

MOST = 1_000


class Suggested(Struct, frozen=True, kw_only=True):
    values: tuple[str, ...] = ()
    error: str = ""
    hit_limit: bool = False


def listed(values: Iterable[str], term: str) -> Suggested:
    """Those of values that LookML lists."""
    wanted = term.casefold()
    found = [value for value in values if wanted in value.casefold()]
    return Suggested(values=tuple(found[:MOST]), hit_limit=len(found) > MOST)


def suggest(
    instance: Instance,
    caller: Caller,
    found: FoundExplore,
    name: str,
    term: str,
    filters: Mapping[str, str],
) -> Suggested:
    """Values that the database holds, of the field that is to be asked for those of `name`."""
    try:
        asked, full = _source(instance, caller, found, name)
    except NotFound as error:
        withheld = withheld_from(caller, found.model)
        said = str(error)
        return Suggested(error=withheld.cover(found.explore)(said) if withheld else said)
    try:
        question = _question(asked, full, term, filters)
        answer = queries.ask(instance, caller, question, RunOptions(found=asked))
    except (Busy, Invalid, NotFound, Unavailable) as error:
        return Suggested(error=str(error))
    rows = [row[0] for row in answer.rows]
    values = [str(cell.value) for cell in rows[:MOST] if cell.value is not None]
    return Suggested(values=tuple(values), hit_limit=len(rows) > MOST)


def _source(
    instance: Instance, caller: Caller, found: FoundExplore, name: str
) -> tuple[FoundExplore, str]:
    """The explore and the dimension to ask; `suggest_explore` and `suggest_dimension` name them."""
    field = found.explore.fields[name]
    asked = found
    if field.suggest_explore and field.suggest_explore != found.explore.name:
        model_name = found.model.name
        asked = models.explore_for(
            instance, caller, model_name, field.suggest_explore, found.version.workspace
        )
    full = name
    if field.suggest_dimension:
        alias = name.partition(".")[0] if asked is found else asked.explore.base
        full = model.full_name(field.suggest_dimension, alias)
    if not isinstance(asked.explore.fields.get(full), model.Dimension):
        raise NotFound(
            f"there is no dimension `{full}` in explore `{asked.explore.name}` to ask for values of"
            f" `{name}`; name one by `suggest_dimension`"
        )
    return asked, full


def _question(found: FoundExplore, name: str, term: str, filters: Mapping[str, str]) -> query.Query:
    explore = found.explore
    conditional = explore.conditionally_filter.filters if explore.conditionally_filter else ()
    defaults = (*explore.always_filter, *conditional)
    wanted = {each: "" for each, _ in defaults if each not in explore.withheld}
    wanted.update(filters)
    if term:
        wanted[name] = f"%{_escaped(term)}%"
    return query.Query(
        model=explore.model,
        explore=explore.name,
        fields=(name,),
        filters=tuple(wanted.items()),
        sorts=(name,),
        limit=MOST + 1,
        decorated=False,
    )


def _escaped(term: str) -> str:
    """The text itself, as a part of a filter expression."""
    return "".join(f"^{sign}" if sign in _SPECIAL else sign for sign in term)


_SPECIAL: Sequence[str] = '^%_,"'
