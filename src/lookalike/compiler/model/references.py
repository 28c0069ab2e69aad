"""References: what the fields of a view refer to, and what is wrong with that.

A view is read once: what it says of its own fields is settled there, what it says of other views is
kept for the explores that use it. Rule: LookML reference, "Substitution operators".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from lookalike.compiler import syntax
from lookalike.compiler.model.check_lists import check_lists
from lookalike.compiler.model.circles import circles
from lookalike.compiler.model.comparisons import BASED_ON, BASED_ON_TIME, incomparable
from lookalike.compiler.model.declared_fields import declaration_of, declared_name
from lookalike.compiler.model.field_lists import unknown_field
from lookalike.compiler.model.fields import (
    AGGREGATES,
    OF_ANSWER,
    Dimension,
    Field,
    Measure,
    Parameter,
    Sql,
)
from lookalike.compiler.model.filter_kinds import unreadable
from lookalike.compiler.model.findings import Findings, circle_message, in_view, quote
from lookalike.compiler.model.places import Places
from lookalike.compiler.model.template_names import TemplateName, names_in
from lookalike.compiler.model.templates import MOST_TOLD, sql_of_field, templates_of
from lookalike.compiler.model.views import View
from lookalike.compiler.model.written import Declaration
from lookalike.compiler.syntax import Code, Diagnostic, Place

TABLE_NAME = "SQL_TABLE_NAME"
_COLUMNS = (Dimension, Measure)
_HARMLESS = frozenset(
    {
        "drill_fields", "suggest_dimension", "_in_query", "_is_selected", "_is_filtered",
        "_filters", "label", "view_label", "group_label", "group_item_label", "description", "html",
        "link",
    }
)  # fmt: skip
"""A field works without what these name."""
_UNSET = frozenset(
    ("condition", "parameter", "date_start", "date_end", "_parameter_value", "bind_filters")
)
"""What these name is without a value where its view is not joined."""
_MISSHAPEN = re.compile(r"\$\{[^{}]{0,60}\}?")


class Reference(Struct, frozen=True, gc=False):
    """`field` (bare; empty for the view itself) refers to `name` of `alias` (empty: the own view)
    in parameter `key`, or by that word of Liquid. Without a `name` it is the view that is meant."""

    field: str
    alias: str
    name: str
    key: str
    place: Place

    @property
    def written(self) -> str:
        return f"{self.alias}.{self.name}" if self.alias else self.name


class ViewReferences(Struct, frozen=True, eq=False):
    """`inside` maps a field to the fields of the own view that its SQL refers to. `named` are the
    fields that name grants or explores of the model."""

    inside: Mapping[str, Sequence[str]]
    outside: tuple[Reference, ...]
    named: tuple[Field, ...]
    diagnostics: tuple[Diagnostic, ...]


def read_references(view: View, declaration: Declaration) -> ViewReferences:
    """All references of a view, which `declaration` means; its diagnostics are attached to
    `view.field`."""
    findings = Findings()
    inside: dict[str, Sequence[str]] = {}
    outside: list[Reference] = list(of_table(view))
    _settle_table(view, declaration, outside, findings)
    for name, field in view.fields.items():
        settled = _settled(field, view)
        if settled is None:
            findings.field = f"{view.name}.{name}"
            settled = _unsettled(field, view, declaration, outside, findings)
        if settled:
            inside[name] = settled
    _check_circles(inside, view, findings)
    check_lists(view, declaration, findings)
    named = [f for f in view.fields.values() if f.required_access_grants or f.suggest_explore]
    return ViewReferences(inside, tuple(outside), tuple(named), tuple(findings.found))


def of_sql(sql: Sql, field: str = "") -> Iterator[Reference]:
    """What a text refers to, each thing once, also in Liquid branches that may not be taken."""
    if not has_reference(sql.text):
        return
    places = Places(sql)
    told: set[tuple[str, str]] = set()
    for part in syntax.fragments.split(_without_liquid(sql.text)):
        if isinstance(part, str) or part.name == "TABLE" or (part.view, part.name) in told:
            continue
        told.add((part.view, part.name))
        yield Reference(field, part.view, part.name, "sql", places.of(part.start, part.end))


def of_liquid(sql: Sql, field: str = "") -> Iterator[Reference]:
    """What the Liquid of a text names, each thing once."""
    if not syntax.liquid.has_liquid(sql.text):
        return
    places = Places(sql)
    found: dict[str, Reference] = {}
    for each in names_in(sql.text):
        known = found.get(each.written)
        if known is None or (is_harmless(known) and each.word not in _HARMLESS):
            alias, _, name = each.written.rpartition(".")
            place = places.of(each.start, each.end)
            found[each.written] = Reference(field, alias, name, each.word, place)
    yield from found.values()


def as_view(reference: Reference) -> Reference:
    """The same, said of a view: `orders._in_query` is about one where no field has that name."""
    if reference.key != "_in_query" or reference.alias:
        return reference
    return replace(reference, alias=reference.name, name="")


def has_reference(text: str) -> bool:
    """Whether a text refers to anything but its own table; most do not."""
    return text.count("${") != text.count("${TABLE}")


def _misread(field: Measure, target: Dimension, written: str) -> tuple[Code, str] | None:
    """What is wrong with the filters of a measure on one dimension."""
    texts = [text for name, text in field.filters if name.strip() == written.strip()]
    why = next(filter(None, (unreadable(text, target) for text in texts)), "")
    return (Code.INVALID_FILTER, f"`filters` of {declared_name(field)}: {why}") if why else None


_KINDS: Mapping[str, tuple[Callable[[Field], bool], str]] = {
    "label_from_parameter": (lambda field: isinstance(field, Parameter), "parameter"),
    "start_location_field": (lambda field: field.type == "location", "location"),
    "end_location_field": (lambda field: field.type == "location", "location"),
    "list_field": (lambda field: isinstance(field, Dimension), "dimension"),
}
"""What the fields that some parameters name have to be."""


def is_harmless(reference: Reference) -> bool:
    """Whether a field can be used although what the reference names is unknown."""
    return reference.key in _HARMLESS


def is_unset(reference: Reference) -> bool:
    """Whether what the reference names has no value, which is no mistake, in an explore that does
    not join its view."""
    return reference.key in _UNSET or is_harmless(reference)


def misuse(field: Field, key: str, target: Field, written: str = "") -> tuple[Code, str] | None:
    """Why parameter `key` of `field` may not name `target`, which it calls `written`, if it may
    not."""
    if key == "filters" and isinstance(field, Measure) and isinstance(target, Dimension):
        return _misread(field, target, written)
    is_of_answer = isinstance(target, Measure) and target.is_of_answer
    if is_of_answer and isinstance(field, Measure) and key == "sql":
        return Code.NESTED_AGGREGATE, (
            f"measure {declared_name(field)} refers to {declared_name(target)}, which {OF_ANSWER}"
        )
    if key in (BASED_ON, BASED_ON_TIME) and isinstance(field, Measure) and field.comparison:
        why = incomparable(field.comparison, key, target)
        return (Code.INVALID_VALUE, f"`{key}` of {declared_name(field)}: {why}") if why else None
    if key in _KINDS:
        is_fit, what = _KINDS[key]
        if is_fit(target):
            return None
        code = Code.NOT_A_PARAMETER if key == "label_from_parameter" else Code.INVALID_VALUE
        return code, f"`{key}` of {declared_name(field)}: {quote(target.name)} is no {what}"
    is_over_rows = isinstance(field, Measure) and field.is_over_rows
    if key == "sql" and is_over_rows and isinstance(target, _COLUMNS):
        return _uncountable(field, target)
    if isinstance(target, Dimension) or key not in ("sql", "filters"):
        return None
    own, other = declared_name(field), declared_name(target)
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


def _uncountable(field: Field, target: Dimension | Measure) -> tuple[Code, str] | None:
    """Why a measure over rows can't be computed from `target`, if it can't."""
    what = f"measure {declared_name(field)} of type `{field.type}` is computed from a measure"
    if isinstance(target, Dimension):
        why = f", and {declared_name(target)} is a dimension; refer to one that aggregates it"
        return Code.INVALID_VALUE, what + why
    if not target.may_be_number:
        why = f" that is a number, and {declared_name(target)} is of type `{target.type}`"
        return Code.INVALID_VALUE, f"{what}{why}; refer to a number"
    return None


def _settled(field: Field, view: View) -> Sequence[str] | None:
    """The fields that the SQL of `field` refers to, if that and all it names are fields of its own
    view and nothing is wrong with any: nearly always. None says that it takes a closer look."""
    found: list[str] = []
    for sql in sql_of_field(field):
        if sql is None:
            continue
        if syntax.liquid.has_liquid(sql.text):
            return None
        if not has_reference(sql.text):
            continue
        for part in syntax.fragments.split(sql.text):
            if isinstance(part, str):
                if "${" in part:
                    return None
                continue
            if part.name == "TABLE":
                continue
            target = None if part.view else view.fields.get(part.name)
            if target is None or misuse(field, "sql", target):
                return None
            found.append(part.name)
    for key, written in _names(field):
        target = view.fields.get(written)
        if target is None or misuse(field, key, target, written):
            return None
    return None if any(templates_of(field)) else found


def _unsettled(
    field: Field,
    view: View,
    declaration: Declaration,
    outside: list[Reference],
    findings: Findings,
) -> Sequence[str]:
    """The same, while what is of other views goes to `outside` and mistakes to `findings`."""
    found: list[str] = []
    _tell_misshapen(field, findings)
    n_found = len(findings.found)
    for reference in _of_field(field, declaration_of(field, declaration)):
        if len(findings.found) - n_found == MOST_TOLD:
            break
        own = reference.alias in ("", view.name)
        target = view.fields.get(reference.name) if own else None
        if target is None and as_view(reference).alias:
            outside.append(as_view(reference))
        elif target is None:
            _unknown(reference, view, findings)
        elif problem := misuse(field, reference.key, target, reference.written):
            findings.error(problem[0], problem[1], reference.place, (target.place,))
        elif reference.key == "sql":
            found.append(reference.name)
    return found


def _tell_misshapen(field: Field, findings: Findings) -> None:
    """Warn of the first `${…}` of each text that is not of the form of a reference."""
    for sql in sql_of_field(field):
        if sql is None or not has_reference(sql.text):
            continue
        at = 0
        for part in syntax.fragments.split(_without_liquid(sql.text)):
            found = _MISSHAPEN.search(part) if isinstance(part, str) else None
            if found is not None:
                message = (
                    f"`{found[0]}` is no reference and goes to the database as it stands;"
                    " write `${field}` or `${view.field}`"
                )
                place = Places(sql).of(at + found.start(), at + found.end())
                findings.warning(Code.UNKNOWN_FIELD, message, place)
                break
            at += len(part) if isinstance(part, str) else part.end - part.start


def _settle_table(
    view: View, declaration: Declaration, outside: list[Reference], findings: Findings
) -> None:
    """What the Liquid and the bound filters of a view's own table name: of other views goes to
    `outside`."""
    texts = [each for sql in _texts_of_table(view) for each in of_liquid(sql)]
    for reference in (*texts, *_bound(view, declaration)):
        if reference.alias not in ("", view.name):
            outside.append(reference)
        elif reference.name in view.fields:
            continue
        elif reference.key == "_in_query" and not reference.alias:
            outside.append(as_view(reference))
        else:
            _unknown(reference, view, findings)


def _bound(view: View, declaration: Declaration) -> Iterator[Reference]:
    """The fields whose filters a native derived table takes over."""
    source = view.derived_table.explore_source if view.derived_table else None
    if source is None:
        return
    asking = declaration.objects["derived_table", ""].objects["explore_source", ""]
    for written, _ in source.bind_filters:
        alias, _, name = written.rpartition(".")
        if name:
            place = asking.place_in("bind_filters", written)
            yield Reference("", alias, name, "bind_filters", place)


def _texts_of_table(view: View) -> Iterator[Sql]:
    texts = (view.sql_table_name, view.derived_table.sql if view.derived_table else None)
    yield from (sql for sql in texts if sql is not None)


def of_table(view: View) -> Iterator[Reference]:
    """The views that a view's own table is made of."""
    texts = [view.sql_table_name, view.derived_table.sql if view.derived_table else None]
    for sql in texts:
        if sql is not None:
            yield from (each for each in of_sql(sql) if each.name == TABLE_NAME and each.alias)


def _of_field(field: Field, declaration: Declaration) -> Sequence[Reference]:
    """What a field refers to, each thing once."""
    texts = [sql for sql in sql_of_field(field) if sql is not None]
    names = _names(field)
    found: dict[tuple[str, str, str], Reference] = {}
    for sql in texts:
        for each in (*of_sql(sql, field.name), *of_liquid(sql, field.name)):
            found.setdefault((each.alias, each.name, each.key), each)
    for key, written in names:
        alias, _, name = written.strip().rpartition(".")
        place = declaration.place_in(key, written)
        found[alias, name, key] = Reference(field.name, alias, name, key, place)
    for key, text, named in _in_templates(field):
        alias, _, name = named.written.rpartition(".")
        if (alias, name, key) not in found:
            place = declaration.place_within(key, text, named.start, named.end)
            found[alias, name, key] = Reference(field.name, alias, name, key, place)
    return tuple(found.values())


def _in_templates(field: Field) -> Iterator[tuple[str, str, TemplateName]]:
    """The fields that the Liquid of what people read names, each with the parameter and text."""
    for key, text in templates_of(field):
        for each in names_in(text):
            if "." in each.written or each.word != "_in_query":  # which may mean a view
                yield key, text, each


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
        named.extend(_of_measure(field))
    elif field.type == "distance":
        named.append(("start_location_field", field.start_location))
        named.append(("end_location_field", field.end_location))
    return [each for each in named if each[1]]


def _of_measure(field: Measure) -> Iterator[tuple[str, str]]:
    yield from (("filters", name) for name, _ in field.filters)
    yield "list_field", field.list_field
    if field.comparison is not None:
        yield BASED_ON, field.comparison.based_on
        yield BASED_ON_TIME, field.comparison.based_on_time


def _is_apart(item: str, field: Field) -> bool:
    """Whether an item of a list is a field of another view."""
    alias, dot, name = item.strip().rpartition(".")
    return bool(dot) and alias != field.view and not (name.endswith("*") or alias.startswith("-"))


def _unknown(reference: Reference, view: View, findings: Findings) -> None:
    name = reference.name
    if name == TABLE_NAME:
        return
    if name == "EXTENDED":
        message = "`${EXTENDED}` has no parent to take the text from; extend or refine a field"
        findings.error(Code.UNKNOWN_FIELD, message, reference.place)
        return
    if name in view.lost:
        tell_lost(reference, view, findings)
        return
    code, message = unknown_field(name, view, in_view(view.name))
    if is_unset(reference):
        message = f"`{reference.key}` names {message}"
    if is_harmless(reference):
        findings.warning(code, message, reference.place)
    else:
        findings.error(code, message, reference.place)


def tell_lost(reference: Reference, view: View, findings: Findings) -> None:
    """Tell what refers to a lost member of a group the group's own mistake."""
    if not is_harmless(reference):
        findings.found.append(replace(view.lost[reference.name], field=findings.field))


def _check_circles(inside: Mapping[str, Sequence[str]], view: View, findings: Findings) -> None:
    for group in circles(inside):
        for name in group:
            findings.field = f"{view.name}.{name}"
            place = view.fields[group[0]].place
            findings.error(Code.CIRCULAR_REFERENCE, circle_message(group), place)


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
