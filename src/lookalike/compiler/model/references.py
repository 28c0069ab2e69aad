"""References: what the fields of a view refer to, and what is wrong with that.

A view is read once: what it says of its own fields is settled there, what it says of other views is
kept for the explores that use it. Rule: LookML reference, "Substitution operators".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from lookalike.compiler import syntax
from lookalike.compiler.model.circles import circles
from lookalike.compiler.model.field_lists import group_hint
from lookalike.compiler.model.fields import (
    AGGREGATES,
    Dimension,
    Field,
    Measure,
    Parameter,
    Sql,
)
from lookalike.compiler.model.findings import Findings, did_you_mean, quote
from lookalike.compiler.model.views import View
from lookalike.compiler.syntax import Code, Diagnostic, Place, Span

TABLE_NAME = "SQL_TABLE_NAME"
_COLUMNS = (Dimension, Measure)
_HARMLESS = ("drill_fields", "suggest_dimension")  # a field works without what they name
_MOST_TOLD = 20  # mistakes of one field; the first disables it already


class Reference(Struct, frozen=True, gc=False):
    """`field` (bare; empty for the view itself) refers to `name` of `alias` (empty: the own view)
    in parameter `key`."""

    field: str
    alias: str
    name: str
    key: str
    place: Place


class ViewReferences(Struct, frozen=True, eq=False):
    """`inside` maps a field to the fields of the own view that its SQL refers to. `named` are the
    fields that name grants or explores of the model."""

    inside: Mapping[str, Sequence[str]]
    outside: tuple[Reference, ...]
    named: tuple[Field, ...]
    diagnostics: tuple[Diagnostic, ...]


def read_references(view: View) -> ViewReferences:
    """All references of a view; its diagnostics are attached to `view.field`."""
    findings = Findings()
    inside: dict[str, Sequence[str]] = {}
    outside: list[Reference] = list(_of_table(view))
    for name, field in view.fields.items():
        settled = _settled(field, view)
        if settled is None:
            findings.field = f"{view.name}.{name}"
            settled = _unsettled(field, view, outside, findings)
        if settled:
            inside[name] = settled
    _check_circles(inside, view, findings)
    _check_lists(view, findings)
    named = [f for f in view.fields.values() if f.required_access_grants or f.suggest_explore]
    return ViewReferences(inside, tuple(outside), tuple(named), tuple(findings.found))


def of_sql(sql: Sql, field: str = "") -> Iterator[Reference]:
    """What a text refers to, each thing once, also in Liquid branches that may not be taken."""
    if not has_reference(sql.text):
        return
    text = _without_liquid(sql.text)
    span = sql.place.span
    is_as_written = span.end - span.start == len(sql.text)
    told: set[tuple[str, str]] = set()
    n_lines, line_start, at = 0, 0, 0
    for part in syntax.fragments.split(text):
        if isinstance(part, str) or part.name == "TABLE" or (part.view, part.name) in told:
            continue
        told.add((part.view, part.name))
        if not is_as_written:
            yield Reference(field, part.view, part.name, "sql", sql.place)
            continue
        n_lines += text.count("\n", at, part.start)
        line_start = max(text.rfind("\n", at, part.start) + 1, line_start)
        at = part.start
        column = part.start - line_start + (1 if n_lines else sql.place.column)
        part_span = Span(span.start + part.start, span.start + part.end)
        place = Place(sql.place.path, part_span, sql.place.line + n_lines, column)
        yield Reference(field, part.view, part.name, "sql", place)


def has_reference(text: str) -> bool:
    """Whether a text refers to anything but its own table; most do not."""
    return text.count("${") != text.count("${TABLE}")


def is_harmless(reference: Reference) -> bool:
    """Whether a field can be used although what the reference names is unknown."""
    return reference.key in _HARMLESS


def misuse(field: Field, key: str, target: Field) -> tuple[Code, str] | None:
    """Why parameter `key` of `field` may not name `target`, if it may not."""
    if key == "label_from_parameter":
        if isinstance(target, Parameter):
            return None
        own, other = _declared(field), _declared(target)
        return Code.NOT_A_PARAMETER, f"`label_from_parameter` of {own}: {other} is no parameter"
    if isinstance(target, Dimension) or key not in ("sql", "filters"):
        return None
    own, other = _declared(field), _declared(target)
    if not isinstance(target, Measure):
        message = f"{own} refers to {other}, which has no value in a row; use `{{% parameter %}}`"
        return (Code.UNKNOWN_FIELD, message) if key == "sql" else None
    if key == "filters":
        message = f"`filters` of {own} name the measure {other}; name a dimension"
        return Code.NESTED_AGGREGATE, message
    if not isinstance(field, Measure):
        message = f"{own} is no measure but refers to the measure {other}; make it a measure"
        return Code.AGGREGATE_IN_DIMENSION, message
    if field.type in AGGREGATES:
        message = (
            f"measure {own} of type `{field.type}` refers to the measure {other};"
            " write `type: number`, or refer to a dimension"
        )
        return Code.NESTED_AGGREGATE, message
    return None


def _settled(field: Field, view: View) -> Sequence[str] | None:
    """The fields that the SQL of `field` refers to, if that and all it names are fields of its own
    view and nothing is wrong with any: nearly always. None says that it takes a closer look."""
    found: list[str] = []
    for sql in _texts(field):
        if sql is None or not has_reference(sql.text):
            continue
        if "{%" in sql.text or "{{" in sql.text:
            return None
        for part in syntax.fragments.split(sql.text):
            if isinstance(part, str) or part.name == "TABLE":
                continue
            target = None if part.view else view.fields.get(part.name)
            if target is None or misuse(field, "sql", target):
                return None
            found.append(part.name)
    for key, written in _names(field):
        target = view.fields.get(written)
        if target is None or misuse(field, key, target):
            return None
    return found


def _unsettled(
    field: Field, view: View, outside: list[Reference], findings: Findings
) -> Sequence[str]:
    """The same, while what is of other views goes to `outside` and mistakes to `findings`."""
    found: list[str] = []
    n_found = len(findings.found)
    for reference in _of_field(field):
        if len(findings.found) - n_found == _MOST_TOLD:
            break
        own = reference.alias in ("", view.name)
        target = view.fields.get(reference.name) if own else None
        if target is None and reference.alias:
            outside.append(reference)
        elif target is None:
            _unknown(reference, view, findings)
        elif problem := misuse(field, reference.key, target):
            findings.error(problem[0], problem[1], reference.place)
        elif reference.key == "sql":
            found.append(reference.name)
    return found


def _of_table(view: View) -> Iterator[Reference]:
    """The views that a view's own table is made of."""
    texts = [view.sql_table_name, view.derived_table.sql if view.derived_table else None]
    for sql in texts:
        if sql is not None:
            yield from (each for each in of_sql(sql) if each.name == TABLE_NAME and each.alias)


def _of_field(field: Field) -> Sequence[Reference]:
    """What a field refers to, each thing once."""
    texts = [sql for sql in _texts(field) if sql is not None and has_reference(sql.text)]
    names = _names(field)
    if not texts and not names:
        return ()
    found: dict[tuple[str, str, str], Reference] = {}
    for sql in texts:
        for each in of_sql(sql, field.name):
            found.setdefault((each.alias, each.name, each.key), each)
    for key, written in names:
        alias, _, name = written.strip().rpartition(".")
        found[alias, name, key] = Reference(field.name, alias, name, key, field.place)
    return tuple(found.values())


def _texts(field: Field) -> Sequence[Sql | None]:
    if isinstance(field, Measure):
        return (field.sql, field.sql_distinct_key)
    if not isinstance(field, Dimension):
        return (field.sql,)
    if field.case is not None:
        return (field.sql, *(when.condition for when in field.case.whens))
    if field.interval or field.latitude is not None:
        return (field.sql, field.sql_start, field.sql_end, field.latitude, field.longitude)
    return (field.sql,)


def _names(field: Field) -> Sequence[tuple[str, str]]:
    """The parameters that name other fields without `${}`, each with the name."""
    named: list[tuple[str, str]] = []
    if field.suggest_dimension and not field.suggest_explore:
        named.append(("suggest_dimension", field.suggest_dimension))
    if not isinstance(field, _COLUMNS):
        return named
    if field.drill_fields:
        named.extend(
            ("drill_fields", name) for name in field.drill_fields if _is_apart(name, field)
        )
    if field.required_fields:
        named.extend(("required_fields", name) for name in field.required_fields)
    if field.label_from_parameter:
        named.append(("label_from_parameter", field.label_from_parameter))
    if field.order_by_field:
        named.append(("order_by_field", field.order_by_field))
    if isinstance(field, Measure):
        if field.filters:
            named.extend(("filters", name) for name, _ in field.filters)
        if field.list_field:
            named.append(("list_field", field.list_field))
    return named


def _is_apart(item: str, field: Field) -> bool:
    """Whether an item of a list is a field of another view."""
    alias, dot, name = item.strip().rpartition(".")
    return bool(dot) and alias != field.view and not (name.endswith("*") or alias.startswith("-"))


def _declared(field: Field) -> str:
    """The name under which a field is declared, quoted: that of its group, if it has one."""
    return quote((field.group if isinstance(field, Dimension) else "") or field.name)


def _unknown(reference: Reference, view: View, findings: Findings) -> None:
    name = reference.name
    if name == TABLE_NAME:
        return
    if name == "EXTENDED":
        message = "`${EXTENDED}` has no parent to take the text from; extend or refine a field"
        findings.error(Code.UNKNOWN_FIELD, message, reference.place)
        return
    hint = group_hint(name, view) or did_you_mean(name, view.fields)
    message = f"unknown field {quote(name)} in view {quote(view.name)}{hint}"
    if is_harmless(reference):
        message = f"`{reference.key}` names {message}"
        findings.warning(Code.UNKNOWN_FIELD, message, reference.place)
    else:
        findings.error(Code.UNKNOWN_FIELD, message, reference.place)


def _check_circles(inside: Mapping[str, Sequence[str]], view: View, findings: Findings) -> None:
    for group in circles(inside):
        for name in group:
            findings.field = f"{view.name}.{name}"
            findings.error(Code.CIRCULAR_REFERENCE, circle(group), view.fields[group[0]].place)


def circle(names: Sequence[str]) -> str:
    """The message about names that refer to each other."""
    if len(names) == 1:
        return f"{quote(names[0])} refers to itself; write its column instead"
    named = ", ".join(map(quote, names[:8]))
    return f"{named} refer to each other in a circle; write the column in one of them"


def _check_lists(view: View, findings: Findings) -> None:
    """Sets and drill fields, as far as they name fields and sets of the own view."""
    findings.field = ""
    nested: dict[str, list[str]] = {}
    for name, each in view.sets.items():
        for item in each.fields:
            problem = _problem(item, view)
            if problem:
                message = f"set {quote(name)} names {problem[1]}"
                findings.error(problem[0], message, each.place)
            nested.setdefault(name, []).append(_bare(item, view).removesuffix("*"))
    sets = {name: [e for e in items if e in view.sets] for name, items in nested.items()}
    for group in circles(sets):
        findings.error(Code.CIRCULAR_REFERENCE, circle(group), view.sets[group[0]].place)
    for name, field in view.fields.items():
        for item in field.drill_fields if isinstance(field, _COLUMNS) else ():
            problem = _problem(item, view)
            if problem:
                findings.field = f"{view.name}.{name}"
                message = f"`drill_fields` of {_declared(field)} name {problem[1]}"
                findings.warning(problem[0], message, field.place)


def _problem(item: str, view: View) -> tuple[Code, str] | None:
    """What is wrong with an item of a list that is about the own view."""
    if item in view.fields:
        return None
    name = _bare(item, view)
    if "." in name or name == "ALL_FIELDS*" or name in view.fields:
        return None
    if name.endswith("*"):
        name = name.removesuffix("*")
        if name in view.sets or name == view.name:
            return None
        return Code.UNKNOWN_SET, f"unknown set {quote(name)}{did_you_mean(name, view.sets)}"
    hint = group_hint(name, view) or did_you_mean(name, view.fields)
    return Code.UNKNOWN_FIELD, f"unknown field {quote(name)}{hint}"


def _bare(item: str, view: View) -> str:
    return item.strip().removeprefix("-").strip().removeprefix(f"{view.name}.")


def _without_liquid(text: str) -> str:
    """`text` with its Liquid tags blanked out, what stands between them kept; offsets stay."""
    for opening, closing in (("{%", "%}"), ("{{", "}}")):
        at = text.find(opening)
        pieces: list[str] = []
        done = 0
        while at >= 0:
            end = text.find(closing, at + 2)
            if end < 0:
                break
            pieces += (text[done:at], " " * (end + 2 - at))
            done = end + 2
            at = text.find(opening, done)
        if pieces:
            text = "".join(pieces) + text[done:]
    return text
