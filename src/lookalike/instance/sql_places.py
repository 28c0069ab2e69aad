"""SQL places: in which LookML stands what a database refuses."""

from __future__ import annotations

from lookalike.compiler import model, query, sql, syntax


def sentence(
    plan: query.Plan, script: sql.Script, explore: model.Explore, position: tuple[int, int]
) -> str:
    """A line to put behind the words of a database about a line and column of the main statement:
    the field, the file and the line in the LookML; empty if they can't be told.
    """
    dialect = sql.DIALECTS[script.dialect]
    found = sql.origin(plan, dialect, script.main.text, position, syntax.Budget())
    if found is None:
        return ""
    field = _field_of(explore, found)
    of_field = f" in the SQL of `{field}`" if field else ""
    return f"\nThat is{of_field} at {found.place.path}:{found.line}."


def _field_of(explore: model.Explore, found: sql.Origin) -> str:
    """The field with that SQL; of several that share a view, one of a table that it reads."""
    names = [
        name
        for name, field in explore.fields.items()
        if field.sql is not None and field.sql.place == found.place
    ]
    near = [name for name in names if name.partition(".")[0] in found.aliases]
    return (near or names or [""])[0]
