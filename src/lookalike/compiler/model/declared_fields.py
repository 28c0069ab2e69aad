"""Declared fields: from a field back to what declares it.

A dimension group declares several fields, and is declared under a name that none of them has.
"""

from __future__ import annotations

from collections.abc import Mapping

from lookalike.compiler.model.fields import Dimension, Field, FilterField, Measure, Parameter
from lookalike.compiler.model.findings import quote
from lookalike.compiler.model.written import Declaration

_KIND_OF: Mapping[type[Field], str] = {
    Dimension: "dimension",
    Measure: "measure",
    FilterField: "filter",
    Parameter: "parameter",
}


def declaration_of(field: Field, view: Declaration) -> Declaration:
    """The declaration of a field, or of its group, within that of its view."""
    if isinstance(field, Dimension) and field.group:
        return view.objects["dimension_group", field.group]
    return view.objects[_KIND_OF[type(field)], field.name]


def declared_name(field: Field) -> str:
    """The name under which a field is declared, quoted: that of its group, if it has one."""
    return quote((field.group if isinstance(field, Dimension) else "") or field.name)
