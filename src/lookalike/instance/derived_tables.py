"""Derived tables: graphs of what they are made of, in the dot language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lookalike.compiler import model
from lookalike.instance import models
from lookalike.instance.access import Caller
from lookalike.instance.errors import NotFound
from lookalike.instance.instance import Instance
from lookalike.instance.workspaces import Version

NOT_BUILT = "grey"
"""No derived table is kept in a database: each is part of the SQL that reads it."""


def graph_of_model(
    instance: Instance, caller: Caller, name: str, *, painted: bool = False
) -> tuple[str, Version]:
    """The derived tables of a model. Raises NotFound."""
    found = models.find_model(instance, caller, name)
    return _dot(name, model.derived_tables(found.model), painted), found.version


def graph_of_view(
    instance: Instance, caller: Caller, view: str, names: Sequence[str] = ()
) -> tuple[str, Version]:
    """A derived table and those behind it, of the first model that has it, among `names` if there
    are any. Raises NotFound.
    """
    named = [models.find_model(instance, caller, name) for name in names]
    for found in named or models.each_model(instance, caller):
        tables = model.derived_tables(found.model)
        if view in tables:
            return _dot(view, model.behind(view, tables), painted=False), found.version
    where = caller.session.workspace
    raise NotFound(f"derived table `{view}` was not found in workspace `{where}`")


def _dot(name: str, tables: Mapping[str, Sequence[str]], painted: bool) -> str:
    """An arrow leads from a table to one that reads it."""
    colour = f" [color={NOT_BUILT}]" if painted else ""
    lines = [f"  {_quoted(table)}{colour};" for table in tables]
    lines += [
        f"  {_quoted(read)} -> {_quoted(table)};"
        for table, reads in tables.items()
        for read in reads
    ]
    return "\n".join((f"digraph {_quoted(name)} {{", *lines, "}", ""))


def _quoted(name: str) -> str:
    """A name as dot takes any: in quotes. A model is named by its file, which may hold some."""
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
