"""Fitting: is a parameter known where it stands, and is it written as it should be?

In: a node and the kind of object around it. Out: the node, fit to be read, or a diagnostic. Small
blocks such as `link`, which are kept as they are, are checked with all they hold.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from lookalike.compiler.model.findings import Findings, did_you_mean, quote
from lookalike.compiler.model.parameters import PARAMETERS, REQUIRED, Merge, Rule, Shape
from lookalike.compiler.model.values import check_value
from lookalike.compiler.model.written import (
    Block,
    Declaration,
    Entry,
    Items,
    Node,
    Source,
    Value,
    Written,
)
from lookalike.compiler.syntax import Code

_EXAMPLES: Mapping[type | None, str] = {
    Value: "{key}: value",
    Items: "{key}: [item, item]",
    Block: "{key}: {{ … }}",
}
_KEPT = (Merge.LAST, Merge.ADD)
_BLOCKS = frozenset(
    rule.of for rules in PARAMETERS.values() for rule in rules.values() if rule.merge in _KEPT
)
_EVERY_PARAMETER = frozenset(key for rules in PARAMETERS.values() for key in rules)


def fitting(
    node: Node, rule: Rule | None, kind: str, source: Source, findings: Findings
) -> Node | None:
    """`node`, if it is a parameter of the kind and written in a form that the parameter takes."""
    if rule is None:
        _warn_unknown(node, kind, source, findings)
        return None
    if node.__class__ is rule.form:
        if rule.of and isinstance(node, Block) and rule.merge in _KEPT:
            _check_block(node, rule.of, source, findings)
        return node
    if rule.shape is Shape.ANY or (rule.shape is Shape.PAIRS and isinstance(node, Block)):
        return node
    if rule.shape in (Shape.NAMES, Shape.PAIRS) and isinstance(node, Value):
        # Old LookML has single names where lists are written today: `extends: orders`.
        entry = Entry("", node.text.strip(), True, node.value_start, node.end)
        return Items(node.key, (entry,), node.start, node.value_start, node.end)
    example = _EXAMPLES.get(rule.form, "").format(key=node.key)
    message = f"parameter `{node.key}` of {one(kind)} is written `{example}`"
    findings.error(Code.INVALID_VALUE, message, source.place(node))
    return None


def is_misspelt(declaration: Declaration) -> bool:
    """Whether an object holds an unknown parameter, which may be the one that it seems to lack."""
    known = PARAMETERS[declaration.kind]
    return any(node.key not in known for node in declaration.node.nodes)


def misspelt(declaration: Declaration, key: str) -> Node | None:
    """The parameter that may have been meant to be `key`, if there is one."""
    known = PARAMETERS[declaration.kind]
    unknown = (node for node in declaration.node.nodes if node.key not in known)
    return next((node for node in unknown if did_you_mean(node.key, (key,))), None)


def _check_block(block: Block, kind: str, source: Source, findings: Findings) -> None:
    """What is wrong inside a block that is kept as it is. What it lacks is told only where nothing
    else is: a misspelt parameter is not missing as well."""
    n_found = len(findings.found)
    rules = PARAMETERS[kind]
    for node in block.nodes:
        rule = rules.get(node.key)
        fit = fitting(node, rule, kind, source, findings)
        if rule is None or fit is None:
            continue
        check_value(Written(fit, source), rule, findings)
    if len(findings.found) > n_found:
        return
    keys = {node.key for node in block.nodes}
    for key in REQUIRED.get(kind, ()):
        if key not in keys:
            code = Code.MISSING_SQL if rules[key].shape is Shape.SQL else Code.INVALID_VALUE
            message = f"{one(kind)} needs `{key}`"
            findings.warning(code, message, source.header(block))
            return


def _warn_unknown(node: Node, kind: str, source: Source, findings: Findings) -> None:
    known = PARAMETERS[kind]
    candidates: Collection[str] = known
    if node.key in _EVERY_PARAMETER:
        candidates = {f"{node.key}s", node.key.removesuffix("s")} & known.keys()
    hint = did_you_mean(node.key, candidates)
    if not hint and node.key in _EVERY_PARAMETER:
        hint = "; it belongs to another kind of object"
    message = f"unknown parameter {quote(node.key)} in {one(kind)}{hint}"
    end = min(node.start + len(node.key), node.end)
    place = source.lines.place(node.start, end, source.path)
    findings.warning(Code.UNKNOWN_PARAMETER, message, place)


def one(kind: str) -> str:
    """The kind in a sentence: "a dimension group", "an explore", "`bind_filters`"."""
    if kind in _BLOCKS:
        return quote(kind)
    return f"{'an' if kind[0] in 'aeio' else 'a'} {spoken(kind)}"


def spoken(kind: str) -> str:
    """The kind as words: `dimension_group` is a dimension group."""
    return kind.replace("_", " ")
