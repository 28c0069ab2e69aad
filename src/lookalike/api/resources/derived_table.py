"""DerivedTable: graphs of what derived tables are made of."""

from __future__ import annotations

from lookalike.api.call import Answered, Call
from lookalike.api.handlers import serves
from lookalike.instance import derived_tables, workspaces
from lookalike.instance.errors import Invalid, Problem
from lookalike.wire import derived_table
from lookalike.wire.operation import Nothing


@serves(derived_table.graph_derived_tables_for_model)
def graph_model(
    call: Call, params: derived_table.ModelGraphParams, body: Nothing
) -> Answered[derived_table.DependencyGraph]:
    if params.format not in (None, "", "dot"):
        message = f"`{params.format[:50]}` is not a format of graphs; use `dot`"
        raise Invalid("Validation Failed", (Problem("format", "invalid", message),))
    text, version = derived_tables.graph_of_model(
        call.instance, call.caller, params.model, painted=bool(params.color)
    )
    return Answered(derived_table.DependencyGraph(graph_text=text), (version,))


@serves(derived_table.graph_derived_tables_for_view)
def graph_view(
    call: Call, params: derived_table.ViewGraphParams, body: Nothing
) -> Answered[derived_table.DependencyGraph]:
    names = [name.strip() for name in (params.models or "").split(",") if name.strip()]
    caller = call.caller
    if params.workspace:
        caller = workspaces.within(call.instance, caller, params.workspace)
    text, version = derived_tables.graph_of_view(call.instance, caller, params.view, names)
    return Answered(derived_table.DependencyGraph(graph_text=text), (version,))
