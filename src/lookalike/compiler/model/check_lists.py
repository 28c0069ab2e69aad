"""Check lists: what is wrong with the sets and drill fields of a view, as far as they name fields
and sets of the view itself. Rule: LookML reference, `set` and `drill_fields`.
"""

from __future__ import annotations

from lookalike.compiler.model.circles import circles
from lookalike.compiler.model.declared_fields import declaration_of, declared_name
from lookalike.compiler.model.field_lists import unknown_field, unknown_set
from lookalike.compiler.model.fields import Dimension, Measure
from lookalike.compiler.model.findings import Findings, circle_message, quote
from lookalike.compiler.model.views import View
from lookalike.compiler.model.written import Declaration
from lookalike.compiler.syntax import Code


def check_lists(view: View, declaration: Declaration, findings: Findings) -> None:
    """Sets and drill fields, as far as they name fields and sets of the own view."""
    findings.field = ""
    nested: dict[str, list[str]] = {}
    for name, each in view.sets.items():
        for item in each.fields:
            problem = problem_of(item, view)
            if problem:
                message = f"set {quote(name)} names {problem[1]}"
                place = declaration.objects["set", name].place_in("fields", item.strip())
                findings.error(problem[0], message, place)
            inner = _bare(item, view)
            if inner.endswith("*"):  # without it the name is that of a field
                nested.setdefault(name, []).append(inner.removesuffix("*"))
    sets = {name: [e for e in items if e in view.sets] for name, items in nested.items()}
    for group in circles(sets):
        message = circle_message(group, "fields")
        findings.error(Code.CIRCULAR_REFERENCE, message, view.sets[group[0]].place)
    for name, field in view.fields.items():
        for item in field.drill_fields if isinstance(field, Dimension | Measure) else ():
            problem = problem_of(item, view)
            if problem:
                findings.field = f"{view.name}.{name}"
                message = f"`drill_fields` of {declared_name(field)} name {problem[1]}"
                place = declaration_of(field, declaration).place_in("drill_fields", item.strip())
                findings.warning(problem[0], message, place)


def problem_of(item: str, view: View) -> tuple[Code, str] | None:
    """What is wrong with an item of a list that is about the own view, and is not told yet."""
    if item in view.fields:
        return None
    name = _bare(item, view)
    if "." in name or name == "ALL_FIELDS*" or name in view.fields or name in view.lost:
        return None
    if name.endswith("*"):
        name = name.removesuffix("*")
        if name in view.sets or name == view.name:
            return None
        return unknown_set(name, view)
    return unknown_field(name, view)


def _bare(item: str, view: View) -> str:
    return item.strip().removeprefix("-").strip().removeprefix(f"{view.name}.")
