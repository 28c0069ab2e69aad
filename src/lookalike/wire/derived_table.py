"""DerivedTable: how the derived tables of models depend on each other."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from lookalike.wire.operation import Nothing, Operation


class DependencyGraph(Struct, frozen=True, kw_only=True):
    """A graph in the dot language. Each arrow leads from a table to one that reads it."""

    graph_text: str | None = None


class ModelGraphParams(Struct, frozen=True, kw_only=True):
    model: str
    format: Annotated[str | None, Meta(description="The language of the graph: `dot`.")] = None
    color: Annotated[
        str | None, Meta(description="Anything: paint the tables; grey ones are not built.")
    ] = None


class ViewGraphParams(Struct, frozen=True, kw_only=True):
    view: str
    models: Annotated[
        str | None, Meta(description="Where to look for the view, with commas between the models.")
    ] = None
    workspace: Annotated[
        str | None, Meta(description="`dev` or `production` instead of the session's workspace.")
    ] = None


graph_derived_tables_for_model = Operation(
    name="graph_derived_tables_for_model",
    method="GET",
    path="/derived_table/graph/model/{model}",
    tag="DerivedTable",
    summary="Draw the derived tables of a model",
    params=ModelGraphParams,
    body=Nothing,
    answer=DependencyGraph,
    needs="see_lookml",
)

graph_derived_tables_for_view = Operation(
    name="graph_derived_tables_for_view",
    method="GET",
    path="/derived_table/graph/view/{view}",
    tag="DerivedTable",
    summary="Draw a derived table and those behind it",
    params=ViewGraphParams,
    body=Nothing,
    answer=DependencyGraph,
    needs="see_lookml",
)

OPERATIONS = (graph_derived_tables_for_model, graph_derived_tables_for_view)
