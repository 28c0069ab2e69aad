"""Suggestions: what `model_fieldname_suggestions` answers. In: an explore and the parameters. Out:
the values that LookML lists, or else those that the database holds.
"""

from __future__ import annotations

from lookalike.api.call import Call
from lookalike.api.describe_fields import is_suggestable, known_values
from lookalike.compiler import model
from lookalike.instance import suggestions
from lookalike.instance.errors import NotFound
from lookalike.instance.models import FoundExplore
from lookalike.instance.suggestions import Suggested
from lookalike.wire import metadata


def suggest(
    call: Call, found: FoundExplore, params: metadata.SuggestionParams
) -> metadata.ModelFieldSuggestions:
    """The answer. Raises NotFound for a field that the caller does not see."""
    name = model.full_name(params.field_name, found.explore.base)
    field = found.explore.fields.get(name)
    if field is None:
        raise NotFound(f"field `{name}` was not found in explore `{found.explore.name}`")
    suggested = _suggested(call, found, name, field, params)
    return metadata.ModelFieldSuggestions(
        suggestions=list(suggested.values),
        error=suggested.error or None,
        from_cache=False,
        hit_limit=suggested.hit_limit,
        used_calcite_materialization=False,
    )


def _suggested(
    call: Call,
    found: FoundExplore,
    name: str,
    field: model.Field,
    params: metadata.SuggestionParams,
) -> Suggested:
    values = [str(each.value) for each in known_values(found.explore, field)]
    values = list(field.suggestions) or values
    alias = name.partition(".")[0]
    if not is_suggestable(found.explore.view_of(alias), field, bool(values)):
        return Suggested(error=f"field `{name}` has no suggestions")
    if values:
        return suggestions.listed(values, params.term or "")
    return suggestions.suggest(
        call.instance, call.caller, found, name, params.term or "", params.filters or {}
    )
