"""Constants: `@{name}` in the texts of one file becomes the value of the constant.

In: a tree and the constants of the file's own project. Out: the same tree with other texts; offsets
still mean the text as it was written. A constant never changes the grammar. Rule: LookML reference,
"constant".
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from lookalike.compiler.model.findings import did_you_mean, quote
from lookalike.compiler.model.written import Block, Items, Node, Value
from lookalike.compiler.syntax import Budget, Code, Diagnostic, Lines

_CONSTANT = re.compile(r"@\{[ \t]{0,8}([^{}\s]{1,200})[ \t]{0,8}\}")
_DEEPEST = 16
_STEPS_OF_LEVEL = 20


class _Substitution(Struct, frozen=True):
    constants: Mapping[str, str]
    lines: Lines
    path: str
    budget: Budget
    found: list[Diagnostic]
    tells_circles: bool  # of constants that contain themselves; once is enough, in the manifest


def has_constant(text: str) -> bool:
    """Whether a text needs `substitute` at all; most do not."""
    return "@{" in text


def substitute(
    root: Block,
    constants: Mapping[str, str],
    lines: Lines,
    path: str,
    budget: Budget,
    *,
    is_manifest: bool = False,
) -> tuple[Block, tuple[Diagnostic, ...]]:
    """The tree with every constant replaced by its value.

    An unknown one stays as it is written, and so does one that contains itself, of which the
    manifest is told.
    """
    substitution = _Substitution(constants, lines, path, budget, [], is_manifest)
    nodes = tuple(_node(node, substitution) for node in root.nodes)
    return replace(root, nodes=nodes), tuple(substitution.found)


def expand(text: str, constants: Mapping[str, str], budget: Budget) -> tuple[str, Code | None, str]:
    """One text with its constants replaced, and the first thing wrong with it."""
    expanded, code, message = _expand(
        text, (), _Substitution(constants, Lines(""), "", budget, [], tells_circles=False)
    )
    return (expanded, None, "") if code is Code.CIRCULAR_CONSTANT else (expanded, code, message)


def _node(node: Node, substitution: _Substitution) -> Node:
    if isinstance(node, Value):
        text = _text(node.text, node.value_start, node.end, substitution)
        return node if text is node.text else replace(node, text=text)
    if isinstance(node, Items):
        texts = [_text(each.text, each.start, each.end, substitution) for each in node.entries]
        entries = [replace(each, text=text) for each, text in zip(node.entries, texts, strict=True)]
        return replace(node, entries=tuple(entries))
    with substitution.budget:
        nodes = tuple(_node(child, substitution) for child in node.nodes)
    return replace(node, nodes=nodes)


def _text(text: str, start: int, end: int, substitution: _Substitution) -> str:
    if not has_constant(text):
        return text
    expanded, code, message = _expand(text, (), substitution)
    if code is not None and _is_news(code, message, substitution):
        place = substitution.lines.place(start, end, substitution.path)
        substitution.found.append(Diagnostic(code, message, place))
    return expanded


def _is_news(code: Code, message: str, substitution: _Substitution) -> bool:
    """A circle is one mistake, however many constants are in it and use it."""
    if code is not Code.CIRCULAR_CONSTANT:
        return True
    told = (each.message for each in substitution.found)
    return substitution.tells_circles and message not in told


def _circle(name: str, within: tuple[str, ...]) -> str:
    if name not in within:
        return f"constant {quote(within[0])} contains others too deep; write its value in full"
    circle = sorted(within[within.index(name) :])
    if len(circle) == 1:
        return f"constant {quote(name)} contains itself; write its value in full"
    names = ", ".join(map(quote, circle))
    return f"constants {names} contain each other; write the value of one of them in full"


def _expand(
    text: str, within: tuple[str, ...], substitution: _Substitution
) -> tuple[str, Code | None, str]:
    """`text` with its constants replaced, those inside values too, and the first thing wrong with
    it."""
    pieces: list[str] = []
    problem: tuple[Code | None, str] = (None, "")
    end = 0
    for match in _CONSTANT.finditer(text):
        if within:
            # Constants within constants double at each level, whatever little they put out.
            substitution.budget.spend(_STEPS_OF_LEVEL * len(within) ** 2)
        name = match[1]
        pieces.append(text[end : match.start()])
        end = match.end()
        value = substitution.constants.get(name)
        if value is None:
            hint = did_you_mean(name, substitution.constants) or "; declare it in `manifest.lkml`"
            pieces.append(match[0])
            problem = (Code.UNKNOWN_CONSTANT, f"unknown constant {quote(name)}{hint}")
        elif name in within or len(within) >= _DEEPEST:
            pieces.append(match[0])
            problem = (Code.CIRCULAR_CONSTANT, _circle(name, within))
        elif has_constant(value):
            inner, code, message = _expand(value, (*within, name), substitution)
            pieces.append(inner)
            problem = (code, message) if code else problem
        else:
            pieces.append(value)
        substitution.budget.produce(len(pieces[-1]))
    pieces.append(text[end:])
    return "".join(pieces), *problem
