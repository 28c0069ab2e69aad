"""Inheritance: `extends` and refinements as one fold over declarations.

In: what the files of one model declare under each name. Out: each object with everything it
inherits, defaults not yet applied. `resolve(x) = fold(merge, [resolve(parent) …] + [base] +
refinements)`. Rule: LookML reference, "Reusing code with extends" and "LookML refinements".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from lookalike.compiler.model.findings import Findings, did_you_mean, quote
from lookalike.compiler.model.parameters import EXCLUSIVE
from lookalike.compiler.model.tables import Table
from lookalike.compiler.model.values import is_yes
from lookalike.compiler.model.written import (
    Declaration,
    Entry,
    Items,
    Node,
    Value,
    Written,
    list_of,
)
from lookalike.compiler.syntax import Budget, Code, Diagnostic, Exhausted

_NEVER_INHERITED = ("extension", "final", "extends")
_EXTENDED_SQL = "${EXTENDED}"
_EXTENDED_LIST = "EXTENDED*"


class Declared(Struct, eq=False):
    """All that a model's files write under one name. Grows while the files are gathered."""

    base: Declaration | None
    refinements: list[Declaration]


class Resolved(Struct, frozen=True, eq=False):
    """A declaration with all that it inherits. What is folded from the same is the same object."""

    declaration: Declaration
    diagnostics: tuple[Diagnostic, ...] = ()


Folds: TypeAlias = Table[tuple[int, ...], Declaration]
"""Declarations by the identity of those they were folded from. Models that fold the same share what
is built from it."""


class Namespace(Struct, eq=False):
    """The views, or the explores, of one model while they are being resolved."""

    kind: str
    declared: Mapping[str, Declared]
    folds: Folds
    budget: Budget
    resolved: dict[str, Resolved]
    path: list[str]


def resolve_all(
    kind: str, declared: Mapping[str, Declared], folds: Folds, budget: Budget
) -> dict[str, Resolved]:
    """Every object of a kind by name, in the order of declaration."""
    namespace = Namespace(kind, declared, folds, budget, {}, [])
    for name, each in declared.items():
        if each.base is not None and name not in namespace.resolved:
            _resolve(name, each.base, namespace)
    return {name: namespace.resolved[name] for name in declared if name in namespace.resolved}


def merge(
    older: Declaration, newer: Declaration, budget: Budget, place: Declaration
) -> Declaration:
    """`newer` over `older`. The result stands where `place`, one of the two, stands."""
    budget.spend(len(older.values) + len(older.objects) + len(newer.objects))
    values = dict(older.values)
    objects = dict(older.objects)
    for group in EXCLUSIVE.get(newer.kind, ()):
        written = [key for key in group if key in newer.values or (key, "") in newer.objects]
        for key in group.difference(written) if written else ():
            values.pop(key, None)
            objects.pop((key, ""), None)
    for key, value in newer.values.items():
        values[key] = _with_extended(older.values.get(key), value, budget)
    for name, child in newer.objects.items():
        parent = objects.get(name)
        where = parent if place is older else child
        objects[name] = merge(parent, child, budget, where or child) if parent else child
    repeated = {
        key: (*older.repeated.get(key, ()), *newer.repeated.get(key, ()))
        for key in (*older.repeated, *(key for key in newer.repeated if key not in older.repeated))
    }
    mistakes = (*older.mistakes, *newer.mistakes)
    return Declaration(
        newer.kind, newer.name, place.node, place.source, values, objects, repeated, mistakes
    )


def _resolve(name: str, base: Declaration, namespace: Namespace) -> Resolved:
    refinements = namespace.declared[name].refinements
    findings = Findings()
    allowed = _until_final(refinements, findings)
    namespace.path.append(name)
    parents = [each.declaration for each in _parents([base, *allowed], namespace, findings)]
    namespace.path.pop()
    declaration = _folded(parents, base, allowed, namespace)
    resolved = Resolved(declaration, tuple(findings.found))
    namespace.resolved[name] = resolved
    return resolved


def _until_final(refinements: list[Declaration], findings: Findings) -> list[Declaration]:
    """The refinements up to the one that says `final: yes`."""
    for at, refinement in enumerate(refinements):
        if is_yes(refinement, "final"):
            for later in refinements[at + 1 :]:
                findings.error(
                    Code.REFINEMENT_AFTER_FINAL,
                    f"{later.kind} {quote(later.name)} is refined after a refinement that is"
                    " `final: yes`; include that one last, or drop `final`",
                    later.place,
                    (refinement.place,),
                )
            return refinements[: at + 1]
    return refinements


def _parents(
    declarations: Iterable[Declaration], namespace: Namespace, findings: Findings
) -> Iterable[Resolved]:
    """The parents that `extends` names: those of the base first, then those of its refinements."""
    for declaration in declarations:
        for name in list_of(declaration.values.get("extends")):
            parent = _parent(name.strip(), declaration, namespace, findings)
            if parent is not None:
                yield parent


def _parent(
    name: str, child: Declaration, namespace: Namespace, findings: Findings
) -> Resolved | None:
    place, kind = child.place_of("extends"), namespace.kind
    declared = namespace.declared.get(name)
    if declared is None or declared.base is None:
        hint = did_you_mean(name, namespace.declared) or "; include the file that declares it"
        code = Code.UNKNOWN_VIEW if kind == "view" else Code.UNKNOWN_EXPLORE
        message = f"{kind} {quote(child.name)} extends unknown {kind} {quote(name)}{hint}"
        findings.error(code, message, place)
        return None
    if name in namespace.path:
        circle = [*namespace.path[namespace.path.index(name) :], name]
        way = " → ".join(map(quote, circle[-8:]))
        message = f"{kind} {quote(child.name)} extends itself: {way}; take one `extends` away"
        findings.error(Code.CIRCULAR_EXTENDS, message, place)
        return None
    if name in namespace.resolved:
        return namespace.resolved[name]
    try:
        with namespace.budget:
            return _resolve(name, declared.base, namespace)
    except Exhausted as exhausted:
        if namespace.budget.steps < 0 or namespace.budget.size < 0:
            raise
        message = f"the `extends` of {kind} {quote(child.name)} are nested too deep: {exhausted}"
        findings.error(Code.TOO_DEEP, message, place)
        return None


def _folded(
    parents: list[Declaration],
    base: Declaration,
    refinements: list[Declaration],
    namespace: Namespace,
) -> Declaration:
    if not parents and not refinements:
        return base
    key = (*map(id, parents), -1, id(base), *map(id, refinements))
    budget = namespace.budget
    of = (*parents, base, *refinements)
    return namespace.folds.get(key, lambda: _fold(parents, base, refinements, budget), budget, of)


def _fold(
    parents: list[Declaration], base: Declaration, refinements: list[Declaration], budget: Budget
) -> Declaration:
    folded: Declaration | None = None
    for parent in parents:
        inheritable = _inheritable(parent)
        folded = merge(folded, inheritable, budget, inheritable) if folded else inheritable
    declaration = merge(folded, base, budget, base) if folded else base
    for refinement in refinements:
        declaration = merge(declaration, refinement, budget, declaration)
    return declaration


def _inheritable(parent: Declaration) -> Declaration:
    if not any(key in parent.values for key in _NEVER_INHERITED):
        return parent
    values = {key: value for key, value in parent.values.items() if key not in _NEVER_INHERITED}
    return replace(parent, values=values)


def _with_extended(older: Written | None, newer: Written, budget: Budget) -> Written:
    """`newer` with `${EXTENDED}` or `EXTENDED*` replaced by what the parent wrote."""
    parent, node = older.node if older else None, newer.node
    if isinstance(node, Value) and isinstance(parent, Value) and _EXTENDED_SQL in node.text:
        inherited = parent.text.strip()
        budget.produce(node.text.count(_EXTENDED_SQL) * len(inherited) + len(node.text))
        node = replace(node, text=node.text.replace(_EXTENDED_SQL, inherited))
        return Written(node, newer.source)
    if isinstance(node, Items) and any(each.text == _EXTENDED_LIST for each in node.entries):
        node = replace(node, entries=tuple(_extended_entries(parent, node, budget)))
        return Written(node, newer.source)
    return newer


def _extended_entries(parent: Node | None, newer: Items, budget: Budget) -> Iterable[Entry]:
    inherited = parent.entries if isinstance(parent, Items) else ()
    for entry in newer.entries:
        if entry.text != _EXTENDED_LIST:
            yield entry
            continue
        budget.produce(len(inherited))
        for each in inherited:
            yield replace(each, start=entry.start, end=entry.end)
