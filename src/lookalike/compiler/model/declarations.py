"""Declarations: what one file declares, in the order it says it.

In: a source. Out: includes and objects, and a diagnostic for every parameter that has no place
where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from lookalike.compiler.model.findings import Findings, quote
from lookalike.compiler.model.fitting import fitting, one, spoken
from lookalike.compiler.model.inheritance import merge
from lookalike.compiler.model.parameters import (
    DEPRECATED,
    FIELD_KINDS,
    PARAMETERS,
    UNSERVED,
    Merge,
    Rule,
)
from lookalike.compiler.model.values import truth
from lookalike.compiler.model.written import (
    Block,
    Declaration,
    Items,
    Node,
    Source,
    Value,
    Written,
)
from lookalike.compiler.syntax import Budget, Code, Diagnostic, Kind, Place


class Include(Struct, frozen=True):
    pattern: str
    place: Place


_PLAIN: Mapping[str, Mapping[str, type | None]] = {
    kind: {
        key: rule.form for key, rule in rules.items() if rule.merge is Merge.LAST and not rule.of
    }
    for kind, rules in PARAMETERS.items()
}
"""The parameters that need no thought when they are written as usual: nearly all."""

_NAMED_IN_SQL = FIELD_KINDS | {"view", "explore", "join"}
_NAME = re.compile(r"\w++")

Item: TypeAlias = Include | Declaration


class Declarations(Struct, frozen=True, eq=False):
    """`settings` are the parameters of the model itself; `repeated` those of which a manifest may
    hold several."""

    source: Source
    items: tuple[Item, ...]
    settings: Mapping[str, Written]
    repeated: Mapping[str, tuple[Written, ...]]
    diagnostics: tuple[Diagnostic, ...]


def read(source: Source, budget: Budget, kind: str = "model") -> Declarations:
    """The declarations of a file; `kind` is `model` for every LookML file but the manifest."""
    findings = Findings()
    items: list[Item] = []
    settings: list[Node] = []
    rules = PARAMETERS[kind]
    for node in source.root.nodes:
        rule = rules.get(node.key)
        if node.key == "include":
            items.extend(_includes(node, source))
        elif rule is None or rule.merge is not Merge.OBJECT or not isinstance(node, Block):
            settings.append(node)
        elif _is_named(node, rule, source, findings):
            items.append(_object(node, source, "", findings, budget))
    findings.field = ""
    written = _object(
        replace(source.root, key=kind, nodes=tuple(settings)), source, "", findings, budget
    )
    return Declarations(
        source, tuple(items), written.values, written.repeated, tuple(findings.found)
    )


def _includes(node: Node, source: Source) -> list[Include]:
    if isinstance(node, Value):
        return [Include(node.text.strip(), source.place(node))]
    if isinstance(node, Items):
        return [Include(each.text.strip(), source.place(each)) for each in node.entries]
    return []


def _object(
    block: Block, source: Source, owner: str, findings: Findings, budget: Budget
) -> Declaration:
    """One object with all its sub-objects. `owner` is the name of the object around it."""
    kind, name = block.key, block.name.removeprefix("+")
    plain = _PLAIN[kind]
    values: dict[str, Written] = {}
    others: list[Node] = []
    n_found = len(findings.found)
    findings.field = f"{owner}.{name}" if kind in FIELD_KINDS else ""
    budget.spend(1 + len(block.nodes))
    _check_name(block, name, source, findings)
    for node in block.nodes:
        if node.__class__ is plain.get(node.key) and node.key not in values:
            values[node.key] = Written(node, source)
        else:
            others.append(node)
    if kind in DEPRECATED:
        _warn_deprecated(kind, values, findings)
    _warn_unserved(block, source, findings)
    misread = _misread(block, source) if source.misread else ()
    if not others:
        mistakes = (*misread, *_mistakes(kind, findings.found[n_found:]))
        return Declaration(kind, name, block, source, values, mistakes=mistakes)
    objects: dict[tuple[str, str], Declaration] = {}
    repeated: dict[str, list[Written]] = {}
    for node in others:
        rule = PARAMETERS[kind].get(node.key)
        if rule is None and _fell_in(node, block, misread):
            continue
        fit = fitting(node, rule, kind, source, findings)
        if rule is None or fit is None:
            continue
        if rule.merge is Merge.LAST:
            if node.key in values:
                _warn_twice(node, values[node.key], source, findings)
            values[node.key] = Written(fit, source)
        elif rule.merge is Merge.ADD:
            repeated.setdefault(node.key, []).append(Written(fit, source))
        elif isinstance(fit, Block) and _is_named(fit, rule, source, findings):
            child = _object(fit, source, name, findings, budget)
            findings.field = ""
            _add(objects, child, rule, findings, budget)
    lists = {key: tuple(each) for key, each in repeated.items()}
    mistakes = (*misread, *_mistakes(kind, findings.found[n_found:]))
    return Declaration(kind, name, block, source, values, objects, lists, mistakes)


def _misread(block: Block, source: Source) -> tuple[Diagnostic, ...]:
    """The errors of the parse within a field; within a view or explore those outside its fields."""
    if block.key not in FIELD_KINDS and block.key not in ("view", "explore"):
        return ()
    inside = [each for each in source.misread if _holds(block, each)]
    if block.key in FIELD_KINDS or not inside:
        return tuple(inside)
    fields = [node for node in block.nodes if isinstance(node, Block) and node.key in FIELD_KINDS]
    return tuple(each for each in inside if not any(_holds(field, each) for field in fields))


def _fell_in(node: Node, block: Block, misread: tuple[Diagnostic, ...]) -> bool:
    """Whether `node` is of the model, here only because `block` is not closed: told already."""
    is_open = any(
        each.code is Code.UNCLOSED_BLOCK and each.place.span.start == block.start
        for each in misread
    )
    return is_open and (node.key == "include" or node.key in PARAMETERS["model"])


def _holds(block: Block, found: Diagnostic) -> bool:
    return block.start <= found.place.span.start < block.end


def _mistakes(kind: str, found: list[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The errors that a field, or a view or explore apart from its fields, carries along."""
    if kind in FIELD_KINDS:
        return tuple(each for each in found if each.is_error)
    if kind not in ("view", "explore"):
        return ()
    return tuple(each for each in found if each.is_error and not each.field)


def _add(
    objects: dict[tuple[str, str], Declaration],
    child: Declaration,
    rule: Rule,
    findings: Findings,
    budget: Budget,
) -> None:
    """Two objects of one name in the same block mean what a refinement would mean."""
    key = (child.kind, "" if rule.merge is Merge.SINGLE else child.name)
    earlier = objects.get(key)
    if earlier is None:
        objects[key] = child
        return
    code = Code.DUPLICATE_FIELD if child.kind in FIELD_KINDS else Code.DUPLICATE_OBJECT
    first, second = earlier.place.line, child.place.line
    where = f" line {first} and in line {second}" if first != second else " one line"
    message = f"{spoken(child.kind)} {quote(child.name)} is declared twice, in{where}"
    place, related = child.place, (earlier.place,)
    findings.warning(code, f"{message}; the two are merged", place, related=related)
    objects[key] = merge(earlier, child, budget, earlier)


def _is_named(block: Block, rule: Rule, source: Source, findings: Findings) -> bool:
    if block.name or rule.merge is Merge.SINGLE:
        return True
    message = f"{one(block.key)} needs a name; write `{block.key}: name {{ … }}`"
    findings.error(Code.INVALID_VALUE, message, source.header(block))
    return False


def _check_name(block: Block, name: str, source: Source, findings: Findings) -> None:
    """Rule: LookML reference, "dimension", "view": names are letters, digits and underscores."""
    if block.key not in _NAMED_IN_SQL or _NAME.fullmatch(name):
        return
    better = re.sub(r"\W+", "_", name).strip("_")
    hint = f"; write {quote(better)}" if better else ""
    message = f"{quote(name)} can't be a name, which is of letters, digits and `_`{hint}"
    findings.error(Code.INVALID_VALUE, message, source.name(block))


def _warn_twice(node: Node, earlier: Written, source: Source, findings: Findings) -> None:
    message = f"parameter `{node.key}` is written twice; the last one counts"
    place, related = source.place(node), (earlier.place,)
    findings.warning(Code.DUPLICATE_PARAMETER, message, place, related=related)


def _warn_unserved(block: Block, source: Source, findings: Findings) -> None:
    reasons = UNSERVED.get(block.key, {})
    for node in block.nodes:
        if node.key not in reasons:
            continue
        if not isinstance(node, Value) or truth(node.text) is not False:
            message = f"`{node.key}` has no effect: {reasons[node.key]}"
            findings.warning(Code.NOT_SUPPORTED, message, source.place(node))


def _warn_deprecated(kind: str, values: Mapping[str, Written], findings: Findings) -> None:
    for key, advice in DEPRECATED[kind].items():
        if key in values:
            message = f"parameter `{key}` of {one(kind)} is deprecated; {advice}"
            findings.warning(Code.DEPRECATED, message, values[key].place, Kind.DEPRECATION)
